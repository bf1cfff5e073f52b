// SPDX-License-Identifier: MIT
import { createNodeImageProgram } from '@sigma/node-image';
import { Sigma } from 'sigma';
import type { Network } from '../../web/src/data/network';
import type { Rival } from './rival';
import { SETTINGS, makeGraph, steer } from './sigma-graph';

function make(network: Network, host: HTMLElement, hasImages: boolean): Rival {
  const sigma = new Sigma(makeGraph(network, hasImages), host, {
    ...SETTINGS,
    defaultEdgeType: 'arrow',
    ...(hasImages ? { defaultNodeType: 'image', nodeProgramClasses: { image: createNodeImageProgram() } } : {}),
  });
  return steer(
    { camera: sigma.getCamera(), graphToViewport: (p) => sigma.graphToViewport(p), viewportToFramedGraph: (p) => sigma.viewportToFramedGraph(p) },
    () => (sigma as unknown as { render(): void }).render(),
  );
}

export const makeDots = (network: Network, host: HTMLElement): Rival => make(network, host, false);
export const makeImages = (network: Network, host: HTMLElement): Rival => make(network, host, true);
