/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "record/record.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct eco_json_reader *reader;
static struct eco_arena arena;

static int set_up(void **state)
{
    (void)state;
    eco_arena_init(&arena, 256u << 20);
    return eco_json_reader_new(&reader, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    eco_arena_release(&arena);
    eco_json_reader_free(reader);
    return eco_test_live_blocks() ? -1 : 0;
}

/* Read a row; the code of it. The tree is gone when this returns. */
static int read_row(enum eco_record_kind kind, const char *json,
                    struct eco_record *rec, struct eco_err *err)
{
    struct eco_json *row;
    int rc;

    *err = (struct eco_err){ 0 };
    if (eco_json_parse(reader, eco_str_from_c(json), &row, err))
        fail_msg("%.80s: %s", json, err->msg);
    *rec = (struct eco_record){ .told = { .day = 7, .text = ECO_STR("t") } };
    rc = eco_record_read(kind, row, &arena, rec, err);
    eco_json_free(row);
    assert_int_equal(err->code, rc);
    return rc;
}

static struct eco_record row_of(enum eco_record_kind kind, const char *json)
{
    struct eco_record rec;
    struct eco_err err;

    if (read_row(kind, json, &rec, &err))
        fail_msg("%.80s: %s", json, err.msg);
    return rec;
}

static struct eco_record model_of(const char *json)
{
    return row_of(ECO_RECORD_MODEL, json);
}

static void is(struct eco_str s, const char *expected)
{
    if (!eco_str_is(s, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)s.len, s.ptr, expected);
}

/* --- identity ------------------------------------------------------------ */

static void a_row_without_a_valid_id_is_refused(void **state)
{
    static const char *const rows[] = {
        "{}",
        "{\"likes\":1}",
        "{\"id\":null}",
        "{\"id\":5}",
        "{\"id\":\"\"}",
        "{\"id\":\"a/b/c\"}",
        "{\"id\":\" a/b\"}",
        "{\"id\":\"https://huggingface.co/a/b\"}",
        "{\"id\":\"a\\u0000/b\"}",
        "{\"id\":[\"a/b\"]}",
        "[]",
        "5",
        "\"a/b\"",
        "null",
    };
    struct eco_record rec;
    struct eco_err err;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int kind = 0; kind < ECO_RECORD_KINDS; kind++) {
            if (kind == ECO_RECORD_AUTHOR)
                continue;
            if (read_row((enum eco_record_kind)kind, rows[i], &rec, &err) !=
                ECO_EFORMAT)
                fail_msg("%s is taken", rows[i]);
            assert_true(err.msg[0]);
        }
    assert_int_equal(read_row(ECO_RECORD_AUTHOR, "[]", &rec, &err),
                     ECO_EFORMAT);
}

static void a_long_id_does_not_fill_the_message(void **state)
{
    char json[6000];
    struct eco_record rec;
    struct eco_err err;
    int n = sprintf(json, "{\"id\":\"%05000d\"}", 0);

    (void)state;
    assert_true(n > 5000);
    assert_int_equal(read_row(ECO_RECORD_MODEL, json, &rec, &err), ECO_EFORMAT);
    assert_non_null(strstr(err.msg, "is no id of the Hub"));
}

static void identity_comes_from_the_row(void **state)
{
    struct eco_record rec =
        model_of("{\"id\":\"A/b\",\"modelId\":\"x/y\","
                 "\"lastModified\":\"2025-01-02T03:04:05.678Z\"}");

    (void)state;
    is(rec.told.id, "A/b");
    assert_int_equal(rec.told.day, 7);
    is(rec.told.text, "t");
    assert_true(rec.told.modified_ms == INT64_C(1735787045678));
    is(model_of("{\"modelId\":\"x/y\"}").told.id, "x/y");
    is(model_of("{\"id\":null,\"modelId\":\"x/y\"}").told.id, "x/y");
    is(model_of("{\"id\":\"gpt2\"}").told.id, "gpt2");
    rec = model_of("{\"id\":\"a/b\",\"lastModified\":\"soon\"}");
    assert_true(rec.told.modified_ms == ECO_TIME_UNKNOWN);
    rec = model_of("{\"id\":\"a/b\",\"lastModified\":null}");
    assert_true(rec.told.modified_ms == ECO_TIME_UNKNOWN);
}

