/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "json/json.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct eco_json_reader *reader;

static int set_up(void **state)
{
    (void)state;
    return eco_json_reader_new(&reader, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    eco_json_reader_free(reader);
    eco_json_reader_free(NULL);
    return eco_test_live_blocks() ? -1 : 0;
}

/* The code of parsing; the tree, if any, goes to *out. */
static int parse_bytes(const char *text, size_t len, struct eco_json **out,
                       struct eco_err *err)
{
    int rc;

    *err = (struct eco_err){ 0 };
    rc = eco_json_parse(reader, (struct eco_str){ text, len }, out, err);
    assert_int_equal(err->code, rc);
    assert_true(rc == 0 || *out == NULL);
    return rc;
}

static struct eco_json *parse(const char *text)
{
    struct eco_json *v;
    struct eco_err err;

    if (parse_bytes(text, strlen(text), &v, &err))
        fail_msg("%s: %s", text, err.msg);
    return v;
}

static void refuses(const char *text, size_t len)
{
    struct eco_json *v;
    struct eco_err err;
    int rc = parse_bytes(text, len, &v, &err);

    if (rc != ECO_EFORMAT)
        fail_msg("%.*s: code %d", (int)(len > 60 ? 60 : len), text, rc);
    assert_true(err.msg[0]);
}

/* --- what is accepted ---------------------------------------------------- */

static void every_type_is_told(void **state)
{
    static const struct {
        const char *text;
        enum eco_json_type type;
    } cases[] = {
        { "true", ECO_JSON_BOOL },
        { "false", ECO_JSON_BOOL },
        { "0", ECO_JSON_INT },
        { "-12", ECO_JSON_INT },
        { "1.5", ECO_JSON_FLOAT },
        { "1e3", ECO_JSON_FLOAT },
        { "5.0", ECO_JSON_FLOAT },
        { "\"\"", ECO_JSON_STRING },
        { "[]", ECO_JSON_ARRAY },
        { "{}", ECO_JSON_OBJECT },
        { " \r\n\t{} ", ECO_JSON_OBJECT },
        { "\n7\n", ECO_JSON_INT },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct eco_json *v = parse(cases[i].text);

        assert_int_equal(eco_json_type(v), cases[i].type);
        eco_json_free(v);
    }
    assert_null(parse("null"));
    assert_null(parse(" null "));
    assert_int_equal(eco_json_type(NULL), ECO_JSON_NULL);
}

static void numbers_keep_their_value_or_saturate(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        { "0", 0 },
        { "9007199254740993", INT64_C(9007199254740993) },
        { "9223372036854775807", INT64_MAX },
        { "9223372036854775808", INT64_MAX },
        { "99999999999999999999999", INT64_MAX },
        { "-9223372036854775808", INT64_MIN },
        { "-99999999999999999999999", INT64_MIN },
    };
    struct eco_json *v;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        v = parse(cases[i].text);
        assert_int_equal(eco_json_type(v), ECO_JSON_INT);
        assert_true(eco_json_int(v) == cases[i].value);
        eco_json_free(v);
    }
    v = parse("-2.5e-1");
    assert_true(eco_json_float(v) == -0.25);
    eco_json_free(v);
}

static void strings_are_decoded(void **state)
{
    struct eco_json *v =
        parse("\"a\\u00e9\\n\\\"\\\\\\/\\ud83d\\ude00\\u0000z\"");
    struct eco_str s = eco_json_str(v);

    (void)state;
    assert_int_equal(s.len, 13);
    assert_memory_equal(s.ptr, "a\xc3\xa9\n\"\\/\xf0\x9f\x98\x80\0z", 13);
    eco_json_free(v);
}

static void members_are_found(void **state)
{
    struct eco_json *v =
        parse("{\"a\":1,\"b\":null,\"c\":{\"d\":[1,\"x\",null]},\"a\":2}");
    const struct eco_json *m, *list;

    (void)state;
    assert_int_equal(eco_json_int(eco_json_get(v, "a")), 2); /* the last one */
    assert_true(eco_json_member(v, "b", &m));
    assert_null(m);
    assert_false(eco_json_member(v, "x", &m));
    assert_null(m);
    assert_null(eco_json_get(v, "x"));
    list = eco_json_get(eco_json_get(v, "c"), "d");
    assert_int_equal(eco_json_len(list), 3);
    assert_int_equal(eco_json_int(eco_json_at(list, 0)), 1);
    assert_true(eco_str_is(eco_json_str(eco_json_at(list, 1)), "x"));
    assert_null(eco_json_at(list, 2));
    assert_null(eco_json_at(list, 3));
    eco_json_free(v);
}

