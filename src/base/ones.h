/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_ONES_H
#define ECO_BASE_ONES_H

#include <stdint.h>

/* How many bits of a word are one. Builds for any x86-64 lack the popcnt
 * instruction, and the compiler's own function is a call. */
static inline uint32_t eco_count_ones(uint64_t w)
{
    w -= w >> 1 & UINT64_C(0x5555555555555555);
    w = (w & UINT64_C(0x3333333333333333)) +
        (w >> 2 & UINT64_C(0x3333333333333333));
    w = (w + (w >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)((w * UINT64_C(0x0101010101010101)) >> 56);
}

#endif /* ECO_BASE_ONES_H */
