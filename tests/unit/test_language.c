/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "record/language.h"
#include "record/language_codes.h"
#include "record/record.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- one word ------------------------------------------------------------- */

struct meaning {
    const char *text;
    const char *code; /* NULL: no language */
};

static void check(const struct meaning *rows, size_t n,
                  bool (*mean)(struct eco_str, struct eco_str *))
{
    for (size_t i = 0; i < n; i++) {
        struct eco_str code = { 0 };
        bool yes = mean(eco_str_from_c(rows[i].text), &code);

        if (yes != (rows[i].code != NULL) ||
            (yes && !eco_str_is(code, rows[i].code)))
            fail_msg("\"%s\" is \"%.*s\"", rows[i].text, (int)code.len,
                     code.len ? code.ptr : "");
    }
}

static void a_word_of_a_card_is_a_code(void **state)
{
    static const struct meaning rows[] = {
        /* two letters, three, and the older three of ISO 639-2 */
        { "en", "en" },
        { "eng", "en" },
        { "zho", "zh" },
        { "chi", "zh" },
        { "deu", "de" },
        { "ger", "de" },
        { "fre", "fr" },
        { "dut", "nl" },
        { "yue", "yue" },
        { "jax", "jax" }, /* whoever writes it there means it */
        { "cv", "cv" },
        { "ml", "ml" },
        { "sd", "sd" },
        { "nn", "nn" },
        { "bh", "bh" },
        { "bih", "bh" },
        /* case, regions and scripts */
        { "EN", "en" },
        { "Zh-cn", "zh" },
        { "zh_Hant", "zh" },
        { "pt-BR", "pt" },
        { "es-419", "es" },
        { "sr-Latn-RS", "sr" },
        { "eng_Latn", "en" },
        { "en-", "en" },
        /* one of a macrolanguage, and codes that were withdrawn */
        { "cmn", "zh" },
        { "iw", "he" },
        { "in", "id" },
        { "ji", "yi" },
        { "jw", "jv" },
        { "mo", "ro" },
        { "sh", "sr" },
        { "hbs", "sr" },
        /* values of their own */
        { "multilingual", "multilingual" },
        { "Multilingual", "multilingual" },
        { "mul", "multilingual" },
        { "code", "code" },
        { "Code", "code" },
        /* none */
        { "und", NULL },
        { "mis", NULL },
        { "zxx", NULL },
        { "unknown", NULL },
        { "Unknown", NULL },
        { "English", NULL },
        { "N/A", NULL },
        { "afa", NULL }, /* a family of languages */
        { "qaa", NULL }, /* for private use */
        { "xx", NULL },
        { "e", NULL },
        { "", NULL },
        { "-en", NULL },
        { "e-n", NULL },
        { "en/fr", NULL },
        { "engl", NULL },
        { "codes", NULL },
        { "code-x", NULL },
        { "中文", NULL },
        { "\303\251n", NULL },
    };

    (void)state;
    check(rows, COUNT(rows), eco_language_of_word);
}

static void a_tag_is_a_language_only_when_it_must_be(void **state)
{
    static const struct meaning rows[] = {
        { "en", "en" },
        { "jw", "jv" },
        { "iw", "he" },
        { "yue", "yue" },
        { "cmn", "zh" },
        { "fil", "fil" },
        { "ceb", "ceb" },
        { "gsw", "gsw" },
        { "eng", "en" },
        { "deu", "de" },
        { "zho", "zh" },
        { "mul", "multilingual" },
        { "multilingual", "multilingual" },
        { "code", "code" },
        { "zh-CN", "zh" },
        { "zh_Hant", "zh" },
        { "zh-Hant-TW", "zh" },
        { "pt-BR", "pt" },
        { "eng_Latn", "en" },
        /* words of the trade */
        { "jax", NULL },
        { "trl", NULL },
        { "moe", NULL },
        { "sam", NULL },
        { "vit", NULL },
        { "ner", NULL },
        { "rag", NULL },
        { "asr", NULL },
        { "tts", NULL },
        { "aya", NULL },
        { "ara", NULL },
        { "swe", NULL },
        { "ml", NULL },
        { "cv", NULL },
        { "sd", NULL },
        { "nn", NULL },
        { "in", NULL },
        { "sh", NULL },
        { "sd-XL", NULL },
        { "tf", NULL },
        /* capitals, and what is no region and no script */
        { "EN", NULL },
        { "En", NULL },
        { "OS", NULL },
        { "MT", NULL },
        { "pt-br", NULL },
        { "co-rl", NULL },
        { "no-std", NULL },
        { "no-", NULL },
        { "en-U", NULL },
        { "en-Us", NULL },
        { "en-USA", NULL },
        { "tr-HANT", NULL },
        { "tr-Llm1", NULL },
        { "zh-Hant-x", NULL },
        { "zh--CN", NULL },
        { "zh CN", NULL },
        { "Code", NULL },
        { "Multilingual", NULL },
        { "und", NULL },
        { "unknown", NULL },
        { "language:en", NULL },
        { "", NULL },
    };

    (void)state;
    check(rows, COUNT(rows), eco_language_of_tag);
}

