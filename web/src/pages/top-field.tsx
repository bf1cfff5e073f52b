// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { TOP_DEFAULT, TOP_MAX, topHref } from '../data/route';
import { t } from '../i18n';
import { NetworkIcon } from '../ui/icons';
import { keepLang, navigate } from '../ui/router';

/** A number to type, and the way to the network of so many of the most influential models. */
export function TopField(): JSX.Element {
  const [text, setText] = useState(String(TOP_DEFAULT));
  const count = Number(text);
  const isFit = Number.isInteger(count) && count >= 1 && count <= TOP_MAX;
  const go = t('top.go', { n: isFit ? count : TOP_DEFAULT });
  return (
    <form
      class="top-field"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFit) navigate(keepLang(topHref(count)));
      }}
    >
      <label>
        <span aria-hidden="true">{t('top.label')}</span>
        <span class="visually-hidden">{t('top.field')}</span>
        <input class="field" type="number" inputMode="numeric" name="top" min={1} max={TOP_MAX} required value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button" aria-label={go} title={go}>
        <NetworkIcon />
        {t('row.network.head')}
      </button>
    </form>
  );
}
