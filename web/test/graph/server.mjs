// SPDX-License-Identifier: MIT
// The page of the graph tests on loopback: the graph alone, without the application and without an API.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>graph</title>
<style>html,body{margin:0;height:100%}#host{position:absolute;inset:0;overflow:hidden;outline:none}</style>
<link rel="icon" href="data:,"><div id="host" tabindex="0" role="application" aria-label="graph"></div><script type="module" src="/page.js"></script></html>`;
const HUES = [210, 265, 150, 25, 330, 190, 95, 50];

/** Builds the page; answers its script, and that of the graph alone. */
export async function bundle(entry = './page.mjs', minify = false) {
  const input = fileURLToPath(new URL(entry, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify, target: 'chrome123', rollupOptions: { input, preserveEntrySignatures: 'strict', output: { entryFileNames: 'page.js', codeSplitting: false } } },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  return output[0].code;
}

/** Starts the server; answers its address and a way to stop it. */
export async function startPage() {
  const script = await bundle();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const [type, body] = answer(url, script);
    response.writeHead(body === null ? 404 : 200, { 'content-type': type });
    response.end(body ?? '');
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    });
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

function answer(url, script) {
  if (url.pathname === '/') return ['text/html', PAGE];
  if (url.pathname === '/page.js') return ['text/javascript', script];
  if (url.pathname === '/sheet') return ['image/svg+xml', sheet(url.searchParams.getAll('name'))];
  return ['text/plain', null];
}

/* As the server draws them: initials on a colour. */
function sheet(names) {
  const cells = names.map((name, i) => {
    const hue = HUES[[...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % HUES.length];
    const letters = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join('') || '?';
    const [x, y] = [64 * (i % 8) + 32, 64 * Math.floor(i / 8) + 32];
    return `<circle cx="${x}" cy="${y}" r="32" fill="hsl(${hue} 45% 46%)"/><text x="${x}" y="${y + 9}" font-family="sans-serif" font-size="26" font-weight="600" fill="#fff" text-anchor="middle">${letters}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="${64 * Math.ceil(names.length / 8)}">${cells.join('')}</svg>`;
}
