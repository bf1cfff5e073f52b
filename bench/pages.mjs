// SPDX-License-Identifier: MIT
// pages - every page as somebody sees it for the first time: when it is complete in a headless browser with an empty
// cache, and what came over the wire for that.
import { createRequire } from 'node:module';
import { ask, median, number, sleep, startServer, stopServer } from './tools.mjs';

const root = new URL('..', import.meta.url).pathname;
const { chromium } = createRequire(`${root}web/package.json`)('playwright-core');

const LOADS = 5;
const LIMIT_MS = 20_000;
/* A page is complete when nothing has changed in it, and nothing was on its way, for so long. */
const QUIET_MS = 700;
const VIEWPORT = { width: 1440, height: 900 };
const WALL = { width: 1920, height: 1080 };

/* Into every page: notes when its content last changed and was painted. Pages that are fetched ahead are no content. */
function addWatch(quiet) {
  const seen = { last_ms: 0 };
  const note = () => requestAnimationFrame(() => setTimeout(() => {
    seen.last_ms = performance.now();
  }));
  document.addEventListener('DOMContentLoaded', () => new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true }));
  const whole = (entries) => entries.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  window.bench = () => new Promise((done) => {
    const look = () => {
      const entries = performance.getEntriesByType('resource');
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const isBusy = paint === undefined || document.querySelector('.skeleton') !== null || document.querySelector('h1') === null;
      if (isBusy || performance.now() - seen.last_ms < quiet) {
        setTimeout(look, 20);
        return;
      }
      // what was asked for after that serves the next page
      const needed = entries.filter(({ startTime }) => startTime <= seen.last_ms);
      const of = (pattern) => needed.filter(({ name }) => pattern.test(new URL(name).pathname));
      const pictures = of(/avatar/);
      const api = of(/^\/api\//).filter((entry) => !pictures.includes(entry));
      done({
        complete_ms: Math.max(seen.last_ms, paint.startTime),
        first_ms: paint.startTime,
        html: whole(performance.getEntriesByType('navigation')),
        script: whole(of(/\.js$/)),
        style: whole(of(/\.css$/)),
        api: whole(api),
        pictures: whole(pictures),
        requests: needed.length + 1,
      });
    };
    look();
  });
}

function launch() {
  return chromium.launch({
    executablePath: process.env.ECOVIZ_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
    ],
  });
}

async function loadOnce(browser, url, viewport) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1, locale: 'en-US' });
  try {
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.addInitScript(addWatch, QUIET_MS);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.bench !== undefined, undefined, { timeout: LIMIT_MS });
    const seen = await Promise.race([page.evaluate(() => window.bench()), sleep(LIMIT_MS).then(() => ({ failed: true }))]);
    if (seen.failed) throw new Error(`${url}: not complete after ${LIMIT_MS} ms`);
    if (faults.length > 0) throw new Error(`${url}: ${faults[0]}`);
    return seen;
  } finally {
    await context.close();
  }
}

async function measure(browser, { name, path, viewport = VIEWPORT }, address) {
  const loads = [];
  for (let i = 0; i < LOADS; i++) loads.push(await loadOnce(browser, address + path, viewport));
  const of = (key) => median(loads.map((load) => load[key]));
  return { name, path, ...Object.fromEntries(Object.keys(loads[0]).map((key) => [key, of(key)])), slowest_ms: Math.max(...loads.map(({ complete_ms }) => complete_ms)) };
}

/** Measure the pages over a data folder; `say` tells what was found while it goes on. */
export async function measurePages({ build, data, work, say }) {
  const { server, address } = await startServer(`${build}/ecoviz`, data, work);
  const browser = await launch();
  try {
    const { total, models } = JSON.parse((await ask(`${address}/api/v1/models?per_page=1`)).body.toString());
    const encode = (id) => id.split('/').map(encodeURIComponent).join('/');
    const pages = [
      { name: 'home', path: '/' },
      { name: 'leaderboard', path: '/models' },
      { name: 'model', path: `/models/${encode(models[0].id)}` },
      { name: 'author', path: `/authors/${encodeURIComponent(models[0].author.name)}` },
      { name: 'network, top 15', path: '/networks?top=15' },
      { name: 'dashboard', path: '/dashboard' },
      { name: 'dashboard, wall', path: '/dashboard?wall=1', viewport: WALL },
    ];
    const measured = [];
    for (const page of pages) {
      const one = await measure(browser, page, address);
      say(`page ${page.name}: complete`, `${number(one.complete_ms)} ms`, `${number((one.html + one.script + one.style + one.api + one.pictures) / 1e3)} KB`);
      measured.push(one);
    }
    return { models: total, pages: measured };
  } finally {
    await browser.close();
    await stopServer(server);
  }
}

const kb = (bytes) => number(bytes / 1e3, 1);

/** The section of the report. */
export function pagesTable({ pages }) {
  const head = '| page | complete, median / slowest of 5 | first paint | HTML + style + script, KB | answers, KB | pictures, KB | requests |';
  const rows = pages.map(
    ({ name, complete_ms, slowest_ms, first_ms, html, style, script, api, pictures, requests }) =>
      `| ${name} | ${number(complete_ms)} / ${number(slowest_ms)} ms | ${number(first_ms)} ms | ${kb(html)} + ${kb(style)} + ${kb(script)} | ${kb(api)} | ${kb(pictures)} | ${number(requests)} |`,
  );
  return [head, '|---|---:|---:|---:|---:|---:|---:|', ...rows].join('\n');
}
