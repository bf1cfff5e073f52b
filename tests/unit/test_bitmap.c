/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdlib.h>
#include <string.h>

#include "snapshot/bitmap.h"

#define MAX_VALUES 300000u
#define ANY UINT64_C(0x100000000)

/* --- sets of every shape ------------------------------------------------------- */

struct set {
    const char *what;
    uint32_t groups; /* containers */
    uint32_t first;  /* of each container, above its key */
    uint32_t n;      /* values in each container */
    uint32_t step;
};

static const struct set sets[] = {
    { "empty", 0, 0, 0, 1 },
    { "one value", 1, 7, 1, 1 },
    { "highest value of a container", 1, 65535, 1, 1 },
    { "sparse array", 1, 3, 1000, 50 },
    { "largest array", 1, 0, 4096, 3 },
    { "smallest bits", 1, 1, 4097, 3 },
    { "half full bits", 1, 1, 32768, 2 },
    { "one run", 1, 100, 60000, 1 },
    { "a full container", 1, 0, 65536, 1 },
    { "two runs containers, no offsets", 3, 5, 500, 1 },
    { "runs with offsets", 4, 5, 500, 1 },
    { "arrays", 5, 9, 40, 11 },
    { "many containers", 40, 0, 10, 6000 },
};

static uint32_t fill(const struct set *s, uint32_t *values)
{
    uint32_t n = 0;

    for (uint32_t g = 0; g < s->groups; g++)
        for (uint32_t i = 0; i < s->n; i++)
            values[n++] = g * 3 * 65536 + s->first + i * s->step;
    return n;
}

/* No word behind that of the last value is touched, none before it lost. */
static void check_bits(const uint8_t *bytes, size_t len, const uint32_t *values,
                       uint32_t n)
{
    uint64_t max = n ? (uint64_t)values[n - 1] + 1 : 0;
    size_t words = (size_t)(max + 63) / 64;
    uint64_t *want = calloc(words + 1, sizeof(*want));
    uint64_t *bits =
        malloc((words + 1) * sizeof(*bits)); /* for ASan: no more */

    for (size_t i = 0; i < words; i++)
        bits[i] = want[i] = i % 5 ? 0 : UINT64_C(0x8000000000000001);
    for (uint32_t i = 0; i < n; i++)
        want[values[i] / 64] |= UINT64_C(1) << values[i] % 64;
    bits = realloc(bits, words ? words * sizeof(*bits) : 1);
    assert_int_equal(eco_bitmap_or(bytes, len, max, bits, NULL), ECO_OK);
    assert_memory_equal(bits, want, words * sizeof(*bits));
    if (n) /* refused before anything is written */
        assert_int_equal(eco_bitmap_or(bytes, len, max - 1, bits, NULL),
                         ECO_EFORMAT);
    assert_memory_equal(bits, want, words * sizeof(*bits));
    free(bits);
    free(want);
}

static void check_first(const uint8_t *bytes, size_t len,
                        const uint32_t *values, uint32_t n)
{
    static const uint32_t wants[] = { 0, 1, 10, 70000, 1000000 };

    for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
        uint32_t want = wants[i] < n ? wants[i] : n, got;
        uint32_t *out = malloc(want * sizeof(*out) + 1); /* for ASan */

        assert_int_equal(
            eco_bitmap_first(bytes, len, ANY, want, out, &got, NULL), ECO_OK);
        assert_int_equal(got, want);
        assert_memory_equal(out, values, want * sizeof(*out));
        free(out);
    }
    if (n) {
        uint32_t one, got;

        assert_int_equal(
            eco_bitmap_first(bytes, len, values[0], 1, &one, &got, NULL),
            ECO_EFORMAT);
        assert_int_equal(got, 0);
        for (size_t cut = 0; cut < len && cut < 64; cut++)
            if (!eco_bitmap_first(bytes, cut, ANY, 1, &one, &got, NULL))
                assert_true(got == 1 && one == values[0]);
    }
}

static void check_same(const uint8_t *bytes, size_t len, const uint32_t *values,
                       uint32_t n)
{
    struct eco_err err = { 0 };
    roaring_bitmap_t *want = roaring_bitmap_of_ptr(n, values), *got;

    assert_int_equal(eco_bitmap_load(bytes, len, ANY, &got, &err), ECO_OK);
    assert_true(roaring_bitmap_equals(got, want));
    roaring_bitmap_free(want);
    roaring_bitmap_free(got);
    check_bits(bytes, len, values, n);
    check_first(bytes, len, values, n);
}

