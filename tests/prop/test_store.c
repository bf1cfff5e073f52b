/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ref/merge.h"
#include "store/store.h"
#include "support/rows.h"

/*
 * Any order and any batches of the same rows leave the same store, which is
 * what the rules say (ref/merge.h).
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MAX_ROWS 60
#define WORLDS 40
#define ORDERS 4
#define FIRST_DAY 20000

static char dir[] = "/tmp/eco-prop-store-XXXXXX";
static char path[64];
static struct eco_test_rows *reader;

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof(path), "%s/x.db", dir);
    reader = eco_test_rows_new();
    return 0;
}

static void remove_store(void)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
    char name[100];

    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        unlink(name);
    }
}

static int tear_down(void **state)
{
    (void)state;
    eco_test_rows_free(reader);
    return rmdir(dir) || eco_test_live_blocks() ? -1 : 0;
}

/* --- random rows ---------------------------------------------------------------- */

static uint32_t seed;

/* 0 .. n-1 */
static uint32_t draw(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)(seed >> 8) * n >> 24);
}

#define PICK(array) ((array)[draw(COUNT(array))])

static const char *const ids[] = { "a/x", "A/x", "a/X",  "b/y", "B/Y",
                                   "c/z", "d/w", "gpt2", "GPT2" };
static const char *const authors[] = { "ab", "Ab", "AB", "cd" };
static const char *const spaces[] = { "s/a", "S/a", "s/b" };

/* For each key some values; the keys of a model's row. */
static const struct {
    const char *key;
    const char *values[6];
} model_members[] = {
    { "_id", { "\"61\"", "\"62\"", "\"61\"", "null", "\"62\"", "\"\"" } },
    { "createdAt",
      { "\"2024-01-01\"", "\"2024-01-02T03:04:05.000Z\"", "null" } },
    { "lastModified", { "\"2024-05-01\"", "\"2024-05-02\"", "null" } },
    { "likes", { "0", "1", "2", "10", "null", "1" } },
    { "downloads", { "0", "5", "7", "null" } },
    { "downloadsAllTime", { "100", "200" } },
    { "pipeline_tag", { "\"t1\"", "\"t2\"", "null" } },
    { "library_name", { "\"l1\"", "null" } },
    { "gated", { "false", "\"auto\"", "\"manual\"", "null" } },
    { "disabled", { "true", "false", "null" } },
    { "safetensors", { "{\"total\":8}", "{\"total\":9}", "null" } },
    { "gguf", { "{\"total\":4}", "null", "{}" } },
    { "usedStorage", { "1000", "null" } },
    { "tags",
      { "[]", "[\"gguf\",\"license:mit\",\"en\"]", "[\"base_model:a/x\"]",
        "null",
        "[\"base_model:adapter:c/z\",\"base_model:adapter:b/Y\",\"lora\"]",
        "[\"base_model:/bad\",\"license:bsd\",\"zh-CN\",\"en\",\"ml\",\"jax\","
        "\"cmn\",\"eng\",\"code\",\"co-rl\",\"EN\"]" } },
    { "baseModels",
      { "null", "[]", "[\"gpt2\"]", "[\"gpt2\",\"d/w\"]",
        "{\"relation\":\"merge\",\"models\":[{\"id\":\"a/x\"},\"p/p\"]}" } },
    { "cardData",
      { "null", "{\"language\":[\"English\",\"und\"]}",
        "{\"license\":\"apache\",\"language\":[\"ml\",\"multilingual\",\"iw\"]"
        "}",
        "{\"base_model\":\"P/p\",\"language\":\"zh-cn,jax,en, EN\"}",
        "{\"base_model\":[\"a/x\",\"b/y\"],\"license\":[\"x\"]}",
        "\"{\\\"base_model\\\":\\\"q/q, /bad\\\"}\"" } },
    { "siblings", { "[]", "[{\"rfilename\":\"x.gguf\"}]", "null" } },
};
static const struct {
    const char *key;
    const char *values[3];
} author_members[] = {
    { "type", { "\"org\"", "\"user\"", "null" } },
    { "nature", { "\"company\"", "\"community\"", "null" } },
    { "full_name", { "\"F\"", "\"G\"" } },
    { "avatarUrl", { "\"p\"", "null" } },
    { "website", { "\"w\"", "\"v\"" } },
    { "github", { "\"g\"", "null" } },
};
static const struct {
    const char *key;
    const char *values[4];
} space_members[] = {
    { "createdAt", { "\"2024-03-01\"", "null" } },
    { "lastModified", { "\"2024-05-01\"", "\"2024-05-02\"" } },
    { "likes", { "3", "4", "null" } },
    { "models", { "[\"a/x\",\"b/y\"]", "[\"A/x\"]", "[]", "null" } },
};

