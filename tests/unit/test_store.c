/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "store/internal.h"
#include "store/migrations.h"
#include "support/pack.h"
#include "support/rows.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- one store, new for every test ------------------------------------------ */

static struct {
    char dir[40];
    char path[64];
    struct eco_store *s; /* open for writing, in a transaction; or NULL */
    struct eco_test_rows *rows;
} fix;

static void open_store(void)
{
    struct eco_err err = { 0 };

    if (eco_store_open(fix.path, ECO_STORE_WRITE, &fix.s, &err) ||
        eco_store_begin(fix.s, &err))
        fail_msg("%s", err.msg);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(fix.dir, "/tmp/eco-store-XXXXXX");
    if (!mkdtemp(fix.dir))
        return -1;
    snprintf(fix.path, sizeof(fix.path), "%s/x.db", fix.dir);
    fix.rows = eco_test_rows_new();
    open_store();
    return 0;
}

static void remove_files(void)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".lock",
                                        "-journal" };
    char name[100];

    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof(name), "%s%s", fix.path, ends[i]);
        unlink(name);
    }
}

static int tear_down(void **state)
{
    (void)state;
    eco_store_close(fix.s);
    fix.s = NULL;
    eco_test_rows_free(fix.rows);
    remove_files();
    return rmdir(fix.dir) || eco_test_live_blocks() ? -1 : 0;
}

static enum eco_put put_as(const char *author, const char *day,
                           const char *json)
{
    struct eco_err err = { 0 };
    enum eco_put outcome;

    if (eco_test_put(fix.rows, fix.s, author, eco_test_day(day), json, &outcome,
                     &err))
        fail_msg("%s: %s", json, err.msg);
    return outcome;
}

static enum eco_put put(const char *day, const char *json)
{
    return put_as(NULL, day, json);
}

/* A model's row with an id and more members; none: "" */
static enum eco_put tell(const char *day, const char *id, const char *members)
{
    char json[2000];

    snprintf(json, sizeof(json), "{\"id\":\"%s\"%s%s}", id, *members ? "," : "",
             members);
    return put(day, json);
}

static void commit(void)
{
    struct eco_err err = { 0 };

    if (eco_store_commit(fix.s, &err))
        fail_msg("%s", err.msg);
    if (eco_store_begin(fix.s, &err))
        fail_msg("%s", err.msg);
}

/* A new store in the place of the old one. */
static void anew(void)
{
    eco_store_close(fix.s);
    remove_files();
    open_store();
}

/* Commit, and compare the rows of a query, "a|b;c|d", with what is expected. */
static void expect(const char *sql, const char *expected)
{
    char seen[3000] = "";
    sqlite3_stmt *stmt;
    sqlite3 *db;

    if (fix.s)
        commit();
    assert_int_equal(sqlite3_open_v2(fix.path, &db, SQLITE_OPEN_READONLY, NULL),
                     0);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL))
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    while (sqlite3_step(stmt) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *v = (const char *)sqlite3_column_text(stmt, i);

            if (i || *seen)
                strcat(seen, i ? "|" : ";");
            strcat(seen, v ? v : "-");
        }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    if (strcmp(seen, expected))
        fail_msg("%s\n  gives    %s\n  expected %s", sql, seen, expected);
}

/* day numbers as dates: history and captures are read more easily so. */
#define DATE "date(day*86400,'unixepoch')"

static char *dump(void)
{
    if (fix.s)
        commit();
    return eco_test_dump(fix.path, true);
}

/* --- what a row changes ------------------------------------------------------ */

#define FACTS "SELECT id,likes,downloads,task FROM model"

static void an_absent_key_says_nothing_and_null_clears(void **state)
{
    (void)state;
    tell("2025-01-01", "a/b",
         "\"likes\":1,\"downloads\":2,\"pipeline_tag\":\"t\"");
    expect(FACTS, "a/b|1|2|t");
    tell("2025-01-02", "a/b", "\"likes\":5");
    expect(FACTS, "a/b|5|2|t");
    tell("2025-01-03", "a/b", "\"downloads\":null,\"pipeline_tag\":null");
    expect(FACTS, "a/b|5|-|-");
    tell("2025-01-04", "a/b", "");
    expect(FACTS, "a/b|5|-|-");
    tell("2025-01-05", "a/b", "\"pipeline_tag\":\"u\"");
    expect(FACTS, "a/b|5|-|u");
}

static void an_older_row_fills_only_what_is_not_told(void **state)
{
    (void)state;
    tell("2025-01-05", "a/b", "\"likes\":5,\"pipeline_tag\":null");
    assert_int_equal(tell("2025-01-01", "a/b",
                          "\"likes\":1,\"downloads\":2,\"pipeline_tag\":\"t\""),
                     ECO_PUT_CHANGED);
    expect(FACTS, "a/b|5|2|-"); /* cleared later than it was told */
    tell("2025-01-03", "a/b", "\"downloads\":3,\"pipeline_tag\":\"v\"");
    expect(FACTS, "a/b|5|3|-");
    tell("2025-01-02", "a/b", "\"downloads\":4");
    expect(FACTS, "a/b|5|3|-");
    /* "A row changes a field only if its own date is not older". */
    tell("2025-01-03", "a/b",
         "\"downloads\":9,\"lastModified\":\"2025-01-01\"");
    expect(FACTS, "a/b|5|9|-");
}

static void every_column_is_kept(void **state)
{
    (void)state;
    tell("2025-01-01", "a/b",
         "\"_id\":\"6a\",\"createdAt\":\"2025-01-01\",\"lastModified\":"
         "\"2025-01-02\",\"likes\":1,\"downloads\":2,\"downloadsAllTime\":3,"
         "\"pipeline_tag\":\"t\",\"library_name\":\"l\",\"gated\":\"auto\","
         "\"disabled\":true,\"gguf\":{\"total\":4},\"usedStorage\":5,"
         "\"tags\":[\"license:mit\",\"zh\",\"en\"],\"cardData\":"
         "{\"base_model\":\"/x\"}");
    expect("SELECT key,id,hub_id,created,modified,likes,downloads,"
           "downloads_all,task,library,licence,gated,disabled,parameters,"
           "storage,bad_bases,languages FROM model",
           "a/b|a/b|6a|1735689600000|1735776000000|1|2|3|t|l|mit|2|1|4|5|1|"
           "en,zh");
    tell("2025-01-02", "a/b",
         "\"_id\":null,\"createdAt\":null,\"lastModified\":null,\"likes\":null,"
         "\"downloads\":null,\"downloadsAllTime\":null,\"pipeline_tag\":null,"
         "\"library_name\":null,\"gated\":null,\"disabled\":null,\"gguf\":null,"
         "\"usedStorage\":null,\"tags\":null,\"cardData\":null");
    expect("SELECT key,id,hub_id,created,modified,likes,downloads,"
           "downloads_all,task,library,licence,gated,disabled,parameters,"
           "storage,bad_bases,languages FROM model",
           "a/b|a/b|-|-|-|-|-|-|-|-|-|0|0|-|-|0|-");
}

#define LANGUAGES "SELECT id,languages FROM model ORDER BY key"

static void languages_are_the_cards_then_the_tags(void **state)
{
    (void)state;
    assert_int_equal(tell("2025-01-02", "a/b", "\"tags\":[\"fr\",\"en\"]"),
                     ECO_PUT_NEW);
    expect(LANGUAGES, "a/b|en,fr");
    assert_int_equal(tell("2025-01-03", "a/b", "\"tags\":[\"en\",\"fr\"]"),
                     ECO_PUT_SAME);
    assert_int_equal(
        tell("2025-01-01", "a/b", "\"cardData\":{\"language\":\"zh-CN\"}"),
        ECO_PUT_CHANGED);
    expect(LANGUAGES, "a/b|zh");
    assert_int_equal(tell("2025-01-04", "a/b", "\"cardData\":null"),
                     ECO_PUT_CHANGED);
    expect(LANGUAGES, "a/b|en,fr");
    assert_int_equal(tell("2025-01-04", "a/b", "\"tags\":[\"ml\"]"),
                     ECO_PUT_CHANGED);
    expect(LANGUAGES, "a/b|-");
}

static void an_alias_keeps_its_own_languages(void **state)
{
    (void)state;
    tell("2025-01-01", "old/x",
         "\"_id\":\"6\",\"cardData\":{\"language\":\"de\"}");
    tell("2025-01-02", "new/x", "\"_id\":\"6\",\"tags\":[\"en\"]");
    expect(LANGUAGES, "new/x|de;old/x|de");
    tell("2025-01-03", "new/x", "\"cardData\":{\"language\":[\"fr\",\"it\"]}");
    expect(LANGUAGES, "new/x|fr,it;old/x|de");
}

