// SPDX-License-Identifier: MIT
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { replaceNetwork } from './nav';

/** How long the slider must rest before the address follows; longer than a step of a replay at single speed. */
const REST_MS = 700;

/** The last day that is shown: at once where the slider moves, in the address when it rests. */
export function useUntil(written: string | null): [string | null, (until: string | null) => void] {
  const [draft, setDraft] = useState<string | null | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = useCallback((until: string | null): void => {
    setDraft(until);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      replaceNetwork({ until });
      setDraft(undefined);
    }, REST_MS);
  }, []);
  return [draft === undefined ? written : draft, set];
}
