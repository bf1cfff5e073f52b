// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import type { ApiError } from '../api/client';
import { TIMEOUT_MS, avatarUrl } from '../api/client';
import type { Relation } from '../api/schema';
import { RELATION_KEYS, fmt, t } from '../i18n';
import { AlertIcon, RelationShape } from './icons';

/** The round picture of an author. It stands beside the name, so it needs no text of its own. */
export function Avatar({ author, size }: { readonly author: string; readonly size: number }): JSX.Element {
  return <img class="avatar" src={avatarUrl(author)} width={size} height={size} loading="lazy" decoding="async" alt="" />;
}

/** A badge: a few words in a frame, with an explanation. */
export function Badge({ kind, title, children }: { readonly kind: string; readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <span class={`badge badge-${kind}`} title={title}>
      {children}
    </span>
  );
}

/** Says that a model is gone from the Hub. */
export function RemovedBadge(): JSX.Element {
  return (
    <Badge kind="removed" title={t('badge.removed.title')}>
      {t('badge.removed')}
    </Badge>
  );
}

/** Says that a model is known only as a base of others. */
export function PlaceholderBadge(): JSX.Element {
  return (
    <Badge kind="placeholder" title={t('badge.placeholder.title')}>
      {t('badge.placeholder')}
    </Badge>
  );
}

/** A relation, told by shape, colour and name. */
export function RelationBadge({ relation, children }: { readonly relation: Relation; readonly children?: ComponentChildren }): JSX.Element {
  return (
    <span class="badge badge-relation">
      <RelationShape relation={relation} />
      {t(RELATION_KEYS[relation])}
      {children}
    </span>
  );
}

/** A model's id with the owner subdued and the name strong. */
export function ModelId({ id }: { readonly id: string }): JSX.Element {
  const slash = id.indexOf('/');
  return (
    <span class="model-id">
      {slash < 0 ? null : <span class="model-owner">{id.slice(0, slash + 1)}</span>}
      <wbr />
      <span class="model-name">{id.slice(slash + 1)}</span>
    </span>
  );
}

/** A day, readable by machines too. */
export function Day({ value }: { readonly value: string | null }): JSX.Element {
  return value === null ? <span>{fmt().date(null)}</span> : <time dateTime={value}>{fmt().date(value)}</time>;
}

interface NoticeProps {
  /** A picture or a few letters above the title. */
  readonly mark: ComponentChildren;
  readonly title: string;
  /** Whether it is all there is on the page: its title is then the title of the page. */
  readonly isPage?: boolean;
  /** Whether it tells of a failure; it is then read out at once. */
  readonly isError?: boolean;
  readonly children: ComponentChildren;
}

/** A message in the place of content, with a way on. */
export function Notice({ mark, title, isPage = false, isError = false, children }: NoticeProps): JSX.Element {
  return (
    <section class={isError ? 'panel notice notice-error' : 'panel notice'} role={isError ? 'alert' : undefined}>
      <span class="notice-mark" aria-hidden="true">
        {mark}
      </span>
      {isPage ? (
        <h1 tabIndex={-1} class="breakable">
          {title}
        </h1>
      ) : (
        <h2 class="breakable">{title}</h2>
      )}
      {children}
    </section>
  );
}

/** What failed, why, and a way to try again. */
export function ErrorPanel({ title, error, onRetry }: { readonly title: string; readonly error: ApiError; readonly onRetry: () => void }): JSX.Element {
  return (
    <Notice mark={<AlertIcon />} title={title} isError>
      <p class="breakable">{explain(error)}</p>
      <button type="button" class="button button-strong" onClick={onRetry}>
        {t('error.retry')}
      </button>
    </Notice>
  );
}

/** A fault that only a reload can mend, as a page. */
export function ReloadPage({ text }: { readonly text: string }): JSX.Element {
  return (
    <Notice mark={<AlertIcon />} title={t('app.crashed')} isPage isError>
      <p class="breakable">{text}</p>
      <button type="button" class="button button-strong" onClick={() => location.reload()}>
        {t('app.reload')}
      </button>
    </Notice>
  );
}

/** The reason of a failure in words. */
export function explain(error: ApiError): string {
  switch (error.kind) {
    case 'network':
      return t('error.network');
    case 'timeout':
      return t('error.timeout', { seconds: TIMEOUT_MS / 1000 });
    case 'format':
      return t('error.format');
    case 'problem':
      return error.detail === '' ? t('error.status', { status: String(error.status) }) : t('error.server', { detail: error.detail });
  }
}

/** Grey shapes where content will be: those of a table, or of a page. Screen readers are told once, in words. */
export function Skeleton({ rows, kind }: { readonly rows: number; readonly kind: 'table' | 'page' }): JSX.Element {
  return (
    <div class={`skeleton skeleton-${kind}`}>
      <p class="visually-hidden" role="status">
        {t('app.loading')}
      </p>
      <div aria-hidden="true">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row}>
            <span />
            <span />
            <span />
          </div>
        ))}
      </div>
    </div>
  );
}
