// SPDX-License-Identifier: MIT
import type { ComponentType, JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { ReloadPage, Skeleton } from './bits';

/** A page, or part of one, whose code is loaded when it is first shown, or before, by `preload`. */
export interface LazyPage<P> {
  readonly Page: (props: P) => JSX.Element;
  /** Loads the code; a failure shows when the page is asked for. */
  readonly preload: () => Promise<void>;
}

/** Makes a LazyPage of the component that `load` brings; `isPart` where it has its place in a page that is there. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>, isPart = false): LazyPage<P> {
  let loaded: ComponentType<P> | undefined;
  const fetchOnce = async (): Promise<ComponentType<P>> => {
    loaded ??= await load();
    return loaded;
  };

  function Page(props: P): JSX.Element {
    const [state, setState] = useState<'waiting' | 'there' | 'failed'>(loaded === undefined ? 'waiting' : 'there');
    useEffect(() => {
      if (loaded !== undefined) return;
      fetchOnce().then(
        () => setState('there'),
        () => setState('failed'),
      );
    }, []);
    useLayoutEffect(() => {
      // the focus waited in the frame for a heading
      if (state === 'there' && document.activeElement?.id === 'main') document.querySelector('h1')?.focus({ preventScroll: true });
    }, [state]);
    if (loaded !== undefined) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    // the code of a page is gone from the server after an update: a reload brings the new one
    if (state === 'failed') return <ReloadPage text={t('error.network')} />;
    return isPart ? <p class="lazy-part">{t('app.loading')}</p> : <Skeleton rows={1} kind="page" />;
  }

  return {
    Page,
    preload: async () => {
      await fetchOnce().catch(() => undefined);
    },
  };
}
