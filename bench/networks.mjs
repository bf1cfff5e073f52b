// SPDX-License-Identifier: MIT
// networks - the families of about 1,000, 10,000 and 100,000 nodes from the query to the screen: in the server, on the
// wire, in a browser, and in the browser with other libraries at the same places. bench/network.c chooses the families.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { ask, median, number, percentile, sleep, startServer, stopServer } from './tools.mjs';

const root = new URL('..', import.meta.url).pathname;
const { chromium } = createRequire(`${root}web/package.json`)('playwright-core');

const LIMIT_MS = 90_000; // for one library with one network
const FRAMES = 30;
const FRAMES_MS = 10_000; // after these no more frames are drawn, if there are five
const LOADS = 3;
const ANSWERS = 9;
const CLOSE_ZOOM = 2.5; // pixels per unit: the smallest disc has 25 pixels
const PAN_PX = 40;
const BROWSER_ENCODINGS = 'gzip, deflate, br, zstd';

/* Libraries, and the largest network they are asked for. */
const RIVALS = [
  { lib: 'vis-dots', title: 'vis-network, dots', max: Infinity },
  { lib: 'vis-images', title: 'vis-network, circularImage', max: 20_000 },
  { lib: 'sigma3-dots', title: 'sigma 3, dots', max: Infinity },
  { lib: 'sigma3-images', title: 'sigma 3, node-image', max: 20_000 },
  { lib: 'sigma4-dots', title: 'sigma 4, dots', max: Infinity },
];

/* --- the server and the wire --- */

const queryOf = ({ model, top, view }) => `${model === undefined ? `top=${top}` : `model=${model}`}&view=${view}`;

/** Whole answers to questions that no cache has seen: no family is that deep, but the questions differ. */
async function uncached(address, query, accept) {
  const times = [];
  for (let i = 0; i < ANSWERS; i++) {
    const started = performance.now();
    const { status } = await ask(`${address}/api/v1/networks?${query}&depth=${1000 - i}`, { 'accept-encoding': accept });
    if (status !== 200) throw new Error(`${query}: ${status}`);
    times.push(performance.now() - started);
  }
  return median(times);
}

async function measureFormat(address, query, format) {
  const question = `${query}&format=${format}`;
  const bytes = {};
  for (const encoding of ['identity', 'gzip', 'br', 'zstd']) {
    const { status, headers, body } = await ask(`${address}/api/v1/networks?${question}`, { 'accept-encoding': encoding });
    if (status !== 200) throw new Error(`${question}: ${status}`);
    if ((headers['content-encoding'] ?? 'identity') !== encoding) throw new Error(`${question}: not sent as ${encoding}`);
    bytes[encoding] = body.length;
  }
  return {
    plain_ms: await uncached(address, question, 'identity'),
    browser_ms: await uncached(address, question, BROWSER_ENCODINGS),
    bytes,
  };
}

/* --- browsers --- */

/* Into every page: waits until the canvases below an element are drawn, by asking for a pixel. */
function addFinish() {
  const pixel = new Uint8Array(4);
  window.benchFinish = (element) => {
    for (const canvas of element.querySelectorAll('canvas')) {
      const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
      if (gl !== null) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
      else canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
    }
  };
}

/* Into our page: notes when the first picture with nodes in it is finished. */
function addWatch() {
  window.bench = new Promise((done) => {
    const look = () => {
      const host = document.querySelector('.net-picture');
      const stats = host?.graphView?.stats();
      if (!(stats?.frames > 0 && stats.nodes > 0)) {
        setTimeout(look, 2);
        return;
      }
      window.benchFinish(host);
      const load_ms = performance.now();
      const answer = performance.getEntriesByType('resource').find(({ name }) => name.includes('/api/v1/networks?'));
      done({ load_ms, answered_ms: answer?.responseEnd, renderer: stats.renderer });
    };
    look();
  });
  window.benchFrames = (cameras, budgetMs) => {
    const host = document.querySelector('.net-picture');
    const view = host.graphView;
    const times = [];
    const end = performance.now() + budgetMs;
    for (const camera of cameras) {
      const start = performance.now();
      view.setCamera(camera);
      view.drawNow();
      window.benchFinish(host);
      times.push(performance.now() - start);
      if (times.length >= 5 && performance.now() > end) break;
    }
    return times;
  };
}

/* Frames are forced one by one, so the frame rate keeps its limit: without one, whatever moves while a page loads takes
 * the processor from the loading. */
function launch() {
  return chromium.launch({
    executablePath: process.env.ECOVIZ_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
      '--enable-precise-memory-info', '--js-flags=--expose-gc', '--disable-gpu-rasterization', '--disable-accelerated-2d-canvas',
    ],
  });
}

