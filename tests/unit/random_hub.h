/* SPDX-License-Identifier: MIT */
#ifndef RANDOM_HUB_H
#define RANDOM_HUB_H

#include <stdint.h>

#include "build/assemble.h"

/*
 * random_hub - any number of models that look like the Hub's, from a seed
 *
 * Many ties (most likes and downloads are 0), unknown values in every column,
 * removed models, placeholders, ids without an owner, names made of a few
 * common words, tasks of very different size, none to many languages, authors
 * of all kinds.
 *
 * Ownership  The caller releases the hub.
 */
struct random_hub {
    struct eco_build_input in;
    void *blocks[32]; /* everything behind `in` */
    int n_blocks;
};

/* False when there is no memory. One node in 20 beyond n_models is a
 * placeholder; n_models is at least 1. */
bool random_hub_init(struct random_hub *hub, uint32_t n_models, uint32_t seed);
void random_hub_release(struct random_hub *hub);

#endif /* RANDOM_HUB_H */
