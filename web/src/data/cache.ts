// SPDX-License-Identifier: MIT

/** The last few answers by address, so that going back shows a page at once while it is asked for again. */
export class AnswerCache {
  readonly #max: number;
  readonly #answers = new Map<string, unknown>();

  constructor(max: number) {
    this.#max = max;
  }

  /** The answer kept for `url`; the caller knows its type from the address. */
  get(url: string): unknown {
    return this.#answers.get(url);
  }

  /** Keeps `answer`, and forgets the one kept longest beyond the maximum. */
  set(url: string, answer: unknown): void {
    this.#answers.delete(url);
    this.#answers.set(url, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > this.#max && oldest !== undefined) this.#answers.delete(oldest);
  }
}
