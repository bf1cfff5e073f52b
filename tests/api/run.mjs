// SPDX-License-Identifier: MIT
// run [<ecoviz>] - the HTTP server from outside, over the hand-made sample: cases as data (*.json beside this file),
// then what takes more than one request. The program is $ECOVIZ or build/ecoviz by default. TAP.
//
// A case: name, path, optionally method, request (headers to send) and send (a body); expected are status (200),
// headers (null: absent), schema of docs/openapi.yaml, json (path into the answer: value) and body. A text in slashes
// is a regular expression.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { breaches } from '../../web/test/support/contract.mjs';
import { ask, unpack } from './client.mjs';
import { makeData, root, serve } from './program.mjs';
import { testDrain, testReload } from './running.mjs';
import { differs, finish, report, test } from './tap.mjs';

const program = process.argv[2] ?? process.env.ECOVIZ ?? `${root}build/ecoviz`;
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));

/* on every answer, whatever it is */
const ALWAYS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': '/camera=\\(\\)/',
};

/** One value against what is wanted: equal, a pattern in slashes, or null for "not there". */
function unlike(what, got, wanted) {
  const pattern = typeof wanted === 'string' ? /^\/(.*)\/$/s.exec(wanted) : null;
  if (pattern === null) return differs(what, got ?? null, wanted);
  return new RegExp(pattern[1]).test(got) ? [] : [`${what}: ${JSON.stringify(got)} does not match ${wanted}`];
}

function unlikeAll(what, object, wanted = {}) {
  return Object.entries(wanted).flatMap(([path, value]) => {
    const got = path.split('.').reduce((at, key) => at?.[key], object);
    return unlike(`${what} ${path}`, got, value);
  });
}

const headersUnlike = (headers, wanted) => Object.entries(wanted ?? {}).flatMap(([name, value]) => unlike(name, headers[name], value));

/** What is wrong with the answer to a case. */
function complaints({ method, status = 200, headers, schema, json, body }, answer) {
  const text = unpack(answer).toString();
  const isProblem = status >= 400 && answer.headers['content-type'] === 'application/problem+json';
  const bad = [...differs('status', answer.status, status), ...headersUnlike(answer.headers, ALWAYS), ...headersUnlike(answer.headers, headers)];
  if (method === 'HEAD') return [...bad, ...differs('bytes', answer.bytes.length, 0)];
  if (body !== undefined) bad.push(...unlike('body', text, body));
  if (json === undefined) return bad;
  const value = JSON.parse(text);
  if (status >= 400) bad.push(...differs('type', isProblem, true), ...differs('status in the body', value.status, status));
  bad.push(...breaches(value, isProblem ? 'Problem' : schema), ...unlikeAll('json', value, json));
  return bad;
}

const askCase = ({ method, path, request, send }) => ask(server.port, { method, path, headers: request, body: send });

async function testCases(name) {
  for (const one of read(name)) await test(`${name}: ${one.name}`, async () => complaints(one, await askCase(one)));
}

/** index.html on every address that is neither the API's nor a file's, with the status that the front end means. */
async function testPages() {
  const parseRoute = await frontEndRoutes();
  for (const one of read('pages')) {
    await test(`pages: ${one.name}`, async () => {
      const answer = await askCase(one);
      const status = one.page === 'missing' ? 404 : 200;
      const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' };
      return [
        ...complaints({ ...one, status, headers, body: '/<div id="app">/' }, answer),
        ...differs('the front end says', parseRoute(one.path.split('?')[0]).page, one.page),
      ];
    });
  }
}

/** web/src/data/route.ts, made into JavaScript by the front end's own tools. */
async function frontEndRoutes() {
  const { build } = await import(pathToFileURL(require.resolve('vite')));
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'silent',
    root: `${root}web`,
    build: { write: false, minify: false, lib: { entry: 'src/data/route.ts', formats: ['es'], fileName: 'route' } },
  });
  const { parseRoute } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return parseRoute;
}

/** Every operation of the contract is answered by a case. */
function testContract() {
  const { parse } = require('yaml');
  const { paths } = parse(readFileSync(`${root}docs/openapi.yaml`, 'utf8'));
  const asked = ['list', 'model', 'network', 'search', 'authors', 'dashboard', 'refused'].flatMap(read).map(({ path }) => path.split('?')[0]);
  const others = ['/api/v1/openapi.json', '/healthz', '/metrics'];
  for (const path of Object.keys(paths)) {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    report(`contract: ${path}`, [...asked, ...others].some((one) => pattern.test(one)) ? [] : ['no case asks for it']);
  }
}

