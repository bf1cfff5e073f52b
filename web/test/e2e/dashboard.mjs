// SPDX-License-Identifier: MIT
// The ecosystem dashboard: top lists, charts that are touched as a reader would, the same in words, and the wall.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { breaches } from '../support/contract.mjs';
import { PHONE, api, barriers, encode, english, idsOf, modelPath, search, test, until } from './tools.mjs';

const DASH = '/api/v1/dashboard';
const FACETS = ['language', 'author', 'task', 'library', 'licence', 'family', 'kind', 'relation'];
const CHARTS = ['kind', 'relation', 'task', 'tree', 'growth', 'drift'];
const decimal = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const amount = (value) => (Math.abs(value) < 100 ? decimal : whole).format(value);
const languages = new Intl.DisplayNames(['en'], { type: 'language' });
const MONTH = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', timeZone: 'UTC' });

const told = (licence) => licence ?? 'No licence told';
const dash = (base, path = '') => api(base, DASH + path);
const ten = (page) => page.locator('dialog.ten');
const tenIds = (page) => page.locator('.ten-models tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.id));
const chart = (page, name) => page.locator(`.dash-${name} [role=listbox]`);
const keysOf = (page, name) => page.locator(`.dash-${name} [role=option]`).evaluateAll((all) => all.map((option) => option.dataset.key));
const attribute = (name, value) => `[${name}=${JSON.stringify(value)}]`;

async function open(page, query = '') {
  await page.goto(`/dashboard${query === '' ? '' : `?${query}`}`);
  await ready(page);
}

/* Totals are there, and every chart is drawn that is not shown as a table. */
async function ready(page) {
  await page.locator('.facet-table').first().waitFor({ timeout: 15_000 });
  await page.waitForFunction(() => {
    const isBusy = document.querySelector('.dash-waiting, .lazy-part, .dash-busy') !== null;
    return !isBusy && [...document.querySelectorAll('.chart-canvas')].every((host) => host.querySelector('canvas') !== null);
  }, undefined, { timeout: 15_000 });
}

async function expectTen(page, answer) {
  await page.locator('.ten-models').waitFor();
  const wanted = idsOf(answer);
  await until(page, (ids) => JSON.stringify([...document.querySelectorAll('.ten-models tbody tr')].map((row) => row.dataset.id)) === ids, JSON.stringify(wanted)).catch(() => undefined);
  assert.deepEqual(await tenIds(page), wanted);
}

/* Clicks an option of a chart: what a screen reader does. */
function pick(page, name, key) {
  return page.locator(`.dash-${name} [role=option]${attribute('data-key', key)}`).evaluate((option) => option.click());
}

test('the totals keep to the contract', async ({ base }) => {
  const answer = await dash(base);
  assert.deepEqual(breaches(answer, 'Dashboard'), []);
  for (const by of ['task', 'library', 'licence', 'relation']) assert.deepEqual(breaches(await dash(base, `/growth?by=${by}`), 'Growth'), []);
  for (const query of ['', '?by=author&size=models', '?by=kind&size=likes']) assert.deepEqual(breaches(await dash(base, `/treemap${query}`), 'Treemap'), []);
  assert.deepEqual(breaches(await dash(base, '/drift'), 'Drift'), []);
  for (const facet of FACETS) {
    const [first] = answer.facets[facet].top;
    if (first !== undefined) assert.deepEqual(breaches(await dash(base, `/${facet}/${encodeURIComponent(first.value)}`), 'FacetDetail'), [], facet);
  }
});

test('the dashboard shows what the API answers', async ({ page, base }) => {
  await open(page);
  assert.equal(await page.title(), 'Ecosystem dashboard · LLM-ECO-VIZ');
  const { total, facets, as_of: day } = await dash(base);
  const shown = await page.locator('.dash-totals dd').allTextContents();
  assert.deepEqual(shown.slice(0, 5), [english.format(total.models), amount(total.influence), english.format(total.likes), english.format(total.downloads), english.format(facets.author.values)]);
  assert.equal(await page.locator('.dash-totals time').getAttribute('datetime'), day);
  for (const facet of ['language', 'author', 'library', 'licence', 'family']) {
    const rows = await page.locator(`.dash-${facet} .facet-table tbody tr`).evaluateAll((all) =>
      all.map((row) => ({ value: row.dataset.value, influence: row.querySelector('.f-influence').textContent, models: row.querySelector('.f-models').textContent })),
    );
    const { top, others, apart, none } = facets[facet];
    const wanted = [...top, ...(others === null ? [] : [{ value: 'others', ...others }]), ...apart, ...(none.models === 0 ? [] : [{ value: 'none', ...none }])];
    assert.deepEqual(rows, wanted.map(({ value, influence, models }) => ({ value, influence: amount(influence), models: english.format(models) })), facet);
  }
  for (const { value } of facets.language.top.slice(0, 5)) {
    const name = await page.locator(`.dash-language tr${attribute('data-value', value)} .value-text`).textContent();
    assert.equal(name, languages.of(value));
  }
});

test('an entry opens its ten, and Escape leads back to it', async ({ page, base }) => {
  await open(page);
  const { facets } = await dash(base);
  const [author] = facets.author.top;
  const button = page.locator(`.dash-author tr${attribute('data-value', author.value)} button`);
  await button.click();
  const answer = await dash(base, `/author/${encodeURIComponent(author.value)}`);
  await expectTen(page, answer);
  assert.equal(search(page).get('open'), `author:${author.value}`);
  assert.ok(await page.evaluate(() => document.activeElement.closest('dialog') !== null), 'the focus is in the dialog');
  assert.equal(await page.locator('#ten-title').textContent(), author.full_name ?? author.value);
  const [first] = answer.models;
  const row = page.locator('.ten-models tbody tr').first();
  assert.equal(await row.locator('.c-influence').textContent(), decimal.format(first.influence));
  assert.equal(await row.locator('.model-link').getAttribute('href'), modelPath(first.id));
  assert.equal(await row.locator('.c-network a').getAttribute('href'), `/networks?model=${encode(first.id)}`);
  const ways = await page.locator('.ten-ways a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  assert.deepEqual(ways, [`/models?author=${encodeURIComponent(author.value)}`, `/authors/${encodeURIComponent(author.value)}`]);
  await page.keyboard.press('Escape');
  await ten(page).waitFor({ state: 'detached' });
  assert.equal(search(page).get('open'), null);
  assert.ok(await button.evaluate((element) => element === document.activeElement), 'the focus is back');
  // closing was going back: forward opens it again
  await page.goForward();
  await expectTen(page, answer);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await ten(page).waitFor({ state: 'detached' });
});

test('others and what has no value open too, and the address opens them again', async ({ page, base, expectError }) => {
  expectError(/404/);
  const { facets } = await dash(base);
  const others = FACETS.filter((facet) => facets[facet].others !== null).map((facet) => [facet, 'others']);
  const none = FACETS.filter((facet) => facets[facet].none.models > 0).map((facet) => [facet, 'none']);
  for (const [facet, value] of [...others.slice(0, 2), ...none.slice(0, 2)]) {
    await page.goto(`/dashboard?open=${facet}:${value}`);
    await expectTen(page, await dash(base, `/${facet}/${value}`));
  }
  await open(page, 'open=author:no-such-author-anywhere');
  await page.getByText('There is nothing of that name').waitFor();
  await page.keyboard.press('Escape');
  await ten(page).waitFor({ state: 'detached' });
  assert.equal(page.url(), `${base}/dashboard`);
});

test('a link to a model leaves the dashboard, and the way back opens the ten again', async ({ page, base }) => {
  const { facets } = await dash(base);
  const [task] = facets.task.top;
  await open(page, `open=task:${encodeURIComponent(task.value)}`);
  const answer = await dash(base, `/task/${encodeURIComponent(task.value)}`);
  await expectTen(page, answer);
  await page.locator('.ten-models .model-link').first().click();
  await page.locator('.model h1').waitFor();
  assert.equal(new URL(page.url()).pathname, modelPath(answer.models[0].id));
  await page.goBack();
  await expectTen(page, answer);
});

test('after a way to a model and back, closing finds the entry, and the page stands once in the history', async ({ page, base }) => {
  await open(page);
  const { facets } = await dash(base);
  const [author] = facets.author.top;
  const button = page.locator(`.dash-author tr${attribute('data-value', author.value)} button`);
  const before = await page.evaluate(() => history.length);
  await button.click();
  await page.locator('.ten-models .model-link').first().click();
  await page.locator('.model h1').waitFor();
  await page.goBack();
  await page.locator('.ten-models').waitFor();
  await page.keyboard.press('Escape');
  await ten(page).waitFor({ state: 'detached' });
  assert.ok(await button.evaluate((element) => element === document.activeElement), 'the focus is at the entry');
  await page.goForward();
  await page.locator('.ten-models').waitFor();
  assert.equal(await page.evaluate(() => history.length), before + 2);
});

test('a value without models does not ask for an import or another area, an unknown one leads back', async ({ page, expectError }) => {
  expectError(/404/);
  await open(page, 'tree=author&in=none');
  const text = await page.locator('.dash-tree').textContent();
  assert.ok(!/Choose another area|import/.test(text), text);
  await open(page, 'tree=task&in=nonsense');
  await page.locator('.dash-tree .dash-nothing a').click();
  await page.locator('.dash-tree canvas').first().waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest('.dash-tree') !== null), 'the focus stays in the panel');
});

