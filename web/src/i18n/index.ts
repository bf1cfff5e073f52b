// SPDX-License-Identifier: MIT
import { computed, signal } from '@preact/signals';
import type { AuthorKind, Relation } from '../api/schema';
import { createFormats, humanise } from '../data/format';
import type { Formats } from '../data/format';
import type { MessageKey, MessageParams, Part } from './messages';
import { fill } from './messages';

/** A language of the interface. */
export type Lang = 'en' | 'zh';

/* Every part in every language is a file of its own: a reader needs one language, and a page a few parts. */
const FILES = import.meta.glob<{ readonly texts: Readonly<Record<string, string>> }>('./{en,zh}/*.ts');
const LOCALES: Readonly<Record<Lang, string>> = { en: 'en', zh: 'zh-CN' };
const STORE_KEY = 'ecoviz.lang';

const current = signal<Lang>('en');
/* Texts only come, and come before what shows them is drawn: only the language has to be followed. */
const texts: Readonly<Record<Lang, Record<string, string>>> = { en: {}, zh: {} };
const parts: Readonly<Record<Lang, Set<Part>>> = { en: new Set(), zh: new Set() };
const formats = computed(() => createFormats(LOCALES[current.value]));

/** The language of the interface; reading it in a component makes the component follow it. */
export function lang(): Lang {
  return current.value;
}

/** Formats of values in the present language. */
export function fmt(): Formats {
  return formats.value;
}

/** The text `key` in the present language. With two forms, the parameter n chooses. */
export function t(key: MessageKey, params: MessageParams = {}): string {
  const { integer, plural } = formats.value;
  const text = texts[current.value][key] ?? key;
  const count = params['n'];
  return fill(text.includes('|') && typeof count === 'number' ? plural(text, count) : text, params, integer);
}

/** The name of one of the Hub's tasks for people. */
export function taskName(task: string): string {
  return texts[current.value][`task.${task}`] ?? humanise(task);
}

/** Picks the language: `?lang=` of the address first, then what was chosen before, then the browser's. */
export function pickLang(search: string, stored: string | null, browser: readonly string[]): Lang {
  const wanted = [new URLSearchParams(search).get('lang'), stored, ...browser];
  for (const tag of wanted) {
    const primary = tag?.slice(0, 2).toLowerCase();
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}

/** Whether these parts are there in the present language; reading it in a component makes the component follow it. */
export function hasTexts(wanted: readonly Part[]): boolean {
  const there = parts[current.value];
  return wanted.every((part) => there.has(part));
}

/** Loads parts of the texts, those that are not there yet, in the present language. */
export function loadTexts(wanted: readonly Part[]): Promise<void> {
  return load(current.value, wanted);
}

/**
 * Sets the language from the address, the store and the browser, at once, so that what a page loads is in it; then
 * loads what every page needs. Rejects where that cannot be loaded.
 */
export function initLang(): Promise<void> {
  current.value = pickLang(location.search, readStore(), navigator.languages);
  document.documentElement.lang = LOCALES[current.value];
  return loadTexts(['common']);
}

/**
 * Changes the language once what every page needs and the parts of the present page are there in it, and remembers
 * it where `isChoice` says that a person chose it. Rejects, and changes nothing, where they cannot be loaded.
 */
export async function setLang(next: Lang, isChoice: boolean, wanted: readonly Part[]): Promise<void> {
  await load(next, ['common', ...wanted]);
  current.value = next;
  document.documentElement.lang = LOCALES[next];
  if (!isChoice) return;
  try {
    localStorage.setItem(STORE_KEY, next);
  } catch {
    // a browser that forbids storage: the choice lasts as long as the page
  }
}

async function load(language: Lang, wanted: readonly Part[]): Promise<void> {
  const missing = wanted.filter((part) => !parts[language].has(part));
  await Promise.all(
    missing.map(async (part) => {
      const file = await FILES[`./${language}/${part}.ts`]?.();
      Object.assign(texts[language], file?.texts);
      parts[language].add(part);
    }),
  );
}

function readStore(): string | null {
  try {
    return localStorage.getItem(STORE_KEY);
  } catch {
    return null;
  }
}

/** Texts for kinds of authors. */
export const KIND_KEYS: Readonly<Record<AuthorKind, MessageKey>> = {
  company: 'kind.company',
  community: 'kind.community',
  university: 'kind.university',
  'non-profit': 'kind.non-profit',
  government: 'kind.government',
  classroom: 'kind.classroom',
  unverified: 'kind.unverified',
  individual: 'kind.individual',
  unknown: 'kind.unknown',
};

/** Texts for relations. */
export const RELATION_KEYS: Readonly<Record<Relation, MessageKey>> = {
  adapter: 'relation.adapter',
  finetune: 'relation.finetune',
  merge: 'relation.merge',
  quantized: 'relation.quantized',
};
