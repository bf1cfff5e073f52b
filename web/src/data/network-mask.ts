// SPDX-License-Identifier: MIT
import { FLAG, TAG } from './network';
import type { Network } from './network';

/** What of a network is there: 1 per node and edge, and how many. */
export interface NetworkMask {
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
  readonly counts: { readonly nodes: number; readonly models: number; readonly edges: number };
}

/**
 * Rule 8 of docs/algorithms/network.md: what is there on the day `until` (null for no limit) without the relations
 * of `hidden` (bit r for relation r) and still hangs on a chosen model.
 */
export function visibleAt(network: Network, until: number | null, hidden: number): NetworkMask {
  const edges = markEdges(network, until, hidden);
  const nodes = reach(network, until, edges);
  let edgeCount = 0;
  for (let e = 0; e < network.m; e += 1) {
    const isThere = (edges[e] as number) & (nodes[network.source[e] as number] as number);
    edges[e] = isThere;
    edgeCount += isThere;
  }
  return { nodes, edges, counts: { ...countNodes(network, until, nodes), edges: edgeCount } };
}

/** Models that a node stands for on the day `until`. */
export function modelsAt(network: Network, node: number, until: number | null): number {
  if (until === null || ((network.flags[node] ?? 0) & FLAG.group) === 0) return network.models[node] ?? 0;
  let count = 0;
  const end = network.joinedOff[node + 1] ?? 0;
  for (let i = network.joinedOff[node] ?? 0; i < end; i += 1) {
    if ((network.joined[i] as number) <= until) count += 1;
  }
  return count;
}

/* an edge is there when both its ends are */
function markEdges({ m, source, target, tag, since, appears }: Network, until: number | null, hidden: number): Uint8Array {
  const edges = new Uint8Array(m);
  for (let e = 0; e < m; e += 1) {
    if (((hidden >> ((tag[e] as number) & TAG.relation)) & 1) !== 0) continue;
    if (until !== null) {
      if ((since[e] as number) > until) continue;
      if ((appears[source[e] as number] as number) > until || (appears[target[e] as number] as number) > until) continue;
    }
    edges[e] = 1;
  }
  return edges;
}

function reach({ n, flags, appears, outOff, target }: Network, until: number | null, edges: Uint8Array): Uint8Array {
  const nodes = new Uint8Array(n);
  const queue = new Uint32Array(n);
  let length = 0;
  for (let i = 0; i < n; i += 1) {
    if (((flags[i] as number) & FLAG.root) === 0 || (until !== null && (appears[i] as number) > until)) continue;
    nodes[i] = 1;
    queue[length] = i;
    length += 1;
  }
  for (let at = 0; at < length; at += 1) {
    const node = queue[at] as number;
    const end = outOff[node + 1] as number;
    for (let e = outOff[node] as number; e < end; e += 1) {
      const next = target[e] as number;
      if (edges[e] === 0 || nodes[next] === 1) continue;
      nodes[next] = 1;
      queue[length] = next;
      length += 1;
    }
  }
  return nodes;
}

function countNodes(network: Network, until: number | null, nodes: Uint8Array): { readonly nodes: number; readonly models: number } {
  let count = 0;
  let models = 0;
  for (let i = 0; i < network.n; i += 1) {
    if (nodes[i] === 0) continue;
    count += 1;
    models += modelsAt(network, i, until);
  }
  return { nodes: count, models };
}
