/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_BITMAP_H
#define ECO_SNAPSHOT_BITMAP_H

#include <roaring/roaring.h>

#include "base/buf.h"

/*
 * bitmap - sets of nodes in the portable format of the Roaring specification
 *
 * Written here and not by the library, so that the bytes of a snapshot do not
 * depend on the library's version; read by the library, after a strict check.
 *
 * Shapes     A container holds the values of one 16 bit prefix, as a sorted
 *            array, as 8192 bytes of bits, or as runs: whichever is smallest,
 *            an array before bits before runs when equal.
 * Errors     ECO_EFORMAT names container and number, ECO_ENOMEM.
 * Threads    Pure functions.
 */

/* Append the set of n rising values. Appending is latched like every other of
 * eco_buf; the result tells. */
int eco_bitmap_append(struct eco_buf *out, const uint32_t *values, uint32_t n);

/* Are these bytes one well-formed set, to the last byte, of values below
 * `max`? Cookie, keys, cardinalities, offsets, order and extent of every
 * container are checked. */
ECO_MUST_USE
int eco_bitmap_check(const uint8_t *bytes, size_t len, uint64_t max,
                     struct eco_err *err);

/* Check, then set the members' bits; there are (max + 63) / 64 words. */
ECO_MUST_USE
int eco_bitmap_or(const uint8_t *bytes, size_t len, uint64_t max,
                  uint64_t *bits, struct eco_err *err);

/* The first `want` members, rising; *n may be smaller. Checks no more than it
 * reads: the front, and containers up to the last member given. */
ECO_MUST_USE
int eco_bitmap_first(const uint8_t *bytes, size_t len, uint64_t max,
                     uint32_t want, uint32_t *out, uint32_t *n,
                     struct eco_err *err);

/* Check, then load; the caller frees with roaring_bitmap_free. */
ECO_MUST_USE
int eco_bitmap_load(const uint8_t *bytes, size_t len, uint64_t max,
                    roaring_bitmap_t **out, struct eco_err *err);

#endif /* ECO_SNAPSHOT_BITMAP_H */
