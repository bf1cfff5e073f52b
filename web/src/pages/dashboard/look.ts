// SPDX-License-Identifier: MIT

/** Colours and sizes of the style sheet, as charts take them. */
export interface Look {
  readonly isDark: boolean;
  readonly surface: string;
  readonly sunk: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly strong: string;
  readonly accent: string;
  readonly quiet: string;
  /** Models that tell no value. */
  readonly none: string;
  /** Ten colours that are told apart. */
  readonly series: readonly string[];
  readonly font: string;
  /** Size of the root's letters in pixels. */
  readonly rem: number;
  /** Size of the chart in pixels. */
  readonly width: number;
  readonly height: number;
  /** Size in pixels of a datum that was laid out, where the chart knows it. */
  readonly sizeOf?: (dataIndex: number) => { readonly width?: number; readonly height?: number } | undefined;
}

/** How many colours there are for series. */
export const SERIES_COLORS = 10;

/** Reads what is set in the style sheet for `host`; on paper always the light colours. */
export function readLook(host: HTMLElement, isPaper: boolean): Look {
  const probe = document.createElement('span');
  if (isPaper) probe.style.colorScheme = 'light';
  host.append(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return toHex(getComputedStyle(probe).color);
  };
  const look: Look = {
    isDark: !isPaper && document.documentElement.dataset['theme'] === 'dark',
    surface: color('surface'),
    sunk: color('sunk'),
    text: color('text'),
    muted: color('muted'),
    line: color('line'),
    strong: color('line-strong'),
    accent: color('blue'),
    quiet: color('control'),
    none: color('series-none'),
    series: Array.from({ length: SERIES_COLORS }, (_, index) => color(`series-${index}`)),
    font: getComputedStyle(host).fontFamily,
    rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
    width: host.clientWidth,
    height: host.clientHeight,
  };
  probe.remove();
  return look;
}

/** `color` thinned with `ground`; 1 is the pure colour. Both as #rrggbb. */
export function mix(color: string, ground: string, part: number): string {
  const hex = [1, 3, 5].map((at) =>
    Math.round(part * channel(color, at) + (1 - part) * channel(ground, at))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

function channel(text: string, at: number): number {
  return Number.parseInt(text.slice(at, at + 2), 16);
}

/* `rgb(1, 2, 3)` as `#010203`. */
function toHex(color: string): string {
  const parts = color.match(/\d+(\.\d+)?/g) ?? ['0', '0', '0'];
  return `#${parts
    .slice(0, 3)
    .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
    .join('')}`;
}