test('a chart whose code does not come offers the table', async ({ page, expectError }) => {
  expectError(/Failed to load|ERR_|dynamically/);
  await page.route(/chart-[^/]*\.js/, (route) => route.abort());
  await page.goto('/dashboard');
  const failed = page.locator('.dash-tree .dash-error');
  await failed.getByRole('button', { name: 'Show as table' }).click();
  await page.locator('.dash-tree .data-table').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'dash-tree');
});

test('the focus goes to the heading of the wall and back, and the way out shows after a move', async ({ page }) => {
  await open(page);
  await page.locator('.dash-wall-button').click();
  await page.locator('.wall').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.mouse.move(300, 300);
  await page.locator('.wall-leave.wall-awake').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.bar').waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains('dash-wall-button')));
}, { viewport: { width: 1920, height: 1080 } });

test('the treemap is gone into and out of again', async ({ page, base }) => {
  await open(page);
  const models = await dash(base, '/treemap');
  assert.deepEqual(await keysOf(page, 'tree'), models.tiles.map(({ value }) => value));
  await page.getByLabel('Tiles').selectOption('author');
  const authors = await dash(base, '/treemap?by=author');
  await until(page, (first) => document.querySelector('.dash-tree [role=option]')?.dataset.key === first, authors.tiles[0].value);
  // the largest tile begins at the top left
  await page.locator('.dash-tree .chart').scrollIntoViewIfNeeded();
  // what is drawn may be a moment behind the list that stands for it
  for (let i = 0; i < 5 && !search(page).has('in'); i++) {
    await page.locator('.dash-tree canvas').click({ position: { x: 30, y: 60 } });
    await page.waitForURL(/in=/, { timeout: 1500 }).catch(() => {});
  }
  assert.equal(search(page).get('in'), authors.tiles[0].value);
  const inside = await dash(base, `/treemap?by=author&value=${encodeURIComponent(authors.tiles[0].value)}`);
  await until(page, (first) => document.querySelector('.dash-tree [role=option]')?.dataset.key === first, inside.tiles[0].value);
  assert.match(await page.locator('.dash-trail').textContent(), /All: Author/);
  await page.goBack();
  await until(page, (first) => document.querySelector('.dash-tree [role=option]')?.dataset.key === first, authors.tiles[0].value);
  assert.equal(search(page).get('in'), null);
  await page.goForward();
  await page.getByRole('link', { name: 'All: Author' }).click();
  await until(page, (first) => document.querySelector('.dash-tree [role=option]')?.dataset.key === first, authors.tiles[0].value);
  await page.goBack();
  await until(page, (first) => document.querySelector('.dash-tree [role=option]')?.dataset.key === first, inside.tiles[0].value);
  await pick(page, 'tree', inside.tiles[0].value);
  await page.locator('.model h1').waitFor();
  assert.equal(new URL(page.url()).pathname, modelPath(inside.tiles[0].value));
});

