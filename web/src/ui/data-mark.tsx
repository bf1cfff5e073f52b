// SPDX-License-Identifier: MIT
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { DataKind } from '../api/schema';
import { t } from '../i18n';

const seen = signal<DataKind | null>(null);

/** Notes where the facts of an answer come from; passes the answer on. */
export function noteData<T extends { readonly data: DataKind }>(answer: T): T {
  seen.value = answer.data;
  return answer;
}

const TEXTS = {
  sample: { name: 'data.sample', note: 'data.sample.note' },
  synthetic: { name: 'data.synthetic', note: 'data.synthetic.note' },
} as const;

function texts(): { readonly name: string; readonly note: string } | null {
  if (seen.value === null || seen.value === 'hub') return null;
  const { name, note } = TEXTS[seen.value];
  return { name: t(name), note: t(note) };
}

/** Says on every page that the data is not the Hub's, where it is not; leads to the sentence that explains it. */
export function DataMark(): JSX.Element | null {
  const shown = texts();
  if (shown === null) return null;
  return (
    <a class="data-mark" href="#data-note" title={shown.note}>
      {shown.name}
    </a>
  );
}

/** The same as a sentence, for the foot of the page. */
export function DataNote(): JSX.Element | null {
  const shown = texts();
  if (shown === null) return null;
  return (
    <p class="data-note" id="data-note">
      {shown.note}
    </p>
  );
}
