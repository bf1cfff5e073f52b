// SPDX-License-Identifier: MIT
// server [<port>] - the application from dist/ and the API over an invented Hub, for development and tests.
// It keeps to docs/openapi.yaml and sends the content policy of the real server. Loopback only.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AS_OF, FORMULA, createHub } from './data.mjs';
import { VIEWS, buildNetwork, describe, membersOf } from './families.mjs';
import { encodeNetwork } from './network.mjs';
import { TREE_BYS, createTotals, filterValues } from './totals.mjs';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const STATUS = { 400: 'Bad Request', 404: 'Not Found', 405: 'Method Not Allowed' };
const SORTS = {
  influence: (model) => model.influence,
  name: (model) => model.id.toLowerCase(),
  created: (model) => model.created,
  downloads: (model) => model.downloads,
  likes: (model) => model.likes,
  task: (model) => model.task,
};

class Refusal extends Error {
  constructor(status, code, detail, parameter) {
    super(detail);
    Object.assign(this, { status, code, parameter });
  }
}

const hub = createHub();
const frame = { as_of: AS_OF, data: 'synthetic' };
const totals = createTotals(hub, frame, (...told) => new Refusal(...told));
const byId = new Map(hub.all.map((model) => [model.id.toLowerCase(), model]));

function integer(query, name, fallback, maximum) {
  const text = query.get(name) ?? String(fallback);
  if (!/^[1-9]\d*$/.test(text)) throw new Refusal(400, 'bad_parameter', `${name}=${text}: not a number from 1`, name);
  if (Number(text) > maximum) throw new Refusal(400, 'limit_exceeded', `${name}=${text}: at most ${maximum}`, name);
  return Number(text);
}

function choice(query, name, values, fallback) {
  const value = query.get(name) ?? fallback;
  if (!values.includes(value)) throw new Refusal(400, 'bad_parameter', `${name}=${value}: not one of ${values.join(', ')}`, name);
  return value;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/* unknown values come last in both directions; ties are in rank order, as `list` is */
function sorted(list, sort, order) {
  const value = SORTS[sort];
  const sign = order === 'asc' ? 1 : -1;
  return list.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * compare(x, y);
  });
}

/* besides the task, which has counts of its own */
const FILTERS = ['language', 'author', 'kind', 'licence', 'library'];

function listModels(query) {
  const known = new Set(['q', 'task', ...FILTERS, 'removed', 'sort', 'order', 'page', 'per_page']);
  for (const name of query.keys()) {
    if (!known.has(name)) throw new Refusal(400, 'unknown_parameter', `${name}: no such parameter`, name);
    if (name !== 'task' && !FILTERS.includes(name) && query.getAll(name).length > 1) throw new Refusal(400, 'bad_parameter', `${name}: given twice`, name);
  }
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const tasks = query.getAll('task');
  if (tasks.length > 16) throw new Refusal(400, 'limit_exceeded', `task: ${tasks.length} values, at most 16`, 'task');
  const removed = choice(query, 'removed', ['include', 'exclude'], 'include');
  const sort = choice(query, 'sort', Object.keys(SORTS), 'influence');
  const order = choice(query, 'order', ['asc', 'desc'], sort === 'name' || sort === 'task' ? 'asc' : 'desc');
  const page = integer(query, 'page', 1, 1_000_000);
  const perPage = integer(query, 'per_page', 30, 100);

  const isKept = (model) =>
    FILTERS.every((facet) => {
      const wanted = query.getAll(facet).map((value) => value.toLowerCase());
      return wanted.length === 0 || filterValues(facet, model).some((value) => wanted.includes(value.toLowerCase()));
    });
  const named = hub.ranked.filter((model) => words.every((word) => model.id.toLowerCase().includes(word)) && isKept(model));
  const isTask = (model) => tasks.length === 0 || tasks.includes(model.task ?? 'none');
  const isListed = (model) => removed === 'include' || !model.removed;
  const matching = named.filter((model) => isTask(model) && isListed(model));
  const counts = new Map();
  for (const model of named.filter(isListed)) counts.set(model.task, (counts.get(model.task) ?? 0) + 1);
  const facet = [...counts].map(([value, models]) => ({ value, models })).toSorted((a, b) => b.models - a.models || compare(a.value ?? '', b.value ?? ''));
  return {
    ...frame,
    total: matching.length,
    removed: named.filter((model) => isTask(model) && model.removed).length,
    page,
    per_page: perPage,
    sort,
    order,
    models: sorted(matching, sort, order)
      .slice((page - 1) * perPage, page * perPage)
      .map(({ rank, id, author, created, downloads, likes, task, influence, removed: gone }) => ({ rank, id, author, created, downloads, likes, task, influence, removed: gone })),
    facets: { task: facet },
  };
}

