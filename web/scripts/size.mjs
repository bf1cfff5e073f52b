// SPDX-License-Identifier: MIT
// size - fails when the first load of the leaderboard is over its budget. Counted are the scripts that index.html
// names with the larger of the two languages, and the style sheet, each compressed by gzip.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGETS = { js: 30 * 1024, css: 8 * 1024 };
const dist = new URL('../dist/', import.meta.url);
const html = readFileSync(new URL('index.html', dist), 'utf8');
const measure = (name) => ({ name, bytes: gzipSync(readFileSync(new URL(`assets/${name}`, dist)), { level: 9 }).length });
const named = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => measure(name));
const languages = readdirSync(new URL('assets/', dist))
  .filter((name) => /^(en|zh)-.*\.js$/.test(name))
  .map(measure)
  .toSorted((a, b) => b.bytes - a.bytes);
if (named.length < 3 || languages.length !== 2) throw new Error('size: dist/ is not what the build writes');

const files = [...named, languages[0]];
for (const { name, bytes } of files) console.log(`${String(bytes).padStart(7)}  ${name}`);
for (const [kind, budget] of Object.entries(BUDGETS)) {
  const total = files.filter(({ name }) => name.endsWith(`.${kind}`)).reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${String(total).padStart(7)}  first load of ${kind}, of ${budget}`);
  if (total > budget) process.exitCode = 1;
}
