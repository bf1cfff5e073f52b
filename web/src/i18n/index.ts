// SPDX-License-Identifier: MIT
import { batch, computed, signal } from '@preact/signals';
import type { AuthorKind, Relation } from '../api/schema';
import { createFormats, humanise } from '../data/format';
import type { Formats } from '../data/format';
import type { MessageKey, MessageParams } from './messages';
import { fill } from './messages';

/** A language of the interface. */
export type Lang = 'en' | 'zh';

type Messages = Readonly<Record<MessageKey, string>>;

/* What a language brings. Each is a file of its own: a reader needs one of them. */
interface Texts {
  readonly messages: Messages;
  /** Names of the Hub's tasks where its own keys are not the words people use. */
  readonly tasks: ReadonlyMap<string, string>;
}

const LOADERS: Readonly<Record<Lang, () => Promise<Texts>>> = {
  en: () => import('./en').then(({ en }) => ({ messages: en, tasks: new Map() })),
  zh: () => import('./zh').then(({ zh, tasks }) => ({ messages: zh, tasks })),
};
const LOCALES: Readonly<Record<Lang, string>> = { en: 'en', zh: 'zh-CN' };
const STORE_KEY = 'ecoviz.lang';

const current = signal<Lang>('en');
const texts = signal<Partial<Texts>>({});
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
  const text = texts.value.messages?.[key] ?? key;
  const count = params['n'];
  return fill(text.includes('|') && typeof count === 'number' ? plural(text, count) : text, params, integer);
}

/** The name of one of the Hub's tasks for people. */
export function taskName(task: string): string {
  return texts.value.tasks?.get(task) ?? humanise(task);
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

/** Sets the language from the address, the store and the browser. Rejects where its texts cannot be loaded. */
export function initLang(): Promise<void> {
  return setLang(pickLang(location.search, readStore(), navigator.languages), false);
}

/** Changes the language, and remembers it where `isChoice` says that a person chose it. */
export async function setLang(next: Lang, isChoice: boolean): Promise<void> {
  const loaded = await LOADERS[next]();
  batch(() => {
    texts.value = loaded;
    current.value = next;
  });
  document.documentElement.lang = LOCALES[next];
  if (!isChoice) return;
  try {
    localStorage.setItem(STORE_KEY, next);
  } catch {
    // a browser that forbids storage: the choice lasts as long as the page
  }
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