static void spaces_are_told_from_models(void **state)
{
    static const struct {
        const char *json;
        bool space;
    } rows[] = {
        { "{\"id\":\"a/b\"}", false },
        { "{\"id\":\"a/b\",\"sdk\":\"gradio\"}", true },
        { "{\"id\":\"a/b\",\"sdk\":null}", true },
        { "{\"id\":\"a/b\",\"subdomain\":\"x\"}", true },
        { "{\"id\":\"a/b\",\"repoType\":\"space\"}", true },
        { "{\"id\":\"a/b\",\"repoType\":\"model\"}", false },
        { "{\"id\":\"a/b\",\"models\":[]}", true },
        { "{\"id\":\"a/b\",\"models\":5}", false },
        { "{\"id\":\"a/b\",\"baseModels\":{\"models\":[]}}", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct eco_json *row;

        assert_int_equal(
            eco_json_parse(reader, eco_str_from_c(rows[i].json), &row, NULL),
            0);
        if (eco_record_is_space(row) != rows[i].space)
            fail_msg("%s", rows[i].json);
        eco_json_free(row);
    }
}

/* --- fields: told, null, absent, wrong ----------------------------------- */

static const struct {
    const char *key;
    enum eco_model_field field;
    const char *good; /* a value */
    const char *bad[6];
} model_fields[] = {
    { "_id", ECO_F_HUB_ID, "\"65a\"", { "5", "[]", "\"a\\u0001\"" } },
    { "createdAt",
      ECO_F_CREATED,
      "\"2024-02-29\"",
      { "5", "\"\"", "\"2023-02-29\"", "\"yesterday\"", "[]" } },
    { "lastModified",
      ECO_F_MODIFIED,
      "\"2024-02-29T10:11:12.000Z\"",
      { "5", "\"2024-02-29T25:00:00Z\"", "true" } },
    { "likes",
      ECO_F_LIKES,
      "9007199254740992",
      { "\"5\"", "-1", "1.5", "9007199254740993", "true", "[5]" } },
    { "downloads",
      ECO_F_DOWNLOADS,
      "0",
      { "\"5\"", "-5", "5.0", "99999999999999999999", "{}" } },
    { "downloadsAllTime", ECO_F_DOWNLOADS_ALL, "7", { "\"\"", "-1", "1e3" } },
    { "pipeline_tag",
      ECO_F_TASK,
      "\"text-generation\"",
      { "5", "[\"x\"]", "\"a\\nb\"", "\"a\\u007fb\"", "false" } },
    { "library_name", ECO_F_LIBRARY, "\"transformers\"", { "5", "{}" } },
    { "gated", ECO_F_GATED, "\"auto\"", { "\"maybe\"", "1", "[]" } },
    { "disabled", ECO_F_DISABLED, "true", { "\"true\"", "1", "{}" } },
    { "safetensors",
      ECO_F_SAFETENSORS,
      "{\"total\":5}",
      { "5", "[]", "\"5\"", "true" } },
    { "gguf", ECO_F_GGUF, "{\"total\":5}", { "5", "[]", "\"5\"", "true" } },
    { "usedStorage", ECO_F_STORAGE, "5", { "\"5\"", "-1", "0.5" } },
    { "tags", ECO_F_TAGS, "[\"x\"]", { "5", "\"x\"", "{}", "true" } },
    { "baseModels", ECO_F_BASE_MODELS, "[\"a/b\"]", { "5", "true", "1.5" } },
    { "cardData",
      ECO_F_CARD,
      "{}",
      { "5", "[]", "\"no JSON\"", "\"[1]\"", "\"5\"", "true" } },
    { "siblings", ECO_F_FILES, "[]", { "5", "\"x\"", "{}", "true" } },
};

static struct eco_record with_member(const char *key, const char *value)
{
    char json[400];

    snprintf(json, sizeof(json), "{\"id\":\"a/b\",\"%s\":%s}", key, value);
    return model_of(json);
}

static void every_field_is_told_by_its_key_only(void **state)
{
    (void)state;
    assert_int_equal(COUNT(model_fields), ECO_MODEL_FIELDS);
    assert_int_equal(model_of("{\"id\":\"a/b\",\"sha\":\"x\"}").fields, 0);
    for (size_t i = 0; i < COUNT(model_fields); i++) {
        uint32_t bit = ECO_FIELD_BIT(model_fields[i].field);
        struct eco_record rec =
            with_member(model_fields[i].key, model_fields[i].good);

        if (rec.fields != bit || rec.ignored)
            fail_msg("%s: fields %x, %u ignored", model_fields[i].key,
                     rec.fields, rec.ignored);
        rec = with_member(model_fields[i].key, "null");
        if (rec.fields != bit || rec.ignored)
            fail_msg("%s: null is not told", model_fields[i].key);
    }
}

static void a_wrong_value_counts_as_absent(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(model_fields); i++)
        for (size_t k = 0; k < 6 && model_fields[i].bad[k]; k++) {
            struct eco_record rec =
                with_member(model_fields[i].key, model_fields[i].bad[k]);

            if (rec.fields || rec.ignored != 1)
                fail_msg("%s: %s: fields %x, %u ignored", model_fields[i].key,
                         model_fields[i].bad[k], rec.fields, rec.ignored);
        }
}

static void values_arrive(void **state)
{
    struct eco_record rec = model_of(
        "{\"id\":\"a/b\",\"_id\":\"65a\",\"createdAt\":\"2024-01-01\","
        "\"lastModified\":\"2024-01-02\",\"likes\":1,\"downloads\":2,"
        "\"downloadsAllTime\":3,\"pipeline_tag\":\"t\",\"library_name\":\"l\","
        "\"gated\":\"manual\",\"disabled\":true,\"safetensors\":{\"total\":4},"
        "\"gguf\":{\"total\":5,\"x\":1},\"usedStorage\":6}");
    const struct eco_model_record *m = &rec.u.model;

    (void)state;
    is(m->hub_id, "65a");
    assert_true(m->created_ms == 19723 * ECO_DAY_MS);
    assert_true(m->modified_ms == 19724 * ECO_DAY_MS);
    assert_int_equal(m->likes, 1);
    assert_int_equal(m->downloads, 2);
    assert_int_equal(m->downloads_all, 3);
    is(m->task, "t");
    is(m->library, "l");
    assert_int_equal(m->gated, 3);
    assert_true(m->disabled);
    assert_int_equal(m->safetensors, 4);
    assert_int_equal(m->gguf, 5);
    assert_true(m->has_gguf);
    assert_int_equal(m->storage, 6);
    assert_int_equal(eco_model_parameters(m), 4);
}

static void null_and_absent_are_unknown(void **state)
{
    struct eco_record rec = model_of(
        "{\"id\":\"a/b\",\"_id\":null,\"createdAt\":null,\"likes\":null,"
        "\"pipeline_tag\":null,\"gated\":null,\"disabled\":null,"
        "\"safetensors\":null,\"gguf\":null,\"tags\":null,"
        "\"baseModels\":null,\"cardData\":null}");
    const struct eco_model_record *m = &rec.u.model;

    (void)state;
    assert_int_equal(m->hub_id.len, 0);
    assert_true(m->created_ms == ECO_TIME_UNKNOWN);
    assert_true(m->modified_ms == ECO_TIME_UNKNOWN);
    assert_int_equal(m->likes, -1);
    assert_int_equal(m->downloads, -1);
    assert_int_equal(m->downloads_all, -1);
    assert_int_equal(m->storage, -1);
    assert_int_equal(m->task.len, 0);
    assert_int_equal(m->gated, 0);
    assert_false(m->disabled);
    assert_false(m->has_gguf);
    assert_int_equal(eco_model_parameters(m), -1);
    assert_int_equal(eco_model_licence(m).len, 0);
    for (int s = 0; s < ECO_BASE_SOURCES; s++)
        assert_int_equal(m->bases[s].n + m->bases[s].n_bad, 0);
}

static void gated_has_four_values(void **state)
{
    (void)state;
    assert_int_equal(with_member("gated", "false").u.model.gated, 1);
    assert_int_equal(with_member("gated", "true").u.model.gated, 2);
    assert_int_equal(with_member("gated", "\"auto\"").u.model.gated, 2);
    assert_int_equal(with_member("gated", "\"manual\"").u.model.gated, 3);
    assert_int_equal(with_member("gated", "null").u.model.gated, 0);
}

