// SPDX-License-Identifier: MIT

/** What a page consists of. */
export interface PageParts {
  readonly name: string;
  readonly entry: string;
  readonly texts: readonly string[];
}

export function pages(): readonly PageParts[];
export function modulesOf(entry: string, isWithLater: boolean): ReadonlySet<string>;
