// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { hubAuthorUrl } from '../../api/client';
import { authorName } from '../../data/network-facts';
import type { NetworkAuthor } from '../../data/network';
import { KIND_KEYS, t } from '../../i18n';
import { OutIcon } from '../../ui/icons';

/** The way to an author on the Hub. */
export function AuthorLink({ author }: { readonly author: NetworkAuthor }): JSX.Element {
  return (
    <a href={hubAuthorUrl(author.name)} target="_blank" rel="noopener noreferrer">
      {authorName(author)}
      <OutIcon />
    </a>
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
