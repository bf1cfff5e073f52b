/* SPDX-License-Identifier: MIT */
#ifndef ECO_RECORD_RECORD_H
#define ECO_RECORD_RECORD_H

#include "base/arena.h"
#include "graph/graph.h"
#include "json/json.h"

/*
 * record - one row of outside data, validated
 *
 * A row tells facts about one model, author or Space. Which fields it tells
 * is a set of bits: an absent key says nothing, null clears. Several rows
 * about one thing are merged field by field, each field from the row of the
 * highest precedence that tells it (eco_told_cmp), so that the order in which
 * rows arrive never matters.
 *
 * A task, library or licence called `none` or `others` is unknown, as if null:
 * these words stand for models without a value and for all other values.
 *
 * Units      Instants in ms since 1970 UTC (ECO_TIME_UNKNOWN), counts -1 when
 *            unknown or cleared, texts empty.
 * Ownership  Strings live in the arena given to the parser.
 * Errors     ECO_EFORMAT for a row that cannot be used at all (no id, not an
 *            object), ECO_ENOMEM. A single value of a wrong type or beyond its
 *            maximum is left out, as if absent, and counted in `ignored`.
 * Threads    Pure but for the arena.
 */
enum eco_record_kind {
    ECO_RECORD_MODEL,
    ECO_RECORD_AUTHOR,
    ECO_RECORD_SPACE,
};
#define ECO_RECORD_KINDS 3

/* What orders the rows about one thing. */
struct eco_told {
    int32_t day;         /* of the capture */
    int64_t modified_ms; /* the row's lastModified or ECO_TIME_UNKNOWN */
    struct eco_str id;   /* as the row spells it */
    struct eco_str text; /* the row's JSON */
};

/* >0 when a goes before b: the later day, then the later lastModified, then
 * the bytewise smaller id, then the larger text. 0 only for equal rows. */
int eco_told_cmp(const struct eco_told *a, const struct eco_told *b);

enum eco_model_field {
    ECO_F_HUB_ID,
    ECO_F_CREATED,
    ECO_F_MODIFIED,
    ECO_F_LIKES,
    ECO_F_DOWNLOADS,
    ECO_F_DOWNLOADS_ALL,
    ECO_F_TASK,
    ECO_F_LIBRARY,
    ECO_F_GATED,
    ECO_F_DISABLED,
    ECO_F_SAFETENSORS,
    ECO_F_GGUF,
    ECO_F_STORAGE,
    ECO_F_TAGS,
    ECO_F_BASE_MODELS,
    ECO_F_CARD,
    ECO_F_FILES,
};
#define ECO_MODEL_FIELDS 17

#define ECO_FIELD_BIT(field) (1u << (field))

/* What a model's own tags and files say about how it was made. */
enum eco_hint {
    ECO_HINT_ADAPTER = 1u << 0,
    ECO_HINT_QUANTIZED = 1u << 1,
};

#define ECO_RELATION_UNKNOWN (-1)

struct eco_base {
    struct eco_str id; /* normalised; valid, or a single name */
    int8_t relation;   /* enum eco_relation or ECO_RELATION_UNKNOWN */
};

/* Where names of bases come from, best first. */
enum eco_base_source {
    ECO_BASES_MODELS,     /* baseModels */
    ECO_BASES_TYPED_TAGS, /* base_model:<relation>:<id> */
    ECO_BASES_BARE_TAGS,  /* base_model:<id> */
    ECO_BASES_CARD,       /* cardData.base_model */
};
#define ECO_BASE_SOURCES 4

struct eco_base_list {
    struct eco_base *at; /* distinct, in the order told */
    uint32_t n;
    struct eco_str *bad; /* names that are no id, distinct */
    uint32_t n_bad;
};

struct eco_language_list {
    struct eco_str *at; /* codes (record/language.h), distinct, sorted */
    uint32_t n;
};

