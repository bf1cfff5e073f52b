// SPDX-License-Identifier: MIT
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { DASHBOARD_URL, getMark } from '../../api/client';
import { noteData } from '../../ui/data-mark';
import type { Resource } from '../../ui/resource';
import { useResource } from '../../ui/resource';
import type { DataKind } from '../../api/schema';

/** How often a wall asks whether there is other data. */
export const PULSE_MS = 60_000;

/* Part of the key of every question of the page: another number asks all of them again. */
const version = signal(0);
/** Whether the last question of a wall was not answered. */
export const isCut = signal(false);

/** useResource for what the dashboard asks: asked again when a wall finds that the data is other. */
export function useAnswer<T extends { readonly data: DataKind }>(key: string, load: (abort: AbortSignal) => Promise<T>): Resource<T> {
  return useResource(`dashboard ${version.value} ${key}`, (abort) => load(abort).then(noteData));
}

/** While mounted: asks once a minute whether the totals are still the same, and everything anew where they are not. */
export function usePulse(): void {
  useEffect(() => {
    const control = new AbortController();
    let last: string | null = null;
    const ask = async (): Promise<void> => {
      try {
        const mark = await getMark(DASHBOARD_URL, control.signal);
        // back after a break: what failed meanwhile is asked again, too
        if ((last !== null && mark !== last) || isCut.value) version.value += 1;
        last = mark;
        isCut.value = false;
      } catch {
        if (!control.signal.aborted) isCut.value = true;
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), PULSE_MS);
    return () => {
      control.abort();
      clearInterval(timer);
      isCut.value = false;
    };
  }, []);
}
