/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

#define FIRST_CAPACITY 128

void eco_buf_init(struct eco_buf *b, size_t max)
{
    *b = (struct eco_buf){ .max = max };
}

void eco_buf_release(struct eco_buf *b)
{
    eco_free(b->ptr);
    eco_buf_init(b, b->max);
}

void eco_buf_reset(struct eco_buf *b)
{
    b->len = 0;
    b->failed = 0;
    if (b->ptr)
        b->ptr[0] = '\0';
}

int eco_buf_reserve(struct eco_buf *b, size_t extra)
{
    size_t need, cap;
    char *grown;

    if (b->failed)
        return b->failed;
    if (extra > b->max || b->len > b->max - extra)
        return b->failed = ECO_ELIMIT;
    need = b->len + extra + 1;
    if (need <= b->cap)
        return 0;
    cap = b->cap ? b->cap : FIRST_CAPACITY;
    while (cap < need)
        cap = cap <= SIZE_MAX / 2 ? cap * 2 : need;
    grown = eco_realloc_array(b->ptr, cap, 1);
    if (!grown)
        return b->failed = ECO_ENOMEM;
    b->ptr = grown;
    b->cap = cap;
    return 0;
}

/* Most pieces are short and find room. */
static bool has_room(const struct eco_buf *b, size_t len)
{
    return !b->failed && len < b->cap - b->len && len <= b->max - b->len;
}

int eco_buf_append(struct eco_buf *b, const void *ptr, size_t len)
{
    int rc = has_room(b, len) ? 0 : eco_buf_reserve(b, len);

    if (rc)
        return rc;
    if (len)
        memcpy(b->ptr + b->len, ptr, len);
    b->len += len;
    b->ptr[b->len] = '\0';
    return 0;
}

int eco_buf_append_str(struct eco_buf *b, struct eco_str s)
{
    return eco_buf_append(b, s.ptr, s.len);
}

int eco_buf_append_c(struct eco_buf *b, const char *s)
{
    return eco_buf_append(b, s, strlen(s));
}

int eco_buf_append_char(struct eco_buf *b, char c)
{
    int rc = has_room(b, 1) ? 0 : eco_buf_reserve(b, 1);

    if (rc)
        return rc;
    b->ptr[b->len++] = c;
    b->ptr[b->len] = '\0';
    return 0;
}

/* The digits of v before `end`, at least `least` of them; where they begin. */
static char *put_digits(char *end, uint64_t v, unsigned least)
{
    unsigned n = 0;

    for (; v || n < least; n++) {
        *--end = (char)('0' + v % 10);
        v /= 10;
    }
    return end;
}

int eco_buf_append_i64(struct eco_buf *b, int64_t v)
{
    char text[24];
    char *end = text + sizeof(text), *p;

    p = put_digits(end, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 1);
    if (v < 0)
        *--p = '-';
    return eco_buf_append(b, p, (size_t)(end - p));
}

int eco_buf_append_fixed(struct eco_buf *b, double v, unsigned decimals)
{
    static const double scale[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
    char text[32];
    char *end = text + sizeof(text), *p = end;
    uint64_t whole;

    v = isfinite(v) ? v * scale[decimals] : 0;
    if (fabs(v) >= 9e15) /* beyond exact integers */
        return eco_buf_printf(b, "%.0f", v / scale[decimals]);
    whole = (uint64_t)llround(fabs(v));
    for (; decimals && whole % 10 == 0; decimals--)
        whole /= 10;
    if (decimals) {
        p = put_digits(end, whole % (uint64_t)scale[decimals], decimals);
        *--p = '.';
    }
    p = put_digits(p, whole / (uint64_t)scale[decimals], 1);
    if (v < 0 && whole)
        *--p = '-';
    return eco_buf_append(b, p, (size_t)(end - p));
}

int eco_buf_printf(struct eco_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    int n, rc;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    rc = n < 0 ? ECO_EINVAL : eco_buf_reserve(b, (size_t)n);
    if (!rc) {
        vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
    return rc;
}

int eco_buf_check(const struct eco_buf *b, const char *what,
                  struct eco_err *err)
{
    if (b->failed == ECO_ELIMIT)
        return eco_fail(err, ECO_ELIMIT, "%s: more than %zu bytes", what,
                        b->max);
    if (b->failed)
        return eco_fail(err, b->failed, "%s: no memory after %zu bytes", what,
                        b->len);
    return 0;
}

char *eco_buf_take(struct eco_buf *b)
{
    char *ptr = b->ptr;

    eco_buf_init(b, b->max);
    return ptr;
}

struct eco_str eco_buf_view(const struct eco_buf *b)
{
    return (struct eco_str){ b->ptr, b->len };
}