/* What is looked up must be there, or a code of the lists is misspelt. */
static void tags_are_words_too(void **state)
{
    (void)state;
    for (char a = 'a'; a <= 'z'; a++)
        for (char b = 'a'; b <= 'z'; b++)
            for (char c = 'a' - 1; c <= 'z'; c++) {
                const char text[] = { a, b, c };
                struct eco_str s = { text, c < 'a' ? 2 : 3 }, tag, word;

                if (!eco_language_of_tag(s, &tag))
                    continue;
                assert_true(eco_language_of_word(s, &word));
                assert_true(eco_str_eq(tag, word));
            }
}

/* --- the table ------------------------------------------------------------ */

static void the_table_is_sorted_and_goes_one_step(void **state)
{
    (void)state;
    assert_true(eco_language_codes_count > 8000);
    for (size_t i = 0; i < eco_language_codes_count; i++) {
        const struct eco_language_code *c = &eco_language_codes[i];
        struct eco_str twice;

        assert_true(strlen(c->code) == 2 || strlen(c->code) == 3);
        assert_true(!i || strcmp(c[-1].code, c->code) < 0);
        assert_true(eco_language_of_word(eco_str_from_c(c->to), &twice));
        assert_true(eco_str_is(twice, c->to));
        assert_true(strlen(c->to) <= strlen(c->code));
    }
}

/* --- rows ----------------------------------------------------------------- */

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

/* A model's row with these members. */
static struct eco_record model_of(const char *members)
{
    size_t room = strlen(members) + 40;
    char *json = malloc(room);
    struct eco_record rec = { 0 };
    struct eco_err err = { 0 };
    struct eco_json *row;

    snprintf(json, room, "{\"id\":\"a/b\",%s}", members);
    if (eco_json_parse(reader, eco_str_from_c(json), &row, &err) ||
        eco_record_read(ECO_RECORD_MODEL, row, &arena, &rec, &err))
        fail_msg("%.80s: %s", json, err.msg);
    eco_json_free(row);
    free(json);
    return rec;
}

static struct eco_str languages_of(const struct eco_record *rec)
{
    struct eco_str text;

    assert_int_equal(eco_language_join(eco_model_languages(&rec->u.model),
                                       &arena, &text, NULL),
                     0);
    return text;
}

struct told {
    const char *members, *languages;
    uint32_t ignored;
};

static void check_told(const struct told *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct eco_record rec = model_of(rows[i].members);
        struct eco_str seen = languages_of(&rec);

        if (!eco_str_is(seen, rows[i].languages) ||
            rec.ignored != rows[i].ignored)
            fail_msg("%s: \"%.*s\", %u ignored", rows[i].members, (int)seen.len,
                     seen.len ? seen.ptr : "", rec.ignored);
    }
}

static void a_card_names_languages_in_many_ways(void **state)
{
    static const struct told rows[] = {
        { "\"cardData\":{\"language\":\"en\"}", "en", 0 },
        { "\"cardData\":{\"language\":[\"zh\",\"en\",\"zh-CN\",\"cmn\"]}",
          "en,zh", 0 },
        { "\"cardData\":{\"language\":\"fr, en,de,,\"}", "de,en,fr", 0 },
        { "\"cardData\":{\"language\":\"  fr\\ten \\n de \"}", "de,en,fr", 0 },
        { "\"cardData\":{\"language\":[\"fr en\",\"de\"]}", "de,en,fr", 0 },
        { "\"cardData\":\"{\\\"language\\\":[\\\"en\\\"]}\"", "en", 0 },
        { "\"cardData\":{\"language\":[\"multilingual\",\"code\",\"ja\"]}",
          "code,ja,multilingual", 0 },
        { "\"cardData\":{\"language\":[\"yue\",\"zu\",\"aaa\",\"en\"]}",
          "aaa,en,yue,zu", 0 },
        /* text about languages names none, and is nothing wrong either */
        { "\"cardData\":{\"language\":\"English\"}", "", 0 },
        { "\"cardData\":{\"language\":\"N/A\"}", "", 0 },
        { "\"cardData\":{\"language\":\"no idea\"}", "", 0 },
        { "\"cardData\":{\"language\":\"it is in English, fr\"}", "fr", 0 },
        { "\"cardData\":{\"language\":[\"und\",\"unknown\",\"\"]}", "", 0 },
        { "\"cardData\":{\"language\":\"\"}", "", 0 },
        { "\"cardData\":{\"language\":null}", "", 0 },
        { "\"cardData\":{\"language\":[]}", "", 0 },
        { "\"cardData\":{}", "", 0 },
        { "\"cardData\":null", "", 0 },
        /* values of a wrong type */
        { "\"cardData\":{\"language\":5}", "", 1 },
        { "\"cardData\":{\"language\":{\"en\":true}}", "", 1 },
        { "\"cardData\":{\"language\":[\"en\",false,[\"fr\"],null,3]}", "en",
          4 },
    };

    (void)state;
    check_told(rows, COUNT(rows));
}

