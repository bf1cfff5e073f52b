// SPDX-License-Identifier: MIT
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Network } from '../../data/network';
import { pathTo } from '../../data/network-facts';

/** Up to so many rows everything starts open. */
const ALL_OPEN = 200;

/** Which nodes of the table are open. Another network starts anew; the way to the selected node is opened. */
export function useOpenNodes(network: Network, selected: number): [ReadonlySet<number>, (open: ReadonlySet<number>) => void] {
  const [open, setOpen] = useState<ReadonlySet<number>>(() => firstOpen(network));
  const [known, setKnown] = useState(network);
  if (known !== network) {
    setKnown(network);
    setOpen(firstOpen(network));
  }
  useLayoutEffect(() => {
    if (selected < 0) return;
    const above = pathTo(network, selected).slice(0, -1);
    setOpen((before) => (above.every((node) => before.has(node)) ? before : new Set([...before, ...above])));
  }, [network, selected]);
  return [open, setOpen];
}

/* The tops; everything in a small network. */
function firstOpen(network: Network): ReadonlySet<number> {
  const count = network.n <= ALL_OPEN ? network.n : (network.firstChild[0] ?? 0);
  return new Set(Array.from({ length: count }, (_, node) => node));
}
