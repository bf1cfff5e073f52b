// SPDX-License-Identifier: MIT
// Written by scripts/gen-api.mjs from docs/openapi.yaml; do not edit.

/** Schema Problem of the API. */
export interface Problem {
  readonly type: 'about:blank';
  /** The HTTP status in words. */
  readonly title: string;
  readonly status: number;
  /** Stable; meant for programs. */
  readonly code: 'bad_parameter' | 'unknown_parameter' | 'limit_exceeded' | 'bad_path' | 'not_found' | 'method_not_allowed' | 'uri_too_long' | 'body_too_large' | 'internal' | 'unavailable';
  /** Names the object and the number. */
  readonly detail: string;
  /** The parameter at fault. */
  readonly parameter?: string;
}

/** The day of the newest capture. */
export type AsOf = string;

/** Anything but `hub` is to be shown on every page. */
export type DataKind = 'hub' | 'sample' | 'synthetic';

/** Schema Relation of the API. */
export type Relation = 'adapter' | 'finetune' | 'merge' | 'quantized';

/** The kind of organisation as the Hub tells it; `unverified` is an organisation without one, `individual` a person, `unknown` an author about whom nothing was told. */
export type AuthorKind = 'company' | 'community' | 'university' | 'non-profit' | 'government' | 'classroom' | 'unverified' | 'individual' | 'unknown';

/** Schema Author of the API. */
export interface Author {
  /** Empty for a model whose id has no owner. */
  readonly name: string;
  readonly full_name: string | null;
  readonly kind: AuthorKind;
}

/** Schema ModelRow of the API. */
export interface ModelRow {
  /** By influence, in the whole data set. */
  readonly rank: number;
  /** owner/name; a few legacy ids have no owner */
  readonly id: string;
  readonly author: Author;
  readonly created: string | null;
  /** In the last 30 days. */
  readonly downloads: number | null;
  readonly likes: number | null;
  readonly task: string | null;
  readonly influence: number;
  /** Gone from the Hub by its newest facts. */
  readonly removed: boolean;
}

/** Schema TaskCount of the API. */
export interface TaskCount {
  /** null is "no task". */
  readonly value: string | null;
  readonly models: number;
}

/** Schema ModelPage of the API. */
export interface ModelPage {
  readonly as_of: AsOf;
  readonly data: DataKind;
  /** Models that match, on all pages. */
  readonly total: number;
  /** How many models that match are gone from the Hub, whether listed or not. */
  readonly removed: number;
  readonly page: number;
  readonly per_page: number;
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  readonly models: readonly ModelRow[];
  readonly facets: {
    /** Per task, how many models match when only that task is chosen and everything else stays; most first; tasks without a match are left out. */
    readonly task: readonly TaskCount[];
  };
}

/** Schema Relative of the API. */
export interface Relative {
  readonly id: string;
  readonly author: string;
  readonly relation: Relation;
  /** false where the relation is our inference. */
  readonly declared: boolean;
  readonly placeholder: boolean;
  readonly removed: boolean;
  readonly rank: number | null;
  readonly influence: number;
}

/** Schema ModelDetail of the API. */
export interface ModelDetail {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly model: {
    readonly id: string;
    readonly author: Author;
    readonly placeholder: boolean;
    readonly removed: boolean;
    readonly created: string | null;
    readonly last_modified: string | null;
    readonly downloads: number | null;
    readonly downloads_all_time: number | null;
    readonly likes: number | null;
    readonly task: string | null;
    readonly library: string | null;
    readonly licence: string | null;
    readonly gated: 'no' | 'auto' | 'manual' | null;
    readonly parameters: number | null;
    readonly storage_bytes: number | null;
  };
  readonly influence: {
    readonly value: number;
    /** null for a placeholder. */
    readonly rank: number | null;
    /** How many models are ranked. */
    readonly of: number;
    /** Add up to `value`. In this order: downloads, likes, spaces, freshness (the model's own), children, parents (what flows in along the family). */
    readonly parts: readonly ({
      readonly key: 'downloads' | 'likes' | 'spaces' | 'freshness' | 'children' | 'parents';
      readonly value: number;
    })[];
    readonly formula: Formula;
  };
  /** All bases, most influential first. */
  readonly bases: readonly Relative[];
  readonly derived: {
    readonly total: number;
    readonly by_relation: RelationCounts;
    /** The most influential derived models. */
    readonly top: readonly Relative[];
  };
}

/** Schema RelationCounts of the API. */
export interface RelationCounts {
  readonly adapter: number;
  readonly finetune: number;
  readonly merge: number;
  readonly quantized: number;
}

