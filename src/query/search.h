/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_SEARCH_H
#define ECO_QUERY_SEARCH_H

#include "base/limits.h"
#include "query/index.h"

/*
 * search - the ranked models whose ids hold all the words, blind to case; the
 * authors whose names and full names do, each word in either of them
 *
 * Words of three bytes and more go through the posting lists of their grams,
 * shortest list first, and the texts of what is left are looked at. A single
 * byte has a list, too; a word of two is the union of those whose keys begin
 * with it.
 *
 * Shapes     The result is a rising list when it is small, bits when large.
 * Ownership  The caller releases the hits.
 * Cost       The lists read, plus a look at every text that survived them.
 * Threads    Pure.
 */
struct eco_search {
    char text[ECO_MAX_SEARCH_BYTES]; /* lower-cased, words end to end */
    struct eco_str word[ECO_MAX_SEARCH_WORDS]; /* views into text */
    size_t n;                                  /* words; 0 finds everything */
};

/* Split at blanks: ASCII ones and U+3000, which Chinese keyboards give. `q`
 * has no zero byte. ECO_ELIMIT names the maximum. `out` must not move
 * afterwards. */
ECO_MUST_USE
int eco_search_parse(struct eco_str q, struct eco_search *out,
                     struct eco_err *err);

struct eco_search_hits {
    uint32_t *list; /* n members, rising; NULL when bits are given */
    uint64_t *bits;
    uint32_t n;
};

/* `search` has a word at least. ECO_ENOMEM, ECO_EFORMAT for a bad list. */
ECO_MUST_USE
int eco_search_run(const struct eco_query_index *ix,
                   const struct eco_search *search, struct eco_search_hits *out,
                   struct eco_err *err);

/* Keep the models whose ids have all the words: cheaper than to search while
 * they are few. ECO_ENOMEM, and then they are still to be released. */
ECO_MUST_USE
int eco_search_narrow(const struct eco_query_index *ix,
                      const struct eco_search *search,
                      struct eco_search_hits *hits, struct eco_err *err);

/* The same for authors: numbers of authors, below meta->n_authors. */
ECO_MUST_USE
int eco_search_authors(const struct eco_snap *s,
                       const struct eco_search *search,
                       struct eco_search_hits *out, struct eco_err *err);

/* The first `want` hits, rising, out of n_items that were searched; returns how
 * many. */
uint32_t eco_search_first(const struct eco_search_hits *hits, uint32_t n_items,
                          uint32_t want, uint32_t *out);

/* Bits of few of n_items become a list. ECO_ENOMEM, as above. */
ECO_MUST_USE
int eco_search_shrink(uint32_t n_items, struct eco_search_hits *hits,
                      struct eco_err *err);

void eco_search_release(struct eco_search_hits *hits);

#endif /* ECO_QUERY_SEARCH_H */
