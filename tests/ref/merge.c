/* SPDX-License-Identifier: MIT */
#include "ref/merge.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "support/rows.h"

/* The keys of each field; a second one is another spelling of the first. */
static const char *const model_keys[][2] = {
    { "_id", NULL },          { "createdAt", NULL },
    { "lastModified", NULL }, { "likes", NULL },
    { "downloads", NULL },    { "downloadsAllTime", NULL },
    { "pipeline_tag", NULL }, { "library_name", NULL },
    { "gated", NULL },        { "disabled", NULL },
    { "safetensors", NULL },  { "gguf", NULL },
    { "usedStorage", NULL },  { "tags", NULL },
    { "baseModels", NULL },   { "cardData", NULL },
    { "siblings", NULL },
};
static const char *const author_keys[][2] = {
    { "type", NULL },         { "nature", NULL },  { "full_name", "fullname" },
    { "photo", "avatarUrl" }, { "website", NULL }, { "github", NULL },
};
static const char *const space_keys[][2] = {
    { "createdAt", NULL },
    { "likes", NULL },
    { "models", NULL },
};

struct row {
    const struct eco_ref_row *given;
    struct eco_json *json;
    struct eco_str id; /* as it spells it */
    char key[256];     /* in lower case */
    int64_t modified;
};

struct world {
    struct row *rows;
    size_t n;
    struct eco_json_reader *reader;
    struct eco_arena arena;
    FILE *out;
};

static void must(bool yes)
{
    if (!yes)
        abort();
}

static void read_row(struct world *w, struct row *r,
                     const struct eco_ref_row *given)
{
    r->given = given;
    must(!eco_json_parse(w->reader, eco_str_from_c(given->json), &r->json,
                         NULL));
    r->id = given->kind == ECO_RECORD_AUTHOR
                ? eco_str_from_c(given->author)
                : eco_json_str(eco_json_get(r->json, "id"));
    must(r->id.len > 0 && r->id.len < sizeof(r->key));
    eco_str_lower(r->key, r->id);
    if (given->kind == ECO_RECORD_AUTHOR ||
        !eco_time_parse(eco_json_str(eco_json_get(r->json, "lastModified")),
                        &r->modified))
        r->modified = ECO_TIME_UNKNOWN;
}

/* "The later date, then the later lastModified, then the bytewise smaller id,
 * then the larger JSON text." */
static bool wins(const struct row *a, const struct row *b)
{
    if (a->given->day != b->given->day)
        return a->given->day > b->given->day;
    if (a->modified != b->modified)
        return a->modified > b->modified;
    if (eco_str_cmp(a->id, b->id))
        return eco_str_cmp(a->id, b->id) < 0;
    return strcmp(a->given->json, b->given->json) > 0;
}

/* A set of ids: one id, or all that are one model. */
struct set {
    enum eco_record_kind kind;
    const char *keys[64];
    size_t n;
};

static bool has(const struct set *set, const struct row *r)
{
    for (size_t i = 0; i < set->n; i++)
        if (r->given->kind == set->kind && !strcmp(set->keys[i], r->key))
            return true;
    return false;
}

/* The winning row of a set, of all that have a key (NULL: of all). */
static const struct row *best(const struct world *w, const struct set *set,
                              const char *const names[2])
{
    const struct row *found = NULL;
    const struct eco_json *v;

    for (size_t i = 0; i < w->n; i++) {
        const struct row *r = &w->rows[i];

        if (has(set, r) &&
            (!names || eco_json_member(r->json, names[0], &v) ||
             (names[1] && eco_json_member(r->json, names[1], &v))) &&
            (!found || wins(r, found)))
            found = r;
    }
    return found;
}

/* One object with the newest value of each key, read as a record. */
static struct eco_record merged(struct world *w, const struct set *set)
{
    const bool is_author = set->kind == ECO_RECORD_AUTHOR;
    const char *const(*keys)[2] = is_author                       ? author_keys
                                  : set->kind == ECO_RECORD_SPACE ? space_keys
                                                                  : model_keys;
    size_t n = is_author                       ? 6
               : set->kind == ECO_RECORD_SPACE ? 3
                                               : ECO_MODEL_FIELDS;
    const struct row *top = best(w, set, NULL);
    struct eco_record rec = { .told.id = top->id };
    struct eco_json *json;
    char *text;
    size_t len;
    FILE *f = open_memstream(&text, &len);

