// SPDX-License-Identifier: MIT
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Network } from '../../data/network';
import { authorName, authorOf, isGroup } from '../../data/network-facts';
import { KIND_KEYS, t } from '../../i18n';
import { ModelId } from '../../ui/bits';

/** What the pointer is over, in pixels of the picture; a node of -1 is none. */
export interface Hover {
  readonly node: number;
  readonly x: number;
  readonly y: number;
}

/** Nothing is under the pointer. */
export const NO_HOVER: Hover = { node: -1, x: 0, y: 0 };

interface TooltipProps {
  readonly network: Network;
  readonly hover: ReadonlySignal<Hover>;
  /** The frame it must stay in. */
  readonly frame: { readonly current: HTMLElement | null };
}

/** Name and author of the node under the pointer. It takes no pointer itself. */
export function Tooltip({ network, hover, frame }: TooltipProps): JSX.Element | null {
  const { node, x, y } = hover.value;
  if (node < 0 || node >= network.n) return null;
  const author = authorOf(network, node);
  const { clientWidth = 0, clientHeight = 0 } = frame.current ?? {};
  const side = `${x > clientWidth * 0.6 ? ' net-tooltip-left' : ''}${y > clientHeight * 0.75 ? ' net-tooltip-up' : ''}`;
  return (
    <div class={`net-tooltip${side}`} style={{ left: `${x}px`, top: `${y}px` }} data-node={network.id(node)}>
      {isGroup(network, node) ? <strong>{t('net.models', { n: network.models[node] ?? 0 })}</strong> : <ModelId id={network.id(node)} />}
      <span class="net-tooltip-author">
        {author.name === '' ? t('net.no-owner') : authorName(author)}
        {author.name === '' ? null : <span class="muted"> · {t(KIND_KEYS[author.kind])}</span>}
      </span>
    </div>
  );
}
