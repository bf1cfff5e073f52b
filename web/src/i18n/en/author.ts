// SPDX-License-Identifier: MIT

/** An author, in English. */
export const texts = {
  'author.hub': 'Author on Hugging Face',
} as const;
