// SPDX-License-Identifier: MIT
import type { Size } from './camera';
import { CHOSEN_RADIUS, DETAIL_RADIUS, DISC_RADIUS, EDGE, EDGE_STATE, FAN_MIN, INDEX_MASK, LOOK, MARKED_RADIUS, STATE, STATE_SHIFT, nearness } from './look';
import type { Nearness } from './look';
import { padded } from './scene';
import type { Scene } from './scene';
import type { Camera } from './types';

/** A list of what is drawn: indices with the state above them (STATE_SHIFT). */
export interface DrawList {
  readonly items: Uint32Array;
  length: number;
}

/** What one picture consists of, the same for all ways to draw. */
export interface Frame {
  camera: Camera;
  size: Size;
  /** Device pixels per CSS pixel. */
  ratio: number;
  near: Nearness;
  /** Edges; those that stand out come last. */
  readonly edges: DrawList;
  /** Small nodes. */
  readonly points: DrawList;
  /** Large, marked and chosen nodes. */
  readonly discs: DrawList;
}

/* An edge shorter than this, from rim to rim, is not drawn, */
const EDGE_MIN = 1.5;
/* but where there are arrow heads: of discs that touch, they show what is derived. */
const EDGE_OVERLAP = -10;
/** More cross edges are not drawn, but for those of marked nodes. */
const CROSS_MAX = 1600;
/* The look of an edge of a fan that can be dense. */
const CROWDED = 5 << EDGE.fan;
const MARKED = STATE.selected | STATE.hovered;
const OUTSTANDING = EDGE_STATE.strong | EDGE_STATE.touched;

/** An empty frame with room for a scene. */
export function createFrame({ network: { n, m } }: Scene): Frame {
  return {
    camera: { x: 0, y: 0, zoom: 1 },
    size: { width: 1, height: 1 },
    ratio: 1,
    near: nearness(1, 0, 0),
    edges: createList(m),
    points: createList(n),
    discs: createList(n),
  };
}

function createList(size: number): DrawList {
  return { items: new Uint32Array(padded(size)), length: 0 };
}

/** Fills a frame with what is in view. This is what keeps a picture cheap: the GPU sees nothing else. */
export function fillFrame(frame: Frame, scene: Scene, camera: Camera, size: Size, ratio: number): void {
  Object.assign(frame, { camera, size, ratio });
  listNodes(frame, scene);
  const { cross, touched } = listEdges(frame, scene);
  frame.near = nearness(scene.radius.middle * camera.zoom, cross, touched);
}

/** Radius of a node on screen, as it is drawn. */
export function drawnRadius(scene: Scene, node: number, zoom: number): number {
  const r = (scene.places[4 * node + 2] as number) * zoom;
  if (((scene.looks[node] as number) & LOOK.chosen) !== 0) return Math.max(r, CHOSEN_RADIUS);
  return ((scene.states[node] as number) & MARKED) === 0 ? r : Math.max(r, MARKED_RADIUS);
}

function listNodes({ camera, size, points, discs }: Frame, { network, places, states, looks, nodeVisible }: Scene): void {
  const { zoom } = camera;
  const halfWidth = size.width / 2 / zoom;
  const halfHeight = size.height / 2 / zoom;
  const margin = 8 / zoom;
  let point = 0;
  let disc = 0;
  for (let i = 0; i < network.n; i += 1) {
    if (nodeVisible[i] === 0) continue;
    const r = places[4 * i + 2] as number;
    const reach = r + margin;
    const dx = (places[4 * i] as number) - camera.x;
    if (dx - reach > halfWidth || dx + reach < -halfWidth) continue;
    const dy = (places[4 * i + 1] as number) - camera.y;
    if (dy - reach > halfHeight || dy + reach < -halfHeight) continue;
    const state = states[i] as number;
    const item = i + state * 2 ** STATE_SHIFT;
    if (r * zoom >= DISC_RADIUS || (state & MARKED) !== 0 || ((looks[i] as number) & LOOK.chosen) !== 0) {
      discs.items[disc] = item;
      disc += 1;
    } else {
      points.items[point] = item;
      point += 1;
    }
  }
  points.length = point;
  discs.length = disc;
}

