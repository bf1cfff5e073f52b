// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { DataMark } from '../../ui/data-mark';
import { pushDashboard } from './nav';
import { isCut, usePulse } from './pulse';

/** The frame of a wall: the whole screen, nothing to press but what leaves it. */
export function Wall({ head, children }: { readonly head: ComponentChildren; readonly children: ComponentChildren }): JSX.Element {
  usePulse();
  useLayoutEffect(() => {
    document.documentElement.dataset['wall'] = '';
    return () => {
      delete document.documentElement.dataset['wall'];
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
            {t('dash.wall.cut')}
          </p>
        ) : null}
        <button type="button" class="button wall-leave" onClick={leave}>
          {t('dash.wall.leave')}
        </button>
      </div>
      {children}
    </div>
  );
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
