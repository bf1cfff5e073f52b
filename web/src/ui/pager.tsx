// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { pageSlots } from '../data/paging';
import { fmt, t } from '../i18n';
import { BackIcon, ForwardIcon } from './icons';
import { isPlainClick, navigate } from './router';
import './style/pager.css';

interface PagerProps {
  readonly page: number;
  readonly count: number;
  readonly hrefOfPage: (page: number) => string;
  /** Called when another page has been asked for in this window. */
  readonly onTurn: () => void;
}

/** Links to the pages of a list, and a field to jump to one. */
export function Pager({ page, count, hrefOfPage, onTurn }: PagerProps): JSX.Element | null {
  if (count <= 1) return null;
  const follow = (event: MouseEvent): void => {
    if (isPlainClick(event)) onTurn();
  };
  const step = (to: number, text: string, icon: JSX.Element): JSX.Element => (
    <Step href={to < 1 || to > count || to === page ? null : hrefOfPage(to)} text={text} onClick={follow}>
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
              <a href={hrefOfPage(slot)} aria-label={t('page.number', { n: slot })} aria-current={slot === page ? 'page' : undefined} onClick={follow}>
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
          onTurn();
        }}
      >
        <label>
          <span>{t('page.jump')}</span>
          <input class="field" name="page" type="number" inputMode="numeric" min={1} max={count} required />
        </label>
        <button type="submit" class="button">
          {t('page.go')}
        </button>
      </form>
    </nav>
  );
}

interface StepProps {
  /** Null where there is no such page. */
  readonly href: string | null;
  readonly text: string;
  readonly onClick: (event: MouseEvent) => void;
  readonly children: ComponentChildren;
}

function Step({ href, text, onClick, children }: StepProps): JSX.Element {
  return href === null ? (
    <span class="page-off" aria-hidden="true">
      {children}
    </span>
  ) : (
    <a href={href} aria-label={text} title={text} onClick={onClick}>
      {children}
    </a>
  );
}
