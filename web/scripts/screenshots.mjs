// SPDX-License-Identifier: MIT
// screenshots <address> <folder> - the pictures of the README, taken from a running server. Fails for a picture
// that is too large to be shown there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { launchBrowser } from '../test/support/browser.mjs';

const MAX_BYTES = 300_000;
const DESKTOP = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1.5 };
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

const model = pathOf(await modelToShow());
const shots = [
  { name: 'leaderboard-zh-dark', path: 'models', lang: 'zh', theme: 'dark', screen: DESKTOP },
  { name: 'model-en-light', path: model, lang: 'en', theme: 'light', screen: DESKTOP },
  { name: 'phone-en-light', path: 'models', lang: 'en', theme: 'light', screen: PHONE },
];

mkdirSync(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const { name, path, lang, theme, screen } of shots) {
    const page = await browser.newPage({ ...screen, colorScheme: theme, locale: lang, reducedMotion: 'reduce' });
    await page.goto(`${base}/${path}?lang=${lang}`);
    await page.locator('.models, .parts').first().waitFor();
    await page.locator('.facts').waitFor();
    await page.waitForLoadState('networkidle');
    const png = recompress(await page.screenshot());
    await page.close();
    writeFileSync(join(folder, `${name}.png`), png);
    console.log(`${String(png.length).padStart(7)}  ${name}.png`);
    if (png.length > MAX_BYTES) throw new Error(`${name}.png: ${png.length} bytes, at most ${MAX_BYTES}`);
  }
} finally {
  await browser.close();
}
