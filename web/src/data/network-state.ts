// SPDX-License-Identifier: MIT
import { encodePath, networksUrl } from '../api/client';
import type { Relation } from '../api/schema';
import { VALUES_MAX, cutQuery } from './list-state';
import { RELATIONS, VIEWS } from './network';
import type { View } from './network';
import { TOP_DEFAULT, TOP_MAX, isModelId } from './route';
import { select } from './selection';

/**
 * State of the network page, and its serial forms: the page's own address, the API's question, and the address of a
 * file with exactly what is shown. Everything that changes what the page shows is in here.
 */

/** How the network is shown. */
export const SHAPES = ['picture', 'table', 'both'] as const;
/** One way to show it. */
export type Shape = (typeof SHAPES)[number];

/** Where the camera looks; the same as the picture's own. */
export interface CameraState {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What the network page shows. */
export interface NetworkState {
  /** Ids of the chosen models; empty where the most influential are asked for. */
  readonly models: readonly string[];
  /** How many of the most influential models are the chosen ones, where `models` is empty. */
  readonly top: number;
  readonly view: View;
  readonly limit: number | null;
  readonly depth: number | null;
  /** The last day that is shown, or null for all. */
  readonly until: string | null;
  /** Relations switched off. */
  readonly hide: readonly Relation[];
  readonly expand: readonly string[];
  readonly collapse: readonly string[];
  readonly q: string;
  readonly tasks: readonly string[];
  readonly hideRemoved: boolean;
  readonly isCut: boolean;
  /** Null: the whole fits in. */
  readonly camera: CameraState | null;
  /** Id of the selected node. */
  readonly selected: string | null;
  readonly shape: Shape;
}

/** Files a network can be had as. */
export type NetworkFormat = 'json' | 'gexf' | 'graphml' | 'svg';

/** Most nodes opened, and most closed, by hand. */
export const TOGGLES_MAX = 32;
const TOGGLES_MAX_BYTES = 700;
const LIMIT_MAX = 100_000;
const DEPTH_MAX = 1000;

/** The page as it opens without a question: the family of the most influential models. */
export const DEFAULT_NETWORK: NetworkState = {
  models: [],
  top: TOP_DEFAULT,
  view: 'top',
  limit: null,
  depth: null,
  until: null,
  hide: [],
  expand: [],
  collapse: [],
  q: '',
  tasks: [],
  hideRemoved: false,
  isCut: false,
  camera: null,
  selected: null,
  shape: 'picture',
};

/** Whether a filter is on. */
export function isNetworkFiltered(state: NetworkState): boolean {
  return state.q.trim() !== '' || state.tasks.length > 0 || state.hideRemoved;
}

/** Reads the page's query. What is unknown or malformed falls back to the default: addresses are typed by people. */
export function parseNetworkState(search: string): NetworkState {
  const query = new URLSearchParams(search);
  const ids = (name: string): readonly string[] => select([], query.getAll(name).filter(isModelId)).selected;
  const toggles = fitToggles(ids('expand'), ids('collapse'));
  const models = ids('model');
  return {
    models,
    top: (models.length === 0 ? whole(query.get('top'), TOP_MAX) : null) ?? TOP_DEFAULT,
    view: VIEWS.find((view) => view === query.get('view')) ?? DEFAULT_NETWORK.view,
    limit: whole(query.get('limit'), LIMIT_MAX),
    depth: whole(query.get('depth'), DEPTH_MAX),
    until: parseDay(query.get('until')),
    hide: RELATIONS.filter((relation) => query.getAll('hide').includes(relation)),
    ...toggles,
    q: cutQuery(query.get('q') ?? ''),
    tasks: [...new Set(query.getAll('task').filter((task) => task !== ''))].slice(0, VALUES_MAX),
    hideRemoved: query.get('removed') === 'exclude',
    isCut: query.get('filter') === 'cut',
    camera: parseCamera(query.get('cam')),
    selected: parseSelected(query.get('sel')),
    shape: SHAPES.find((shape) => shape === query.get('as')) ?? DEFAULT_NETWORK.shape,
  };
}

/** The page's query for `state`, without the question mark; what is default is left out. */
export function formatNetworkState(state: NetworkState): string {
  const { camera, selected, shape } = state;
  const parts = [...askedParts(state, true), ...shownParts(state)];
  if (camera !== null) parts.push(`cam=${[camera.x, camera.y].map((value) => Number(value.toFixed(1))).join()},${Number(camera.zoom.toPrecision(4))}`);
  if (selected !== null) parts.push(`sel=${encodePath(selected).replace('author%3A', 'author:')}`);
  if (shape !== DEFAULT_NETWORK.shape) parts.push(`as=${shape}`);
  return parts.join('&');
}

/**
 * The question for the API: everything that changes its answer, but not the day and the relations switched off. Those
 * two move nothing, and the page applies them itself, at once.
 */
export function apiQuery(state: NetworkState): string {
  return askedParts({ ...state, q: state.q.trim() }, false).join('&');
}

/** The question for the API with day and relations, too: exactly the nodes that are shown. */
export function shownQuery(state: NetworkState): string {
  return [apiQuery(state), ...shownParts(state)].join('&');
}

/** Address of a file with exactly what is shown. */
export function exportHref(state: NetworkState, format: NetworkFormat): string {
  return networksUrl(`${shownQuery(state)}&format=${format}`);
}

/** A state after opening or closing a node, and whether there was no more room for it. */
export interface ToggleChange {
  readonly expand: readonly string[];
  readonly collapse: readonly string[];
  readonly hitLimit: boolean;
}

/** Opens a node: one closed by hand as far as the view goes, any other to all of its derived models. */
export function expandNode({ expand, collapse }: NetworkState, id: string): ToggleChange {
  if (collapse.includes(id)) return { expand, collapse: without(collapse, id), hitLimit: false };
  return checkToggles([...without(expand, id), id], collapse, { expand, collapse });
}

/** Closes a node. */
export function collapseNode({ expand, collapse }: NetworkState, id: string): ToggleChange {
  return checkToggles(without(expand, id), [...without(collapse, id), id], { expand, collapse });
}

type Toggles = Pick<NetworkState, 'expand' | 'collapse'>;

function checkToggles(expand: readonly string[], collapse: readonly string[], before: Toggles): ToggleChange {
  const fitting = fitToggles(expand, collapse);
  const isFitting = fitting.expand.length === expand.length && fitting.collapse.length === collapse.length;
  return isFitting ? { ...fitting, hitLimit: false } : { ...before, hitLimit: true };
}

/* The addresses of page and API must stay short enough for a server. */
function fitToggles(expand: readonly string[], collapse: readonly string[]): Toggles {
  let bytes = 0;
  const fits = (id: string): boolean => {
    bytes += encodePath(id).length + 'collapse=&'.length;
    return bytes <= TOGGLES_MAX_BYTES;
  };
  return { expand: expand.slice(0, TOGGLES_MAX).filter(fits), collapse: collapse.slice(0, TOGGLES_MAX).filter(fits) };
}

function askedParts(state: NetworkState, isPage: boolean): string[] {
  const parts = state.models.map((id) => `model=${encodePath(id)}`);
  if (parts.length === 0 && !(isPage && state.top === TOP_DEFAULT)) parts.push(`top=${state.top}`);
  if (state.view !== DEFAULT_NETWORK.view) parts.push(`view=${state.view}`);
  if (state.limit !== null) parts.push(`limit=${state.limit}`);
  if (state.depth !== null) parts.push(`depth=${state.depth}`);
  for (const id of state.expand) parts.push(`expand=${encodePath(id)}`);
  for (const id of state.collapse) parts.push(`collapse=${encodePath(id)}`);
  if (state.q !== '') parts.push(`q=${encodeURIComponent(state.q)}`);
  for (const task of state.tasks) parts.push(`task=${encodeURIComponent(task)}`);
  if (state.hideRemoved) parts.push('removed=exclude');
  if (state.isCut && (isPage || isNetworkFiltered(state))) parts.push('filter=cut');
  return parts;
}

function shownParts({ until, hide }: NetworkState): readonly string[] {
  return [...(until === null ? [] : [`until=${until}`]), ...hide.map((relation) => `hide=${relation}`)];
}

function without(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((other) => other !== id);
}

function whole(text: string | null, maximum: number): number | null {
  const value = Number(text);
  return text !== null && /^\d+$/.test(text) && value >= 1 && value <= maximum ? value : null;
}

function parseDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}

function parseCamera(text: string | null): CameraState | null {
  const [x, y, zoom, ...rest] = (text ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (x === undefined || y === undefined || zoom === undefined || rest.length > 0) return null;
  if (![x, y, zoom].every(Number.isFinite) || Math.abs(x) > 1e9 || Math.abs(y) > 1e9 || zoom <= 0 || zoom > 1e6) return null;
  return { x, y, zoom };
}

function parseSelected(text: string | null): string | null {
  if (text === null) return null;
  return text.startsWith('author:') || isModelId(text) ? text.slice(0, 200) : null;
}
