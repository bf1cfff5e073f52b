/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build/build.h"
#include "build/texts.h"
#include "snapshot/reader.h"
#include "snapshot/verify.h"
#include "support/rows.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- a store, and the snapshot of it -------------------------------------------- */

static struct {
    char dir[40];
    char db[64];
    char file[64];
    struct eco_store *s;
    struct eco_test_rows *rows;
    struct eco_snap *snap;
    struct eco_build_stats stats;
} fix;

static void open_store(void)
{
    struct eco_err err = { 0 };

    if (eco_store_open(fix.db, ECO_STORE_WRITE, &fix.s, &err) ||
        eco_store_begin(fix.s, &err))
        fail_msg("%s", err.msg);
}

static int set_up(void **state)
{
    (void)state;
    memset(&fix, 0, sizeof(fix));
    strcpy(fix.dir, "/tmp/eco-build-XXXXXX");
    if (!mkdtemp(fix.dir))
        return -1;
    snprintf(fix.db, sizeof(fix.db), "%s/x.db", fix.dir);
    snprintf(fix.file, sizeof(fix.file), "%s/x.snap", fix.dir);
    fix.rows = eco_test_rows_new();
    open_store();
    return 0;
}

static void remove_store(void)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
    char name[100];

    eco_store_close(fix.s);
    fix.s = NULL;
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof(name), "%s%s", fix.db, ends[i]);
        unlink(name);
    }
}

static int tear_down(void **state)
{
    (void)state;
    eco_snap_unref(fix.snap);
    eco_test_rows_free(fix.rows);
    remove_store();
    unlink(fix.file);
    return rmdir(fix.dir) || eco_test_live_blocks() ? -1 : 0;
}

static void put_as(const char *author, const char *day, const char *json)
{
    struct eco_err err = { 0 };
    enum eco_put outcome;

    if (eco_test_put(fix.rows, fix.s, author, eco_test_day(day), json, &outcome,
                     &err))
        fail_msg("%s: %s", json, err.msg);
}

/* A model's row with an id and more members; none: "" */
static void tell(const char *day, const char *id, const char *members)
{
    char json[2000];

    snprintf(json, sizeof(json), "{\"id\":\"%s\"%s%s}", id, *members ? "," : "",
             members);
    put_as(NULL, day, json);
}

static void report(void *arg, const char *message)
{
    (void)arg;
    printf("%s\n", message);
}

static void commit(void)
{
    struct eco_err err = { 0 };

    if (eco_store_commit(fix.s, &err) || eco_store_begin(fix.s, &err))
        fail_msg("%s", err.msg);
}

