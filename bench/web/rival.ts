// SPDX-License-Identifier: MIT
import type { Network } from '../../web/src/data/network';
import type { Camera } from '../../web/src/graph/types';

/** A library that shows a network, at the places that the network has. */
export interface Rival {
  /** Draws now, seen by this camera. */
  look(camera: Camera): void;
}

/** Shows a network in a host that has its size already; the first picture is drawn by the first look. */
export type MakeRival = (network: Network, host: HTMLElement) => Rival;

/** By relation number: adapter, finetune, merge, quantized. */
const COLOURS = ['#7b61c9', '#1f78b4', '#d95f02', '#2a9d5c'] as const;
export const EDGE_COLOUR = '#9aa4b2';

/** A node has the colour of the edge that it hangs on, as in our picture. */
export function nodeColour({ parentEdge, tag }: Network, node: number): string {
  const edge = parentEdge[node] ?? -1;
  return (edge < 0 ? undefined : COLOURS[(tag[edge] ?? 0) & 3]) ?? '#333333';
}

/** Address of the picture of a node's author. */
export function avatarOf({ author, authors }: Network, node: number): string {
  const name = authors[author[node] ?? -1]?.name ?? '';
  return name === '' ? '/avatar-none.svg' : `/api/v1/authors/${encodeURIComponent(name)}/avatar`;
}

/** A number of an array that has it. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
