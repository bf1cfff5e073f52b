// SPDX-License-Identifier: MIT
import type { FacetValue } from '../api/schema';

/* A month with less than this share of the models of the one before it has only begun. */
const BEGUN = 0.1;

/**
 * The month that new models are taken from: the last one, or the one before where the last has only begun or has fewer
 * than `least`; null where neither has as many. `months` are in order of time.
 */
export function newestMonth(months: readonly FacetValue[], least: number): string | null {
  const [before, last] = [months.at(-2), months.at(-1)];
  const isBegun = (last?.models ?? 0) < BEGUN * (before?.models ?? 0);
  const found = [isBegun ? undefined : last, before].find((month) => month !== undefined && month.models >= least);
  return found?.value ?? null;
}
