// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { TaskCount } from '../api/schema';
import { t } from '../i18n';
import { DownIcon } from '../ui/icons';
import { Popover } from '../ui/popover';
import { ChoiceList } from './choice-list';
import { clearFilter, toggleFilter } from './list-nav';
import { taskChoices, taskLabel } from './task-label';

interface TaskFilterProps {
  readonly chosen: readonly string[];
  readonly facets: readonly TaskCount[];
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
      {() => (
        <ChoiceList
          legend={t('list.tasks.legend')}
          choices={taskChoices(facets)}
          chosen={chosen}
          label={taskLabel}
          onToggle={(value, isChosen) => toggleFilter('task', value, isChosen)}
          onClear={() => clearFilter('task')}
        />
      )}
    </Popover>
  );
}
