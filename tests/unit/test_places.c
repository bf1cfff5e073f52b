/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdlib.h>
#include <string.h>

#include "base/hub.h"
#include "query/author.h"
#include "query/parts.h"
#include "query/places.h"
#include "query/totals.h"
#include "sample_input.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct fixture {
    uint8_t *bytes;
    struct eco_snap *snap;
    struct eco_query_index *ix;
};

static int open_hub(void **state)
{
    static struct fixture f;
    struct eco_sample *sample = eco_sample_new(&eco_sample_hub);
    size_t len = 0;

    f.bytes = eco_sample_bytes(&sample->in, &len);
    eco_sample_free(sample);
    if (!f.bytes || eco_snap_open_bytes("hub", f.bytes, len, &f.snap, NULL) ||
        eco_query_index_new(f.snap, &f.ix, NULL))
        return -1;
    *state = &f;
    return 0;
}

static int close_hub(void **state)
{
    struct fixture *f = *state;

    eco_query_index_free(f->ix);
    eco_snap_unref(f->snap);
    free(f->bytes);
    return eco_test_live_blocks() ? -1 : 0;
}

static void find(const struct fixture *f, const char *q, struct eco_places *out)
{
    struct eco_err err = { 0 };

    if (eco_places_find(f->ix, eco_place_name(eco_str_from_c(q)),
                        ECO_MAX_PLACES, out, &err))
        fail_msg("\"%s\": %s", q, err.msg);
}

/* --- what a text names ------------------------------------------------------------ */

static const struct {
    const char *text, *name;
} names[] = {
    { "owner/name", "owner/name" },
    { "  Owner/Name \r\n", "Owner/Name" },
    { "\xe3\x80\x80 gpt2 \xe3\x80\x80\xe3\x80\x80", "gpt2" },
    { "", "" },
    { " \xe3\x80\x80 ", "" },
    { "two words", "two words" },
    { "https://huggingface.co/a/b", "a/b" },
    { "http://huggingface.co/a/b/", "a/b" },
    { "HTTPS://WWW.HuggingFace.CO/a/b", "a/b" },
    { "huggingface.co/a/b", "a/b" },
    { "www.huggingface.co/a", "a" },
    { "https://hf.co/a/b", "a/b" },
    { "hf.co/a", "a" },
    { "https://hf-mirror.com/a/b", "a/b" },
    { "https://huggingface.co/a/b/tree/main", "a/b" },
    { "https://huggingface.co/a/b/tree/main/onnx?x=1#y", "a/b" },
    { "https://huggingface.co/a/b/blob/main/x.gguf", "a/b" },
    { "https://huggingface.co/a/b/resolve/main/x.gguf?download=true", "a/b" },
    { "https://huggingface.co/a/b/discussions/3", "a/b" },
    { "https://huggingface.co/a/b?library=x/y", "a/b" },
    { "https://huggingface.co/a/b#how/to", "a/b" },
    { "https://huggingface.co/gpt2", "gpt2" },
    { "https://huggingface.co/a?x#y", "a" },
    { "https://huggingface.co/a/models", "a" },
    { "https://huggingface.co/a/models-b", "a/models-b" },
    { "https://huggingface.co/", "" },
    { "https://huggingface.co/datasets/a/b", "" },
    { "https://huggingface.co/datasets", "" },
    { "https://huggingface.co/Datasets?sort=x", "" },
    { "https://huggingface.co/datasetsx/a", "datasetsx/a" },
    { "https://huggingface.co/spaces/a/b", "" },
    { "https://huggingface.co/papers", "" },
    { "https://huggingface.co/papers/2401.00001", "" },
    { "https://huggingface.co/docs/hub/index", "" },
    { "https://huggingface.co/collections/a/b-1", "" },
    { "https://huggingface.co/organizations/a/activity", "" },
    { "https://huggingface.co/models?search=x", "" },
    { "https://huggingface.com/a/b", "https://huggingface.com/a/b" },
    { "https://huggingface.co.evil.org/a",
      "https://huggingface.co.evil.org/a" },
    { "https://github.com/a/b", "https://github.com/a/b" },
    { "ftp://hf.co/a", "ftp://hf.co/a" },
    { "xhf.co/a", "xhf.co/a" },
    { "huggingface.co", "huggingface.co" },
};

static void an_address_stands_for_what_it_shows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct eco_str text = eco_str_from_c(names[i].text);
        struct eco_str name = eco_place_name(text);

        if (!eco_str_is(name, names[i].name))
            fail_msg("\"%s\" gives \"%.*s\"", names[i].text, (int)name.len,
                     name.ptr);
        assert_true(name.ptr >= text.ptr &&
                    name.ptr + name.len <= text.ptr + text.len);
    }
    assert_int_equal(eco_place_name((struct eco_str){ 0 }).len, 0);
}

