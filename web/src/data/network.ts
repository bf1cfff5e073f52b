// SPDX-License-Identifier: MIT
import type { AuthorKind, DataKind, Relation } from '../api/schema';
import { openFile, readTexts, refuse, textOffsets } from './network-bytes';
import type { Section } from './network-bytes';

/**
 * The network as arrays: what docs/format/network.md describes, read. Nodes and edges are indices; nodes stand in
 * breadth-first order of the forest of `parent`, siblings most influential first.
 */

/** Bits of `Network.flags`. */
export const FLAG = {
  root: 1,
  group: 2,
  placeholder: 4,
  removed: 8,
  match: 16,
  collapsed: 32,
  expanded: 64,
} as const;

/** Relations by their number in a tag. */
export const RELATIONS: readonly Relation[] = ['adapter', 'finetune', 'merge', 'quantized'];
/** Bits of `Network.tag`. */
export const TAG = { relation: 3, indirect: 4, declared: 128 } as const;

/** A day (since 1970-01-01) that every moment is after: a chosen model is always there. */
export const ALWAYS = -2_147_483_648;
/** A day that never comes: a model without a date, or one known only through such a model. */
export const NEVER = 2_147_483_647;

/** Views of a network, in the order of the menu. */
export const VIEWS = ['top', 'full', 'author', 'orgs', 'adapter', 'finetune', 'merge', 'quantized'] as const;
/** One of them. */
export type View = (typeof VIEWS)[number];

/** An author in a network. */
export interface NetworkAuthor {
  readonly name: string;
  /** Empty when unknown. */
  readonly fullName: string;
  readonly kind: AuthorKind;
}

/** What the answer says about the whole. */
export interface NetworkHead {
  readonly as_of: string;
  readonly data: DataKind;
  readonly view: View;
  readonly limit: number | null;
  readonly depth: number | null;
  /** Ids of the chosen models. */
  readonly roots: readonly string[];
  readonly max_nodes: number;
  readonly counts: {
    readonly nodes: number;
    readonly edges: number;
    /** Models on the picture, folded ones included. */
    readonly models: number;
    /** Models of the family within the depth asked for, whatever view and limit. */
    readonly family: number;
    /** Nodes beyond `max_nodes`. */
    readonly left_out: number;
    /** Shown models that never appear in time. */
    readonly undated: number;
    /** Shown models that the filter matches. */
    readonly matches: number;
    /** Edges inside groups, folded away. */
    readonly inner: Readonly<Record<Relation, number>>;
  };
}

/** A network. Arrays have n entries unless said otherwise. */
export interface Network {
  readonly head: NetworkHead;
  readonly n: number;
  /** Index of the node it hangs on, -1 for a top. */
  readonly parent: Int32Array;
  /** n + 1: children of i are firstChild[i] .. firstChild[i + 1]; the tops are 0 .. firstChild[0]. */
  readonly firstChild: Uint32Array;
  /** Index of the edge from the parent, -1 for a top. */
  readonly parentEdge: Int32Array;
  readonly flags: Uint8Array;
  /** Entry of `authors`, -1 for an id without owner. */
  readonly author: Int32Array;
  /** 0 for placeholders and groups. */
  readonly rank: Uint32Array;
  readonly influence: Float64Array;
  /** -1 unknown. */
  readonly likes: Float64Array;
  /** -1 unknown. */
  readonly downloads: Float64Array;
  /** Days since 1970-01-01, NEVER when unknown. */
  readonly created: Int32Array;
  /** Days since 1970-01-01, ALWAYS or NEVER. */
  readonly appears: Int32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly r: Float32Array;
  readonly derived: Uint32Array;
  readonly more: Uint32Array;
  /** Models the node stands for. */
  readonly models: Uint32Array;
  readonly authors: readonly NetworkAuthor[];
  readonly m: number;
  /** m entries, rising; the edges of node i as a source are outOff[i] .. outOff[i + 1]. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly tag: Uint8Array;
  readonly count: Uint32Array;
  readonly hidden: Uint32Array;
  readonly since: Int32Array;
  /** n + 1. */
  readonly outOff: Uint32Array;
  /** n + 1: edges into node i are inEdge[inOff[i] .. inOff[i + 1]]. */
  readonly inOff: Uint32Array;
  /** m. */
  readonly inEdge: Uint32Array;
  /** n + 1: a group's members' days are joined[joinedOff[i] .. joinedOff[i + 1]]. */
  readonly joinedOff: Uint32Array;
  readonly joined: Int32Array;
  /** The model's id; `author:NAME` for a group. Read from the bytes when first asked for. */
  id(node: number): string;
  /** The node of an id, blind to case, or -1. Builds a table when first asked. */
  find(id: string): number;
}

