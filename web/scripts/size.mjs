// SPDX-License-Identifier: MIT
// size - fails when the first load of the leaderboard is over its budget. Counted are the scripts and styles
// that index.html names and the larger of the two languages, compressed by gzip.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 30 * 1024;
const dist = new URL('../dist/', import.meta.url);
const html = readFileSync(new URL('index.html', dist), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
const compressed = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const sizes = named.map((name) => ({ name, bytes: compressed(name) }));
const languages = readdirSync(new URL('assets/', dist))
  .filter((name) => /^(en|zh)-.*\.js$/.test(name))
  .map((name) => ({ name: `assets/${name}`, bytes: compressed(`assets/${name}`) }))
  .toSorted((a, b) => b.bytes - a.bytes);
if (named.length === 0 || languages.length !== 2) throw new Error('size: dist/ is not what the build writes');
sizes.push(languages[0]);

const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { name, bytes } of sizes) console.log(`${String(bytes).padStart(7)}  ${name}`);
console.log(`${String(total).padStart(7)}  first load, of ${BUDGET}`);
if (total > BUDGET) process.exitCode = 1;
