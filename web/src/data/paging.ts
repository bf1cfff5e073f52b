// SPDX-License-Identifier: MIT

/** A page number to show, or a gap where numbers are left out. */
export type PageSlot = number | 'gap';

/** Number of pages; an empty list has one, empty, page. */
export function pageCount(total: number, perPage: number): number {
  return Math.max(1, Math.ceil(total / perPage));
}

/** Rows on `page` as [first, last], counted from 1; [0, 0] where there are none. */
export function pageRange(page: number, perPage: number, total: number): readonly [number, number] {
  const first = (page - 1) * perPage + 1;
  return first > total ? [0, 0] : [first, Math.min(page * perPage, total)];
}

/**
 * The numbers of a pager: the first and last page and `reach` pages around the present one. A gap that
 * would stand for a single number shows the number.
 */
export function pageSlots(page: number, count: number, reach = 1): readonly PageSlot[] {
  const near = Array.from({ length: 2 * reach + 1 }, (_, i) => page - reach + i);
  const shown = [...new Set([1, ...near, count])].filter((n) => n >= 1 && n <= count).toSorted((a, b) => a - b);
  const slots: PageSlot[] = [];
  let previous = 0;
  for (const n of shown) {
    if (n - previous === 2) slots.push(n - 1);
    else if (n - previous > 2) slots.push('gap');
    slots.push(n);
    previous = n;
  }
  return slots;
}
