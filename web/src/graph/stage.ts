// SPDX-License-Identifier: MIT
import type { Size } from './camera';

/** The two canvases in the host: the drawing, and the labels over it. */
export interface Stage {
  /** The drawing; another canvas after `renew`, as a canvas gives one kind of context only. */
  canvas(): HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  size(): Size;
  /** Device pixels per CSS pixel. */
  ratio(): number;
  renew(): HTMLCanvasElement;
  destroy(): void;
}

/* More would cost more than can be seen. */
const RATIO_MAX = 2.5;

/** Puts canvases into `host`, `first` being the drawing; `onResize` is called when its size or the screen's resolution changes. */
export function createStage(host: HTMLElement, first: HTMLCanvasElement, onResize: () => void): Stage {
  let canvas = first;
  const overlay = createCanvas();
  const context = overlay.getContext('2d');
  if (context === null) throw new Error('graph: no canvas');
  const position = host.style.position;
  if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
  overlay.style.touchAction = 'none';
  host.append(canvas, overlay);

  let size: Size = { width: host.clientWidth, height: host.clientHeight };
  const observer = new ResizeObserver(() => {
    const next = { width: host.clientWidth, height: host.clientHeight };
    if (next.width === size.width && next.height === size.height) return;
    size = next;
    onResize();
  });
  observer.observe(host);
  const stopRatio = watchRatio(onResize);

  return {
    canvas: () => canvas,
    overlay,
    context,
    size: () => size,
    ratio: () => Math.min(RATIO_MAX, devicePixelRatio),
    renew() {
      const next = createCanvas();
      canvas.replaceWith(next);
      canvas = next;
      return next;
    },
    destroy() {
      observer.disconnect();
      stopRatio();
      canvas.remove();
      overlay.remove();
      host.style.position = position;
    },
  };
}

/** A canvas for a stage. */
export function createCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%', display: 'block', userSelect: 'none' });
  canvas.setAttribute('aria-hidden', 'true');
  return canvas;
}

/* A window goes to another screen, or the page is zoomed. */
function watchRatio(onChange: () => void): () => void {
  let query: MediaQueryList;
  const changed = (): void => {
    watch();
    onChange();
  };
  const watch = (): void => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener('change', changed, { once: true });
  };
  watch();
  return () => query.removeEventListener('change', changed);
}
