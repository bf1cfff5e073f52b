// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { getMembers } from '../../api/client';
import type { NetworkMember, NetworkMembers } from '../../api/schema';
import { authorOf, dayNumber } from '../../data/network-facts';
import { modelsAt } from '../../data/network-mask';
import { shownQuery } from '../../data/network-state';
import { pageCount, pageRange } from '../../data/paging';
import { modelPath } from '../../data/route';
import { KIND_KEYS, fmt, t } from '../../i18n';
import { Avatar, Day, PlaceholderBadge, RelationBadge, RemovedBadge, explain } from '../../ui/bits';
import { BackIcon, ForwardIcon } from '../../ui/icons';
import { useResource } from '../../ui/resource';
import { keepLang } from '../../ui/router';
import type { Desk } from './desk';
import { AuthorLink } from './panel-author';

/** All models of an author that one node stands for. */
export function GroupPanel({ desk }: { readonly desk: Desk }): JSX.Element {
  const { network, selected: node, state, until } = desk;
  const author = authorOf(network, node);
  const models = modelsAt(network, node, until === null ? null : dayNumber(until));
  const [page, setPage] = useState(1);
  const query = shownQuery({ ...state, until });
  const { data, error, isLoading, retry } = useResource(`members ${author.name} ${page} ${query}`, (signal) => getMembers(query, author.name, page, signal));
  return (
    <>
      <header class="net-panel-head">
        <Avatar author={author.name} size={48} />
        <div>
          <h2 class="breakable">{author.name === '' ? t('net.no-owner') : <AuthorLink author={author} />}</h2>
          <p class="net-panel-links">
            <strong>{t('net.models', { n: models })}</strong>
            {author.fullName === '' || author.fullName === author.name ? null : <span class="muted">{author.name}</span>}
            <span class="badge">{t(KIND_KEYS[author.kind])}</span>
          </p>
        </div>
      </header>
      {error === undefined ? null : (
        <p class="net-missing" role="alert">
          {explain(error)}{' '}
          <button type="button" class="link" onClick={retry}>
            {t('error.retry')}
          </button>
        </p>
      )}
      {data === undefined && error === undefined ? <p class="muted">{t('app.loading')}</p> : null}
      {data === undefined ? null : <Members answer={data} isBusy={isLoading} onPage={setPage} />}
    </>
  );
}

interface MembersProps {
  readonly answer: NetworkMembers;
  readonly isBusy: boolean;
  readonly onPage: (page: number) => void;
}

function Members({ answer, isBusy, onPage }: MembersProps): JSX.Element {
  const pages = pageCount(answer.total, answer.per_page);
  const [first, last] = pageRange(answer.page, answer.per_page, answer.total);
  return (
    <>
      <table class="net-members" aria-busy={isBusy}>
        <caption class="visually-hidden">{t('net.members')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('col.name')}</th>
            <th scope="col" class="number">
              {t('col.likes')}
            </th>
            <th scope="col" class="number">
              {t('col.downloads')}
            </th>
            <th scope="col" class="number">
              {t('col.influence')}
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.models.map((model) => (
            <Member key={model.id} model={model} />
          ))}
        </tbody>
      </table>
      {pages === 1 ? null : (
        <nav class="net-pages" aria-label={t('page.nav')}>
          <button type="button" class="button button-icon" disabled={answer.page <= 1} aria-label={t('page.prev')} title={t('page.prev')} onClick={() => onPage(answer.page - 1)}>
            <BackIcon />
          </button>
          <span role="status">{t('list.range', { first, last, total: answer.total })}</span>
          <button type="button" class="button button-icon" disabled={answer.page >= pages} aria-label={t('page.next')} title={t('page.next')} onClick={() => onPage(answer.page + 1)}>
            <ForwardIcon />
          </button>
        </nav>
      )}
    </>
  );
}

function Member({ model }: { readonly model: NetworkMember }): JSX.Element {
  const { compact, integer, decimal } = fmt();
  const exact = (value: number | null): string | undefined => (value === null ? undefined : integer(value));
  return (
    <tr data-id={model.id}>
      <th scope="row">
        <a class="breakable" href={keepLang(modelPath(model.id))}>
          {model.id.slice(model.id.indexOf('/') + 1)}
        </a>
        <span class="small">
          <Day value={model.created} />
          {model.removed ? <RemovedBadge /> : null}
        </span>
        {model.bases.map((base) => (
          <span class="net-member-base" key={`${base.id} ${base.relation}`}>
            <RelationBadge relation={base.relation} />
            <a class="breakable small" href={keepLang(modelPath(base.id))}>
              {base.id}
            </a>
            {base.placeholder ? <PlaceholderBadge /> : null}
          </span>
        ))}
      </th>
      <td class="number" title={exact(model.likes)}>
        {compact(model.likes)}
      </td>
      <td class="number" title={exact(model.downloads)}>
        {compact(model.downloads)}
      </td>
      <td class="number">{decimal(model.influence)}</td>
    </tr>
  );
}
