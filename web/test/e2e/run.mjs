// SPDX-License-Identifier: MIT
// run [<part of a test's name>] - the application in a browser: against the server at ECOVIZ_BASE_URL, or the
// program ECOVIZ_BIN with the sample in it, or the mock. Tests ask the API of that server and compare the page
// with the answer, so any data will do; what the data cannot show is noted after the name of the test. Nothing
// may be loaded from another host, and nothing may be written to the console as an error. Ends with one line
// "N passed, N failed".
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import './tests.mjs';
import './filters.mjs';
import './network.mjs';
import './home.mjs';
import './dashboard.mjs';
import { tests } from './tools.mjs';

const LIMIT_MS = 20_000;
const wanted = process.argv[2] ?? '';
const { url: base, stop } = await startServer();

/* A page that remembers everything that went wrong in it. */
async function openPage(browser, options) {
  const context = await browser.newContext({ baseURL: base, locale: 'en-US', viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const faults = [];
  const expected = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !expected.some((pattern) => pattern.test(text))) faults.push(text);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(base).origin) faults.push(`asked another host: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return { page, context, faults, expected };
}

async function runOne(browser, { name, options, run }) {
  const { page, context, faults, expected } = await openPage(browser, options);
  let timer;
  const start = performance.now();
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    const note = await Promise.race([run({ page, base, expectError: (pattern) => expected.push(pattern) }), limit]);
    if (faults.length > 0) throw new Error(`errors on the console:\n    ${faults.join('\n    ')}`);
    const took = Math.round(performance.now() - start);
    console.log(`ok - ${name} (${took} ms)${note === undefined ? '' : ` # ${note}`}`);
    return true;
  } catch (error) {
    console.log(`not ok - ${name}\n    ${String(error?.stack ?? error).split('\n').slice(0, 12).join('\n    ')}`);
    return false;
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

let passed = 0;
let failed = 0;
let browser;
try {
  browser = await launchBrowser();
  for (const test of tests.filter(({ name }) => name.includes(wanted))) {
    if (await runOne(browser, test)) passed += 1;
    else failed += 1;
  }
} finally {
  await browser?.close();
  await stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
