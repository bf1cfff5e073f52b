// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { hubAuthorUrl } from '../../api/client';
import { authorName } from '../../data/network-facts';
import type { NetworkAuthor } from '../../data/network';
import { authorPath } from '../../data/route';
import { KIND_KEYS, t } from '../../i18n';
import { OutIcon } from '../../ui/icons';
import { keepLang } from '../../ui/router';

/** The way to an author, and to the one on the Hub. */
export function AuthorLink({ author }: { readonly author: NetworkAuthor }): JSX.Element {
  const hub = t('net.author.hub', { name: author.name });
  return (
    <>
      <a href={keepLang(authorPath(author.name))}>{authorName(author)}</a>
      <a class="net-author-hub" href={hubAuthorUrl(author.name)} target="_blank" rel="noopener noreferrer" aria-label={hub} title={hub}>
        <OutIcon />
      </a>
    </>
  );
}

/** An author: name, full name, and what kind of author, with a way to the Hub. */
export function AuthorLine({ author }: { readonly author: NetworkAuthor }): JSX.Element {
  const { name, fullName, kind } = author;
  if (name === '') return <span class="muted">{t('net.no-owner')}</span>;
  return (
    <span class="net-author">
      <AuthorLink author={author} />{' '}
      {fullName === '' || fullName === name ? null : <span class="muted">{name}</span>} <span class="badge">{t(KIND_KEYS[kind])}</span>
    </span>
  );
}
