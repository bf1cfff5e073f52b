/* SPDX-License-Identifier: MIT */
#include "synth/rows.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/limits.h"
#include "json/writer.h"
#include "synth/curve.h"
#include "synth/names.h"

#define MAX_SYNTH_BASES 100

/* A model while its row is written. */
struct row {
    const struct eco_world *w;
    struct eco_json_writer *out;
    uint64_t model, rank;
    struct eco_lineage line;
    struct eco_nature nature;
    enum eco_dirt dirt;
    uint64_t h; /* small decisions of the row, bit by bit */
    int64_t created_ms;
    int64_t downloads;
    struct eco_buf text; /* its id, then its bases' */
    uint32_t id_len;
    struct {
        uint32_t at, len;
    } bases[MAX_SYNTH_BASES];
    uint32_t n_bases;
    const char *relation; /* NULL: the row does not say */
};

static const char *const relation_names[ECO_SYNTH_RELATIONS] = {
    "adapter", "finetune", "merge", "quantized"
};

static struct eco_str id_of(const struct row *r)
{
    return (struct eco_str){ r->text.ptr, r->id_len };
}

static struct eco_str base_of(const struct row *r, uint32_t i)
{
    return (struct eco_str){ r->text.ptr + r->bases[i].at, r->bases[i].len };
}

/* --- bases ---------------------------------------------------------------- */

static void end_base(struct row *r, size_t from)
{
    struct eco_str id = { r->text.ptr + from, r->text.len - from };

    if (r->text.failed)
        return;
    for (uint32_t i = 0; i < r->n_bases; i++)
        if (eco_str_eq(base_of(r, i), id)) {
            r->text.len = from; /* a merge of a family's two children */
            return;
        }
    r->bases[r->n_bases].at = (uint32_t)from;
    r->bases[r->n_bases++].len = (uint32_t)id.len;
}

static void add_base(struct row *r, uint64_t model)
{
    size_t from = r->text.len;
    struct eco_lineage line;
    struct eco_nature nature;

    eco_world_lineage(r->w, model, &line);
    eco_world_nature(r->w, &line, &nature);
    eco_names_model(r->w, &line, nature.size, &r->text);
    end_base(r, from);
}

static void add_path(struct row *r)
{
    size_t from = r->text.len;
    unsigned n = (unsigned)(r->h >> 20 & 0x3ff) * 100;

    switch (r->h >> 30 & 3) {
    case 0:
        eco_buf_printf(&r->text, "/cache/weights/%u", n);
        break;
    case 1:
        eco_buf_printf(&r->text, "./checkpoint-%u", n);
        break;
    case 2:
        eco_buf_printf(&r->text, "C:\\models\\run-%u", n);
        break;
    default:
        eco_buf_printf(&r->text, "/workspace/out/step-%u", n);
    }
    end_base(r, from);
}

/* The next one of a ring of `size` dirty singles. */
static uint64_t next_in_ring(const struct row *r, uint64_t size)
{
    uint64_t first = r->w->plan.dirt[r->dirt];
    uint64_t at = r->line.place[0].at - first;

    return r->w->plan.roots + first + at / size * size + (at + 1) % size;
}

static void add_dirty_bases(struct row *r)
{
    size_t from = r->text.len;

    r->relation = relation_names[ECO_SYNTH_FINETUNE];
    switch (r->dirt) {
    case ECO_DIRT_SELF:
        add_base(r, r->model);
        break;
    case ECO_DIRT_PAIR:
        add_base(r, next_in_ring(r, 2));
        break;
    case ECO_DIRT_TRIANGLE:
        add_base(r, next_in_ring(r, 3));
        break;
    case ECO_DIRT_MISSING:
        eco_names_missing(r->w, r->line.place[0].at, &r->text);
        end_base(r, from);
        break;
    case ECO_DIRT_PATH:
        add_path(r);
        break;
    default:
        r->relation = NULL;
    }
}

static void add_bases(struct row *r)
{
    const struct eco_place *place = &r->line.place[0];
    uint32_t further = eco_plan_further(&r->w->plan, place);

    if (place->kind != ECO_PLACE_CHILD) {
        add_dirty_bases(r);
        return;
    }
    r->relation = relation_names[place->relation];
    add_base(r, place->base);
    for (uint32_t i = 0; i < further && r->n_bases < MAX_SYNTH_BASES; i++)
        add_base(r, eco_plan_further_base(&r->w->plan, place, i));
}

