/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_BUF_H
#define ECO_BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

/*
 * buf - a growable byte buffer that states its maximum at birth
 *
 * Appending beyond `max` fails and latches: the buffer keeps what it had,
 * every later append fails too, and eco_buf_check tells why. A caller that
 * appends many small things may therefore ignore the single results and ask
 * once at the end.
 *
 * Ownership  The buffer owns its bytes until eco_buf_release or eco_buf_take.
 * Threads    One owner at a time.
 */
struct eco_buf {
    char *ptr;  /* NUL-terminated after every successful append; NULL if new */
    size_t len; /* bytes, without the NUL */
    size_t cap;
    size_t max; /* bytes this buffer may ever hold */
    int failed; /* 0, ECO_ENOMEM or ECO_ELIMIT: latched */
};

void eco_buf_init(struct eco_buf *b, size_t max);
void eco_buf_release(struct eco_buf *b); /* frees; usable again as if new */
void eco_buf_reset(struct eco_buf *b);   /* empties, keeps the memory */

int eco_buf_append(struct eco_buf *b, const void *ptr, size_t len);
int eco_buf_append_str(struct eco_buf *b, struct eco_str s);
int eco_buf_append_c(struct eco_buf *b, const char *s);
int eco_buf_append_char(struct eco_buf *b, char c);
int eco_buf_append_i64(struct eco_buf *b, int64_t v);
int eco_buf_printf(struct eco_buf *b, const char *fmt, ...) ECO_PRINTF(2, 3);

/* v, rounded to `decimals` (0 to 6) decimals, without zeros at the end; 0 for
 * what is no number. Many times as fast as printf. */
int eco_buf_append_fixed(struct eco_buf *b, double v, unsigned decimals);

/* Make room for `extra` more bytes; b->ptr + b->len may then be written and
 * b->len raised by the caller. */
int eco_buf_reserve(struct eco_buf *b, size_t extra);

/* 0, or the latched failure with `what` and the maximum in the message. */
ECO_MUST_USE
int eco_buf_check(const struct eco_buf *b, const char *what,
                  struct eco_err *err);

/* The bytes now belong to the caller (eco_free); the buffer is as new. */
ECO_MUST_USE char *eco_buf_take(struct eco_buf *b);

struct eco_str eco_buf_view(const struct eco_buf *b);

#endif /* ECO_BASE_BUF_H */
