// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { facetValuesUrl, getFacetValues } from '../api/client';
import type { FacetValue } from '../api/schema';
import { NONE, QUERY_MAX_BYTES, cutToBytes } from '../data/list-state';
import type { Filters } from '../data/list-state';
import { authorWord } from '../data/value-href';
import { KIND_KEYS, t } from '../i18n';
import { ErrorPanel, Skeleton } from '../ui/bits';
import { useResource } from '../ui/resource';
import { ChoiceList, Choices } from './choice-list';
import type { Choice } from './choice-list';
import { FILTER_NAMES, MORE, filterLabel } from './filter-labels';
import { clearFilter, toggleFilter } from './list-nav';

type More = (typeof MORE)[number];

const DEBOUNCE_MS = 150;
/** How many authors a search shows. */
const AUTHORS = 20;
/** The most values a list of choices is made of: those with most models. */
const VALUES = 1000;

/** Filters by language, author, kind, licence and library, one at a time. */
export function MoreFilters({ filters }: { readonly filters: Filters }): JSX.Element {
  const [open, setOpen] = useState<More>('language');
  return (
    <>
      <div class="segments" role="group" aria-label={t('list.more')}>
        {MORE.map((key) => (
          <button key={key} type="button" class="segment" aria-pressed={open === key} onClick={() => setOpen(key)}>
            {t(FILTER_NAMES[key])}
            {filters[key].length === 0 ? null : <span class="count">{filters[key].length}</span>}
          </button>
        ))}
      </div>
      <Section key={open} name={open} chosen={filters[open]} />
    </>
  );
}

interface SectionProps {
  readonly name: More;
  readonly chosen: readonly string[];
}

function Section({ name, chosen }: SectionProps): JSX.Element {
  if (name === 'author') return <AuthorSection chosen={chosen} />;
  if (name === 'kind') return <List name={name} chosen={chosen} choices={Object.keys(KIND_KEYS).map((value) => ({ value, models: 0 }))} />;
  return <Loaded name={name} chosen={chosen} />;
}

/* Languages, licences, libraries: few enough to be looked through at once. */
function Loaded({ name, chosen }: SectionProps): JSX.Element {
  const query = `sort=models&per_page=${VALUES}`;
  const { data, error, retry } = useResource(facetValuesUrl(name, query), (signal) => getFacetValues(name, query, signal));
  if (error !== undefined) return <ErrorPanel title={t('list.filter.failed')} error={error} onRetry={() => retryIn(retry)} />;
  if (data === undefined) return <Skeleton rows={4} kind="page" />;
  const none: Choice = { value: NONE, models: data.none.models };
  return <List name={name} chosen={chosen} choices={[...data.values.map(choiceOf), ...(none.models === 0 ? [] : [none])]} />;
}

/* The button goes; the focus stays in the popover, which would close without it. */
function retryIn(retry: () => void): void {
  document.querySelector<HTMLElement>('.more-filters [aria-pressed=true]')?.focus();
  retry();
}

function choiceOf({ value, models }: FacetValue): Choice {
  return { value, models };
}

interface ListProps extends SectionProps {
  readonly choices: readonly Choice[];
}

function List({ name, chosen, choices }: ListProps): JSX.Element {
  return (
    <ChoiceList
      legend={t(FILTER_NAMES[name])}
      choices={choices}
      chosen={chosen}
      label={(value) => filterLabel(name, value)}
      onToggle={(value, isChosen) => toggleFilter(name, value, isChosen)}
      onClear={() => clearFilter(name)}
    />
  );
}

/* Authors are too many for a list: what is typed finds them. */
function AuthorSection({ chosen }: { readonly chosen: readonly string[] }): JSX.Element {
  const [draft, setDraft] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(cutToBytes(draft.normalize('NFKC').trim(), QUERY_MAX_BYTES)), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  const query = `${q === '' ? '' : `q=${encodeURIComponent(q)}&`}sort=influence&per_page=${AUTHORS}`;
  const { data, error, retry } = useResource(facetValuesUrl('author', query), (signal) => getFacetValues('author', query, signal));
  const found = (data?.values ?? []).map(({ value, models }): Choice => ({ value: authorWord(value), models }));
  const kept = chosen.filter((value) => !found.some((choice) => choice.value === value)).map((value): Choice => ({ value, models: 0 }));
  return (
    <fieldset>
      <legend>{t('list.author')}</legend>
      <input
        type="text"
        class="field"
        autoComplete="off"
        spellcheck={false}
        aria-label={t('list.author.find')}
        placeholder={t('list.author.find')}
        value={draft}
        onInput={(event) => setDraft(cutToBytes(event.currentTarget.value, QUERY_MAX_BYTES))}
      />
      {error === undefined ? null : <ErrorPanel title={t('list.filter.failed')} error={error} onRetry={() => retryIn(retry)} />}
      <Choices shown={[...kept, ...found]} chosen={chosen} label={(value) => filterLabel('author', value)} onToggle={(value, isChosen) => toggleFilter('author', value, isChosen)} />
      <p class="small" role="status">
        {data !== undefined && found.length === 0 ? t('list.filter.empty') : ''}
      </p>
    </fieldset>
  );
}

