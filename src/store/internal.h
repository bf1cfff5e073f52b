/* SPDX-License-Identifier: MIT */
#ifndef ECO_STORE_INTERNAL_H
#define ECO_STORE_INTERNAL_H

#include <sqlite3.h>

#include "base/buf.h"
#include "store/bulk.h"
#include "store/capture.h"
#include "store/store.h"
#include "store/text.h"

/*
 * internal - what the files of the store share
 *
 * Every SQL text is a literal in statements.c, prepared on first use and kept
 * until the store closes.
 */
enum eco_sql {
    ECO_SQL_SETTING_GET,
    ECO_SQL_SETTING_PUT,
    ECO_SQL_CAPTURE_DAYS,
    ECO_SQL_CAPTURE_GET,
    ECO_SQL_CAPTURE_PUT,
    ECO_SQL_MODEL_FIND,
    ECO_SQL_AUTHOR_FIND,
    ECO_SQL_SPACE_FIND,
    ECO_SQL_MODEL_KEY,
    ECO_SQL_AUTHOR_KEY,
    ECO_SQL_SPACE_KEY,
    ECO_SQL_MODEL_ADD,
    ECO_SQL_AUTHOR_ADD,
    ECO_SQL_SPACE_ADD,
    ECO_SQL_MODEL_SET,
    ECO_SQL_AUTHOR_SET,
    ECO_SQL_SPACE_SET,
    ECO_SQL_MODEL_NEXT,
    ECO_SQL_MODEL_TOLD,
    ECO_SQL_AUTHOR_TOLD,
    ECO_SQL_SPACE_TOLD,
    ECO_SQL_MODEL_TOLD_TEXT,
    ECO_SQL_AUTHOR_TOLD_TEXT,
    ECO_SQL_SPACE_TOLD_TEXT,
    ECO_SQL_MODEL_TOLD_CLEAR,
    ECO_SQL_AUTHOR_TOLD_CLEAR,
    ECO_SQL_SPACE_TOLD_CLEAR,
    ECO_SQL_MODEL_TOLD_ADD,
    ECO_SQL_AUTHOR_TOLD_ADD,
    ECO_SQL_SPACE_TOLD_ADD,
    ECO_SQL_DERIVATION_LIST,
    ECO_SQL_DERIVATION_CLEAR,
    ECO_SQL_DERIVATION_ADD,
    ECO_SQL_SPACE_MODEL_LIST,
    ECO_SQL_SPACE_MODEL_CLEAR,
    ECO_SQL_SPACE_MODEL_ADD,
    ECO_SQL_HUB_ID_GET,
    ECO_SQL_HUB_ID_MEMBERS,
    ECO_SQL_ALIAS_PUT,
    ECO_SQL_ALIAS_CLEAR,
    ECO_SQL_ALIAS_TOUCHES,
    ECO_SQL_HISTORY_AT,
    ECO_SQL_HISTORY_AFTER,
    ECO_SQL_HISTORY_PUT,
    ECO_SQL_HISTORY_CLEAR,
    ECO_SQL_HISTORY_LIST,
    ECO_SQL_IS_EMPTY,
    ECO_SQL_COUNT_INDEXES,
    ECO_SQL_DROP_MODEL,
    ECO_SQL_DROP_AUTHOR,
    ECO_SQL_DROP_SPACE,
    ECO_SQL_DROP_HUB_ID,
    ECO_SQL_INDEX_MODEL,
    ECO_SQL_INDEX_AUTHOR,
    ECO_SQL_INDEX_SPACE,
    ECO_SQL_INDEX_HUB_ID,
    ECO_SQL_TOTAL_MODELS,
    ECO_SQL_TOTAL_REMOVED,
    ECO_SQL_TOTAL_ALIASES,
    ECO_SQL_TOTAL_AUTHORS,
    ECO_SQL_TOTAL_SPACES,
    ECO_SQL_TOTAL_CAPTURES,
    ECO_SQL_TOTAL_BAD_BASES,
    ECO_SQL_AS_OF,
    ECO_SQL_EACH_MODEL,
    ECO_SQL_EACH_DERIVATION,
    ECO_SQL_RESOLVE,
    ECO_SQL_EACH_ALIAS,
    ECO_SQL_EACH_AUTHOR,
    ECO_SQL_EACH_SPACE_USE,
    ECO_SQL_COUNT,
};

struct eco_store {
    sqlite3 *db;
    char *path;
    int lock_fd; /* held while writing; -1 else */
    bool is_old; /* of an earlier version; opened to read only */
    bool in_transaction;
    sqlite3_stmt *stmt[ECO_SQL_COUNT];
    struct eco_text_codec *codec;
    struct eco_json_reader *json;
    struct eco_arena arena;  /* one put */
    struct eco_buf unpacked; /* one stored row */
    struct eco_captures captures;
    struct eco_bulk bulk;
};

