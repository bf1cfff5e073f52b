// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { getDashboard } from '../../api/client';
import type { Dashboard } from '../../api/schema';
import { BAR_METRICS } from '../../data/dashboard-state';
import type { DashboardState } from '../../data/dashboard-state';
import { fmt, t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import '../../ui/style/models.css';
import '../../ui/style/dashboard.css';
import { LineIcon } from '../../ui/network-icons';
import type { Resource } from '../../ui/resource';
import { useTitle } from '../../ui/title';
import { BarsPanel } from './bars';
import { DriftPanel } from './drift';
import { FacetTable, figures } from './facet-table';
import { Choice } from './fields';
import { GrowthPanel } from './growth';
import { dashboardState, pushDashboard, replaceDashboard } from './nav';
import { Awaited, How, Panel, preloadCharts } from './panel';
import { useAnswer } from './pulse';
import { TenDialog } from './ten';
import { METRIC_KEYS, TreemapPanel } from './treemap';
import { Wall } from './wall';

/** Tasks that have a bar before one asks for all. */
const TASKS_FIRST = 15;
/** Kinds of author that are no organisations. */
const KINDS_APART: readonly string[] = ['individual'];

/** The whole ecosystem at a glance: totals, top lists, shares, growth and licences, each with its models behind it. */
export function DashboardPage(): JSX.Element {
  useTitle(t('dash.title'));
  const state = dashboardState();
  const resource = useAnswer('totals', getDashboard);
  const isThere = resource.data !== undefined;
  // what was typed and means nothing goes from the address
  useEffect(() => replaceDashboard({}), []);
  useEffect(() => {
    if (isThere) preloadCharts();
  }, [isThere]);
  return (
    <>
      {state.isWall ? <WallPage state={state} resource={resource} /> : <FullPage state={state} resource={resource} />}
      {state.opened === null ? null : <TenDialog opened={state.opened} />}
    </>
  );
}

interface PartProps {
  readonly state: DashboardState;
  readonly resource: Resource<Dashboard>;
}

function FullPage({ state, resource }: PartProps): JSX.Element {
  return (
    <div class="dash">
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{t('dash.title')}</h1>
          <p class="lead">{t('dash.lead')}</p>
        </div>
        <button type="button" class="button dash-wall-button" title={t('dash.wall.title')} onClick={() => pushDashboard({ isWall: true })}>
          <LineIcon name="fit" />
          {t('dash.wall')}
        </button>
      </div>
      <TotalsStrip resource={resource} />
      <div class="dash-grid dash-grid-2">
        <FacetPanel facet="language" resource={resource} how={t('dash.languages.how')} />
        <FacetPanel facet="author" resource={resource} />
      </div>
      <Bars state={state} resource={resource} />
      <TreemapPanel state={state} />
      <GrowthPanel state={state} />
      <DriftPanel state={state} />
      <h2 class="dash-section">{t('dash.more')}</h2>
      <div class="dash-grid dash-grid-3">
        <FacetPanel facet="family" resource={resource} level={3} />
        <FacetPanel facet="library" resource={resource} level={3} />
        <FacetPanel facet="licence" resource={resource} level={3} />
      </div>
    </div>
  );
}

function Bars({ state, resource }: PartProps): JSX.Element {
  return (
    <>
      <div class="dash-section-head">
        <h2 id="dash-bars" tabIndex={-1}>
          {t('dash.bars')}
        </h2>
        <div class="dash-labelled">
          <span aria-hidden="true">{t('dash.metric')}</span>
          <Choice
            label={t('dash.metric')}
            value={state.bars}
            options={BAR_METRICS.map((metric) => [metric, t(METRIC_KEYS[metric])] as const)}
            onChange={(bars) => replaceDashboard({ bars })}
          />
        </div>
      </div>
      <Awaited resource={resource} title={t('dash.bars')} height={34}>
        {(data) => (
          <div class="dash-grid dash-grid-2">
            <div class="dash-column">
              <Kinds data={data} state={state} />
              <BarsPanel name="relation" title={t('dash.relations')} top={data.facets.relation} metric={state.bars} asOf={data.as_of} />
            </div>
            <Tasks data={data} state={state} />
          </div>
        )}
      </Awaited>
      <How>{t('dash.bars.how')}</How>
    </>
  );
}

interface BarsOfProps {
  readonly data: Dashboard;
  readonly state: DashboardState;
  readonly isFilling?: boolean;
}

function Kinds({ data, state, isFilling = false }: BarsOfProps): JSX.Element {
  return <BarsPanel name="kind" title={t('dash.kinds')} top={data.facets.kind} metric={state.bars} asOf={data.as_of} apart={KINDS_APART} isFilling={isFilling} />;
}

function Tasks({ data, state, isFilling = false }: BarsOfProps): JSX.Element {
  const { task } = data.facets;
  const hasMore = task.top.length > TASKS_FIRST;
  const toggle = (
    <button type="button" class="button" aria-pressed={state.allTasks} onClick={() => replaceDashboard({ allTasks: !state.allTasks })}>
      {state.allTasks ? t('dash.tasks.first', { n: TASKS_FIRST }) : t('dash.tasks.all', { n: task.top.length })}
    </button>
  );
  return (
    <BarsPanel
      name="task"
      title={t('dash.tasks')}
      top={task}
      metric={state.bars}
      asOf={data.as_of}
      most={state.allTasks ? Infinity : TASKS_FIRST}
      tools={hasMore ? toggle : null}
      isFilling={isFilling}
    />
  );
}

const TOP_KEYS = { language: 'dash.languages', author: 'dash.top-authors', family: 'dash.families', library: 'dash.libraries', licence: 'dash.licences' } as const;

interface FacetPanelProps {
  readonly facet: keyof typeof TOP_KEYS;
  readonly resource: Resource<Dashboard>;
  readonly level?: 2 | 3;
  readonly how?: string;
  readonly isShort?: boolean;
}

function FacetPanel({ facet, resource, level = 2, how, isShort = false }: FacetPanelProps): JSX.Element {
  const count = resource.data?.facets[facet].values;
  const title = t(TOP_KEYS[facet]);
  return (
    <Panel id={facet} title={title} level={level} note={count === undefined ? undefined : t('dash.values', { n: count })} caption={isShort ? t('dash.wall.by-influence') : undefined}>
      <Awaited resource={resource} title={title} height={44}>
        {(data) => <FacetTable facet={facet} top={data.facets[facet]} title={title} isShort={isShort} />}
      </Awaited>
      {how === undefined ? null : <p class="dash-note">{how}</p>}
    </Panel>
  );
}

/* The figures of everything; while they come, their places. */
function TotalsStrip({ resource }: { readonly resource: Resource<Dashboard> }): JSX.Element {
  const { data } = resource;
  const { integer, amount } = figures();
  const rows: readonly (readonly [MessageKey, string | undefined])[] = [
    ['dash.models', data && integer(data.total.models)],
    ['col.influence', data && amount(data.total.influence)],
    ['col.likes', data && integer(data.total.likes)],
    ['col.downloads', data && integer(data.total.downloads)],
    ['dash.authors', data && integer(data.facets.author.values)],
  ];
  return (
    <dl class="panel dash-totals">
      {rows.map(([key, value]) => (
        <div key={key} data-total={key}>
          <dt title={key === 'col.downloads' ? t('col.downloads.title') : undefined}>{t(key)}</dt>
          <dd class={value === undefined ? 'waiting' : undefined}>{value ?? '\u00a0'}</dd>
        </div>
      ))}
      <div data-total="day">
        <dt>{t('dash.day')}</dt>
        <dd class={data === undefined ? 'waiting' : undefined}>{data === undefined ? '\u00a0' : <time dateTime={data.as_of}>{fmt().date(data.as_of)}</time>}</dd>
      </div>
    </dl>
  );
}

/* A panel of a wall before its data are there: the others must not take its place. */
function Place({ id, title, resource }: { readonly id: 'kind' | 'task'; readonly title: string; readonly resource: Resource<Dashboard> }): JSX.Element {
  return (
    <Panel id={id} title={title} level={3}>
      <Awaited resource={resource} title={title} height={18}>
        {() => null}
      </Awaited>
    </Panel>
  );
}

function WallPage({ state, resource }: PartProps): JSX.Element {
  const { data } = resource;
  const still: DashboardState = { ...state, tables: [], allTasks: false };
  const head = (
    <>
      <h1 tabIndex={-1}>{t('dash.title')}</h1>
      <TotalsStrip resource={resource} />
    </>
  );
  return (
    <Wall head={head} hasData={data !== undefined}>
      <FacetPanel facet="language" resource={resource} isShort />
      <FacetPanel facet="author" resource={resource} isShort />
      <TreemapPanel state={still} isFilling />
      {data === undefined ? <Place id="kind" title={t('dash.kinds')} resource={resource} /> : <Kinds data={data} state={still} isFilling />}
      <GrowthPanel state={still} isFilling />
      {data === undefined ? <Place id="task" title={t('dash.tasks')} resource={resource} /> : <Tasks data={data} state={still} isFilling />}
      <DriftPanel state={still} isFilling />
    </Wall>
  );
}
