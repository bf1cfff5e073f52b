/* SPDX-License-Identifier: MIT */
#include "snapshot/bitmap.h"

#include <string.h>

#include "base/ones.h"

/* From the Roaring format specification. */
#define COOKIE_RUNS 12347u    /* low half; the high half is the count - 1 */
#define COOKIE_NO_RUNS 12346u /* the count follows */
#define NO_OFFSETS_BELOW 4u   /* with runs, fewer containers have no offsets */
#define SET_CONTAINERS 65536u
#define MAX_ARRAY 4096u /* values; more are stored as bits */
#define BITS_BYTES 8192u

/* --- writing -------------------------------------------------------------- */

/* The values of one container: values[0..n), all with the same high half. */
struct group {
    const uint32_t *values;
    uint32_t n;
    uint32_t runs;
};

/* The group that begins at values[0]. */
static struct group next_group(const uint32_t *values, uint32_t n)
{
    struct group g = { values, 1, 1 };

    while (g.n < n && values[g.n] >> 16 == values[0] >> 16) {
        g.runs += values[g.n] != values[g.n - 1] + 1;
        g.n++;
    }
    return g;
}

static uint32_t plain_bytes(const struct group *g)
{
    return g->n <= MAX_ARRAY ? g->n * 2 : BITS_BYTES;
}

static bool as_runs(const struct group *g)
{
    return 2 + g->runs * 4 < plain_bytes(g);
}

static uint32_t group_bytes(const struct group *g)
{
    return as_runs(g) ? 2 + g->runs * 4 : plain_bytes(g);
}

static void put16(struct eco_buf *out, uint32_t value)
{
    uint8_t bytes[2] = { (uint8_t)value, (uint8_t)(value >> 8) };

    eco_buf_append(out, bytes, sizeof(bytes));
}

static void put32(struct eco_buf *out, uint32_t value)
{
    put16(out, value & 0xffff);
    put16(out, value >> 16);
}

static void put_runs(struct eco_buf *out, const struct group *g)
{
    put16(out, g->runs);
    for (uint32_t i = 0; i < g->n;) {
        uint32_t first = i;

        do
            i++;
        while (i < g->n && g->values[i] == g->values[i - 1] + 1);
        put16(out, g->values[first]);
        put16(out, i - first - 1);
    }
}

static void put_bits(struct eco_buf *out, const struct group *g)
{
    uint8_t bits[BITS_BYTES] = { 0 };

    for (uint32_t i = 0; i < g->n; i++) {
        uint32_t low = g->values[i] & 0xffff;

        bits[low / 8] = (uint8_t)(bits[low / 8] | 1u << low % 8);
    }
    eco_buf_append(out, bits, sizeof(bits));
}

static void put_group(struct eco_buf *out, const struct group *g)
{
    if (as_runs(g)) {
        put_runs(out, g);
    } else if (g->n <= MAX_ARRAY) {
        for (uint32_t i = 0; i < g->n; i++)
            put16(out, g->values[i]);
    } else {
        put_bits(out, g);
    }
}

/* The cookie and, with runs, the bits that say which containers are runs.
 * Returns whether any is. */
static bool put_cookie(struct eco_buf *out, const uint32_t *values, uint32_t n,
                       uint32_t *n_groups)
{
    uint8_t runs[SET_CONTAINERS / 8] = { 0 };
    uint32_t count = 0;
    bool any = false;

    for (uint32_t i = 0; i < n; count++) {
        struct group g = next_group(values + i, n - i);

        if (as_runs(&g)) {
            runs[count / 8] = (uint8_t)(runs[count / 8] | 1u << count % 8);
            any = true;
        }
        i += g.n;
    }
    if (any) {
        put32(out, COOKIE_RUNS | (count - 1) << 16);
        eco_buf_append(out, runs, (count + 7) / 8);
    } else {
        put32(out, COOKIE_NO_RUNS);
        put32(out, count);
    }
    *n_groups = count;
    return any;
}

int eco_bitmap_append(struct eco_buf *out, const uint32_t *values, uint32_t n)
{
    size_t start = out->len;
    uint32_t n_groups, at;
    bool any = put_cookie(out, values, n, &n_groups);

    for (uint32_t i = 0; i < n;) {
        struct group g = next_group(values + i, n - i);

        put16(out, values[i] >> 16);
        put16(out, g.n - 1);
        i += g.n;
    }
    if (!any || n_groups >= NO_OFFSETS_BELOW) {
        at = (uint32_t)(out->len - start) + n_groups * 4;
        for (uint32_t i = 0; i < n;) {
            struct group g = next_group(values + i, n - i);

            put32(out, at);
            at += group_bytes(&g);
            i += g.n;
        }
    }
    for (uint32_t i = 0; i < n;) {
        struct group g = next_group(values + i, n - i);

        put_group(out, &g);
        i += g.n;
    }
    return out->failed;
}

/* --- checking ------------------------------------------------------------- */

