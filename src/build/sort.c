/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

#define INSERTION_MAX 32 /* below this, counting bytes costs more */
#define KEY_BYTES 8

static void insertion_sort(struct eco_sort_pair *p, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct eco_sort_pair x = p[i];
        uint32_t k = i;

        while (k > 0 && p[k - 1].key > x.key) {
            p[k] = p[k - 1];
            k--;
        }
        p[k] = x;
    }
}

/* Counts of one byte of the key -> where each of its values begins. */
static void sum_counts(uint32_t count[256])
{
    uint32_t at = 0;

    for (int v = 0; v < 256; v++) {
        uint32_t n = count[v];

        count[v] = at;
        at += n;
    }
}

/* Radix sort, lowest byte first; bytes that are the same in every key are
 * skipped, and few keys differ in all eight. */
void eco_sort_pairs(struct eco_sort_pair *pairs, struct eco_sort_pair *scratch,
                    uint32_t n)
{
    uint32_t count[KEY_BYTES][256] = { { 0 } };
    struct eco_sort_pair *from = pairs, *to = scratch;

    if (n <= INSERTION_MAX) {
        insertion_sort(pairs, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        for (unsigned byte = 0; byte < KEY_BYTES; byte++)
            count[byte][pairs[i].key >> 8 * byte & 0xff]++;
    for (unsigned byte = 0; byte < KEY_BYTES; byte++) {
        struct eco_sort_pair *other = from;

        if (count[byte][from[0].key >> 8 * byte & 0xff] == n)
            continue;
        sum_counts(count[byte]);
        for (uint32_t i = 0; i < n; i++)
            to[count[byte][from[i].key >> 8 * byte & 0xff]++] = from[i];
        from = to;
        to = other;
    }
    if (from != pairs)
        memcpy(pairs, from, n * sizeof(*pairs));
}

uint64_t eco_sort_key_i64(int64_t value)
{
    return (uint64_t)value ^ UINT64_C(1) << 63;
}

uint64_t eco_sort_key_f64(double value)
{
    double plain = value + 0.0; /* -0 becomes 0 */
    uint64_t bits;

    memcpy(&bits, &plain, sizeof(bits));
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* --- texts ---------------------------------------------------------------- */

struct text_sort {
    const struct eco_build_dict *t;
    bool nocase;
    const char *what;
    struct eco_sort_pair *scratch;
};

/* Lower-case eight bytes at once. The upper bit of each byte of the sums says
 * whether the seven lower bits are at least 'A', and beyond 'Z'. */
static uint64_t lower8(uint64_t x)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = x & 0x7f * ones;
    uint64_t from_a = low + (0x80 - 'A') * ones;
    uint64_t beyond_z = low + (0x7f - 'Z') * ones;

    return x | (~x & (from_a ^ beyond_z) & 0x80 * ones) >> 2;
}

/* Eight bytes from `depth`, the first one highest, zeros after the end. */
static uint64_t text_key(const struct text_sort *s, uint32_t i, size_t depth)
{
    struct eco_str x = eco_str_skip(eco_build_text(s->t, i), depth);
    uint64_t key = 0;

    if (x.len)
        memcpy(&key, x.ptr, x.len < KEY_BYTES ? x.len : KEY_BYTES);
    key = __builtin_bswap64(key);
    return s->nocase ? lower8(key) : key;
}

/*
 * Sort texts that are equal before `depth`. Recursion is bounded by
 * ECO_MAX_TEXT_BYTES / 8. No text holds a zero byte, so equal keys that end in
 * one are equal texts.
 */
static int sort_from(const struct text_sort *s, struct eco_sort_pair *p,
                     uint32_t n, size_t depth, struct eco_err *err)
{
    for (uint32_t i = 0; i < n; i++)
        p[i].key = text_key(s, p[i].value, depth);
    eco_sort_pairs(p, s->scratch, n);
    for (uint32_t i = 0; i < n;) {
        uint32_t first = i;
        struct eco_str x;
        int rc;

        do
            i++;
        while (i < n && p[i].key == p[first].key);
        if (i - first == 1)
            continue;
        if (!(p[first].key & 0xff)) {
            x = eco_build_text(s->t, p[first].value);
            return eco_fail(err, ECO_EINVAL, "%s \"%.*s\" is told twice",
                            s->what, (int)x.len, x.ptr);
        }
        rc = sort_from(s, p + first, i - first, depth + KEY_BYTES, err);
        if (rc)
            return rc;
    }
    return 0;
}

static int check_texts(const struct text_sort *s, struct eco_err *err)
{
    for (uint32_t i = 0; i < s->t->n; i++) {
        struct eco_str x = eco_build_text(s->t, i);

        if (x.len > ECO_MAX_TEXT_BYTES || (x.len && memchr(x.ptr, 0, x.len)))
            return eco_fail(err, ECO_ELIMIT,
                            "%s %u: %zu bytes; at most %u, none of them zero",
                            s->what, i, x.len, ECO_MAX_TEXT_BYTES);
    }
    return 0;
}

int eco_sort_texts(const struct eco_build_dict *t, bool nocase,
                   const char *what, uint32_t *order, struct eco_err *err)
{
    struct text_sort s = { .t = t, .nocase = nocase, .what = what };
    struct eco_sort_pair *pairs = NULL;
    int rc = check_texts(&s, err);

    if (rc)
        return rc;
    rc = eco_build_alloc(&pairs, t->n, 2 * sizeof(*pairs), what, err);
    if (rc)
        return rc;
    s.scratch = pairs + t->n;
    for (uint32_t i = 0; i < t->n; i++)
        pairs[i].value = i;
    rc = sort_from(&s, pairs, t->n, 0, err);
    for (uint32_t i = 0; i < t->n; i++)
        order[i] = pairs[i].value;
    eco_free(pairs);
    return rc;
}
