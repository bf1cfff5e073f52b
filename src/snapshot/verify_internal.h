/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_VERIFY_INTERNAL_H
#define ECO_SNAPSHOT_VERIFY_INTERNAL_H

#include "snapshot/verify.h"

/*
 * verify_internal - what the parts of the checker share
 *
 * Every part takes any bytes: it uses a number from the file as an index only
 * after comparing it. A part that depends on another one's success is told by
 * the flags below and is left out otherwise.
 *
 * Errors     0 or ECO_ENOMEM; what is wrong with the file goes to
 *            eco_verify_problem.
 */
struct eco_verify {
    const struct eco_snap *s;
    struct eco_snap_problems *out;
    bool ids_ok;   /* offsets of id.text rise: ids may be compared */
    bool graph_ok; /* rows, ends and order of both directions */
};

#define ECO_VERIFY_MAX_REPORTS 100
#define ECO_VERIFY_TOLERANCE 1e-9 /* of the largest influence */

void eco_verify_problem(struct eco_verify *c, const char *fmt, ...)
    ECO_PRINTF(2, 3);

/* n texts: do offsets rise, is each UTF-8, none with a zero byte, and (unless
 * `may_be_empty`) none empty? False when offsets fall; texts could then overlap
 * and take more than O(file) to look at. */
bool eco_verify_texts(struct eco_verify *c, const char *section,
                      const uint64_t *off, const char *text, uint32_t n,
                      bool may_be_empty);

/* verify_ids.c: ids, former ids, authors. */
ECO_MUST_USE int eco_verify_ids(struct eco_verify *c, struct eco_err *err);

/* verify_grams.c: the search index. */
ECO_MUST_USE int eco_verify_grams(struct eco_verify *c, struct eco_err *err);

/* verify_facets.c: dictionaries, their columns and bitmaps. */
ECO_MUST_USE int eco_verify_facets(struct eco_verify *c, struct eco_err *err);

/* verify_ranks.c: numbers of models, ranks and orders. */
void eco_verify_ranks(struct eco_verify *c);

/* verify_graph.c: edges, then influence. */
ECO_MUST_USE int eco_verify_graph(struct eco_verify *c, struct eco_err *err);
void eco_verify_influence(struct eco_verify *c);

#endif /* ECO_SNAPSHOT_VERIFY_INTERNAL_H */
