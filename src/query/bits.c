/* SPDX-License-Identifier: MIT */
#include "query/bits.h"

#include <string.h>

#include "base/alloc.h"

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

/* Ones of a word; builds for any x86-64 lack the popcnt instruction. */
static uint32_t count_word(uint64_t w)
{
    w -= w >> 1 & UINT64_C(0x5555555555555555);
    w = (w & UINT64_C(0x3333333333333333)) +
        (w >> 2 & UINT64_C(0x3333333333333333));
    w = (w + (w >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((w * UINT64_C(0x0101010101010101)) >> 56);
}

uint32_t eco_bits_count(const uint64_t *bits, uint32_t n)
{
    uint32_t count = 0;

    for (size_t i = 0; i < eco_bits_words(n); i++)
        count += count_word(bits[i]);
    return count;
}

uint32_t eco_bits_slice(const uint64_t *bits, uint32_t n, uint64_t skip,
                        uint32_t want, uint32_t *out)
{
    uint32_t got = 0;

    for (size_t i = 0; i < eco_bits_words(n) && got < want; i++) {
        uint64_t w = bits[i];
        uint32_t ones = count_word(w);

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
