// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { apiSortKeys, breaches } from '../support/contract.mjs';
import { PHONE, api, barriers, encode, english, idsOf, listOf, modelPath, search, test, until } from './tools.mjs';

function rowIds(page) {
  return page.locator('.models tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.id));
}

/* Waits until the rows are those of the answer; fails with both lists where they do not become so. */
async function expectRows(page, answer) {
  const wanted = JSON.stringify(idsOf(answer));
  await page
    .waitForFunction(
      (ids) => document.querySelector('table[aria-busy=false]') !== null && JSON.stringify([...document.querySelectorAll('.models tbody tr')].map((row) => row.dataset.id)) === ids,
      wanted,
    )
    .catch(() => undefined);
  assert.deepEqual(await rowIds(page), idsOf(answer));
}

async function open(page, path) {
  await page.goto(path);
  await page.locator('.models, .parts, .notice').first().waitFor();
}

const figure = (value) => (value === null ? '–' : english.format(value));
const money = (text) => Math.round(Number(text.replaceAll(',', '')) * 100);
const check = (page, id) => page.locator(`.models tr[data-id=${JSON.stringify(id)}] input`);

test('the answers keep to the contract', async ({ base }) => {
  const list = await listOf(base);
  assert.deepEqual(breaches(list, 'ModelPage'), []);
  assert.deepEqual(breaches(await api(base, '/api/v1/about'), 'About'), []);
  for (const id of idsOf(list).slice(0, 5)) {
    assert.deepEqual(breaches(await api(base, `/api/v1/models/${encode(id)}`), 'ModelDetail'), []);
  }
});

test('the leaderboard shows what the API answers', async ({ page, base }) => {
  await open(page, '/models');
  assert.equal(await page.title(), 'Model leaderboard · LLM-ECO-VIZ');
  const answer = await listOf(base);
  await expectRows(page, answer);
  const rows = await page.locator('.models tbody tr').evaluateAll((all) =>
    all.map((row) => {
      const text = (name) => row.querySelector(`.c-${name}`).textContent.trim();
      const hub = row.querySelector('.c-author a');
      return {
        rank: text('rank'), downloads: text('downloads'), likes: text('likes'), influence: text('influence'), task: text('task'),
        time: row.querySelector('.c-created time')?.getAttribute('datetime') ?? null,
        name: row.querySelector('.model-link').textContent, path: row.querySelector('.model-link').getAttribute('href'),
        hub: hub.getAttribute('href'), rel: hub.rel, image: hub.querySelector('img').getAttribute('src'),
        removed: row.querySelector('.badge-removed') !== null,
      };
    }),
  );
  assert.deepEqual(rows, answer.models.map((model) => ({
    rank: english.format(model.rank),
    downloads: figure(model.downloads),
    likes: figure(model.likes),
    influence: new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(model.influence),
    task: model.task === null ? 'no task' : model.task.replaceAll(/[-_]+/g, ' '),
    time: model.created,
    name: model.id,
    path: modelPath(model.id),
    hub: `https://huggingface.co/${encode(model.id)}`,
    rel: 'noopener noreferrer',
    image: `/api/v1/authors/${encodeURIComponent(model.author.name)}/avatar`,
    removed: model.removed,
  })));
  const { total } = answer;
  assert.equal(await page.locator('#results').textContent(), `Showing 1 to ${Math.min(30, total)} of ${english.format(total)}`);
});

test('pictures are drawn', async ({ page }) => {
  await open(page, '/models');
  await until(page, () => [...document.querySelectorAll('.avatar')].slice(0, 5).every((image) => image.complete && image.naturalWidth > 0));
});

test('data that is not the Hub\'s says so on every page; the frame says of when it is', async ({ page, base, expectError }) => {
  expectError(/404/);
  const about = await api(base, '/api/v1/about');
  const [first] = idsOf(await listOf(base));
  for (const path of ['/', '/models', modelPath(first), '/dashboard', '/authors/somebody', '/no/such/page']) {
    await page.goto(path);
    await page.locator('.facts').waitFor();
    const marks = { hub: [], sample: ['Sample data', 'Hand-made sample data'], synthetic: ['Synthetic data', 'Synthetic data, not the real Hub'] };
    const [mark, note] = marks[about.data];
    assert.equal(await page.locator('.data-mark').count(), mark === undefined ? 0 : 1);
    if (mark !== undefined) {
      assert.equal(await page.locator('.data-mark').textContent(), mark);
      assert.ok((await page.locator('.data-note').textContent()).startsWith(note));
      await page.locator('.data-mark').click();
      assert.ok(await page.locator('.data-note').evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight));
    }
    const facts = await page.locator('.facts').textContent();
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(about.as_of));
    assert.ok(facts.includes(`Data of ${day}`), facts);
    assert.ok(facts.includes(`${english.format(about.counts.models)} model`), facts);
  }
});

