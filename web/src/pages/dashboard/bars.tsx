// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Facet, FacetTop, Totals } from '../../api/schema';
import { logFloor } from '../../data/dashboard-series';
import { OTHERS } from '../../data/dashboard-state';
import type { BarMetric, ChartName } from '../../data/dashboard-state';
import { NONE } from '../../data/list-state';
import { fmt, t } from '../../i18n';
import type { ChartItem, ChartOption } from './chart-types';
import { FacetTable, figures } from './facet-table';
import type { Look } from './look';
import { valueName } from './names';
import { dashboardState, openTen } from './nav';
import { Chart, ChartPanel, Nothing } from './panel';

/* What a bar stands for; those apart are no part of the comparison, and look it. */
interface Bar {
  readonly key: string;
  readonly totals: Totals;
  readonly isApart: boolean;
}

interface BarsProps {
  readonly name: ChartName & Facet;
  readonly title: string;
  readonly top: FacetTop;
  readonly metric: BarMetric;
  readonly asOf: string;
  /** Values that stand apart, below a gap. */
  readonly apart?: readonly string[];
  /** Most bars; the others are added up as one. */
  readonly most?: number;
  readonly tools?: JSX.Element | null;
  readonly isFilling?: boolean;
}

const NO_VALUES: readonly string[] = [];

/** A facet as bars on a log scale. */
export function BarsPanel({ name, title, top, metric, asOf, apart = NO_VALUES, most = Infinity, tools, isFilling = false }: BarsProps): JSX.Element {
  const bars = useMemo(() => barsOf(top, metric, apart, most), [top, metric, apart, most]);
  const isDrawn = !dashboardState().tables.includes(name);
  const floor = fmt().compact(floorOf(bars, metric));
  const height = bars.length * 1.625 + 1.75;
  return (
    <ChartPanel name={name} title={title} level={3} asOf={asOf} tools={tools} note={isDrawn ? t('dash.log', { value: floor }) : undefined} caption={isFilling ? `${t('dash.metric')}: ${t(metric === 'models' ? 'dash.models' : 'col.influence')}` : undefined}>
      {(isTable, onControl) => {
        if (isTable) return <FacetTable facet={name} top={top} title={title} />;
        if (bars.every(({ totals }) => !(totals[metric] > 0))) return <Nothing>{t('dash.empty')}</Nothing>;
        return <Chart name={name} label={title} option={(look) => option(look, name, bars, metric)} items={bars.map((bar, index) => itemOf(name, bar, index))} source={bars} height={isFilling ? null : height} onControl={onControl} />;
      }}
    </ChartPanel>
  );
}

function barsOf(top: FacetTop, metric: BarMetric, apart: readonly string[], most: number): readonly Bar[] {
  const all = top.top
    .map((totals): Bar => ({ key: totals.value, totals, isApart: apart.includes(totals.value) }))
    .toSorted((a, b) => b.totals[metric] - a.totals[metric]);
  const bars = all.filter(({ isApart }) => !isApart).slice(0, most);
  if (top.others !== null) bars.push({ key: OTHERS, totals: top.others, isApart: true });
  bars.push(...all.filter(({ isApart }) => isApart));
  if (top.none.models > 0) bars.push({ key: NONE, totals: top.none, isApart: true });
  return bars;
}

function itemOf(facet: Facet, { key, totals }: Bar, dataIndex: number): ChartItem {
  const { integer, amount } = figures();
  return {
    key,
    title: valueName(facet, key),
    lines: [
      [t('col.influence'), amount(totals.influence)],
      [t('dash.models'), integer(totals.models)],
      [t('col.downloads'), integer(totals.downloads)],
      [t('col.likes'), integer(totals.likes)],
    ],
    at: { dataIndex },
    onPick: () => openTen({ facet, value: key }),
  };
}

function floorOf(bars: readonly Bar[], metric: BarMetric): number {
  return logFloor(bars.map(({ totals }) => totals[metric]));
}

function option(look: Look, facet: Facet, bars: readonly Bar[], metric: BarMetric): ChartOption {
  const { compact } = fmt();
  const { rem } = look;
  const floor = floorOf(bars, metric);
  return {
    grid: { left: 2, right: 3.5 * rem, top: 2, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'log',
      min: floor,
      startValue: floor,
      max: Math.max(10 * floor, ...bars.map(({ totals }) => totals[metric])),
      axisLabel: { color: look.muted, fontSize: 0.6875 * rem, hideOverlap: true, showMaxLabel: false, formatter: (value: number) => compact(value) },
      splitLine: { lineStyle: { color: look.line } },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ key }) => valueName(facet, key)),
      axisLabel: { color: look.text, fontSize: 0.8125 * rem, interval: 0, width: Math.min(11 * rem, 0.4 * look.width), overflow: 'truncate', ellipsis: '…' },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '34%',
        cursor: 'pointer',
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        emphasis: { itemStyle: { color: look.series[3] ?? look.accent } },
        label: { show: true, position: 'right', color: look.muted, fontSize: 0.75 * rem, formatter: ({ dataIndex }) => compact(bars[dataIndex]?.totals[metric] ?? null) },
        data: bars.map(({ key, totals, isApart }) => ({
          key,
          value: totals[metric] > 0 ? totals[metric] : '-',
          itemStyle: { color: isApart ? look.quiet : look.accent },
        })),
      },
    ],
  };
}
