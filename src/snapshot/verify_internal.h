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
    bool ids_ok;       /* offsets of id.text rise: ids may be compared */
    bool authors_ok;   /* the same of author.text and author.full */
    bool graph_ok;     /* rows, ends and order of both directions */
    bool languages_ok; /* sets of languages may be walked */
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

/* verify_grams.c: both search indices. */
ECO_MUST_USE int eco_verify_grams(struct eco_verify *c, struct eco_err *err);

/* verify_facets.c: dictionaries, their columns and bitmaps. */
ECO_MUST_USE int eco_verify_facets(struct eco_verify *c, struct eco_err *err);

/* Every model of a set of a dictionary whose sets may be walked; a malformed
 * set, which was reported, has none. */
ECO_MUST_USE
int eco_verify_walk(struct eco_verify *c, const struct eco_snap_dict *d,
                    uint32_t entry, void (*visit)(void *arg, uint32_t v),
                    void *arg, struct eco_err *err);

/* verify_ranks.c: numbers of models, ranks and orders. */
void eco_verify_ranks(struct eco_verify *c);

/* verify_graph.c: edges, then influence. */
ECO_MUST_USE int eco_verify_graph(struct eco_verify *c, struct eco_err *err);
void eco_verify_influence(struct eco_verify *c);

/* verify_families.c: the family of every node. With graph_ok. */
ECO_MUST_USE int eco_verify_families(struct eco_verify *c, struct eco_err *err);

/* The edge of graph.up to the main base of v; false without any base. */
bool eco_verify_main_base(const struct eco_snap *s, uint32_t v, uint64_t *edge);

/* verify_members.c: numbering and models of authors and families. */
void eco_verify_members(struct eco_verify *c);

/* < 0 when a stands before b: more influence, then more models. */
int eco_verify_cmp_totals(const struct eco_total *a, const struct eco_total *b);

/* verify_totals.c: totals by facet. */
ECO_MUST_USE int eco_verify_totals(struct eco_verify *c, struct eco_err *err);

/* How many totals a facet has, and the one that model v counts in; that number
 * may be out of range in a damaged file. Relations only with graph_ok; not for
 * languages, of which there are several. */
uint32_t eco_verify_entries(const struct eco_snap *s, enum eco_facet facet);
uint32_t eco_verify_entry(const struct eco_snap *s, enum eco_facet facet,
                          uint32_t v);

/* The kind of a model's author; may be out of range. */
uint8_t eco_verify_kind(const struct eco_snap *s, uint32_t v);

/* The month in which a model was created; false when that is unknown. */
bool eco_verify_month(const struct eco_snap *s, uint32_t v, int32_t *month);

/* Add a model; report a total that differs from the wanted one. */
void eco_verify_add(const struct eco_snap *s, uint32_t v,
                    struct eco_total *total);
void eco_verify_total(struct eco_verify *c, const char *name, uint32_t entry,
                      const struct eco_total *found,
                      const struct eco_total *wanted);

/* verify_others.c: what is behind the top lists. */
ECO_MUST_USE int eco_verify_others(struct eco_verify *c, struct eco_err *err);

/* verify_growth.c: months, models by month; drift of licences with graph_ok. */
ECO_MUST_USE int eco_verify_growth(struct eco_verify *c, struct eco_err *err);
ECO_MUST_USE int eco_verify_drift(struct eco_verify *c, struct eco_err *err);

#endif /* ECO_SNAPSHOT_VERIFY_INTERNAL_H */
