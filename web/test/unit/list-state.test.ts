// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { DEFAULT_STATE, NO_FILTERS, SORT_KEYS, apiQuery, cutToBytes, firstOrder, formatListState, isDefaultOrder, isFiltered, parseListState, sortBy } from '../../src/data/list-state';
import type { ListState } from '../../src/data/list-state';
import { apiSortKeys } from '../support/contract.mjs';

const STATES: readonly Partial<ListState>[] = [
  {},
  { q: 'llama 3&x=1#y%20+z' },
  { q: '模型 “引号”' },
  { q: ' trailing blank ' },
  { filters: { ...NO_FILTERS, task: ['text-generation', 'none', '<img src=x>&task=a,b'] } },
  { filters: { task: [], language: ['zh', 'none'], author: ['google'], kind: ['company', 'non-profit'], licence: ['apache-2.0'], library: ['c++ & more'] } },
  { hideRemoved: true, page: 7 },
  { selected: ['a/b', 'gpt2', 'Org.Name/model_1-x', 'odd %&=+#/né'] },
  ...SORT_KEYS.flatMap((sort) => [{ sort, order: 'asc' as const }, { sort, order: 'desc' as const }]),
];

describe('the state of the leaderboard in the address', () => {
  test.each(STATES)('survives: %j', (change) => {
    const state = { ...DEFAULT_STATE, ...change };
    // an order belongs to a column: the first one where none is given
    expect(parseListState(formatListState(state))).toEqual(state);
  });

  test('leaves the default out', () => {
    expect(formatListState(DEFAULT_STATE)).toBe('');
    expect(parseListState('')).toEqual(DEFAULT_STATE);
  });

  test('keeps selected ids readable', () => {
    expect(formatListState({ ...DEFAULT_STATE, selected: ['a/b', 'c/d'] })).toBe('sel=a/b,c/d');
  });

  test.each(['page=0', 'page=-1', 'page=1.5', 'page=x', 'page=1e9', 'sort=evil', 'order=up', 'removed=maybe', 'sel=,,/,a/b/c', 'task=', 'q=', 'lang=zh&what=ever', '%', 'q=%E0%A4%A'])(
    'takes nonsense for the default: %s',
    (search) => {
      const state = parseListState(search);
      expect({ ...state, q: '' }).toEqual(DEFAULT_STATE);
    },
  );

  test('has limits', () => {
    const many = Array.from({ length: 80 }, (_, i) => `a/m${i}`);
    expect(parseListState(`sel=${many.join(',')}`).selected).toHaveLength(50);
    expect(parseListState(many.map((task) => `task=${task}`).join('&')).filters.task).toHaveLength(16);
    expect(parseListState(`q=${'模'.repeat(100)}`).q).toBe('模'.repeat(66));
    const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
    expect(parseListState(`q=${words.join('%20%20')}`).q.trim().split(/\s+/)).toEqual(words.slice(0, 16));
    expect(parseListState(`q=${words.slice(0, 16).join('+')}+`).q).toBe(`${words.slice(0, 16).join(' ')} `);
    expect(parseListState('sel=a/b,a/b&task=x&task=x')).toMatchObject({ selected: ['a/b'], filters: { task: ['x'] } });
  });
});

describe('the query for the API', () => {
  test('turns rank into influence the other way round', () => {
    expect(apiQuery(DEFAULT_STATE)).toBe('order=desc&page=1&per_page=30');
    expect(apiQuery({ ...DEFAULT_STATE, order: 'desc' })).toBe('order=asc&page=1&per_page=30');
    expect(apiQuery({ ...DEFAULT_STATE, sort: 'influence', order: 'desc' })).toBe('order=desc&page=1&per_page=30');
  });

  test('escapes and trims', () => {
    const query = apiQuery({ ...DEFAULT_STATE, q: ' a&b ', filters: { ...NO_FILTERS, task: ['x&y', 'none'] }, hideRemoved: true, sort: 'likes', order: 'desc', page: 2 });
    expect(query).toBe('q=a%26b&task=x%26y&task=none&removed=exclude&sort=likes&order=desc&page=2&per_page=30');
  });

  test('knows every sort key of the contract', () => {
    expect(SORT_KEYS.filter((key) => key !== 'rank').toSorted()).toEqual([...apiSortKeys].toSorted());
  });

  test('does not depend on the selection', () => {
    expect(apiQuery({ ...DEFAULT_STATE, selected: ['a/b'] })).toBe(apiQuery(DEFAULT_STATE));
  });
});

describe('sorting', () => {
  test('a second click turns the order round and goes to the first page', () => {
    for (const key of SORT_KEYS.filter((name) => name !== 'rank')) {
      const once = sortBy({ ...DEFAULT_STATE, page: 4 }, key);
      expect(once).toMatchObject({ sort: key, order: firstOrder(key), page: 1 });
      expect(sortBy(once, key).order).not.toBe(once.order);
    }
    expect(isDefaultOrder(sortBy(sortBy(DEFAULT_STATE, 'likes'), 'rank'))).toBe(true);
  });

  test('filters are told from orders', () => {
    expect(isFiltered({ ...DEFAULT_STATE, sort: 'likes', page: 3, q: '  ' })).toBe(false);
    expect(isFiltered({ ...DEFAULT_STATE, filters: { ...NO_FILTERS, library: ['x'] } })).toBe(true);
  });
});

test('text is cut between characters', () => {
  expect(cutToBytes('aé😀b', 3)).toBe('aé');
  expect(cutToBytes('aé😀b', 6)).toBe('aé');
  expect(cutToBytes('aé😀b', 7)).toBe('aé😀');
});
