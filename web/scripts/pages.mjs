// SPDX-License-Identifier: MIT
// What every page consists of, read from the sources: the module it starts with, the parts of the texts it names,
// and the modules that come with it. For the budgets (size.mjs) and the tests of the texts.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const read = (name) => readFileSync(join(SRC, name), 'utf8');

/** Pages of src/ui/pages.tsx: { name, entry, texts }. */
export function pages() {
  const source = read('ui/pages.tsx');
  const found = [...source.matchAll(/= lazyPage\(\(\) => import\('\.\.\/(pages\/[^']+)'\).*, \[([^\]]*)\]\);/g)].map(([, path, texts]) => ({
    name: path.replace(/^pages\/|\/page$/g, ''),
    entry: `${path}.tsx`,
    texts: ['common', ...[...texts.matchAll(/'([^']+)'/g)].map(([, part]) => part)],
  }));
  if (found.length === 0 || found.length !== source.split('lazyPage(').length - 1) throw new Error('pages: ui/pages.tsx is not written as expected');
  return found;
}

/** Modules of src/ that `entry` imports, and itself; with what it loads later, where `isWithLater` says so. */
export function modulesOf(entry, isWithLater, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const source = read(entry);
  const now = [...source.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?'(\.[^']+)';/gm)];
  const later = isWithLater ? [...source.matchAll(/\bimport\('(\.[^']+)'\)/g)] : [];
  for (const [, path] of [...now, ...later]) {
    if (!path.endsWith('.css')) modulesOf(resolve(entry, path), isWithLater, seen);
  }
  return seen;
}

function resolve(from, path) {
  const stem = posix.join(posix.dirname(from), path);
  const name = [stem, `${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`].find((one) => /\.tsx?$/.test(one) && existsSync(join(SRC, one)));
  if (name === undefined) throw new Error(`${from}: there is no ${path}`);
  return name;
}