    fprintf(f, "{\"id\":\"%.*s\"", (int)top->id.len, top->id.ptr);
    for (size_t i = 0; i < n; i++) {
        const struct row *r = best(w, set, keys[i]);
        const struct eco_json *v = NULL;

        if (r && !eco_json_member(r->json, keys[i][0], &v))
            (void)eco_json_member(r->json, keys[i][1], &v);
        if (r)
            fprintf(f, ",\"%s\":%s", keys[i][0], eco_json_text(v));
    }
    fputc('}', f);
    fclose(f);
    must(
        !eco_json_parse(w->reader, (struct eco_str){ text, len }, &json, NULL));
    must(!eco_record_read(set->kind, json, &w->arena, &rec, NULL));
    must(!rec.ignored);
    eco_json_free(json);
    free(text);
    return rec;
}

/* --- languages ---------------------------------------------------------------- */

/* What the rules say of the words that the rows use; any other word is no
 * language. In the order in which codes are listed. */
static const struct {
    const char *code;
    const char *in_card[4], *in_tags[4];
} meanings[] = {
    { "code", { "code" }, { "code" } },
    { "en", { "en", "EN", "eng" }, { "en", "eng" } },
    { "he", { "iw" }, { "iw" } },
    { "jax", { "jax" }, { NULL } },
    { "ml", { "ml" }, { NULL } },
    { "multilingual", { "multilingual" }, { "multilingual" } },
    { "zh", { "zh-cn", "zh-CN", "cmn" }, { "zh-CN", "cmn" } },
};
#define MEANINGS (sizeof(meanings) / sizeof(meanings[0]))

static void mark(struct eco_str word, bool in_card, bool said[MEANINGS])
{
    for (size_t i = 0; i < MEANINGS; i++)
        for (size_t k = 0; k < 4; k++) {
            const char *known =
                in_card ? meanings[i].in_card[k] : meanings[i].in_tags[k];

            said[i] |= known && eco_str_is(eco_str_trim(word), known);
        }
}

/* The words of a list of texts, or of a text with commas between. */
static void mark_all(const struct eco_json *v, bool in_card,
                     bool said[MEANINGS])
{
    struct eco_str text = eco_json_str(v);

    for (size_t i = 0; i < eco_json_len(v); i++)
        mark(eco_json_str(eco_json_at(v, i)), in_card, said);
    for (; text.len; text = eco_str_skip(text, eco_str_find(text, ',') + 1))
        mark((struct eco_str){ text.ptr, eco_str_find(text, ',') }, in_card,
             said);
}

static bool any(const bool said[MEANINGS])
{
    for (size_t i = 0; i < MEANINGS; i++)
        if (said[i])
            return true;
    return false;
}

/* The card's languages, or those of the tags when it names none. */
static void put_languages(struct world *w, const struct set *set)
{
    static const char *const card[2] = { "cardData", NULL };
    static const char *const tags[2] = { "tags", NULL };
    const struct row *r = best(w, set, card);
    bool said[MEANINGS] = { false };
    const char *between = "|";

    if (r)
        mark_all(eco_json_get(eco_json_get(r->json, "cardData"), "language"),
                 true, said);
    r = best(w, set, tags);
    if (r && !any(said))
        mark_all(eco_json_get(r->json, "tags"), false, said);
    if (!any(said))
        fputs("|-", w->out);
    for (size_t i = 0; i < MEANINGS; i++)
        if (said[i]) {
            fprintf(w->out, "%s%s", between, meanings[i].code);
            between = ",";
        }
}

/* --- lines ---------------------------------------------------------------------- */

static void put_text(struct world *w, struct eco_str s)
{
    if (s.len)
        fprintf(w->out, "|%.*s", (int)s.len, s.ptr);
    else
        fputs("|-", w->out);
}

static void put_count(struct world *w, int64_t n)
{
    if (n < 0)
        fputs("|-", w->out);
    else
        fprintf(w->out, "|%" PRId64, n);
}

