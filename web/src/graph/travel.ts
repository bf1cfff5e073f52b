// SPDX-License-Identifier: MIT
import { FLAG } from '../data/network';
import type { Scene } from './scene';

/** Where an arrow key leads. */
export type Way = 'base' | 'derived' | 'previous' | 'next';

/** The visible node one gets to from `node`, or `node` itself where there is none; from none (-1), the first chosen one. */
export function travel(scene: Scene, node: number, way: Way): number {
  const { network, nodeVisible } = scene;
  if (node < 0 || node >= network.n || nodeVisible[node] === 0) return firstChosen(scene);
  const parent = network.parent[node] as number;
  const isShown = (other: number): boolean => nodeVisible[other] === 1;
  if (way === 'base') return parent >= 0 && isShown(parent) ? parent : visibleBase(scene, node);
  if (way === 'derived') {
    const [from, to] = [network.firstChild[node] as number, network.firstChild[node + 1] as number];
    for (let child = from; child < to; child += 1) if (isShown(child)) return child;
    return node;
  }
  // siblings stand beside each other; the tops are each other's
  const [from, to] = parent < 0 ? [0, network.firstChild[0] as number] : [network.firstChild[parent] as number, network.firstChild[parent + 1] as number];
  const step = way === 'next' ? 1 : -1;
  for (let other = node + step; other >= from && other < to; other += step) if (isShown(other)) return other;
  return node;
}

/** The first visible chosen node, or -1. */
export function firstChosen({ network, nodeVisible }: Scene): number {
  for (let i = 0; i < network.n; i += 1) if (((network.flags[i] ?? 0) & FLAG.root) !== 0 && nodeVisible[i] === 1) return i;
  return nodeVisible.indexOf(1);
}

/** A node and what it hangs on, up to its top. */
export function pathToTop({ network }: Scene, node: number): readonly number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = network.parent[at] ?? -1) path.push(at);
  return path;
}

/* With its own base hidden, a node may still hang on another one. */
function visibleBase({ network, nodeVisible, edgeVisible }: Scene, node: number): number {
  for (let k = network.inOff[node] as number; k < (network.inOff[node + 1] as number); k += 1) {
    const edge = network.inEdge[k] as number;
    const source = network.source[edge] as number;
    if (edgeVisible[edge] === 1 && nodeVisible[source] === 1) return source;
  }
  return node;
}