/* Fill err from SQLite's own message; returns the code. */
int eco_store_fail(struct eco_store *s, const char *what, struct eco_err *err);

/* The prepared statement, reset and without bindings. NULL with *err. */
sqlite3_stmt *eco_store_stmt(struct eco_store *s, enum eco_sql which,
                             struct eco_err *err);

/* 1 for a row, 0 at the end, or an error. */
ECO_MUST_USE
int eco_store_step(struct eco_store *s, sqlite3_stmt *stmt,
                   struct eco_err *err);

/* Run a statement that gives no rows, and reset it. */
ECO_MUST_USE
int eco_store_run(struct eco_store *s, sqlite3_stmt *stmt, struct eco_err *err);

/* Bind; a text that is empty, an unknown instant and a count of -1 are NULL.
 * The bytes are borrowed until the statement is reset. */
void eco_bind_text(sqlite3_stmt *stmt, int at, struct eco_str s);
void eco_bind_id(sqlite3_stmt *stmt, int at, struct eco_str s); /* not NULL */
void eco_bind_blob(sqlite3_stmt *stmt, int at, struct eco_str s);
void eco_bind_time(sqlite3_stmt *stmt, int at, int64_t ms);
void eco_bind_count(sqlite3_stmt *stmt, int at, int64_t n);

struct eco_str eco_column_text(sqlite3_stmt *stmt, int at);
struct eco_str eco_column_blob(sqlite3_stmt *stmt, int at);
int64_t eco_column_time(sqlite3_stmt *stmt, int at);
int64_t eco_column_count(sqlite3_stmt *stmt, int at);

/* The statement of a kind, given that of models (authors and Spaces follow
 * it in the enum). */
enum eco_sql eco_sql_of(enum eco_sql model, enum eco_record_kind kind);

/* "adapter" and so on, which the schema holds the column to. */
enum eco_relation eco_store_relation(struct eco_str word);

/* facts.c: write the merged columns of an entity and what hangs on it; *changed
 * is set when anything differed. `with_edges` is false for a model that is an
 * alias of another. */
ECO_MUST_USE
int eco_store_add_entity(struct eco_store *s, const struct eco_record *merged,
                         struct eco_str key, int64_t *id, struct eco_err *err);
ECO_MUST_USE
int eco_store_set_entity(struct eco_store *s, const struct eco_record *merged,
                         int64_t id, bool with_edges, bool *changed,
                         struct eco_err *err);

/* A kept row: what orders it, and its text while that is loaded. */
struct eco_kept {
    struct eco_record rec; /* .fields and .told are set; the rest when parsed */
    int64_t entity;
    int64_t seq; /* -1: not stored yet */
    int64_t hash;
    struct eco_str packed;
    bool parsed;
};

/* told.c: the kept rows of an entity, by falling precedence, in the arena,
 * with room for one more. Texts are loaded when `with_text`. */
ECO_MUST_USE
int eco_store_load_kept(struct eco_store *s, enum eco_record_kind kind,
                        int64_t entity, bool with_text, struct eco_kept **at,
                        size_t *n, struct eco_err *err);

/* Parse the texts that are not parsed yet and merge the rows. */
ECO_MUST_USE
int eco_store_merge_kept(struct eco_store *s, struct eco_kept *at, size_t n,
                         struct eco_record *merged, struct eco_err *err);

/* told.c: the entity of a key; 0 when there is none. */
ECO_MUST_USE
int eco_store_find_entity(struct eco_store *s, enum eco_record_kind kind,
                          struct eco_str key, int64_t *entity,
                          struct eco_err *err);

/* told.c: eco_store_put, with the hash of the text. */
ECO_MUST_USE
int eco_store_put_row(struct eco_store *s, const struct eco_record *rec,
                      struct eco_str packed, int64_t hash,
                      enum eco_put *outcome, struct eco_err *err);

/* migrate.c: what SQL alone cannot do for the step from this version to the
 * next, inside its transaction. */
ECO_MUST_USE
int eco_store_migrate(struct eco_store *s, int64_t version,
                      struct eco_err *err);

/* aliases.c: all models with this _id are one model. */
ECO_MUST_USE
int eco_store_join_hub_id(struct eco_store *s, struct eco_str hub_id,
                          bool *changed, struct eco_err *err);

/* Does this model stand in the alias table, or others for it? */
ECO_MUST_USE
int eco_store_has_alias(struct eco_store *s, int64_t model_id, bool *yes,
                        struct eco_err *err);

/* This model is one by itself again, with its own facts only. */
ECO_MUST_USE
int eco_store_leave_hub_id(struct eco_store *s, int64_t model_id, bool *changed,
                           struct eco_err *err);

#endif /* ECO_STORE_INTERNAL_H */
