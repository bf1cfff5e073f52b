// SPDX-License-Identifier: MIT
// A server to test against: a running one (ECOVIZ_BASE_URL), the program itself with the sample in it
// (ECOVIZ_BIN), or the mock.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMock } from '../mock/server.mjs';

const START_MS = 20_000;
/* What the program says is part of the error where it fails. */
const QUIET = { stdio: ['ignore', 'pipe', 'pipe'] };
const SAMPLE = ['sample.jsonl', 'sample-organizations.json'].map((name) => fileURLToPath(new URL(`../../../data/${name}`, import.meta.url)));

/* The address that the program prints once it listens. */
function addressOf(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`no address within ${START_MS} ms:\n${output}`)), START_MS);
    const settle = (act, value) => {
      clearTimeout(timer);
      act(value);
    };
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
        if (found !== null) settle(resolve, found[0]);
      });
    }
    server.once('error', (error) => settle(reject, error));
    server.once('close', (code) => settle(reject, new Error(`the server ended with ${code}:\n${output}`)));
  });
}

async function startProgram(program) {
  const data = mkdtempSync(join(tmpdir(), 'ecoviz-e2e-'));
  let server;
  const stop = async () => {
    if (server !== undefined && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => {
        server.once('close', resolve);
      });
      server.kill();
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  };
  try {
    execFileSync(program, ['--data', data, 'import', '--data-kind=sample', '--as-of', '2026-01-15', ...SAMPLE], QUIET);
    execFileSync(program, ['--data', data, 'build'], QUIET);
    server = spawn(program, ['--data', data, 'serve', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    return { url: await addressOf(server), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Answers the address of the server to test, and a way to stop it where it was started here. */
export async function startServer() {
  const running = process.env.ECOVIZ_BASE_URL ?? process.env.ECOVIZ_URL;
  if (running !== undefined) return { url: running.replace(/\/$/, ''), stop: async () => undefined };
  const program = process.env.ECOVIZ_BIN;
  return program === undefined ? startMock() : startProgram(program);
}
