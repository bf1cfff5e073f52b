/* SPDX-License-Identifier: MIT */
#include "json/writer.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void eco_json_writer_init(struct eco_json_writer *w, struct eco_buf *buf)
{
    *w = (struct eco_json_writer){ .buf = buf };
}

/* What stands before a value: nothing after a key, a comma after another. */
static void before_value(struct eco_json_writer *w)
{
    uint32_t bit = UINT32_C(1) << w->depth;

    if (w->after_key) {
        w->after_key = false;
        return;
    }
    assert(!w->depth || (w->array & bit));
    if (w->used & bit)
        eco_buf_append_char(w->buf, ',');
    w->used |= bit;
}

static void begin(struct eco_json_writer *w, char open, bool is_array)
{
    uint32_t bit;

    before_value(w);
    assert(w->depth + 1 < ECO_JSON_WRITER_DEPTH);
    eco_buf_append_char(w->buf, open);
    w->depth++;
    bit = UINT32_C(1) << w->depth;
    w->used &= ~bit;
    w->array = is_array ? w->array | bit : w->array & ~bit;
}

static void end(struct eco_json_writer *w, char close, bool is_array)
{
    assert(w->depth && !w->after_key);
    assert(!(w->array >> w->depth & 1) == !is_array);
    (void)is_array;
    w->depth--;
    eco_buf_append_char(w->buf, close);
}

void eco_json_begin_object(struct eco_json_writer *w)
{
    begin(w, '{', false);
}

void eco_json_end_object(struct eco_json_writer *w)
{
    end(w, '}', false);
}

void eco_json_begin_array(struct eco_json_writer *w)
{
    begin(w, '[', true);
}

void eco_json_end_array(struct eco_json_writer *w)
{
    end(w, ']', true);
}

void eco_json_key(struct eco_json_writer *w, const char *key)
{
    uint32_t bit = UINT32_C(1) << w->depth;
    size_t len = strlen(key);
    struct eco_buf *b = w->buf;
    char *p;

    assert(w->depth && !w->after_key && !(w->array & bit));
    w->after_key = true;
    if (eco_buf_reserve(b, len + 4))
        return;
    p = b->ptr + b->len;
    if (w->used & bit)
        *p++ = ',';
    *p++ = '"';
    memcpy(p, key, len);
    p += len;
    *p++ = '"';
    *p++ = ':';
    *p = '\0';
    b->len = (size_t)(p - b->ptr);
    w->used |= bit;
}

/* Bytes at p that may stand as they are: ASCII without what needs care. */
static size_t plain_run(const unsigned char *p, size_t n)
{
    size_t i = 0;

    while (i < n && p[i] >= 0x20 && p[i] < 0x7f && p[i] != '"' &&
           p[i] != '\\' && p[i] != '<' && p[i] != '>' && p[i] != '&')
        i++;
    return i;
}

static void escape_ascii(struct eco_buf *b, unsigned char c)
{
    switch (c) {
    case '"':
        eco_buf_append_c(b, "\\\"");
        break;
    case '\\':
        eco_buf_append_c(b, "\\\\");
        break;
    case '\n':
        eco_buf_append_c(b, "\\n");
        break;
    case '\r':
        eco_buf_append_c(b, "\\r");
        break;
    case '\t':
        eco_buf_append_c(b, "\\t");
        break;
    default:
        eco_buf_printf(b, "\\u%04x", c);
    }
}

/* One character that is not plain; returns its bytes. */
static size_t put_special(struct eco_buf *b, const unsigned char *p, size_t n)
{
    int len;

    if (p[0] < 0x80) {
        escape_ascii(b, p[0]);
        return 1;
    }
    len = eco_str_character((struct eco_str){ (const char *)p, n });
    if (len < 0) {
        eco_buf_append_c(b, "\xef\xbf\xbd");
        return (size_t)-len;
    }
    if (len == 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] | 1) == 0xa9)
        eco_buf_append_c(b, p[2] == 0xa8 ? "\\u2028" : "\\u2029");
    else
        eco_buf_append(b, p, (size_t)len);
    return (size_t)len;
}

static void put_text(struct eco_buf *b, struct eco_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t left = s.len;

    while (left) {
        size_t run = plain_run(p, left);

        if (run)
            eco_buf_append(b, p, run);
        else
            run = put_special(b, p, left);
        p += run;
        left -= run;
    }
}

void eco_json_put_joined(struct eco_json_writer *w, struct eco_str a,
                         struct eco_str b)
{
    before_value(w);
    eco_buf_append_char(w->buf, '"');
    put_text(w->buf, a);
    put_text(w->buf, b);
    eco_buf_append_char(w->buf, '"');
}

void eco_json_put_str(struct eco_json_writer *w, struct eco_str s)
{
    eco_json_put_joined(w, ECO_STR(""), s);
}

void eco_json_put_c(struct eco_json_writer *w, const char *s)
{
    eco_json_put_str(w, eco_str_from_c(s));
}

void eco_json_put_i64(struct eco_json_writer *w, int64_t v)
{
    before_value(w);
    eco_buf_append_i64(w->buf, v);
}

void eco_json_put_fixed(struct eco_json_writer *w, double v, unsigned decimals)
{
    before_value(w);
    eco_buf_append_fixed(w->buf, v, decimals);
}

void eco_json_format_f64(double v, char dst[ECO_JSON_F64_BYTES])
{
    if (!isfinite(v)) {
        memcpy(dst, "null", 5);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(dst, ECO_JSON_F64_BYTES, "%.*g", digits, v);
        if (strtod(dst, NULL) == v)
            return;
    }
}

void eco_json_put_f64(struct eco_json_writer *w, double v)
{
    char text[ECO_JSON_F64_BYTES];

    before_value(w);
    eco_json_format_f64(v, text);
    eco_buf_append_c(w->buf, text);
}

void eco_json_put_bool(struct eco_json_writer *w, bool v)
{
    before_value(w);
    eco_buf_append_c(w->buf, v ? "true" : "false");
}

void eco_json_put_null(struct eco_json_writer *w)
{
    before_value(w);
    eco_buf_append_c(w->buf, "null");
}