static void a_wrong_type_gives_nothing(void **state)
{
    struct eco_json *v = parse("[1,\"5\",{\"a\":1},true]");
    const struct eco_json *m;

    (void)state;
    assert_null(eco_json_get(v, "a"));
    assert_false(eco_json_member(v, "a", &m));
    assert_false(eco_json_member(NULL, "a", &m));
    assert_int_equal(eco_json_len(eco_json_at(v, 2)), 0);
    assert_int_equal(eco_json_len(NULL), 0);
    assert_int_equal(eco_json_str(eco_json_at(v, 0)).len, 0);
    assert_int_equal(eco_json_str(NULL).len, 0);
    assert_false(eco_json_bool(eco_json_at(v, 0)));
    assert_false(eco_json_bool(NULL));
    assert_true(eco_json_bool(eco_json_at(v, 3)));
    eco_json_free(v);
    eco_json_free(NULL);
}

static void members_come_in_the_order_of_the_text(void **state)
{
    struct eco_json *v = parse("{\"z\":1,\"a\":null,\"m\":[]}");
    struct eco_json_iter it = { 0 };
    char seen[8] = "";

    (void)state;
    while (eco_json_next(v, &it))
        strncat(seen, it.key.ptr, it.key.len);
    assert_string_equal(seen, "zam");
    eco_json_free(v);

    v = parse("{}");
    it = (struct eco_json_iter){ 0 };
    assert_false(eco_json_next(v, &it));
    eco_json_free(v);
    it = (struct eco_json_iter){ 0 };
    assert_false(eco_json_next(NULL, &it));
    v = parse("[1]");
    it = (struct eco_json_iter){ 0 };
    assert_false(eco_json_next(v, &it));
    eco_json_free(v);
}

static void text_has_no_blanks(void **state)
{
    struct eco_json *v =
        parse(" { \"a\" : [ 1 , 2.50 , null , \"x/y\" ] , \"b\" : { } } ");

    (void)state;
    assert_string_equal(eco_json_text(v),
                        "{\"a\":[1,2.50,null,\"x/y\"],\"b\":{}}");
    eco_json_free(v);
    assert_string_equal(eco_json_text(NULL), "null");
}

/* --- what is refused ----------------------------------------------------- */

static void what_is_no_json_is_refused(void **state)
{
    static const char *const cases[] = {
        "",           " ",          "{",
        "[",          "\"abc",      "{\"a\"",
        "{\"a\":",    "{\"a\":1",   "[1,",
        "tru",        "nul",        "-",
        "{]",         "[1 2]",      "{\"a\" 1}",
        "{a:1}",      "['a']",      "[1,]",
        "{\"a\":1,}", "0x1",        "+1",
        ".5",         "\"\\x\"",    "\"\\u12g4\"",
        "True",       "nullx",      "}",
        "]",          ",",          "[1]]",
        "{}{}",       "{} {}",      "1 2",
        "null null",  "[] x",       "1x",
        "/* c */ 1",  "{\"a\":1}}", "\xef\xbb\xbf{}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        refuses(cases[i], strlen(cases[i]));
}

static void zero_bytes_are_refused_everywhere(void **state)
{
    static const char text[] = "{\"a\": [1, true, \"x\"], \"b\": null}";
    char bytes[64];

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++) { /* between any two bytes */
        memcpy(bytes, text, i);
        bytes[i] = '\0';
        memcpy(bytes + i + 1, text + i, sizeof(text) - 1 - i);
        refuses(bytes, sizeof(text));
    }
    refuses("12\0", 3);
    refuses("12\0x", 4);
    refuses("null\0", 5);
    refuses("\0", 1);
    refuses("\0\0null", 6);
}

