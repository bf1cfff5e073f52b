/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_FOUND_H
#define ECO_QUERY_FOUND_H

#include "query/filter.h"

/*
 * found - what a filter leaves, but for tasks and `removed`: counted by task,
 * and kept for the next page
 *
 * A word that a tenth of all models have, or a language and a licence, take
 * milliseconds to look for. The next page, another order or another task begins
 * with the same models, so the ECO_FOUND_KEPT results used last are kept, but
 * for small ones that are found again as quickly as they would be copied.
 *
 * Ownership  A result is shared: whoever got it calls unref. It outlives the
 *            cache.
 * Cost       A result takes at most n/8 bytes for n models. Finding one reads
 *            the bitmaps of the values chosen and joins them as bits; what is
 *            then small is looked at id by id, else the search is made on its
 *            own and joined, too.
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

/* Is there a search, or a facet besides the task? Else all models are meant,
 * and the index has counted them. */
bool eco_found_is_needed(const struct eco_filter *filter);

/* Look into the cache, else find and count; `filter` needs it. Errors as
 * eco_search_run and eco_choice_set_bits. */
ECO_MUST_USE
int eco_found_get(const struct eco_query_index *ix,
                  const struct eco_filter *filter, const struct eco_found **out,
                  struct eco_err *err);

void eco_found_unref(const struct eco_found *found); /* NULL is fine */

ECO_MUST_USE
int eco_found_cache_new(struct eco_found_cache **out, struct eco_err *err);
void eco_found_cache_free(struct eco_found_cache *cache); /* NULL is fine */

#endif /* ECO_QUERY_FOUND_H */
