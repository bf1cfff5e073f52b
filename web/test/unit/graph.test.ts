// SPDX-License-Identifier: MIT
import { describe, expect, test } from 'vitest';
import { decodeNetwork } from '../../src/data/network';
import { startMove } from '../../src/graph/animate';
import { fitBounds, keepInside, mixCameras, panBy, toScreen, toWorld, zoomAt } from '../../src/graph/camera';
import { createFrame, fillFrame } from '../../src/graph/frame';
import { edgeShape } from '../../src/graph/geometry';
import { placeLabels } from '../../src/graph/labels';
import { EDGE_STATE, INDEX_MASK, STATE_SHIFT, laneOf, mixColours, parseColour } from '../../src/graph/look';
import { createPicker } from '../../src/graph/pick';
import { fitCamera, zoomLimits } from '../../src/graph/pilot';
import { boundsOf, createScene, moveNode, setMarks } from '../../src/graph/scene';
import type { Scene } from '../../src/graph/scene';
import { startDrag } from '../../src/graph/springs';
import { formatSvg, initials } from '../../src/graph/svg';
import { firstChosen, pathToTop, travel } from '../../src/graph/travel';
import type { GraphStyle } from '../../src/graph/types';
import { encodeNetwork, makeNetwork, seeded } from '../mock/network.mjs';

const SIZE = { width: 800, height: 600 };
const LIMITS = { min: 0.01, max: 100 };
const STYLE: GraphStyle = {
  ground: '#101418', text: '#eeeeee', muted: '#888888', accent: '#3366ff', halo: '#101418',
  relations: ['#00aa88', '#2266dd', '#bb6600', '#7744dd'], font: 'sans-serif, "A & B"',
};

function sceneOf(nodes: number, seed = 1): Scene {
  return createScene(decodeNetwork(encodeNetwork(makeNetwork({ nodes, seed }))));
}

const at = (scene: Scene, node: number): readonly number[] => Array.from(scene.places.subarray(4 * node, 4 * node + 3));

function frameOf(scene: Scene, zoom: number, middle = 0) {
  const frame = createFrame(scene);
  const [x = 0, y = 0] = at(scene, middle);
  fillFrame(frame, scene, { x, y, zoom }, SIZE, 1);
  return frame;
}