static void bytes_that_are_no_utf8_are_refused(void **state)
{
    static const char *const cases[] = {
        "\"\xff\"",
        "\"\x80\"",
        "\"\xc3\"",
        "\"\xc3(\"",
        "\"\xe2\x82\"",
        "\"\xf0\x9f\x98\"",
        "\"\xc0\x80\"",         /* an overlong NUL */
        "\"\xe0\x80\xaf\"",     /* an overlong slash */
        "\"\xed\xa0\x80\"",     /* half of a pair */
        "\"\xf4\x90\x80\x80\"", /* beyond U+10FFFF */
        "{\"\xff\":1}",
        "[\"a\",\"\xf8\x88\x80\x80\x80\"]",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        refuses(cases[i], strlen(cases[i]));
    eco_json_free(parse("\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\""));
}

/* n arrays inside each other, around `inner`. */
static char *nested(int n, const char *inner)
{
    char *text = malloc((size_t)n * 2 + strlen(inner) + 1), *at = text;

    memset(at, '[', (size_t)n);
    at += n;
    at += sprintf(at, "%s", inner);
    memset(at, ']', (size_t)n);
    at[n] = '\0';
    return text;
}

static void deep_nesting_is_refused(void **state)
{
    char *deepest = nested(ECO_MAX_JSON_DEPTH, "");
    char *fits = nested(ECO_MAX_JSON_DEPTH - 1, "1");
    char *beyond = nested(ECO_MAX_JSON_DEPTH + 1, "");
    char *far = nested(1000000, "");
    struct eco_json *v;
    struct eco_err err;

    (void)state;
    eco_json_free(parse(deepest));
    eco_json_free(parse(fits));
    assert_int_equal(parse_bytes(beyond, strlen(beyond), &v, &err), ECO_ELIMIT);
    assert_non_null(strstr(err.msg, "32"));
    assert_int_equal(parse_bytes(far, strlen(far), &v, &err), ECO_ELIMIT);
    free(deepest);
    free(fits);
    free(beyond);
    free(far);
}

static void long_texts_are_refused(void **state)
{
    size_t len = ECO_MAX_ROW_BYTES;
    char *text = malloc(len + 2);
    struct eco_json *v;
    struct eco_err err;

    (void)state;
    memset(text, 'x', len + 2);
    text[0] = text[len - 1] = '"';
    assert_int_equal(parse_bytes(text, len, &v, &err), 0);
    assert_int_equal(eco_json_str(v).len, len - 2);
    eco_json_free(v);
    text[len - 1] = 'x';
    text[len] = '"';
    assert_int_equal(parse_bytes(text, len + 1, &v, &err), ECO_ELIMIT);
    assert_non_null(strstr(err.msg, "16777217"));
    free(text);
}

static void an_error_tells_where_and_leaves_the_reader_usable(void **state)
{
    static const char *const bad[] = { "{\"a\":[1,2", "[1,2}", "\"\xff\"",
                                       "x" };
    struct eco_json *v;
    struct eco_err err;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(parse_bytes(bad[i], strlen(bad[i]), &v, &err),
                         ECO_EFORMAT);
        v = parse("{\"a\":[1,2]}");
        assert_int_equal(eco_json_len(eco_json_get(v, "a")), 2);
        eco_json_free(v);
    }
    parse_bytes("[1,2}", 5, &v, &err);
    assert_non_null(strstr(err.msg, "byte 4"));
}

/* Each prefix of a document is an error, never a crash. */
static void every_prefix_is_refused(void **state)
{
    static const char text[] =
        "{\"id\":\"a/b\",\"n\":[1,-2.5e3,true,null,\"\\u00e9\\n\"],\"o\":{}}";

    (void)state;
    for (size_t len = 0; len < sizeof(text) - 1; len++) {
        char *exact = malloc(len ? len : 1); /* a sanitizer sees the end */

        memcpy(exact, text, len);
        refuses(exact, len);
        free(exact);
    }
    eco_json_free(parse(text));
}

static void survives_every_allocation_failure(void **state)
{
    struct eco_json_reader *r;
    long before = eco_test_live_blocks();
    int rc;

    (void)state;
    for (long k = 0; k < 10; k++) {
        struct eco_err err = { 0 };

        eco_test_fail_alloc_after(k);
        rc = eco_json_reader_new(&r, &err);
        eco_test_fail_alloc_after(-1);
        if (!rc)
            break;
        assert_int_equal(rc, ECO_ENOMEM);
        assert_int_equal(err.code, ECO_ENOMEM);
        assert_null(r);
        assert_int_equal(eco_test_live_blocks(), before);
    }
    assert_int_equal(rc, 0);
    eco_json_reader_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_told),
        cmocka_unit_test(numbers_keep_their_value_or_saturate),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(members_are_found),
        cmocka_unit_test(a_wrong_type_gives_nothing),
        cmocka_unit_test(members_come_in_the_order_of_the_text),
        cmocka_unit_test(text_has_no_blanks),
        cmocka_unit_test(what_is_no_json_is_refused),
        cmocka_unit_test(zero_bytes_are_refused_everywhere),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(an_error_tells_where_and_leaves_the_reader_usable),
        cmocka_unit_test(every_prefix_is_refused),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
