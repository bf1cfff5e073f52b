// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { getDrift } from '../../api/client';
import type { Drift } from '../../api/schema';
import { driftFlows, driftKind, driftPairs, driftTotal } from '../../data/dashboard-series';
import type { DriftPair } from '../../data/dashboard-series';
import type { DashboardState } from '../../data/dashboard-state';
import { NONE } from '../../data/list-state';
import { fmt, t } from '../../i18n';
import type { ChartItem, ChartOption } from './chart-types';
import { SwitchField } from './fields';
import type { Look } from './look';
import { licenceName } from './names';
import { openTen, replaceDashboard } from './nav';
import { Awaited, Chart, ChartPanel, How, Nothing } from './panel';
import { useAnswer } from './pulse';

const HEIGHT = 30;
/** Pairs that a picture holds and can still be read; a small one holds fewer. */
const FLOWS_MAX = 30;
const FLOWS_SMALL = 16;

/** How licences change from base to derived model. */
export function DriftPanel({ state, isFilling = false }: { readonly state: DashboardState; readonly isFilling?: boolean }): JSX.Element {
  const resource = useAnswer('drift', getDrift);
  const { onlyChanges } = state;
  const tools = (
    <SwitchField isOn={onlyChanges} onChange={(isOn) => replaceDashboard({ onlyChanges: isOn })}>
      {t('dash.drift.changes')}
    </SwitchField>
  );
  return (
    <ChartPanel name="drift" title={t('dash.drift')} caption={isFilling ? t('dash.drift.edges') : undefined} asOf={resource.data?.as_of} tools={tools}>
      {(isTable, onControl) => (
        <>
          <Awaited resource={resource} title={t('dash.drift')} height={HEIGHT}>
            {(data) => {
              if (driftPairs(data, onlyChanges).length === 0) return <Nothing>{data.edges === 0 ? t('dash.drift.empty') : t('dash.drift.empty.changes')}</Nothing>;
              return <Drifted drift={data} onlyChanges={onlyChanges} isTable={isTable} isFilling={isFilling} onControl={onControl} />;
            }}
          </Awaited>
          <How>{t('dash.drift.how')}</How>
        </>
      )}
    </ChartPanel>
  );
}

interface DriftedProps {
  readonly drift: Drift;
  readonly onlyChanges: boolean;
  readonly isTable: boolean;
  readonly isFilling: boolean;
  readonly onControl: Parameters<typeof Chart>[0]['onControl'];
}

function Drifted({ drift, onlyChanges, isTable, isFilling, onControl }: DriftedProps): JSX.Element {
  const { percent } = fmt();
  const flows = useMemo(() => driftFlows(drift, onlyChanges, isFilling ? FLOWS_SMALL : FLOWS_MAX), [drift, onlyChanges, isFilling]);
  const kept = t('dash.drift.kept', { n: drift.edges, share: percent((100 * drift.same) / drift.edges) });
  if (isTable) {
    return (
      <>
        <p class="dash-note">{kept}</p>
        <PairTable drift={drift} onlyChanges={onlyChanges} />
      </>
    );
  }
  return (
    <>
      <p class="dash-note">
        {kept} {flows.edges < flows.of ? t('dash.drift.shown', { n: flows.pairs.length, share: percent((100 * flows.edges) / flows.of) }) : null}
      </p>
      <div class="drift-ends" aria-hidden="true">
        <span>{t('dash.drift.from')}</span>
        <span class="drift-legend">
          <span class="swatch swatch-10">{t('dash.drift.same')}</span>
          <span class="swatch swatch-0">{t('dash.drift.changed')}</span>
          <span class="swatch swatch-2">{t('dash.drift.untold')}</span>
        </span>
        <span>{t('dash.drift.to')}</span>
      </div>
      <Chart
        name="drift"
        label={t('dash.drift')}
        option={(look) => option(look, flows.pairs)}
        items={[...flows.pairs.map((pair, index) => pairItem(pair, index, flows.of)), ...licenceItems(flows.pairs)]}
        source={flows}
        height={isFilling ? null : HEIGHT}
        onControl={onControl}
      />
    </>
  );
}

function keyOf({ from, to }: DriftPair): string {
  return `pair ${JSON.stringify([from, to])}`;
}

function openPair({ from, to }: DriftPair): void {
  openTen({ facet: 'drift', from: from ?? NONE, to: to ?? NONE });
}

function pairName({ from, to }: DriftPair): string {
  return `${licenceName(from)} → ${licenceName(to)}`;
}

function pairItem(pair: DriftPair, dataIndex: number, of: number): ChartItem {
  const { integer, percent } = fmt();
  return {
    key: keyOf(pair),
    title: pairName(pair),
    lines: [
      [t('dash.drift.edges'), integer(pair.edges)],
      [t('dash.share'), percent((100 * pair.edges) / of)],
      [t('dash.drift.models'), integer(pair.models)],
    ],
    at: { dataIndex, dataType: 'edge' },
    onPick: () => openPair(pair),
  };
}

