// SPDX-License-Identifier: MIT
// What the tests in a browser share.
import axe from 'axe-core';

/** All tests, in order: { name, options of the browser context, run({ page, base, expectError }) }. */
export const tests = [];

/** The screen of a small phone. */
export const PHONE = { width: 360, height: 740 };

/** Adds a test. */
export function test(name, run, options = {}) {
  tests.push({ name, run, options });
}

/** An answer of the API of the server under test. */
export async function api(base, path) {
  const response = await fetch(base + path);
  return response.json();
}

export const listOf = (base, query = '') => api(base, `/api/v1/models?per_page=30${query === '' ? '' : `&${query}`}`);
export const encode = (id) => id.split('/').map(encodeURIComponent).join('/');
export const modelPath = (id) => `/models/${encode(id)}`;
export const idsOf = (answer) => answer.models.map((model) => model.id);
export const english = new Intl.NumberFormat('en');

/** The query of the page's address. */
export function search(page) {
  return new URL(page.url()).searchParams;
}

/** Waits until `probe` holds in the page. */
export async function until(page, probe, argument) {
  await page.waitForFunction(probe, argument);
}

/** What axe finds wrong; run through the debugger, so that the content policy of the page stays in force. */
export async function barriers(page) {
  await page.evaluate(axe.source);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const violations = await page.evaluate(
    async (values) => (await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations,
    tags,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}
