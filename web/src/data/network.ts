// SPDX-License-Identifier: MIT
import type { AuthorKind, DataKind, Relation } from '../api/schema';

/**
 * The network as arrays: what docs/format/network.md describes, read. Nodes and edges are indices; nodes stand in
 * breadth-first order of the forest of `parent`, siblings most influential first.
 */

/** Bits of `Network.flags`. */
export const FLAG = {
  root: 1,
  group: 2,
  placeholder: 4,
  removed: 8,
  match: 16,
  collapsed: 32,
  expanded: 64,
} as const;

/** Relations by their number in a tag. */
export const RELATIONS: readonly Relation[] = ['adapter', 'finetune', 'merge', 'quantized'];
/** Bits of `Network.tag`. */
export const TAG = { relation: 3, indirect: 4, declared: 128 } as const;

/** A day (since 1970-01-01) that every moment is after: a chosen model is always there. */
export const ALWAYS = -2_147_483_648;
/** A day that never comes: a model without a date, or one known only through such a model. */
export const NEVER = 2_147_483_647;

/** Views of a network, in the order of the menu. */
export const VIEWS = ['top', 'full', 'author', 'orgs', 'adapter', 'finetune', 'merge', 'quantized'] as const;
export type View = (typeof VIEWS)[number];

/** An author in a network. */
export interface NetworkAuthor {
  readonly name: string;
  /** Empty when unknown. */
  readonly fullName: string;
  readonly kind: AuthorKind;
}

/** What the answer says about the whole. */
export interface NetworkHead {
  readonly as_of: string;
  readonly data: DataKind;
  readonly view: View;
  readonly limit: number | null;
  readonly depth: number | null;
  /** Ids of the chosen models. */
  readonly roots: readonly string[];
  readonly max_nodes: number;
  readonly counts: {
    readonly nodes: number;
    readonly edges: number;
    /** Models on the picture, folded ones included. */
    readonly models: number;
    /** Models of the family, as far as the view had to look. */
    readonly family: number;
    /** Nodes beyond `max_nodes`. */
    readonly left_out: number;
    /** Shown models that never appear in time. */
    readonly undated: number;
    /** Shown models that the filter matches. */
    readonly matches: number;
    /** Edges inside groups, folded away. */
    readonly inner: Readonly<Record<Relation, number>>;
  };
}

/** A network. Arrays have n entries unless said otherwise. */
export interface Network {
  readonly head: NetworkHead;
  readonly n: number;
  /** Index of the node it hangs on, -1 for a top. */
  readonly parent: Int32Array;
  /** n + 1: children of i are firstChild[i] .. firstChild[i + 1]; the tops are 0 .. firstChild[0]. */
  readonly firstChild: Uint32Array;
  /** Index of the edge from the parent, -1 for a top. */
  readonly parentEdge: Int32Array;
  readonly flags: Uint8Array;
  /** Entry of `authors`, -1 for an id without owner. */
  readonly author: Int32Array;
  /** 0 for placeholders and groups. */
  readonly rank: Uint32Array;
  readonly influence: Float64Array;
  /** -1 unknown. */
  readonly likes: Float64Array;
  /** -1 unknown. */
  readonly downloads: Float64Array;
  /** Days since 1970-01-01, NEVER when unknown. */
  readonly created: Int32Array;
  /** Days since 1970-01-01, ALWAYS or NEVER. */
  readonly appears: Int32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly r: Float32Array;
  readonly derived: Uint32Array;
  readonly more: Uint32Array;
  /** Models the node stands for. */
  readonly models: Uint32Array;
  readonly authors: readonly NetworkAuthor[];
  readonly m: number;
  /** m entries, rising; the edges of node i as a source are outOff[i] .. outOff[i + 1]. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  readonly tag: Uint8Array;
  readonly count: Uint32Array;
  readonly hidden: Uint32Array;
  readonly since: Int32Array;
  /** n + 1. */
  readonly outOff: Uint32Array;
  /** n + 1: edges into node i are inEdge[inOff[i] .. inOff[i + 1]]. */
  readonly inOff: Uint32Array;
  /** m. */
  readonly inEdge: Uint32Array;
  /** n + 1: a group's members' days are joined[joinedOff[i] .. joinedOff[i + 1]]. */
  readonly joinedOff: Uint32Array;
  readonly joined: Int32Array;
  /** The model's id; `author:NAME` for a group. Read from the bytes when first asked for. */
  id(node: number): string;
  /** The node of an id, blind to case, or -1. Builds a table when first asked. */
  find(id: string): number;
}