static void the_card_is_used_before_the_tags_and_alone(void **state)
{
    static const struct told rows[] = {
        { "\"tags\":[\"zh\",\"pytorch\",\"en\",\"ml\",\"jax\",\"region:us\"]",
          "en,zh", 0 },
        { "\"tags\":[\"jax\",\"trl\",\"moe\",\"sam\",\"ml\",\"cv\"]", "", 0 },
        { "\"tags\":[\"yue\",\"ja\",\"multilingual\",\"code\",\"eng\"]",
          "code,en,ja,multilingual,yue", 0 },
        { "\"tags\":[\"en\",\"fr\"],\"cardData\":{\"language\":\"de\"}", "de",
          0 },
        { "\"tags\":[\"en\"],\"cardData\":{\"language\":[\"ml\",\"jax\"]}",
          "jax,ml", 0 },
        { "\"tags\":[\"en\"],\"cardData\":{\"language\":\"code\"}", "code", 0 },
        { "\"tags\":[\"en\"],\"cardData\":{\"language\":\"English\"}", "en",
          0 },
        { "\"tags\":[\"en\"],\"cardData\":{\"language\":\"und\"}", "en", 0 },
        { "\"tags\":[\"en\"],\"cardData\":{\"language\":[]}", "en", 0 },
        { "\"tags\":[\"en\"],\"cardData\":{\"license\":\"mit\"}", "en", 0 },
        { "\"tags\":[5,\"en\",null]", "en", 2 },
        { "\"tags\":\"en\"", "", 1 },
        { "\"tags\":null", "", 0 },
        { "\"language\":\"en\"", "", 0 },
    };

    (void)state;
    check_told(rows, COUNT(rows));
}

static void thirty_languages_are_sorted(void **state)
{
    static const char expected[] =
        "ar,bn,cs,da,de,el,en,es,fi,fr,he,hi,hu,id,it,ja,ko,ms,nl,no,pl,pt,"
        "ro,ru,sv,th,tr,uk,vi,zh";
    static const char shuffled[] =
        "\"zh\",\"vi\",\"ar\",\"en\",\"fr\",\"de\",\"uk\",\"tr\",\"th\","
        "\"sv\",\"ru\",\"ro\",\"pt\",\"pl\",\"no\",\"nl\",\"ms\",\"ko\","
        "\"ja\",\"it\",\"id\",\"hu\",\"hi\",\"he\",\"fi\",\"es\",\"el\","
        "\"da\",\"cs\",\"bn\",\"en\",\"zh\",\"zh-TW\"";
    char members[1000];
    struct told row = { members, expected, 0 };

    (void)state;
    snprintf(members, sizeof(members), "\"tags\":[%s]", shuffled);
    check_told(&row, 1);
    snprintf(members, sizeof(members), "\"cardData\":{\"language\":[%s]}",
             shuffled);
    check_told(&row, 1);
}

static void each_source_is_merged_by_itself(void **state)
{
    struct eco_record tags = model_of("\"tags\":[\"en\"]");
    struct eco_record card = model_of("\"cardData\":{\"language\":\"de\"}");
    struct eco_record none = model_of("\"cardData\":null,\"tags\":null");
    const struct eco_record *both[] = { &tags, &card };
    const struct eco_record *cleared[] = { &none, &tags, &card };
    struct eco_record out;

    (void)state;
    eco_record_merge(both, 2, &out);
    assert_true(eco_str_is(languages_of(&out), "de"));
    assert_int_equal(out.u.model.tag_languages.n, 1);
    eco_record_merge(both, 1, &out);
    assert_true(eco_str_is(languages_of(&out), "en"));
    eco_record_merge(cleared, 3, &out);
    assert_true(eco_str_is(languages_of(&out), ""));
}

