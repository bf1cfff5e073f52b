// SPDX-License-Identifier: MIT
// bench [<nodes>...] - milliseconds per frame while the whole network is in view, close to the largest family, and very
// close; drawn in software, each frame waited for.
import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../support/browser.mjs';
import { bundle, startPage } from './server.mjs';

const FRAMES = 11;
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000, 100_000];

function measure({ nodes, count }) {
  const { lab } = window;
  const start = performance.now();
  lab.open({ nodes });
  const load = performance.now() - start;
  const pan = (zoom) => {
    lab.view.fit();
    if (zoom > 0) {
      lab.view.flyTo(0);
      lab.view.zoomBy(zoom);
    }
    const taken = [];
    for (let k = 0; k < count; k += 1) {
      const look = lab.view.camera();
      lab.view.setCamera({ ...look, x: look.x + 10 / look.zoom });
      lab.view.drawNow();
      taken.push(lab.view.stats().frameMs);
    }
    const { nodes: drawn, edges, labels } = lab.view.stats();
    return { ms: taken.toSorted((a, b) => a - b)[count >> 1], least: Math.min(...taken), drawn, edges, labels };
  };
  return { load, all: pan(0), family: pan(0.2), near: pan(1) };
}

const { url, stop } = await startPage();
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.goto(url);
  await page.waitForFunction(() => window.lab !== undefined);
  for (const nodes of sizes) {
    const { load, ...views } = await page.evaluate(measure, { nodes, count: FRAMES });
    console.log(`${nodes} nodes: made, read and first drawn in ${Math.round(load)} ms`);
    for (const [name, { ms, least, drawn, edges, labels }] of Object.entries(views)) {
      console.log(`  ${name.padEnd(7)} ${ms.toFixed(1)} ms a frame (least ${least.toFixed(1)}): ${drawn} nodes, ${edges} edges, ${labels} labels`);
    }
  }
} finally {
  await browser.close();
  await stop();
}
const script = await bundle('../../src/graph/view.ts', true);
console.log(`graph alone: ${script.length} bytes, ${gzipSync(script, { level: 9 }).length} compressed`);