const SECTIONS = [
  'children', 'flags', 'author', 'rank', 'influence', 'likes', 'downloads', 'created', 'appears', 'place', 'derived', 'more', 'models',
  'ids', 'id.text', 'names', 'name.text', 'fulls', 'full.text', 'kinds', 'source', 'target', 'tag', 'count', 'hidden', 'since', 'joined',
] as const;
type SectionName = (typeof SECTIONS)[number];
type Sections = Readonly<Record<SectionName, Section>>;

const KINDS: readonly AuthorKind[] = [
  'unknown', 'individual', 'unverified', 'company', 'community', 'university', 'non-profit', 'government', 'classroom',
];
const U32_MAX = 4_294_967_295;
const DAY_2000 = 10_957;
const DAY_MAX = 10_000_000;
/* places are rounded to eighths of a unit */
const PLACE_SCALE = 1 / 8;
const PLACE_MAX = 2 ** 30;
const NODES_MAX = 2 ** 24;

const RADIUS_MAX = 10_000;

/** Reads a network from the bytes of docs/format/network.md; throws an Error that names section and position where it is not one. */
export function decodeNetwork(bytes: ArrayBuffer): Network {
  const file = openFile(bytes);
  const sections = byName(file.sections);
  const { head, n, m, tops, authorCount, members, floor, scale } = readHead(file.head);
  const forest = readForest(sections.children, n, tops);
  const flags = sections.flags.all(n);
  const authors = readAuthors(sections, authorCount);
  const author = fill(new Int32Array(n), sections.author.varints(n, authorCount), -1);
  const influence = sections.influence.varints(n);
  const r = new Float32Array(n);
  for (let i = 0; i < n; i += 1) {
    influence[i] = (influence[i] as number) / 1000;
    r[i] = Math.min(RADIUS_MAX, Math.sqrt(floor + scale * (influence[i] as number)));
  }
  const models = fill(new Uint32Array(n), sections.models.varints(n, U32_MAX - 1), 1);
  const edges = readEdges(sections, n, m);
  return {
    head,
    n,
    ...forest,
    parentEdge: findParentEdges(forest.parent, edges),
    flags,
    author,
    rank: readRanks(sections.rank, n),
    influence,
    likes: fill(new Float64Array(n), sections.likes.varints(n), -1),
    downloads: fill(new Float64Array(n), sections.downloads.varints(n), -1),
    created: readCreated(sections.created, n),
    appears: readDays(sections.appears, n),
    ...readPlaces(sections.place, forest.parent),
    r,
    derived: fill(new Uint32Array(n), sections.derived.varints(n, U32_MAX), 0),
    more: fill(new Uint32Array(n), sections.more.varints(n, U32_MAX), 0),
    models,
    authors,
    m,
    ...edges,
    ...readJoined(sections.joined, flags, models, members),
    ...readIds(sections, n, flags, author, authors),
  };
}

function fill<T extends Int32Array | Uint32Array | Float64Array>(array: T, values: Float64Array, plus: number): T {
  for (let i = 0; i < values.length; i += 1) array[i] = (values[i] as number) + plus;
  return array;
}

function readDays(section: Section, count: number): Int32Array {
  const values = section.varints(count, DAY_MAX);
  const days = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    const value = values[i] as number;
    if (value > 1) days[i] = value - 2 + DAY_2000;
    else days[i] = value === 0 ? ALWAYS : NEVER;
  }
  return days;
}

function readCreated(section: Section, count: number): Int32Array {
  const days = readDays(section, count);
  const at = days.indexOf(ALWAYS);
  return at < 0 ? days : section.refuse(at, 'a model created before all time');
}

