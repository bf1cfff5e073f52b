// SPDX-License-Identifier: MIT
import { clamp, ease, fitBounds, keepInside, mixCameras, panBy, zoomAt } from './camera';
import type { Bounds, Point, Size, ZoomLimits } from './camera';
import { MOVE_MS } from './animate';
import type { Camera } from './types';

/** Holds the camera, flies it, and tells when it rests. */
export interface Pilot {
  camera(): Camera;
  /** Where it is on the way to. */
  goal(): Camera;
  /** Puts it there at once, and tells nobody. */
  put(camera: Camera): void;
  /** Flies there, or jumps where nothing may move. */
  fly(camera: Camera): void;
  pan(dx: number, dy: number): void;
  zoom(at: Point, factor: number): void;
  zoomMiddle(factor: number): void;
  follow(x: number, y: number): void;
  setLimits(limits: ZoomLimits): void;
  limits(): ZoomLimits;
  /** Moves on; false when it does not fly. */
  step(now: number): boolean;
  destroy(): void;
}

/** What a pilot asks and tells. */
export interface PilotOptions {
  size(): Size;
  isStill(): boolean;
  /** The camera has moved: draw. */
  onMove(): void;
  onRest(camera: Camera): void;
  /** It sets out: what is under the pointer will be something else. */
  onFly(): void;
}

const REST_MS = 160;
const FOLLOW_MARGIN = 90;
/* The largest disc when all is in view. */
const FIT_RADIUS_MAX = 56;
const FIT_MARGIN = 32;

/** The camera that shows all of `bounds`; a network of few nodes is not blown up. */
export function fitCamera(bounds: Bounds, size: Size, limits: ZoomLimits, largest: number): Camera {
  const max = Math.min(limits.max, FIT_RADIUS_MAX / Math.max(1e-6, largest));
  return fitBounds(bounds, size, Math.min(FIT_MARGIN, size.width / 8, size.height / 8), { min: Math.min(limits.min, max), max });
}

/** Limits of the zoom: from all of `bounds` in less than half of the screen, to a small disc in full size. */
export function zoomLimits(bounds: Bounds, size: Size, smallest: number): ZoomLimits {
  const all = fitBounds(bounds, size, 0, { min: 0, max: Infinity }).zoom;
  const max = 48 / Math.max(1e-6, smallest);
  return { min: Math.min(all * 0.4, max), max };
}

/** A pilot at the origin. */
export function createPilot({ size, isStill, onMove, onRest, onFly }: PilotOptions): Pilot {
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let limits: ZoomLimits = { min: 1e-6, max: 1e6 };
  let flight: { readonly from: Camera; readonly to: Camera; start: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const rest = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => onRest(camera), REST_MS);
  };
  const set = (next: Camera): void => {
    flight = null;
    camera = next;
    onMove();
    rest();
  };
  const goal = (): Camera => flight?.to ?? camera;
  const fly = (next: Camera): void => {
    onFly();
    if (isStill() || size().width === 0) {
      set(next);
      return;
    }
    flight = { from: camera, to: next, start: -1 };
    onMove();
  };
  return {
    camera: () => camera,
    goal,
    put(next) {
      flight = null;
      camera = next;
      onMove();
    },
    fly,
    pan: (dx, dy) => set(panBy(camera, dx, dy)),
    zoom: (at, factor) => set(zoomAt(camera, size(), at, factor, limits)),
    zoomMiddle(factor) {
      const from = goal();
      fly({ ...from, zoom: clamp(from.zoom * factor, limits.min, limits.max) });
    },
    follow(x, y) {
      const next = keepInside(goal(), size(), x, y, FOLLOW_MARGIN);
      if (next.x !== goal().x || next.y !== goal().y) fly(next);
    },
    setLimits(next) {
      limits = next;
    },
    limits: () => limits,
    step(now) {
      if (flight === null) return false;
      if (flight.start < 0) flight.start = now;
      const t = Math.min(1, (now - flight.start) / MOVE_MS);
      camera = t < 1 ? mixCameras(flight.from, flight.to, ease(t)) : flight.to;
      if (t < 1) return true;
      flight = null;
      rest();
      return false;
    },
    destroy: () => clearTimeout(timer),
  };
}