test('what has no tile is told with its share', async ({ page, base }) => {
  await open(page, 'tree=licence');
  const tree = await dash(base, '/treemap?by=licence');
  const shares = await page.locator('.dash-shares li').allTextContents();
  assert.equal(shares.length, 1 + Number(tree.rest.values > 0) + Number(tree.none.models > 0));
  const sum = (await page.locator('.dash-shares b').allTextContents()).reduce((total, text) => total + Math.round(Number.parseFloat(text) * 10), 0);
  assert.equal(sum, 1000);
  if (tree.none.models === 0) return 'every model has a licence';
  await page.locator('.dash-shares button').click();
  await expectTen(page, await dash(base, '/licence/none'));
  return undefined;
});

test('growth is walked with the keys, and a month opens', async ({ page, base }) => {
  await open(page);
  const { months } = await dash(base, '/growth?by=task');
  if (months.length === 0) return 'no month';
  await chart(page, 'growth').focus();
  await page.keyboard.press('Home');
  const active = () => page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.dataset.key);
  assert.equal(await active(), months[0]);
  await page.keyboard.press('End');
  assert.equal(await active(), months.at(-1));
  await page.keyboard.press('Enter');
  await expectTen(page, await dash(base, `/month/${months.at(-1)}`));
  await page.keyboard.press('Escape');
  await ten(page).waitFor({ state: 'detached' });
  assert.ok(await chart(page, 'growth').evaluate((element) => element === document.activeElement));
  const series = page.locator('.dash-growth .legend-button').first();
  const value = await series.getAttribute('data-series');
  await series.click();
  await expectTen(page, await dash(base, `/task/${encodeURIComponent(value)}`));
  return undefined;
});

