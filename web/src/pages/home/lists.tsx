// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { getFacetValue, getFacetValues, getModels } from '../../api/client';
import type { FacetValue, FacetValues, ModelRow } from '../../api/schema';
import { barPercent } from '../../data/influence';
import { newestMonth } from '../../data/newest';
import { LIST_PATH, dashboardHref, familyHref, modelPath } from '../../data/route';
import { KIND_KEYS, fmt, t, taskName } from '../../i18n';
import { Avatar, Day, RemovedBadge, explain } from '../../ui/bits';
import { noteData } from '../../ui/data-mark';
import { NetworkIcon } from '../../ui/icons';
import { useResource } from '../../ui/resource';
import type { Resource } from '../../ui/resource';
import { keepLang } from '../../ui/router';

const ROWS = 6;

/** The models with most influence. */
export function TopModels(): JSX.Element {
  const query = `per_page=${ROWS}`;
  const models = useResource(query, (signal) => getModels(query, signal).then(noteData));
  const largest = Math.max(0, ...(models.data?.models ?? []).map(({ influence }) => influence));
  return (
    <List name="top" title={t('home.top')} more={t('home.top.more')} href={LIST_PATH} resource={models} count={models.data?.models.length}>
      {models.data?.models.map((model) => (
        <li key={model.id}>
          <Avatar author={model.author.name} size={32} />
          <ModelName model={model}>{model.task === null ? t(KIND_KEYS[model.author.kind]) : taskName(model.task)}</ModelName>
          <Measure value={fmt().decimal(model.influence)} title={t('col.influence')} percent={barPercent(model.influence, largest)} />
          <NetworkLink id={model.id} />
        </li>
      ))}
    </List>
  );
}

/** The most influential of the newest models. */
export function NewModels(): JSX.Element {
  const fresh = useResource('home new', getNewest);
  const models = fresh.data;
  const largest = Math.max(0, ...(models ?? []).map(({ influence }) => influence));
  return (
    <List name="new" title={t('home.new')} more={t('home.new.more')} href={`${LIST_PATH}?sort=created`} resource={fresh} count={models?.length}>
      {models?.map((model) => (
        <li key={model.id}>
          <Avatar author={model.author.name} size={32} />
          <ModelName model={model}>{model.task === null ? t(KIND_KEYS[model.author.kind]) : taskName(model.task)}</ModelName>
          <Measure value={<Day value={model.created} />} title={`${t('col.influence')} ${fmt().decimal(model.influence)}`} percent={barPercent(model.influence, largest)} />
        </li>
      ))}
    </List>
  );
}

/* What is created last is mostly somebody's first test. So: of the newest month the models with most influence, and the
 * plain newest ones only where no month has enough. */
async function getNewest(signal: AbortSignal): Promise<readonly ModelRow[]> {
  const { values } = await getFacetValues('month', 'per_page=1000', signal);
  const month = newestMonth(values, ROWS);
  const ofMonth = month === null ? [] : (await getFacetValue('month', month, signal)).models;
  const there = ofMonth.filter(({ removed }) => !removed);
  if (there.length >= ROWS) return there.slice(0, ROWS);
  return (await getModels(`sort=created&removed=exclude&per_page=${ROWS}`, signal)).models;
}

/** Asks for the families with most models; their number is among the facts, too. */
export function useFamilies(): Resource<FacetValues> {
  const query = `sort=models&per_page=${ROWS}`;
  return useResource(`family ${query}`, (signal) => getFacetValues('family', query, signal).then(noteData));
}

/** The families with most models; each leads to its network. */
export function LargestFamilies({ families }: { readonly families: Resource<FacetValues> }): JSX.Element {
  const largest = Math.max(0, ...(families.data?.values ?? []).map(({ models }) => models));
  return (
    <List name="families" title={t('home.families')} more={t('home.families.more')} href={`${dashboardHref()}?tree=family`} resource={families} count={families.data?.values.length}>
      {families.data?.values.map((family) => (
        <li key={family.value} class={family.placeholder ? 'hollow' : undefined}>
          <Avatar author={ownerOf(family.value)} size={32} />
          <Family family={family} />
          <Measure value={t('home.families.models', { n: family.models })} title={t('home.families.of')} percent={barPercent(family.models, largest)} />
        </li>
      ))}
    </List>
  );
}

function Family({ family: { value, placeholder, influence } }: { readonly family: FacetValue }): JSX.Element {
  return (
    <div class="home-name">
      <a href={keepLang(familyHref([value]))} title={value}>
        {shortName(value)}
      </a>
      <p class="small">
        {ownerOf(value)} · {placeholder ? t('badge.placeholder') : `${t('col.influence')} ${fmt().compact(influence)}`}
      </p>
    </div>
  );
}

function ModelName({ model: { id, removed }, children }: { readonly model: ModelRow; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="home-name">
      <a href={keepLang(modelPath(id))} title={id}>
        {shortName(id)}
      </a>
      <p class="small">
        {ownerOf(id)}
        {ownerOf(id) === '' ? '' : ' · '}
        {children} {removed ? <RemovedBadge /> : null}
      </p>
    </div>
  );
}

/* A number, and below it how it compares with the first of the list. */
function Measure({ value, title, percent }: { readonly value: ComponentChildren; readonly title: string; readonly percent: number }): JSX.Element {
  return (
    <p class="home-measure" title={title}>
      {value}
      <span class="home-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
    </p>
  );
}

function NetworkLink({ id }: { readonly id: string }): JSX.Element {
  const label = t('home.network', { id });
  return (
    <a class="home-network" href={keepLang(familyHref([id]))} aria-label={label} title={label}>
      <NetworkIcon />
    </a>
  );
}

interface ListProps {
  readonly name: string;
  readonly title: string;
  readonly more: string;
  readonly href: string;
  readonly resource: Resource<unknown>;
  /** Entries that came; not known while waiting. */
  readonly count: number | undefined;
  readonly children: ComponentChildren;
}

/* A few entries with their title and the way to all; it has its height from the start. */
function List({ name, title, more, href, resource: { error, retry }, count, children }: ListProps): JSX.Element {
  return (
    <section class="panel home-list" aria-labelledby={`home-${name}`} data-list={name}>
      <div class="home-list-head">
        <h2 id={`home-${name}`}>{title}</h2>
        <a href={keepLang(href)}>{more}</a>
      </div>
      {error === undefined ? null : (
        <p class="home-list-note" role="alert">
          {explain(error)}{' '}
          <button
            type="button"
            class="link"
            onClick={(event) => {
              // the button goes: the way to all of the list stays
              event.currentTarget.closest('section')?.querySelector('a')?.focus();
              retry();
            }}
          >
            {t('error.retry')}
          </button>
        </p>
      )}
      {count === undefined && error === undefined ? <Waiting /> : null}
      {count === 0 ? <p class="home-list-note">{t('home.empty')}</p> : null}
      {count === undefined || count === 0 ? null : <ol>{children}</ol>}
    </section>
  );
}

function Waiting(): JSX.Element {
  return (
    <div class="skeleton">
      <p class="visually-hidden" role="status">
        {t('app.loading')}
      </p>
      <ol aria-hidden="true">
        {Array.from({ length: ROWS }, (_, row) => (
          <li key={row}>
            <span class="home-blank home-blank-round" />
            <span class="home-blank" />
          </li>
        ))}
      </ol>
    </div>
  );
}

function shortName(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

function ownerOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('/')));
}
