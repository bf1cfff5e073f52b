// SPDX-License-Identifier: MIT
// The home page, the one search, pages of authors, and what holds for every page there is.
import assert from 'node:assert/strict';
import { breaches } from '../support/contract.mjs';
import { PHONE, api, barriers, encode, english, idsOf, listOf, modelPath, search, test, until } from './tools.mjs';

const FIELD = '#site-search';
const authorPath = (name) => `/authors/${encodeURIComponent(name)}`;
const ask = (base, q) => api(base, `/api/v1/search?q=${encodeURIComponent(q)}&limit=5`);
const decimals = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = (id) => id.slice(id.indexOf('/') + 1);

async function open(page, path) {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.locator('.facts').waitFor();
}

/* Types into the one search and waits for the list that belongs to it. */
async function type(page, text) {
  await page.keyboard.press('/');
  await until(page, (field) => document.activeElement === document.querySelector(field), FIELD);
  await page.keyboard.insertText(text);
  await settled(page);
}

async function settled(page) {
  await page.locator('#site-found [role=option]').first().waitFor();
  await until(page, () => document.querySelector('.site-found-waiting') === null);
}

const PAGES = ['home', 'leaderboard', 'model', 'network', 'dashboard', 'author', 'missing'];

/* An author and a model of theirs, and an address of each of these pages. */
async function samples(base) {
  const { models } = await listOf(base);
  const model = models.find(({ author }) => author.name !== '');
  const { id, author } = model;
  const pages = ['/', '/models', modelPath(id), `/networks?model=${encode(id)}`, '/dashboard', authorPath(author.name), '/no/such/page'];
  return { id, author, pages };
}

const options = (page) =>
  page.locator('#site-found [role=option]').evaluateAll((all) =>
    all.map((one) => ({ id: one.id, href: one.getAttribute('href'), text: one.textContent, group: one.closest('[role=group]').className.split(' ').at(-1).replace('site-found-', '') })),
  );

test('search and authors keep to the contract', async ({ base }) => {
  const { id, author } = await samples(base);
  for (const q of ['a', id, author.name, 'text', `https://huggingface.co/${id}`, 'surely-there-is-no-such-thing']) assert.deepEqual(breaches(await ask(base, q), 'SearchResult'), [], q);
  assert.deepEqual(breaches(await api(base, `/api/v1${authorPath(author.name)}`), 'AuthorDetail'), []);
  assert.deepEqual(breaches(await api(base, '/api/v1/dashboard/family?sort=models&per_page=6'), 'FacetValues'), []);
});

test('the home page says how much data of which day is loaded', async ({ page, base }) => {
  const { counts, as_of: day, data } = await api(base, '/api/v1/about');
  const families = await api(base, '/api/v1/dashboard/family?sort=models&per_page=6');
  await open(page, '/');
  await until(page, () => document.querySelector('[data-fact="home.facts.families"] dd').textContent.trim() !== '');
  const shown = await page.locator('.home-facts dl > div').evaluateAll((all) => all.map((one) => [one.dataset.fact.split('.').at(-1), one.querySelector('dd').textContent]));
  const wanted = [['models', counts.models], ['authors', counts.authors], ['edges', counts.edges], ['families', families.total]];
  assert.deepEqual(shown, wanted.map(([name, value]) => [name, english.format(value)]));
  const text = await page.locator('.home-facts-source').textContent();
  assert.ok(text.includes(new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))), text);
  assert.equal(/not the Hub/.test(text), data !== 'hub', text);
});

