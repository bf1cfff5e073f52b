// SPDX-License-Identifier: MIT
import { FLAG } from '../data/network';
import { toScreen } from './camera';
import type { Point } from './camera';
import type { Frame } from './frame';
import { INDEX_MASK, STATE, mixColours } from './look';
import type { Label } from './labels';
import type { Scene } from './scene';
import { labelFont } from './text';
import type { GraphStyle } from './types';

/** A plus at the rim of a collapsed node. */
export interface Badge extends Point {
  readonly r: number;
}

/** From this radius on a collapsed node shows that it is one. */
const BADGE_FROM = 7;

/** Badges of a frame. */
export function placeBadges(frame: Frame, scene: Scene): readonly Badge[] {
  const badges: Badge[] = [];
  for (let k = 0; k < frame.discs.length; k += 1) {
    const node = (frame.discs.items[k] as number) & INDEX_MASK;
    if (((scene.network.flags[node] ?? 0) & FLAG.collapsed) === 0 || ((scene.states[node] as number) & STATE.dim) !== 0) continue;
    const radius = (scene.places[4 * node + 2] as number) * frame.camera.zoom;
    if (radius < BADGE_FROM) continue;
    const at = toScreen(frame.camera, frame.size, scene.places[4 * node] as number, scene.places[4 * node + 1] as number);
    badges.push({ x: at.x + radius * 0.72, y: at.y + radius * 0.72, r: Math.min(8, Math.max(4, radius * 0.3)) });
  }
  return badges;
}

/** Draws badges and labels on a cleared canvas of the frame's size. */
export function drawOverlay(context: CanvasRenderingContext2D, frame: Frame, labels: readonly Label[], badges: readonly Badge[], style: GraphStyle): void {
  context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
  for (const badge of badges) drawBadge(context, badge, style);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  context.miterLimit = 2;
  context.strokeStyle = style.halo;
  // from the last to the first: what matters most is on top
  for (const { text, x, y, style: kind } of labels.toReversed()) {
    context.font = labelFont(kind, style.font);
    context.lineWidth = kind === 'marked' ? 5 : 3.5;
    context.globalAlpha = kind === 'marked' ? 1 : 0.86;
    context.strokeText(text, x, y);
    context.globalAlpha = 1;
    context.fillStyle = kind === 'plain' ? mixColours(style.text, style.muted, 0.45) : style.text;
    context.fillText(text, x, y);
  }
}

function drawBadge(context: CanvasRenderingContext2D, { x, y, r }: Badge, style: GraphStyle): void {
  context.beginPath();
  context.arc(x, y, r + 1.2, 0, 2 * Math.PI);
  context.fillStyle = style.ground;
  context.fill();
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fillStyle = style.muted;
  context.fill();
  context.beginPath();
  context.moveTo(x - r * 0.5, y);
  context.lineTo(x + r * 0.5, y);
  context.moveTo(x, y - r * 0.5);
  context.lineTo(x, y + r * 0.5);
  context.lineWidth = Math.max(1, r * 0.28);
  context.strokeStyle = style.ground;
  context.stroke();
}
