// SPDX-License-Identifier: MIT
import { clamp, toScreen } from './camera';
import { drawnRadius } from './frame';
import type { DrawList, Frame } from './frame';
import { edgeShape } from './geometry';
import type { EdgeShape } from './geometry';
import type { Label } from './labels';
import { HUE, INDEX_MASK, LOOK, STATE, STATE_SHIFT, mixColours, paletteOf, pointRadius, ringWidth } from './look';
import type { Badge } from './overlay';
import type { Scene } from './scene';
import type { GraphStyle } from './types';

/** What an SVG is made from. */
export interface Picture {
  readonly frame: Frame;
  readonly scene: Scene;
  readonly labels: readonly Label[];
  readonly badges: readonly Badge[];
  readonly style: GraphStyle;
}

/** From this radius on, discs carry the initials of their author. */
const INITIALS_RADIUS = 9;

/** The picture as an SVG document of its own: no file beside it is needed. */
export function formatSvg({ frame, scene, labels, badges, style }: Picture): string {
  const { width, height } = frame.size;
  const edges = Array.from({ length: frame.edges.length }, (_, k) => edgeShape(frame, scene, k)).filter((shape) => shape !== null);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}">`,
    `<rect width="100%" height="100%" fill="${attribute(style.ground)}"/>`,
    '<g fill="none">',
    ...edges.map((shape) => edgeMarkup(shape, style)),
    '</g><g>',
    ...listMarkup(frame, scene, frame.points, style),
    ...listMarkup(frame, scene, frame.discs, style),
    '</g><g fill="none">',
    ...edges.map((shape) => headMarkup(shape, style)),
    `</g><g>${badges.map((badge) => badgeMarkup(badge, style)).join('')}</g>`,
    `<g font-family="${attribute(style.font)}" font-size="12" text-anchor="middle" paint-order="stroke" stroke="${attribute(style.halo)}" stroke-width="3.5" stroke-linejoin="round" fill="${attribute(style.text)}">`,
    ...labels.map(({ text, x, y, style: kind }) => `<text x="${num(x)}" y="${num(y)}"${kind === 'plain' ? '' : ' font-weight="600"'}>${escape(text)}</text>`),
    '</g></svg>',
  ];
  return parts.join('\n');
}

