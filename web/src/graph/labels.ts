// SPDX-License-Identifier: MIT
import { clamp, toScreen } from './camera';
import { drawnRadius } from './frame';
import type { Frame } from './frame';
import { INDEX_MASK, LOOK, STATE, STATE_SHIFT } from './look';
import type { Scene } from './scene';

/** A label with its place: the middle of its baseline, in CSS pixels. */
export interface Label {
  readonly node: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly style: LabelStyle;
}

/** Plain, of a chosen model, or of the node that is selected or pointed at. */
export type LabelStyle = 'plain' | 'chosen' | 'marked';

/** A text as wide as it is drawn; long ones are cut. */
export interface MeasuredText {
  readonly text: string;
  readonly width: number;
}

/** Height of a line of text. */
export const LABEL_HEIGHT = 14;
/** From this radius on, nodes have labels if there is room. */
const LABEL_RADIUS = 8.5;
/** As many of the most influential in view are named whatever their size. */
const FIRST_LABELS = 14;
const PIXELS_PER_LABEL = 9000;
const LABELS_MAX = 160;
const GAP = 3;
const CELL = 48;
const SQUARE = 5;
/* Names of nodes that are hardly seen keep more of a distance. */
const PADS = { near: { x: 6, y: 2 }, far: { x: 14, y: 9 } } as const;
const FAR_RADIUS = 5;
/* A label may lie over discs of others with this share, */
const COVER_FREE = 0.06;
/* one of a chosen model with this; over discs too small for names of their own it misleads nobody. */
const COVER_CHOSEN = 0.25;
const COVER_FAR = 0.8;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Labels of a frame, none over another: what is marked first, then the chosen, then by size. */
export function placeLabels(frame: Frame, scene: Scene, measure: (node: number, style: LabelStyle) => MeasuredText): readonly Label[] {
  const { size, camera } = frame;
  const limit = Math.min(LABELS_MAX, Math.max(12, (size.width * size.height) / PIXELS_PER_LABEL));
  const taken = createBoxes();
  const cover = createCover(frame, scene);
  const labels: Label[] = [];
  const add = (node: number, isForced: boolean): void => {
    const at = toScreen(camera, size, scene.places[4 * node] as number, scene.places[4 * node + 1] as number);
    const radius = drawnRadius(scene, node, camera.zoom);
    const style = styleOf(scene, node);
    const r = radius + (style === 'marked' ? 4 : 0);
    const pad = radius < FAR_RADIUS ? PADS.far : PADS.near;
    const isChosen = ((scene.looks[node] as number) & LOOK.chosen) !== 0;
    const most = isForced ? Infinity : isChosen ? (radius < LABEL_RADIUS ? COVER_FAR : COVER_CHOSEN) : COVER_FREE;
    if (!isForced && (at.x < 0 || at.x > size.width || at.y < -r || at.y > size.height)) return;
    const { text, width } = measure(node, style);
    if (text === '') return;
    const half = width / 2;
    const side = r + GAP + 1 + half;
    const middle = at.y - LABEL_HEIGHT / 2;
    let best: { readonly share: number; readonly x: number; readonly y: number; readonly box: Box } | null = null;
    // a chosen one amid others may have its name on itself
    const inside = isChosen && width < 2.6 * r ? at.y + 0.5 * r : NaN;
    for (const [dx, y] of [[0, at.y + r + GAP], [0, at.y - r - GAP - LABEL_HEIGHT], [side, middle], [-side, middle], [0, inside]] as const) {
      if (Number.isNaN(y) || (y === inside && best !== null)) continue;
      // beside a node, a name is whole or not at all
      if (dx !== 0 && (at.x + dx - half < 0 || at.x + dx + half > size.width)) continue;
      const x = isForced ? clamp(at.x + dx, Math.min(half, size.width / 2), Math.max(size.width - half, size.width / 2)) : at.x + dx;
      const box = { left: x - half - pad.x, top: y - pad.y, right: x + half + pad.x, bottom: y + LABEL_HEIGHT + pad.y };
      if (!isForced && taken.hits(box)) continue;
      const share = y === inside ? 0 : cover.share(x - half, y, x + half, y + LABEL_HEIGHT);
      if (share <= most && share < (best?.share ?? Infinity)) best = { share, x, y, box };
      // as long as there is room below, it does not jump
      if (share <= COVER_FREE) break;
    }
    if (best === null) return;
    taken.add(best.box);
    labels.push({ node, text, x: best.x, y: best.y + LABEL_HEIGHT - 3, style });
  };
  const isMarked = (node: number): boolean => node === scene.marks.selected || node === scene.hovered;
  for (const node of new Set([scene.hovered, scene.marks.selected])) {
    if (node >= 0 && scene.nodeVisible[node] === 1) add(node, true);
  }
  for (const node of candidates(frame, scene)) {
    if (labels.length >= limit) break;
    if (!isMarked(node)) add(node, false);
  }
  return labels;
}