test('the home page shows the top, the largest families and what is new', async ({ page, base }) => {
  const months = (await api(base, '/api/v1/dashboard/month?per_page=1000')).values.slice(-2);
  const [top, newest, families, month] = await Promise.all([
    api(base, '/api/v1/models?per_page=6'), api(base, '/api/v1/models?sort=created&removed=exclude&per_page=6'), api(base, '/api/v1/dashboard/family?sort=models&per_page=6'),
    Promise.all(months.map(({ value }) => api(base, `/api/v1/dashboard/month/${value}`))),
  ]);
  // the most influential of the last month or the one before, or the newest where these have too few
  const lists = [...month.map(({ models }) => models.filter(({ removed }) => !removed).slice(0, 6)), newest.models];
  await page.goto('/');
  await page.locator('[data-list=new] .home-name a').first().waitFor();
  const shown = await page.locator('[data-list=new] .home-name a').evaluateAll((all) => all.map((link) => link.getAttribute('href')).join());
  const fresh = lists.find((models) => models.map(({ id }) => modelPath(id)).join() === shown);
  assert.ok(fresh !== undefined, shown);
  await open(page, '/');
  const linksOf = (name) => page.locator(`[data-list=${name}] .home-name a`).evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href')]));
  const first = (name) => page.locator(`[data-list=${name}] li`).first();
  await first('families').waitFor();
  await first('new').waitFor();
  assert.deepEqual(await linksOf('top'), top.models.map(({ id }) => [short(id), modelPath(id)]));
  assert.deepEqual(await linksOf('new'), fresh.map(({ id }) => [short(id), modelPath(id)]));
  assert.deepEqual(await linksOf('families'), families.values.map(({ value }) => [short(value), `/networks?model=${encode(value)}`]));
  assert.ok((await first('top').textContent()).includes(decimals.format(top.models[0].influence)));
  assert.equal(await first('new').locator('time').getAttribute('datetime'), fresh[0].created);
  assert.ok((await first('families').textContent()).includes(`${english.format(families.values[0].models)} model`));
  await first('top').locator('.home-network').click();
  await page.waitForURL((url) => url.pathname === '/networks');
  assert.equal(search(page).get('model'), top.models[0].id);
});

test('the home page leads to the parts, and to none that is not there', async ({ page }) => {
  await open(page, '/');
  const parts = await page.locator('.home-part').evaluateAll((all) => all.map((one) => one.querySelector('a')?.getAttribute('href') ?? null));
  assert.deepEqual(parts, ['/models', '/networks', '/dashboard', null]);
  assert.match(await page.locator('.home-part-later').textContent(), /GitHub project analysis.*not there yet/);
  for (const path of parts.filter((part) => part !== null)) assert.equal((await page.request.get(path)).status(), 200, path);
  await page.locator('.home-part').first().click({ position: { x: 20, y: 20 } });
  await page.locator('.models').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
});

test('a list of the home page that fails says so, and trying again helps', async ({ page, base, expectError }) => {
  expectError(/ERR_FAILED/);
  await page.route('**/api/v1/dashboard/family?**', (route) => route.abort('failed'));
  await page.goto('/');
  const list = page.locator('[data-list=families]');
  assert.match(await list.getByRole('alert').textContent(), /could not be reached/);
  await page.locator('[data-list=top] li a').first().waitFor();
  await page.unroute('**/api/v1/dashboard/family?**');
  await list.getByRole('button', { name: 'Try again' }).click();
  await list.locator('li a').first().waitFor();
  assert.equal(await list.locator('li').count(), (await api(base, '/api/v1/dashboard/family?sort=models&per_page=6')).values.length);
});

test('the slash leads to the one search on every page', async ({ page, base, expectError }) => {
  expectError(/404/);
  for (const path of (await samples(base)).pages) {
    await open(page, path);
    assert.equal(await page.locator(FIELD).count(), 1, path);
    assert.equal(await page.locator('[aria-keyshortcuts]').count(), 1, path);
    await page.keyboard.press('/');
    await until(page, (field) => document.activeElement === document.querySelector(field), FIELD);
    assert.equal(await page.locator(FIELD).inputValue(), '', path);
  }
});

