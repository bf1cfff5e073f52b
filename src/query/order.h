/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_ORDER_H
#define ECO_QUERY_ORDER_H

#include "query/index.h"

/*
 * order - a page out of a set of models, sorted by any column
 *
 * The snapshot has every order in one direction. Read backwards, unknown
 * values still come last and models of equal value still stand in rank order,
 * so a backward reader goes from one group of equal values to the next and
 * reads each group forwards.
 *
 * Three ways to a page, the cheapest is taken: by position when the set is all
 * models; along the order, testing membership, when the set is large or the
 * page near the front (in steps of a block for "all but the removed ones",
 * which the index has counted); by selecting among the members when they are
 * few.
 *
 * Shapes     Node numbers are ranks minus one, so "by rank" is "by number".
 * Cost       3 million models, any page: below 3 ms; near the front far less.
 * Threads    Pure.
 */
enum eco_sort {
    ECO_SORT_INFLUENCE,
    ECO_SORT_NAME,
    ECO_SORT_CREATED,
    ECO_SORT_DOWNLOADS,
    ECO_SORT_LIKES,
    ECO_SORT_TASK,
};
#define ECO_SORTS 6

/* "influence", "name", ...: the words of the API. */
const char *eco_sort_name(enum eco_sort sort);

/* A set of ranked models; with neither list nor bits: all of them. */
struct eco_nodes {
    const uint32_t *list; /* n members, rising, or NULL */
    const uint64_t *bits; /* the same members, or NULL */
    uint32_t n;
};

/* Members skip .. skip+want-1 of `nodes` in the order asked for; *got may be
 * smaller than want at the end. Only ECO_ENOMEM can fail. */
ECO_MUST_USE
int eco_order_page(const struct eco_query_index *ix,
                   const struct eco_nodes *nodes, enum eco_sort sort,
                   bool descending, uint64_t skip, uint32_t want, uint32_t *out,
                   uint32_t *got, struct eco_err *err);

#endif /* ECO_QUERY_ORDER_H */