/* --- members -------------------------------------------------------------- */

static void put_time(struct eco_json_writer *out, const char *key, int64_t ms)
{
    char text[ECO_TIME_TEXT_BYTES];

    eco_json_key(out, key);
    eco_json_put_c(out, eco_time_format(ms, text));
}

static void put_number(struct eco_json_writer *out, const char *key, int64_t n)
{
    eco_json_key(out, key);
    eco_json_put_i64(out, n);
}

static void put_text(struct eco_json_writer *out, const char *key,
                     const char *text)
{
    eco_json_key(out, key);
    eco_json_put_c(out, text);
}

static void put_null(struct eco_json_writer *out, const char *key)
{
    eco_json_key(out, key);
    eco_json_put_null(out);
}

/* The Hub's _id begins with the second of creation. */
static void put_hub_id(struct eco_json_writer *out, int64_t ms, uint64_t h)
{
    char text[25];

    snprintf(text, sizeof(text), "%08x%08x%08x", (unsigned)(ms / 1000),
             (unsigned)(h >> 32), (unsigned)h);
    put_text(out, "_id", text);
}

static int64_t modified_ms(const struct row *r)
{
    double u = eco_numbers_unit(r->h);
    int64_t left = eco_curve_end() - 1000 - r->created_ms;
    int64_t after =
        u < 0.5
            ? (int64_t)(u * 7200) * 1000
            : (int64_t)((double)left * (2 * u - 1) * (2 * u - 1) * (2 * u - 1));

    after = after / 1000 * 1000;
    return r->created_ms + (after < left ? after : 0);
}

static int64_t all_downloads(const struct row *r)
{
    int64_t months = (eco_curve_end() - r->created_ms) / (30 * ECO_DAY_MS);
    double u = eco_numbers_unit(r->h << 7);
    double earlier = r->downloads ? (double)r->downloads : 12 * u * u * u;

    return r->downloads + (int64_t)(earlier * (double)months * (0.2 + 0.6 * u));
}

static void put_gated(struct row *r)
{
    unsigned dice = (unsigned)(r->h >> 40 & 0x3ff);
    bool known = r->rank < r->w->plan.models / 500;

    if (known ? dice < 200 : dice < 9)
        put_text(r->out, "gated", dice & 1 ? "auto" : "manual");
    else if (dice & 1) {
        eco_json_key(r->out, "gated");
        eco_json_put_bool(r->out, false);
    }
}

/* What is not there is mostly absent, sometimes null. */
static void put_maybe(struct row *r, const char *key, const char *text,
                      unsigned dice)
{
    if (text)
        put_text(r->out, key, text);
    else if ((dice & 63) == 0)
        put_null(r->out, key);
}

static void put_sizes(struct row *r)
{
    const struct eco_place *place = &r->line.place[0];
    bool quantized = place->kind == ECO_PLACE_CHILD &&
                     place->relation == ECO_SYNTH_QUANTIZED;
    bool adapter =
        place->kind == ECO_PLACE_CHILD && place->relation == ECO_SYNTH_ADAPTER;
    int64_t n = r->nature.parameters;

    if (!r->nature.tells_size)
        return;
    eco_json_key(
        r->out, quantized && eco_str_ends_with(eco_str_from_c(eco_names_packing(
                                                   r->w, &r->line)),
                                               "GGUF")
                    ? "gguf"
                    : "safetensors");
    eco_json_begin_object(r->out);
    put_number(r->out, "total", n);
    eco_json_end_object(r->out);
    put_number(r->out, "usedStorage",
               quantized ? n / 10 * 6
               : adapter ? n / 50
                         : n * 2);
}

/* --- languages ------------------------------------------------------------ */

#define SHARE_DECLARES 0.14
#define SHARE_EIGHT 0.012 /* the eight that large families are tested in */
#define SHARE_MANY 0.008
#define MANY_NAMED 0.6 /* of the named ones, in such a long list */
#define MANY_OTHERS 0.81
#define SHARE_ENGLISH_AND 0.137
#define SHARE_ONE_NAMED 0.110
#define SHARE_ONE_OTHER 0.030

