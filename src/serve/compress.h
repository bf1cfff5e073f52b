/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_COMPRESS_H
#define ECO_SERVE_COMPRESS_H

#include "base/buf.h"
#include "serve/negotiate.h"

/*
 * compress - an answer in the encoding that was negotiated
 *
 * Levels are for answers made while somebody waits: zstd 3, brotli 4, gzip 5.
 *
 * Errors     ECO_ENOMEM, ECO_ELIMIT.
 * Threads    Pure functions.
 */

/* Append the compressed form of `in`; `encoding` is not ECO_IDENTITY. */
ECO_MUST_USE
int eco_compress(enum eco_encoding encoding, struct eco_str in,
                 struct eco_buf *out, struct eco_err *err);

#endif /* ECO_SERVE_COMPRESS_H */
