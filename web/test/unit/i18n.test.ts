// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { pickLang, setLang, taskName } from '../../src/i18n';
import { en } from '../../src/i18n/en';
import { fill } from '../../src/i18n/messages';
import { tasks, zh } from '../../src/i18n/zh';

const SRC = new URL('../../src/', import.meta.url).pathname;
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/^i18n\/(en|zh|zh-tasks)\.ts$/.test(name))
  .map((name) => readFileSync(join(SRC, name), 'utf8'))
  .join('\n');
const places = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].toSorted();

describe('texts', () => {
  test('exist in both languages', () => {
    expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
  });

  test('have the same places in both languages', () => {
    for (const [key, text] of Object.entries(en)) {
      const translated: string = zh[key as keyof typeof en];
      expect([key, places(translated)]).toEqual([key, places(text)]);
    }
  });

  test('are all used', () => {
    expect(Object.keys(en).filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  });

  test('that are used exist', () => {
    const used = [...sources.matchAll(/\bt\('([^']+)'/g)].map((match) => match[1] ?? '');
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !(key in en))).toEqual([]);
  });

  test('name the tasks', async () => {
    expect([...tasks].filter(([key, name]) => !/^[a-z0-9-]+$/.test(key) || !/[一-鿿]/.test(name))).toEqual([]);
    expect(new Set(tasks.values()).size).toBe(tasks.size);
    vi.stubGlobal('document', { documentElement: {} });
    await setLang('zh', false);
    expect([taskName('text-generation'), taskName('some-new-task'), taskName('constructor')]).toEqual(['文本生成', 'some new task', 'constructor']);
    await setLang('en', false);
    expect(taskName('text-generation')).toBe('text generation');
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
])('language of %s, %s, %s', (search, stored, browser, lang) => {
  expect(pickLang(search, stored, browser)).toBe(lang);
});
