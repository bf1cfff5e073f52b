// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TaskCount } from '../api/schema';
import { NO_TASK, TASKS_MAX } from '../data/list-state';
import { fmt, t, taskName } from '../i18n';
import { DownIcon } from '../ui/icons';
import { Popover } from '../ui/popover';
import { listState, pushState } from './list-nav';

/** From this many tasks on the list has a search of its own. */
const SEARCH_FROM = 12;

interface TaskFilterProps {
  readonly chosen: readonly string[];
  readonly facets: readonly TaskCount[];
}

/** The name of a task for people. */
export function taskLabel(task: string | null): string {
  return task === null || task === NO_TASK ? t('list.task.none') : taskName(task);
}

/** A button that opens the list of tasks, each with the number of models it would leave. */
export function TaskFilter({ chosen, facets }: TaskFilterProps): JSX.Element {
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const summary = only !== undefined ? taskLabel(only) : chosen.length === 0 ? t('list.tasks.all') : t('list.tasks.chosen', { n: chosen.length });
  const button = (
    <>
      <span class="task-filter-name">{t('list.tasks')}</span> <span class="task-filter-value">{summary}</span>
      <DownIcon />
    </>
  );
  return (
    <Popover id="tasks" class="task-filter" isOn={chosen.length > 0} button={button}>
      {() => <TaskList chosen={chosen} facets={facets} legend={t('list.tasks.legend')} onToggle={toggle} onClear={() => pushState({ tasks: [], page: 1 })} />}
    </Popover>
  );
}

function toggle(task: string, isChosen: boolean): void {
  pushState({ tasks: toggled(listState().tasks, task, isChosen), page: 1 });
}

/** The tasks after one was chosen, or no longer. */
export function toggled(tasks: readonly string[], task: string, isChosen: boolean): readonly string[] {
  const others = tasks.filter((value) => value !== task);
  return isChosen ? [...others, task] : others;
}

interface Choice {
  readonly value: string;
  readonly models: number;
}

interface TaskListProps extends TaskFilterProps {
  /** What choosing a task does. */
  readonly legend: string;
  readonly onToggle: (task: string, isChosen: boolean) => void;
  readonly onClear: () => void;
}

/** Tasks to choose from, each with a number of models. */
export function TaskList({ chosen, facets, legend, onToggle, onClear }: TaskListProps): JSX.Element {
  const [needle, setNeedle] = useState('');
  const known = facets.map((facet): Choice => ({ value: facet.value ?? NO_TASK, models: facet.models }));
  // a chosen task that nothing matches any more must still be there to be taken away
  const lost = chosen.filter((task) => !known.some((choice) => choice.value === task)).map((value): Choice => ({ value, models: 0 }));
  const all = [...lost, ...known];
  const words = needle.trim().toLowerCase();
  const shown = all.filter(({ value }) => `${value} ${taskLabel(value)}`.toLowerCase().includes(words));
  const isFull = chosen.length >= TASKS_MAX;
  return (
    <>
      <fieldset>
        <legend>{legend}</legend>
        {all.length < SEARCH_FROM ? null : (
          <input type="text" class="field" aria-label={t('list.tasks.filter')} placeholder={t('list.tasks.filter')} value={needle} onInput={(event) => setNeedle(event.currentTarget.value)} />
        )}
        <ul class="choices">
          {shown.map(({ value, models }) => {
            const isChosen = chosen.includes(value);
            return (
              <li key={value}>
                <label>
                  <input type="checkbox" class="box" value={value} checked={isChosen} disabled={isFull && !isChosen} onChange={(event) => onToggle(value, event.currentTarget.checked)} />
                  <span class="choice-name">{taskLabel(value)}</span>
                  <span class="count">{fmt().integer(models)}</span>
                </label>
              </li>
            );
          })}
        </ul>
      </fieldset>
      {shown.length === 0 ? <p class="small">{t('list.tasks.empty')}</p> : null}
      {isFull ? <p class="small">{t('list.tasks.limit', { n: TASKS_MAX })}</p> : null}
      <button type="button" class="button" disabled={chosen.length === 0} onClick={onClear}>
        {t('list.tasks.clear')}
      </button>
    </>
  );
}
