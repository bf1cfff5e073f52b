// SPDX-License-Identifier: MIT
import type { Frame } from './frame';
import type { Scene } from './scene';
import type { GraphStyle } from './types';

/** Pixels of a picture of an author. */
export const CELL = 64;
/** Pictures in a row of the atlas; the shader knows this number, too. */
export const CELLS_IN_ROW = 32;
/** Pixels of the atlas. */
export const ATLAS_SIZE = CELL * CELLS_IN_ROW;

/** Where pictures of authors come from when a renderer needs them. */
export interface AtlasSource {
  /** All cells; null before the first. */
  readonly canvas: HTMLCanvasElement | null;
  /** Cells drawn since the last call. */
  takeFresh(): readonly number[];
}

/** One way to draw frames of a scene. */
export interface Renderer {
  readonly kind: 'webgl2' | 'canvas2d';
  readonly canvas: HTMLCanvasElement;
  setScene(scene: Scene): void;
  setStyle(style: GraphStyle): void;
  /** Draws; what is stale in the scene is taken note of. */
  draw(frame: Frame, scene: Scene): void;
  /** Waits until all is drawn. */
  finish(): void;
  destroy(): void;
}
