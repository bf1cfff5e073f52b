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

/* Bytes of the UTF-8 sequence at p (n bytes left), or 0 when malformed. */
static size_t utf8_step(const unsigned char *p, size_t n)
{
    static const unsigned char second_min[] = { 0xa0, 0x90 };
    unsigned char lead = p[0];
    size_t len = lead < 0x80   ? 1
                 : lead < 0xc2 ? 0
                 : lead < 0xe0 ? 2
                 : lead < 0xf0 ? 3
                 : lead < 0xf5 ? 4
                               : 0;

    if (!len || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((lead == 0xe0 && p[1] < second_min[0]) ||
        (lead == 0xed && p[1] > 0x9f) ||
        (lead == 0xf0 && p[1] < second_min[1]) || (lead == 0xf4 && p[1] > 0x8f))
        return 0;
    return len;
}

bool eco_str_is_utf8(struct eco_str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t left = s.len;

    while (left) {
        size_t step = utf8_step(p, left);

        if (!step)
            return false;
        p += step;
        left -= step;
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
