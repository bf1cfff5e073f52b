// SPDX-License-Identifier: MIT
import { moveNode } from './scene';
import type { Scene } from './scene';

/** A node held by the pointer, and what follows it. */
export interface Drag {
  readonly node: number;
  /** Where the pointer holds the node, in the network. */
  moveTo(x: number, y: number): void;
  /** Lets go: the node stays, what follows comes to rest. */
  release(): void;
  /** Moves what follows by `seconds`; false while nothing moves. */
  step(seconds: number): boolean;
  /** Whether it was let go. */
  isReleased(): boolean;
}

const HOPS = 2;
const FOLLOWERS_MAX = 300;
/* Frequency and damping: a follower arrives in about a third of a second, swinging a little. */
const STIFFNESS = 13;
const DAMPING = 0.62;
const STEP_MAX = 1 / 120;
const FRAME_MAX = 0.1;
const REST_SECONDS = 1;
/* Radii per second that nobody sees. */
const REST_SPEED = 0.05;
/* A node hangs on its base; what derives from it, and other edges, pull it only a little. */
const PULL_OF_BASE = 1;
const PULL_OF_OTHERS = 0.12;

interface Follower {
  readonly node: number;
  readonly homeX: number;
  readonly homeY: number;
  /** Followers that pull it, by position in the list, with their share; what is missing to 1 pulls it home. */
  readonly pulls: readonly (readonly [number, number])[];
  x: number;
  y: number;
  speedX: number;
  speedY: number;
}

/** Takes hold of a node. Its neighbours follow by springs: everything else of the network stays. */
export function startDrag(scene: Scene, node: number): Drag {
  const followers = gather(scene, node);
  const held = followers[0];
  const radius = scene.radius.middle;
  let rest = Infinity;
  const place = ({ node: which, homeX, homeY, x, y }: Follower): void => moveNode(scene, which, homeX + x, homeY + y);
  return {
    node,
    moveTo(x, y) {
      if (held === undefined) return;
      held.x = x - held.homeX;
      held.y = y - held.homeY;
      place(held);
    },
    release() {
      rest = REST_SECONDS;
    },
    step(seconds) {
      rest -= seconds;
      const time = Math.min(seconds, FRAME_MAX);
      const steps = Math.max(1, Math.ceil(time / STEP_MAX));
      for (let k = 0; k < steps; k += 1) advance(followers, time / steps);
      let fastest = 0;
      for (const follower of followers) {
        if (follower === held) continue;
        place(follower);
        fastest = Math.max(fastest, Math.abs(follower.speedX) + Math.abs(follower.speedY));
      }
      return rest > 0 && fastest > radius * REST_SPEED;
    },
    isReleased: () => rest < Infinity,
  };
}

/* Displacements, not places: so springs keep the shape of the picture. */
function advance(followers: readonly Follower[], seconds: number): void {
  for (let i = 1; i < followers.length; i += 1) {
    const follower = followers[i] as Follower;
    let [goalX, goalY] = [0, 0];
    for (const [other, share] of follower.pulls) {
      goalX += share * (followers[other] as Follower).x;
      goalY += share * (followers[other] as Follower).y;
    }
    follower.speedX += seconds * (STIFFNESS * STIFFNESS * (goalX - follower.x) - 2 * DAMPING * STIFFNESS * follower.speedX);
    follower.speedY += seconds * (STIFFNESS * STIFFNESS * (goalY - follower.y) - 2 * DAMPING * STIFFNESS * follower.speedY);
    follower.x += seconds * follower.speedX;
    follower.y += seconds * follower.speedY;
  }
}

/* The held node first, then its neighbourhood by hops. */
function gather(scene: Scene, node: number): readonly Follower[] {
  const { network, nodeVisible } = scene;
  const position = new Map([[node, 0]]);
  const nodes = [node];
  for (let hop = 0, from = 0; hop < HOPS; hop += 1) {
    const to = nodes.length;
    for (; from < to; from += 1) {
      for (const other of neighbours(scene, nodes[from] as number)) {
        if (nodes.length > FOLLOWERS_MAX) break;
        if (position.has(other) || nodeVisible[other] === 0) continue;
        position.set(other, nodes.length);
        nodes.push(other);
      }
    }
  }
  return nodes.map((which) => ({
    node: which,
    homeX: scene.places[4 * which] as number,
    homeY: scene.places[4 * which + 1] as number,
    pulls: pullsOf(scene, which, network.parent[which] as number, position),
    x: 0,
    y: 0,
    speedX: 0,
    speedY: 0,
  }));
}

function* neighbours({ network, edgeVisible }: Scene, node: number): Generator<number> {
  for (let e = network.outOff[node] as number; e < (network.outOff[node + 1] as number); e += 1) {
    if (edgeVisible[e] === 1) yield network.target[e] as number;
  }
  for (let k = network.inOff[node] as number; k < (network.inOff[node + 1] as number); k += 1) {
    const e = network.inEdge[k] as number;
    if (edgeVisible[e] === 1) yield network.source[e] as number;
  }
}

function pullsOf(scene: Scene, node: number, base: number, position: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  const pulls: [number, number][] = [];
  // a chosen model hangs on the ground
  let sum = base < 0 ? PULL_OF_BASE : 0;
  for (const other of neighbours(scene, node)) {
    const weight = other === base ? PULL_OF_BASE : PULL_OF_OTHERS;
    const at = position.get(other);
    sum += weight;
    if (at !== undefined) pulls.push([at, weight]);
  }
  return pulls.map(([at, weight]) => [at, weight / sum]);
}
