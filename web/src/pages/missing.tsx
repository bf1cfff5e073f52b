// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { LIST_PATH } from '../data/route';
import { t } from '../i18n';
import { keepLang, place } from '../ui/router';
import { useTitle } from '../ui/title';

/** An address that is no page. */
export function MissingPage(): JSX.Element {
  useTitle(t('missing.title'));
  return (
    <section class="panel notice">
      <p class="notice-mark" aria-hidden="true">
        404
      </p>
      <h1 tabIndex={-1}>{t('missing.title')}</h1>
      <p class="breakable">{t('missing.text', { path: place.value.path })}</p>
      <a class="button button-strong" href={keepLang(LIST_PATH)}>
        {t('missing.home')}
      </a>
    </section>
  );
}