for (const key of ['rank', 'name', 'created', 'downloads', 'likes', 'task', 'influence']) {
  test(`the column ${key} sorts both ways`, async ({ page, base }) => {
    // start elsewhere, so that the first click on the column is a change
    await open(page, key === 'rank' ? '/models?sort=likes' : '/models');
    const head = page.locator(`th.c-${key}`);
    const first = key === 'rank' || key === 'name' || key === 'task' ? 'asc' : 'desc';
    for (const order of [first, first === 'asc' ? 'desc' : 'asc']) {
      await head.getByRole('button').click();
      const apiOrder = key === 'rank' ? (order === 'asc' ? 'desc' : 'asc') : order;
      await expectRows(page, await listOf(base, `sort=${key === 'rank' ? 'influence' : key}&order=${apiOrder}`));
      assert.equal(await head.getAttribute('aria-sort'), order === 'asc' ? 'ascending' : 'descending');
      assert.equal(await page.locator('th[aria-sort]:not([aria-sort=none])').count(), 1);
    }
    if (key === 'rank') return;
    await page.getByRole('button', { name: 'Default order' }).click();
    await expectRows(page, await listOf(base));
    assert.equal(page.url(), `${base}/models`);
  });
}

test('every sort key of the API has a column', async ({ page }) => {
  await open(page, '/models');
  for (const key of apiSortKeys) assert.equal(await page.locator(`th.c-${key} button`).count(), 1, key);
});

test('search follows typing, in place, and can be undone', async ({ page, base }) => {
  const all = await listOf(base);
  const target = all.models.at(-1).id;
  const needle = target.slice(target.indexOf('/') + 1).slice(0, 12);
  await open(page, '/models');
  const length = await page.evaluate(() => history.length);
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/models?')) asked.push(request.url());
  });
  await page.locator('#search').pressSequentially(needle, { delay: 15 });
  await expectRows(page, await listOf(base, `q=${encodeURIComponent(needle.trim())}`));
  assert.equal(search(page).get('q'), needle);
  assert.ok(asked.length < needle.length, `one request per key: ${asked.length}`);
  assert.equal(await page.evaluate(() => history.length), length, 'typing fills the history');
  await page.keyboard.press('Escape');
  await expectRows(page, all);
  assert.equal(await page.locator('#search').inputValue(), '');
});

test('an answer that was overtaken does not come back', async ({ page, base }) => {
  const [first, second] = idsOf(await listOf(base)).map((id) => id.slice(id.indexOf('/') + 1));
  await open(page, '/models');
  await page.route(/[?&]q=/, async (route) => {
    const isFirst = new URL(route.request().url()).searchParams.get('q') === first;
    if (isFirst) await new Promise((resolve) => setTimeout(resolve, 1200));
    await route.continue().catch(() => undefined);
  });
  await page.locator('#search').fill(first);
  await until(page, (q) => new URLSearchParams(location.search).get('q') === q, first);
  await page.locator('#search').fill(second);
  await expectRows(page, await listOf(base, `q=${encodeURIComponent(second)}`));
  await page.waitForTimeout(1300);
  assert.deepEqual(await rowIds(page), idsOf(await listOf(base, `q=${encodeURIComponent(second)}`)));
});

test('the task filter combines, counts and resets', async ({ page, base }) => {
  const all = await listOf(base);
  await open(page, '/models');
  await page.locator('#tasks-opener').click();
  await page.locator('.choices li').first().waitFor();
  const shown = await page.locator('.choices li').evaluateAll((items) =>
    items.map((item) => ({ value: item.querySelector('input').value, count: item.querySelector('.count').textContent })),
  );
  const facets = all.facets.task.map(({ value, models }) => ({ value: value ?? 'none', count: english.format(models) }));
  assert.deepEqual(shown, facets);
  const [one, two] = facets.map(({ value }) => value);
  const box = (value) => page.locator(`.choices input[value=${JSON.stringify(value)}]`);
  await box(one).check();
  await expectRows(page, await listOf(base, `task=${encodeURIComponent(one)}`));
  let note;
  if (two !== undefined) {
    await box(two).check();
    await expectRows(page, await listOf(base, `task=${encodeURIComponent(one)}&task=${encodeURIComponent(two)}`));
    assert.deepEqual(search(page).getAll('task'), [one, two]);
  } else note = 'only one task in the data';
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#tasks').isVisible(), false);
  await page.getByRole('button', { name: 'Reset filters' }).click();
  await expectRows(page, all);
  assert.equal(page.url(), `${base}/models`);
  return note;
});

