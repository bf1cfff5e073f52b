// SPDX-License-Identifier: MIT
import { signal } from '@preact/signals';
import type { About } from '../api/schema';

/** What is known about the data that the server has loaded. */
export interface LoadedFacts {
  readonly about: About | undefined;
  readonly hasFailed: boolean;
}

/** What the frame has asked for and a page may show, too. */
export const facts = signal<LoadedFacts>({ about: undefined, hasFailed: false });
