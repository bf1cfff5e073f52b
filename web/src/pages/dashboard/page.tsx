// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { LIST_PATH } from '../../data/route';
import { t } from '../../i18n';
import { keepLang } from '../../ui/router';
import { useTitle } from '../../ui/title';

/** The ecosystem at a glance. */
export function DashboardPage(): JSX.Element {
  useTitle(t('dash.title'));
  return (
    <div class="page-head">
      <div>
        <h1 tabIndex={-1}>{t('dash.title')}</h1>
        <p class="lead">{t('dash.lead')}</p>
      </div>
      <a class="button" href={keepLang(LIST_PATH)}>
        {t('nav.models')}
      </a>
    </div>
  );
}
