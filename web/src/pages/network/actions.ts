// SPDX-License-Identifier: MIT
import { useRef } from 'preact/hooks';
import { childrenOf, isGroup } from '../../data/network-facts';
import { collapseNode, expandNode } from '../../data/network-state';
import type { ToggleChange } from '../../data/network-state';
import { t } from '../../i18n';
import type { PictureControl } from './control';
import type { Desk } from './desk';
import { networkState, pushNetwork, selectNode } from './nav';

/** What one can do with nodes; -1 stands for none. */
export interface NodeActions {
  readonly onSelect: (node: number) => void;
  /** Selects a node and goes to it. */
  readonly onGo: (node: number) => void;
  /** Closes a node whose derived models are shown, opens any other. */
  readonly onToggle: (node: number) => void;
  readonly onExpand: (node: number) => void;
  readonly onCollapse: (node: number) => void;
  /** Id of the node opened or closed last: it stays where it is. */
  readonly anchor: { readonly current: string | null };
}

/** The actions for the network on the desk. `onNote` tells why one did nothing. */
export function useActions(desk: Desk | undefined, control: PictureControl, onNote: (text: string) => void): NodeActions {
  const anchor = useRef<string | null>(null);
  const network = desk?.network;
  const select = (node: number): void => selectNode(network === undefined || node < 0 ? null : network.id(node));
  const change = (node: number, act: typeof expandNode): void => {
    if (network === undefined || isGroup(network, node)) return;
    const id = network.id(node);
    const { hitLimit, expand, collapse }: ToggleChange = act(networkState(), id);
    anchor.current = id;
    if (hitLimit) onNote(t('net.toggle.limit'));
    else pushNetwork({ expand, collapse });
  };
  const onExpand = (node: number): void => change(node, expandNode);
  const onCollapse = (node: number): void => change(node, collapseNode);
  return {
    onSelect: select,
    onGo: (node) => {
      select(node);
      control.flyTo(node);
    },
    onToggle: (node) => {
      if (network === undefined || node < 0) return;
      if (childrenOf(network, node) > 0) onCollapse(node);
      else if ((network.more[node] ?? 0) > 0) onExpand(node);
    },
    onExpand,
    onCollapse,
    anchor,
  };
}
