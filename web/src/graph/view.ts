// SPDX-License-Identifier: MIT
import { clamp, toScreen } from './camera';
import { createCore } from './core';
import type { Core } from './core';
import { drawnRadius } from './frame';
import { PICK_SLACK, watchHands } from './interact';
import { prepareWebgl } from './renderer-webgl';
import type { PreparedWebgl } from './renderer-webgl';
import { createCanvas } from './stage';
import type { GraphOptions, GraphView } from './types';

/* On screen, of the node that one flies to. */
const FLY_RADIUS = 24;

/** What takes longest of making a view, under way: a graphics context, and its programs. */
export type PreparedGraph = PreparedWebgl;

/** Begins to make a view before there is a network, or a place for it; undefined where there is no WebGL2. */
export function prepareGraph(): PreparedGraph | undefined {
  try {
    return prepareWebgl(createCanvas());
  } catch {
    return undefined; // createGraphView will find out, and do without
  }
}

/** A view of a network in `host`, on WebGL2, or on a 2D canvas where that is missing. Throws where there is neither. */
export function createGraphView(host: HTMLElement, options: GraphOptions, prepared?: PreparedGraph): GraphView {
  const core = createCore(host, options, prepared);
  const stopHands = watchHands(host, core);
  const { pilot, painter, stage } = core;
  let isDestroyed = false;
  let finishedMs: { readonly frame: number; readonly ms: number } | null = null;

  return {
    setNetwork: (network, { keep = false, anchor } = {}) => core.enter(network, keep, anchor),
    setVisible: core.setVisible,
    setMarks: (marks) => core.setMarks(marks, core.show()?.scene.hovered ?? -1),
    setStyle: core.setStyle,
    camera() {
      core.applyFit();
      return pilot.camera();
    },
    setCamera({ x, y, zoom }) {
      if (![x, y, zoom].every(Number.isFinite) || zoom <= 0) return;
      core.keepCamera();
      pilot.put({ x, y, zoom });
    },
    fit: core.fit,
    flyTo: (node) => flyTo(core, node),
    zoomBy(factor) {
      core.applyFit();
      pilot.zoomMiddle(factor);
    },
    pick: (x, y) => core.pick({ x, y }, PICK_SLACK),
    positionOf: (node) => positionOf(core, node),
    drawNow() {
      const start = performance.now();
      core.draw();
      painter.finish();
      finishedMs = { frame: core.stats().frames, ms: performance.now() - start };
    },
    stats() {
      const stats = core.stats();
      const frameMs = finishedMs?.frame === stats.frames ? finishedMs.ms : stats.frameMs;
      return { renderer: painter.kind, ...stats, frameMs };
    },
    toPng() {
      core.draw();
      return composePng([stage.canvas(), stage.overlay]);
    },
    async toSvg() {
      // rarely wanted: its code comes when it is
      const { formatSvg } = await import('./svg');
      core.draw();
      const show = core.show();
      return show === null ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : formatSvg({ ...show, ...core.decoration(), style: core.style() });
    },
    destroy() {
      if (isDestroyed) return;
      isDestroyed = true;
      stopHands();
      core.destroy();
    },
  };
}

function flyTo(core: Core, node: number): void {
  const scene = core.show()?.scene;
  if (scene === undefined || node < 0 || node >= scene.network.n) return;
  core.applyFit();
  const [x = 0, y = 0, r = 1] = scene.places.subarray(4 * node, 4 * node + 3);
  const { min, max } = core.pilot.limits();
  core.pilot.fly({ x, y, zoom: clamp(Math.max(core.pilot.goal().zoom, FLY_RADIUS / r), min, Math.max(min, max)) });
}

function positionOf(core: Core, node: number): { readonly x: number; readonly y: number; readonly r: number } {
  core.applyFit();
  const scene = core.show()?.scene;
  if (scene === undefined || node < 0 || node >= scene.network.n) return { x: 0, y: 0, r: 0 };
  const camera = core.pilot.camera();
  const at = toScreen(camera, core.stage.size(), scene.places[4 * node] as number, scene.places[4 * node + 1] as number);
  return { ...at, r: drawnRadius(scene, node, camera.zoom) };
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