/* Nodes in view that may be named, by importance. */
function* candidates({ camera, size }: Frame, scene: Scene): Generator<number> {
  const { order, places, states, nodeVisible } = scene;
  const halfWidth = size.width / 2 / camera.zoom;
  const halfHeight = size.height / 2 / camera.zoom;
  let seen = 0;
  for (let k = 0; k < order.length; k += 1) {
    const node = order[k] as number;
    const isChosen = ((scene.looks[node] as number) & LOOK.chosen) !== 0;
    const isLarge = (places[4 * node + 2] as number) * camera.zoom >= LABEL_RADIUS;
    // sorted by size: no larger one follows
    if (!isLarge && !isChosen && seen >= FIRST_LABELS) return;
    if (nodeVisible[node] === 0 || ((states[node] as number) & STATE.dim) !== 0) continue;
    if (Math.abs((places[4 * node] as number) - camera.x) > halfWidth || Math.abs((places[4 * node + 1] as number) - camera.y) > halfHeight) continue;
    seen += 1;
    yield node;
  }
}

function styleOf({ states, looks }: Scene, node: number): LabelStyle {
  if (((states[node] as number) & (STATE.selected | STATE.hovered)) !== 0) return 'marked';
  return ((looks[node] as number) & LOOK.chosen) === 0 ? 'plain' : 'chosen';
}

/* What part of a box lies over discs: in squares of a few pixels. */
function createCover({ camera, size, points, discs }: Frame, scene: Scene): { share(left: number, top: number, right: number, bottom: number): number } {
  const { places } = scene;
  const columns = Math.ceil(size.width / SQUARE);
  const rows = Math.ceil(size.height / SQUARE);
  const covered = new Uint8Array(columns * rows);
  const column = (x: number): number => clamp(Math.floor(x / SQUARE), 0, columns - 1);
  const row = (y: number): number => clamp(Math.floor(y / SQUARE), 0, rows - 1);
  for (const list of [points, discs]) {
    for (let k = 0; k < list.length; k += 1) {
      const item = list.items[k] as number;
      if (((item >>> STATE_SHIFT) & STATE.dim) !== 0) continue;
      const node = item & INDEX_MASK;
      const x = ((places[4 * node] as number) - camera.x) * camera.zoom + size.width / 2;
      const y = ((places[4 * node + 1] as number) - camera.y) * camera.zoom + size.height / 2;
      const reach = drawnRadius(scene, node, camera.zoom);
      if (reach < 1 || x + reach < 0 || y + reach < 0 || x - reach > size.width || y - reach > size.height) continue;
      for (let j = row(y - reach * 0.9); j <= row(y + reach * 0.9); j += 1) {
        // squares with their middle in the disc, and where none is, that of its own middle
        const half = Math.sqrt(Math.max(0, reach * reach - ((j + 0.5) * SQUARE - y) ** 2)) - SQUARE / 2;
        covered.fill(1, j * columns + column(x - Math.max(0, half)), j * columns + column(x + Math.max(0, half)) + 1);
      }
    }
  }
  return {
    share(left, top, right, bottom) {
      let sum = 0;
      let all = 0;
      for (let j = row(top); j <= row(bottom); j += 1) {
        for (let i = column(left); i <= column(right); i += 1) {
          sum += covered[j * columns + i] as number;
          all += 1;
        }
      }
      return sum / all;
    },
  };
}

/* Boxes by the cells that they cover. */
function createBoxes(): { add(box: Box): void; hits(box: Box): boolean } {
  const cells = new Map<number, Box[]>();
  const cover = (box: Box): readonly number[] => {
    const keys: number[] = [];
    for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row += 1) {
      for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column += 1) keys.push(row * 65_536 + column);
    }
    return keys;
  };
  return {
    add(box) {
      for (const key of cover(box)) {
        const list = cells.get(key);
        if (list === undefined) cells.set(key, [box]);
        else list.push(box);
      }
    },
    hits: (box) => cover(box).some((key) => cells.get(key)?.some((other) => overlap(box, other)) === true),
  };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
