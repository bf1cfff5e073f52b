/* SPDX-License-Identifier: MIT */
#include "support/rows.h"

#include <roaring/roaring.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "store/text.h"

struct eco_test_rows {
    struct eco_json_reader *json;
    struct eco_text_codec *codec;
    struct eco_arena arena;
    struct eco_buf packed;
};

/* assert() may be switched off; this may not. */
static void must(bool yes, const char *what)
{
    if (yes)
        return;
    fprintf(stderr, "tests/support/rows: %s\n", what);
    abort();
}

struct eco_test_rows *eco_test_rows_new(void)
{
    struct eco_test_rows *r = calloc(1, sizeof(*r));

    must(r != NULL, "no memory");
    must(!eco_json_reader_new(&r->json, NULL), "no JSON reader");
    must(!eco_text_codec_new(&r->codec, NULL), "no codec");
    eco_arena_init(&r->arena, 64u << 20);
    eco_buf_init(&r->packed, 2 * ECO_MAX_ROW_BYTES);
    return r;
}

void eco_test_rows_free(struct eco_test_rows *r)
{
    eco_json_reader_free(r->json);
    eco_text_codec_free(r->codec);
    eco_arena_release(&r->arena);
    eco_buf_release(&r->packed);
    free(r);
}

int32_t eco_test_day(const char *text)
{
    int32_t day = 0;

    must(eco_day_parse(eco_str_from_c(text), &day), text);
    return day;
}

int eco_test_put(struct eco_test_rows *r, struct eco_store *s,
                 const char *author, int32_t day, const char *json,
                 enum eco_put *outcome, struct eco_err *err)
{
    struct eco_str text = eco_str_from_c(json);
    struct eco_record rec = { .told = { .day = day, .text = text } };
    enum eco_record_kind kind = ECO_RECORD_AUTHOR;
    struct eco_json *row;
    int rc;

    eco_arena_reset(&r->arena);
    must(!eco_json_parse(r->json, text, &row, NULL), json);
    if (author)
        rec.told.id = eco_str_from_c(author);
    else
        kind = eco_record_is_space(row) ? ECO_RECORD_SPACE : ECO_RECORD_MODEL;
    must(!eco_record_read(kind, row, &r->arena, &rec, NULL), json);
    must(!eco_text_pack(r->codec, text, &r->packed, NULL), json);
    rc = eco_store_put(s, &rec, eco_buf_view(&r->packed), outcome, err);
    eco_json_free(row);
    return rc;
}

/* --- the dump ------------------------------------------------------------ */

struct dump {
    sqlite3 *db;
    FILE *out;
    char *text;
    size_t len;
};

static sqlite3_stmt *prepare(struct dump *d, const char *sql)
{
    sqlite3_stmt *stmt = NULL;

    must(!sqlite3_prepare_v2(d->db, sql, -1, &stmt, NULL), sql);
    return stmt;
}

static void put_value(FILE *out, sqlite3_stmt *stmt, int at)
{
    const unsigned char *text = sqlite3_column_text(stmt, at);

    fprintf(out, "|%s", text ? (const char *)text : "-");
}

/* One line for each row of a query. */
static void dump_query(struct dump *d, const char *table, const char *sql)
{
    sqlite3_stmt *stmt = prepare(d, sql);
    int rc;

    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        fputs(table, d->out);
        for (int i = 0; i < sqlite3_column_count(stmt); i++)
            put_value(d->out, stmt, i);
        fputc('\n', d->out);
    }
    must(rc == SQLITE_DONE, sql);
    sqlite3_finalize(stmt);
}

static void dump_set(struct dump *d, int day, const char *name,
                     sqlite3_stmt *capture, int at)
{
    sqlite3_stmt *key = prepare(d, "SELECT key FROM model WHERE model_id = ?");
    roaring_bitmap_t *set = roaring_bitmap_portable_deserialize_safe(
        sqlite3_column_blob(capture, at),
        (size_t)sqlite3_column_bytes(capture, at));
    roaring_uint32_iterator_t it;

    must(set != NULL, "a capture's set is damaged");
    for (roaring_init_iterator(set, &it); it.has_value;
         roaring_advance_uint32_iterator(&it)) {
        sqlite3_reset(key);
        sqlite3_bind_int64(key, 1, it.current_value);
        must(sqlite3_step(key) == SQLITE_ROW, "a capture names no model");
        fprintf(d->out, "capture|%d|%s|%s\n", day, name,
                (const char *)sqlite3_column_text(key, 0));
    }
    roaring_bitmap_free(set);
    sqlite3_finalize(key);
}

