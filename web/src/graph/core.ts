// SPDX-License-Identifier: MIT
import type { Network } from '../data/network';
import { startMove } from './animate';
import type { Move } from './animate';
import { createAtlas } from './atlas';
import { toWorld } from './camera';
import type { Point } from './camera';
import { createFrame, fillFrame } from './frame';
import type { Frame } from './frame';
import { CHOSEN_RADIUS } from './look';
import { createPainter } from './painter';
import type { Decoration, Painter } from './painter';
import { createPicker } from './pick';
import { createPilot, fitCamera, zoomLimits } from './pilot';
import type { Pilot } from './pilot';
import type { PreparedWebgl } from './renderer-webgl';
import { boundsOf, createScene, setMarks } from './scene';
import type { Scene } from './scene';
import { startDrag } from './springs';
import type { Drag } from './springs';
import { createCanvas, createStage } from './stage';
import type { Stage } from './stage';
import { createTextCache } from './text';
import type { GraphMarks, GraphOptions, GraphStats, GraphStyle } from './types';

/** What is shown of a network. */
export interface Show {
  readonly scene: Scene;
  readonly frame: Frame;
}

/** What a view consists of: the scene, what draws it, and what moves in it. */
export interface Core {
  readonly stage: Stage;
  readonly pilot: Pilot;
  readonly painter: Painter;
  readonly options: GraphOptions;
  show(): Show | null;
  decoration(): Decoration;
  stats(): Omit<GraphStats, 'renderer'>;
  enter(network: Network, isKept: boolean, anchor: string | undefined): void;
  setVisible(nodes: Uint8Array, edges: Uint8Array): void;
  setMarks(marks: GraphMarks, hovered: number): void;
  setStyle(style: GraphStyle): void;
  style(): GraphStyle;
  /** Draws soon. */
  schedule(): void;
  draw(): void;
  /** Shows all, if it is still to be done: by then the page has said what is visible, and the host has a size. */
  applyFit(): void;
  fit(): void;
  /** No fit is to be done any more. */
  keepCamera(): void;
  /** The node at a point of the host, or at most `slack` pixels away, or -1. */
  pick(at: Point, slack: number): number;
  grab(node: number): Drag | null;
  settle(): void;
  destroy(): void;
}

/* A larger network jumps to its new places. */
const MOVED_NODES_MAX = 20_000;
const NO_DECORATION: Decoration = { labels: [], badges: [] };
const SETTLE_SECONDS = 1 / 60;

