// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { SearchResult } from '../api/schema';
import { parseHubAddress } from '../data/hub-address';
import type { LatestState } from '../data/latest';
import { searchHref } from '../data/route';
import { countFound, moveActive, questionOf, suggestionGroups, wordsOf } from '../data/suggest';
import type { FoundNames, Suggestion, SuggestionGroup } from '../data/suggest';
import { fmt, t } from '../i18n';
import type { MessageKey } from '../i18n/messages';
import { explain } from './bits';
import { isPlainClick, keepLang, navigate } from './router';
import type { ListView } from './search-field';
import { Entry } from './suggestion-entry';
import { useAnswers, useNames } from './suggestion-source';
import './style/suggestions.css';

/** What the list gets from the field above it, and how it answers. */
export interface SuggestionsProps {
  readonly text: string;
  /** Whether a word is being composed: half a word is no question. */
  readonly isComposing: boolean;
  readonly isFocused: boolean;
  readonly isLarge: boolean;
  /** Takes the keys pressed in the field. */
  readonly keys: { current: ((event: KeyboardEvent) => void) | undefined };
  readonly onText: (text: string) => void;
  readonly onView: (view: ListView) => void;
  /** One has gone somewhere. */
  readonly onDone: () => void;
}

/** The list under the field of the one search. */
export function Suggestions({ text, isComposing, isFocused, isLarge, keys, onText, onView, onDone }: SuggestionsProps): JSX.Element {
  const [isClosed, setClosed] = useState(false);
  const [active, setActive] = useState(-1);
  const held = useRef('');
  if (!isComposing) held.current = questionOf(text);
  const question = held.current;
  const [state, latest] = useAnswers(question);
  const [names, isNaming] = useNames(isFocused);
  const groups = useMemo(() => groupsOf(state, names), [state, names]);
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const isOpen = isFocused && !isClosed && question !== '';
  const isExpanded = isOpen && count > 0;
  const at = isExpanded && active < count ? active : -1;
  const isStale = isNaming || state.isWaiting || state.answered !== question;
  /* The question that Enter sent before it was answered. */
  const sent = useRef<string | null>(null);

  const go = (href: string): void => {
    sent.current = null;
    const { pathname } = location;
    navigate(keepLang(href));
    if (location.pathname !== pathname) scrollTo(0, 0);
    onDone();
  };
  const leave = (): void => {
    sent.current = null;
    const href = defaultHref(question, groups);
    if (href !== null) go(href);
  };
  const onEnter = (): void => {
    if (at >= 0) document.getElementById(entryId(at))?.click();
    else if (isStale) {
      sent.current = question;
      latest.hurry();
    } else leave();
  };
  const onEscape = (target: EventTarget | null): void => {
    sent.current = null;
    if (isOpen) setClosed(true);
    else if (text !== '') onText('');
    else if (target instanceof HTMLElement) target.blur();
  };
  keys.current = (event) => {
    const { key } = event;
    const to = moveActive(at, count, key);
    // the keys of whoever composes a word choose among its characters
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (key === 'Enter') onEnter();
    else if (key === 'Escape') onEscape(event.target);
    else if (key === 'ArrowDown' && !isExpanded) setClosed(false);
    else if (key === 'ArrowUp' && event.altKey) setClosed(true);
    else if (isExpanded && to !== at) setActive(to);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  useEffect(
    () => () => {
      keys.current = undefined;
    },
    [keys],
  );
  useLayoutEffect(() => {
    setClosed(false);
    setActive(-1);
    sent.current = null;
  }, [question, isFocused]);
  useLayoutEffect(() => setActive(-1), [state.answered]);
  useLayoutEffect(() => {
    onView({ isExpanded, active: at < 0 ? undefined : entryId(at) });
    if (at >= 0) document.getElementById(entryId(at))?.scrollIntoView({ block: 'nearest' });
  }, [isExpanded, at, onView]);
  useEffect(() => {
    if (sent.current !== null && sent.current === question && !isStale) leave();
  });

  return (
    <>
      <p class="visually-hidden" role="status">
        {isOpen && state.error === undefined ? status(state, isStale, groups) : ''}
      </p>
      <div class="site-found-frame" hidden={!isOpen}>
        <Line state={state} groups={groups} onRetry={() => latest.retry()} />
        <div id="site-found" class={state.isWaiting ? 'site-found site-found-waiting' : 'site-found'} role="listbox" aria-label={t('search.list')}>
          {isOpen ? <Groups groups={groups} question={state.answered} active={at} onDone={onDone} /> : null}
        </div>
        {isLarge ? <p class="site-found-note">{t('search.projects')}</p> : null}
      </div>
    </>
  );
}

const entryId = (index: number): string => `site-found-${index}`;

/* Where Enter leads while no entry is active: to what was typed exactly, else to all models that match; nowhere with an
 * address that is neither. */
function defaultHref(question: string, groups: readonly SuggestionGroup[]): string | null {
  const entry = groups[0]?.kind === 'match' ? groups[0].entries[0] : undefined;
  if (entry !== undefined) return entry.href;
  return question === '' || (parseHubAddress(question) !== null && groups.length === 0) ? null : searchHref(question);
}

function groupsOf({ answered, answer, error }: LatestState<SearchResult>, names: (question: string) => FoundNames): readonly SuggestionGroup[] {
  if (answer === undefined && error === undefined) return [];
  return suggestionGroups(answered, answer ?? null, names(answered));
}

const HEADS: Readonly<Record<'model' | 'author' | 'task' | 'language', MessageKey>> = {
  model: 'search.models',
  author: 'search.authors',
  task: 'search.tasks',
  language: 'search.languages',
};

function headOf(kind: Suggestion['kind']): MessageKey | null {
  return kind === 'match' || kind === 'all' ? null : HEADS[kind];
}

/* For those who do not see the list: an old answer stays in it while a new one is awaited. */
function status(state: LatestState<SearchResult>, isStale: boolean, groups: readonly SuggestionGroup[]): string {
  if (state.answer === undefined) return t('search.waiting');
  return isStale ? '' : told(state.answered, groups);
}

function told(question: string, groups: readonly SuggestionGroup[]): string {
  const found = countFound(groups);
  const parts = groups.flatMap(({ kind, total }) => {
    const head = headOf(kind);
    return head === null ? [] : [`${t(head)}: ${fmt().integer(total)}`];
  });
  return found === 0 ? noneText(question, groups) : `${t('search.found', { n: found })} ${parts.join(', ')}`;
}

/* Why nothing was found; nothing to say where there is a way all the same. */
function noneText(question: string, groups: readonly SuggestionGroup[]): string {
  if (groups[0]?.kind === 'match') return '';
  const kind = parseHubAddress(question)?.kind;
  return t(kind === 'dataset' || kind === 'space' || kind === 'page' ? NO[kind] : 'search.none');
}

const NO = { dataset: 'search.no.dataset', space: 'search.no.space', page: 'search.no.page' } as const;

/* What there is to say besides the entries; it takes no room while there is nothing. */
function Line({ state, groups, onRetry }: { readonly state: LatestState<SearchResult>; readonly groups: readonly SuggestionGroup[]; readonly onRetry: () => void }): JSX.Element | null {
  if (state.error !== undefined) {
    return (
      <p class="site-found-line site-found-failed" role="alert">
        {t('search.failed', { reason: explain(state.error) })}{' '}
        <button
          type="button"
          class="link"
          onClick={(event) => {
            event.currentTarget.closest('form')?.querySelector('input')?.focus();
            onRetry();
          }}
        >
          {t('error.retry')}
        </button>
      </p>
    );
  }
  if (state.answer === undefined) return <p class="site-found-line">{t('search.waiting')}</p>;
  const none = countFound(groups) === 0 ? noneText(state.answered, groups) : '';
  return none === '' ? null : <p class="site-found-line">{none}</p>;
}

interface GroupsProps {
  readonly groups: readonly SuggestionGroup[];
  readonly question: string;
  readonly active: number;
  readonly onDone: () => void;
}

function Groups({ groups, question, active, onDone }: GroupsProps): JSX.Element {
  const words = wordsOf(question);
  let index = -1;
  return (
    <>
      {groups.map((group) => {
        const head = headOf(group.kind);
        return (
          <div key={group.kind} class={`site-found-group site-found-${group.kind}`} role="group" aria-label={head === null ? t('search.go') : undefined} aria-labelledby={head === null ? undefined : `site-found-of-${group.kind}`}>
            {head === null ? null : (
              <p class="site-found-head" role="presentation" id={`site-found-of-${group.kind}`}>
                {t(head)} <span class="count">{fmt().integer(group.total)}</span>
              </p>
            )}
            {group.entries.map((entry) => {
              index += 1;
              return (
                <a
                  key={entry.href}
                  id={entryId(index)}
                  class={groups[0] === group && entry.kind === 'match' ? 'site-found-entry site-found-default' : 'site-found-entry'}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  href={keepLang(entry.href)}
                  onPointerDown={(event) => event.preventDefault()}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={(event) => {
                    if (isPlainClick(event)) onDone();
                  }}
                >
                  <Entry entry={entry} question={question} words={words} />
                  {(entry.kind === 'match' || (entry.kind === 'all' && groups[0]?.kind !== 'match')) && active < 0 ? <kbd aria-hidden="true">↵</kbd> : null}
                </a>
              );
            })}
          </div>
        );
      })}
    </>
  );
}

