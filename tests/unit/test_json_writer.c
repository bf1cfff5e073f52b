/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json/writer.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct fixture {
    struct eco_buf buf;
    struct eco_json_writer w;
};

static void begin(struct fixture *f)
{
    eco_buf_init(&f->buf, 4096);
    eco_json_writer_init(&f->w, &f->buf);
}

static void expect(struct fixture *f, const char *text)
{
    assert_int_equal(f->buf.failed, 0);
    assert_string_equal(f->buf.ptr, text);
    eco_buf_release(&f->buf);
}

static void joined_texts_and_places(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    eco_json_begin_array(&f.w);
    eco_json_put_joined(&f.w, ECO_STR("author:"), ECO_STR("<a>"));
    eco_json_put_joined(&f.w, ECO_STR(""), ECO_STR(""));
    eco_json_put_fixed(&f.w, 1.23456, 3);
    eco_json_put_fixed(&f.w, NAN, 3);
    eco_json_end_array(&f.w);
    expect(&f, "[\"author:\\u003ca\\u003e\",\"\",1.235,0]");
}

static void commas_and_colons_come_by_themselves(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    eco_json_begin_object(&f.w);
    eco_json_key(&f.w, "a");
    eco_json_begin_array(&f.w);
    eco_json_put_i64(&f.w, 1);
    eco_json_begin_object(&f.w);
    eco_json_end_object(&f.w);
    eco_json_begin_array(&f.w);
    eco_json_end_array(&f.w);
    eco_json_put_null(&f.w);
    eco_json_end_array(&f.w);
    eco_json_key(&f.w, "b");
    eco_json_put_bool(&f.w, true);
    eco_json_key(&f.w, "c");
    eco_json_begin_object(&f.w);
    eco_json_key(&f.w, "d");
    eco_json_put_bool(&f.w, false);
    eco_json_end_object(&f.w);
    eco_json_key(&f.w, "e");
    eco_json_put_c(&f.w, "x");
    eco_json_end_object(&f.w);
    expect(&f, "{\"a\":[1,{},[],null],\"b\":true,\"c\":{\"d\":false},"
               "\"e\":\"x\"}");
}

static const struct {
    const char *bytes;
    const char *json;
} strings[] = {
    { "", "\"\"" },
    { "plain text", "\"plain text\"" },
    { "a\"b\\c", "\"a\\\"b\\\\c\"" },
    { "\n\r\t\x01\x1f\x7f", "\"\\n\\r\\t\\u0001\\u001f\\u007f\"" },
    { "</script>&", "\"\\u003c/script\\u003e\\u0026\"" },
    { "h\xc3\xa9\xe6\xa8\xa1\xf0\x9f\xa4\x97",
      "\"h\xc3\xa9\xe6\xa8\xa1\xf0\x9f\xa4\x97\"" },
    { "\xe2\x80\xa8|\xe2\x80\xa9|\xe2\x80\xa7|\xe2\x80\xaa",
      "\"\\u2028|\\u2029|\xe2\x80\xa7|\xe2\x80\xaa\"" },
    /* stray, overlong, surrogate, beyond the end, cut off */
    { "a\xff!", "\"a\xef\xbf\xbd!\"" },
    { "\x80\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xe0\x80\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xf4\x90\x80\x80",
      "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    { "\xe6\xa8", "\"\xef\xbf\xbd\"" },
    { "\xe6\xa8<", "\"\xef\xbf\xbd\\u003c\"" },
    { "\xf0\x9f\xa4x", "\"\xef\xbf\xbdx\"" },
};

static void strings_are_escaped_and_made_valid(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(strings); i++) {
        struct fixture f;

        begin(&f);
        eco_json_put_c(&f.w, strings[i].bytes);
        assert_true(eco_str_is_utf8(eco_buf_view(&f.buf)));
        expect(&f, strings[i].json);
    }
}

static void zero_bytes_do_not_end_a_string(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f);
    eco_json_put_str(&f.w, (struct eco_str){ "a\0b", 3 });
    expect(&f, "\"a\\u0000b\"");
}

