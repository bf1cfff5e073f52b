/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_SNAPSHOT_H
#define ECO_SNAPSHOT_SNAPSHOT_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/*
 * snapshot - the immutable file that answers questions
 *
 * docs/format/snapshot.md is normative for names, shapes and meaning. This
 * header has what reader, writer and checker share.
 */
#define ECO_SNAP_MAGIC "ECOSNAP"
#define ECO_SNAP_VERSION 2u
#define ECO_SNAP_MAX_SECTIONS 256u
#define ECO_SNAP_NAME_BYTES 16
#define ECO_SNAP_ALIGN 64u
#define ECO_SNAP_NO_AUTHOR UINT32_MAX
#define ECO_SNAP_NO_FAMILY UINT32_MAX

enum eco_data_kind {
    ECO_DATA_HUB = 0,
    ECO_DATA_SAMPLE = 1,    /* hand-made; every page says so */
    ECO_DATA_SYNTHETIC = 2, /* generated; every page says so */
};

enum eco_snap_flag {
    ECO_SNAP_REMOVED = 1u << 0,
    ECO_SNAP_GATED_SHIFT = 1, /* two bits: enum eco_gated */
};

enum eco_gated {
    ECO_GATED_UNKNOWN = 0,
    ECO_GATED_NO = 1,
    ECO_GATED_AUTO = 2,
    ECO_GATED_MANUAL = 3,
};

enum eco_author_kind {
    ECO_AUTHOR_UNKNOWN = 0,
    ECO_AUTHOR_INDIVIDUAL = 1,
    ECO_AUTHOR_UNVERIFIED = 2,
    ECO_AUTHOR_COMPANY = 3,
    ECO_AUTHOR_COMMUNITY = 4,
    ECO_AUTHOR_UNIVERSITY = 5,
    ECO_AUTHOR_NON_PROFIT = 6,
    ECO_AUTHOR_GOVERNMENT = 7,
    ECO_AUTHOR_CLASSROOM = 8,
};
#define ECO_AUTHOR_KINDS 9

/* What models are counted by. The first six have a top list and "others". */
enum eco_facet {
    ECO_FACET_LANGUAGE,
    ECO_FACET_AUTHOR,
    ECO_FACET_TASK,
    ECO_FACET_LIBRARY,
    ECO_FACET_LICENCE,
    ECO_FACET_FAMILY,
    ECO_FACET_KIND,     /* enum eco_author_kind */
    ECO_FACET_RELATION, /* enum eco_relation */
    ECO_FACET_MONTH,
    ECO_FACET_YEAR, /* sums of months: the snapshot has none of its own */
};
#define ECO_FACETS 10
#define ECO_FACETS_WITH_OTHERS 6
#define ECO_FACET_TEN 10 /* "the ten most influential models" */

/* `multilingual` and `code`: languages that name none. */
bool eco_language_is_apart(struct eco_str language);

/* Of a set of ranked models. */
struct eco_total {
    uint64_t models;
    double influence;  /* added in order of nodes */
    int64_t likes;     /* known ones; at most ECO_MAX_COUNT */
    int64_t downloads; /* the same */
};
_Static_assert(sizeof(struct eco_total) == 32, "a total is 32 bytes");

/* What is behind a top list. */
struct eco_others {
    struct eco_total total;
    uint32_t values; /* how many are behind it */
    uint32_t n;
    uint32_t top[ECO_FACET_TEN]; /* n models, rising */
};
_Static_assert(sizeof(struct eco_others) == 80, "others are 80 bytes");

struct eco_growth {
    int32_t month;  /* whole months since January 1970 */
    uint32_t entry; /* of the facet */
    uint64_t models;
};
_Static_assert(sizeof(struct eco_growth) == 16, "growth is 16 bytes");

/* Edges by the licences at their ends. */
struct eco_drift {
    uint16_t base;
    uint16_t derived;
    uint32_t models; /* distinct derived ones */
    uint64_t edges;
    uint32_t n;
    uint32_t top[ECO_FACET_TEN]; /* n derived models, rising */
    uint32_t zero;
};
_Static_assert(sizeof(struct eco_drift) == 64, "drift is 64 bytes");

/* The `meta` section, as it stands in the file. */
struct eco_snap_meta {
    int32_t as_of_day;
    uint32_t data; /* enum eco_data_kind */
    uint32_t n_nodes;
    uint32_t n_ranked;
    uint64_t n_edges;
    uint32_t n_authors;
    uint32_t n_removed;
    double weights[4];   /* downloads, likes, spaces, freshness */
    double alpha[3];     /* self, children, parents */
    double lambda[2];    /* per day: model, space */
    double relations[4]; /* w, by enum eco_relation */
    double residual;
    uint64_t self_loops;
    uint64_t bad_bases;
    uint8_t zero[96];
};
_Static_assert(sizeof(struct eco_snap_meta) == 256, "meta is 256 bytes");

#endif /* ECO_SNAPSHOT_SNAPSHOT_H */