test('the search goes through every group with the keyboard alone', async ({ page, base }) => {
  const q = 'e';
  const result = await ask(base, q);
  await open(page, '/dashboard');
  await type(page, q);
  const field = page.locator(FIELD);
  assert.equal(await field.getAttribute('role'), 'combobox');
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  assert.equal(await page.locator(`#${await field.getAttribute('aria-controls')}`).getAttribute('role'), 'listbox');
  assert.equal(await field.getAttribute('aria-activedescendant'), null, 'nothing is chosen before an arrow chose it');
  const all = await options(page);
  const groups = [...new Set(all.map(({ group }) => group))];
  const expected = ['match', 'model', 'author', 'task', 'language', 'all'].filter((kind) => kind === 'all' || (kind === 'match' ? result.match !== null : kind === 'language' || kind === 'task' || result[`${kind}s`].total > 0));
  assert.deepEqual(groups, expected);
  assert.deepEqual(all.filter(({ group }) => group === 'model').map(({ href }) => href), result.models.top.map(({ id }) => modelPath(id)));
  assert.deepEqual(all.filter(({ group }) => group === 'author').map(({ href }) => href), result.authors.top.slice(0, 3).map(({ value }) => authorPath(value)));
  // told to those who do not see the list
  await until(page, () => /results?\. Models: /.test(document.querySelector('.site-search [role=status]').textContent));
  for (const { id } of all) {
    await page.keyboard.press('ArrowDown');
    await until(page, (wanted) => document.getElementById('site-search').getAttribute('aria-activedescendant') === wanted, id);
    assert.equal(await page.locator('[role=option][aria-selected=true]').getAttribute('id'), id);
  }
  await page.keyboard.press('ArrowDown');
  await until(page, () => !document.getElementById('site-search').hasAttribute('aria-activedescendant'));
  await page.keyboard.press('ArrowUp');
  await until(page, (wanted) => document.getElementById('site-search').getAttribute('aria-activedescendant') === wanted, all.at(-1).id);
  await page.keyboard.press('Home');
  await until(page, (wanted) => document.getElementById('site-search').getAttribute('aria-activedescendant') === wanted, all[0].id);
  await page.keyboard.press('End');
  await until(page, (wanted) => document.getElementById('site-search').getAttribute('aria-activedescendant') === wanted, all.at(-1).id);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#site-found').isVisible(), false);
  assert.equal(await field.inputValue(), q, 'the text stays');
  await page.keyboard.press('ArrowDown');
  await page.locator('#site-found').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await field.inputValue(), '');
  for (const kind of groups) {
    await open(page, '/dashboard');
    await type(page, q);
    const list = await options(page);
    const at = list.findIndex(({ group }) => group === kind);
    for (let step = 0; step <= at; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => `${url.pathname}${url.search}` === list[at].href);
    await page.locator('h1').waitFor();
    await until(page, (selector) => document.activeElement !== document.querySelector(selector) && document.querySelector(selector).value === '', FIELD);
  }
});

test('an address of the Hub or an id that is pasted leads there', async ({ page, base }) => {
  const { id, author } = await samples(base);
  const ways = [
    [`https://huggingface.co/${id}/tree/main?x=1#files`, modelPath(id)], [`huggingface.co/${id}`, modelPath(id)], [id.toUpperCase(), modelPath(id)],
    [`https://huggingface.co/${author.name}`, authorPath(author.name)], [` ${author.name} `, authorPath(author.name)],
  ];
  for (const [text, path] of ways) {
    await open(page, '/');
    await page.keyboard.press('/');
    await page.keyboard.insertText(text);
    // before there is any answer
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === path);
    await page.locator('h1').waitFor();
  }
});

test('Enter without a choice searches the leaderboard', async ({ page, base }) => {
  const name = short((await samples(base)).id).slice(0, 6);
  for (const isKnown of [true, false]) {
    const q = isKnown ? name : 'surely-there-is-no-such-thing';
    await open(page, '/');
    await type(page, q);
    if (!isKnown) assert.match(await page.locator('.site-found-line').textContent(), /Nothing has this name/);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/models');
    assert.equal(search(page).get('q'), q);
    await page.locator('#results').waitFor();
    await until(page, () => document.querySelector('#results').textContent !== '');
  }
});

test('tasks and languages are found by their names', async ({ page, base }) => {
  const named = async (facet) => (await api(base, `/api/v1/dashboard/${facet}?per_page=1000`)).values.map(({ value }) => value);
  const [tasks, languages] = [await named('task'), await named('language')];
  const words = [
    ['文本生成', '?task=text-generation', tasks.includes('text-generation')], ['text gener', '?task=text-generation', tasks.includes('text-generation')],
    ['中文', '?language=zh', languages.includes('zh')], ['Chinese', '?language=zh', languages.includes('zh')], ['法语', '?language=fr', languages.includes('fr')],
  ];
  for (const [text, query, isThere] of words) {
    if (!isThere) continue;
    await open(page, '/models?lang=zh');
    await type(page, text);
    // an exact name is offered twice: for Enter, and in its list
    const entry = page.locator(`#site-found [role=option][href*="${query}"]`).first();
    await entry.waitFor();
    await entry.click();
    await page.waitForURL((url) => url.search.includes(query.slice(1)));
    assert.equal(search(page).get('lang'), 'zh');
  }
  return words.every(([, , isThere]) => isThere) ? undefined : 'not all of these names are in the data';
}, { locale: 'zh-CN' });

