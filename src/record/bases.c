/* SPDX-License-Identifier: MIT */
#include "record/read.h"

#include "base/limits.h"
#include "record/hubid.h"

static const char *const relation_words[ECO_RELATIONS] = { "adapter",
                                                           "finetune", "merge",
                                                           "quantized" };

static int8_t relation_from(struct eco_str s)
{
    for (int i = 0; i < ECO_RELATIONS; i++)
        if (eco_str_is(s, relation_words[i]))
            return (int8_t)i;
    return ECO_RELATION_UNKNOWN;
}

static bool has_base(const struct eco_base_list *list, struct eco_str id)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (!eco_str_cmp_nocase(list->at[i].id, id))
            return true;
    return false;
}

static bool has_name(const struct eco_str *at, uint32_t n, struct eco_str name)
{
    for (uint32_t i = 0; i < n; i++)
        if (eco_str_eq(at[i], name))
            return true;
    return false;
}

static void add_bad(struct eco_reading *r, struct eco_base_list *list,
                    struct eco_str name)
{
    struct eco_str *at;

    if (has_name(list->bad, list->n_bad, name))
        return;
    if (list->n_bad >= ECO_MAX_BASES) {
        r->rec->ignored++;
        return;
    }
    at = eco_read_grown(r, list->bad, list->n_bad, sizeof(*at));
    if (!at)
        return;
    list->bad = at;
    if (!eco_arena_str(r->arena, name, &at[list->n_bad++]))
        r->failed = true;
}

static void add_base(struct eco_reading *r, enum eco_base_source source,
                     struct eco_str text, int8_t relation)
{
    struct eco_base_list *list = &r->rec->u.model.bases[source];
    struct eco_str id = eco_hubid_normalise(text);
    struct eco_base *at;

    if (!eco_hubid_is_full(id) && !eco_hubid_is_name(id)) {
        add_bad(r, list, id);
        return;
    }
    if (has_base(list, id))
        return;
    if (list->n >= ECO_MAX_BASES) {
        r->rec->ignored++;
        return;
    }
    at = eco_read_grown(r, list->at, list->n, sizeof(*at));
    if (!at)
        return;
    list->at = at;
    at[list->n].relation = relation;
    if (!eco_arena_str(r->arena, id, &at[list->n].id))
        r->failed = true;
    list->n++;
}

/* One entry of baseModels: {"id": ..., "relation"?: ...} or a text. */
static void add_model_entry(struct eco_reading *r, const struct eco_json *v,
                            int8_t relation)
{
    struct eco_str own = eco_json_str(eco_json_get(v, "relation"));

    if (eco_json_type(v) == ECO_JSON_OBJECT) {
        if (own.len)
            relation = relation_from(own);
        v = eco_json_get(v, "id");
    }
    if (eco_json_type(v) != ECO_JSON_STRING)
        r->rec->ignored++;
    else
        add_base(r, ECO_BASES_MODELS, eco_json_str(v), relation);
}

static void add_model_entries(struct eco_reading *r, const struct eco_json *v,
                              int8_t relation)
{
    size_t n = eco_json_len(v);

    if (eco_json_type(v) != ECO_JSON_ARRAY && v)
        add_model_entry(r, v, relation);
    for (size_t i = 0; i < n; i++)
        add_model_entry(r, eco_json_at(v, i), relation);
}

/* Three shapes are seen: {"relation", "models": [...]}, a flat list, and an
 * object with a list per relation. */
bool eco_read_base_models(struct eco_reading *r, const struct eco_json *v)
{
    const struct eco_json *models = eco_json_get(v, "models");
    enum eco_json_type type = eco_json_type(v);

    if (type == ECO_JSON_ARRAY || type == ECO_JSON_STRING) {
        add_model_entries(r, v, ECO_RELATION_UNKNOWN);
        return true;
    }
    if (type != ECO_JSON_OBJECT)
        return eco_read_ignore(r);
    if (models || eco_json_get(v, "relation")) {
        struct eco_str relation = eco_json_str(eco_json_get(v, "relation"));

        add_model_entries(r, models, relation_from(relation));
        return true;
    }
    for (int i = 0; i < ECO_RELATIONS; i++)
        add_model_entries(r, eco_json_get(v, relation_words[i]), (int8_t)i);
    return true;
}