test('a task in a row filters by it', async ({ page, base }) => {
  await open(page, '/models');
  const { task } = (await listOf(base)).models[0];
  await page.locator('.models tbody .task').first().click();
  await expectRows(page, await listOf(base, `task=${encodeURIComponent(task ?? 'none')}`));
});

test('pages follow each other', async ({ page, base }) => {
  const first = await listOf(base);
  const count = Math.max(1, Math.ceil(first.total / 30));
  await open(page, '/models');
  if (count === 1) {
    assert.equal(await page.locator('.pager').count(), 0);
    return 'one page of data';
  }
  await page.getByRole('link', { name: 'Next page' }).click();
  await expectRows(page, await listOf(base, 'page=2'));
  assert.equal(await page.locator('#results').textContent(), `Showing 31 to ${Math.min(60, first.total)} of ${english.format(first.total)}`);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'results');
  // on the second of two pages there is no further one to go to
  if (count > 2) await page.getByRole('link', { name: 'Last page' }).click();
  await expectRows(page, await listOf(base, `page=${count}`));
  assert.equal(await page.getByRole('link', { name: 'Next page' }).count(), 0);
  await page.getByLabel('Go to page').fill('1');
  await page.getByLabel('Go to page').press('Enter');
  await expectRows(page, first);
  await page.getByRole('link', { name: 'Page 2', exact: true }).click();
  await expectRows(page, await listOf(base, 'page=2'));
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expectRows(page, first);
  return undefined;
});

test('a page beyond the last one leads back', async ({ page, base }) => {
  await open(page, '/models?page=9999');
  await page.getByRole('heading', { name: 'There is no page 9,999' }).waitFor();
  await page.getByRole('link', { name: 'Go to the last page' }).click();
  const { total } = await listOf(base);
  await expectRows(page, await listOf(base, `page=${Math.max(1, Math.ceil(total / 30))}`));
});

test('a selection survives paging, sorting, search and reloading', async ({ page, base }) => {
  const first = idsOf(await listOf(base));
  const sorted = idsOf(await listOf(base, 'sort=likes&order=asc'));
  const other = sorted.find((id) => !first.slice(0, 2).includes(id));
  const wanted = [first[0], first[1], other];
  await open(page, '/models');
  await check(page, wanted[0]).check();
  await check(page, wanted[1]).check();
  assert.equal(await page.locator('th.c-select input').evaluate((box) => box.indeterminate), first.length > 2);
  await page.locator('th.c-likes button').click();
  await page.locator('th.c-likes button').click();
  await expectRows(page, await listOf(base, 'sort=likes&order=asc'));
  await check(page, other).check();
  assert.equal(search(page).get('sel'), wanted.join(','));
  await page.reload();
  await page.locator('.models').waitFor();
  assert.equal(await page.locator('.selection strong').textContent(), '3 models selected');
  assert.equal(await check(page, other).isChecked(), true);
  await page.locator('#search').fill('surely-there-is-no-such-model');
  await page.locator('.notice').waitFor();
  assert.equal(await page.locator('.chip').count(), 3);
  await page.getByRole('button', { name: `Remove ${wanted[1]} from the selection` }).click();
  assert.equal(search(page).get('sel'), [wanted[0], wanted[2]].join(','));
  await page.getByRole('button', { name: 'Clear selection' }).click();
  assert.equal(search(page).get('sel'), null);
  assert.equal(await page.locator('.selection').isVisible(), false);
});

test('a selection survives going back, other pages, and the way home', async ({ page, base }) => {
  const [one, two] = idsOf(await listOf(base, 'sort=likes'));
  await open(page, '/models');
  await page.locator('th.c-likes button').click();
  await expectRows(page, await listOf(base, 'sort=likes'));
  await check(page, one).check();
  await check(page, two).check();
  const isKept = async () => assert.equal(search(page).get('sel'), [one, two].join(','));
  await isKept();
  await page.goBack();
  await expectRows(page, await listOf(base));
  await isKept();
  assert.equal(search(page).get('sort'), null, 'a selection is no step in the history');
  await page.locator('.model-link').first().click();
  await page.locator('.parts').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link').first().click();
  await expectRows(page, await listOf(base));
  await isKept();
  assert.equal(await page.locator('.chip').count(), 2);
});

