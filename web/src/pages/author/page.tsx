// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { getAuthor, hubAuthorUrl } from '../../api/client';
import type { AuthorDetail } from '../../api/schema';
import { authorPath, searchHref } from '../../data/route';
import { valueHref } from '../../data/value-href';
import { KIND_KEYS, fmt, t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import { Avatar, Day, ErrorPanel, Notice, Skeleton } from '../../ui/bits';
import { noteData } from '../../ui/data-mark';
import { BackIcon, OutIcon } from '../../ui/icons';
import { useResource } from '../../ui/resource';
import { hrefOf, keepLang, lastList, navigate } from '../../ui/router';
import { useTitle } from '../../ui/title';
import { AuthorFamilies, AuthorTasks } from './lists';
import { AuthorModels } from './models';
import '../../ui/style/model.css';
import './author.css';

/** One author: who that is, and what came from there. */
export function AuthorPage({ name }: { readonly name: string }): JSX.Element {
  const { data, error, retry } = useResource(`author ${name}`, (signal) => getAuthor(name, signal).then(noteData));
  const known = data?.author.name ?? name;
  // a name that the API refuses as a path is no author's either
  const isMissing = error?.status === 404 || error?.code === 'bad_path';
  useTitle(isMissing ? t('author.missing') : titleOf(known, data));
  useEffect(() => {
    // one address per author
    if (known !== name) navigate(hrefOf(authorPath(known), ''), { isReplace: true });
  }, [known, name]);
  return (
    <article class="author">
      <nav class="back" aria-label={t('list.back')}>
        <a href={keepLang(lastList.value)}>
          <BackIcon />
          {t('list.back')}
        </a>
      </nav>
      {isMissing ? <NoAuthor name={name} /> : <Head name={known} detail={data} />}
      {error === undefined || isMissing ? null : <ErrorPanel title={t('author.error', { name })} error={error} onRetry={() => {
          // the button goes: the heading stays
          document.querySelector('h1')?.focus({ preventScroll: true });
          retry();
        }} />}
      {data === undefined && error === undefined ? <Skeleton rows={1} kind="page" /> : null}
      {data === undefined ? null : <Sections detail={data} />}
    </article>
  );
}

function titleOf(name: string, detail: AuthorDetail | undefined): string {
  const full = detail?.author.full_name ?? null;
  return full === null || full === name ? name : `${full} (${name})`;
}

function NoAuthor({ name }: { readonly name: string }): JSX.Element {
  useLayoutEffect(() => {
    // takes the place, and the focus, of the heading that was there before the answer
    if (document.activeElement === document.body) document.querySelector('h1')?.focus({ preventScroll: true });
  }, []);
  return (
    <Notice mark="404" title={t('author.missing')} isPage>
      <p class="breakable">{t('author.missing.text', { name })}</p>
      <a class="button button-strong breakable" href={keepLang(searchHref(name))}>
        {t('author.missing.search', { name })}
      </a>
    </Notice>
  );
}

/* Drawn from the name alone first: the heading, and the focus on it, stay when the answer comes in. */
function Head({ name, detail }: { readonly name: string; readonly detail: AuthorDetail | undefined }): JSX.Element {
  const author = detail?.author;
  return (
    <header class="model-head author-head">
      <Avatar author={name} size={64} />
      <div class="model-head-text">
        <h1 tabIndex={-1} class="breakable">
          {name}
        </h1>
        <p class="model-by">
          {author === undefined ? '\u{a0}' : null}
          {author === undefined || author.full_name === null || author.full_name === name ? null : <span class="author-full">{author.full_name}</span>}{' '}
          {author === undefined ? null : <span class="badge">{t(KIND_KEYS[author.kind])}</span>}
        </p>
      </div>
      <div class="model-ways">
        <a class="button model-hub" href={hubAuthorUrl(name)} target="_blank" rel="noopener noreferrer">
          {t('author.hub')}
          <OutIcon />
        </a>
      </div>
    </header>
  );
}

function Sections({ detail }: { readonly detail: AuthorDetail }): JSX.Element {
  const { author, total } = detail;
  if (total.models === 0) {
    return (
      <>
        <Notice mark="0" title={t('author.empty')}>
          <p>{t('author.empty.text')}</p>
        </Notice>
        {detail.families.total === 0 ? null : <AuthorFamilies detail={detail} />}
      </>
    );
  }
  return (
    <>
      <Stats detail={detail} />
      <section class="panel author-best" aria-labelledby="best">
        <div class="author-section-head">
          <h2 id="best">{t('author.best', { n: detail.models.length })}</h2>
          <a class="button" href={keepLang(valueHref('author', author.name))}>
            {t('author.all', { n: total.models })}
          </a>
        </div>
        <AuthorModels models={detail.models} />
      </section>
      <div class="author-grid">
        <AuthorFamilies detail={detail} />
        <AuthorTasks detail={detail} />
      </div>
    </>
  );
}

function Stats({ detail: { rank, of, total, created } }: { readonly detail: AuthorDetail }): JSX.Element {
  const { integer, decimal } = fmt();
  const span =
    created.first === null ? undefined : (
      <>
        <Day value={created.first} /> – <Day value={created.last} />
      </>
    );
  const stats: readonly (readonly [MessageKey, string, (JSX.Element | string | undefined)?])[] = [
    ['author.influence', decimal(total.influence), rank === null ? t('author.no-rank') : t('author.rank', { rank, of })],
    ['author.models', integer(total.models), span],
    ['author.downloads', integer(total.downloads)],
    ['author.likes', integer(total.likes)],
  ];
  return (
    <dl class="stats panel">
      {stats.map(([key, value, note]) => (
        <div key={key} data-detail={key}>
          <dt>{t(key)}</dt>
          <dd>
            {value}
            {note === undefined ? null : <span class="small">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
