/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_FILTER_H
#define ECO_QUERY_FILTER_H

#include "query/search.h"

/*
 * filter - which models are meant: the same words for every question
 *
 * The leaderboard lists what a filter finds among all models, a network
 * highlights or cuts by it. All parts must hold; of several tasks any one.
 *
 * Ownership  The search has views into itself: a filter must not be copied or
 *            moved after eco_search_parse.
 * Threads    Pure functions.
 */
struct eco_filter {
    struct eco_search search;
    bool has_task_filter; /* then only the tasks named, even when none are */
    uint32_t n_tasks;
    uint32_t tasks[ECO_MAX_FACET_VALUES]; /* distinct; 0 is "none" */
    bool exclude_removed;
};

/* Does it keep anything out? */
bool eco_filter_is_on(const struct eco_filter *f);

/* Is this one of the tasks asked for? */
bool eco_filter_has_task(const struct eco_filter *f, uint32_t task);

/* Does node match? A placeholder is known by its id alone: it has no task and
 * is not removed. Cost: a look at the columns and, with a search, at the id. */
bool eco_filter_matches(const struct eco_snap *s, const struct eco_filter *f,
                        uint32_t node);

#endif /* ECO_QUERY_FILTER_H */
