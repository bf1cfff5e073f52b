// SPDX-License-Identifier: MIT
import type { Facet, Growth, Metric, Treemap } from '../api/schema';
import { NONE } from './list-state';
import { LIST_PATH } from './route';

/**
 * State of the ecosystem dashboard, and its two serial forms: the page's own address and the questions for the API.
 * Everything that changes what the page shows is in here.
 */

/** What the bars of the bar charts stand for. */
export const BAR_METRICS = ['influence', 'models'] as const;
/** What the tiles of the treemap are. */
export const TREE_BYS = ['model', 'family', 'author', 'kind', 'task', 'library', 'licence'] as const;
/** What the areas of the treemap stand for. */
export const SIZES = ['influence', 'likes', 'downloads', 'models'] as const;
/** What the series of the growth are. */
export const GROWTH_BYS = ['task', 'library', 'licence', 'relation'] as const;
/** How growth is told: per month, all since the start, or as a share of the month. */
export const STACKS = ['month', 'total', 'share'] as const;
/** Charts that can be shown as a table, in the order they stand in. */
export const CHARTS = ['kind', 'relation', 'task', 'tree', 'growth', 'drift'] as const;
/** Facets whose values open. */
export const FACETS = ['language', 'author', 'task', 'library', 'licence', 'family', 'kind', 'relation', 'month', 'year'] as const;

/** What the bars of the bar charts stand for. */
export type BarMetric = (typeof BAR_METRICS)[number];
/** What the tiles of the treemap are. */
export type TreeBy = (typeof TREE_BYS)[number] & Treemap['by'];
/** How growth is told. */
export type Stack = (typeof STACKS)[number];
/** A chart. */
export type ChartName = (typeof CHARTS)[number];

/** What is open: the ten most influential models of a value, or of a change of licence. */
export type Opened =
  | { readonly facet: Facet; readonly value: string }
  | { readonly facet: 'drift'; readonly from: string; readonly to: string };

/** What the dashboard shows. */
export interface DashboardState {
  readonly bars: BarMetric;
  /** Whether every task has its bar, or the first ones. */
  readonly allTasks: boolean;
  readonly tree: TreeBy;
  /** The value of `tree` whose models are the tiles; null for its values. */
  readonly within: string | null;
  readonly size: Metric;
  readonly growth: Growth['by'];
  readonly stack: Stack;
  /** Whether only edges that change the licence are shown. */
  readonly onlyChanges: boolean;
  /** Charts shown as a table. */
  readonly tables: readonly ChartName[];
  readonly opened: Opened | null;
  readonly isWall: boolean;
}

/** The API's word for all values behind the top list. */
export const OTHERS = 'others';
/** Longest value the API takes. */
export const VALUE_MAX = 512;

/** The dashboard as it opens. */
export const DEFAULT_DASHBOARD: DashboardState = {
  bars: 'influence',
  allTasks: false,
  tree: 'model',
  within: null,
  size: 'influence',
  growth: 'task',
  stack: 'month',
  onlyChanges: false,
  tables: [],
  opened: null,
  isWall: false,
};

/** Reads the page's query. What is unknown or malformed falls back to the default: addresses are typed by people. */
export function parseDashboardState(search: string): DashboardState {
  const query = new URLSearchParams(search);
  const pick = <T extends string>(name: string, values: readonly T[], fallback: T): T => values.find((value) => value === query.get(name)) ?? fallback;
  const tables = new Set((query.get('table') ?? '').split(','));
  return fit({
    bars: pick('bars', BAR_METRICS, DEFAULT_DASHBOARD.bars),
    allTasks: query.get('tasks') === 'all',
    tree: pick('tree', TREE_BYS, DEFAULT_DASHBOARD.tree),
    within: valueOf(query.get('in')),
    size: pick('size', SIZES, DEFAULT_DASHBOARD.size),
    growth: pick('growth', GROWTH_BYS, DEFAULT_DASHBOARD.growth),
    stack: pick('as', STACKS, DEFAULT_DASHBOARD.stack),
    onlyChanges: query.get('drift') === 'changes',
    tables: CHARTS.filter((chart) => tables.has(chart)),
    opened: parseOpened(query),
    isWall: query.get('wall') === '1',
  });
}

