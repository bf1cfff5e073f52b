// SPDX-License-Identifier: MIT

/** The ecosystem dashboard, in English. */
export const texts = {
  'dash.title': 'Ecosystem dashboard',
  'dash.lead': 'Who shapes the open model ecosystem: languages, authors, kinds of organisation and tasks.',
} as const;
