// SPDX-License-Identifier: MIT
import type { FacetValue, FoundValues, ModelRow, SearchResult } from '../api/schema';
import { parseHubAddress } from './hub-address';
import type { HubAddress } from './hub-address';
import { cutQuery } from './list-state';
import { authorPath, modelPath, searchHref } from './route';
import { valueHref } from './value-href';

/** What the search of the whole site suggests while one types, and in which order. */

/** One entry of the list, with the address it leads to. */
export type Suggestion =
  | { readonly kind: 'match'; readonly href: string; readonly what: 'model' | 'author' | 'task' | 'language' | 'list'; readonly name: string }
  | { readonly kind: 'model'; readonly href: string; readonly model: ModelRow }
  | { readonly kind: 'author'; readonly href: string; readonly author: FacetValue }
  | { readonly kind: 'task' | 'language'; readonly href: string; readonly value: FacetValue }
  | { readonly kind: 'all'; readonly href: string; readonly total: number };

/** Entries of one kind. */
export interface SuggestionGroup {
  readonly kind: Suggestion['kind'];
  /** How many there are; the first of them are listed. */
  readonly total: number;
  readonly entries: readonly Suggestion[];
}

/** Most entries of a kind that are asked for. */
export const SHOWN = 5;
/* Fewer of what is named more briefly, so that the list is seen as a whole. */
const SHOWN_VALUES = 3;

/** A value of a facet and every name people know it by, in lower case. */
export interface NamedValue {
  readonly value: FacetValue;
  readonly names: readonly string[];
}

/** What is typed, as a question for the API; letters of full width are those of every keyboard. */
export function questionOf(text: string): string {
  return cutQuery(text.normalize('NFKC').trim()).trim();
}

