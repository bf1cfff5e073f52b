// SPDX-License-Identifier: MIT
import type { Relation } from '../api/schema';
import { ALWAYS, FLAG, NEVER, RELATIONS, TAG } from './network';
import type { Network, NetworkAuthor } from './network';
import type { NetworkMask } from './network-mask';

/** What a page says about a network and its nodes, read from the arrays. */

const DAY_MS = 86_400_000;
const GROUP_PREFIX = 'author:';
const NOBODY: NetworkAuthor = { name: '', fullName: '', kind: 'unknown' };

/** Whether `node` has one of the `FLAG` bits. */
export function hasFlag(network: Network, node: number, flag: number): boolean {
  return ((network.flags[node] ?? 0) & flag) !== 0;
}

/** Whether `node` stands for all models of an author. */
export function isGroup(network: Network, node: number): boolean {
  return hasFlag(network, node, FLAG.group);
}

/** The author of a node. */
export function authorOf(network: Network, node: number): NetworkAuthor {
  return network.authors[network.author[node] ?? -1] ?? NOBODY;
}

/** The name of an author for people. */
export function authorName(author: NetworkAuthor): string {
  return author.fullName === '' ? author.name : author.fullName;
}

/** What a node is called in few words: the name of a model without its owner, or of an author. */
export function shortName(network: Network, node: number): string {
  if (isGroup(network, node)) return authorName(authorOf(network, node));
  const id = network.id(node);
  return id.slice(id.indexOf('/') + 1);
}

/** The node of an id; where the model is folded into its author's group, that group. */
export function nodeOf(network: Network, id: string | null): number {
  if (id === null) return -1;
  const node = network.find(id);
  if (node >= 0 || id.startsWith(GROUP_PREFIX)) return node;
  return network.find(GROUP_PREFIX + id.slice(0, Math.max(0, id.indexOf('/'))));
}

/** From the top down to `node`. */
export function pathTo(network: Network, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = network.parent[at] ?? -1) path.push(at);
  return path.toReversed();
}

/** The day as the API writes it; null for one that is not known. */
export function dayText(day: number | undefined): string | null {
  return day === undefined || day === ALWAYS || day === NEVER ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 of a day as the API writes it. */
export function dayNumber(text: string): number {
  return Math.floor(Date.parse(text) / DAY_MS);
}

/** A shown base of a node. */
export interface Base {
  readonly node: number;
  readonly relation: Relation;
  readonly isDeclared: boolean;
  /** Models between that are not shown. */
  readonly hidden: number;
  readonly isIndirect: boolean;
}

/** The shown bases of a node: the one it hangs on first, then the most influential. */
export function basesOf(network: Network, node: number): readonly Base[] {
  const bases: Base[] = [];
  for (let at = network.inOff[node] ?? 0; at < (network.inOff[node + 1] ?? 0); at += 1) {
    const edge = network.inEdge[at] ?? 0;
    const tag = network.tag[edge] ?? 0;
    bases.push({
      node: network.source[edge] ?? 0,
      relation: relationOf(tag),
      isDeclared: (tag & TAG.declared) !== 0,
      hidden: network.hidden[edge] ?? 0,
      isIndirect: (tag & TAG.indirect) !== 0,
    });
  }
  const parent = network.parent[node] ?? -1;
  const influence = (base: Base): number => (base.node === parent ? Infinity : (network.influence[base.node] ?? 0));
  return bases.toSorted((a, b) => influence(b) - influence(a));
}

/** The relation by which a node hangs on its parent. */
export function parentRelation(network: Network, node: number): Relation | null {
  const edge = network.parentEdge[node] ?? -1;
  return edge < 0 ? null : relationOf(network.tag[edge] ?? 0);
}

function relationOf(tag: number): Relation {
  return RELATIONS[tag & TAG.relation] ?? 'finetune';
}

/** Nodes that hang on this one in the picture. */
export function childrenOf(network: Network, node: number): number {
  return (network.firstChild[node + 1] ?? 0) - (network.firstChild[node] ?? 0);
}

/** How many derived models of the shown nodes are not shown; one that has several bases counts with each. */
export function countMore(network: Network, shown: Uint8Array): number {
  let more = 0;
  for (let node = 0; node < network.n; node += 1) if (shown[node] === 1) more += network.more[node] ?? 0;
  return more;
}

/** What the legend counts. */
export interface LegendCounts {
  readonly relations: Readonly<Record<Relation, number>>;
  readonly indirect: number;
  readonly placeholders: number;
  readonly removed: number;
  readonly chosen: number;
}

/** Counts what is shown, by kind. */
export function countKinds(network: Network, mask: Pick<NetworkMask, 'nodes' | 'edges'>): LegendCounts {
  const relations = [0, 0, 0, 0];
  let indirect = 0;
  for (let edge = 0; edge < network.m; edge += 1) {
    if (mask.edges[edge] !== 1) continue;
    const tag = network.tag[edge] ?? 0;
    const relation = tag & TAG.relation;
    relations[relation] = (relations[relation] ?? 0) + 1;
    if ((tag & TAG.indirect) !== 0) indirect += 1;
  }
  let placeholders = 0;
  let removed = 0;
  let chosen = 0;
  for (let node = 0; node < network.n; node += 1) {
    if (mask.nodes[node] !== 1) continue;
    const flags = network.flags[node] ?? 0;
    if ((flags & FLAG.placeholder) !== 0) placeholders += 1;
    if ((flags & FLAG.removed) !== 0) removed += 1;
    if ((flags & FLAG.root) !== 0) chosen += 1;
  }
  const [adapter = 0, finetune = 0, merge = 0, quantized = 0] = relations;
  return { relations: { adapter, finetune, merge, quantized }, indirect, placeholders, removed, chosen };
}

/** The relations as the bits by which a mask leaves them out. */
export function relationBits(relations: readonly Relation[]): number {
  return relations.reduce((bits, relation) => bits | (1 << RELATIONS.indexOf(relation)), 0);
}

/** The largest values of the models in a network. */
export interface Largest {
  readonly influence: number;
  readonly likes: number;
  readonly downloads: number;
}

/** The largest values of the models in a network, groups aside. */
export function largestOf(network: Network): Largest {
  let [influence, likes, downloads] = [0, 0, 0];
  for (let node = 0; node < network.n; node += 1) {
    if (!isGroup(network, node)) influence = Math.max(influence, network.influence[node] ?? 0);
    likes = Math.max(likes, network.likes[node] ?? 0);
    downloads = Math.max(downloads, network.downloads[node] ?? 0);
  }
  return { influence, likes, downloads };
}

/** How deep the ground of a value is, from 0 to 1: on a log scale, against the largest. */
export function depthOf(value: number | null, largest: number): number {
  if (value === null || !(value > 0) || !(largest > 0)) return 0;
  return Math.min(1, Math.log1p(value) / Math.log1p(largest));
}

/** A number of the arrays, where less than 0 stands for "not known". */
export function known(value: number | undefined): number | null {
  return value === undefined || value < 0 ? null : value;
}
