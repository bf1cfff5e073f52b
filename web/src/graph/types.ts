// SPDX-License-Identifier: MIT
import type { Network } from '../data/network';

/**
 * graph - draws a network and lets one touch it. Nothing here knows a page, a framework or a language: texts come in
 * through callbacks. `createGraphView` (view.ts) picks WebGL2, or a 2D canvas where that is missing.
 */

/** Where the camera looks: the point of the network in the middle, and pixels per unit of the network. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Colours, as CSS colours that canvas and WebGL code parse alike: `#rrggbb`. */
export interface GraphStyle {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  /** Halo of labels. */
  readonly halo: string;
  /** By relation number: adapter, finetune, merge, quantized. */
  readonly relations: readonly [string, string, string, string];
  readonly font: string;
}

/** What is emphasised; the rest is dimmed when `emphasis` is given. */
export interface GraphMarks {
  /** The selected node, or -1. */
  readonly selected: number;
  /** Nodes on the path from the selected node to its top; their tree edges are drawn strong. */
  readonly path: readonly number[];
  /** n entries, 1 for nodes that stay bright (matches of a search or filter); null dims nothing. */
  readonly emphasis: Uint8Array | null;
}

/** What the view tells. Positions are CSS pixels relative to the host. */
export interface GraphEvents {
  /** The pointer is over a node, or over none (-1). */
  onHover(node: number, x: number, y: number): void;
  /** A node was chosen by click, tap or key, or none (-1) by a click on the ground or Esc. */
  onSelect(node: number): void;
  /** A node was double-clicked, or Enter was pressed on the selected one. */
  onToggle(node: number): void;
  /** The camera came to rest. */
  onCamera(camera: Camera): void;
  /** The drawing can go on no longer (lost context that is not restored); the page shows the table. */
  onFailure(message: string): void;
}

/** How a view looks, what it asks for and what it tells. */
export interface GraphOptions extends GraphEvents {
  readonly style: GraphStyle;
  /** Text of a node's label, and of its announcement. */
  label(node: number): string;
  /** Address of the sheet of pictures of these authors (at most 48), 8 cells of 64 pixels in a row. */
  avatarSheet(names: readonly string[]): string;
  /** No animation of camera or nodes. */
  readonly isStill: boolean;
  /** Draws on a 2D canvas even where WebGL2 is there. */
  readonly prefer?: 'canvas2d';
}

/** A picture's numbers, for tests and the bench. */
export interface GraphStats {
  readonly renderer: 'webgl2' | 'canvas2d';
  /** Frames drawn since the view was made; it stands still while nothing changes. */
  readonly frames: number;
  /** Milliseconds of the last frame, finished. */
  readonly frameMs: number;
  /** Nodes and edges drawn in the last frame, labels placed. */
  readonly nodes: number;
  readonly edges: number;
  readonly labels: number;
}

/** A network on screen. */
export interface GraphView {
  /** Shows a network. With `keep`, nodes that were there before move from where they were to their new place, and the
   * camera keeps `anchor` (an id) where it is; else the whole is fitted. */
  setNetwork(network: Network, options?: { readonly keep?: boolean; readonly anchor?: string }): void;
  /** n and m entries, 1 for what is drawn; others can be neither seen nor touched. */
  setVisible(nodes: Uint8Array, edges: Uint8Array): void;
  setMarks(marks: GraphMarks): void;
  setStyle(style: GraphStyle): void;
  camera(): Camera;
  setCamera(camera: Camera): void;
  /** Everything visible in view. */
  fit(): void;
  /** Goes to a node and close enough to read its label. */
  flyTo(node: number): void;
  zoomBy(factor: number): void;
  /** The visible node at a point of the host, or -1. */
  pick(x: number, y: number): number;
  /** Where a node is now, in pixels of the host, and its radius there. */
  positionOf(node: number): { readonly x: number; readonly y: number; readonly r: number };
  /** Draws now and waits for the GPU (bench). */
  drawNow(): void;
  stats(): GraphStats;
  /** What is on screen. */
  toPng(): Promise<Blob>;
  toSvg(): Promise<string>;
  /** Frees listeners, observers and GPU objects; calling it again does nothing. */
  destroy(): void;
}
