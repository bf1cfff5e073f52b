// SPDX-License-Identifier: MIT
// run.mjs [OPTION...] <build folder> [<models>] - measure the whole chain at one size, print tables,
// and write bench.json and bench.md into <build folder>/bench-data. Rivals run in the same run, on the same data.
// --only networks or --only pages writes networks.json and networks.md, or pages.*, instead, of the data that an earlier
// run left or of those in --data FOLDER. --sizes 1k,10k,family,100k and --libraries vis-dots,... measure less than all.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureNetworks, networksTable } from './networks.mjs';
import { measurePages, pagesTable } from './pages.mjs';
import { ask, mb, number, sleep, startServer, stopServer, timed as timedIn } from './tools.mjs';

const SECONDS = 5; // of load, for each measurement
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, data: { type: 'string' }, sizes: { type: 'string' }, libraries: { type: 'string' } },
});
const [buildArgument = 'build', models = '3000000'] = positionals;
if (!['networks', 'pages', undefined].includes(options.only)) throw new Error(`--only ${options.only}: only networks and pages can be measured alone`);
if (options.data !== undefined && options.only === undefined) throw new Error('--data goes with --only');
const build = resolve(buildArgument);
const work = `${build}/bench-data`;
const data = options.data === undefined ? `${work}/data` : resolve(options.data);
const ecoviz = `${build}/ecoviz`;
if (options.only === undefined) rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });

const timed = (command, args) => timedIn(work, command, args);

/** wrk with a script of its own or a plain URL: requests per second and latencies in ms. */
function load(url, connections, script) {
  const args = ['-t', connections > 1 ? '2' : '1', '-c', String(connections), '-d', `${SECONDS}s`, '--latency'];
  if (script !== undefined) args.push('-s', script);
  const text = execFileSync('wrk', [...args, url], { encoding: 'utf8' });
  const ms = (percentile) => {
    const found = new RegExp(`${percentile}%\\s+([\\d.]+)(us|ms|s)`).exec(text);
    if (found === null) return null;
    return Number(found[1]) * { us: 0.001, ms: 1, s: 1000 }[found[2]];
  };
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(text);
  const errors = /Socket errors: (.*)/.exec(text);
  return {
    connections,
    per_second: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1] ?? 0),
    p50_ms: ms(50),
    p90_ms: ms(90),
    p99_ms: ms(99),
    bad: bad === null ? 0 : Number(bad[1]),
    ...(errors === null ? {} : { errors: errors[1] }),
  };
}

/** A wrk script that asks one of these paths after the other. */
function script(name, paths) {
  const file = `${work}/${name}.lua`;
  const list = paths.map((path) => `  ${JSON.stringify(path)},`).join('\n');
  writeFileSync(
    file,
    `local paths = {\n${list}\n}\nlocal at = 0\nfunction request()\n  at = at % #paths + 1\n` +
      `  return wrk.format("GET", paths[at], { ["Accept-Encoding"] = "gzip" })\nend\n`,
  );
  return file;
}

/** Reproducible "random" numbers. */
function generator(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const report = { models: Number(models), steps: {} };
const rows = [];
const say = (what, figure, note = '') => console.log(`${what.padEnd(46)} ${figure.padStart(24)}  ${note}`);
/** One line of the table. */
function row(what, figure, note = '') {
  rows.push([what, figure, note]);
  say(what, figure, note);
}

function machine() {
  const version = (command, args) => {
    const done = spawnSync(command, args, { encoding: 'utf8' });
    return `${done.stdout ?? ''}${done.stderr ?? ''}`.split('\n')[0].trim();
  };
  report.machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 1e9),
    system: readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.*)"/)?.[1] ?? 'unknown',
    kernel: version('uname', ['-r']),
    ecoviz: execFileSync(ecoviz, ['version'], { encoding: 'utf8' }).trim().split('\n'),
    nginx: version('/usr/sbin/nginx', ['-v']),
    wrk: version('wrk', ['-v']),
  };
}

