// SPDX-License-Identifier: MIT
/* Apart from the other addresses: the frame of all pages does without it. */
import { LIST_PATH } from './route';

/** Address of the leaderboard with the models of one value. */
export function valueHref(filter: 'task' | 'language' | 'author', value: string): string {
  return `${LIST_PATH}?${filter}=${encodeURIComponent(filter === 'author' ? authorWord(value) : value)}`;
}

/** The word for an author in a filter: the API keeps these two in lower case for itself, and is blind to case else. */
export function authorWord(name: string): string {
  return /^(?:none|others)$/.test(name) ? name.toUpperCase() : name;
}
