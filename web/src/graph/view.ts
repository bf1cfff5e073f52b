// SPDX-License-Identifier: MIT
import type { GraphOptions, GraphView } from './types';

/** A view of a network in `host`, on WebGL2, or on a 2D canvas where that is missing. */
export function createGraphView(_host: HTMLElement, _options: GraphOptions): GraphView {
  return {
    setNetwork() {},
    setVisible() {},
    setMarks() {},
    setStyle() {},
    camera: () => ({ x: 0, y: 0, zoom: 1 }),
    setCamera() {},
    fit() {},
    flyTo() {},
    zoomBy() {},
    pick: () => -1,
    positionOf: () => ({ x: 0, y: 0, r: 0 }),
    drawNow() {},
    stats: () => ({ renderer: 'canvas2d', frames: 0, frameMs: 0, nodes: 0, edges: 0, labels: 0 }),
    toPng: async () => new Blob(),
    toSvg: () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
    destroy() {},
  };
}
