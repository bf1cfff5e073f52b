// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { hubModelUrl } from '../api/client';
import type { ModelRow } from '../api/schema';
import { barPercent } from '../data/influence';
import { NONE, sortBy } from '../data/list-state';
import type { ListState, SortKey } from '../data/list-state';
import { familyHref, modelPath } from '../data/route';
import { selectionOf } from '../data/selection';
import { KIND_KEYS, fmt, t } from '../i18n';
import type { MessageKey } from '../i18n/messages';
import { Avatar, Day, RemovedBadge } from '../ui/bits';
import { NetworkIcon, SortIcon } from '../ui/icons';
import { isPlainClick, keepLang } from '../ui/router';
import '../ui/style/models.css';
import { listHref, listState, pushState, scrollToList, showResults } from './list-nav';
import { taskLabel } from './task-label';

/** Texts of the columns that sort. */
export const COLUMN_KEYS: Readonly<Record<SortKey, MessageKey>> = {
  rank: 'col.rank',
  name: 'col.name',
  created: 'col.created',
  downloads: 'col.downloads',
  likes: 'col.likes',
  task: 'col.task',
  influence: 'col.influence',
};

interface ModelTableProps {
  readonly state: ListState;
  readonly models: readonly ModelRow[];
  readonly isBusy: boolean;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
}

/**
 * One page of models. On narrow screens the style sheet turns rows into cards; the roles are written out
 * because some browsers forget them when a table is laid out as something else.
 */
export function ModelTable({ state, models, isBusy, onSelect }: ModelTableProps): JSX.Element {
  const ids = models.map((model) => model.id);
  const largest = Math.max(...models.map((model) => model.influence));
  const chosen = new Set(state.selected);
  const all = selectionOf(state.selected, ids);
  const order = `${t(COLUMN_KEYS[state.sort])}, ${t(state.order === 'asc' ? 'list.sort.asc' : 'list.sort.desc')}`;
  return (
    <div class={isBusy ? 'table-frame busy' : 'table-frame'}>
      <table role="table" class="models" aria-busy={isBusy}>
        <caption class="visually-hidden">{t('list.caption', { order })}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col" class="c-select">
              <label class="check">
                <span class="visually-hidden">{t('select.all')}</span>
                <input
                  type="checkbox"
                  class="box"
                  checked={all === 'all'}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = all === 'some';
                  }}
                  onChange={() => onSelect(ids, all !== 'all')}
                />
                <span class="check-text" aria-hidden="true">
                  {t('select.all')}
                </span>
              </label>
            </th>
            <Head column="rank" state={state} />
            <th role="columnheader" scope="col" class="c-author">
              <span class="visually-hidden">{t('col.author')}</span>
            </th>
            <Head column="name" state={state} />
            <Head column="task" state={state} />
            <Head column="created" state={state} />
            <Head column="downloads" state={state} title={t('col.downloads.title')} />
            <Head column="likes" state={state} />
            <Head column="influence" state={state} />
            <th role="columnheader" scope="col" class="c-network">
              <span class="visually-hidden">{t('row.network.head')}</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {models.map((model) => (
            <Row key={model.id} model={model} isSelected={chosen.has(model.id)} largest={largest} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps {
  readonly column: SortKey;
  readonly state: ListState;
  readonly title?: string;
}

function Head({ column, state, title }: HeadProps): JSX.Element {
  const isSorted = state.sort === column;
  return (
    <th role="columnheader" scope="col" class={`c-${column}`} aria-sort={isSorted ? (state.order === 'asc' ? 'ascending' : 'descending') : 'none'}>
      <button type="button" title={title} class={isSorted ? `sort-${state.order}` : undefined} onClick={() => sortColumn(column)}>
        {t(COLUMN_KEYS[column])}
        <SortIcon />
      </button>
    </th>
  );
}

function sortColumn(column: SortKey): void {
  const { sort, order, page } = sortBy(listState(), column);
  pushState({ sort, order, page });
  scrollToList();
}

interface RowProps {
  readonly model: ModelRow;
  readonly isSelected: boolean;
  readonly largest: number;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
}

function Row({ model, isSelected, largest, onSelect }: RowProps): JSX.Element {
  const { integer, decimal } = fmt();
  const { id, author } = model;
  const slash = id.indexOf('/');
  const hub = t('row.hub', { id });
  const network = t('row.network', { id });
  const kind = t(KIND_KEYS[author.kind]);
  return (
    <tr role="row" class={isSelected ? 'selected' : undefined} data-id={id}>
      <td role="cell" class="c-select">
        <label class="check">
          <span class="visually-hidden">{t('row.select', { id })}</span>
          <input type="checkbox" class="box" checked={isSelected} onChange={(event) => onSelect([id], event.currentTarget.checked)} />
        </label>
      </td>
      <td role="cell" class="c-rank">
        {integer(model.rank)}
      </td>
      <td role="cell" class="c-author">
        <a href={hubModelUrl(id)} target="_blank" rel="noopener noreferrer" aria-label={hub} title={hub}>
          <Avatar author={author.name} size={32} />
        </a>
      </td>
      <td role="cell" class="c-name">
        <a class="model-link" href={keepLang(modelPath(id))} title={id}>
          {slash < 0 ? null : <span class="visually-hidden">{id.slice(0, slash + 1)}</span>}
          {id.slice(slash + 1)}
        </a>
        <span class="under">
          {slash < 0 ? null : (
            <span class="owner" title={author.full_name ?? undefined} aria-hidden="true">
              {id.slice(0, slash)}
            </span>
          )}
          <span class="kind" title={kind}>
            {kind}
          </span>
          {model.removed ? <RemovedBadge /> : null}
        </span>
      </td>
      <td role="cell" class="c-task" data-label={t('col.task')}>
        <Task task={model.task} />
      </td>
      <td role="cell" class="c-created" data-label={t('col.created')}>
        <Day value={model.created} />
      </td>
      <td role="cell" class="c-downloads" data-label={t('col.downloads')}>
        {integer(model.downloads)}
      </td>
      <td role="cell" class="c-likes" data-label={t('col.likes')}>
        {integer(model.likes)}
      </td>
      <td role="cell" class="c-influence" data-label={t('col.influence')} title={t('row.bar')}>
        <span class="influence-cell">
          <span class="influence-bar" aria-hidden="true">
            <span style={{ width: `${barPercent(model.influence, largest)}%` }} />
          </span>
          <span class="influence-value">{decimal(model.influence)}</span>
        </span>
      </td>
      <td role="cell" class="c-network">
        <a href={keepLang(familyHref([id]))} aria-label={network} title={network}>
          <NetworkIcon />
        </a>
      </td>
    </tr>
  );
}

function Task({ task }: { readonly task: string | null }): JSX.Element {
  const label = taskLabel(task);
  const state = listState();
  return (
    <a
      class={task === null ? 'task task-none' : 'task'}
      href={listHref({ ...state, filters: { ...state.filters, task: [task ?? NONE] }, page: 1 })}
      title={t('list.task.only', { task: label })}
      onClick={(event) => {
        if (isPlainClick(event)) showResults();
      }}
    >
      {label}
    </a>
  );
}
