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

/** Says on every page that the data is not the Hub's, where it is not. */
export function DataMark(): JSX.Element | null {
  if (seen.value !== 'sample' && seen.value !== 'synthetic') return null;
  return (
    <p class="data-mark" role="note">
      {t(seen.value === 'sample' ? 'data.sample' : 'data.synthetic')}
    </p>
  );
}
