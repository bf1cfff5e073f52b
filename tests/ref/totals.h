/* SPDX-License-Identifier: MIT */
#ifndef ECO_REF_TOTALS_H
#define ECO_REF_TOTALS_H

#include "graph/graph.h"
#include "snapshot/snapshot.h"

/*
 * ref/totals - docs/algorithms/totals.md, rule by rule, as it is written
 *
 * A value of a facet is a text and the set of its models; sets are sorted
 * lists, and everything is searched from its beginning. Slow and obvious: the
 * measure of what a build counts, for hubs of some hundreds of nodes.
 *
 * Shapes     Rows are in order of nodes: the ranked models by falling
 *            influence, then the placeholders. Values are in the order that
 *            docs/format/snapshot.md numbers them in; "none" stands apart, so
 *            that value i of a dictionary's facet is entry i + 1.
 * Ownership  Rows and edges are borrowed for the call, the result owns its
 *            texts. Nothing here uses base/alloc.h, so that counted blocks are
 *            those of the code under test. Out of memory aborts.
 */
struct eco_ref_row {
    const char *id;
    bool is_placeholder; /* then nothing below but influence is used */
    double influence;
    uint8_t kind; /* of the author; ECO_AUTHOR_UNKNOWN without one */
    const char *task, *library, *licence; /* "" is none */
    const char *const *languages;         /* distinct */
    uint32_t n_languages;
    int64_t created; /* ms, ECO_TIME_UNKNOWN */
    int64_t likes;   /* -1 unknown */
    int64_t downloads;
};

struct eco_ref_set {
    uint32_t n;
    uint32_t *at; /* nodes, rising */
};

struct eco_ref_value {
    char *text;     /* of an author in lower case, of a family its root's id */
    int32_t number; /* what to sort by: a month, a root, ... */
    struct eco_ref_set nodes;  /* with placeholders: of authors, families */
    struct eco_ref_set models; /* ranked ones */
    struct eco_total total;
};

struct eco_ref_facet {
    uint32_t n;
    struct eco_ref_value *values;
    struct eco_ref_value none;
    uint32_t n_others; /* values behind the top list */
    struct eco_ref_value others;
};

struct eco_ref_pair {
    const char *base, *derived; /* licences, of the rows */
    uint64_t edges;
    struct eco_ref_set models; /* derived */
};

struct eco_ref_totals {
    struct eco_ref_value all;
    struct eco_ref_facet facet[ECO_FACETS]; /* years are left empty */
    struct eco_growth *growth[ECO_FACETS];
    uint32_t n_growth[ECO_FACETS];
    struct eco_ref_pair *pairs;
    uint32_t n_pairs;
};

/* Edges may be in any order, told twice, or loops. */
struct eco_ref_totals *eco_ref_totals_new(const struct eco_ref_row *rows,
                                          uint32_t n,
                                          const struct eco_edge *edges,
                                          uint64_t m);
void eco_ref_totals_free(struct eco_ref_totals *t);

/* The month of an instant: whole months since January 1970, UTC. */
int32_t eco_ref_month(int64_t ms);

#endif /* ECO_REF_TOTALS_H */
