/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_LEVELS_H
#define ECO_SYNTH_LEVELS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * levels - a power law as a small table
 *
 * Holders (parents, authors, ...) are ranked by how many things they hold;
 * holders of the same number k are one level. Things are numbered holder by
 * holder. A table of levels answers both "who holds thing j" and "which are
 * the things of holder r" in O(log levels); a law over P holders has about
 * sqrt(P) levels.
 *
 * Ownership  The caller releases what was filled.
 * Errors     ECO_ENOMEM.
 */
struct eco_level {
    uint32_t k;      /* things that each holder has; falling */
    uint64_t holder; /* the first one */
    uint64_t thing;  /* its first one */
};

struct eco_levels {
    struct eco_level *at;
    size_t n, room;
    uint64_t holders, things;
};

/* One more level of `count` holders behind the others; nothing for 0. */
ECO_MUST_USE
int eco_levels_add(struct eco_levels *l, uint32_t k, uint64_t count,
                   struct eco_err *err);
void eco_levels_release(struct eco_levels *l);

struct eco_holding {
    uint64_t holder;
    uint64_t first; /* its first thing */
    uint32_t k;
    uint32_t index; /* of the thing asked for */
};

/* Who holds a thing, which must exist. */
struct eco_holding eco_levels_of_thing(const struct eco_levels *l,
                                       uint64_t thing);
/* What a holder, who must exist, holds; index is 0. */
struct eco_holding eco_levels_of_holder(const struct eco_levels *l,
                                        uint64_t holder);

/* The first holder of at most k things. */
uint64_t eco_levels_first_at_most(const struct eco_levels *l, uint64_t k);

/* P(k) ~ k^-alpha for 1 <= k <= max. */
struct eco_law {
    double alpha;
    uint32_t max;
};

double eco_law_mean(const struct eco_law *law);

/*
 * The law over `holders` holders, each at its quantile: holder r has the k
 * of which r + 1/2 holders are expected to have at least as many. With
 * `things` > 0 holders of one thing are added or taken away until that many
 * things are held (all holders of one may go, no more).
 */
ECO_MUST_USE
int eco_levels_law(struct eco_levels *l, const struct eco_law *law,
                   uint64_t holders, uint64_t things, struct eco_err *err);

#endif /* ECO_SYNTH_LEVELS_H */
