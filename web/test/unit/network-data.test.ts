// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { FLAG, NEVER, decodeNetwork } from '../../src/data/network';
import type { Network } from '../../src/data/network';
import { authorOf, basesOf, countKinds, dayNumber, dayText, depthOf, hasFlag, isGroup, largestOf, nodeOf, pathTo, relationBits, shortName } from '../../src/data/network-facts';
import { createFinder } from '../../src/data/network-find';
import { visibleAt } from '../../src/data/network-mask';
import { chosenLater, endOfMonth, monthAt, monthOf, spanOf, undatedNodes, untilOf } from '../../src/data/network-time';
import { shownChildren, treeRows } from '../../src/data/network-tree';
import { rowAfter } from '../../src/pages/network/tree-keys';
import { encodeNetwork, makeNetwork } from '../mock/network.mjs';

const network: Network = decodeNetwork(encodeNetwork(makeNetwork({ nodes: 900, seed: 7, roots: 3 })));
const all = visibleAt(network, null, 0);
const nodes = Array.from({ length: network.n }, (_, node) => node);

describe('facts', () => {
  test('a path leads from a top down', () => {
    for (const node of [0, 5, network.n - 1]) {
      const path = pathTo(network, node);
      expect(path.at(-1)).toBe(node);
      expect(network.parent[path[0] ?? 0]).toBe(-1);
      path.slice(1).forEach((at, i) => expect(network.parent[at]).toBe(path[i]));
    }
  });

  test('bases are those of the edges, the parent first', () => {
    const merge = nodes.find((node) => basesOf(network, node).length > 2) ?? 0;
    const bases = basesOf(network, merge);
    expect(bases[0]?.node).toBe(network.parent[merge]);
    expect(new Set(bases.map((base) => base.node)).size).toBe(bases.length);
  });

  test('kinds add up to what is shown', () => {
    const mask = visibleAt(network, null, relationBits(['merge', 'adapter']));
    const kinds = countKinds(network, mask);
    expect(kinds.relations).toMatchObject({ merge: 0, adapter: 0 });
    expect(kinds.relations.finetune + kinds.relations.quantized).toBe(mask.counts.edges);
    expect(kinds.chosen).toBe(3);
    expect(countKinds(network, all).placeholders).toBe(nodes.filter((node) => ((network.flags[node] ?? 0) & FLAG.placeholder) !== 0).length);
  });

  test('a folded model is found as its author', () => {
    const group = nodes.find((node) => isGroup(network, node) && authorOf(network, node).name !== '') ?? -1;
    const { name, fullName } = authorOf(network, group);
    expect(nodeOf(network, `author:${name}`)).toBe(network.find(`author:${name}`));
    expect(isGroup(network, nodeOf(network, `${name}/some-folded-model`))).toBe(true);
    expect(shortName(network, group)).toBe(fullName === '' ? name : fullName);
    expect(nodeOf(network, 'no/such')).toBe(-1);
    expect(nodeOf(network, null)).toBe(-1);
  });

  test('the ground of a value is deeper the larger it is', () => {
    const { influence } = largestOf(network);
    expect([depthOf(null, 5), depthOf(0, 5), depthOf(influence, influence), depthOf(1, 0)]).toEqual([0, 0, 1, 0]);
    expect(depthOf(10, 1000)).toBeGreaterThan(depthOf(5, 1000));
  });

  test('days are written and read', () => {
    expect(dayText(dayNumber('2025-02-28'))).toBe('2025-02-28');
    expect([dayText(NEVER), dayText(undefined)]).toEqual([null, null]);
  });
});

