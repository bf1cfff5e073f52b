// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { familyHref, modelPath } from '../data/route';
import { t } from '../i18n';
import { CrossIcon, NetworkIcon } from '../ui/icons';
import { keepLang } from '../ui/router';

interface SelectionBarProps {
  readonly selected: readonly string[];
  /** Whether the last change ran into the limit. */
  readonly hitLimit: boolean;
  readonly onChange: (ids: readonly string[], isSelected: boolean) => void;
}

/** What is selected, on whatever page it is; stays in view while one pages through the list. */
export function SelectionBar({ selected, hitLimit, onChange }: SelectionBarProps): JSX.Element {
  return (
    <section class="selection" aria-label={t('select.region')} hidden={selected.length === 0}>
      <strong role="status">{selected.length === 0 ? '' : t('select.count', { n: selected.length })}</strong>
      <ul class="chips" aria-label={t('select.region')}>
        {selected.map((id) => (
          <li class="chip" key={id}>
            <a href={keepLang(modelPath(id))} title={id}>
              {id}
            </a>
            <button type="button" aria-label={t('select.remove', { id })} title={t('select.remove', { id })} onClick={() => onChange([id], false)}>
              <CrossIcon />
            </button>
          </li>
        ))}
      </ul>
      <div class="selection-actions">
        <a class="button button-strong" href={keepLang(familyHref(selected))}>
          <NetworkIcon />
          {t('select.network')}
        </a>
        <button type="button" class="button" onClick={() => onChange(selected, false)}>
          {t('select.clear')}
        </button>
      </div>
      <p class="selection-limit" role="alert">
        {hitLimit ? t('select.limit', { n: selected.length }) : ''}
      </p>
    </section>
  );
}