/** Schema Network of the API. */
export interface Network {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly view: 'top' | 'full' | 'author' | 'orgs' | 'adapter' | 'finetune' | 'merge' | 'quantized';
  readonly limit: number | null;
  readonly depth: number | null;
  readonly until: string | null;
  readonly hide: readonly Relation[];
  /** null without a filter. */
  readonly filter: 'highlight' | 'cut' | null;
  /** Ids of the chosen models, most influential first. */
  readonly roots: readonly string[];
  /** The largest network that is answered. */
  readonly max_nodes: number;
  readonly counts: {
    readonly nodes: number;
    readonly edges: number;
    /** Models on the picture, folded ones included. */
    readonly models: number;
    /** Models of the family within `depth`, whatever the view and the limit. */
    readonly family: number;
    /** Nodes beyond `max_nodes`; the most influential ones that hang together are shown. */
    readonly left_out: number;
    /** Shown models that never appear in time. */
    readonly undated: number;
    /** Shown models that the filter matches. */
    readonly matches: number;
    readonly inner: RelationCounts;
  };
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
}

/** Schema NetworkNode of the API. */
export interface NetworkNode {
  /** `author:NAME` for a group. */
  readonly id: string;
  readonly kind: 'model' | 'placeholder' | 'group';
  readonly chosen: boolean;
  /** The node it hangs on in the picture. */
  readonly parent: string | null;
  /** Of the edge from `parent`. */
  readonly relation: 'adapter' | 'finetune' | 'merge' | 'quantized' | null;
  readonly author: Author;
  readonly rank: number | null;
  /** Of a group the sum. */
  readonly influence: number;
  readonly likes: number | null;
  readonly downloads: number | null;
  readonly created: string | null;
  /** The day it is there and hangs on a chosen model; null for a chosen model, and without a date. */
  readonly appears: string | null;
  readonly task: string | null;
  readonly library: string | null;
  readonly licence: string | null;
  readonly parameters: number | null;
  readonly removed: boolean;
  readonly match: boolean;
  readonly collapsed: boolean;
  readonly expanded: boolean;
  /** 1; of a group how many it stands for. */
  readonly models: number;
  /** Direct derived models in the data set. */
  readonly derived: number;
  /** Of these, how many are not shown. */
  readonly more: number;
  readonly x: number;
  readonly y: number;
  /** Radius of the disc in the unit of the places. */
  readonly r: number;
}

/** Schema NetworkEdge of the API. */
export interface NetworkEdge {
  /** The base. */
  readonly source: string;
  /** The derived model. */
  readonly target: string;
  readonly relation: Relation;
  readonly declared: boolean;
  /** Hidden models stand between the ends. */
  readonly indirect: boolean;
  /** How many. */
  readonly hidden: number;
  /** 1; between groups the number of edges. */
  readonly count: number;
}

/** Schema NetworkMembers of the API. */
export interface NetworkMembers {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly author: Author;
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
  readonly models: readonly NetworkMember[];
}

/** Schema NetworkMember of the API. */
export interface NetworkMember {
  readonly id: string;
  readonly rank: number | null;
  readonly removed: boolean;
  readonly created: string | null;
  readonly downloads: number | null;
  readonly likes: number | null;
  readonly task: string | null;
  readonly influence: number;
  /** All bases, most influential first, in the family or not. */
  readonly bases: readonly {
    readonly id: string;
    readonly relation: Relation;
    readonly declared: boolean;
    readonly placeholder: boolean;
  }[];
}

/** The constants of the influence formula in force. */
export interface Formula {
  readonly weights: {
    readonly downloads: number;
    readonly likes: number;
    readonly spaces: number;
    readonly freshness: number;
    readonly [key: string]: number;
  };
  readonly alpha: {
    readonly self: number;
    readonly children: number;
    readonly parents: number;
    readonly [key: string]: number;
  };
  /** Per day. */
  readonly lambda: {
    readonly model: number;
    readonly space: number;
    readonly [key: string]: number;
  };
  readonly relations: {
    readonly adapter: number;
    readonly finetune: number;
    readonly merge: number;
    readonly quantized: number;
    readonly [key: string]: number;
  };
}

/** Schema About of the API. */
export interface About {
  readonly program: 'ecoviz';
  readonly version: string;
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly counts: {
    readonly models: number;
    readonly removed: number;
    readonly placeholders: number;
    readonly edges: number;
    readonly authors: number;
    readonly [key: string]: number;
  };
  readonly formula: Formula;
}
