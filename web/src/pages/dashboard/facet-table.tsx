// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import type { Facet, FacetTop, FacetValue, Totals } from '../../api/schema';
import { OTHERS } from '../../data/dashboard-state';
import { barPercent } from '../../data/influence';
import { NONE } from '../../data/list-state';
import { KIND_KEYS, fmt, t } from '../../i18n';
import { Avatar } from '../../ui/bits';
import { FACET_KEYS, othersName, valueName } from './names';
import { openTen } from './nav';
import { Nothing } from './panel';

interface FacetTableProps {
  readonly facet: Facet;
  readonly top: FacetTop;
  /** Name of the table for readers who do not see where it stands. */
  readonly title: string;
  /** Whether numbers are shortened, where there is little room. */
  readonly isShort?: boolean;
}

/** The values of a facet with most influence, then all others, then what stands apart. */
export function FacetTable({ facet, top, title, isShort = false }: FacetTableProps): JSX.Element {
  const largest = Math.max(...top.top.map(({ influence }) => influence));
  const { others, none } = top;
  if (top.top.length === 0 && none.models === 0) return <Nothing>{t('dash.empty')}</Nothing>;
  return (
    <table class="facet-table" data-facet={facet}>
      <caption class="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col" class="f-rank">
            <span class="visually-hidden">{t('col.rank')}</span>
            <span aria-hidden="true">#</span>
          </th>
          <th scope="col" class="f-name">
            {t(FACET_KEYS[facet])}
          </th>
          <th scope="col" class="f-influence">
            {t('col.influence')}
          </th>
          <th scope="col" class="f-models">
            {t('dash.models')}
          </th>
        </tr>
      </thead>
      <tbody>
        {top.top.map((value, index) => (
          <Row key={value.value} facet={facet} value={value.value} totals={value} rank={index + 1} largest={largest} isShort={isShort}>
            <ValueName facet={facet} value={value} />
          </Row>
        ))}
        {others === null ? null : (
          <Row facet={facet} value={OTHERS} totals={others} isShort={isShort}>
            <span class="value-text">{othersName(facet, others.values)}</span>
          </Row>
        )}
      </tbody>
      <tbody class="f-apart">
        {top.apart.map((value) => (
          <Row key={value.value} facet={facet} value={value.value} totals={value} isShort={isShort}>
            <span class="value-text">{valueName(facet, value.value)}</span>
          </Row>
        ))}
        {none.models === 0 ? null : (
          <Row facet={facet} value={NONE} totals={none} isShort={isShort}>
            <span class="value-text">{valueName(facet, NONE)}</span>
          </Row>
        )}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly facet: Facet;
  readonly value: string;
  readonly totals: Totals;
  readonly rank?: number;
  readonly largest?: number;
  readonly isShort: boolean;
  readonly children: ComponentChildren;
}

function Row({ facet, value, totals, rank, largest, isShort, children }: RowProps): JSX.Element {
  const { integer, amount } = figures();
  const { compact } = fmt();
  return (
    <tr data-value={value}>
      <td class="f-rank">{rank === undefined ? null : integer(rank)}</td>
      <th scope="row" class="f-name">
        <button type="button" class="value-button" aria-haspopup="dialog" onClick={() => openTen({ facet, value })}>
          {children}
        </button>
      </th>
      <td class="f-influence">
        {largest === undefined ? null : (
          <span class="influence-bar" aria-hidden="true">
            <span style={{ width: `${barPercent(totals.influence, largest)}%` }} />
          </span>
        )}
        <span class="number">{isShort ? compact(totals.influence) : amount(totals.influence)}</span>
      </td>
      <td class="f-models number">{isShort ? compact(totals.models) : integer(totals.models)}</td>
    </tr>
  );
}

function ValueName({ facet, value }: { readonly facet: Facet; readonly value: FacetValue }): JSX.Element {
  if (facet === 'family') return <FamilyName id={value.value} />;
  if (facet !== 'author') {
    return (
      <span class="value-text" title={facet === 'language' ? value.value : undefined}>
        {valueName(facet, value.value)}
      </span>
    );
  }
  return (
    <>
      <Avatar author={value.value} size={24} />
      <span class="value-text" title={value.value}>
        {value.full_name ?? value.value}
      </span>
      {value.kind === null || value.kind === 'unknown' ? null : <span class="value-kind">{t(KIND_KEYS[value.kind])}</span>}
    </>
  );
}

/* By its root: the picture stands for the owner. */
function FamilyName({ id }: { readonly id: string }): JSX.Element {
  const slash = id.indexOf('/');
  return (
    <>
      <Avatar author={id.slice(0, Math.max(0, slash))} size={24} />
      <span class="value-text" title={id}>
        {slash < 0 ? null : <span class="visually-hidden">{id.slice(0, slash + 1)}</span>}
        {id.slice(slash + 1)}
      </span>
    </>
  );
}

/** Figures of totals: all digits, and an influence without the decimals that no sum of thousands needs. */
export function figures(): { readonly integer: (value: number | null) => string; readonly amount: (value: number) => string } {
  const { integer, decimal } = fmt();
  return { integer, amount: (value) => (Math.abs(value) < 100 ? decimal(value) : integer(value)) };
}