test('growth as a table has the numbers of the answer', async ({ page, base }) => {
  await open(page, 'table=growth&growth=licence');
  const { months, series } = await dash(base, '/growth?by=licence');
  const month = months.at(-1);
  const row = page.locator(`.dash-growth tr${attribute('data-value', month)}`);
  assert.deepEqual(await row.locator('td').allTextContents(), series.map(({ models }) => english.format(models.at(-1))));
  assert.equal((await row.locator('th').textContent()).trim(), MONTH.format(Date.parse(`${month}-01`)));
  await page.getByRole('button', { name: 'Cumulative' }).click();
  assert.equal(search(page).get('as'), 'total');
  const sums = series.map(({ models }) => english.format(models.reduce((sum, count) => sum + count, 0)));
  await until(page, (texts) => JSON.stringify([...document.querySelectorAll('.dash-growth tbody tr:last-child td')].map((cell) => cell.textContent)) === texts, JSON.stringify(sums));
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const all = series.reduce((sum, { models }) => sum + models.at(-1), 0);
  await until(page, (text) => document.querySelector('.dash-growth tbody tr:last-child td').textContent === text, percent.format(series[0].models.at(-1) / all));
});

test('licences drift in a picture and in a table', async ({ page, base }) => {
  await open(page);
  const drift = await dash(base, '/drift');
  if (drift.pairs.length === 0) return 'no derivation between two models';
  const [pair] = drift.pairs;
  await pick(page, 'drift', `pair ${JSON.stringify([pair.from, pair.to])}`);
  const query = `from=${encodeURIComponent(pair.from ?? 'none')}&to=${encodeURIComponent(pair.to ?? 'none')}`;
  await expectTen(page, await dash(base, `/drift/models?${query}`));
  assert.equal(search(page).get('open'), 'drift');
  await page.keyboard.press('Escape');
  await ten(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'As table: Licence drift' }).click();
  const changed = drift.pairs.filter(({ from, to }) => from !== to);
  assert.equal(await page.locator('.dash-drift tbody tr').count(), drift.pairs.length);
  await page.locator('.dash-drift .switch').click();
  assert.equal(search(page).get('drift'), 'changes');
  await until(page, (count) => document.querySelectorAll('.dash-drift tbody tr').length === count, changed.length);
  if (changed.length === 0) return 'no licence changes';
  const cells = await page.locator('.dash-drift tbody tr').first().locator('td').allTextContents();
  assert.deepEqual(cells.slice(0, 3), [told(changed[0].from), told(changed[0].to), english.format(changed[0].edges)]);
  return undefined;
});

test('bars change what they stand for, are tables too, and open', async ({ page, base }) => {
  await open(page);
  const { facets } = await dash(base);
  const order = (facet, metric) => facets[facet].top.toSorted((a, b) => b[metric] - a[metric]).map(({ value }) => value);
  assert.deepEqual((await keysOf(page, 'task')).filter((key) => key !== 'none' && key !== 'others').slice(0, 15), order('task', 'influence').slice(0, 15));
  await page.getByRole('group', { name: 'Length of the bars' }).getByRole('button', { name: 'Models' }).click();
  assert.equal(search(page).get('bars'), 'models');
  const [most] = order('task', 'models');
  await until(page, (count) => document.querySelector('.dash-task [role=option]').textContent.includes(`Models ${count}`), english.format(facets.task.top.find(({ value }) => value === most).models));
  await page.getByRole('button', { name: 'As table: Kinds of author' }).click();
  assert.deepEqual(search(page).get('table'), 'kind');
  const rows = await page.locator('.dash-kind .facet-table tbody:first-of-type tr').evaluateAll((all) => all.map((row) => row.dataset.value));
  assert.deepEqual(rows, facets.kind.top.map(({ value }) => value));
  await pick(page, 'relation', 'none');
  await expectTen(page, await dash(base, '/relation/none'));
});

