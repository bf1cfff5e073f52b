// SPDX-License-Identifier: MIT
// run [<part of a case's name>] - the HTTP API over the sample, case by case (cases.json), as TAP. A case is a request
// and what the answer must be: status, headers (patterns), body (a part of it), and the schema of docs/openapi.yaml.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { breaches } from '../../web/test/support/contract.mjs';

const LIMIT_MS = 10_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const ecoviz = process.env.ECOVIZ ?? `${root}build/ecoviz`;
const wanted = process.argv[2] ?? '';
const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')).filter(({ name }) => name.includes(wanted));

const unpack = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: (bytes) => execFileSync('zstd', ['-d', '-q', '-c'], { input: bytes }),
};

/** Start the server on a free port; its address. */
function startServer(data) {
  const server = spawn(ecoviz, ['--data', data, 'serve', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = new Promise((done, fail) => {
    let log = '';
    const look = (text) => {
      log += text;
      const found = /http:\/\/[^\s/]+/.exec(log);
      if (found !== null) done(found[0]);
    };
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', look);
    server.on('error', fail);
    server.on('close', () => fail(new Error(`the server ended: ${log}`)));
  });
  return { server, address };
}

/** One request as it is written in the case: no header is added, nothing is followed or unpacked. */
function ask(base, { path, method = 'GET', headers = {}, send = '' }) {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(base);
    const asked = request({ hostname, port, path, method, headers, agent: false, timeout: LIMIT_MS }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }));
      answer.on('error', fail);
    });
    asked.on('error', fail);
    asked.on('timeout', () => asked.destroy(new Error(`no answer in ${LIMIT_MS} ms`)));
    asked.end(send);
  });
}

/** Where `wanted` is not a part of `actual`: objects may hold more, lists may not. */
function* missing(actual, part, at = 'body') {
  if (typeof part !== 'object' || part === null) {
    if (actual !== part) yield `${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(part)}`;
    return;
  }
  if (typeof actual !== 'object' || actual === null) {
    yield `${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(part)}`;
    return;
  }
  if (Array.isArray(part) && actual.length !== part.length) yield `${at}: ${actual.length} items instead of ${part.length}`;
  for (const [key, value] of Object.entries(part)) yield* missing(actual[key], value, `${at}.${key}`);
}

function* faultsOf(answer, { status = 200, answer_headers = {}, absent = [], schema, body, text, bytes }) {
  if (answer.status !== status) yield `status ${answer.status} instead of ${status}`;
  for (const [name, pattern] of Object.entries(answer_headers)) {
    if (!new RegExp(pattern).test(answer.headers[name] ?? '')) yield `${name}: ${answer.headers[name]} does not match ${pattern}`;
  }
  for (const name of absent) if (name in answer.headers) yield `${name}: ${answer.headers[name]} is there`;
  const encoding = answer.headers['content-encoding'];
  const plain = encoding === undefined || answer.bytes.length === 0 ? answer.bytes : unpack[encoding](answer.bytes);
  if (bytes !== undefined && plain.length !== bytes) yield `${plain.length} bytes instead of ${bytes}`;
  if (text !== undefined && !new RegExp(text).test(plain.toString())) yield `the body does not match ${text}: ${plain.toString().slice(0, 400)}`;
  if (schema === undefined && body === undefined) return;
  const value = JSON.parse(plain.toString());
  if (schema !== undefined) yield* breaches(value, schema);
  if (body !== undefined) yield* missing(value, body);
}

async function runCase(base, test) {
  let answer = await ask(base, test);
  if (test.repeat) {
    // Ask again with the ETag of the first answer.
    const headers = { ...test.headers, 'If-None-Match': answer.headers.etag ?? 'none' };
    answer = await ask(base, { ...test, headers });
  }
  return [...faultsOf(answer, test)];
}

const data = mkdtempSync(join(tmpdir(), 'ecoviz-api.'));
let failed = 0;
try {
  const sample = [`${root}data/sample.jsonl`, `${root}data/sample-organizations.json`];
  for (const args of [['import', '--data-kind=sample', '--as-of', '2026-01-15', ...sample], ['build']]) {
    execFileSync(ecoviz, ['--data', data, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { server, address } = startServer(data);
  try {
    const base = await address;
    console.log(`1..${cases.length}`);
    for (const [index, test] of cases.entries()) {
      const faults = await runCase(base, test).catch((error) => [String(error)]);
      if (faults.length > 0) failed += 1;
      console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${index + 1} - ${test.name}`);
      for (const fault of faults) console.log(`#   ${fault}`);
    }
  } finally {
    server.kill();
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