/* What is left to a language besides the lists. */
static double left_of(int language)
{
    static const bool of_eight[ECO_LANGUAGES_NAMED] = {
        [0] = true, [2] = true, [3] = true,  [4] = true,
        [7] = true, [8] = true, [10] = true, [12] = true
    };

    return eco_synth_languages[language].share - SHARE_MANY * MANY_NAMED -
           (of_eight[language] ? SHARE_EIGHT : 0);
}

static const char *one_language(double u)
{
    double sum = 0;
    int i;

    for (i = 1; i < ECO_LANGUAGES_NAMED; i++)
        sum += left_of(i);
    u *= sum;
    for (i = 1; i < ECO_LANGUAGES_NAMED - 1; i++) {
        u -= left_of(i);
        if (u < 0)
            break;
    }
    return eco_synth_languages[i].name;
}

static unsigned many_languages(const struct row *r, const char **at)
{
    unsigned n = 0;

    at[n++] = "en";
    for (int i = 1; i < ECO_LANGUAGES; i++) {
        uint64_t h = eco_world_hash(r->w, ECO_FOR_LANGUAGE,
                                    r->model * ECO_LANGUAGES + (uint64_t)i);
        double u = eco_numbers_unit(h);

        if (i < ECO_LANGUAGES_NAMED && u < MANY_NAMED)
            at[n++] = eco_synth_languages[i].name;
        else if (i >= ECO_LANGUAGES_NAMED && u < MANY_OTHERS)
            at[n++] = eco_synth_other_languages[i - ECO_LANGUAGES_NAMED];
    }
    return n;
}

static unsigned languages_of(const struct row *r, const char **at)
{
    static const char *const eight[] = { "en", "de", "fr", "it",
                                         "pt", "hi", "es", "th" };
    double u = eco_world_unit(r->w, ECO_FOR_LANGUAGES, r->model);
    double v = eco_world_unit(r->w, ECO_FOR_LANGUAGE, r->model * ECO_LANGUAGES);

    if (u >= SHARE_DECLARES)
        return 0;
    u /= SHARE_DECLARES;
    if ((u -= SHARE_EIGHT) < 0) {
        for (int i = 0; i < 8; i++)
            at[i] = eight[i];
        return 8;
    }
    if ((u -= SHARE_MANY) < 0)
        return many_languages(r, at);
    at[0] = "en";
    if ((u -= SHARE_ENGLISH_AND) < 0) {
        at[1] = one_language(v);
        return 2;
    }
    if ((u -= SHARE_ONE_NAMED) < 0)
        at[0] = one_language(v);
    else if (u - SHARE_ONE_OTHER < 0)
        at[0] = eco_synth_other_languages[(
            size_t)(v * (ECO_LANGUAGES - ECO_LANGUAGES_NAMED))];
    return 1;
}

/* --- tags and card -------------------------------------------------------- */

/* Put a tag and empty the buffer; a failure lasts. */
static void put_tag(struct row *r, struct eco_buf *tag)
{
    eco_json_put_str(r->out, eco_buf_view(tag));
    if (!tag->failed)
        eco_buf_reset(tag);
}

/* base_model:X and base_model:relation:X, as the Hub makes them. */
static void put_base_tags(struct row *r, struct eco_buf *tag)
{
    for (uint32_t i = 0; i < r->n_bases; i++) {
        struct eco_str base = base_of(r, i);

        for (int typed = 0; typed < 2; typed++) {
            eco_buf_append_c(tag, "base_model:");
            if (typed) {
                eco_buf_append_c(tag, r->relation);
                eco_buf_append_char(tag, ':');
            }
            eco_buf_append_str(tag, base);
            put_tag(r, tag);
        }
    }
}

