// SPDX-License-Identifier: MIT
import { DASHES, EDGE, EDGE_STATE, HEAD_MIN, HEAD_SHARE, INDEX_MASK, INDIRECT_DASH, STUB, STATE_SHIFT, edgeAlpha, edgeWidth, laneOf } from './look';
import type { Frame } from './frame';
import type { Scene } from './scene';

/** An edge as lines and polygons, for canvas and SVG: what the edge shader draws. */
export interface EdgeShape {
  readonly relation: number;
  readonly alpha: number;
  readonly width: number;
  readonly dash: readonly number[];
  /** x and y of start and end of the line. */
  readonly line: readonly [number, number, number, number];
  /** Points of the arrow head, x and y in turn; empty without one. */
  readonly head: readonly number[];
  readonly isHeadFilled: boolean;
}

/** Shape of the entry `k` of a frame's edges, in CSS pixels, or null where the discs leave no room for it. */
export function edgeShape(frame: Frame, scene: Scene, k: number): EdgeShape | null {
  const { camera, size, near } = frame;
  const item = frame.edges.items[k] as number;
  const state = item >>> STATE_SHIFT;
  const at = 4 * (item & INDEX_MASK);
  const look = scene.edges[at + 2] as number;
  const a = 4 * (scene.edges[at] as number);
  const b = 4 * (scene.edges[at + 1] as number);
  const { places } = scene;
  const ax = ((places[a] as number) - camera.x) * camera.zoom + size.width / 2;
  const ay = ((places[a + 1] as number) - camera.y) * camera.zoom + size.height / 2;
  const dx = ((places[b] as number) - (places[a] as number)) * camera.zoom;
  const dy = ((places[b + 1] as number) - (places[a + 1] as number)) * camera.zoom;
  const full = Math.hypot(dx, dy);
  const lane = laneOf(look);
  const [ra, rb] = [(places[a + 2] as number) * camera.zoom, (places[b + 2] as number) * camera.zoom];
  let start = rim(ra, lane) + near.detail;
  let end = full - rim(rb, lane) - near.detail;
  let arrow = near.detail < 0.05 ? 0 : near.arrow * ((state & EDGE_STATE.strong) === 0 ? 1 : 1.25);
  const gap = end - start;
  if (gap < 2.2 * arrow) {
    arrow = Math.min(arrow, HEAD_SHARE * Math.min(ra, rb));
    if (arrow < HEAD_MIN || gap < -2 * arrow) arrow = 0;
    const stub = Math.max(0, STUB * arrow - gap) / 2;
    if (arrow > 0) [start, end] = [start - stub, end + stub];
  }
  if (end - start <= 0) return null;
  const [ux, uy] = [dx / full, dy / full];
  const point = (along: number, aside: number): readonly [number, number] => [ax + ux * along - uy * aside, ay + uy * along + ux * aside];
  const hasHead = arrow > 0;
  const relation = look & EDGE.relation;
  const isFilled = relation === 1 || relation === 2;
  const head = hasHead ? headPoints(relation, arrow).flatMap(([back, side]) => point(end - back, lane + side)) : [];
  const stop = hasHead && isFilled ? end - arrow * 0.9 : end;
  return {
    relation,
    alpha: edgeAlpha(near, look, state, full),
    width: edgeWidth(near, state),
    dash: dashOf(look, near.detail),
    line: [...point(start, lane), ...point(stop, lane)],
    head,
    isHeadFilled: isFilled,
  };
}

function rim(radius: number, lane: number): number {
  return Math.sqrt(Math.max(0, radius * radius - lane * lane));
}

function dashOf(look: number, detail: number): readonly number[] {
  if (detail < 0.5) return [];
  if ((look & EDGE.indirect) !== 0) return INDIRECT_DASH;
  return (look & EDGE.relation) === 1 ? [] : (DASHES[look & EDGE.relation] ?? []);
}

/* How far back from the tip, and how far to the side. */
function headPoints(relation: number, size: number): readonly (readonly [number, number])[] {
  const open = size * 0.42;
  if (relation === 2) return [[0, 0], [size / 2, open * 0.9], [size, 0], [size / 2, -open * 0.9]];
  if (relation === 3) return [[0.7, open], [0.7, -open]];
  return [[size, open], [0, 0], [size, -open]];
}
