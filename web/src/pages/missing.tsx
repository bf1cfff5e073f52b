// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { LIST_PATH } from '../data/route';
import { t } from '../i18n';
import { Notice } from '../ui/bits';
import { keepLang, place } from '../ui/router';
import { useTitle } from '../ui/title';

/** An address that is no page. */
export function MissingPage(): JSX.Element {
  useTitle(t('missing.title'));
  return (
    <Notice mark="404" title={t('missing.title')} isPage>
      <p class="breakable">{t('missing.text', { path: place.value.path })}</p>
      <a class="button button-strong" href={keepLang(LIST_PATH)}>
        {t('missing.home')}
      </a>
    </Notice>
  );
}
