// SPDX-License-Identifier: MIT
/** The whole text of src/api/schema.ts. */
export function generate(): string;
