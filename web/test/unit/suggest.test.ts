// SPDX-License-Identifier: MIT
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/api/client';
import type { FacetValue, SearchResult } from '../../src/api/schema';
import { languageNames } from '../../src/data/language-names';
import { Latest } from '../../src/data/latest';
import type { LatestState } from '../../src/data/latest';
import { newestMonth } from '../../src/data/newest';
import { parseHubAddress } from '../../src/data/hub-address';
import { SHOWN, countFound, cutAtWords, findValues, mergeFound, moveActive, nameValues, namedExactly, questionOf, suggestionGroups } from '../../src/data/suggest';

const value = (name: string, models = 1): FacetValue => ({ value: name, full_name: null, kind: null, placeholder: false, models, influence: 1, likes: 0, downloads: 0 });

const languages = nameValues(['en', 'zh', 'de', 'sv', 'xx-odd', 'code'].map((code) => value(code)), languageNames);

const result: SearchResult = {
  as_of: '2026-08-20',
  data: 'hub',
  match: { kind: 'author', value: 'Qwen' },
  models: {
    total: 900,
    top: Array.from({ length: 8 }, (_, i) => ({ rank: i + 1, id: `Qwen/m#${i}`, author: { name: 'Qwen', full_name: null, kind: 'company' as const }, created: null, downloads: null, likes: null, task: null, influence: 1, removed: false })),
  },
  authors: { total: 4, top: ['Qwen', 'qwen-fans', 'a', 'b'].map((name) => value(name, 3)) },
  tasks: { total: 0, top: [] },
  languages: { total: 1, top: [value('zh')] },
};

const found = (text: string): readonly string[] => findValues(languages, text).map((one) => one.value);
const walk = (start: number, ...keys: readonly string[]): number => keys.reduce((at, key) => moveActive(at, 3, key), start);
const hits = (text: string, ...words: readonly string[]): string => cutAtWords(text, words).map(({ text: piece, isHit }) => (isHit ? `[${piece}]` : piece)).join('');
const first = (...args: Parameters<typeof suggestionGroups>): string | undefined => suggestionGroups(...args)[0]?.entries[0]?.href;
const addressGroups = (text: string): readonly unknown[] => suggestionGroups(text, null, { tasks: [], languages: [], exact: null }).map(({ kind, entries }) => [kind, entries[0]?.href]);
const addressKind = (text: string): string | undefined => parseHubAddress(text)?.kind;

describe('names', () => {
  test('of languages are found in English and in the language itself', () => {
    expect(found('中文')).toEqual(['zh']);
    expect(found('Chin')).toEqual(['zh']);
    expect(found('deutsch')).toEqual(['de']);
    expect(found('odd')).toEqual(['xx-odd']);
    expect(found('')).toEqual([]);
    expect(found('english klingon')).toEqual([]);
  });

  test('what is no language has no name of one', () => {
    expect(languageNames('de')).toEqual(['German', '德语', 'Deutsch']);
    expect(['code', 'not a code', 'xx-odd'].map(languageNames)).toEqual([['Programming code', '程序代码'], [], []]);
  });

  test('the nearest come first, then those with more influence', () => {
    const tasks = nameValues(['text-to-image', 'image-to-text', 'image'].map((key) => value(key)), (key) => [key.replaceAll('-', ' ')]);
    expect(findValues(tasks, 'image').map((one) => one.value)).toEqual(['image', 'image-to-text', 'text-to-image']);
    expect(findValues(tasks, 'TEXT image').map((one) => one.value)).toEqual(['text-to-image', 'image-to-text']);
  });

  test('found here and by the server are one list', () => {
    expect(mergeFound([value('zh')], { total: 1, top: [value('zh')] })).toEqual({ total: 1, top: [value('zh')] });
    expect(mergeFound([value('de')], { total: 7, top: [value('zh')] })).toEqual({ total: 7, top: [value('de'), value('zh')] });
  });
});

const newest = (...counts: readonly number[]): string | null => newestMonth(counts.map((models, i) => value(`2026-0${i + 1}`, models)), 6);