static void put_time(struct world *w, int64_t ms)
{
    if (ms == ECO_TIME_UNKNOWN)
        fputs("|-", w->out);
    else
        fprintf(w->out, "|%" PRId64, ms);
}

/* `set` tells what was merged into rec. */
static void put_model(struct world *w, const char *key, const struct set *set,
                      const struct eco_record *rec, bool with_edges)
{
    const struct eco_model_record *m = &rec->u.model;
    struct eco_derivation *d;
    uint32_t n, n_bad;

    must(!eco_model_derivations(m, &w->arena, &d, &n, &n_bad, NULL));
    fprintf(w->out, "model|%s", key);
    put_text(w, rec->told.id);
    put_text(w, m->hub_id);
    put_time(w, m->created_ms);
    put_time(w, m->modified_ms);
    put_count(w, m->likes);
    put_count(w, m->downloads);
    put_count(w, m->downloads_all);
    put_text(w, m->task);
    put_text(w, m->library);
    put_text(w, eco_model_licence(m));
    fprintf(w->out, "|%d|%d", m->gated, m->disabled);
    put_count(w, eco_model_parameters(m));
    put_count(w, m->storage);
    fprintf(w->out, "|%u", n_bad);
    put_languages(w, set);
    fputc('\n', w->out);
    for (uint32_t i = 0; with_edges && i < n; i++)
        fprintf(w->out, "derivation|%s|%u|%d|%.*s|%s|%d\n", key, i,
                (int)d[i].source, (int)d[i].base.len, d[i].base.ptr,
                eco_relation_name(d[i].relation), d[i].declared);
}

static void put_author(struct world *w, const char *key,
                       const struct eco_record *rec)
{
    const struct eco_author_record *a = &rec->u.author;

    fprintf(w->out, "author|%s", key);
    put_text(w, rec->told.id);
    put_text(w, a->type);
    put_text(w, a->nature);
    put_text(w, a->full_name);
    put_text(w, a->avatar_url);
    put_text(w, a->website);
    put_text(w, a->github);
    fputc('\n', w->out);
}

static void put_space(struct world *w, const char *key,
                      const struct eco_record *rec)
{
    const struct eco_space_record *s = &rec->u.space;

    fprintf(w->out, "space|%s", key);
    put_text(w, rec->told.id);
    put_time(w, s->created_ms);
    put_count(w, s->likes);
    fputc('\n', w->out);
    for (uint32_t i = 0; i < s->n_models; i++)
        fprintf(w->out, "space_model|%s|%u|%.*s\n", key, i,
                (int)s->models[i].len, s->models[i].ptr);
}

/* --- one id ------------------------------------------------------------------------ */

static bool is_first_of_key(const struct world *w, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (w->rows[k].given->kind == w->rows[i].given->kind &&
            !strcmp(w->rows[k].key, w->rows[i].key))
            return false;
    return true;
}

/* All models whose own newest _id is this one's. */
static struct set group_of(struct world *w, const char *key,
                           struct eco_str hub_id)
{
    struct set group = { ECO_RECORD_MODEL, { key }, 1 };

    for (size_t i = 0; hub_id.len && i < w->n; i++) {
        struct set one = { ECO_RECORD_MODEL, { w->rows[i].key }, 1 };

        if (w->rows[i].given->kind == ECO_RECORD_MODEL &&
            is_first_of_key(w, i) && strcmp(w->rows[i].key, key) &&
            eco_str_eq(merged(w, &one).u.model.hub_id, hub_id))
            group.keys[group.n++] = w->rows[i].key;
    }
    return group;
}

static void put_model_of_key(struct world *w, const char *key)
{
    struct set one = { ECO_RECORD_MODEL, { key }, 1 };
    struct eco_record own = merged(w, &one);
    struct set group = group_of(w, key, own.u.model.hub_id);
    const struct row *head = best(w, &group, NULL);

    if (strcmp(head->key, key)) {
        put_model(w, key, &one, &own, false);
        fprintf(w->out, "alias|%s|%.*s|%s\n", key, (int)own.told.id.len,
                own.told.id.ptr, head->key);
    } else {
        struct eco_record all = merged(w, &group);

        put_model(w, key, &group, &all, true);
    }
}

