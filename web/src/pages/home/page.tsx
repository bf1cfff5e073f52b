// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { LIST_PATH, NETWORK_PATH, dashboardHref } from '../../data/route';
import { t } from '../../i18n';
import { keepLang } from '../../ui/router';
import { useTitle } from '../../ui/title';

/** The first page: where one can go from here. */
export function HomePage(): JSX.Element {
  useTitle(t('home.title'));
  return (
    <div class="page-head">
      <div>
        <h1 tabIndex={-1}>{t('home.title')}</h1>
        <p class="lead">{t('home.lead')}</p>
      </div>
      <p>
        <a class="button" href={keepLang(LIST_PATH)}>
          {t('nav.models')}
        </a>{' '}
        <a class="button" href={keepLang(NETWORK_PATH)}>
          {t('nav.networks')}
        </a>{' '}
        <a class="button" href={keepLang(dashboardHref())}>
          {t('nav.dashboard')}
        </a>
      </p>
    </div>
  );
}
