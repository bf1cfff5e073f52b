// SPDX-License-Identifier: MIT

import { encodePath } from '../api/client';

/** Most models that can be selected at a time. */
export const SELECTION_MAX = 50;
/** Most bytes they take in the address: a server takes addresses of 4096 bytes, and the filters need some. */
export const SELECTION_MAX_BYTES = 2600;

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

/** Adds `ids` in their order, up to the first that does not fit. */
export function select(selected: readonly string[], ids: readonly string[]): SelectionChange {
  const all = [...new Set([...selected, ...ids])];
  const fitting: string[] = [];
  let bytes = 0;
  for (const id of all) {
    bytes += encodePath(id).length + 1;
    if (fitting.length === SELECTION_MAX || bytes > SELECTION_MAX_BYTES) return { selected: fitting, hitLimit: true };
    fitting.push(id);
  }
  return { selected: fitting, hitLimit: false };
}

/** Takes `ids` out. */
export function deselect(selected: readonly string[], ids: readonly string[]): SelectionChange {
  const out = new Set(ids);
  return { selected: selected.filter((id) => !out.has(id)), hitLimit: false };
}
