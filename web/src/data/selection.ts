// SPDX-License-Identifier: MIT

/** Most models that can be selected at a time: the address has to carry them. */
export const SELECTION_MAX = 50;

/** A selection after a change, and whether the limit kept something out of it. */
export interface SelectionChange {
  readonly selected: readonly string[];
  readonly hitLimit: boolean;
}

/** Whether none, some or all of `ids` are selected. */
export function selectionOf(selected: readonly string[], ids: readonly string[]): 'none' | 'some' | 'all' {
  const set = new Set(selected);
  const count = ids.filter((id) => set.has(id)).length;
  if (count === 0) return 'none';
  return count === ids.length ? 'all' : 'some';
}

/** Adds `ids` in their order, as many as fit. */
export function select(selected: readonly string[], ids: readonly string[]): SelectionChange {
  const all = [...new Set([...selected, ...ids])];
  return { selected: all.slice(0, SELECTION_MAX), hitLimit: all.length > SELECTION_MAX };
}

/** Takes `ids` out. */
export function deselect(selected: readonly string[], ids: readonly string[]): SelectionChange {
  const out = new Set(ids);
  return { selected: selected.filter((id) => !out.has(id)), hitLimit: false };
}
