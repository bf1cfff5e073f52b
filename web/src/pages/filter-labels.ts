// SPDX-License-Identifier: MIT
import type { AuthorKind } from '../api/schema';
import { NONE } from '../data/list-state';
import type { FilterKey } from '../data/list-state';
import { KIND_KEYS, t } from '../i18n';
import { languageName } from '../i18n/languages';
import type { MessageKey } from '../i18n/messages';
import { taskLabel } from './task-label';

/** Filters that wait behind one button; tasks have a button of their own. */
export const MORE = ['language', 'author', 'kind', 'licence', 'library'] as const;

/** What a filter is called. */
export const FILTER_NAMES: Readonly<Record<FilterKey, MessageKey>> = {
  task: 'list.tasks',
  language: 'list.language',
  author: 'list.author',
  kind: 'list.kind',
  licence: 'list.licence',
  library: 'list.library',
};

/** A value of a filter as people call it. */
export function filterLabel(key: FilterKey, value: string): string {
  if (key === 'task') return taskLabel(value);
  if (value === NONE) return t(key === 'author' ? 'list.author.none' : 'list.none');
  if (key === 'language') return languageName(value);
  if (key === 'kind' && value in KIND_KEYS) return t(KIND_KEYS[value as AuthorKind]);
  return value;
}