/* Where the parts of a set lie; filled by read_front. */
struct front {
    const uint8_t *bytes;
    size_t len;
    uint32_t n;             /* containers */
    const uint8_t *runs;    /* bits: which are runs; NULL without any */
    const uint8_t *heads;   /* n times key, cardinality - 1 */
    const uint8_t *offsets; /* n times u32; NULL when left out */
    size_t at;              /* first byte after the front */
};

static uint32_t get16(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t get32(const uint8_t *p)
{
    return get16(p) | get16(p + 2) << 16;
}

/* Take `want` bytes from the front; NULL when there are fewer. */
static const uint8_t *take(struct front *f, size_t want)
{
    const uint8_t *p = f->bytes + f->at;

    if (want > f->len - f->at)
        return NULL;
    f->at += want;
    return p;
}

static int cut_off(const struct front *f, struct eco_err *err)
{
    return eco_fail(err, ECO_EFORMAT, "bitmap: cut off after %zu bytes",
                    f->len);
}

static int read_cookie(struct front *f, struct eco_err *err)
{
    const uint8_t *p = take(f, 4);
    uint32_t cookie;

    if (!p)
        return cut_off(f, err);
    cookie = get32(p);
    if (cookie == COOKIE_NO_RUNS) {
        p = take(f, 4);
        if (!p)
            return cut_off(f, err);
        f->n = get32(p);
        if (f->n > SET_CONTAINERS)
            return eco_fail(err, ECO_EFORMAT, "bitmap: %u containers", f->n);
        return 0;
    }
    if ((cookie & 0xffff) != COOKIE_RUNS)
        return eco_fail(err, ECO_EFORMAT, "bitmap: cookie %u", cookie);
    f->n = (cookie >> 16) + 1;
    f->runs = take(f, (f->n + 7) / 8);
    if (!f->runs)
        return cut_off(f, err);
    if (f->n % 8 && f->runs[f->n / 8] >> f->n % 8)
        return eco_fail(err, ECO_EFORMAT, "bitmap: runs beyond container %u",
                        f->n);
    return 0;
}

static int read_front(struct front *f, struct eco_err *err)
{
    int rc = read_cookie(f, err);

    if (rc)
        return rc;
    f->heads = take(f, (size_t)f->n * 4);
    if (!f->heads)
        return cut_off(f, err);
    if (!f->runs || f->n >= NO_OFFSETS_BELOW) {
        f->offsets = take(f, (size_t)f->n * 4);
        if (!f->offsets)
            return cut_off(f, err);
    }
    return 0;
}

/* The three checks below return the largest value, or -1 when malformed. */

static int64_t check_array(const uint8_t *p, uint32_t card)
{
    for (uint32_t i = 1; i < card; i++)
        if (get16(p + i * 2) <= get16(p + i * 2 - 2))
            return -1;
    return get16(p + card * 2 - 2);
}

static uint64_t get64(const uint8_t *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof(v)); /* little-endian, as the whole file */
    return v;
}

static int64_t check_bits(const uint8_t *p, uint32_t card)
{
    uint32_t found = 0, last = 0;

    for (uint32_t i = 0; i < BITS_BYTES; i += 8) {
        uint64_t w = get64(p + i);

        found += eco_count_ones(w);
        if (w)
            last = i;
    }
    if (found != card) /* which is never 0 */
        return -1;
    return (int64_t)last * 8 + 63 - __builtin_clzll(get64(p + last));
}

static int64_t check_runs(const uint8_t *p, uint32_t n, uint32_t card)
{
    uint32_t found = 0;
    int64_t last = -2; /* runs that touch would be one run */

    for (uint32_t i = 0; i < n; i++, p += 4) {
        uint32_t start = get16(p), more = get16(p + 2);

        if (start < last + 2 || start + more > 0xffff)
            return -1;
        found += more + 1;
        last = start + more;
    }
    return found == card ? last : -1;
}

/* Check container i at f->at and step over it. */
static int64_t check_container(struct front *f, uint32_t i)
{
    uint32_t card = get16(f->heads + i * 4 + 2) + 1;
    const uint8_t *p;

    if (f->runs && f->runs[i / 8] >> i % 8 & 1) {
        const uint8_t *count = take(f, 2);

        p = count ? take(f, (size_t)get16(count) * 4) : NULL;
        return p ? check_runs(p, get16(count), card) : -1;
    }
    p = take(f, card <= MAX_ARRAY ? card * 2 : BITS_BYTES);
    if (!p)
        return -1;
    return card <= MAX_ARRAY ? check_array(p, card) : check_bits(p, card);
}

/* Everything about container i, which begins at f->at; step over it. */
static int check_next(struct front *f, uint32_t i, uint64_t max,
                      struct eco_err *err)
{
    uint32_t key = get16(f->heads + i * 4);
    int64_t last;

