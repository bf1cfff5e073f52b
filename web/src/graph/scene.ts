// SPDX-License-Identifier: MIT
import { FLAG, TAG } from '../data/network';
import type { Network } from '../data/network';
import type { Bounds } from './camera';
import { EDGE, HUE, LOOK, STATE } from './look';
import type { GraphMarks } from './types';

/** Texels in a row of the textures that hold the scene; arrays are padded to whole rows. */
export const ROW = 1024;

/** Indices that changed since they were last handed to the GPU. */
export interface Stale {
  from: number;
  to: number;
}

/** A network as it is drawn: places that move, looks, marks, and what is visible. */
export interface Scene {
  readonly network: Network;
  /** Per node x, y, radius, and one that is not used. */
  readonly places: Float32Array;
  readonly looks: Uint32Array;
  readonly states: Uint8Array;
  /** Per edge source, target, look, and one that is not used. */
  readonly edges: Uint32Array;
  /** Nodes by size, the chosen ones first. */
  readonly order: Uint32Array;
  /** Radius of a middling node, of the smallest and of the largest, in units of the network. */
  readonly radius: { readonly middle: number; readonly min: number; readonly max: number };
  nodeVisible: Uint8Array;
  edgeVisible: Uint8Array;
  marks: GraphMarks;
  hovered: number;
  readonly stalePlaces: Stale;
  readonly staleLooks: Stale;
  staleEdges: boolean;
  /** Grows with every change of a place or of what is visible. */
  version: number;
}

/** No marks. */
export const NO_MARKS: GraphMarks = { selected: -1, path: [], emphasis: null };

/** The scene of a network, all of it visible. */
export function createScene(network: Network): Scene {
  const { n, m, x, y, r } = network;
  const places = new Float32Array(4 * padded(n));
  const looks = new Uint32Array(padded(n));
  for (let i = 0; i < n; i += 1) {
    places[4 * i] = x[i] as number;
    places[4 * i + 1] = y[i] as number;
    places[4 * i + 2] = r[i] as number;
    looks[i] = nodeLook(network, i);
  }
  const order = sortNodes(network);
  const sizes = r.toSorted();
  return {
    network,
    places,
    looks,
    states: new Uint8Array(n),
    edges: describeEdges(network),
    order,
    radius: { middle: sizes[n >> 1] ?? 1, min: sizes[0] ?? 1, max: sizes[n - 1] ?? 1 },
    nodeVisible: new Uint8Array(n).fill(1),
    edgeVisible: new Uint8Array(m).fill(1),
    marks: NO_MARKS,
    hovered: -1,
    stalePlaces: { from: 0, to: n },
    staleLooks: { from: 0, to: n },
    staleEdges: true,
    version: 0,
  };
}

/** Widens what is stale to `from` .. `to`. */
export function touch(stale: Stale, from: number, to: number): void {
  stale.from = Math.min(stale.from, from);
  stale.to = Math.max(stale.to, to);
}

/** Marks everything as stale: another GPU knows nothing. */
export function touchAll(scene: Scene): void {
  touch(scene.stalePlaces, 0, scene.network.n);
  touch(scene.staleLooks, 0, scene.network.n);
  scene.staleEdges = true;
}

/** Moves a node. */
export function moveNode(scene: Scene, node: number, x: number, y: number): void {
  scene.places[4 * node] = x;
  scene.places[4 * node + 1] = y;
  touch(scene.stalePlaces, node, node + 1);
  scene.version += 1;
}

/** Gives a node a cell of the atlas, or none (-1). */
export function setCell(scene: Scene, node: number, cell: number): void {
  const look = scene.looks[node] as number;
  const next = (look & 0xffff) | ((cell + 1) << LOOK.cell);
  if (next === look) return;
  scene.looks[node] = next;
  touch(scene.staleLooks, node, node + 1);
}

/** Takes new marks; they cost one pass over the nodes. */
export function setMarks(scene: Scene, marks: GraphMarks, hovered: number): void {
  const { states } = scene;
  const { emphasis, selected, path } = marks;
  scene.marks = marks;
  scene.hovered = hovered;
  if (emphasis === null) states.fill(0);
  else for (let i = 0; i < states.length; i += 1) states[i] = emphasis[i] === 1 ? STATE.bright : STATE.dim;
  for (const node of path) mark(states, node, STATE.path);
  mark(states, selected, STATE.selected);
  mark(states, hovered, STATE.hovered);
}

