/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <string.h>

#include "api/params.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct eco_params params; /* 6 kB; every test parses anew */

static int parse(const char *query, struct eco_problem *problem)
{
    memset(problem, 0, sizeof(*problem));
    return eco_params_parse(eco_str_from_c(query), &params, problem);
}

static const struct {
    const char *query;
    const char *pairs[4]; /* name, value, ... */
} good[] = {
    { "", { NULL } },
    { "a=b", { "a", "b" } },
    { "a=", { "a", "" } },
    { "a=b=c", { "a", "b=c" } },
    { "a=1&a=2", { "a", "1", "a", "2" } },
    { "q=%41%62+c%2B%26%3d", { "q", "Ab c+&=" } },
    { "%71=%E6%a8%a1", { "q", "\xe6\xa8\xa1" } },
    { "q=\xe6\xa8\xa1/?:@\"<>", { "q", "\xe6\xa8\xa1/?:@\"<>" } },
};

static void good_queries_are_taken_apart(void **state)
{
    struct eco_problem problem;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        size_t n = 0;

        assert_int_equal(parse(good[i].query, &problem), 0);
        for (; n < 2 && good[i].pairs[2 * n]; n++) {
            assert_true(n < params.n);
            assert_true(eco_str_is(params.item[n].name, good[i].pairs[2 * n]));
            assert_true(
                eco_str_is(params.item[n].value, good[i].pairs[2 * n + 1]));
        }
        assert_int_equal(params.n, n);
        assert_int_equal(problem.code, ECO_PROBLEM_NONE);
    }
}

static const struct {
    const char *query;
    enum eco_problem_code code;
    const char *parameter;
} bad[] = {
    { "a", ECO_PROBLEM_BAD_PARAMETER, "a" },
    { "=b", ECO_PROBLEM_BAD_PARAMETER, "" },
    { "&", ECO_PROBLEM_BAD_PARAMETER, "" },
    { "a=b&", ECO_PROBLEM_BAD_PARAMETER, "" },
    { "&a=b", ECO_PROBLEM_BAD_PARAMETER, "" },
    { "a=b&&c=d", ECO_PROBLEM_BAD_PARAMETER, "" },
    { "q=%", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%4", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%4g", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%g4", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%00", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%ff", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%c0%af", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=%ed%a0%80", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "q=\xff", ECO_PROBLEM_BAD_PARAMETER, "q" },
    { "%zz=1", ECO_PROBLEM_BAD_PARAMETER, "%zz" },
};

static void bad_queries_are_refused(void **state)
{
    struct eco_problem problem;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(parse(bad[i].query, &problem), ECO_EINVAL);
        assert_int_equal(problem.code, bad[i].code);
        assert_string_equal(problem.parameter, bad[i].parameter);
        assert_true(problem.detail[0] != '\0');
    }
}

static void a_zero_byte_ends_nothing(void **state)
{
    struct eco_problem problem = { 0 };

    (void)state;
    assert_int_equal(
        eco_params_parse((struct eco_str){ "q=a\0b", 5 }, &params, &problem),
        ECO_EINVAL);
    assert_int_equal(problem.code, ECO_PROBLEM_BAD_PARAMETER);
}

static void there_are_maxima(void **state)
{
    char query[ECO_MAX_URI_BYTES + 2];
    struct eco_problem problem = { 0 };
    size_t n = 0;

    (void)state;
    memset(query, 'x', sizeof(query));
    query[1] = '=';
    assert_int_equal(
        eco_params_parse((struct eco_str){ query, ECO_MAX_URI_BYTES }, &params,
                         &problem),
        0);
    assert_int_equal(
        eco_params_parse((struct eco_str){ query, ECO_MAX_URI_BYTES + 1 },
                         &params, &problem),
        ECO_EINVAL);
    assert_int_equal(problem.code, ECO_PROBLEM_LIMIT_EXCEEDED);

    for (unsigned i = 0; i < ECO_MAX_QUERY_PARAMS; i++)
        n += (size_t)sprintf(query + n, i ? "&a=1" : "a=1");
    assert_int_equal(parse(query, &problem), 0);
    assert_int_equal(params.n, ECO_MAX_QUERY_PARAMS);
    sprintf(query + n, "&a=1");
    assert_int_equal(parse(query, &problem), ECO_EINVAL);
    assert_int_equal(problem.code, ECO_PROBLEM_LIMIT_EXCEEDED);
}