static void outcomes_are_told(void **state)
{
    (void)state;
    assert_int_equal(tell("2025-01-01", "a/b", "\"likes\":1"), ECO_PUT_NEW);
    assert_int_equal(tell("2025-01-01", "a/b", "\"likes\":1"), ECO_PUT_SAME);
    assert_int_equal(tell("2025-01-02", "a/b", "\"likes\":1"), ECO_PUT_SAME);
    assert_int_equal(tell("2025-01-03", "a/b", "\"likes\":2"), ECO_PUT_CHANGED);
    assert_int_equal(tell("2025-01-01", "A/B", "\"sha\":\"x\""), ECO_PUT_SAME);
    /* An older number is news for the history. */
    assert_int_equal(tell("2024-12-31", "a/b", "\"likes\":7"), ECO_PUT_CHANGED);
    assert_int_equal(tell("2025-01-04", "a/b", "\"tags\":[\"base_model:c/d\"]"),
                     ECO_PUT_CHANGED);
    assert_int_equal(
        tell("2025-01-05", "a/b", "\"tags\":[\"x\",\"base_model:c/d\"]"),
        ECO_PUT_SAME);
    assert_int_equal(put_as("ab", "2025-01-01", "{\"type\":\"org\"}"),
                     ECO_PUT_NEW);
    assert_int_equal(put_as("ab", "2025-01-01", "{\"type\":\"org\"}"),
                     ECO_PUT_SAME);
    assert_int_equal(put_as("ab", "2025-01-02", "{\"type\":\"user\"}"),
                     ECO_PUT_CHANGED);
    assert_int_equal(put("2025-01-01", "{\"id\":\"a/b\",\"sdk\":\"x\"}"),
                     ECO_PUT_NEW);
    assert_int_equal(put("2025-01-02",
                         "{\"id\":\"a/b\",\"sdk\":\"x\",\"models\":[\"c/d\"]}"),
                     ECO_PUT_CHANGED);
}

/* Two rows in both orders; the facts have to come out the same. */
static void either_order(const char *day, const char *one, const char *two,
                         const char *sql, const char *expected)
{
    for (int order = 0; order < 2; order++) {
        anew();
        put(day, order ? two : one);
        put(day, order ? one : two);
        expect(sql, expected);
    }
}

static void ties_are_broken_by_modified_then_id_then_text(void **state)
{
    (void)state;
    either_order("2025-01-01",
                 "{\"id\":\"z/z\",\"likes\":1,\"lastModified\":\"2024-02-02\"}",
                 "{\"id\":\"A/A\",\"likes\":2,\"lastModified\":\"2024-02-01\"}",
                 "SELECT id,likes FROM model ORDER BY key", "A/A|2;z/z|1");
    either_order("2025-01-01",
                 "{\"id\":\"z/z\",\"likes\":1,\"lastModified\":\"2024-02-02\"}",
                 "{\"id\":\"Z/Z\",\"likes\":2,\"lastModified\":\"2024-02-01\"}",
                 "SELECT id,likes FROM model", "z/z|1");
    either_order("2025-01-01",
                 "{\"id\":\"z/z\",\"likes\":1,\"lastModified\":\"2024-02-02\"}",
                 "{\"id\":\"z/z\",\"likes\":2}", "SELECT id,likes FROM model",
                 "z/z|1"); /* an unknown lastModified is the earliest */
    either_order("2025-01-01", "{\"id\":\"z/z\",\"likes\":9}",
                 "{\"id\":\"Z/z\",\"likes\":1}", "SELECT id,likes FROM model",
                 "Z/z|1"); /* the bytewise smaller id */
    either_order("2025-01-01", "{\"id\":\"z/z\",\"likes\":19}",
                 "{\"id\":\"z/z\",\"likes\":2}", "SELECT id,likes FROM model",
                 "z/z|2"); /* the larger text */
    either_order("2025-01-01", "{\"id\":\"z/z\",\"likes\":1}",
                 "{\"id\":\"z/z\",\"likes\":1 }",
                 "SELECT length(t.text)>0,t.seq,t.fields,id FROM model_told t"
                 " JOIN model USING (model_id,id)",
                 "1|0|8|z/z"); /* only one of them is kept */
}

/* The losing row of a tie still tells what the winner does not. */
static void ties_are_broken_field_by_field(void **state)
{
    (void)state;
    either_order("2025-01-01", "{\"id\":\"Z/z\",\"likes\":1}",
                 "{\"id\":\"z/z\",\"likes\":2,\"downloads\":3}", FACTS,
                 "Z/z|1|3|-");
}

static void a_set_is_replaced_as_a_whole(void **state)
{
    static const char sql[] =
        "SELECT source,base,relation,declared FROM derivation";

    (void)state;
    tell("2025-01-01", "a/b",
         "\"tags\":[\"base_model:merge:c/d\",\"base_model:merge:e/f\"],"
         "\"cardData\":{\"base_model\":\"g/h\"}");
    expect(sql, "1|c/d|merge|1;1|e/f|merge|1");
    tell("2025-01-02", "a/b", "\"tags\":[\"base_model:quantized:i/j\"]");
    expect(sql, "1|i/j|quantized|1");
    tell("2025-01-03", "a/b", "\"baseModels\":[\"k/l\"]");
    expect(sql, "0|k/l|finetune|0");
    tell("2025-01-04", "a/b", "\"baseModels\":null");
    expect(sql, "1|i/j|quantized|1");
    tell("2025-01-05", "a/b", "\"tags\":[\"gguf\"]");
    expect(sql, "3|g/h|quantized|0"); /* the old card, the new hint */
    tell("2025-01-06", "a/b", "\"cardData\":{}");
    expect(sql, "");
    /* A wrong type is no new value. */
    tell("2025-01-07", "a/b", "\"cardData\":{\"base_model\":\"m/n\"}");
    tell("2025-01-08", "a/b", "\"cardData\":7,\"tags\":\"x\"");
    expect(sql, "3|m/n|quantized|0");
}

static void ids_are_one_without_regard_to_case(void **state)
{
    (void)state;
    tell("2025-01-02", "Org/Model", "\"likes\":1");
    tell("2025-01-01", "ORG/MODEL", "\"downloads\":2");
    expect("SELECT key,id,likes,downloads FROM model",
           "org/model|Org/Model|1|2");
    tell("2025-01-03", "org/model", "");
    expect("SELECT key,id,likes,downloads FROM model",
           "org/model|org/model|1|2");
    put_as("Author", "2025-01-02", "{\"type\":\"org\"}");
    put_as("AUTHOR", "2025-01-01", "{\"website\":\"w\"}");
    expect("SELECT key,name,type,website FROM author", "author|Author|org|w");
}

/* One text under two spellings of a name: the smaller spelling counts. */
static void spellings_of_an_author_do_not_depend_on_the_order(void **state)
{
    static const char *const names[] = { "Author", "author" };

    (void)state;
    for (int order = 0; order < 2; order++) {
        anew();
        put_as(names[order], "2025-01-01", "{\"type\":\"org\"}");
        put_as(names[!order], "2025-01-01", "{\"type\":\"org\"}");
        expect("SELECT name FROM author", "Author");
    }
}

static void the_same_again_changes_nothing(void **state)
{
    char *first = NULL, *again;

    (void)state;
    for (int round = 0; round < 2; round++) {
        tell("2025-01-01", "a/b", "\"likes\":1,\"tags\":[\"base_model:c/d\"]");
        tell("2025-01-02", "A/b", "\"likes\":2,\"_id\":\"9\"");
        tell("2025-01-02", "e/f", "\"likes\":2,\"_id\":\"9\"");
        put("2025-01-03", "{\"id\":\"s/s\",\"likes\":1,\"models\":[\"a/b\"]}");
        put_as("ab", "2025-01-03", "{\"type\":\"org\"}");
        if (round == 0)
            first = dump();
    }
    again = dump();
    assert_string_equal(first, again);
    free(first);
    free(again);
}

/* At most one row for each field is kept, and the first. */
static void kept_rows_stay_few(void **state)
{
    char members[100];

    (void)state;
    for (int i = 0; i < 60; i++) {
        snprintf(members, sizeof(members), "\"likes\":%d,\"downloads\":%d",
                 i * 37 % 60, i);
        tell(i % 2 ? "2025-01-01" : "2025-01-02", "a/b", members);
    }
    tell("2025-01-03", "a/b", "");
    expect("SELECT count(*)<=3 FROM model_told", "1");
    expect("SELECT id,fields FROM model_told WHERE seq=0", "a/b|0");
}

/* --- aliases ------------------------------------------------------------------ */

#define ALIASES                                                                \
    "SELECT a.id,m.id FROM alias a JOIN model m USING (model_id) ORDER BY "    \
    "a.key"
