/* SPDX-License-Identifier: MIT */
#include "synth/check.h"

#include <string.h>
#include <xxhash.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "synth/check_internal.h"

int eco_synth_check_new(struct eco_synth_check **out, struct eco_err *err)
{
    struct eco_synth_check *c = eco_calloc(1, sizeof(*c));
    int rc;

    *out = NULL;
    if (!c)
        return eco_fail(err, ECO_ENOMEM, "no memory for a check");
    eco_buf_init(&c->line, ECO_MAX_ROW_BYTES);
    rc = eco_json_reader_new(&c->json, err);
    if (rc) {
        eco_synth_check_free(c);
        return rc;
    }
    *out = c;
    return 0;
}

void eco_synth_check_free(struct eco_synth_check *c)
{
    if (!c)
        return;
    eco_json_reader_free(c->json);
    eco_buf_release(&c->line);
    eco_free(c->models);
    eco_free(c->edges);
    eco_free(c->uses);
    eco_free(c->table);
    eco_free(c->children);
    eco_free(c);
}

/* One more element behind n; NULL when there is no memory. */
static void *grow(void *at, size_t n, size_t *room, size_t size,
                  struct eco_err *err)
{
    size_t bigger = *room ? *room * 2 : 1024;
    void *grown;

    if (n < *room)
        return at;
    grown = eco_realloc_array(at, bigger, size);
    if (grown)
        *room = bigger;
    else
        eco_fail(err, ECO_ENOMEM, "no memory to check %zu rows", bigger);
    return grown;
}

/* --- names ---------------------------------------------------------------- */

static int count_name(struct check_names *names, struct eco_str s)
{
    int i = 0;

    if (!s.len || s.len >= sizeof(names->name[0]))
        return -1;
    while (i < names->n && !eco_str_is(s, names->name[i]))
        i++;
    if (i == CHECK_NAMES)
        return -1;
    if (i == names->n) {
        memcpy(names->name[names->n++], s.ptr, s.len);
    }
    names->count[i]++;
    return i;
}

static uint64_t hash_nocase(struct eco_str s)
{
    char low[512];

    if (s.len > sizeof(low))
        s.len = sizeof(low);
    eco_str_lower(low, s);
    return XXH3_64bits(low, s.len);
}

/* --- models --------------------------------------------------------------- */

static bool is_id(struct eco_str s)
{
    size_t slash = eco_str_find(s, '/');

    if (!slash || slash + 1 >= s.len || s.ptr[0] == '.')
        return false;
    return eco_str_find(eco_str_skip(s, slash + 1), '/') == s.len - slash - 1 &&
           eco_str_find(s, '\\') == s.len;
}

static int relation_of(struct eco_str s)
{
    static const char *const words[CHECK_RELATIONS] = { "adapter", "finetune",
                                                        "merge", "quantized" };

    for (int i = 0; i < CHECK_RELATIONS; i++)
        if (eco_str_is(s, words[i]))
            return i;
    return -1;
}

static int add_edge(struct eco_synth_check *c, struct eco_str base,
                    int relation, struct eco_err *err)
{
    struct check_model *m = &c->models[c->n_models];
    struct check_edge *e;

    if (!is_id(base)) {
        c->paths++;
        return 0;
    }
    e = grow(c->edges, c->n_edges, &c->room_edges, sizeof(*e), err);
    if (!e)
        return ECO_ENOMEM;
    c->edges = e;
    c->edges[c->n_edges++] = (struct check_edge){
        .base = hash_nocase(base),
        .child = (uint32_t)c->n_models,
        .relation = (uint8_t)(relation < 0 ? CHECK_FINETUNE : relation),
    };
    m->n_edges++;
    return 0;
}

/* The typed tags, else the card's bases: as an import ranks them. (baseModels
 * goes before both, and the generator writes the same there.) */
