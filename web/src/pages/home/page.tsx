// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { t } from '../../i18n';
import { SearchField } from '../../ui/search-field';
import { useTitle } from '../../ui/title';
import { Facts } from './facts';
import { LargestFamilies, NewModels, TopModels, useFamilies } from './lists';
import { Parts } from './parts';
import './home.css';

/** The first page: what this is, the one search, the ways into the parts, and what is going on. */
export function HomePage(): JSX.Element {
  useTitle(t('home.title'));
  const families = useFamilies();
  return (
    <div class="home">
      <div class="home-hero">
        <div>
          <h1 tabIndex={-1}>{t('home.title')}</h1>
          <p class="lead">{t('home.lead')}</p>
        </div>
        <SearchField isLarge />
        <Facts families={families} />
      </div>
      <Parts />
      <div class="home-lists">
        <TopModels />
        <LargestFamilies families={families} />
        <NewModels />
      </div>
    </div>
  );
}
