// SPDX-License-Identifier: MIT
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import { AnswerCache } from '../data/cache';

/** What is known about an answer. While a new one is awaited the old one stays, with `isLoading`. */
export interface Resource<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
  readonly retry: () => void;
}

interface Held<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly isLoading: boolean;
}

const shared = new AnswerCache(40);

/**
 * Asks for `key` with `load` whenever `key` changes, and gives up on the request before. An answer seen
 * before is shown at once and asked for again; else what was there stays until the new answer is in. Give a
 * component that shows another object another `key`, so that it starts with nothing. Answers that take much room have
 * a `cache` of their own.
 */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>, cache: AnswerCache = shared): Resource<T> {
  const [held, setHeld] = useState<Held<T>>({ data: cache.get(key) as T | undefined, error: undefined, isLoading: true });
  const [attempt, setAttempt] = useState(0);
  const newest = useRef(load);
  newest.current = load;

  useLayoutEffect(() => {
    const control = new AbortController();
    const known = cache.get(key) as T | undefined;
    setHeld((old) => ({ data: known ?? old.data, error: undefined, isLoading: true }));
    void settle(newest.current(control.signal), (next) => {
      if (control.signal.aborted) return;
      if (next.data !== undefined) cache.set(key, next.data);
      setHeld(next);
    });
    return () => control.abort();
  }, [key, attempt, cache]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { ...held, retry };
}

async function settle<T>(answer: Promise<T>, onEnd: (held: Held<T>) => void): Promise<void> {
  try {
    onEnd({ data: await answer, error: undefined, isLoading: false });
  } catch (error) {
    const failure = error instanceof ApiError ? error : new ApiError('format', 0, '', String(error));
    onEnd({ data: undefined, error: failure, isLoading: false });
  }
}
