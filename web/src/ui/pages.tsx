// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { parseRoute } from '../data/route';
import type { Route } from '../data/route';
import type { Part } from '../i18n/messages';
import { MissingPage } from '../pages/missing';
import { lazyPage } from './lazy';
import { route } from './router';

/* One line each: scripts/pages.mjs reads here what a page consists of. */
const home = lazyPage(() => import('../pages/home/page').then((module) => module.HomePage), ['home']);
const list = lazyPage(() => import('../pages/leaderboard').then((module) => module.LeaderboardPage), ['leaderboard', 'tasks']);
const model = lazyPage(() => import('../pages/model').then((module) => module.ModelPage), ['model', 'tasks']);
const network = lazyPage(() => import('../pages/network/page').then(beginNetwork), ['network']);
const dashboard = lazyPage(() => import('../pages/dashboard/page').then((module) => module.DashboardPage), ['dashboard', 'tasks']);
const author = lazyPage(() => import('../pages/author/page').then((module) => module.AuthorPage), ['author', 'tasks']);

const PAGES = { home, list, model, network, dashboard, author } as const;

interface NetworkModule {
  readonly NetworkPage: () => JSX.Element;
  readonly askEarly: (search: string) => void;
}

/* The first network is asked for before its page is drawn: the texts may still be on their way. */
function beginNetwork({ NetworkPage, askEarly }: NetworkModule): () => JSX.Element {
  if (parseRoute(location.pathname).page === 'network') askEarly(location.search);
  return NetworkPage;
}

/** The parts of the texts that a page needs beside the common one. */
export function textsOf(page: Route['page']): readonly Part[] {
  return page === 'missing' ? [] : PAGES[page].texts;
}

/** Loads the code and the texts of a page: so the first one is drawn with its frame, not after it. */
export async function preloadPage(page: Route['page']): Promise<void> {
  if (page !== 'missing') await PAGES[page].preload();
}

/** Loads every page; what a page itself loads later is not part of that. */
export async function preloadPages(): Promise<void> {
  await Promise.all(Object.values(PAGES).map((page) => page.preload()));
}

/** The page of the present address. */
export function Page(): JSX.Element {
  const shown = route.value;
  switch (shown.page) {
    case 'home':
      return <home.Page />;
    case 'list':
      return <list.Page />;
    case 'model':
      return <model.Page key={shown.id} id={shown.id} />;
    case 'network':
      return <network.Page />;
    case 'dashboard':
      return <dashboard.Page />;
    case 'author':
      return <author.Page key={shown.name} name={shown.name} />;
    case 'missing':
      return <MissingPage />;
  }
}
