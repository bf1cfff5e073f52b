// SPDX-License-Identifier: MIT
import { ATLAS_SIZE, CELL, CELLS_IN_ROW } from './renderer';
import type { AtlasSource } from './renderer';

/** Pictures of authors, fetched as they come into view. */
export interface Atlas extends AtlasSource {
  /** Begins a frame: pictures that are asked for from now on are in use. */
  beginFrame(): void;
  /** The cell of an author's picture, -1 while there is none; it is fetched then, larger `weight` first. */
  cellOf(author: string, weight: number): number;
  /** Ends a frame: asks for what was missing, a little later. */
  endFrame(): void;
  destroy(): void;
}

/** Most names on a sheet. */
const SHEET_MAX = 48;
const SHEET_COLUMNS = 8;
const REQUESTS_MAX = 2;
const RETRIES_MAX = 2;
const DELAY_MS = 60;
const RETRY_MS = 1500;
const CELLS = CELLS_IN_ROW * CELLS_IN_ROW;

interface Cell {
  readonly index: number;
  frame: number;
}

/** An atlas that fetches sheets from `sheet(names)`; `onChange` tells that there are new pictures. */
export function createAtlas(sheet: (names: readonly string[]) => string, onChange: () => void): Atlas {
  const cells = new Map<string, Cell>();
  const loading = new Set<string>();
  const failures = new Map<string, number>();
  const missing = new Map<string, number>();
  const images = new Set<HTMLImageElement>();
  let fresh: number[] = [];
  let canvas: HTMLCanvasElement | null = null;
  let frame = 0;
  /* cells in use in this frame */
  let used = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const listening = new AbortController();

  const schedule = (delay: number): void => {
    if (listening.signal.aborted || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      request();
    }, delay);
  };
  const request = (): void => {
    const room = Math.min(SHEET_MAX, CELLS - used);
    if (room <= 0) return;
    while (missing.size > 0 && images.size < REQUESTS_MAX) {
      const names = [...missing].toSorted((a, b) => b[1] - a[1]).slice(0, room).map(([name]) => name);
      for (const name of names) {
        missing.delete(name);
        loading.add(name);
      }
      fetchSheet(names);
    }
  };
  const fetchSheet = (names: readonly string[]): void => {
    const image = new Image(CELL * SHEET_COLUMNS, CELL * Math.ceil(names.length / SHEET_COLUMNS));
    images.add(image);
    const done = (isGood: boolean): void => {
      images.delete(image);
      for (const name of names) loading.delete(name);
      if (isGood) take(image, names);
      else for (const name of names) failures.set(name, (failures.get(name) ?? 0) + 1);
      // who is still in view asks again in the next frame
      if (isGood) onChange();
      else retry = setTimeout(onChange, RETRY_MS);
      if (missing.size > 0) schedule(0);
    };
    image.addEventListener('load', () => done(true), { signal: listening.signal });
    image.addEventListener('error', () => done(false), { signal: listening.signal });
    image.src = sheet(names);
  };
  const take = (image: HTMLImageElement, names: readonly string[]): void => {
    canvas ??= createCanvas();
    const context = canvas.getContext('2d');
    if (context === null) return;
    names.forEach((name, i) => {
      const index = freeCell(cells, frame);
      if (index < 0) return;
      cells.set(name, { index, frame });
      const x = (index % CELLS_IN_ROW) * CELL;
      const y = Math.floor(index / CELLS_IN_ROW) * CELL;
      context.clearRect(x, y, CELL, CELL);
      context.drawImage(image, (i % SHEET_COLUMNS) * CELL, Math.floor(i / SHEET_COLUMNS) * CELL, CELL, CELL, x, y, CELL, CELL);
      fresh.push(index);
    });
  };

  return {
    get canvas() {
      return canvas;
    },
    takeFresh() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    beginFrame() {
      frame += 1;
      used = 0;
      missing.clear();
    },
    cellOf(author, weight) {
      const cell = cells.get(author);
      if (cell !== undefined) {
        if (cell.frame !== frame) used += 1;
        cell.frame = frame;
        return cell.index;
      }
      if (!loading.has(author) && (failures.get(author) ?? 0) <= RETRIES_MAX) missing.set(author, Math.max(weight, missing.get(author) ?? 0));
      return -1;
    },
    endFrame() {
      if (missing.size > 0) schedule(DELAY_MS);
    },
    destroy() {
      listening.abort();
      clearTimeout(timer);
      clearTimeout(retry);
      for (const image of images) image.src = '';
      images.clear();
      cells.clear();
      missing.clear();
      if (canvas !== null) canvas.width = 0;
      canvas = null;
    },
  };
}

function createCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = ATLAS_SIZE;
  canvas.height = ATLAS_SIZE;
  return canvas;
}

/* A cell that was never used, or the one that has been out of use the longest; -1 when all are in view. */
function freeCell(cells: Map<string, Cell>, frame: number): number {
  if (cells.size < CELLS) return cells.size;
  let oldest: readonly [string, Cell] | undefined;
  for (const entry of cells) if (oldest === undefined || entry[1].frame < oldest[1].frame) oldest = entry;
  if (oldest === undefined || oldest[1].frame >= frame) return -1;
  cells.delete(oldest[0]);
  return oldest[1].index;
}