static void put_dirty_tags(struct row *r, struct eco_buf *tag)
{
    static const char *const scripts[] = {
        "\xe5\xa4\xa7\xe6\xa8\xa1\xe5\x9e\x8b", /* Chinese */
        "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", /* Japanese */
        "\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4", /* Korean */
        "\xf0\x9f\xa4\x97",
        "\xf0\x9f\xa6\x99\xe2\x9c\xa8", /* emoji */
        "\xf0\x9f\x8c\xb8 \xe8\xa9\xa9",
    };

    for (unsigned i = 0; r->dirt == ECO_DIRT_TAGS && i < 2000; i++) {
        eco_buf_printf(tag, "topic-%u", i);
        put_tag(r, tag);
    }
    for (unsigned i = 0; r->dirt == ECO_DIRT_SCRIPTS && i < 3; i++)
        eco_json_put_c(r->out, scripts[(r->h + i * 2) % 6]);
}

static const char *packing_tag(const struct row *r)
{
    const char *packing = eco_names_packing(r->w, &r->line);
    struct eco_str s = eco_str_from_c(packing);

    if (eco_str_ends_with(s, "GGUF"))
        return "gguf";
    if (eco_str_is(s, "AWQ"))
        return "awq";
    if (eco_str_is(s, "GPTQ"))
        return "gptq";
    return eco_str_is(s, "exl2") ? "exl2" : "4-bit";
}

static void put_licence_tag(struct row *r, struct eco_buf *tag)
{
    eco_buf_append_c(tag, "license:");
    eco_buf_append_c(tag, eco_synth_licences[r->nature.licence].name);
    put_tag(r, tag);
}

static void put_tags(struct row *r, bool base_tags,
                     const char *const *languages, unsigned n_languages)
{
    const struct eco_nature *n = &r->nature;
    const struct eco_place *place = &r->line.place[0];
    struct eco_buf tag;

    eco_buf_init(&tag, ECO_MAX_TEXT_BYTES);
    eco_json_key(r->out, "tags");
    eco_json_begin_array(r->out);
    if (n->library >= 0)
        eco_json_put_c(r->out, eco_synth_libraries[n->library].name);
    if (n->tells_size)
        eco_json_put_c(r->out, "safetensors");
    if (place->kind == ECO_PLACE_CHILD) {
        if (place->relation == ECO_SYNTH_QUANTIZED)
            eco_json_put_c(r->out, packing_tag(r));
        else if (place->relation == ECO_SYNTH_ADAPTER)
            eco_json_put_c(r->out, "lora");
    }
    if (n->tells_task)
        eco_json_put_c(r->out, eco_synth_tasks[n->task].name);
    for (unsigned i = 0; i < n_languages; i++)
        eco_json_put_c(r->out, languages[i]);
    if (base_tags)
        put_base_tags(r, &tag);
    if (n->tells_licence)
        put_licence_tag(r, &tag);
    put_dirty_tags(r, &tag);
    eco_json_put_c(r->out, "region:us");
    eco_json_end_array(r->out);
    if (tag.failed && !r->text.failed)
        r->text.failed = tag.failed;
    eco_buf_release(&tag);
}

static void put_list(struct eco_json_writer *out, const char *key,
                     const char *const *at, unsigned n)
{
    eco_json_key(out, key);
    if (n == 1) {
        eco_json_put_c(out, at[0]);
        return;
    }
    eco_json_begin_array(out);
    for (unsigned i = 0; i < n; i++)
        eco_json_put_c(out, at[i]);
    eco_json_end_array(out);
}

static void put_card(struct row *r, bool base, const char *const *languages,
                     unsigned n_languages)
{
    if (!r->nature.tells_licence && !n_languages && !base)
        return;
    eco_json_key(r->out, "cardData");
    eco_json_begin_object(r->out);
    if (n_languages)
        put_list(r->out, "language", languages, n_languages);
    if (r->nature.tells_licence)
        put_text(r->out, "license", eco_synth_licences[r->nature.licence].name);
    if (base) {
        eco_json_key(r->out, "base_model");
        if (r->n_bases > 1)
            eco_json_begin_array(r->out);
        for (uint32_t i = 0; i < r->n_bases; i++)
            eco_json_put_str(r->out, base_of(r, i));
        if (r->n_bases > 1)
            eco_json_end_array(r->out);
    }
    eco_json_end_object(r->out);
}

