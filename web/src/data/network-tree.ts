// SPDX-License-Identifier: MIT
import type { Network } from './network';

/** The forest of a network as rows, one after the other: what a table draws. All have the same length. */
export interface TreeRows {
  readonly nodes: Int32Array;
  /** From 1. */
  readonly level: Uint16Array;
  /** From 1, among the rows that hang on the same one. */
  readonly position: Uint32Array;
  readonly setSize: Uint32Array;
}

/** How many shown nodes hang on each node; n entries. */
export function shownChildren(network: Network, shown: Uint8Array): Uint32Array {
  const counts = new Uint32Array(network.n);
  for (let node = 0; node < network.n; node += 1) {
    const parent = network.parent[node] ?? -1;
    if (shown[node] === 1 && parent >= 0) counts[parent] = (counts[parent] ?? 0) + 1;
  }
  return counts;
}

/**
 * The rows of the shown nodes, those below a closed one left out. A node whose parent is not shown, because it is
 * later or its relation is switched off, stands at the first level.
 */
export function treeRows(network: Network, shown: Uint8Array, open: ReadonlySet<number>): TreeRows {
  const { n, parent, firstChild } = network;
  const nodes = new Int32Array(n);
  const level = new Uint16Array(n);
  const position = new Uint32Array(n);
  const setSize = new Uint32Array(n);
  const children = shownChildren(network, shown);
  const tops: number[] = [];
  for (let node = 0; node < n; node += 1) {
    const above = parent[node] ?? -1;
    if (shown[node] === 1 && (above < 0 || shown[above] !== 1)) tops.push(node);
  }

  // what is still to be written, the next one last: node, level, position, size of its set
  const waiting: (readonly [number, number, number, number])[] = tops.map((node, i) => [node, 1, i + 1, tops.length] as const).toReversed();
  let count = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth, place, size] = next;
    nodes[count] = node;
    level[count] = depth;
    position[count] = place;
    setSize[count] = size;
    count += 1;
    if (!open.has(node)) continue;
    const total = children[node] ?? 0;
    let left = total;
    for (let child = (firstChild[node + 1] ?? 0) - 1; child >= (firstChild[node] ?? 0); child -= 1) {
      if (shown[child] !== 1) continue;
      waiting.push([child, depth + 1, left, total]);
      left -= 1;
    }
  }
  return { nodes: nodes.subarray(0, count), level: level.subarray(0, count), position: position.subarray(0, count), setSize: setSize.subarray(0, count) };
}
