// SPDX-License-Identifier: MIT
// run [<part of a test's name>] - the graph alone in a browser, drawn in software. Ends with one line
// "N passed, N failed".
import { launchBrowser } from '../support/browser.mjs';
import { startPage } from './server.mjs';
import { tests } from './tests.mjs';

const LIMIT_MS = 15_000;
/* Most tests wait more than they work. */
const TOGETHER = 3;
const wanted = process.argv[2] ?? '';

async function openPage(browser, url, options) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(4000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !/404|CONTEXT_LOST|ReadPixels|readback/.test(message.text())) faults.push(message.text());
  });
  await page.goto(url);
  await page.waitForFunction(() => window.lab !== undefined);
  return { page, context, faults };
}

async function runOne(browser, url, { name, options, run }) {
  const { page, context, faults } = await openPage(browser, url, options);
  let timer;
  const start = performance.now();
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    const note = await Promise.race([run(page), limit]);
    if (faults.length > 0) throw new Error(`errors on the console:\n    ${faults.join('\n    ')}`);
    console.log(`ok - ${name} (${Math.round(performance.now() - start)} ms)${note === undefined ? '' : ` # ${note}`}`);
    return true;
  } catch (error) {
    console.log(`not ok - ${name}\n    ${String(error?.stack ?? error).split('\n').slice(0, 12).join('\n    ')}`);
    return false;
  } finally {
    clearTimeout(timer);
    await context.close();
  }
}

const { url, stop } = await startPage();
let passed = 0;
let failed = 0;
let browser;
try {
  browser = await launchBrowser();
  const chosen = tests.filter(({ name }) => name.includes(wanted));
  const queue = chosen.filter(({ isAlone }) => !isAlone);
  const work = async (list) => {
    for (let test = list.shift(); test !== undefined; test = list.shift()) {
      if (await runOne(browser, url, test)) passed += 1;
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, () => work(queue)));
  await work(chosen.filter(({ isAlone }) => isAlone));
} finally {
  await browser?.close();
  await stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
