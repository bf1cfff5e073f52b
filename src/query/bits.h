/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_BITS_H
#define ECO_QUERY_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * bits - plain bitsets over the ranked models
 *
 * 3 million models are 375 kB: they fit the second-level cache, and testing,
 * joining and counting them is a handful of instructions per 64 models.
 *
 * Shapes     n bits in (n + 63) / 64 words; bits from n on are zero.
 * Threads    Pure functions.
 */
static inline size_t eco_bits_words(uint32_t n)
{
    return ((size_t)n + 63) / 64;
}

static inline bool eco_bits_test(const uint64_t *bits, uint32_t i)
{
    return bits[i >> 6] >> (i & 63) & 1;
}

static inline void eco_bits_set(uint64_t *bits, uint32_t i)
{
    bits[i >> 6] |= UINT64_C(1) << (i & 63);
}

static inline void eco_bits_clear(uint64_t *bits, uint32_t i)
{
    bits[i >> 6] &= ~(UINT64_C(1) << (i & 63));
}

/* n bits, all zero (eco_free); NULL when there is no memory. */
ECO_MUST_USE uint64_t *eco_bits_new(uint32_t n);

/* All n bits become one. */
void eco_bits_fill(uint64_t *bits, uint32_t n);

void eco_bits_or(uint64_t *dst, const uint64_t *src, uint32_t n);
void eco_bits_and(uint64_t *dst, const uint64_t *src, uint32_t n);
uint32_t eco_bits_count(const uint64_t *bits, uint32_t n);

/* Up to `want` ones, rising, after the first `skip`; returns how many. */
uint32_t eco_bits_slice(const uint64_t *bits, uint32_t n, uint64_t skip,
                        uint32_t want, uint32_t *out);

#endif /* ECO_QUERY_BITS_H */
