// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import type { FacetValues } from '../../api/schema';
import { UNKNOWN } from '../../data/format';
import { fmt, t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import { facts } from '../../ui/facts';
import type { Resource } from '../../ui/resource';

/** How much data of which day is loaded; the frame says whether it is the Hub's. */
export function Facts({ families }: { readonly families: Resource<FacetValues> }): JSX.Element {
  const { about, hasFailed } = facts.value;
  const { integer, date } = fmt();
  const shown = (value: number | undefined, isLost: boolean): string => (value === undefined ? (isLost ? UNKNOWN : '\u{a0}') : integer(value));
  const rows: readonly (readonly [MessageKey, string])[] = [
    ['home.facts.models', shown(about?.counts.models, hasFailed)],
    ['home.facts.authors', shown(about?.counts.authors, hasFailed)],
    ['home.facts.edges', shown(about?.counts.edges, hasFailed)],
    ['home.facts.families', shown(families.data?.total, families.error !== undefined)],
  ];
  return (
    <section class="home-facts" aria-label={t('home.facts')}>
      <dl>
        {rows.map(([key, value]) => (
          <div key={key} data-fact={key}>
            <dt>{t(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="small home-facts-outside">{about === undefined ? '\u{a0}' : about.counts.placeholders === 0 ? '' : t('home.facts.outside', { n: about.counts.placeholders })}</p>
      <p class="small home-facts-source">{about === undefined ? '\u{a0}' : t(SOURCES[about.data], { date: date(about.as_of) })}</p>
    </section>
  );
}

const SOURCES = { hub: 'home.facts.hub', sample: 'home.facts.sample', synthetic: 'home.facts.synthetic' } as const;