#define MODELS                                                                 \
    "SELECT id,likes,downloads FROM model WHERE key NOT IN (SELECT key FROM"   \
    " alias) ORDER BY key"

static void two_rows_with_one_hub_id_are_one_model(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        anew();
        if (order)
            tell("2025-01-02", "new/x", "\"_id\":\"6\",\"likes\":5");
        tell("2025-01-01", "old/x",
             "\"_id\":\"6\",\"likes\":1,\"downloads\":2,"
             "\"tags\":[\"base_model:c/d\"]");
        if (!order)
            tell("2025-01-02", "new/x", "\"_id\":\"6\",\"likes\":5");
        expect(ALIASES, "old/x|new/x");
        expect(MODELS, "new/x|5|2");
        expect("SELECT id,base FROM derivation JOIN model USING (model_id)",
               "new/x|c/d"); /* the edges are the head's alone */
    }
}

static void only_a_common_hub_id_makes_an_alias(void **state)
{
    (void)state;
    tell("2025-01-01", "old/x", "\"likes\":1");
    tell("2025-01-02", "new/x",
         "\"_id\":\"6\",\"modelId\":\"old/x\",\"cardData\":{\"id\":\"old/x\","
         "\"base_model\":\"old/x\"},\"tags\":[\"base_model:c/x\"]");
    tell("2025-01-02", "c/x", "\"_id\":\"7\"");
    tell("2025-01-02", "d/x", "\"_id\":null");
    tell("2025-01-02", "e/x", "\"_id\":null");
    tell("2025-01-02", "f/x", "\"_id\":\"\"");
    tell("2025-01-02", "g/x", "\"_id\":\"\"");
    expect(ALIASES, "");
}

static void the_id_told_last_stands_for_all(void **state)
{
    (void)state;
    tell("2025-01-01", "a/x", "\"_id\":\"6\",\"likes\":1");
    tell("2025-01-02", "b/x", "\"_id\":\"6\",\"likes\":2");
    tell("2025-01-03", "c/x", "\"_id\":\"6\",\"downloads\":3");
    expect(ALIASES, "a/x|c/x;b/x|c/x");
    expect(MODELS, "c/x|2|3");
    tell("2025-01-04", "a/x", "\"likes\":4"); /* no _id here: a/x has one */
    expect(ALIASES, "b/x|a/x;c/x|a/x");
    expect(MODELS, "a/x|4|3");
    tell("2025-01-02", "b/x", "\"downloads\":9"); /* stale: nothing moves */
    expect(MODELS, "a/x|4|3");
    /* One day: the later lastModified, then the smaller id. */
    tell("2025-01-05", "b/x", "");
    tell("2025-01-05", "c/x", "");
    expect(ALIASES, "a/x|b/x;c/x|b/x");
    tell("2025-01-05", "c/x", "\"lastModified\":\"2025-01-01\"");
    expect(ALIASES, "a/x|c/x;b/x|c/x");
}

static void a_row_may_leave_its_group(void **state)
{
    (void)state;
    tell("2025-01-01", "a/x",
         "\"_id\":\"6\",\"likes\":1,\"baseModels\":[\"o/a\"]");
    tell("2025-01-02", "b/x",
         "\"_id\":\"6\",\"likes\":2,\"baseModels\":[\"o/b\"]");
    tell("2025-01-03", "c/x", "\"_id\":\"6\",\"downloads\":3");
    tell("2025-01-04", "b/x", "\"_id\":\"7\""); /* an alias leaves */
    expect(ALIASES, "a/x|c/x");
    expect(MODELS, "b/x|2|-;c/x|1|3");
    expect("SELECT id,base FROM derivation JOIN model USING (model_id)"
           " ORDER BY key",
           "b/x|o/b;c/x|o/a");
    tell("2025-01-05", "c/x", "\"_id\":null"); /* the head leaves */
    expect(ALIASES, "");
    expect(MODELS, "a/x|1|-;b/x|2|-;c/x|-|3");
    expect("SELECT id,base FROM derivation JOIN model USING (model_id)"
           " ORDER BY key",
           "a/x|o/a;b/x|o/b");
    tell("2025-01-06", "c/x", "\"_id\":\"7\""); /* and joins another */
    expect(ALIASES, "b/x|c/x");
    expect(MODELS, "a/x|1|-;c/x|2|3");
    tell("2025-01-07", "a/x", "\"_id\":\"7\"");
    expect(ALIASES, "b/x|a/x;c/x|a/x");
    expect(MODELS, "a/x|2|3"); /* b told its likes after a */
}

static void the_head_of_three_leaves(void **state)
{
    (void)state;
    tell("2025-01-01", "a/x", "\"_id\":\"6\",\"likes\":1");
    tell("2025-01-02", "b/x", "\"_id\":\"6\",\"downloads\":2");
    tell("2025-01-03", "c/x", "\"_id\":\"6\",\"likes\":3");
    tell("2025-01-04", "c/x", "\"_id\":\"7\"");
    expect(ALIASES, "a/x|b/x");
    expect(MODELS, "b/x|1|2;c/x|3|-");
}

/* A renamed name is taken by a new model: the old rows must not stick. */
static void a_name_may_be_taken_over(void **state)
{
    (void)state;
    tell("2025-01-01", "a/x", "\"_id\":\"6\",\"likes\":100");
    tell("2025-01-02", "b/x", "\"_id\":\"6\"");
    expect(ALIASES, "a/x|b/x");
    tell("2025-01-03", "a/x", "\"_id\":\"7\",\"likes\":1");
    expect(ALIASES, "");
    expect("SELECT id,hub_id,likes FROM model ORDER BY key", "a/x|7|1;b/x|6|-");
}

static void an_id_of_the_hub_that_too_many_claim_joins_none(void **state)
{
    char id[20], members[60];

    (void)state;
    for (int i = 0; i < 70; i++) {
        snprintf(id, sizeof(id), "a/x%02d", i);
        snprintf(members, sizeof(members), "\"_id\":\"6\",\"likes\":%d", i);
        tell("2025-01-01", id, members);
        commit();
        if (i > 63)
            expect("SELECT count(*) FROM alias", "0");
        if (i == 63)
            expect("SELECT count(*) FROM alias", "63");
    }
    /* Everyone has its own facts again, the one that stood for all, too. */
    expect("SELECT count(*) FROM model WHERE likes ="
           " CAST(substr(id, 4) AS INTEGER)",
           "70");
    /* When enough have another one, the rest is one model again. */
    for (int i = 0; i < 6; i++) {
        snprintf(id, sizeof(id), "a/x%02d", i);
        tell("2025-01-02", id, "\"_id\":null");
    }
    commit();
    expect("SELECT count(*), count(DISTINCT model_id) FROM alias", "63|1");
}

/* --- edges --------------------------------------------------------------------- */

struct seen {
    char text[2000];
    int stop_after; /* rows, then ECO_ECANCELED; 0: never */
};

static int note(struct seen *seen, const char *fmt, ...)
{
    va_list ap;
    size_t len = strlen(seen->text);

    if (len)
        seen->text[len++] = ';';
    va_start(ap, fmt);
    vsnprintf(seen->text + len, sizeof(seen->text) - len, fmt, ap);
    va_end(ap);
    return seen->stop_after && --seen->stop_after == 0 ? ECO_ECANCELED : 0;
}

static const char *id_of(int64_t model_id)
{
    static char ids[4][ECO_MAX_ID_BYTES + 1];
    static int next;
    char *id = ids[next++ % 4];
    sqlite3_stmt *stmt;

    sqlite3_prepare_v2(fix.s->db, "SELECT id FROM model WHERE model_id=?", -1,
                       &stmt, NULL);
    sqlite3_bind_int64(stmt, 1, model_id);
    strcpy(id, sqlite3_step(stmt) == SQLITE_ROW
                   ? (const char *)sqlite3_column_text(stmt, 0)
                   : "?");
    sqlite3_finalize(stmt);
    return id;
}

static int see_edge(void *arg, const struct eco_store_edge *e,
                    struct eco_err *err)
{
    (void)err;
    return note(arg, "%s<%s%.*s %s%c", id_of(e->derived),
                e->base ? id_of(e->base) : "*", e->base ? 0 : (int)e->name.len,
                e->name.ptr, eco_relation_name(e->relation),
                e->declared ? '!' : '?');
}

/* "derived<base relation!;..." with * before a placeholder. */
static void expect_edges(const char *expected, uint64_t loops, uint64_t bad)
{
    struct eco_store_edge_counts counts;
    struct seen seen = { 0 };
    struct eco_err err = { 0 };

    commit();
    assert_int_equal(eco_store_each_edge(fix.s, see_edge, &seen, &counts, &err),
                     0);
    if (strcmp(seen.text, expected))
        fail_msg("edges %s\nexpected %s", seen.text, expected);
    assert_int_equal(counts.self_loops, loops);
    assert_int_equal(counts.bad_names, bad);
}