test('all on the page can be selected, up to the limit', async ({ page, base }) => {
  const first = await listOf(base);
  await open(page, '/models');
  const all = page.locator('th.c-select input');
  await all.check();
  assert.equal(search(page).get('sel'), idsOf(first).join(','));
  assert.equal(await page.locator('.models tbody input:checked').count(), first.models.length);
  await all.uncheck();
  assert.equal(search(page).get('sel'), null);
  if (first.total <= 50) return 'fewer models than the limit';
  await all.check();
  await page.getByRole('link', { name: 'Next page' }).click();
  await expectRows(page, await listOf(base, 'page=2'));
  await all.click();
  // 50, or fewer where their names are long: the address has to carry them
  const count = search(page).get('sel').split(',').length;
  assert.ok(count <= 50 && count > first.models.length, String(count));
  assert.match(await page.locator('.selection-limit').textContent(), new RegExp(`No more than these ${count} models`));
  return undefined;
});

test('removed models carry a badge and can be hidden', async ({ page, base }) => {
  const all = await listOf(base);
  await open(page, '/models');
  const shown = await page.locator('.models tr:has(.badge-removed)').evaluateAll((rows) => rows.map((row) => row.dataset.id));
  assert.deepEqual(shown, all.models.filter((model) => model.removed).map((model) => model.id));
  const control = page.getByRole('switch', { name: /Hide removed/ });
  assert.equal(await page.locator('.switch .count').textContent(), english.format(all.removed));
  await control.check({ force: true });
  const hidden = await listOf(base, 'removed=exclude');
  await expectRows(page, hidden);
  assert.equal(hidden.total, all.total - all.removed);
  assert.equal(await page.locator('.models .badge-removed').count(), 0);
  assert.equal(search(page).get('removed'), 'exclude');
  await page.reload();
  assert.equal(await control.isChecked(), true);
});

test('the address holds the whole state; back and forward walk through it', async ({ page, base }) => {
  await open(page, '/models');
  const start = await listOf(base);
  await page.locator('th.c-likes button').click();
  const likes = await listOf(base, 'sort=likes&order=desc');
  await expectRows(page, likes);
  await page.locator('th.c-likes button').click();
  const reverse = await listOf(base, 'sort=likes&order=asc');
  await expectRows(page, reverse);
  await page.goBack();
  await expectRows(page, likes);
  await page.goBack();
  await expectRows(page, start);
  await page.goForward();
  await expectRows(page, likes);
  await page.locator('.model-link').first().click();
  await page.locator('.parts').waitFor();
  assert.equal(new URL(page.url()).pathname, modelPath(likes.models[0].id));
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.getByRole('link', { name: 'Back to the leaderboard' }).click();
  await expectRows(page, likes);
  await page.goto('/models?q=a&sort=downloads&order=asc&removed=exclude');
  await page.locator('table[aria-busy=false], .notice').first().waitFor();
  const answer = await listOf(base, 'q=a&sort=downloads&order=asc&removed=exclude');
  if (answer.total > 0) await expectRows(page, answer);
  assert.equal(await page.locator('#search').inputValue(), 'a');
});

test('a model page shows what the API answers, and its parts add up', async ({ page, base }) => {
  const list = await listOf(base);
  for (const id of [list.models[0].id, list.models.at(-1).id]) {
    const detail = await api(base, `/api/v1/models/${encode(id)}`);
    await open(page, modelPath(id));
    await page.locator('.parts').waitFor();
    assert.equal(await page.title(), `${id} · LLM-ECO-VIZ`);
    assert.equal(await page.locator('h1').textContent(), id);
    const parts = await page.locator('.parts tbody tr').evaluateAll((rows) => rows.map((row) => [row.dataset.part, row.querySelector('td').textContent]));
    assert.deepEqual(parts.map(([key]) => key), detail.influence.parts.map((part) => part.key));
    const total = money(await page.locator('.parts tfoot td').first().textContent());
    assert.equal(parts.reduce((sum, [, text]) => sum + money(text), 0), total);
    assert.equal(total, Math.round(detail.influence.value * 100));
    parts.forEach(([, text], i) => assert.ok(Math.abs(money(text) - detail.influence.parts[i].value * 100) <= 1.001));
    const { alpha, weights } = detail.influence.formula;
    assert.ok((await page.locator('[data-part=likes] .maths').textContent()).startsWith(`${alpha.self} × ${weights.likes} × `));
    assert.match(await page.locator('[data-detail="influence.value"]').textContent(), new RegExp(`Rank ${english.format(detail.influence.rank)} of ${english.format(detail.influence.of)}`));
    const relatives = (name) => page.locator(`[data-list=${name}] li`).evaluateAll((items) => items.map((item) => decodeURIComponent(item.querySelector('a').pathname.slice('/models/'.length))));
    assert.deepEqual(await relatives('bases'), detail.bases.map((base_) => base_.id));
    assert.deepEqual(await relatives('top'), detail.derived.top.map((child) => child.id));
    if (detail.derived.total > 0) {
      for (const [relation, count] of Object.entries(detail.derived.by_relation)) {
        assert.equal(await page.locator(`[data-relation=${relation}] .count`).textContent(), english.format(count));
      }
    }
    assert.equal(await page.locator('[data-detail="detail.likes"] dd').textContent(), detail.model.likes === null ? '–' : english.format(detail.model.likes));
    assert.equal(await page.locator('.model-hub').getAttribute('href'), `https://huggingface.co/${encode(id)}`);
  }
});

