// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { getDriftModels, getFacetValue, hubModelUrl } from '../../api/client';
import type { Facet, ModelRow, Totals } from '../../api/schema';
import { OTHERS, filterHref } from '../../data/dashboard-state';
import type { Opened } from '../../data/dashboard-state';
import { NONE } from '../../data/list-state';
import { authorPath, familyHref, modelPath } from '../../data/route';
import { fmt, t, taskName } from '../../i18n';
import { Avatar, Day, ErrorPanel, Notice, PlaceholderBadge, RemovedBadge } from '../../ui/bits';
import { CrossIcon, NetworkIcon, SearchIcon } from '../../ui/icons';
import type { Resource } from '../../ui/resource';
import { keepLang } from '../../ui/router';
import { figures } from './facet-table';
import { FACET_KEYS, licenceName, othersName, valueName } from './names';
import { closeTen, noteOpener, restoreFocus } from './nav';
import { Waiting } from './panel';
import { useAnswer } from './pulse';

/* What both answers have in common, as it is shown. */
interface Ten {
  readonly title: string;
  readonly models: readonly ModelRow[];
  readonly count: number;
  readonly totals: Totals | null;
  readonly isPlaceholder: boolean;
}

/** The ten most influential models of a value, over the page. Escape, a press beside it and its button close it. */
export function TenDialog({ opened }: { readonly opened: Opened }): JSX.Element {
  return opened.facet === 'drift' ? <DriftTen from={opened.from} to={opened.to} /> : <FacetTen key={opened.facet} facet={opened.facet} value={opened.value} />;
}

function FacetTen({ facet, value }: { readonly facet: Facet; readonly value: string }): JSX.Element {
  const resource = useAnswer(`${facet} ${value}`, async (signal) => {
    const { data, full_name: fullName, value: stored, values, models, total, placeholder } = await getFacetValue(facet, value, signal);
    const name = values === null ? valueName(facet, stored, fullName) : othersName(facet, values);
    return { data, title: name, models, count: total.models, totals: total, isPlaceholder: placeholder };
  });
  const isPlain = value !== NONE && value !== OTHERS;
  const list = filterHref(facet, value);
  return (
    <Frame kind={t(FACET_KEYS[facet])} title={resource.data?.title ?? valueName(facet, value)} resource={resource} avatar={facet === 'author' && isPlain ? value : null}>
      {list === null ? null : <a href={keepLang(list)}>{t('dash.ten.list')}</a>}
      {facet === 'author' && isPlain ? <a href={keepLang(authorPath(value))}>{t('dash.ten.author')}</a> : null}
      {facet === 'family' && isPlain ? <a href={keepLang(familyHref([value]))}>{t('dash.ten.family')}</a> : null}
    </Frame>
  );
}

function DriftTen({ from, to }: { readonly from: string; readonly to: string }): JSX.Element {
  const name = `${toldName(from)} → ${toldName(to)}`;
  const resource = useAnswer(`drift ${JSON.stringify([from, to])}`, async (signal) => {
    const { data, models, total } = await getDriftModels(from, to, signal);
    return { data, title: name, models, count: total, totals: null, isPlaceholder: false };
  });
  return <Frame kind={t('dash.drift')} title={name} resource={resource} avatar={null} />;
}

function toldName(licence: string): string {
  return licenceName(licence === NONE ? null : licence);
}

interface FrameProps {
  /** What sort of thing is open. */
  readonly kind: string;
  readonly title: string;
  readonly resource: Resource<Ten>;
  readonly avatar: string | null;
  /** Ways on. */
  readonly children?: ComponentChildren;
}