static void every_byte_pair_gives_valid_text(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char bytes[] = { (char)(pair >> 8), (char)(pair & 0xff) };
        struct fixture f;

        begin(&f);
        eco_json_put_str(&f.w, (struct eco_str){ bytes, 2 });
        assert_true(eco_str_is_utf8(eco_buf_view(&f.buf)));
        for (size_t i = 0; i < f.buf.len; i++)
            assert_true((unsigned char)f.buf.ptr[i] >= 0x20);
        eco_buf_release(&f.buf);
    }
}

static const struct {
    int64_t value;
    const char *json;
} integers[] = {
    { 0, "0" },
    { -1, "-1" },
    { 10, "10" },
    { INT64_MAX, "9223372036854775807" },
    { INT64_MIN, "-9223372036854775808" },
};

static void integers_are_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(integers); i++) {
        struct fixture f;

        begin(&f);
        eco_json_put_i64(&f.w, integers[i].value);
        expect(&f, integers[i].json);
    }
}

static const struct {
    double value;
    const char *json;
} doubles[] = {
    { 0.1, "0.1" },
    { 0.3, "0.3" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" },
    { -2.5, "-2.5" },
    { 0, "0" },
    { 100, "100" },
    { 1e22, "1e+22" },
    { 5e-324, "4.94065645841247e-324" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
};

static void doubles_are_short_and_read_back(void **state)
{
    char text[ECO_JSON_F64_BYTES];
    uint64_t bits = 88172645463325252u;

    (void)state;
    for (size_t i = 0; i < COUNT(doubles); i++) {
        eco_json_format_f64(doubles[i].value, text);
        assert_string_equal(text, doubles[i].json);
    }
    for (int i = 0; i < 20000; i++) {
        double value;

        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof(value));
        eco_json_format_f64(value, text);
        if (isfinite(value))
            assert_true(strtod(text, NULL) == value);
        else
            assert_string_equal(text, "null");
    }
}

static void what_json_lacks_is_null(void **state)
{
    const double odd[] = { NAN, INFINITY, -INFINITY };

    (void)state;
    for (size_t i = 0; i < COUNT(odd); i++) {
        struct fixture f;

        begin(&f);
        eco_json_put_f64(&f.w, odd[i]);
        expect(&f, "null");
    }
}

static void the_maximum_latches(void **state)
{
    struct eco_json_writer w;
    struct eco_buf b;

    (void)state;
    eco_buf_init(&b, 8);
    eco_json_writer_init(&w, &b);
    eco_json_begin_array(&w);
    eco_json_put_c(&w, "0123456789");
    eco_json_end_array(&w);
    assert_int_equal(eco_buf_check(&b, "answer", NULL), ECO_ELIMIT);
    eco_buf_release(&b);
}

static void survives_every_allocation_failure(void **state)
{
    long k = 0;
    int rc;

    (void)state;
    do {
        struct fixture f;

        assert_true(k < 20);
        begin(&f);
        eco_test_fail_alloc_after(k++);
        eco_json_begin_array(&f.w);
        for (int i = 0; i < 100; i++)
            eco_json_put_c(&f.w, "some text \xff");
        eco_json_end_array(&f.w);
        rc = eco_buf_check(&f.buf, "answer", NULL);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_buf_release(&f.buf);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc != ECO_OK);
    eco_test_fail_alloc_after(-1);
    assert_true(k > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_and_colons_come_by_themselves),
        cmocka_unit_test(joined_texts_and_places),
        cmocka_unit_test(strings_are_escaped_and_made_valid),
        cmocka_unit_test(zero_bytes_do_not_end_a_string),
        cmocka_unit_test(every_byte_pair_gives_valid_text),
        cmocka_unit_test(integers_are_exact),
        cmocka_unit_test(doubles_are_short_and_read_back),
        cmocka_unit_test(what_json_lacks_is_null),
        cmocka_unit_test(the_maximum_latches),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
