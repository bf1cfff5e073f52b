// SPDX-License-Identifier: MIT
import { effect, signal } from '@preact/signals';
import { DEFAULT_STATE, formatListState, parseListState, toggled } from '../data/list-state';
import type { FilterKey, ListState } from '../data/list-state';
import { LIST_PATH } from '../data/route';
import { hrefOf, navigate, place, route } from '../ui/router';

/* What is selected stays so on every page, and on the way back: an address that is opened brings its selection,
 * from then on the address follows the selection. */
const selection = signal<readonly string[]>([]);

/** Takes the selection of the present address, and from now on keeps it in the address of the leaderboard. */
export function initSelection(): void {
  // on other pages the same word may stand for something else
  if (route.value.page === 'list') selection.value = parseListState(place.value.search).selected;
  effect(() => {
    if (route.value.page !== 'list') return;
    const written = parseListState(place.value.search);
    if (written.selected.join() === selection.value.join()) return;
    navigate(listHref({ ...written, selected: selection.value }), { isReplace: true });
  });
}

/** Changes the selection. It is no step in the history: going back must not undo it. */
export function setSelection(ids: readonly string[]): void {
  selection.value = ids;
}

/** The state in the present address. Handlers read it when they run: it may be newer than what they drew. */
export function listState(): ListState {
  return { ...parseListState(place.value.search), selected: selection.value };
}

/** The address of the leaderboard in `state`. */
export function listHref(state: ListState): string {
  return hrefOf(LIST_PATH, formatListState(state));
}

/** Changes part of the state as a step of its own in the history. */
export function pushState(change: Partial<ListState>): void {
  navigate(listHref({ ...listState(), ...change }));
}

/** Changes part of the state in place: typing does not fill the history. */
export function replaceState(change: Partial<ListState>): void {
  navigate(listHref({ ...listState(), ...change }), { isReplace: true });
}

/** Chooses a value of a filter, or takes it away. */
export function toggleFilter(key: FilterKey, value: string, isChosen: boolean): void {
  const { filters } = listState();
  pushState({ filters: { ...filters, [key]: toggled(filters[key], value, isChosen) }, page: 1 });
}

/** Takes all values of a filter away. */
export function clearFilter(key: FilterKey): void {
  pushState({ filters: { ...listState().filters, [key]: [] }, page: 1 });
}

/** Takes search and filters away; order and selection stay. */
export function resetFilters(): void {
  const { q, filters, hideRemoved } = DEFAULT_STATE;
  pushState({ q, filters, hideRemoved, page: 1 });
  showResults();
}

/** Goes back to the order the leaderboard opens with. */
export function resetOrder(): void {
  const { sort, order } = DEFAULT_STATE;
  pushState({ sort, order, page: 1 });
  showResults();
}

/** Brings the top of the list into view, and the focus to the line that says which models these are. */
export function showResults(): void {
  // once the new state is drawn
  setTimeout(() => {
    const results = document.getElementById('results');
    results?.focus({ preventScroll: true });
    scrollToList();
  });
}

/** Brings the top of the list into view where one has scrolled past it. */
export function scrollToList(): void {
  const top = document.getElementById('toolbar');
  if (top !== null && top.getBoundingClientRect().top < 0) top.scrollIntoView({ block: 'start' });
}
