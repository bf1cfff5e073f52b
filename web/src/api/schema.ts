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
    readonly by_relation: {
      readonly adapter: number;
      readonly finetune: number;
      readonly merge: number;
      readonly quantized: number;
    };
    /** The most influential derived models. */
    readonly top: readonly Relative[];
  };
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