static void an_alias_leaves_for_nothing(void **state)
{
    (void)state;
    tell("2025-01-01", "a/x",
         "\"_id\":\"6\",\"likes\":1,\"baseModels\":[\"o/a\"]");
    tell("2025-01-02", "b/x", "\"_id\":\"6\",\"downloads\":2");
    tell("2025-01-02", "a/x", "\"_id\":null");
    expect(ALIASES, "");
    expect(MODELS, "a/x|1|-;b/x|-|2");
    expect_edges("a/x<*o/a finetune?", 0, 0);
}

static void edges_follow_aliases(void **state)
{
    (void)state;
    tell("2025-01-01", "old/x", "\"_id\":\"6\"");
    tell("2025-01-02", "new/x", "\"_id\":\"6\"");
    tell("2025-01-01", "c/a", "\"baseModels\":[\"OLD/x\"]");
    tell("2025-01-01", "c/b", "\"baseModels\":[\"new/X\"]");
    tell("2025-01-01", "c/c", "\"baseModels\":[\"No/Where\"]");
    expect_edges("c/a<new/x finetune?;c/b<new/x finetune?;"
                 "c/c<*No/Where finetune?",
                 0, 0);
}

static void two_names_of_one_base_are_one_edge(void **state)
{
    (void)state;
    tell("2025-01-01", "old/x", "\"_id\":\"6\"");
    tell("2025-01-02", "new/x", "\"_id\":\"6\"");
    tell("2025-01-01", "c/a",
         "\"baseModels\":[\"old/x\",{\"id\":\"new/x\",\"relation\":"
         "\"quantized\"}]");
    tell("2025-01-01", "c/b",
         "\"baseModels\":[{\"id\":\"old/x\",\"relation\":\"quantized\"},"
         "{\"id\":\"new/x\",\"relation\":\"adapter\"}]");
    tell("2025-01-01", "c/c", "\"baseModels\":[\"old/x\",\"new/x\"]");
    expect_edges("c/a<new/x quantized!;c/b<new/x adapter!;c/c<new/x finetune?",
                 0, 0);
}

static void several_bases_are_a_merge(void **state)
{
    (void)state;
    tell("2025-01-01", "gpt2", "\"_id\":\"6\"");
    tell("2025-01-02", "openai/gpt2", "\"_id\":\"6\"");
    tell("2025-01-01", "c/a",
         "\"tags\":[\"gguf\",\"base_model:a/b\",\"base_model:c/d\"]");
    /* One that nobody knows is none; a former id is one more. */
    tell("2025-01-01", "c/b",
         "\"tags\":[\"gguf\",\"base_model:a/b\",\"base_model:llama\"]");
    tell("2025-01-01", "c/c",
         "\"tags\":[\"gguf\",\"base_model:a/b\",\"base_model:gpt2\"]");
    /* What was declared stays. */
    tell("2025-01-01", "c/e",
         "\"baseModels\":[{\"id\":\"a/b\",\"relation\":\"adapter\"},\"c/d\"]");
    expect_edges("c/a<*a/b merge?;c/a<*c/d merge?;c/b<*a/b quantized?;"
                 "c/c<*a/b merge?;c/c<openai/gpt2 merge?;"
                 "c/e<*a/b adapter!;c/e<*c/d merge?",
                 0, 1);
}

static void loops_are_left_out_and_counted(void **state)
{
    (void)state;
    tell("2025-01-01", "a/a", "\"baseModels\":[\"A/A\",\"b/b\"]");
    tell("2025-01-01", "old/x", "\"_id\":\"6\"");
    tell("2025-01-02", "new/x",
         "\"_id\":\"6\",\"baseModels\":[\"old/x\"],"
         "\"cardData\":{\"base_model\":\"c/d\"}");
    /* Two models of each other are no loop. */
    tell("2025-01-01", "t/a", "\"baseModels\":[\"t/b\"]");
    tell("2025-01-01", "t/b", "\"baseModels\":[\"t/a\"]");
    expect_edges("a/a<*b/b finetune?;t/a<t/b finetune?;t/b<t/a finetune?", 2,
                 0);
}

static void single_names_resolve_or_are_bad(void **state)
{
    (void)state;
    tell("2025-01-01", "gpt2", "\"_id\":\"6\"");
    tell("2025-01-02", "openai/gpt2", "\"_id\":\"6\"");
    tell("2025-01-01", "c/a", "\"cardData\":{\"base_model\":\"GPT2\"}");
    tell("2025-01-01", "c/b", "\"cardData\":{\"base_model\":\"None\"}");
    tell("2025-01-01", "c/c",
         "\"baseModels\":[\"gpt2\"],\"cardData\":{\"base_model\":\"d/d\"}");
    tell("2025-01-01", "c/d",
         "\"baseModels\":[\"None\"],\"cardData\":{\"base_model\":\"d/d\"}");
    /* A lower source is not looked at, so its bad names do not count. */
    tell("2025-01-01", "c/e",
         "\"baseModels\":[\"d/d\"],\"cardData\":{\"base_model\":\"None\"}");
    expect_edges("c/a<openai/gpt2 finetune?;c/c<openai/gpt2 finetune?;"
                 "c/d<*d/d finetune?;c/e<*d/d finetune?",
                 0, 2);
}

static void edges_come_and_go_with_their_alias(void **state)
{
    (void)state;
    tell("2025-01-01", "c/a",
         "\"baseModels\":[\"gpt2\"],\"cardData\":{\"base_model\":\"d/d\"}");
    expect_edges("c/a<*d/d finetune?", 0, 1);
    tell("2025-01-01", "gpt2", "\"_id\":\"6\"");
    tell("2025-01-02", "openai/gpt2", "\"_id\":\"6\"");
    expect_edges("c/a<openai/gpt2 finetune?", 0, 0);
}

/* --- totals and other reads ------------------------------------------------------ */

static void totals_count_everything_once(void **state)
{
    struct eco_store_totals t;
    struct eco_err err = { 0 };

    (void)state;
    tell("2025-01-01", "old/x",
         "\"_id\":\"6\",\"disabled\":true,"
         "\"cardData\":{\"base_model\":\"/bad\"}");
    tell("2025-01-02", "new/x", "\"_id\":\"6\",\"baseModels\":[\"old/x\"]");
    tell("2025-01-02", "c/a",
         "\"baseModels\":{\"relation\":\"adapter\","
         "\"models\":[\"new/x\",\"P/p\",\"x y\"]}");
    tell("2025-01-02", "c/b", "\"baseModels\":[\"p/P\",\"None\"]");
    tell("2025-01-02", "c/c",
         "\"tags\":[\"base_model:q/q\"],"
         "\"disabled\":true");
    put("2025-01-03", "{\"id\":\"s/s\",\"sdk\":\"x\"}");
    put_as("ab", "2025-01-03", "{}");
    commit();
    assert_int_equal(eco_store_totals(fix.s, &t, &err), 0);
    assert_int_equal(t.models, 4);
    assert_int_equal(t.removed, 2); /* new/x by its older rows, and c/c */
    assert_int_equal(t.aliases, 1);
    assert_int_equal(t.authors, 1);
    assert_int_equal(t.spaces, 1);
    assert_int_equal(t.captures, 3);
    assert_int_equal(t.declared[ECO_ADAPTER], 2);
    assert_int_equal(t.declared[ECO_FINETUNE] + t.declared[ECO_MERGE] +
                         t.declared[ECO_QUANTIZED],
                     0);
    assert_int_equal(t.inferred[ECO_FINETUNE] + t.inferred[ECO_MERGE], 2);
    assert_int_equal(t.self_loops, 1);
    /* "x y" and None; /bad stands in a source that is not looked at. */
    assert_int_equal(t.bad_bases, 2);
    assert_int_equal(t.placeholders, 2);
}

static int see_model(void *arg, const struct eco_store_model *m,
                     struct eco_err *err)
{
    (void)err;
    return note(arg, "%.*s %d %d%s%.*s", (int)m->id.len, m->id.ptr,
                (int)m->likes, (int)m->parameters, m->languages.len ? " " : "",
                (int)m->languages.len,
                m->languages.len ? m->languages.ptr : "");
}

static int see_alias(void *arg, const struct eco_store_alias *a,
                     struct eco_err *err)
{
    (void)err;
    return note(arg, "%.*s>%s", (int)a->id.len, a->id.ptr, id_of(a->model_id));
}

static int see_author(void *arg, const struct eco_store_author *a,
                      struct eco_err *err)
{
    (void)err;
    return note(arg, "%.*s %.*s %d", (int)a->name.len, a->name.ptr,
                (int)a->full_name.len, a->full_name.ptr, (int)a->kind);
}