/** Every form of an answer: the same content, an entity tag of its own, and 304 for those who have it. */
async function testForms(path, hasForms) {
  const plain = await ask(server.port, { path });
  const tags = new Set([plain.headers.etag]);
  await test(`forms: ${path} plain`, () => [
    ...differs('encoding', plain.headers['content-encoding'], undefined),
    ...unlike('etag', plain.headers.etag, '/^"[\\w-]+"$/'),
  ]);
  for (const encoding of ['gzip', 'br', 'zstd']) {
    await test(`forms: ${path} as ${encoding}`, async () => {
      const answer = await ask(server.port, { path, headers: { 'Accept-Encoding': encoding } });
      const again = await ask(server.port, { path, headers: { 'Accept-Encoding': encoding, 'If-None-Match': `"x", W/${answer.headers.etag}` } });
      const isNew = !tags.has(answer.headers.etag);
      tags.add(answer.headers.etag);
      return [
        ...complaints({}, answer),
        ...differs('encoding', answer.headers['content-encoding'], hasForms ? encoding : undefined),
        ...(hasForms ? differs('vary', answer.headers.vary, 'Accept-Encoding') : []),
        ...differs('a tag of its own', isNew, hasForms),
        ...differs('same content', unpack(answer).equals(plain.bytes), true),
        ...complaints({ status: 304, headers: { etag: answer.headers.etag, 'cache-control': plain.headers['cache-control'] } }, again),
        ...differs('bytes of 304', again.bytes.length, 0),
      ];
    });
  }
}

async function testNegotiation() {
  const path = '/api/v1/models';
  const cases = [
    ['gzip, deflate, br, zstd', 'zstd'],
    ['gzip, deflate, br', 'br'],
    ['zstd;q=0.1, br;q=0.2, gzip;q=0.3', 'gzip'],
    ['*', 'zstd'],
    ['zstd;q=0, *;q=0.5', 'br'],
    ['identity', undefined],
    ['compress', undefined],
    ['gzip;q=0', undefined],
    ['*;q=0', undefined],
  ];
  for (const [accept, wanted] of cases) {
    await test(`negotiation: ${accept}`, async () => {
      const { headers } = await ask(server.port, { path, headers: { 'Accept-Encoding': accept } });
      return differs('encoding', headers['content-encoding'], wanted);
    });
  }
}

async function testTags() {
  const tagOf = async (path) => (await ask(server.port, { path })).headers.etag;
  const list = await tagOf('/api/v1/models');
  const answer = (path, tag) => ask(server.port, { path, headers: { 'If-None-Match': tag } });
  await test('tags: the same question in other words', async () =>
    differs('tag', await tagOf('/api/v1/models?removed=include&page=1&order=desc&q='), list));
  await test('tags: another question', async () => differs('equal', (await tagOf('/api/v1/models?page=2')) === list, false));
  await test('tags: another tag', async () => differs('status', (await answer('/api/v1/models', '"0000000000000000"')).status, 200));
  await test('tags: any', async () => differs('status', (await answer('/api/v1/models', '*')).status, 304));
  await test('tags: any of nothing', async () => differs('status', (await answer('/api/v1/models/no/such', '*')).status, 404));
  await test('tags: a tag of another question', async () => differs('status', (await answer('/api/v1/models?page=2', list)).status, 200));
  await test('tags: none on a problem', async () => {
    const { headers } = await ask(server.port, { path: '/api/v1/models/no/such' });
    return [...differs('etag', headers.etag, undefined), ...differs('cache', headers['cache-control'], 'no-store')];
  });
  await test('tags: none on a page that is missing', async () => differs('status', (await answer('/nothing', '*')).status, 404));
}

