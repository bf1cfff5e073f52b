/* SPDX-License-Identifier: MIT */
#ifndef ECO_STORE_TEXT_H
#define ECO_STORE_TEXT_H

#include "base/buf.h"

/*
 * text - rows of the Hub, compressed one by one
 *
 * Zstandard with a dictionary of the words that every row repeats; without it
 * a row of 600 bytes hardly shrinks.
 *
 * Ownership  The codec owns its tables; it is made once per store.
 * Errors     ECO_ENOMEM, ECO_EFORMAT for bytes that do not decompress.
 * Threads    One owner at a time.
 */
struct eco_text_codec;

ECO_MUST_USE
int eco_text_codec_new(struct eco_text_codec **out, struct eco_err *err);
void eco_text_codec_free(struct eco_text_codec *c);

/* Replace the content of `out`. */
ECO_MUST_USE
int eco_text_pack(struct eco_text_codec *c, struct eco_str text,
                  struct eco_buf *out, struct eco_err *err);
ECO_MUST_USE
int eco_text_unpack(struct eco_text_codec *c, struct eco_str packed,
                    struct eco_buf *out, struct eco_err *err);

#endif /* ECO_STORE_TEXT_H */
