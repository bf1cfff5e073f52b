/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct eco_str view(const char *s)
{
    return eco_str_from_c(s);
}

/* --- err --------------------------------------------------------------- */

static void err_first_message_wins(void **state)
{
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_fail(&err, ECO_EFORMAT, "model %d: bad", 17),
                     ECO_EFORMAT);
    assert_int_equal(eco_fail(&err, ECO_EIO, "later"), ECO_EIO);
    assert_int_equal(err.code, ECO_EFORMAT);
    assert_string_equal(err.msg, "model 17: bad");
}

static void err_may_be_null(void **state)
{
    (void)state;
    assert_int_equal(eco_fail(NULL, ECO_ELIMIT, "x"), ECO_ELIMIT);
    errno = ENOMEM;
    assert_int_equal(eco_fail_errno(NULL, "x"), ECO_ENOMEM);
}

static void err_names_errno(void **state)
{
    struct eco_err err = { 0 };

    (void)state;
    errno = ENOENT;
    assert_int_equal(eco_fail_errno(&err, "cannot open %s", "x.snap"), ECO_EIO);
    assert_string_equal(err.msg,
                        "cannot open x.snap: No such file or directory");
    errno = ENOSPC;
    assert_int_equal(eco_fail_errno(&err, "later"), ECO_EIO);
    assert_non_null(strstr(err.msg, "x.snap"));

    memset(&err, 0, sizeof(err));
    errno = ENOMEM;
    assert_int_equal(eco_fail_errno(&err, "map"), ECO_ENOMEM);
}

static void err_long_messages_are_cut_not_overrun(void **state)
{
    struct eco_err err = { 0 };
    char text[ECO_ERR_MSG_BYTES * 2];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    eco_fail(&err, ECO_EINVAL, "%s", text);
    assert_int_equal(strlen(err.msg), ECO_ERR_MSG_BYTES - 1);

    memset(&err, 0, sizeof(err));
    errno = EIO;
    eco_fail_errno(&err, "%s", text);
    assert_int_equal(strlen(err.msg), ECO_ERR_MSG_BYTES - 1);

    memset(&err, 0, sizeof(err));
    text[ECO_ERR_MSG_BYTES - 4] = '\0'; /* room for ": I" of the reason */
    eco_fail_errno(&err, "%s", text);
    assert_int_equal(strlen(err.msg), ECO_ERR_MSG_BYTES - 1);
    assert_string_equal(err.msg + ECO_ERR_MSG_BYTES - 4, ": I");
}

/* --- str --------------------------------------------------------------- */