static int see_use(void *arg, const struct eco_store_space_use *u,
                   struct eco_err *err)
{
    (void)err;
    return note(arg, "%d %.*s", (int)u->likes, (int)u->model.len, u->model.ptr);
}

static int see_point(void *arg, const struct eco_store_point *p,
                     struct eco_err *err)
{
    char day[ECO_DAY_TEXT_BYTES];

    (void)err;
    return note(arg, "%s %d", eco_day_format(p->day, day) + 5, (int)p->value);
}

static void everything_is_read_back(void **state)
{
    struct eco_err err = { 0 };
    struct seen seen = { 0 };

    (void)state;
    tell("2025-01-01", "Old/x", "\"_id\":\"6\",\"gguf\":{\"total\":7}");
    tell("2025-01-02", "New/x",
         "\"_id\":\"6\",\"likes\":5,\"tags\":[\"zh\",\"en\"]");
    tell("2025-01-02", "a/b", "");
    put("2025-01-02",
        "{\"id\":\"s/z\",\"likes\":3,\"models\":[\"b/b\",\"a/b\"]}");
    put("2025-01-02", "{\"id\":\"s/a\",\"likes\":2,\"models\":[\"old/x\"]}");
    put("2025-01-02", "{\"id\":\"s/0\",\"likes\":0,\"models\":[\"a/b\"]}");
    put("2025-01-02", "{\"id\":\"s/n\",\"models\":[\"a/b\"]}");
    commit();
    assert_int_equal(eco_store_each_model(fix.s, see_model, &seen, &err), 0);
    assert_string_equal(seen.text, "New/x 5 7 en,zh;a/b -1 -1");
    seen = (struct seen){ 0 };
    assert_int_equal(eco_store_each_alias(fix.s, see_alias, &seen, &err), 0);
    assert_string_equal(seen.text, "Old/x>New/x");
    seen = (struct seen){ 0 };
    assert_int_equal(eco_store_each_space_use(fix.s, see_use, &seen, &err), 0);
    assert_string_equal(seen.text, "2 old/x;3 b/b;3 a/b");
    assert_int_equal(err.code, 0);
}

static void kinds_of_authors(void **state)
{
    static const struct {
        const char *json;
        enum eco_author_kind kind;
    } cases[] = {
        { "{}", ECO_AUTHOR_UNKNOWN },
        { "{\"type\":\"user\"}", ECO_AUTHOR_INDIVIDUAL },
        { "{\"type\":\"org\"}", ECO_AUTHOR_UNVERIFIED },
        { "{\"type\":\"org\",\"nature\":null}", ECO_AUTHOR_UNVERIFIED },
        { "{\"type\":\"org\",\"nature\":\"None\"}", ECO_AUTHOR_UNVERIFIED },
        { "{\"type\":\"org\",\"nature\":\"company\"}", ECO_AUTHOR_COMPANY },
        { "{\"type\":\"org\",\"nature\":\"Community\"}", ECO_AUTHOR_COMMUNITY },
        { "{\"nature\":\"university\"}", ECO_AUTHOR_UNIVERSITY },
        { "{\"type\":\"org\",\"nature\":\"non-profit\"}",
          ECO_AUTHOR_NON_PROFIT },
        { "{\"type\":\"org\",\"nature\":\"government\"}",
          ECO_AUTHOR_GOVERNMENT },
        { "{\"type\":\"org\",\"nature\":\"classroom\",\"full_name\":\"F\"}",
          ECO_AUTHOR_CLASSROOM },
    };
    char name[8], expected[1000] = "";
    struct seen seen = { 0 };
    struct eco_err err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        snprintf(name, sizeof(name), "a%02zu", i);
        put_as(name, "2025-01-01", cases[i].json);
        sprintf(expected + strlen(expected), "%sa%02zu %s %d", i ? ";" : "", i,
                strstr(cases[i].json, "\"F\"") ? "F" : "", (int)cases[i].kind);
    }
    commit();
    assert_int_equal(eco_store_each_author(fix.s, see_author, &seen, &err), 0);
    assert_string_equal(seen.text, expected);
}

static void a_callback_may_stop(void **state)
{
    struct eco_store_edge_counts counts;
    struct eco_err err = { 0 };
    struct seen seen = { .stop_after = 2 };

    (void)state;
    for (int i = 0; i < 4; i++) {
        char id[20];

        snprintf(id, sizeof(id), "a/b%d", i);
        tell("2025-01-01", id, "\"baseModels\":[\"c/d\"],\"likes\":1");
    }
    commit();
    assert_int_equal(eco_store_each_model(fix.s, see_model, &seen, &err),
                     ECO_ECANCELED);
    seen = (struct seen){ .stop_after = 2 };
    assert_int_equal(eco_store_each_edge(fix.s, see_edge, &seen, &counts, &err),
                     ECO_ECANCELED);
    seen = (struct seen){ .stop_after = 1 };
    assert_int_equal(
        eco_store_each_point(fix.s, ECO_STR("A/B1"), 0, see_point, &seen, &err),
        ECO_ECANCELED);
    seen = (struct seen){ 0 };
    assert_int_equal(eco_store_each_model(fix.s, see_model, &seen, &err), 0);
    assert_string_equal(seen.text, "a/b0 1 -1;a/b1 1 -1;a/b2 1 -1;a/b3 1 -1");
    assert_int_equal(err.code, 0);
}

static void as_of_is_the_newest_day_of_anything(void **state)
{
    struct eco_err err = { 0 };
    int32_t day;

    (void)state;
    assert_int_equal(eco_store_as_of(fix.s, &day, &err), ECO_ENOTFOUND);
    assert_non_null(strstr(err.msg, "holds no models yet"));
    err = (struct eco_err){ 0 };
    put_as("ab", "2025-01-05", "{}");
    tell("2025-01-03", "a/b", "");
    commit();
    assert_int_equal(eco_store_as_of(fix.s, &day, &err), 0);
    assert_int_equal(day, eco_test_day("2025-01-05"));
    expect("SELECT " DATE " FROM capture ORDER BY day",
           "2025-01-03;2025-01-05");
}

static void spaces_replace_their_models(void **state)
{
    static const char sql[] = "SELECT id,likes,position,model FROM space LEFT"
                              " JOIN space_model USING (space_id)";

    (void)state;
    put("2025-01-02",
        "{\"id\":\"S/s\",\"likes\":1,\"models\":[\"a/b\",\"c/d\"]}");
    expect(sql, "S/s|1|0|a/b;S/s|1|1|c/d");
    put("2025-01-03", "{\"id\":\"s/S\",\"sdk\":\"x\",\"likes\":2}");
    expect(sql, "s/S|2|0|a/b;s/S|2|1|c/d");
    put("2025-01-01", "{\"id\":\"s/s\",\"likes\":9,\"models\":[\"e/f\"]}");
    expect(sql, "s/S|2|0|a/b;s/S|2|1|c/d");
    put("2025-01-04", "{\"id\":\"s/s\",\"models\":[\"c/d\"]}");
    expect(sql, "s/s|2|0|c/d");
    put("2025-01-05", "{\"id\":\"s/s\",\"sdk\":\"x\",\"models\":null}");
    expect(sql, "s/s|2|-|-");
}

/* --- history ------------------------------------------------------------------------ */

static void likes_on(const char *day, const char *value)
{
    char members[60], date[20];

    snprintf(members, sizeof(members), "\"likes\":%s", value);
    snprintf(date, sizeof(date), "2025-01-%s", day);
    tell(date, "a/b", members);
}

static void expect_history(const char *expected)
{
    struct eco_err err = { 0 };
    struct seen seen = { 0 };

    commit();
    assert_int_equal(
        eco_store_each_point(fix.s, ECO_STR("A/b"), 0, see_point, &seen, &err),
        0);
    if (strcmp(seen.text, expected))
        fail_msg("history %s\nexpected %s", seen.text, expected);
}

static void a_number_is_noted_only_when_it_changes(void **state)
{
    (void)state;
    likes_on("01", "5");
    likes_on("02", "5");
    likes_on("03", "6");
    likes_on("04", "6");
    likes_on("05", "5");
    expect_history("01-01 5;01-03 6;01-05 5");
    tell("2025-01-06", "a/b", "\"downloads\":9"); /* likes are not told */
    expect_history("01-01 5;01-03 6;01-05 5");
}

static void a_day_between_two_days_gets_its_own_number(void **state)
{
    (void)state;
    likes_on("01", "5");
    likes_on("10", "5");
    expect_history("01-01 5");
    likes_on("05", "7"); /* the tenth stays what it was */
    expect_history("01-01 5;01-05 7;01-10 5");
    likes_on("07", "7");
    expect_history("01-01 5;01-05 7;01-10 5");
    likes_on("06", "5");
    expect_history("01-01 5;01-05 7;01-06 5;01-07 7;01-10 5");
    likes_on("08", "5"); /* the tenth inherits it again */
    expect_history("01-01 5;01-05 7;01-06 5;01-07 7;01-08 5");
}