function relative(model, { relation, declared }) {
  const { id, author, placeholder, removed, rank, influence } = model;
  return { id, author: author.name, relation, declared, placeholder, removed, rank, influence };
}

function getModel(id) {
  const found = byId.get(id === 'northwind-ai/old-name' ? hub.ranked[0].id.toLowerCase() : id.toLowerCase());
  if (found === undefined) throw new Refusal(404, 'not_found', `model ${id}: not in this data set`);
  const { spaces: _spaces, bases, children, parts, rank, influence, ...model } = found;
  const edges = children.map((child) => ({ child, edge: child.bases.find((base) => base.model === found) }));
  const byRelation = (name) => edges.filter(({ edge }) => edge.relation === name).length;
  return {
    ...frame,
    model,
    influence: {
      value: influence,
      rank,
      of: hub.ranked.length,
      parts: Object.entries(parts).map(([key, value]) => ({ key, value })),
      formula: FORMULA,
    },
    bases: bases.toSorted((a, b) => b.model.influence - a.model.influence).map((base) => relative(base.model, base)),
    derived: {
      total: children.length,
      by_relation: Object.fromEntries(['adapter', 'finetune', 'merge', 'quantized'].map((name) => [name, byRelation(name)])),
      top: edges
        .toSorted((a, b) => b.child.influence - a.child.influence)
        .slice(0, 10)
        .map(({ child, edge }) => relative(child, edge)),
    },
  };
}

const NETWORK_KEYS = new Set(['model', 'top', 'view', 'limit', 'depth', 'until', 'hide', 'expand', 'collapse', 'filter', 'q', 'task', 'removed', 'format']);

function askNetwork(query, more = []) {
  const many = new Set(['model', 'hide', 'expand', 'collapse', 'task']);
  for (const name of query.keys()) {
    if (!NETWORK_KEYS.has(name) && !more.includes(name)) throw new Refusal(400, 'unknown_parameter', `${name}: no such parameter`, name);
    if (!many.has(name) && query.getAll(name).length > 1) throw new Refusal(400, 'bad_parameter', `${name}: given twice`, name);
  }
  const optional = (name, maximum) => (query.has(name) ? integer(query, name, 1, maximum) : null);
  const view = choice(query, 'view', VIEWS, 'top');
  const until = query.get('until');
  if (until !== null && !/^\d{4}-\d\d-\d\d$/.test(until)) throw new Refusal(400, 'bad_parameter', `until=${until}: not a day`, 'until');
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const tasks = query.getAll('task');
  const isRemovedOut = choice(query, 'removed', ['include', 'exclude'], 'include') === 'exclude';
  const isFiltered = words.length > 0 || tasks.length > 0 || isRemovedOut;
  const matches = (model) =>
    words.every((word) => model.id.toLowerCase().includes(word)) && (tasks.length === 0 || tasks.includes(model.task ?? 'none')) && !(isRemovedOut && model.removed);
  const question = {
    roots: chosenModels(query),
    view,
    limit: optional('limit', 100_000) ?? (view === 'top' ? 100 : null),
    depth: optional('depth', 1000),
    expand: new Set(query.getAll('expand')),
    collapse: new Set(query.getAll('collapse')),
    isCut: choice(query, 'filter', ['highlight', 'cut'], 'highlight') === 'cut',
    matches: isFiltered ? matches : null,
  };
  return { network: buildNetwork(question), until: until === null ? null : Math.floor(Date.parse(until) / 864e5), hide: query.getAll('hide') };
}

function chosenModels(query) {
  const ids = query.getAll('model');
  if (ids.length === 0) {
    if (!query.has('top')) throw new Refusal(400, 'bad_parameter', 'model: neither model nor top is given', 'model');
    return hub.ranked.slice(0, integer(query, 'top', 1, 1000));
  }
  if (ids.length > 50) throw new Refusal(400, 'limit_exceeded', `model: ${ids.length} values, at most 50`, 'model');
  return ids.map((id) => {
    const found = byId.get(id.toLowerCase());
    if (found === undefined) throw new Refusal(404, 'not_found', `model ${id}: not in this data set`, 'model');
    return found;
  });
}

