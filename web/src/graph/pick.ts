// SPDX-License-Identifier: MIT
import { LOOK } from './look';
import type { Scene } from './scene';

/** Finds nodes by place. It is made anew when places or visibility have changed and someone asks. */
export interface Picker {
  /** The visible node whose disc holds the place, else the nearest at most `slack` away from the rim, or -1. Chosen ones have a radius of `least`. */
  at(scene: Scene, x: number, y: number, slack: number, least?: number): number;
}

interface Grid {
  readonly scene: Scene;
  readonly version: number;
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  readonly start: Uint32Array;
  readonly nodes: Uint32Array;
  /** Largest radius: nodes stand in the cell of their middle only. */
  readonly reach: number;
  /** Nodes too large for that; they are looked at one by one. */
  readonly giants: readonly number[];
}

const CELLS_PER_NODE = 1.5;
const GIANTS_MAX = 64;

/** A picker; it remembers one scene. */
export function createPicker(): Picker {
  let grid: Grid | null = null;
  return {
    at(scene, x, y, slack, least = 0) {
      if (grid === null || grid.scene !== scene || grid.version !== scene.version) grid = buildGrid(scene);
      return findNode(grid, x, y, slack, least);
    },
  };
}

function buildGrid(scene: Scene): Grid {
  const { places, nodeVisible, network } = scene;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < network.n; i += 1) {
    if (nodeVisible[i] === 0) continue;
    const x = places[4 * i] as number;
    const y = places[4 * i + 1] as number;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  if (left > right) [left, top, right, bottom] = [0, 0, 1, 1];
  const width = Math.max(1e-3, right - left);
  const height = Math.max(1e-3, bottom - top);
  const wanted = Math.max(1, network.n * CELLS_PER_NODE);
  // no more cells than that, however flat the network is
  const step = Math.max(Math.sqrt((width * height) / wanted), width / wanted, height / wanted);
  const columns = Math.floor(width / step) + 1;
  const rows = Math.floor(height / step) + 1;
  const { giants, reach } = findGiants(scene, 2 * step);
  const isGiant = new Set(giants);
  const cellOf = (i: number): number =>
    Math.floor(((places[4 * i + 1] as number) - top) / step) * columns + Math.floor(((places[4 * i] as number) - left) / step);
  const start = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < network.n; i += 1) {
    if (nodeVisible[i] === 1 && !isGiant.has(i)) start[cellOf(i) + 1] = (start[cellOf(i) + 1] as number) + 1;
  }
  for (let c = 0; c < columns * rows; c += 1) start[c + 1] = (start[c + 1] as number) + (start[c] as number);
  const next = start.slice();
  const nodes = new Uint32Array(start[columns * rows] as number);
  for (let i = 0; i < network.n; i += 1) {
    if (nodeVisible[i] === 0 || isGiant.has(i)) continue;
    const cell = cellOf(i);
    nodes[next[cell] as number] = i;
    next[cell] = (next[cell] as number) + 1;
  }
  return { scene, version: scene.version, left, top, step, columns, rows, start, nodes, reach, giants };
}

/* The order of a scene begins with the chosen ones, which need not be large; then it falls. */
function findGiants({ order, places, nodeVisible }: Scene, limit: number): { readonly giants: readonly number[]; readonly reach: number } {
  const giants: number[] = [];
  let reach = 0;
  for (let k = 0; k < order.length; k += 1) {
    const node = order[k] as number;
    if (nodeVisible[node] === 0) continue;
    const r = places[4 * node + 2] as number;
    if (r > limit && giants.length < GIANTS_MAX) giants.push(node);
    else if (r > reach) reach = r;
  }
  return { giants, reach };
}

function findNode({ scene, left, top, step, columns, rows, start, nodes, reach, giants }: Grid, x: number, y: number, slack: number, least: number): number {
  const { places, looks } = scene;
  let found = -1;
  let best = Infinity;
  const look = (i: number): void => {
    const dx = (places[4 * i] as number) - x;
    const dy = (places[4 * i + 1] as number) - y;
    const own = places[4 * i + 2] as number;
    const r = ((looks[i] as number) & LOOK.chosen) === 0 ? own : Math.max(own, least);
    const beyond = Math.sqrt(dx * dx + dy * dy) - r;
    // inside of several discs, dragged over each other: the smaller one is on top, and one drawn larger than it is
    const score = beyond <= 0 ? own - (r > own ? 2e9 : 1e9) : beyond;
    if (beyond <= slack && score < best) {
      best = score;
      found = i;
    }
  };
  const far = Math.max(reach, least) + slack;
  const clip = (value: number, max: number): number => Math.max(0, Math.min(max, Math.floor(value / step)));
  for (let row = clip(y - far - top, rows - 1); row <= clip(y + far - top, rows - 1); row += 1) {
    const from = start[row * columns + clip(x - far - left, columns - 1)] as number;
    const to = start[row * columns + clip(x + far - left, columns - 1) + 1] as number;
    for (let k = from; k < to; k += 1) look(nodes[k] as number);
  }
  for (const node of giants) look(node);
  return found;
}