static void a_day_before_the_first_one(void **state)
{
    (void)state;
    likes_on("10", "5");
    likes_on("05", "5");
    expect_history("01-05 5");
    likes_on("01", "4");
    expect_history("01-01 4;01-05 5");
}

static void the_largest_number_of_a_day_counts(void **state)
{
    (void)state;
    likes_on("01", "5");
    likes_on("02", "7");
    likes_on("03", "7");
    likes_on("02", "6"); /* smaller: the column changes, the history not */
    expect_history("01-01 5;01-02 7");
    likes_on("02", "9");
    expect_history("01-01 5;01-02 9;01-03 7");
    likes_on("03", "9");
    expect_history("01-01 5;01-02 9");
    likes_on("01", "9");
    expect_history("01-01 9");
}

static void unknown_is_a_number_too(void **state)
{
    (void)state;
    likes_on("01", "null");
    expect_history("01-01 -1");
    likes_on("02", "5");
    likes_on("03", "null");
    likes_on("04", "null");
    expect_history("01-01 -1;01-02 5;01-03 -1");
    likes_on("03", "5"); /* larger than unknown */
    expect_history("01-01 -1;01-02 5;01-04 -1");
    likes_on("02", "null");
    expect_history("01-01 -1;01-02 5;01-04 -1");
}

static void likes_and_downloads_are_apart(void **state)
{
    (void)state;
    tell("2025-01-01", "a/b", "\"likes\":1,\"downloads\":10");
    tell("2025-01-02", "a/b", "\"likes\":1,\"downloads\":20");
    tell("2025-01-03", "a/b", "\"likes\":2");
    expect("SELECT metric," DATE ",value FROM history ORDER BY metric,day",
           "0|2025-01-01|1;0|2025-01-03|2;1|2025-01-01|10;1|2025-01-02|20");
}

static void the_history_of_an_unknown_model_is_an_error(void **state)
{
    struct eco_err err = { 0 };
    struct seen seen = { 0 };

    (void)state;
    assert_int_equal(eco_store_each_point(fix.s, ECO_STR("no/no"), 0, see_point,
                                          &seen, &err),
                     ECO_ENOTFOUND);
    assert_non_null(strstr(err.msg, "has no model no/no"));
}

/* Captures and history survive closing: what is put later still fits. */
static void history_goes_on_after_a_reopen(void **state)
{
    (void)state;
    likes_on("01", "5");
    likes_on("10", "5");
    commit();
    eco_store_close(fix.s);
    open_store();
    likes_on("05", "7");
    expect_history("01-01 5;01-05 7;01-10 5");
}

/* --- transactions ----------------------------------------------------------------------- */

static void rollback_leaves_nothing(void **state)
{
    struct eco_err err = { 0 };
    char *before, *after;

    (void)state;
    likes_on("01", "5");
    tell("2025-01-01", "c/d", "\"_id\":\"6\"");
    before = dump();
    likes_on("05", "7");
    tell("2025-01-06", "e/f", "\"_id\":\"6\",\"baseModels\":[\"x/y\"]");
    put_as("ab", "2025-01-07", "{}");
    eco_store_rollback(fix.s);
    assert_int_equal(eco_store_begin(fix.s, &err), 0);
    after = dump();
    assert_string_equal(before, after);
    free(before);
    free(after);

    /* And nothing of it is left in memory. */
    likes_on("10", "5");
    expect_history("01-01 5");
    expect("SELECT " DATE " FROM capture ORDER BY day",
           "2025-01-01;2025-01-10");
}

static void closing_without_a_commit_loses_the_rows(void **state)
{
    char *before, *after;

    (void)state;
    likes_on("01", "5");
    before = dump();
    likes_on("02", "6");
    eco_store_close(fix.s);
    fix.s = NULL;
    after = dump();
    assert_string_equal(before, after);
    free(before);
    free(after);
    open_store();
}

