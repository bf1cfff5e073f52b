// SPDX-License-Identifier: MIT
// The program under test: a data folder with the sample in it, and the server on it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 20_000;

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A temporary data folder, and the commands on it. */
export function makeData(program) {
  const dir = mkdtempSync(`${tmpdir()}/ecoviz-api-`);
  const run = (...args) => execFileSync(program, ['--data', dir, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  return {
    dir,
    snapshot: `${dir}/snapshot.eco`,
    import: (...args) => run('import', ...args),
    build: () => run('build'),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Serve a data folder on a free port. `output` holds what was printed so far. */
export async function serve(program, data, ...options) {
  const child = spawn(program, ['--data', data.dir, 'serve', '--listen', '127.0.0.1:0', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const server = { child, output: '', url: undefined, port: 0 };
  const ended = new Promise((done) => child.once('close', (code, signal) => done({ code, signal })));
  const ready = new Promise((done) => {
    const collect = (chunk) => {
      server.output += chunk;
      const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(server.output);
      if (address === null) return;
      [server.url] = address;
      server.port = Number(address[1]);
      done();
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
  });
  const late = AbortSignal.timeout(START_LIMIT_MS);
  await Promise.race([ready, ended, new Promise((_, fail) => late.addEventListener('abort', () => fail(new Error('the server did not start'))))]);
  if (server.url === undefined) throw new Error(`the server did not start: ${server.output}`);
  server.kill = (signal) => child.kill(signal);
  /** How it ended, and after how many milliseconds from now. */
  server.end = async () => {
    const begun = performance.now();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    const how = await ended;
    clearTimeout(timer);
    return { ...how, ms: performance.now() - begun };
  };
  return server;
}
