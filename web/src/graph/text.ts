// SPDX-License-Identifier: MIT
import type { LabelStyle, MeasuredText } from './labels';

/** Widest label. */
const WIDTH_MAX = 160;
const MARKED_WIDTH_MAX = 360;
const CACHE_MAX = 20_000;
const ELLIPSIS = '…';

/** Texts of labels with their widths, each measured once. */
export interface TextCache {
  measure(node: number, style: LabelStyle): MeasuredText;
  /** Forgets all: other nodes, or another font. */
  clear(): void;
}

/** The font of a label. */
export function labelFont(style: LabelStyle, family: string): string {
  return `${style === 'plain' ? 450 : 600} 12px ${family}`;
}

/** A cache over `label(node)`. */
export function createTextCache(context: CanvasRenderingContext2D, label: (node: number) => string, family: () => string): TextCache {
  const known = new Map<string, MeasuredText>();
  return {
    measure(node, style) {
      const key = `${style}${node}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      if (known.size >= CACHE_MAX) known.clear();
      context.font = labelFont(style, family());
      const measured = fitText(context, label(node), style === 'marked' ? MARKED_WIDTH_MAX : WIDTH_MAX);
      known.set(key, measured);
      return measured;
    },
    clear: () => known.clear(),
  };
}

/* Cut in the middle of nothing: whole characters, and dots for the rest. */
function fitText(context: CanvasRenderingContext2D, text: string, max: number): MeasuredText {
  const width = context.measureText(text).width;
  if (width <= max) return { text, width };
  const characters = [...text];
  let low = 0;
  let high = characters.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (context.measureText(characters.slice(0, middle).join('') + ELLIPSIS).width <= max) low = middle;
    else high = middle - 1;
  }
  const cut = characters.slice(0, low).join('').trimEnd() + ELLIPSIS;
  return { text: cut, width: context.measureText(cut).width };
}