/* The first n codes of the table that are written as they are, each `times`
 * times, backwards. */
static char *many(size_t n, int times)
{
    char *text = malloc(40 + n * (size_t)times * 6), *at = text;
    size_t i = 0;

    at += sprintf(at, "\"cardData\":{\"language\":[");
    for (size_t left = n; left; i++)
        left -= !strcmp(eco_language_codes[i].code, eco_language_codes[i].to);
    while (i--)
        for (int k = 0; k < times; k++)
            if (!strcmp(eco_language_codes[i].code, eco_language_codes[i].to))
                at += sprintf(at, "\"%s\",", eco_language_codes[i].code);
    sprintf(at - 1, "]}");
    return text;
}

static void languages_have_a_maximum(void **state)
{
    char *members = many(ECO_MAX_LANGUAGES, 2);
    struct eco_record rec = model_of(members);
    const struct eco_language_list *list = &rec.u.model.card_languages;

    (void)state;
    assert_int_equal(list->n, ECO_MAX_LANGUAGES);
    assert_int_equal(rec.ignored, 0);
    for (uint32_t i = 1; i < list->n; i++)
        assert_true(eco_str_cmp(list->at[i - 1], list->at[i]) < 0);
    free(members);

    members = many(ECO_MAX_LANGUAGES + 3, 1);
    rec = model_of(members);
    assert_int_equal(rec.u.model.card_languages.n, ECO_MAX_LANGUAGES);
    assert_int_equal(rec.ignored, 3);
    free(members);
}

/* A row of the largest size must not take longer than its bytes explain. */
static void a_long_text_is_read_in_one_go(void **state)
{
    size_t n = 4u << 20;
    char *members = malloc(n + 100), *at = members;
    struct eco_record rec;

    (void)state;
    at += sprintf(at, "\"cardData\":{\"language\":\"");
    for (size_t i = 0; i < n / 4; i++)
        at += sprintf(at, i % 1000 ? "en  " : "zh, ");
    memset(at - n / 4, ' ', n / 4);
    sprintf(at, "\"}");
    rec = model_of(members);
    assert_true(eco_str_is(languages_of(&rec), "en,zh"));
    free(members);
}

/* --- no memory ------------------------------------------------------------ */

static int read_and_join(const struct eco_json *row, struct eco_arena *a,
                         struct eco_err *err)
{
    struct eco_record rec = { 0 };
    struct eco_str text;
    int rc = eco_record_read(ECO_RECORD_MODEL, row, a, &rec, err);

    if (!rc)
        rc =
            eco_language_join(eco_model_languages(&rec.u.model), a, &text, err);
    if (!rc)
        assert_true(eco_str_starts_with(text, "aa"));
    return rc;
}

static void survives_every_allocation_failure(void **state)
{
    char *members = many(1000, 1), *json = malloc(strlen(members) + 40);
    struct eco_json *row;
    long before, k = 0;
    int rc;

    (void)state;
    sprintf(json, "{\"id\":\"a/b\",\"tags\":[\"en\"],%s}", members);
    assert_int_equal(eco_json_parse(reader, eco_str_from_c(json), &row, NULL),
                     0);
    before = eco_test_live_blocks();
    do {
        struct eco_arena a;
        struct eco_err err = { 0 };

        assert_true(k < 50);
        eco_arena_init(&a, 1u << 20);
        eco_test_fail_alloc_after(k++);
        rc = read_and_join(row, &a, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        eco_arena_release(&a);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k >= 2);
    eco_json_free(row);
    free(json);
    free(members);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_of_a_card_is_a_code),
        cmocka_unit_test(a_tag_is_a_language_only_when_it_must_be),
        cmocka_unit_test(tags_are_words_too),
        cmocka_unit_test(the_table_is_sorted_and_goes_one_step),
        cmocka_unit_test(a_card_names_languages_in_many_ways),
        cmocka_unit_test(the_card_is_used_before_the_tags_and_alone),
        cmocka_unit_test(thirty_languages_are_sorted),
        cmocka_unit_test(each_source_is_merged_by_itself),
        cmocka_unit_test(languages_have_a_maximum),
        cmocka_unit_test(a_long_text_is_read_in_one_go),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
