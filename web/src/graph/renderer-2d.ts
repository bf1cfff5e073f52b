// SPDX-License-Identifier: MIT
import { toScreen } from './camera';
import { drawnRadius } from './frame';
import type { DrawList, Frame } from './frame';
import { edgeShape } from './geometry';
import type { EdgeShape } from './geometry';
import { HUE, INDEX_MASK, LOOK, STATE, STATE_SHIFT, mixColours, paletteOf, pointRadius, ringWidth } from './look';
import { CELL, CELLS_IN_ROW } from './renderer';
import type { AtlasSource, Renderer } from './renderer';
import type { Scene } from './scene';
import type { GraphStyle } from './types';

const TURN = 2 * Math.PI;

/** Draws on a 2D canvas, where WebGL2 is missing. It shows the same, slower. */
export function createCanvasRenderer(canvas: HTMLCanvasElement, atlas: AtlasSource, style: GraphStyle): Renderer {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('graph: no canvas');
  let palette = paletteOf(style);
  return {
    kind: 'canvas2d',
    canvas,
    setScene() {},
    setStyle(next) {
      palette = paletteOf(next);
    },
    draw(frame, scene) {
      atlas.takeFresh();
      canvas.width = Math.max(1, Math.round(frame.size.width * frame.ratio));
      canvas.height = Math.max(1, Math.round(frame.size.height * frame.ratio));
      context.fillStyle = palette[HUE.ground] ?? '';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      drawEdges(context, frame, scene, palette, false);
      for (const list of [frame.points, frame.discs]) drawNodes(context, frame, scene, list, palette, atlas);
      // over discs that leave too little room for them
      if (frame.near.detail >= 0.05) drawEdges(context, frame, scene, palette, true);
      context.globalAlpha = 1;
    },
    finish() {
      context.getImageData(0, 0, 1, 1);
    },
    destroy() {
      canvas.width = 0;
    },
  };
}

function drawEdges(context: CanvasRenderingContext2D, frame: Frame, scene: Scene, palette: readonly string[], isHead: boolean): void {
  for (let k = 0; k < frame.edges.length; k += 1) {
    const shape = edgeShape(frame, scene, k);
    if (shape === null) continue;
    const colour = palette[shape.relation] ?? '';
    context.globalAlpha = shape.alpha;
    context.strokeStyle = colour;
    context.lineWidth = shape.width;
    if (isHead) {
      if (shape.head.length > 0) drawHead(context, shape, colour);
      continue;
    }
    context.setLineDash([...shape.dash]);
    context.beginPath();
    context.moveTo(shape.line[0], shape.line[1]);
    context.lineTo(shape.line[2], shape.line[3]);
    context.stroke();
  }
  context.setLineDash([]);
}

function drawHead(context: CanvasRenderingContext2D, { head, isHeadFilled }: EdgeShape, colour: string): void {
  context.setLineDash([]);
  context.beginPath();
  for (let i = 0; i < head.length; i += 2) context.lineTo(head[i] as number, head[i + 1] as number);
  context.fillStyle = colour;
  if (isHeadFilled) context.fill();
  else context.stroke();
}

function drawNodes(context: CanvasRenderingContext2D, frame: Frame, scene: Scene, list: DrawList, palette: readonly string[], atlas: AtlasSource): void {
  const isPoint = list === frame.points;
  for (let k = 0; k < list.length; k += 1) {
    const item = list.items[k] as number;
    const node = item & INDEX_MASK;
    const state = item >>> STATE_SHIFT;
    const look = scene.looks[node] as number;
    const at = toScreen(frame.camera, frame.size, scene.places[4 * node] as number, scene.places[4 * node + 1] as number);
    const r = drawnRadius(scene, node, frame.camera.zoom);
    context.globalAlpha = (state & STATE.dim) === 0 ? 1 : 0.16;
    if (isPoint) drawPoint(context, at.x, at.y, pointRadius(state, r), look, palette);
    else drawDisc(context, at.x, at.y, r, look, palette, atlas);
    drawMarks(context, at.x, at.y, r, state, palette);
  }
}

