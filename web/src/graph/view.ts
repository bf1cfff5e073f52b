// SPDX-License-Identifier: MIT
import type { Network } from '../data/network';
import { startMove } from './animate';
import type { Move } from './animate';
import { createAtlas } from './atlas';
import { clamp, toScreen, toWorld } from './camera';
import type { Point } from './camera';
import { createFrame, drawnRadius, fillFrame } from './frame';
import type { Frame } from './frame';
import { watchInput } from './input';
import { watchKeys } from './keys';
import { createPainter } from './painter';
import type { Decoration } from './painter';
import { createPicker } from './pick';
import { createPilot, fitCamera, zoomLimits } from './pilot';
import { boundsOf, createScene, setMarks } from './scene';
import type { Scene } from './scene';
import { startDrag } from './springs';
import type { Drag } from './springs';
import { createStage } from './stage';
import { formatSvg } from './svg';
import { createTextCache } from './text';
import { firstChosen, pathToTop, travel } from './travel';
import type { Way } from './travel';
import type { GraphMarks, GraphOptions, GraphStats, GraphView } from './types';

/* A larger network jumps to its new places. */
const MOVED_NODES_MAX = 20_000;
/* On screen, of the node that one flies to. */
const FLY_RADIUS = 24;
const PICK_SLACK = 3;
const TOUCH_PICK_SLACK = 12;
const STEP_SECONDS_MAX = 0.05;
const NO_DECORATION: Decoration = { labels: [], badges: [] };

/* What is shown of a network. */
interface Show {
  readonly scene: Scene;
  readonly frame: Frame;
}