static int read_bases(struct eco_synth_check *c, const struct eco_json *row,
                      uint32_t *declared, struct eco_err *err)
{
    const struct eco_json *tags = eco_json_get(row, "tags");
    const struct eco_json *card =
        eco_json_get(eco_json_get(row, "cardData"), "base_model");
    size_t n = eco_json_len(tags);
    int rc = 0;

    *declared = 0;
    for (size_t i = 0; !rc && i < n; i++) {
        struct eco_str tag = eco_json_str(eco_json_at(tags, i)), word;
        int relation;

        if (!eco_str_starts_with(tag, "base_model:"))
            continue;
        tag = eco_str_skip(tag, 11);
        word = (struct eco_str){ tag.ptr, eco_str_find(tag, ':') };
        relation = word.len < tag.len ? relation_of(word) : -1;
        if (relation < 0)
            continue;
        ++*declared;
        rc = add_edge(c, eco_str_skip(tag, word.len + 1), relation, err);
    }
    if (rc || *declared || !card)
        return rc;
    ++*declared;
    return add_edge(c, eco_json_str(card), -1, err);
}

static int64_t count_of(const struct eco_json *row, const char *key)
{
    const struct eco_json *v = eco_json_get(row, key);

    return eco_json_type(v) == ECO_JSON_INT ? eco_json_int(v) : -1;
}

static void read_languages(struct eco_synth_check *c, const struct eco_json *v)
{
    size_t n = eco_json_len(v);

    if (eco_json_type(v) == ECO_JSON_STRING) {
        count_name(&c->languages, eco_json_str(v));
        c->language_entries++;
    }
    for (size_t i = 0; i < n; i++) {
        count_name(&c->languages, eco_json_str(eco_json_at(v, i)));
        c->language_entries++;
    }
    c->with_language += v != NULL;
}

