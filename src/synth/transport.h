/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_TRANSPORT_H
#define ECO_SYNTH_TRANSPORT_H

#include <stdint.h>

#include "synth/numbers.h"

/*
 * transport - members of classes onto the numbers 0 .. n - 1, one to one
 *
 * The numbers are cut into regions. How many members of each class lie in
 * each region is a table; which ones, and where inside of the region, is a
 * keyed permutation. So a class can be made to prefer a region (large parents
 * the high ranks of popularity) and still every number is used once.
 */
#define ECO_TRANSPORT_CLASSES 24
#define ECO_TRANSPORT_REGIONS 32

struct eco_transport {
    unsigned classes, regions;
    uint64_t size[ECO_TRANSPORT_CLASSES];
    uint64_t first[ECO_TRANSPORT_REGIONS + 1]; /* number of each region */
    uint64_t count[ECO_TRANSPORT_CLASSES][ECO_TRANSPORT_REGIONS];
    struct eco_perm of_class[ECO_TRANSPORT_CLASSES];
    struct eco_perm of_region[ECO_TRANSPORT_REGIONS];
};

/* Put up to `want` of what is left of a class into a region, but leave free
 * what lies beyond `most` members; returns how many were put. Before the
 * first call `size`, `first`, `classes` and `regions` are set, the rest 0. */
uint64_t eco_transport_put(struct eco_transport *t, unsigned class_,
                           unsigned region, uint64_t want, uint64_t most);

/* Put the rest of class 0 into all that is free, and draw the permutations.
 * Everything of the other classes is put by now. */
void eco_transport_seal(struct eco_transport *t, uint64_t key);

uint64_t eco_transport_at(const struct eco_transport *t, unsigned class_,
                          uint64_t member);
void eco_transport_find(const struct eco_transport *t, uint64_t number,
                        unsigned *class_, uint64_t *member);

#endif /* ECO_SYNTH_TRANSPORT_H */
