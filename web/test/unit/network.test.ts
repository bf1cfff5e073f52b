// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { ALWAYS, FLAG, NEVER, RELATIONS, TAG, decodeNetwork } from '../../src/data/network';
import type { Network } from '../../src/data/network';
import { modelsAt, visibleAt } from '../../src/data/network-mask';
import { FLAGS, encodeNetwork, makeNetwork, seeded } from '../mock/network.mjs';
import type { PlainDay, PlainEdge, PlainNetwork, PlainNode } from '../mock/network.mjs';

const HEAD = { as_of: '2026-08-20', data: 'synthetic', view: 'full', limit: null, depth: null, roots: [], max_nodes: 100_000, counts: {}, radius: { floor: 4, scale: 5 } };

function node(id: string, parent: number, change: Partial<PlainNode> = {}): PlainNode {
  return {
    id, parent, author: -1, flags: 0, rank: 1, influence: 1, likes: 0, downloads: 0, created: 20_000, appears: 20_000,
    x: 0, y: 0, derived: 0, more: 0, models: 1, joined: [], ...change,
  };
}

function edge(source: number, target: number, change: Partial<PlainEdge> = {}): PlainEdge {
  return { source, target, relation: 'finetune', indirect: false, declared: true, count: 1, hidden: 0, since: 20_000, ...change };
}

function small(): PlainNetwork {
  return {
    head: { ...HEAD, roots: ['a/base', 'legacy'] },
    authors: [{ name: 'a', fullName: 'Ä & <b>', kind: 'company' }, { name: '星河', fullName: '', kind: 'individual' }, { name: '😀x', fullName: '星', kind: 'classroom' }],
    nodes: [
      node('a/base', -1, { flags: FLAGS.root, author: 0, rank: 5, appears: 'always', x: 12.5, y: -3.125, influence: 12.345 }),
      node('legacy', -1, { flags: FLAGS.root, rank: 7, appears: 'always', likes: null, downloads: null, x: -400, y: 77 }),
      node('星河/模型<b>', 0, { author: 1, rank: 2, appears: 20_010, created: null, x: 13, y: 4, downloads: 5_000_000_000 }),
      node('', 0, { flags: FLAGS.group, author: 2, rank: 0, created: null, appears: 20_020, models: 3, joined: [20_030, 20_020, null], derived: 9, more: 4 }),
      node('q/x', 2, { author: 0, rank: 900, appears: null, flags: FLAGS.placeholder | FLAGS.removed }),
    ],
    edges: [
      edge(0, 2, { relation: 'adapter', since: 20_010 }), edge(0, 2, { relation: 'merge', since: 20_010 }),
      edge(0, 3, { relation: 'quantized', since: 20_020, count: 3, declared: false }), edge(1, 2, { relation: 'merge', since: 20_010 }),
      edge(2, 4, { relation: 'finetune', indirect: true, hidden: 2, since: null }), edge(3, 2, { relation: 'merge', since: 20_020 }),
    ],
  };
}

const read = (plain: PlainNetwork): Network => decodeNetwork(encodeNetwork(plain));
const list = (values: ArrayLike<number>): number[] => Array.from(values);
const day = (value: PlainDay): number => (value === 'always' ? ALWAYS : (value ?? NEVER));

