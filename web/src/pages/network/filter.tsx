// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { isNetworkFiltered } from '../../data/network-state';
import type { NetworkState } from '../../data/network-state';
import { t } from '../../i18n';
import { lazyPage } from '../../ui/lazy';
import { LineIcon } from '../../ui/network-icons';
import { Popover } from '../../ui/popover';

const form = lazyPage(() => import('./filter-form').then((module) => module.FilterForm), ['tasks'], true);

/** Loads what the filter shows when it is opened. */
export const preloadFilter = form.preload;

/** The filter: by name, task and whether a model is gone; it marks what matches, or leaves out what does not. */
export function FilterField({ state }: { readonly state: NetworkState }): JSX.Element {
  const button = (
    <>
      <LineIcon name="filter" />
      <span class="net-tool-text">{t('net.filter')}</span>
    </>
  );
  return (
    <Popover id="filter" class="task-filter net-filter" isOn={isNetworkFiltered(state)} label={t('net.filter')} button={button}>
      {() => <form.Page state={state} />}
    </Popover>
  );
}
