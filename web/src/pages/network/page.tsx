// SPDX-License-Identifier: MIT
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { pathTo } from '../../data/network-facts';
import { createFinder } from '../../data/network-find';
import { apiQuery } from '../../data/network-state';
import { t } from '../../i18n';
import { ErrorPanel, Skeleton } from '../../ui/bits';
import '../../ui/style/network.css';
import { useTitle } from '../../ui/title';
import { useActions } from './actions';
import { PictureControl } from './control';
import { useDesk } from './desk';
import type { Desk } from './desk';
import { FilterField } from './filter';
import { FindField } from './find';
import { NetworkHead, titleText } from './head';
import { useNetwork } from './load';
import { networkState } from './nav';
import { DownloadField, LinkButton } from './share';
import { Stage } from './stage';
import { TimeBar } from './time';
import { ResetButton, ShapeField, ViewField } from './tools';
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
  const { data: network, error, isLoading, retry } = useNetwork(apiQuery(state));
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
          <ResetButton state={state} />
        </div>
      </NetworkHead>
      <div class={isLoading && desk !== undefined ? 'progress progress-on' : 'progress'} />
      {error === undefined ? null : <ErrorPanel title={t('net.error')} error={error} onRetry={retry} />}
      {desk === undefined && error === undefined ? <Waiting /> : null}
      {desk === undefined ? null : (
        <>
          <Stage desk={desk} marks={marks} control={control} actions={actions} hover={hover} failure={failure} onFailure={setFailure} isBusy={isLoading} />
          <TimeBar desk={desk} onUntil={setUntil} onGo={actions.onGo} />
        </>
      )}
      <p class="net-note" role="status">
        {note === '' ? null : <span>{note}</span>}
      </p>
    </article>
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