function drawPoint(context: CanvasRenderingContext2D, x: number, y: number, r: number, look: number, palette: readonly string[]): void {
  if ((look & LOOK.removed) !== 0) context.globalAlpha *= 0.5;
  const colour = palette[look & LOOK.hue] ?? '';
  if ((look & LOOK.hollow) !== 0 && r > 2.5) {
    circle(context, x, y, r - 0.65);
    context.strokeStyle = colour;
    context.lineWidth = 1.3;
    context.stroke();
    return;
  }
  circle(context, x, y, r);
  context.fillStyle = colour;
  context.fill();
}

function drawDisc(context: CanvasRenderingContext2D, x: number, y: number, r: number, look: number, palette: readonly string[], atlas: AtlasSource): void {
  const colour = palette[look & LOOK.hue] ?? '';
  const ground = palette[HUE.ground] ?? '';
  const isGroup = (look & LOOK.group) !== 0;
  const isHollow = (look & LOOK.hollow) !== 0;
  const ring = ringWidth(look, r);
  const inner = r - ring * (isGroup ? 2.4 : 1) - Math.min(2, Math.max(0.5, r * 0.05));
  circle(context, x, y, r);
  context.fillStyle = ground;
  context.fill();
  circle(context, x, y, inner);
  context.fillStyle = isHollow ? ground : mixColours(ground, colour, 0.3);
  context.fill();
  const cell = (look >>> LOOK.cell) - 1;
  if (cell >= 0 && !isHollow && atlas.canvas !== null) drawPicture(context, atlas.canvas, cell, x, y, inner);
  if ((look & LOOK.removed) !== 0) drawHatch(context, x, y, inner, ground);
  context.strokeStyle = colour;
  context.lineWidth = ring * (isGroup ? 0.75 : 1);
  circle(context, x, y, r - context.lineWidth / 2);
  context.stroke();
  if (!isGroup) return;
  circle(context, x, y, r - ring * 1.825);
  context.stroke();
}

function drawPicture(context: CanvasRenderingContext2D, atlas: HTMLCanvasElement, cell: number, x: number, y: number, r: number): void {
  context.save();
  circle(context, x, y, r);
  context.clip();
  context.drawImage(atlas, (cell % CELLS_IN_ROW) * CELL, Math.floor(cell / CELLS_IN_ROW) * CELL, CELL, CELL, x - r, y - r, 2 * r, 2 * r);
  context.restore();
}

function drawHatch(context: CanvasRenderingContext2D, x: number, y: number, r: number, ground: string): void {
  const alpha = context.globalAlpha;
  context.save();
  circle(context, x, y, r);
  context.clip();
  context.fillStyle = ground;
  context.globalAlpha = alpha * 0.55;
  context.fill();
  context.globalAlpha = alpha * 0.85;
  context.strokeStyle = ground;
  context.lineWidth = 1.8;
  context.beginPath();
  for (let offset = -2 * r; offset < 2 * r; offset += 7) {
    context.moveTo(x + offset - r, y + r);
    context.lineTo(x + offset + r, y - r);
  }
  context.stroke();
  context.restore();
}

function drawMarks(context: CanvasRenderingContext2D, x: number, y: number, r: number, state: number, palette: readonly string[]): void {
  if ((state & (STATE.selected | STATE.hovered | STATE.path)) === 0) return;
  const isSelected = (state & STATE.selected) !== 0;
  const isHovered = !isSelected && (state & STATE.hovered) !== 0;
  context.lineWidth = isSelected ? 3 : 1.5;
  context.strokeStyle = palette[isHovered ? HUE.text : HUE.accent] ?? '';
  circle(context, x, y, r + (isSelected ? 3.5 : 2.25));
  context.stroke();
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  context.beginPath();
  context.arc(x, y, Math.max(0, r), 0, TURN);
}
