// SPDX-License-Identifier: MIT
// test <build folder> [<suite>...] - run the test suites one after the other; failures are shown in full. Ends with
// one line "N passed, N failed[, N skipped]" over all cases. A suite without cases is a failure.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE_LIMIT_S = 300; // one shell or API test file
const BROWSER_LIMIT_S = 1200; // all tests in a browser: some two minutes on a quiet machine
const root = fileURLToPath(new URL('..', import.meta.url));
const [buildArgument, ...wanted] = process.argv.slice(2);
if (buildArgument === undefined) throw new Error('usage: test.mjs <build folder> [<suite>...]');
const build = resolve(buildArgument);
const env = {
  ...process.env,
  ECOVIZ: `${build}/ecoviz`,
  ASAN_OPTIONS: process.env.ASAN_OPTIONS ?? 'detect_leaks=1:strict_string_checks=1',
  UBSAN_OPTIONS: process.env.UBSAN_OPTIONS ?? 'print_stacktrace=1',
};

/** What a suite or a part of it came to. `log` is shown when something failed. */
const result = (passed, failed, log = '', skipped = []) => ({ passed, failed, log, skipped });

/** Run a program to its end; its output, both streams in order. */
function run(command, args, { limit = FILE_LIMIT_S, ...options } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGKILL');
    }, limit * 1000);
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => {
      clearTimeout(timer);
      done({ code: 127, output: String(error) });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (late) output += `\nstopped after ${limit} s`;
      else if (signal !== null) output += `\nended by ${signal}`;
      done({ code: code ?? 128, output });
    });
  });
}

function lines(text, pattern) {
  return [...text.matchAll(pattern)];
}

/** TAP: a failure outside the cases (plan not met, bad exit) counts as one more. */
function readTap(name, { code, output }, needsPlan = true) {
  const skipped = lines(output, /^ok\b.*?-? *(.*?) *# SKIP\b *(.*)$/gim).map(([, test, why]) => `${name}: ${test}: ${why}`);
  const passed = lines(output, /^ok\b/gm).length - skipped.length;
  let failed = lines(output, /^not ok\b/gm).length;
  const plan = /^1\.\.(\d+)/m.exec(output);
  const met = plan === null ? !needsPlan : Number(plan[1]) === passed + failed + skipped.length;
  let log = `${name}:\n${output.replace(/^ok\b.*\n/gm, '')}`;
  if (!met) log += `\n${name}: plan ${plan === null ? 'missing' : `${plan[0]} not met`}`;
  if (failed === 0 && (!met || code !== 0)) {
    failed = 1;
    log += `\n${name}: exit status ${code}`;
  }
  return result(passed, failed, log, skipped);
}

/** cmocka's closing lines; a program that died before them counts as one failed case. */
function readCmocka(name, { code, output }) {
  const sum = (word) => lines(output, new RegExp(`^\\[ +${word} +\\] (\\d+) test\\(s\\)`, 'gm')).reduce((n, [, m]) => n + Number(m), 0);
  const names = lines(output, /^\[ +SKIPPED +\] ([a-z_]\w*)$/gm).map(([, test]) => `${name}: ${test}`);
  const skipped = [...new Set(names)];
  let failed = sum('FAILED');
  const passed = sum('PASSED');
  if (failed === 0 && (code !== 0 || passed + skipped.length === 0)) failed = 1;
  return result(passed, failed, `${output}\n${name}: exit status ${code}`, skipped);
}

function add(results) {
  return results.reduce(
    (sum, { passed, failed, log, skipped }) =>
      result(sum.passed + passed, sum.failed + failed, failed > 0 ? `${sum.log}${log.trimEnd()}\n` : sum.log, [...sum.skipped, ...skipped]),
    result(0, 0),
  );
}

/** The C programs of one meson suite. Its log has one JSON value a line. */
async function mesonSuite(suite) {
  const log = `${build}/meson-logs/testlog.json`;
  rmSync(log, { force: true });
  const { output } = await run('meson', ['test', '-C', build, '--no-rebuild', '--suite', suite, '--num-processes', '2'], { detached: false });
  if (!existsSync(log)) return result(0, 1, output);
  const programs = readFileSync(log, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  return add(
    programs.map(({ name, result: verdict, returncode, stdout = '', stderr = '' }) => {
      const ran = { code: verdict === 'OK' || verdict === 'SKIP' ? 0 : returncode || verdict, output: `${stdout}\n${stderr}` };
      return suite === 'fuzz' ? readTap(name, ran) : readCmocka(name, ran);
    }),
  );
}

async function shellFiles(folder) {
  const files = readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.sh') && name !== 'lib.sh');
  const results = [];
  for (const name of files.sort()) results.push(readTap(`${folder}/${name}`, await run('sh', [`${folder}/${name}`])));
  return add(results);
}

async function vitest() {
  const report = `${build}/vitest.json`;
  rmSync(report, { force: true });
  const args = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output } = await run('npx', args, { cwd: `${root}web` });
  if (!existsSync(report)) return result(0, 1, output);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const skipped = all.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => `web: ${fullName}`);
  return result(numPassedTests, code === 0 ? numFailedTests : Math.max(numFailedTests, 1), output, skipped);
}

