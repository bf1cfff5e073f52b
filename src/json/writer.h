/* SPDX-License-Identifier: MIT */
#ifndef ECO_JSON_WRITER_H
#define ECO_JSON_WRITER_H

#include <stdint.h>

#include "base/buf.h"

/*
 * writer - JSON text, value by value, onto a buffer
 *
 * Commas and colons come by themselves. Text is always valid JSON and valid
 * UTF-8: every maximal bad piece of a string becomes U+FFFD. `<`, `>`, `&`,
 * U+2028 and U+2029 are escaped, so that an answer may stand inside a page.
 *
 * Units      A double is written with 15, 16 or 17 digits, the first of these
 *            that read back as the same number; NaN and infinities, which JSON
 *            lacks, become null. The C locale is taken for granted.
 * Ownership  The buffer is borrowed while the writer is in use.
 * Errors     Nothing here fails: the buffer latches (base/buf.h) and its
 *            owner asks eco_buf_check once at the end. Unbalanced or
 *            misplaced calls are our own bugs and asserted.
 * Threads    One owner at a time.
 */
#define ECO_JSON_WRITER_DEPTH 16

struct eco_json_writer {
    struct eco_buf *buf;
    uint32_t used;  /* bit d: something was written at depth d */
    uint32_t array; /* bit d: depth d is an array */
    unsigned depth;
    bool after_key;
};

void eco_json_writer_init(struct eco_json_writer *w, struct eco_buf *buf);

void eco_json_begin_object(struct eco_json_writer *w);
void eco_json_end_object(struct eco_json_writer *w);
void eco_json_begin_array(struct eco_json_writer *w);
void eco_json_end_array(struct eco_json_writer *w);

/* `key` is our own word: it is written as it stands. */
void eco_json_key(struct eco_json_writer *w, const char *key);

void eco_json_put_str(struct eco_json_writer *w, struct eco_str s);
void eco_json_put_c(struct eco_json_writer *w, const char *s);
/* One text, the first part of it ending with a character. */
void eco_json_put_joined(struct eco_json_writer *w, struct eco_str a,
                         struct eco_str b);
void eco_json_put_i64(struct eco_json_writer *w, int64_t v);
void eco_json_put_f64(struct eco_json_writer *w, double v);
/* With at most `decimals` (0 to 6) of them: for numbers that are places. */
void eco_json_put_fixed(struct eco_json_writer *w, double v, unsigned decimals);
void eco_json_put_bool(struct eco_json_writer *w, bool v);
void eco_json_put_null(struct eco_json_writer *w);

/* The value as it is written by eco_json_put_f64, NUL-terminated. */
#define ECO_JSON_F64_BYTES 32
void eco_json_format_f64(double v, char dst[ECO_JSON_F64_BYTES]);

#endif /* ECO_JSON_WRITER_H */