/** The first letters of a name's first two words. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const first = [...(words[0] ?? '')][0] ?? '';
  const second = [...(words[1] ?? '')][0] ?? '';
  return (first + second).toUpperCase();
}

function edgeMarkup(shape: EdgeShape, style: GraphStyle): string {
  const colour = attribute(style.relations[shape.relation] ?? '');
  const [ax, ay, bx, by] = shape.line.map(num);
  const dash = shape.dash.length === 0 ? '' : ` stroke-dasharray="${shape.dash.map(num).join(' ')}"`;
  return `<path d="M${ax} ${ay}L${bx} ${by}" stroke="${colour}" stroke-width="${num(shape.width)}"${dash} opacity="${num(shape.alpha)}"/>`;
}

function headMarkup(shape: EdgeShape, style: GraphStyle): string {
  if (shape.head.length === 0) return '';
  const colour = attribute(style.relations[shape.relation] ?? '');
  const points = shape.head.map(num).join(' ');
  return shape.isHeadFilled
    ? `<polygon points="${points}" fill="${colour}" opacity="${num(shape.alpha)}"/>`
    : `<polyline points="${points}" stroke="${colour}" stroke-width="${num(shape.width)}" opacity="${num(shape.alpha)}"/>`;
}

function listMarkup(frame: Frame, scene: Scene, list: DrawList, style: GraphStyle): readonly string[] {
  const palette = paletteOf(style);
  return Array.from({ length: list.length }, (_, k) => {
    const item = list.items[k] as number;
    const node = item & INDEX_MASK;
    const at = toScreen(frame.camera, frame.size, scene.places[4 * node] as number, scene.places[4 * node + 1] as number);
    const r = drawnRadius(scene, node, frame.camera.zoom);
    const markup = list === frame.points ? pointMarkup(scene, node, at.x, at.y, pointRadius(item >>> STATE_SHIFT, r), palette) : discMarkup(scene, node, at.x, at.y, r, palette);
    const body = `${markup}${markMarkup(item >>> STATE_SHIFT, at.x, at.y, r, palette)}`;
    return ((item >>> STATE_SHIFT) & STATE.dim) === 0 ? body : `<g opacity="0.16">${body}</g>`;
  });
}

function pointMarkup({ looks }: Scene, node: number, x: number, y: number, r: number, palette: readonly string[]): string {
  const look = looks[node] as number;
  const colour = attribute(palette[look & LOOK.hue] ?? '');
  if ((look & LOOK.hollow) !== 0) return circle(x, y, Math.max(0.3, r - 0.6), `fill="none" stroke="${colour}" stroke-width="1.2"`);
  return circle(x, y, r, `fill="${colour}"${(look & LOOK.removed) === 0 ? '' : ' opacity="0.5"'}`);
}

function discMarkup({ looks, network }: Scene, node: number, x: number, y: number, r: number, palette: readonly string[]): string {
  const look = looks[node] as number;
  const colour = palette[look & LOOK.hue] ?? '';
  const ground = palette[HUE.ground] ?? '';
  const isGroup = (look & LOOK.group) !== 0;
  const isHollow = (look & LOOK.hollow) !== 0;
  const isRemoved = (look & LOOK.removed) !== 0;
  const ring = ringWidth(look, r) * (isGroup ? 0.75 : 1);
  const fill = isHollow ? ground : mixColours(ground, colour, 0.3);
  const dash = isRemoved ? ' stroke-dasharray="3 2"' : '';
  const rings = [circle(x, y, r - ring / 2, `fill="${attribute(fill)}" stroke="${attribute(colour)}" stroke-width="${num(ring)}"${dash}`)];
  if (isGroup) rings.push(circle(x, y, r - ring * 2.4, `fill="none" stroke="${attribute(colour)}" stroke-width="${num(ring)}"`));
  const name = network.authors[network.author[node] ?? -1]?.name ?? '';
  if (r < INITIALS_RADIUS || isHollow || name === '') return rings.join('');
  const size = clamp(r * 0.72, 6, 40);
  return `${rings.join('')}<text x="${num(x)}" y="${num(y + size * 0.35)}" font-size="${num(size)}" font-family="sans-serif" font-weight="600" text-anchor="middle" fill="${attribute(palette[HUE.text] ?? '')}">${escape(initials(name))}</text>`;
}

function markMarkup(state: number, x: number, y: number, r: number, palette: readonly string[]): string {
  if ((state & (STATE.selected | STATE.path)) === 0) return '';
  const isSelected = (state & STATE.selected) !== 0;
  const colour = attribute(palette[HUE.accent] ?? '');
  return circle(x, y, r + (isSelected ? 3.5 : 2.25), `fill="none" stroke="${colour}" stroke-width="${isSelected ? 3 : 1.5}"`);
}

function badgeMarkup({ x, y, r }: Badge, style: GraphStyle): string {
  const arm = r * 0.5;
  const plus = `M${num(x - arm)} ${num(y)}H${num(x + arm)}M${num(x)} ${num(y - arm)}V${num(y + arm)}`;
  return `${circle(x, y, r, `fill="${attribute(style.muted)}" stroke="${attribute(style.ground)}"`)}<path d="${plus}" stroke="${attribute(style.ground)}"/>`;
}

function circle(x: number, y: number, r: number, rest: string): string {
  return `<circle cx="${num(x)}" cy="${num(y)}" r="${num(r)}" ${rest}/>`;
}

function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/* What XML does not allow at all is left out: control characters and halves of characters. */
function escape(text: string): string {
  return [...text]
    .filter((character) => /[\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/.test(character) || (character.codePointAt(0) ?? 0) > 0xffff)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return escape(text).replaceAll('"', '&quot;');
}
