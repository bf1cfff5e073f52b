/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

#include <string.h>

#include "base/clock.h"

#define TOLD(table, column)                                                    \
    "SELECT seq, day, modified, id, fields, hash FROM " table " WHERE " column \
    " = ?1 ORDER BY seq"
#define TOLD_TEXT(table, column)                                               \
    "SELECT text FROM " table " WHERE " column " = ?1 AND seq = ?2"
#define TOLD_CLEAR(table, column) "DELETE FROM " table " WHERE " column " = ?1"
#define TOLD_ADD(table)                                                        \
    "INSERT INTO " table " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"

static const char *const sql[ECO_SQL_COUNT] = {
    [ECO_SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
    [ECO_SQL_SETTING_PUT] = "INSERT OR REPLACE INTO setting VALUES (?1, ?2)",

    [ECO_SQL_CAPTURE_DAYS] = "SELECT day FROM capture ORDER BY day",
    [ECO_SQL_CAPTURE_GET] =
        "SELECT likes, downloads, models FROM capture WHERE day = ?1",
    [ECO_SQL_CAPTURE_PUT] =
        "INSERT OR REPLACE INTO capture (day, likes, downloads, models)"
        " VALUES (?1, ?2, ?3, ?4)",

    [ECO_SQL_MODEL_FIND] = "SELECT model_id FROM model WHERE key = ?1",
    [ECO_SQL_AUTHOR_FIND] = "SELECT author_id FROM author WHERE key = ?1",
    [ECO_SQL_SPACE_FIND] = "SELECT space_id FROM space WHERE key = ?1",

    [ECO_SQL_MODEL_KEY] = "SELECT key FROM model WHERE model_id = ?1",
    [ECO_SQL_AUTHOR_KEY] = "SELECT key FROM author WHERE author_id = ?1",
    [ECO_SQL_SPACE_KEY] = "SELECT key FROM space WHERE space_id = ?1",

    [ECO_SQL_MODEL_ADD] =
        "INSERT INTO model (key, id, hub_id, created, modified, likes,"
        " downloads, downloads_all, task, library, licence, gated, disabled,"
        " parameters, storage, bad_bases, languages) VALUES (?1, ?2, ?3, ?4,"
        " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    [ECO_SQL_AUTHOR_ADD] =
        "INSERT INTO author (key, name, type, nature, full_name, avatar_url,"
        " website, github) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [ECO_SQL_SPACE_ADD] = "INSERT INTO space (key, id, created, likes)"
                          " VALUES (?1, ?2, ?3, ?4)",

    [ECO_SQL_MODEL_SET] =
        "UPDATE model SET id = ?2, hub_id = ?3, created = ?4, modified = ?5,"
        " likes = ?6, downloads = ?7, downloads_all = ?8, task = ?9,"
        " library = ?10, licence = ?11, gated = ?12, disabled = ?13,"
        " parameters = ?14, storage = ?15, bad_bases = ?16, languages = ?17"
        " WHERE model_id = ?1 AND (id IS NOT ?2 OR hub_id IS NOT ?3"
        " OR created IS NOT ?4 OR modified IS NOT ?5 OR likes IS NOT ?6"
        " OR downloads IS NOT ?7 OR downloads_all IS NOT ?8"
        " OR task IS NOT ?9 OR library IS NOT ?10 OR licence IS NOT ?11"
        " OR gated IS NOT ?12 OR disabled IS NOT ?13"
        " OR parameters IS NOT ?14 OR storage IS NOT ?15"
        " OR bad_bases IS NOT ?16 OR languages IS NOT ?17)",
    [ECO_SQL_MODEL_NEXT] =
        "SELECT model_id, hub_id FROM model WHERE model_id > ?1"
        " ORDER BY model_id LIMIT 1",
    [ECO_SQL_AUTHOR_SET] =
        "UPDATE author SET name = ?2, type = ?3, nature = ?4, full_name = ?5,"
        " avatar_url = ?6, website = ?7, github = ?8 WHERE author_id = ?1 AND"
        " (name IS NOT ?2 OR type IS NOT ?3 OR nature IS NOT ?4 OR full_name"
        " IS NOT ?5 OR avatar_url IS NOT ?6 OR website IS NOT ?7 OR github IS"
        " NOT ?8)",
    [ECO_SQL_SPACE_SET] =
        "UPDATE space SET id = ?2, created = ?3, likes = ?4 WHERE space_id ="
        " ?1 AND (id IS NOT ?2 OR created IS NOT ?3 OR likes IS NOT ?4)",

    [ECO_SQL_MODEL_TOLD] = TOLD("model_told", "model_id"),
    [ECO_SQL_AUTHOR_TOLD] = TOLD("author_told", "author_id"),
    [ECO_SQL_SPACE_TOLD] = TOLD("space_told", "space_id"),
    [ECO_SQL_MODEL_TOLD_TEXT] = TOLD_TEXT("model_told", "model_id"),
    [ECO_SQL_AUTHOR_TOLD_TEXT] = TOLD_TEXT("author_told", "author_id"),
    [ECO_SQL_SPACE_TOLD_TEXT] = TOLD_TEXT("space_told", "space_id"),
    [ECO_SQL_MODEL_TOLD_CLEAR] = TOLD_CLEAR("model_told", "model_id"),
    [ECO_SQL_AUTHOR_TOLD_CLEAR] = TOLD_CLEAR("author_told", "author_id"),
    [ECO_SQL_SPACE_TOLD_CLEAR] = TOLD_CLEAR("space_told", "space_id"),
    [ECO_SQL_MODEL_TOLD_ADD] = TOLD_ADD("model_told"),
    [ECO_SQL_AUTHOR_TOLD_ADD] = TOLD_ADD("author_told"),
    [ECO_SQL_SPACE_TOLD_ADD] = TOLD_ADD("space_told"),

    [ECO_SQL_DERIVATION_LIST] =
        "SELECT source, base, relation, declared FROM derivation"
        " WHERE model_id = ?1 ORDER BY position",
    [ECO_SQL_DERIVATION_CLEAR] = "DELETE FROM derivation WHERE model_id = ?1",
    [ECO_SQL_DERIVATION_ADD] =
        "INSERT INTO derivation VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [ECO_SQL_SPACE_MODEL_LIST] =
        "SELECT model FROM space_model WHERE space_id = ?1 ORDER BY position",
    [ECO_SQL_SPACE_MODEL_CLEAR] = "DELETE FROM space_model WHERE space_id = ?1",
    [ECO_SQL_SPACE_MODEL_ADD] = "INSERT INTO space_model VALUES (?1, ?2, ?3)",

    [ECO_SQL_HUB_ID_GET] = "SELECT hub_id FROM model WHERE model_id = ?1",
    [ECO_SQL_HUB_ID_MEMBERS] = "SELECT model_id FROM model WHERE hub_id = ?1",
    [ECO_SQL_ALIAS_PUT] =
        "INSERT INTO alias SELECT key, id, ?2 FROM model WHERE model_id = ?1"
        " ON CONFLICT (key) DO UPDATE SET id = excluded.id,"
        " model_id = excluded.model_id"
        " WHERE id IS NOT excluded.id OR model_id IS NOT excluded.model_id",
    [ECO_SQL_ALIAS_CLEAR] = "DELETE FROM alias WHERE key ="
                            " (SELECT key FROM model WHERE model_id = ?1)",
    [ECO_SQL_ALIAS_TOUCHES] =
        "SELECT 1 FROM alias WHERE model_id = ?1 OR key ="
        " (SELECT key FROM model WHERE model_id = ?1) LIMIT 1",

    [ECO_SQL_HISTORY_AT] =
        "SELECT day, value FROM history WHERE model_id = ?1 AND metric = ?2"
        " AND day <= ?3 ORDER BY day DESC LIMIT 1",
    [ECO_SQL_HISTORY_AFTER] =
        "SELECT day, value FROM history WHERE model_id = ?1 AND metric = ?2"
        " AND day > ?3 ORDER BY day LIMIT 1",
    [ECO_SQL_HISTORY_PUT] =
        "INSERT OR REPLACE INTO history VALUES (?1, ?2, ?3, ?4)",
    [ECO_SQL_HISTORY_CLEAR] =
        "DELETE FROM history WHERE model_id = ?1 AND metric = ?2 AND day = ?3",
    [ECO_SQL_HISTORY_LIST] =
        "SELECT day, value FROM history WHERE model_id = ?1 AND metric = ?2"
        " ORDER BY day",

    /* The indexes: as in migrations/001_hub.sql. */
    [ECO_SQL_IS_EMPTY] = "SELECT NOT (EXISTS (SELECT 1 FROM model) OR EXISTS"
                         " (SELECT 1 FROM author) OR EXISTS (SELECT 1 FROM"
                         " space))",
    [ECO_SQL_COUNT_INDEXES] =
        "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name IN"
        " ('model_key', 'author_key', 'space_key', 'model_hub_id')",
    [ECO_SQL_DROP_MODEL] = "DROP INDEX IF EXISTS model_key",
    [ECO_SQL_DROP_AUTHOR] = "DROP INDEX IF EXISTS author_key",
    [ECO_SQL_DROP_SPACE] = "DROP INDEX IF EXISTS space_key",
    [ECO_SQL_DROP_HUB_ID] = "DROP INDEX IF EXISTS model_hub_id",
    [ECO_SQL_INDEX_MODEL] =
        "CREATE UNIQUE INDEX IF NOT EXISTS model_key ON model (key)",
    [ECO_SQL_INDEX_AUTHOR] =
        "CREATE UNIQUE INDEX IF NOT EXISTS author_key ON author (key)",
    [ECO_SQL_INDEX_SPACE] =
        "CREATE UNIQUE INDEX IF NOT EXISTS space_key ON space (key)",
    [ECO_SQL_INDEX_HUB_ID] = "CREATE INDEX IF NOT EXISTS model_hub_id ON"
                             " model (hub_id) WHERE hub_id IS NOT NULL",

    [ECO_SQL_TOTAL_MODELS] =
        "SELECT (SELECT count(*) FROM model) - (SELECT count(*) FROM alias"
        " JOIN model USING (key))",
    [ECO_SQL_TOTAL_REMOVED] =
        "SELECT count(*) FROM model WHERE disabled AND key NOT IN"
        " (SELECT key FROM alias)",
    [ECO_SQL_TOTAL_ALIASES] = "SELECT count(*) FROM alias",
    [ECO_SQL_TOTAL_AUTHORS] = "SELECT count(*) FROM author",
    [ECO_SQL_TOTAL_SPACES] = "SELECT count(*) FROM space",
    [ECO_SQL_TOTAL_CAPTURES] = "SELECT count(*) FROM capture",
    [ECO_SQL_TOTAL_BAD_BASES] =
        "SELECT coalesce(sum(bad_bases), 0) FROM model WHERE key NOT IN"
        " (SELECT key FROM alias)",

    [ECO_SQL_AS_OF] = "SELECT max(day) FROM capture",
    [ECO_SQL_EACH_MODEL] =
        "SELECT model_id, id, created, modified, likes, downloads,"
        " downloads_all, parameters, storage, task, library, licence, gated,"
        " disabled, bad_bases, languages FROM model WHERE key NOT IN"
        " (SELECT key FROM alias) ORDER BY model_id",
    [ECO_SQL_EACH_DERIVATION] =
        "SELECT model_id, source, base, relation, declared FROM derivation"
        " ORDER BY model_id, position",
    [ECO_SQL_RESOLVE] =
        "SELECT coalesce((SELECT model_id FROM alias WHERE key = ?1),"
        " (SELECT model_id FROM model WHERE key = ?1))",
    [ECO_SQL_EACH_ALIAS] = "SELECT id, model_id FROM alias ORDER BY key",
    [ECO_SQL_EACH_AUTHOR] =
        "SELECT name, full_name, type, nature FROM author ORDER BY key",
    [ECO_SQL_EACH_SPACE_USE] =
        "SELECT created, likes, model, space_id FROM space JOIN space_model"
        " USING (space_id) WHERE likes > 0 ORDER BY key, position",
};

int eco_store_fail(struct eco_store *s, const char *what, struct eco_err *err)
{
    int code = sqlite3_errcode(s->db);
    int eco = code == SQLITE_NOMEM                              ? ECO_ENOMEM
              : code == SQLITE_BUSY || code == SQLITE_LOCKED    ? ECO_EBUSY
              : code == SQLITE_NOTADB || code == SQLITE_CORRUPT ? ECO_EFORMAT
                                                                : ECO_EIO;

    return eco_fail(err, eco, "store %s: %s: %s", s->path, what,
                    sqlite3_errmsg(s->db));
}

sqlite3_stmt *eco_store_stmt(struct eco_store *s, enum eco_sql which,
                             struct eco_err *err)
{
    sqlite3_stmt **slot = &s->stmt[which];

    if (!*slot && sqlite3_prepare_v3(s->db, sql[which], -1,
                                     SQLITE_PREPARE_PERSISTENT, slot, NULL)) {
        eco_store_fail(s, sql[which], err);
        return NULL;
    }
    sqlite3_reset(*slot);
    sqlite3_clear_bindings(*slot);
    return *slot;
}

int eco_store_step(struct eco_store *s, sqlite3_stmt *stmt, struct eco_err *err)
{
    int rc = sqlite3_step(stmt);

    if (rc == SQLITE_ROW)
        return 1;
    if (rc == SQLITE_DONE)
        return 0;
    rc = eco_store_fail(s, sqlite3_sql(stmt), err);
    sqlite3_reset(stmt);
    return rc;
}

int eco_store_run(struct eco_store *s, sqlite3_stmt *stmt, struct eco_err *err)
{
    int rc = eco_store_step(s, stmt, err);

    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* Binding fails only for a wrong position, which is our bug, or when there is
 * no memory, which step then reports. */
void eco_bind_id(sqlite3_stmt *stmt, int at, struct eco_str s)
{
    sqlite3_bind_text(stmt, at, s.len ? s.ptr : "", (int)s.len, SQLITE_STATIC);
}

void eco_bind_text(sqlite3_stmt *stmt, int at, struct eco_str s)
{
    if (s.len)
        eco_bind_id(stmt, at, s);
    else
        sqlite3_bind_null(stmt, at);
}

void eco_bind_blob(sqlite3_stmt *stmt, int at, struct eco_str s)
{
    sqlite3_bind_blob(stmt, at, s.len ? s.ptr : "", (int)s.len, SQLITE_STATIC);
}

void eco_bind_time(sqlite3_stmt *stmt, int at, int64_t ms)
{
    if (ms == ECO_TIME_UNKNOWN)
        sqlite3_bind_null(stmt, at);
    else
        sqlite3_bind_int64(stmt, at, ms);
}

void eco_bind_count(sqlite3_stmt *stmt, int at, int64_t n)
{
    if (n < 0)
        sqlite3_bind_null(stmt, at);
    else
        sqlite3_bind_int64(stmt, at, n);
}

struct eco_str eco_column_text(sqlite3_stmt *stmt, int at)
{
    const char *ptr = (const char *)sqlite3_column_text(stmt, at);

    return (struct eco_str){ ptr,
                             ptr ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

struct eco_str eco_column_blob(sqlite3_stmt *stmt, int at)
{
    const char *ptr = sqlite3_column_blob(stmt, at);

    return (struct eco_str){ ptr,
                             ptr ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

int64_t eco_column_time(sqlite3_stmt *stmt, int at)
{
    return sqlite3_column_type(stmt, at) == SQLITE_NULL
               ? ECO_TIME_UNKNOWN
               : sqlite3_column_int64(stmt, at);
}

int64_t eco_column_count(sqlite3_stmt *stmt, int at)
{
    return sqlite3_column_type(stmt, at) == SQLITE_NULL
               ? -1
               : sqlite3_column_int64(stmt, at);
}

enum eco_sql eco_sql_of(enum eco_sql model, enum eco_record_kind kind)
{
    return (enum eco_sql)((int)model + (int)kind);
}
