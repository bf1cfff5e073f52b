// SPDX-License-Identifier: MIT
import type { Way } from './travel';

/** What keys do on the focused host. */
export interface KeyTarget {
  travel(way: Way): void;
  goHome(): void;
  toggle(): void;
  clear(): void;
  fit(): void;
  zoomBy(factor: number): void;
  pan(dx: number, dy: number): void;
}

const ZOOM_STEP = 1.4;
const PAN_PX = 80;

const WAYS: Readonly<Record<string, Way>> = { ArrowLeft: 'base', ArrowRight: 'derived', ArrowUp: 'previous', ArrowDown: 'next' };
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN_PX, 0],
  ArrowRight: [-PAN_PX, 0],
  ArrowUp: [0, PAN_PX],
  ArrowDown: [0, -PAN_PX],
};

/** Listens to keys on `host`; what is typed into something inside of it is none of ours. Answers how to stop. */
export function watchKeys(host: HTMLElement, target: KeyTarget): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.target !== host || event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event, target)) event.preventDefault();
  };
  host.addEventListener('keydown', press);
  return () => host.removeEventListener('keydown', press);
}

function act({ key, shiftKey }: KeyboardEvent, target: KeyTarget): boolean {
  const pan = PANS[key];
  const way = WAYS[key];
  if (shiftKey && pan !== undefined) target.pan(...pan);
  else if (way !== undefined) target.travel(way);
  else if (key === '+' || key === '=') target.zoomBy(ZOOM_STEP);
  else if (key === '-' || key === '_') target.zoomBy(1 / ZOOM_STEP);
  else if (key === '0') target.fit();
  else if (key === 'Home') target.goHome();
  else if (key === 'Enter') target.toggle();
  else if (key === 'Escape') target.clear();
  else return false;
  return true;
}
