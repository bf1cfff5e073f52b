// SPDX-License-Identifier: MIT
import { DataSet } from 'vis-data/peer';
import { Network as VisNetwork } from 'vis-network/peer';
import type { Network } from '../../web/src/data/network';
import type { Rival } from './rival';
import { EDGE_COLOUR, at, avatarOf, nodeColour } from './rival';

/*
 * As fast as vis-network goes without leaving anything out: no physics, no layout of its own, straight edges, no
 * labels, no shadows.
 */
function make(network: Network, host: HTMLElement, hasImages: boolean): Rival {
  const { n, m, x, y, r, source, target } = network;
  const nodes = Array.from({ length: n }, (_, id) => ({
    id, x: at(x, id), y: at(y, id), size: at(r, id), color: nodeColour(network, id),
    ...(hasImages ? { image: avatarOf(network, id) } : {}),
  }));
  const edges = Array.from({ length: m }, (_, id) => ({ id, from: at(source, id), to: at(target, id) }));
  const view = new VisNetwork(host, { nodes: new DataSet(nodes), edges: new DataSet(edges) }, {
    autoResize: false,
    width: `${host.clientWidth}px`,
    height: `${host.clientHeight}px`,
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: false },
    nodes: { shape: hasImages ? 'circularImage' : 'dot', fixed: true, borderWidth: 1, shadow: false },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, smooth: false, width: 0.5, shadow: false, color: { color: EDGE_COLOUR } },
  });
  return {
    look({ x: cx, y: cy, zoom }) {
      view.moveTo({ position: { x: cx, y: cy }, scale: zoom, animation: false });
      view.redraw();
    },
  };
}

export const makeDots = (network: Network, host: HTMLElement): Rival => make(network, host, false);
export const makeImages = (network: Network, host: HTMLElement): Rival => make(network, host, true);
