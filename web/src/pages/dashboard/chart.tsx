// SPDX-License-Identifier: MIT
import type { AriaComponentOption } from 'echarts/components';
import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lang, t } from '../../i18n';
import type { ChartItem, ChartProps } from './chart-types';
import { init } from './echarts';
import { readLook } from './look';
import type { Look } from './look';

type Instance = ReturnType<typeof init>;

/* What the handlers of an instance read when they run: it may be newer than what was drawn when they were set. */
interface Now extends ChartProps {
  readonly look: Look;
}

/**
 * A picture by ECharts. The picture itself is for the eye and the mouse; beside it stands the same as a list of options
 * that is walked with the arrow keys, read out, and opened with Enter.
 */
export function Chart(props: ChartProps): JSX.Element {
  const { label, items, source, height, onControl } = props;
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Instance | null>(null);
  const now = useRef<Now | null>(null);
  const newest = useRef(props);
  newest.current = props;
  const [current, setCurrent] = useState(-1);
  const shown = items[current];
  const locale = lang();

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const instance = start(element, locale, now);
    chart.current = instance;
    const paint = (isPaper: boolean): void => {
      if (now.current === null) return;
      now.current = { ...now.current, look: lookOf(element, instance, isPaper) };
      instance.setOption(finished(now), { notMerge: true });
      instance.getZr().flush();
    };
    const stop = follow(element, instance, paint);
    onControl({ picture: (title, note) => picture(instance, now, title, note) });
    return () => {
      onControl(null);
      chart.current = null;
      stop();
      instance.dispose();
    };
    // one instance per language, for its own words
  }, [locale, onControl]);

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null || chart.current === null) return;
    now.current = { ...newest.current, look: lookOf(element, chart.current, false) };
    chart.current.setOption(finished(now), { notMerge: true });
  }, [locale, source]);

  // another answer: what was pointed at may be gone
  useEffect(() => setCurrent(-1), [source]);

  useEffect(() => {
    const at = shown?.at;
    if (at === undefined) return undefined;
    chart.current?.dispatchAction({ type: 'highlight', seriesIndex: 0, ...at });
    if (now.current?.isByColumn) chart.current?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: at.dataIndex });
    return () => {
      chart.current?.dispatchAction({ type: 'downplay', seriesIndex: 0, ...at });
      chart.current?.dispatchAction({ type: 'hideTip' });
    };
  }, [shown]);

  const onKey = (event: KeyboardEvent): void => {
    const next = step(event.key, current, items.length);
    if (next !== null) setCurrent(next);
    else if ((event.key === 'Enter' || event.key === ' ') && shown !== undefined) shown.onPick?.();
    else return;
    event.preventDefault();
  };

  return (
    <div
      class={height === null ? 'chart chart-fill' : 'chart'}
      style={height === null ? undefined : { height: `${height}rem` }}
      role="listbox"
      tabIndex={0}
      aria-label={t('dash.chart.keys', { label })}
      aria-activedescendant={shown === undefined ? undefined : `${id}-${current}`}
      onKeyDown={onKey}
      onBlur={() => setCurrent(-1)}
    >
      <div class="chart-canvas" ref={host} aria-hidden="true" />
      <div class="visually-hidden" role="presentation">
        {items.map((item, index) => (
          <div key={item.key} id={`${id}-${index}`} role="option" aria-selected={index === current} data-key={item.key} onClick={item.onPick}>
            {inWords(item)}
          </div>
        ))}
      </div>
      {shown === undefined || props.isByColumn ? null : (
        <p class="chart-current" aria-hidden="true">
          {inWords(shown)}
        </p>
      )}
    </div>
  );
}

function inWords({ title, lines }: ChartItem): string {
  return `${title}: ${lines.map(([name, value]) => `${name} ${value}`).join(', ')}`;
}