describe('time', () => {
  const span = spanOf(network);
  if (span === null) throw new Error('a network without days');

  test('months count every model with a day', () => {
    const dated = nodes.reduce((sum, node) => {
      const joined = [...network.joined.subarray(network.joinedOff[node], network.joinedOff[node + 1])];
      const isChosen = hasFlag(network, node, FLAG.root);
      const days = isGroup(network, node) ? joined : [(isChosen ? network.created : network.appears)[node] ?? NEVER];
      return sum + days.filter((day) => Math.abs(day) < 1e9).length;
    }, 0);
    expect(span.born.reduce((sum, count) => sum + count, 0)).toBe(dated);
    expect([span.born[0], span.born.at(-1)].every((count) => (count ?? 0) > 0)).toBe(true);
  });

  test('the slider ends at today, which is no day', () => {
    expect(untilOf(span, span.last)).toBeNull();
    expect(monthAt(span, null)).toBe(span.last);
    expect(monthAt(span, untilOf(span, span.first))).toBe(span.first);
    expect([monthAt(span, '1999-01-01'), monthAt(span, '2999-01-01')]).toEqual([span.first, span.last]);
    expect(endOfMonth(2024 * 12 + 1)).toBe('2024-02-29');
    expect(monthOf(dayNumber('2024-02-29'))).toBe(2024 * 12 + 1);
  });

  test('chosen models that were created later are told apart', () => {
    const chosen = nodes.filter((node) => hasFlag(network, node, FLAG.root) && !isGroup(network, node) && network.created[node] !== NEVER);
    expect([chosenLater(network, null), chosenLater(network, '2999-01-01')]).toEqual([0, 0]);
    expect(chosenLater(network, '1999-01-01')).toBe(chosen.length);
  });

  test('models without a day are named apart', () => {
    const undated = undatedNodes(network, 1000);
    expect(undated.length).toBe(network.head.counts.undated);
    expect(undatedNodes(network, 1)).toHaveLength(Math.min(1, undated.length));
    const late = visibleAt(network, dayNumber('2999-01-01'), 0);
    expect(undated.filter((node) => late.nodes[node] === 1)).toEqual([]);
  });
});

describe('search', () => {
  const finder = createFinder(network);

  test('needs all words, and puts beginnings first', () => {
    expect(finder.find('  ', all.nodes, 5)).toBeNull();
    const found = finder.find('GGUF heron', all.nodes, 8);
    expect(found?.total).toBe(nodes.filter((node) => /heron/i.test(network.id(node)) && /gguf/i.test(network.id(node))).length);
    expect(found?.best).toHaveLength(Math.min(8, found?.total ?? 0));
    expect(finder.find('heron', all.nodes, 1)?.best.every((node) => /(^|\/)heron/i.test(network.id(node)))).toBe(true);
  });

  test('finds authors by full name, and only what is shown', () => {
    expect(finder.find('lakeside university', all.nodes, 99)?.best.every((node) => isGroup(network, node))).toBe(true);
    expect(finder.find('heron', new Uint8Array(network.n), 5)).toMatchObject({ total: 0, best: [] });
  });
});

describe('the table', () => {
  test('has every shown node once where all is open, each below its parent', () => {
    const rows = treeRows(network, all.nodes, new Set(nodes));
    expect([...rows.nodes].toSorted((a, b) => a - b)).toEqual(nodes);
    const row = new Map([...rows.nodes].map((node, i) => [node, i]));
    for (const node of nodes) {
      const parent = network.parent[node] ?? -1;
      if (parent < 0) continue;
      expect(row.get(node)).toBeGreaterThan(row.get(parent) ?? Infinity);
      expect(rows.level[row.get(node) ?? 0]).toBe((rows.level[row.get(parent) ?? 0] ?? 0) + 1);
    }
  });

  test('positions count the rows of a set', () => {
    const rows = treeRows(network, all.nodes, new Set([0]));
    const first = [...rows.nodes].map((node, i) => ({ node, i })).filter(({ node }) => network.parent[node] === 0);
    expect(first.map(({ i }) => rows.position[i])).toEqual(first.map((_, i) => i + 1));
    expect(first.every(({ i }) => rows.setSize[i] === first.length)).toBe(true);
    expect(shownChildren(network, all.nodes)[0]).toBe(first.length);
  });

  test('keeps what hangs on something hidden', () => {
    const mask = visibleAt(network, null, relationBits(['quantized']));
    const rows = treeRows(network, mask.nodes, new Set(nodes));
    expect(rows.nodes.length).toBe(mask.counts.nodes);
  });

  test('is walked with keys', () => {
    const rows = treeRows(network, all.nodes, new Set([0]));
    const place = { isOpen: true, hasChildren: true, page: 10 };
    expect(rowAfter('ArrowDown', 0, rows, place)).toBe(1);
    expect(rowAfter('ArrowUp', 0, rows, place)).toBe(0);
    expect(rowAfter('End', 0, rows, place)).toBe(rows.nodes.length - 1);
    expect(rowAfter('PageDown', 3, rows, place)).toBe(13);
    expect(rowAfter('ArrowRight', 0, rows, place)).toBe(1);
    expect(rowAfter('ArrowRight', 0, rows, { ...place, isOpen: false })).toBe('open');
    expect(rowAfter('ArrowLeft', 0, rows, place)).toBe('close');
    expect(rowAfter('ArrowLeft', 2, rows, { ...place, isOpen: false, hasChildren: false })).toBe(0);
    expect(rowAfter('x', 0, rows, place)).toBeNull();
  });
});