static void unknown_names_are_refused(void **state)
{
    static const char *const names[] = { "q", "page", NULL };
    struct eco_problem problem;

    (void)state;
    assert_int_equal(parse("q=1&page=2&q=3", &problem), 0);
    assert_int_equal(eco_params_allow(&params, names, &problem), 0);
    assert_int_equal(parse("q=1&Page=2", &problem), 0);
    assert_int_equal(eco_params_allow(&params, names, &problem), ECO_EINVAL);
    assert_int_equal(problem.code, ECO_PROBLEM_UNKNOWN_PARAMETER);
    assert_string_equal(problem.parameter, "Page");
}

static void one_value_is_one_value(void **state)
{
    struct eco_problem problem;
    struct eco_str value;
    bool given;

    (void)state;
    assert_int_equal(parse("a=1&b=2&b=2", &problem), 0);
    assert_int_equal(eco_params_one(&params, "a", &value, &given, &problem), 0);
    assert_true(given && eco_str_is(value, "1"));
    assert_int_equal(eco_params_one(&params, "c", &value, &given, &problem), 0);
    assert_false(given);
    assert_int_equal(eco_params_one(&params, "b", &value, &given, &problem),
                     ECO_EINVAL);
    assert_int_equal(problem.code, ECO_PROBLEM_BAD_PARAMETER);
    assert_string_equal(problem.parameter, "b");
}

static const struct {
    const char *query;
    enum eco_problem_code code;
    uint32_t value;
} numbers[] = {
    { "x=1", ECO_PROBLEM_NONE, 7 },
    { "n=1", ECO_PROBLEM_NONE, 1 },
    { "n=100", ECO_PROBLEM_NONE, 100 },
    { "n=101", ECO_PROBLEM_LIMIT_EXCEEDED, 7 },
    { "n=99999999999999999999999999", ECO_PROBLEM_LIMIT_EXCEEDED, 7 },
    { "n=4294967297", ECO_PROBLEM_LIMIT_EXCEEDED, 7 },
    { "n=0", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=01", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=-1", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=%2B1", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=1.0", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=+1", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=1e1", ECO_PROBLEM_BAD_PARAMETER, 7 },
    { "n=1&n=1", ECO_PROBLEM_BAD_PARAMETER, 7 },
};

static void numbers_are_whole_and_bounded(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct eco_problem problem;
        uint32_t value = 7;

        assert_int_equal(parse(numbers[i].query, &problem), 0);
        assert_int_equal(eco_params_number(&params, "n", 100, &value, &problem),
                         numbers[i].code ? ECO_EINVAL : 0);
        assert_int_equal(problem.code, numbers[i].code);
        assert_int_equal(value, numbers[i].value);
    }
}

static void words_are_exact(void **state)
{
    static const char *const words[] = { "asc", "desc", NULL };
    struct eco_problem problem;
    unsigned value = 9;

    (void)state;
    assert_int_equal(parse("order=desc", &problem), 0);
    assert_int_equal(
        eco_params_choice(&params, "order", words, &value, &problem), 0);
    assert_int_equal(value, 1);
    assert_int_equal(
        eco_params_choice(&params, "other", words, &value, &problem), 0);
    assert_int_equal(value, 1);
    assert_int_equal(parse("order=DESC", &problem), 0);
    assert_int_equal(
        eco_params_choice(&params, "order", words, &value, &problem),
        ECO_EINVAL);
    assert_string_equal(problem.detail, "order=DESC: not one of asc, desc");
}

