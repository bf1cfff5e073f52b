/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <string.h>

struct eco_str eco_str_from_c(const char *s)
{
    return (struct eco_str){ s, s ? strlen(s) : 0 };
}

bool eco_str_eq(struct eco_str a, struct eco_str b)
{
    return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool eco_str_is(struct eco_str a, const char *literal)
{
    return eco_str_eq(a, eco_str_from_c(literal));
}

bool eco_str_starts_with(struct eco_str s, const char *prefix)
{
    size_t n = strlen(prefix);

    return s.len >= n && (!n || !memcmp(s.ptr, prefix, n));
}

bool eco_str_ends_with(struct eco_str s, const char *suffix)
{
    size_t n = strlen(suffix);

    return s.len >= n && (!n || !memcmp(s.ptr + s.len - n, suffix, n));
}

static int cmp_len(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

int eco_str_cmp(struct eco_str a, struct eco_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

    return c ? c : cmp_len(a.len, b.len);
}

int eco_str_cmp_nocase(struct eco_str a, struct eco_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < n; i++) {
        unsigned char x = (unsigned char)eco_lower(a.ptr[i]);
        unsigned char y = (unsigned char)eco_lower(b.ptr[i]);

        if (x != y)
            return x < y ? -1 : 1;
    }
    return cmp_len(a.len, b.len);
}

struct eco_str eco_str_skip(struct eco_str s, size_t n)
{
    if (n > s.len)
        n = s.len;
    return (struct eco_str){ n ? s.ptr + n : s.ptr, s.len - n };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct eco_str eco_str_trim(struct eco_str s)
{
    while (s.len && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t eco_str_find(struct eco_str s, char c)
{
    const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return hit ? (size_t)(hit - s.ptr) : s.len;
}

bool eco_str_contains_lower(struct eco_str s, struct eco_str needle)
{
    if (!needle.len)
        return true;
    for (size_t i = 0; i + needle.len <= s.len; i++) {
        size_t k = 0;

        while (k < needle.len && eco_lower(s.ptr[i + k]) == needle.ptr[k])
            k++;
        if (k == needle.len)
            return true;
    }
    return false;
}

void eco_str_lower(char *dst, struct eco_str s)
{
    for (size_t i = 0; i < s.len; i++)
        dst[i] = eco_lower(s.ptr[i]);
}

/* Does byte i of a sequence with this lead belong there? The second byte is
 * where overlong forms, surrogates and numbers beyond U+10FFFF show. */
static bool is_next(unsigned char lead, size_t i, unsigned char c)
{
    unsigned char low = 0x80, high = 0xbf;

    if (i == 1) {
        low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : low;
        high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : high;
    }
    return c >= low && c <= high;
}

int eco_str_character(struct eco_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    unsigned char lead = p[0];
    size_t want = lead < 0x80                   ? 1
                  : lead >= 0xc2 && lead < 0xe0 ? 2
                  : lead >= 0xe0 && lead < 0xf0 ? 3
                  : lead >= 0xf0 && lead < 0xf5 ? 4
                                                : 0;
    size_t i = 1;

    while (i < want && i < s.len && is_next(lead, i, p[i]))
        i++;
    return want && i == want ? (int)i : -(int)i;
}

bool eco_str_is_utf8(struct eco_str s)
{
    while (s.len) {
        int step = eco_str_character(s);

        if (step < 0)
            return false;
        s = eco_str_skip(s, (size_t)step);
    }
    return true;
}

bool eco_str_to_i64(struct eco_str s, int64_t *out)
{
    int64_t value = 0;

    if (!s.len)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' ||
            __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, s.ptr[i] - '0', &value))
            return false;
    }
    *out = value;
    return true;
}
