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

/** Schema Facet of the API. */
export type Facet = 'language' | 'author' | 'task' | 'library' | 'licence' | 'family' | 'kind' | 'relation' | 'month' | 'year';

/** As a parameter, influence when it is not given. */
export type Metric = 'influence' | 'likes' | 'downloads' | 'models';

/** Schema Totals of the API. */
export interface Totals {
  readonly models: number;
  /** The sum. */
  readonly influence: number;
  /** Unknown ones add nothing. */
  readonly likes: number;
  /** In the last 30 days; unknown ones add nothing. */
  readonly downloads: number;
}

/** Schema FacetValue of the API. */
export interface FacetValue {
  /** An author's name, a family's root, a month as 2026-08. */
  readonly value: string;
  /** Of an author; else null. */
  readonly full_name: string | null;
  /** Of an author; else null. */
  readonly kind: AuthorKind | null;
  /** A family whose root is in no capture. */
  readonly placeholder: boolean;
  readonly models: number;
  readonly influence: number;
  readonly likes: number;
  readonly downloads: number;
}

/** Schema FacetTop of the API. */
export interface FacetTop {
  /** How many values there are, without those apart. */
  readonly values: number;
  /** Most influence first; 20 at most, of tasks 100. */
  readonly top: readonly FacetValue[];
  /** Models that have a value, but none of these; null where there are none. */
  readonly others: {
    readonly values: number;
    readonly models: number;
    readonly influence: number;
    readonly likes: number;
    readonly downloads: number;
  } | null;
  readonly none: Totals;
  /** `multilingual` and `code`, which name no language; else empty. */
  readonly apart: readonly FacetValue[];
}

/** Schema Dashboard of the API. */
export interface Dashboard {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly total: Totals;
  readonly facets: {
    readonly language: FacetTop;
    readonly author: FacetTop;
    readonly task: FacetTop;
    readonly library: FacetTop;
    readonly licence: FacetTop;
    readonly family: FacetTop;
    readonly kind: FacetTop;
    readonly relation: FacetTop;
  };
  /** Years of creation that have a model, rising; at most the last 100. */
  readonly years: readonly FacetValue[];
}

/** Schema FacetValues of the API. */
export interface FacetValues {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly facet: Facet;
  /** Values that match, on all pages. */
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
  /** null is the order of time. */
  readonly sort: string | null;
  readonly values: readonly FacetValue[];
  readonly none: Totals;
}

/** Schema FacetDetail of the API. */
export interface FacetDetail {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly facet: Facet;
  /** In its stored spelling, or none, or others. */
  readonly value: string;
  readonly full_name: string | null;
  readonly kind: AuthorKind | null;
  readonly placeholder: boolean;
  /** Of others: how many values they are; else null. */
  readonly values: number | null;
  readonly total: Totals;
  /** Most influential first. */
  readonly models: readonly ModelRow[];
}

/** Schema Growth of the API. */
export interface Growth {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly by: 'task' | 'library' | 'licence' | 'relation';
  readonly months: readonly string[];
  readonly series: readonly ({
    readonly kind: 'value' | 'others' | 'none';
    /** null for others and none. */
    readonly value: string | null;
    /** One number per month. */
    readonly models: readonly number[];
  })[];
  /** Models whose month is unknown. */
  readonly unknown: number;
}

/** Schema Treemap of the API. */
export interface Treemap {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly by: 'model' | 'family' | 'author' | 'kind' | 'task' | 'library' | 'licence' | 'relation';
  readonly value: string | null;
  readonly size: Metric;
  /** The size of everything: tiles, rest and none. */
  readonly total: number;
  readonly tiles: readonly ({
    /** A model's id or a value of `by`. */
    readonly value: string;
    readonly full_name: string | null;
    /** 0 for an unknown number of likes or downloads. */
    readonly size: number;
    /** 1 for a model. */
    readonly models: number;
    /** Of a model. */
    readonly rank: number | null;
  })[];
  /** What has no tile. */
  readonly rest: {
    /** Models, or values of `by`. */
    readonly values: number;
    readonly size: number;
  };
  /** Models without a value of `by`; zero with `value` and for models. */
  readonly none: {
    readonly models: number;
    readonly size: number;
  };
}

/** Schema Drift of the API. */
export interface Drift {
  readonly as_of: AsOf;
  readonly data: DataKind;
  /** Edges between two models of this data set. */
  readonly edges: number;
  /** Of these, edges with one and the same told licence at both ends. */
  readonly same: number;
  readonly pairs_total: number;
  /** Most edges first; ties by name. */
  readonly pairs: readonly ({
    /** Licence of the base; null when none is told. */
    readonly from: string | null;
    /** Licence of the derived model. */
    readonly to: string | null;
    readonly edges: number;
    /** Distinct derived models. */
    readonly models: number;
  })[];
}

/** Schema DriftModels of the API. */
export interface DriftModels {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly edges: number;
  /** Distinct derived models. */
  readonly total: number;
  readonly models: readonly ModelRow[];
}

/** Schema AuthorDetail of the API. */
export interface AuthorDetail {
  readonly as_of: AsOf;
  readonly data: DataKind;
  readonly author: Author;
  /** By influence; null for an author of placeholders alone. */
  readonly rank: number | null;
  /** Authors with a rank. */
  readonly of: number;
  readonly total: Totals;
  /** Days of the first and the newest model; null when unknown. */
  readonly created: {
    readonly first: string | null;
    readonly last: string | null;
  };
  /** The ten tasks with most models; a value of null is none. */
  readonly tasks: readonly TaskCount[];
  /** Families whose root is this author's, most influence first. */
  readonly families: {
    readonly total: number;
    readonly top: readonly FacetValue[];
  };
  /** The ten most influential ones; /api/v1/models?author= has all. */
  readonly models: readonly ModelRow[];
}

/** Schema SearchResult of the API. */
export interface SearchResult {
  readonly as_of: AsOf;
  readonly data: DataKind;
  /** What `q` names exactly, a page of the Hub or an id; else null. */
  readonly match: {
    readonly kind: 'model' | 'author';
    /** In its stored spelling. */
    readonly value: string;
  } | null;
  readonly models: {
    readonly total: number;
    readonly top: readonly ModelRow[];
  };
  readonly authors: FoundValues;
  readonly tasks: FoundValues;
  readonly languages: FoundValues;
}

/** Schema FoundValues of the API. */
export interface FoundValues {
  readonly total: number;
  readonly top: readonly FacetValue[];
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
  /** Authors are those of models; of placeholders alone there may be more. */
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
