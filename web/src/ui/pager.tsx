// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { pageSlots } from '../data/paging';
import { fmt, t } from '../i18n';
import { BackIcon, ForwardIcon } from './icons';
import { navigate } from './router';

interface PagerProps {
  readonly page: number;
  readonly count: number;
  readonly hrefOfPage: (page: number) => string;
}

/** Links to the pages of a list, and a field to jump to one. */
export function Pager({ page, count, hrefOfPage }: PagerProps): JSX.Element | null {
  if (count <= 1) return null;
  const step = (to: number, text: string, icon: JSX.Element): JSX.Element => (
    <Step href={to < 1 || to > count || to === page ? null : hrefOfPage(to)} text={text}>
      {icon}
    </Step>
  );
  return (
    <nav class="pager" aria-label={t('page.nav')}>
      <ul>
        <li>{step(1, t('page.first'), <BackIcon isDouble />)}</li>
        <li>{step(page - 1, t('page.prev'), <BackIcon />)}</li>
        {pageSlots(page, count).map((slot, index) => (
          <li key={slot === 'gap' ? `gap-${index}` : slot} class="page-slot">
            {slot === 'gap' ? (
              <span aria-hidden="true">…</span>
            ) : (
              <a href={hrefOfPage(slot)} aria-label={t('page.number', { n: slot })} aria-current={slot === page ? 'page' : undefined} onClick={onPage}>
                {fmt().integer(slot)}
              </a>
            )}
          </li>
        ))}
        <li>{step(page + 1, t('page.next'), <ForwardIcon />)}</li>
        <li>{step(count, t('page.last'), <ForwardIcon isDouble />)}</li>
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = Number(new FormData(event.currentTarget).get('page'));
          if (!Number.isInteger(wanted) || wanted < 1) return;
          navigate(hrefOfPage(Math.min(wanted, count)));
          showResults();
        }}
      >
        <label>
          <span>{t('page.jump')}</span>
          <input name="page" type="number" inputMode="numeric" min={1} max={count} required />
        </label>
        <button type="submit" class="button">
          {t('page.go')}
        </button>
      </form>
    </nav>
  );
}

function Step({ href, text, children }: { readonly href: string | null; readonly text: string; readonly children: ComponentChildren }): JSX.Element {
  return href === null ? (
    <span class="page-off" aria-hidden="true">
      {children}
    </span>
  ) : (
    <a href={href} aria-label={text} title={text} onClick={onPage}>
      {children}
    </a>
  );
}

function onPage(event: MouseEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) showResults();
}

/* A new page is read from its top: the count of results comes into view and says which rows these are. */
function showResults(): void {
  setTimeout(() => {
    const results = document.getElementById('results');
    results?.focus({ preventScroll: true });
    results?.scrollIntoView({ block: 'start' });
  });
}