static void the_match_is_exact(void **state)
{
    static const struct {
        const char *q;
        enum eco_place_kind kind;
        const char *name;
    } cases[] = {
        { "AURORA/aurora-7b", ECO_PLACE_MODEL, "aurora/Aurora-7B" },
        { "Old/Aurora", ECO_PLACE_MODEL, "aurora/Aurora-7B" },
        { "openai-community/gpt2", ECO_PLACE_MODEL, "gpt2" },
        { "https://hf.co/GPT2", ECO_PLACE_MODEL, "gpt2" },
        { "lost/base", ECO_PLACE_MODEL, "lost/Base" }, /* a placeholder */
        { "https://huggingface.co/zed/lora/tree/main", ECO_PLACE_MODEL,
          "zed/lora" },
        { "aurora", ECO_PLACE_AUTHOR, "Aurora" },
        { " https://hf.co/LOST ", ECO_PLACE_AUTHOR, "Lost" },
        { "hf.co/zed/models", ECO_PLACE_AUTHOR, "zed" },
        { "auror", ECO_PLACE_NONE, "" },
        { "aurora/Aurora-7B gpt2", ECO_PLACE_NONE, "" },
        { "https://huggingface.co/datasets/gpt2", ECO_PLACE_NONE, "" },
        { "", ECO_PLACE_NONE, "" },
    };
    const struct fixture *f = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct eco_places p;
        struct eco_str name = ECO_STR("");

        find(f, cases[i].q, &p);
        if (p.match == ECO_PLACE_MODEL)
            name = eco_snap_id(f->snap, p.matched);
        else if (p.match == ECO_PLACE_AUTHOR)
            name = eco_snap_author_name(f->snap, p.matched);
        if (p.match != cases[i].kind || !eco_str_is(name, cases[i].name))
            fail_msg("\"%s\": kind %d, \"%.*s\"", cases[i].q, (int)p.match,
                     (int)name.len, name.ptr);
    }
}

/* --- what is found ---------------------------------------------------------------- */

static void check_counts(const struct fixture *f, const char *q,
                         uint32_t models, uint32_t authors, uint32_t tasks,
                         uint32_t languages)
{
    struct eco_places p;

    find(f, q, &p);
    if (p.models.total != models || p.authors.total != authors ||
        p.tasks.total != tasks || p.languages.total != languages)
        fail_msg("\"%s\": %u models, %u authors, %u tasks, %u languages", q,
                 p.models.total, p.authors.total, p.tasks.total,
                 p.languages.total);
}

static void words_are_looked_for_everywhere(void **state)
{
    const struct fixture *f = *state;

    check_counts(f, "aurora", 3, 1, 0, 0);
    check_counts(f, "AURORA lab", 0, 1, 0, 0); /* name and full name */
    check_counts(f, "\xe6\xa0\xaa\xe5\xbc\x8f", 0, 1, 0, 0);
    check_counts(f, "lab\xc3\xb6r", 0, 1, 0, 0);
    check_counts(f, "labor", 0, 0, 0, 0);
    check_counts(f, "lab\xc3\x96r", 0, 0, 0, 0); /* ASCII alone is folded */
    check_counts(f, "\xe6\xa0", 0, 1, 0, 0); /* two bytes: a range of keys */
    check_counts(f, "zed", 4, 1, 0, 0);
    check_counts(f, "zedzed", 0, 0, 0, 0); /* over name and full name */
    check_counts(f, "text", 0, 0, 1, 0);
    check_counts(f, "image", 0, 0, 1, 0);
    check_counts(f, "Image CLASS", 0, 0, 1, 0);
    check_counts(f, "fr", 0, 0, 0, 1);
    check_counts(f, "zh", 0, 0, 0, 1);
    check_counts(f, "owns", 0, 0, 0, 0); /* no node, so no author */
    check_counts(f, "", 0, 0, 0, 0);
    check_counts(f, " \xe3\x80\x80 ", 0, 0, 0, 0);
    check_counts(f, "https://huggingface.co/datasets/aurora", 0, 0, 0, 0);
    check_counts(f, "https://huggingface.co/aurora", 3, 1, 0, 0);
}

