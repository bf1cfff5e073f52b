// SPDX-License-Identifier: MIT
import type { ComponentType, JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Skeleton } from './bits';

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
    if (state === 'failed') return <LoadFailed />;
    return <Skeleton rows={8} kind="panel" />;
  }

  return {
    Page,
    preload: () => {
      // a failure shows when the page is asked for
      fetchOnce().catch(() => undefined);
    },
  };
}

/* The code of a page is gone from the server after an update: a reload brings the new one. */
function LoadFailed(): JSX.Element {
  return (
    <section class="panel notice notice-error" role="alert">
      <h1 tabIndex={-1}>{t('app.crashed')}</h1>
      <p>{t('error.network')}</p>
      <button type="button" class="button button-strong" onClick={() => location.reload()}>
        {t('app.reload')}
      </button>
    </section>
  );
}