function chain() {
  const file = `${work}/hub.jsonl`;
  const folder = ['--data', data];
  const synth = timed(ecoviz, ['synth', '--models', models, '-o', file]);
  const bytes = statSync(file).size;
  report.steps.synth = { seconds: synth.seconds, memory_mb: synth.memory_mb, bytes };
  row('synth: JSON Lines', `${number(synth.seconds, 1)} s`, `${mb(bytes)}, peak ${number(synth.memory_mb)} MB of memory`);

  const imported = timed(ecoviz, [...folder, 'import', '--data-kind', 'synthetic', '--json', file]);
  const counts = JSON.parse(imported.stdout);
  const store = statSync(`${data}/store.sqlite`).size;
  const rate = counts.imported.rows / imported.seconds;
  report.steps.import = { ...counts, seconds: imported.seconds, memory_mb: imported.memory_mb, cpu_s: imported.cpu_s, rows_per_second: rate, store_bytes: store };
  row('import: rows a second', number(rate), `${number(counts.imported.rows)} rows in ${number(imported.seconds, 1)} s, peak ${number(imported.memory_mb)} MB`);
  row('import: models a second', number(counts.store.models / imported.seconds), 'aim 100,000');
  row('store', mb(store), `${number(store / counts.store.models)} bytes per model`);
  rmSync(file);

  const built = timed(ecoviz, [...folder, 'build', '--json']);
  const stats = JSON.parse(built.stdout);
  report.steps.build = { ...stats, seconds: built.seconds, memory_mb: built.memory_mb };
  row('build', `${number(built.seconds, 1)} s`, `peak ${number(built.memory_mb)} MB; aim 20 s, 2 GB`);
  row('snapshot', mb(stats.bytes), `${number(stats.bytes / stats.models)} bytes per model`);
  const verified = timed(ecoviz, [...folder, 'verify']);
  report.steps.verify = { seconds: verified.seconds, memory_mb: verified.memory_mb };
  row('verify', `${number(verified.seconds, 1)} s`, `peak ${number(verified.memory_mb)} MB`);
}

function influence() {
  const result = JSON.parse(timed(`${build}/bench/influence`, [`${data}/snapshot.eco`]).stdout);
  report.steps.influence = result;
  row('influence, exact', `${number(result.solve_s * 1000)} ms`, `residual ${result.residual}; aim 100 ms`);
  row('  plain iteration to 1e-6', `${number(result.iterate_s * 1000)} ms`, `${number(result.iterate_s / result.solve_s, 1)} times as long, ${result.iterate_sweeps} sweeps`);
  row("  igraph's PageRank", `${number(result.igraph_pagerank_s * 1000)} ms`, `${number(result.igraph_pagerank_s / result.solve_s, 1)} times as long`);
}

function search() {
  const result = JSON.parse(timed(`${build}/bench/search`, [`${data}/snapshot.eco`, `${work}/fts.sqlite`]).stdout);
  report.steps.search = result;
  const line = (p) => `${number(p.p50_us)} / ${number(p.p99_us)} us`;
  row('search, in process: median / 99th', line(result.ours), `${result.queries} words of 3 to 8 letters, page and count`);
  row('  SQLite FTS5 trigram', line(result.fts5), `${number(result.fts5.p50_us / result.ours.p50_us, 1)} / ${number(result.fts5.p99_us / result.ours.p99_us, 1)} times as long`);
  rmSync(`${work}/fts.sqlite`);
}

/** Every route of the dashboard, computed anew, beside the same numbers from SQLite. */
function dashboard() {
  const result = JSON.parse(timed(`${build}/bench/dashboard`, [`${data}/snapshot.eco`, `${work}/dashboard.sqlite`]).stdout);
  report.steps.dashboard = result;
  for (const one of result.questions) {
    row(one.name, `${number(one.ours_us)} us`, `${number(one.bytes)} bytes of JSON; SQLite ${number(one.sqlite_us / 1000, 1)} ms, ${number(one.sqlite_us / one.ours_us)} times as long`);
  }
  rmSync(`${work}/dashboard.sqlite`);
}

function places() {
  const result = JSON.parse(timed(`${build}/bench/places`, [`${data}/snapshot.eco`]).stdout);
  report.steps.places = result;
  row('search for everything, in process: median / 99th', `${number(result.p50_us)} / ${number(result.p99_us)} us`, `${result.texts} texts as they are typed, from the first letter on; aim 1 / 5 ms`);
  row('  the slowest of them', `${number(result.max_us)} us`, JSON.stringify(result.slowest));
}