/* Answers how many of them are cross edges, and how many are of marked nodes. */
function listEdges({ camera, size, edges: list }: Frame, scene: Scene): { readonly cross: number; readonly touched: number } {
  const { network, places, states, edges, edgeVisible } = scene;
  const { zoom } = camera;
  const halfWidth = size.width / 2 / zoom;
  const halfHeight = size.height / 2 / zoom;
  const shortest = (scene.radius.middle * zoom < DETAIL_RADIUS ? EDGE_MIN : EDGE_OVERLAP) / zoom;
  const { items } = list;
  let length = 0;
  let last = network.m;
  let cross = 0;
  let touched = 0;
  for (let e = 0; e < network.m; e += 1) {
    if (edgeVisible[e] === 0) continue;
    const from = edges[4 * e] as number;
    const to = edges[4 * e + 1] as number;
    const ax = (places[4 * from] as number) - camera.x;
    const bx = (places[4 * to] as number) - camera.x;
    if ((ax > halfWidth && bx > halfWidth) || (ax < -halfWidth && bx < -halfWidth)) continue;
    const ay = (places[4 * from + 1] as number) - camera.y;
    const by = (places[4 * to + 1] as number) - camera.y;
    if ((ay > halfHeight && by > halfHeight) || (ay < -halfHeight && by < -halfHeight)) continue;
    const state = edgeState(scene, e, from, to, (states[from] as number) | (states[to] as number));
    const look = edges[4 * e + 2] as number;
    const square = (ax - bx) * (ax - bx) + (ay - by) * (ay - by);
    const isCrowded = look >= CROWDED && (state & EDGE_STATE.strong) === 0 && (look & EDGE.cross) === 0;
    if ((state & OUTSTANDING) !== 0) {
      if ((state & EDGE_STATE.strong) === 0) touched += 1;
      if (isCrowded && isCrowdedOut(e, look, Math.sqrt(square) * zoom)) continue;
      // the array is as long as there are edges: those that stand out are kept at its end
      last -= 1;
      items[last] = e + state * 2 ** STATE_SHIFT;
      continue;
    }
    const gap = Math.max(0, shortest + (places[4 * from + 2] as number) + (places[4 * to + 2] as number));
    if (square < gap * gap) continue;
    if ((look & EDGE.cross) !== 0) cross += 1;
    else if (isCrowded && isCrowdedOut(e, look, Math.sqrt(square) * zoom)) continue;
    items[length] = e + state * 2 ** STATE_SHIFT;
    length += 1;
  }
  if (cross > CROSS_MAX) {
    const before = length;
    length = thin(items, length, edges, cross);
    cross -= before - length;
  }
  items.copyWithin(length, last, network.m);
  list.length = length + network.m - last;
  return { cross, touched };
}

/* Rays of a dense fan run into each other: fewer of them look the same, and can be told apart. */
function isCrowdedOut(e: number, look: number, length: number): boolean {
  const room = (2 * length) / 2 ** ((look >> EDGE.fan) & 15) / FAN_MIN;
  return room < 1 && hash(e) > room;
}

/* From 0 to 1, always the same for an edge. */
function hash(e: number): number {
  return (Math.imul(e, 0x9e3779b1) >>> 0) / 2 ** 32;
}

/*
 * Keeps a part of the cross edges: as many faint lines over each other look like these, and cost more than all else. The
 * part changes by halves, so that it stays the same while one moves about.
 */
function thin(items: Uint32Array, length: number, edges: Uint32Array, cross: number): number {
  const share = 2 ** -Math.ceil(Math.log2(cross / CROSS_MAX));
  let kept = 0;
  for (let k = 0; k < length; k += 1) {
    const item = items[k] as number;
    const e = item & INDEX_MASK;
    if (((edges[4 * e + 2] as number) & EDGE.cross) !== 0 && hash(e) > share) continue;
    items[kept] = item;
    kept += 1;
  }
  return kept;
}

function edgeState({ network, edges, states }: Scene, e: number, from: number, to: number, either: number): number {
  if (either === 0) return 0;
  const isTree = network.parent[to] === from && ((edges[4 * e + 2] as number) & EDGE.cross) === 0;
  let state = 0;
  if (isTree && ((states[from] as number) & (states[to] as number) & STATE.path) !== 0 && network.parentEdge[to] === e) state |= EDGE_STATE.strong;
  if ((either & MARKED) !== 0) state |= EDGE_STATE.touched;
  else if ((either & STATE.dim) !== 0) state |= EDGE_STATE.dim;
  return state;
}