static void put_key(struct world *w, const struct row *r)
{
    struct set one = { r->given->kind, { r->key }, 1 };
    struct eco_record rec;

    if (r->given->kind == ECO_RECORD_MODEL) {
        put_model_of_key(w, r->key);
        return;
    }
    rec = merged(w, &one);
    if (r->given->kind == ECO_RECORD_AUTHOR)
        put_author(w, r->key, &rec);
    else
        put_space(w, r->key, &rec);
}

/* --- days ---------------------------------------------------------------------------- */

/* The largest number that was told of a model for a day; false when none. */
static bool number_of(const struct world *w, const char *key, const char *name,
                      int32_t day, int64_t *number)
{
    const struct eco_json *v;
    bool told = false;

    *number = -1;
    for (size_t i = 0; i < w->n; i++) {
        const struct row *r = &w->rows[i];

        if (r->given->kind != ECO_RECORD_MODEL || r->given->day != day ||
            strcmp(r->key, key) || !eco_json_member(r->json, name, &v))
            continue;
        told = true;
        if (v && eco_json_int(v) > *number)
            *number = eco_json_int(v);
    }
    return told;
}

static void put_history(struct world *w, const char *key, int32_t from,
                        int32_t to)
{
    static const char *const names[] = { "likes", "downloads" };

    for (int metric = 0; metric < 2; metric++) {
        int64_t before = -2, number;

        for (int32_t day = from; day <= to; day++) {
            if (!number_of(w, key, names[metric], day, &number))
                continue;
            fprintf(w->out, "capture|%d|%s|%s\n", day, names[metric], key);
            if (number != before) {
                fprintf(w->out, "history|%s|%d|%d", key, metric, day);
                put_count(w, number);
                fputc('\n', w->out);
            }
            before = number;
        }
    }
}

static void put_days(struct world *w, int32_t from, int32_t to)
{
    for (int32_t day = from; day <= to; day++) {
        bool any = false;

        for (size_t i = 0; i < w->n; i++)
            any |= w->rows[i].given->day == day;
        if (any)
            fprintf(w->out, "capture|%d\n", day);
        for (size_t i = 0; i < w->n; i++) {
            bool told = false;

            for (size_t k = 0; k < w->n; k++)
                told |= w->rows[k].given->kind == ECO_RECORD_MODEL &&
                        w->rows[k].given->day == day &&
                        !strcmp(w->rows[k].key, w->rows[i].key);
            if (told && w->rows[i].given->kind == ECO_RECORD_MODEL &&
                is_first_of_key(w, i))
                fprintf(w->out, "capture|%d|models|%s\n", day, w->rows[i].key);
        }
    }
}

char *eco_ref_merge(const struct eco_ref_row *rows, size_t n)
{
    struct world w = { .n = n };
    int32_t from = INT32_MAX, to = INT32_MIN;
    char *text;
    size_t len;

    w.rows = calloc(n ? n : 1, sizeof(*w.rows));
    w.out = open_memstream(&text, &len);
    must(w.rows && w.out && !eco_json_reader_new(&w.reader, NULL));
    eco_arena_init(&w.arena, 1u << 30);
    for (size_t i = 0; i < n; i++) {
        read_row(&w, &w.rows[i], &rows[i]);
        from = rows[i].day < from ? rows[i].day : from;
        to = rows[i].day > to ? rows[i].day : to;
    }
    for (size_t i = 0; i < n; i++) {
        if (!is_first_of_key(&w, i))
            continue;
        put_key(&w, &w.rows[i]);
        if (rows[i].kind == ECO_RECORD_MODEL)
            put_history(&w, w.rows[i].key, from, to);
    }
    if (n)
        put_days(&w, from, to);
    for (size_t i = 0; i < n; i++)
        eco_json_free(w.rows[i].json);
    eco_json_reader_free(w.reader);
    eco_arena_release(&w.arena);
    free(w.rows);
    fclose(w.out);
    eco_test_sort_lines(text);
    return text;
}