test('typing asks for the newest alone, and keeps the old list until then', async ({ page, base }) => {
  const { id } = await samples(base);
  const asked = [];
  let hold = false;
  await page.route('**/api/v1/search?**', async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('q'));
    if (hold) await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue().catch(() => undefined);
  });
  await open(page, '/');
  await page.keyboard.press('/');
  await page.locator(FIELD).pressSequentially(short(id).slice(0, 4), { delay: 15 });
  await settled(page);
  assert.ok(asked.length <= 2, asked.join(' '));
  hold = true;
  await page.keyboard.type(short(id).slice(4, 5));
  await page.waitForTimeout(150);
  assert.equal(await page.locator('.site-found-waiting [role=option]').count() > 0, true);
  await settled(page);
  assert.equal(asked.at(-1), short(id).slice(0, 5));
  const count = asked.length;
  await page.keyboard.press('Backspace');
  await settled(page);
  assert.equal(asked.length, count, 'an answer that was there is there');
  // nothing of it is kept
  assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]), [[], [], '']);
});

test('a search that fails says so in a line, and trying again helps', async ({ page, base, expectError }) => {
  expectError(/ERR_FAILED/);
  const { id } = await samples(base);
  await page.route('**/api/v1/search?**', (route) => route.abort('failed'));
  await open(page, '/models');
  await page.keyboard.press('/');
  await page.keyboard.insertText(short(id));
  assert.match(await page.locator('.site-found-failed').textContent(), /The search failed\..*could not be reached/);
  await page.unroute('**/api/v1/search?**');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Try again');
  await page.keyboard.press('Enter');
  await page.locator(`#site-found [role=option][href="${modelPath(id)}"]`).first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'site-search');
});

test('on a phone the search is an icon that opens', async ({ page, base }) => {
  const { id } = await samples(base);
  await open(page, '/models');
  const width = () => page.locator('.site-search').evaluate((form) => form.offsetWidth);
  assert.ok((await width()) < 50);
  await page.locator(FIELD).tap();
  assert.ok((await width()) > 250);
  await page.locator(FIELD).fill(short(id));
  await settled(page);
  const { left, right } = await page.locator('.site-found-frame').evaluate((frame) => frame.getBoundingClientRect());
  assert.ok(left >= 0 && right <= PHONE.width);
  await page.locator('.site-search .field-clear').tap();
  assert.equal(await page.locator(FIELD).inputValue(), '');
  await page.locator('.site-search .field-clear').tap();
  await until(page, () => document.querySelector('.site-search').offsetWidth < 50);
  await page.locator(FIELD).tap();
  await page.locator(FIELD).fill(id);
  await page.locator(`#site-found [role=option][href="${modelPath(id)}"]`).first().tap();
  await page.waitForURL((url) => url.pathname === modelPath(id));
}, { viewport: PHONE, hasTouch: true });

test('the page of an author shows what the API answers', async ({ page, base }) => {
  const { author } = await samples(base);
  const detail = await api(base, `/api/v1${authorPath(author.name)}`);
  await open(page, authorPath(author.name.toUpperCase()));
  await page.waitForURL((url) => url.pathname === authorPath(author.name));
  assert.equal(await page.locator('h1').textContent(), author.name);
  if (author.full_name !== null && author.full_name !== author.name) assert.equal(await page.locator('.author-full').textContent(), author.full_name);
  assert.ok((await page.title()).includes(author.name));
  assert.equal(await page.locator('.model-hub').getAttribute('href'), `https://huggingface.co/${encodeURIComponent(author.name)}`);
  const value = (key) => page.locator(`[data-detail="author.${key}"] dd`).textContent();
  assert.equal(await value('influence'), `${decimals.format(detail.total.influence)}Rank ${english.format(detail.rank)} of ${english.format(detail.of)} authors`);
  assert.equal(await value('likes'), english.format(detail.total.likes));
  const rows = await page.locator('.models tbody tr').evaluateAll((all) => all.map((row) => row.dataset.id));
  assert.deepEqual(rows, detail.models.map(({ id }) => id));
  const all = page.getByRole('link', { name: detail.total.models === 1 ? 'Open it in the leaderboard' : `All ${english.format(detail.total.models)} models in the leaderboard` });
  assert.equal(await all.getAttribute('href'), `/models?author=${encodeURIComponent(author.name)}`);
  const hrefs = (selector) => page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.deepEqual(await hrefs('[data-task] a'), detail.tasks.map((task) => `/models?author=${encodeURIComponent(author.name)}&task=${encodeURIComponent(task.value ?? 'none')}`));
  assert.deepEqual(await hrefs('[data-family] > .author-list-name a'), detail.families.top.map((family) => `/networks?model=${encode(family.value)}`));
});

