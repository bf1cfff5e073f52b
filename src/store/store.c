/* SPDX-License-Identifier: MIT */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "snapshot/reader.h"
#include "store/internal.h"
#include "store/migrations.h"

#define BUSY_TIMEOUT_MS 5000

/* "ecov": tells our files from other SQLite files. */
#define APPLICATION_ID 0x65636f76

int eco_store_schema_version(void)
{
    return (int)eco_migrations_count;
}

static int exec(struct eco_store *s, const char *text, struct eco_err *err)
{
    if (sqlite3_exec(s->db, text, NULL, NULL, NULL))
        return eco_store_fail(s, text, err);
    return 0;
}

static int pragma_int(struct eco_store *s, const char *text, int64_t *out,
                      struct eco_err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = 0;

    *out = 0;
    if (sqlite3_prepare_v2(s->db, text, -1, &stmt, NULL))
        return eco_store_fail(s, text, err);
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return rc < 0 ? rc : 0;
}

/* One process writes at a time; the lock goes with the process. */
static int take_lock(struct eco_store *s, struct eco_err *err)
{
    struct eco_buf name;
    int rc = 0;

    eco_buf_init(&name, ECO_MAX_TEXT_BYTES * 16);
    eco_buf_printf(&name, "%s.lock", s->path);
    rc = eco_buf_check(&name, "the path of the store", err);
    if (rc)
        goto done;
    s->lock_fd = open(name.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (s->lock_fd < 0)
        rc = eco_fail_errno(err, "cannot open %s", name.ptr);
    else if (flock(s->lock_fd, LOCK_EX | LOCK_NB))
        rc =
            errno == EWOULDBLOCK
                ? eco_fail(err, ECO_EBUSY,
                           "store %s: another ecoviz is writing to it", s->path)
                : eco_fail_errno(err, "cannot lock %s", name.ptr);
done:
    eco_buf_release(&name);
    return rc;
}

static int open_db(struct eco_store *s, enum eco_store_mode mode,
                   struct eco_err *err)
{
    int flags = mode == ECO_STORE_READ
                    ? SQLITE_OPEN_READONLY
                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    struct stat st;

    if (mode == ECO_STORE_READ && stat(s->path, &st)) {
        if (errno == ENOENT)
            return eco_fail(err, ECO_ENOTFOUND,
                            "there is no store %s: run ecoviz import", s->path);
        return eco_fail_errno(err, "cannot open store %s", s->path);
    }
    if (sqlite3_open_v2(s->path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL)) {
        if (!s->db)
            return eco_fail(err, ECO_ENOMEM, "no memory for store %s", s->path);
        return eco_store_fail(s, "open", err);
    }
    sqlite3_busy_timeout(s->db, BUSY_TIMEOUT_MS);
    sqlite3_extended_result_codes(s->db, 0);
    return 0;
}

static int check_kind(struct eco_store *s, int64_t *version,
                      struct eco_err *err)
{
    int64_t id, schema;
    int rc = pragma_int(s, "PRAGMA application_id", &id, err);

    if (!rc)
        rc = pragma_int(s, "PRAGMA user_version", version, err);
    if (!rc)
        rc = pragma_int(s, "SELECT count(*) FROM sqlite_master", &schema, err);
    if (rc)
        return rc;
    if (schema && id != APPLICATION_ID)
        return eco_fail(err, ECO_EFORMAT, "%s is a database of another program",
                        s->path);
    if (*version > eco_store_schema_version())
        return eco_fail(err, ECO_EFORMAT,
                        "store %s has version %lld, this program knows %d:"
                        " take a newer ecoviz",
                        s->path, (long long)*version,
                        eco_store_schema_version());
    return 0;
}

static int migrate_one(struct eco_store *s, int64_t version,
                       struct eco_err *err)
{
    char mark[96];
    int rc = exec(s, "BEGIN IMMEDIATE", err);

    if (rc)
        return rc;
    snprintf(mark, sizeof(mark),
             "PRAGMA application_id = %d; PRAGMA user_version = %lld",
             APPLICATION_ID, (long long)version + 1);
    rc = exec(s, eco_migrations[version], err);
    if (!rc)
        rc = eco_store_migrate(s, version, err);
    if (!rc)
        rc = exec(s, mark, err);
    if (!rc)
        rc = exec(s, "COMMIT", err);
    if (rc)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return rc;
}

static int prepare_write(struct eco_store *s, int64_t version,
                         struct eco_err *err)
{
    int rc = exec(s,
                  "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;"
                  "PRAGMA synchronous = NORMAL;"
                  "PRAGMA foreign_keys = ON; PRAGMA cache_size = -131072;"
                  "PRAGMA wal_autocheckpoint = 16000",
                  err);

    for (; !rc && version < eco_store_schema_version(); version++)
        rc = migrate_one(s, version, err);
    return rc ? rc : eco_store_index(s, err);
}

static int prepare_read(struct eco_store *s, int64_t version,
                        struct eco_err *err)
{
    int rc;

    if (!version) /* nothing was ever written */
        return eco_fail(err, ECO_EFORMAT,
                        "store %s is empty: run ecoviz import", s->path);
    s->is_old = version < eco_store_schema_version();
    rc = exec(s, "PRAGMA query_only = ON; PRAGMA cache_size = -65536; BEGIN",
              err);
    /* One state of the store until it is closed, whoever writes meanwhile. */
    s->in_transaction = !rc;
    return rc;
}

static int open_once(const char *path, enum eco_store_mode mode,
                     struct eco_store **out, struct eco_err *err)
{
    struct eco_store *s = eco_calloc(1, sizeof(*s));
    int64_t version = 0;
    int rc;

    *out = NULL;
    if (!s)
        return eco_fail(err, ECO_ENOMEM, "no memory for store %s", path);
    s->lock_fd = -1;
    eco_arena_init(&s->arena, ECO_MAX_PUT_BYTES);
    eco_buf_init(&s->unpacked, ECO_MAX_ROW_BYTES);
    s->path = eco_strndup(path, strlen(path));
    rc =
        s->path ? 0 : eco_fail(err, ECO_ENOMEM, "no memory for store %s", path);
    if (!rc && mode == ECO_STORE_WRITE)
        rc = take_lock(s, err);
    if (!rc)
        rc = open_db(s, mode, err);
    if (!rc)
        rc = check_kind(s, &version, err);
    if (!rc)
        rc = eco_text_codec_new(&s->codec, err);
    if (!rc)
        rc = eco_json_reader_new(&s->json, err);
    if (!rc) /* last: bringing a store up to date reads rows */
        rc = mode == ECO_STORE_WRITE ? prepare_write(s, version, err)
                                     : prepare_read(s, version, err);
    if (rc) {
        eco_store_close(s);
        return rc;
    }
    *out = s;
    return 0;
}

/* An earlier program wrote the store, or a killed first import left it without
 * indexes: whoever may write brings it up to date. */
static int repair(const char *path, struct eco_err *err)
{
    struct eco_store *s;
    int rc = open_once(path, ECO_STORE_WRITE, &s, err);

    if (!rc)
        eco_store_close(s);
    return rc;
}

int eco_store_open(const char *path, enum eco_store_mode mode,
                   struct eco_store **out, struct eco_err *err)
{
    bool broken = false;
    int rc = open_once(path, mode, out, err);

    if (!rc && mode == ECO_STORE_READ && !(broken = (*out)->is_old))
        rc = eco_store_lacks_index(*out, &broken, err);
    if (!rc && !broken)
        return 0;
    eco_store_close(*out);
    *out = NULL;
    if (!rc)
        rc = repair(path, err);
    return rc ? rc : open_once(path, mode, out, err);
}

void eco_store_close(struct eco_store *s)
{
    if (!s)
        return;
    eco_store_rollback(s);
    for (int i = 0; i < ECO_SQL_COUNT; i++)
        sqlite3_finalize(s->stmt[i]);
    sqlite3_close(s->db);
    if (s->lock_fd >= 0)
        close(s->lock_fd);
    eco_captures_release(&s->captures);
    eco_bulk_release(&s->bulk);
    eco_text_codec_free(s->codec);
    eco_json_reader_free(s->json);
    eco_arena_release(&s->arena);
    eco_buf_release(&s->unpacked);
    eco_free(s->path);
    eco_free(s);
}

int eco_store_begin(struct eco_store *s, struct eco_err *err)
{
    int rc = exec(s, "BEGIN IMMEDIATE", err);

    s->in_transaction = !rc;
    if (!rc && !s->captures.n) /* the first time, and after a rollback */
        rc = eco_captures_load(s, err);
    if (!rc && s->bulk.indexes_missing)
        rc = eco_store_index(s, err);
    return rc;
}

int eco_store_commit(struct eco_store *s, struct eco_err *err)
{
    int rc = eco_captures_flush(s, err);

    if (!rc)
        rc = exec(s, "COMMIT", err);
    if (!rc)
        s->in_transaction = false;
    else
        eco_store_rollback(s);
    return rc;
}

void eco_store_rollback(struct eco_store *s)
{
    if (!s->in_transaction)
        return;
    s->in_transaction = false;
    for (int i = 0; i < ECO_SQL_COUNT; i++)
        sqlite3_reset(s->stmt[i]);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    eco_captures_release(&s->captures);
    s->bulk.indexes_missing |= s->bulk.on;
    eco_bulk_release(&s->bulk);
}

int eco_store_put(struct eco_store *s, const struct eco_record *rec,
                  struct eco_str packed, enum eco_put *outcome,
                  struct eco_err *err)
{
    uint64_t hash = XXH3_64bits(rec->told.text.ptr, rec->told.text.len);

    eco_arena_reset(&s->arena);
    return eco_store_put_row(s, rec, packed, (int64_t)hash, outcome, err);
}

/* 1 when it was told, 0 when not, or an error. */
static int read_data(struct eco_store *s, enum eco_data_kind *kind,
                     struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_SETTING_GET, err);
    int rc;

    *kind = ECO_DATA_HUB;
    if (!stmt)
        return err->code;
    eco_bind_id(stmt, 1, ECO_STR("data"));
    rc = eco_store_step(s, stmt, err);
    for (int k = ECO_DATA_HUB; rc > 0 && k <= ECO_DATA_SYNTHETIC; k++)
        if (eco_str_is(eco_column_text(stmt, 0),
                       eco_data_kind_name((enum eco_data_kind)k)))
            *kind = (enum eco_data_kind)k;
    sqlite3_reset(stmt);
    return rc;
}