struct world {
    struct eco_ref_row rows[MAX_ROWS];
    char json[MAX_ROWS][1500];
    size_t n;
};

/* A member with one of its values, in `of` of 8 cases. */
static void add_member(char *json, const char *key, const char *const *values,
                       size_t room, uint32_t of)
{
    size_t n = 0;

    if (draw(8) >= of)
        return;
    while (n < room && values[n])
        n++;
    sprintf(json + strlen(json), ",\"%s\":%s", key, values[draw((uint32_t)n)]);
}

static void fill_row(struct eco_ref_row *row, char *json)
{
    uint32_t kind = draw(8), density = 1 + draw(4), few = 1 + draw(2);

    row->day = FIRST_DAY + (int32_t)draw(5);
    row->json = json;
    if (kind < 2) {
        row->kind = ECO_RECORD_AUTHOR;
        row->author = PICK(authors);
        strcpy(json, "{\"x\":1");
        for (size_t i = 0; i < COUNT(author_members); i++)
            add_member(json, author_members[i].key, author_members[i].values, 3,
                       few);
    } else if (kind == 2) {
        row->kind = ECO_RECORD_SPACE;
        sprintf(json, "{\"id\":\"%s\",\"sdk\":\"x\"", PICK(spaces));
        for (size_t i = 0; i < COUNT(space_members); i++)
            add_member(json, space_members[i].key, space_members[i].values, 4,
                       density);
    } else {
        row->kind = ECO_RECORD_MODEL;
        sprintf(json, "{\"id\":\"%s\"", PICK(ids));
        for (size_t i = 0; i < COUNT(model_members); i++)
            add_member(json, model_members[i].key, model_members[i].values, 6,
                       density);
    }
    strcat(json, "}");
}

static void fill_world(struct world *w)
{
    w->n = 2 + draw(MAX_ROWS - 1);
    for (size_t i = 0; i < w->n; i++) {
        w->rows[i] = (struct eco_ref_row){ 0 };
        fill_row(&w->rows[i], w->json[i]);
    }
}

/* --- putting --------------------------------------------------------------------- */

static void shuffle(uint32_t *order, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        uint32_t k = draw((uint32_t)i), t = order[k];

        order[k] = order[i - 1];
        order[i - 1] = t;
    }
}

static struct eco_store *open_store(void)
{
    struct eco_store *s;
    struct eco_err err = { 0 };

    if (eco_store_open(path, ECO_STORE_WRITE, &s, &err) ||
        eco_store_begin(s, &err))
        fail_msg("%s", err.msg);
    return s;
}

/* Once in a while the batch ends, is lost and comes again, or the store is
 * closed and opened. Returns where to go on. */
static size_t between(struct eco_store **s, size_t batch, size_t next)
{
    struct eco_err err = { 0 };
    uint32_t what = draw(40);

    if (what > 8)
        return SIZE_MAX;
    if (what == 0) {
        eco_store_rollback(*s);
        next = batch;
    } else if (eco_store_commit(*s, &err)) {
        fail_msg("%s", err.msg);
    }
    if (what == 1) {
        eco_store_close(*s);
        *s = open_store();
    } else if (eco_store_begin(*s, &err)) {
        fail_msg("%s", err.msg);
    }
    return next;
}