test('the model page and the network lead to the page of the author', async ({ page, base }) => {
  const { id, author } = await samples(base);
  await open(page, modelPath(id));
  await page.locator('.model-by a').click();
  await page.waitForURL((url) => url.pathname === authorPath(author.name));
  await page.locator('.stats').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.goto(`/networks?model=${encode(id)}&sel=${encode(id)}`);
  await page.locator(`.net-author a[href="${authorPath(author.name)}"]`).click();
  await page.locator('.stats').waitFor();
});

test('an author that is not there says so; one that fails can be tried again', async ({ page, base, expectError }) => {
  expectError(/404|ERR_FAILED/);
  const { author } = await samples(base);
  await open(page, '/authors/surely-there-is-nobody');
  await page.getByRole('heading', { level: 1, name: 'No such author' }).waitFor();
  assert.equal(await page.title(), 'No such author · LLM-ECO-VIZ');
  await page.getByRole('link', { name: 'Search for models named' }).click();
  await page.waitForURL((url) => url.pathname === '/models');
  await page.route(`**/api/v1${authorPath(author.name)}`, (route) => route.abort('failed'));
  await page.goto(authorPath(author.name));
  assert.match(await page.locator('.notice-error').textContent(), /could not be reached/);
  await page.unroute(`**/api/v1${authorPath(author.name)}`);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.models tbody tr').first().waitFor();
});

test('an author known from bases alone says so', async ({ page, base }) => {
  const { values } = await api(base, '/api/v1/dashboard/family?per_page=1000');
  let ghost;
  for (const { value } of values.filter(({ placeholder, value: id }) => placeholder && id.includes('/')).slice(0, 30)) {
    const detail = await api(base, `/api/v1${authorPath(value.split('/')[0])}`);
    if (detail.total?.models === 0) ghost ??= detail.author.name;
  }
  if (ghost === undefined) return 'no author of placeholders alone';
  await open(page, authorPath(ghost));
  await page.getByRole('heading', { name: 'No models in this data set' }).waitFor();
  return undefined;
});

test('nothing on home and author pages jumps while they load', async ({ page, base }) => {
  const { author } = await samples(base);
  await page.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) globalThis.shifts.push({ value, what: sources.map(({ node }) => node?.className ?? node?.nodeName) });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.route('**/api/v1/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await route.continue().catch(() => undefined);
  });
  for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
    await page.setViewportSize(viewport);
    for (const path of ['/', authorPath(author.name)]) {
      await open(page, path);
      await page.waitForTimeout(100);
      const shifts = await page.evaluate(() => globalThis.shifts);
      assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) < 0.02, `${path} ${viewport.width}: ${JSON.stringify(shifts)}`);
    }
  }
});

test('no page asks another host, whatever one does on it', async ({ page, base, expectError }) => {
  expectError(/404/);
  const { id, pages } = await samples(base);
  const asked = new Set();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  for (const path of pages) {
    await open(page, path);
    await type(page, short(id).slice(0, 3));
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Escape');
  }
  assert.deepEqual([...asked], [new URL(base).origin]);
});

/* Controls that can be seen and reached, and where in the document each stands. */
function markControls() {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  const found = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0);
  found.forEach((one, index) => one.setAttribute('data-control', String(index)));
  return found.map((one) => `${one.tagName} ${one.id} ${one.className} ${one.textContent.trim().slice(0, 40)}`);
}

