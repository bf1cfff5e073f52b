/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_ARENA_H
#define ECO_BASE_ARENA_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/*
 * arena - many small blocks with one death
 *
 * Ownership  Blocks belong to the arena and live until reset or release.
 * Errors     NULL (or an empty view for a non-empty string) when the heap or
 *            the arena's maximum is exhausted.
 * Threads    One owner at a time.
 */
struct eco_arena_chunk;

struct eco_arena {
    struct eco_arena_chunk *head; /* the chunk in use, older ones behind it */
    size_t bytes;                 /* asked of the heap so far */
    size_t max;                   /* and at most */
};

void eco_arena_init(struct eco_arena *a, size_t max);
void eco_arena_release(struct eco_arena *a); /* frees; usable as if new */

/* Everything is gone; one chunk stays for the next round. */
void eco_arena_reset(struct eco_arena *a);

/* n * size bytes, zeroed, aligned for any type. */
ECO_MUST_USE void *eco_arena_calloc(struct eco_arena *a, size_t n, size_t size);

/* A copy of s, not NUL-terminated; false when there is no memory. */
ECO_MUST_USE bool eco_arena_str(struct eco_arena *a, struct eco_str s,
                                struct eco_str *out);

#endif /* ECO_BASE_ARENA_H */
