/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_PLACES_H
#define ECO_QUERY_PLACES_H

#include "query/search.h"

/*
 * places - one search for everything that has a page
 *
 * Models by their ids (search.h); authors by name and full name, through a
 * search index of their own, most influential first; tasks and languages by
 * their keys. All words must occur, blind to case.
 *
 * Ownership  The result owns nothing.
 * Errors     ECO_ENOMEM; ECO_EFORMAT for a snapshot that lies.
 * Cost       3 million models, 0.5 million authors: that of the leaderboard's
 *            search, and about a tenth of it for authors.
 * Threads    Pure: any number on one index.
 */
#define ECO_MAX_PLACES 20u

struct eco_place_list {
    uint32_t total; /* all that match */
    uint32_t n;     /* the first of them, at most ECO_MAX_PLACES */
    uint32_t at[ECO_MAX_PLACES];
};

enum eco_place_kind {
    ECO_PLACE_NONE,
    ECO_PLACE_MODEL,  /* a node; a placeholder has a page, too */
    ECO_PLACE_AUTHOR, /* an author */
};

struct eco_places {
    enum eco_place_kind match; /* what the text names exactly */
    uint32_t matched;
    struct eco_place_list models;    /* ranked nodes */
    struct eco_place_list authors;   /* most influential first */
    struct eco_place_list tasks;     /* entries, most influence first */
    struct eco_place_list languages; /* entries, most influence first */
};

/* What a text says without the address of the Hub around it:
 * "https://huggingface.co/a/b/tree/main?x#y" is "a/b", "hf.co/a" is "a", that of
 * a dataset is empty; a text that is no address of the Hub stays as it is,
 * without blanks around it. */
struct eco_str eco_place_name(struct eco_str text);

/* `limit` is 1 to ECO_MAX_PLACES. `name` is what eco_place_name gave: UTF-8
 * without a zero byte; ECO_ELIMIT as eco_search_parse. */
ECO_MUST_USE
int eco_places_find(const struct eco_query_index *ix, struct eco_str name,
                    uint32_t limit, struct eco_places *out,
                    struct eco_err *err);

#endif /* ECO_QUERY_PLACES_H */
