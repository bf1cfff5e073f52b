/* SPDX-License-Identifier: MIT */
#include "query/bits.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ones.h"

uint64_t *eco_bits_new(uint32_t n)
{
    return eco_calloc(eco_bits_words(n), sizeof(uint64_t));
}

void eco_bits_fill(uint64_t *bits, uint32_t n)
{
    memset(bits, 0xff, eco_bits_words(n) * sizeof(*bits));
    if (n & 63)
        bits[n >> 6] = (UINT64_C(1) << (n & 63)) - 1;
}

void eco_bits_or(uint64_t *dst, const uint64_t *src, uint32_t n)
{
    for (size_t i = 0; i < eco_bits_words(n); i++)
        dst[i] |= src[i];
}

void eco_bits_and(uint64_t *dst, const uint64_t *src, uint32_t n)
{
    for (size_t i = 0; i < eco_bits_words(n); i++)
        dst[i] &= src[i];
}

uint32_t eco_bits_count(const uint64_t *bits, uint32_t n)
{
    uint32_t count = 0;

    for (size_t i = 0; i < eco_bits_words(n); i++)
        count += eco_count_ones(bits[i]);
    return count;
}

uint32_t eco_bits_slice(const uint64_t *bits, uint32_t n, uint64_t skip,
                        uint32_t want, uint32_t *out)
{
    uint32_t got = 0;

    for (size_t i = 0; i < eco_bits_words(n) && got < want; i++) {
        uint64_t w = bits[i];
        uint32_t ones = eco_count_ones(w);

        if (skip >= ones) {
            skip -= ones;
            continue;
        }
        for (; w && got < want; w &= w - 1) {
            if (skip)
                skip--;
            else
                out[got++] = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(w);
        }
    }
    return got;
}
