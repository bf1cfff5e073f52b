// SPDX-License-Identifier: MIT

const PRESS_MS = 500;
const SLACK_PX = 10;

/** Calls `onPress` with a point of `host` that a finger rested on. Answers how to stop. */
export function watchLongPress(host: HTMLElement, onPress: (x: number, y: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start = { x: 0, y: 0 };
  const end = (): void => clearTimeout(timer);
  const begin = (event: PointerEvent): void => {
    end();
    if (event.pointerType !== 'touch' || !event.isPrimary) return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      const { left, top } = host.getBoundingClientRect();
      onPress(start.x - left, start.y - top);
    }, PRESS_MS);
  };
  const move = (event: PointerEvent): void => {
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK_PX) end();
  };
  const isPassive = { capture: true, passive: true };
  host.addEventListener('pointerdown', begin, isPassive);
  host.addEventListener('pointermove', move, isPassive);
  for (const name of ['pointerup', 'pointercancel'] as const) host.addEventListener(name, end, isPassive);
  return () => {
    end();
    host.removeEventListener('pointerdown', begin, isPassive);
    host.removeEventListener('pointermove', move, isPassive);
    for (const name of ['pointerup', 'pointercancel'] as const) host.removeEventListener(name, end, isPassive);
  };
}