/** What holds all visible nodes, or null without any. */
export function boundsOf({ places, nodeVisible, network }: Scene): Bounds | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < network.n; i += 1) {
    if (nodeVisible[i] === 0) continue;
    const x = places[4 * i] as number;
    const y = places[4 * i + 1] as number;
    const r = places[4 * i + 2] as number;
    if (x - r < left) left = x - r;
    if (x + r > right) right = x + r;
    if (y - r < top) top = y - r;
    if (y + r > bottom) bottom = y + r;
  }
  return left <= right ? { left, top, right, bottom } : null;
}

function mark(states: Uint8Array, node: number, state: number): void {
  // a marked node is not dimmed
  if (node >= 0 && node < states.length) states[node] = ((states[node] as number) | state) & ~STATE.dim;
}

/** `count` rounded up to whole rows of a texture. */
export function padded(count: number): number {
  return Math.max(1, Math.ceil(count / ROW)) * ROW;
}

function nodeLook({ flags, parentEdge, tag }: Network, node: number): number {
  const flag = flags[node] as number;
  const edge = parentEdge[node] as number;
  const isChosen = (flag & FLAG.root) !== 0;
  const hue = isChosen || edge < 0 ? HUE.accent : (tag[edge] as number) & TAG.relation;
  return (
    hue |
    ((flag & FLAG.group) === 0 ? 0 : LOOK.group) |
    ((flag & FLAG.placeholder) === 0 ? 0 : LOOK.hollow) |
    ((flag & FLAG.removed) === 0 ? 0 : LOOK.removed) |
    (isChosen ? LOOK.chosen : 0)
  );
}

function sortNodes({ n, r, flags }: Network): Uint32Array {
  // a number sorts faster than a function: chosen first, then by radius
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const size = Math.min(2 ** 25, Math.round((r[i] as number) * 64)) + (((flags[i] as number) & FLAG.root) === 0 ? 0 : 2 ** 26);
    keys[i] = (2 ** 27 - size) * 2 ** 25 + i;
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => key % 2 ** 25);
}

function describeEdges(network: Network): Uint32Array {
  const { m, source, target, tag, parent, outOff } = network;
  const edges = new Uint32Array(4 * padded(m));
  for (let e = 0; e < m; e += 1) {
    const from = source[e] as number;
    const to = target[e] as number;
    edges[4 * e] = from;
    edges[4 * e + 1] = to;
    edges[4 * e + 2] =
      ((tag[e] as number) & TAG.relation) |
      (((tag[e] as number) & TAG.indirect) === 0 ? 0 : EDGE.indirect) |
      (parent[to] === from || parent[from] === to ? 0 : EDGE.cross) |
      (EDGE.laneZero << EDGE.lane) |
      (Math.min(15, Math.round(Math.log2((outOff[from + 1] as number) - (outOff[from] as number)))) << EDGE.fan);
  }
  setLanes(network, edges);
  return edges;
}

/* Edges between the same two nodes run beside each other, those of the other direction among them. */
function setLanes({ m, source, target, outOff }: Network, edges: Uint32Array): void {
  for (let e = 0; e < m; ) {
    const from = source[e] as number;
    const to = target[e] as number;
    let end = e + 1;
    while (end < m && source[end] === from && target[end] === to) end += 1;
    let back = 0;
    for (let k = outOff[to] as number; k < (outOff[to + 1] as number) && (target[k] as number) <= from; k += 1) {
      if (target[k] === from) back += 1;
    }
    const total = end - e + back;
    for (let k = total > 1 ? e : end; k < end; k += 1) {
      // seen from the node with the smaller number, its own edges come first
      const lane = 2 * (k - e + (from < to ? 0 : back)) - (total - 1);
      const side = Math.max(-8, Math.min(7, from < to ? lane : -lane));
      const look = edges[4 * k + 2] as number;
      edges[4 * k + 2] = (look & ~(15 << EDGE.lane)) | ((side + EDGE.laneZero) << EDGE.lane);
    }
    e = end;
  }
}