/* A text of the card that may name several bases with commas between. */
static void add_card_text(struct eco_reading *r, struct eco_str s,
                          int8_t relation)
{
    if (!eco_str_trim(s).len)
        add_base(r, ECO_BASES_CARD, s, relation); /* an empty name is bad */
    while (s.len) {
        size_t comma = eco_str_find(s, ',');
        struct eco_str one = eco_str_trim((struct eco_str){ s.ptr, comma });

        if (one.len)
            add_base(r, ECO_BASES_CARD, one, relation);
        s = eco_str_skip(s, comma + 1);
    }
}

static void add_card_value(struct eco_reading *r, const struct eco_json *v,
                           int8_t relation)
{
    if (eco_json_type(v) == ECO_JSON_STRING)
        add_card_text(r, eco_json_str(v), relation);
    else
        eco_read_ignore(r);
}

static void read_card_bases(struct eco_reading *r, const struct eco_json *card)
{
    const struct eco_json *v = eco_json_get(card, "base_model");
    int8_t relation =
        relation_from(eco_json_str(eco_json_get(card, "base_model_relation")));
    size_t n = eco_json_len(v);

    if (v && eco_json_type(v) != ECO_JSON_ARRAY)
        add_card_value(r, v, relation);
    for (size_t i = 0; i < n; i++)
        add_card_value(r, eco_json_at(v, i), relation);
}

static void read_card_licence(struct eco_reading *r, const struct eco_json *v)
{
    if (eco_json_type(v) == ECO_JSON_ARRAY)
        v = eco_json_at(v, 0);
    if ((v && eco_json_type(v) != ECO_JSON_STRING) ||
        !eco_read_is_text(eco_json_str(v))) {
        eco_read_ignore(r);
        return;
    }
    if (!eco_arena_str(r->arena, eco_read_value_of(eco_json_str(v)),
                       &r->rec->u.model.card_licence))
        r->failed = true;
}

/* A dump may carry the card as a text that holds JSON. */
static bool read_card_text(struct eco_reading *r, struct eco_str text)
{
    struct eco_json_reader *reader;
    struct eco_json *card = NULL;
    bool usable = true;

    if (eco_json_reader_new(&reader, NULL)) {
        r->failed = true;
        return false;
    }
    if (eco_json_parse(reader, text, &card, NULL) ||
        (card && eco_json_type(card) != ECO_JSON_OBJECT))
        usable = eco_read_ignore(r);
    else if (card)
        usable = eco_read_card(r, card);
    eco_json_free(card);
    eco_json_reader_free(reader);
    return usable;
}

bool eco_read_card(struct eco_reading *r, const struct eco_json *v)
{
    if (eco_json_type(v) == ECO_JSON_STRING)
        return read_card_text(r, eco_json_str(v));
    if (eco_json_type(v) != ECO_JSON_OBJECT)
        return eco_read_ignore(r);
    read_card_bases(r, v);
    read_card_licence(r, eco_json_get(v, "license"));
    eco_read_card_languages(r, eco_json_get(v, "language"));
    return true;
}

static bool is_word(struct eco_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!eco_str_cmp_nocase(s, eco_str_from_c(words[i])))
            return true;
    return false;
}

static uint8_t hint_of_word(struct eco_str s)
{
    static const char *const quantized[] = { "gguf", "awq", "gptq", "exl2",
                                             "mlx" };
    static const char *const adapter[] = { "peft", "lora", "adapter" };

    if (is_word(s, quantized, sizeof(quantized) / sizeof(quantized[0])))
        return ECO_HINT_QUANTIZED;
    if (is_word(s, adapter, sizeof(adapter) / sizeof(adapter[0])))
        return ECO_HINT_ADAPTER;
    return 0;
}

static uint8_t hint_of_tag(struct eco_str tag)
{
    if (eco_str_ends_with(tag, "-bit"))
        return ECO_HINT_QUANTIZED;
    return hint_of_word(tag);
}

static void read_base_tag(struct eco_reading *r, struct eco_str rest)
{
    size_t colon = eco_str_find(rest, ':');
    int8_t relation = relation_from(
        (struct eco_str){ rest.ptr, colon < rest.len ? colon : 0 });

    if (relation == ECO_RELATION_UNKNOWN)
        add_base(r, ECO_BASES_BARE_TAGS, rest, relation);
    else
        add_base(r, ECO_BASES_TYPED_TAGS, eco_str_skip(rest, colon + 1),
                 relation);
}

