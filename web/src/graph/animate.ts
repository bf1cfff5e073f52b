// SPDX-License-Identifier: MIT
import { ease } from './camera';
import type { Point } from './camera';
import { touch } from './scene';
import type { Scene } from './scene';

/** How long nodes take to their new places, and the camera to its own. */
export const MOVE_MS = 350;

/** Nodes on their way to the places of their network. */
export interface Move {
  /** Sets the places for `elapsed` milliseconds; false once they are there. */
  step(elapsed: number): boolean;
}

/**
 * Puts the nodes of `scene` where they were in `before`, and new ones where the node is on which they hang; `shift` is
 * how far the new places are moved against the old ones on screen.
 */
export function startMove(scene: Scene, before: Scene, shift: Point): Move {
  const { places, network } = scene;
  const { n, parent } = network;
  const from = new Float32Array(3 * n);
  for (let i = 0; i < n; i += 1) {
    const old = before.network.find(network.id(i));
    const up = parent[i] as number;
    if (old >= 0 && before.nodeVisible[old] === 1) {
      from[3 * i] = (before.places[4 * old] as number) + shift.x;
      from[3 * i + 1] = (before.places[4 * old + 1] as number) + shift.y;
      from[3 * i + 2] = before.places[4 * old + 2] as number;
    } else {
      from[3 * i] = up < 0 ? (places[4 * i] as number) : (from[3 * up] as number);
      from[3 * i + 1] = up < 0 ? (places[4 * i + 1] as number) : (from[3 * up + 1] as number);
    }
  }
  return {
    step(elapsed) {
      const t = Math.min(1, elapsed / MOVE_MS);
      const share = ease(t);
      for (let i = 0; i < n; i += 1) {
        places[4 * i] = mix(from[3 * i] as number, network.x[i] as number, share, t);
        places[4 * i + 1] = mix(from[3 * i + 1] as number, network.y[i] as number, share, t);
        places[4 * i + 2] = mix(from[3 * i + 2] as number, network.r[i] as number, share, t);
      }
      touch(scene.stalePlaces, 0, n);
      scene.version += 1;
      return t < 1;
    },
  };
}

function mix(from: number, to: number, share: number, t: number): number {
  return t >= 1 ? to : from + (to - from) * share;
}
