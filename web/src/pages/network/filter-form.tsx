// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { getModels } from '../../api/client';
import { cutQuery, toggled } from '../../data/list-state';
import { isNetworkFiltered } from '../../data/network-state';
import type { NetworkState } from '../../data/network-state';
import { t } from '../../i18n';
import { explain } from '../../ui/bits';
import { useResource } from '../../ui/resource';
import { ChoiceList } from '../choice-list';
import { taskChoices, taskLabel } from '../task-label';
import { networkState, pushNetwork, replaceNetwork, resetFilter } from './nav';

const DEBOUNCE_MS = 300;

/** What a filter can be made of: what happens to the rest, name, whether a model is gone, tasks. */
export function FilterForm({ state }: { readonly state: NetworkState }): JSX.Element {
  return (
    <>
      <Effect isCut={state.isCut} />
      <p class="small">{t('net.filter.limit')}</p>
      <NameField q={state.q} />
      <label class="switch">
        <input type="checkbox" role="switch" checked={state.hideRemoved} onChange={(event) => pushNetwork({ hideRemoved: event.currentTarget.checked })} />
        <span class="switch-track" aria-hidden="true" />
        <span>{t('net.filter.removed')}</span>
      </label>
      <Tasks chosen={state.tasks} />
      <button type="button" class="button" disabled={!isNetworkFiltered(state)} onClick={resetFilter}>
        {t('list.reset')}
      </button>
    </>
  );
}

function Effect({ isCut }: { readonly isCut: boolean }): JSX.Element {
  return (
    <fieldset class="net-effect">
      <legend>{t('net.filter.effect')}</legend>
      {([false, true] as const).map((value) => (
        <label key={String(value)}>
          <input type="radio" name="effect" value={value ? 'cut' : 'highlight'} checked={isCut === value} onChange={() => pushNetwork({ isCut: value })} />
          <span>{t(value ? 'net.filter.cut' : 'net.filter.highlight')}</span>
        </label>
      ))}
    </fieldset>
  );
}

/* The field holds what is typed at once; the network follows when typing pauses. */
function NameField({ q }: { readonly q: string }): JSX.Element {
  const [draft, setDraft] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setDraft(q), [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string): void => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const cut = cutQuery(text);
      if (cut !== networkState().q) replaceNetwork({ q: cut });
    }, DEBOUNCE_MS);
  };
  return (
    <label class="net-field">
      <span>{t('net.filter.name')}</span>
      <input class="field" type="text" autoComplete="off" spellcheck={false} value={draft} onInput={(event) => type(event.currentTarget.value)} />
    </label>
  );
}

function Tasks({ chosen }: { readonly chosen: readonly string[] }): JSX.Element {
  const { data, error } = useResource('tasks', (signal) => getModels('per_page=1', signal));
  if (error !== undefined) return <p class="small">{explain(error)}</p>;
  return (
    <ChoiceList
      chosen={chosen}
      choices={taskChoices(data?.facets.task ?? [])}
      legend={t('net.filter.tasks')}
      label={taskLabel}
      onToggle={(task, isChosen) => pushNetwork({ tasks: toggled(networkState().tasks, task, isChosen) })}
      onClear={() => pushNetwork({ tasks: [] })}
    />
  );
}
