// SPDX-License-Identifier: MIT
import { encodePath } from '../api/client';

/** The page an address stands for. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'list' }
  | { readonly page: 'model'; readonly id: string }
  | { readonly page: 'network' }
  | { readonly page: 'dashboard' }
  | { readonly page: 'author'; readonly name: string }
  | { readonly page: 'missing' };

/** The longest owner or model name the Hub knows. */
export const NAME_MAX = 96;

/** Whether `id` can be a model's: one or two parts, none empty or too long, no comma (it separates ids). */
export function isModelId(id: string): boolean {
  const parts = id.split('/');
  return parts.length <= 2 && parts.every(isName);
}

function isName(part: string): boolean {
  return part !== '' && part.length <= NAME_MAX && !part.includes(',');
}

/** Which page `pathname` is; never throws. */
export function parseRoute(pathname: string): Route {
  const parts = pathname.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  const [first, ...names] = parts;
  if (first === undefined) return { page: 'home' };
  if (names.length === 0) {
    if (first === 'models') return { page: 'list' };
    if (first === 'networks') return { page: 'network' };
    if (first === 'dashboard') return { page: 'dashboard' };
  }
  return parseNamed(first, names);
}

/* A page about something, which the other parts of its address name. */
function parseNamed(kind: string, names: readonly string[]): Route {
  const decoded = names.map(decode);
  if (names.length === 0 || decoded.some((name) => name === null || name.includes('/'))) return { page: 'missing' };
  const id = decoded.join('/');
  if (kind === 'models' && isModelId(id)) return { page: 'model', id };
  if (kind === 'authors' && names.length === 1 && isName(id)) return { page: 'author', name: id };
  return { page: 'missing' };
}

/** Path of the home page. */
export const HOME_PATH = '/';

/** Canonical path of the leaderboard. */
export const LIST_PATH = '/models';

/** Path of the networks. */
export const NETWORK_PATH = '/networks';

/** Most models that the network of the most influential ones may be asked for. */
export const TOP_MAX = 1000;
/** How many it has where nobody said. */
export const TOP_DEFAULT = 15;

/** Address of the network of these models. */
export function familyHref(ids: readonly string[]): string {
  return `${NETWORK_PATH}?${ids.map((id) => `model=${encodePath(id)}`).join('&')}`;
}

/** Address of the network of the `count` most influential models. */
export function topHref(count: number): string {
  return `${NETWORK_PATH}?top=${count}`;
}

/** Path of a model's page. */
export function modelPath(id: string): string {
  return `${LIST_PATH}/${encodePath(id)}`;
}

/** Path of an author's page. */
export function authorPath(name: string): string {
  return `/authors/${encodeURIComponent(name)}`;
}

/** Address of the leaderboard with the models whose ids match `question`. */
export function searchHref(question: string): string {
  return `${LIST_PATH}?q=${encodeURIComponent(question)}`;
}

/** Address of the ecosystem dashboard. */
export function dashboardHref(): string {
  return '/dashboard';
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
