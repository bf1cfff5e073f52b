// SPDX-License-Identifier: MIT
import type { Atlas } from './atlas';
import { DISC_RADIUS, INDEX_MASK, LOOK } from './look';
import type { Frame } from './frame';
import { placeLabels } from './labels';
import type { Label } from './labels';
import { drawOverlay, placeBadges } from './overlay';
import type { Badge } from './overlay';
import type { Renderer } from './renderer';
import { createCanvasRenderer } from './renderer-2d';
import { createWebglRenderer, prepareWebgl } from './renderer-webgl';
import type { PreparedWebgl } from './renderer-webgl';
import { setCell, touchAll } from './scene';
import type { Scene } from './scene';
import type { Stage } from './stage';
import type { TextCache } from './text';
import type { GraphStyle } from './types';

/** What lies over the discs of a frame. */
export interface Decoration {
  readonly labels: readonly Label[];
  readonly badges: readonly Badge[];
}

/** Draws frames: nodes and edges by a renderer that may be lost and come back, labels over them. */
export interface Painter {
  readonly kind: Renderer['kind'];
  setScene(scene: Scene): void;
  setStyle(style: GraphStyle): void;
  /** Null while there is nothing to draw with. */
  paint(frame: Frame, scene: Scene): Decoration | null;
  finish(): void;
  destroy(): void;
}

/** What a painter needs. */
export interface PainterOptions {
  readonly stage: Stage;
  readonly atlas: Atlas;
  readonly texts: TextCache;
  readonly style: GraphStyle;
  readonly isCanvasPreferred: boolean;
  /** Made before, on the canvas of the stage. */
  readonly prepared: PreparedWebgl | undefined;
  /** Draws again: the GPU is back. */
  onRestore(): void;
  onFailure(message: string): void;
}

const LOST_MS = 5000;

/** A painter on WebGL2, or on a 2D canvas where that is missing or not wanted. */
export function createPainter({ stage, atlas, texts, style: firstStyle, isCanvasPreferred, prepared, onRestore, onFailure }: PainterOptions): Painter {
  let style = firstStyle;
  let scene: Scene | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listening = new AbortController();
  let renderer: Renderer | null = createRenderer(stage, atlas, style, isCanvasPreferred, prepared);
  const { kind, canvas } = renderer;

  const lose = (event: Event): void => {
    event.preventDefault();
    renderer = null;
    timer = setTimeout(() => onFailure('the graphics context is lost'), LOST_MS);
  };
  const restore = (): void => {
    clearTimeout(timer);
    try {
      renderer = createWebglRenderer(prepareWebgl(canvas), atlas, style);
    } catch (error) {
      onFailure(error instanceof Error ? error.message : String(error));
      return;
    }
    if (scene === null) return;
    touchAll(scene);
    renderer.setScene(scene);
    onRestore();
  };
  canvas.addEventListener('webglcontextlost', lose, { signal: listening.signal });
  canvas.addEventListener('webglcontextrestored', restore, { signal: listening.signal });

  return {
    kind,
    setScene(next) {
      scene = next;
      renderer?.setScene(next);
    },
    setStyle(next) {
      style = next;
      texts.clear();
      renderer?.setStyle(next);
    },
    paint(frame, current) {
      if (renderer === null) return null;
      takePictures(frame, current, atlas);
      renderer.draw(frame, current);
      const labels = placeLabels(frame, current, texts.measure);
      const badges = placeBadges(frame, current);
      clear(stage, frame);
      drawOverlay(stage.context, frame, labels, badges, style);
      return { labels, badges };
    },
    finish() {
      renderer?.finish();
      stage.context.getImageData(0, 0, 1, 1);
    },
    destroy() {
      clearTimeout(timer);
      listening.abort();
      renderer?.destroy();
      renderer = null;
    },
  };
}

function createRenderer(stage: Stage, atlas: Atlas, style: GraphStyle, isCanvasPreferred: boolean, prepared: PreparedWebgl | undefined): Renderer {
  if (isCanvasPreferred) return createCanvasRenderer(stage.canvas(), atlas, style);
  try {
    return createWebglRenderer(prepared ?? prepareWebgl(stage.canvas()), atlas, style);
  } catch {
    return createCanvasRenderer(stage.renew(), atlas, style);
  }
}

/* Gives each disc in view the picture of its author, or asks for it. */
function takePictures({ camera, discs }: Frame, scene: Scene, atlas: Atlas): void {
  const { author, authors } = scene.network;
  atlas.beginFrame();
  for (let k = 0; k < discs.length; k += 1) {
    const node = (discs.items[k] as number) & INDEX_MASK;
    const radius = (scene.places[4 * node + 2] as number) * camera.zoom;
    if (radius < DISC_RADIUS || ((scene.looks[node] as number) & LOOK.hollow) !== 0) continue;
    setCell(scene, node, atlas.cellOf(authors[author[node] as number]?.name ?? '', radius));
  }
  atlas.endFrame();
}

function clear({ overlay, context }: Stage, { size, ratio }: Frame): void {
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  if (overlay.width !== width || overlay.height !== height) Object.assign(overlay, { width, height });
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
}
