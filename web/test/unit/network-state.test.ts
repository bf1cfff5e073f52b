// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { VIEWS } from '../../src/data/network';
import { DEFAULT_NETWORK, apiQuery, collapseNode, expandNode, exportHref, formatNetworkState, parseNetworkState } from '../../src/data/network-state';
import type { NetworkState } from '../../src/data/network-state';
import { familyHref, parseRoute, topHref } from '../../src/data/route';

const STATES: readonly Partial<NetworkState>[] = [
  {},
  { models: ['a/b', 'gpt2', 'odd %&=+#/né'] },
  { top: 100 },
  ...VIEWS.map((view) => ({ models: ['a/b'], view })),
  { models: ['a/b'], limit: 20, depth: 3 },
  { until: '2025-02-28', hide: ['adapter', 'quantized'] },
  { models: ['a/b'], expand: ['a/b', 'c/d'], collapse: ['e/f'] },
  { q: 'llama 3&x=1 "模型"', tasks: ['none', '<img src=x>&task=a'], hideRemoved: true, isCut: true },
  { camera: { x: -1200, y: 44, zoom: 0.01234 } },
  { selected: 'a/b', shape: 'both' },
  { selected: 'author:odd, name/&' },
  { selected: 'author:', shape: 'table' },
];

describe('the state of the network page in the address', () => {
  test.each(STATES)('survives: %j', (change) => {
    const state = { ...DEFAULT_NETWORK, ...change };
    expect(parseNetworkState(formatNetworkState(state))).toEqual(state);
  });

  test('leaves the default out', () => {
    expect(formatNetworkState(DEFAULT_NETWORK)).toBe('');
    expect(parseNetworkState('')).toEqual(DEFAULT_NETWORK);
  });

  test('is what the ways in say', () => {
    expect(parseNetworkState(familyHref(['a/b', 'c d/é']).split('?')[1] ?? '').models).toEqual(['a/b', 'c d/é']);
    expect(parseNetworkState(topHref(40).split('?')[1] ?? '').top).toBe(40);
    expect(parseRoute('/networks')).toEqual({ page: 'network' });
    expect(parseRoute('/networks/')).toEqual({ page: 'network' });
    expect(parseRoute('/networks/a')).toEqual({ page: 'missing' });
  });

  test('rounds the camera', () => {
    expect(formatNetworkState({ ...DEFAULT_NETWORK, camera: { x: 12.6, y: -0.2, zoom: 1.234567 } })).toBe('cam=12.6,-0.2,1.235');
  });

  test.each([
    'model=', 'model=a/b/c', 'model=,', 'top=0', 'top=1001', 'top=x', 'view=evil', 'limit=0', 'limit=100001', 'depth=-1', 'until=2025-02-30', 'until=2025', 'hide=evil',
    'expand=/', 'filter=maybe', 'removed=maybe', 'cam=1,2', 'cam=1,2,0', 'cam=1,2,x', 'cam=1,2,3,4', 'cam=,,', 'cam=1e99,0,1', 'sel=', 'sel=a/b/c', 'as=video', 'q=', 'task=', 'lang=zh', '%',
  ])('takes nonsense for the default: %s', (search) => {
    expect(parseNetworkState(search)).toEqual(DEFAULT_NETWORK);
  });

  test('has limits', () => {
    const many = Array.from({ length: 80 }, (_, i) => `a/m${i}`);
    expect(parseNetworkState(many.map((id) => `model=${id}`).join('&')).models).toHaveLength(50);
    expect(parseNetworkState(many.map((id) => `expand=${id}`).join('&')).expand).toHaveLength(32);
    const long = many.map((id) => `${id}${'x'.repeat(80)}`);
    const { expand, collapse } = parseNetworkState(long.map((id) => `expand=${id}&collapse=${id}`).join('&'));
    expect(expand.length + collapse.length).toBeLessThan(10);
    expect(parseNetworkState(many.map((task) => `task=${task}`).join('&')).tasks).toHaveLength(16);
  });
});

describe('the question for the API', () => {
  const state: NetworkState = {
    ...DEFAULT_NETWORK,
    models: ['a/b', 'c d/e'],
    view: 'author',
    until: '2025-01-31',
    hide: ['merge'],
    expand: ['x/y'],
    q: ' two words ',
    isCut: true,
    camera: { x: 1, y: 2, zoom: 3 },
    selected: 'a/b',
    shape: 'both',
  };

  test('has what changes the answer, and nothing else', () => {
    expect(apiQuery(state)).toBe('model=a/b&model=c%20d/e&view=author&expand=x/y&q=two%20words&filter=cut');
    expect(apiQuery(DEFAULT_NETWORK)).toBe('top=15');
    expect(apiQuery({ ...DEFAULT_NETWORK, isCut: true })).toBe('top=15');
  });

  test('of a file has the day and the relations, too', () => {
    expect(exportHref(state, 'gexf')).toBe(`/api/v1/networks?${apiQuery(state)}&until=2025-01-31&hide=merge&format=gexf`);
  });
});

describe('nodes opened and closed by hand', () => {
  test('take each other back', () => {
    const open = expandNode(DEFAULT_NETWORK, 'a/b');
    expect(open).toEqual({ expand: ['a/b'], collapse: [], hitLimit: false });
    const closed = collapseNode({ ...DEFAULT_NETWORK, ...open }, 'a/b');
    expect(closed).toEqual({ expand: [], collapse: ['a/b'], hitLimit: false });
    // closed by hand: as far as the view goes, not all of its models
    expect(expandNode({ ...DEFAULT_NETWORK, ...closed }, 'a/b')).toEqual({ expand: [], collapse: [], hitLimit: false });
  });

  test('stop at the limit and say so', () => {
    const expand = Array.from({ length: 32 }, (_, i) => `a/${i}`);
    expect(expandNode({ ...DEFAULT_NETWORK, expand }, 'a/b')).toEqual({ expand, collapse: [], hitLimit: true });
    expect(collapseNode({ ...DEFAULT_NETWORK, expand }, 'a/3').hitLimit).toBe(false);
  });
});