static void parameters_come_from_safetensors_then_gguf(void **state)
{
    struct eco_record rec = with_member("gguf", "{\"total\":9}");

    (void)state;
    assert_int_equal(eco_model_parameters(&rec.u.model), 9);
    rec = model_of("{\"id\":\"a/b\",\"safetensors\":{\"parameters\":{}},"
                   "\"gguf\":{\"total\":9}}");
    assert_int_equal(eco_model_parameters(&rec.u.model), 9);
    rec = with_member("safetensors", "{\"total\":\"x\"}");
    assert_int_equal(eco_model_parameters(&rec.u.model), -1);
    assert_int_equal(rec.ignored, 1);
}

static void texts_have_a_maximum(void **state)
{
    char value[ECO_MAX_TEXT_BYTES + 4];
    struct eco_record rec;

    (void)state;
    memset(value, 'x', sizeof(value));
    value[0] = value[ECO_MAX_TEXT_BYTES + 1] = '"';
    value[ECO_MAX_TEXT_BYTES + 2] = '\0';
    {
        char json[ECO_MAX_TEXT_BYTES + 100];

        sprintf(json, "{\"id\":\"a/b\",\"pipeline_tag\":%s}", value);
        rec = model_of(json);
        assert_int_equal(rec.u.model.task.len, ECO_MAX_TEXT_BYTES);
        value[ECO_MAX_TEXT_BYTES + 1] = 'x';
        value[ECO_MAX_TEXT_BYTES + 2] = '"';
        value[ECO_MAX_TEXT_BYTES + 3] = '\0';
        sprintf(json, "{\"id\":\"a/b\",\"pipeline_tag\":%s}", value);
        rec = model_of(json);
        assert_int_equal(rec.fields, 0);
        assert_int_equal(rec.ignored, 1);
    }
}

static void reserved_words_are_unknown(void **state)
{
    static const char *const words[] = { "none", "others" };

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct eco_record rec;
        char json[200];

        snprintf(json, sizeof(json),
                 "{\"id\":\"a/b\",\"pipeline_tag\":\"%1$s\","
                 "\"library_name\":\"%1$s\",\"tags\":[\"license:%1$s\"],"
                 "\"cardData\":{\"license\":\"%1$s\"}}",
                 words[i]);
        rec = model_of(json);
        is(rec.u.model.task, "");
        is(rec.u.model.library, "");
        is(eco_model_licence(&rec.u.model), "");
        assert_int_equal(rec.ignored, 0);
        assert_int_equal(rec.fields,
                         ECO_FIELD_BIT(ECO_F_TASK) | /* told: unknown */
                             ECO_FIELD_BIT(ECO_F_LIBRARY) |
                             ECO_FIELD_BIT(ECO_F_TAGS) |
                             ECO_FIELD_BIT(ECO_F_CARD));
    }
    is(with_member("pipeline_tag", "\"None\"").u.model.task, "None");
    is(with_member("library_name", "\"other\"").u.model.library, "other");
}

/* --- licence -------------------------------------------------------------- */

