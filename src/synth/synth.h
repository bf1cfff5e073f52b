/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_SYNTH_H
#define ECO_SYNTH_SYNTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * synth - a synthetic Hub of any size, from a seed
 *
 * JSON Lines in the shape of the Hub's lists: models, then authors, then
 * Spaces; docs/algorithms/synth.md says which published facts it reproduces
 * and how. Every name is invented.
 *
 * The same seed and size give the same bytes, on any machine and with any
 * number of threads: every row is computed from its number alone.
 *
 * Ownership  The caller frees the generator.
 * Errors     ECO_EINVAL for a bad size, ECO_ENOMEM.
 * Cost       Constant memory, whatever the size.
 * Threads    One reader; it starts threads of its own.
 */
struct eco_synth;

struct eco_synth_opts {
    uint32_t models; /* 1 to ECO_SYNTH_MAX_MODELS */
    uint64_t seed;
    unsigned threads; /* 0: one per core */
};
#define ECO_SYNTH_MAX_MODELS 30000000u

ECO_MUST_USE
int eco_synth_new(const struct eco_synth_opts *opts, struct eco_synth **out,
                  struct eco_err *err);

/* Fill dst with 1 to cap bytes, or *n = 0 at the end. */
ECO_MUST_USE
int eco_synth_read(struct eco_synth *s, char *dst, size_t cap, size_t *n,
                   struct eco_err *err);

void eco_synth_free(struct eco_synth *s); /* NULL is fine */

#endif /* ECO_SYNTH_SYNTH_H */
