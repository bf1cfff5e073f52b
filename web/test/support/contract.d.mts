// SPDX-License-Identifier: MIT
/** Every way in which `value` differs from the schema `name`; empty where it keeps to it. */
export function breaches(value: unknown, name: string): readonly string[];
/** Values of the sort parameter of the leaderboard. */
export const apiSortKeys: readonly string[];
