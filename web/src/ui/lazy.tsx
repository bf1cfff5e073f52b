// SPDX-License-Identifier: MIT
import type { ComponentType, JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { ReloadPage, Skeleton } from './bits';

/** A page whose code is loaded when it is first shown, or before, by `preload`. */
export interface LazyPage<P> {
  readonly Page: (props: P) => JSX.Element;
  readonly preload: () => void;
}

/** Makes a LazyPage of the component that `load` brings. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>): LazyPage<P> {
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
    return <Skeleton rows={1} kind="page" />;
  }

  return {
    Page,
    preload: () => {
      // a failure shows when the page is asked for
      fetchOnce().catch(() => undefined);
    },
  };
}