test('a base outside the data set and an inferred relation say so', async ({ page, base }) => {
  const { total } = await listOf(base);
  let found = null;
  for (let number = 1; number <= Math.min(3, Math.ceil(total / 100)) && found === null; number += 1) {
    const { models } = await api(base, `/api/v1/models?per_page=100&page=${number}`);
    for (const { id } of models) {
      const detail = await api(base, `/api/v1/models/${encode(id)}`);
      found ??= detail.bases.some((relative) => relative.placeholder) ? detail : null;
      if (found !== null) break;
    }
  }
  if (found === null) return 'no placeholder among the first 300 models';
  await open(page, modelPath(found.model.id));
  const ghosts = found.bases.filter((relative) => relative.placeholder);
  assert.equal(await page.locator('[data-list=bases] .badge-placeholder').count(), ghosts.length);
  assert.equal(await page.locator('[data-list=bases] .badge-inferred').count(), found.bases.filter((relative) => !relative.declared).length);
  await page.locator('[data-list=bases] li:has(.badge-placeholder) a').first().click();
  await page.locator('.model-head .badge-placeholder').waitFor();
  assert.match(await page.locator('[data-detail="influence.value"]').textContent(), /Not ranked/);
  return undefined;
});

test('another spelling of an id leads to the one address', async ({ page, base }) => {
  const [id] = idsOf(await listOf(base));
  await open(page, modelPath(id.toUpperCase()));
  await page.waitForURL(base + modelPath(id));
  assert.equal(await page.locator('h1').textContent(), id);
});

test('the language is the browser\'s, can be changed, and is remembered', async ({ page }) => {
  await open(page, '/models');
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.equal(await page.locator('h1').textContent(), '大模型排行榜');
  assert.equal(await page.title(), '大模型排行榜 · LLM-ECO-VIZ');
  await page.locator('.bar-end button').first().click();
  await page.getByRole('heading', { name: 'Model leaderboard' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.reload();
  await page.getByRole('heading', { name: 'Model leaderboard' }).waitFor();
  await page.goto('/models?lang=zh');
  await page.getByRole('heading', { name: '大模型排行榜' }).waitFor();
  await page.locator('.model-link').first().click();
  await page.getByRole('heading', { name: '影响力构成' }).waitFor();
  assert.equal(search(page).get('lang'), 'zh');
}, { locale: 'zh-CN' });

test('a page brings the texts of its own, in the language that is chosen', async ({ page, expectError }) => {
  expectError(/ERR_FAILED|dynamically imported/);
  const loaded = new Set();
  page.on('request', (request) => {
    const [, name] = /\/assets\/((?:en|zh)-[a-z]+)-/.exec(request.url()) ?? [];
    if (name !== undefined) loaded.add(name);
  });
  // without the other pages, which are fetched after a second
  await page.addInitScript(() => {
    const later = globalThis.setTimeout;
    globalThis.setTimeout = (run, ms, ...rest) => (ms === 1000 ? 0 : later(run, ms, ...rest));
  });
  await page.goto('/?lang=en');
  await page.getByRole('heading', { level: 1, name: 'The open model ecosystem, explained' }).waitFor();
  assert.deepEqual([...loaded].toSorted(), ['en-common', 'en-home']);
  await page.route('**/assets/zh-home-*.js', (route) => route.abort());
  await page.locator('.bar-end button').first().click();
  await page.getByText('The other language could not be loaded').waitFor();
  await page.unroute('**/assets/zh-home-*.js');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.goto('/dashboard?lang=en');
  await page.getByRole('heading', { level: 1, name: 'Ecosystem dashboard' }).waitFor();
  await page.locator('.bar-end button').first().click();
  await page.getByRole('heading', { level: 1, name: '大模型生态大屏' }).waitFor();
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '大模型排行榜' }).click();
  await page.getByRole('heading', { level: 1, name: '大模型排行榜' }).waitFor();
  await page.locator('.models').waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /\b(?:app|col|foot|list|nav|page|row|top)\.[a-z]/, 'no name of a text');
});