function getNetwork(query) {
  const { network, until, hide } = askNetwork(query);
  const format = choice(query, 'format', ['json', 'binary', 'gexf', 'graphml', 'svg'], 'json');
  if (format === 'binary') {
    const { items: _items, ...plain } = network;
    return { type: 'application/vnd.ecoviz.network', body: Buffer.from(encodeNetwork({ ...plain, head: { ...frame, ...plain.head } })) };
  }
  const answer = { ...frame, ...describe(network, until, hide) };
  if (format === 'json') return answer;
  const list = answer.nodes.map(({ id }) => `<node id="${id.replaceAll(/[<>&"]/g, (sign) => `&#${sign.codePointAt(0)};`)}"/>`).join('');
  if (format === 'svg') return `<svg xmlns="http://www.w3.org/2000/svg"/>`;
  return { type: `application/${format}+xml`, body: `<?xml version="1.0" encoding="UTF-8"?><${format}>${list}</${format}>` };
}

function listMembers(query) {
  const { network, until } = askNetwork(query, ['author', 'page', 'per_page']);
  const name = query.get('author');
  if (name === null) throw new Refusal(400, 'bad_parameter', 'author: not given', 'author');
  const page = integer(query, 'page', 1, 1_000_000);
  const perPage = integer(query, 'per_page', 30, 100);
  const models = membersOf(network, name, until);
  const author = models[0]?.author;
  if (author === undefined) throw new Refusal(404, 'not_found', `author ${name}: no node of this network`, 'author');
  return {
    ...frame,
    author,
    total: models.length,
    page,
    per_page: perPage,
    models: models.slice((page - 1) * perPage, page * perPage).map(({ id, rank, removed, created, downloads, likes, task, influence, bases }) => ({
      id,
      rank,
      removed,
      created,
      downloads,
      likes,
      task,
      influence,
      bases: bases.toSorted((a, b) => b.model.influence - a.model.influence).map(({ model, relation, declared }) => ({ id: model.id, relation, declared, placeholder: model.placeholder })),
    })),
  };
}

function about() {
  const counts = {
    models: hub.ranked.length,
    removed: hub.ranked.filter((model) => model.removed).length,
    placeholders: hub.ghosts.length,
    edges: hub.all.reduce((sum, model) => sum + model.bases.length, 0),
    authors: new Set(hub.ranked.map((model) => model.author.name)).size,
  };
  return { program: 'ecoviz', version: '0.0.0-mock', ...frame, counts, formula: FORMULA };
}

function avatarSheet(query) {
  const names = query.getAll('name');
  if (names.length === 0 || names.length > 48) throw new Refusal(400, 'bad_parameter', `name: ${names.length} values, from 1 to 48`, 'name');
  const cells = names.map((name, i) => avatar(name).replace('<svg ', `<svg x="${64 * (i % 8)}" y="${64 * Math.floor(i / 8)}" width="64" height="64" `));
  const rows = Math.ceil(names.length / 8);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="${64 * rows}" viewBox="0 0 512 ${64 * rows}">${cells.join('')}</svg>`;
}

function avatar(name) {
  const hue = createHash('sha256').update(name).digest()[0] * 1.4;
  const initials = name.replaceAll(/[^\w-]/g, '').slice(0, 2).toUpperCase();
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="32" fill="hsl(${hue} 45% 38%)"/><text x="32" y="41" font-family="sans-serif" font-size="26" font-weight="600" text-anchor="middle" fill="#fff">${initials}</text></svg>`;
}

function only(query, names) {
  for (const name of query.keys()) {
    if (!names.includes(name)) throw new Refusal(400, 'unknown_parameter', `${name}: no such parameter`, name);
    if (query.getAll(name).length > 1) throw new Refusal(400, 'bad_parameter', `${name}: given twice`, name);
  }
}

function required(query, name) {
  const value = query.get(name);
  if (value === null) throw new Refusal(400, 'bad_parameter', `${name}: not given`, name);
  return value;
}

function answerDashboard([part, ...rest], query) {
  const metric = () => (query.has('sort') ? choice(query, 'sort', totals.metrics, 'influence') : null);
  if (part === undefined) {
    only(query, []);
    return totals.dashboard();
  }
  if (part === 'growth' && rest.length === 0) {
    only(query, ['by']);
    return totals.growth(choice(query, 'by', ['task', 'library', 'licence', 'relation'], 'task'));
  }
  if (part === 'treemap' && rest.length === 0) {
    only(query, ['by', 'value', 'size']);
    return totals.treemap(choice(query, 'by', TREE_BYS, 'model'), query.get('value'), choice(query, 'size', totals.metrics, 'influence'));
  }
  if (part === 'drift') {
    only(query, rest.length === 0 ? [] : ['from', 'to']);
    return rest.length === 0 ? totals.drift() : totals.driftModels(required(query, 'from'), required(query, 'to'));
  }
  if (rest.length === 0) {
    only(query, ['q', 'sort', 'page', 'per_page']);
    return totals.listValues(part, { q: query.get('q') ?? '', sort: metric(), page: integer(query, 'page', 1, 1_000_000), perPage: integer(query, 'per_page', 100, 1000) });
  }
  only(query, []);
  return totals.facetValue(part, rest.join('/'));
}

function answerApi(url) {
  const parts = url.pathname.split('/').slice(3).map(decodeURIComponent);
  const [kind, ...rest] = parts;
  if (kind === 'models' && rest.length === 0) return listModels(url.searchParams);
  if (kind === 'models' && rest.length <= 2) return getModel(rest.join('/'));
  if (kind === 'networks' && rest.length === 0) return getNetwork(url.searchParams);
  if (kind === 'networks' && rest.join('/') === 'members') return listMembers(url.searchParams);
  if (kind === 'authors' && rest.join('/') === 'avatars') return avatarSheet(url.searchParams);
  if (kind === 'dashboard' && rest.length <= 2) return answerDashboard(rest, url.searchParams);
  if (kind === 'about' && rest.length === 0) return about();
  if (kind === 'authors' && rest[1] === 'avatar') return avatar(rest[0]);
  throw new Refusal(404, 'not_found', `${url.pathname}: no such resource`);
}

function send(request, response, status, type, body) {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
  const isKnown = status === 200 && request.headers['if-none-match'] === etag;
  response.writeHead(isKnown ? 304 : status, {
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
    ETag: etag,
  });
  response.end(isKnown ? undefined : body);
}

function handle(files, request, response) {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.startsWith('/api/')) {
    try {
      const body = answerApi(url);
      if (typeof body === 'string') send(request, response, 200, 'image/svg+xml', body);
      else if ('body' in body) send(request, response, 200, body.type, body.body);
      else send(request, response, 200, 'application/json', JSON.stringify(body));
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(400, 'bad_path', String(error));
      const { status, code, message, parameter } = refusal;
      const problem = { type: 'about:blank', title: STATUS[status], status, code, detail: message, parameter };
      send(request, response, status, 'application/problem+json', JSON.stringify(problem));
    }
    return;
  }
  const asset = files.get(url.pathname);
  if (asset !== undefined) {
    send(request, response, 200, TYPES[extname(url.pathname)] ?? 'application/octet-stream', asset);
    return;
  }
  const isPage = /^\/(?:(?:models|networks|dashboard)\/?|models\/.+|authors\/[^/]+\/?)?$/.test(url.pathname);
  send(request, response, isPage ? 200 : 404, 'text/html; charset=utf-8', files.get('/index.html') ?? 'not built');
}

/* All of dist/ by path, read once: a build may go on while the server runs. */
function readBuild() {
  try {
    const assets = readdirSync(`${DIST}assets`).map((name) => `/assets/${name}`);
    return new Map(['/index.html', ...assets].map((path) => [path, readFileSync(DIST + path.slice(1))]));
  } catch {
    return new Map();
  }
}

/** Starts the server on a port of 127.0.0.1 (0: any free one); answers its address and a way to stop it. */
export function startMock(port = 0) {
  const files = readBuild();
  const server = createServer((request, response) => handle(files, request, response));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const stop = () => {
        server.closeAllConnections();
        return new Promise((done) => {
          server.close(done);
        });
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}`, stop });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMock(Number(process.argv[2] ?? 8099));
  console.log(`mock: ${url}`);
}