static void dump_captures(struct dump *d)
{
    sqlite3_stmt *stmt =
        prepare(d, "SELECT day, models, likes, downloads FROM capture");

    while (sqlite3_step(stmt) == SQLITE_ROW) {
        int day = sqlite3_column_int(stmt, 0);

        fprintf(d->out, "capture|%d\n", day);
        dump_set(d, day, "models", stmt, 1);
        dump_set(d, day, "likes", stmt, 2);
        dump_set(d, day, "downloads", stmt, 3);
    }
    sqlite3_finalize(stmt);
}

/* The kept rows of one table, with their texts unpacked. */
static void dump_told(struct dump *d, const char *table, const char *sql)
{
    sqlite3_stmt *stmt = prepare(d, sql);
    struct eco_text_codec *codec;
    struct eco_buf text;

    must(!eco_text_codec_new(&codec, NULL), "no codec");
    eco_buf_init(&text, ECO_MAX_ROW_BYTES);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        struct eco_str packed = { sqlite3_column_blob(stmt, 0),
                                  (size_t)sqlite3_column_bytes(stmt, 0) };

        must(!eco_text_unpack(codec, packed, &text, NULL), "a bad told text");
        fputs(table, d->out);
        for (int i = 1; i < sqlite3_column_count(stmt); i++)
            put_value(d->out, stmt, i);
        fprintf(d->out, "|%.*s\n", (int)text.len, text.ptr);
    }
    eco_buf_release(&text);
    eco_text_codec_free(codec);
    sqlite3_finalize(stmt);
}

static void dump_facts(struct dump *d)
{
    dump_query(d, "setting", "SELECT name, value FROM setting");
    dump_query(d, "model",
               "SELECT key, id, hub_id, created, modified, likes, downloads,"
               " downloads_all, task, library, licence, gated, disabled,"
               " parameters, storage, bad_bases, languages FROM model");
    dump_query(d, "derivation",
               "SELECT key, position, source, base, relation, declared"
               " FROM derivation JOIN model USING (model_id)");
    dump_query(d, "alias",
               "SELECT a.key, a.id, m.key FROM alias a JOIN model m"
               " USING (model_id)");
    dump_query(d, "history",
               "SELECT key, metric, day, value FROM history"
               " JOIN model USING (model_id)");
    dump_query(d, "author",
               "SELECT key, name, type, nature, full_name, avatar_url,"
               " website, github FROM author");
    dump_query(d, "space", "SELECT key, id, created, likes FROM space");
    dump_query(d, "space_model",
               "SELECT key, position, model FROM space_model"
               " JOIN space USING (space_id)");
    dump_captures(d);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void eco_test_sort_lines(char *text)
{
    size_t len = strlen(text), n = 0, i = 0;
    char *copy = strdup(text), *save = NULL, *to = text;
    char **lines = calloc(len + 1, sizeof(*lines));

    must(copy && lines, "no memory");
    for (char *l = strtok_r(copy, "\n", &save); l;
         l = strtok_r(NULL, "\n", &save))
        lines[n++] = l;
    qsort(lines, n, sizeof(*lines), by_text);
    for (i = 0; i < n; i++)
        to += sprintf(to, "%s\n", lines[i]);
    free(lines);
    free(copy);
}

#define TOLD(kind)                                                             \
    "SELECT text, key, seq, day, t.modified, t.id, fields, hash FROM " kind    \
    "_told t JOIN " kind " USING (" kind "_id)"

char *eco_test_dump(const char *path, bool with_told)
{
    struct dump d = { 0 };

    d.out = open_memstream(&d.text, &d.len);
    must(d.out != NULL, "no memory");
    must(!sqlite3_open_v2(path, &d.db, SQLITE_OPEN_READONLY, NULL), path);
    dump_facts(&d);
    if (with_told) {
        dump_told(&d, "model_told", TOLD("model"));
        dump_told(&d, "space_told", TOLD("space"));
        dump_told(&d, "author_told", TOLD("author"));
    }
    sqlite3_close(d.db);
    fclose(d.out);
    eco_test_sort_lines(d.text);
    return d.text;
}
