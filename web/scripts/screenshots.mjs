// SPDX-License-Identifier: MIT
// screenshots <address> <folder> - the pictures of the README, taken from a running server. Fails for a picture
// that is too large to be shown there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { launchBrowser } from '../test/support/browser.mjs';

const MAX_BYTES = 400_000;
/* A picture of hundreds of discs, or of a whole wall, does not compress as well as a table. */
const MAX_NETWORK_BYTES = 900_000;
const DESKTOP = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1.5 };
/* Thousands of discs take room in a file. */
const NETWORK = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1 };
const WALL = { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 1 };
const TALL = { viewport: { width: 1280, height: 1500 }, deviceScaleFactor: 1 };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
/* A model whose page has something to show in every section. */
const SHOWN_DERIVED = 4;

const [address, folder] = process.argv.slice(2);
if (address === undefined || folder === undefined) {
  console.error('usage: node scripts/screenshots.mjs <address> <folder>');
  process.exit(2);
}
const base = address.replace(/\/$/, '');
const get = async (path) => (await fetch(`${base}/api/v1/${path}`)).json();
const pathOf = (id) => `models/${id.split('/').map(encodeURIComponent).join('/')}`;

async function modelToShow() {
  const { models } = await get('models?per_page=30');
  if (models.length === 0) throw new Error(`${base}: no models, nothing to show`);
  for (const { id } of models) {
    const { bases, derived } = await get(pathOf(id));
    if (bases.length > 0 && derived.total >= SHOWN_DERIVED) return id;
  }
  return models[0].id;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  const tail = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/* The browser compresses in haste: the same pixels again, as small as deflate makes them. */
function recompress(png) {
  const parts = [png.subarray(0, 8)];
  const pixels = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT') pixels.push(data);
    else if (type === 'IEND') parts.push(chunk('IDAT', deflateSync(inflateSync(Buffer.concat(pixels)), { level: 9, memLevel: 9 })), chunk(type, data));
    else parts.push(chunk(type, data));
    at += length + 12;
  }
  return Buffer.concat(parts);
}

/* The model with most derived models among the most influential, and the next ones. */
async function familiesToShow() {
  const { models } = await get('models?per_page=30');
  const families = [];
  for (const { id } of models) families.push({ id, derived: (await get(pathOf(id))).derived.total });
  return families.toSorted((a, b) => b.derived - a.derived).map(({ id }) => id);
}

const model = pathOf(await modelToShow());
const families = await familiesToShow();
const query = (...ids) => `networks?${ids.map((id) => `model=${id.split('/').map(encodeURIComponent).join('/')}`).join('&')}`;
const family = query(families[0]);
const shots = [
  { name: 'home-zh-dark', path: '', lang: 'zh', theme: 'dark', screen: DESKTOP },
  { name: 'dashboard-en-light', path: 'dashboard', lang: 'en', theme: 'light', screen: TALL },
  { name: 'wall-zh-dark', path: 'dashboard?wall=1', lang: 'zh', theme: 'dark', screen: WALL },
  { name: 'leaderboard-zh-dark', path: 'models', lang: 'zh', theme: 'dark', screen: DESKTOP },
  { name: 'model-en-light', path: model, lang: 'en', theme: 'light', screen: DESKTOP },
  { name: 'phone-en-light', path: 'models', lang: 'en', theme: 'light', screen: PHONE },
  { name: 'network-top15-zh-dark', path: 'networks?top=15', lang: 'zh', theme: 'dark', screen: NETWORK },
  { name: 'network-family-en-dark', path: family, lang: 'en', theme: 'dark', screen: NETWORK, isSelected: true },
  { name: 'network-full-zh-dark', path: `${family}&view=full`, lang: 'zh', theme: 'dark', screen: NETWORK },
  { name: 'network-author-en-light', path: `${family}&view=author`, lang: 'en', theme: 'light', screen: NETWORK },
  { name: 'network-quantized-zh-light', path: 'networks?top=15&view=quantized', lang: 'zh', theme: 'light', screen: NETWORK },
  { name: 'network-several-en-light', path: query(...families.slice(0, 5)), lang: 'en', theme: 'light', screen: NETWORK },
  { name: 'network-table-en-light', path: `${family}&as=both`, lang: 'en', theme: 'light', screen: NETWORK },
  { name: 'network-phone-zh-dark', path: family, lang: 'zh', theme: 'dark', screen: PHONE, isSelected: true },
];

/* The whole network is drawn, with its pictures. */
async function settleNetwork(page, isSelected) {
  await page.waitForFunction(() => document.querySelector('.net-picture')?.graphView?.stats().frames > 0);
  if (isSelected) {
    const { x, y } = await page.evaluate(() => {
      const host = document.querySelector('.net-picture');
      const { left, top } = host.getBoundingClientRect();
      const at = host.graphView.positionOf(0);
      return { x: at.x + left, y: at.y + top };
    });
    await page.mouse.click(x, y);
    await page.locator('.net-values').waitFor();
    await page.mouse.move(x, 5);
  }
  await page.waitForLoadState('networkidle');
  // pictures of authors are put into their places a frame after they came
  await page.waitForTimeout(500);
}

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const { name, path, lang, theme, screen, isSelected = false } of shots) {
    const page = await browser.newPage({ ...screen, colorScheme: theme, locale: lang, reducedMotion: 'reduce' });
    await page.goto(`${base}/${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
    await page.locator('h1').first().waitFor();
    await page.locator('.skeleton').waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    if (path.startsWith('networks')) await settleNetwork(page, isSelected);
    const png = recompress(await page.screenshot());
    await page.close();
    writeFileSync(join(folder, `${name}.png`), png);
    console.log(`${String(png.length).padStart(7)}  ${name}.png`);
    const most = /^(network|wall)/.test(name) ? MAX_NETWORK_BYTES : MAX_BYTES;
    if (png.length > most) throw new Error(`${name}.png: ${png.length} bytes, at most ${most}`);
  }
} finally {
  await browser.close();
}
