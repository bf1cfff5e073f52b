// SPDX-License-Identifier: MIT
import { encodePath } from '../api/client';

/** The page an address stands for. */
export type Route =
  | { readonly page: 'list' }
  | { readonly page: 'model'; readonly id: string }
  | { readonly page: 'network' }
  | { readonly page: 'missing' };

/** The longest owner or model name the Hub knows. */
export const NAME_MAX = 96;

/** Whether `id` can be a model's: one or two parts, none empty or too long, no comma (it separates ids). */
export function isModelId(id: string): boolean {
  const parts = id.split('/');
  return parts.length <= 2 && parts.every((part) => part !== '' && part.length <= NAME_MAX && !part.includes(','));
}

/** Which page `pathname` is; never throws. */
export function parseRoute(pathname: string): Route {
  const parts = pathname.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  if (parts.length === 0) return { page: 'list' };
  if (parts[0] === 'networks' && parts.length === 1) return { page: 'network' };
  if (parts[0] !== 'models' || parts.length > 3) return { page: 'missing' };
  if (parts.length === 1) return { page: 'list' };
  const names = parts.slice(1).map(decode);
  if (names.some((name) => name === null || name.includes('/'))) return { page: 'missing' };
  const id = names.join('/');
  return isModelId(id) ? { page: 'model', id } : { page: 'missing' };
}

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

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