test('new models are of the last month that has more than begun', () => {
  expect([newest(50, 60, 40), newest(50, 600, 40), newest(50, 600, 5), newest(3, 8), newest(8, 3), newest(40), newest(3), newest()]).toEqual(['2026-03', '2026-02', '2026-02', '2026-02', '2026-01', '2026-01', null, null]);
});

describe('the list', () => {
  test('has the kinds in their order, a few of each, and the way to all', () => {
    const groups = suggestionGroups('qwen', result, { tasks: [value('text-generation')], languages: [value('zh')], exact: null });
    expect(groups.map(({ kind, total, entries }) => [kind, total, entries.length])).toEqual([
      ['match', 1, 1],
      ['model', 900, SHOWN],
      ['author', 4, 3],
      ['task', 1, 1],
      ['language', 1, 1],
      ['all', 900, 1],
    ]);
    expect(groups.flatMap(({ entries }) => entries[0]?.href)).toEqual(['/authors/Qwen', '/models/Qwen/m%230', '/authors/Qwen', '/models?task=text-generation', '/models?language=zh', '/models?q=qwen']);
    expect(countFound(groups)).toBe(906);
  });

  test('shows what was found by name where the server does not answer', () => {
    const groups = suggestionGroups('a&b', null, { tasks: [value('t')], languages: [], exact: null });
    expect(groups.map(({ kind }) => kind)).toEqual(['task', 'all']);
    expect(groups.at(-1)?.entries[0]).toEqual({ kind: 'all', href: '/models?q=a%26b', total: 0 });
  });

  test('Enter leads to the task or language of the name typed, unless an author of that name has more models', () => {
    const zh = { kind: 'language', value: value('zh', 4) } as const;
    const names = { tasks: [], languages: [zh.value], exact: zh };
    expect(first('中文', { ...result, match: null }, names)).toBe('/models?language=zh');
    expect(first('中文', null, names)).toBe('/models?language=zh');
    expect(first('qwen', result, names)).toBe('/models?language=zh');
    expect(first('qwen', result, { ...names, exact: { kind: 'language', value: value('zh', 3) } })).toBe('/authors/Qwen');
    expect(namedExactly(languages, '简体中文')?.value).toBe('zh');
    expect(namedExactly(languages, ' CHINESE ')?.value).toBe('zh');
    expect(namedExactly(languages, 'chin')).toBe(null);
  });

  test('Enter leads to what an address of the Hub is about, though it is not in the data', () => {
    expect(addressGroups('https://huggingface.co/a/b')).toEqual([['match', '/models/a/b']]);
    expect(addressGroups('https://huggingface.co/models?search=x')).toEqual([['match', '/models?q=x']]);
    expect(addressGroups('https://huggingface.co/datasets/squad')).toEqual([]);
  });

  test('a question is what the API takes', () => {
    expect(questionOf('  a  b ')).toBe('a  b');
    expect(questionOf('中'.repeat(100))).toBe('中'.repeat(66));
    expect(questionOf('   ')).toBe('');
    expect(questionOf('ｑｗｅｎ　３')).toBe('qwen 3');
  });
});

test('addresses of the Hub are told apart', () => {
  expect(['qwen', 'https://example.org/a/b', 'huggingface.company/a'].map(addressKind)).toEqual([undefined, undefined, undefined]);
  expect(['https://huggingface.co/datasets/squad', 'hf.co/spaces/a/b', 'https://www.huggingface.co/docs/x', 'https://huggingface.co', 'https://huggingface.co/a/%2F'].map(addressKind)).toEqual(['dataset', 'space', 'page', 'page', 'page']);
  expect(parseHubAddress('HTTPS://HuggingFace.co/Qwen/Qwen3-8B/tree/main?x=1#y')).toEqual({ kind: 'model', id: 'Qwen/Qwen3-8B' });
  expect(parseHubAddress('hf-mirror.com/gpt2/')).toEqual({ kind: 'name', name: 'gpt2' });
  expect(parseHubAddress('https://huggingface.co/a/%zz')).toEqual({ kind: 'model', id: 'a/%zz' });
  expect(parseHubAddress('https://huggingface.co/models')).toEqual({ kind: 'list', href: '/models' });
  expect(parseHubAddress('https://huggingface.co/models?pipeline_tag=text-generation&language=zh,en&library=gguf&license=license:mit&search=qwen+3&sort=trending')).toEqual({
    kind: 'list',
    href: '/models?q=qwen%203&task=text-generation&language=zh&language=en&licence=mit&library=gguf',
  });
});

