// SPDX-License-Identifier: MIT
import type { CameraState } from '../../data/network-state';
import type { GraphView } from '../../graph/types';
import { networkState, replaceNetwork } from './nav';

/** Room between a node and what covers the picture, in pixels. */
const MARGIN = 24;

/** The picture's camera, for the tools around it; and where it went, for the address. */
export class PictureControl {
  #view: GraphView | null = null;
  /* whether a reader has moved the camera since it showed the whole */
  #isMoved = false;
  #flownTo = -1;
  /* whether nothing was revealed yet */
  #isFirst = true;

  /** The view that is steered; null while there is none. */
  get view(): GraphView | null {
    return this.#view;
  }

  set view(view: GraphView | null) {
    this.#view = view;
    this.#isMoved = false;
    this.#isFirst = true;
  }

  /** A reader has touched the picture: where the camera comes to rest from now on belongs into the address. */
  touch(): void {
    this.#isMoved = true;
  }

  zoomBy(factor: number): void {
    this.touch();
    this.#view?.zoomBy(factor);
  }

  flyTo(node: number): void {
    this.touch();
    this.#flownTo = node;
    this.#view?.flyTo(node);
  }

  /** The whole is shown anew, by no reader's hand. */
  fitted(): void {
    this.#isMoved = false;
    this.#flownTo = -1;
  }

  /** Shows the whole; the address does without a camera. */
  fit(): void {
    this.fitted();
    this.#view?.fit();
    replaceNetwork({ camera: null });
  }

  /** The camera has come to rest. */
  rest(camera: CameraState): void {
    if (!this.#isMoved) return;
    replaceNetwork({ camera });
    const node = this.#flownTo;
    this.#flownTo = -1;
    if (node >= 0) this.reveal(node);
  }

  /** Moves the picture where the details cover `node`; one that a reader has left as it was only as the page opens without a camera. */
  reveal(node: number): void {
    const isFirst = this.#isFirst && networkState().camera === null;
    this.#isFirst = false;
    const view = this.#isMoved || isFirst ? this.#view : null;
    const panel = document.querySelector('.net-panel')?.getBoundingClientRect();
    const frame = document.querySelector('.net-picture')?.getBoundingClientRect();
    if (view === null || panel === undefined || frame === undefined) return;
    const { x, y, r } = view.positionOf(node);
    const size = r + MARGIN;
    const isCovered = x + frame.left + size > panel.left && x + frame.left - size < panel.right && y + frame.top + size > panel.top && y + frame.top - size < panel.bottom;
    if (!isCovered) return;
    const camera = view.camera();
    // beside the panel where there is room, else above it
    const isBeside = panel.left - frame.left > panel.width / 2;
    const dx = isBeside ? x - (panel.left - frame.left) / 2 : 0;
    const dy = isBeside ? 0 : y - (panel.top - frame.top) / 2;
    const next = { x: camera.x + dx / camera.zoom, y: camera.y + dy / camera.zoom, zoom: camera.zoom };
    view.setCamera(next);
    if (this.#isMoved) replaceNetwork({ camera: next });
  }
}
