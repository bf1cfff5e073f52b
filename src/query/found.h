/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_FOUND_H
#define ECO_QUERY_FOUND_H

#include "query/search.h"

/*
 * found - what a search found, counted by task, and kept for the next page
 *
 * A word that a tenth of all models have takes milliseconds to look for. Its
 * next page, another order or another filter begins with the same models, so
 * the ECO_FOUND_KEPT large results used last are kept. Small ones are found
 * again as quickly as they would be copied.
 *
 * Ownership  A result is shared: whoever got it calls unref. It outlives the
 *            cache.
 * Cost       A result takes at most n/8 bytes for n models.
 * Threads    Results are immutable; the cache has a lock that is held for a
 *            look at its table only.
 */
#define ECO_FOUND_KEPT 32

struct eco_found_count {
    uint32_t n;
    uint32_t n_removed;
};

struct eco_found {
    struct eco_search_hits hits;
    struct eco_found_count *counts; /* one per task of the index */
    struct eco_found_entry *entry;  /* private */
};

/* Look into the cache, else search and count. Errors as eco_search_run. */
ECO_MUST_USE
int eco_found_search(const struct eco_query_index *ix,
                     const struct eco_search *search,
                     const struct eco_found **out, struct eco_err *err);

void eco_found_unref(const struct eco_found *found); /* NULL is fine */

ECO_MUST_USE
int eco_found_cache_new(struct eco_found_cache **out, struct eco_err *err);
void eco_found_cache_free(struct eco_found_cache *cache); /* NULL is fine */

#endif /* ECO_QUERY_FOUND_H */