static bool is_ascii(struct eco_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static void read_dirt(struct eco_synth_check *c, const struct eco_json *row,
                      struct eco_str id)
{
    static const char *const may_be_null[] = { "likes", "pipeline_tag",
                                               "library_name" };
    const struct eco_json *tags = eco_json_get(row, "tags"), *v;
    size_t n = eco_json_len(tags), name = id.len - eco_str_find(id, '/') - 1;
    bool scripts = false;

    for (size_t i = 0; i < n; i++)
        scripts |= !is_ascii(eco_json_str(eco_json_at(tags, i)));
    c->scripts += scripts;
    c->most_tags = n > c->most_tags ? n : c->most_tags;
    c->longest_name = name > c->longest_name ? name : c->longest_name;
    c->removed += eco_json_bool(eco_json_get(row, "disabled"));
    for (size_t i = 0; i < 3; i++)
        c->nulls += eco_json_member(row, may_be_null[i], &v) && !v;
}

static void read_words(struct eco_synth_check *c, const struct eco_json *row,
                       struct check_model *m)
{
    const struct eco_json *card = eco_json_get(row, "cardData");

    m->task = (int16_t)count_name(
        &c->tasks, eco_json_str(eco_json_get(row, "pipeline_tag")));
    m->licence = (int16_t)count_name(
        &c->licences, eco_json_str(eco_json_get(card, "license")));
    c->with_task += m->task >= 0;
    c->with_licence += m->licence >= 0;
    c->with_library +=
        count_name(&c->libraries,
                   eco_json_str(eco_json_get(row, "library_name"))) >= 0;
    read_languages(c, eco_json_get(card, "language"));
}

static int read_model(struct eco_synth_check *c, const struct eco_json *row,
                      struct eco_str id, struct eco_err *err)
{
    struct check_model *m =
        grow(c->models, c->n_models, &c->room_models, sizeof(*m), err);
    uint32_t declared;
    int64_t likes;
    int rc;

    if (!m)
        return ECO_ENOMEM;
    c->models = m;
    m = &c->models[c->n_models];
    *m = (struct check_model){ .first_edge = (uint32_t)c->n_edges };
    m->id = hash_nocase(id);
    m->exact = XXH3_64bits(id.ptr, id.len);
    m->owner = hash_nocase((struct eco_str){ id.ptr, eco_str_find(id, '/') });
    if (!eco_time_parse(eco_json_str(eco_json_get(row, "createdAt")),
                        &m->created_ms))
        return eco_fail(err, ECO_EFORMAT, "model %.*s: no createdAt",
                        (int)id.len, id.ptr);
    m->downloads = count_of(row, "downloads");
    likes = count_of(row, "likes");
    m->likes = likes < 0 ? 0 : (int32_t)likes;
    m->parameters = count_of(eco_json_get(row, "safetensors"), "total");
    if (m->parameters < 0)
        m->parameters = count_of(eco_json_get(row, "gguf"), "total");
    read_words(c, row, m);
    read_dirt(c, row, id);
    rc = read_bases(c, row, &declared, err);
    c->declared += declared > 0;
    c->several += declared > 1;
    c->most_bases = declared > c->most_bases ? declared : c->most_bases;
    c->n_models++;
    return rc;
}

/* --- authors and Spaces --------------------------------------------------- */

static void read_author(struct eco_synth_check *c, const struct eco_json *row)
{
    struct eco_str kind = eco_json_str(eco_json_get(row, "nature"));

    c->authors++;
    if (!eco_str_is(eco_json_str(eco_json_get(row, "type")), "org"))
        return;
    c->orgs++;
    count_name(&c->kinds, kind.len ? kind : ECO_STR("unverified"));
}

static int read_space(struct eco_synth_check *c, const struct eco_json *models,
                      struct eco_err *err)
{
    size_t n = eco_json_len(models);

    c->spaces++;
    for (size_t i = 0; i < n; i++) {
        uint64_t *grown =
            grow(c->uses, c->n_uses, &c->room_uses, sizeof(*c->uses), err);

        if (!grown)
            return ECO_ENOMEM;
        c->uses = grown;
        c->uses[c->n_uses++] =
            hash_nocase(eco_json_str(eco_json_at(models, i)));
    }
    return 0;
}

static int read_row(struct eco_synth_check *c, struct eco_str text,
                    struct eco_err *err)
{
    struct eco_json *row = NULL;
    struct eco_str id;
    int rc = eco_json_parse(c->json, text, &row, err);

    if (rc)
        return rc;
    id = eco_json_str(eco_json_get(row, "id"));
    if (!id.len && eco_json_get(row, "name"))
        read_author(c, row);
    else if (eco_json_get(row, "sdk"))
        rc = read_space(c, eco_json_get(row, "models"), err);
    else if (is_id(id))
        rc = read_model(c, row, id, err);
    else
        rc = eco_fail(err, ECO_EFORMAT, "row without an id: %.*s",
                      text.len > 100 ? 100 : (int)text.len, text.ptr);
    eco_json_free(row);
    return rc;
}

int eco_synth_check_feed(struct eco_synth_check *c, const char *ptr, size_t len,
                         struct eco_err *err)
{
    struct eco_str rest = { ptr, len };
    int rc = 0;

    while (!rc && rest.len) {
        size_t end = eco_str_find(rest, '\n');
        struct eco_str line = { rest.ptr, end };

        if (end == rest.len || c->line.len) {
            eco_buf_append_str(&c->line, line);
            rc = eco_buf_check(&c->line, "a line", err);
            line = eco_buf_view(&c->line);
        }
        if (end == rest.len || rc)
            return rc;
        rc = read_row(c, line, err);
        eco_buf_reset(&c->line);
        rest = eco_str_skip(rest, end + 1);
    }
    return rc;
}

uint32_t eco_check_find(const struct eco_synth_check *c, uint64_t id)
{
    size_t at = id & c->table_mask;

    while (c->table[at] != CHECK_NOBODY && c->models[c->table[at]].id != id)
        at = (at + 1) & c->table_mask;
    return c->table[at];
}