type End = 'from' | 'to';

const ENDS: readonly End[] = ['from', 'to'];

function nodeName(end: End, licence: string | null): string {
  return `${end} ${JSON.stringify(licence)}`;
}

function licencesAt(pairs: readonly DriftPair[], end: End): readonly (string | null)[] {
  return [...new Set(pairs.map((pair) => pair[end]))];
}

function licenceItems(pairs: readonly DriftPair[]): readonly ChartItem[] {
  const { integer } = fmt();
  let dataIndex = -1;
  return ENDS.flatMap((end) =>
    licencesAt(pairs, end).map((licence) => {
      const edges = pairs.reduce((sum, pair) => sum + (pair[end] === licence ? pair.edges : 0), 0);
      dataIndex += 1;
      return {
        key: nodeName(end, licence),
        title: `${licenceName(licence)} (${end === 'from' ? t('dash.drift.from') : t('dash.drift.to')})`,
        lines: [[t('dash.drift.edges'), integer(edges)] as const],
        at: { dataIndex },
        onPick: () => openTen({ facet: 'licence', value: licence ?? NONE }),
      };
    }),
  );
}

function option(look: Look, pairs: readonly DriftPair[]): ChartOption {
  const { rem } = look;
  const inks = {
    same: { color: look.quiet, opacity: 0.22 },
    changed: { color: look.series[0] ?? look.accent, opacity: 0.42 },
    untold: { color: look.series[2] ?? look.accent, opacity: 0.3 },
  };
  // a line of text for each, as long as bands are left
  const most = Math.max(...ENDS.map((end) => licencesAt(pairs, end).length));
  const gap = Math.min(1.1 * rem, (0.5 * look.height) / most);
  const side = Math.min(9 * rem, 0.3 * look.width);
  const nodes = ENDS.flatMap((end) =>
    licencesAt(pairs, end).map((licence) => ({
      key: nodeName(end, licence),
      name: nodeName(end, licence),
      depth: end === 'from' ? 0 : 1,
      itemStyle: { color: licence === null ? look.strong : look.quiet, borderWidth: 0 },
      label: { position: end === 'from' ? ('left' as const) : ('right' as const), formatter: licenceName(licence) },
    })),
  );
  return {
    series: [
      {
        type: 'sankey',
        left: side,
        right: side,
        top: 0.6 * rem,
        bottom: 0.6 * rem,
        nodeWidth: 0.5 * rem,
        nodeGap: gap,
        draggable: false,
        cursor: 'pointer',
        emphasis: { focus: 'adjacency' },
        label: { color: look.text, fontSize: 0.8125 * rem, width: side - 0.6 * rem, overflow: 'truncate', ellipsis: '…' },
        data: nodes,
        links: pairs.map((pair) => ({
          key: keyOf(pair),
          source: nodeName('from', pair.from),
          target: nodeName('to', pair.to),
          value: pair.edges,
          lineStyle: { ...inks[driftKind(pair)], curveness: 0.5 },
        })),
      },
    ],
  };
}

function PairTable({ drift, onlyChanges }: { readonly drift: Drift; readonly onlyChanges: boolean }): JSX.Element {
  const { integer, percent } = fmt();
  const pairs = driftPairs(drift, onlyChanges);
  const of = driftTotal(drift, onlyChanges);
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={t('dash.drift')}>
        <table class="data-table">
          <caption class="visually-hidden">{t('dash.drift')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('dash.drift.from')}</th>
              <th scope="col">{t('dash.drift.to')}</th>
              <th scope="col" class="number">
                {t('dash.drift.edges')}
              </th>
              <th scope="col" class="number">
                {t('dash.share')}
              </th>
              <th scope="col" class="number">
                {t('dash.drift.models')}
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <tr key={keyOf(pair)} class={driftKind(pair) === 'same' ? 'same' : undefined}>
                <td class="breakable">{licenceName(pair.from)}</td>
                <td class="breakable">{licenceName(pair.to)}</td>
                <td class="number">
                  <button type="button" class="link" aria-haspopup="dialog" aria-label={`${pairName(pair)}: ${integer(pair.edges)}`} onClick={() => openPair(pair)}>
                    {integer(pair.edges)}
                  </button>
                </td>
                <td class="number">{percent((100 * pair.edges) / of)}</td>
                <td class="number">{integer(pair.models)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {drift.pairs_total > drift.pairs.length ? <p class="dash-note">{t('dash.drift.more', { n: drift.pairs_total - drift.pairs.length })}</p> : null}
    </>
  );
}