describe('the camera', () => {
  const camera = { x: 12, y: -5, zoom: 3 };

  test('maps there and back', () => {
    const screen = toScreen(camera, SIZE, 40, 7);
    expect(toWorld(camera, SIZE, screen.x, screen.y)).toEqual({ x: 40, y: 7 });
    expect(toScreen(camera, SIZE, 12, -5)).toEqual({ x: 400, y: 300 });
  });

  test('zooms to a point, within limits', () => {
    const point = { x: 123, y: 456 };
    const before = toWorld(camera, SIZE, point.x, point.y);
    for (const factor of [2, 0.5, 1e9, 1e-9]) {
      const next = zoomAt(camera, SIZE, point, factor, LIMITS);
      const after = toWorld(next, SIZE, point.x, point.y);
      expect(after.x).toBeCloseTo(before.x, 6);
      expect(after.y).toBeCloseTo(before.y, 6);
      expect(next.zoom).toBeGreaterThanOrEqual(LIMITS.min);
      expect(next.zoom).toBeLessThanOrEqual(LIMITS.max);
    }
  });

  test('pans, fits and follows', () => {
    expect(toScreen(panBy(camera, 30, -20), SIZE, 12, -5)).toEqual({ x: 430, y: 280 });
    const fitted = fitBounds({ left: 0, top: 0, right: 100, bottom: 10 }, SIZE, 50, LIMITS);
    expect(fitted).toEqual({ x: 50, y: 5, zoom: 7 });
    expect(keepInside(camera, SIZE, 12, -5, 80)).toEqual(camera);
    const followed = keepInside(camera, SIZE, 1000, -5, 80);
    expect(toScreen(followed, SIZE, 1000, -5).x).toBeCloseTo(720);
  });

  test('flies from one to the other', () => {
    const to = { x: 500, y: 90, zoom: 0.2 };
    expect(mixCameras(camera, to, 0)).toEqual(camera);
    const end = mixCameras(camera, to, 1);
    expect([end.x, end.y, end.zoom].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([500, 90, 0.2]);
    const middle = mixCameras(camera, { ...camera, x: 20 }, 0.5);
    expect(middle).toEqual({ x: 16, y: -5, zoom: 3 });
  });

  test('does not blow up a network of one node', () => {
    const scene = sceneOf(1);
    const bounds = boundsOf(scene);
    expect(bounds).not.toBeNull();
    if (bounds === null) return;
    const camera1 = fitCamera(bounds, SIZE, zoomLimits(bounds, SIZE, scene.radius.middle), scene.radius.max);
    expect(camera1.zoom * scene.radius.max).toBeLessThanOrEqual(56.001);
  });
});

describe('colours', () => {
  test('are read and mixed', () => {
    expect(parseColour('#ff0080')).toEqual([1, 0, 128 / 255]);
    expect(mixColours('#000000', '#ffffff', 0.5)).toBe('#808080');
  });
});

describe('what is drawn', () => {
  test('is what is in view and visible', () => {
    const scene = sceneOf(500);
    const all = frameOf(scene, 1e-3);
    expect(all.points.length + all.discs.length).toBe(500);
    scene.nodeVisible = Uint8Array.from({ length: 500 }, (_, i) => (i < 100 ? 1 : 0));
    scene.edgeVisible = new Uint8Array(scene.network.m);
    const some = frameOf(scene, 1e-3);
    expect([some.points.length + some.discs.length, some.edges.length]).toEqual([100, 0]);
    const close = frameOf(scene, 30, 5);
    expect(close.points.length).toBe(0);
    expect(close.discs.length).toBeLessThan(100);
  });

  test('has the edges of marked nodes last, whatever their length', () => {
    const scene = sceneOf(300);
    const child = scene.network.firstChild[0] ?? 0;
    const { m, source, target } = scene.network;
    const own = Array.from({ length: m }, (_, e) => e).filter((e) => source[e] === child || target[e] === child).length;
    setMarks(scene, { selected: child, path: pathToTop(scene, child), emphasis: null }, -1);
    const { edges } = frameOf(scene, 1e-3);
    const states = Array.from(edges.items.subarray(0, edges.length), (item) => item >>> STATE_SHIFT);
    expect(states.slice(-own).every((state) => (state & EDGE_STATE.touched) !== 0)).toBe(true);
    expect(states.slice(0, -own).every((state) => state === 0)).toBe(true);
    expect(states.filter((state) => (state & EDGE_STATE.strong) !== 0).length).toBe(1);
  });

  test('dims what is not emphasised', () => {
    const scene = sceneOf(50);
    setMarks(scene, { selected: -1, path: [], emphasis: Uint8Array.from({ length: 50 }, (_, i) => (i === 7 ? 1 : 0)) }, 9);
    expect(Array.from(scene.states).filter((state) => (state & 8) === 0).length).toBe(2);
  });

  test('has edges of the same two nodes side by side', () => {
    const plain = makeNetwork({ nodes: 3, roots: 1, groups: false });
    const base = { indirect: false, declared: true, count: 1, hidden: 0, since: null };
    plain.edges = [
      ...plain.nodes.slice(1).map(({ parent }, i) => Object.assign({ source: parent, target: i + 1, relation: 'adapter' as const }, base)),
      { ...base, source: 0, target: 1, relation: 'merge' as const },
      { ...base, source: 1, target: 0, relation: 'merge' as const },
    ].toSorted((a, b) => a.source - b.source || a.target - b.target);
    const scene = createScene(decodeNetwork(encodeNetwork(plain)));
    const { m, source, target } = scene.network;
    const lanes = Array.from({ length: m }, (_, e) => e)
      .filter((e) => (source[e] ?? 0) + (target[e] ?? 0) === 1)
      .map((e) => laneOf(scene.edges[4 * e + 2] ?? 0) * (source[e] === 0 ? 1 : -1));
    expect(lanes.toSorted((a, b) => a - b)).toEqual([-5, 0, 5]);
  });

  test('runs from rim to rim', () => {
    const scene = sceneOf(40);
    const frame = frameOf(scene, 4);
    for (let k = 0; k < frame.edges.length; k += 1) {
      const shape = edgeShape(frame, scene, k);
      if (shape === null) continue;
      const e = (frame.edges.items[k] ?? 0) & INDEX_MASK;
      const [x = 0, y = 0, r = 0] = at(scene, scene.network.source[e] ?? 0);
      const start = toWorld(frame.camera, SIZE, shape.line[0], shape.line[1]);
      expect(Math.hypot(start.x - x, start.y - y)).toBeGreaterThan(r - 1e-3);
      expect(Math.hypot(start.x - x, start.y - y)).toBeLessThan(r + 1.5);
    }
  });
});

describe('picking', () => {
  test('finds the disc under a point, as a search of all does', () => {
    const scene = sceneOf(4000, 7);
    const picker = createPicker();
    const random = seeded(5);
    for (let round = 0; round < 2000; round += 1) {
      const node = Math.floor(random() * 4000);
      const [x = 0, y = 0, r = 0] = at(scene, node);
      const angle = random() * 7;
      expect(picker.at(scene, x + 0.9 * r * Math.cos(angle), y + 0.9 * r * Math.sin(angle), 0)).toBe(node);
    }
    expect(picker.at(scene, 1e7, 0, 5)).toBe(-1);
  });

  test('follows moves and visibility', () => {
    const scene = sceneOf(20);
    const picker = createPicker();
    moveNode(scene, 3, 5000, 5000);
    expect(picker.at(scene, 5000, 5000, 0)).toBe(3);
    scene.nodeVisible = new Uint8Array(20);
    scene.version += 1;
    expect(picker.at(scene, 5000, 5000, 100)).toBe(-1);
  });
});

const measure = (node: number) => ({ text: `node ${node}`, width: 60 });

describe('labels', () => {
  test('do not lie over each other', () => {
    const scene = sceneOf(2000);
    for (const zoom of [0.1, 0.5, 2, 6]) {
      const labels = placeLabels(frameOf(scene, zoom), scene, measure);
      expect(labels.length).toBeGreaterThan(0);
      for (const a of labels) {
        for (const b of labels) {
          if (a !== b) expect(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 14).toBe(true);
        }
      }
    }
  });

  test('always name the selected and the hovered node', () => {
    const scene = sceneOf(2000);
    setMarks(scene, { selected: 1999, path: [], emphasis: null }, 1500);
    const bounds = boundsOf(scene) ?? { left: 0, top: 0, right: 1, bottom: 1 };
    const frame = createFrame(scene);
    fillFrame(frame, scene, fitBounds(bounds, SIZE, 0, LIMITS), SIZE, 1);
    const named = placeLabels(frame, scene, measure).map(({ node }) => node);
    expect(named.slice(0, 2).toSorted((a, b) => a - b)).toEqual([1500, 1999]);
  });

  test('become more as one comes closer', () => {
    const scene = sceneOf(300);
    const far = placeLabels(frameOf(scene, 0.3), scene, measure).length;
    expect(placeLabels(frameOf(scene, 6), scene, measure).length).toBeGreaterThan(far);
  });
});

const settle = (drag: ReturnType<typeof startDrag>): number => {
  let steps = 0;
  while (drag.step(1 / 60) && steps < 600) steps += 1;
  return steps;
};

describe('dragging', () => {
  test('takes children along and leaves strangers alone', () => {
    const scene = sceneOf(400, 2);
    const before = scene.places.slice();
    const { firstChild } = scene.network;
    const drag = startDrag(scene, 0);
    const [x = 0, y = 0] = at(scene, 0);
    drag.moveTo(x + 100, y - 40);
    drag.release();
    expect(settle(drag)).toBeLessThan(75);
    expect(at(scene, 0).slice(0, 2)).toEqual([x + 100, y - 40]);
    const child = firstChild[0] ?? 0;
    expect((scene.places[4 * child] ?? 0) - (before[4 * child] ?? 0)).toBeGreaterThan(80);
    let still = 0;
    for (let i = 0; i < 400; i += 1) if (scene.places[4 * i] === before[4 * i]) still += 1;
    expect(still).toBeGreaterThanOrEqual(99);
  });

  test('hardly moves the base of a leaf', () => {
    const scene = sceneOf(400, 2);
    const leaf = 399;
    const base = scene.network.parent[leaf] ?? 0;
    const [baseX = 0] = at(scene, base);
    const [x = 0, y = 0] = at(scene, leaf);
    const drag = startDrag(scene, leaf);
    drag.moveTo(x + 100, y);
    drag.release();
    settle(drag);
    expect(Math.abs((at(scene, base)[0] ?? 0) - baseX)).toBeLessThan(30);
  });
});

describe('moving to new places', () => {
  test('starts where nodes were and ends where they belong', () => {
    const before = sceneOf(60);
    const after = sceneOf(60);
    moveNode(before, 5, 777, 888);
    const move = startMove(after, before, { x: 10, y: 0 });
    expect(move.step(0)).toBe(true);
    expect(at(after, 5).slice(0, 2)).toEqual([787, 888]);
    expect(move.step(1000)).toBe(false);
    expect(at(after, 5)).toEqual([after.network.x[5], after.network.y[5], after.network.r[5]]);
  });

  test('lets new nodes grow out of what they hang on', () => {
    const before = sceneOf(60);
    const after = sceneOf(60);
    before.nodeVisible = Uint8Array.from({ length: 60 }, (_, i) => (i === 50 ? 0 : 1));
    const base = after.network.parent[50] ?? 0;
    const [x, y] = at(before, base);
    startMove(after, before, { x: 0, y: 0 }).step(0);
    expect(at(after, 50)).toEqual([x, y, 0]);
  });
});

describe('travelling', () => {
  test('goes along the forest and skips what is hidden', () => {
    const scene = sceneOf(300);
    const { firstChild, parent } = scene.network;
    expect(travel(scene, -1, 'derived')).toBe(0);
    const child = travel(scene, 0, 'derived');
    expect(child).toBe(firstChild[0]);
    expect(travel(scene, child, 'base')).toBe(0);
    expect(travel(scene, child, 'previous')).toBe(child);
    expect(travel(scene, child, 'next')).toBe(child + 1);
    expect(travel(scene, 0, 'base')).toBe(0);
    scene.nodeVisible[child] = 0;
    expect(travel(scene, 0, 'derived')).toBe(child + 1);
    scene.nodeVisible[0] = 0;
    expect(firstChosen(scene)).not.toBe(0);
    expect(pathToTop(scene, 299).at(-1)).toBeLessThan(scene.network.firstChild[0] ?? 0);
    expect(parent[pathToTop(scene, 299).at(-1) ?? 0]).toBe(-1);
  });
});

describe('SVG', () => {
  test('holds what is drawn, and no markup from outside', () => {
    const scene = sceneOf(200);
    const frame = frameOf(scene, 1);
    const labels = [{ node: 0, text: '<script>&"\u0000\ud800 星', x: 10, y: 10, style: 'plain' as const }];
    const svg = formatSvg({ frame, scene, labels, badges: [{ x: 1, y: 2, r: 5 }], style: STYLE });
    expect(svg).toContain('&lt;script&gt;&amp;" 星');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('font-family="sans-serif, &quot;A &amp; B&quot;"');
    expect(svg.match(/<circle/g)?.length).toBeGreaterThanOrEqual(frame.points.length + frame.discs.length);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('carries initials', () => {
    expect(['open-meadow', '星河', 'x', '', '--', 'a_b c'].map(initials)).toEqual(['OM', '星', 'X', '', '', 'AB']);
  });
});