function Frame({ kind, title, resource, avatar, children }: FrameProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const { data, error, retry } = resource;
  useLayoutEffect(() => {
    const element = dialog.current;
    noteOpener();
    element?.showModal();
    return () => {
      element?.close();
      // once it is gone
      queueMicrotask(restoreFocus);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="ten"
      aria-labelledby="ten-title"
      onCancel={(event) => {
        // the address says what is open
        event.preventDefault();
        closeTen();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) closeTen();
      }}
    >
      <div class="ten-in">
        <header class="ten-head">
          {avatar === null ? null : <Avatar author={avatar} size={40} />}
          <div>
            <p class="small">{kind}</p>
            <h2 id="ten-title" class="breakable" tabIndex={-1}>
              {title}
            </h2>
          </div>
          <button type="button" class="button button-quiet button-icon" aria-label={t('dash.ten.close')} title={t('dash.ten.close')} onClick={closeTen}>
            <CrossIcon />
          </button>
        </header>
        {error === undefined ? null : <Failed error={error} onRetry={retry} />}
        {data === undefined && error === undefined ? <Waiting height={24} /> : null}
        {data === undefined ? null : <Content ten={data}>{children}</Content>}
      </div>
    </dialog>
  );
}

function Failed({ error, onRetry }: { readonly error: NonNullable<Resource<Ten>['error']>; readonly onRetry: () => void }): JSX.Element {
  const retry = (): void => {
    // the button goes with what failed
    document.getElementById('ten-title')?.focus();
    onRetry();
  };
  if (error.status !== 404) return <ErrorPanel title={t('dash.ten.failed')} error={error} onRetry={retry} />;
  return (
    <Notice mark={<SearchIcon />} title={t('dash.ten.missing')}>
      <p>{t('dash.ten.missing.text')}</p>
      <button type="button" class="button button-strong" onClick={closeTen}>
        {t('dash.ten.close')}
      </button>
    </Notice>
  );
}

function Content({ ten, children }: { readonly ten: Ten; readonly children: ComponentChildren }): JSX.Element {
  const { models, count, totals, isPlaceholder } = ten;
  const { integer, amount } = figures();
  return (
    <>
      {totals === null ? null : (
        <dl class="ten-totals">
          {(
            [
              ['dash.models', integer(totals.models)],
              ['col.influence', amount(totals.influence)],
              ['col.downloads', integer(totals.downloads)],
              ['col.likes', integer(totals.likes)],
            ] as const
          ).map(([key, text]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="ten-ways">
        <p class="small">
          {models.length < count ? t('dash.ten.of', { n: models.length, of: count }) : t('dash.ten', { n: models.length })} {isPlaceholder ? <PlaceholderBadge /> : null}
        </p>
        {children}
      </div>
      {models.length === 0 ? <p class="dash-nothing">{t('dash.ten.empty')}</p> : <Models models={models} />}
    </>
  );
}

/* The look of the leaderboard, on a phone its cards, too. */
function Models({ models }: { readonly models: readonly ModelRow[] }): JSX.Element {
  const columns = [
    ['rank', t('dash.ten.rank')],
    ['author', t('col.author')],
    ['name', t('col.name')],
    ['task', t('col.task')],
    ['created', t('col.created')],
    ['downloads', t('col.downloads')],
    ['likes', t('col.likes')],
    ['influence', t('col.influence')],
    ['network', t('dash.ten.network')],
  ] as const;
  return (
    <table role="table" class="models ten-models">
      <caption class="visually-hidden">{t('dash.ten', { n: models.length })}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(([key, text]) => (
            <th key={key} role="columnheader" scope="col" class={`c-${key}`}>
              {key === 'author' || key === 'network' ? <span class="visually-hidden">{text}</span> : text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {models.map((model) => (
          <Row key={model.id} model={model} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ model }: { readonly model: ModelRow }): JSX.Element {
  const { integer, decimal } = fmt();
  const { id, author } = model;
  const slash = id.indexOf('/');
  const network = t('dash.ten.network.of', { id });
  const onHub = `${id} – Hugging Face`;
  return (
    <tr role="row" data-id={id}>
      <td role="cell" class="c-rank" data-label={t('dash.ten.rank')}>
        {integer(model.rank)}
      </td>
      <td role="cell" class="c-author">
        <a href={hubModelUrl(id)} target="_blank" rel="noopener noreferrer" aria-label={onHub} title={onHub}>
          <Avatar author={author.name} size={32} />
        </a>
      </td>
      <td role="cell" class="c-name">
        <a class="model-link" href={keepLang(modelPath(id))} title={id}>
          {slash < 0 ? null : <span class="visually-hidden">{id.slice(0, slash + 1)}</span>}
          {id.slice(slash + 1)}
        </a>
        <span class="under">
          {author.name === '' ? null : (
            <a class="owner" href={keepLang(authorPath(author.name))} title={author.name}>
              {author.full_name ?? author.name}
            </a>
          )}
          {model.removed ? <RemovedBadge /> : null}
        </span>
      </td>
      <td role="cell" class="c-task" data-label={t('col.task')}>
        {model.task === null ? t('list.task.none') : taskName(model.task)}
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
      <td role="cell" class="c-influence" data-label={t('col.influence')}>
        {decimal(model.influence)}
      </td>
      <td role="cell" class="c-network">
        <a href={keepLang(familyHref([id]))} aria-label={network} title={network}>
          <NetworkIcon />
        </a>
      </td>
    </tr>
  );
}
