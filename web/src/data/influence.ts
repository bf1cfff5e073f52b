// SPDX-License-Identifier: MIT

/**
 * Rounds `values` to `digits` decimals so that the rounded ones add up to `total` rounded: what a reader adds
 * up is what the page says. Each is rounded down or up; those with the largest remainders go up.
 */
export function roundToSum(values: readonly number[], total: number, digits: number): readonly number[] {
  const scale = 10 ** digits;
  const exact = values.map((value) => value * scale);
  const rounded = exact.map(Math.floor);
  let missing = Math.round(total * scale) - rounded.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    rounded[index] = (rounded[index] ?? 0) + 1;
    missing -= 1;
  }
  return rounded.map((value) => value / scale);
}

/** Shares of `values` in their sum, in percent with one decimal, adding up to 100; all 0 where the sum is 0. */
export function percentages(values: readonly number[]): readonly number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  if (!(sum > 0)) return values.map(() => 0);
  return roundToSum(values.map((value) => (value / sum) * 100), 100, 1);
}

/** Width of a bar in percent, relative to the largest value; visible for anything above 0. */
export function barPercent(value: number, largest: number): number {
  if (!(value > 0) || !(largest > 0)) return 0;
  return Math.min(100, Math.max(0.5, (value / largest) * 100));
}