/** The core of a view in `host`. */
export function createCore(host: HTMLElement, options: GraphOptions, prepared?: PreparedWebgl): Core {
  let style = options.style;
  let show: Show | null = null;
  let needsFit = false;
  let request = 0;
  let isDestroyed = false;
  let drag: Drag | null = null;
  let move: { readonly move: Move; start: number } | null = null;
  let lastTime = 0;
  let decoration = NO_DECORATION;
  let stats = { frames: 0, frameMs: 0, nodes: 0, edges: 0, labels: 0 };

  const schedule = (): void => {
    if (request !== 0 || isDestroyed) return;
    request = requestAnimationFrame(tick);
  };
  const stage = createStage(host, prepared?.canvas ?? createCanvas(), () => {
    updateLimits();
    schedule();
  });
  const pilot = createPilot({ size: stage.size, isStill: () => options.isStill, onMove: schedule, onRest: (camera) => options.onCamera(camera), onFly: () => leaveHovered() });
  const atlas = createAtlas((names) => options.avatarSheet(names), schedule);
  const texts = createTextCache(stage.context, (node) => options.label(node), () => style.font);
  const isCanvasPreferred = options.prefer === 'canvas2d';
  const painter = createPainter({ stage, atlas, texts, style, isCanvasPreferred, prepared, onRestore: schedule, onFailure: (message) => options.onFailure(message) });
  const picker = createPicker();

  const tick = (now: number): void => {
    request = 0;
    const seconds = Math.max(0, now - lastTime) / 1000;
    lastTime = now;
    const isMoving = [pilot.step(now), stepMove(now), stepDrag(seconds)].includes(true);
    draw();
    if (isMoving) schedule();
  };
  const stepMove = (now: number): boolean => {
    if (move === null) return false;
    if (move.start < 0) move.start = now;
    if (move.move.step(now - move.start)) return true;
    move = null;
    return false;
  };
  const stepDrag = (seconds: number): boolean => {
    if (drag === null) return false;
    if (drag.step(seconds)) return true;
    if (drag.isReleased()) drag = null;
    return false;
  };
  const draw = (): void => {
    if (show === null || isDestroyed || isEmpty(stage)) return;
    const { frame, scene } = show;
    const start = performance.now();
    applyFit();
    fillFrame(frame, scene, pilot.camera(), stage.size(), stage.ratio());
    const painted = painter.paint(frame, scene);
    if (painted === null) return;
    decoration = painted;
    stats = {
      frames: stats.frames + 1,
      frameMs: performance.now() - start,
      nodes: frame.points.length + frame.discs.length,
      edges: frame.edges.length,
      labels: painted.labels.length,
    };
  };

  const updateLimits = (): void => {
    if (show === null || isEmpty(stage)) return;
    const { scene } = show;
    const bounds = boundsOf({ ...scene, nodeVisible: new Uint8Array(scene.network.n).fill(1) });
    if (bounds !== null) pilot.setLimits(zoomLimits(bounds, stage.size(), scene.radius.middle));
  };
  const applyFit = (): void => {
    if (!needsFit || show === null || isEmpty(stage)) return;
    needsFit = false;
    updateLimits();
    const bounds = boundsOf(show.scene);
    if (bounds !== null) pilot.put(fitCamera(bounds, stage.size(), pilot.limits(), show.scene.radius.max));
  };
  const finishMove = (): void => {
    move?.move.step(Infinity);
    move = null;
  };
  const applyMarks = (marks: GraphMarks, hovered: number): void => {
    if (show === null) return;
    setMarks(show.scene, marks, hovered);
    schedule();
  };
  const leaveHovered = (): void => {
    if (show === null || show.scene.hovered < 0) return;
    applyMarks(show.scene.marks, -1);
    options.onHover(-1, 0, 0);
  };
  /* Nodes begin where they were, and the anchor stays where it is on screen. */
  const carryOver = (scene: Scene, before: Scene, anchor: string | undefined): void => {
    const shift = shiftOf(scene, before, anchor);
    const camera = pilot.goal();
    pilot.put({ ...camera, x: camera.x + shift.x, y: camera.y + shift.y });
    if (options.isStill || scene.network.n > MOVED_NODES_MAX) return;
    move = { move: startMove(scene, before, shift), start: -1 };
    move.move.step(0);
  };

  return {
    stage,
    pilot,
    painter,
    options,
    show: () => show,
    decoration: () => decoration,
    stats: () => stats,
    enter(network, isKept, anchor) {
      finishMove();
      applyFit();
      drag = null;
      const scene = createScene(network);
      needsFit = !isKept || show === null;
      if (isKept && show !== null) carryOver(scene, show.scene, anchor);
      show = { scene, frame: createFrame(scene) };
      texts.clear();
      painter.setScene(scene);
      updateLimits();
      schedule();
    },
    setVisible(nodes, edges) {
      if (show === null) return;
      const { scene } = show;
      scene.nodeVisible = nodes;
      scene.edgeVisible = edges;
      scene.version += 1;
      if (scene.hovered >= 0 && nodes[scene.hovered] !== 1) applyMarks(scene.marks, -1);
      schedule();
    },
    setMarks: applyMarks,
    setStyle(next) {
      style = next;
      painter.setStyle(next);
      schedule();
    },
    style: () => style,
    schedule,
    draw,
    applyFit,
    fit() {
      needsFit = false;
      // nodes on their way are looked for where they go
      const places = show === null || move === null ? undefined : placesOf(show.scene.network);
      const bounds = show === null ? null : boundsOf({ ...show.scene, ...(places && { places }) });
      if (show !== null && bounds !== null) pilot.fly(fitCamera(bounds, stage.size(), pilot.limits(), show.scene.radius.max));
    },
    keepCamera() {
      needsFit = false;
    },
    pick(at, slack) {
      if (show === null) return -1;
      applyFit();
      const { x, y } = toWorld(pilot.camera(), stage.size(), at.x, at.y);
      return picker.at(show.scene, x, y, slack / pilot.camera().zoom, CHOSEN_RADIUS / pilot.camera().zoom);
    },
    grab(node) {
      if (show === null) return null;
      finishMove();
      lastTime = performance.now();
      drag = startDrag(show.scene, node);
      return drag;
    },
    settle() {
      while (drag?.step(SETTLE_SECONDS) === true);
    },
    destroy() {
      isDestroyed = true;
      cancelAnimationFrame(request);
      pilot.destroy();
      painter.destroy();
      atlas.destroy();
      stage.destroy();
      show = null;
    },
  };
}

function isEmpty(stage: Stage): boolean {
  return stage.size().width === 0 || stage.size().height === 0;
}

function shiftOf(scene: Scene, before: Scene, anchor: string | undefined): Point {
  const now = anchor === undefined ? -1 : scene.network.find(anchor);
  const old = anchor === undefined ? -1 : before.network.find(anchor);
  if (now < 0 || old < 0) return { x: 0, y: 0 };
  return {
    x: (scene.places[4 * now] as number) - (before.places[4 * old] as number),
    y: (scene.places[4 * now + 1] as number) - (before.places[4 * old + 1] as number),
  };
}

function placesOf({ n, x, y, r }: Network): Float32Array {
  const places = new Float32Array(4 * n);
  for (let i = 0; i < n; i += 1) places.set([x[i] as number, y[i] as number, r[i] as number], 4 * i);
  return places;
}
