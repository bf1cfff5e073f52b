/* SPDX-License-Identifier: MIT */
#ifndef ECO_SOURCE_STREAM_H
#define ECO_SOURCE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * stream - the bytes of a file, plain, gzip or zstd
 *
 * What it is shows in the first bytes, not in the name. Several gzip members
 * or zstd frames in a row are one stream. A file that ends inside one is an
 * error, after all bytes before the end were given.
 *
 * Ownership  The stream owns its descriptor (but not standard input).
 * Errors     ECO_EIO, ECO_EFORMAT (damaged or cut off), ECO_ENOMEM.
 * Threads    One reader; eco_stream_consumed from any thread.
 */
struct eco_stream;

/* "-" is standard input. */
ECO_MUST_USE
int eco_stream_open(const char *path, struct eco_stream **out,
                    struct eco_err *err);

/* The same, but waiting for bytes ends with ECO_ECANCELED within a second once
 * `is_set` says so; it is called from the reading thread. */
struct eco_stream_stop {
    bool (*is_set)(void *arg);
    void *arg;
};
ECO_MUST_USE
int eco_stream_open_until(const char *path, const struct eco_stream_stop *stop,
                          struct eco_stream **out, struct eco_err *err);

/* Bytes that outlive the stream (tests, fuzzing). */
ECO_MUST_USE
int eco_stream_open_bytes(const void *bytes, size_t len,
                          struct eco_stream **out, struct eco_err *err);

/* Bytes that somebody else makes, plain or packed: `read` fills dst with 1 to
 * cap bytes, or *n = 0 at the end. `name` is used in messages. */
struct eco_stream_reader {
    int (*read)(void *arg, char *dst, size_t cap, size_t *n,
                struct eco_err *err);
    void *arg;
};
ECO_MUST_USE
int eco_stream_open_reader(const char *name,
                           const struct eco_stream_reader *reader,
                           struct eco_stream **out, struct eco_err *err);

/* Fill dst with 1 to cap bytes, or *n = 0 at the end. */
ECO_MUST_USE
int eco_stream_read(struct eco_stream *s, char *dst, size_t cap, size_t *n,
                    struct eco_err *err);

/* Bytes of the file read so far, and its size (0 when unknown). */
uint64_t eco_stream_consumed(const struct eco_stream *s);
uint64_t eco_stream_size(const struct eco_stream *s);

void eco_stream_close(struct eco_stream *s); /* NULL is fine */

#endif /* ECO_SOURCE_STREAM_H */
