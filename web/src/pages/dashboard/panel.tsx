// SPDX-License-Identifier: MIT
import type { ComponentChildren, ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChartName } from '../../data/dashboard-state';
import { toggleTable } from '../../data/dashboard-state';
import { fmt, t } from '../../i18n';
import { explain } from '../../ui/bits';
import { AlertIcon } from '../../ui/icons';
import { LineIcon } from '../../ui/network-icons';
import type { Resource } from '../../ui/resource';
import type { ChartControl, ChartProps } from './chart-types';
import { dashboardState, replaceDashboard } from './nav';

/* The code of the charts, once it is there. */
let LoadedChart: ComponentType<ChartProps> | undefined;

async function loadChart(): Promise<void> {
  LoadedChart ??= (await import('./chart')).Chart;
}

/** Loads the code of the charts, once what needs none is there. */
export function preloadCharts(): void {
  // a failure shows where a chart is asked for
  loadChart().catch(() => undefined);
}

interface PanelProps {
  /** Id of the heading, unique on the page. */
  readonly id: string;
  readonly title: string;
  /** Level of the heading. */
  readonly level?: 2 | 3;
  /** Quiet words beside the heading. */
  readonly note?: string | undefined;
  /** What is measured, where no control says it. */
  readonly caption?: string | undefined;
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A framed part of the dashboard. */
export function Panel({ id, title, level = 2, note, caption, tools, children }: PanelProps): JSX.Element {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class={`panel dash-panel dash-${id}`} aria-labelledby={`dash-${id}`}>
      <header class="dash-panel-head">
        <Heading id={`dash-${id}`} tabIndex={-1}>{title}</Heading>
        {note === undefined ? null : <span class="small">{note}</span>}
        {tools === undefined ? null : <div class="dash-tools">{tools}</div>}
      </header>
      {caption === undefined ? null : <p class="wall-caption">{caption}</p>}
      {children}
    </section>
  );
}

interface AwaitedProps<T> {
  readonly resource: Resource<T>;
  readonly title: string;
  /** Height of what comes, in rem. */
  readonly height: number;
  readonly children: (data: T) => ComponentChildren;
}

/** What a panel asks for: grey while it is on its way, a reason and a way to try again where it failed. */
export function Awaited<T>({ resource, title, height, children }: AwaitedProps<T>): JSX.Element {
  const { data, error, isLoading, retry } = resource;
  if (error !== undefined) {
    return (
      <div class="dash-error" role="alert">
        <AlertIcon />
        <p class="breakable">
          <strong>{t('dash.failed', { title })}</strong> {explain(error)}
        </p>
        <button
          type="button"
          class="button"
          onClick={(event) => {
            // the button goes with what failed
            const heading = event.currentTarget.closest('.dash-panel')?.querySelector<HTMLElement>('.dash-panel-head > [tabindex]');
            (heading ?? document.getElementById('dash-bars'))?.focus({ preventScroll: true });
            retry();
          }}
        >
          {t('error.retry')}
        </button>
      </div>
    );
  }
  if (data === undefined) return <Waiting height={height} />;
  return (
    <div class={isLoading ? 'dash-body dash-busy' : 'dash-body'} aria-busy={isLoading}>
      {children(data)}
    </div>
  );
}

/** Grey where a panel's content will be. */
export function Waiting({ height }: { readonly height: number }): JSX.Element {
  return (
    <div class="dash-waiting" style={{ height: `${height}rem` }}>
      <p class="visually-hidden" role="status">
        {t('app.loading')}
      </p>
    </div>
  );
}

