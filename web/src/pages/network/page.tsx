// SPDX-License-Identifier: MIT
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { pathTo } from '../../data/network-facts';
import { createFinder } from '../../data/network-find';
import type { Network } from '../../data/network';
import { apiQuery } from '../../data/network-state';
import type { NetworkState } from '../../data/network-state';
import { LIST_PATH } from '../../data/route';
import { t } from '../../i18n';
import { ErrorPanel, Notice, Skeleton, explain } from '../../ui/bits';
import '../../ui/style/network.css';
import { keepLang } from '../../ui/router';
import { useTitle } from '../../ui/title';
import { useActions } from './actions';
import { PictureControl } from './control';
import { useDesk } from './desk';
import type { Desk } from './desk';
import { FilterField } from './filter';
import { FindField } from './find';
import { NetworkHead, titleText } from './head';
import { useNetwork } from './load';
import { networkState, replaceNetwork } from './nav';
import { DownloadField, LinkButton } from './share';
import { Stage } from './stage';
import { TimeBar } from './time';
import { ShapeField, ViewField } from './tools';
import { NO_HOVER } from './tooltip';
import { useUntil } from './until';

export { askEarly } from './load';

/** Most names in the list of a search. */
const FOUND_MAX = 12;
/** How long a note stays. */
const NOTE_MS = 5000;

/** The network of one or more models: a picture, the same in words, and everything one can do with them. */
export function NetworkPage(): JSX.Element {
  const state = networkState();
  const [until, setUntil] = useUntil(state.until);
  const { data, error, isLoading, retry } = useNetwork(apiQuery(state));
  const network = useLast(data, state, error !== undefined && error.status !== 404);
  const desk = useDesk(network, state, until);
  const [control] = useState(() => new PictureControl());
  const [needle, setNeedle] = useState('');
  const [note, tell] = useNote();
  const [failure, setFailure] = useState<string | null>(null);
  const hover = useSignal(NO_HOVER);
  const finder = useMemo(() => (network === undefined ? undefined : createFinder(network)), [network]);
  const shown = desk?.mask.nodes;
  const found = useMemo(() => (shown === undefined ? null : (finder?.find(needle, shown, FOUND_MAX) ?? null)), [finder, needle, shown]);
  const marks = useMarks(desk, found?.mask ?? null);
  const actions = useActions(desk, control, tell);
  // what was typed and means nothing goes from the address
  useEffect(() => replaceNetwork({}), []);
  useTitle(t('net.title', { name: titleText(state, desk) }));

  return (
    <article class="network">
      <NetworkHead state={state} desk={desk}>
        <div class="net-tools">
          <ViewField view={state.view} />
          <FindField desk={desk} text={needle} found={found} onText={setNeedle} onGo={actions.onGo} />
          <FilterField state={state} />
          <DownloadField state={{ ...state, until }} control={control} hasPicture={state.shape !== 'table' && failure === null && desk !== undefined} onNote={tell} />
          <LinkButton onNote={tell} />
          <ShapeField shape={state.shape} />
        </div>
      </NetworkHead>
      <div class={isLoading && desk !== undefined ? 'progress progress-on' : 'progress'} />
      {error === undefined || desk !== undefined ? null : error.status === 404 ? <NoModel state={state} detail={error.detail} /> : <ErrorPanel title={t('net.error')} error={error} onRetry={retry} />}
      {desk === undefined && error === undefined ? <Waiting /> : null}
      {desk === undefined ? null : (
        <>
          <Stage desk={desk} marks={marks} control={control} actions={actions} hover={hover} failure={failure} onFailure={setFailure} isBusy={isLoading}>
            {error === undefined ? null : (
              <p class="net-over" role="alert">
                {t('net.error')}. {explain(error)}{' '}
                <button type="button" class="link" onClick={retry}>
                  {t('error.retry')}
                </button>
              </p>
            )}
          </Stage>
          <TimeBar desk={desk} onUntil={setUntil} onGo={actions.onGo} />
        </>
      )}
      <p class="net-note" role="status">
        {note === '' ? null : <span>{note}</span>}
      </p>
    </article>
  );
}

/* The network, or where its successor failed the one of the same models before it. */
function useLast(network: Network | undefined, { models, top }: NetworkState, isFailed: boolean): Network | undefined {
  const last = useRef<{ readonly of: string; readonly network: Network } | null>(null);
  const of = `${top} ${models.join(' ')}`;
  if (network !== undefined) last.current = { of, network };
  return isFailed && last.current?.of === of ? last.current.network : network;
}

/* There is no such model: trying again would not help. */
function NoModel({ state, detail }: { readonly state: NetworkState; readonly detail: string }): JSX.Element {
  const named = state.models.filter((id) => detail.includes(id));
  return (
    <Notice mark="404" title={t('model.missing')} isError>
      <p class="breakable">{t('model.missing.text', { id: (named.length === 0 ? state.models : named).join(', ') })}</p>
      <a class="button button-strong" href={keepLang(LIST_PATH)}>
        {t('missing.home')}
      </a>
    </Notice>
  );
}

/* A few words that go away by themselves. */
function useNote(): [string, (text: string) => void] {
  const [note, setNote] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useCallback((text: string): void => {
    setNote(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setNote(''), NOTE_MS);
  }, []);
  return [note, tell];
}

function useMarks(desk: Desk | undefined, found: Uint8Array | null) {
  const { network, selected = -1, matches = null } = desk ?? {};
  return useMemo(
    () => ({ selected, path: network === undefined || selected < 0 ? [] : pathTo(network, selected), emphasis: found ?? matches }),
    [network, selected, found, matches],
  );
}

/* Where the picture will be. */
function Waiting(): JSX.Element {
  return (
    <div class="net-waiting">
      <Skeleton rows={1} kind="page" />
    </div>
  );
}