static void put_base_models(struct row *r)
{
    eco_json_key(r->out, "baseModels");
    eco_json_begin_object(r->out);
    put_text(r->out, "relation", r->relation);
    eco_json_key(r->out, "models");
    eco_json_begin_array(r->out);
    for (uint32_t i = 0; i < r->n_bases; i++) {
        eco_json_begin_object(r->out);
        eco_json_key(r->out, "id");
        eco_json_put_str(r->out, base_of(r, i));
        eco_json_end_object(r->out);
    }
    eco_json_end_array(r->out);
    eco_json_end_object(r->out);
}

/* A few files, of one model in sixteen. */
static void put_files(struct row *r)
{
    const struct eco_place *place = &r->line.place[0];
    bool adapter =
        place->kind == ECO_PLACE_CHILD && place->relation == ECO_SYNTH_ADAPTER;
    const char *const files[] = { "README.md", adapter ? "adapter_config.json"
                                                       : "config.json" };

    if ((r->h >> 12 & 15) != 0)
        return;
    eco_json_key(r->out, "siblings");
    eco_json_begin_array(r->out);
    for (int i = 0; i < 2; i++) {
        eco_json_begin_object(r->out);
        put_text(r->out, "rfilename", files[i]);
        eco_json_end_object(r->out);
    }
    eco_json_end_array(r->out);
}

/* Where the row names its bases: always in the tags, one in four in
 * baseModels and in the card as well; one finetune in a hundred in the card
 * alone, without a relation. */
static void put_descent(struct row *r)
{
    const char *languages[ECO_LANGUAGES];
    unsigned n = languages_of(r, languages);
    unsigned dice = (unsigned)(r->h >> 32 & 0xff);
    bool has = r->n_bases > 0;
    bool only_card = has && dice < 3 && r->n_bases == 1 &&
                     r->dirt == ECO_DIRT_NONE &&
                     r->line.place[0].relation == ECO_SYNTH_FINETUNE;

    put_tags(r, has && !only_card, languages, n);
    if (has && !only_card && (dice & 3) == 0 && r->dirt != ECO_DIRT_PATH)
        put_base_models(r);
    put_card(r, only_card || (has && (dice & 12) == 0), languages, n);
}

static void write_members(struct row *r)
{
    const struct eco_nature *n = &r->nature;
    unsigned dice = (unsigned)(r->h >> 52);

    put_hub_id(r->out, r->created_ms,
               eco_world_hash(r->w, ECO_FOR_ID, r->model));
    eco_json_key(r->out, "id");
    eco_json_put_str(r->out, id_of(r));
    put_time(r->out, "createdAt", r->created_ms);
    put_time(r->out, "lastModified", modified_ms(r));
    if (dice)
        put_number(r->out, "likes", eco_world_likes(r->w, r->model, r->rank));
    else
        put_null(r->out, "likes");
    put_number(r->out, "downloads", r->downloads);
    if (dice & 7)
        put_number(r->out, "downloadsAllTime", all_downloads(r));
    put_maybe(r, "pipeline_tag",
              n->tells_task ? eco_synth_tasks[n->task].name : NULL, dice);
    put_maybe(r, "library_name",
              n->library >= 0 ? eco_synth_libraries[n->library].name : NULL,
              dice >> 3);
    put_gated(r);
    if ((r->h >> 16 & 0xff) == 0) {
        eco_json_key(r->out, "disabled"); /* removed from the Hub */
        eco_json_put_bool(r->out, true);
    }
    put_descent(r);
    put_sizes(r);
    put_files(r);
}

static void write_model(const struct eco_world *w, uint64_t model,
                        struct eco_json_writer *out)
{
    struct row r = { .w = w, .out = out, .model = model };

    eco_buf_init(&r.text, (size_t)(MAX_SYNTH_BASES + 2) * ECO_MAX_ID_BYTES);
    r.h = eco_world_hash(w, ECO_FOR_ROW, model);
    eco_world_lineage(w, model, &r.line);
    eco_world_nature(w, &r.line, &r.nature);
    r.dirt = eco_plan_dirt(&w->plan, &r.line.place[0]);
    r.rank = eco_plan_rank(&w->plan, model, &r.line.place[0]);
    r.downloads = eco_world_downloads(w, r.rank);
    r.created_ms = eco_curve_time(r.nature.created);
    eco_names_model(w, &r.line, r.nature.size, &r.text);
    r.id_len = (uint32_t)r.text.len;
    add_bases(&r);
    write_members(&r);
    if (r.text.failed && !out->buf->failed)
        out->buf->failed = r.text.failed;
    eco_buf_release(&r.text);
}