test('a chart is saved as a picture', async ({ page }) => {
  await open(page);
  for (const name of ['tree', 'growth']) {
    const waiting = page.waitForEvent('download');
    await page.locator(`[data-save=${name}]`).click();
    const file = await waiting;
    assert.match(file.suggestedFilename(), new RegExp(`^ecoviz-${name}-\\d{4}-\\d\\d-\\d\\d\\.png$`));
    const bytes = readFileSync(await file.path());
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    assert.ok(bytes.length > 5000, `${bytes.length} bytes`);
  }
});

test('charts follow the theme, and are light on paper', async ({ page }) => {
  await open(page);
  // the ground of the first tile, away from its name
  const becomes = (isLight) =>
    until(page, (wanted) => {
      const [red, green, blue] = document.querySelector('.dash-tree canvas').getContext('2d').getImageData(12, 120, 1, 1).data;
      return red + green + blue > 450 === wanted;
    }, isLight);
  await becomes(false);
  await page.emulateMedia({ media: 'print' });
  await becomes(true);
  await page.emulateMedia({ media: 'screen' });
  await becomes(false);
  await page.emulateMedia({ colorScheme: 'light' });
  await becomes(true);
}, { colorScheme: 'dark', reducedMotion: 'reduce' });

test('everything is reached with the keyboard alone', async ({ page, base }) => {
  await open(page, 'table=task');
  const { facets } = await dash(base);
  const [language] = facets.language.top;
  const focused = () => page.evaluate(() => document.activeElement.closest('tr')?.dataset.value);
  await page.locator('.dash-wall-button').focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(), language.value);
  await page.keyboard.press('Enter');
  await ten(page).waitFor();
  // the focus does not leave the dialog
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null));
  }
  await page.keyboard.press('Escape');
  await ten(page).waitFor({ state: 'detached' });
  assert.equal(await focused(), language.value);
  await chart(page, 'tree').focus();
  await page.keyboard.press('ArrowRight');
  assert.match(await page.locator('.dash-tree .chart-current').textContent(), /Influence/);
  const { tiles } = await dash(base, '/treemap');
  await page.keyboard.press('Enter');
  await page.locator('.model h1').waitFor();
  assert.equal(new URL(page.url()).pathname, modelPath(tiles[0].value));
});

test('what was typed and means nothing goes from the address, what means something stays', async ({ page }) => {
  await open(page, 'tree=family&size=models&what=ever&as=total&table=drift,x&growth=no');
  assert.equal(new URL(page.url()).search, '?tree=family&size=models&as=total&table=drift');
  assert.equal(await page.getByLabel('Tiles').inputValue(), 'family');
  assert.equal(await page.getByLabel('Area').inputValue(), 'models');
  assert.equal(await page.locator('.dash-drift .data-table').count(), 1);
});

test('each part tells of its own failure, and tries again', async ({ page, expectError }) => {
  expectError(/503|Failed to load/);
  const refusal = { type: 'about:blank', title: 'Busy', status: 503, code: 'busy', detail: 'too busy' };
  const fail = (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(refusal) });
  await page.route(/\/api\/v1\/dashboard\/growth/, fail);
  await open(page);
  const error = page.locator('.dash-growth .dash-error');
  assert.match(await error.textContent(), /Growth over time.*too busy/);
  assert.ok((await page.locator('.dash-tree canvas').count()) > 0, 'the others are there');
  await page.unroute(/\/api\/v1\/dashboard\/growth/);
  await error.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.dash-growth canvas').first().waitFor();
  await page.route(/\/api\/v1\/dashboard(\/language\/.*)?$/, fail);
  await page.goto('/dashboard');
  await page.locator('.dash-language .dash-error').waitFor();
  await page.locator('.dash-growth canvas').first().waitFor();
  await page.unroute(/\/api\/v1\/dashboard(\/language\/.*)?$/);
  await page.locator('.dash-language').getByRole('button', { name: 'Try again' }).click();
  await page.locator('.dash-author .facet-table').waitFor();
}, { reducedMotion: 'reduce' });

