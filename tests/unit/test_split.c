/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "source/split.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int tear_down(void **state)
{
    (void)state;
    return eco_test_live_blocks() ? -1 : 0;
}

/* Append printf-style to a text with enough room. */
static void put(char *out, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsprintf(out + strlen(out), fmt, ap);
    va_end(ap);
}

/* All rows as "line:text", "line:name=text" or "line!reason", one after the
 * other with a blank line between. */
static void split(const char *bytes, size_t len, char *out)
{
    char *exact = malloc(len ? len : 1); /* so that a sanitizer sees the end */
    struct eco_stream *stream;
    struct eco_split *s;
    struct eco_split_row row;
    struct eco_err err = { 0 };
    int rc;

    memcpy(exact, bytes, len);
    out[0] = '\0';
    assert_int_equal(eco_stream_open_bytes(exact, len, &stream, &err), 0);
    assert_int_equal(eco_split_new(stream, &s, &err), 0);
    while ((rc = eco_split_next(s, &row, &err)) > 0) {
        put(out, "%s%llu", out[0] ? "\n\n" : "", (unsigned long long)row.line);
        assert_true(!row.bad || !row.text.len);
        if (row.bad)
            put(out, "!%s", row.bad);
        else if (row.name.len)
            put(out, ":%.*s=%.*s", (int)row.name.len, row.name.ptr,
                (int)row.text.len, row.text.ptr);
        else
            put(out, ":%.*s", (int)row.text.len, row.text.ptr);
    }
    assert_int_equal(rc, 0);
    assert_int_equal(eco_split_next(s, &row, &err), 0); /* and again */
    eco_split_free(s);
    eco_stream_close(stream);
    free(exact);
}

struct shape {
    const char *text, *rows;
};

static void check(const struct shape *shapes, size_t n)
{
    static char out[10000];

    for (size_t i = 0; i < n; i++) {
        split(shapes[i].text, strlen(shapes[i].text), out);
        if (strcmp(out, shapes[i].rows))
            fail_msg("%s\n--- gives\n%s\n--- expected\n%s", shapes[i].text, out,
                     shapes[i].rows);
    }
}

/* --- the shapes ------------------------------------------------------------- */