/* All rows in a random order, `times` times. */
static char *put_all(const struct world *w, int times, bool in_order, bool bulk)
{
    struct eco_store *s = open_store();
    uint32_t order[2 * MAX_ROWS];
    size_t n = w->n * (size_t)times, batch = 0;
    struct eco_err err = { 0 };
    enum eco_put outcome;
    char *text;

    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)(i % w->n);
    if (!in_order)
        shuffle(order, n);
    if (bulk && eco_store_begin_bulk(s, &err))
        fail_msg("%s", err.msg);
    for (size_t i = 0; i < n;) {
        const struct eco_ref_row *r = &w->rows[order[i]];
        size_t next;

        if (eco_test_put(reader, s, r->author, r->day, r->json, &outcome, &err))
            fail_msg("%s: %s", r->json, err.msg);
        next = between(&s, batch, ++i);
        if (next != SIZE_MAX)
            batch = i = next;
    }
    if (eco_store_end_bulk(s, &err) || eco_store_commit(s, &err))
        fail_msg("%s", err.msg);
    eco_store_close(s);
    text = eco_test_dump(path, true);
    remove_store();
    return text;
}

/* Drop the lines of the kept rows, which the rules say nothing about. */
static void drop_told(char *text)
{
    char *from = text, *to = text;

    while (*from) {
        size_t len = strcspn(from, "\n") + 1;
        char *word = strchr(from, '|');

        if (word - from < 5 || strncmp(word - 5, "_told", 5)) {
            memmove(to, from, len);
            to += len;
        }
        from += len;
    }
    *to = '\0';
}

static void show_difference(const struct world *w, const char *seen,
                            const char *expected)
{
    size_t i = 0;

    if (!strcmp(seen, expected))
        return;
    for (size_t k = 0; k < w->n; k++)
        printf("%d %s %s\n", w->rows[k].day,
               w->rows[k].author ? w->rows[k].author : "", w->rows[k].json);
    while (seen[i] == expected[i])
        i++;
    while (i && seen[i - 1] != '\n')
        i--;
    fail_msg("seen     %.*s\nexpected %.*s", (int)strcspn(seen + i, "\n"),
             seen + i, (int)strcspn(expected + i, "\n"), expected + i);
}

static void any_order_leaves_what_the_rules_say(void **state)
{
    static struct world w;

    (void)state;
    for (uint32_t world = 0; world < WORLDS; world++) {
        char *expected, *first = NULL;

        seed = world * 7919 + 1;
        fill_world(&w);
        expected = eco_ref_merge(w.rows, w.n);
        for (int order = 0; order < ORDERS; order++) {
            char *seen = put_all(&w, order == 3 ? 2 : 1, order == 0, order & 1);

            if (first)
                show_difference(&w, seen, first); /* kept rows, too */
            else
                first = strdup(seen);
            drop_told(seen);
            show_difference(&w, seen, expected);
            free(seen);
        }
        free(first);
        free(expected);
    }
}

/* Drop the lines of the captures: the day something was last told is no
 * change of it. */
static char *facts_now(void)
{
    char *text = eco_test_dump(path, false), *from = text, *to = text;

    while (*from) {
        size_t len = strcspn(from, "\n") + 1;

        if (strncmp(from, "capture|", 8)) {
            memmove(to, from, len);
            to += len;
        }
        from += len;
    }
    *to = '\0';
    return text;
}

static void outcomes_tell_what_changed(void **state)
{
    static struct world w;

    (void)state;
    for (uint32_t world = 0; world < 6; world++) {
        struct eco_store *s = open_store();
        char *before = strdup("");

        seed = world * 104729 + 5;
        fill_world(&w);
        for (size_t i = 0; i < 2 * w.n; i++) {
            const struct eco_ref_row *r = &w.rows[i % w.n];
            struct eco_err err = { 0 };
            enum eco_put outcome;
            char *after;

            if (eco_test_put(reader, s, r->author, r->day, r->json, &outcome,
                             &err) ||
                eco_store_commit(s, &err) || eco_store_begin(s, &err))
                fail_msg("%s: %s", r->json, err.msg);
            after = facts_now();
            if ((outcome == ECO_PUT_SAME) != !strcmp(before, after))
                fail_msg("%d %s: outcome %d\nbefore\n%s\nafter\n%s", r->day,
                         r->json, (int)outcome, before, after);
            free(before);
            before = after;
        }
        free(before);
        eco_store_close(s);
        remove_store();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_tell_what_changed),
        cmocka_unit_test(any_order_leaves_what_the_rules_say),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
