// SPDX-License-Identifier: MIT
import type { Network } from './network';
import { authorOf, isGroup } from './network-facts';

/* More than any influence. */
const BEGINS = 1e12;

/** What a search inside a network found. */
export interface Found {
  /** Number of matches. */
  readonly total: number;
  /** n entries, 1 for a match. */
  readonly mask: Uint8Array;
  /** The best matches first. */
  readonly best: readonly number[];
}

/** Searches nodes by name. */
export interface Finder {
  /** Nodes of `mask` whose name has all words of `text`; null for a text without words. */
  readonly find: (text: string, shown: Uint8Array, max: number) => Found | null;
}

/** A search over a network; the names are read when it is first used. */
export function createFinder(network: Network): Finder {
  let names: readonly string[] | undefined;
  const nameOf = (node: number): string => {
    if (!isGroup(network, node)) return network.id(node).toLowerCase();
    const { name, fullName } = authorOf(network, node);
    return `${name} ${fullName}`.toLowerCase();
  };
  return {
    find: (text, shown, max) => {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length === 0) return null;
      names ??= Array.from({ length: network.n }, (_, node) => nameOf(node));
      const mask = new Uint8Array(network.n);
      const all: number[] = [];
      for (let node = 0; node < network.n; node += 1) {
        const name = names[node] ?? '';
        if (shown[node] !== 1 || !words.every((word) => name.includes(word))) continue;
        mask[node] = 1;
        all.push(node);
      }
      return { total: all.length, mask, best: bestOf(network, names, words[0] ?? '', all, max) };
    },
  };
}

/* Names that begin with the first word, then the most influential. Only the first few are put in order. */
function bestOf(network: Network, names: readonly string[], word: string, nodes: readonly number[], max: number): readonly number[] {
  const score = (node: number): number => {
    const name = names[node] ?? '';
    const begins = name.startsWith(word) || name.startsWith(word, name.indexOf('/') + 1);
    return (begins ? BEGINS : 0) + (network.influence[node] ?? 0);
  };
  const best: { readonly node: number; readonly score: number }[] = [];
  for (const node of nodes) {
    const own = score(node);
    if (best.length === max && own <= (best.at(-1)?.score ?? 0)) continue;
    const at = best.findIndex((other) => other.score < own);
    best.splice(at < 0 ? best.length : at, 0, { node, score: own });
    best.length = Math.min(best.length, max);
  }
  return best.map(({ node }) => node);
}