describe('the binary form', () => {
  test('is read as it was written', () => {
    const network = read(small());
    expect([network.n, network.m, network.head.view]).toEqual([5, 6, 'full']);
    expect(list(network.parent)).toEqual([-1, -1, 0, 0, 2]);
    expect(list(network.firstChild)).toEqual([2, 4, 4, 5, 5, 5]);
    expect(list(network.parentEdge)).toEqual([-1, -1, 0, 2, 4]);
    expect(list(network.rank)).toEqual([5, 7, 2, 0, 900]);
    expect(list(network.likes)).toEqual([0, -1, 0, 0, 0]);
    expect(network.downloads[2]).toBe(5_000_000_000);
    expect(list(network.created)).toEqual([20_000, 20_000, NEVER, NEVER, 20_000]);
    expect(list(network.appears)).toEqual([ALWAYS, ALWAYS, 20_010, 20_020, NEVER]);
    expect(list(network.x)).toEqual([12.5, -400, 13, 0, 0]);
    expect(list(network.y)).toEqual([-3.125, 77, 4, 0, 0]);
    expect(network.r[0]).toBeCloseTo(Math.sqrt(4 + 5 * 12.345), 5);
    expect(network.authors).toEqual(small().authors);
    expect(list(network.models)).toEqual([1, 1, 1, 3, 1]);
    expect(list(network.joinedOff)).toEqual([0, 0, 0, 0, 3, 3]);
    expect(list(network.joined)).toEqual([20_030, 20_020, NEVER]);
    expect(list(network.outOff)).toEqual([0, 3, 4, 5, 6, 6]);
    expect(list(network.inOff)).toEqual([0, 0, 0, 4, 5, 6]);
    expect(list(network.inEdge)).toEqual([0, 1, 3, 5, 2, 4]);
    expect(list(network.tag)).toEqual([128, 130, 3, 130, 128 | TAG.indirect | 1, 130]);
    expect(list(network.hidden)).toEqual([0, 0, 0, 0, 2, 0]);
    expect(list(network.count)).toEqual([1, 1, 3, 1, 1, 1]);
  });

  test('knows nodes by id, blind to case', () => {
    const network = read(small());
    expect([0, 1, 2, 3].map(network.id)).toEqual(['a/base', 'legacy', '星河/模型<b>', 'author:😀x']);
    expect(['A/BASE', '星河/模型<B>', 'author:😀x', 'nothing', ''].map(network.find)).toEqual([0, 2, 3, -1, -1]);
  });

  test.each([1, 2, 50, 3000])('takes an invented network of %i nodes there and back', (size) => {
    const plain = makeNetwork({ nodes: size, seed: size });
    const network = read(plain);
    expect([network.n, network.m]).toEqual([plain.nodes.length, plain.edges.length]);
    expect(plain.nodes.map((_, i) => network.id(i))).toEqual(plain.nodes.map(({ id }) => id));
    expect(list(network.parent)).toEqual(plain.nodes.map(({ parent }) => parent));
    expect(list(network.x)).toEqual(plain.nodes.map(({ x }) => x));
    expect(list(network.influence)).toEqual(plain.nodes.map(({ influence }) => influence));
    expect(list(network.appears)).toEqual(plain.nodes.map(({ appears }) => day(appears)));
    expect(list(network.source)).toEqual(plain.edges.map(({ source }) => source));
    expect(list(network.target)).toEqual(plain.edges.map(({ target }) => target));
    expect(list(network.since)).toEqual(plain.edges.map(({ since }) => day(since)));
    expect(list(network.tag).map((tag) => RELATIONS[tag & TAG.relation])).toEqual(plain.edges.map(({ relation }) => relation));
  });

  test('skips sections that it does not know', () => {
    const bytes = new Uint8Array(encodeNetwork(small()));
    const text = new TextDecoder().decode(bytes.subarray(12, 12 + headLength(bytes)));
    const head = text.replace('["flags",', '["later",0],["flags",');
    const changed = withHead(bytes, head);
    expect(decodeNetwork(changed).n).toBe(5);
  });
});

const headLength = (bytes: Uint8Array): number => new DataView(bytes.buffer).getUint32(8, true);

function withHead(bytes: Uint8Array, head: string): ArrayBuffer {
  const json = new TextEncoder().encode(head);
  const rest = bytes.subarray(12 + headLength(bytes));
  const changed = new Uint8Array(12 + json.length + rest.length);
  changed.set(bytes.subarray(0, 12));
  new DataView(changed.buffer).setUint32(8, json.length, true);
  changed.set(json, 12);
  changed.set(rest, 12 + json.length);
  return changed.buffer;
}

