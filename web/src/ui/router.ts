// SPDX-License-Identifier: MIT
import { computed, signal } from '@preact/signals';
import { LIST_PATH, parseRoute } from '../data/route';

/** The part of the address that says what is shown. */
export interface Place {
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

const here = signal<Place>({ path: '/', search: '' });

/** Where we are; reading it in a component makes the component follow it. */
export const place = computed(() => here.value);

/** The page that is shown. */
export const route = computed(() => parseRoute(here.value.path));

/** The leaderboard as it was last seen, for the way back from a model's page. */
export const lastList = signal<string>(LIST_PATH);

/** How to go somewhere. */
export interface NavigateOptions {
  /** Takes the place of the present entry in the history. */
  readonly isReplace?: boolean;
}

/** `href` with the language of the present address, where that names one. */
export function keepLang(href: string): string {
  const wanted = new URLSearchParams(here.value.search).get('lang');
  if (wanted === null || /[?&]lang=/.test(href)) return href;
  return `${href}${href.includes('?') ? '&' : '?'}lang=${encodeURIComponent(wanted)}`;
}

/** Path and query as one address. */
export function hrefOf(path: string, query: string): string {
  return keepLang(query === '' ? path : `${path}?${query}`);
}

/** Goes to an address of this application. */
export function navigate(href: string, options: NavigateOptions = {}): void {
  if (href === here.value.path + here.value.search) return;
  if (options.isReplace) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  read();
}

/** Starts to follow the address; links inside the application no longer load the page anew. */
export function initRouter(): void {
  read();
  addEventListener('popstate', read);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || !isOurs(link, event)) return;
    event.preventDefault();
    const before = here.value.path;
    navigate(link.pathname + link.search);
    if (here.value.path !== before) scrollTo(0, 0);
  });
}

/** Whether a click opens its link in this window. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function isOurs(link: HTMLAnchorElement, event: MouseEvent): boolean {
  return (
    isPlainClick(event) &&
    !event.defaultPrevented &&
    link.origin === location.origin &&
    link.target === '' &&
    link.hash === '' &&
    parseRoute(link.pathname).page !== 'missing'
  );
}

function read(): void {
  const next = { path: location.pathname, search: location.search };
  if (next.path !== here.value.path || next.search !== here.value.search) here.value = next;
  if (parseRoute(next.path).page === 'list') lastList.value = next.path + next.search;
}
