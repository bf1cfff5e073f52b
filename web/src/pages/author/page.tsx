// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { hubAuthorUrl } from '../../api/client';
import { t } from '../../i18n';
import { Avatar } from '../../ui/bits';
import { BackIcon, OutIcon } from '../../ui/icons';
import { keepLang, lastList } from '../../ui/router';
import { useTitle } from '../../ui/title';

/** One author: who that is. */
export function AuthorPage({ name }: { readonly name: string }): JSX.Element {
  useTitle(name);
  return (
    <>
      <nav class="back" aria-label={t('list.back')}>
        <a href={keepLang(lastList.value)}>
          <BackIcon />
          {t('list.back')}
        </a>
      </nav>
      <header class="page-head">
        <Avatar author={name} size={64} />
        <h1 tabIndex={-1} class="breakable">
          {name}
        </h1>
        <a class="button" href={hubAuthorUrl(name)} target="_blank" rel="noopener noreferrer">
          {t('author.hub')}
          <OutIcon />
        </a>
      </header>
    </>
  );
}