/** The page's query for `state`, without the question mark; what is default is left out. */
export function formatDashboardState(state: DashboardState): string {
  const shown = fit(state);
  const parts: string[] = [];
  const add = (name: string, value: string, fallback: string): void => {
    if (value !== fallback) parts.push(`${name}=${encodeValue(value)}`);
  };
  add('bars', shown.bars, DEFAULT_DASHBOARD.bars);
  if (shown.allTasks) parts.push('tasks=all');
  add('tree', shown.tree, DEFAULT_DASHBOARD.tree);
  if (shown.within !== null) parts.push(`in=${encodeValue(shown.within)}`);
  add('size', shown.size, DEFAULT_DASHBOARD.size);
  add('growth', shown.growth, DEFAULT_DASHBOARD.growth);
  add('as', shown.stack, DEFAULT_DASHBOARD.stack);
  if (shown.onlyChanges) parts.push('drift=changes');
  if (shown.tables.length > 0) parts.push(`table=${shown.tables.join(',')}`);
  if (shown.opened !== null) parts.push(formatOpened(shown.opened));
  if (shown.isWall) parts.push('wall=1');
  return parts.join('&');
}

/** The question for the treemap. */
export function treemapQuery(state: DashboardState): string {
  const { tree, within, size } = fit(state);
  return [`by=${tree}`, ...(within === null ? [] : [`value=${encodeURIComponent(within)}`]), `size=${size}`].join('&');
}

/** `tables` with `chart` in it, or out of it. */
export function toggleTable(tables: readonly ChartName[], chart: ChartName): readonly ChartName[] {
  return CHARTS.filter((name) => (name === chart ? !tables.includes(chart) : tables.includes(name)));
}

/* Facets of which the leaderboard shows one value alone; all but kind know models without one. */
const FILTERS: ReadonlySet<Facet> = new Set(['language', 'author', 'task', 'library', 'licence', 'kind']);

/** Query of the leaderboard for the models of a value; null where it has no such filter. */
export function filterQuery(facet: Facet, value: string): string | null {
  if (!FILTERS.has(facet) || value === OTHERS || (value === NONE && facet === 'kind')) return null;
  return `${facet}=${encodeURIComponent(value)}`;
}

/** Address of the leaderboard for the models of a value. */
export function filterHref(facet: Facet, value: string): string | null {
  const query = filterQuery(facet, value);
  return query === null ? null : `${LIST_PATH}?${query}`;
}

/* What contradicts itself: single models have no values to go into, and no number of models. */
function fit(state: DashboardState): DashboardState {
  const within = state.tree === 'model' ? null : state.within;
  const isEach = state.tree === 'model' || within !== null;
  return { ...state, within, size: isEach && state.size === 'models' ? DEFAULT_DASHBOARD.size : state.size };
}

function parseOpened(query: URLSearchParams): Opened | null {
  const text = query.get('open') ?? '';
  if (text === 'drift') {
    const [from, to] = [valueOf(query.get('from')), valueOf(query.get('to'))];
    return from === null || to === null ? null : { facet: 'drift', from, to };
  }
  const colon = text.indexOf(':');
  const facet = FACETS.find((name) => name === text.slice(0, Math.max(0, colon)));
  const value = valueOf(text.slice(colon + 1));
  return facet === undefined || value === null ? null : { facet, value };
}

function formatOpened(opened: Opened): string {
  if (opened.facet === 'drift') return `open=drift&from=${encodeValue(opened.from)}&to=${encodeValue(opened.to)}`;
  return `open=${opened.facet}:${encodeValue(opened.value)}`;
}

function valueOf(text: string | null): string | null {
  return text === null || text === '' || text.length > VALUE_MAX ? null : text;
}

/* Ids stay readable. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/');
}
