// SPDX-License-Identifier: MIT
import { ApiError } from '../api/client';
import { AnswerCache } from './cache';

/** What is known: the newest answer, which may be that to an earlier question, and what became of the newest question. */
export interface LatestState<T> {
  /** The question that `answer` belongs to. */
  readonly answered: string;
  readonly answer: T | undefined;
  readonly error: ApiError | undefined;
  readonly isWaiting: boolean;
}

/** The state before anything was asked. */
export const NOTHING_ASKED = { answered: '', answer: undefined, error: undefined, isWaiting: false } as const;

/**
 * Asks for the newest of many questions: not before typing pauses, never for one that was overtaken, and at once for
 * one that was answered before. While an answer is awaited the old one stays.
 */
export class Latest<T> {
  readonly #load: (question: string, signal: AbortSignal) => Promise<T>;
  readonly #onChange: (state: LatestState<T>) => void;
  readonly #pauseMs: number;
  readonly #answers = new AnswerCache(60);
  #state: LatestState<T> = NOTHING_ASKED;
  #question = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #control: AbortController | undefined;

  constructor(load: (question: string, signal: AbortSignal) => Promise<T>, onChange: (state: LatestState<T>) => void, pauseMs: number) {
    this.#load = load;
    this.#onChange = onChange;
    this.#pauseMs = pauseMs;
  }

  /** Asks `question`; the empty one needs no answer and forgets the old one. */
  ask(question: string): void {
    if (question === this.#question) return;
    this.stop();
    this.#question = question;
    const known = this.#answers.get(question) as T | undefined;
    if (question === '') this.#set(NOTHING_ASKED);
    else if (known !== undefined) this.#set({ answered: question, answer: known, error: undefined, isWaiting: false });
    else {
      this.#set({ ...this.#state, error: undefined, isWaiting: true });
      this.#timer = setTimeout(() => void this.#send(), this.#pauseMs);
    }
  }

  /** Asks once more where the last attempt failed. */
  retry(): void {
    if (this.#state.error === undefined) return;
    this.#set({ ...this.#state, error: undefined, isWaiting: true });
    void this.#send();
  }

  /** Sends what still waits for a pause. */
  hurry(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#send();
  }

  /** Gives up on what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#control?.abort();
    this.#control = undefined;
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const question = this.#question;
    const control = new AbortController();
    this.#control = control;
    try {
      const answer = await this.#load(question, control.signal);
      this.#answers.set(question, answer);
      if (!control.signal.aborted) this.#set({ answered: question, answer, error: undefined, isWaiting: false });
    } catch (error) {
      if (control.signal.aborted) return;
      const failure = error instanceof ApiError ? error : new ApiError('format', 0, '', String(error));
      this.#set({ answered: question, answer: undefined, error: failure, isWaiting: false });
    }
  }

  #set(state: LatestState<T>): void {
    this.#state = state;
    this.#onChange(state);
  }
}
