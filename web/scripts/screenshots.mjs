// SPDX-License-Identifier: MIT
// ECOVIZ_URL=<address> screenshots <directory> - pictures of the application for the README.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../test/support/browser.mjs';

const base = process.env.ECOVIZ_URL;
const [directory] = process.argv.slice(2);
if (base === undefined || directory === undefined) {
  console.error('usage: ECOVIZ_URL=<address> node scripts/screenshots.mjs <directory>');
  process.exit(2);
}

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const answer = await fetch(`${base}/api/v1/models?per_page=1`);
const [first] = (await answer.json()).models;
if (first === undefined) throw new Error(`${base}: no models, nothing to show`);
const model = `/models/${first.id.split('/').map(encodeURIComponent).join('/')}`;
const shots = [
  { name: 'leaderboard-zh-dark', path: '/models', lang: 'zh', theme: 'dark', viewport: desktop },
  { name: 'leaderboard-en-light', path: '/models', lang: 'en', theme: 'light', viewport: desktop },
  { name: 'model-en-light', path: model, lang: 'en', theme: 'light', viewport: desktop },
  { name: 'model-zh-dark', path: model, lang: 'zh', theme: 'dark', viewport: desktop },
  { name: 'leaderboard-phone-en-light', path: '/models', lang: 'en', theme: 'light', viewport: phone },
];

mkdirSync(directory, { recursive: true });
const browser = await launchBrowser();
try {
  for (const { name, path, lang, theme, viewport } of shots) {
    const page = await browser.newPage({ viewport, colorScheme: theme, locale: lang });
    await page.goto(`${base}${path}?lang=${lang}`);
    await page.locator('.models, .parts').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(directory, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
}