test('every page has an address, a title, and a place in the head', async ({ page, base }) => {
  const { name } = (await listOf(base)).models.find((model) => model.author.name !== '').author;
  const pages = [
    ['/', 'The open model ecosystem, explained', null], ['/models', 'Model leaderboard', 'Leaderboard'],
    ['/dashboard', 'Ecosystem dashboard', 'Ecosystem dashboard'], [`/authors/${name}`, name, null],
  ];
  for (const [path, title, link] of pages) {
    const response = await page.goto(path);
    assert.equal(response.status(), 200, path);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    assert.ok((await page.title()).endsWith(' · LLM-ECO-VIZ'), path);
    const current = page.locator('.bar nav [aria-current=page]');
    assert.deepEqual(await current.allTextContents(), link === null ? [] : [link], path);
  }
  await page.keyboard.press('/');
  await until(page, () => document.activeElement?.id === 'site-search');
  await page.locator('.brand').click();
  await page.waitForURL((url) => url.pathname === '/');
  await until(page, () => document.activeElement?.tagName === 'H1');
});

test('the theme follows the system, can be changed, and is remembered', async ({ page, expectError }) => {
  expectError(/ERR_FAILED/);
  const shown = () => page.locator('html').getAttribute('data-theme');
  await open(page, '/models');
  assert.equal(await shown(), 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await until(page, () => document.documentElement.dataset.theme === 'light');
  const button = page.locator('.bar-end button').last();
  await button.click();
  await button.click();
  assert.equal(await shown(), 'dark');
  // before the application runs at all
  await page.route('**/assets/index-*.js', (route) => route.abort());
  await page.reload();
  assert.equal(await shown(), 'dark');
  await page.unroute('**/assets/index-*.js');
  await page.reload();
  await page.locator('.models').waitFor();
  assert.equal(await shown(), 'dark');
}, { colorScheme: 'dark' });

test('an address that is no page says so, with the right status', async ({ page, expectError }) => {
  expectError(/404/);
  const response = await page.goto('/no/such/page');
  assert.equal(response.status(), 404);
  await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  assert.match(await page.locator('main').textContent(), /\/no\/such\/page/);
  await page.getByRole('link', { name: 'Go to the leaderboard' }).click();
  await page.locator('.models').waitFor();
});

test('a model that does not exist says so, and offers a search', async ({ page, base, expectError }) => {
  expectError(/404/);
  const [id] = idsOf(await listOf(base));
  const name = id.slice(id.indexOf('/') + 1);
  await open(page, `/models/nobody-at-all/${encodeURIComponent(name)}`);
  await page.getByRole('heading', { name: 'No such model' }).waitFor();
  await page.getByRole('link', { name: 'Search for' }).click();
  await expectRows(page, await listOf(base, `q=${encodeURIComponent(name)}`));
});

test('a failure is explained, and trying again helps', async ({ page, base, expectError }) => {
  expectError(/503|ERR_FAILED/);
  const list = await listOf(base);
  await page.route('**/api/v1/models?*', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', title: 'Service Unavailable', status: 503, code: 'unavailable', detail: 'the snapshot is being <b>replaced</b>' }),
    }),
  );
  await open(page, '/models');
  const alert = page.locator('.notice-error');
  assert.match(await alert.textContent(), /could not be loaded.*the snapshot is being <b>replaced<\/b>/);
  await page.unroute('**/api/v1/models?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectRows(page, list);
  const path = modelPath(list.models[0].id);
  await page.route(`**/api/v1${path}`, (route) => route.abort('failed'));
  await page.goto(path);
  assert.match(await page.locator('.notice-error').textContent(), /could not be reached/);
  await page.unroute(`**/api/v1${path}`);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.parts').waitFor();
});

test('an empty list says what to do', async ({ page, base }) => {
  await open(page, '/models?q=surely-there-is-no-such-model&removed=exclude');
  await page.getByRole('heading', { name: 'No model matches “surely-there-is-no-such-model”' }).waitFor();
  assert.equal(await page.locator('#results').textContent(), 'No models to show');
  await page.locator('.notice').getByRole('button', { name: 'Reset filters' }).click();
  await expectRows(page, await listOf(base));
});