struct eco_model_record {
    struct eco_str hub_id; /* the Hub's _id, 24 hex digits */
    int64_t created_ms;
    int64_t modified_ms;
    int64_t likes;
    int64_t downloads;
    int64_t downloads_all;
    struct eco_str task;
    struct eco_str library;
    uint8_t gated; /* enum eco_gated's numbers: 0 unknown, 1 no, 2, 3 */
    bool disabled;
    int64_t safetensors; /* number of parameters */
    int64_t gguf;        /* number of parameters */
    bool has_gguf;
    int64_t storage;
    uint8_t tag_hints;  /* enum eco_hint */
    uint8_t file_hints; /* enum eco_hint */
    struct eco_str tag_licence;
    struct eco_str card_licence;
    struct eco_language_list card_languages;
    struct eco_language_list tag_languages;
    struct eco_base_list bases[ECO_BASE_SOURCES];
};

enum eco_author_field {
    ECO_F_AUTHOR_TYPE,
    ECO_F_AUTHOR_NATURE,
    ECO_F_AUTHOR_FULL_NAME,
    ECO_F_AUTHOR_AVATAR,
    ECO_F_AUTHOR_WEBSITE,
    ECO_F_AUTHOR_GITHUB,
};
#define ECO_AUTHOR_FIELDS 6

struct eco_author_record {
    struct eco_str type;   /* "org", "user" or empty */
    struct eco_str nature; /* kind of organisation as the Hub says it */
    struct eco_str full_name;
    struct eco_str avatar_url;
    struct eco_str website;
    struct eco_str github;
};

enum eco_space_field {
    ECO_F_SPACE_CREATED,
    ECO_F_SPACE_LIKES,
    ECO_F_SPACE_MODELS,
};
#define ECO_SPACE_FIELDS 3

struct eco_space_record {
    int64_t created_ms;
    int64_t likes;
    struct eco_str *models; /* full ids, normalised, distinct */
    uint32_t n_models;
};

struct eco_record {
    enum eco_record_kind kind;
    struct eco_told told;
    uint32_t fields;  /* bits of enum eco_*_field */
    uint32_t ignored; /* values left out */
    union {
        struct eco_model_record model;
        struct eco_author_record author;
        struct eco_space_record space;
    } u;
};

/* Is this object, a row of a list, about a Space? (Else it is a model.) */
bool eco_record_is_space(const struct eco_json *row);

/*
 * Read a row. `told.day` and `told.text` are the caller's; so is `told.id`
 * for authors, whose name may stand outside of the object. For models and
 * Spaces id and lastModified come from the row. The strings of `told` are not
 * copied.
 */
ECO_MUST_USE
int eco_record_read(enum eco_record_kind kind, const struct eco_json *row,
                    struct eco_arena *arena, struct eco_record *rec,
                    struct eco_err *err);

/*
 * Merge n rows of one kind, sorted by falling precedence, into *out. out->told
 * is the first row's. Strings are shared with the rows.
 */
void eco_record_merge(const struct eco_record *const *rows, size_t n,
                      struct eco_record *out);

/* The bits of `fields` that row i needs to be kept for: those that no row
 * before it tells. */
uint32_t eco_record_news(const struct eco_record *const *rows, size_t i);

/* The licence: the card's, else the tag's. Empty when unknown. */
struct eco_str eco_model_licence(const struct eco_model_record *m);

/* The languages: the card's, else the tags'. None when unknown. */
const struct eco_language_list *
eco_model_languages(const struct eco_model_record *m);

/* Its codes with one comma between, from the arena; empty for none. */
ECO_MUST_USE
int eco_language_join(const struct eco_language_list *list,
                      struct eco_arena *arena, struct eco_str *out,
                      struct eco_err *err);

/* Number of parameters: safetensors, else gguf; -1 unknown. */
int64_t eco_model_parameters(const struct eco_model_record *m);

/*
 * The edges of a merged model: the bases of the best source that names a
 * valid one. Sources are listed from the best down to the first that names a
 * full id; single names before it may still resolve through an alias.
 */
struct eco_derivation {
    struct eco_str base;
    enum eco_base_source source;
    enum eco_relation relation;
    bool declared; /* else inferred, as if this were the only base: whether
                      there are several, which makes it a merge, is known when
                      former ids are resolved (store/edges.c) */
};

/* Fill at[0..*n) (from the arena) and the number of distinct bad names in the
 * sources looked at. */
ECO_MUST_USE
int eco_model_derivations(const struct eco_model_record *m,
                          struct eco_arena *arena, struct eco_derivation **at,
                          uint32_t *n, uint32_t *n_bad, struct eco_err *err);

#endif /* ECO_RECORD_RECORD_H */
