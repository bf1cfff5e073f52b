// SPDX-License-Identifier: MIT
import { clamp, smoothstep } from './camera';
import type { GraphStyle } from './types';

/**
 * How things look, said once for all three ways to draw. Lengths are CSS pixels. The shaders repeat the formulas of
 * this file; they are few.
 */

/** Bits of a node's look that its marks do not change; a cell of the atlas, plus 1, stands above them. */
export const LOOK = { hue: 7, group: 8, hollow: 16, removed: 32, chosen: 64, cell: 16 } as const;

/** Bits of a node's state, and of a node in a list of what is drawn (above the index). */
export const STATE = { selected: 1, hovered: 2, path: 4, dim: 8, bright: 16 } as const;

/**
 * Bits of an edge's look: relation in the lowest two, then these; from bit `lane` on the lane plus `laneZero`, from bit
 * `fan` on how many edges leave its source, as a power of two.
 */
export const EDGE = { relation: 3, indirect: 4, cross: 8, lane: 4, laneZero: 8, fan: 8 } as const;

/** Bits of an edge in a list of what is drawn. */
export const EDGE_STATE = { strong: 1, touched: 2, dim: 4 } as const;

/** In a list, the state stands above the index. */
export const STATE_SHIFT = 27;
/** The index in an entry of a list. */
export const INDEX_MASK = 2 ** STATE_SHIFT - 1;

/** Numbers of colours: the relations come first. */
export const HUE = { accent: 4, ground: 5, text: 6, muted: 7 } as const;

/** From this radius on screen a node is drawn with all there is to it, below as a point. */
export const DISC_RADIUS = 6;
/** A marked node is never smaller. */
export const MARKED_RADIUS = 4.5;
/** Nor is a chosen one, */
export const CHOSEN_RADIUS = 5;
/** nor an emphasised one than this. */
export const BRIGHT_RADIUS = 2.2;
/** Nor is any node. */
export const POINT_RADIUS = 0.7;
/** Beyond a disc: rings of the selected and the hovered. */
export const DISC_MARGIN = 7;
/** Distance of parallel edges. */
export const LANE_WIDTH = 5;

/** Between discs that nearly touch, a head is at most this share of the smaller radius, */
export const HEAD_SHARE = 0.8;
/** and not drawn below this length; */
export const HEAD_MIN = 3;
/** its edge is as many heads long, and so lies over the rims. */
export const STUB = 1.3;

/** Dashes by relation: on, off, on, off. */
export const DASHES: readonly (readonly [number, number, number, number])[] = [
  [1.6, 3.4, 1.6, 3.4],
  [1, 0, 0, 0],
  [13, 5, 13, 5],
  [8, 3, 2, 3],
];
/** Dashes of an indirect edge. */
export const INDIRECT_DASH: readonly [number, number, number, number] = [3, 3, 3, 3];

/** How near one is, from the radius of a middling node on screen: 0 far, 1 near. */
export interface Nearness {
  /** Of dashes and arrow heads. */
  readonly detail: number;
  readonly edgeAlpha: number;
  readonly edgeWidth: number;
  readonly arrow: number;
  /** Share that cross edges keep of their opacity: the more there are, the less. */
  readonly cross: number;
  /** Opacity that edges of a marked node have at least: the more there are, the less. */
  readonly touched: number;
}

/** From this radius of a middling node on, edges have dashes and arrow heads. */
export const DETAIL_RADIUS = 2.4;

/* As many cross edges are drawn in full. */
const CROSS_EDGES = 350;
/* As many edges of marked nodes are drawn in full: more would be a carpet. */
const TOUCHED_EDGES = 300;

/** What follows from the radius of a middling node, and from the numbers of cross edges and of edges of marked nodes in view. */
export function nearness(radius: number, crossEdges: number, touchedEdges: number): Nearness {
  return {
    detail: smoothstep(DETAIL_RADIUS, 4.2, radius),
    edgeAlpha: 0.36 + 0.36 * smoothstep(0.8, 7, radius),
    edgeWidth: clamp(0.8 + radius * 0.06, 0.9, 1.8),
    arrow: clamp(radius * 0.85, 5, 11),
    cross: clamp((CROSS_EDGES / Math.max(1, crossEdges)) ** 0.8, 0.1, 1),
    touched: Math.min(1, (TOUCHED_EDGES / Math.max(1, touchedEdges)) ** 0.7),
  };
}

/** In a dense fan, edges keep this share of their opacity, and some of them are left out. */
export const FAN_MIN = 0.4;

/** Opacity of an edge that is `length` pixels long. */
export function edgeAlpha(near: Nearness, look: number, state: number, length: number): number {
  if ((state & EDGE_STATE.strong) !== 0) return 1;
  const fan = 2 ** ((look >> EDGE.fan) & 15);
  const tree = clamp(420 / length, 0.3, 1) * clamp((2 * length) / fan, FAN_MIN, 1);
  const fade = (look & EDGE.cross) === 0 ? tree : clamp(90 / length, 0.06, 0.8) * near.cross;
  const alpha = near.edgeAlpha * fade * ((look & EDGE.indirect) === 0 ? 1 : 0.65) * ((state & EDGE_STATE.dim) === 0 ? 1 : 0.14);
  return (state & EDGE_STATE.touched) === 0 ? alpha : Math.max(alpha, near.touched);
}

/** Radius of a small node on screen. */
export function pointRadius(state: number, radius: number): number {
  return Math.max(radius, (state & STATE.bright) === 0 ? POINT_RADIUS : BRIGHT_RADIUS);
}

/** Width of an edge. */
export function edgeWidth(near: Nearness, state: number): number {
  if ((state & EDGE_STATE.strong) !== 0) return near.edgeWidth + 1.4;
  return near.edgeWidth + ((state & EDGE_STATE.touched) === 0 ? 0 : 0.5);
}

/** How far to the side an edge runs. */
export function laneOf(look: number): number {
  return (((look >> EDGE.lane) & 15) - EDGE.laneZero) * 0.5 * LANE_WIDTH;
}

/** Width of the ring of a disc. */
export function ringWidth(look: number, radius: number): number {
  return (look & LOOK.chosen) === 0 ? clamp(radius * 0.09, 1.5, 4) : clamp(radius * 0.13, 2.5, 6);
}

/** The colours in the order of HUE. */
export function paletteOf(style: GraphStyle): readonly string[] {
  return [...style.relations, style.accent, style.ground, style.text, style.muted];
}

/** `#rrggbb` as three numbers from 0 to 1. */
export function parseColour(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  if (Number.isNaN(value)) return [0.5, 0.5, 0.5];
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** `share` of `over` on `under`, as `#rrggbb`. */
export function mixColours(under: string, over: string, share: number): string {
  const from = parseColour(under);
  const to = parseColour(over);
  return `#${from
    .map((value, i) => Math.round(255 * (value + ((to[i] ?? 0) - value) * share)).toString(16).padStart(2, '0'))
    .join('')}`;
}
