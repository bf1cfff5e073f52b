/* SPDX-License-Identifier: MIT */
#ifndef ECO_SOURCE_SPLIT_H
#define ECO_SOURCE_SPLIT_H

#include "base/str.h"
#include "source/stream.h"

/*
 * split - a dump cut into its rows, without parsing them
 *
 * Four shapes, known from the first bytes: JSON Lines; one JSON array; one
 * object whose "models" is an array of objects; one object with an object per
 * author, by name. Anything else is taken for JSON Lines, of which each line
 * is then a bad one. In JSON Lines a bad line spoils nothing but itself.
 *
 * Ownership  The stream is borrowed. A row's text lives until the next call.
 * Errors     The stream's, and ECO_ENOMEM. A row that is too long or cut off
 *            is no error: `bad` says what is wrong with it.
 * Cost       O(bytes) time, memory for the longest row (ECO_MAX_ROW_BYTES).
 * Threads    One reader.
 */
struct eco_split;

struct eco_split_row {
    struct eco_str text; /* of the row; empty when bad */
    struct eco_str name; /* a JSON string: the author; else empty */
    uint64_t line;       /* where the row begins, from 1 */
    const char *bad;     /* NULL, or a literal: why it cannot be read */
};

ECO_MUST_USE
int eco_split_new(struct eco_stream *stream, struct eco_split **out,
                  struct eco_err *err);
void eco_split_free(struct eco_split *s); /* NULL is fine */

/* 1 and *row filled, 0 at the end, or an error. */
ECO_MUST_USE
int eco_split_next(struct eco_split *s, struct eco_split_row *row,
                   struct eco_err *err);

#endif /* ECO_SOURCE_SPLIT_H */
