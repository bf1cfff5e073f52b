// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TaskCount } from '../api/schema';
import { DEFAULT_STATE, SORT_KEYS, cutQuery, firstOrder, isDefaultOrder, isFiltered } from '../data/list-state';
import type { ListState, SortKey } from '../data/list-state';
import { fmt, t } from '../i18n';
import { CrossIcon, SearchIcon, SortIcon } from '../ui/icons';
import { listState, pushState, replaceState, resetFilters, resetOrder } from './list-nav';
import { COLUMN_KEYS } from './model-table';
import { FilterChips, MoreFiltersField } from './filter-bar';
import { TaskFilter } from './task-filter';

/** How long typing must pause before the list follows. */
const DEBOUNCE_MS = 150;

interface ToolbarProps {
  readonly state: ListState;
  readonly tasks: readonly TaskCount[];
  /** How many of the models that match are removed; null while that is not known. */
  readonly removed: number | null;
  readonly children: ComponentChildren;
}

/** Search, filters, the ways back to where one started, and what all of it led to (the children). */
export function Toolbar({ state, tasks, removed, children }: ToolbarProps): JSX.Element {
  const note = removed === null || removed === 0 ? undefined : t('list.removed.count', { n: removed });
  return (
    <div class="toolbar" id="toolbar">
      <SearchField q={state.q} />
      <TaskFilter chosen={state.filters.task} facets={tasks} />
      <MoreFiltersField filters={state.filters} />
      <SortField sort={state.sort} order={state.order} />
      <label class="switch" title={note}>
        <input type="checkbox" role="switch" checked={state.hideRemoved} onChange={(event) => pushState({ hideRemoved: event.currentTarget.checked, page: 1 })} />
        <span class="switch-track" aria-hidden="true" />
        <span>{t('list.hide-removed')}</span>
        <span class="count">{removed === null ? '' : fmt().integer(removed)}</span>
      </label>
      <div class="toolbar-actions">
        <button type="button" class="button button-quiet" disabled={isDefaultOrder(state)} onClick={resetOrder}>
          {t('list.default-order')}
        </button>
        <button type="button" class="button button-quiet" disabled={!isFiltered(state)} onClick={resetFilters}>
          {t('list.reset')}
        </button>
      </div>
      <FilterChips filters={state.filters} />
      {children}
    </div>
  );
}

/* The field holds what is typed at once; the address follows when typing pauses. */
function SearchField({ q }: { readonly q: string }): JSX.Element {
  const [draft, setDraft] = useState(q);
  const sent = useRef(q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);

  const commit = (text: string): void => {
    clearTimeout(timer.current);
    sent.current = text;
    if (text !== listState().q) replaceState({ q: text, page: 1 });
  };
  const type = (text: string): void => {
    const cut = cutQuery(text);
    setDraft(cut);
    if (input.current !== null && input.current.value !== cut) input.current.value = cut;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(cut), DEBOUNCE_MS);
  };

  useEffect(() => {
    // changed by something else than this field: a reset, a link, going back
    if (q === sent.current) return;
    clearTimeout(timer.current);
    sent.current = q;
    setDraft(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const clear = (): void => {
    setDraft('');
    commit('');
    input.current?.focus();
  };
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        commit(draft);
      }}
    >
      <SearchIcon />
      <input
        ref={input}
        id="search"
        class="field"
        type="text"
        inputMode="search"
        enterkeyhint="search"
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        aria-label={t('list.search')}
        aria-keyshortcuts="/"
        placeholder={t('list.search.hint')}
        value={draft}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft !== '') clear();
        }}
      />
      {draft === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <button type="button" class="field-clear" aria-label={t('list.search.clear')} title={t('list.search.clear')} onClick={clear}>
          <CrossIcon />
        </button>
      )}
    </form>
  );
}

/* Where the table is a list of cards there are no column heads to click. */
function SortField({ sort, order }: { readonly sort: SortKey; readonly order: 'asc' | 'desc' }): JSX.Element {
  const text = t(order === 'asc' ? 'list.sort.asc' : 'list.sort.desc');
  return (
    <div class="sort-field">
      <label>
        <span>{t('list.sort')}</span>
        <select
          class="field"
          value={sort}
          onChange={(event) => {
            const key = SORT_KEYS.find((name) => name === event.currentTarget.value) ?? DEFAULT_STATE.sort;
            pushState({ sort: key, order: firstOrder(key), page: 1 });
          }}
        >
          {SORT_KEYS.map((key) => (
            <option key={key} value={key} selected={key === sort}>
              {t(COLUMN_KEYS[key])}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class={`button button-icon sort-${order}`} aria-label={text} title={text} onClick={() => pushState({ order: order === 'asc' ? 'desc' : 'asc', page: 1 })}>
        <SortIcon />
      </button>
    </div>
  );
}
