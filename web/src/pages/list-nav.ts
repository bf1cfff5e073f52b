// SPDX-License-Identifier: MIT
import { DEFAULT_STATE, formatListState, parseListState } from '../data/list-state';
import type { ListState } from '../data/list-state';
import { LIST_PATH } from '../data/route';
import { hrefOf, navigate, place } from '../ui/router';

/** The state in the present address. Handlers read it when they run: it may be newer than what they drew. */
export function listState(): ListState {
  return parseListState(place.value.search);
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

/** Takes search and filters away; order and selection stay. */
export function resetFilters(): void {
  const { q, tasks, hideRemoved } = DEFAULT_STATE;
  pushState({ q, tasks, hideRemoved, page: 1 });
}
