// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { getTreemap } from '../../api/client';
import type { Metric, Treemap } from '../../api/schema';
import { hashOf, largestTiles } from '../../data/dashboard-series';
import { SIZES, TREE_BYS, filterHref, treemapQuery } from '../../data/dashboard-state';
import type { DashboardState, TreeBy } from '../../data/dashboard-state';
import { percentages } from '../../data/influence';
import { NONE, PER_PAGE } from '../../data/list-state';
import { LIST_PATH, familyHref, modelPath } from '../../data/route';
import { fmt, t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import { isPlainClick, keepLang, navigate } from '../../ui/router';
import type { ChartItem, ChartOption } from './chart-types';
import { figures } from './facet-table';
import { SelectField } from './fields';
import { SERIES_COLORS, mix } from './look';
import type { Look } from './look';
import { FACET_KEYS, tileName, valueName } from './names';
import { dashboardHref, openTen, pushDashboard, replaceDashboard } from './nav';
import { Awaited, Chart, ChartPanel, How, Nothing } from './panel';
import { useAnswer } from './pulse';

/** Texts of what areas stand for. */
export const METRIC_KEYS: Readonly<Record<Metric, MessageKey>> = {
  influence: 'col.influence',
  likes: 'col.likes',
  downloads: 'col.downloads',
  models: 'dash.models',
};

/* Tiles with room for a name: all of them, on a wall that is seen from afar, on a phone. */
const TILES = { page: 100, wall: 40, phone: 30 } as const;
const HEIGHT = 28;

/** Shares of the whole as areas. */
export function TreemapPanel({ state, isFilling = false }: { readonly state: DashboardState; readonly isFilling?: boolean }): JSX.Element {
  const query = treemapQuery(state);
  const resource = useAnswer(`treemap ${query}`, (signal) => getTreemap(query, signal));
  const isEach = state.tree === 'model' || state.within !== null;
  const tools = (
    <>
      <SelectField
        label={t('dash.tree.by')}
        value={state.tree}
        options={TREE_BYS.map((by) => [by, by === 'model' ? t('dash.tree.model') : t(FACET_KEYS[by])] as const)}
        onChange={(tree) => pushDashboard({ tree, within: null })}
      />
      <SelectField
        label={t('dash.tree.size')}
        value={isEach && state.size === 'models' ? 'influence' : state.size}
        options={SIZES.filter((size) => !isEach || size !== 'models').map((size) => [size, t(METRIC_KEYS[size])] as const)}
        onChange={(size) => replaceDashboard({ size })}
      />
    </>
  );
  const tiles = isEach ? t('dash.tree.model') : t(FACET_KEYS[state.tree as Exclude<TreeBy, 'model'>]);
  const caption = `${t('dash.tree.by')}: ${tiles} · ${t('dash.tree.size')}: ${t(METRIC_KEYS[state.size])}`;
  return (
    <ChartPanel name="tree" title={t('dash.tree')} caption={isFilling ? caption : undefined} asOf={resource.data?.as_of} tools={tools}>
      {(isTable, onControl) => (
        <>
          {state.tree === 'model' || state.within === null ? null : <Trail by={state.tree} value={state.within} />}
          {resource.error?.status === 404 && state.within !== null ? (
            <Missing by={state.tree} />
          ) : (
            <Awaited resource={resource} title={t('dash.tree')} height={HEIGHT}>
              {(answer) => {
                const data = largestTiles(answer, isTable ? TILES.page : TILES[isFilling ? 'wall' : roomOf()]);
                if (!(data.total > 0)) return <Nothing>{t(emptyKey(answer))}</Nothing>;
                const items = data.tiles.map((_, index) => itemOf(data, index));
                return (
                  <>
                    {isTable ? (
                      <TileTable tree={data} items={items} />
                    ) : (
                      <Chart name="tree" label={t('dash.tree')} option={(look) => option(look, data)} items={items} source={answer} height={isFilling ? null : HEIGHT} onControl={onControl} />
                    )}
                    <Shares tree={data} />
                  </>
                );
              }}
            </Awaited>
          )}
          <How>{t('dash.tree.how')}</How>
        </>
      )}
    </ChartPanel>
  );
}

function roomOf(): 'page' | 'phone' {
  return matchMedia('(width < 40rem)').matches ? 'phone' : 'page';
}

function focusTree(event: MouseEvent): void {
  if (!isPlainClick(event)) return;
  const target = document.querySelector<HTMLElement>('.dash-tree .chart') ?? document.getElementById('dash-tree');
  target?.focus({ preventScroll: true });
}

/* The way back to all values. It goes with what one leaves: the focus is for the chart, or the heading. */
function AllLink({ by }: { readonly by: Exclude<TreeBy, 'model'> }): JSX.Element {
  return (
    <a href={dashboardHref({ within: null })} onClick={focusTree}>
      {t('dash.tree.all', { facet: t(FACET_KEYS[by]) })}
    </a>
  );
}

/* Where one has gone into, and the way back. */
function Trail({ by, value }: { readonly by: Exclude<TreeBy, 'model'>; readonly value: string }): JSX.Element {
  return (
    <nav class="dash-trail" aria-label={t('dash.tree.trail')}>
      <ol>
        <li>
          <AllLink by={by} />
        </li>
        <li>
          <span aria-current="true" class="breakable">
            {valueName(by, value)}
          </span>
        </li>
      </ol>
    </nav>
  );
}

/* Another area helps only where there are models. */
function emptyKey({ tiles, rest, value }: Treemap): MessageKey {
  if (tiles.length + rest.values > 0) return 'dash.tree.empty';
  return value === null ? 'dash.empty' : 'dash.ten.empty';
}

/* Words for a value that the data do not know, and the way to those they do. */
function Missing({ by }: { readonly by: TreeBy }): JSX.Element {
  return (
    <Nothing>
      {t('dash.ten.missing')} {by === 'model' ? null : <AllLink by={by} />}
    </Nothing>
  );
}

function isEachModel(tree: Treemap): boolean {
  return tree.by === 'model' || tree.value !== null;
}

function sizeText(tree: Treemap, size: number): string {
  const { integer, amount } = figures();
  return tree.size === 'influence' ? amount(size) : integer(size);
}

function itemOf(tree: Treemap, index: number): ChartItem {
  const { integer, share } = fmt();
  const tile = tree.tiles[index];
  if (tile === undefined) return { key: '', title: '', lines: [], at: { dataIndex: index + 1 } };
  const isModel = isEachModel(tree);
  return {
    key: tile.value,
    title: tileName(tree.by, isModel, tile.value, tile.full_name),
    lines: [
      [t(METRIC_KEYS[tree.size]), sizeText(tree, tile.size)],
      [t('dash.share'), share((100 * tile.size) / tree.total)],
      ...(isModel ? [[t('col.rank'), integer(tile.rank)] as const] : [[t('dash.models'), integer(tile.models)] as const]),
    ],
    // the root is the first
    at: { dataIndex: index + 1 },
    onPick: () => (isModel ? navigate(keepLang(modelPath(tile.value))) : pushDashboard({ within: tile.value })),
  };
}

function option(look: Look, tree: Treemap): ChartOption {
  const { rem } = look;
  const { share } = fmt();
  const isModel = isEachModel(tree);
  const ground = look.surface;
  const shown = tree.tiles.reduce((sum, { size }) => sum + size, 0);
  const colorOf = (value: string, index: number): string => look.series[isModel ? hashOf(ownerOf(value), SERIES_COLORS) : index % SERIES_COLORS] ?? look.accent;
  return {
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        cursor: 'pointer',
        breadcrumb: { show: false },
        squareRatio: 1.2,
        itemStyle: { borderWidth: 0, gapWidth: 2, borderColor: ground },
        label: {
          color: look.text,
          fontSize: 0.8125 * rem,
          lineHeight: 1.125 * rem,
          padding: [0.3 * rem, 0.4 * rem],
          position: 'insideTopLeft',
          overflow: 'truncate',
          ellipsis: '…',
          rich: { share: { color: look.text, opacity: 0.75, fontSize: 0.75 * rem, lineHeight: 1 * rem } },
          formatter: ({ name, value, dataIndex }) => {
            const line = share((100 * Number(value)) / tree.total);
            return hasRoom(look, dataIndex, line) ? `${name}\n{share|${line}}` : name;
          },
        },
        emphasis: { label: { color: look.text }, itemStyle: { borderColor: look.text, borderWidth: 2 } },
        data: tree.tiles
          .filter(({ size }) => size > 0)
          .map(({ value, full_name: fullName, size }, index) => {
            const color = colorOf(value, index);
            const name = tileName(tree.by, isModel, value, fullName);
            // a letter or two are no name
            const side = Math.sqrt((size / shown) * look.width * look.height);
            return {
              key: value,
              label: { show: side > 3.25 * rem },
              name: isModel ? name.slice(name.indexOf('/') + 1) : name,
              value: size,
              itemStyle: { color: mix(color, ground, look.isDark ? 0.38 : 0.26) },
            };
          }),
      },
    ],
  };
}