/* --- authors and Spaces --------------------------------------------------- */

static void put_buf(struct eco_json_writer *out, const char *key,
                    struct eco_buf *b)
{
    eco_json_key(out, key);
    eco_json_put_str(out, eco_buf_view(b));
    if (b->failed && !out->buf->failed)
        out->buf->failed = b->failed;
    eco_buf_release(b);
}

static void write_author(const struct eco_world *w, uint64_t author,
                         struct eco_json_writer *out)
{
    bool org = eco_names_is_org(w, author);
    struct eco_buf b;

    eco_buf_init(&b, ECO_MAX_NAME_BYTES);
    eco_names_author(w, author, &b);
    put_buf(out, "name", &b);
    put_text(out, "type", org ? "org" : "user");
    if (org) {
        const char *kind = eco_names_kind(w, author);

        if (kind[0])
            put_text(out, "nature", kind);
        else
            put_null(out, "nature");
    }
    eco_names_author_full(w, author, &b);
    put_buf(out, "fullname", &b);
    put_null(out, "avatarUrl");
}

static void write_used(const struct eco_world *w, uint64_t space,
                       struct eco_json_writer *out)
{
    uint32_t n = eco_plan_space_uses(&w->plan, space), kept = 0;
    uint64_t seen[100];
    struct eco_buf b;

    eco_buf_init(&b, ECO_MAX_ID_BYTES);
    eco_json_key(out, "models");
    eco_json_begin_array(out);
    for (uint32_t i = 0; i < n && i < 100; i++) {
        uint64_t model = eco_plan_space_model(&w->plan, space, i);
        struct eco_lineage line;
        struct eco_nature nature;
        uint32_t k = 0;

        while (k < kept && seen[k] != model)
            k++;
        if (k < kept)
            continue;
        seen[kept++] = model;
        eco_world_lineage(w, model, &line);
        eco_world_nature(w, &line, &nature);
        eco_buf_reset(&b);
        eco_names_model(w, &line, nature.size, &b);
        eco_json_put_str(out, eco_buf_view(&b));
        if (b.failed && !out->buf->failed)
            out->buf->failed = b.failed;
    }
    eco_json_end_array(out);
    eco_buf_release(&b);
}

static void write_space(const struct eco_world *w, uint64_t space,
                        struct eco_json_writer *out)
{
    static const char *const kits[] = { "gradio", "gradio",   "gradio",
                                        "gradio", "docker",   "static",
                                        "gradio", "streamlit" };
    uint64_t h = eco_world_hash(w, ECO_FOR_SPACE, space + (UINT64_C(2) << 40));
    double u = eco_numbers_unit(h);
    struct eco_buf b;

    eco_buf_init(&b, ECO_MAX_ID_BYTES);
    eco_names_space(w, space, &b);
    put_buf(out, "id", &b);
    put_text(out, "sdk", kits[h & 7]);
    put_number(out, "likes", eco_world_space_likes(w, space));
    put_time(out, "createdAt", eco_curve_time(0.05 + 0.95 * u));
    write_used(w, space, out);
}

uint64_t eco_rows_count(const struct eco_world *w)
{
    return w->plan.models + w->plan.authors + w->plan.spaces;
}

void eco_rows_write(const struct eco_world *w, uint64_t row, struct eco_buf *b)
{
    const struct eco_plan *p = &w->plan;
    struct eco_json_writer out;

    assert(row < eco_rows_count(w));
    eco_json_writer_init(&out, b);
    eco_json_begin_object(&out);
    if (row < p->models)
        write_model(w, eco_perm_at(&p->rows, row), &out);
    else if (row < p->models + p->authors)
        write_author(w, row - p->models, &out);
    else
        write_space(w, row - p->models - p->authors, &out);
    put_text(&out, "snapshot", ECO_CURVE_SNAPSHOT);
    eco_json_end_object(&out);
    eco_buf_append_char(b, '\n');
}
