// SPDX-License-Identifier: MIT
// size - fails when what a page loads before it shows is over its budget: the leaderboard, and a network. Counted
// are the scripts and style sheets that index.html names, the larger of the two languages, and the code of the page
// with all it imports, each compressed by gzip. What comes later (the details of a network, its table) is told too.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGETS = [
  { page: 'leaderboard', js: 30 * 1024, css: 8 * 1024 },
  { page: 'page', js: 60 * 1024, css: 12 * 1024 },
];
const LATER = ['panel', 'tree', 'model'];
const assets = new URL('../dist/assets/', import.meta.url);
const read = (name) => readFileSync(new URL(name, assets));
const sizeOf = (name) => gzipSync(read(name), { level: 9 }).length;
const all = readdirSync(assets);

/* The one file of a name, or those of a language. */
function find(stem, extension) {
  return all.filter((name) => name.startsWith(`${stem}-`) && name.endsWith(`.${extension}`));
}

/* A chunk and what it imports at once. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, other] of read(name).toString().matchAll(/from\s*["']\.\/([^"']+\.js)["']/g)) withImports(other, seen);
  return seen;
}

const html = readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name);
const language = [...find('en', 'js'), ...find('zh', 'js')].toSorted((a, b) => sizeOf(b) - sizeOf(a))[0];
if (named.length < 3 || language === undefined) throw new Error('size: dist/ is not what the build writes');

function report(page) {
  const [chunk] = find(page, 'js');
  if (chunk === undefined) throw new Error(`size: there is no code of the page ${page}`);
  const files = new Set([...named, language, ...withImports(chunk), ...find(page, 'css')]);
  console.log(`\n${page}`);
  for (const name of files) console.log(`${String(sizeOf(name)).padStart(7)}  ${name}`);
  return [...files];
}

for (const { page, ...budgets } of BUDGETS) {
  const files = report(page);
  for (const [kind, budget] of Object.entries(budgets)) {
    const total = files.filter((name) => name.endsWith(`.${kind}`)).reduce((sum, name) => sum + sizeOf(name), 0);
    console.log(`${String(total).padStart(7)}  first load of ${kind}, of ${budget}`);
    if (total > budget) process.exitCode = 1;
  }
}
console.log('\nlater');
for (const name of LATER.flatMap((stem) => find(stem, 'js'))) console.log(`${String(sizeOf(name)).padStart(7)}  ${name}`);