function layout() {
  const result = JSON.parse(timed(`${build}/bench/layout`, []).stdout);
  report.steps.layout = result;
  for (const shape of result.shapes) {
    const ms = shape.place_s * 1000;
    const part = `discs cover ${number(shape.density * 100)} % of the circle around all`;
    row(`layout, ${shape.name.replaceAll('_', ' ')}, ${number(shape.nodes)} nodes`, `${number(ms, 1)} ms`, shape.name === 'hub_100000' ? `${part}; aim 100 ms` : part);
    if (shape.forces_round_s === undefined) continue;
    const rounds = (500 * shape.forces_round_s) / shape.place_s;
    row("  igraph's force-directed layout, one round", `${number(shape.forces_round_s * 1000, 2)} ms`, `its default of 500 rounds takes ${number(rounds)} times as long`);
    row("  igraph's tree layout", `${number(shape.igraph_tree_s * 1000)} ms`, `${number(shape.igraph_tree_s / shape.place_s)} times as long; knows no discs`);
  }
}

const start = () => startServer(ecoviz, data, work);

async function nginx(body, type) {
  const dir = `${work}/nginx`;
  mkdirSync(`${dir}/root`, { recursive: true });
  writeFileSync(`${dir}/root/page`, body);
  writeFileSync(
    `${dir}/nginx.conf`,
    `worker_processes 2;\npid ${dir}/pid;\nerror_log ${dir}/error.log;\ndaemon off;\nevents { worker_connections 1024; }\n` +
      `http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=16;\n` +
      `default_type ${type}; client_body_temp_path ${dir}/t; proxy_temp_path ${dir}/t; fastcgi_temp_path ${dir}/t;\n` +
      `uwsgi_temp_path ${dir}/t; scgi_temp_path ${dir}/t;\n` +
      `server { listen 127.0.0.1:18089; root ${dir}/root; add_header Content-Encoding gzip; } }\n`,
  );
  const child = spawn('/usr/sbin/nginx', ['-c', `${dir}/nginx.conf`, '-p', dir], { stdio: 'ignore' });
  for (let i = 0; i < 50; i++) {
    await sleep(100);
    const answer = await ask('http://127.0.0.1:18089/page').catch(() => null);
    if (answer?.status === 200) return child;
  }
  throw new Error(`nginx did not start: ${existsSync(`${dir}/error.log`) ? readFileSync(`${dir}/error.log`, 'utf8') : ''}`);
}

function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { resident_mb: field('VmRSS'), own_mb: field('RssAnon'), mapped_mb: field('RssFile') };
}

/** Paths that no cache has seen, made from the data itself. */
async function questions(address) {
  const pick = generator(7);
  const page = async (query) => JSON.parse((await ask(`${address}/api/v1/models?${query}`)).body.toString());
  const first = await page('per_page=100');
  const tasks = first.facets.task.map((one) => one.value ?? 'none');
  const sorts = ['influence', 'name', 'created', 'downloads', 'likes', 'task'];
  const words = [];
  for (let i = 0; i < 40; i++) {
    const some = await page(`per_page=100&page=${1 + pick(Math.floor(first.total / 100))}`);
    for (const model of some.models) {
      const length = 3 + pick(6);
      const at = pick(Math.max(1, model.id.length - length));
      words.push(model.id.slice(at, at + length));
    }
  }
  const last = Math.ceil(first.total / 30);
  const total = JSON.parse((await ask(`${address}/api/v1/dashboard`)).body.toString());
  const values = Object.entries(total.facets).flatMap(([facet, { top }]) => top.map(({ value }) => `${facet}/${encodeURIComponent(value)}`));
  const metrics = ['influence', 'likes', 'downloads', 'models'];
  const totals = ['growth?by=task', 'growth?by=library', 'growth?by=licence', 'growth?by=relation', 'drift', 'treemap', 'treemap?size=likes'];
  return {
    dashboard: words.map((word, i) => {
      const metric = metrics[pick(metrics.length)];
      const asked = [
        () => values[pick(values.length)],
        () => `author?sort=${metric}&page=${1 + pick(1000)}`,
        () => `family?sort=${metric}&page=${1 + pick(1000)}`,
        () => `author?q=${encodeURIComponent(word)}`,
        () => `treemap?by=${['author', 'family', 'licence'][pick(3)]}&size=${metric}`,
        () => totals[pick(totals.length)],
      ];
      return `/api/v1/dashboard/${asked[i % asked.length]()}`;
    }),
    search: words.map((word) => `/api/v1/models?q=${encodeURIComponent(word)}`),
    filter: words.map((_, i) => {
      const sort = sorts[pick(sorts.length)];
      const order = pick(2) === 0 ? 'asc' : 'desc';
      const removed = pick(2) === 0 ? 'exclude' : 'include';
      return `/api/v1/models?task=${encodeURIComponent(tasks[pick(tasks.length)])}&sort=${sort}&order=${order}&removed=${removed}&page=${1 + (i % 50)}`;
    }),
    deep: words.map(() => `/api/v1/models?sort=${sorts[pick(sorts.length)]}&page=${1 + pick(last)}`),
  };
}