/* A process that is killed in the middle of a batch, in a child of ours. */
static void a_killed_writer_loses_only_its_batch(void **state)
{
    char *before, *after;
    int status;
    pid_t pid;

    (void)state;
    likes_on("01", "5");
    before = dump();
    eco_store_close(fix.s);
    fix.s = NULL;
    pid = fork();
    if (pid == 0) {
        open_store();
        for (int i = 0; i < 200; i++) {
            char id[30];

            snprintf(id, sizeof(id), "k/%d", i);
            tell("2025-01-02", id, "\"likes\":1,\"baseModels\":[\"a/b\"]");
        }
        kill(getpid(), SIGKILL);
    }
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    open_store(); /* the dead process holds no lock */
    after = dump();
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void a_second_writer_is_refused(void **state)
{
    struct eco_store *s;
    int status;
    pid_t pid;

    (void)state;
    commit();
    pid = fork();
    if (pid == 0) {
        struct eco_err err = { 0 };
        int rc = eco_store_open(fix.path, ECO_STORE_WRITE, &s, &err);

        if (rc != ECO_EBUSY || s || !strstr(err.msg, "is writing"))
            _exit(1);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    tell("2025-01-01", "a/b", ""); /* the first one does not notice */
    commit();
    eco_store_close(fix.s);
    open_store(); /* and frees it */
}

static void readers_see_what_is_committed(void **state)
{
    struct eco_store *reader;
    struct eco_store_totals t;
    struct eco_err err = { 0 };

    (void)state;
    tell("2025-01-01", "a/b", "");
    commit();
    tell("2025-01-01", "c/d", "");
    assert_int_equal(eco_store_open(fix.path, ECO_STORE_READ, &reader, &err),
                     0);
    assert_int_equal(eco_store_totals(reader, &t, &err), 0);
    assert_int_equal(t.models, 1);
    /* One state until it is closed, whoever writes meanwhile. */
    commit();
    assert_int_equal(eco_store_totals(reader, &t, &err), 0);
    assert_int_equal(t.models, 1);
    eco_store_close(reader);
    assert_int_equal(eco_store_open(fix.path, ECO_STORE_READ, &reader, &err),
                     0);
    assert_int_equal(eco_store_totals(reader, &t, &err), 0);
    assert_int_equal(t.models, 2);
    eco_store_close(reader);
}

static void a_reader_cannot_write(void **state)
{
    struct eco_store *reader;
    struct eco_err err = { 0 };
    char *before, *after;

    (void)state;
    tell("2025-01-01", "a/b", "");
    before = dump();
    assert_int_equal(eco_store_open(fix.path, ECO_STORE_READ, &reader, &err),
                     0);
    assert_true(eco_store_set_data(reader, ECO_DATA_SAMPLE, &err) < 0);
    err = (struct eco_err){ 0 };
    if (!eco_store_begin(reader, &err)) {
        enum eco_put outcome;

        assert_true(eco_test_put(fix.rows, reader, NULL, 20000,
                                 "{\"id\":\"c/d\"}", &outcome, &err) < 0);
    }
    eco_store_close(reader);
    after = dump();
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* --- opening ------------------------------------------------------------------------------ */

static int open_code(enum eco_store_mode mode, const char *message)
{
    struct eco_store *s = (void *)1;
    struct eco_err err = { 0 };
    int rc = eco_store_open(fix.path, mode, &s, &err);

    assert_true((rc == 0) == (s != NULL));
    assert_int_equal(err.code, rc);
    if (!strstr(err.msg, message))
        fail_msg("%s", err.msg);
    eco_store_close(s);
    return rc;
}

static void close_and_remove(void)
{
    eco_store_close(fix.s);
    fix.s = NULL;
    remove_files();
}

static void a_missing_store_is_told(void **state)
{
    struct stat st;

    (void)state;
    close_and_remove();
    assert_int_equal(open_code(ECO_STORE_READ, "there is no store"),
                     ECO_ENOTFOUND);
    assert_true(stat(fix.path, &st) < 0); /* reading makes nothing */
}

static void run_sql(const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(fix.path, &db), 0);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL))
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void foreign_files_are_refused_and_left_alone(void **state)
{
    static const char text[] = "this is no database, but long enough to be one"
                               " if one looks at the size of its header alone,"
                               " which is a hundred bytes";
    char read_back[sizeof(text)] = "";
    FILE *f;

    (void)state;
    close_and_remove();
    run_sql("CREATE TABLE model (x); INSERT INTO model VALUES (1)");
    for (int mode = 0; mode < 2; mode++)
        assert_int_equal(open_code((enum eco_store_mode)mode,
                                   "is a database of another program"),
                         ECO_EFORMAT);
    expect("SELECT x FROM model", "1");
    expect("PRAGMA journal_mode", "delete");
    expect("PRAGMA application_id", "0");

    remove_files();
    eco_test_write_file(fix.path, text, sizeof(text) - 1);
    for (int mode = 0; mode < 2; mode++)
        assert_int_equal(open_code((enum eco_store_mode)mode, "not a database"),
                         ECO_EFORMAT);
    f = fopen(fix.path, "rb");
    assert_int_equal(fread(read_back, 1, sizeof(text), f), sizeof(text) - 1);
    fclose(f);
    assert_string_equal(read_back, text);
}

static void other_versions_are_refused(void **state)
{
    char sql[100];

    (void)state;
    commit();
    eco_store_close(fix.s);
    fix.s = NULL;
    snprintf(sql, sizeof(sql), "PRAGMA user_version = %d",
             eco_store_schema_version() + 1);
    run_sql(sql);
    assert_int_equal(open_code(ECO_STORE_READ, "take a newer ecoviz"),
                     ECO_EFORMAT);
    assert_int_equal(open_code(ECO_STORE_WRITE, "take a newer ecoviz"),
                     ECO_EFORMAT);
    /* An empty file is a store that no migration has seen yet. */
    remove_files();
    eco_test_write_file(fix.path, "", 0);
    assert_int_equal(open_code(ECO_STORE_READ, "run ecoviz import"),
                     ECO_EFORMAT);
    assert_int_equal(open_code(ECO_STORE_WRITE, ""), 0);
    assert_int_equal(open_code(ECO_STORE_READ, ""), 0);
    assert_true(eco_store_schema_version() >= 1);
}

/* --- a store of version 1 ------------------------------------------------------ */

/* What the program that knew only 001_hub.sql had made of the same rows. */
static void make_version_1(void)
{
    static const char copy[] =
        "ATTACH '%s' AS new;"
        "INSERT INTO main.setting SELECT * FROM new.setting;"
        "INSERT INTO main.capture SELECT * FROM new.capture;"
        "INSERT INTO main.model SELECT model_id, key, id, hub_id, created,"
        " modified, likes, downloads, downloads_all, task, library, licence,"
        " gated, disabled, parameters, storage, bad_bases FROM new.model;"
        "INSERT INTO main.model_told SELECT * FROM new.model_told;"
        "INSERT INTO main.derivation SELECT * FROM new.derivation;"
        "INSERT INTO main.alias SELECT * FROM new.alias;"
        "INSERT INTO main.history SELECT * FROM new.history;"
        "INSERT INTO main.author SELECT * FROM new.author;"
        "INSERT INTO main.author_told SELECT * FROM new.author_told;"
        "INSERT INTO main.space SELECT * FROM new.space;"
        "INSERT INTO main.space_told SELECT * FROM new.space_told;"
        "INSERT INTO main.space_model SELECT * FROM new.space_model;"
        "DETACH new; PRAGMA user_version = 1;"
        "PRAGMA application_id = 0x65636f76";
    char kept[64], sql[sizeof(copy) + 64];

    commit();
    eco_store_close(fix.s);
    fix.s = NULL;
    strcpy(kept, fix.path);
    snprintf(fix.path, sizeof(fix.path), "%s/old.db", fix.dir);
    run_sql(eco_migrations[0]);
    snprintf(sql, sizeof(sql), copy, kept);
    run_sql(sql);
    assert_int_equal(rename(fix.path, kept), 0);
    strcpy(fix.path, kept);
}

static void tell_of_languages(void)
{
    tell("2025-01-01", "a/tags", "\"tags\":[\"zh\",\"en\"],\"likes\":3");
    tell("2025-01-03", "a/tags", "\"likes\":4");
    tell("2025-01-01", "b/card", "\"cardData\":{\"language\":\"de\"}");
    tell("2025-01-03", "b/card", "\"tags\":[\"en\"]");
    tell("2025-01-01", "c/none", "\"tags\":[\"jax\",\"base_model:a/tags\"]");
    tell("2025-01-01", "d/silent", "");
    /* a group of two, and one that left it */
    tell("2025-01-01", "old/x",
         "\"_id\":\"6\",\"cardData\":{\"language\":\"fr\"}");
    tell("2025-01-02", "new/x", "\"_id\":\"6\",\"tags\":[\"it\"]");
    tell("2025-01-02", "left/x", "\"_id\":\"6\",\"tags\":[\"es\"]");
    tell("2025-01-03", "left/x", "\"_id\":\"7\"");
    put("2025-01-02", "{\"id\":\"s/s\",\"models\":[\"a/tags\"]}");
    put_as("a", "2025-01-02", "{\"type\":\"org\"}");
}

#define LANGUAGES_TOLD                                                         \
    "a/tags|en,zh;b/card|de;c/none|-;d/silent|-;left/x|es;new/x|fr;old/x|fr"

static void opening_to_write_fills_new_columns(void **state)
{
    char *before, *after;

    (void)state;
    tell_of_languages();
    before = dump();
    make_version_1();
    open_store();
    expect(LANGUAGES, LANGUAGES_TOLD);
    expect("PRAGMA user_version", "2");
    after = dump();
    assert_string_equal(before, after); /* and nothing else changed */
    free(before);
    free(after);
}

static void opening_to_read_fills_new_columns(void **state)
{
    (void)state;
    tell_of_languages();
    make_version_1();
    run_sql("DROP INDEX model_hub_id; DROP INDEX model_key");
    assert_int_equal(open_code(ECO_STORE_READ, ""), 0);
    expect(LANGUAGES, LANGUAGES_TOLD);
    expect("SELECT count(*) FROM sqlite_master WHERE name IN ('model_key',"
           "'model_hub_id')",
           "2");
}

/* Damage in a row: the store stays as it was, of version 1. */
static void a_store_that_cannot_be_filled_is_left_alone(void **state)
{
    (void)state;
    tell_of_languages();
    make_version_1();
    run_sql("UPDATE model_told SET text = x'00' WHERE id = 'old/x'");
    assert_int_equal(open_code(ECO_STORE_WRITE, "damaged"), ECO_EFORMAT);
    assert_int_equal(open_code(ECO_STORE_READ, "damaged"), ECO_EFORMAT);
    expect("PRAGMA user_version", "1");
    expect("SELECT count(*) FROM pragma_table_info('model')"
           " WHERE name = 'languages'",
           "0");
}

static void filling_survives_every_allocation_failure(void **state)
{
    char *expected, *seen;
    long before, k = 0;
    int rc;

    (void)state;
    tell_of_languages();
    expected = dump();
    make_version_1();
    before = eco_test_live_blocks();
    do {
        struct eco_store *s;
        struct eco_err err = { 0 };

        assert_true(k < 200);
        eco_test_fail_alloc_after(k++);
        rc = eco_store_open(fix.path, ECO_STORE_WRITE, &s, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        eco_store_close(s);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k > 4);
    seen = dump();
    assert_string_equal(seen, expected);
    free(seen);
    free(expected);
}

static void a_folder_that_is_missing_is_named(void **state)
{
    char kept[64];

    (void)state;
    strcpy(kept, fix.path);
    snprintf(fix.path, sizeof(fix.path), "%s/no/x.db", fix.dir);
    assert_int_equal(open_code(ECO_STORE_WRITE, "cannot open"), ECO_EIO);
    strcpy(fix.path, kept);
}

static void data_of_two_kinds_is_refused(void **state)
{
    enum eco_data_kind kind;
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_store_data(fix.s, &kind, &err), 0);
    assert_int_equal(kind, ECO_DATA_HUB);
    assert_int_equal(eco_store_set_data(fix.s, ECO_DATA_SAMPLE, &err), 0);
    commit();
    assert_int_equal(eco_store_data(fix.s, &kind, &err), 0);
    assert_int_equal(kind, ECO_DATA_SAMPLE);
    assert_int_equal(eco_store_set_data(fix.s, ECO_DATA_SAMPLE, &err), 0);
    /* While nothing is in it, a store may still become another kind. */
    assert_int_equal(eco_store_set_data(fix.s, ECO_DATA_HUB, &err), 0);
    assert_int_equal(eco_store_set_data(fix.s, ECO_DATA_SAMPLE, &err), 0);
    tell("2025-01-01", "a/b", "");
    assert_int_equal(eco_store_set_data(fix.s, ECO_DATA_HUB, &err), ECO_EINVAL);
    assert_non_null(strstr(err.msg, "holds sample data"));
    assert_int_equal(eco_store_data(fix.s, &kind, &err), 0);
    assert_int_equal(kind, ECO_DATA_SAMPLE);
}

/* --- texts ---------------------------------------------------------------------------------- */

static void texts_pack_and_unpack(void **state)
{
    size_t sizes[] = { 0, 1, 600, 100000, ECO_MAX_ROW_BYTES };
    struct eco_text_codec *codec;
    struct eco_buf packed, text;
    char *bytes = malloc(ECO_MAX_ROW_BYTES);
    uint32_t x = 1;

    (void)state;
    for (size_t i = 0; i < ECO_MAX_ROW_BYTES; i++) {
        x = x * 1664525u + 1013904223u;
        bytes[i] = (char)(x >> 24);
    }
    assert_int_equal(eco_text_codec_new(&codec, NULL), 0);
    eco_buf_init(&packed, 2 * ECO_MAX_ROW_BYTES);
    eco_buf_init(&text, ECO_MAX_ROW_BYTES);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct eco_str s = { bytes, sizes[i] };

        assert_int_equal(eco_text_pack(codec, s, &packed, NULL), 0);
        assert_int_equal(
            eco_text_unpack(codec, eco_buf_view(&packed), &text, NULL), 0);
        assert_true(eco_str_eq(eco_buf_view(&text), s));
        for (size_t cut = 1; cut < 9 && cut <= packed.len; cut++) {
            struct eco_str damaged = { packed.ptr, packed.len - cut };

            assert_int_equal(eco_text_unpack(codec, damaged, &text, NULL),
                             ECO_EFORMAT);
        }
    }
    assert_int_equal(eco_text_unpack(codec, ECO_STR("garbage"), &text, NULL),
                     ECO_EFORMAT);
    eco_buf_release(&packed);
    eco_buf_release(&text);
    eco_text_codec_free(codec);
    eco_text_codec_free(NULL);
    free(bytes);
}

