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
 * Errors     ECO_ENOMEM; ECO_EFORMAT for a snapshot that lies.
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

/* "task", "language", ...: words of the API and of the command line. */
const char *eco_filter_facet_name(enum eco_filter_facet facet);

/* The value that a text names (authors and languages: blind to case), or "none".
 * False when no model has it, or, of a kind, when there is none. */
bool eco_filter_find(const struct eco_snap *s, enum eco_filter_facet facet,
                     struct eco_str text, uint32_t *value);

/* Does it keep anything out? */
bool eco_filter_is_on(const struct eco_filter *f);

/* Put a value into its place, once. A choice has at most ECO_MAX_FACET_VALUES. */
void eco_choice_add(struct eco_choice *c, uint32_t value);

/* Is this one of the values asked for? Any is while the choice is off. */
bool eco_choice_has(const struct eco_choice *c, uint32_t value);

/* Set the bits (of R) of the models that have one of the values. */
ECO_MUST_USE
int eco_choice_set_bits(const struct eco_snap *s, enum eco_filter_facet facet,
                        const struct eco_choice *c, uint64_t *bits,
                        struct eco_err *err);

/*
 * A filter that is asked about many nodes, one after the other. A placeholder
 * is known by its id alone: it has an author, and so a kind, no task, language,
 * licence or library, and is not removed.
 *
 * Ownership  Borrows snapshot and filter; the caller releases it.
 * Cost       With languages n/8 bytes for n models, and their bitmaps read
 *            once; then a look at the columns and, with a search, at the id.
 */
struct eco_matcher {
    const struct eco_snap *snap;
    const struct eco_filter *filter;
    uint64_t *languages; /* bits: models with one of them; NULL without */
};

ECO_MUST_USE
int eco_matcher_init(struct eco_matcher *m, const struct eco_snap *s,
                     const struct eco_filter *f, struct eco_err *err);
void eco_matcher_release(struct eco_matcher *m);

bool eco_matcher_has(const struct eco_matcher *m, uint32_t node);

#endif /* ECO_QUERY_FILTER_H */
