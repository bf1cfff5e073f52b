// SPDX-License-Identifier: MIT
import { MultiDirectedGraph } from 'graphology';
import type { Network } from '../../web/src/data/network';
import type { Camera } from '../../web/src/graph/types';
import type { Rival } from './rival';
import { EDGE_COLOUR, at, avatarOf, nodeColour } from './rival';

/** The network as graphology keeps it; its y points up. */
export function makeGraph(network: Network, hasImages: boolean): MultiDirectedGraph {
  const { n, m, x, y, r, source, target } = network;
  const graph = new MultiDirectedGraph();
  for (let i = 0; i < n; i += 1) {
    graph.addNode(String(i), {
      x: at(x, i), y: -at(y, i), size: at(r, i), color: nodeColour(network, i), ...(hasImages ? { image: avatarOf(network, i) } : {}),
    });
  }
  for (let e = 0; e < m; e += 1) graph.addDirectedEdge(String(at(source, e)), String(at(target, e)), { size: 1, color: EDGE_COLOUR });
  return graph;
}

/** Settings of both versions: sizes are lengths of the network, as in our picture, and nothing but nodes and edges. */
export const SETTINGS = {
  itemSizesReference: 'positions', zoomToSizeRatioFunction: (ratio: number) => ratio, stagePadding: 0, minEdgeThickness: 1, renderLabels: false,
} as const;

interface Point {
  readonly x: number;
  readonly y: number;
}

/* What both versions have, `render` though it is not meant for us: everything else draws in the next frame. */
interface Sigma {
  readonly camera: { setState(state: { x: number; y: number; ratio: number }): void };
  readonly graphToViewport: (point: Point) => Point;
  readonly viewportToFramedGraph: (point: Point) => Point;
}

/** Steers a sigma by our camera. */
export function steer(sigma: Sigma, render: () => void): Rival {
  const pixelsPerUnit = (sigma.graphToViewport({ x: 1000, y: 0 }).x - sigma.graphToViewport({ x: 0, y: 0 }).x) / 1000;
  const framed = (x: number, y: number): Point => sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
  const zero = framed(0, 0);
  const unit = (framed(1000, 0).x - zero.x) / 1000;
  return {
    look({ x, y, zoom }: Camera) {
      sigma.camera.setState({ x: zero.x + x * unit, y: zero.y - y * unit, ratio: pixelsPerUnit / zoom });
      render();
    },
  };
}
