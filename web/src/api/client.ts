// SPDX-License-Identifier: MIT
import type { About, Dashboard, Drift, DriftModels, Facet, FacetDetail, FacetValues, Growth, ModelDetail, ModelPage, NetworkMembers, Problem, Treemap } from './schema';

/** Why a request failed: the server said so, it could not be reached, it took too long, or it answered nonsense. */
export type ApiErrorKind = 'problem' | 'network' | 'timeout' | 'format';

/** A failed request. `detail` is the server's own explanation where it gave one, else an empty string. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  readonly code: string;
  readonly detail: string;

  constructor(kind: ApiErrorKind, status: number, code: string, detail: string) {
    super(`${kind} ${status} ${code} ${detail}`.trim());
    this.name = 'ApiError';
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

/** A request that takes longer than this has failed. */
export const TIMEOUT_MS = 20_000;

const BASE = '/api/v1';

/** Address of the leaderboard for an already serialised query (without the question mark). */
export function modelsUrl(query: string): string {
  return query === '' ? `${BASE}/models` : `${BASE}/models?${query}`;
}

/** Address of one model. A legacy id has one part, every other one two. */
export function modelUrl(id: string): string {
  return `${BASE}/models/${encodePath(id)}`;
}

/** Address of an author's picture; every name has one. */
export function avatarUrl(author: string): string {
  return `${BASE}/authors/${encodeURIComponent(author)}/avatar`;
}

/** Address of one sheet with the pictures of several authors. */
export function avatarSheetUrl(authors: readonly string[]): string {
  return `${BASE}/avatars?${authors.map((name) => `name=${encodeURIComponent(name)}`).join('&')}`;
}

/** Address of a network for an already serialised query. */
export function networksUrl(query: string): string {
  return `${BASE}/networks?${query}`;
}

/** Address of the totals of the dashboard. */
export const DASHBOARD_URL = `${BASE}/dashboard`;

/** Address of a value of a facet; a slash in it is escaped. */
export function facetValueUrl(facet: Facet, value: string): string {
  return `${DASHBOARD_URL}/${facet}/${encodeURIComponent(value)}`;
}

/** Address of the values of a facet for an already serialised query. */
export function facetValuesUrl(facet: Facet, query: string): string {
  return `${DASHBOARD_URL}/${facet}?${query}`;
}

/** Address of what the server has loaded. */
export const ABOUT_URL = `${BASE}/about`;

/** Address of a model on the Hub. */
export function hubModelUrl(id: string): string {
  return `https://huggingface.co/${encodePath(id)}`;
}

/** Address of an author on the Hub. */
export function hubAuthorUrl(author: string): string {
  return `https://huggingface.co/${encodeURIComponent(author)}`;
}

/** Each part of `id` encoded for use as a path segment. */
export function encodePath(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}

/** Reads a page of the leaderboard. */
export function getModels(query: string, signal: AbortSignal): Promise<ModelPage> {
  return getJson<ModelPage>(modelsUrl(query), signal);
}

/** Reads one model. */
export function getModel(id: string, signal: AbortSignal): Promise<ModelDetail> {
  return getJson<ModelDetail>(modelUrl(id), signal);
}

/** Reads the totals of the dashboard. */
export function getDashboard(signal: AbortSignal): Promise<Dashboard> {
  return getJson<Dashboard>(DASHBOARD_URL, signal);
}

/** Reads a value of a facet with its ten most influential models. */
export function getFacetValue(facet: Facet, value: string, signal: AbortSignal): Promise<FacetDetail> {
  return getJson<FacetDetail>(facetValueUrl(facet, value), signal);
}

/** Reads models by month. */
export function getGrowth(by: Growth['by'], signal: AbortSignal): Promise<Growth> {
  return getJson<Growth>(`${DASHBOARD_URL}/growth?by=${by}`, signal);
}

/** Reads the tiles of a treemap for an already serialised query. */
export function getTreemap(query: string, signal: AbortSignal): Promise<Treemap> {
  return getJson<Treemap>(`${DASHBOARD_URL}/treemap?${query}`, signal);
}

/** Reads licences along the edges. */
export function getDrift(signal: AbortSignal): Promise<Drift> {
  return getJson<Drift>(`${DASHBOARD_URL}/drift`, signal);
}

/** Reads the ten most influential models derived from one licence to another; `none` is a licence not told. */
export function getDriftModels(from: string, to: string, signal: AbortSignal): Promise<DriftModels> {
  return getJson<DriftModels>(`${DASHBOARD_URL}/drift/models?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`, signal);
}

/** Reads the mark of the present state of an answer (its ETag); empty where there is none. The browser asks whether it
 * is still the same and loads it again only where it is not. */
export function getMark(url: string, signal: AbortSignal): Promise<string> {
  return request(url, 'application/json', signal, async (response) => {
    await response.arrayBuffer();
    return response.headers.get('etag') ?? '';
  });
}

/** Reads values of a facet with their totals. */
export function getFacetValues(facet: Facet, query: string, signal: AbortSignal): Promise<FacetValues> {
  return getJson<FacetValues>(facetValuesUrl(facet, query), signal);
}

/** Reads what the server has loaded. */
export function getAbout(signal: AbortSignal): Promise<About> {
  return getJson<About>(ABOUT_URL, signal);
}

/** Reads a network in its binary form. */
export function getNetwork(query: string, signal: AbortSignal): Promise<ArrayBuffer> {
  return request(networksUrl(`${query}&format=binary`), NETWORK_TYPE, signal, (response) => {
    if (response.headers.get('content-type') !== NETWORK_TYPE) throw new ApiError('format', response.status, '', '');
    return response.arrayBuffer();
  });
}

/** Reads one page of the models that a group of a network stands for. */
export function getMembers(query: string, author: string, page: number, signal: AbortSignal): Promise<NetworkMembers> {
  return getJson<NetworkMembers>(`${BASE}/networks/members?${query}&author=${encodeURIComponent(author)}&page=${page}`, signal);
}

const NETWORK_TYPE = 'application/vnd.ecoviz.network';

/**
 * Reads JSON from `url`. Rejects with an ApiError, or with the signal's own reason when the caller aborted.
 * The shape is the server's promise (the contract test holds it to that), so it is not checked again here.
 */
export function getJson<T>(url: string, signal: AbortSignal): Promise<T> {
  return request(url, 'application/json', signal, async (response) => {
    if (!isJson(response)) throw new ApiError('format', response.status, '', '');
    return (await response.json()) as T;
  });
}

async function request<T>(url: string, type: string, signal: AbortSignal, read: (response: Response) => Promise<T>): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, timeout]),
      headers: { Accept: `${type}, application/problem+json` },
    });
    if (!response.ok) throw await problemOf(response);
    return await read(response);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (signal.aborted) throw signal.reason;
    if (timeout.aborted) throw new ApiError('timeout', 0, '', '');
    throw new ApiError(error instanceof SyntaxError ? 'format' : 'network', 0, '', '');
  }
}

function isJson(response: Response): boolean {
  return /^application\/([\w.-]+\+)?json\b/.test(response.headers.get('content-type') ?? '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function problemOf(response: Response): Promise<ApiError> {
  if (isJson(response)) {
    const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
    return new ApiError('problem', response.status, textOf(body?.code), textOf(body?.detail));
  }
  return new ApiError('problem', response.status, '', '');
}
