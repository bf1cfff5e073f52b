// SPDX-License-Identifier: MIT

/** The home page, in English. */
export const texts = {
  'home.title': 'The open model ecosystem, explained',
  'home.lead': 'Which open models matter, who made them, and what grew out of them.',
} as const;
