// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { LIST_PATH, NETWORK_PATH, dashboardHref } from '../../data/route';
import { t } from '../../i18n';
import type { MessageKey } from '../../i18n/messages';
import { keepLang } from '../../ui/router';

/* Small drawings of what one finds there; the title beside them says it. */
const BARS = (
  <>
    <circle cx="6" cy="7" r="4" />
    <path d="M14 4h54v6H14z" />
    <circle cx="6" cy="20" r="4" />
    <path d="M14 17h38v6H14z" opacity="0.75" />
    <circle cx="6" cy="33" r="4" />
    <path d="M14 30h21v6H14z" opacity="0.5" />
  </>
);
const NODES = (
  <>
    <path class="line" d="M20 20 44 7M20 20l26 4M20 20 38 35M46 24l17-9M46 24l16 9" />
    <circle cx="18" cy="20" r="9" />
    <circle cx="45" cy="7" r="4" opacity="0.6" />
    <circle cx="47" cy="24" r="6" opacity="0.8" />
    <circle cx="39" cy="36" r="3.5" opacity="0.5" />
    <circle cx="64" cy="14" r="3.5" opacity="0.6" />
    <circle cx="63" cy="34" r="3" opacity="0.5" />
  </>
);
const TILES = (
  <>
    <path d="M2 2h30v36H2z" />
    <path d="M34 2h22v20H34z" opacity="0.75" />
    <path d="M34 24h14v14H34z" opacity="0.6" />
    <path d="M50 24h20v8H50zM58 2h12v20H58z" opacity="0.45" />
    <path d="M50 34h20v4H50z" opacity="0.3" />
  </>
);
const CURVE = <path class="line" stroke-dasharray="3 4" d="M3 35c10-2 14-9 22-10s10 4 18-3S54 6 69 4" />;

interface PartOf {
  readonly href: string | null;
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly picture: ComponentChildren;
}

const PARTS: readonly PartOf[] = [
  { href: LIST_PATH, title: 'home.models', text: 'home.models.text', picture: BARS },
  { href: NETWORK_PATH, title: 'home.networks', text: 'home.networks.text', picture: NODES },
  { href: dashboardHref(), title: 'home.dashboard', text: 'home.dashboard.text', picture: TILES },
  { href: null, title: 'home.projects', text: 'home.projects.text', picture: CURVE },
];

/** The ways into the parts. One that is not there yet says so, and is no link. */
export function Parts(): JSX.Element {
  return (
    <nav aria-label={t('home.parts')}>
      <ul class="home-parts">
        {PARTS.map(({ href, title, text, picture }) => (
          <li key={title} class={href === null ? 'panel home-part home-part-later' : 'panel home-part'}>
            <svg viewBox="0 0 72 40" width="72" height="40" aria-hidden="true" focusable="false">
              {picture}
            </svg>
            <h2>
              {href === null ? t(title) : <a href={keepLang(href)}>{t(title)}</a>}
              {href === null ? <span class="badge">{t('home.later')}</span> : null}
            </h2>
            <p class="small">{t(text)}</p>
          </li>
        ))}
      </ul>
    </nav>
  );
}
