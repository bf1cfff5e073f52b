/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_INDEX_H
#define ECO_QUERY_INDEX_H

#include "query/bits.h"
#include "snapshot/reader.h"

/*
 * index - what questions need beyond the snapshot's own columns
 *
 * Made once per opened snapshot: counts per task, the models that are
 * not removed and the large tasks as plain bitsets, where unknown values begin
 * in each order.
 * The models of one task are a run of `order.task`, rising; that run is the
 * list of a small task, so no second form of it is kept.
 *
 * Shapes     R = n ranked models, numbered by rank.
 * Ownership  Holds a reference to the snapshot.
 * Cost       One pass over the columns `task` and `flags` and over each order.
 *            At most 64 tasks are large (R/64 models or more): 8 bytes per
 *            model at most.
 * Threads    Any number may ask; only the cache behind `found` changes, and
 *            it has a lock of its own.
 */
struct eco_found_cache;

struct eco_query_task {
    const uint32_t *list; /* its models, rising */
    const uint64_t *bits; /* the same as bits; NULL for a small task */
    uint32_t n;           /* how many, removed ones included */
    uint32_t n_removed;
};

/* Positions of an order that are counted together. */
#define ECO_QUERY_BLOCK 1024u

struct eco_query_index {
    struct eco_snap *snap;
    uint32_t n;                   /* R */
    uint32_t n_tasks;             /* entries of the dictionary, "none" first */
    struct eco_query_task *tasks; /* n_tasks */
    uint64_t *present;            /* bits: all models but the removed ones */
    uint32_t n_removed;
    uint32_t n_known[ECO_SNAP_ORDERS]; /* entries before the unknown values */
    /* How many are present in each block of an order; the last array is for
     * the order by number. */
    uint16_t *present_in[ECO_SNAP_ORDERS + 1];
    uint64_t *task_bits;           /* private: behind tasks[].bits */
    struct eco_found_cache *found; /* what filters left (query/found.h) */
};

/* Takes a reference of its own; *out is NULL on failure (ECO_ENOMEM,
 * ECO_EFORMAT for a task beyond its dictionary). */
ECO_MUST_USE
int eco_query_index_new(struct eco_snap *snap, struct eco_query_index **out,
                        struct eco_err *err);

void eco_query_index_free(struct eco_query_index *ix); /* NULL is fine */

#endif /* ECO_QUERY_INDEX_H */
