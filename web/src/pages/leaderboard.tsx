// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { getModels } from '../api/client';
import type { ModelPage } from '../api/schema';
import { PER_PAGE, apiQuery, isFiltered } from '../data/list-state';
import type { ListState } from '../data/list-state';
import { pageCount, pageRange } from '../data/paging';
import { dashboardHref } from '../data/route';
import { deselect, select } from '../data/selection';
import { t } from '../i18n';
import { ErrorPanel, Notice, Skeleton } from '../ui/bits';
import { noteData } from '../ui/data-mark';
import { DashboardIcon, SearchIcon } from '../ui/icons';
import { lazyPage } from '../ui/lazy';
import { Pager } from '../ui/pager';
import { useResource } from '../ui/resource';
import { keepLang } from '../ui/router';
import '../ui/style/leaderboard.css';
import { useTitle } from '../ui/title';
import { listHref, listState, resetFilters, setSelection, showResults } from './list-nav';
import { ModelTable } from './model-table';
import { Toolbar } from './toolbar';
import { TopField } from './top-field';

const bar = lazyPage(() => import('./selection-bar').then((module) => module.SelectionBar), [], true);

/** The leaderboard: models in an order, with search, filters, pages and a selection. */
export function LeaderboardPage(): JSX.Element {
  useTitle(t('list.title'));
  const state = listState();
  const query = apiQuery(state);
  const { data, error, isLoading, retry } = useResource(query, (signal) => getModels(query, signal).then(noteData));
  const [hitLimit, setHitLimit] = useState(false);
  const [isBarThere, setBarThere] = useState(false);
  // it comes after the first rows, and is there before it has something to tell
  useEffect(() => void bar.preload().then(() => setBarThere(true)), []);

  const change = (ids: readonly string[], isSelected: boolean): void => {
    const { selected } = listState();
    const next = isSelected ? select(selected, ids) : deselect(selected, ids);
    setHitLimit(next.hitLimit);
    setSelection(next.selected);
  };

  return (
    <>
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{t('list.title')}</h1>
          <p class="lead">{t('list.lead')}</p>
        </div>
        <div class="head-actions">
          <TopField />
          <a class="button button-icon" href={keepLang(dashboardHref())} aria-label={t('list.dashboard')} title={t('list.dashboard')}>
            <DashboardIcon />
          </a>
        </div>
      </div>
      <Toolbar state={state} tasks={data?.facets.task ?? []} removed={data?.removed ?? null}>
        <p class="results" id="results" tabIndex={-1} role="status">
          {error === undefined ? rangeText(data) : ''}
        </p>
      </Toolbar>
      <div class={isLoading && data !== undefined ? 'progress progress-on' : 'progress'} />
      {error === undefined ? null : <ErrorPanel title={t('error.list')} error={error} onRetry={() => (showResults(), retry())} />}
      {data === undefined && error === undefined ? <Skeleton rows={12} kind="table" /> : null}
      {data === undefined ? null : <Results state={state} page={data} isBusy={isLoading} onSelect={change} />}
      {isBarThere || state.selected.length > 0 ? <bar.Page selected={state.selected} hitLimit={hitLimit} onChange={change} /> : null}
    </>
  );
}

interface ResultsProps {
  readonly state: ListState;
  readonly page: ModelPage;
  readonly isBusy: boolean;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
}

function Results({ state, page, isBusy, onSelect }: ResultsProps): JSX.Element {
  if (page.models.length === 0) return page.total === 0 ? <Empty state={state} /> : <Beyond page={page} />;
  return (
    <>
      <ModelTable state={state} models={page.models} isBusy={isBusy} onSelect={onSelect} />
      <Pager page={page.page} count={pageCount(page.total, page.per_page)} hrefOfPage={(n) => listHref({ ...state, page: n })} onTurn={showResults} />
    </>
  );
}

function Empty({ state }: { readonly state: ListState }): JSX.Element {
  if (!isFiltered(state)) {
    return (
      <Notice mark={<SearchIcon />} title={t('list.empty.data')}>
        <p>{t('list.empty.data.text')}</p>
      </Notice>
    );
  }
  const q = state.q.trim();
  return (
    <Notice mark={<SearchIcon />} title={q === '' ? t('list.empty') : t('list.empty.q', { q })}>
      <p>{t('list.empty.text')}</p>
      <button type="button" class="button button-strong" onClick={resetFilters}>
        {t('list.reset')}
      </button>
    </Notice>
  );
}

function Beyond({ page }: { readonly page: ModelPage }): JSX.Element {
  const last = pageCount(page.total, page.per_page);
  return (
    <Notice mark={<SearchIcon />} title={t('list.beyond', { page: page.page })}>
      <p>{t('list.beyond.text', { last })}</p>
      <a class="button button-strong" href={listHref({ ...listState(), page: last })}>
        {t('list.beyond.go')}
      </a>
    </Notice>
  );
}

function rangeText(data: ModelPage | undefined): string {
  if (data === undefined) return '';
  const [first, last] = pageRange(data.page, PER_PAGE, data.total);
  return first === 0 ? t('list.range.none') : t('list.range', { first, last, total: data.total });
}
