// SPDX-License-Identifier: MIT
import type { Point } from './camera';

/** What fingers, mouse and wheel do; places are CSS pixels of the host. */
export interface InputTarget {
  /** The node at a point, or -1; a finger may miss by more. */
  pick(at: Point, isTouch: boolean): number;
  hover(node: number, at: Point): void;
  click(node: number): void;
  doubleClick(node: number): void;
  grab(node: number, at: Point): void;
  drag(at: Point): void;
  drop(): void;
  pan(dx: number, dy: number): void;
  zoom(at: Point, factor: number): void;
}

const SLACK_PX = 4;
const TOUCH_SLACK_PX = 9;
const DOUBLE_MS = 350;
const DOUBLE_PX = 24;
const PRESS_MS = 500;
const LINE_PX = 16;
const PAGE_PX = 400;
const WHEEL_SPEED = 0.0016;
const PINCH_SPEED = 0.01;
const WHEEL_STEP_MAX = 240;

type Gesture = 'none' | 'press' | 'pan' | 'drag' | 'pinch' | 'done';

interface Pinch {
  readonly middle: Point;
  readonly distance: number;
}

/** Listens to pointers and the wheel on `surface`; answers how to stop. */
export function watchInput(surface: HTMLElement, target: InputTarget): () => void {
  const pointers = new Map<number, Point>();
  let gesture: Gesture = 'none';
  let pressed = -1;
  let start: Point = { x: 0, y: 0 };
  let last: Point = start;
  let pinch: Pinch | null = null;
  let lastClick = { time: -Infinity, node: -1, at: start };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listening = new AbortController();

  const setGesture = (next: Gesture): void => {
    gesture = next;
    if (next !== 'press') clearTimeout(timer);
    surface.style.cursor = next === 'pan' || next === 'drag' ? 'grabbing' : '';
  };
  const pointOf = (event: PointerEvent | WheelEvent): Point => {
    const box = surface.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const hover = (at: Point, isTouch: boolean): void => {
    const node = target.pick(at, isTouch);
    if (!isTouch) surface.style.cursor = node < 0 ? '' : 'pointer';
    target.hover(node, at);
  };
  /* `now` is when the finger or the button was lifted, however late that is heard of. */
  const click = (at: Point, now: number): void => {
    const isDouble = now - lastClick.time < DOUBLE_MS && lastClick.node === pressed && Math.hypot(at.x - lastClick.at.x, at.y - lastClick.at.y) < DOUBLE_PX;
    lastClick = { time: isDouble ? -Infinity : now, node: pressed, at };
    if (isDouble && pressed >= 0) target.doubleClick(pressed);
    else target.click(pressed);
  };

  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const at = pointOf(event);
    const isTouch = event.pointerType !== 'mouse';
    pointers.set(event.pointerId, at);
    capture(surface, event.pointerId);
    if (pointers.size === 2) {
      if (gesture === 'drag') target.drop();
      pinch = measure(pointers);
      setGesture('pinch');
    }
    if (pointers.size !== 1) return;
    [start, last] = [at, at];
    pressed = target.pick(at, isTouch);
    setGesture('press');
    target.hover(isTouch ? -1 : pressed, at);
    if (!isTouch) return;
    timer = setTimeout(() => {
      setGesture('done');
      target.hover(pressed, start);
    }, PRESS_MS);
  };
  const move = (event: PointerEvent): void => {
    const at = pointOf(event);
    const isTouch = event.pointerType !== 'mouse';
    if (!pointers.has(event.pointerId)) {
      if (!isTouch && pointers.size === 0) hover(at, false);
      return;
    }
    pointers.set(event.pointerId, at);
    if (gesture === 'pinch') movePinch();
    if (gesture === 'press' && Math.hypot(at.x - start.x, at.y - start.y) > (isTouch ? TOUCH_SLACK_PX : SLACK_PX)) begin();
    if (gesture === 'drag') target.drag(at);
    if (gesture === 'pan') target.pan(at.x - last.x, at.y - last.y);
    last = at;
  };
  const begin = (): void => {
    if (pressed < 0) setGesture('pan');
    else {
      setGesture('drag');
      target.grab(pressed, start);
    }
  };
  const movePinch = (): void => {
    const now = measure(pointers);
    if (pinch === null || now === null) return;
    target.pan(now.middle.x - pinch.middle.x, now.middle.y - pinch.middle.y);
    target.zoom(now.middle, now.distance / Math.max(1, pinch.distance));
    pinch = now;
  };
  const up = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    if (gesture === 'drag') target.drop();
    if (gesture === 'press' && event.type === 'pointerup') click(pointOf(event), event.timeStamp);
    // a finger that is left after a pinch does nothing until it is lifted, too
    setGesture(pointers.size === 0 ? 'none' : 'done');
  };
  const leave = (event: PointerEvent): void => {
    if (pointers.size === 0 && event.pointerType === 'mouse') target.hover(-1, pointOf(event));
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? PAGE_PX : 1;
    const step = Math.max(-WHEEL_STEP_MAX, Math.min(WHEEL_STEP_MAX, event.deltaY * unit));
    // a pinch on a touch pad comes as a wheel with Ctrl, in small steps
    target.zoom(pointOf(event), Math.exp(-step * (event.ctrlKey ? PINCH_SPEED : WHEEL_SPEED)));
  };

  /* a finger that rests would open a menu */
  const menu = (event: Event): void => {
    if (pointers.size > 0) event.preventDefault();
  };

  const { signal } = listening;
  surface.addEventListener('pointerdown', down, { signal });
  surface.addEventListener('pointermove', move, { signal });
  surface.addEventListener('pointerup', up, { signal });
  surface.addEventListener('pointercancel', up, { signal });
  surface.addEventListener('pointerleave', leave, { signal });
  surface.addEventListener('contextmenu', menu, { signal });
  surface.addEventListener('wheel', wheel, { signal, passive: false });
  return () => {
    clearTimeout(timer);
    listening.abort();
  };
}

function measure(pointers: ReadonlyMap<number, Point>): Pinch | null {
  const [a, b] = [...pointers.values()];
  if (a === undefined || b === undefined) return null;
  return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, distance: Math.hypot(a.x - b.x, a.y - b.y) };
}

/* A pointer that is already gone, or a made-up one, cannot be captured. */
function capture(surface: HTMLElement, pointer: number): void {
  try {
    surface.setPointerCapture(pointer);
  } catch {
    // then its moves outside of the surface are not heard
  }
}
