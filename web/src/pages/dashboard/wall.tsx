// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { DataMark } from '../../ui/data-mark';
import { pushDashboard } from './nav';
import { isCut, usePulse } from './pulse';

/** How long the way out stays in sight after something moved. */
const AWAKE_MS = 5000;

interface WallProps {
  readonly head: ComponentChildren;
  /** Whether there are data to show. */
  readonly hasData: boolean;
  readonly children: ComponentChildren;
}

/** The frame of a wall: the whole screen, nothing to press but what leaves it. */
export function Wall({ head, hasData, children }: WallProps): JSX.Element {
  usePulse();
  const isAwake = useAwake();
  useLayoutEffect(() => {
    document.documentElement.dataset['wall'] = '';
    document.querySelector<HTMLElement>('.wall h1')?.focus({ preventScroll: true });
    return () => {
      delete document.documentElement.dataset['wall'];
      // once the page is there, where it is the dashboard's
      queueMicrotask(() => document.querySelector<HTMLElement>('.dash-wall-button')?.focus({ preventScroll: true }));
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.key === 'f' || event.key === 'F') void toggleFullScreen();
      // in full screen the browser takes the first one for itself
      else if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) leave();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <div class="wall">
      <div class="wall-head">
        {head}
        <DataMark />
        {isCut.value ? (
          <p class="wall-cut" role="status">
            {t(hasData ? 'dash.wall.cut' : 'dash.wall.cut.empty')}
          </p>
        ) : null}
        <button type="button" class={isAwake ? 'button wall-leave wall-awake' : 'button wall-leave'} onClick={leave}>
          {t('dash.wall.leave')}
        </button>
      </div>
      {children}
    </div>
  );
}

/* Whether a pointer moved or touched a moment ago. */
function useAwake(): boolean {
  const [isAwake, setAwake] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = (): void => {
      setAwake(true);
      clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), AWAKE_MS);
    };
    addEventListener('pointermove', wake);
    addEventListener('pointerdown', wake);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointermove', wake);
      removeEventListener('pointerdown', wake);
    };
  }, []);
  return isAwake;
}

function leave(): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen();
  pushDashboard({ isWall: false });
}

async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement === null) await document.documentElement.requestFullscreen();
    else await document.exitFullscreen();
  } catch {
    // the browser does not allow it: the wall fills its window
  }
}
