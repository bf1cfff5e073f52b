// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { getModel, hubModelUrl } from '../api/client';
import type { ModelDetail } from '../api/schema';
import { formatBytes } from '../data/bytes';
import { UNKNOWN } from '../data/format';
import { DEFAULT_STATE } from '../data/list-state';
import { authorPath, familyHref, modelPath } from '../data/route';
import { KIND_KEYS, fmt, lang, t, taskName } from '../i18n';
import type { MessageKey } from '../i18n/messages';
import { Avatar, Day, ErrorPanel, ModelId, Notice, PlaceholderBadge, RemovedBadge, Skeleton } from '../ui/bits';
import { noteData } from '../ui/data-mark';
import { BackIcon, NetworkIcon, OutIcon } from '../ui/icons';
import { useResource } from '../ui/resource';
import { hrefOf, keepLang, lastList, navigate } from '../ui/router';
import '../ui/style/model.css';
import { useTitle } from '../ui/title';
import { Bases, Derived } from './family';
import { Influence } from './influence';
import { listHref, listState } from './list-nav';

/** One model: what is known about it, why it has the influence it has, and its nearest family. */
export function ModelPage({ id }: { readonly id: string }): JSX.Element {
  const { data, error, retry } = useResource(`model ${id}`, (signal) => getModel(id, signal).then(noteData));
  const known = data?.model.id ?? id;
  // an id that the API refuses as a path is no model's either
  const isMissing = error?.status === 404 || error?.code === 'bad_path';
  useTitle(isMissing ? t('model.missing') : known);
  useEffect(() => {
    // one address per model: a former id or another spelling leads to the present one
    if (known !== id) navigate(hrefOf(modelPath(known), ''), { isReplace: true });
  }, [known, id]);
  return (
    <article class="model">
      <nav class="back" aria-label={t('list.back')}>
        <a href={keepLang(lastList.value)}>
          <BackIcon />
          {t('list.back')}
        </a>
      </nav>
      {isMissing ? <NoModel id={id} /> : <Head id={known} model={data?.model} />}
      {error === undefined || isMissing ? null : <ErrorPanel title={t('error.model', { id })} error={error} onRetry={retry} />}
      {data === undefined && error === undefined ? <Skeleton rows={1} kind="page" /> : null}
      {data === undefined ? null : <Sections detail={data} />}
    </article>
  );
}

function NoModel({ id }: { readonly id: string }): JSX.Element {
  const name = id.slice(id.indexOf('/') + 1);
  useLayoutEffect(() => {
    // takes the place, and the focus, of the heading that was there before the answer
    if (document.activeElement === document.body) document.querySelector('h1')?.focus({ preventScroll: true });
  }, []);
  return (
    <Notice mark="404" title={t('model.missing')} isPage>
      <p class="breakable">{t('model.missing.text', { id })}</p>
      <a class="button button-strong breakable" href={listHref({ ...DEFAULT_STATE, selected: listState().selected, q: name })}>
        {t('model.missing.search', { name })}
      </a>
    </Notice>
  );
}

function Sections({ detail }: { readonly detail: ModelDetail }): JSX.Element {
  return (
    <>
      <Stats detail={detail} />
      <div class="model-grid">
        <Influence detail={detail} />
        <div class="model-side">
          <Details model={detail.model} />
          <Bases bases={detail.bases} />
        </div>
        <Derived derived={detail.derived} id={detail.model.id} />
      </div>
    </>
  );
}

/* The figures one comes for, before everything that explains them. */
function Stats({ detail }: { readonly detail: ModelDetail }): JSX.Element {
  const { model, influence, derived } = detail;
  const { integer, decimal } = fmt();
  const rank = influence.rank === null ? t('influence.no-rank') : t('influence.rank', { rank: influence.rank, of: influence.of });
  const ever = model.downloads_all_time === null ? undefined : t('detail.downloads-all', { n: model.downloads_all_time });
  const stats: readonly (readonly [MessageKey, string, (string | undefined)?])[] = [
    ['influence.value', decimal(influence.value), rank],
    ['detail.downloads', integer(model.downloads), ever],
    ['detail.likes', integer(model.likes)],
    ['family.derived', integer(derived.total)],
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

interface HeadProps {
  readonly id: string;
  /** What is known about the model, once it is there. */
  readonly model: ModelDetail['model'] | undefined;
}

/* Drawn from the id alone first: the heading, and the focus on it, stay when the answer comes in. */
function Head({ id, model }: HeadProps): JSX.Element {
  const owner = id.slice(0, Math.max(0, id.indexOf('/')));
  return (
    <header class="model-head">
      <Avatar author={model?.author.name ?? owner} size={64} />
      <div class="model-head-text">
        <h1 tabIndex={-1} class="breakable">
          <ModelId id={id} />
        </h1>
        {model === undefined ? null : <Origin model={model} />}
      </div>
      <div class="model-ways">
        <a class="button button-strong model-network" href={keepLang(familyHref([id]))}>
          <NetworkIcon />
          {t('model.network')}
        </a>
        <a class="button model-hub" href={hubModelUrl(id)} target="_blank" rel="noopener noreferrer">
          {t('model.hub')}
          <OutIcon />
        </a>
      </div>
    </header>
  );
}

function Origin({ model }: { readonly model: ModelDetail['model'] }): JSX.Element {
  const { author } = model;
  return (
    <>
      <p class="model-by">
        {author.name === '' ? null : (
          <>
            <span class="muted">{t('model.by')}</span>{' '}
            <a href={keepLang(authorPath(author.name))}>{author.full_name ?? author.name}</a>{' '}
            {author.full_name === null || author.full_name === author.name ? null : <span class="muted">{author.name}</span>}
          </>
        )}{' '}
        <span class="badge">{t(KIND_KEYS[author.kind])}</span>
        {model.removed ? <RemovedBadge /> : null}
        {model.placeholder ? <PlaceholderBadge /> : null}
      </p>
      {model.removed ? <p class="small">{t('model.removed')}</p> : null}
      {model.placeholder ? <p class="small">{t('model.placeholder')}</p> : null}
    </>
  );
}

const GATED_KEYS = {
  no: 'detail.gated.no',
  auto: 'detail.gated.auto',
  manual: 'detail.gated.manual',
} as const;

function Details({ model }: { readonly model: ModelDetail['model'] }): JSX.Element {
  const { integer, compact } = fmt();
  const exact = (value: number | null): string | undefined => (value === null ? undefined : integer(value));
  const rows: readonly (readonly [MessageKey, ComponentChildren, (string | undefined)?])[] = [
    ['detail.task', model.task === null ? UNKNOWN : taskName(model.task)],
    ['detail.library', model.library ?? UNKNOWN],
    ['detail.licence', model.licence ?? UNKNOWN],
    ['detail.gated', model.gated === null ? UNKNOWN : t(GATED_KEYS[model.gated])],
    ['detail.parameters', compact(model.parameters), exact(model.parameters)],
    ['detail.storage', formatBytes(lang(), model.storage_bytes), exact(model.storage_bytes)],
    ['detail.created', <Day key="created" value={model.created} />],
    ['detail.modified', <Day key="modified" value={model.last_modified} />],
  ];
  return (
    <section class="panel details" aria-labelledby="details">
      <h2 id="details">{t('model.details')}</h2>
      <dl>
        {rows.map(([key, value, title]) => (
          <div key={key} data-detail={key}>
            <dt>{t(key)}</dt>
            <dd title={title}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
