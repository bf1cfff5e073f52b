// SPDX-License-Identifier: MIT
import { signal } from '@preact/signals';
import { Component } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { ABOUT_URL, getAbout } from '../api/client';
import type { About } from '../api/schema';
import { HOME_PATH, LIST_PATH, NETWORK_PATH, dashboardHref } from '../data/route';
import type { Route } from '../data/route';
import { fmt, lang, setLang, t } from '../i18n';
import type { MessageKey } from '../i18n/messages';
import { ReloadPage } from './bits';
import { DataMark, DataNote, noteData } from './data-mark';
import { Logo, ThemeIcon } from './icons';
import { Page, preloadPage, preloadPages, textsOf } from './pages';
import type { Resource } from './resource';
import { useResource } from './resource';
import { keepLang, navigate, place, route } from './router';
import { nextTheme, setTheme, theme } from './theme';

/** The frame of every page: navigation, language, theme, where the data is from, and the page itself. */
export function App(): JSX.Element {
  const about = useResource(ABOUT_URL, (abort) => getAbout(abort).then(noteData));
  useSearchKey();
  useTitleFocus();
  const language = lang();
  // most visits go on: the other pages are fetched once this one is drawn, in the language that is read
  useEffect(() => {
    const timer = setTimeout(() => void preloadPages(), 1000);
    return () => clearTimeout(timer);
  }, [language]);
  return (
    <>
      <a class="skip" href="#main">
        {t('app.skip')}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Boundary key={place.value.path}>
          <Page />
        </Boundary>
      </main>
      <Footer about={about} />
    </>
  );
}

const langFailed = signal(false);

const THEME_KEYS = { auto: 'theme.auto', light: 'theme.light', dark: 'theme.dark' } as const;

const NAV: readonly (readonly [Route['page'], string, MessageKey])[] = [
  ['list', LIST_PATH, 'nav.models'],
  ['network', NETWORK_PATH, 'nav.networks'],
  ['dashboard', dashboardHref(), 'nav.dashboard'],
];

function Header(): JSX.Element {
  const themeText = t('theme.next', { theme: t(THEME_KEYS[theme.value]) });
  return (
    <header class="bar">
      <div class="bar-in">
        <a class="brand" href={keepLang(HOME_PATH)} title={t('app.tagline')}>
          <Logo />
          <span class="brand-name">LLM-ECO-VIZ</span>
        </a>
        <nav aria-label={t('app.nav')}>
          {NAV.map(([page, href, key]) => (
            <a key={page} href={keepLang(href)} aria-current={route.value.page === page ? 'page' : undefined}>
              {t(key)}
            </a>
          ))}
        </nav>
        <div class="bar-end">
          <DataMark />
          <button type="button" class="button button-quiet" lang={lang() === 'en' ? 'zh-CN' : 'en'} aria-label={`${t('lang.other')} – ${t('lang.switch')}`} onClick={switchLang}>
            {t('lang.other')}
          </button>
          <button type="button" class="button button-quiet button-icon" aria-label={themeText} title={themeText} onClick={() => setTheme(nextTheme(theme.value))}>
            <ThemeIcon name={theme.value} />
          </button>
        </div>
      </div>
      <p class="bar-note" role="alert">
        {langFailed.value ? t('lang.failed') : ''}
      </p>
    </header>
  );
}

async function switchLang(): Promise<void> {
  const next = lang() === 'en' ? 'zh' : 'en';
  langFailed.value = false;
  try {
    await setLang(next, true, textsOf(route.value.page));
  } catch {
    langFailed.value = true;
    return;
  }
  // an address that names a language goes on to name the one that is shown
  const query = new URLSearchParams(place.value.search);
  if (!query.has('lang')) return;
  navigate(place.value.path + place.value.search.replace(/([?&]lang=)[^&]*/, `$1${next}`), { isReplace: true });
}

function Footer({ about }: { readonly about: Resource<About> }): JSX.Element {
  const { data, error, retry } = about;
  return (
    <footer class="foot">
      <div class="foot-in">
        <DataNote />
        {error === undefined ? null : (
          <p>
            {t('foot.failed')}{' '}
            <button type="button" class="link" onClick={retry}>
              {t('error.retry')}
            </button>
          </p>
        )}
        {data === undefined ? null : <Facts about={data} />}
        <p>
          <a href="/api/v1/openapi.json">{t('foot.api')}</a>
          {data === undefined ? null : <span>{t('foot.version', { version: data.version })}</span>}
        </p>
      </div>
    </footer>
  );
}

function Facts({ about }: { readonly about: About }): JSX.Element {
  const { counts } = about;
  return (
    <p class="facts">
      <strong>{t('foot.as-of', { date: fmt().date(about.as_of) })}</strong>
      <span>{t('foot.models', { n: counts.models })}</span>
      <span>{t('foot.removed', { n: counts.removed })}</span>
      <span>{t('foot.edges', { n: counts.edges })}</span>
      <span>{t('foot.authors', { n: counts.authors })}</span>
      <span>{t('foot.placeholders', { n: counts.placeholders })}</span>
    </p>
  );
}

/* `/` leads to the search from anywhere. */
function useSearchKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      void focusSearch();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

async function focusSearch(): Promise<void> {
  // a network has a search of its own
  const isNetwork = route.value.page === 'network';
  if (!isNetwork && route.value.page !== 'list') {
    await preloadPage('list');
    navigate(keepLang(LIST_PATH));
  }
  // the page may have to be drawn first
  setTimeout(() => document.getElementById(isNetwork ? 'find' : 'search')?.focus());
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/* On another page the reader starts at its heading; the first page leaves the focus to the browser. */
function useTitleFocus(): void {
  const { path } = place.value;
  const shown = useRef(path);
  useLayoutEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    (document.querySelector('h1') ?? document.getElementById('main'))?.focus({ preventScroll: true });
  }, [path]);
}

/* A fault in a page must not leave it blank without a word. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly fault: string | null }> {
  override state = { fault: null };

  static override getDerivedStateFromError(error: unknown): { readonly fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ComponentChildren {
    if (this.state.fault === null) return this.props.children;
    return <ReloadPage text={t('app.crashed.text', { detail: this.state.fault })} />;
  }
}
