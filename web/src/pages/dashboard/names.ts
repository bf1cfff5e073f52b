// SPDX-License-Identifier: MIT
import type { AuthorKind, Facet, Relation, Treemap } from '../../api/schema';
import { OTHERS } from '../../data/dashboard-state';
import { NONE } from '../../data/list-state';
import { KIND_KEYS, RELATION_KEYS, fmt, t, taskName } from '../../i18n';
import { languageName } from '../../i18n/languages';
import type { MessageKey } from '../../i18n/messages';

/** Names of facets, as headings. */
export const FACET_KEYS: Readonly<Record<Facet, MessageKey>> = {
  language: 'dash.language',
  author: 'dash.author',
  task: 'dash.task',
  library: 'dash.library',
  licence: 'dash.licence',
  family: 'dash.family',
  kind: 'dash.kind',
  relation: 'dash.relation',
  month: 'dash.month',
  year: 'dash.year',
};

/** What models without a value of a facet are called. */
export const NONE_KEYS: Readonly<Record<Facet, MessageKey>> = {
  language: 'dash.none.language',
  author: 'dash.none.author',
  task: 'dash.none.task',
  library: 'dash.none.library',
  licence: 'dash.none.licence',
  family: 'dash.none.family',
  kind: 'kind.unknown',
  relation: 'dash.none.relation',
  month: 'dash.none.month',
  year: 'dash.none.month',
};

/** The name of a value for people. */
export function valueName(facet: Facet, value: string, fullName: string | null = null): string {
  if (value === NONE) return t(NONE_KEYS[facet]);
  if (value === OTHERS) return t('dash.others');
  switch (facet) {
    case 'language':
      return languageName(value);
    case 'task':
      return taskName(value);
    case 'kind':
      return kindName(value);
    case 'relation':
      return value in RELATION_KEYS ? t(RELATION_KEYS[value as Relation]) : value;
    case 'month':
      return fmt().month(`${value}-01`);
    default:
      return fullName ?? value;
  }
}

/** The name of the `n` values behind the top list. A model has several languages: there it counts in the others only if it has none of the list. */
export function othersName(facet: Facet, n: number): string {
  return t(facet === 'language' ? 'dash.others.languages' : 'dash.others.of', { n });
}

/** The name of a licence, told or not. */
export function licenceName(licence: string | null): string {
  return licence ?? t(NONE_KEYS.licence);
}

/** What a tile of a treemap is called. */
export function tileName(by: Treemap['by'], isModel: boolean, value: string, fullName: string | null): string {
  return by === 'model' || isModel ? value : valueName(by, value, fullName);
}

function kindName(kind: string): string {
  return kind in KIND_KEYS ? t(KIND_KEYS[kind as AuthorKind]) : kind;
}