/* Build, open and verify. */
static const struct eco_snap *build(void)
{
    struct eco_snap_problems problems = { .report = report };
    struct eco_err err = { 0 };

    commit();
    eco_snap_unref(fix.snap);
    if (eco_build_run(fix.s, fix.file, &fix.stats, &err) ||
        eco_snap_open(fix.file, &fix.snap, &err) ||
        eco_snap_verify(fix.snap, &problems, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(problems.count, 0);
    return fix.snap;
}

static uint32_t node_of(const char *id)
{
    uint32_t node;

    if (!eco_snap_find(fix.snap, eco_str_from_c(id), &node))
        fail_msg("no %s in the snapshot", id);
    return node;
}

/* "base relation!;..." of a model, ordered by the bases' ids. */
static void expect_bases(const char *id, const char *expected)
{
    const struct eco_graph *g = &fix.snap->graph;
    uint32_t node = node_of(id);
    char seen[500] = "";

    for (uint32_t k = 0; k < fix.snap->meta->n_nodes; k++) {
        uint32_t base = fix.snap->id_order[k];

        for (uint64_t e = g->up_off[node]; e < g->up_off[node + 1]; e++) {
            struct eco_str name = eco_snap_id(fix.snap, base);

            if (g->up[e] != base)
                continue;
            sprintf(seen + strlen(seen), "%s%.*s %s%c", *seen ? ";" : "",
                    (int)name.len, name.ptr,
                    eco_relation_name(
                        (enum eco_relation)(g->up_tag[e] & ECO_EDGE_RELATION)),
                    g->up_tag[e] & ECO_EDGE_DECLARED ? '!' : '?');
        }
    }
    if (strcmp(seen, expected))
        fail_msg("bases of %s: %s, expected %s", id, seen, expected);
}

static void spelled(const char *id, const char *expected)
{
    struct eco_str s = eco_snap_id(fix.snap, node_of(id));

    if (!eco_str_is(s, expected))
        fail_msg("%.*s, expected %s", (int)s.len, s.ptr, expected);
}

/* --- facts ------------------------------------------------------------------------- */

static void facts_come_through(void **state)
{
    const struct eco_snap *s;
    uint32_t v, w, author;

    (void)state;
    tell(
        "2025-01-02", "Org/Full",
        "\"createdAt\":\"2024-01-01\",\"lastModified\":\"2024-01-02\","
        "\"likes\":5,\"downloads\":7,\"downloadsAllTime\":11,"
        "\"pipeline_tag\":\"text-generation\",\"library_name\":\"lib\","
        "\"gated\":\"manual\",\"disabled\":true,\"safetensors\":{\"total\":13},"
        "\"usedStorage\":17,\"tags\":[\"license:mit\"]");
    tell("2025-01-03", "gpt2", "");
    put_as(
        "ORG", "2025-01-01",
        "{\"type\":\"org\",\"nature\":\"company\",\"full_name\":\"The Org\"}");
    put_as("nobody", "2025-01-04", "{\"type\":\"user\"}");
    s = build();
    assert_int_equal(s->meta->as_of_day, eco_test_day("2025-01-04"));
    assert_int_equal(s->meta->data, ECO_DATA_HUB);
    assert_int_equal(s->meta->n_nodes, 2);
    assert_int_equal(s->meta->n_ranked, 2);
    assert_int_equal(s->meta->n_removed, 1);
    v = node_of("org/full");
    spelled("org/full", "Org/Full");
    assert_true(s->created[v] == INT64_C(1704067200000));
    assert_true(s->modified[v] == INT64_C(1704153600000));
    assert_int_equal(s->likes[v], 5);
    assert_int_equal(s->downloads[v], 7);
    assert_int_equal(s->downloads_all[v], 11);
    assert_int_equal(s->params[v], 13);
    assert_int_equal(s->storage[v], 17);
    assert_int_equal(s->flags[v], ECO_SNAP_REMOVED |
                                      ECO_GATED_MANUAL << ECO_SNAP_GATED_SHIFT);
    assert_true(eco_str_is(eco_snap_dict_text(&s->tasks, s->task[v]),
                           "text-generation"));
    assert_true(
        eco_str_is(eco_snap_dict_text(&s->libraries, s->library[v]), "lib"));
    assert_true(
        eco_str_is(eco_snap_dict_text(&s->licences, s->licence[v]), "mit"));
    assert_true(eco_snap_find_author(s, ECO_STR("org"), &author));
    assert_int_equal(s->author[v], author);
    assert_int_equal(s->author_kind[author], ECO_AUTHOR_COMPANY);
    assert_true(eco_str_is(eco_snap_author_full(s, author), "The Org"));
    assert_false(eco_snap_find_author(s, ECO_STR("nobody"), &author));

    w = node_of("gpt2");
    assert_true(s->created[w] == INT64_MIN);
    assert_int_equal(s->likes[w], -1);
    assert_int_equal(s->downloads[w], -1);
    assert_int_equal(s->params[w], -1);
    assert_int_equal(s->flags[w], 0);
    assert_int_equal(s->task[w], 0);
    assert_int_equal(s->author[w], ECO_SNAP_NO_AUTHOR);
}

static void the_kind_of_data_is_told(void **state)
{
    struct eco_err err = { 0 };

    (void)state;
    tell("2025-01-01", "a/b", "");
    assert_int_equal(eco_store_set_data(fix.s, ECO_DATA_SYNTHETIC, &err), 0);
    assert_int_equal(build()->meta->data, ECO_DATA_SYNTHETIC);
}

static void an_empty_store_has_no_snapshot(void **state)
{
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_build_run(fix.s, fix.file, NULL, &err), ECO_ENOTFOUND);
    assert_non_null(strstr(err.msg, "holds no models yet"));
    assert_true(access(fix.file, F_OK) < 0);
}

/* Authors alone make a capture, too. */
static void a_store_without_models_is_built(void **state)
{
    (void)state;
    put_as("ab", "2025-01-01", "{\"type\":\"org\"}");
    assert_int_equal(build()->meta->n_nodes, 0);
}

/* --- edges -------------------------------------------------------------------------- */

static void former_ids_are_resolved(void **state)
{
    const struct eco_snap *s;

    (void)state;
    tell("2025-01-01", "Old/x",
         "\"_id\":\"6\",\"likes\":3,"
         "\"baseModels\":[\"r/r\"]");
    tell("2025-01-02", "New/x", "\"_id\":\"6\"");
    tell("2025-01-01", "oldest", "\"_id\":\"6\"");
    tell("2025-01-02", "c/a", "\"baseModels\":[\"OLD/X\"]");
    tell("2025-01-02", "c/b", "\"tags\":[\"base_model:adapter:new/x\"]");
    tell("2025-01-02", "c/c", "\"cardData\":{\"base_model\":\"Oldest\"}");
    tell("2025-01-02", "c/d", "\"baseModels\":[\"old/x\",\"new/x\"]");
    s = build();
    assert_int_equal(s->meta->n_nodes, 6); /* New/x, c/a-d and r/r */
    assert_int_equal(s->meta->n_ranked, 5);
    assert_int_equal(s->meta->n_edges, 5);
    expect_bases("c/a", "New/x finetune?");
    expect_bases("c/b", "New/x adapter!");
    expect_bases("c/c", "New/x finetune?");
    expect_bases("c/d", "New/x finetune?");
    expect_bases("new/x", "r/r finetune?"); /* told by the old row only */
    assert_int_equal(s->n_aliases, 2);
    assert_int_equal(node_of("old/x"), node_of("new/x"));
    assert_int_equal(node_of("OLDEST"), node_of("new/x"));
    assert_int_equal(s->likes[node_of("old/x")], 3);
    assert_true(eco_str_is(eco_snap_alias(s, 0), "Old/x"));
}

static void placeholders_have_their_smallest_spelling(void **state)
{
    const struct eco_snap *s;

    (void)state;
    tell("2025-01-01", "c/a", "\"baseModels\":[\"base/Model\"]");
    tell("2025-01-01", "c/b", "\"baseModels\":[\"Base/model\"]");
    tell("2025-01-01", "c/c", "\"baseModels\":[\"base/model\"]");
    tell("2025-01-01", "c/d", "\"baseModels\":[\"C/A\"]"); /* that is a row */
    tell("2025-01-01", "c/e", "\"cardData\":{\"base_model\":\"None\"}");
    s = build();
    assert_int_equal(s->meta->n_nodes, 6);
    assert_int_equal(s->meta->n_ranked, 5);
    assert_int_equal(s->meta->bad_bases, 1);
    spelled("base/model", "Base/model");
    assert_true(node_of("base/model") >= s->meta->n_ranked);
    expect_bases("c/c", "Base/model finetune?");
    expect_bases("c/d", "c/a finetune?");
    expect_bases("c/e", "");
}

static void loops_and_bad_bases_stand_in_meta(void **state)
{
    const struct eco_snap *s;

    (void)state;
    tell("2025-01-01", "a/a", "\"baseModels\":[\"A/A\",\"b/b\"]");
    tell("2025-01-01", "b/b", "\"baseModels\":[\"a/a\"]"); /* a cycle of two */
    tell("2025-01-01", "old/x", "\"_id\":\"6\"");
    tell("2025-01-02", "new/x", "\"_id\":\"6\",\"baseModels\":[\"old/x\"]");
    tell("2025-01-01", "c/a",
         "\"baseModels\":[\"a/a\",\"/bad\",\"\"],\"cardData\":5");
    tell("2025-01-01", "c/b", "\"cardData\":{\"base_model\":\"C:\\\\x\"}");
    tell("2025-01-01", "c/c", "\"cardData\":{\"base_model\":\"unknown-name\"}");
    s = build();
    assert_int_equal(s->meta->self_loops, 2);
    assert_int_equal(fix.stats.self_loops, 2);
    assert_int_equal(s->meta->bad_bases, 4);
    assert_int_equal(s->meta->n_edges, 3);
    expect_bases("a/a", "b/b finetune?");
    expect_bases("b/b", "a/a finetune?");
    expect_bases("new/x", "");
}

static void stats_tell_relations(void **state)
{
    (void)state;
    tell("2025-01-01", "c/a",
         "\"baseModels\":{\"relation\":\"merge\","
         "\"models\":[\"x/x\",\"y/y\"]}");
    tell("2025-01-01", "c/b", "\"tags\":[\"base_model:c/a\",\"gguf\"]");
    build();
    assert_int_equal(fix.stats.n_nodes, 4);
    assert_int_equal(fix.stats.n_ranked, 2);
    assert_int_equal(fix.stats.n_edges, 3);
    assert_int_equal(fix.stats.by_relation[ECO_MERGE], 2);
    assert_int_equal(fix.stats.by_relation[ECO_QUANTIZED], 1);
    assert_int_equal(fix.stats.declared, 2);
}

/* --- Spaces ------------------------------------------------------------------------------ */

/* What is in the file is alpha_self W3 spaces(v). */
static void expect_spaces(const char *id, double spaces)
{
    double part = fix.snap->part_spaces[node_of(id)];
    double expected =
        fix.snap->meta->alpha[0] * fix.snap->meta->weights[2] * spaces;

    if (fabs(part - expected) > 1e-12 * (1 + expected))
        fail_msg("spaces of %s: %.17g, expected %.17g", id, part, expected);
}

static void spaces_add_likes_that_fade(void **state)
{
    const double lambda = 0.001;

    (void)state;
    tell("2025-01-11", "a/b", "");
    tell("2025-01-11", "a/c", "");
    tell("2025-01-01", "old/x", "\"_id\":\"6\"");
    tell("2025-01-11", "new/x", "\"_id\":\"6\",\"baseModels\":[\"p/p\"]");
    put_as(NULL, "2025-01-02",
           "{\"id\":\"s/ten\",\"createdAt\":\"2025-01-01\",\"likes\":100,"
           "\"models\":[\"A/B\",\"a/c\",\"no/no\",\"old/x\"]}");
    put_as(
        NULL, "2025-01-02",
        "{\"id\":\"s/half\",\"createdAt\":\"2025-01-10T12:00:00Z\",\"likes\":"
        "7,\"models\":[\"a/b\",\"p/p\"]}");
    put_as(NULL, "2025-01-02",
           "{\"id\":\"s/later\",\"createdAt\":\"2025-02-01\",\"likes\":3,"
           "\"models\":[\"a/b\"]}"); /* younger than as_of: age 0 */
    put_as(NULL, "2025-01-02",
           "{\"id\":\"s/none\",\"createdAt\":\"2025-01-01\",\"models\":"
           "[\"a/b\"]}");
    put_as(NULL, "2025-01-02",
           "{\"id\":\"s/when\",\"likes\":50,\"models\":"
           "[\"a/b\"]}");
    build();
    expect_spaces("a/b", 100 * exp(-10 * lambda) + 7 * exp(-0.5 * lambda) + 3);
    expect_spaces("a/c", 100 * exp(-10 * lambda));
    expect_spaces("new/x", 100 * exp(-10 * lambda));
    expect_spaces("p/p", 0); /* a placeholder has no influence of its own */
}

/* "Spaces s using v": each counts once, whatever it calls the model. */
static void a_space_counts_once_for_a_model(void **state)
{
    (void)state;
    tell("2025-01-01", "old/x", "\"_id\":\"6\"");
    tell("2025-01-01", "older/x", "\"_id\":\"6\"");
    tell("2025-01-02", "new/x", "\"_id\":\"6\"");
    tell("2025-01-02", "a/b", "");
    put_as(NULL, "2025-01-02",
           "{\"id\":\"s/one\",\"createdAt\":\"2025-01-02\",\"likes\":10,"
           "\"models\":[\"old/x\",\"a/b\",\"new/x\",\"older/x\"]}");
    put_as(NULL, "2025-01-02",
           "{\"id\":\"s/two\",\"createdAt\":\"2025-01-02\",\"likes\":5,"
           "\"models\":[\"old/x\"]}");
    build();
    expect_spaces("new/x", 15);
    expect_spaces("a/b", 10);
}

/* --- determinism ------------------------------------------------------------------------ */

static const struct {
    const char *author, *day, *json;
} story[] = {
    { NULL, "2025-01-01",
      "{\"id\":\"old/x\",\"_id\":\"6\",\"likes\":3,\"downloads\":9,\"tags\":"
      "[\"base_model:R/r\",\"license:mit\"],\"pipeline_tag\":\"t\"}" },
    { NULL, "2025-01-02",
      "{\"id\":\"New/x\",\"_id\":\"6\",\"likes\":4,\"library_name\":\"l\"}" },
    { NULL, "2025-01-02",
      "{\"id\":\"c/a\",\"likes\":4,\"baseModels\":[\"old/x\",\"P/q\",\"r/R\"],"
      "\"createdAt\":\"2024-12-30\",\"pipeline_tag\":\"u\"}" },
    { NULL, "2025-01-03",
      "{\"id\":\"C/a\",\"downloads\":5,\"pipeline_tag\":\"t\"}" },
    { NULL, "2025-01-03",
      "{\"id\":\"c/b\",\"cardData\":{\"base_model\":\"p/Q\",\"license\":\"x\"},"
      "\"likes\":4}" },
    { NULL, "2025-01-03",
      "{\"id\":\"c/c\",\"baseModels\":[\"c/b\",\"c/"
      "c\",\"none\"],\"likes\":1}" },
    { NULL, "2025-01-03",
      "{\"id\":\"s/a\",\"likes\":3,\"createdAt\":\"2024-01-01\",\"models\":"
      "[\"c/a\",\"new/x\"]}" },
    { NULL, "2025-01-03",
      "{\"id\":\"s/b\",\"likes\":7,\"createdAt\":\"2024-03-01\",\"models\":"
      "[\"old/x\",\"c/a\"]}" },
    { NULL, "2025-01-03",
      "{\"id\":\"s/c\",\"likes\":11,\"createdAt\":\"2024-05-01\",\"models\":"
      "[\"c/a\",\"c/b\",\"r/r\"]}" },
    { "c", "2025-01-01", "{\"type\":\"org\",\"full_name\":\"C\"}" },
    { "NEW", "2025-01-01", "{\"type\":\"user\"}" },
};

static char *read_file(size_t *len)
{
    FILE *f = fopen(fix.file, "rb");
    char *bytes = malloc(1u << 20);

    assert_non_null(f);
    *len = fread(bytes, 1, 1u << 20, f);
    assert_true(*len > 1000 && *len < 1u << 20);
    fclose(f);
    return bytes;
}

static void any_order_gives_the_same_bytes(void **state)
{
    char *first = NULL;
    size_t first_len = 0;

    (void)state;
    for (size_t round = 0; round < 8; round++) {
        char *bytes;
        size_t len;

        for (size_t i = 0; i < COUNT(story); i++) {
            size_t k = round % 2 ? COUNT(story) - 1 - i : i;

            k = (k * (1 + round / 2 % 3) + round) % COUNT(story);
            put_as(story[k].author, story[k].day, story[k].json);
            if (i % 4 == round % 4)
                commit();
        }
        build();
        bytes = read_file(&len);
        if (!first) {
            first = bytes;
            first_len = len;
        } else {
            assert_int_equal(len, first_len);
            assert_memory_equal(bytes, first, len);
            free(bytes);
        }
        remove_store();
        open_store();
    }
    free(first);
}

static void building_survives_every_allocation_failure(void **state)
{
    long k = 0;
    int rc;

    (void)state;
    for (size_t i = 0; i < COUNT(story); i++)
        put_as(story[i].author, story[i].day, story[i].json);
    commit();
    build(); /* prepares what the store keeps */
    do {
        struct eco_err err = { 0 };
        long before = eco_test_live_blocks();

        assert_true(k < 2000);
        eco_test_fail_alloc_after(k++);
        rc = eco_build_run(fix.s, fix.file, NULL, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k > 20);
}

/* --- texts --------------------------------------------------------------------------------- */

static void texts_are_numbered_and_found(void **state)
{
    struct eco_texts t;
    uint32_t number;
    char word[30];

    (void)state;
    for (int fold = 0; fold < 2; fold++) {
        assert_int_equal(eco_texts_init(&t, true, fold, NULL), 0);
        assert_false(eco_texts_find(&t, ECO_STR(""), &number));
        assert_int_equal(eco_texts_append(&t, ECO_STR(""), NULL), 0);
        assert_true(eco_texts_find(&t, ECO_STR(""), &number));
        assert_int_equal(number, 0);
        for (uint32_t i = 1; i < 5000; i++) {
            sprintf(word, "Word-%u", i);
            assert_int_equal(
                eco_texts_number(&t, eco_str_from_c(word), &number, NULL), 0);
            assert_int_equal(number, i);
        }
        for (uint32_t i = 1; i < 5000; i++) {
            sprintf(word, "Word-%u", i);
            assert_true(eco_texts_find(&t, eco_str_from_c(word), &number));
            assert_int_equal(number, i);
            assert_true(eco_str_is(eco_texts_at(&t, i), word));
            word[0] = 'w';
            assert_int_equal(eco_texts_find(&t, eco_str_from_c(word), &number),
                             fold);
        }
        assert_int_equal(t.n, 5000);
        assert_false(eco_texts_find(&t, ECO_STR("Word-5000"), &number));
        /* Appending what is there adds it again; the first one is found. */
        assert_int_equal(eco_texts_append(&t, ECO_STR("Word-7"), NULL), 0);
        assert_true(eco_texts_find(&t, ECO_STR("Word-7"), &number));
        assert_int_equal(number, 7);
        assert_int_equal(t.n, 5001);
        eco_texts_release(&t);
    }
    assert_int_equal(eco_texts_init(&t, false, false, NULL), 0);
    assert_int_equal(eco_texts_append(&t, (struct eco_str){ 0 }, NULL), 0);
    assert_int_equal(eco_texts_append(&t, (struct eco_str){ 0 }, NULL), 0);
    assert_int_equal(eco_texts_at(&t, 1).len, 0);
    eco_texts_release(&t);
}

static void texts_survive_every_allocation_failure(void **state)
{
    struct eco_texts t;
    long before = eco_test_live_blocks(), k = 0;
    int rc;

    (void)state;
    do {
        struct eco_err err = { 0 };
        uint32_t number, i;
        char word[30];

        assert_true(k < 50);
        eco_test_fail_alloc_after(k++);
        rc = eco_texts_init(&t, true, true, &err);
        for (i = 0; !rc && i < 2000; i++) {
            sprintf(word, "word-%u", i);
            rc = eco_texts_number(&t, eco_str_from_c(word), &number, &err);
        }
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        for (uint32_t n = 0; n + 1 < i; n++) { /* what was there still is */
            sprintf(word, "WORD-%u", n);
            assert_true(eco_texts_find(&t, eco_str_from_c(word), &number));
            assert_int_equal(number, n);
        }
        eco_texts_release(&t);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k > 8);
}

#define BUILD_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BUILD_TEST(facts_come_through),
        BUILD_TEST(the_kind_of_data_is_told),
        BUILD_TEST(an_empty_store_has_no_snapshot),
        BUILD_TEST(a_store_without_models_is_built),
        BUILD_TEST(former_ids_are_resolved),
        BUILD_TEST(placeholders_have_their_smallest_spelling),
        BUILD_TEST(loops_and_bad_bases_stand_in_meta),
        BUILD_TEST(stats_tell_relations),
        BUILD_TEST(spaces_add_likes_that_fade),
        BUILD_TEST(a_space_counts_once_for_a_model),
        BUILD_TEST(any_order_gives_the_same_bytes),
        BUILD_TEST(building_survives_every_allocation_failure),
        cmocka_unit_test(texts_are_numbered_and_found),
        cmocka_unit_test(texts_survive_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
