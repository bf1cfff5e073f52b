// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = new URL('../../src/', import.meta.url).pathname;
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const read = (name: string): string => readFileSync(join(SRC, name), 'utf8');

test('every export is documented', () => {
  const bare = files.flatMap((name) => {
    const lines = read(name).split('\n');
    return lines.flatMap((line, i) => (/^export (?!\{|\*)/.test(line) && !/\*\/\s*$/.test(lines[i - 1] ?? '') ? [`${name}:${i + 1}`] : []));
  });
  expect(bare).toEqual([]);
});

test('no types are switched off', () => {
  expect(files.filter((name) => /@ts-|eslint-disable|oxlint-disable|: any\b|as any\b|<any>/.test(read(name)))).toEqual([]);
});

test('text from outside is never markup', () => {
  expect(files.filter((name) => /innerHTML|dangerouslySet|insertAdjacentHTML|document\.write/.test(read(name)))).toEqual([]);
});

test('data and api touch no document', () => {
  const wrong = files.filter((name) => /^(api|data)\//.test(name) && /from '\.\.\/(ui|pages|i18n)|\b(document|window|localStorage)\./.test(read(name)));
  expect(wrong).toEqual([]);
});
