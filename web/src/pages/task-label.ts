// SPDX-License-Identifier: MIT
import type { TaskCount } from '../api/schema';
import { NONE } from '../data/list-state';
import { t, taskName } from '../i18n';
import type { Choice } from './choice-list';

/** The name of a task for people; null and the API's "none" are none. */
export function taskLabel(task: string | null): string {
  return task === null || task === NONE ? t('list.task.none') : taskName(task);
}

/** Tasks to choose from, each with the number of models that have it. */
export function taskChoices(facets: readonly TaskCount[]): readonly Choice[] {
  return facets.map(({ value, models }) => ({ value: value ?? NONE, models }));
}
