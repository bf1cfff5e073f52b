// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { modulesOf, pages } from '../../scripts/pages.mjs';
import { hasTexts, initLang, lang, loadTexts, pickLang, setLang, t, taskName } from '../../src/i18n';
import { fill } from '../../src/i18n/messages';

type Texts = Readonly<Record<string, string>>;

const SRC = new URL('../../src/', import.meta.url).pathname;
const read = (name: string): string => readFileSync(join(SRC, name), 'utf8');
const files = import.meta.glob<Texts>('../../src/i18n/{en,zh}/*.ts', { eager: true, import: 'texts' });
const textsOf = (language: string): ReadonlyMap<string, Texts> =>
  new Map(Object.entries(files).flatMap(([path, texts]) => (path.includes(`/${language}/`) ? [[path.replace(/.*\/|\.ts$/g, ''), texts] as const] : [])));
const english = textsOf('en');
const chinese = textsOf('zh');
const { tasks = {}, ...translated } = Object.fromEntries(chinese);
const en: Texts = Object.assign({}, ...english.values());
const zh: Texts = Object.assign({}, ...Object.values(translated));
const modules = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/^i18n\/(en|zh)\//.test(name));
const sources = modules.map(read).join('\n');
const places = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].toSorted();

/* Texts that modules name, and that are in none of these parts. */
function strays(names: ReadonlySet<string>, parts: readonly string[]): readonly string[] {
  const known = new Set(parts.flatMap((part) => Object.keys(english.get(part) ?? {})));
  return [...names].flatMap((name) => {
    const source = read(name);
    const named = Object.keys(en).flatMap((key) => (!known.has(key) && source.includes(`'${key}'`) ? [`${name}: ${key}`] : []));
    if (!parts.includes('tasks') && name !== 'i18n/index.ts' && source.includes('taskName(')) named.push(`${name}: names of tasks`);
    return named;
  });
}

describe('texts', () => {
  test('exist in both languages, in the same parts', () => {
    expect(Object.keys(translated)).toEqual([...english.keys()]);
    for (const [part, texts] of english) expect([part, ...Object.keys(translated[part] ?? {}).toSorted()]).toEqual([part, ...Object.keys(texts).toSorted()]);
  });

  test('are each in one part', () => {
    const keys = [...english.values()].flatMap((texts) => Object.keys(texts));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  test('have the same places in both languages', () => {
    for (const [key, text] of Object.entries(en)) expect([key, places(zh[key] ?? '')]).toEqual([key, places(text)]);
  });

  test('are all used', () => {
    expect(Object.keys(en).filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  });

  test('that are used exist', () => {
    const used = [...sources.matchAll(/\bt\('([^']+)'/g)].map((match) => match[1] ?? '');
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !(key in en))).toEqual([]);
  });

  test('of the frame are the common ones', () => {
    expect(strays(modulesOf('main.tsx', false), ['common'])).toEqual([]);
  });

  test.each(pages())('of the page $name are in the parts that it loads', ({ entry, texts }) => {
    expect(texts.filter((part) => !chinese.has(part))).toEqual([]);
    expect(strays(modulesOf(entry, false), texts)).toEqual([]);
    // what comes later may bring parts of its own
    const all = modulesOf(entry, true);
    const later = [...all].flatMap((name) => [...read(name).matchAll(/, \[(.+)\], true\);/g)].flatMap(([, parts = '']) => parts.replaceAll("'", '').split(', ')));
    expect(strays(all, [...texts, ...later])).toEqual([]);
  });

  test('name the tasks', async () => {
    expect(Object.entries(tasks).filter(([key, name]) => !/^task\.[a-z0-9-]+$/.test(key) || !/[一-鿿]/.test(name))).toEqual([]);
    expect(new Set(Object.values(tasks)).size).toBe(Object.keys(tasks).length);
    vi.stubGlobal('document', { documentElement: {} });
    await setLang('zh', false, ['tasks']);
    expect([taskName('text-generation'), taskName('some-new-task'), taskName('constructor')]).toEqual(['文本生成', 'some new task', 'constructor']);
    await setLang('en', false, ['tasks']);
    expect(taskName('text-generation')).toBe('text generation');
    vi.unstubAllGlobals();
  });

  test('are there before the language changes', async () => {
    vi.stubGlobal('document', { documentElement: {} });
    vi.stubGlobal('location', { search: '?lang=en' });
    vi.stubGlobal('navigator', { languages: [] });
    await initLang();
    expect(hasTexts(['model'])).toBe(false);
    await loadTexts(['model']);
    expect([hasTexts(['model']), t('model.by')]).toEqual([true, 'by']);
    const done = setLang('zh', false, ['model']);
    expect([lang(), t('model.by')]).toEqual(['en', 'by']);
    await done;
    expect([lang(), hasTexts(['model']), hasTexts(['network']), t('model.by')]).toEqual(['zh', true, false, zh['model.by']]);
    vi.unstubAllGlobals();
  });

  test('in Chinese are Chinese', () => {
    const latin = Object.entries(zh).filter(([key, text]) => key !== 'lang.other' && !/[一-鿿]/.test(text));
    expect(latin).toEqual([]);
  });
});

test('values are inserted once', () => {
  expect(fill('{a} {b} {c}', { a: '{b}', b: 2000 }, (value) => `<${value}>`)).toBe('{b} <2000> {c}');
});

test.each([
  ['?lang=zh', 'en', ['en'], 'zh'],
  ['?lang=xx', 'zh', ['en'], 'zh'],
  ['', null, ['fr', 'zh-TW', 'en'], 'zh'],
  ['', null, ['fr'], 'en'],
  ['', 'en', ['zh'], 'en'],
])('language of %s, %s, %s', (search, stored, browser, picked) => {
  expect(pickLang(search, stored, browser)).toBe(picked);
});