describe('a file that is not one', () => {
  const refusals: readonly (readonly [string, RegExp, (plain: PlainNetwork) => void])[] = [
    ['a node before its parent', /children, byte/, ({ nodes }) => Object.assign(nodes[0] ?? {}, { parent: 4 })],
    ['an edge to no node', /target, byte/, ({ edges }) => Object.assign(edges[2] ?? {}, { target: 5 })],
    ['an edge from no node', /source, byte/, ({ edges }) => Object.assign(edges[5] ?? {}, { source: 5 })],
    ['a tree without its edge', /target, byte/, ({ edges }) => edges.splice(4, 1)],
    ['an unknown author', /author, byte/, ({ nodes }) => Object.assign(nodes[0] ?? {}, { author: 3 })],
    ['a model created before all time', /created, byte/, ({ nodes }) => Object.assign(nodes[0] ?? {}, { created: 'always' })],
    ['members of nobody', /joined, byte/, ({ nodes }) => Object.assign(nodes[0] ?? {}, { joined: [20_000] })],
  ];
  test.each(refusals)('%s', (_name, message, change) => {
    const plain = small();
    change(plain);
    expect(() => read(plain)).toThrow(message);
  });

  test('every shorter file, and a longer one', () => {
    const bytes = encodeNetwork(small());
    for (let length = 0; length < bytes.byteLength; length += 1) expect(() => decodeNetwork(bytes.slice(0, length))).toThrow(/^network: /);
    const longer = new Uint8Array(bytes.byteLength + 1);
    longer.set(new Uint8Array(bytes));
    expect(() => decodeNetwork(longer.buffer)).toThrow('network: file, byte');
  });

  test('random damage either throws a plain error or reads', () => {
    const bytes = encodeNetwork(makeNetwork({ nodes: 300, seed: 9 }));
    const random = seeded(3);
    for (let round = 0; round < 3000; round += 1) {
      const damaged = new Uint8Array(bytes.slice(0));
      for (let k = 0; k < 1 + (round % 4); k += 1) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      try {
        const network = decodeNetwork(damaged.buffer);
        expect(network.parent.every((parent, i) => parent < i)).toBe(true);
        visibleAt(network, 20_000, 0);
      } catch (error) {
        expect(String(error)).toMatch(/^Error: network: .+, byte \d+: /);
      }
    }
  });
});

const mask = (plain: PlainNetwork, until: number | null, hidden = 0): unknown => {
  const { nodes, edges, counts } = visibleAt(read(plain), until, hidden);
  return { nodes: list(nodes).join(''), edges: list(edges).join(''), models: counts.models };
};

describe('what is there', () => {
  test('is everything without a day', () => {
    expect(mask(small(), null)).toMatchObject({ nodes: '11111', edges: '111111', models: 7 });
  });

  test('is what has appeared by a day', () => {
    expect(mask(small(), 20_005)).toMatchObject({ nodes: '11000', edges: '000000', models: 2 });
    expect(mask(small(), 20_010)).toMatchObject({ nodes: '11100', edges: '110100', models: 3 });
    expect(mask(small(), 20_029)).toMatchObject({ nodes: '11110', edges: '111101', models: 4 });
    expect(mask(small(), 20_030)).toMatchObject({ models: 5 });
  });

  test('hangs on a chosen model by the relations left', () => {
    expect(mask(small(), null, 1 << 1)).toMatchObject({ nodes: '11110', edges: '111101' });
    expect(mask(small(), null, 1 << 3)).toMatchObject({ nodes: '11101', edges: '110110', models: 4 });
    expect(mask(small(), null, (1 << 0) | (1 << 2))).toMatchObject({ nodes: '11010', edges: '001000' });
    expect(mask(small(), null, 15)).toMatchObject({ nodes: '11000', edges: '000000' });
    expect(mask(small(), 20_010, 1 << 0)).toMatchObject({ nodes: '11100', edges: '010100' });
  });

  test('counts the members of a group', () => {
    const network = read(small());
    expect([modelsAt(network, 3, null), modelsAt(network, 3, 20_025), modelsAt(network, 0, 20_000)]).toEqual([3, 1, 1]);
    expect((network.flags[3] ?? 0) & FLAG.group).toBe(FLAG.group);
  });
});

describe('invented networks', () => {
  test('are the same in every run', () => {
    expect(new Uint8Array(encodeNetwork(makeNetwork({ nodes: 400, seed: 4 })))).toEqual(new Uint8Array(encodeNetwork(makeNetwork({ nodes: 400, seed: 4 }))));
  });

  test('have discs that do not overlap', () => {
    const { n, x, y, r } = read(makeNetwork({ nodes: 3000, seed: 5 }));
    let overlaps = 0;
    for (let a = 0; a < n; a += 1) {
      for (let b = 0; b < a; b += 1) {
        const reach = (r[a] ?? 0) + (r[b] ?? 0);
        if (((x[a] ?? 0) - (x[b] ?? 0)) ** 2 + ((y[a] ?? 0) - (y[b] ?? 0)) ** 2 < reach * reach) overlaps += 1;
      }
    }
    expect(overlaps).toBe(0);
  });

  test('of 100,000 nodes are read at once', () => {
    const bytes = encodeNetwork(makeNetwork({ nodes: 100_000, seed: 6 }));
    const times = [0, 1, 2, 3].map(() => {
      const start = performance.now();
      decodeNetwork(bytes);
      return performance.now() - start;
    });
    // a generous limit: the machine may be busy
    expect(Math.min(...times)).toBeLessThan(300);
  });
});
