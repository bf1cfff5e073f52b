// SPDX-License-Identifier: MIT
// The filters of the leaderboard behind one button: language, author, kind of author, licence, library.
import assert from 'node:assert/strict';
import { api, barriers, english, idsOf, listOf, search, test, until } from './tools.mjs';

const opener = (page) => page.locator('#more-filters-opener');
const section = (page, name) => page.locator('#more-filters .segment').filter({ hasText: new RegExp(`^${name}`) }).click();
const names = (page) => page.locator('.models tbody .c-name a').allTextContents();

/* The rows on the page are those of the API's answer. */
async function expectRows(page, answer) {
  await until(page, (total) => document.getElementById('results')?.textContent?.includes(total) === true, answer.total === 0 ? 'No models' : `of ${english.format(answer.total)}`);
  if (answer.total === 0) return;
  const shown = (await names(page)).map((text) => text.trim());
  assert.equal(shown.length, answer.models.length);
  for (const [row, id] of idsOf(answer).entries()) assert.ok(id.endsWith(shown[row]), `${id} in row ${row}, there is ${shown[row]}`);
}

const LISTS = [
  ['language', 'Language'],
  ['licence', 'Licence'],
  ['library', 'Library'],
];

for (const [facet, name] of LISTS) {
  test(`models are filtered by ${facet}, and the filter is taken away again`, async ({ page, base }) => {
    const { values } = await api(base, `/api/v1/dashboard/${facet}?sort=models&per_page=1000`);
    const [first, second] = values;
    if (first === undefined) return 'no value in the data';
    await page.goto('/models');
    await opener(page).click();
    await section(page, name);
    await page.locator('#more-filters .choices li').first().waitFor();
    const counts = await page.locator('#more-filters .choices li .count').allTextContents();
    assert.deepEqual(counts.slice(0, values.length), values.map(({ models }) => english.format(models)));
    await page.locator(`#more-filters input[type="checkbox"][value="${first.value}"]`).check();
    const one = await listOf(base, `${facet}=${encodeURIComponent(first.value)}`);
    assert.equal(one.total, first.models);
    await expectRows(page, one);
    assert.deepEqual(search(page).getAll(facet), [first.value]);
    if (second !== undefined) {
      await page.locator(`#more-filters input[type="checkbox"][value="${second.value}"]`).check();
      await expectRows(page, await listOf(base, `${facet}=${encodeURIComponent(first.value)}&${facet}=${encodeURIComponent(second.value)}`));
    }
    await page.keyboard.press('Escape');
    const chips = page.locator('.filter-chip');
    const n = await chips.count();
    assert.equal(n, second === undefined ? 1 : 2);
    for (let i = 0; i < n; i++) await chips.first().click();
    await expectRows(page, await listOf(base));
    assert.equal(search(page).has(facet), false);
    return second === undefined ? 'only one value in the data' : undefined;
  });
}

test('authors are found by what is typed, and kinds combine with them', async ({ page, base }) => {
  const [{ value, kind, models }] = (await api(base, '/api/v1/dashboard/author?per_page=1')).values;
  await page.goto('/models');
  await opener(page).click();
  await section(page, 'Author');
  await page.locator('#more-filters input[type="text"]').fill(value.toUpperCase());
  await page.locator(`#more-filters input[type="checkbox"][value="${value}"]`).check();
  await expectRows(page, await listOf(base, `author=${encodeURIComponent(value)}`));
  assert.match(await page.locator('.filter-chip').textContent(), new RegExp(`^Author: ${value}`));
  await section(page, 'Kind');
  await page.locator(`#more-filters input[type="checkbox"][value="${kind}"]`).check();
  const both = await listOf(base, `author=${encodeURIComponent(value)}&kind=${kind}`);
  assert.equal(both.total, models);
  await expectRows(page, both);
  await page.goBack();
  await expectRows(page, await listOf(base, `author=${encodeURIComponent(value)}`));
});

test('nothing matches: the page says so and the filters can be reset', async ({ page, base }) => {
  await page.goto('/models?language=xx-none&licence=none');
  await page.getByText('No model matches').waitFor();
  assert.equal(await page.locator('.filter-chip').count(), 2);
  await page.locator('.notice .button-strong').click();
  await expectRows(page, await listOf(base));
});

test('a list of values that cannot be loaded says so and can be tried again', async ({ page, expectError }) => {
  expectError(/503/);
  let fail = true;
  await page.route('**/api/v1/dashboard/language*', (route) => (fail ? route.fulfill({ status: 503, body: '' }) : route.continue()));
  await page.goto('/models');
  await opener(page).click();
  const retry = page.locator('#more-filters').getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  fail = false;
  await retry.click();
  await page.locator('#more-filters .choices li').first().waitFor();
});

for (const [lang, colorScheme] of [
  ['en', 'light'],
  ['zh', 'dark'],
]) {
  test(`filters have no barriers: ${lang}, ${colorScheme}`, async ({ page }) => {
    await page.goto(`/models?lang=${lang}&language=en&kind=company`);
    await opener(page).click();
    for (const segment of await page.locator('#more-filters .segment').all()) {
      await segment.click();
      await page.locator('#more-filters .choices li').first().waitFor();
      assert.deepEqual(await barriers(page), []);
    }
  }, { colorScheme });
}

test('an icon leads to the dashboard', async ({ page }) => {
  await page.goto('/models');
  await page.getByRole('link', { name: 'Open the ecosystem dashboard' }).click();
  await page.waitForURL('**/dashboard');
});