async function testLimits() {
  const long = (length) => ask(server.port, { path: `/${'a'.repeat(length - 1)}` });
  await test('limits: the longest address', async () => differs('status', (await long(4096)).status, 404));
  await test('limits: an address that is too long', async () =>
    complaints({ status: 414, json: { code: 'uri_too_long' } }, await long(4097)));
  await test('limits: the longest search', async () => differs('status', (await ask(server.port, { path: `/api/v1/models?q=${'a'.repeat(200)}` })).status, 200));
  await test('limits: a search that is too long', async () =>
    complaints({ status: 400, json: { code: 'limit_exceeded', parameter: 'q', detail: '/200/' } }, await ask(server.port, { path: `/api/v1/models?q=${'a'.repeat(201)}` })));
  await test('limits: too many tasks', async () => {
    const path = `/api/v1/models?${Array.from({ length: 17 }, (_, i) => `task=t${i}`).join('&')}`;
    return complaints({ status: 400, json: { code: 'limit_exceeded', parameter: 'task', detail: '/16/' } }, await ask(server.port, { path }));
  });
  for (const [name, first, max] of [['model', 'limit=1', 50], ['expand', 'top=1', 32], ['collapse', 'top=1', 32]]) {
    const withModels = (count) => ask(server.port, { path: `/api/v1/networks?${first}${`&${name}=example-lab/aspen-8b`.repeat(count)}` });
    await test(`limits: as many of ${name} as may be`, async () => differs('status', (await withModels(max)).status, 200));
    await test(`limits: one more of ${name}`, async () =>
      complaints({ status: 400, json: { code: 'limit_exceeded', parameter: name, detail: `/${max}/` } }, await withModels(max + 1)));
  }
  await test('limits: too many pictures', async () =>
    complaints({ status: 400, json: { code: 'limit_exceeded', parameter: 'name', detail: '/48/' } }, await ask(server.port, { path: `/api/v1/avatars?name=a${'&name='.repeat(48)}` })));
  await test('limits: more parameters than fit', async () => {
    const { status } = await ask(server.port, { path: `/api/v1/models?${'a&'.repeat(2000)}b` });
    return differs('status', status, 400);
  });
  await test('limits: headers that are too large', async () => {
    const { status } = await ask(server.port, { path: '/healthz', headers: { 'X-Large': 'x'.repeat(40_000) } });
    return differs('refused', status >= 400 && status < 500, true);
  });
}

/** The parts of every model's influence add up, and ranks follow the influence. */
async function testInfluence() {
  await test('influence: parts add up', async () => {
    const bad = [];
    const { models } = JSON.parse((await ask(server.port, { path: '/api/v1/models?per_page=100' })).bytes);
    for (const { id, rank } of models) {
      const { influence } = JSON.parse((await ask(server.port, { path: `/api/v1/models/${id}` })).bytes);
      const sum = influence.parts.reduce((total, { value }) => total + value, 0);
      if (Math.abs(sum - influence.value) > 1e-9 * Math.max(1, influence.value)) bad.push(`${id}: ${sum} instead of ${influence.value}`);
      bad.push(...differs(`${id} rank`, influence.rank, rank));
    }
    return bad;
  });
}

async function testOwn() {
  await test('own: healthz', async () =>
    complaints({ headers: { 'content-type': '/^text\\/plain/', 'cache-control': 'no-store' }, body: 'ok\n' }, await ask(server.port, { path: '/healthz' })));
  await test('own: metrics', async () =>
    complaints({ headers: { 'content-type': '/^text\\/plain/' }, body: '/ecoviz_http_requests_total\\{route="/api/v1/models",status="200"\\} \\d+/' }, await ask(server.port, { path: '/metrics' })));
  await test('own: the description', async () => {
    const answer = await ask(server.port, { path: '/api/v1/openapi.json', headers: { 'Accept-Encoding': 'br' } });
    return [...complaints({ headers: { 'content-type': '/^application\\/json/' } }, answer), ...unlikeAll('json', JSON.parse(unpack(answer)), { openapi: '3.1.0' })];
  });
  await test('own: a file with its hash in the name is kept for ever', async () => {
    const index = (await ask(server.port, { path: '/' })).bytes.toString();
    const [path] = /\/assets\/[\w.-]+\.js/.exec(index);
    const answer = await ask(server.port, { path });
    return complaints({ headers: { 'content-type': '/^text\\/javascript/', 'cache-control': 'public, max-age=31536000, immutable' } }, answer);
  });
  await test('own: a whole address as the target', async () =>
    differs('status', (await ask(server.port, { path: `${server.url}/api/v1/about` })).status, 200));
  await test('own: any Host', async () => differs('status', (await ask(server.port, { path: '/healthz', headers: { Host: 'example.com' } })).status, 200));
}

const data = makeData(program);
let server;
try {
  data.import(`${root}data/sample.jsonl`);
  data.import('--as-of', '2026-01-15', `${root}data/sample-organizations.json`);
  data.build();
  server = await serve(program, data);
  for (const name of ['list', 'model', 'network', 'search', 'authors', 'dashboard', 'refused']) await testCases(name);
  await testPages();
  testContract();
  await testForms('/api/v1/models', true);
  await testForms('/api/v1/authors/example-lab/avatar', false);
  await testForms('/api/v1/networks?top=3', true);
  await testForms('/api/v1/networks?top=3&format=binary', true);
  await testForms('/api/v1/dashboard', true);
  await testForms('/api/v1/openapi.json', true);
  await testNegotiation();
  await testTags();
  await testLimits();
  await testInfluence();
  await testOwn();
  await testReload(server, data);
  await testDrain(server, program, data);
} finally {
  server?.kill('SIGKILL');
  data.remove();
  finish();
}
