// SPDX-License-Identifier: MIT
import { useMemo } from 'preact/hooks';
import type { Network } from '../../data/network';
import { FLAG } from '../../data/network';
import type { LegendCounts, Largest } from '../../data/network-facts';
import { countKinds, dayNumber, largestOf, nodeOf, relationBits } from '../../data/network-facts';
import { visibleAt } from '../../data/network-mask';
import type { NetworkMask } from '../../data/network-mask';
import { isNetworkFiltered } from '../../data/network-state';
import type { NetworkState } from '../../data/network-state';

/** What all parts of the page look at: the network, and what of it is shown. */
export interface Desk {
  readonly network: Network;
  readonly state: NetworkState;
  /** The last day that is shown, or null for all; ahead of the address while the slider moves. */
  readonly until: string | null;
  readonly mask: NetworkMask;
  /** Counts of the day, relations that are switched off included. */
  readonly kinds: LegendCounts;
  readonly largest: Largest;
  /** The selected node, where it is shown, or -1. */
  readonly selected: number;
  /** What the filter matches, where it hides nothing; n entries. */
  readonly matches: Uint8Array | null;
}

/** The desk of a network; undefined while there is none. */
export function useDesk(network: Network | undefined, state: NetworkState, until: string | null): Desk | undefined {
  const day = until === null ? null : dayNumber(until);
  const bits = relationBits(state.hide);
  const mask = useMemo(() => (network === undefined ? undefined : visibleAt(network, day, bits)), [network, day, bits]);
  const kinds = useMemo(() => (network === undefined ? undefined : countKinds(network, visibleAt(network, day, 0))), [network, day]);
  const largest = useMemo(() => (network === undefined ? undefined : largestOf(network)), [network]);
  const isMarked = isNetworkFiltered(state) && !state.isCut;
  const matches = useMemo(() => (network === undefined || !isMarked ? null : network.flags.map((flags) => ((flags & FLAG.match) === 0 ? 0 : 1))), [network, isMarked]);
  if (network === undefined || mask === undefined || kinds === undefined || largest === undefined) return undefined;
  const node = nodeOf(network, state.selected);
  return { network, state, until, mask, kinds, largest, selected: node >= 0 && mask.nodes[node] === 1 ? node : -1, matches };
}
