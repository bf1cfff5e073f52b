/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_FILTER_H
#define ECO_QUERY_FILTER_H

#include "query/search.h"

/*
 * filter - which models are meant: the same words for every question
 *
 * The leaderboard lists what a filter finds among all models, a network
 * highlights or cuts by it. All parts must hold; of several values of one
 * facet any one.
 *
 * Ownership  The search has views into itself: a filter must not be copied or
 *            moved after eco_search_parse.
 * Threads    Pure functions.
 */

/* What models can be chosen by. */
enum eco_filter_facet {
    ECO_FILTER_TASK,
    ECO_FILTER_LANGUAGE,
    ECO_FILTER_AUTHOR, /* ECO_SNAP_NO_AUTHOR: without an owner */
    ECO_FILTER_KIND,
    ECO_FILTER_LICENCE,
    ECO_FILTER_LIBRARY,
};
#define ECO_FILTER_FACETS 6

struct eco_choice {
    bool is_on; /* then only the values named, even when none are */
    uint32_t n;
    uint32_t value[ECO_MAX_FACET_VALUES]; /* distinct, rising; of a dictionary
                                             0 is "none" */
};

struct eco_filter {
    struct eco_search search;
    struct eco_choice choice[ECO_FILTER_FACETS];
    bool exclude_removed;
};

/* Does it keep anything out? */
bool eco_filter_is_on(const struct eco_filter *f);

bool eco_filter_has_task(const struct eco_filter *f, uint32_t task);

/* Is this one of the values asked for? */
bool eco_choice_has(const struct eco_choice *c, uint32_t value);

/* Does node match? A placeholder is known by its id alone: it has an author,
 * and so a kind, no task, language, licence or library, and is not removed.
 * Cost: a look at the columns and, with a search, at the id; with languages at
 * their bitmaps. */
bool eco_filter_matches(const struct eco_snap *s, const struct eco_filter *f,
                        uint32_t node);

#endif /* ECO_QUERY_FILTER_H */
