// SPDX-License-Identifier: MIT
import { ApiError, getNetwork } from '../../api/client';
import { AnswerCache } from '../../data/cache';
import { decodeNetwork } from '../../data/network';
import type { Network } from '../../data/network';
import { noteData } from '../../ui/data-mark';
import { useResource } from '../../ui/resource';
import type { Resource } from '../../ui/resource';

/* a large network takes megabytes: the last ones are enough for going back */
const answers = new AnswerCache(4);

/** The network that answers `query`. */
export function useNetwork(query: string): Resource<Network> {
  return useResource(query, (signal) => load(query, signal), answers);
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
