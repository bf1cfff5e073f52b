// SPDX-License-Identifier: MIT
import type { Drift, Growth, Treemap } from '../api/schema';
import type { Stack } from './dashboard-state';

/** What charts of the dashboard draw, computed from the answers. */

/** One number for each month, in time with `months`. */
export interface GrowthTable {
  /** Every month from the first to the last one, those without a model too. */
  readonly months: readonly string[];
  readonly series: readonly {
    readonly kind: Growth['series'][number]['kind'];
    readonly value: string | null;
    /** Numbers of models, or percents for a share. */
    readonly numbers: readonly number[];
  }[];
}

/** Growth per month, added up from the start, or as shares of each month in percent. */
export function growthTable(growth: Growth, stack: Stack): GrowthTable {
  const months = allMonths(growth.months);
  const place = new Map(growth.months.map((month, index) => [month, index]));
  const filled = growth.series.map(({ kind, value, models }) => ({ kind, value, numbers: months.map((month) => models[place.get(month) ?? -1] ?? 0) }));
  const sums = months.map((_, index) => filled.reduce((sum, { numbers }) => sum + (numbers[index] ?? 0), 0));
  return { months, series: filled.map(({ kind, value, numbers }) => ({ kind, value, numbers: stacked(numbers, sums, stack) })) };
}

function stacked(numbers: readonly number[], sums: readonly number[], stack: Stack): readonly number[] {
  if (stack === 'month') return numbers;
  if (stack === 'share') return numbers.map((number, index) => ((sums[index] ?? 0) > 0 ? (100 * number) / (sums[index] ?? 1) : 0));
  let sum = 0;
  return numbers.map((number) => {
    sum += number;
    return sum;
  });
}

/* Most months there can be between two of them: a wrong date must not fill the memory. */
const MONTHS_MAX = 2400;

function allMonths(months: readonly string[]): readonly string[] {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = monthNumber(first);
  const count = monthNumber(last) - from + 1;
  return count > MONTHS_MAX ? months : Array.from({ length: count }, (_, index) => monthText(from + index));
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** A pair of licences. */
export type DriftPair = Drift['pairs'][number];

/** What happens to a licence along a pair. One that nobody told neither stays nor changes. */
export function driftKind({ from, to }: DriftPair): 'same' | 'changed' | 'untold' {
  if (from === null || to === null) return 'untold';
  return from === to ? 'same' : 'changed';
}

/** What the picture of the drift shows, and how much of everything that is. */
export interface DriftFlows {
  readonly pairs: readonly DriftPair[];
  /** Edges in these pairs. */
  readonly edges: number;
  /** Edges there are, of the kind that is shown. */
  readonly of: number;
}

/** The largest pairs, as many as a picture holds; with `onlyChanges` those of one licence to another one. */
export function driftFlows(drift: Drift, onlyChanges: boolean, most: number): DriftFlows {
  const pairs = driftPairs(drift, onlyChanges).slice(0, most);
  return { pairs, edges: countEdges(pairs), of: driftTotal(drift, onlyChanges) };
}

/** How many edges there are; with `onlyChanges` of one licence to another one, an untold one counted as one. */
export function driftTotal(drift: Drift, onlyChanges: boolean): number {
  if (!onlyChanges) return drift.edges;
  return drift.edges - drift.same - countEdges(drift.pairs.filter(({ from, to }) => from === null && to === null));
}

function countEdges(pairs: readonly DriftPair[]): number {
  return pairs.reduce((sum, { edges }) => sum + edges, 0);
}

/** The pairs, with `onlyChanges` those of one licence to another one. */
export function driftPairs(drift: Drift, onlyChanges: boolean): readonly DriftPair[] {
  return onlyChanges ? drift.pairs.filter(({ from, to }) => from !== to) : drift.pairs;
}

/** `tree` with its `most` largest tiles: the others are part of the rest. */
export function largestTiles(tree: Treemap, most: number): Treemap {
  const beyond = tree.tiles.slice(most);
  if (beyond.length === 0) return tree;
  const size = beyond.reduce((sum, tile) => sum + tile.size, tree.rest.size);
  return { ...tree, tiles: tree.tiles.slice(0, most), rest: { values: tree.rest.values + beyond.length, size } };
}

/** The power of ten a log scale starts at, so that the smallest value above 0 has a bar to see; 1 without values. */
export function logFloor(values: readonly number[]): number {
  const smallest = Math.min(...values.filter((value) => value > 0));
  return Number.isFinite(smallest) ? 10 ** (Math.ceil(Math.log10(smallest)) - 1) : 1;
}

/** A stable small number for a text, so that the same author has the same colour everywhere. */
export function hashOf(text: string, size: number): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash >>> 0) % size;
}
