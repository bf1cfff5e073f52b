// SPDX-License-Identifier: MIT
import type { Network } from '../../web/src/data/network';
import { decodeNetwork } from '../../web/src/data/network';
import type { Camera } from '../../web/src/graph/types';
import type { MakeRival, Rival } from './rival';

/*
 * What networks.mjs asks this page: ?lib=NAME&width=&height=&x=&y=&zoom=&network=QUERY shows a network of the server in
 * a library, by a camera. Only the library that is asked for is loaded. The data come as the binary form, which costs
 * a rival least.
 */
const LIBRARIES: Readonly<Record<string, () => Promise<MakeRival>>> = {
  'vis-dots': async () => (await import('./vis')).makeDots,
  'vis-images': async () => (await import('./vis')).makeImages,
  'sigma3-dots': async () => (await import('./sigma3')).makeDots,
  'sigma3-images': async () => (await import('./sigma3')).makeImages,
  'sigma4-dots': async () => (await import('./sigma4')).makeDots,
};

declare global {
  interface Window {
    /** Waits until everything asked of the canvases below an element is drawn; networks.mjs puts it into every page. */
    benchFinish(root: Element): void;
    /** When the first picture was finished, in ms since navigation began. */
    bench: Promise<{ readonly load_ms: number; readonly fetched_ms: number; readonly decode_ms: number }>;
    /** Milliseconds of each of these frames. */
    benchFrames(cameras: readonly Camera[], budgetMs: number): readonly number[];
    /** Milliseconds of reading the bytes, the first time and again. */
    benchDecode(times: number): Promise<readonly number[]>;
  }
}

const asked = new URLSearchParams(location.search);
const number = (name: string): number => Number(asked.get(name));
const host = document.querySelector<HTMLElement>('#host') ?? document.body;
let rival: Rival | null = null;

async function fetchBytes(): Promise<ArrayBuffer> {
  const answer = await fetch(`/api/v1/networks?${asked.get('network') ?? ''}&format=binary`);
  if (!answer.ok) throw new Error(`the network: ${answer.status}`);
  return answer.arrayBuffer();
}

async function show(): ReturnType<() => Window['bench']> {
  const make = LIBRARIES[asked.get('lib') ?? ''];
  if (make === undefined) throw new Error('no such library');
  host.style.width = `${number('width')}px`;
  host.style.height = `${number('height')}px`;
  const [bytes, create] = await Promise.all([fetchBytes(), make()]);
  const fetched = performance.now();
  const network: Network = decodeNetwork(bytes);
  const decoded = performance.now();
  rival = create(network, host);
  rival.look({ x: number('x'), y: number('y'), zoom: number('zoom') });
  window.benchFinish(host);
  return { load_ms: performance.now(), fetched_ms: fetched, decode_ms: decoded - fetched };
}

window.benchFrames = (cameras, budgetMs) => {
  const times: number[] = [];
  const end = performance.now() + budgetMs;
  for (const camera of cameras) {
    const start = performance.now();
    rival?.look(camera);
    window.benchFinish(host);
    times.push(performance.now() - start);
    if (times.length >= 5 && performance.now() > end) break;
  }
  return times;
};

window.benchDecode = async (times) => {
  const bytes = await fetchBytes();
  return Array.from({ length: times }, () => {
    const start = performance.now();
    decodeNetwork(bytes);
    return performance.now() - start;
  });
};

if (asked.get('lib') !== 'none') window.bench = show();