static void the_first_are_the_most_influential(void **state)
{
    const struct fixture *f = *state;
    struct eco_places all, one;

    find(f, "e", &all); /* in many of each */
    assert_true(all.models.n > 3 && all.authors.n > 2 && all.tasks.n == 2);
    for (uint32_t i = 1; i < all.models.n; i++)
        assert_true(all.models.at[i - 1] < all.models.at[i]);
    for (uint32_t i = 1; i < all.authors.n; i++)
        assert_true(all.authors.at[i - 1] < all.authors.at[i]);
    assert_true(f->snap->total[ECO_FACET_TASK][all.tasks.at[0]].influence >
                f->snap->total[ECO_FACET_TASK][all.tasks.at[1]].influence);
    assert_int_equal(eco_places_find(f->ix, ECO_STR("e"), 1, &one, NULL), 0);
    assert_int_equal(one.models.n, 1);
    assert_int_equal(one.authors.n, 1);
    assert_int_equal(one.tasks.n, 1);
    assert_int_equal(one.models.total, all.models.total);
    assert_int_equal(one.authors.total, all.authors.total);
    assert_int_equal(one.tasks.total, all.tasks.total);
    assert_int_equal(one.models.at[0], all.models.at[0]);
    assert_int_equal(one.authors.at[0], all.authors.at[0]);
    assert_int_equal(one.tasks.at[0], all.tasks.at[0]);
}

static void a_name_is_taken_as_it_is(void **state)
{
    const struct fixture *f = *state;
    struct eco_places p;

    find(f, "hf.co/hf.co/zed", &p);
    assert_int_equal(p.match, ECO_PLACE_NONE);
    assert_int_equal(p.models.total + p.authors.total, 0);
    find(f, "hf.co/zed", &p);
    assert_int_equal(p.match, ECO_PLACE_AUTHOR);
}

static void searches_have_a_maximum(void **state)
{
    const struct fixture *f = *state;
    char text[ECO_MAX_SEARCH_BYTES + 1];
    struct eco_places p;

    memset(text, 'x', sizeof(text));
    assert_int_equal(eco_places_find(f->ix,
                                     (struct eco_str){ text, sizeof(text) }, 8,
                                     &p, NULL),
                     ECO_ELIMIT);
}

/* --- authors ------------------------------------------------------------------------ */

static void an_author_of_placeholders_has_no_rank(void **state)
{
    const struct eco_snap *s = ((const struct fixture *)*state)->snap;
    struct eco_author_families families;
    const uint32_t *nodes;
    uint32_t lost, aurora, n;
    int64_t first, last;

    assert_true(eco_snap_find_author(s, ECO_STR("lost"), &lost));
    assert_true(lost >= eco_values_ranked(s, ECO_FACET_AUTHOR));
    assert_int_equal(eco_part_author(s, lost, &nodes, &n, NULL), 0);
    assert_int_equal(n, 0);
    assert_int_equal(eco_author_created(s, lost, &first, &last, NULL), 0);
    assert_true(first == INT64_MIN && last == INT64_MIN);
    eco_author_families(s, lost, &families);
    assert_int_equal(families.total, 1);
    assert_true(s->family_root[families.family[0]] >= s->meta->n_ranked);
    assert_true(eco_snap_find_author(s, ECO_STR("aurora"), &aurora));
    assert_int_equal(aurora, 0);
}

/* --- a heap that fails ---------------------------------------------------------------- */

static void fail_one_search(const struct fixture *f, const char *q)
{
    long before = eco_test_live_blocks(), k = 0;
    int rc;

    do {
        struct eco_places p;

        assert_true(k < 50);
        eco_test_fail_alloc_after(k++);
        rc = eco_places_find(f->ix, eco_str_from_c(q), 8, &p, NULL);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc != ECO_OK);
    assert_true(k > 1);
}

static void searches_survive_every_allocation_failure(void **state)
{
    const struct fixture *f = *state;
    struct eco_author_tasks tasks;

    for (const char *const *q =
             (const char *const[]){ "e", "ze", "aurora", "aurora lab", "zzz",
                                    "a b", "https://hf.co/zed", NULL };
         *q; q++)
        fail_one_search(f, *q);
    eco_test_fail_alloc_after(0);
    assert_int_equal(eco_author_tasks(f->snap, 0, &tasks, NULL), ECO_ENOMEM);
    eco_test_fail_alloc_after(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_stands_for_what_it_shows),
        cmocka_unit_test(the_match_is_exact),
        cmocka_unit_test(words_are_looked_for_everywhere),
        cmocka_unit_test(the_first_are_the_most_influential),
        cmocka_unit_test(a_name_is_taken_as_it_is),
        cmocka_unit_test(searches_have_a_maximum),
        cmocka_unit_test(an_author_of_placeholders_has_no_rank),
        cmocka_unit_test(searches_survive_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, open_hub, close_hub);
}