test('arrows go round through the field, Home and End move once an entry is active', () => {
  expect(walk(-1, 'ArrowDown')).toBe(0);
  expect(walk(-1, 'ArrowUp')).toBe(2);
  expect(walk(-1, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown')).toBe(-1);
  expect(walk(0, 'ArrowUp')).toBe(-1);
  expect(walk(1, 'Home')).toBe(0);
  expect(walk(1, 'End')).toBe(2);
  expect([walk(-1, 'Home'), walk(-1, 'End'), walk(1, 'x')]).toEqual([-1, -1, 1]);
  expect(moveActive(-1, 0, 'ArrowDown')).toBe(-1);
});

test('words are marked where they occur, whatever their case', () => {
  expect(hits('Qwen/Qwen3-8B', 'qwen', '8b')).toBe('[Qwen]/[Qwen]3-[8B]');
  expect(hits('aaaa', 'aa')).toBe('[aaaa]');
  expect(hits('abc')).toBe('abc');
  expect(hits('', 'a')).toBe('');
  expect(hits('İstanbul', 'i')).toBe('İstanbul');
});

describe('the newest question', () => {
  let states: LatestState<string>[] = [];
  let asked: { readonly question: string; readonly signal: AbortSignal; readonly settle: (answer: string | Error) => void }[] = [];
  const load = (question: string, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      asked.push({ question, signal, settle: (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)) });
    });
  const make = (): Latest<string> => new Latest(load, (state) => states.push(state), 80);
  const settle = async (index: number, answer: string | Error): Promise<void> => {
    asked[index]?.settle(answer);
    await vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    states = [];
    asked = [];
  });
  afterEach(() => void vi.useRealTimers());

  test('is asked once typing pauses, and replaces the one before', async () => {
    const latest = make();
    latest.ask('q');
    vi.advanceTimersByTime(60);
    latest.ask('qw');
    vi.advanceTimersByTime(79);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(asked.map(({ question }) => question)).toEqual(['qw']);
    latest.ask('qwe');
    expect(asked[0]?.signal.aborted).toBe(true);
    await settle(0, 'too late');
    expect(states.at(-1)).toMatchObject({ answer: undefined, isWaiting: true });
    vi.advanceTimersByTime(80);
    await settle(1, 'found');
    expect(states.at(-1)).toEqual({ answered: 'qwe', answer: 'found', error: undefined, isWaiting: false });
    latest.ask('qwen');
    expect(states.at(-1)).toMatchObject({ answered: 'qwe', answer: 'found', isWaiting: true });
    latest.ask('qwe');
    expect(states.at(-1)).toMatchObject({ answered: 'qwe', isWaiting: false });
    latest.ask('');
    expect(states.at(-1)).toMatchObject({ answered: '', answer: undefined, isWaiting: false });
    vi.advanceTimersByTime(500);
    expect(asked).toHaveLength(2);
  });

  test('can be sent at once, and once more after a failure', async () => {
    const latest = make();
    latest.ask('q');
    latest.hurry();
    latest.hurry();
    expect(asked).toHaveLength(1);
    await settle(0, new ApiError('network', 0, '', ''));
    expect(states.at(-1)).toMatchObject({ answered: 'q', error: { kind: 'network' }, isWaiting: false });
    latest.retry();
    latest.retry();
    expect(asked).toHaveLength(2);
    await settle(1, 'found');
    expect(states.at(-1)).toMatchObject({ answer: 'found', error: undefined });
    latest.ask('x');
    latest.stop();
    vi.advanceTimersByTime(500);
    expect(asked).toHaveLength(2);
  });
});
