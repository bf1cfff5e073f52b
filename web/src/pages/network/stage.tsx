// SPDX-License-Identifier: MIT
import type { Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { shortName } from '../../data/network-facts';
import { FLAG } from '../../data/network';
import { isNetworkFiltered } from '../../data/network-state';
import type { GraphMarks } from '../../graph/types';
import { lang, t } from '../../i18n';
import { lazyPage } from '../../ui/lazy';
import type { NodeActions } from './actions';
import type { PictureControl } from './control';
import type { Desk } from './desk';
import { preloadFilter } from './filter';
import { Legend } from './legend';
import { Picture } from './picture';
import { Tooltip } from './tooltip';
import type { Hover } from './tooltip';
import { ZoomField } from './tools';
import { resetFilter } from './nav';

/* What is not there when the page opens comes a moment later. */
const panel = lazyPage(() => import('./panel').then((module) => module.Panel), [], true);
const tree = lazyPage(() => import('./tree').then((module) => module.TreeTable), [], true);
const PRELOAD_MS = 600;

interface StageProps {
  readonly desk: Desk;
  readonly marks: GraphMarks;
  readonly control: PictureControl;
  readonly actions: NodeActions;
  readonly hover: Signal<Hover>;
  /** Why there is no picture; null where there is one. */
  readonly failure: string | null;
  readonly onFailure: (message: string | null) => void;
  readonly isBusy: boolean;
  /** What is to be said above all. */
  readonly children: ComponentChildren;
}

/** The network itself: as a picture, as a table, or as both, with its legend and the details of what is selected. */
export function Stage({ desk, marks, control, actions, hover, failure, onFailure, isBusy, children }: StageProps): JSX.Element {
  const { network, mask, state, selected } = desk;
  const frame = useRef<HTMLDivElement>(null);
  const language = lang();
  useEffect(() => {
    const timer = setTimeout(() => {
      void Promise.all([panel.preload(), tree.preload(), preloadFilter()]);
    }, PRELOAD_MS);
    return () => clearTimeout(timer);
  }, [language]);
  const shape = failure === null ? state.shape : 'table';
  const close = (): void => {
    actions.onSelect(-1);
    // back to where nodes are chosen
    document.querySelector<HTMLElement>('.net-picture [tabindex="0"], .net-picture[tabindex="0"], .net-tree [tabindex="0"]')?.focus({ preventScroll: true });
  };
  return (
    <div class={isBusy ? 'net-stage net-busy' : 'net-stage'} data-as={shape} aria-busy={isBusy}>
      {failure === null ? null : (
        <p class="net-failure" role="alert">
          {t('net.failure', { detail: failure })}{' '}
          <button type="button" class="link" onClick={() => onFailure(null)}>
            {t('error.retry')}
          </button>
        </p>
      )}
      {shape === 'table' ? null : (
        <div class="net-frame" ref={frame} onPointerDown={() => control.touch()} onWheel={() => control.touch()} onKeyDown={() => control.touch()}>
          <Picture
            network={network}
            mask={mask}
            marks={marks}
            camera={state.camera}
            anchor={actions.anchor.current ?? state.selected}
            label={t('net.picture')}
            onHover={(node, x, y) => {
              hover.value = { node, x, y };
            }}
            onSelect={actions.onSelect}
            onToggle={actions.onToggle}
            onCamera={(camera) => control.rest(camera)}
            onFailure={onFailure}
            onFit={() => control.fitted()}
            onView={(view) => {
              control.view = view;
            }}
          />
          <Tooltip network={network} hover={hover} frame={frame} />
          <ZoomField control={control} />
          <Empty desk={desk} />
        </div>
      )}
      {selected < 0 ? null : <panel.Page desk={desk} actions={{ ...actions, onClose: close, onShown: (node) => control.reveal(node) }} />}
      {shape === 'picture' ? null : <tree.Page desk={desk} onSelect={(node) => (node < 0 || shape === 'table' ? actions.onSelect(node) : actions.onGo(node))} />}
      <Legend desk={desk} />
      {children}
      <p class="visually-hidden" role="status">
        {selected < 0 ? '' : t('net.selected', { name: shortName(network, selected) })}
      </p>
    </div>
  );
}

/* Why nothing but the chosen models is there. */
function Empty({ desk: { network, state } }: { readonly desk: Desk }): JSX.Element | null {
  const isCut = state.isCut && isNetworkFiltered(state);
  if (!network.flags.every((flags) => (flags & FLAG.root) !== 0)) return null;
  if (!isCut && (network.n !== 1 || network.derived[0] !== 0)) return null;
  return (
    <p class="net-over" role="status">
      {t(isCut ? 'net.empty' : 'family.derived.none')}{' '}
      {isCut ? (
        <button type="button" class="link" onClick={resetFilter}>
          {t('list.reset')}
        </button>
      ) : null}
    </p>
  );
}