static void json_lines(void **state)
{
    static const struct shape shapes[] = {
        { "", "" },
        { "\n\n \r\n\t\n", "" },
        { "{\"id\":\"a/b\"}", "1:{\"id\":\"a/b\"}" },
        { "{\"id\":\"a/b\"}\n", "1:{\"id\":\"a/b\"}" },
        { "{\"id\":\"a/b\"}\n{\"id\":\"c/d\"}\n",
          "1:{\"id\":\"a/b\"}\n\n2:{\"id\":\"c/d\"}" },
        { "{\"id\":\"a/b\"}\r\n\r\n{\"id\":\"c/d\"}\r\n",
          "1:{\"id\":\"a/b\"}\n\n3:{\"id\":\"c/d\"}" },
        { "\n\n  {\"id\":\"a/b\"}  \n\n\n{\"id\":\"c/d\"}",
          "3:{\"id\":\"a/b\"}\n\n6:{\"id\":\"c/d\"}" },
        { "\xef\xbb\xbf{\"id\":\"a/b\"}\n{\"id\":\"c/d\"}",
          "1:{\"id\":\"a/b\"}\n\n2:{\"id\":\"c/d\"}" },
        { "\xef\xbb\xbf", "" },
        /* Not our rows, but each line for itself. */
        { "garbage\n{\"id\":\"a/b\"}\n5\n",
          "1:garbage\n\n2:{\"id\":\"a/b\"}\n\n3:5" },
        { "{}\n{}\n", "1:{}\n\n2:{}" },
        { "{\"snapshot\":\"2025-01-01\",\"id\":\"a/b\"}\n{\"id\":\"c/d\"}\n",
          "1:{\"snapshot\":\"2025-01-01\",\"id\":\"a/b\"}\n\n"
          "2:{\"id\":\"c/d\"}" },
        { "\"a\"\n\"b\"\n", "1:\"a\"\n\n2:\"b\"" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

static void an_array(void **state)
{
    static const struct shape shapes[] = {
        { "[]", "" },
        { " [ ] ", "" },
        { "[{\"id\":\"a/b\"}]", "1:{\"id\":\"a/b\"}" },
        { "[{\"id\":\"a/b\"},{\"id\":\"c/d\"}]\n",
          "1:{\"id\":\"a/b\"}\n\n1:{\"id\":\"c/d\"}" },
        { "\xef\xbb\xbf\r\n[\r\n  {\"id\":\"a/b\"},\r\n  {\r\n    "
          "\"id\":\"c/d\""
          "\r\n  }\r\n]\r\n",
          "3:{\"id\":\"a/b\"}\n\n4:{\r\n    \"id\":\"c/d\"\r\n  }" },
        /* Brackets, quotes and commas inside of strings are no structure. */
        { "[{\"a\":\"]},{\\\"[\\\\\"},{\"b\":[1,[2,{\"c\":\"}\"}]]}]",
          "1:{\"a\":\"]},{\\\"[\\\\\"}\n\n1:{\"b\":[1,[2,{\"c\":\"}\"}]]}" },
        /* What is no object is a row of its own, for the parser to refuse. */
        { "[1,\"x\",null,[{}],{\"id\":\"a/b\"}]",
          "1:1\n\n1:\"x\"\n\n1:null\n\n1:[{}]\n\n1:{\"id\":\"a/b\"}" },
        { "[a b,{\"id\":\"a/b\"}]", "1:a\n\n1:b\n\n1:{\"id\":\"a/b\"}" },
        { "[}{\"id\":\"a/b\"}]", "1:}\n\n1:{\"id\":\"a/b\"}" },
        { "[{\"a\":1}{\"b\":2}]", "1:{\"a\":1}\n\n1:{\"b\":2}" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

static void a_wrapper(void **state)
{
    static const struct shape shapes[] = {
        { "{\"models\":[]}", "" },
        { "{\"models\":[{\"id\":\"a/b\"},{\"id\":\"c/d\"}]}",
          "1:{\"id\":\"a/b\"}\n\n1:{\"id\":\"c/d\"}" },
        { "{\"count\":2,\"when\":{\"x\":[1,\"}\"]},\"models\":[{\"id\":\"a/"
          "b\"}],"
          "\"next\":[{\"id\":\"no/no\"}]}",
          "1:{\"id\":\"a/b\"}" },
        { "{\n  \"date\": \"2025-01-01\",\n  \"models\": [\n    {\n"
          "      \"id\": \"a/b\"\n    },\n    {\"id\": \"c/d\"}\n  ]\n}\n",
          "4:{\n      \"id\": \"a/b\"\n    }\n\n7:{\"id\": \"c/d\"}" },
        { "\xef\xbb\xbf { \"models\" : [ {\"id\":\"a/b\"} ] } ",
          "1:{\"id\":\"a/b\"}" },
        { "{\"models\\\"\":1,\"models\":[{\"id\":\"a/b\"}]}",
          "1:{\"id\":\"a/b\"}" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

static void authors_by_name(void **state)
{
    static const struct shape shapes[] = {
        { "{\"ab\":{\"type\":\"org\"},\"c-d\":{\"full_name\":\"x\"}}",
          "1:\"ab\"={\"type\":\"org\"}\n\n1:\"c-d\"={\"full_name\":\"x\"}" },
        { "{\n\"ab\": {\n\"type\": \"org\",\n\"models\": \"2\"\n},\n\"cd\": "
          "{\n\"type\": \"user\"\n}\n}\n",
          "2:\"ab\"={\n\"type\": \"org\",\n\"models\": \"2\"\n}\n\n"
          "6:\"cd\"={\n\"type\": \"user\"\n}" },
        { "{\"a\\\"b\":{\"_id\":\"6\"},\"cd\":{}}",
          "1:\"a\\\"b\"={\"_id\":\"6\"}\n\n1:\"cd\"={}" },
        { "{\"ab\":{\"fullname\":\"x\"}, \"cd\" : 5, \"ef\":null,\"g\":[{}]}",
          "1:\"ab\"={\"fullname\":\"x\"}\n\n1:\"cd\"=5\n\n1:\"ef\"=null\n\n"
          "1:\"g\"=[{}]" },
        { "{\"models\":{\"type\":\"org\"},\"cd\":{\"type\":\"user\"}}",
          "1:\"models\"={\"type\":\"org\"}\n\n1:\"cd\"={\"type\":\"user\"}" },
        { "{\"ab\":{\"type\":\"org\"},5}",
          "1:\"ab\"={\"type\":\"org\"}\n\n"
          "1!no closing brace after the last author" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

static void rows_over_many_lines(void **state)
{
    static const struct shape shapes[] = {
        { "{\n  \"id\": \"a/b\",\n  \"likes\": 3\n}\n",
          "1:{\n  \"id\": \"a/b\",\n  \"likes\": 3\n}" },
        { "{\n  \"id\": \"a/b\"\n}\n{\n  \"id\": \"c/d\"\n}\n",
          "1:{\n  \"id\": \"a/b\"\n}\n\n4:{\n  \"id\": \"c/d\"\n}" },
        { "{ \"id\": \"a/b\",\r\n  \"tags\": [\r\n    \"x\"\r\n  ]\r\n}\r\n",
          "1:{ \"id\": \"a/b\",\r\n  \"tags\": [\r\n    \"x\"\r\n  ]\r\n}" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

static void models_of_a_space_are_no_wrapper(void **state)
{
    static const struct shape shapes[] = {
        { "{\"id\":\"o/s\",\"models\":[\"a/b\"]}",
          "1:{\"id\":\"o/s\",\"models\":[\"a/b\"]}" },
        { "{\"id\":\"o/s\",\"models\":[]}",
          "1:{\"id\":\"o/s\",\"models\":[]}" },
        { "{\"sdk\":\"x\",\"models\":[{\"id\":\"a/b\"}]}",
          "1:{\"sdk\":\"x\",\"models\":[{\"id\":\"a/b\"}]}" },
        { "{\"title\":\"x\",\"models\":[\"a/b\"],\"id\":\"o/s\"}\n"
          "{\"title\":\"y\",\"models\":[\"a/b\"],\"id\":\"o/t\"}",
          "1:{\"title\":\"x\",\"models\":[\"a/b\"],\"id\":\"o/s\"}\n\n"
          "2:{\"title\":\"y\",\"models\":[\"a/b\"],\"id\":\"o/t\"}" },
        { "{\"models\":[\"a/b\"],\"id\":\"o/s\"}",
          "1:{\"models\":[\"a/b\"],\"id\":\"o/s\"}" },
        /* A model's row whose first member is an object. */
        { "{\"authorData\":{\"_id\":\"6\",\"name\":\"a\"},\"id\":\"a/b\"}\n"
          "{\"authorData\":{\"_id\":\"6\",\"name\":\"a\"},\"id\":\"a/c\"}",
          "1:{\"authorData\":{\"_id\":\"6\",\"name\":\"a\"},\"id\":\"a/b\"}\n\n"
          "2:{\"authorData\":{\"_id\":\"6\",\"name\":\"a\"},\"id\":\"a/c\"}" },
        { "{\"baseModels\":{\"models\":[{\"id\":\"x/y\"}]},\"id\":\"a/b\"}",
          "1:{\"baseModels\":{\"models\":[{\"id\":\"x/y\"}]},\"id\":\"a/b\"}" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

/* Where the first line of JSON Lines was cut off, the others are still rows,
 * whatever byte it ends with. */
static void a_bad_first_line_spoils_only_itself(void **state)
{
    static const char first[] =
        "{\"id\":\"a/b\",\"n\":{\"x\":[1,{\"y\":\"z\"}]},\"tags\":[\"t\"]}";
    static const char rest[] =
        "\n{\"id\":\"c/d\",\"likes\":1}\n{\"id\":\"e/f\"}\n";
    char text[400], out[800], expected[800];

    (void)state;
    for (size_t len = 1; len < sizeof(first); len++) {
        memcpy(text, first, len);
        strcpy(text + len, rest);
        split(text, strlen(text), out);
        sprintf(
            expected,
            "1:%.*s\n\n2:{\"id\":\"c/d\",\"likes\":1}\n\n3:{\"id\":\"e/f\"}",
            (int)len, first);
        if (strcmp(out, expected))
            fail_msg("cut to %.*s:\n%s", (int)len, first, out);
    }
}

/* --- damage ------------------------------------------------------------------ */

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    while ((text = strstr(text, what))) {
        n++;
        text += strlen(what);
    }
    return n;
}

/* Each row that is complete in the first `len` bytes is given, nothing else is
 * given as a row of an id, and a cut document says so. */
static void check_prefixes(const char *text, const char *const *rows, size_t n)
{
    static char out[4000];

    for (size_t len = 0; len <= strlen(text); len++) {
        size_t complete = 0;

        split(text, len, out);
        for (size_t i = 0; i < n; i++) {
            const char *at = strstr(text, rows[i]);
            bool whole = (size_t)(at - text) + strlen(rows[i]) <= len;

            complete += whole;
            if (whole && !strstr(out, rows[i]))
                fail_msg("%.*s: no %s in\n%s", (int)len, text, rows[i], out);
        }
        if (len == strlen(text) && strchr(out, '!'))
            fail_msg("%s: %s", text, out);
        /* The last good row or a complaint stands last. */
        if (len > 2 && len < strlen(text) - 1 && !strchr(out, '!') &&
            count(out, ":{") < complete)
            fail_msg("%.*s: %s", (int)len, text, out);
    }
}

static void truncated_at_every_byte(void **state)
{
    static const char *const rows[] = {
        "{\"id\":\"a/b\",\"t\":[\"]\",\"\\\"\"]}",
        "{\"id\":\"c/d\",\"o\":{\"p\":{}}}", "{\"id\":\"e/f\"}"
    };
    static const char *const authors[] = { "\"ab\"={\"type\":\"org\"}",
                                           "\"cd\"={\"type\":\"user\"}" };
    static const char *const layouts[] = {
        "%s\n%s\n%s\n",
        "[%s,%s,%s]",
        "[\n%s,\n%s,\n%s\n]",
        "{\"n\":3,\"models\":[%s,%s,%s]}",
        "{\n\"n\": 3,\n\"models\": [\n%s,\n%s,\n%s\n]\n}",
    };
    static char out[2000];
    char text[500];

    (void)state;
    for (size_t i = 0; i < COUNT(layouts); i++) {
        if (i < 3) {
            sprintf(text, layouts[i], rows[0], rows[1], rows[2]);
            check_prefixes(text, rows, 3);
        }
        sprintf(text, layouts[i], rows[0], rows[1], rows[2]);
        for (size_t len = 0; len < strlen(text);
             len++) /* no crash, and an end */
            split(text, len, out);
    }
    sprintf(text, "{\"ab\":{\"type\":\"org\"},\"cd\":{\"type\":\"user\"}}");
    for (size_t len = 0; len <= strlen(text); len++) {
        split(text, len, out);
        if (len >= 20)
            assert_non_null(strstr(out, authors[0]));
        assert_true((len >= 41) == (strstr(out, authors[1]) != NULL));
    }
}

static void what_is_cut_off_is_told(void **state)
{
    static const struct shape shapes[] = {
        { "[{\"id\":\"a/b\"},{\"id\":\"c",
          "1:{\"id\":\"a/b\"}\n\n1!the file ends inside this row\n\n"
          "1!the file ends before its closing bracket" },
        { "[{\"id\":\"a/b\"},\n{\"id\":\"c/d\"}",
          "1:{\"id\":\"a/b\"}\n\n2:{\"id\":\"c/d\"}\n\n"
          "2!the file ends before its closing bracket" },
        { "[", "1!the file ends before its closing bracket" },
        { "{\"models\":[{\"id\":\"a/b\"}",
          "1:{\"id\":\"a/b\"}\n\n"
          "1!the file ends before its closing bracket" },
        { "{\"ab\":{\"type\":\"org\"},\"c",
          "1:\"ab\"={\"type\":\"org\"}\n\n1!the file ends inside this row" },
        { "{\"ab\":{\"type\":\"org\"}",
          "1:\"ab\"={\"type\":\"org\"}\n\n"
          "1!no closing brace after the last author" },
        { "{\n  \"id\": \"a/b\",\n", "1!the file ends inside this row" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

/* Rows behind the closing bracket would be lost without a word. */
static void text_behind_the_end_is_told(void **state)
{
    static const struct shape shapes[] = {
        { "[{\"id\":\"a/b\"}]\n[{\"id\":\"c/d\"}]\n",
          "1:{\"id\":\"a/b\"}\n\n2!more text after the closing bracket" },
        { "[{\"id\":\"a/b\"}] \n\n x",
          "1:{\"id\":\"a/b\"}\n\n3!more text after the closing bracket" },
        { "{\"ab\":{\"type\":\"org\"}}\n{\"cd\":{\"type\":\"org\"}}",
          "1:\"ab\"={\"type\":\"org\"}\n\n"
          "2!more text after the closing bracket" },
        { "[{\"id\":\"a/b\"}] \r\n\t ", "1:{\"id\":\"a/b\"}" },
        { "{\"ab\":{\"type\":\"org\"}}\n\n", "1:\"ab\"={\"type\":\"org\"}" },
    };

    (void)state;
    check(shapes, COUNT(shapes));
}

static void zero_bytes_are_bytes_like_others(void **state)
{
    static const char lines[] =
        "{\"id\":\"a/b\"}\n\0\0\n{\"id\":\"\0c/d\"}\n\0";
    static const char array[] = "[{\"id\":\"a/b\"},\0,{\"id\":\"\0\"}]\0";
    struct eco_stream *stream;
    struct eco_split *s;
    struct eco_split_row row;
    static const size_t line_lengths[] = { 12, 2, 13, 1 };
    static const size_t element_lengths[] = { 12, 1, 10 };

    (void)state;
    assert_int_equal(
        eco_stream_open_bytes(lines, sizeof(lines) - 1, &stream, NULL), 0);
    assert_int_equal(eco_split_new(stream, &s, NULL), 0);
    for (size_t i = 0; i < COUNT(line_lengths); i++) {
        assert_int_equal(eco_split_next(s, &row, NULL), 1);
        assert_int_equal(row.line, i + 1);
        assert_int_equal(row.text.len, line_lengths[i]);
    }
    assert_int_equal(eco_split_next(s, &row, NULL), 0);
    eco_split_free(s);
    eco_stream_close(stream);

    assert_int_equal(
        eco_stream_open_bytes(array, sizeof(array) - 2, &stream, NULL), 0);
    assert_int_equal(eco_split_new(stream, &s, NULL), 0);
    for (size_t i = 0; i < COUNT(element_lengths); i++) {
        assert_int_equal(eco_split_next(s, &row, NULL), 1);
        assert_int_equal(row.text.len, element_lengths[i]);
    }
    assert_int_equal(eco_split_next(s, &row, NULL), 0);
    eco_split_free(s);
    eco_stream_close(stream);
}

/* --- long rows ------------------------------------------------------------------ */

/* before, a string of n bytes with its quotes, after. */
static char *with_string(const char *before, size_t n, const char *after,
                         size_t *len)
{
    char *text = malloc(strlen(before) + n + strlen(after) + 1), *at = text;

    at += sprintf(at, "%s", before);
    memset(at, 'x', n);
    at[0] = at[n - 1] = '"';
    strcpy(at + n, after);
    *len = (size_t)(at - text) + n + strlen(after);
    return text;
}

struct long_case {
    const char *before, *after;
    size_t n;           /* bytes of the long string */
    uint64_t line[4];   /* of each row */
    size_t text_len[4]; /* 0: a bad row */
    size_t rows;
};

static void check_long(const struct long_case *c)
{
    size_t len, i = 0;
    char *text = with_string(c->before, c->n, c->after, &len);
    struct eco_stream *stream;
    struct eco_split *s;
    struct eco_split_row row;

    assert_int_equal(eco_stream_open_bytes(text, len, &stream, NULL), 0);
    assert_int_equal(eco_split_new(stream, &s, NULL), 0);
    for (i = 0; eco_split_next(s, &row, NULL) > 0; i++) {
        assert_true(i < c->rows);
        assert_int_equal(row.line, c->line[i]);
        assert_int_equal(row.text.len, c->text_len[i]);
        assert_true((row.bad != NULL) == !c->text_len[i]);
        if (row.bad)
            assert_non_null(strstr(row.bad, "more than 16 MiB"));
    }
    assert_int_equal(i, c->rows);
    eco_split_free(s);
    eco_stream_close(stream);
    free(text);
}

static void a_row_may_have_16_mib_and_no_more(void **state)
{
    const size_t max = ECO_MAX_ROW_BYTES;
    const struct long_case cases[] = {
        { "{\"id\":1}\n{\"a\":",
          "}\n{\"id\":2}\n",
          max - 6,
          { 1, 2, 3 },
          { 8, max, 8 },
          3 },
        { "{\"id\":1}\n{\"a\":",
          "}\n{\"id\":2}\n",
          max - 5,
          { 1, 2, 3 },
          { 8, 0, 8 },
          3 },
        { "{\"id\":1}\n{\"a\":",
          "}\n{\"id\":2}\n",
          40u << 20,
          { 1, 2, 3 },
          { 8, 0, 8 },
          3 },
        { "{\"a\":", "}\n{\"id\":2}", 40u << 20, { 1, 2 }, { 0, 8 }, 2 },
        { "[{\"id\":1},\n{\"a\":",
          "},{\"id\":2}]",
          max - 6,
          { 1, 2, 2 },
          { 8, max, 8 },
          3 },
        { "[{\"id\":1},\n{\"a\":",
          "},{\"id\":2}]",
          max - 5,
          { 1, 2, 2 },
          { 8, 0, 8 },
          3 },
        { "[{\"id\":1},\n{\"a\":",
          "\n},\n{\"id\":2}]",
          40u << 20,
          { 1, 2, 4 },
          { 8, 0, 8 },
          3 },
        { "{\"models\":[{\"id\":1},\n{\"a\":",
          "},{\"id\":2}]}",
          20u << 20,
          { 1, 2, 2 },
          { 8, 0, 8 },
          3 },
        { "{\"ab\":{\"type\":1},\n\"cd\":{\"a\":",
          "},\"e\":{}}",
          20u << 20,
          { 1, 2, 2 },
          { 10, 0, 2 },
          3 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_long(&cases[i]);
}

/* 20 MiB of lines and elements: what lies across the window's edges. */
static void many_rows_come_whole_and_in_order(void **state)
{
    static const char *const layouts[][3] = {
        { "", "\n", "" }, { "[", ",", "]" }, { "{\"models\":[", ",\n", "]}" }
    };
    const uint32_t n = 60000;
    char *text = malloc(24u << 20), *pad = malloc(1000);

    (void)state;
    memset(pad, 'y', 1000);
    for (size_t l = 0; l < COUNT(layouts); l++) {
        struct eco_stream *stream;
        struct eco_split *s;
        struct eco_split_row row;
        char *at = text, expected[1100];
        uint32_t i = 0;

        at += sprintf(at, "%s", layouts[l][0]);
        for (i = 0; i < n; i++)
            at += sprintf(at, "%s{\"id\":\"%u\",\"p\":\"%.*s\"}",
                          i ? layouts[l][1] : "", i, (int)(i * 7 % 700), pad);
        at += sprintf(at, "%s", layouts[l][2]);
        assert_int_equal(
            eco_stream_open_bytes(text, (size_t)(at - text), &stream, NULL), 0);
        assert_int_equal(eco_split_new(stream, &s, NULL), 0);
        for (i = 0; eco_split_next(s, &row, NULL) > 0; i++) {
            sprintf(expected, "{\"id\":\"%u\",\"p\":\"%.*s\"}", i,
                    (int)(i * 7 % 700), pad);
            assert_true(eco_str_is(row.text, expected));
            assert_int_equal(row.line, l == 1 ? 1 : i + 1);
        }
        assert_int_equal(i, n);
        eco_split_free(s);
        eco_stream_close(stream);
    }
    free(text);
    free(pad);
}

static void a_stream_that_fails_fails_the_split(void **state)
{
    /* A gzip header and nothing behind it. */
    static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03";
    struct eco_stream *stream;
    struct eco_split *s = (void *)1;
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_stream_open_bytes(head, 10, &stream, &err), 0);
    assert_int_equal(eco_split_new(stream, &s, &err), ECO_EFORMAT);
    assert_null(s);
    assert_non_null(strstr(err.msg, "ends too early"));
    eco_split_free(NULL);
    eco_stream_close(stream);
}

/* Windows grow: with a row of 300,000 bytes there is more than one growth. */
static void survives_every_allocation_failure(void **state)
{
    size_t len;
    char *text =
        with_string("{\"id\":1}\n{\"a\":", 300000, "}\n{\"id\":2}", &len);
    long k = 0;
    int rc;

    (void)state;
    do {
        struct eco_stream *stream;
        struct eco_split *s;
        struct eco_split_row row;
        struct eco_err err = { 0 };
        int rows = 0;
        long before;

        assert_true(k < 50);
        assert_int_equal(eco_stream_open_bytes(text, len, &stream, NULL), 0);
        before = eco_test_live_blocks();
        eco_test_fail_alloc_after(k++);
        rc = eco_split_new(stream, &s, &err);
        while (!rc && (rc = eco_split_next(s, &row, &err)) > 0) {
            rows++;
            rc = 0;
        }
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_ENOMEM || (rc == 0 && rows == 3));
        assert_int_equal(err.code, rc);
        eco_split_free(s);
        assert_int_equal(eco_test_live_blocks(), before);
        eco_stream_close(stream);
    } while (rc);
    assert_true(k >= 4);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines),
        cmocka_unit_test(an_array),
        cmocka_unit_test(a_wrapper),
        cmocka_unit_test(authors_by_name),
        cmocka_unit_test(rows_over_many_lines),
        cmocka_unit_test(models_of_a_space_are_no_wrapper),
        cmocka_unit_test(a_bad_first_line_spoils_only_itself),
        cmocka_unit_test(truncated_at_every_byte),
        cmocka_unit_test(what_is_cut_off_is_told),
        cmocka_unit_test(text_behind_the_end_is_told),
        cmocka_unit_test(zero_bytes_are_bytes_like_others),
        cmocka_unit_test(a_row_may_have_16_mib_and_no_more),
        cmocka_unit_test(many_rows_come_whole_and_in_order),
        cmocka_unit_test(a_stream_that_fails_fails_the_split),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, tear_down);
}
