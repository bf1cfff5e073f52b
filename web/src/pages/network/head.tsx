// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { countMore } from '../../data/network-facts';
import { modelPath } from '../../data/route';
import type { NetworkState } from '../../data/network-state';
import { t } from '../../i18n';
import { ModelId } from '../../ui/bits';
import { keepLang } from '../../ui/router';
import type { Desk } from './desk';
import { ResetButton } from './tools';

/** Up to so many chosen models are named in the title. */
const NAMED = 2;

interface HeadProps {
  readonly state: NetworkState;
  readonly desk: Desk | undefined;
  readonly children: ComponentChildren;
}

/** What the network is of, how much of it is shown, and the tools (the children). */
export function NetworkHead({ state, desk, children }: HeadProps): JSX.Element {
  return (
    <header class="net-head">
      <div class="net-title">
        <h1 tabIndex={-1}>
          <Title ids={chosenIds(state, desk)} top={state.models.length === 0 ? state.top : null} />
        </h1>
        <div class="net-counts-line">
          <p class="net-counts" role="status">
            {desk === undefined ? ' ' : <CountsText desk={desk} />}
          </p>
          <ResetButton state={state} />
        </div>
      </div>
      {children}
    </header>
  );
}

/** The title as text, for the document. */
export function titleText(state: NetworkState, desk: Desk | undefined): string {
  const ids = chosenIds(state, desk);
  if (state.models.length === 0) return t('net.title.top', { n: state.top });
  return ids.length > NAMED ? t('net.title.several', { n: ids.length }) : ids.join(' · ');
}

/* Ids as the server spells them, once it has answered. */
function chosenIds(state: NetworkState, desk: Desk | undefined): readonly string[] {
  return state.models.length === 0 || desk?.network.head.roots.length !== state.models.length ? state.models : desk.network.head.roots;
}

function Title({ ids, top }: { readonly ids: readonly string[]; readonly top: number | null }): JSX.Element {
  if (top !== null) return <>{t('net.title.top', { n: top })}</>;
  if (ids.length > NAMED) return <span title={ids.join('\n')}>{t('net.title.several', { n: ids.length })}</span>;
  return (
    <>
      {ids.map((id, i) => (
        <span key={id}>
          {i === 0 ? null : <span class="muted"> · </span>}
          <a href={keepLang(modelPath(id))} title={id}>
            <ModelId id={id} />
          </a>
        </span>
      ))}
    </>
  );
}

function CountsText({ desk }: { readonly desk: Desk }): JSX.Element {
  const { network, mask, matches } = desk;
  const { counts, max_nodes } = network.head;
  const more = countMore(network, mask.nodes);
  const limited = t('net.limited', { n: more });
  const edges = t('net.edges', { n: mask.counts.edges });
  const { models } = mask.counts;
  return (
    <>
      <span>{models === counts.family ? t('net.shown.all', { n: models, edges }) : t('net.shown', { n: models, family: counts.family, edges })}</span>
      {more === 0 ? null : <span title={limited}>{limited}</span>}
      {matches === null ? null : <span>{t('net.matches', { n: counts.matches })}</span>}
      {counts.left_out === 0 ? null : <span class="net-left-out">{t('net.left-out', { n: counts.left_out, max: max_nodes })}</span>}
    </>
  );
}
