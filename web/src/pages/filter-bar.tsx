// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { FILTER_KEYS } from '../data/list-state';
import type { FilterKey, Filters } from '../data/list-state';
import { t } from '../i18n';
import { CrossIcon, DownIcon } from '../ui/icons';
import { lazyPage } from '../ui/lazy';
import { Popover } from '../ui/popover';
import { FILTER_NAMES, MORE, filterLabel } from './filter-labels';
import { toggleFilter } from './list-nav';

const more = lazyPage(() => import('./more-filters').then((module) => module.MoreFilters), [], true);

/** A button that opens the filters by language, author, kind, licence and library. */
export function MoreFiltersField({ filters }: { readonly filters: Filters }): JSX.Element {
  const n = MORE.reduce((sum, key) => sum + filters[key].length, 0);
  const button = (
    <>
      <span class="task-filter-name">{t('list.more')}</span> {n === 0 ? null : <span class="count">{n}</span>}
      <DownIcon />
    </>
  );
  return (
    <Popover id="more-filters" class="task-filter more-filters" isOn={n > 0} button={button}>
      {() => <more.Page filters={filters} />}
    </Popover>
  );
}

/** What is filtered by, each with a way to take it away. */
export function FilterChips({ filters }: { readonly filters: Filters }): JSX.Element | null {
  const chips = FILTER_KEYS.flatMap((key) => filters[key].map((value) => ({ key, value })));
  if (chips.length === 0) return null;
  return (
    <ul class="filter-chips" aria-label={t('list.chips')}>
      {chips.map(({ key, value }) => (
        <li key={`${key} ${value}`}>
          <Chip name={key} value={value} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ name, value }: { readonly name: FilterKey; readonly value: string }): JSX.Element {
  const text = `${t(FILTER_NAMES[name])}: ${filterLabel(name, value)}`;
  return (
    <button type="button" class="filter-chip" title={t('list.chip.remove', { filter: text })} onClick={() => toggleFilter(name, value, false)}>
      {text}
      <CrossIcon />
    </button>
  );
}
