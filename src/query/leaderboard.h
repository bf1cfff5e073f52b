/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_LEADERBOARD_H
#define ECO_QUERY_LEADERBOARD_H

#include "query/filter.h"
#include "query/order.h"

/*
 * leaderboard - one page of models, how many match, and the counts per task
 *
 * docs/openapi.yaml, listModels, says what is asked and answered.
 *
 * Shapes     A task is a number of the snapshot's dictionary; 0 is "none".
 * Ownership  The caller releases the result.
 * Errors     ECO_ENOMEM; ECO_EFORMAT for a snapshot that lies.
 * Cost       3 million models: microseconds for tasks and `removed` alone,
 *            milliseconds for a search that most models match or for large
 *            values of other facets (found.h). Scratch: at most two bitsets
 *            and 16 bytes per member of a set small enough to be sorted.
 * Threads    Pure: any number on one index.
 */
struct eco_leaderboard_query {
    struct eco_filter filter;
    enum eco_sort sort;
    bool descending;
    uint32_t page;     /* from 1 */
    uint32_t per_page; /* 1 to ECO_MAX_PER_PAGE */
};

struct eco_task_count {
    uint32_t task;
    uint32_t models;
};

struct eco_leaderboard {
    uint32_t total;   /* models that match, on all pages */
    uint32_t removed; /* removed ones that match, whether listed or not */
    uint32_t n;       /* models on this page */
    uint32_t nodes[ECO_MAX_PER_PAGE];
    uint32_t n_facets;             /* tasks with a match */
    struct eco_task_count *facets; /* most first, then by number */
};

ECO_MUST_USE
int eco_leaderboard_run(const struct eco_query_index *ix,
                        const struct eco_leaderboard_query *q,
                        struct eco_leaderboard *out, struct eco_err *err);

void eco_leaderboard_release(struct eco_leaderboard *board);

#endif /* ECO_QUERY_LEADERBOARD_H */
