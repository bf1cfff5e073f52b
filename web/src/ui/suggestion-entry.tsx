// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import type { FacetValue } from '../api/schema';
import { humanise } from '../data/format';
import { cutAtWords } from '../data/suggest';
import type { Suggestion } from '../data/suggest';
import { KIND_KEYS, fmt, t, taskName } from '../i18n';
import { languageName } from '../i18n/languages';
import { Avatar, RemovedBadge } from './bits';
import { ForwardIcon, SearchIcon } from './icons';

interface EntryProps {
  readonly entry: Suggestion;
  readonly question: string;
  /** What is marked where it occurs. */
  readonly words: readonly string[];
}

/** What an entry of the list shows. */
export function Entry({ entry, question, words }: EntryProps): JSX.Element {
  const { integer } = fmt();
  switch (entry.kind) {
    case 'match':
      return <Plain mark={<ForwardIcon />} text={t(GO[entry.what], { name: matchName(entry.what, entry.name) })} />;
    case 'all':
      return <Plain mark={<SearchIcon />} text={entry.total === 0 ? t('search.all.unknown', { q: question }) : t('search.all', { q: question, n: entry.total })} />;
    case 'model': {
      const { id, author, task, rank, removed } = entry.model;
      return (
        <>
          <Avatar author={author.name} size={24} />
          <Name text={id} words={words}>
            {removed ? <RemovedBadge /> : null}
          </Name>
          <span class="site-found-more">{task === null ? '' : taskName(task)}</span>
          <span class="count" title={t('search.rank', { rank })}>
            #{integer(rank)}
          </span>
        </>
      );
    }
    case 'author': {
      const { value, full_name: fullName, kind, models } = entry.author;
      return (
        <>
          <Avatar author={value} size={24} />
          <Name text={fullName ?? value} words={words}>
            {fullName === null || fullName === value ? null : (
              <span class="muted">
                <Marked text={value} words={words} />
              </span>
            )}
          </Name>
          <span class="site-found-more">{kind === null ? '' : t(KIND_KEYS[kind])}</span>
          <span class="count">{t('search.models.count', { n: models })}</span>
        </>
      );
    }
    case 'task':
    case 'language':
      return <Value kind={entry.kind} value={entry.value} words={words} />;
  }
}

const GO = { model: 'search.go.model', author: 'search.go.author', task: 'search.go.task', language: 'search.go.language', list: 'search.go.list' } as const;

function matchName(what: keyof typeof GO, name: string): string {
  if (what === 'task') return taskName(name);
  return what === 'language' ? languageName(name) : name;
}

function Value({ kind, value: { value, models }, words }: { readonly kind: 'task' | 'language'; readonly value: FacetValue; readonly words: readonly string[] }): JSX.Element {
  const name = kind === 'task' ? taskName(value) : languageName(value);
  const key = kind === 'task' ? humanise(value) : value;
  return (
    <>
      <Name text={name} words={words}>
        {key === name ? null : (
          <span class="muted">
            <Marked text={key} words={words} />
          </span>
        )}
      </Name>
      <span class="count">{t('search.models.count', { n: models })}</span>
    </>
  );
}

function Plain({ mark, text }: { readonly mark: ComponentChildren; readonly text: string }): JSX.Element {
  return (
    <>
      {mark}
      <span class="site-found-name">{text}</span>
    </>
  );
}

interface NameProps {
  readonly text: string;
  readonly words: readonly string[];
  readonly children?: ComponentChildren;
}

function Name({ text, words, children }: NameProps): JSX.Element {
  return (
    <span class="site-found-name">
      <span class="site-found-text" title={text}>
        <Marked text={text} words={words} />
      </span>{' '}
      {children}
    </span>
  );
}

function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }): JSX.Element {
  return <>{cutAtWords(text, words).map(({ at, text: piece, isHit }) => (isHit ? <mark key={at}>{piece}</mark> : piece))}</>;
}