test('a slow answer shows a skeleton at once, and progress over old rows', async ({ page }) => {
  let release;
  await page.route('**/api/v1/models?*', async (route) => {
    await new Promise((resolve) => {
      release = resolve;
    });
    await route.continue().catch(() => undefined);
  });
  const asked = page.waitForRequest(/api\/v1\/models\?/);
  await page.goto('/models');
  await asked;
  await page.locator('.skeleton').waitFor();
  release();
  await page.locator('.models').waitFor();
  await page.locator('th.c-likes button').click();
  await page.locator('.progress-on').waitFor();
  assert.equal(await page.locator('.models').getAttribute('aria-busy'), 'true');
  release();
  await page.locator('.models[aria-busy=false]').waitFor();
});

test('a frame is there before the application, and says when that cannot be loaded', async ({ page, expectError }) => {
  expectError(/ERR_FAILED|dynamically imported/);
  await page.route('**/assets/index-*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.abort();
  });
  await page.goto('/models?lang=zh', { waitUntil: 'commit' });
  await page.locator('#app > .bar').waitFor({ timeout: 400 });
  assert.match(await page.getByRole('alert').textContent(), /页面加载失败.*重新载入/);
  await page.unroute('**/assets/index-*.js');
  await page.route('**/assets/en-*.js', (route) => route.abort());
  await page.goto('/models?lang=en');
  assert.match(await page.getByRole('alert').textContent(), /could not be loaded.*Reload/);
  await page.unroute('**/assets/en-*.js');
  await page.getByRole('link', { name: 'Reload' }).click();
  await page.locator('.models').waitFor();
  await page.route('**/assets/zh-*.js', (route) => route.abort());
  await page.locator('.bar-end button').first().click();
  await page.getByText('The other language could not be loaded').waitFor();
  assert.equal(await page.locator('h1').textContent(), 'Model leaderboard');
});

test('nothing jumps while a page is loading', async ({ page, base }) => {
  const [id] = idsOf(await listOf(base));
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
  for (const path of ['/models', modelPath(id)]) {
    await open(page, path);
    await page.locator('.facts').waitFor();
    await page.waitForTimeout(100);
    const shifts = await page.evaluate(() => globalThis.shifts);
    assert.ok(shifts.reduce((sum, { value }) => sum + value, 0) < 0.02, `${path}: ${JSON.stringify(shifts)}`);
  }
});

test('names of any length stay inside the page', async ({ page }) => {
  await page.route('**/api/v1/models?*', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    answer.models.forEach((model, i) => {
      model.id = `${(i % 2 ? 'W' : 'long-').repeat(96).slice(0, 96)}/${(i % 3 ? '_x' : 'an-').repeat(48).slice(0, 92)}${i}`;
      model.author.name = 'W'.repeat(96);
      model.task = 'm'.repeat(90);
      Object.assign(model, { rank: 2_999_999, downloads: 999_999_999, likes: 99_999, influence: 9_999_999.99, removed: true });
    });
    await route.fulfill({ response, json: answer });
  });
  for (const viewport of [PHONE, { width: 820, height: 900 }, { width: 1024, height: 800 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(viewport);
    await open(page, '/models');
    const { scroll, client, tallest } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
      tallest: Math.max(...[...document.querySelectorAll('.models tbody tr')].map((row) => row.offsetHeight)),
    }));
    assert.ok(scroll <= client, `${viewport.width}: ${scroll} px wide in ${client}`);
    assert.ok(tallest < 180, `${viewport.width}: a row of ${tallest} px`);
  }
});

test('on paper there are the rows and no controls, dark on light', async ({ page }) => {
  await open(page, '/models');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.locator('#search').isVisible(), false);
  assert.equal(await page.locator('.pager').isVisible(), false);
  assert.equal(await page.locator('.models tbody tr').last().locator('.c-influence').isVisible(), true);
  assert.match(await page.locator('.model-link').first().evaluate((link) => getComputedStyle(link).color), /rgb\(\d\d, \d\d, \d\d\)/);
}, { colorScheme: 'dark', viewport: { width: 794, height: 1123 } });

test('who asked for less motion gets none', async ({ page }) => {
  await page.route('**/api/v1/models?*', () => undefined);
  await page.goto('/models');
  await page.locator('.skeleton span').first().waitFor();
  assert.deepEqual(await page.evaluate(() => document.getAnimations().length), 0);
  await page.unroute('**/api/v1/models?*');
}, { reducedMotion: 'reduce' });

