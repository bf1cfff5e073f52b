// SPDX-License-Identifier: MIT
import { ApiError, getNetwork } from '../../api/client';
import { AnswerCache } from '../../data/cache';
import { decodeNetwork } from '../../data/network';
import type { Network } from '../../data/network';
import { apiQuery, parseNetworkState } from '../../data/network-state';
import { prepareGraph } from '../../graph/view';
import type { PreparedGraph } from '../../graph/view';
import { noteData } from '../../ui/data-mark';
import { useResource } from '../../ui/resource';
import type { Resource } from '../../ui/resource';

/* a large network takes megabytes: the last ones are enough for going back */
const answers = new AnswerCache(4);

/** The network that answers `query`. */
export function useNetwork(query: string): Resource<Network> {
  return useResource(query, (signal) => takeEarly(query) ?? load(query, signal), answers);
}

/* The answer that was asked for before the page was there. */
let early: { readonly query: string; readonly answer: Promise<Network> } | undefined;
let prepared: PreparedGraph | undefined;

/** Asks for the network of an address as soon as this code is there: the texts may still be on their way. */
export function askEarly(search: string): void {
  const query = apiQuery(parseNetworkState(search));
  const answer = load(query, new AbortController().signal);
  // told when the page asks for it
  answer.catch(() => undefined);
  early = { query, answer };
  prepared = prepareGraph();
}

/** The graphics that were begun with the early question, once. */
export function takePrepared(): PreparedGraph | undefined {
  const taken = prepared;
  prepared = undefined;
  return taken;
}

function takeEarly(query: string): Promise<Network> | undefined {
  const taken = early?.query === query ? early.answer : undefined;
  early = undefined;
  return taken;
}

async function load(query: string, signal: AbortSignal): Promise<Network> {
  const bytes = await getNetwork(query, signal);
  try {
    const network = decodeNetwork(bytes);
    noteData(network.head);
    return network;
  } catch {
    // told apart from a fault of the page: the answer is not what it should be
    throw new ApiError('format', 200, '', '');
  }
}
