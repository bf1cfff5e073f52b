// SPDX-License-Identifier: MIT
// tools - what every part of the bench needs: programs, questions over HTTP, figures as text
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { get } from 'node:http';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const number = (value, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
export const mb = (bytes) => `${number(bytes / 1e6)} MB`;

/** Run to the end; seconds, peak memory in MB, standard output. */
export function timed(work, command, args) {
  const file = `${work}/time`;
  const done = spawnSync('/usr/bin/time', ['-f', '%e %M %U %S', '-o', file, command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  const [seconds, kilobytes, user, system] = readFileSync(file, 'utf8').trim().split(' ').map(Number);
  return { seconds, memory_mb: kilobytes / 1024, cpu_s: user + system, stdout: done.stdout };
}

/** The whole answer, as it came over the wire. */
export function ask(url, headers = {}) {
  return new Promise((done, fail) => {
    get(url, { headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on('error', fail);
  });
}

/** Start a server on the data of a folder, with its log in `work`; how long until its first answer. */
export async function startServer(ecoviz, data, work) {
  const started = performance.now();
  const server = spawn(ecoviz, ['--data', data, 'serve', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  server.stderr.pipe(createWriteStream(`${work}/serve.log`));
  const address = await new Promise((done, fail) => {
    server.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /http:\/\/[^/\s]+/.exec(text);
      if (found !== null) done(found[0]);
    });
    server.on('exit', (code) => fail(new Error(`serve ended with ${code}`)));
  });
  const first = await ask(`${address}/api/v1/models`);
  if (first.status !== 200) throw new Error(`first answer: ${first.status}`);
  return { server, address, ms: performance.now() - started };
}

/** Ends a server and waits for that. */
export async function stopServer(server) {
  const closed = new Promise((done) => server.on('close', done));
  server.kill('SIGTERM');
  await closed;
}

/** The value below which this part of the values lies. */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export const median = (values) => percentile(values, 0.5);
