// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { FLAG } from '../../data/network';
import { basesOf, childrenOf, hasFlag } from '../../data/network-facts';
import { familyHref } from '../../data/route';
import { t } from '../../i18n';
import { NetworkIcon } from '../../ui/icons';
import { LineIcon } from '../../ui/network-icons';
import { keepLang } from '../../ui/router';
import type { Desk } from './desk';
import type { PanelActions } from './panel';

interface FamilyProps {
  readonly desk: Desk;
  readonly actions: PanelActions;
}

/** How many models derive from the selected one, and what one can do with them. */
export function FamilyActions({ desk, actions }: FamilyProps): JSX.Element {
  const { network, selected: node } = desk;
  const derived = network.derived[node] ?? 0;
  const more = network.more[node] ?? 0;
  const [base] = basesOf(network, node);
  const isExpanded = hasFlag(network, node, FLAG.expanded);
  const isCollapsed = hasFlag(network, node, FLAG.collapsed);
  const hasShown = childrenOf(network, node) > 0;
  return (
    <section class="net-family" aria-label={t('family.derived')}>
      <p>
        <strong>{derived === 0 ? t('family.derived.none') : t('net.derived', { n: derived })}</strong>{' '}
        {more === 0 ? null : <span class="muted">{t('net.more', { n: more })}</span>}
      </p>
      <div class="net-actions">
        {more > 0 && !isExpanded ? (
          <button type="button" class="button" data-act="expand" onClick={() => actions.onExpand(node)}>
            {t(isCollapsed ? 'net.open' : 'net.expand')}
          </button>
        ) : null}
        {hasShown ? (
          <button type="button" class="button" data-act="collapse" onClick={() => actions.onCollapse(node)}>
            {t('net.collapse')}
          </button>
        ) : null}
        {base === undefined ? null : (
          <button type="button" class="button" data-act="base" onClick={() => actions.onGo(base.node)}>
            <LineIcon name="target" />
            {t('net.to-base')}
          </button>
        )}
        <a class="button" data-act="network" href={keepLang(familyHref([network.id(node)]))}>
          <NetworkIcon />
          {t('net.of-this')}
        </a>
      </div>
    </section>
  );
}
