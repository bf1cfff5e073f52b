// SPDX-License-Identifier: MIT
import type { Camera } from './types';

/** Size of what is looked through, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place on screen or in the network. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of the network. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Smallest and largest zoom. */
export interface ZoomLimits {
  readonly min: number;
  readonly max: number;
}

/** Where a place of the network is on screen. */
export function toScreen(camera: Camera, size: Size, x: number, y: number): Point {
  return { x: (x - camera.x) * camera.zoom + size.width / 2, y: (y - camera.y) * camera.zoom + size.height / 2 };
}

/** The place of the network under a point of the screen. */
export function toWorld(camera: Camera, size: Size, x: number, y: number): Point {
  return { x: (x - size.width / 2) / camera.zoom + camera.x, y: (y - size.height / 2) / camera.zoom + camera.y };
}

/** `camera` moved so that what was drawn at a point is drawn `dx`, `dy` pixels away from it. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** `camera` zoomed by `factor`; what is under the point stays there. */
export function zoomAt(camera: Camera, size: Size, at: Point, factor: number, limits: ZoomLimits): Camera {
  const zoom = clamp(camera.zoom * factor, limits.min, limits.max);
  const under = toWorld(camera, size, at.x, at.y);
  return {
    x: under.x - (at.x - size.width / 2) / zoom,
    y: under.y - (at.y - size.height / 2) / zoom,
    zoom,
  };
}

/** The camera that shows all of `bounds` with `margin` pixels around it. */
export function fitBounds(bounds: Bounds, size: Size, margin: number, limits: ZoomLimits): Camera {
  const wide = Math.max(1, size.width - 2 * margin) / Math.max(1e-6, bounds.right - bounds.left);
  const high = Math.max(1, size.height - 2 * margin) / Math.max(1e-6, bounds.bottom - bounds.top);
  return {
    x: (bounds.left + bounds.right) / 2,
    y: (bounds.top + bounds.bottom) / 2,
    zoom: clamp(Math.min(wide, high), limits.min, limits.max),
  };
}

/** `camera` moved as little as is needed to have a point of the network `margin` pixels inside the screen. */
export function keepInside(camera: Camera, size: Size, x: number, y: number, margin: number): Camera {
  const at = toScreen(camera, size, x, y);
  const edge = Math.min(margin, size.width / 2, size.height / 2);
  return panBy(camera, clamp(at.x, edge, size.width - edge) - at.x, clamp(at.y, edge, size.height - edge) - at.y);
}

/** Between two cameras, `t` from 0 to 1; the zoom changes by equal factors. */
export function mixCameras(from: Camera, to: Camera, t: number): Camera {
  const zoom = from.zoom * (to.zoom / from.zoom) ** t;
  // the path of the middle follows the zoom, so that a far target comes closer on screen all the time
  const share = Math.abs(to.zoom / from.zoom - 1) < 1e-3 ? t : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, zoom };
}

/** `value`, but not below `low` and not above `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** From 0 to 1, slow at both ends. */
export function ease(t: number): number {
  return t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}