test('a slow dashboard shows that it is coming, at once', async ({ page }) => {
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(/\/api\/v1\/dashboard/, async (route) => {
    await held;
    await route.continue().catch(() => undefined);
  });
  const asked = page.waitForRequest(/\/api\/v1\/dashboard$/);
  await page.goto('/dashboard');
  await asked;
  await page.locator('.dash-language .dash-waiting').waitFor();
  assert.equal(await page.locator('h1').textContent(), 'Ecosystem dashboard');
  // the charts' code waits for the tables
  assert.deepEqual(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('echarts')).length), 0);
  release();
  await ready(page);
});

for (const [width, height] of [[1920, 1080], [3840, 2160], [1280, 720]]) {
  test(`the wall holds everything without scrolling: ${width} × ${height}`, async ({ page, base }) => {
    await open(page, 'wall=1');
    const { scroll, view, bars } = await page.evaluate(() => ({
      scroll: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
      view: [innerWidth, innerHeight],
      bars: [...document.querySelectorAll('.bar, .foot, .dash-tools')].filter((element) => element.getClientRects().length > 0).length,
    }));
    assert.deepEqual(scroll, view);
    assert.equal(bars, 0, 'no frame, no controls');
    // nothing is cut off, in any panel
    const cut = await page.locator('.wall .dash-panel').evaluateAll((all) => all.filter((panel) => panel.scrollHeight > panel.clientHeight + 1).map((panel) => panel.className));
    assert.deepEqual(cut, []);
    const { facets } = await dash(base);
    assert.equal(await page.locator('.wall .dash-language tbody:first-of-type tr').count(), facets.language.top.length + Number(facets.language.others !== null));
    await page.keyboard.press('Escape');
    await page.locator('.bar').waitFor();
    assert.equal(search(page).get('wall'), null);
  }, { viewport: { width, height } });
}

test('a wall finds other data by itself, and says when the server is gone', async ({ page, base, expectError }) => {
  await page.clock.install();
  await open(page, 'wall=1');
  const answer = await dash(base);
  const changed = { ...answer, total: { ...answer.total, models: answer.total.models + 1 } };
  const isTotals = /\/api\/v1\/dashboard$/;
  await page.route(isTotals, (route) => route.fulfill({ contentType: 'application/json', headers: { ETag: '"other"' }, body: JSON.stringify(changed) }));
  await page.clock.fastForward(61_000);
  await until(page, (text) => document.querySelector('.dash-totals dd').textContent === text, english.format(changed.total.models));
  await page.unroute(isTotals);
  expectError(/Failed to load|ERR_/);
  await page.route(isTotals, (route) => route.abort());
  await page.clock.fastForward(61_000);
  await page.locator('.wall-cut').waitFor();
  assert.equal(await page.locator('.wall .facet-table').count(), 2, 'the last that was known stays');
});

/* Every language, theme and size, and every pair of them. */
const LOOKS = [['en', 'light', { width: 1280, height: 800 }], ['zh', 'dark', { width: 1280, height: 800 }], ['en', 'dark', PHONE], ['zh', 'light', PHONE]];
const STATES = [['as charts', 'tree=author'], ['as tables', `table=${CHARTS.join(',')}`], ['with the ten open', 'open=author:'], ['on a wall', 'wall=1']];

for (const [lang, theme, viewport] of LOOKS) {
  for (const [state, query] of STATES) {
    if (query === 'wall=1' && viewport === PHONE) continue;
    test(`the dashboard has no barrier and no sideways scrolling ${state}: ${lang}, ${theme}, ${viewport.width} px`, async ({ page, base }) => {
      const { facets } = await dash(base);
      const value = query === 'open=author:' ? encodeURIComponent(facets.author.top[0].value) : '';
      await open(page, `${query}${value}&lang=${lang}`);
      if (query.startsWith('open')) await page.locator('.ten-models').waitFor();
      assert.deepEqual(await barriers(page), []);
      const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
      assert.ok(scroll <= client, `${scroll} px wide in ${client}`);
    }, { viewport, colorScheme: theme });
  }
}
