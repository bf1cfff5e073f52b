// SPDX-License-Identifier: MIT
import { formatNetworkState, parseNetworkState } from '../../data/network-state';
import type { NetworkState } from '../../data/network-state';
import { NETWORK_PATH } from '../../data/route';
import { hrefOf, navigate, place, route } from '../../ui/router';

/** The state in the present address. Handlers read it when they run: it may be newer than what they drew. */
export function networkState(): NetworkState {
  return parseNetworkState(place.value.search);
}

/** The address of the network page in `state`. */
export function networkHref(state: NetworkState): string {
  return hrefOf(NETWORK_PATH, formatNetworkState(state));
}

/** Selects a node, or none. */
export function selectNode(id: string | null): void {
  replaceNetwork({ selected: id });
}

/** Changes part of the state as a step of its own in the history. */
export function pushNetwork(change: Partial<NetworkState>): void {
  navigate(networkHref({ ...networkState(), ...change }));
}

/** Takes the filter away. */
export function resetFilter(): void {
  pushNetwork({ q: '', tasks: [], hideRemoved: false });
}

/** Changes part of the state in place: looking around is no step in the history. Too late where one has left the page. */
export function replaceNetwork(change: Partial<NetworkState>): void {
  if (route.value.page !== 'network') return;
  navigate(networkHref({ ...networkState(), ...change }), { isReplace: true });
}