    if (i && key <= get16(f->heads + i * 4 - 4))
        return eco_fail(err, ECO_EFORMAT,
                        "bitmap: container %u: key %u does not rise", i, key);
    if (f->offsets && get32(f->offsets + i * 4) != f->at)
        return eco_fail(err, ECO_EFORMAT,
                        "bitmap: container %u: offset %u, not %zu", i,
                        get32(f->offsets + i * 4), f->at);
    last = check_container(f, i);
    if (last < 0)
        return eco_fail(err, ECO_EFORMAT, "bitmap: container %u is malformed",
                        i);
    if (((uint64_t)key << 16 | (uint64_t)last) >= max)
        return eco_fail(err, ECO_EFORMAT, "bitmap: holds %ju, not below %ju",
                        (uintmax_t)key << 16 | (uintmax_t)last, (uintmax_t)max);
    return 0;
}

int eco_bitmap_check(const uint8_t *bytes, size_t len, uint64_t max,
                     struct eco_err *err)
{
    struct front f = { .bytes = bytes, .len = len };
    int rc = read_front(&f, err);

    for (uint32_t i = 0; !rc && i < f.n; i++)
        rc = check_next(&f, i, max, err);
    if (!rc && f.at != len)
        rc =
            eco_fail(err, ECO_EFORMAT, "bitmap: %zu bytes, not %zu", len, f.at);
    return rc;
}

int eco_bitmap_load(const uint8_t *bytes, size_t len, uint64_t max,
                    roaring_bitmap_t **out, struct eco_err *err)
{
    int rc;

    *out = NULL;
    rc = eco_bitmap_check(bytes, len, max, err);
    if (rc)
        return rc;
    *out = roaring_bitmap_portable_deserialize_safe((const char *)bytes, len);
    if (!*out)
        return eco_fail(err, ECO_ENOMEM, "no memory for a bitmap of %zu bytes",
                        len);
    return 0;
}

/* --- into plain bits ------------------------------------------------------- */

static void or_array(uint64_t *to, const uint8_t *p, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t low = get16(p + i * 2);

        to[low / 64] |= UINT64_C(1) << low % 64;
    }
}

static void or_runs(uint64_t *to, const uint8_t *p, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++, p += 4) {
        uint32_t first = get16(p), last = first + get16(p + 2);
        uint64_t begin = UINT64_MAX << first % 64;
        uint64_t end = UINT64_MAX >> (63 - last % 64);

        if (first / 64 == last / 64) {
            to[first / 64] |= begin & end;
            continue;
        }
        to[first / 64] |= begin;
        for (uint32_t w = first / 64 + 1; w < last / 64; w++)
            to[w] = UINT64_MAX;
        to[last / 64] |= end;
    }
}

/* Words beyond the last member are left alone: there may be none. */
static void or_bits(uint64_t *to, const uint8_t *p)
{
    for (uint32_t i = 0; i < BITS_BYTES / 8; i++) {
        uint64_t w = get64(p + (size_t)i * 8);

        if (w)
            to[i] |= w;
    }
}

/* Container i, which was checked, is at f->at: step over it. `to` has the 1024
 * words of its key. */
static void or_container(struct front *f, uint32_t i, uint64_t *to)
{
    uint32_t card = get16(f->heads + i * 4 + 2) + 1;
    const uint8_t *p = f->bytes + f->at;

    if (f->runs && f->runs[i / 8] >> i % 8 & 1) {
        uint32_t n = get16(p);

        or_runs(to, p + 2, n);
        f->at += 2 + (size_t)n * 4;
    } else if (card <= MAX_ARRAY) {
        or_array(to, p, card);
        f->at += (size_t)card * 2;
    } else {
        or_bits(to, p);
        f->at += BITS_BYTES;
    }
}

int eco_bitmap_or(const uint8_t *bytes, size_t len, uint64_t max,
                  uint64_t *bits, struct eco_err *err)
{
    struct front f = { .bytes = bytes, .len = len };
    int rc = eco_bitmap_check(bytes, len, max, err);

    if (!rc)
        rc = read_front(&f, err);
    for (uint32_t i = 0; !rc && i < f.n; i++)
        or_container(&f, i,
                     bits + get16(f.heads + i * 4) * (size_t)(BITS_BYTES / 8));
    return rc;
}

/* --- the first members ------------------------------------------------------- */

/* Up to `want` members of container i, which is at f->at; returns how many. */
static uint32_t first_of(struct front *f, uint32_t i, uint32_t want,
                         uint32_t *out)
{
    uint64_t word[BITS_BYTES / 8] = { 0 };
    uint32_t key = get16(f->heads + i * 4) << 16, n = 0;

    or_container(f, i, word);
    for (uint32_t k = 0; k < BITS_BYTES / 8; k++)
        for (uint64_t w = word[k]; w && n < want; w &= w - 1)
            out[n++] = key | (k * 64 + (uint32_t)__builtin_ctzll(w));
    return n;
}

int eco_bitmap_first(const uint8_t *bytes, size_t len, uint64_t max,
                     uint32_t want, uint32_t *out, uint32_t *n,
                     struct eco_err *err)
{
    struct front f = { .bytes = bytes, .len = len };
    int rc = read_front(&f, err);

    *n = 0;
    for (uint32_t i = 0; !rc && i < f.n && *n < want; i++) {
        struct front here = f;

        rc = check_next(&f, i, max, err);
        if (!rc)
            *n += first_of(&here, i, want - *n, out + *n);
    }
    return rc;
}
