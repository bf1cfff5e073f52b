// SPDX-License-Identifier: MIT
// size - fails when what a page loads before it shows is over its budget. Counted are the scripts and style sheets
// that index.html names, the page's parts of the texts in the larger of the two languages, and the code of the page
// with all it imports and the style sheets of these, each compressed by gzip. What comes later (the details of a
// network, its table, the charts of the dashboard, the list under the search) is told too. Of the home page all of it
// counts, the page itself too.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { pages } from './pages.mjs';

const BUDGET = { js: 30 * 1024, css: 8 * 1024 };
const BUDGETS = {
  home: { ...BUDGET, all: 60 * 1024 },
  network: { js: 60 * 1024, css: 12 * 1024 },
  dashboard: { js: 40 * 1024, css: 10 * 1024 },
};
const LATER = ['panel', 'tree', 'chart', 'echarts', 'suggestions'];
const assets = new URL('../dist/assets/', import.meta.url);
const read = (name) => readFileSync(new URL(name, assets));
const sizeOf = (name) => gzipSync(read(name), { level: 9 }).length;
const sum = (files) => files.reduce((total, name) => total + sizeOf(name), 0);
const all = readdirSync(assets);

/* Files by the part of their name that is before the hash. */
function find(stem, extension) {
  return all.filter((name) => name.slice(0, -`-12345678.${extension}`.length) === stem && name.endsWith(`.${extension}`));
}

/* A chunk and what it imports at once, with the style sheets of all these. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const style of find(name.slice(0, -'-12345678.js'.length), 'css')) seen.add(style);
  for (const [, other] of read(name).toString().matchAll(/from\s*["']\.\/([^"']+\.js)["']/g)) withImports(other, seen);
  return seen;
}

/* The texts in the larger of the languages. */
function textsOf(parts) {
  const [english, chinese] = ['en', 'zh'].map((language) => parts.flatMap((part) => find(`${language}-${part}`, 'js')));
  if (chinese.length !== parts.length) throw new Error(`size: no texts for one of ${parts.join(', ')}`);
  return sum(english) > sum(chinese) ? english : chinese;
}

const html = readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name);
if (named.length < 3) throw new Error('size: dist/ is not what the build writes');

for (const { name: page, entry, texts } of pages()) {
  const [chunk] = find(entry.endsWith('/page.tsx') ? `page-${page}` : page, 'js');
  if (chunk === undefined) throw new Error(`size: there is no code of the page ${page}`);
  const files = [...new Set([...named, ...textsOf(texts), ...withImports(chunk)])];
  console.log(`\n${page}`);
  for (const name of files) console.log(`${String(sizeOf(name)).padStart(7)}  ${name}`);
  for (const [kind, budget] of Object.entries(BUDGETS[page] ?? BUDGET)) {
    const total = kind === 'all' ? sum(files) + gzipSync(html, { level: 9 }).length : sum(files.filter((name) => name.endsWith(`.${kind}`)));
    console.log(`${String(total).padStart(7)}  first load of ${kind}, of ${budget}`);
    if (total > budget) process.exitCode = 1;
  }
}
console.log('\nlater');
for (const name of LATER.flatMap((stem) => find(stem, 'js'))) console.log(`${String(sizeOf(name)).padStart(7)}  ${name}`);