static void what_is_written_is_read_by_the_library(void **state)
{
    uint32_t *values = malloc(MAX_VALUES * sizeof(*values));

    (void)state;
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        uint32_t n = fill(&sets[i], values);
        struct eco_buf out;

        eco_buf_init(&out, 1 << 20);
        eco_buf_append_c(&out, "xyz"); /* a set need not begin the buffer */
        assert_int_equal(eco_bitmap_append(&out, values, n), 0);
        check_same((uint8_t *)out.ptr + 3, out.len - 3, values, n);
        eco_buf_release(&out);
    }
    free(values);
}

/* Both forms the library writes, and never a smaller one than ours. */
static void what_the_library_writes_is_accepted(void **state)
{
    uint32_t *values = malloc(MAX_VALUES * sizeof(*values));

    (void)state;
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        uint32_t n = fill(&sets[i], values);
        roaring_bitmap_t *set = roaring_bitmap_of_ptr(n, values);
        struct eco_buf ours;

        eco_buf_init(&ours, 1 << 20);
        assert_int_equal(eco_bitmap_append(&ours, values, n), 0);
        for (int optimize = 0; optimize < 2; optimize++) {
            size_t len;
            char *bytes;

            if (optimize)
                roaring_bitmap_run_optimize(set);
            len = roaring_bitmap_portable_size_in_bytes(set);
            bytes = malloc(len);
            roaring_bitmap_portable_serialize(set, bytes);
            check_same((uint8_t *)bytes, len, values, n);
            assert_true(ours.len <= len);
            free(bytes);
        }
        eco_buf_release(&ours);
        roaring_bitmap_free(set);
    }
    free(values);
}

static void values_have_to_be_below_the_maximum(void **state)
{
    static const uint32_t values[] = { 1, 70000 };
    struct eco_err err = { 0 };
    struct eco_buf out;

    (void)state;
    eco_buf_init(&out, 100);
    assert_int_equal(eco_bitmap_append(&out, values, 2), 0);
    assert_int_equal(eco_bitmap_check((uint8_t *)out.ptr, out.len, 70001, &err),
                     0);
    assert_int_equal(eco_bitmap_check((uint8_t *)out.ptr, out.len, 70000, &err),
                     ECO_EFORMAT);
    assert_string_equal(err.msg, "bitmap: holds 70000, not below 70000");
    eco_buf_release(&out);
}

/* --- malformed sets -------------------------------------------------------------- */

/* A set in 16 bit words, as they stand in the file. */
struct bad {
    const char *message;
    uint16_t words[16];
    size_t n_words;
};

#define WORDS(...) { __VA_ARGS__ }, sizeof((uint16_t[]){ __VA_ARGS__ }) / 2

/* clang-format off */
static const struct bad bad[] = {
    { "bitmap: cookie 12345", WORDS(12345, 0, 0, 0) },
    { "bitmap: 65537 containers", WORDS(12346, 0, 1, 1) },
    { "bitmap: cut off after 8 bytes", WORDS(12346, 0, 1, 0) },
    { "bitmap: cut off after 12 bytes", WORDS(12346, 0, 1, 0, 0, 0) },
    /* key 0, one value, offset 16, value 5, and one word too many */
    { "bitmap: 20 bytes, not 18",
      WORDS(12346, 0, 1, 0, 0, 0, 16, 0, 5, 6) },
    { "bitmap: container 0: offset 17, not 16",
      WORDS(12346, 0, 1, 0, 0, 0, 17, 0, 5) },
    { "bitmap: container 0 is malformed", /* 2 values, equal */
      WORDS(12346, 0, 1, 0, 0, 1, 16, 0, 5, 5) },
    { "bitmap: container 0 is malformed", /* bits are missing */
      WORDS(12346, 0, 1, 0, 0, 4096, 16, 0, 5, 5) },
    { "bitmap: container 1: key 3 does not rise",
      WORDS(12346, 0, 2, 0, 3, 0, 3, 0, 24, 0, 26, 0, 5, 5) },
    /* runs: cookie with 1 container, run bits as half a word */
    { "bitmap: cut off after 4 bytes", WORDS(12347, 0) },
};
/* clang-format on */

static void malformed_sets_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        size_t len = bad[i].n_words * 2;
        uint8_t *bytes = malloc(len); /* so that a sanitizer sees the end */
        struct eco_err err = { 0 };

        memcpy(bytes, bad[i].words, len);
        assert_int_equal(eco_bitmap_check(bytes, len, ANY, &err), ECO_EFORMAT);
        assert_string_equal(err.msg, bad[i].message);
        free(bytes);
    }
}