async function serve() {
  const starts = [];
  for (let i = 0; i < 5; i++) {
    const one = await start();
    starts.push(one.ms);
    await stopServer(one.server);
  }
  starts.sort((a, b) => a - b);
  report.steps.start = { ms: starts };
  row('serve: start to first answer', `${number(starts[2])} ms`, `median of ${starts.length}; aim 50 ms`);

  const { server, address } = await start();
  const hot = await ask(`${address}/api/v1/models`, { 'accept-encoding': 'gzip' });
  const rival = await nginx(hot.body, 'application/json');
  const hotScript = script('hot', ['/api/v1/models']);
  const asked = await questions(address);
  const http = {};
  for (const connections of [1, 100]) {
    const ours = load(address, connections, hotScript);
    const theirs = load('http://127.0.0.1:18089/page', connections, script('page', ['/page']));
    http[`hot_${connections}`] = ours;
    http[`nginx_${connections}`] = theirs;
    const latency = (l) => `${number(l.p50_ms, 2)} / ${number(l.p99_ms, 2)} ms`;
    const which = `, ${connections} connection${connections > 1 ? 's' : ''}`;
    row(`hot page${which}`, `${number(ours.per_second)}/s`, `median / 99th ${latency(ours)}; ${number(ours.per_second / theirs.per_second, 2)} of nginx`);
    row(`  nginx, the same ${number(hot.body.length)} bytes`, `${number(theirs.per_second)}/s`, latency(theirs));
    for (const [name, label] of [['search', 'random search'], ['filter', 'random filter, sort, page'], ['deep', 'deep page, any sort'], ['dashboard', 'dashboard, random parts']]) {
      const one = load(address, connections, script(name, asked[name]));
      http[`${name}_${connections}`] = one;
      row(`${label}${which}`, `${number(one.per_second)}/s`, `${latency(one)}; aim 5 ms${one.bad > 0 ? `; ${one.bad} BAD ANSWERS` : ''}`);
    }
  }
  report.steps.http = http;
  report.steps.memory = memory(server.pid);
  row('serve: resident memory after all this', `${number(report.steps.memory.resident_mb)} MB`, `${number(report.steps.memory.own_mb)} MB its own, the rest is the mapped file; aim 1 GB`);
  rival.kill('SIGTERM');
  await stopServer(server);
}

/** The networks, as a table of their own. */
async function networks() {
  const result = await measureNetworks({ build, data, work, say, sizes: options.sizes?.split(','), libraries: options.libraries?.split(',') });
  report.models = result.models;
  report.steps.networks = result;
  return `## Networks\n\n${networksTable(result)}\n`;
}

/** The pages, as a table of their own. */
async function pages() {
  const result = await measurePages({ build, data, work, say });
  report.models = result.models;
  report.steps.pages = result;
  return `## Pages\n\n${pagesTable(result)}\n`;
}

function write(name, text) {
  writeFileSync(`${work}/${name}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${work}/${name}.md`, text);
}

machine();
console.log(`${report.machine.cores} x ${report.machine.cpu}, ${report.machine.memory_gb} GB, ${report.machine.system}`);
let text = '';
if (options.only === undefined) {
  console.log(`${number(report.models)} models`);
  chain();
  influence();
  search();
  places();
  dashboard();
  layout();
  await serve();
  text = `${['| what | figure | |', '|---|---:|---|', ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n')}\n\n`;
  write('bench', text);
}
const sections = [];
if (options.only !== 'networks') sections.push(await pages());
if (options.only !== 'pages') sections.push(await networks());
const section = sections.join('\n');
const name = options.only ?? 'bench';
write(name, `${text}${section}`);
console.log(`\n${section}\nThe same as JSON: ${work}/${name}.json`);