/** The words of a question, which must all occur; in lower case. */
export function wordsOf(question: string): readonly string[] {
  return question.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

/** `values` with their names; `namesOf` answers the names of a key. */
export function nameValues(values: readonly FacetValue[], namesOf: (key: string) => readonly string[]): readonly NamedValue[] {
  return values.map((value) => ({ value, names: [...new Set([value.value, ...namesOf(value.value)].map((name) => name.toLowerCase()))] }));
}

/**
 * The values in whose names all words occur. One whose name is what was typed comes first, then those that begin with
 * it, then the rest; each in the order of `named`.
 */
export function findValues(named: readonly NamedValue[], question: string): readonly FacetValue[] {
  const words = wordsOf(question);
  if (words.length === 0) return [];
  const typed = words.join(' ');
  const nearness = ({ names }: NamedValue): number => (names.includes(typed) ? 0 : names.some((name) => name.startsWith(typed)) ? 1 : 2);
  return named
    .filter(({ names }) => words.every((word) => names.some((name) => name.includes(word))))
    .map((one, index) => ({ value: one.value, nearness: nearness(one), index }))
    .toSorted((a, b) => a.nearness - b.nearness || a.index - b.index)
    .map(({ value }) => value);
}

/** The value of which what was typed is a name; with most models, where it is the name of several. */
export function namedExactly(named: readonly NamedValue[], question: string): FacetValue | null {
  const typed = wordsOf(question).join(' ');
  const exact = named.filter(({ names }) => names.includes(typed)).map(({ value }) => value);
  return exact.toSorted((a, b) => b.models - a.models)[0] ?? null;
}

/** Values found by their names here, then those that the server found besides. */
export function mergeFound(here: readonly FacetValue[], found: FoundValues): FoundValues {
  const known = new Set(here.map(({ value }) => value));
  const top = [...here, ...found.top.filter(({ value }) => !known.has(value))];
  return { total: Math.max(found.total, top.length), top };
}

/** Tasks and languages that were found by their names. */
export interface FoundNames {
  readonly tasks: readonly FacetValue[];
  readonly languages: readonly FacetValue[];
  /** That of which what was typed is a name, not only part of one. */
  readonly exact: { readonly kind: 'task' | 'language'; readonly value: FacetValue } | null;
}

const NOTHING: FoundValues = { total: 0, top: [] };

/**
 * The list for `question`: what it names exactly, the kinds in a fixed order, and last the way to all models that match.
 * `result` is null where the server did not answer: what was found by name is shown all the same.
 */
export function suggestionGroups(question: string, result: SearchResult | null, names: FoundNames): readonly SuggestionGroup[] {
  const { models, authors } = result ?? { models: { total: 0, top: [] }, authors: NOTHING };
  const tasks = mergeFound(names.tasks, result?.tasks ?? NOTHING);
  const languages = mergeFound(names.languages, result?.languages ?? NOTHING);
  const address = parseHubAddress(question);
  const groups: readonly SuggestionGroup[] = [
    { kind: 'match', total: 1, entries: matchOf(result, names.exact, address) },
    { kind: 'model', total: models.total, entries: models.top.map((model) => ({ kind: 'model', href: modelPath(model.id), model })) },
    { kind: 'author', total: authors.total, entries: authors.top.map((author) => ({ kind: 'author', href: authorPath(author.value), author })) },
    valueGroup('task', tasks),
    valueGroup('language', languages),
    // no model has the name of an address
    { kind: 'all', total: models.total, entries: address !== null && models.total === 0 ? [] : [{ kind: 'all', href: searchHref(question), total: models.total }] },
  ];
  return groups.filter(({ entries }) => entries.length > 0).map(({ kind, total, entries }) => ({ kind, total, entries: entries.slice(0, kind === 'model' ? SHOWN : SHOWN_VALUES) }));
}

function valueGroup(kind: 'task' | 'language', { total, top }: FoundValues): SuggestionGroup {
  return { kind, total, entries: top.map((value) => ({ kind, href: valueHref(kind, value.value), value })) };
}

/* What the server names, what the address does, else the task or language of that name. An author of the name of a task or language comes second where that has more models. */
function matchOf(result: SearchResult | null, exact: FoundNames['exact'], address: HubAddress | null): readonly Suggestion[] {
  const match = result?.match ?? null;
  const isLesser = exact !== null && match?.kind === 'author' && (result?.authors.top.find(({ value }) => value === match.value)?.models ?? 0) < exact.value.models;
  if (match !== null && !isLesser) {
    const { kind: what, value: name } = match;
    return [{ kind: 'match', href: what === 'model' ? modelPath(name) : authorPath(name), what, name }];
  }
  if (exact !== null) return [{ kind: 'match', href: valueHref(exact.kind, exact.value.value), what: exact.kind, name: exact.value.value }];
  if (address?.kind === 'model') return [{ kind: 'match', href: modelPath(address.id), what: 'model', name: address.id }];
  if (address?.kind === 'name') return [{ kind: 'match', href: authorPath(address.name), what: 'author', name: address.name }];
  return address?.kind === 'list' ? [{ kind: 'match', href: address.href, what: 'list', name: '' }] : [];
}

/** How many things were found, without the two ways that always stand in the list. */
export function countFound(groups: readonly SuggestionGroup[]): number {
  return groups.filter(({ kind }) => kind !== 'match' && kind !== 'all').reduce((sum, { total }) => sum + total, 0);
}

/**
 * The entry that is active after a key, where `active` of `count` was (-1: none, the field itself). Arrows go round
 * through the field; Home and End move among entries once one of them is active, else they are the field's own keys.
 */
export function moveActive(active: number, count: number, key: string): number {
  const round = count + 1;
  if (key === 'ArrowDown') return ((active + 2) % round) - 1;
  if (key === 'ArrowUp') return ((active + 1 + count) % round) - 1;
  if (active >= 0 && key === 'Home') return 0;
  if (active >= 0 && key === 'End') return count - 1;
  return active;
}

/** A piece of a text, and whether it is one of the words that were looked for. */
export interface TextPiece {
  /** Where it begins. */
  readonly at: number;
  readonly text: string;
  readonly isHit: boolean;
}

/** `text` cut where the words occur in it, blind to case. */
export function cutAtWords(text: string, words: readonly string[]): readonly TextPiece[] {
  const lower = text.toLowerCase();
  // a letter whose lower case is longer would shift every place after it
  if (lower.length !== text.length) return [{ at: 0, text, isHit: false }];
  const hits = Array.from({ length: text.length }, () => false);
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) hits.fill(true, at, at + word.length);
  }
  const pieces: TextPiece[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && hits[at] === hits[from]) continue;
    pieces.push({ at: from, text: text.slice(from, at), isHit: hits[from] === true });
    from = at;
  }
  return pieces;
}