/** A view of a network in `host`, on WebGL2, or on a 2D canvas where that is missing. Throws where there is neither. */
export function createGraphView(host: HTMLElement, options: GraphOptions): GraphView {
  let style = options.style;
  let show: Show | null = null;
  let needsFit = false;
  let request = 0;
  let isDestroyed = false;
  let drag: Drag | null = null;
  let grip: Point = { x: 0, y: 0 };
  let move: { readonly move: Move; start: number } | null = null;
  let lastTime = 0;
  let decoration = NO_DECORATION;
  let stats = { frames: 0, frameMs: 0, nodes: 0, edges: 0, labels: 0 };

  const schedule = (): void => {
    if (request === 0 && !isDestroyed) request = requestAnimationFrame(tick);
  };
  const stage = createStage(host, () => {
    updateLimits();
    schedule();
  });
  const pilot = createPilot({ size: stage.size, isStill: () => options.isStill, onMove: schedule, onRest: (camera) => options.onCamera(camera) });
  const atlas = createAtlas((names) => options.avatarSheet(names), schedule);
  const texts = createTextCache(stage.context, (node) => options.label(node), () => style.font);
  const painter = createPainter({
    stage,
    atlas,
    texts,
    style,
    isCanvasPreferred: options.prefer === 'canvas2d',
    onRestore: schedule,
    onFailure: (message) => options.onFailure(message),
  });
  const picker = createPicker();

  const tick = (now: number): void => {
    request = 0;
    const seconds = Math.min(STEP_SECONDS_MAX, Math.max(0, now - lastTime) / 1000);
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
    if (show === null || isDestroyed || stage.size().width === 0 || stage.size().height === 0) return;
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
    if (show === null || stage.size().width === 0) return;
    const bounds = boundsOf({ ...show.scene, nodeVisible: allVisible(show.scene) });
    if (bounds !== null) pilot.setLimits(zoomLimits(bounds, stage.size(), show.scene.radius.middle));
  };
  /* Done as late as possible: by then the page has said what is visible, and the host has a size. */
  const applyFit = (): void => {
    if (!needsFit || show === null || stage.size().width === 0) return;
    needsFit = false;
    updateLimits();
    const bounds = boundsOf(show.scene);
    if (bounds !== null) pilot.put(fitCamera(bounds, stage.size(), pilot.limits(), show.scene.radius.max));
  };
  const worldOf = (at: Point): Point => toWorld(pilot.camera(), stage.size(), at.x, at.y);
  const pickAt = (at: Point, slack: number): number => {
    if (show === null) return -1;
    applyFit();
    const world = worldOf(at);
    return picker.at(show.scene, world.x, world.y, slack / pilot.camera().zoom);
  };
  const applyMarks = (marks: GraphMarks, hovered: number): void => {
    if (show === null) return;
    setMarks(show.scene, marks, hovered);
    schedule();
  };
  const setHovered = (node: number): void => {
    if (show !== null && show.scene.hovered !== node) applyMarks(show.scene.marks, node);
  };
  /* Shown at once; the page will say the same by setMarks, or otherwise. */
  const select = (node: number): void => {
    if (show === null) return;
    applyMarks({ ...show.scene.marks, selected: node, path: pathToTop(show.scene, node) }, show.scene.hovered);
    options.onSelect(node);
  };
  const reach = (node: number): void => {
    if (show === null || node < 0) return;
    select(node);
    pilot.follow(show.scene.places[4 * node] as number, show.scene.places[4 * node + 1] as number);
  };
  const toggle = (node: number): void => {
    if (node >= 0) options.onToggle(node);
  };
  const fit = (): void => {
    const bounds = show === null ? null : boundsOf(show.scene);
    needsFit = false;
    if (show !== null && bounds !== null) pilot.fly(fitCamera(bounds, stage.size(), pilot.limits(), show.scene.radius.max));
  };
  const zoomBy = (factor: number): void => {
    applyFit();
    pilot.zoomMiddle(factor);
  };

  const stopInput = watchInput(stage.overlay, {
    pick: (at, isTouch) => pickAt(at, isTouch ? TOUCH_PICK_SLACK : PICK_SLACK),
    hover(node, at) {
      const isNews = node >= 0 || show?.scene.hovered !== -1;
      setHovered(node);
      if (isNews) options.onHover(node, at.x, at.y);
    },
    click: select,
    doubleClick: toggle,
    grab(node, at) {
      if (show === null) return;
      finishMove();
      drag = startDrag(show.scene, node);
      const world = worldOf(at);
      grip = { x: world.x - (show.scene.places[4 * node] as number), y: world.y - (show.scene.places[4 * node + 1] as number) };
      lastTime = performance.now();
    },
    drag(at) {
      const world = worldOf(at);
      drag?.moveTo(world.x - grip.x, world.y - grip.y);
      schedule();
    },
    drop() {
      drag?.release();
      schedule();
    },
    pan: pilot.pan,
    zoom: pilot.zoom,
  });
  const stopKeys = watchKeys(host, {
    travel: (way: Way) => reach(show === null ? -1 : travel(show.scene, show.scene.marks.selected, way)),
    goHome: () => reach(show === null ? -1 : firstChosen(show.scene)),
    toggle: () => toggle(show?.scene.marks.selected ?? -1),
    clear: () => select(-1),
    fit,
    zoomBy,
    pan: pilot.pan,
  });
  const finishMove = (): void => {
    move?.move.step(Infinity);
    move = null;
  };

  const enter = (network: Network, before: Scene, anchor: string | undefined): Scene => {
    const scene = createScene(network);
    const now = anchor === undefined ? -1 : network.find(anchor);
    const old = anchor === undefined ? -1 : before.network.find(anchor);
    const shift =
      now < 0 || old < 0
        ? { x: 0, y: 0 }
        : { x: (scene.places[4 * now] as number) - (before.places[4 * old] as number), y: (scene.places[4 * now + 1] as number) - (before.places[4 * old + 1] as number) };
    const camera = pilot.goal();
    pilot.put({ ...camera, x: camera.x + shift.x, y: camera.y + shift.y });
    if (options.isStill || network.n > MOVED_NODES_MAX) return scene;
    move = { move: startMove(scene, before, shift), start: -1 };
    move.move.step(0);
    return scene;
  };

  return {
    setNetwork(network, { keep = false, anchor } = {}) {
      finishMove();
      applyFit();
      drag = null;
      const isKept = keep && show !== null;
      const scene = isKept && show !== null ? enter(network, show.scene, anchor) : createScene(network);
      show = { scene, frame: createFrame(scene) };
      needsFit = !isKept;
      texts.clear();
      painter.setScene(scene);
      updateLimits();
      schedule();
    },
    setVisible(nodes, edges) {
      if (show === null) return;
      show.scene.nodeVisible = nodes;
      show.scene.edgeVisible = edges;
      show.scene.version += 1;
      const { hovered, marks } = show.scene;
      if (hovered >= 0 && nodes[hovered] !== 1) applyMarks(marks, -1);
      schedule();
    },
    setMarks: (marks) => applyMarks(marks, show?.scene.hovered ?? -1),
    setStyle(next) {
      style = next;
      painter.setStyle(next);
      schedule();
    },
    camera() {
      applyFit();
      return pilot.camera();
    },
    setCamera(camera) {
      if (![camera.x, camera.y, camera.zoom].every(Number.isFinite) || camera.zoom <= 0) return;
      needsFit = false;
      pilot.put({ x: camera.x, y: camera.y, zoom: camera.zoom });
    },
    fit,
    flyTo(node) {
      if (show === null || node < 0 || node >= show.scene.network.n) return;
      applyFit();
      const [x, y, r] = show.scene.places.subarray(4 * node, 4 * node + 3);
      const { min, max } = pilot.limits();
      pilot.fly({ x: x ?? 0, y: y ?? 0, zoom: clamp(Math.max(pilot.goal().zoom, FLY_RADIUS / (r ?? 1)), min, Math.max(min, max)) });
    },
    zoomBy,
    pick: (x, y) => pickAt({ x, y }, PICK_SLACK),
    positionOf(node) {
      applyFit();
      if (show === null) return { x: 0, y: 0, r: 0 };
      const { places } = show.scene;
      const at = toScreen(pilot.camera(), stage.size(), places[4 * node] as number, places[4 * node + 1] as number);
      return { ...at, r: drawnRadius(show.scene, node, pilot.camera().zoom) };
    },
    drawNow() {
      const start = performance.now();
      draw();
      painter.finish();
      stats = { ...stats, frameMs: performance.now() - start };
    },
    stats: (): GraphStats => ({ renderer: painter.kind, ...stats }),
    toPng() {
      draw();
      return composePng([stage.canvas(), stage.overlay]);
    },
    toSvg() {
      draw();
      if (show === null) return '<svg xmlns="http://www.w3.org/2000/svg"/>';
      return formatSvg({ ...show, ...decoration, style });
    },
    destroy() {
      if (isDestroyed) return;
      isDestroyed = true;
      cancelAnimationFrame(request);
      stopInput();
      stopKeys();
      pilot.destroy();
      painter.destroy();
      atlas.destroy();
      stage.destroy();
      show = null;
    },
  };
}

function allVisible({ network }: Scene): Uint8Array {
  return new Uint8Array(network.n).fill(1);
}

/* The drawing is still there: nothing else has run since it was made. */
function composePng(layers: readonly HTMLCanvasElement[]): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = layers[0]?.width ?? 1;
  canvas.height = layers[0]?.height ?? 1;
  const context = canvas.getContext('2d');
  for (const layer of layers) context?.drawImage(layer, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('graph: no picture')) : resolve(blob)), 'image/png');
  });
}