/* The known sections by name; others are skipped. */
function byName(list: readonly Section[]): Sections {
  const known = list.filter(({ name }) => SECTIONS.some((other) => other === name));
  SECTIONS.forEach((name, i) => {
    if (known[i]?.name !== name) refuse('head', 12, `section ${name} is missing, or not where it belongs`);
  });
  if (known.length > SECTIONS.length) refuse('head', 12, 'a section stands there twice');
  return Object.fromEntries(known.map((section) => [section.name, section])) as Sections;
}

/* What the arrays are made from is checked here; the rest of the head is taken as the server says it. */
function readHead(raw: Readonly<Record<string, unknown>>) {
  const head = raw as unknown as NetworkHead;
  const counts = record(raw, 'counts');
  const radius = record(raw, 'radius');
  return {
    head,
    n: whole(counts, 'nodes', NODES_MAX),
    m: whole(counts, 'edges', U32_MAX),
    tops: whole(raw, 'tops', NODES_MAX),
    authorCount: whole(raw, 'authors', NODES_MAX),
    members: whole(raw, 'members', U32_MAX),
    floor: number(radius, 'floor'),
    scale: number(radius, 'scale'),
  };
}

function record(of: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = of[key];
  if (typeof value !== 'object' || value === null) return refuse('head', 12, `no ${key}`);
  return value as Readonly<Record<string, unknown>>;
}

function number(of: Readonly<Record<string, unknown>>, key: string): number {
  const value = of[key];
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : refuse('head', 12, `${key} is not a number from 0`);
}

function whole(of: Readonly<Record<string, unknown>>, key: string, max: number): number {
  const value = number(of, key);
  return Number.isInteger(value) && value <= max ? value : refuse('head', 12, `${key} is not a whole number up to ${max}`);
}

/* Breadth-first order: the children of a node follow those of the node before it. */
function readForest(section: Section, n: number, tops: number): Pick<Network, 'parent' | 'firstChild'> {
  const counts = section.varints(n, n);
  const parent = new Int32Array(n).fill(-1);
  const firstChild = new Uint32Array(n + 1);
  let next = tops;
  firstChild[0] = tops;
  for (let i = 0; i < n; i += 1) {
    if (next <= i) section.refuse(i, `node ${i} hangs on none before it`);
    const end = next + (counts[i] as number);
    if (end > n) section.refuse(i, `more children than nodes, ${n}`);
    for (; next < end; next += 1) parent[next] = i;
    firstChild[i + 1] = end;
  }
  if (next !== n) section.refuse(section.bytes.length, `children and tops are ${next}, nodes ${n}`);
  return { parent, firstChild };
}

function readRanks(section: Section, n: number): Uint32Array {
  const steps = section.zigzags(n);
  const ranks = new Uint32Array(n);
  let rank = 0;
  for (let i = 0; i < n; i += 1) {
    rank += steps[i] as number;
    if (rank < 0 || rank > U32_MAX) section.refuse(i, `rank ${rank}`);
    ranks[i] = rank;
  }
  return ranks;
}

/* Differences are between rounded places, so they are added up as whole eighths. */
function readPlaces(section: Section, parent: Int32Array): Pick<Network, 'x' | 'y'> {
  const n = parent.length;
  const eighths = section.zigzags(2 * n);
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  for (let i = 0; i < n; i += 1) {
    const up = parent[i] as number;
    const px = (eighths[2 * i] as number) + (up < 0 ? 0 : (eighths[2 * up] as number));
    const py = (eighths[2 * i + 1] as number) + (up < 0 ? 0 : (eighths[2 * up + 1] as number));
    if (Math.abs(px) > PLACE_MAX || Math.abs(py) > PLACE_MAX) section.refuse(i, `place ${px}, ${py}`);
    eighths[2 * i] = px;
    eighths[2 * i + 1] = py;
    x[i] = px * PLACE_SCALE;
    y[i] = py * PLACE_SCALE;
  }
  return { x, y };
}

function readAuthors(sections: Sections, count: number): readonly NetworkAuthor[] {
  const kinds = sections.kinds.all(count);
  const names = readTexts(sections['name.text'], textOffsets(sections.names, sections['name.text'], count));
  const fulls = readTexts(sections['full.text'], textOffsets(sections.fulls, sections['full.text'], count));
  return names.map((name, i) => {
    const kind = KINDS[kinds[i] ?? 0] ?? sections.kinds.refuse(i, 'a kind of author that is not known');
    return { name, fullName: fulls[i] ?? '', kind };
  });
}

