// SPDX-License-Identifier: MIT
// The binary form of a network (docs/format/network.md) from plain objects, and invented networks of any size.

const AUTHOR_KINDS = ['unknown', 'individual', 'unverified', 'company', 'community', 'university', 'non-profit', 'government', 'classroom'];
const RELATION_NAMES = ['adapter', 'finetune', 'merge', 'quantized'];
const DAY_2000 = 10_957;
export const FLAGS = { root: 1, group: 2, placeholder: 4, removed: 8, match: 16, collapsed: 32, expanded: 64 };

/** Bytes that grow. */
class Bytes {
  #bytes = new Uint8Array(256);
  length = 0;

  byte(value) {
    if (this.length === this.#bytes.length) {
      const more = new Uint8Array(2 * this.length);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  varint(value) {
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${value} is no varint`);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  zigzag(value) {
    this.varint(value >= 0 ? 2 * value : -2 * value - 1);
  }

  /* 'always', null for never, or days since 1970 */
  day(value) {
    this.varint(value === 'always' ? 0 : value === null ? 1 : Math.max(0, value - DAY_2000) + 2);
  }

  done() {
    return this.#bytes.slice(0, this.length);
  }
}

/** The binary form. `plain` has `head`, `authors`, `nodes` in breadth-first order and sorted `edges`; see makeNetwork. */
export function encodeNetwork({ head, authors, nodes, edges }) {
  const { sections, section, text } = sectionWriter();
  const children = Array.from({ length: nodes.length }, () => 0);
  for (const node of nodes) if (node.parent >= 0) children[node.parent] += 1;

  section('children', nodes, (out, _node, i) => out.varint(children[i]));
  section('flags', nodes, (out, node) => out.byte(node.flags));
  section('author', nodes, (out, node) => out.varint(node.author + 1));
  section('rank', nodes, (out, node, i) => out.zigzag(node.rank - (nodes[i - 1]?.rank ?? 0)));
  section('influence', nodes, (out, node) => out.varint(Math.round(node.influence * 1000)));
  section('likes', nodes, (out, node) => out.varint(node.likes === null ? 0 : node.likes + 1));
  section('downloads', nodes, (out, node) => out.varint(node.downloads === null ? 0 : node.downloads + 1));
  section('created', nodes, (out, node) => out.day(node.created));
  section('appears', nodes, (out, node) => out.day(node.appears));
  section('place', nodes, (out, node) => {
    for (const axis of ['x', 'y']) out.zigzag(eighths(node[axis]) - eighths(nodes[node.parent]?.[axis] ?? 0));
  });
  section('derived', nodes, (out, node) => out.varint(node.derived));
  section('more', nodes, (out, node) => out.varint(node.more));
  section('models', nodes, (out, node) => out.varint(node.models - 1));
  text('ids', 'id.text', nodes.map(({ id, flags }) => ((flags & FLAGS.group) === 0 ? id : '')));
  text('names', 'name.text', authors.map(({ name }) => name));
  text('fulls', 'full.text', authors.map(({ fullName }) => fullName));
  section('kinds', authors, (out, author) => out.byte(AUTHOR_KINDS.indexOf(author.kind)));
  section('source', edges, (out, edge, i) => out.varint(edge.source - (edges[i - 1]?.source ?? 0)));
  section('target', edges, (out, edge, i) => out.zigzag(edge.target - (edges[i - 1]?.target ?? 0)));
  section('tag', edges, (out, edge) => {
    out.byte(RELATION_NAMES.indexOf(edge.relation) | (edge.indirect ? 4 : 0) | (edge.declared ? 128 : 0));
  });
  section('count', edges, (out, edge) => out.varint(edge.count - 1));
  section('hidden', edges, (out, edge) => out.varint(edge.hidden));
  section('since', edges, (out, edge) => out.day(edge.since));
  section('joined', nodes, (out, node) => node.joined.forEach((day) => out.day(day)));

  return assemble(
    {
      ...head,
      counts: { ...head.counts, nodes: nodes.length, edges: edges.length },
      tops: nodes.filter(({ parent }) => parent < 0).length,
      authors: authors.length,
      members: nodes.reduce((sum, { joined }) => sum + joined.length, 0),
    },
    sections,
  );
}

/** A file of a head and named sections. */
export function assemble(head, sections) {
  const json = new TextEncoder().encode(JSON.stringify({ ...head, sections: sections.map(([name, bytes]) => [name, bytes.length]) }));
  const file = new Uint8Array(12 + json.length + sections.reduce((sum, [, bytes]) => sum + bytes.length, 0));
  file.set(new TextEncoder().encode('ECONET1\0'));
  new DataView(file.buffer).setUint32(8, json.length, true);
  file.set(json, 12);
  let at = 12 + json.length;
  for (const [, bytes] of sections) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file.buffer;
}

/** A day as a date, null where there is none. */
export const dayText = (day) => (typeof day === 'number' ? new Date(day * 86_400_000).toISOString().slice(0, 10) : null);

function eighths(value) {
  return Math.round(value * 8);
}

function sectionWriter() {
  const sections = [];
  const section = (name, items, write) => {
    const out = new Bytes();
    items.forEach((item, i) => write(out, item, i));
    sections.push([name, out.done()]);
  };
  const text = (lengths, name, texts) => {
    const bytes = texts.map((value) => new TextEncoder().encode(value));
    section(lengths, bytes, (out, value) => out.varint(value.length));
    const all = new Uint8Array(bytes.reduce((sum, value) => sum + value.length, 0));
    let at = 0;
    for (const value of bytes) {
      all.set(value, at);
      at += value.length;
    }
    sections.push([name, all]);
  };
  return { sections, section, text };
}

/** Random numbers from 0 to 1, the same ones for the same seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const RADIUS = { floor: 9, scale: 5 };
const FIRST_DAY = 19_600;
const DAYS = 1095;
const OWNERS = [
  ['northwind-ai', 'Northwind AI', 'company'], ['open-meadow', 'Open Meadow', 'community'], ['uni-lakeside', 'Lakeside University', 'university'],
  ['commons-lab', 'Commons Lab', 'non-profit'], ['gov-data-office', '', 'government'], ['class-of-26', 'Class of 26', 'classroom'],
  ['xinghe-lab', '星河实验室', 'unverified'], ['hostile', '<img src=x onerror=alert(1)> & "co"', 'individual'],
];
const STEMS = ['Willow', 'Heron', 'Quartz', 'Amber', 'Nimbus', 'Sparrow', 'Tundra', 'Cobalt', 'Juniper', 'Lantern', '山雀', '北斗'];
const SIZES = ['0.6B', '1.7B', '4B', '8B', '14B', '32B', '70B', '235B-A22B'];
const ENDINGS = { adapter: 'lora', finetune: 'Instruct', merge: 'merge', quantized: 'GGUF' };
const SHARES = [['quantized', 0.42], ['finetune', 0.73], ['adapter', 1]];

/**
 * An invented network of `nodes` nodes: heavy-tailed families of `roots` chosen models, one node in twenty a merge of
 * several bases, a few groups, indirect edges, placeholders and removed models. Places do not overlap.
 */
export function makeNetwork({ nodes: size, seed = 1, roots = Math.max(1, Math.min(50, Math.round(size / 60))), view = 'full', groups = true }) {
  const random = seeded(seed);
  const authors = makeAuthors(size);
  const tree = growTree(size, Math.min(roots, size), random);
  const nodes = tree.map((parent, i) => makeNode(i, parent, { random, authors, groups, isLeaf: true }));
  finishNodes(nodes);
  const edges = makeEdges(nodes, random);
  setDays(nodes, edges, random);
  placeNodes(nodes);
  return { head: makeHead(nodes, edges, view), authors, nodes, edges };
}

function makeAuthors(size) {
  const count = Math.max(OWNERS.length, Math.round(size * 0.3));
  return Array.from({ length: count }, (_, i) => {
    const [name, fullName, kind] = OWNERS[i] ?? [`maker-${i}`, i % 3 === 0 ? `Maker ${i}` : '', i % 5 === 0 ? 'unknown' : 'individual'];
    return { name, fullName, kind };
  });
}

/* Parents by preferential attachment, put into breadth-first order. */
function growTree(size, roots, random) {
  const parents = [];
  const kids = Array.from({ length: size }, () => []);
  for (let i = 0; i < size; i += 1) {
    if (i < roots) {
      parents.push(-1);
      continue;
    }
    /* who has many gets more; a third starts afresh */
    const like = Math.floor(random() * i);
    const parent = random() < 0.72 && parents[like] >= 0 ? parents[like] : Math.floor(random() ** 3 * i);
    parents.push(parent);
    kids[parent].push(i);
  }
  const order = Array.from({ length: roots }, (_, i) => i);
  for (let at = 0; at < order.length; at += 1) for (const kid of kids[order[at]]) order.push(kid);
  const place = new Map(order.map((old, i) => [old, i]));
  return order.map((old) => (parents[old] < 0 ? -1 : place.get(parents[old])));
}

function makeNode(i, parent, { random, authors, groups }) {
  const chance = random();
  const isGroup = groups && parent >= 0 && chance > 0.985;
  const isPlaceholder = parent >= 0 && chance < 0.01;
  const author = chance > 0.01 && chance < 0.013 ? -1 : Math.floor(random() ** 3 * authors.length);
  const relation = parent < 0 ? null : SHARES.find(([, share]) => random() < share)?.[0] ?? 'adapter';
  return {
    parent,
    author,
    relation,
    flags:
      (parent < 0 ? FLAGS.root : 0) | (isGroup ? FLAGS.group : 0) | (isPlaceholder ? FLAGS.placeholder : 0) |
      (chance > 0.02 && chance < 0.04 ? FLAGS.removed : 0) | (random() < 0.1 ? FLAGS.match : 0) | (chance > 0.04 && chance < 0.05 ? FLAGS.collapsed : 0),
    name: author < 0 ? '' : authors[author].name,
    likes: isGroup || isPlaceholder || random() < 0.02 ? null : Math.floor(random() ** 6 * 9000),
    downloads: isGroup || isPlaceholder || random() < 0.02 ? null : Math.floor(random() ** 8 * 4_000_000),
    models: isGroup ? 2 + Math.floor(random() * 12) : 1,
    noise: random(),
    more: 0,
    derived: 0,
    joined: [],
    i,
  };
}

/* Sums and names that need the whole tree. */
function finishNodes(nodes) {
  const below = nodes.map(() => 0);
  for (let i = nodes.length - 1; i >= 0; i -= 1) {
    const { parent } = nodes[i];
    if (parent < 0) continue;
    below[parent] += 1 + 0.3 * below[i];
    nodes[parent].derived += 1;
  }
  nodes.forEach((node, i) => {
    node.influence = Math.round(Math.min(100, 0.1 + 8 * node.noise ** 12 + 0.9 * Math.sqrt(below[i]) ** 1.3) * 1000) / 1000;
    if ((node.flags & FLAGS.collapsed) !== 0) node.derived += 1 + Math.floor(node.noise * 90);
    node.more = (node.flags & FLAGS.collapsed) === 0 ? 0 : Math.floor(node.derived / 2);
  });
  nodes
    .filter(({ flags }) => (flags & (FLAGS.group | FLAGS.placeholder)) === 0)
    .toSorted((a, b) => b.influence - a.influence)
    .forEach((node, i) => {
      node.rank = i + 1;
    });
  nodes.forEach((node, i) => {
    node.rank ??= 0;
    const stem = `${STEMS[i % STEMS.length]}-${1 + (i % 4)}-${SIZES[(i >> 2) % SIZES.length]}`;
    const model = node.relation === null ? stem : `${stem}-${ENDINGS[node.relation]}${i}`;
    const odd = i % 997 === 13 ? `<b>&"'${i}` : model;
    node.id = (node.flags & FLAGS.group) !== 0 ? `author:${node.name}` : node.name === '' ? `legacy-${i}` : `${node.name}/${odd}`;
  });
}

function makeEdges(nodes, random) {
  const edges = [];
  const add = (source, target, relation, indirect) => {
    const hidden = indirect ? 1 + Math.floor(random() * 3) : 0;
    edges.push({ source, target, relation, indirect, declared: random() < 0.8, count: nodes[target].models, hidden, since: null });
  };
  nodes.forEach((node, i) => {
    if (node.parent < 0) return;
    const isMerge = i > 20 && random() < 0.05;
    if (isMerge) node.relation = 'merge';
    add(node.parent, i, node.relation, !isMerge && random() < 0.02);
    if (random() < 0.01) add(node.parent, i, node.relation === 'finetune' ? 'quantized' : 'finetune', false);
    const seen = new Set([node.parent, i]);
    for (let more = isMerge ? 1 + Math.floor(random() * 3) : 0; more > 0; more -= 1) {
      /* mostly relatives, sometimes anyone before */
      const near = nodes[node.parent].parent;
      const base = random() < 0.6 && near >= 0 ? near : Math.floor(random() ** 2 * i);
      if (!seen.has(base)) add(base, i, 'merge', false);
      seen.add(base);
    }
  });
  return edges.toSorted((a, b) => a.source - b.source || a.target - b.target || relationOrder(a) - relationOrder(b));
}

function relationOrder(edge) {
  return RELATION_NAMES.indexOf(edge.relation);
}

function dayOrder(day) {
  return day === 'always' ? -1 : (day ?? Infinity);
}

/* A model is created after what it hangs on; a few have no date, and neither do those that hang on them only. */
function setDays(nodes, edges, random) {
  nodes.forEach((node) => {
    const isGroup = (node.flags & FLAGS.group) !== 0;
    const up = nodes[node.parent];
    const base = up?.first ?? FIRST_DAY;
    const born = Math.min(FIRST_DAY + DAYS, Math.floor(base + random() ** 2 * (FIRST_DAY + DAYS - base)));
    node.first = born;
    node.created = isGroup || (node.flags & FLAGS.placeholder) !== 0 || random() < 0.005 ? null : born;
    if (node.parent < 0) node.appears = 'always';
    else if (up.appears === null || (node.created === null && !isGroup)) node.appears = null;
    else node.appears = Math.max(born, up.appears === 'always' ? 0 : up.appears);
    if (!isGroup) return;
    node.joined = Array.from({ length: node.models }, (_, i) => (node.appears === null ? null : node.appears + Math.floor(i * 40 * random())));
  });
  for (const edge of edges) {
    const [a, b] = [nodes[edge.source].appears, nodes[edge.target].appears];
    edge.since = dayOrder(a) > dayOrder(b) ? a : b;
  }
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/* Leaves in a sunflower about their parent, whole subtrees on rings outside of it; families about the largest. */
function placeNodes(nodes) {
  const kids = nodes.map(() => []);
  const tops = [];
  for (const [i, node] of nodes.entries()) {
    node.r = Math.sqrt(RADIUS.floor + RADIUS.scale * node.influence);
    if (node.parent < 0) tops.push(i);
    else kids[node.parent].push(i);
  }
  for (let i = nodes.length - 1; i >= 0; i -= 1) nodes[i].extent = pack(nodes[i].r + 4, kids[i], kids, nodes);
  pack(0, tops, kids, nodes);
  for (const node of nodes) {
    const up = nodes[node.parent];
    node.x = Math.round((node.dx + (up?.x ?? 0)) * 8) / 8;
    node.y = Math.round((node.dy + (up?.y ?? 0)) * 8) / 8;
  }
}

/* Sets the offsets of `members` around a circle of radius `inner`; answers the radius of all. */
function pack(inner, members, kids, nodes) {
  const bySize = members.toSorted((a, b) => nodes[a].extent - nodes[b].extent);
  const leaves = bySize.filter((i) => kids[i].length === 0);
  const subtrees = bySize.filter((i) => kids[i].length > 0);
  let extent = sunflower(inner, leaves, nodes);
  if (inner === 0) subtrees.reverse();
  for (let at = 0; at < subtrees.length; ) {
    const result = ring(extent, subtrees, at, nodes);
    ({ at, extent } = result);
  }
  return extent;
}

function sunflower(inner, leaves, nodes) {
  let area = inner * inner;
  let extent = inner;
  leaves.forEach((i, k) => {
    const size = nodes[i].r + 1.5;
    area += 1.9 * size * size;
    const distance = Math.max(Math.sqrt(area), inner + size);
    Object.assign(nodes[i], { dx: distance * Math.cos(k * GOLDEN), dy: distance * Math.sin(k * GOLDEN) });
    extent = Math.max(extent, distance + size);
  });
  return extent;
}

function ring(extent, subtrees, start, nodes) {
  const last = subtrees.length - 1;
  const largest = (end) => Math.max(nodes[subtrees[start]].extent, nodes[subtrees[end]].extent) + 2;
  if (extent === 0) {
    Object.assign(nodes[subtrees[start]], { dx: 0, dy: 0 });
    return { at: start + 1, extent: nodes[subtrees[start]].extent + 2 };
  }
  const angleOf = (i, distance) => 2 * Math.asin(Math.min(1, (nodes[i].extent + 2) / distance));
  let end = start;
  const fits = (to) => {
    const distance = extent + largest(to);
    let sum = 0;
    for (let k = start; k <= to; k += 1) sum += angleOf(subtrees[k], distance);
    return sum <= 2 * Math.PI;
  };
  /* doubling and halving: rings of many circles */
  let step = 1;
  while (end + step <= last && fits(end + step)) {
    end += step;
    step *= 2;
  }
  for (; step >= 1; step = Math.floor(step / 2)) if (end + step <= last && fits(end + step)) end += step;
  const distance = extent + largest(end);
  const used = subtrees.slice(start, end + 1).reduce((sum, i) => sum + angleOf(i, distance), 0);
  const gap = Math.max(0, 2 * Math.PI - used) / (end - start + 1);
  let angle = start * GOLDEN;
  for (let k = start; k <= end; k += 1) {
    const wide = angleOf(subtrees[k], distance) + gap;
    Object.assign(nodes[subtrees[k]], { dx: distance * Math.cos(angle + wide / 2), dy: distance * Math.sin(angle + wide / 2) });
    angle += wide;
  }
  return { at: end + 1, extent: distance + largest(end) };
}

function makeHead(nodes, edges, view) {
  const models = nodes.reduce((sum, node) => sum + node.models, 0);
  return {
    as_of: '2026-08-20',
    data: 'synthetic',
    view,
    limit: view === 'top' ? 100 : null,
    depth: null,
    roots: nodes.filter(({ flags }) => (flags & FLAGS.root) !== 0).map(({ id }) => id),
    max_nodes: 100_000,
    counts: {
      models,
      family: models,
      left_out: 0,
      undated: nodes.filter(({ appears }) => appears === null).length,
      matches: nodes.filter(({ flags }) => (flags & FLAGS.match) !== 0).length,
      inner: { adapter: 0, finetune: 0, merge: 0, quantized: 0 },
    },
    radius: RADIUS,
  };
}