/* --- no memory ------------------------------------------------------------------------------- */

static void opening_survives_every_allocation_failure(void **state)
{
    long before, k = 0;
    int rc;

    (void)state;
    close_and_remove();
    before = eco_test_live_blocks();
    do {
        struct eco_store *s;
        struct eco_err err = { 0 };

        assert_true(k < 50);
        eco_test_fail_alloc_after(k++);
        rc = eco_store_open(fix.path, ECO_STORE_WRITE, &s, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        eco_store_close(s);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k >= 4);
}

static const struct {
    const char *author, *json;
} story[] = {
    { NULL, "{\"id\":\"a/b\",\"likes\":1,\"tags\":[\"base_model:c/d\"]}" },
    { NULL, "{\"id\":\"a/b\",\"_id\":\"6\",\"likes\":3}" },
    { NULL, "{\"id\":\"e/f\",\"_id\":\"6\",\"likes\":2,\"baseModels\":[\"a/b\","
            "\"g/h\"]}" },
    { NULL, "{\"id\":\"s/s\",\"likes\":4,\"models\":[\"a/b\"]}" },
    { "ab", "{\"type\":\"org\"}" },
    { NULL, "{\"id\":\"e/f\",\"_id\":\"7\"}" },
};

static int tell_story(struct eco_err *err)
{
    enum eco_put outcome;
    int rc = eco_store_begin(fix.s, err);

    for (size_t i = 0; !rc && i < COUNT(story); i++)
        rc = eco_test_put(fix.rows, fix.s, story[i].author, 20000 + (int32_t)i,
                          story[i].json, &outcome, err);
    return rc ? rc : eco_store_commit(fix.s, err);
}

/*
 * The helper's own allocations must not fail, so the rows are read before:
 * its arena and buffers are warm after one round.
 */
static void putting_survives_every_allocation_failure(void **state)
{
    struct eco_err err = { 0 };
    char *expected, *seen;
    long k = 0;
    int rc;

    (void)state;
    eco_store_rollback(fix.s);
    assert_int_equal(tell_story(&err), 0);
    assert_int_equal(eco_store_begin(fix.s, &err), 0);
    expected = dump();
    anew();
    eco_store_rollback(fix.s);
    do {
        assert_true(k < 200);
        err = (struct eco_err){ 0 };
        eco_test_fail_alloc_after(k++);
        rc = tell_story(&err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        if (rc)
            eco_store_rollback(fix.s);
    } while (rc);
    assert_true(k > 3);
    assert_int_equal(eco_store_begin(fix.s, &err), 0);
    seen = dump();
    assert_string_equal(seen, expected);
    free(seen);
    free(expected);
}

static void reading_survives_every_allocation_failure(void **state)
{
    struct eco_store_totals t;
    struct eco_err err = { 0 };
    long before, k = 0;
    int rc;

    (void)state;
    eco_store_rollback(fix.s);
    assert_int_equal(tell_story(&err), 0);
    do {
        struct eco_store *s;

        assert_true(k < 50);
        err = (struct eco_err){ 0 };
        before = eco_test_live_blocks();
        assert_int_equal(eco_store_open(fix.path, ECO_STORE_READ, &s, &err), 0);
        eco_test_fail_alloc_after(k++);
        rc = eco_store_totals(s, &t, &err);
        if (!rc) {
            struct seen seen = { 0 };

            rc = eco_store_each_point(s, ECO_STR("a/b"), 0, see_point, &seen,
                                      &err);
        }
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        eco_store_close(s);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k >= 3);
    assert_int_equal(t.models, 2);
}

#define STORE_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(an_absent_key_says_nothing_and_null_clears),
        STORE_TEST(an_older_row_fills_only_what_is_not_told),
        STORE_TEST(every_column_is_kept),
        STORE_TEST(languages_are_the_cards_then_the_tags),
        STORE_TEST(an_alias_keeps_its_own_languages),
        STORE_TEST(outcomes_are_told),
        STORE_TEST(ties_are_broken_by_modified_then_id_then_text),
        STORE_TEST(ties_are_broken_field_by_field),
        STORE_TEST(a_set_is_replaced_as_a_whole),
        STORE_TEST(ids_are_one_without_regard_to_case),
        STORE_TEST(spellings_of_an_author_do_not_depend_on_the_order),
        STORE_TEST(the_same_again_changes_nothing),
        STORE_TEST(kept_rows_stay_few),
        STORE_TEST(two_rows_with_one_hub_id_are_one_model),
        STORE_TEST(only_a_common_hub_id_makes_an_alias),
        STORE_TEST(the_id_told_last_stands_for_all),
        STORE_TEST(a_row_may_leave_its_group),
        STORE_TEST(the_head_of_three_leaves),
        STORE_TEST(an_alias_leaves_for_nothing),
        STORE_TEST(a_name_may_be_taken_over),
        STORE_TEST(an_id_of_the_hub_that_too_many_claim_joins_none),
        STORE_TEST(edges_follow_aliases),
        STORE_TEST(two_names_of_one_base_are_one_edge),
        STORE_TEST(several_bases_are_a_merge),
        STORE_TEST(loops_are_left_out_and_counted),
        STORE_TEST(single_names_resolve_or_are_bad),
        STORE_TEST(edges_come_and_go_with_their_alias),
        STORE_TEST(totals_count_everything_once),
        STORE_TEST(everything_is_read_back),
        STORE_TEST(kinds_of_authors),
        STORE_TEST(a_callback_may_stop),
        STORE_TEST(as_of_is_the_newest_day_of_anything),
        STORE_TEST(spaces_replace_their_models),
        STORE_TEST(a_number_is_noted_only_when_it_changes),
        STORE_TEST(a_day_between_two_days_gets_its_own_number),
        STORE_TEST(a_day_before_the_first_one),
        STORE_TEST(the_largest_number_of_a_day_counts),
        STORE_TEST(unknown_is_a_number_too),
        STORE_TEST(likes_and_downloads_are_apart),
        STORE_TEST(the_history_of_an_unknown_model_is_an_error),
        STORE_TEST(history_goes_on_after_a_reopen),
        STORE_TEST(rollback_leaves_nothing),
        STORE_TEST(closing_without_a_commit_loses_the_rows),
        STORE_TEST(a_killed_writer_loses_only_its_batch),
        STORE_TEST(a_second_writer_is_refused),
        STORE_TEST(readers_see_what_is_committed),
        STORE_TEST(a_reader_cannot_write),
        STORE_TEST(a_missing_store_is_told),
        STORE_TEST(foreign_files_are_refused_and_left_alone),
        STORE_TEST(other_versions_are_refused),
        STORE_TEST(opening_to_write_fills_new_columns),
        STORE_TEST(opening_to_read_fills_new_columns),
        STORE_TEST(a_store_that_cannot_be_filled_is_left_alone),
        STORE_TEST(a_folder_that_is_missing_is_named),
        STORE_TEST(data_of_two_kinds_is_refused),
        STORE_TEST(texts_pack_and_unpack),
        STORE_TEST(opening_survives_every_allocation_failure),
        STORE_TEST(filling_survives_every_allocation_failure),
        STORE_TEST(putting_survives_every_allocation_failure),
        STORE_TEST(reading_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
