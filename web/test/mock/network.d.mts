// SPDX-License-Identifier: MIT
import type { AuthorKind, Relation } from '../../src/api/schema';

/** Days since 1970-01-01, `always`, or null for never and unknown. */
export type PlainDay = number | 'always' | null;

export interface PlainNode {
  id: string;
  /** -1 for a top. */
  parent: number;
  /** Entry of the authors, or -1. */
  author: number;
  flags: number;
  rank: number;
  influence: number;
  likes: number | null;
  downloads: number | null;
  created: number | null;
  appears: PlainDay;
  x: number;
  y: number;
  derived: number;
  more: number;
  models: number;
  joined: readonly PlainDay[];
}

export interface PlainEdge {
  source: number;
  target: number;
  relation: Relation;
  indirect: boolean;
  declared: boolean;
  count: number;
  hidden: number;
  since: PlainDay;
}

export interface PlainNetwork {
  head: Record<string, unknown>;
  authors: { name: string; fullName: string; kind: AuthorKind }[];
  nodes: PlainNode[];
  edges: PlainEdge[];
}

export const FLAGS: Readonly<Record<'root' | 'group' | 'placeholder' | 'removed' | 'match' | 'collapsed' | 'expanded', number>>;
export function encodeNetwork(plain: PlainNetwork): ArrayBuffer;
export function assemble(head: object, sections: readonly (readonly [string, Uint8Array])[]): ArrayBuffer;
export function dayText(day: PlainDay): string | null;
export function seeded(seed: number): () => number;
export function makeNetwork(options: {
  readonly nodes: number;
  readonly seed?: number;
  readonly roots?: number;
  readonly view?: string;
  readonly groups?: boolean;
}): PlainNetwork;
