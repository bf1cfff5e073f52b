// SPDX-License-Identifier: MIT
import type { GraphStyle } from '../../graph/types';

/** The colours of the style sheet, as the picture takes them. */
export function readStyle(host: HTMLElement): GraphStyle {
  const probe = document.createElement('span');
  host.append(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return toHex(getComputedStyle(probe).color);
  };
  const style: GraphStyle = {
    ground: color('ground'),
    text: color('text'),
    muted: color('muted'),
    accent: color('accent'),
    halo: color('ground'),
    relations: [color('rel-adapter'), color('rel-finetune'), color('rel-merge'), color('rel-quantized')],
    font: getComputedStyle(host).fontFamily,
  };
  probe.remove();
  return style;
}

/* `rgb(1, 2, 3)` as `#010203`. */
function toHex(color: string): string {
  const parts = color.match(/\d+(\.\d+)?/g) ?? ['0', '0', '0'];
  return `#${parts
    .slice(0, 3)
    .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
    .join('')}`;
}