test('relations and parts have their Chinese names', async ({ page, base }) => {
  const { models } = await api(base, '/api/v1/models?per_page=100');
  const names = { adapter: '适配', finetune: '微调', merge: '融合', quantized: '量化' };
  for (const { id } of models) {
    const { bases, derived } = await api(base, `/api/v1/models/${encode(id)}`);
    if (derived.total === 0 || bases.length === 0) continue;
    await open(page, modelPath(id));
    await page.locator('.parts').waitFor();
    for (const [relation, name] of Object.entries(names)) assert.ok((await page.locator(`[data-relation=${relation}]`).textContent()).includes(name));
    assert.ok((await page.locator('[data-list=bases] li').first().textContent()).includes(names[bases[0].relation]));
    assert.deepEqual(await page.locator('.parts tbody th').allTextContents(), ['下载量', '点赞', 'Spaces 应用', '新鲜度', '衍生模型', '基座模型']);
    return undefined;
  }
  return 'no model with bases and derived models';
}, { locale: 'zh-CN' });

test('the keyboard is enough', async ({ page, base }) => {
  const list = await listOf(base);
  await open(page, '/models');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.locator('#search').focus();
  await page.keyboard.type('a/b');
  assert.equal(await page.locator('#search').inputValue(), 'a/b');
  await page.keyboard.press('Escape');
  await expectRows(page, list);
  await page.locator('th.c-name button').focus();
  await page.keyboard.press('Enter');
  await expectRows(page, await listOf(base, 'sort=name'));
  assert.equal(await page.evaluate(() => document.activeElement.parentElement.className), 'c-name');
  await check(page, (await rowIds(page))[0]).focus();
  await page.keyboard.press('Space');
  assert.equal(await page.locator('.chip').count(), 1);
  await page.goto(modelPath(list.models[0].id));
  await page.locator('.parts').waitFor();
  await page.keyboard.press('/');
  await until(page, () => document.activeElement?.id === 'site-search');
});

test('there is neither an inline style nor an inline script in the page that is served', async ({ base }) => {
  const response = await fetch(`${base}/models`);
  const html = await response.text();
  assert.match(html, /^<!doctype html>/i);
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src '(none|self)'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.match(policy, /style-src 'self'(;|$)/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  for (const [, path] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
    assert.equal((await fetch(base + path)).status, 200, path);
  }
});

for (const theme of ['light', 'dark']) {
  for (const lang of ['en', 'zh']) {
    for (const [size, viewport] of [['1280', { width: 1280, height: 800 }], ['360', PHONE]]) {
      test(`no barrier and no sideways scrolling: ${lang}, ${theme}, ${size} px`, async ({ page, base, expectError }) => {
        expectError(/404/);
        const list = await listOf(base);
        const selected = idsOf(list).slice(0, 3).map(encodeURIComponent).join(',');
        const paths = [
          `/models?lang=${lang}&sel=${selected}`, `${modelPath(list.models[0].id)}?lang=${lang}`,
          `/models?lang=${lang}&q=surely-there-is-no-such-model`, `/no/such/page?lang=${lang}`,
          `/?lang=${lang}`, `/dashboard?lang=${lang}`, `/authors/some-body?lang=${lang}`,
        ];
        for (const path of paths) {
          await page.goto(path);
          await page.locator('.models, .parts, .notice, h1').first().waitFor();
          await page.locator('.skeleton').first().waitFor({ state: 'detached' });
          await page.locator('.facts').waitFor();
          if (path.includes('sel=')) await page.locator('#tasks-opener').click();
          assert.deepEqual(await barriers(page), [], path);
          const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
          assert.ok(scroll <= client, `${path}: ${scroll} px wide in ${client}`);
        }
      }, { viewport, colorScheme: theme });
    }
  }
}

test('on a phone every column can be sorted by and every number is there', async ({ page, base }) => {
  await open(page, '/models');
  await page.getByLabel('Sort by').selectOption('downloads');
  const down = await listOf(base, 'sort=downloads&order=desc');
  await expectRows(page, down);
  await page.getByRole('button', { name: 'Descending' }).click();
  await expectRows(page, await listOf(base, 'sort=downloads&order=asc'));
  for (const cell of ['rank', 'author', 'name', 'task', 'created', 'downloads', 'likes', 'influence', 'select', 'network']) {
    assert.equal(await page.locator(`.models tbody tr:first-child .c-${cell}`).isVisible(), true, cell);
  }
}, { viewport: PHONE });