/* One container of runs: cookie, bits, key 0, card - 1, runs. */
static int check_runs(uint8_t bits, uint32_t card, const uint16_t *runs,
                      uint16_t n_runs)
{
    uint16_t head[2] = { 12347, 0 };
    uint16_t key[2] = { 0, (uint16_t)(card - 1) };
    uint8_t bytes[64];
    size_t len = 0;

    memcpy(bytes, head, 4);
    bytes[4] = bits;
    memcpy(bytes + 5, key, 4);
    memcpy(bytes + 9, &n_runs, 2);
    len = 11;
    memcpy(bytes + len, runs, n_runs * 4u);
    len += n_runs * 4u;
    return eco_bitmap_check(bytes, len, ANY, NULL);
}

static void runs_are_checked(void **state)
{
    static const uint16_t fine[] = { 3, 4, 9, 0, 65535, 0 };
    static const uint16_t touching[] = { 3, 4, 8, 0 };
    static const uint16_t falling[] = { 9, 0, 3, 4 };
    static const uint16_t beyond[] = { 65535, 1 };

    (void)state;
    assert_int_equal(check_runs(1, 7, fine, 3), ECO_OK);
    assert_int_equal(check_runs(1, 8, fine, 3), ECO_EFORMAT);
    assert_int_equal(check_runs(3, 7, fine, 3), ECO_EFORMAT);
    assert_int_equal(check_runs(1, 6, touching, 2), ECO_EFORMAT);
    assert_int_equal(check_runs(1, 6, falling, 2), ECO_EFORMAT);
    assert_int_equal(check_runs(1, 2, beyond, 1), ECO_EFORMAT);
    assert_int_equal(check_runs(1, 1, fine, 0), ECO_EFORMAT);
}

static void bits_have_to_agree_with_their_number(void **state)
{
    static const struct set half = { "bits", 1, 1, 5000, 2 };
    uint32_t *values = malloc(MAX_VALUES * sizeof(*values));
    struct eco_buf out;

    (void)state;
    eco_buf_init(&out, 1 << 20);
    assert_int_equal(eco_bitmap_append(&out, values, fill(&half, values)), 0);
    assert_int_equal(eco_bitmap_check((uint8_t *)out.ptr, out.len, ANY, NULL),
                     ECO_OK);
    out.ptr[out.len - 1] = 1;
    assert_int_equal(eco_bitmap_check((uint8_t *)out.ptr, out.len, ANY, NULL),
                     ECO_EFORMAT);
    eco_buf_release(&out);
    free(values);
}

static void every_cut_is_refused(void **state)
{
    uint32_t *values = malloc(MAX_VALUES * sizeof(*values));

    (void)state;
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        uint32_t n = fill(&sets[i], values);
        struct eco_buf out;

        eco_buf_init(&out, 1 << 20);
        assert_int_equal(eco_bitmap_append(&out, values, n), 0);
        for (size_t len = 0; len < out.len; len += 1 + out.len / 500) {
            uint8_t *cut = malloc(len + 1);

            memcpy(cut, out.ptr, len);
            assert_int_equal(eco_bitmap_check(cut, len, ANY, NULL),
                             ECO_EFORMAT);
            free(cut);
        }
        eco_buf_release(&out);
    }
    free(values);
}

/* --- memory ------------------------------------------------------------------------ */

static void append_survives_every_allocation_failure(void **state)
{
    static const uint32_t values[] = { 1, 2, 3, 100000, 200000, 300000 };
    int rc, k = 0;

    (void)state;
    do {
        struct eco_buf out;

        assert_true(k < 100);
        eco_buf_init(&out, 1000);
        eco_test_fail_alloc_after(k++);
        rc = eco_bitmap_append(&out, values, 6);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_buf_release(&out);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc != ECO_OK);
}

static void append_keeps_the_limit_of_its_buffer(void **state)
{
    static const uint32_t values[] = { 1, 20, 300, 4000 };
    struct eco_buf out;

    (void)state;
    eco_buf_init(&out, 20);
    assert_int_equal(eco_bitmap_append(&out, values, 4), ECO_ELIMIT);
    eco_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_by_the_library),
        cmocka_unit_test(what_the_library_writes_is_accepted),
        cmocka_unit_test(values_have_to_be_below_the_maximum),
        cmocka_unit_test(malformed_sets_are_refused),
        cmocka_unit_test(runs_are_checked),
        cmocka_unit_test(bits_have_to_agree_with_their_number),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(append_keeps_the_limit_of_its_buffer),
        cmocka_unit_test(append_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
