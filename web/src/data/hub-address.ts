// SPDX-License-Identifier: MIT
import { NO_FILTERS, DEFAULT_STATE, cutQuery, formatListState } from './list-state';
import { LIST_PATH, isModelId } from './route';

/** What an address of the Hub stands for. */
export type HubAddress =
  | { readonly kind: 'model'; readonly id: string }
  /** A name without an owner: of an author, or of one of the oldest models. */
  | { readonly kind: 'name'; readonly name: string }
  /** The Hub's list of models, with its filters: `href` is the leaderboard's. */
  | { readonly kind: 'list'; readonly href: string }
  | { readonly kind: 'dataset' | 'space' | 'page' };

const ADDRESS = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)(?:\/|$)/i;
/* First words of addresses that are no owners. */
const PAGES = new Set(['api', 'blog', 'chat', 'collections', 'docs', 'enterprise', 'join', 'learn', 'login', 'new', 'organizations', 'papers', 'posts', 'pricing', 'search', 'settings', 'tasks']);

/** Reads `text` as an address of the Hub; null where it is none. Never throws. */
export function parseHubAddress(text: string): HubAddress | null {
  const host = ADDRESS.exec(text);
  if (host === null) return null;
  const [path = '', query = ''] = text.slice(host[0].length).replace(/#.*$/s, '').split('?', 2);
  const [first = '', second = ''] = path.split('/').map(decode);
  const word = first.toLowerCase();
  if (word === 'datasets') return { kind: 'dataset' };
  if (word === 'spaces') return { kind: 'space' };
  if (word === 'models') return { kind: 'list', href: listHrefOf(new URLSearchParams(query)) };
  if (first === '' || PAGES.has(word)) return { kind: 'page' };
  if (second === '') return { kind: 'name', name: first };
  return isModelId(`${first}/${second}`) ? { kind: 'model', id: `${first}/${second}` } : { kind: 'page' };
}

/* The Hub's words for the filters; one that has several values separates them with commas or is repeated. */
function listHrefOf(query: URLSearchParams): string {
  const values = (name: string): readonly string[] =>
    query.getAll(name).flatMap((value) => value.split(',')).map((value) => value.replace(/^license:/, '')).filter((value) => value !== '');
  const filters = { ...NO_FILTERS, task: values('pipeline_tag'), language: values('language'), author: values('author'), library: values('library'), licence: values('license') };
  const written = formatListState({ ...DEFAULT_STATE, q: cutQuery(query.get('search') ?? ''), filters });
  return written === '' ? LIST_PATH : `${LIST_PATH}?${written}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