static void read_licence_tag(struct eco_reading *r, struct eco_str licence)
{
    struct eco_str *out = &r->rec->u.model.tag_licence;

    if (!out->len && eco_read_is_text(licence) &&
        !eco_arena_str(r->arena, eco_read_value_of(licence), out))
        r->failed = true;
}

static void read_tag(struct eco_reading *r, struct eco_str tag)
{
    if (eco_str_starts_with(tag, "base_model:")) {
        read_base_tag(r, eco_str_skip(tag, 11));
    } else if (eco_str_starts_with(tag, "license:")) {
        read_licence_tag(r, eco_str_skip(tag, 8));
    } else {
        r->rec->u.model.tag_hints |= hint_of_tag(tag);
        eco_read_language_tag(r, tag);
    }
}

bool eco_read_tags(struct eco_reading *r, const struct eco_json *v)
{
    size_t n = eco_json_len(v);

    if (eco_json_type(v) != ECO_JSON_ARRAY)
        return eco_read_ignore(r);
    for (size_t i = 0; i < n; i++) {
        const struct eco_json *tag = eco_json_at(v, i);

        if (eco_json_type(tag) == ECO_JSON_STRING)
            read_tag(r, eco_json_str(tag));
        else
            eco_read_ignore(r);
    }
    return true;
}

static bool is_between_words(char c)
{
    return c == '.' || c == '-' || c == '_' || c == '/';
}

/* The words of a file name: adapter_config.json, model.Q4_K_M.gguf. */
static uint8_t hints_of_file(struct eco_str name)
{
    uint8_t hints = 0;
    size_t from = 0;

    for (size_t i = 0; i <= name.len; i++) {
        if (i < name.len && !is_between_words(name.ptr[i]))
            continue;
        hints |= hint_of_word((struct eco_str){ name.ptr + from, i - from });
        from = i + 1;
    }
    return hints;
}

bool eco_read_files(struct eco_reading *r, const struct eco_json *v)
{
    size_t n = eco_json_len(v);

    if (eco_json_type(v) != ECO_JSON_ARRAY)
        return eco_read_ignore(r);
    for (size_t i = 0; i < n; i++) {
        struct eco_str name =
            eco_json_str(eco_json_get(eco_json_at(v, i), "rfilename"));

        if (name.len)
            r->rec->u.model.file_hints |= hints_of_file(name);
    }
    return true;
}

/* The relation of a single base where the source gives none. */
static enum eco_relation inferred(const struct eco_model_record *m)
{
    uint8_t hints = m->tag_hints | m->file_hints;

    if (m->has_gguf || (hints & ECO_HINT_QUANTIZED))
        return ECO_QUANTIZED;
    return hints & ECO_HINT_ADAPTER ? ECO_ADAPTER : ECO_FINETUNE;
}

/* How many sources to list, and how many bases these hold. */
static int sources_used(const struct eco_model_record *m, uint32_t *n)
{
    int used = 0;

    *n = 0;
    while (used < ECO_BASE_SOURCES) {
        const struct eco_base_list *list = &m->bases[used++];

        *n += list->n;
        for (uint32_t i = 0; i < list->n; i++)
            if (eco_hubid_is_full(list->at[i].id))
                return used;
    }
    return used;
}

static uint32_t count_bad(const struct eco_model_record *m, int sources)
{
    uint32_t n = 0;

    for (int s = 0; s < sources; s++)
        for (uint32_t i = 0; i < m->bases[s].n_bad; i++) {
            bool seen = false;

            for (int t = 0; t < s && !seen; t++)
                seen = has_name(m->bases[t].bad, m->bases[t].n_bad,
                                m->bases[s].bad[i]);
            n += !seen;
        }
    return n;
}

int eco_model_derivations(const struct eco_model_record *m,
                          struct eco_arena *arena, struct eco_derivation **at,
                          uint32_t *n, uint32_t *n_bad, struct eco_err *err)
{
    int sources = sources_used(m, n);
    struct eco_derivation *d = eco_arena_calloc(arena, *n, sizeof(*d));

    *at = d;
    *n_bad = count_bad(m, sources);
    if (!d)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u bases", *n);
    for (int s = 0; s < sources; s++)
        for (uint32_t i = 0; i < m->bases[s].n; i++, d++) {
            const struct eco_base *b = &m->bases[s].at[i];

            d->base = b->id;
            d->source = (enum eco_base_source)s;
            d->declared = b->relation != ECO_RELATION_UNKNOWN;
            d->relation =
                d->declared ? (enum eco_relation)b->relation : inferred(m);
        }
    return 0;
}