static void the_first_problem_counts(void **state)
{
    struct eco_problem p = { 0 };

    (void)state;
    assert_int_equal(
        eco_problem_set(&p, ECO_PROBLEM_BAD_PATH, ECO_STR(""), "first"),
        ECO_EINVAL);
    assert_int_equal(
        eco_problem_set(&p, ECO_PROBLEM_INTERNAL, ECO_STR("x"), "second"),
        ECO_EINVAL);
    assert_int_equal(p.code, ECO_PROBLEM_BAD_PATH);
    assert_string_equal(p.detail, "first");
    assert_string_equal(p.parameter, "");
}

/* Programs rely on these. */
static const struct {
    int number;
    int status;
    const char *name;
} frozen[ECO_PROBLEM_CODES] = {
    { 0, 200, "none" },
    { 1, 400, "bad_parameter" },
    { 2, 400, "unknown_parameter" },
    { 3, 400, "limit_exceeded" },
    { 4, 400, "bad_path" },
    { 5, 404, "not_found" },
    { 6, 405, "method_not_allowed" },
    { 7, 414, "uri_too_long" },
    { 8, 413, "body_too_large" },
    { 9, 500, "internal" },
    { 10, 503, "unavailable" },
};

static void problem_codes_are_frozen(void **state)
{
    (void)state;
    assert_int_equal(ECO_PROBLEM_UNAVAILABLE, 10);
    for (int i = 0; i < ECO_PROBLEM_CODES; i++) {
        enum eco_problem_code code = (enum eco_problem_code)frozen[i].number;

        assert_string_equal(eco_problem_name(code), frozen[i].name);
        assert_int_equal(eco_problem_status(code), frozen[i].status);
        assert_true(eco_problem_title(code)[0] != '\0');
    }
}

static void problems_are_json_whatever_was_sent(void **state)
{
    struct eco_problem p = { 0 };
    struct eco_buf out;

    (void)state;
    eco_problem_set(&p, ECO_PROBLEM_BAD_PARAMETER, ECO_STR("<q>"), "q=%s: odd",
                    "\"</script>\xff");
    eco_buf_init(&out, 4096);
    eco_problem_write(&p, &out);
    assert_string_equal(
        out.ptr,
        "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
        "\"code\":\"bad_parameter\",\"detail\":\"q=\\\"\\u003c/script\\u003e"
        "\xef\xbf\xbd: odd\",\"parameter\":\"\\u003cq\\u003e\"}");
    eco_buf_release(&out);
}

/* Reading needs no heap; writing latches like every buffer. */
static void survives_every_allocation_failure(void **state)
{
    struct eco_problem p = { 0 };
    struct eco_buf out;
    long k = 0;
    int rc;

    (void)state;
    eco_test_fail_alloc_after(0);
    assert_int_equal(parse("q=1&page=2", &p), 0);
    eco_problem_set(&p, ECO_PROBLEM_NOT_FOUND, ECO_STR(""), "%0300d", 1);
    do {
        assert_true(k < 10);
        eco_buf_init(&out, 4096);
        eco_test_fail_alloc_after(k++);
        eco_problem_write(&p, &out);
        rc = eco_buf_check(&out, "problem", NULL);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_buf_release(&out);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc);
    eco_test_fail_alloc_after(-1);
    assert_true(k > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_queries_are_taken_apart),
        cmocka_unit_test(bad_queries_are_refused),
        cmocka_unit_test(a_zero_byte_ends_nothing),
        cmocka_unit_test(there_are_maxima),
        cmocka_unit_test(unknown_names_are_refused),
        cmocka_unit_test(one_value_is_one_value),
        cmocka_unit_test(numbers_are_whole_and_bounded),
        cmocka_unit_test(words_are_exact),
        cmocka_unit_test(the_first_problem_counts),
        cmocka_unit_test(problem_codes_are_frozen),
        cmocka_unit_test(problems_are_json_whatever_was_sent),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