/** The browser tests against the program with the sample in it. */
async function browser() {
  const data = `${build}/e2e-data`;
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const sample = [`${root}data/sample.jsonl`, `${root}data/sample-organizations.json`];
  for (const args of [['import', '--data-kind=sample', '--as-of', '2026-01-15', ...sample], ['build']]) {
    const { code, output } = await run(env.ECOVIZ, ['--data', data, ...args]);
    if (code !== 0) return result(0, 1, output);
  }
  const server = spawn(env.ECOVIZ, ['--data', data, 'serve', '--listen', '127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let serverLog = '';
  try {
    const url = await new Promise((done, fail) => {
      const look = (text) => {
        serverLog += text;
        const found = /http:\/\/[^\s/]+/.exec(serverLog);
        if (found !== null) done(found[0]);
      };
      for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', look);
      server.on('error', fail);
      server.on('close', () => fail(new Error('the server ended')));
    });
    const ran = await run('npm', ['run', '--silent', 'e2e'], { limit: BROWSER_LIMIT_S, cwd: `${root}web`, env: { ...env, ECOVIZ_URL: url } });
    return readTap('e2e', ran, false);
  } catch (error) {
    return result(0, 1, `${error}\n${serverLog}`);
  } finally {
    server.kill();
  }
}

/** The view of networks alone, on a page that needs no server of ours. */
async function graph() {
  return readTap('graph', await run('npm', ['run', '--silent', 'graph'], { cwd: `${root}web` }), false);
}

/** Are all sources and tests in the build? One that is not would pass unseen. */
async function lists() {
  const { code, output } = await run('sh', ['scripts/check-lists.sh']);
  return code === 0 ? result(1, 0) : result(0, 1, output);
}

async function api() {
  return readTap('api', await run(process.execPath, ['tests/api/run.mjs']));
}

async function golden() {
  return readTap('golden', await run('sh', ['tests/golden/run.sh']));
}

const suites = new Map([
  ['lists', lists],
  ['unit', () => mesonSuite('unit')],
  ['prop', () => mesonSuite('prop')],
  ['fuzz', () => mesonSuite('fuzz')],
  ['cli', () => shellFiles('tests/cli')],
  ['api', api],
  ['golden', golden],
  ['web', vitest],
  ['graph', graph],
  ['e2e', browser],
]);

let total = result(0, 0);
for (const name of wanted.length > 0 ? wanted : suites.keys()) {
  const suite = suites.get(name);
  if (suite === undefined) throw new Error(`no suite "${name}"; there are: ${[...suites.keys()].join(' ')}`);
  const start = performance.now();
  let done = await suite();
  if (done.passed + done.failed === 0) done = result(0, 1, `${name}: no cases were run`, done.skipped);
  if (done.failed > 0) console.log(`${done.log.trimEnd()}\n`);
  for (const why of done.skipped) console.log(`skipped: ${why}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name.padEnd(8)}${String(done.passed).padStart(6)} passed, ${done.failed} failed in ${seconds} s (${basename(build)})`);
  total = add([total, done]);
}
const skips = total.skipped.length > 0 ? `, ${total.skipped.length} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skips}`);
process.exitCode = total.failed > 0 ? 1 : 0;
