// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { VALUES_MAX } from '../data/list-state';
import { fmt, t } from '../i18n';

/** From this many values on a list has a search of its own. */
const SEARCH_FROM = 12;

/** A value to choose, and how many models it has. */
export interface Choice {
  readonly value: string;
  readonly models: number;
}

interface ChoiceListProps {
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  /** A value as people call it. */
  readonly label: (value: string) => string;
  readonly onToggle: (value: string, isChosen: boolean) => void;
  readonly onClear: () => void;
}

/** Values to choose from, each with a number of models. */
export function ChoiceList({ legend, choices, chosen, label, onToggle, onClear }: ChoiceListProps): JSX.Element {
  const [needle, setNeedle] = useState('');
  // a chosen value that nothing matches any more must still be there to be taken away
  const lost = chosen.filter((value) => !choices.some((choice) => choice.value === value)).map((value): Choice => ({ value, models: 0 }));
  const all = [...lost, ...choices];
  const words = needle.trim().toLowerCase();
  const shown = all.filter(({ value }) => `${value} ${label(value)}`.toLowerCase().includes(words));
  return (
    <>
      <fieldset>
        <legend>{legend}</legend>
        {all.length < SEARCH_FROM ? null : (
          <input type="text" class="field" aria-label={t('list.filter.find')} placeholder={t('list.filter.find')} value={needle} onInput={(event) => setNeedle(event.currentTarget.value)} />
        )}
        <Choices shown={shown} chosen={chosen} label={label} onToggle={onToggle} />
      </fieldset>
      {shown.length === 0 ? <p class="small">{t('list.filter.empty')}</p> : null}
      <button type="button" class="button" disabled={chosen.length === 0} onClick={onClear}>
        {t('list.filter.clear')}
      </button>
    </>
  );
}

interface ChoicesProps extends Pick<ChoiceListProps, 'chosen' | 'label' | 'onToggle'> {
  readonly shown: readonly Choice[];
}

/** The boxes themselves. */
export function Choices({ shown, chosen, label, onToggle }: ChoicesProps): JSX.Element {
  const isFull = chosen.length >= VALUES_MAX;
  return (
    <>
      <ul class="choices">
        {shown.map(({ value, models }) => {
          const isChosen = chosen.includes(value);
          return (
            <li key={value}>
              <label>
                <input type="checkbox" class="box" value={value} checked={isChosen} disabled={isFull && !isChosen} onChange={(event) => onToggle(value, event.currentTarget.checked)} />
                <span class="choice-name">{label(value)}</span>
                <span class="count">{models === 0 ? '' : fmt().integer(models)}</span>
              </label>
            </li>
          );
        })}
      </ul>
      {isFull ? <p class="small">{t('list.filter.limit', { n: VALUES_MAX })}</p> : null}
    </>
  );
}
