/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "snapshot/gram.h"
#include "snapshot/reader.h"

struct index {
    struct eco_gram_index built;
    struct eco_snap_grams view;
};

static void view_index(struct index *x, uint32_t n_ids)
{
    x->view = (struct eco_snap_grams){
        .n = x->built.n,
        .key = x->built.key,
        .off = x->built.off,
        .list = x->built.list,
        .limit = n_ids,
    };
}

static void build_index(struct index *x, const char *const *ids, uint32_t n)
{
    uint64_t *off = malloc((n + 1) * sizeof(*off));
    struct eco_err err = { 0 };
    char *text;

    off[0] = 0;
    for (uint32_t i = 0; i < n; i++)
        off[i + 1] = off[i] + strlen(ids[i]);
    text = malloc(off[n] + 1);
    for (uint32_t i = 0; i < n; i++)
        memcpy(text + off[i], ids[i], strlen(ids[i]));
    assert_int_equal(eco_gram_build(off, text, n, &x->built, &err), ECO_OK);
    view_index(x, n);
    free(text);
    free(off);
}

static uint32_t key(const char *three)
{
    const unsigned char *p = (const unsigned char *)three;

    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* The nodes of a key as text: "0 2 5 ". */
static const char *nodes_of(const struct index *x, uint32_t wanted, char *out,
                            size_t size)
{
    struct eco_gram_reader r;
    struct eco_err err = { 0 };
    uint32_t gram, node;
    int rc;

    out[0] = '\0';
    if (!eco_gram_find(&x->view, wanted, &gram))
        return "none";
    assert_int_equal(eco_gram_open(&x->view, gram, &r, &err), ECO_OK);
    while ((rc = eco_gram_next(&r, &node, &err)) > 0) {
        size_t len = strlen(out);

        snprintf(out + len, size - len, "%u ", node);
    }
    assert_int_equal(rc, 0);
    return out;
}

/* --- building ------------------------------------------------------------------ */

static void an_id_has_two_grams_for_every_byte(void **state)
{
    static const char *const ids[] = { "GPT2" };
    struct index x;
    char out[64];

    (void)state;
    build_index(&x, ids, 1);
    assert_int_equal(x.built.n, 8);
    assert_string_equal(nodes_of(&x, key("gpt"), out, 64), "0 ");
    assert_string_equal(nodes_of(&x, key("pt2"), out, 64), "0 ");
    assert_string_equal(nodes_of(&x, key("t2\0"), out, 64), "0 ");
    assert_string_equal(nodes_of(&x, key("2\0\0"), out, 64), "0 ");
    assert_string_equal(nodes_of(&x, key("\0\0g"), out, 64), "0 ");
    assert_string_equal(nodes_of(&x,
                                 key("\0\0"
                                     "2"),
                                 out, 64),
                        "0 ");
    assert_string_equal(nodes_of(&x, key("GPT"), out, 64), "none");
    assert_string_equal(nodes_of(&x, key("\0\0G"), out, 64), "none");
    eco_gram_release(&x.built);
}

static void a_list_has_each_node_once(void **state)
{
    static const char *const ids[] = { "aaaa", "b", "xaaay", "aa", "\xc3\xa9" };
    struct index x;
    char out[64];

    (void)state;
    build_index(&x, ids, 5);
    assert_string_equal(nodes_of(&x, key("aaa"), out, 64), "0 2 ");
    assert_string_equal(nodes_of(&x, key("aa\0"), out, 64), "0 3 ");
    assert_string_equal(nodes_of(&x, key("a\0\0"), out, 64), "0 3 ");
    assert_string_equal(nodes_of(&x, key("b\0\0"), out, 64), "1 ");
    assert_string_equal(nodes_of(&x, key("\xc3\xa9\0"), out, 64), "4 ");
    for (uint32_t i = 1; i < x.built.n; i++)
        assert_true(x.built.key[i - 1] < x.built.key[i]);
    eco_gram_release(&x.built);
}

/* Differences on both sides of 128 and 16384 take one, two, three bytes. */
static void long_steps_take_more_bytes(void **state)
{
    enum { N = 20000 };
    const char **ids = malloc(N * sizeof(*ids));
    static const uint32_t with[] = { 0, 128, 257, 16641, 19999 };
    struct index x;
    uint32_t gram;
    char out[64];

    (void)state;
    for (uint32_t i = 0; i < N; i++)
        ids[i] = "ab";
    for (size_t i = 0; i < 5; i++)
        ids[with[i]] = "q";
    build_index(&x, ids, N);
    assert_string_equal(nodes_of(&x, key("q\0\0"), out, 64),
                        "0 128 257 16641 19999 ");
    assert_true(eco_gram_find(&x.view, key("q\0\0"), &gram));
    /* 0; 127; 128; 16383; 3357 */
    assert_int_equal(x.built.off[gram + 1] - x.built.off[gram],
                     1 + 1 + 2 + 2 + 2);
    eco_gram_release(&x.built);
    free(ids);
}

/* The page's definition, read aloud: does id have these three bytes? */
static bool has_gram(const char *id, uint32_t wanted)
{
    char padded[64] = { 0 };
    size_t len = strlen(id);

    memcpy(padded, id, len);
    for (size_t i = 0; i < len; i++)
        if (key(padded + i) == wanted || (unsigned char)padded[i] == wanted)
            return true;
    return false;
}

static void the_index_is_what_a_search_through_all_ids_finds(void **state)
{
    static const char *const ids[] = { "org/base",   "org/base-gguf",
                                       "other/base", "org/merge",
                                       "m",          "se-ba" };
    struct index x;

    (void)state;
    build_index(&x, ids, 6);
    for (uint32_t g = 0; g < x.built.n; g++) {
        char found[64], wanted[64] = "";

        for (uint32_t i = 0; i < 6; i++)
            if (has_gram(ids[i], x.built.key[g]))
                snprintf(wanted + strlen(wanted), 8, "%u ", i);
        assert_string_equal(nodes_of(&x, x.built.key[g], found, 64), wanted);
    }
    eco_gram_release(&x.built);
}

static void no_ids_give_an_empty_index(void **state)
{
    struct index x;
    uint32_t first, last;

    (void)state;
    build_index(&x, NULL, 0);
    assert_int_equal(x.built.n, 0);
    assert_int_equal(x.built.off[0], 0);
    eco_gram_range(&x.view, 0, ECO_GRAM_KEYS - 1, &first, &last);
    assert_int_equal(last - first, 0);
    eco_gram_release(&x.built);
}

/* --- reading ------------------------------------------------------------------- */

static void a_range_holds_all_that_begins_with_it(void **state)
{
    static const char *const ids[] = { "gpt2", "gguf", "hf" };
    struct index x;
    uint32_t first, last;

    (void)state;
    build_index(&x, ids, 3); /* ggu gpt guf | f00 hf0 pt2 t20 200 uf0 */
    eco_gram_range(&x.view, key("g\0\0"), key("g\xff\xff"), &first, &last);
    assert_int_equal(last - first, 3);
    assert_int_equal(x.built.key[first], key("ggu"));
    eco_gram_range(&x.view, key("gp\0"), key("gp\xff"), &first, &last);
    assert_int_equal(last - first, 1);
    eco_gram_range(&x.view, 0, ECO_GRAM_KEYS - 1, &first, &last);
    assert_int_equal(last - first, x.built.n);
    eco_gram_range(&x.view, key("zzz"), ECO_GRAM_KEYS - 1, &first, &last);
    assert_int_equal(last - first, 0);
    eco_gram_release(&x.built);
}

/* One list of these bytes, of numbers below `limit`. */
static int read_list(const uint8_t *bytes, size_t len, uint32_t limit,
                     uint32_t *nodes, size_t cap, size_t *n)
{
    const uint64_t off[] = { 0, len };
    const struct eco_snap_grams g = {
        .n = 1, .off = off, .list = bytes, .limit = limit
    };
    struct eco_gram_reader r;

    assert_int_equal(eco_gram_open(&g, 0, &r, NULL), ECO_OK);
    return eco_gram_read(&r, nodes, cap, n, NULL);
}

static void lists_are_decoded(void **state)
{
    static const uint8_t bytes[] = { 0x00, 0x00, 0x7f, 0x80, 0x01, 0x05 };
    static const uint32_t wanted[] = { 0, 1, 129, 258, 264 };
    uint32_t nodes[8];
    size_t n;

    (void)state;
    assert_int_equal(read_list(bytes, 6, 1000, nodes, 8, &n), ECO_OK);
    assert_int_equal(n, 5);
    assert_memory_equal(nodes, wanted, sizeof(wanted));
    assert_int_equal(read_list(bytes, 6, 265, nodes, 5, &n), ECO_OK);
    assert_int_equal(read_list(bytes, 6, 264, nodes, 8, &n), ECO_EFORMAT);
    assert_int_equal(read_list(bytes, 6, 1000, nodes, 4, &n), ECO_ELIMIT);
    assert_int_equal(read_list(bytes, 0, 1000, nodes, 8, &n), ECO_OK);
    assert_int_equal(n, 0);
}

static void malformed_lists_are_refused(void **state)
{
    static const struct {
        uint8_t bytes[8];
        size_t len;
    } bad[] = {
        { { 0x80 }, 1 },                               /* cut off */
        { { 0x01, 0xff }, 2 },                         /* the same, later */
        { { 0x80, 0x00 }, 2 },                         /* not shortest */
        { { 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, 6 }, /* six bytes */
        { { 0xff, 0xff, 0xff, 0xff, 0x7f }, 5 },       /* 2^35 - 1 */
        { { 0xff, 0xff, 0xff, 0xff, 0x0f }, 5 },       /* 2^32 - 1 = limit */
    };
    uint32_t nodes[8];
    size_t n;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint8_t *bytes = malloc(bad[i].len); /* a sanitizer sees the end */

        memcpy(bytes, bad[i].bytes, bad[i].len);
        assert_int_equal(read_list(bytes, bad[i].len, UINT32_MAX, nodes, 8, &n),
                         ECO_EFORMAT);
        free(bytes);
    }
}

static void a_list_beyond_the_section_is_refused(void **state)
{
    static const uint8_t bytes[] = { 0, 0, 0 };
    static const uint64_t falling[] = { 2, 1, 3 };
    static const uint64_t beyond[] = { 0, 9, 3 };
    struct eco_snap_grams g = { .n = 2, .list = bytes, .limit = 9 };
    struct eco_gram_reader r;
    struct eco_err err = { 0 };

    (void)state;
    g.off = falling;
    assert_int_equal(eco_gram_open(&g, 0, &r, &err), ECO_EFORMAT);
    assert_string_equal(err.msg, "gram 0: list [2, 1) of 3 bytes");
    g.off = beyond;
    assert_int_equal(eco_gram_open(&g, 0, &r, NULL), ECO_EFORMAT);
}

/* --- memory -------------------------------------------------------------------- */

static void build_survives_every_allocation_failure(void **state)
{
    static const uint64_t off[] = { 0, 4, 9 };
    static const char text[] = "gpt2llama";
    int rc, k = 0;

    (void)state;
    do {
        struct eco_gram_index out;
        struct eco_err err = { 0 };

        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        rc = eco_gram_build(off, text, 2, &out, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        if (rc)
            assert_null(out.key);
        eco_gram_release(&out);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc != ECO_OK);
    assert_int_equal(k, 7); /* the table's two, lists, key, off, list */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_has_two_grams_for_every_byte),
        cmocka_unit_test(a_list_has_each_node_once),
        cmocka_unit_test(long_steps_take_more_bytes),
        cmocka_unit_test(the_index_is_what_a_search_through_all_ids_finds),
        cmocka_unit_test(no_ids_give_an_empty_index),
        cmocka_unit_test(a_range_holds_all_that_begins_with_it),
        cmocka_unit_test(lists_are_decoded),
        cmocka_unit_test(malformed_lists_are_refused),
        cmocka_unit_test(a_list_beyond_the_section_is_refused),
        cmocka_unit_test(build_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
