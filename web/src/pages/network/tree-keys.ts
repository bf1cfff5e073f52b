// SPDX-License-Identifier: MIT
import type { TreeRows } from '../../data/network-tree';

/** What holds for the row that a key is pressed on. */
export interface KeyPlace {
  readonly isOpen: boolean;
  readonly hasChildren: boolean;
  /** Rows of a page. */
  readonly page: number;
}

/** What a key does in a table that is a tree: the row to go to, or to open or close this one; null for another key. */
export function rowAfter(key: string, at: number, rows: TreeRows, place: KeyPlace): number | 'open' | 'close' | null {
  const last = rows.nodes.length - 1;
  const within = (row: number): number => Math.min(last, Math.max(0, row));
  switch (key) {
    case 'ArrowDown':
      return within(at + 1);
    case 'ArrowUp':
      return within(at - 1);
    case 'PageDown':
      return within(at + place.page);
    case 'PageUp':
      return within(at - place.page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowRight':
      if (!place.hasChildren) return at;
      return place.isOpen ? within(at + 1) : 'open';
    case 'ArrowLeft':
      return place.isOpen && place.hasChildren ? 'close' : rowAbove(at, rows);
    default:
      return null;
  }
}

/* The row that this one hangs on. */
function rowAbove(at: number, { level }: TreeRows): number {
  const own = level[at] ?? 1;
  for (let row = at - 1; row >= 0; row -= 1) if ((level[row] ?? 1) < own) return row;
  return at;
}