/** A fresh page, with nothing in its cache; `faults` is what went wrong in it. */
async function openPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, deviceScaleFactor: 1, locale: 'en-US' });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('crash', () => faults.push('the page crashed'));
  await page.addInitScript(addFinish);
  return { page, context, faults };
}

/** What a page keeps after its garbage is gone: objects, and the bytes of typed arrays. */
async function heap(context, page) {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const usage = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { js_mb: usage.usedSize / 1e6, arrays_mb: (usage.backingStorageSize ?? 0) / 1e6 };
}

/** Thirty places on a circle round a camera. */
const circle = ({ x, y, zoom }) => Array.from({ length: FRAMES }, (_, i) => {
  const angle = (2 * Math.PI * i) / FRAMES;
  return { x: x + (PAN_PX * Math.cos(angle)) / zoom, y: y + (PAN_PX * Math.sin(angle)) / zoom, zoom };
});

/** Frames round a camera, once the pictures that are wanted there have come. */
async function pan(page, camera) {
  const cameras = circle(camera);
  const frames = (which, ms) => page.evaluate(([list, budget]) => window.benchFrames(list, budget), [which, ms]);
  await frames(cameras.slice(0, 1), 0);
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
  await sleep(1000);
  await frames(cameras.slice(0, 1), 0);
  const times = await frames(cameras, FRAMES_MS);
  return { frames: times.length, median_ms: median(times), p95_ms: percentile(times, 0.95) };
}

/**
 * Fills a part of the report with a browser of its own. What is not there after the limit stays away, and the part says
 * why.
 */
