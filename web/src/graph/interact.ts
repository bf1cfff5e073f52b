// SPDX-License-Identifier: MIT
import { toWorld } from './camera';
import type { Point } from './camera';
import type { Core } from './core';
import { watchInput } from './input';
import { watchKeys } from './keys';
import type { Drag } from './springs';
import { firstChosen, pathToTop, travel } from './travel';

/** A pointer may miss a disc by this many pixels, */
export const PICK_SLACK = 3;
/* a finger by more. */
const TOUCH_PICK_SLACK = 12;

/** Lets hands and keys act on a view; answers how to stop. */
export function watchHands(host: HTMLElement, core: Core): () => void {
  const { pilot, options } = core;
  let drag: Drag | null = null;
  let grip: Point = { x: 0, y: 0 };

  const worldOf = (at: Point): Point => toWorld(pilot.camera(), core.stage.size(), at.x, at.y);
  /* Shown at once; the page will say the same by setMarks, or otherwise. */
  const select = (node: number): void => {
    const scene = core.show()?.scene;
    if (scene === undefined) return;
    core.setMarks({ ...scene.marks, selected: node, path: pathToTop(scene, node) }, scene.hovered);
    options.onSelect(node);
  };
  const reach = (node: number): void => {
    const places = core.show()?.scene.places;
    if (places === undefined || node < 0) return;
    select(node);
    pilot.follow(places[4 * node] as number, places[4 * node + 1] as number);
  };
  const toggle = (node: number): void => {
    if (node >= 0) options.onToggle(node);
  };

  const stopInput = watchInput(core.stage.overlay, {
    pick: (at, isTouch) => core.pick(at, isTouch ? TOUCH_PICK_SLACK : PICK_SLACK),
    hover(node, at) {
      const scene = core.show()?.scene;
      if (scene === undefined || (node < 0 && scene.hovered < 0)) return;
      if (scene.hovered !== node) core.setMarks(scene.marks, node);
      options.onHover(node, at.x, at.y);
    },
    click: select,
    doubleClick: toggle,
    grab(node, at) {
      const places = core.show()?.scene.places;
      drag = core.grab(node);
      if (places === undefined) return;
      const world = worldOf(at);
      grip = { x: world.x - (places[4 * node] as number), y: world.y - (places[4 * node + 1] as number) };
    },
    drag(at) {
      const world = worldOf(at);
      drag?.moveTo(world.x - grip.x, world.y - grip.y);
      core.schedule();
    },
    drop() {
      drag?.release();
      drag = null;
      if (options.isStill) core.settle();
      core.schedule();
    },
    pan: pilot.pan,
    zoom: pilot.zoom,
  });
  const stopKeys = watchKeys(host, {
    travel(way) {
      const scene = core.show()?.scene;
      if (scene !== undefined) reach(travel(scene, scene.marks.selected, way));
    },
    goHome() {
      const scene = core.show()?.scene;
      if (scene !== undefined) reach(firstChosen(scene));
    },
    toggle: () => toggle(core.show()?.scene.marks.selected ?? -1),
    clear: () => select(-1),
    fit: core.fit,
    zoomBy(factor) {
      core.applyFit();
      pilot.zoomMiddle(factor);
    },
    pan: pilot.pan,
  });
  return () => {
    stopInput();
    stopKeys();
  };
}
