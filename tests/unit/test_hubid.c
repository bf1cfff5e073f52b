/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <string.h>

#include "base/limits.h"
#include "record/hubid.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum what { NOTHING, NAME, FULL };

static void check(const char *text, size_t len, enum what expected)
{
    struct eco_str s = { text, len };

    if (eco_hubid_is_full(s) != (expected == FULL) ||
        eco_hubid_is_name(s) != (expected == NAME))
        fail_msg("\"%.*s\": full %d, name %d", (int)len, text,
                 eco_hubid_is_full(s), eco_hubid_is_name(s));
}

static void ids_and_names_and_neither(void **state)
{
    static const struct {
        const char *text;
        enum what expected;
    } cases[] = {
        { "owner/name", FULL },
        { "gpt2", NAME },
        { "bert-base-uncased", NAME },
        { "01-ai/Yi-1.5_34B", FULL },
        { "a/b", FULL },
        { ".../b", NOTHING },
        { "a/..", NOTHING },
        { "./model", NOTHING },
        { "../model", NOTHING },
        { "a/.b", FULL },
        { "", NOTHING },
        { "/", NOTHING },
        { "/b", NOTHING },
        { "a/", NOTHING },
        { "a/b/c", NOTHING },
        { "/cache/models", NOTHING },
        { "/cache/a", NOTHING },
        { "C:\\models\\x", NOTHING },
        { "a b/c", NOTHING },
        { " a/b", NOTHING },
        { "a/b\n", NOTHING },
        { "a/b:c", NOTHING },
        { "a@b", NOTHING },
        { "a/b?x", NOTHING },
        { "https://huggingface.co/a/b", NOTHING },
        { "a/\xc3\xa9", NOTHING },
        { "a,b", NOTHING },
        { ".", NOTHING },
        { "..", NOTHING },
        { "~", NOTHING },
        { "None", NAME }, /* its letters are fine: only aliases tell */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check(cases[i].text, strlen(cases[i].text), cases[i].expected);
    check(NULL, 0, NOTHING);
    check("a/b\0c", 5, NOTHING);
    check("a\0b", 3, NOTHING);
}

static void each_part_has_a_maximum(void **state)
{
    char text[2 * ECO_MAX_NAME_BYTES + 2];

    (void)state;
    memset(text, 'x', sizeof(text));
    check(text, ECO_MAX_NAME_BYTES, NAME);
    check(text, ECO_MAX_NAME_BYTES + 1, NOTHING);
    text[ECO_MAX_NAME_BYTES] = '/';
    check(text, ECO_MAX_ID_BYTES, FULL);
    check(text, ECO_MAX_ID_BYTES + 1, NOTHING);
    assert_int_equal(ECO_MAX_ID_BYTES, 2 * ECO_MAX_NAME_BYTES + 1);
    text[ECO_MAX_NAME_BYTES] = 'x';
    text[ECO_MAX_NAME_BYTES + 1] = '/';
    check(text, ECO_MAX_NAME_BYTES + 3, NOTHING);
}

static void the_owner_is_the_first_part(void **state)
{
    (void)state;
    assert_true(eco_str_is(eco_hubid_owner(ECO_STR("a-b/c")), "a-b"));
    assert_true(eco_str_is(eco_hubid_owner(ECO_STR("gpt2")), ""));
    assert_true(eco_str_is(eco_hubid_owner((struct eco_str){ 0 }), ""));
}

static void bases_are_normalised(void **state)
{
    static const struct {
        const char *text, *id;
    } cases[] = {
        { "owner/name", "owner/name" },
        { "gpt2", "gpt2" },
        { "  owner/name\r\n", "owner/name" },
        { "\towner/name ", "owner/name" },
        { "- owner/name", "owner/name" },
        { " -  owner/name", "owner/name" },
        { "-\towner/name", "owner/name" },
        { "https://huggingface.co/owner/name", "owner/name" },
        { "http://huggingface.co/owner/name", "owner/name" },
        { "https://www.huggingface.co/owner/name", "owner/name" },
        { "huggingface.co/owner/name", "owner/name" },
        { "https://hf.co/owner/name", "owner/name" },
        { "https://huggingface.co/owner/name/", "owner/name" },
        { "https://huggingface.co/owner/name/tree/main", "owner/name" },
        { "https://huggingface.co/owner/name/blob/main/x.gguf", "owner/name" },
        { "https://huggingface.co/owner/name?library=x", "owner/name" },
        { "https://huggingface.co/owner/name#usage", "owner/name" },
        { "https://huggingface.co/gpt2", "gpt2" },
        { "- https://huggingface.co/owner/name ", "owner/name" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct eco_str s = eco_str_from_c(cases[i].text);
        struct eco_str id = eco_hubid_normalise(s);

        if (!eco_str_is(id, cases[i].id))
            fail_msg("\"%s\" gives \"%.*s\"", cases[i].text, (int)id.len,
                     id.ptr);
        assert_true(id.ptr >= s.ptr && id.ptr + id.len <= s.ptr + s.len);
    }
}

static void what_is_no_model_stays_none(void **state)
{
    static const char *const cases[] = {
        "https://huggingface.co/",
        "https://huggingface.co/datasets/owner/name",
        "https://huggingface.co/spaces/owner/name",
        "https://github.com/owner/name",
        "https://huggingface.com.evil.org/owner/name",
        "https://civitai.com/models/1",
        "/cache/owner/name",
        "C:\\owner\\name",
        "-",
        "",
        "   ",
        "owner/name/extra",
        "- - owner/name",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct eco_str id = eco_hubid_normalise(eco_str_from_c(cases[i]));

        if (eco_hubid_is_full(id))
            fail_msg("\"%s\" gives \"%.*s\"", cases[i], (int)id.len, id.ptr);
    }
    assert_int_equal(eco_hubid_normalise((struct eco_str){ 0 }).len, 0);
}

/* Two addresses that are no models are two bad names, not one. */
static void bad_names_stay_apart(void **state)
{
    struct eco_str a =
        eco_hubid_normalise(ECO_STR("https://huggingface.co/datasets/owner/a"));
    struct eco_str b =
        eco_hubid_normalise(ECO_STR("https://huggingface.co/spaces/owner/b"));

    (void)state;
    assert_false(eco_str_eq(a, b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_and_names_and_neither),
        cmocka_unit_test(each_part_has_a_maximum),
        cmocka_unit_test(the_owner_is_the_first_part),
        cmocka_unit_test(bases_are_normalised),
        cmocka_unit_test(what_is_no_model_stays_none),
        cmocka_unit_test(bad_names_stay_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