function step(key: string, current: number, count: number): number | null {
  if (count === 0) return null;
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, current + 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, current - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

interface Held {
  readonly current: Now | null;
}

function start(element: HTMLElement, locale: string, now: Held): Instance {
  // sharp on paper, too; a wall has pixels enough
  const devicePixelRatio = document.documentElement.dataset['wall'] === undefined ? Math.max(2, window.devicePixelRatio) : window.devicePixelRatio;
  const instance = init(element, null, { renderer: 'canvas', locale: locale === 'zh' ? 'ZH' : 'EN', devicePixelRatio });
  instance.on('click', (event) => {
    if (!now.current?.isByColumn) itemOf(event, now)?.onPick?.();
  });
  const zr = instance.getZr();
  zr.on('click', ({ offsetX, offsetY }) => {
    if (!now.current?.isByColumn || !instance.containPixel('grid', [offsetX, offsetY])) return;
    const [column] = instance.convertFromPixel('grid', [offsetX, offsetY]) as readonly number[];
    now.current.items[Math.round(column ?? -1)]?.onPick?.();
  });
  zr.on('mousemove', ({ offsetX, offsetY }) => {
    if (now.current?.isByColumn) zr.setCursorStyle(instance.containPixel('grid', [offsetX, offsetY]) ? 'pointer' : 'default');
  });
  return instance;
}

/* The part of the model behind an instance that says how large things came out. */
interface Inside {
  readonly getModel?: () => { readonly getSeriesByIndex: (index: number) => { readonly getData: () => { readonly getItemLayout: (dataIndex: number) => ReturnType<NonNullable<Look['sizeOf']>> } } | undefined };
}

function lookOf(element: HTMLElement, instance: Instance, isPaper: boolean): Look {
  const inside = instance as unknown as Inside;
  return { ...readLook(element, isPaper), sizeOf: (dataIndex) => inside.getModel?.().getSeriesByIndex(0)?.getData().getItemLayout(dataIndex) };
}

/* Keeps size, theme and paper in step; answers how to stop. */
function follow(element: HTMLElement, instance: Instance, paint: (isPaper: boolean) => void): () => void {
  const print = matchMedia('print');
  const onPaper = (): void => paint(true);
  const repaint = (): void => {
    // paper shows what is there, scaled by the style sheet
    if (!print.matches) instance.resize();
    paint(print.matches);
  };
  const size = new ResizeObserver(repaint);
  const theme = new MutationObserver(repaint);
  size.observe(element);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  print.addEventListener('change', repaint);
  addEventListener('beforeprint', onPaper);
  addEventListener('afterprint', repaint);
  return () => {
    size.disconnect();
    theme.disconnect();
    print.removeEventListener('change', repaint);
    removeEventListener('beforeprint', onPaper);
    removeEventListener('afterprint', repaint);
  };
}

function finished(now: Held): ReturnType<ChartProps['option']> {
  if (now.current === null) return {};
  const { look, option, isByColumn } = now.current;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const isStrong = matchMedia('(prefers-contrast: more), (forced-colors: active)').matches;
  return {
    animation: !isStill,
    animationDuration: 250,
    animationDurationUpdate: 250,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: look.font, color: look.text },
    aria: {
      enabled: true,
      // words are in the list of options; patterns where colours alone would tell things apart, or were asked for
      label: { enabled: false },
      decal: { show: isByColumn === true || isStrong, decals: patterns(look) },
    },
    tooltip: {
      trigger: isByColumn ? 'axis' : 'item',
      confine: true,
      className: 'chart-tip',
      padding: 0,
      borderWidth: 0,
      backgroundColor: 'transparent',
      extraCssText: 'box-shadow: none',
      transitionDuration: 0,
      axisPointer: { type: 'line', lineStyle: { color: look.quiet } },
      formatter: (event: unknown) => {
        const item = itemOf(event, now);
        return item === undefined ? '' : tip(item);
      },
    },
    ...option(look),
  };
}

type Decals = NonNullable<NonNullable<AriaComponentOption['decal']>['decals']>;

/* Quiet patterns, so that neighbours differ in more than colour. */
function patterns({ isDark }: Look): Decals {
  const color = isDark ? 'rgba(0, 0, 0, 0.16)' : 'rgba(255, 255, 255, 0.26)';
  const lines = (rotation: number, gap: number) => ({ symbol: 'rect', color, dashArrayX: [1, 0], dashArrayY: [1.5, gap], rotation });
  const dots = (gap: number) => ({ symbol: 'circle', color, symbolSize: 0.5, dashArrayX: [[gap, gap], [0, gap, gap, 0]], dashArrayY: [gap, 0] });
  const plain = { symbol: 'none', color: 'transparent' };
  return [plain, lines(Math.PI / 4, 6), dots(6), lines(-Math.PI / 4, 6), plain, lines(0, 6), dots(4), lines(Math.PI / 2, 6), lines(Math.PI / 4, 3), dots(9), plain, lines(-Math.PI / 4, 3)];
}

/* The item an event of ECharts is about: its data carry the key, or its place in the column. */
function itemOf(event: unknown, now: Held): ChartItem | undefined {
  const [first] = Array.isArray(event) ? (event as readonly unknown[]) : [event];
  if (first === null || typeof first !== 'object' || now.current === null) return undefined;
  const { items, isByColumn } = now.current;
  if (isByColumn && 'dataIndex' in first) return items[Number(first.dataIndex)];
  const data = 'data' in first ? first.data : undefined;
  const key = data !== null && typeof data === 'object' && 'key' in data ? data.key : undefined;
  return items.find((item) => item.key === key);
}

/* Nodes, not markup: names come from outside, and the content policy allows no styles in attributes. */
function tip({ title, lines }: ChartItem): HTMLElement {
  const box = document.createElement('div');
  const head = document.createElement('strong');
  head.textContent = title;
  const list = document.createElement('dl');
  for (const [name, value, color] of lines) {
    const term = document.createElement('dt');
    if (color !== undefined) term.className = `swatch swatch-${color}`;
    term.append(name);
    const number = document.createElement('dd');
    number.textContent = value;
    list.append(term, number);
  }
  box.append(head, list);
  return box;
}

/* The chart on its ground, with what it shows and of when. */
async function picture(instance: Instance, now: Held, title: string, note: string): Promise<Blob> {
  const look = now.current?.look;
  if (look === undefined) throw new Error('nothing is drawn');
  const ratio = 2;
  const chart = instance.renderToCanvas({ pixelRatio: ratio, backgroundColor: look.surface });
  const [pad, head] = [16 * ratio, 56 * ratio];
  const canvas = document.createElement('canvas');
  canvas.width = chart.width + 2 * pad;
  canvas.height = chart.height + head + pad;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.fillStyle = look.surface;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = look.text;
  pen.font = `600 ${16 * ratio}px ${look.font}`;
  pen.fillText(title, pad, 28 * ratio);
  pen.fillStyle = look.muted;
  pen.font = `${12 * ratio}px ${look.font}`;
  pen.fillText(note, pad, 46 * ratio);
  pen.drawImage(chart, pad, head);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png');
  });
}

