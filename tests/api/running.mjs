// SPDX-License-Identifier: MIT
// What can only be seen while the server runs: a new snapshot, a damaged one, and the way to the end.
import { renameSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './client.mjs';
import { serve } from './program.mjs';
import { differs, test } from './tap.mjs';

const RELOAD_LIMIT_MS = 10_000;
const WORKERS = 4;
const HEADERS = { 'Accept-Encoding': 'br' };

const totalOf = async (port) => JSON.parse((await ask(port, { path: '/api/v1/models?per_page=1' })).bytes).total;

async function until(condition, limit = RELOAD_LIMIT_MS) {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    if (await condition()) return true;
    await pause(50);
  }
  return false;
}

/** Ask without a break until told to stop; answers how many there were and what went wrong. */
function hammer(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: WORKERS });
  const paths = ['/api/v1/models', '/api/v1/models?q=aspen&sort=likes', '/api/v1/models/example-lab/aspen-8b', '/api/v1/about', '/'];
  const state = { isOver: false, count: 0, bad: [] };
  const work = async () => {
    while (!state.isOver) {
      const path = paths[state.count % paths.length];
      state.count += 1;
      try {
        const { status } = await ask(port, { path, headers: HEADERS, agent });
        if (status !== 200) state.bad.push(`${path}: ${status}`);
      } catch (error) {
        state.bad.push(`${path}: ${error}`);
      }
    }
  };
  const workers = Array.from({ length: WORKERS }, work);
  return async () => {
    state.isOver = true;
    await Promise.all(workers);
    agent.destroy();
    return state;
  };
}

/** A rebuilt snapshot takes over under load, a damaged one does not. */
export async function testReload(server, data) {
  await test('reload: nothing fails while a new snapshot takes over', async () => {
    const stop = hammer(server.port);
    const before = await totalOf(server.port);
    const tag = (await ask(server.port, { path: '/api/v1/models' })).headers.etag;
    const row = `${data.dir}/more.jsonl`;
    writeFileSync(row, '{"id":"new-owner/new-model","likes":1,"downloads":1,"createdAt":"2026-01-14T00:00:00.000Z","snapshot":"2026-01-16"}\n');
    data.import(row);
    data.build();
    const isNew = await until(async () => (await totalOf(server.port)) === before + 1);
    const { status, headers } = await ask(server.port, { path: '/api/v1/models', headers: { 'If-None-Match': tag } });
    const { count, bad } = await stop();
    return [
      ...bad.slice(0, 5),
      ...differs('taken over', isNew, true),
      ...differs('status for the old tag', status, 200),
      ...differs('a new tag', headers.etag === tag, false),
      ...differs('asked meanwhile', count > 20, true),
    ];
  });
  await test('reload: a damaged snapshot is refused once and the old one stays', async () => {
    const before = await totalOf(server.port);
    writeFileSync(`${data.dir}/damaged`, 'not a snapshot');
    renameSync(`${data.dir}/damaged`, data.snapshot);
    const refusals = () => server.output.split('snapshot-refused').length - 1;
    const isSeen = await until(() => refusals() > 0);
    await pause(2500); // two more looks at the same file
    return [
      ...differs('seen', isSeen, true),
      ...differs('refusals', refusals(), 1),
      ...differs('models', await totalOf(server.port), before),
    ];
  });
  await test('reload: and a good one is taken again', async () => {
    const loads = async () => Number(/^ecoviz_snapshot_loads_total (\d+)$/m.exec((await ask(server.port, { path: '/metrics' })).bytes)[1]);
    const before = await loads();
    data.build();
    return differs('taken over', await until(async () => (await loads()) === before + 1), true);
  });
}

/** A connection on which a request has begun and waits for its last header. */
function beginRequest(port) {
  return new Promise((done, fail) => {
    const state = { text: '', socket: connect(port, '127.0.0.1'), ended: undefined };
    state.ended = new Promise((end) => state.socket.once('close', end));
    state.socket.on('error', fail);
    state.socket.setEncoding('utf8').on('data', (chunk) => (state.text += chunk));
    state.socket.once('connect', () => state.socket.write('GET /api/v1/about HTTP/1.1\r\nHost: x\r\n', () => done(state)));
  });
}

const isRefused = (port) =>
  ask(port, { path: '/healthz', agent: false }).then(
    () => false,
    (error) => error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET',
  );

/** Ends `server`, and others that it starts itself. */
export async function testDrain(server, program, data) {
  await test('drain: a request in flight is answered, nobody new is let in', async () => {
    const idle = new Agent({ keepAlive: true });
    await ask(server.port, { path: '/healthz', agent: idle });
    const begun = await beginRequest(server.port);
    await pause(300); // for the request line to arrive
    server.kill('SIGTERM');
    await pause(500);
    const refused = await isRefused(server.port);
    const isWaiting = server.child.exitCode === null;
    begun.socket.write('\r\n');
    const how = await server.end();
    await begun.ended;
    idle.destroy();
    return [
      ...differs('new connections refused', refused, true),
      ...differs('waited', isWaiting, true),
      ...differs('answered', /^HTTP\/1\.1 200 /.test(begun.text) && begun.text.includes('"program":"ecoviz"'), true),
      ...differs('closes', /^connection: close\r$/im.test(begun.text), true),
      ...differs('exit status', how.code, 0),
    ];
  });
  for (const signal of ['SIGTERM', 'SIGINT']) {
    await test(`drain: ${signal} ends an idle server at once`, async () => {
      const other = await serve(program, data);
      const idle = new Agent({ keepAlive: true });
      await ask(other.port, { path: '/healthz', agent: idle });
      other.kill(signal);
      const { code, ms } = await other.end();
      idle.destroy();
      return [...differs('exit status', code, 0), ...differs('below 5 s', ms < 5000, true)];
    });
  }
  await test('drain: a second signal does not wait', async () => {
    const other = await serve(program, data);
    const begun = await beginRequest(other.port);
    await pause(300);
    other.kill('SIGTERM');
    await pause(500);
    other.kill('SIGTERM');
    const { code, ms } = await other.end();
    begun.socket.destroy();
    return [...differs('exit status', code, 0), ...differs('below 5 s', ms < 5000, true)];
  });
}
