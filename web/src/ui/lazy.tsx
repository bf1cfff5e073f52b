// SPDX-License-Identifier: MIT
import type { ComponentType, JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { hasTexts, lang, loadTexts, t } from '../i18n';
import type { Part } from '../i18n/messages';
import { ReloadPage, Skeleton } from './bits';

/** A page, or part of one, whose code and texts are loaded when it is first shown, or before, by `preload`. */
export interface LazyPage<P> {
  readonly Page: (props: P) => JSX.Element;
  /** The parts of the texts that it needs beside the common one. */
  readonly texts: readonly Part[];
  /** Loads code and texts; a failure shows when the page is asked for. */
  readonly preload: () => Promise<void>;
}

/**
 * Makes a LazyPage of the component that `load` brings and the parts of the texts that it uses; `isPart` where it
 * has its place in a page that is there.
 */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>, texts: readonly Part[], isPart = false): LazyPage<P> {
  let loaded: ComponentType<P> | undefined;
  const loadCode = async (): Promise<void> => {
    loaded ??= await load();
  };
  const loadAll = (): Promise<unknown> => Promise.all([loadCode(), loadTexts(texts)]);

  function Page(props: P): JSX.Element {
    const language = lang();
    const isThere = loaded !== undefined && hasTexts(texts);
    const [hasFailed, setFailed] = useState(false);
    const [, redraw] = useState(0);
    useEffect(() => {
      if (isThere) return undefined;
      let isLeft = false;
      setFailed(false);
      loadAll().then(
        () => isLeft || redraw((count) => count + 1),
        () => isLeft || setFailed(true),
      );
      return () => {
        isLeft = true;
      };
    }, [isThere, language]);
    useLayoutEffect(() => {
      // the focus waited in the frame for a heading
      if (isThere && document.activeElement?.id === 'main') document.querySelector('h1')?.focus({ preventScroll: true });
    }, [isThere]);
    if (loaded !== undefined && isThere) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    // the code of a page is gone from the server after an update: a reload brings the new one
    if (hasFailed) return <ReloadPage text={t('error.network')} />;
    return isPart ? <p class="lazy-part">{t('app.loading')}</p> : <Skeleton rows={1} kind="page" />;
  }

  return {
    Page,
    texts,
    preload: async () => {
      await loadAll().catch(() => undefined);
    },
  };
}