type Edges = Pick<Network, 'source' | 'target' | 'tag' | 'count' | 'hidden' | 'since' | 'outOff' | 'inOff' | 'inEdge'>;

function readEdges(sections: Sections, n: number, m: number): Edges {
  const source = readEnds(sections.source, sections.source.varints(m), n);
  const target = readEnds(sections.target, sections.target.zigzags(m), n);
  return {
    source,
    target,
    tag: sections.tag.all(m),
    count: fill(new Uint32Array(m), sections.count.varints(m, U32_MAX - 1), 1),
    hidden: fill(new Uint32Array(m), sections.hidden.varints(m, U32_MAX), 0),
    since: readDays(sections.since, m),
    outOff: startsOf(source, n),
    ...intoNodes(target, n),
  };
}

function readEnds(section: Section, steps: Float64Array, n: number): Uint32Array {
  const ends = new Uint32Array(steps.length);
  let node = 0;
  for (let e = 0; e < steps.length; e += 1) {
    node += steps[e] as number;
    if (node < 0 || node >= n) section.refuse(e, `${node} is no node`);
    ends[e] = node;
  }
  return ends;
}

/* Where the entries of each of n keys begin, once they are sorted by key. */
function startsOf(keys: Uint32Array, n: number): Uint32Array {
  const start = new Uint32Array(n + 1);
  for (let i = 0; i < keys.length; i += 1) {
    const next = (keys[i] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let i = 0; i < n; i += 1) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  return start;
}

function intoNodes(target: Uint32Array, n: number) {
  const inOff = startsOf(target, n);
  const next = inOff.slice();
  const inEdge = new Uint32Array(target.length);
  for (let e = 0; e < target.length; e += 1) {
    const node = target[e] as number;
    const at = next[node] as number;
    inEdge[at] = e;
    next[node] = at + 1;
  }
  return { inOff, inEdge };
}

/* Between the same two nodes there may be edges of several relations; the first one stands for the forest. */
function findParentEdges(parent: Int32Array, { source, target }: Edges): Int32Array {
  const found = new Int32Array(parent.length).fill(-1);
  for (let e = source.length - 1; e >= 0; e -= 1) {
    const node = target[e] as number;
    if (parent[node] === source[e]) found[node] = e;
  }
  for (let i = 0; i < parent.length; i += 1) {
    if (parent[i] !== -1 && found[i] === -1) refuse('target', 0, `no edge from node ${parent[i] ?? -1} to ${i}, which hangs on it`);
  }
  return found;
}

function readJoined(section: Section, flags: Uint8Array, models: Uint32Array, members: number): Pick<Network, 'joinedOff' | 'joined'> {
  const joined = readDays(section, members);
  const joinedOff = new Uint32Array(flags.length + 1);
  let at = 0;
  for (let i = 0; i < flags.length; i += 1) {
    if (((flags[i] as number) & FLAG.group) !== 0) at += models[i] as number;
    if (at > members) section.refuse(section.bytes.length, `groups stand for more than ${members} models`);
    joinedOff[i + 1] = at;
  }
  if (at !== members) section.refuse(section.bytes.length, `groups stand for ${at} models, not ${members}`);
  return { joinedOff, joined };
}

/* Few ids are ever asked for, unless one is searched. */
function readIds(sections: Sections, n: number, flags: Uint8Array, author: Int32Array, authors: readonly NetworkAuthor[]): Pick<Network, 'id' | 'find'> {
  const text = sections['id.text'];
  const offsets = textOffsets(sections.ids, text, n);
  const decoder = new TextDecoder();
  const name = (node: number, id: string): string =>
    ((flags[node] ?? 0) & FLAG.group) === 0 ? id : `author:${authors[author[node] ?? -1]?.name ?? ''}`;
  let table: Map<string, number> | undefined;
  const index = (): Map<string, number> => {
    const map = new Map<string, number>();
    readTexts(text, offsets).forEach((id, node) => map.set(name(node, id).toLowerCase(), node));
    return map;
  };
  return {
    id: (node) => name(node, decoder.decode(text.bytes.subarray(offsets[node], offsets[node + 1]))),
    find: (id) => (table ??= index()).get(id.toLowerCase()) ?? -1,
  };
}
