// SPDX-License-Identifier: MIT
import type { Size } from './camera';
import { DISC_RADIUS, EDGE, EDGE_STATE, MARKED_RADIUS, STATE, STATE_SHIFT, nearness } from './look';
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
  /** Large and marked nodes. */
  readonly discs: DrawList;
}

/** An edge shorter than this, from rim to rim, is not drawn. */
const EDGE_MIN = 1.5;
const MARKED = STATE.selected | STATE.hovered;
const OUTSTANDING = EDGE_STATE.strong | EDGE_STATE.touched;

/** An empty frame with room for a scene. */
export function createFrame({ network: { n, m } }: Scene): Frame {
  return {
    camera: { x: 0, y: 0, zoom: 1 },
    size: { width: 1, height: 1 },
    ratio: 1,
    near: nearness(1),
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
  Object.assign(frame, { camera, size, ratio, near: nearness(scene.radius.middle * camera.zoom) });
  listNodes(frame, scene);
  listEdges(frame, scene);
}

/** Radius of a node on screen, as it is drawn. */
export function drawnRadius(scene: Scene, node: number, zoom: number): number {
  const r = (scene.places[4 * node + 2] as number) * zoom;
  return ((scene.states[node] as number) & MARKED) === 0 ? r : Math.max(r, MARKED_RADIUS);
}

function listNodes({ camera, size, points, discs }: Frame, { network, places, states, nodeVisible }: Scene): void {
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
    if (r * zoom >= DISC_RADIUS || (state & MARKED) !== 0) {
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

function listEdges({ camera, size, edges: list }: Frame, scene: Scene): void {
  const { network, places, states, edges, edgeVisible } = scene;
  const { zoom } = camera;
  const halfWidth = size.width / 2 / zoom;
  const halfHeight = size.height / 2 / zoom;
  const shortest = EDGE_MIN / zoom;
  const { items } = list;
  let length = 0;
  let last = network.m;
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
    if ((state & OUTSTANDING) !== 0) {
      // the array is as long as there are edges: those that stand out are kept at its end
      last -= 1;
      items[last] = e + state * 2 ** STATE_SHIFT;
      continue;
    }
    const gap = shortest + (places[4 * from + 2] as number) + (places[4 * to + 2] as number);
    if ((ax - bx) * (ax - bx) + (ay - by) * (ay - by) < gap * gap) continue;
    items[length] = e + state * 2 ** STATE_SHIFT;
    length += 1;
  }
  items.copyWithin(length, last, network.m);
  list.length = length + network.m - last;
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