int eco_store_data(struct eco_store *s, enum eco_data_kind *kind,
                   struct eco_err *err)
{
    int rc = read_data(s, kind, err);

    return rc < 0 ? rc : 0;
}

static int put_data(struct eco_store *s, enum eco_data_kind kind,
                    struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_SETTING_PUT, err);

    if (!stmt)
        return err->code;
    eco_bind_id(stmt, 1, ECO_STR("data"));
    eco_bind_id(stmt, 2, eco_str_from_c(eco_data_kind_name(kind)));
    return eco_store_run(s, stmt, err);
}

int eco_store_set_data(struct eco_store *s, enum eco_data_kind kind,
                       struct eco_err *err)
{
    enum eco_data_kind now;
    bool empty = true;
    int rc = read_data(s, &now, err);

    if (rc < 0 || (rc > 0 && now == kind))
        return rc < 0 ? rc : 0;
    if (rc > 0) {
        rc = eco_store_is_empty(s, &empty, err);
        if (rc)
            return rc;
    }
    if (!empty)
        return eco_fail(err, ECO_EINVAL,
                        "store %s holds %s data and takes no %s data besides:"
                        " use another --data directory",
                        s->path, eco_data_kind_name(now),
                        eco_data_kind_name(kind));
    return put_data(s, kind, err);
}