static void str_compares_bytes(void **state)
{
    static const struct {
        const char *a, *b;
        int bytes, nocase;
    } cases[] = {
        { "", "", 0, 0 },        { "", "a", -1, -1 },
        { "a", "a", 0, 0 },      { "a", "ab", -1, -1 },
        { "ab", "a", 1, 1 },     { "B", "a", -1, 1 },
        { "A", "a", -1, 0 },     { "Org/X", "oRG/x", -1, 0 },
        { "a", "\xff", -1, -1 }, { "a-b", "a_b", -1, -1 },
        { "Z", "_", -1, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct eco_str a = view(cases[i].a), b = view(cases[i].b);
        int c = eco_str_cmp(a, b), d = eco_str_cmp(b, a);

        assert_int_equal((c > 0) - (c < 0), cases[i].bytes);
        assert_int_equal((d > 0) - (d < 0), -cases[i].bytes);
        c = eco_str_cmp_nocase(a, b);
        d = eco_str_cmp_nocase(b, a);
        assert_int_equal((c > 0) - (c < 0), cases[i].nocase);
        assert_int_equal((d > 0) - (d < 0), -cases[i].nocase);
        assert_int_equal(eco_str_eq(a, b), cases[i].bytes == 0);
    }
}

static void str_null_is_the_empty_view(void **state)
{
    struct eco_str none = view(NULL);

    (void)state;
    assert_int_equal(none.len, 0);
    assert_true(eco_str_eq(none, view("")));
    assert_true(eco_str_is(none, ""));
    assert_true(eco_str_starts_with(none, ""));
    assert_true(eco_str_ends_with(none, ""));
    assert_false(eco_str_starts_with(none, "a"));
    assert_int_equal(eco_str_cmp(none, none), 0);
    assert_int_equal(eco_str_find(none, 'x'), 0);
    assert_int_equal(eco_str_skip(none, 3).len, 0);
    assert_int_equal(eco_str_trim(none).len, 0);
    assert_true(eco_str_is_utf8(none));
    assert_true(eco_str_contains_lower(none, none));
}

static void str_cuts_and_finds(void **state)
{
    struct eco_str s = ECO_STR("org/name");

    (void)state;
    assert_true(eco_str_starts_with(s, "org/"));
    assert_false(eco_str_starts_with(s, "org/names"));
    assert_true(eco_str_ends_with(s, "/name"));
    assert_false(eco_str_ends_with(s, "org"));
    assert_int_equal(eco_str_find(s, '/'), 3);
    assert_int_equal(eco_str_find(s, '!'), s.len);
    assert_true(eco_str_is(eco_str_skip(s, 4), "name"));
    assert_int_equal(eco_str_skip(s, 8).len, 0);
    assert_int_equal(eco_str_skip(s, 9).len, 0);
    assert_true(eco_str_is(eco_str_trim(view(" \t\r\na b\n ")), "a b"));
    assert_int_equal(eco_str_trim(view(" \n ")).len, 0);
}

static void str_searches_without_case(void **state)
{
    static const struct {
        const char *s, *needle;
        bool found;
    } cases[] = {
        { "Org/Name-7B", "name", true },
        { "Org/Name-7B", "7b", true },
        { "Org/Name-7B", "org/", true },
        { "Org", "org/", false },
        { "aab", "ab", true },
        { "ab", "abc", false },
        { "", "a", false },
        { "abc", "", true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(
            eco_str_contains_lower(view(cases[i].s), view(cases[i].needle)),
            cases[i].found);
}

static void str_lowers_ascii_only(void **state)
{
    char dst[9] = { 0 };

    (void)state;
    eco_str_lower(dst, view("AZ@[az\xc3\x84"));
    assert_string_equal(dst, "az@[az\xc3\x84");
}

static void str_knows_utf8(void **state)
{
    static const struct {
        const char *s;
        bool valid;
    } cases[] = {
        { "plain", true },
        { "\xc3\xa9", true },          /* U+00E9 */
        { "\xed\x9f\xbf", true },      /* U+D7FF, last before surrogates */
        { "\xee\x80\x80", true },      /* U+E000, first after */
        { "\xe0\xa0\x80", true },      /* U+0800 */
        { "\xf0\x90\x80\x80", true },  /* U+10000 */
        { "\xf4\x8f\xbf\xbf", true },  /* U+10FFFF */
        { "\x80", false },             /* lone continuation */
        { "\xc3", false },             /* cut */
        { "\xc3(", false },            /* wrong continuation */
        { "\xe2\x82", false },         /* cut */
        { "\xe2(\xa1", false },        /* wrong second */
        { "\xe2\x82(", false },        /* wrong third */
        { "\xc0\x80", false },         /* overlong NUL */
        { "\xc1\xbf", false },         /* overlong */
        { "\xe0\x9f\xbf", false },     /* overlong */
        { "\xf0\x8f\xbf\xbf", false }, /* overlong */
        { "\xed\xa0\x80", false },     /* surrogate */
        { "\xf4\x90\x80\x80", false }, /* above U+10FFFF */
        { "\xf5\x80\x80\x80", false },
        { "ok\xff", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(eco_str_is_utf8(view(cases[i].s)), cases[i].valid);
}

static void str_reads_numbers(void **state)
{
    static const struct {
        const char *s;
        bool ok;
        int64_t value;
    } cases[] = {
        { "0", true, 0 },
        { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX },
        { "9223372036854775808", false, 0 },
        { "92233720368547758070", false, 0 },
        { "", false, 0 },
        { "-1", false, 0 },
        { "+1", false, 0 },
        { " 1", false, 0 },
        { "1 ", false, 0 },
        { "1e3", false, 0 },
        { "0x10", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = -5;

        assert_int_equal(eco_str_to_i64(view(cases[i].s), &value), cases[i].ok);
        assert_true(value == (cases[i].ok ? cases[i].value : -5));
    }
}

/* --- buf --------------------------------------------------------------- */

static void buf_grows_and_ends_in_nul(void **state)
{
    struct eco_buf b;

    (void)state;
    eco_buf_init(&b, 4096);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(eco_buf_append_char(&b, (char)('a' + i % 26)), 0);
        assert_int_equal(b.ptr[b.len], '\0');
    }
    assert_int_equal(b.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(b.ptr[i], 'a' + i % 26);
    eco_buf_reset(&b);
    assert_int_equal(eco_buf_append_c(&b, "x="), 0);
    assert_int_equal(eco_buf_printf(&b, "%d %s", 42, "ok"), 0);
    assert_int_equal(eco_buf_append_str(&b, ECO_STR("!")), 0);
    assert_int_equal(eco_buf_append(&b, NULL, 0), 0);
    assert_true(eco_str_is(eco_buf_view(&b), "x=42 ok!"));
    eco_buf_release(&b);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void buf_holds_its_maximum_and_not_more(void **state)
{
    struct eco_err err = { 0 };
    struct eco_buf b;

    (void)state;
    eco_buf_init(&b, 5);
    assert_int_equal(eco_buf_append_c(&b, "12345"), 0);
    assert_int_equal(eco_buf_check(&b, "id", &err), 0);
    assert_int_equal(err.code, 0);
    assert_int_equal(eco_buf_append_char(&b, '6'), ECO_ELIMIT);
    assert_int_equal(b.len, 5);
    assert_string_equal(b.ptr, "12345");

    /* latched: even what would fit is refused until a reset */
    assert_int_equal(eco_buf_append(&b, "", 0), ECO_ELIMIT);
    assert_int_equal(eco_buf_printf(&b, "%s", ""), ECO_ELIMIT);
    assert_int_equal(eco_buf_check(&b, "id", &err), ECO_ELIMIT);
    assert_string_equal(err.msg, "id: more than 5 bytes");
    eco_buf_reset(&b);
    assert_string_equal(b.ptr, "");
    assert_int_equal(eco_buf_append_c(&b, "1"), 0);

    assert_int_equal(eco_buf_reserve(&b, SIZE_MAX), ECO_ELIMIT);
    eco_buf_release(&b);
    assert_int_equal(eco_buf_printf(&b, "%06d", 7), ECO_ELIMIT);
    assert_int_equal(b.len, 0);
    eco_buf_release(&b);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static const struct {
    double v;
    unsigned decimals;
    const char *text;
} fixed[] = {
    { 0, 0, "0" },
    { 0, 6, "0" },
    { -0.0, 3, "0" },
    { 1.5, 3, "1.5" },
    { -1.5, 0, "-2" },
    { 0.0005, 3, "0.001" },
    { -0.0004, 3, "0" },
    { 1234567.891, 2, "1234567.89" },
    { 100, 2, "100" },
    { 0.05, 2, "0.05" },
    { -123.4375, 3, "-123.438" },
    { 1e15, 3, "1000000000000000" },
    { -1e15, 0, "-1000000000000000" },
    { 1e20, 6, "100000000000000000000" },
    { INFINITY, 3, "0" },
    { NAN, 3, "0" },
};

static void buf_writes_numbers(void **state)
{
    struct eco_buf b;

    (void)state;
    eco_buf_init(&b, 100);
    for (size_t i = 0; i < COUNT(fixed); i++) {
        eco_buf_reset(&b);
        assert_int_equal(
            eco_buf_append_fixed(&b, fixed[i].v, fixed[i].decimals), 0);
        assert_string_equal(b.ptr, fixed[i].text);
    }
    eco_buf_reset(&b);
    eco_buf_append_i64(&b, INT64_MIN);
    eco_buf_append_i64(&b, 0);
    eco_buf_append_i64(&b, INT64_MAX);
    assert_string_equal(b.ptr, "-922337203685477580809223372036854775807");
    eco_buf_release(&b);
}

static void a_character_or_a_bad_piece(void **state)
{
    static const struct {
        const char *text;
        int len;
    } cases[] = {
        { "a", 1 },
        { "\xc3\xa8x", 2 },
        { "\xe6\xa8\xa1", 3 },
        { "\xf0\x9f\x98\x80", 4 },
        { "\xc3", -1 },
        { "\x80\x80", -1 },
        { "\xc0\xaf", -1 },
        { "\xe6\xa8x", -2 },
        { "\xed\xa0\x80", -1 },
        { "\xf0\x9f\x98", -3 },
        { "\xf4\x90\x80\x80", -1 },
        { "\xff", -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(eco_str_character(eco_str_from_c(cases[i].text)),
                         cases[i].len);
}

static void buf_zero_maximum(void **state)
{
    struct eco_buf b;

    (void)state;
    eco_buf_init(&b, 0);
    assert_int_equal(eco_buf_append(&b, "", 0), 0);
    assert_string_equal(b.ptr, "");
    assert_int_equal(eco_buf_append_char(&b, 'x'), ECO_ELIMIT);
    eco_buf_release(&b);
}

static void buf_gives_its_bytes_away(void **state)
{
    struct eco_buf b;
    char *bytes;

    (void)state;
    eco_buf_init(&b, 100);
    assert_int_equal(eco_buf_reserve(&b, 3), 0);
    memcpy(b.ptr + b.len, "abc", 4);
    b.len += 3;
    bytes = eco_buf_take(&b);
    assert_string_equal(bytes, "abc");
    assert_null(b.ptr);
    assert_int_equal(b.len, 0);
    assert_int_equal(b.max, 100);
    assert_int_equal(eco_test_live_blocks(), 1);
    eco_free(bytes);
    assert_null(eco_buf_take(&b));
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- clock ------------------------------------------------------------- */

static void clock_reads_days(void **state)
{
    static const struct {
        const char *text;
        int32_t day;
    } cases[] = {
        { "1970-01-01", 0 },       { "1970-12-31", 364 },
        { "1972-02-29", 789 },     { "1972-03-01", 790 },
        { "2000-02-29", 11016 },   { "2000-03-01", 11017 },
        { "2023-12-31", 19722 },   { "2024-02-29", 19782 },
        { "2026-08-20", 20685 },   { "2100-02-28", 47540 },
        { "2100-03-01", 47541 }, /* no leap day in 2100 */
        { "9999-12-31", 2932896 },
    };
    char text[ECO_DAY_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t day = -1;

        assert_true(eco_day_parse(view(cases[i].text), &day));
        assert_int_equal(day, cases[i].day);
        assert_string_equal(eco_day_format(day, text), cases[i].text);
    }
}

static void clock_refuses_bad_days(void **state)
{
    static const char *const bad[] = {
        "",           "2026",        "2026-13-01", "2026-00-10", "2026-01-00",
        "2026-01-32", "2026-04-31",  "2023-02-29", "2100-02-29", "1900-01-01",
        "1969-12-31", "2026-1-01",   "2026/01/01", "2026-01-0x", "20260-1-01",
        "-026-01-01", "2026-01-011", "+026-01-01", "2026-01- 1", "26-01-01-1",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        int32_t day = -7;

        assert_false(eco_day_parse(view(bad[i]), &day));
        assert_int_equal(day, -7);
    }
}

/* Every day of the range is read back as itself and follows the one before. */
static void clock_days_round_trip(void **state)
{
    char text[ECO_DAY_TEXT_BYTES], before[ECO_DAY_TEXT_BYTES] = "";

    (void)state;
    for (int32_t day = 0; day <= 2932896; day++) {
        int32_t again = -1;

        assert_true(eco_day_parse(view(eco_day_format(day, text)), &again));
        assert_int_equal(again, day);
        assert_true(strcmp(before, text) < 0);
        memcpy(before, text, sizeof(text));
    }
}

static void clock_finds_a_day_in_text(void **state)
{
    static const struct {
        const char *text;
        int32_t day; /* -7: none */
    } cases[] = {
        { "models-2026-08-20.jsonl", 20685 },
        { "2026-08-20", 20685 },
        { "12026-08-20", -7 },
        { "2026-08-201", -7 },
        { "2026-02-30 2026-08-20", 20685 },
        { "20260820", -7 },
        { "", -7 },
        { "a/2024-02-29/2026-08-20", 19782 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t day = -7;

        assert_int_equal(eco_day_find(view(cases[i].text), &day),
                         cases[i].day != -7);
        assert_int_equal(day, cases[i].day);
    }
}

static void clock_reads_instants(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
        const char *shown;
    } cases[] = {
        { "1970-01-01", 0, "1970-01-01T00:00:00.000Z" },
        { "1970-01-01T00:00:01Z", 1000, "1970-01-01T00:00:01.000Z" },
        { "2026-08-20 10:11:12", 1787220672000, "2026-08-20T10:11:12.000Z" },
        { "2026-08-20T10:11:12.5Z", 1787220672500, "2026-08-20T10:11:12.500Z" },
        { "2026-08-20T10:11:12.123999+00:00", 1787220672123,
          "2026-08-20T10:11:12.123Z" },
        { "2016-12-31T23:59:60Z", 1483228800000, "2017-01-01T00:00:00.000Z" },
        { "2024-02-29T23:59:59.999Z", 1709251199999,
          "2024-02-29T23:59:59.999Z" },
    };
    char text[ECO_TIME_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t ms = -7;

        assert_true(eco_time_parse(view(cases[i].text), &ms));
        assert_true(ms == cases[i].ms);
        assert_string_equal(eco_time_format(ms, text), cases[i].shown);
    }
    assert_string_equal(eco_time_format(-1, text), "1969-12-31T23:59:59.999Z");
}

static void clock_refuses_bad_instants(void **state)
{
    static const char *const bad[] = {
        "2026-08-20T",           "2026-08-20T10:11",
        "2026-08-20x10:11:12Z",  "2026-08-20T24:00:00Z",
        "2026-08-20T10:60:00Z",  "2026-08-20T10:11:61Z",
        "2026-08-20T10:11:12.Z", "2026-08-20T10:11:12+01:00",
        "2026-08-20T10:11:12ZZ", "2026-08-20T10-11-12Z",
        "2026-02-30T10:11:12Z",  "",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        int64_t ms = -7;

        assert_false(eco_time_parse(view(bad[i]), &ms));
        assert_true(ms == -7);
    }
}

static void clock_monotonic_does_not_go_back(void **state)
{
    double a = eco_monotonic_s();

    (void)state;
    assert_true(a > 0);
    assert_true(eco_monotonic_s() >= a);
}

/* --- alloc ------------------------------------------------------------- */

static void alloc_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    assert_null(eco_alloc_array(SIZE_MAX / 2, 3));
    assert_null(eco_calloc(SIZE_MAX / 2, 3));
    assert_null(eco_realloc_array(NULL, SIZE_MAX / 2, 3));
    assert_null(eco_strndup("x", SIZE_MAX));
    eco_free(NULL);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static int fill_buf(struct eco_buf *b, struct eco_err *err)
{
    eco_buf_append_c(b, "first");
    for (int i = 0; i < 100; i++)
        eco_buf_printf(b, "%08d", i);
    return eco_buf_check(b, "text", err);
}

static void base_survives_every_allocation_failure(void **state)
{
    int rc, k = 0;

    (void)state;
    do {
        struct eco_err err = { 0 };
        struct eco_buf b;
        size_t len;

        assert_true(k < 100);
        eco_buf_init(&b, 1000);
        eco_test_fail_alloc_after(k++);
        rc = fill_buf(&b, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        len = b.len;
        assert_true(!len || strlen(b.ptr) == len);
        assert_int_equal(eco_buf_append_char(&b, '.'), rc);
        eco_buf_release(&b);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc);
    assert_int_equal(k, 5); /* 128, 256, 512 and 1024 bytes, then success */

    eco_test_fail_alloc_after(0);
    assert_null(eco_strndup("abc", 3));
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void months_are_calendar_months(void **state)
{
    static const struct {
        const char *text;
        int32_t month;
        int64_t begin;
    } cases[] = {
        { "1970-01", 0, 0 },
        { "1970-02", 1, 31 * ECO_DAY_MS },
        { "2000-03", 362, INT64_C(951868800000) },
        { "2022-03", 626, INT64_C(1646092800000) },
        { "9999-12", 96359, ECO_TIME_END - 31 * ECO_DAY_MS },
    };
    int32_t month;
    char text[ECO_MONTH_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_true(eco_month_parse(view(cases[i].text), &month));
        assert_int_equal(month, cases[i].month);
        assert_int_equal(eco_month_begin(month), cases[i].begin);
        assert_int_equal(eco_month_of(cases[i].begin), month);
        if (month)
            assert_int_equal(eco_month_of(cases[i].begin - 1), month - 1);
        assert_string_equal(eco_month_format(month, text), cases[i].text);
    }
    assert_int_equal(eco_month_of(ECO_TIME_END - 1), 96359);
    assert_false(eco_month_parse(view("1969-12"), &month));
    assert_false(eco_month_parse(view("2024-13"), &month));
    assert_false(eco_month_parse(view("2024-00"), &month));
    assert_false(eco_month_parse(view("2024-1"), &month));
    assert_false(eco_month_parse(view("2024-012"), &month));
    assert_false(eco_month_parse(view("20x4-01"), &month));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_calendar_months),
        cmocka_unit_test(err_first_message_wins),
        cmocka_unit_test(err_may_be_null),
        cmocka_unit_test(err_names_errno),
        cmocka_unit_test(err_long_messages_are_cut_not_overrun),
        cmocka_unit_test(str_compares_bytes),
        cmocka_unit_test(str_null_is_the_empty_view),
        cmocka_unit_test(str_cuts_and_finds),
        cmocka_unit_test(str_searches_without_case),
        cmocka_unit_test(str_lowers_ascii_only),
        cmocka_unit_test(str_knows_utf8),
        cmocka_unit_test(str_reads_numbers),
        cmocka_unit_test(buf_grows_and_ends_in_nul),
        cmocka_unit_test(buf_holds_its_maximum_and_not_more),
        cmocka_unit_test(buf_writes_numbers),
        cmocka_unit_test(a_character_or_a_bad_piece),
        cmocka_unit_test(buf_zero_maximum),
        cmocka_unit_test(buf_gives_its_bytes_away),
        cmocka_unit_test(clock_reads_days),
        cmocka_unit_test(clock_refuses_bad_days),
        cmocka_unit_test(clock_days_round_trip),
        cmocka_unit_test(clock_finds_a_day_in_text),
        cmocka_unit_test(clock_reads_instants),
        cmocka_unit_test(clock_refuses_bad_instants),
        cmocka_unit_test(clock_monotonic_does_not_go_back),
        cmocka_unit_test(alloc_refuses_sizes_that_overflow),
        cmocka_unit_test(base_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