static void the_licence_is_the_cards_then_the_tags(void **state)
{
    static const struct {
        const char *json, *licence;
        uint32_t ignored;
    } rows[] = {
        { "{\"id\":\"a/b\",\"tags\":[\"license:mit\"]}", "mit", 0 },
        { "{\"id\":\"a/b\",\"tags\":[\"license:mit\",\"license:x\"]}", "mit",
          0 },
        { "{\"id\":\"a/b\",\"tags\":[\"license:mit\"],"
          "\"cardData\":{\"license\":\"apache-2.0\"}}",
          "apache-2.0", 0 },
        { "{\"id\":\"a/b\",\"tags\":[\"license:mit\"],\"cardData\":{}}", "mit",
          0 },
        { "{\"id\":\"a/b\",\"cardData\":{\"license\":[\"bsd\",\"mit\"]}}",
          "bsd", 0 },
        { "{\"id\":\"a/b\",\"cardData\":{\"license\":[]}}", "", 0 },
        { "{\"id\":\"a/b\",\"cardData\":{\"license\":null}}", "", 0 },
        { "{\"id\":\"a/b\",\"cardData\":{\"license\":5}}", "", 1 },
        { "{\"id\":\"a/b\",\"cardData\":{\"license\":\"a\\u0007\"}}", "", 1 },
        { "{\"id\":\"a/b\",\"cardData\":\"{\\\"license\\\":\\\"mit\\\"}\"}",
          "mit", 0 },
        { "{\"id\":\"a/b\",\"tags\":[\"license:none\",\"license:x\"],"
          "\"cardData\":{\"license\":\"none\"}}",
          "x", 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct eco_record rec = model_of(rows[i].json);

        is(eco_model_licence(&rec.u.model), rows[i].licence);
        if (rec.ignored != rows[i].ignored)
            fail_msg("%s: %u ignored", rows[i].json, rec.ignored);
    }
}

/* --- bases ---------------------------------------------------------------- */

/* "source base relation!; ..." with ? for an inferred relation, and the number
 * of bad names when there are any. */
static void derive(const struct eco_record *rec, char *out, size_t room)
{
    struct eco_derivation *d;
    uint32_t n, n_bad;
    size_t len = 0;

    assert_int_equal(
        eco_model_derivations(&rec->u.model, &arena, &d, &n, &n_bad, NULL), 0);
    out[0] = '\0';
    for (uint32_t i = 0; i < n; i++)
        len += (size_t)snprintf(
            out + len, room - len, "%s%d %.*s %s%c", i ? "; " : "",
            (int)d[i].source, (int)d[i].base.len, d[i].base.ptr,
            eco_relation_name(d[i].relation), d[i].declared ? '!' : '?');
    if (n_bad)
        snprintf(out + len, room - len, "%sbad %u", n ? "; " : "", n_bad);
}

struct derived {
    const char *members, *expected;
};

static void check_derived(const struct derived *rows, size_t n)
{
    char json[1500], seen[1500];

    for (size_t i = 0; i < n; i++) {
        struct eco_record rec;

        snprintf(json, sizeof(json), "{\"id\":\"me/me\",%s}", rows[i].members);
        rec = model_of(json);
        derive(&rec, seen, sizeof(seen));
        if (strcmp(seen, rows[i].expected))
            fail_msg("%s\n  gives    %s\n  expected %s", rows[i].members, seen,
                     rows[i].expected);
    }
}

static void base_models_have_three_shapes(void **state)
{
    static const struct derived rows[] = {
        { "\"baseModels\":{\"relation\":\"quantized\",\"models\":"
          "[{\"_id\":\"6\",\"id\":\"a/b\"}]}",
          "0 a/b quantized!" },
        { "\"baseModels\":{\"relation\":\"merge\",\"models\":"
          "[{\"id\":\"a/b\"},{\"id\":\"c/d\"}]}",
          "0 a/b merge!; 0 c/d merge!" },
        { "\"baseModels\":{\"models\":[{\"id\":\"a/b\"}]}", "0 a/b finetune?" },
        { "\"baseModels\":{\"relation\":\"adapter\",\"models\":[\"a/b\"]}",
          "0 a/b adapter!" },
        { "\"baseModels\":{\"relation\":\"adapter\"}", "" },
        { "\"baseModels\":{\"relation\":null,\"models\":[\"a/b\"]}",
          "0 a/b finetune?" },
        { "\"baseModels\":[{\"id\":\"a/b\",\"relation\":\"adapter\"},"
          "{\"id\":\"c/d\",\"relation\":\"finetune\"}]",
          "0 a/b adapter!; 0 c/d finetune!" },
        { "\"baseModels\":[{\"id\":\"a/b\"}]", "0 a/b finetune?" },
        { "\"baseModels\":[\"a/b\",\"c/d\"]",
          "0 a/b finetune?; 0 c/d finetune?" },
        { "\"baseModels\":[]", "" },
        { "\"baseModels\":{}", "" },
        { "\"baseModels\":{\"finetune\":[{\"id\":\"a/b\"}],"
          "\"merge\":[\"c/d\"],\"adapter\":[],\"quantized\":null}",
          "0 a/b finetune!; 0 c/d merge!" },
        { "\"baseModels\":{\"quantized\":\"a/b\"}", "0 a/b quantized!" },
        /* A relation that is no word of ours is none. */
        { "\"baseModels\":{\"relation\":\"distill\",\"models\":[\"a/b\"]}",
          "0 a/b finetune?" },
        { "\"baseModels\":[{\"id\":\"a/b\",\"relation\":\"Quantized\"}]",
          "0 a/b finetune?" },
        /* Repeated without regard to case: the first one stays. */
        { "\"baseModels\":[\"A/b\",\"a/B\",\"c/d\",\"A/b\"]",
          "0 A/b finetune?; 0 c/d finetune?" },
        /* Wrong types in the middle spoil nothing else. */
        { "\"baseModels\":[5,\"a/b\",null,{\"id\":7},[],{}]",
          "0 a/b finetune?" },
    };

    (void)state;
    check_derived(rows, COUNT(rows));
    assert_int_equal(model_of("{\"id\":\"a/b\",\"baseModels\":[5,\"a/b\",null,"
                              "{\"id\":7},[],{}]}")
                         .ignored,
                     5);
}

static void the_best_source_with_a_valid_base_is_used_alone(void **state)
{
    static const struct derived rows[] = {
        { "\"baseModels\":[\"a/b\"],"
          "\"tags\":[\"base_model:c/d\",\"base_model:adapter:e/f\"],"
          "\"cardData\":{\"base_model\":\"g/h\"}",
          "0 a/b finetune?" },
        { "\"baseModels\":[],"
          "\"tags\":[\"base_model:c/d\",\"base_model:adapter:e/f\"],"
          "\"cardData\":{\"base_model\":\"g/h\"}",
          "1 e/f adapter!" },
        { "\"tags\":[\"base_model:c/d\"],\"cardData\":{\"base_model\":\"g/h\"}",
          "2 c/d finetune?" },
        { "\"tags\":[\"x\"],\"cardData\":{\"base_model\":\"g/h\"}",
          "3 g/h finetune?" },
        { "\"tags\":[\"base_model:merge:a/b\",\"base_model:merge:c/d\","
          "\"base_model:a/b\",\"base_model:c/d\"]",
          "1 a/b merge!; 1 c/d merge!" },
        { "\"tags\":[\"base_model:a/b\",\"base_model:c/d\"]",
          "2 a/b finetune?; 2 c/d finetune?" },
        { "\"tags\":[\"base_model:finetune:a/b\","
          "\"base_model:quantized:a/b\"]",
          "1 a/b finetune!" },
        { "\"tags\":[\"base_model:unknown:a/b\"]", "bad 1" },
        { "\"tags\":[\"base_model:\",\"base_model:adapter:\"]", "bad 1" },
        { "\"tags\":[\"Base_Model:a/b\",\"xbase_model:c/d\"]", "" },
        /* A better source with bad names only is counted and passed over. */
        { "\"baseModels\":[\"/cache/x\",\"C:\\\\x\"],"
          "\"tags\":[\"base_model:a/b\"]",
          "2 a/b finetune?; bad 2" },
        /* Bad names of a lower source are not looked at. */
        { "\"baseModels\":[\"a/b\"],\"cardData\":{\"base_model\":\"/x\"}",
          "0 a/b finetune?" },
        /* A single name may be an alias, so the next source comes along. */
        { "\"baseModels\":[\"gpt2\"],\"tags\":[\"base_model:adapter:a/b\"]",
          "0 gpt2 finetune?; 1 a/b adapter!" },
        { "\"cardData\":{\"base_model\":\"bert-base-uncased\"}",
          "3 bert-base-uncased finetune?" },
    };

    (void)state;
    check_derived(rows, COUNT(rows));
}

static void a_card_names_bases_in_many_ways(void **state)
{
    static const struct derived rows[] = {
        { "\"cardData\":{\"base_model\":\"a/b\"}", "3 a/b finetune?" },
        { "\"cardData\":{\"base_model\":[\"a/b\"]}", "3 a/b finetune?" },
        { "\"cardData\":{\"base_model\":[\"a/b\",\"c/d\"]}",
          "3 a/b finetune?; 3 c/d finetune?" },
        { "\"cardData\":{\"base_model\":\"a/b, c/d,e/f\"}",
          "3 a/b finetune?; 3 c/d finetune?; 3 e/f finetune?" },
        { "\"cardData\":{\"base_model\":[\"a/b,c/d\",\"e/f\"]}",
          "3 a/b finetune?; 3 c/d finetune?; 3 e/f finetune?" },
        { "\"cardData\":{\"base_model\":\"a/b,\"}", "3 a/b finetune?" },
        { "\"cardData\":{\"base_model\":\"a/b\","
          "\"base_model_relation\":\"quantized\"}",
          "3 a/b quantized!" },
        { "\"cardData\":{\"base_model\":[\"a/b\",\"c/d\"],"
          "\"base_model_relation\":\"adapter\"}",
          "3 a/b adapter!; 3 c/d adapter!" },
        { "\"cardData\":{\"base_model\":\"a/b\","
          "\"base_model_relation\":5}",
          "3 a/b finetune?" },
        { "\"cardData\":\"{\\\"base_model\\\":\\\"a/b\\\","
          "\\\"base_model_relation\\\":\\\"merge\\\"}\"",
          "3 a/b merge!" },
        { "\"cardData\":\"{\\\"base_model\\\":[\\\"a/b\\\",\\\"c/d\\\"]}\"",
          "3 a/b finetune?; 3 c/d finetune?" },
        { "\"cardData\":{\"base_model\":\"https://huggingface.co/a/b\"}",
          "3 a/b finetune?" },
        { "\"cardData\":{\"base_model\":\"- a/b\"}", "3 a/b finetune?" },
        { "\"cardData\":{\"base_model\":[\" a/b \\n\"]}", "3 a/b finetune?" },
        { "\"cardData\":{\"base_model\":null}", "" },
        { "\"cardData\":{\"base_model\":[]}", "" },
        { "\"cardData\":{}", "" },
        { "\"cardData\":null", "" },
    };

    (void)state;
    check_derived(rows, COUNT(rows));
}

static void bad_bases_are_dropped_and_counted(void **state)
{
    static const struct derived rows[] = {
        { "\"cardData\":{\"base_model\":\"/cache/x\"}", "bad 1" },
        { "\"cardData\":{\"base_model\":\"C:\\\\models\\\\x\"}", "bad 1" },
        { "\"cardData\":{\"base_model\":\"\"}", "bad 1" },
        { "\"cardData\":{\"base_model\":\"  \"}", "bad 1" },
        { "\"cardData\":{\"base_model\":[\"\"]}", "bad 1" },
        { "\"cardData\":{\"base_model\":[\"\",\"a/b\"]}",
          "3 a/b finetune?; bad 1" },
        { "\"cardData\":{\"base_model\":\"https://github.com/a/b\"}", "bad 1" },
        { "\"cardData\":{\"base_model\":[\"/x\",\"/y\",\"/x\",\"a/b\"]}",
          "3 a/b finetune?; bad 2" },
        /* One name in two sources is one bad name. */
        { "\"tags\":[\"base_model:/x\"],\"cardData\":{\"base_model\":\"/x\"}",
          "bad 1" },
        { "\"tags\":[\"base_model:/x\"],\"cardData\":{\"base_model\":\"/y\"}",
          "bad 2" },
        { "\"baseModels\":[\"\",{\"id\":\"a b/c\"}]", "bad 2" },
        { "\"cardData\":{\"base_model\":["
          "\"https://huggingface.co/datasets/a/b\","
          "\"https://huggingface.co/datasets/c/d\"]}",
          "bad 2" },
    };

    (void)state;
    check_derived(rows, COUNT(rows));
}

static void wrong_types_in_a_card_are_counted(void **state)
{
    static const struct {
        const char *card;
        uint32_t ignored;
    } rows[] = {
        { "{\"base_model\":5}", 1 },
        { "{\"base_model\":{\"id\":\"a/b\"}}", 1 },
        { "{\"base_model\":[5,null,\"a/b\",{}]}", 3 },
        { "{\"base_model\":null}", 0 },
        { "{\"datasets\":5}", 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct eco_record rec = with_member("cardData", rows[i].card);

        if (rec.ignored != rows[i].ignored)
            fail_msg("%s: %u ignored", rows[i].card, rec.ignored);
        assert_int_equal(rec.fields, ECO_FIELD_BIT(ECO_F_CARD));
    }
    assert_int_equal(with_member("tags", "[5,null,\"x\",[]]").ignored, 3);
}

static void relations_are_inferred(void **state)
{
    static const struct {
        const char *tags, *files, *gguf, *relation;
    } rows[] = {
        { "[]", "[]", "null", "finetune" },
        { "[\"gguf\"]", "[]", "null", "quantized" },
        { "[\"GGUF\"]", "[]", "null", "quantized" },
        { "[\"awq\"]", "[]", "null", "quantized" },
        { "[\"gptq\"]", "[]", "null", "quantized" },
        { "[\"exl2\"]", "[]", "null", "quantized" },
        { "[\"mlx\"]", "[]", "null", "quantized" },
        { "[\"4-bit\"]", "[]", "null", "quantized" },
        { "[\"8-bit\"]", "[]", "null", "quantized" },
        { "[\"peft\"]", "[]", "null", "adapter" },
        { "[\"lora\"]", "[]", "null", "adapter" },
        { "[\"adapter\"]", "[]", "null", "adapter" },
        { "[\"loras\",\"gguffy\",\"bit\",\"4bit\"]", "[]", "null", "finetune" },
        { "[\"lora\",\"gguf\"]", "[]", "null", "quantized" },
        { "[]", "[\"model.Q4_K_M.gguf\"]", "null", "quantized" },
        { "[]", "[\"awq/model.safetensors\"]", "null", "quantized" },
        { "[]", "[\"adapter_config.json\"]", "null", "adapter" },
        { "[]", "[\"adapter_model.bin\"]", "null", "adapter" },
        { "[]", "[\"README.md\",\"x-lora.safetensors\"]", "null", "adapter" },
        { "[]", "[\"explorer.py\",\"adapters.txt\"]", "null", "finetune" },
        { "[]", "[]", "{\"total\":5}", "quantized" },
        { "[\"lora\"]", "[\"x.gguf\"]", "null", "quantized" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char json[600], seen[100], expected[100], files[200];
        struct eco_record rec;
        const char *name = rows[i].files;
        size_t n = 0;

        for (; *name; name++) /* each name becomes an object */
            if (*name == '"' && (name[-1] == '[' || name[-1] == ','))
                n += (size_t)sprintf(files + n, "{\"rfilename\":\"");
            else if (*name == '"')
                n += (size_t)sprintf(files + n, "\"}");
            else
                files[n++] = *name;
        files[n] = '\0';
        snprintf(json, sizeof(json),
                 "{\"id\":\"me/me\",\"tags\":%s,\"siblings\":%s,\"gguf\":%s,"
                 "\"cardData\":{\"base_model\":\"a/b\"}}",
                 rows[i].tags, files, rows[i].gguf);
        rec = model_of(json);
        derive(&rec, seen, sizeof(seen));
        snprintf(expected, sizeof(expected), "3 a/b %s?", rows[i].relation);
        if (strcmp(seen, expected))
            fail_msg("%s: %s", json, seen);
    }
}

/* That several make a merge is known when former ids are resolved. */
static void an_inferred_relation_is_that_of_a_single_base(void **state)
{
    static const struct derived rows[] = {
        { "\"tags\":[\"gguf\",\"lora\",\"base_model:a/b\",\"base_model:c/d\"]",
          "2 a/b quantized?; 2 c/d quantized?" },
        /* But a base declared stays what it was declared. */
        { "\"baseModels\":[{\"id\":\"a/b\",\"relation\":\"adapter\"},"
          "\"c/d\"]",
          "0 a/b adapter!; 0 c/d finetune?" },
    };

    (void)state;
    check_derived(rows, COUNT(rows));
}

/* --- limits --------------------------------------------------------------- */

/* {"id":"me/me", "<key>": [<n times "prefix" number "suffix">]} */
static char *many(const char *key, const char *prefix, int n)
{
    char *json = malloc(200 + (size_t)n * (strlen(prefix) + 24)), *at = json;

    at += sprintf(at, "{\"id\":\"me/me\",\"%s\":[", key);
    for (int i = 0; i < n; i++)
        at += sprintf(at, "%s\"%s%d\"", i ? "," : "", prefix, i);
    sprintf(at, "]}");
    return json;
}

static void bases_have_a_maximum(void **state)
{
    char *json = many("tags", "base_model:a/", ECO_MAX_BASES + 5);
    struct eco_record rec = model_of(json);
    const struct eco_base_list *list = &rec.u.model.bases[ECO_BASES_BARE_TAGS];

    (void)state;
    assert_int_equal(list->n, ECO_MAX_BASES);
    assert_int_equal(rec.ignored, 5);
    is(list->at[ECO_MAX_BASES - 1].id, "a/1023");
    free(json);

    json = many("tags", "base_model:/a/", ECO_MAX_BASES + 5);
    rec = model_of(json);
    assert_int_equal(rec.u.model.bases[ECO_BASES_BARE_TAGS].n_bad,
                     ECO_MAX_BASES);
    assert_int_equal(rec.ignored, 5);
    free(json);

    json = many("baseModels", "a/", ECO_MAX_BASES);
    rec = model_of(json);
    assert_int_equal(rec.u.model.bases[ECO_BASES_MODELS].n, ECO_MAX_BASES);
    assert_int_equal(rec.ignored, 0);
    free(json);
}

static void an_exhausted_arena_is_an_error(void **state)
{
    char *json = many("tags", "base_model:/a/", 900);
    struct eco_arena small;
    struct eco_record rec = { 0 };
    struct eco_json *row;

    (void)state;
    eco_arena_init(&small, 64u << 10);
    assert_int_equal(eco_json_parse(reader, eco_str_from_c(json), &row, NULL),
                     0);
    while (eco_arena_calloc(&small, 1, 1000))
        ;
    assert_int_equal(eco_record_read(ECO_RECORD_MODEL, row, &small, &rec, NULL),
                     ECO_ENOMEM);
    eco_json_free(row);
    eco_arena_release(&small);
    free(json);
}

/* --- Spaces --------------------------------------------------------------- */

static void a_space_names_models(void **state)
{
    struct eco_record rec = row_of(
        ECO_RECORD_SPACE,
        "{\"id\":\"a/s\",\"createdAt\":\"2024-01-01\",\"likes\":3,\"models\":"
        "[\"x/y\",\"X/Y\",5,\"gpt2\",\"https://huggingface.co/z/z\",\"/x\"]}");
    const struct eco_space_record *s = &rec.u.space;

    (void)state;
    is(rec.told.id, "a/s");
    assert_int_equal(rec.fields, 7);
    assert_int_equal(rec.ignored, 2);
    assert_int_equal(s->likes, 3);
    assert_true(s->created_ms == 19723 * ECO_DAY_MS);
    assert_int_equal(s->n_models, 3);
    is(s->models[0], "x/y");
    is(s->models[1], "gpt2");
    is(s->models[2], "z/z");
}

static void a_space_tells_only_what_it_says(void **state)
{
    struct eco_record rec = row_of(ECO_RECORD_SPACE, "{\"id\":\"a/s\"}");

    (void)state;
    assert_int_equal(rec.fields, 0);
    assert_int_equal(rec.u.space.likes, -1);
    assert_true(rec.u.space.created_ms == ECO_TIME_UNKNOWN);
    rec = row_of(ECO_RECORD_SPACE,
                 "{\"id\":\"a/s\",\"models\":null,\"likes\":null}");
    assert_int_equal(rec.fields, ECO_FIELD_BIT(ECO_F_SPACE_LIKES) |
                                     ECO_FIELD_BIT(ECO_F_SPACE_MODELS));
    rec = row_of(ECO_RECORD_SPACE,
                 "{\"id\":\"a/s\",\"models\":\"x/y\",\"likes\":-3}");
    assert_int_equal(rec.fields, 0);
    assert_int_equal(rec.ignored, 2);
}

static void models_of_a_space_have_a_maximum(void **state)
{
    char *json = many("models", "m/", ECO_MAX_SPACE_MODELS + 3);
    struct eco_record rec = row_of(ECO_RECORD_SPACE, json);

    (void)state;
    assert_int_equal(rec.u.space.n_models, ECO_MAX_SPACE_MODELS);
    assert_int_equal(rec.ignored, 3);
    free(json);
}

/* --- authors -------------------------------------------------------------- */

static void authors_have_two_spellings(void **state)
{
    struct eco_record a = row_of(
        ECO_RECORD_AUTHOR,
        "{\"type\":\"org\",\"full_name\":\"F\",\"photo\":\"p\",\"nature\":"
        "\"company\",\"website\":\"w\",\"github\":null,\"followers\":\"3\"}");
    struct eco_record b =
        row_of(ECO_RECORD_AUTHOR, "{\"_id\":\"6\",\"avatarUrl\":\"p\","
                                  "\"fullname\":\"F\",\"type\":\"user\"}");

    (void)state;
    assert_int_equal(a.fields, (1 << ECO_AUTHOR_FIELDS) - 1);
    is(a.u.author.type, "org");
    is(a.u.author.nature, "company");
    is(a.u.author.full_name, "F");
    is(a.u.author.avatar_url, "p");
    is(a.u.author.website, "w");
    is(a.u.author.github, "");
    assert_int_equal(b.fields, ECO_FIELD_BIT(ECO_F_AUTHOR_TYPE) |
                                   ECO_FIELD_BIT(ECO_F_AUTHOR_FULL_NAME) |
                                   ECO_FIELD_BIT(ECO_F_AUTHOR_AVATAR));
    is(b.u.author.full_name, "F");
    is(b.u.author.avatar_url, "p");
    a = row_of(ECO_RECORD_AUTHOR, "{\"type\":5,\"website\":[\"w\"]}");
    assert_int_equal(a.fields, 0);
    assert_int_equal(a.ignored, 2);
    assert_true(a.told.modified_ms == ECO_TIME_UNKNOWN);
}

/* --- precedence and merging ------------------------------------------------ */

static void precedence_has_four_steps(void **state)
{
    const struct eco_told base = { 5, 100, ECO_STR("b"), ECO_STR("m") };
    const struct {
        struct eco_told other;
        int order; /* of base against other */
    } cases[] = {
        { base, 0 },
        { { 4, 999, ECO_STR("a"), ECO_STR("z") }, 1 },
        { { 6, 0, ECO_STR("z"), ECO_STR("a") }, -1 },
        { { 5, 99, ECO_STR("a"), ECO_STR("z") }, 1 },
        { { 5, ECO_TIME_UNKNOWN, ECO_STR("a"), ECO_STR("z") }, 1 },
        { { 5, 101, ECO_STR("z"), ECO_STR("a") }, -1 },
        { { 5, 100, ECO_STR("a"), ECO_STR("a") }, -1 }, /* smaller id wins */
        { { 5, 100, ECO_STR("bb"), ECO_STR("z") }, 1 },
        { { 5, 100, ECO_STR("B"), ECO_STR("z") }, -1 },
        { { 5, 100, ECO_STR("b"), ECO_STR("l") }, 1 }, /* larger text wins */
        { { 5, 100, ECO_STR("b"), ECO_STR("mm") }, -1 },
        { { 5, 100, ECO_STR("b"), ECO_STR("\xff") }, -1 },
        { { -3, 100, ECO_STR("b"), ECO_STR("m") }, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int ab = eco_told_cmp(&base, &cases[i].other);
        int ba = eco_told_cmp(&cases[i].other, &base);

        assert_int_equal((ab > 0) - (ab < 0), cases[i].order);
        assert_int_equal((ba > 0) - (ba < 0), -cases[i].order);
    }
}

static void each_field_comes_from_the_first_row_that_tells_it(void **state)
{
    struct eco_record a = model_of(
        "{\"id\":\"A/b\",\"likes\":1,\"tags\":null,\"pipeline_tag\":null}");
    struct eco_record b = model_of(
        "{\"id\":\"a/b\",\"likes\":2,\"downloads\":3,\"pipeline_tag\":\"x\","
        "\"tags\":[\"base_model:x/y\",\"license:mit\",\"gguf\"],"
        "\"cardData\":{\"base_model\":\"c/d\"}}");
    struct eco_record c = model_of(
        "{\"id\":\"a/B\",\"likes\":9,\"downloads\":9,\"usedStorage\":5,"
        "\"cardData\":{\"license\":\"bsd\",\"base_model\":\"e/f\"}}");
    const struct eco_record *rows[] = { &a, &b, &c };
    struct eco_record out;
    char seen[200];

    (void)state;
    eco_record_merge(rows, 3, &out);
    is(out.told.id, "A/b");
    assert_int_equal(out.fields, a.fields | b.fields | c.fields);
    assert_int_equal(out.u.model.likes, 1);
    assert_int_equal(out.u.model.downloads, 3);
    assert_int_equal(out.u.model.storage, 5);
    is(out.u.model.task, "");
    is(eco_model_licence(&out.u.model), ""); /* b's card says none */
    derive(&out, seen, sizeof(seen));
    assert_string_equal(seen, "3 c/d finetune?"); /* the tags are cleared */

    assert_int_equal(eco_record_news(rows, 0), a.fields);
    assert_int_equal(eco_record_news(rows, 1), ECO_FIELD_BIT(ECO_F_DOWNLOADS) |
                                                   ECO_FIELD_BIT(ECO_F_CARD));
    assert_int_equal(eco_record_news(rows, 2), ECO_FIELD_BIT(ECO_F_STORAGE));
}

/* Every field in turn: only the second row tells it, then both do. */
static void no_field_is_forgotten_or_mixed_up(void **state)
{
    static const char *const other[ECO_MODEL_FIELDS] = {
        "\"77b\"",
        "\"2020-01-01\"",
        "\"2020-01-01\"",
        "1",
        "2",
        "3",
        "\"u\"",
        "\"v\"",
        "\"manual\"",
        "false",
        "{\"total\":8}",
        "{\"total\":9}",
        "10",
        "[\"base_model:adapter:o/t\",\"license:o\",\"en\"]",
        "[\"o/b\"]",
        "{\"license\":\"oc\",\"base_model\":\"o/c\",\"language\":\"de\"}",
        "[{\"rfilename\":\"x.gguf\"}]"
    };
    struct eco_record empty = model_of("{\"id\":\"a/b\"}");

    (void)state;
    for (size_t i = 0; i < COUNT(model_fields); i++) {
        const char *key = model_fields[i].key;
        struct eco_record one = with_member(key, model_fields[i].good);
        struct eco_record two = with_member(key, other[model_fields[i].field]);
        const struct eco_record *late[] = { &empty, &two };
        const struct eco_record *both[] = { &one, &two };
        struct eco_record out;

        eco_record_merge(late, 2, &out);
        assert_memory_equal(&out.u, &two.u, sizeof(out.u.model));
        assert_int_equal(out.fields, two.fields);
        eco_record_merge(both, 2, &out);
        assert_memory_equal(&out.u, &one.u, sizeof(out.u.model));
        assert_memory_not_equal(&one.u, &two.u, sizeof(out.u.model));
    }
}

static void authors_and_spaces_merge_too(void **state)
{
    struct eco_record a = row_of(ECO_RECORD_AUTHOR, "{\"type\":\"org\"}");
    struct eco_record b = row_of(
        ECO_RECORD_AUTHOR,
        "{\"type\":\"user\",\"nature\":\"n\",\"full_name\":\"f\",\"photo\":"
        "\"p\",\"website\":\"w\",\"github\":\"g\"}");
    struct eco_record s = row_of(ECO_RECORD_SPACE, "{\"id\":\"a/s\"}");
    struct eco_record t =
        row_of(ECO_RECORD_SPACE, "{\"id\":\"a/S\",\"createdAt\":\"2024-01-01\","
                                 "\"likes\":3,\"models\":[\"x/y\"]}");
    const struct eco_record *authors[] = { &a, &b }, *spaces[] = { &s, &t };
    struct eco_record out;

    (void)state;
    eco_record_merge(authors, 2, &out);
    is(out.u.author.type, "org");
    is(out.u.author.nature, "n");
    is(out.u.author.full_name, "f");
    is(out.u.author.avatar_url, "p");
    is(out.u.author.website, "w");
    is(out.u.author.github, "g");
    eco_record_merge(spaces, 2, &out);
    is(out.told.id, "a/s");
    assert_int_equal(out.u.space.likes, 3);
    assert_int_equal(out.u.space.n_models, 1);
    assert_true(out.u.space.created_ms == 19723 * ECO_DAY_MS);
    eco_record_merge(spaces, 1, &out);
    assert_int_equal(out.fields, 0);
}

/* --- no memory -------------------------------------------------------------- */

static void survives_every_allocation_failure(void **state)
{
    static const char *const rows[ECO_RECORD_KINDS] = {
        "{\"id\":\"a/b\",\"pipeline_tag\":\"x\",\"tags\":[\"base_model:a/c\","
        "\"base_model:/x\",\"license:m\"],\"cardData\":"
        "\"{\\\"base_model\\\":\\\"d/e\\\",\\\"license\\\":\\\"l\\\"}\"}",
        "{\"type\":\"org\",\"full_name\":\"f\"}",
        "{\"id\":\"a/b\",\"models\":[\"x/y\",\"y/z\"]}",
    };

    (void)state;
    for (int kind = 0; kind < ECO_RECORD_KINDS; kind++) {
        struct eco_json *row;
        long before, k = 0;
        int rc;

        assert_int_equal(
            eco_json_parse(reader, eco_str_from_c(rows[kind]), &row, NULL), 0);
        before = eco_test_live_blocks();
        do {
            struct eco_arena a;
            struct eco_record rec = { 0 };
            struct eco_err err = { 0 };

            assert_true(k < 20);
            eco_arena_init(&a, 1u << 20);
            eco_test_fail_alloc_after(k++);
            rc = eco_record_read((enum eco_record_kind)kind, row, &a, &rec,
                                 &err);
            eco_test_fail_alloc_after(-1);
            assert_true(rc == 0 || rc == ECO_ENOMEM);
            assert_int_equal(err.code, rc);
            if (!rc && kind == ECO_RECORD_MODEL)
                assert_int_equal(rec.u.model.bases[ECO_BASES_CARD].n, 1);
            eco_arena_release(&a);
            assert_int_equal(eco_test_live_blocks(), before);
        } while (rc);
        assert_true(k >= 2);
        eco_json_free(row);
    }
}

static void derivations_need_memory(void **state)
{
    struct eco_record rec =
        model_of("{\"id\":\"a/b\",\"baseModels\":[\"c/d\"]}");
    struct eco_derivation *d;
    struct eco_arena a;
    struct eco_err err = { 0 };
    uint32_t n, n_bad;

    (void)state;
    eco_arena_init(&a, 1u << 20);
    eco_test_fail_alloc_after(0);
    assert_int_equal(
        eco_model_derivations(&rec.u.model, &a, &d, &n, &n_bad, &err),
        ECO_ENOMEM);
    eco_test_fail_alloc_after(-1);
    assert_int_equal(
        eco_model_derivations(&rec.u.model, &a, &d, &n, &n_bad, NULL), 0);
    assert_int_equal(n, 1);
    eco_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_without_a_valid_id_is_refused),
        cmocka_unit_test(a_long_id_does_not_fill_the_message),
        cmocka_unit_test(identity_comes_from_the_row),
        cmocka_unit_test(spaces_are_told_from_models),
        cmocka_unit_test(every_field_is_told_by_its_key_only),
        cmocka_unit_test(a_wrong_value_counts_as_absent),
        cmocka_unit_test(values_arrive),
        cmocka_unit_test(null_and_absent_are_unknown),
        cmocka_unit_test(gated_has_four_values),
        cmocka_unit_test(parameters_come_from_safetensors_then_gguf),
        cmocka_unit_test(texts_have_a_maximum),
        cmocka_unit_test(reserved_words_are_unknown),
        cmocka_unit_test(the_licence_is_the_cards_then_the_tags),
        cmocka_unit_test(base_models_have_three_shapes),
        cmocka_unit_test(the_best_source_with_a_valid_base_is_used_alone),
        cmocka_unit_test(a_card_names_bases_in_many_ways),
        cmocka_unit_test(bad_bases_are_dropped_and_counted),
        cmocka_unit_test(wrong_types_in_a_card_are_counted),
        cmocka_unit_test(relations_are_inferred),
        cmocka_unit_test(an_inferred_relation_is_that_of_a_single_base),
        cmocka_unit_test(bases_have_a_maximum),
        cmocka_unit_test(an_exhausted_arena_is_an_error),
        cmocka_unit_test(a_space_names_models),
        cmocka_unit_test(a_space_tells_only_what_it_says),
        cmocka_unit_test(models_of_a_space_have_a_maximum),
        cmocka_unit_test(authors_have_two_spellings),
        cmocka_unit_test(precedence_has_four_steps),
        cmocka_unit_test(each_field_comes_from_the_first_row_that_tells_it),
        cmocka_unit_test(no_field_is_forgotten_or_mixed_up),
        cmocka_unit_test(authors_and_spaces_merge_too),
        cmocka_unit_test(survives_every_allocation_failure),
        cmocka_unit_test(derivations_need_memory),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
