// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { getGrowth } from '../../api/client';
import type { Growth } from '../../api/schema';
import { growthTable } from '../../data/dashboard-series';
import type { GrowthTable } from '../../data/dashboard-series';
import { GROWTH_BYS, OTHERS, STACKS } from '../../data/dashboard-state';
import type { DashboardState, Stack } from '../../data/dashboard-state';
import { NONE } from '../../data/list-state';
import { fmt, t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import type { ChartItem, ChartOption } from './chart-types';
import { Choice, SelectField } from './fields';
import { SERIES_COLORS } from './look';
import type { Look } from './look';
import { FACET_KEYS, valueName } from './names';
import { openTen, replaceDashboard } from './nav';
import { Awaited, Chart, ChartPanel, How, Nothing } from './panel';
import { useAnswer } from './pulse';

const STACK_KEYS: Readonly<Record<Stack, MessageKey>> = { month: 'dash.growth.month', total: 'dash.growth.total', share: 'dash.growth.share' };
const HEIGHT = 24;
/* Series of the API that can be opened under a name of its own. */
const OPENABLE = new Set<string>(['task', 'library', 'licence']);

/** How many models came when, by what they are. */
export function GrowthPanel({ state, isFilling = false }: { readonly state: DashboardState; readonly isFilling?: boolean }): JSX.Element {
  const by = state.growth;
  const resource = useAnswer(`growth ${by}`, (signal) => getGrowth(by, signal));
  const tools = (
    <>
      <SelectField label={t('dash.growth.by')} value={by} options={GROWTH_BYS.map((name) => [name, t(FACET_KEYS[name])] as const)} onChange={(growth) => replaceDashboard({ growth })} />
      <Choice label={t('dash.growth.as')} value={state.stack} options={STACKS.map((stack) => [stack, t(STACK_KEYS[stack])] as const)} onChange={(stack) => replaceDashboard({ stack })} />
    </>
  );
  const caption = [t('dash.models'), t(STACK_KEYS[state.stack]), t(FACET_KEYS[by]), ...(resource.data === undefined ? [] : [datedText(resource.data)])].join(' · ');
  const part = resource.data === undefined ? null : partMonth(resource.data);
  return (
    <ChartPanel name="growth" title={t('dash.growth')} caption={isFilling ? caption : undefined} asOf={resource.data?.as_of} tools={tools}>
      {(isTable, onControl) => (
        <>
          <Awaited resource={resource} title={t('dash.growth')} height={HEIGHT}>
            {(data) => {
              if (data.months.length === 0) return <Nothing>{t('dash.growth.empty')}</Nothing>;
              return <Grown growth={data} stack={state.stack} isTable={isTable} isFilling={isFilling} onControl={onControl} />;
            }}
          </Awaited>
          <p class="dash-note">
            {t('dash.growth.note', { date: fmt().date('2022-03-02') })}
            {resource.data === undefined || resource.data.unknown === 0 ? null : <> {datedText(resource.data)}</>}
            {part === null ? null : <> {t('dash.growth.part', { month: valueName('month', part), date: fmt().date(resource.data?.as_of ?? null) })}</>}
          </p>
          <How>{t('dash.growth.how')}</How>
        </>
      )}
    </ChartPanel>
  );
}

/* The last month, where the data end before it does. */
function partMonth({ as_of: asOf, months }: Growth): string | null {
  const month = asOf.slice(0, 7);
  const next = new Date(`${asOf}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return months.at(-1) === month && next.getUTCDate() !== 1 ? month : null;
}

/* How many models the picture is about: each has one value of what the series are. */
function datedText({ series, unknown }: Growth): string {
  const n = series.reduce((sum, { models }) => models.reduce((part, count) => part + count, sum), 0);
  return t('dash.growth.dated', { n, of: n + unknown });
}

interface GrownProps {
  readonly growth: Growth;
  readonly stack: Stack;
  readonly isTable: boolean;
  readonly isFilling: boolean;
  readonly onControl: Parameters<typeof Chart>[0]['onControl'];
}

function Grown({ growth, stack, isTable, isFilling, onControl }: GrownProps): JSX.Element {
  const table = useMemo(() => growthTable(growth, stack), [growth, stack]);
  const names = table.series.map((one) => seriesName(growth.by, one));
  if (isTable) return <MonthTable by={growth.by} table={table} stack={stack} names={names} />;
  const part = partMonth(growth);
  const items = table.months.map((month, index) => monthItem(table, month, index, stack, names, month === part));
  return (
    <>
      <Chart name="growth" label={t('dash.growth')} option={(look) => option(look, table, stack, names, part !== null)} items={items} source={table} isByColumn height={isFilling ? null : HEIGHT} onControl={onControl} />
      <ul class="dash-legend" aria-label={t('dash.growth.legend')}>
        {table.series.map((one, index) => {
          const value = isFilling ? null : openableValue(growth.by, one);
          const text = <span class={`swatch swatch-${colorIndex(one.kind, index)}`}>{names[index]}</span>;
          return (
            <li key={names[index]}>
              {value === null ? (
                text
              ) : (
                <button type="button" class="legend-button" aria-haspopup="dialog" data-series={value} onClick={() => openTen({ facet: growth.by, value })}>
                  {text}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

type Series = GrowthTable['series'][number];

function seriesName(by: Growth['by'], { kind, value }: Series): string {
  return valueName(by, value ?? (kind === 'others' ? OTHERS : NONE));
}

/* The others here are those behind the ten of most models, which is no value of the facet. */
function openableValue(by: Growth['by'], { kind, value }: Series): string | null {
  if (kind === 'none') return NONE;
  return kind === 'value' && (OPENABLE.has(by) || by === 'relation') ? value : null;
}

/* Colours by place; others and none are grey in every chart. */
function colorIndex(kind: Series['kind'], index: number): number {
  if (kind === 'others') return SERIES_COLORS;
  return kind === 'none' ? SERIES_COLORS + 1 : index % SERIES_COLORS;
}

function numberText(number: number, stack: Stack): string {
  return stack === 'share' ? fmt().percent(number) : fmt().integer(number);
}

function monthItem(table: GrowthTable, month: string, index: number, stack: Stack, names: readonly string[], isPart: boolean): ChartItem {
  const numbers = table.series.map((one, place) => ({ name: names[place] ?? '', number: one.numbers[index] ?? 0, color: colorIndex(one.kind, place) }));
  const sum = numbers.reduce((total, { number }) => total + number, 0);
  const lines = numbers.filter(({ number }) => number > 0).map(({ name, number, color }) => [name, numberText(number, stack), color] as const);
  return {
    key: month,
    title: isPart ? t('dash.growth.partly', { month: valueName('month', month) }) : valueName('month', month),
    lines: stack === 'share' ? lines : [[t('dash.growth.all'), numberText(sum, stack)], ...lines],
    at: { dataIndex: index },
    onPick: () => openTen({ facet: 'month', value: month }),
  };
}

function option(look: Look, table: GrowthTable, stack: Stack, names: readonly string[], isPart: boolean): ChartOption {
  const { compact, percent } = fmt();
  const { rem } = look;
  // the way to the last month, over the areas
  const isLast = (index: number): boolean => index === table.months.length - 2;
  const veil = { z: 3, splitLine: { show: true, showMinLine: false, showMaxLine: false, interval: isLast, lineStyle: { color: look.muted, type: 'dashed' as const } }, splitArea: { show: true, interval: isLast, areaStyle: { color: ['transparent', `${look.surface}73`] } } };
  const colors = [...look.series, look.quiet, look.none];
  return {
    grid: { left: 2, right: 1.75 * rem, top: 0.75 * rem, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: table.months.map((month) => valueName('month', month)),
      axisLabel: { color: look.muted, fontSize: 0.75 * rem, hideOverlap: true },
      axisLine: { lineStyle: { color: look.strong } },
      axisTick: { show: false },
      ...(isPart ? veil : {}),
    },
    yAxis: {
      type: 'value',
      ...(stack === 'share' ? { max: 100 } : {}),
      axisLabel: { color: look.muted, fontSize: 0.75 * rem, formatter: (value: number) => (stack === 'share' ? percent(value) : compact(value)) },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: table.series.map((one, index) => ({
      type: 'line',
      name: names[index] ?? '',
      stack: 'all',
      symbol: 'none',
      lineStyle: { width: 0 },
      areaStyle: { opacity: 0.9 },
      color: colors[colorIndex(one.kind, index)] ?? look.accent,
      emphasis: { disabled: true },
      data: [...one.numbers],
    })),
  };
}

interface MonthTableProps {
  readonly by: Growth['by'];
  readonly table: GrowthTable;
  readonly stack: Stack;
  readonly names: readonly string[];
}

function MonthTable({ table, stack, names }: MonthTableProps): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t('dash.growth')}>
      <table class="data-table">
        <caption class="visually-hidden">{t('dash.growth')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dash.month')}</th>
            {names.map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.months.map((month, index) => (
            <tr key={month} data-value={month}>
              <th scope="row">
                <button type="button" class="link" aria-haspopup="dialog" onClick={() => openTen({ facet: 'month', value: month })}>
                  {valueName('month', month)}
                </button>
              </th>
              {table.series.map((one, place) => (
                <td key={names[place]} class="number">
                  {numberText(one.numbers[index] ?? 0, stack)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
