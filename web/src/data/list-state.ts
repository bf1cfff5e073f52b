// SPDX-License-Identifier: MIT
import { encodePath } from '../api/client';
import { isModelId } from './route';
import { select } from './selection';

/**
 * State of the leaderboard, and its two serial forms: the page's own address and the API's query.
 * Everything that changes what the page shows is in here.
 */

/** Columns that sort. `rank` is the default order; the API has no such key, it is influence the other way round. */
export const SORT_KEYS = ['rank', 'name', 'created', 'downloads', 'likes', 'task', 'influence'] as const;

/** A column that sorts. */
export type SortKey = (typeof SORT_KEYS)[number];

/** Direction of a sort. */
export type Order = 'asc' | 'desc';

/** What models can be filtered by; the words of the API. */
export const FILTER_KEYS = ['task', 'language', 'author', 'kind', 'licence', 'library'] as const;

/** One of them. */
export type FilterKey = (typeof FILTER_KEYS)[number];

/** Values to keep, any of them; NONE stands for models without one; empty means all. */
export type Filters = Readonly<Record<FilterKey, readonly string[]>>;

/** What the leaderboard shows. */
export interface ListState {
  readonly q: string;
  readonly filters: Filters;
  readonly hideRemoved: boolean;
  readonly sort: SortKey;
  readonly order: Order;
  /** From 1. */
  readonly page: number;
  /** Ids of selected models, in the order they were selected. */
  readonly selected: readonly string[];
}

/** Rows on a page. */
export const PER_PAGE = 30;
/** Longest search the API takes, in UTF-8 bytes. */
export const QUERY_MAX_BYTES = 200;
/** Most words in a search. */
export const QUERY_MAX_WORDS = 16;
/** Most values in one filter. */
export const VALUES_MAX = 16;
/** The API's word for "has none". */
export const NONE = 'none';
const PAGE_MAX = 1_000_000;

/** Nothing is kept out. */
export const NO_FILTERS: Filters = filtersOf(() => []);

/** The leaderboard as it opens. */
export const DEFAULT_STATE: ListState = {
  q: '',
  filters: NO_FILTERS,
  hideRemoved: false,
  sort: 'rank',
  order: 'asc',
  page: 1,
  selected: [],
};

/** The direction a column sorts in at the first click: names from A, numbers and dates from the top. */
export function firstOrder(sort: SortKey): Order {
  return sort === 'rank' || sort === 'name' || sort === 'task' ? 'asc' : 'desc';
}

/** The values of a filter after one was chosen, or no longer. */
export function toggled(values: readonly string[], value: string, isChosen: boolean): readonly string[] {
  const others = values.filter((other) => other !== value);
  return isChosen ? [...others, value] : others;
}

/** The leaderboard of the models with this value. */
export function filteredState(key: FilterKey, value: string): ListState {
  return { ...DEFAULT_STATE, filters: { ...NO_FILTERS, [key]: [value] } };
}

/** The state after a click on the head of `sort`. */
export function sortBy(state: ListState, sort: SortKey): ListState {
  const flipped = state.order === 'asc' ? 'desc' : 'asc';
  return { ...state, sort, order: state.sort === sort ? flipped : firstOrder(sort), page: 1 };
}

/** Whether a search or filter is on. */
export function isFiltered(state: ListState): boolean {
  return state.q.trim() !== '' || FILTER_KEYS.some((key) => state.filters[key].length > 0) || state.hideRemoved;
}

/** Whether the models are in the order the page opens with. */
export function isDefaultOrder(state: ListState): boolean {
  return state.sort === DEFAULT_STATE.sort && state.order === DEFAULT_STATE.order;
}

/** Reads the page's query. What is unknown or malformed falls back to the default: addresses are typed by people. */
export function parseListState(search: string): ListState {
  const query = new URLSearchParams(search);
  const sort = SORT_KEYS.find((key) => key === query.get('sort')) ?? DEFAULT_STATE.sort;
  const order = query.get('order');
  const page = Number(query.get('page') ?? '1');
  return {
    q: cutQuery(query.get('q') ?? ''),
    filters: parseFilters(query),
    hideRemoved: query.get('removed') === 'exclude',
    sort,
    order: order === 'asc' || order === 'desc' ? order : firstOrder(sort),
    page: Number.isInteger(page) && page >= 1 && page <= PAGE_MAX ? page : 1,
    selected: select([], (query.get('sel') ?? '').split(',').filter(isModelId)).selected,
  };
}

/** The page's query for `state`, without the question mark; what is default is left out. */
export function formatListState(state: ListState): string {
  const parts = [...filterParts(state)];
  if (state.sort !== DEFAULT_STATE.sort) parts.push(`sort=${state.sort}`);
  if (state.order !== firstOrder(state.sort)) parts.push(`order=${state.order}`);
  if (state.page !== 1) parts.push(`page=${state.page}`);
  if (state.selected.length > 0) parts.push(`sel=${state.selected.map(encodePath).join(',')}`);
  return parts.join('&');
}

/** The query for GET /api/v1/models. */
export function apiQuery(state: ListState): string {
  const isRank = state.sort === 'rank';
  const order = isRank ? (state.order === 'asc' ? 'desc' : 'asc') : state.order;
  // letters of full width are those of every keyboard
  const parts = filterParts({ ...state, q: cutQuery(state.q.normalize('NFKC')).trim() });
  if (!isRank && state.sort !== 'influence') parts.push(`sort=${state.sort}`);
  parts.push(`order=${order}`, `page=${state.page}`, `per_page=${PER_PAGE}`);
  return parts.join('&');
}

/** `text` without its end, so that the API takes it as a search. */
export function cutQuery(text: string): string {
  const words = [...text.matchAll(/\S+\s?/g)];
  const beyond = words[QUERY_MAX_WORDS];
  return cutToBytes(beyond === undefined ? text : text.slice(0, beyond.index), QUERY_MAX_BYTES);
}

/** `text` without its end, so that it takes at most `max` bytes as UTF-8; no character is cut in two. */
export function cutToBytes(text: string, max: number): string {
  const encoder = new TextEncoder();
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > max) break;
    cut += character;
  }
  return cut;
}

function filterParts(state: ListState): string[] {
  const parts: string[] = [];
  if (state.q !== '') parts.push(`q=${encodeURIComponent(state.q)}`);
  for (const key of FILTER_KEYS) for (const value of state.filters[key]) parts.push(`${key}=${encodeURIComponent(value)}`);
  if (state.hideRemoved) parts.push('removed=exclude');
  return parts;
}

function filtersOf(values: (key: FilterKey) => readonly string[]): Filters {
  return Object.fromEntries(FILTER_KEYS.map((key) => [key, values(key)])) as Record<FilterKey, readonly string[]>;
}

function parseFilters(query: URLSearchParams): Filters {
  const values = (key: FilterKey): readonly string[] => unique(query.getAll(key).filter((value) => value !== '')).slice(0, VALUES_MAX);
  return filtersOf(values);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
