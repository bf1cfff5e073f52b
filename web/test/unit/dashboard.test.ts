// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import type { Drift, Growth, Treemap } from '../../src/api/schema';
import { driftFlows, driftKind, growthTable, hashOf, largestTiles, logFloor } from '../../src/data/dashboard-series';
import { CHARTS, DEFAULT_DASHBOARD, FACETS, filterHref, formatDashboardState, parseDashboardState, toggleTable, treemapQuery } from '../../src/data/dashboard-state';
import type { DashboardState } from '../../src/data/dashboard-state';

const STATES: readonly Partial<DashboardState>[] = [
  {},
  { bars: 'models', allTasks: true },
  { tree: 'author', within: '模型 & <b>=/', size: 'likes' },
  { tree: 'family', size: 'models' },
  { tree: 'licence', within: 'none', size: 'downloads' },
  { growth: 'relation', stack: 'share' },
  { stack: 'total', onlyChanges: true },
  { tables: CHARTS },
  { opened: { facet: 'family', value: 'a/b:c' } },
  { opened: { facet: 'month', value: '2026-08' }, isWall: true },
  { opened: { facet: 'drift', from: 'none', to: 'llama3.1&x=1' } },
  ...FACETS.map((facet) => ({ opened: { facet, value: 'others' } })),
];

describe('the state of the dashboard in the address', () => {
  test.each(STATES)('survives: %j', (change) => {
    const state = { ...DEFAULT_DASHBOARD, ...change };
    expect(parseDashboardState(formatDashboardState(state))).toEqual(state);
  });

  test('leaves the default out', () => {
    expect(formatDashboardState(DEFAULT_DASHBOARD)).toBe('');
    expect(parseDashboardState('')).toEqual(DEFAULT_DASHBOARD);
  });

  test.each([
    'bars=likes', 'tree=no', 'tree=model&in=x', 'in=', 'size=models', 'size=no', 'growth=month', 'as=x', 'drift=1', 'table=,,x', 'open=', 'open=x:y', 'open=author:', 'open=author',
    'open=drift&from=x', 'open=drift', 'wall=yes', 'tasks=1', '%', `open=author:${'x'.repeat(513)}`,
  ])('takes nonsense for the default: %s', (search) => {
    expect(parseDashboardState(search)).toEqual(DEFAULT_DASHBOARD);
  });

  test('asks for no number of models of single models', () => {
    const state = { ...DEFAULT_DASHBOARD, tree: 'task', within: 'a b', size: 'models' } as const;
    expect(treemapQuery(state)).toBe('by=task&value=a%20b&size=influence');
    expect(treemapQuery({ ...state, within: null })).toBe('by=task&size=models');
    expect(formatDashboardState(state)).toBe('tree=task&in=a%20b');
    expect(formatDashboardState({ ...DEFAULT_DASHBOARD, opened: { facet: 'family', value: 'a/b' } })).toBe('open=family:a/b');
  });

  test('shows a chart as a table, and back', () => {
    expect(toggleTable(['task'], 'kind')).toEqual(['kind', 'task']);
    expect(toggleTable(['kind', 'task'], 'kind')).toEqual(['task']);
  });

  test('leads to the leaderboard where that has the filter', () => {
    expect(filterHref('language', 'zh')).toBe('/models?language=zh');
    expect(filterHref('licence', 'none')).toBe('/models?licence=none');
    expect(filterHref('author', 'a&b')).toBe('/models?author=a%26b');
    expect([filterHref('language', 'others'), filterHref('family', 'a/b'), filterHref('month', '2026-08')]).toEqual([null, null, null]);
  });
});

const growth: Growth = {
  as_of: '2026-08-20',
  data: 'sample',
  by: 'task',
  months: ['2025-11', '2025-12', '2026-02'],
  series: [
    { kind: 'value', value: 'a', models: [1, 2, 3] },
    { kind: 'none', value: null, models: [3, 0, 1] },
  ],
  unknown: 1,
};

describe('growth', () => {
  test('has every month', () => {
    const { months, series } = growthTable(growth, 'month');
    expect(months).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(series.map(({ numbers }) => numbers)).toEqual([[1, 2, 0, 3], [3, 0, 0, 1]]);
  });

  test('adds up, and divides', () => {
    expect(growthTable(growth, 'total').series.map(({ numbers }) => numbers)).toEqual([[1, 3, 3, 6], [3, 3, 3, 4]]);
    expect(growthTable(growth, 'share').series.map(({ numbers }) => numbers)).toEqual([[25, 100, 0, 75], [75, 0, 0, 25]]);
  });

  test('of nothing is nothing, and a wrong date does not fill the memory', () => {
    expect(growthTable({ ...growth, months: [], series: [] }, 'share')).toEqual({ months: [], series: [] });
    expect(growthTable({ ...growth, months: ['0001-01', '2026-01'] }, 'month').months).toHaveLength(2);
  });
});

const pair = (from: string | null, to: string | null, edges: number): Drift['pairs'][number] => ({ from, to, edges, models: edges });

test('the drift without what stays counts the rest', () => {
  const drift: Drift = { as_of: '2026-08-20', data: 'sample', edges: 20, same: 10, pairs_total: 4, pairs: [pair('a', 'a', 10), pair(null, null, 5), pair('a', 'b', 3), pair('b', null, 2)] };
  expect(driftFlows(drift, false, 2)).toMatchObject({ edges: 15, of: 20 });
  expect(driftFlows(drift, true, 9)).toEqual({ pairs: drift.pairs.slice(2), edges: 5, of: 5 });
  expect(drift.pairs.map(driftKind)).toEqual(['same', 'untold', 'changed', 'untold']);
});

const tile = (value: string, size: number): Treemap['tiles'][number] => ({ value, full_name: null, size, models: 1, rank: 1 });

test('tiles that are left out are part of the rest', () => {
  const tree: Treemap = { as_of: '2026-08-20', data: 'sample', by: 'model', value: null, size: 'likes', total: 10, tiles: [tile('a', 5), tile('b', 2), tile('c', 1)], rest: { values: 4, size: 2 }, none: { models: 0, size: 0 } };
  expect(largestTiles(tree, 3)).toBe(tree);
  expect(largestTiles(tree, 1)).toMatchObject({ tiles: [{ value: 'a' }], rest: { values: 6, size: 5 } });
});

test('a log scale starts below the smallest value', () => {
  expect(logFloor([0, 3, 4000])).toBe(1);
  expect(logFloor([1, 5])).toBeCloseTo(0.1);
  expect(logFloor([0.02])).toBeCloseTo(0.01);
  expect(logFloor([0])).toBe(1);
});

test('colours of a name are stable', () => {
  expect(hashOf('google', 8)).toBe(hashOf('google', 8));
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => hashOf(name, 8))).size).toBeGreaterThan(2);
});
