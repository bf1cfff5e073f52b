// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { AnswerCache } from '../../src/data/cache';
import { formatBytes } from '../../src/data/bytes';
import { createFormats, humanise } from '../../src/data/format';
import { barPercent, percentages, roundToSum } from '../../src/data/influence';
import { pageCount, pageRange, pageSlots } from '../../src/data/paging';
import { authorPath, modelPath, parseRoute } from '../../src/data/route';
import { deselect, select, selectionOf } from '../../src/data/selection';

describe('formats', () => {
  const en = createFormats('en');
  const zh = createFormats('zh-CN');

  test.each([
    [en.integer(1234567), '1,234,567'],
    [en.integer(null), '–'],
    [en.decimal(2020.298), '2,020.30'],
    [en.constant(0.001), '0.001'],
    [en.percent(93.4), '93.4%'],
    [en.compact(7_620_000_000), '7.62B'],
    [zh.compact(7_620_000_000), '76.2亿'],
    [zh.compact(3684), '3,684'],
    [zh.compact(9999), '9,999'],
    [zh.compact(12_345), '1.23万'],
    [zh.compact(36.84), '36.8'],
    [en.compact(999), '999'],
    [en.compact(3684), '3.68K'],
    [formatBytes('en', 16_400_000_000), '16.4 GB'],
    [formatBytes('en', 0), '0 byte'],
    [formatBytes('en', null), '–'],
    [en.date('2026-08-20'), 'Aug 20, 2026'],
    [zh.date('2026-08-20T23:59:59Z'), '2026年8月20日'],
    [en.date('not a date'), '–'],
    [en.date(null), '–'],
    [en.plural('one|many', 1), 'one'],
    [en.plural('one|many', 0), 'many'],
    [zh.plural('both', 1), 'both'],
    [humanise('text-to-image_x'), 'text to image x'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe('parts of the influence', () => {
  test('add up as they are shown', () => {
    for (let seed = 1; seed < 200; seed += 1) {
      const values = [0, 1, 2, 3, 4, 5].map((i) => Math.abs(Math.sin(seed * 7 + i)) * 10 ** (i - 2));
      const total = values.reduce((sum, value) => sum + value, 0);
      const shown = roundToSum(values, total, 2);
      expect(shown.reduce((sum, value) => sum + Math.round(value * 100), 0)).toBe(Math.round(total * 100));
      shown.forEach((value, i) => expect(Math.abs(value - (values[i] ?? 0))).toBeLessThanOrEqual(0.01));
      expect(percentages(values).reduce((sum, value) => sum + Math.round(value * 10), 0)).toBe(1000);
    }
  });

  test('nothing is nothing', () => {
    expect(percentages([0, 0])).toEqual([0, 0]);
    expect(barPercent(0, 0)).toBe(0);
    expect(barPercent(1, 1e9)).toBe(0.5);
    expect(barPercent(3, 3)).toBe(100);
  });
});

describe('pages', () => {
  test.each([
    [1, 1, [1]],
    [1, 5, [1, 2, 'gap', 5]],
    [3, 5, [1, 2, 3, 4, 5]],
    [4, 7, [1, 2, 3, 4, 5, 6, 7]],
    [5, 9, [1, 'gap', 4, 5, 6, 'gap', 9]],
    [9, 9, [1, 'gap', 8, 9]],
  ])('page %i of %i', (page, count, slots) => {
    expect(pageSlots(page, count)).toEqual(slots);
  });

  test('count and range', () => {
    expect([pageCount(0, 30), pageCount(30, 30), pageCount(31, 30)]).toEqual([1, 1, 2]);
    expect(pageRange(2, 30, 31)).toEqual([31, 31]);
    expect(pageRange(1, 30, 0)).toEqual([0, 0]);
    expect(pageRange(9, 30, 31)).toEqual([0, 0]);
  });
});

describe('the selection', () => {
  test('stops at its limit and says so', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `a/${i}`);
    const { selected, hitLimit } = select(['a/5', 'b/x'], ids);
    expect(selected).toHaveLength(50);
    expect(selected.slice(0, 3)).toEqual(['a/5', 'b/x', 'a/0']);
    expect(hitLimit).toBe(true);
    expect(select(selected, ['a/5'])).toEqual({ selected, hitLimit: false });
    expect(deselect(selected, ids).selected).toEqual(['b/x']);
  });

  test('stops where the address would become too long', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `${'a'.repeat(60)}/${'模'.repeat(20)}${i}`);
    const { selected, hitLimit } = select([], ids);
    expect(hitLimit).toBe(true);
    expect(selected).toEqual(ids.slice(0, selected.length));
    expect(selected.map(encodeURIComponent).join(',').length).toBeLessThan(3000);
    expect(selected.length).toBeGreaterThan(5);
  });

  test('tells none, some and all', () => {
    expect(selectionOf(['a'], ['a', 'b'])).toBe('some');
    expect(selectionOf(['b', 'a', 'c'], ['a', 'b'])).toBe('all');
    expect(selectionOf([], ['a'])).toBe('none');
    expect(selectionOf([], [])).toBe('none');
  });
});

describe('routes', () => {
  test.each([
    ['/', { page: 'home' }],
    ['//', { page: 'missing' }],
    ['/models', { page: 'list' }],
    ['/models/', { page: 'list' }],
    ['/models/gpt2', { page: 'model', id: 'gpt2' }],
    ['/models/a/b', { page: 'model', id: 'a/b' }],
    ['/models/a/b/', { page: 'model', id: 'a/b' }],
    ['/models/a%20b/%3Cimg%3E', { page: 'model', id: 'a b/<img>' }],
    ['/models/a%2Fb/c', { page: 'missing' }],
    ['/models/%E0%A4%A', { page: 'missing' }],
    ['/models//b', { page: 'missing' }],
    ['/models/a/b/c', { page: 'missing' }],
    ['/models2', { page: 'missing' }],
    ['/about', { page: 'missing' }],
    ['/networks/', { page: 'network' }],
    ['/networks/a', { page: 'missing' }],
    ['/dashboard', { page: 'dashboard' }],
    ['/dashboard/', { page: 'dashboard' }],
    ['/dashboard/a', { page: 'missing' }],
    ['/authors', { page: 'missing' }],
    ['/authors/', { page: 'missing' }],
    ['/authors/a', { page: 'author', name: 'a' }],
    ['/authors/a%20b/', { page: 'author', name: 'a b' }],
    ['/authors/a/b', { page: 'missing' }],
    ['/authors/a%2Fb', { page: 'missing' }],
    ['/authors/a,b', { page: 'missing' }],
  ])('%s', (path, route) => {
    expect(parseRoute(path)).toEqual(route);
  });

  test.each(['gpt2', 'a/b', 'odd %?#&/<né>'])('path of %s leads back', (id) => {
    expect(parseRoute(modelPath(id))).toEqual({ page: 'model', id });
  });

  test.each(['gpt2', 'odd %?#&<né>'])('path of the author %s leads back', (name) => {
    expect(parseRoute(authorPath(name))).toEqual({ page: 'author', name });
  });
});

test('the cache forgets the oldest', () => {
  const cache = new AnswerCache(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 3);
  cache.set('c', 4);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([3, undefined, 4]);
});