/** Words where there is nothing to draw. */
export function Nothing({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="dash-nothing">{children}</p>;
}

/** How something is to be read, folded. */
export function How({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <details class="dash-how">
      <summary>{t('dash.how')}</summary>
      <p>{children}</p>
    </details>
  );
}

interface ChartPanelProps {
  readonly name: ChartName;
  readonly title: string;
  readonly level?: 2 | 3;
  readonly note?: string | undefined;
  readonly caption?: string | undefined;
  /** Day of the data, for the picture. */
  readonly asOf: string | undefined;
  readonly tools?: ComponentChildren;
  /** Draws the chart, as a table where `isTable`; the chart tells `onControl` how to make a picture of it. */
  readonly children: (isTable: boolean, onControl: (control: ChartControl | null) => void) => ComponentChildren;
}

/** A panel with a chart: its picture as a file, and the same numbers as a table. */
export function ChartPanel({ name, title, level, note, caption, asOf, tools, children }: ChartPanelProps): JSX.Element {
  const [control, setControl] = useState<ChartControl | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const isTable = dashboardState().tables.includes(name);
  const save = async (): Promise<void> => {
    setFailure(null);
    try {
      const blob = await control?.picture(title, `${t('foot.as-of', { date: fmt().date(asOf ?? null) })} · LLM-ECO-VIZ`);
      if (blob !== undefined) download(blob, `ecoviz-${name}-${asOf ?? ''}.png`);
    } catch (error) {
      setFailure(t('dash.save.failed', { detail: String(error) }));
    }
  };
  const frame = (
    <>
      {tools}
      <span class="dash-icons">
        <button
          type="button"
          class={isTable ? 'button button-icon button-on' : 'button button-icon'}
          aria-pressed={isTable}
          aria-label={t('dash.as-table', { title })}
          title={t('dash.as-table', { title })}
          data-table={name}
          onClick={() => replaceDashboard({ tables: toggleTable(dashboardState().tables, name) })}
        >
          <LineIcon name="table" />
        </button>
        <button
          type="button"
          class="button button-icon"
          disabled={isTable || control === null}
          aria-label={t('dash.save', { title })}
          title={t('dash.save', { title })}
          data-save={name}
          onClick={() => void save()}
        >
          <LineIcon name="download" />
        </button>
      </span>
    </>
  );
  return (
    <Panel id={name} title={title} {...(level === undefined ? {} : { level })} note={note} caption={caption} tools={frame}>
      {failure === null ? null : (
        <p class="dash-failure" role="alert">
          {failure}
        </p>
      )}
      {children(isTable, setControl)}
    </Panel>
  );
}

/** A chart, whose code comes after the page's. */
export function Chart({ name, ...props }: ChartProps & { readonly name: ChartName }): JSX.Element {
  const Loaded = LoadedChart;
  const isThere = Loaded !== undefined;
  const [hasFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [, redraw] = useState(0);
  useEffect(() => {
    if (isThere) return undefined;
    let isLeft = false;
    setFailed(false);
    loadChart().then(
      () => isLeft || redraw((count) => count + 1),
      () => isLeft || setFailed(true),
    );
    return () => {
      isLeft = true;
    };
  }, [isThere, attempt]);
  if (!isThere && hasFailed) return <FailedChart name={name} onRetry={() => setAttempt((count) => count + 1)} />;
  return (
    <div class={props.height === null ? 'chart-frame chart-fill' : 'chart-frame'} style={props.height === null ? undefined : { minHeight: `${props.height}rem` }}>
      {isThere ? <Loaded {...props} /> : <p class="lazy-part">{t('app.loading')}</p>}
    </div>
  );
}

function FailedChart({ name, onRetry }: { readonly name: ChartName; readonly onRetry: () => void }): JSX.Element {
  const leave = (act: () => void): void => {
    // the buttons go with what failed
    document.getElementById(`dash-${name}`)?.focus({ preventScroll: true });
    act();
  };
  return (
    <div class="dash-error" role="alert">
      <AlertIcon />
      <p>{t('dash.chart.failed')}</p>
      <button type="button" class="button" onClick={() => leave(onRetry)}>
        {t('error.retry')}
      </button>
      <button type="button" class="button" onClick={() => leave(() => replaceDashboard({ tables: toggleTable(dashboardState().tables, name) }))}>
        {t('dash.chart.table')}
      </button>
    </div>
  );
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the browser has taken it by then
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