async function within(work) {
  const browser = await launch();
  const part = {};
  let timer;
  const limit = new Promise((done) => {
    timer = setTimeout(() => done('timeout'), LIMIT_MS);
  });
  try {
    const failed = await Promise.race([work(browser, part), limit]);
    return failed === undefined ? part : { ...part, failed };
  } catch (error) {
    return { ...part, failed: String(error).split('\n')[0] };
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

/** Loads an address afresh, a few times unless that takes long; the last page stays open. */
async function load(browser, url, part, isOurs) {
  const loads = [];
  part.loads = loads;
  let opened;
  for (let i = 0; i < LOADS && (i === 0 || loads[0].load_ms < 2000); i++) {
    await opened?.context.close();
    opened = await openPage(browser);
    if (isOurs) await opened.page.addInitScript(addWatch);
    await opened.page.goto(url, { waitUntil: 'commit' });
    const broken = opened.page.waitForEvent('pageerror', { timeout: LIMIT_MS }).then((error) => { throw error; });
    broken.catch(() => {});
    await opened.page.waitForFunction(() => window.bench !== undefined, undefined, { timeout: LIMIT_MS });
    loads.push(await Promise.race([opened.page.evaluate(() => window.bench), broken]));
    part.load_ms = median(loads.map(({ load_ms }) => load_ms));
  }
  return opened;
}

/** Our page, as everybody opens it. */
function ours(address, query, close) {
  return within(async (browser, part) => {
    const { page, context, faults } = await load(browser, `${address}/networks?${query}`, part, true);
    if (part.loads[0].renderer !== 'webgl2') throw new Error(`drawn with ${part.loads[0].renderer}`);
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
    part.heap = await heap(context, page);
    part.view = await page.evaluate(() => {
      const host = document.querySelector('.net-picture');
      host.graphView.fit();
      host.graphView.drawNow();
      return { width: host.clientWidth, height: host.clientHeight, fit: host.graphView.camera() };
    });
    const stats = () => page.evaluate(() => document.querySelector('.net-picture').graphView.stats());
    part.fit = { ...await pan(page, part.view.fit), drawn: await stats() };
    part.close = { ...await pan(page, close), drawn: await stats() };
    if (faults.length > 0) throw new Error(faults[0]);
  });
}

export function rival(harness, lib, query, view, close) {
  const { width, height, fit } = view;
  const asked = new URLSearchParams({ lib, network: query, width, height, ...fit });
  return within(async (browser, part) => {
    const { page, context, faults } = await load(browser, `${harness}/?${asked}`, part, false);
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => {});
    part.heap = await heap(context, page);
    part.fit = await pan(page, fit);
    part.close = await pan(page, close);
    if (faults.length > 0) throw new Error(faults[0]);
  });
}

/** Reading the bytes: the first time, and when the reader is warm. */
export function decode(harness, query) {
  return within(async (browser, part) => {
    const { page } = await openPage(browser);
    await page.goto(`${harness}/?${new URLSearchParams({ lib: 'none', network: query })}`);
    await page.waitForFunction(() => window.benchDecode !== undefined);
    const [first, ...more] = await page.evaluate(() => window.benchDecode(10));
    part.first_ms = first;
    part.warm_ms = median(more);
  });
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const NO_AVATAR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="32" fill="#888"/></svg>';

/** Serves the page of the rivals, and hands questions on to our server. */
export function startHarness(folder, address) {
  const server = createServer((question, answer) => {
    const path = new URL(question.url, 'http://localhost').pathname;
    if (path.startsWith('/api/')) {
      const onward = request(`${address}${question.url}`, { headers: question.headers }, (from) => {
        answer.writeHead(from.statusCode, from.headers);
        from.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      onward.end();
      return;
    }
    const file = `${folder}${path === '/' ? '/index.html' : path}`;
    if (path === '/avatar-none.svg') {
      answer.writeHead(200, { 'content-type': 'image/svg+xml' }).end(NO_AVATAR);
    } else if (existsSync(file) && !path.includes('..')) {
      answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
    } else {
      answer.writeHead(404).end();
    }
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ server, harness: `http://127.0.0.1:${server.address().port}` }));
  });
}

/* --- the whole --- */

/* A node in the middle of the breadth-first order: a derived model among its siblings, where a reader would look. */
export async function closeCamera(address, query) {
  const { nodes } = JSON.parse((await ask(`${address}/api/v1/networks?${query}`)).body.toString());
  const { x, y } = nodes[nodes.length >> 1];
  return { x, y, zoom: CLOSE_ZOOM };
}

async function measure(network, { address, harness, say, libraries }) {
  const query = queryOf(network);
  const result = { ...network, query };
  for (const format of ['binary', 'json']) {
    result[format] = await measureFormat(address, query, format);
    say(`${network.name}: ${format}`, `${number(result[format].browser_ms)} ms`);
  }
  const close = await closeCamera(address, query);
  result.decode = await decode(harness, query);
  // what the server answers a second time, as it would to everybody after the first
  await ask(`${address}/api/v1/networks?${query}&format=binary`, { 'accept-encoding': BROWSER_ENCODINGS });
  result.ours = await ours(address, query, close);
  const tell = (title, { failed, load_ms, fit }) => say(
    `${network.name}: ${title}`,
    load_ms === undefined ? failed : `${number(load_ms)} ms`,
    fit === undefined ? failed : `${number(fit.median_ms, 1)} ms a frame`,
  );
  tell('our page', result.ours);
  result.rivals = {};
  const view = result.ours.view ?? { width: 1000, height: 800, fit: { x: 0, y: 0, zoom: 0.1 } };
  for (const { lib, title, max } of RIVALS) {
    if (network.nodes > max || libraries?.includes(lib) === false) continue;
    result.rivals[lib] = await rival(harness, lib, query, view, close);
    tell(title, result.rivals[lib]);
  }
  return result;
}

/** Families that the data have; what is far from its aim, or there already, is said to be missing. */
function sift(networks) {
  const found = [];
  const missing = [];
  for (const network of networks) {
    const { name, aim, nodes, edges } = network;
    const isThere = found.some((other) => other.nodes === nodes && other.edges === edges);
    if (isThere || (name !== 'family' && nodes < aim / 2)) missing.push({ name, aim, nodes });
    else found.push(network);
  }
  return { found, missing };
}

/** Installs the rivals, and makes their page with the vite of web/. */
function buildHarness() {
  const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  run(`${root}scripts/npm-ci.sh`, ['bench/web'], root);
  run(`${root}scripts/with-node.sh`, ['node', 'node_modules/vite/bin/vite.js', 'build', '--config', '../bench/web/vite.config.mjs', '--logLevel', 'warn'], `${root}web`);
}

/**
 * Measure the networks of a data folder; `say` tells what was found while it goes on. Without `sizes` and `libraries` all
 * of them.
 */
export async function measureNetworks({ build, data, work, say, sizes, libraries }) {
  buildHarness();
  const program = JSON.parse(execFileSync(`${build}/bench/network`, [`${data}/snapshot.eco`], { encoding: 'utf8' }));
  const { found, missing } = sift(program.networks.filter(({ name }) => sizes?.includes(name) !== false));
  for (const { name, nodes, whole_s, layout_s } of found) {
    say(`${name}: ${number(nodes)} nodes, query / layout`, `${number((whole_s - layout_s) * 1000, 1)} / ${number(layout_s * 1000, 1)} ms`);
  }
  const { server, address } = await startServer(`${build}/ecoviz`, data, work);
  const { server: front, harness } = await startHarness(`${root}build/bench-web`, address);
  const networks = [];
  const { total: models } = JSON.parse((await ask(`${address}/api/v1/models?per_page=1`)).body.toString());
  try {
    for (const network of found) networks.push(await measure(network, { address, harness, say, libraries }));
  } finally {
    front.closeAllConnections();
    front.close();
    await stopServer(server);
  }
  return { models, candidates: program.candidates, runs: program.runs, networks, missing };
}

/* --- the table --- */

const ms = (value) => `${number(value, value < 1 ? 2 : Number(value < 10))} ms`;
const kb = (bytes) => (bytes < 1e6 ? `${number(bytes / 1e3, bytes < 1e5 ? 1 : 0)} KB` : `${number(bytes / 1e6, 1)} MB`);
const wire = ({ bytes }) => [bytes.identity, bytes.gzip, bytes.br, bytes.zstd].map(kb).join(' / ');
const held = ({ js_mb, arrays_mb }) => `${number(js_mb)} + ${number(arrays_mb)} MB`;
const drawn = ({ drawn: { nodes, edges, labels } }) => [nodes, edges, labels].map((count) => number(count)).join(' / ');
const frame = ({ frames, median_ms, p95_ms }) => `${ms(median_ms)} / ${ms(p95_ms)}${frames < FRAMES ? ` (${frames} frames)` : ''}`;
const ratio = (a, b) => (a === undefined || b === undefined ? '-' : number(a / b, a < b / 10 ? 3 : 2));

/** A cell, or why there is none. */
const cell = (part, value, text) => (value === undefined ? part?.failed ?? 'not asked' : text(value));

function rivalRows(networks, { lib, title }) {
  const of = (key, text) => networks.map(({ rivals }) => cell(rivals[lib], rivals[lib]?.[key], text));
  const against = ({ ours: we, rivals }) => {
    const they = rivals[lib];
    if (they === undefined) return '';
    return [[we.load_ms, they.load_ms], [we.fit?.median_ms, they.fit?.median_ms], [we.close?.median_ms, they.close?.median_ms]].map(([a, b]) => ratio(a, b)).join(' / ');
  };
  return [
    [`**${title}**: first picture`, ...of('load_ms', ms)],
    ['pan frame, whole', ...of('fit', frame)],
    ['pan frame, close', ...of('close', frame)],
    ['heap', ...of('heap', held)],
    ['**ours : theirs**, first picture / whole / close', ...networks.map(against)],
  ];
}

/** The section of the report. */
export function networksTable({ networks, missing }) {
  const of = (text) => networks.map(text);
  const we = (key, text) => networks.map(({ ours: part }) => cell(part, part[key], text));
  const rows = [
    ['nodes / edges', ...of(({ nodes, edges }) => `${number(nodes)} / ${number(edges)}`)],
    ['question', ...of(({ query }) => `\`${query}\``)],
    ['**server**: query without layout', ...of(({ whole_s, layout_s }) => ms((whole_s - layout_s) * 1000))],
    ['layout', ...of(({ layout_s }) => ms(layout_s * 1000))],
    ['whole answer, binary, plain / as a browser asks', ...of(({ binary }) => `${ms(binary.plain_ms)} / ${ms(binary.browser_ms)}`)],
    ['whole answer, JSON, plain / as a browser asks', ...of(({ json }) => `${ms(json.plain_ms)} / ${ms(json.browser_ms)}`)],
    ['**wire**: binary, plain / gzip / br / zstd', ...of(({ binary }) => wire(binary))],
    ['JSON, plain / gzip / br / zstd', ...of(({ json }) => wire(json))],
    ['**our page**: first picture', ...we('load_ms', ms)],
    ['of this until the answer was there', ...we('loads', (loads) => ms(median(loads.map(({ answered_ms }) => answered_ms))))],
    ['of this decoding (first / again)', ...of(({ decode: part }) => cell(part, part.first_ms, (first) => `${ms(first)} / ${ms(part.warm_ms)}`))],
    ['pan frame, whole', ...we('fit', frame)],
    ['pan frame, close', ...we('close', frame)],
    ['drawn whole: nodes / edges / labels', ...we('fit', drawn)],
    ['drawn close: nodes / edges / labels', ...we('close', drawn)],
    ['heap', ...we('heap', held)],
    ...RIVALS.filter(({ lib }) => networks.some(({ rivals }) => rivals[lib] !== undefined)).flatMap((one) => rivalRows(networks, one)),
  ];
  const names = networks.map(({ name }) => (name === 'family' ? 'largest family' : name));
  const lines = [
    ['what', ...names],
    ['---', ...names.map(() => '---:')],
    ...rows,
  ].map((cells) => `| ${cells.join(' | ')} |`);
  const absent = missing.map(({ name, nodes }) => `Missing: ${name}. The nearest network of this data set has ${number(nodes)} nodes.`);
  return [...lines, ...absent.flatMap((line) => ['', line])].join('\n');
}