/* The control that has the focus: its number, and whether one sees that it has. */
function focused() {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  // the ring may be around what stands for it: all of a card, the track of a switch
  const styles = [getComputedStyle(one), getComputedStyle(one, '::after'), getComputedStyle(one.nextElementSibling ?? one)];
  const isSeen = styles.some(({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none');
  const { top, bottom } = one.getBoundingClientRect();
  return { control: one.getAttribute('data-control'), isSeen, isInView: bottom > 0 && top < innerHeight, what: `${one.tagName} ${one.id} ${one.className}` };
}

async function walk(page) {
  const controls = await page.evaluate(markControls);
  const order = [];
  for (let step = 0; step < controls.length + 20; step += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(focused);
    // past the last one it begins anew
    if (now === null || (now.control !== null && order.includes(Number(now.control)))) break;
    assert.ok(now.isSeen, `the focus on ${now.what} is not seen`);
    assert.ok(now.isInView, `${now.what} is out of view`);
    if (now.control !== null) order.push(Number(now.control));
  }
  const missed = controls.filter((_, index) => !order.includes(index));
  assert.deepEqual(missed, []);
  assert.deepEqual(order, order.toSorted((a, b) => a - b), 'not in the order of the document');
}

PAGES.forEach((name, index) => {
  for (const [size, viewport] of [['1280', { width: 1280, height: 800 }], ['360', PHONE]]) {
    test(`Tab reaches every control, in order, and one sees where it is: ${name}, ${size} px`, async ({ page, base, expectError }) => {
      expectError(/404/);
      await open(page, (await samples(base)).pages[index]);
      await page.waitForLoadState('networkidle');
      await walk(page);
    }, { viewport });
  }
});

for (const theme of ['light', 'dark']) {
  for (const lang of ['en', 'zh']) {
    for (const [size, viewport, other] of [['1440', { width: 1440, height: 900 }, '/authors/surely-there-is-nobody'], ['360', PHONE, '/models']]) {
      test(`no barrier on home, in the search and about authors: ${lang}, ${theme}, ${size} px`, async ({ page, base, expectError }) => {
        expectError(/404/);
        const { author } = await samples(base);
        for (const path of ['/', authorPath(author.name), other]) {
          await open(page, `${path}?lang=${lang}`);
          await page.waitForLoadState('networkidle');
          const check = async (what) => {
            assert.deepEqual(await barriers(page), [], `${path} ${what}`);
            const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
            assert.ok(scroll <= client, `${path} ${what}: ${scroll} px wide in ${client}`);
          };
          await check('');
          await type(page, 'e');
          await page.keyboard.press('ArrowDown');
          await check('search');
        }
      }, { viewport, colorScheme: theme });
    }
  }
}

const long = (i) => `${(i % 2 ? 'W' : 'long-').repeat(96).slice(0, 96)}/${(i % 3 ? '_x' : 'an-').repeat(48).slice(0, 92)}${i}`;

test('names of any length stay inside home and the search', async ({ page }) => {
  await page.route(/api\/v1\/(models|search)\?/, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const models = Array.isArray(answer.models) ? answer.models : answer.models.top;
    models.forEach((model, i) => {
      Object.assign(model, { id: long(i), task: 'm'.repeat(90), rank: 2_999_999, influence: 9_999_999.99, removed: true });
      Object.assign(model.author, { name: 'W'.repeat(96), full_name: '宽'.repeat(96) });
    });
    answer.authors?.top.forEach((author) => Object.assign(author, { full_name: '宽 '.repeat(96), models: 2_999_999 }));
    await route.fulfill({ response, json: answer });
  });
  for (const viewport of [PHONE, { width: 820, height: 900 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(viewport);
    await open(page, '/');
    await type(page, 'e');
    const { scroll, client, tallest, found } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
      tallest: Math.max(...[...document.querySelectorAll('.home-list li')].map((row) => row.offsetHeight)),
      found: document.querySelector('.site-found-frame').scrollWidth - document.querySelector('.site-found-frame').clientWidth,
    }));
    assert.ok(scroll <= client, `${viewport.width}: ${scroll} px wide in ${client}`);
    assert.ok(tallest < 60 && found === 0, `${viewport.width}: ${tallest} ${found}`);
  }
});

test('home on paper has its lists and no controls', async ({ page, base }) => {
  await open(page, '/');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.locator(FIELD).isVisible(), false);
  assert.equal(await page.locator('[data-list=top] li').count(), Math.min(6, idsOf(await listOf(base)).length));
  assert.equal(await page.locator('[data-list=top] li').first().isVisible(), true);
}, { colorScheme: 'dark', viewport: { width: 794, height: 1123 } });
