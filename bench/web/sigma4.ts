// SPDX-License-Identifier: MIT
import { DEPTHLESS_STYLES, Sigma } from 'sigma4';
import { extremityArrow, layerPlain, pathLine } from 'sigma4/rendering';
import type { Network } from '../../web/src/data/network';
import type { Rival } from './rival';
import { SETTINGS, makeGraph, steer } from './sigma-graph';

/** Its node images are of version 3 still, so dots. */
export function makeDots(network: Network, host: HTMLElement): Rival {
  const sigma = new Sigma(makeGraph(network, false), host, {
    settings: SETTINGS,
    primitives: { edges: { paths: [pathLine()], extremities: [extremityArrow()], layers: [layerPlain()], defaultHead: 'arrow' } },
    styles: DEPTHLESS_STYLES,
  });
  return steer(
    { camera: sigma.getCamera(), graphToViewport: (p) => sigma.graphToViewport(p), viewportToFramedGraph: (p) => sigma.viewportToFramedGraph(p) },
    () => (sigma as unknown as { render(): void }).render(),
  );
}
