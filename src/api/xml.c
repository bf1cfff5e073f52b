/* SPDX-License-Identifier: MIT */
#include "api/xml.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* Bytes that may stand as they are. */
static size_t plain_run(struct eco_str s)
{
    size_t i = 0;

    for (; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c < 0x20 || c >= 0x80 || c == '<' || c == '>' || c == '&' ||
            c == '"' || c == '\'')
            break;
    }
    return i;
}

static void put_ascii(struct eco_buf *out, char c)
{
    switch (c) {
    case '<':
        eco_buf_append_c(out, "&lt;");
        break;
    case '>':
        eco_buf_append_c(out, "&gt;");
        break;
    case '&':
        eco_buf_append_c(out, "&amp;");
        break;
    case '"':
        eco_buf_append_c(out, "&quot;");
        break;
    case '\'':
        eco_buf_append_c(out, "&#39;");
        break;
    case '\t':
    case '\n':
    case '\r':
        eco_buf_printf(out, "&#%d;", c);
        break;
    default:
        break; /* forbidden, even as a reference */
    }
}

/* One character that is not plain; returns its bytes. */
static size_t put_special(struct eco_buf *out, struct eco_str s)
{
    int len;

    if ((unsigned char)s.ptr[0] < 0x80) {
        put_ascii(out, s.ptr[0]);
        return 1;
    }
    len = eco_str_character(s);
    if (len < 0) {
        eco_buf_append_c(out, REPLACEMENT);
        return (size_t)-len;
    }
    /* U+FFFE and U+FFFF are no characters of XML */
    if (len == 3 && !memcmp(s.ptr, "\xef\xbf", 2) &&
        (unsigned char)s.ptr[2] >= 0xbe)
        return 3;
    eco_buf_append(out, s.ptr, (size_t)len);
    return (size_t)len;
}

void eco_xml_put(struct eco_buf *out, struct eco_str s)
{
    while (s.len) {
        size_t run = plain_run(s);

        if (run)
            eco_buf_append(out, s.ptr, run);
        else
            run = put_special(out, s);
        s = eco_str_skip(s, run);
    }
}

void eco_xml_put_c(struct eco_buf *out, const char *s)
{
    eco_xml_put(out, eco_str_from_c(s));
}

void eco_xml_begin(struct eco_buf *out)
{
    eco_buf_append_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}
