// SPDX-License-Identifier: MIT
import { ALWAYS, FLAG, NEVER } from './network';
import type { Network } from './network';
import { dayNumber } from './network-facts';

/** The months in which a network grew. A month is a number: twelve times the year, and 0 to 11. */
export interface Span {
  readonly first: number;
  readonly last: number;
  /** Per month from `first` on, how many models appear. */
  readonly born: readonly number[];
}

/** The months from the first to the last appearance, chosen models by their creation, or null where nothing has a date. */
export function spanOf(network: Network): Span | null {
  const counts = new Map<number, number>();
  const add = (day: number | undefined): void => {
    if (day === undefined || day === ALWAYS || day === NEVER) return;
    const month = monthOf(day);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  };
  for (let node = 0; node < network.n; node += 1) {
    const [from = 0, to = 0] = [network.joinedOff[node], network.joinedOff[node + 1]];
    if (from === to) add(network.appears[node] === ALWAYS ? network.created[node] : network.appears[node]);
    for (let at = from; at < to; at += 1) add(network.joined[at]);
  }
  if (counts.size === 0) return null;
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  return { first, last, born: Array.from({ length: last - first + 1 }, (_, i) => counts.get(first + i) ?? 0) };
}

/** The month of a day since 1970-01-01. */
export function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The last day of a month, as the API writes days. */
export function endOfMonth(month: number): string {
  return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).toISOString().slice(0, 10);
}

/** The month a slider stands at: the last one where no day is given. */
export function monthAt(span: Span, until: string | null): number {
  if (until === null) return span.last;
  return Math.min(span.last, Math.max(span.first, monthOf(dayNumber(until))));
}

/** The day a slider at `month` stands for; null at its end: all there is, whatever has no date included. */
export function untilOf(span: Span, month: number): string | null {
  return month >= span.last ? null : endOfMonth(month);
}

/** Chosen models that were created after the day `until`: they are shown all the same. */
export function chosenLater(network: Network, until: string | null): number {
  if (until === null) return 0;
  const day = dayNumber(until);
  let count = 0;
  for (let node = 0; node < network.n; node += 1) {
    const created = network.created[node] ?? NEVER;
    if (((network.flags[node] ?? 0) & (FLAG.root | FLAG.group)) === FLAG.root && created > day && created !== NEVER) count += 1;
  }
  return count;
}

/** Nodes that never appear in time, at most `max`. */
export function undatedNodes(network: Network, max: number): readonly number[] {
  const nodes: number[] = [];
  for (let node = 0; node < network.n && nodes.length < max; node += 1) if (network.appears[node] === NEVER) nodes.push(node);
  return nodes;
}