/* Whether a tile holds a second line: half of a number is another number. */
function hasRoom({ sizeOf, rem }: Look, dataIndex: number, line: string): boolean {
  const { width = Infinity, height = Infinity } = sizeOf?.(dataIndex) ?? {};
  return height > 2.8 * rem && width > (0.45 * line.length + 0.9) * rem;
}

function ownerOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf('/')));
}

function TileTable({ tree, items }: { readonly tree: Treemap; readonly items: readonly ChartItem[] }): JSX.Element {
  const isModel = isEachModel(tree);
  const { integer, share } = fmt();
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={t('dash.tree')}>
      <table class="data-table">
        <caption class="visually-hidden">{t('dash.tree')}</caption>
        <thead>
          <tr>
            <th scope="col">{tree.by === 'model' || isModel ? t('col.name') : t(FACET_KEYS[tree.by])}</th>
            <th scope="col" class="number">
              {t(METRIC_KEYS[tree.size])}
            </th>
            <th scope="col" class="number">
              {t('dash.share')}
            </th>
            <th scope="col" class="number">
              {isModel ? t('col.rank') : t('dash.models')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tree.tiles.map((tile, index) => (
            <tr key={tile.value} data-value={tile.value}>
              <th scope="row" class="breakable">
                <a href={isModel ? keepLang(modelPath(tile.value)) : dashboardHref({ within: tile.value })}>{items[index]?.title}</a>
              </th>
              <td class="number">{sizeText(tree, tile.size)}</td>
              <td class="number">{share((100 * tile.size) / tree.total)}</td>
              <td class="number">{integer(isModel ? tile.rank : tile.models)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/* How much of the whole the tiles are: what has no tile is told, with its share. */
function Shares({ tree }: { readonly tree: Treemap }): JSX.Element {
  const { percent } = fmt();
  const shown = tree.tiles.reduce((sum, { size }) => sum + size, 0);
  const [ofTiles = 0, ofRest = 0, ofNone = 0] = percentages([shown, tree.rest.size, tree.none.size]);
  const isModel = isEachModel(tree);
  return (
    <div class="dash-shares">
      <div class="share-bar" aria-hidden="true">
        <span class="share-tiles" style={{ flexGrow: ofTiles }} />
        {ofRest > 0 ? <span class="share-rest" style={{ flexGrow: ofRest }} /> : null}
        {ofNone > 0 ? <span class="share-none" style={{ flexGrow: ofNone }} /> : null}
      </div>
      <ul>
        <li class="share-tiles">
          {isModel ? t('dash.share.models', { n: tree.tiles.length }) : t('dash.share.values', { n: tree.tiles.length })} <b>{percent(ofTiles)}</b>
        </li>
        {tree.rest.values === 0 ? null : (
          <li class="share-rest">
            <Rest tree={tree} /> <b>{percent(ofRest)}</b>
          </li>
        )}
        {tree.none.models === 0 || tree.by === 'model' ? null : (
          <li class="share-none">
            <None by={tree.by} count={tree.none.models} /> <b>{percent(ofNone)}</b>
          </li>
        )}
      </ul>
    </div>
  );
}

/* Models behind the tiles are in the leaderboard, where that can show them. */
function Rest({ tree }: { readonly tree: Treemap }): JSX.Element {
  const text = isEachModel(tree) ? t('dash.rest.models', { n: tree.rest.values }) : t('dash.rest.values', { n: tree.rest.values });
  if (!isEachModel(tree) || tree.size !== 'influence') return <>{text}</>;
  const href = tree.by === 'model' ? `${LIST_PATH}?page=${1 + Math.floor(tree.tiles.length / PER_PAGE)}` : tree.value === null ? null : filterHref(tree.by, tree.value);
  if (href !== null) return <a href={keepLang(href)}>{text}</a>;
  return tree.by === 'family' && tree.value !== null && tree.value !== NONE ? <a href={keepLang(familyHref([tree.value]))}>{text}</a> : <>{text}</>;
}

function None({ by, count }: { readonly by: Exclude<Treemap['by'], 'model'>; readonly count: number }): JSX.Element {
  return (
    <button type="button" class="link" aria-haspopup="dialog" onClick={() => openTen({ facet: by, value: NONE })}>
      {t('dash.none.count', { n: count, name: valueName(by, NONE) })}
    </button>
  );
}
