/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

int eco_store_as_of(struct eco_store *s, int32_t *day, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_AS_OF, err);
    int rc;

    *day = 0;
    if (!stmt)
        return err->code;
    rc = eco_store_step(s, stmt, err);
    if (rc > 0 && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        *day = sqlite3_column_int(stmt, 0);
    else if (rc >= 0)
        rc = eco_fail(err, ECO_ENOTFOUND,
                      "store %s holds no models yet: import a list of models",
                      s->path);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

enum eco_relation eco_store_relation(struct eco_str word)
{
    for (int i = 0; i < ECO_RELATIONS; i++)
        if (eco_str_is(word, eco_relation_name((enum eco_relation)i)))
            return (enum eco_relation)i;
    return ECO_FINETUNE; /* the schema allows no other words */
}

/* The kind of an author: an organisation without a nature is unverified; a
 * record without a type is an organisation's when it has a nature. */
static enum eco_author_kind kind_from(struct eco_str type,
                                      struct eco_str nature)
{
    static const struct {
        const char *word;
        enum eco_author_kind kind;
    } kinds[] = {
        { "company", ECO_AUTHOR_COMPANY },
        { "community", ECO_AUTHOR_COMMUNITY },
        { "university", ECO_AUTHOR_UNIVERSITY },
        { "non-profit", ECO_AUTHOR_NON_PROFIT },
        { "government", ECO_AUTHOR_GOVERNMENT },
        { "classroom", ECO_AUTHOR_CLASSROOM },
    };

    if (eco_str_is(type, "user"))
        return ECO_AUTHOR_INDIVIDUAL;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!eco_str_cmp_nocase(nature, eco_str_from_c(kinds[i].word)))
            return kinds[i].kind;
    return eco_str_is(type, "org") || nature.len ? ECO_AUTHOR_UNVERIFIED
                                                 : ECO_AUTHOR_UNKNOWN;
}

static struct eco_store_model model_of(sqlite3_stmt *stmt)
{
    return (struct eco_store_model){
        .model_id = sqlite3_column_int64(stmt, 0),
        .id = eco_column_text(stmt, 1),
        .created_ms = eco_column_time(stmt, 2),
        .modified_ms = eco_column_time(stmt, 3),
        .likes = eco_column_count(stmt, 4),
        .downloads = eco_column_count(stmt, 5),
        .downloads_all = eco_column_count(stmt, 6),
        .parameters = eco_column_count(stmt, 7),
        .storage = eco_column_count(stmt, 8),
        .task = eco_column_text(stmt, 9),
        .library = eco_column_text(stmt, 10),
        .licence = eco_column_text(stmt, 11),
        .gated = (uint8_t)sqlite3_column_int(stmt, 12),
        .disabled = sqlite3_column_int(stmt, 13) != 0,
        .bad_bases = (uint64_t)sqlite3_column_int64(stmt, 14),
        .languages = eco_column_text(stmt, 15),
    };
}

int eco_store_each_model(struct eco_store *s,
                         int (*each)(void *arg, const struct eco_store_model *,
                                     struct eco_err *),
                         void *arg, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_EACH_MODEL, err);
    int rc = stmt ? 0 : err->code;

    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0) {
        struct eco_store_model m = model_of(stmt);

        rc = each(arg, &m, err);
    }
    sqlite3_reset(stmt);
    return rc;
}

int eco_store_each_alias(struct eco_store *s,
                         int (*each)(void *arg, const struct eco_store_alias *,
                                     struct eco_err *),
                         void *arg, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_EACH_ALIAS, err);
    int rc = stmt ? 0 : err->code;

    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0) {
        struct eco_store_alias a = { eco_column_text(stmt, 0),
                                     sqlite3_column_int64(stmt, 1) };

        rc = each(arg, &a, err);
    }
    sqlite3_reset(stmt);
    return rc;
}

int eco_store_each_author(struct eco_store *s,
                          int (*each)(void *arg,
                                      const struct eco_store_author *,
                                      struct eco_err *),
                          void *arg, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_EACH_AUTHOR, err);
    int rc = stmt ? 0 : err->code;

    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0) {
        struct eco_store_author a = {
            eco_column_text(stmt, 0),
            eco_column_text(stmt, 1),
            kind_from(eco_column_text(stmt, 2), eco_column_text(stmt, 3)),
        };

        rc = each(arg, &a, err);
    }
    sqlite3_reset(stmt);
    return rc;
}

int eco_store_each_space_use(struct eco_store *s,
                             int (*each)(void *arg,
                                         const struct eco_store_space_use *,
                                         struct eco_err *),
                             void *arg, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_EACH_SPACE_USE, err);
    int rc = stmt ? 0 : err->code;

    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0) {
        struct eco_store_space_use u = { sqlite3_column_int64(stmt, 3),
                                         eco_column_time(stmt, 0),
                                         eco_column_count(stmt, 1),
                                         eco_column_text(stmt, 2) };

        rc = each(arg, &u, err);
    }
    sqlite3_reset(stmt);
    return rc;
}

static int find_model(struct eco_store *s, struct eco_str id, int64_t *model_id,
                      struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_MODEL_FIND, err);
    struct eco_str key = { 0 };
    char *lower = eco_arena_calloc(&s->arena, id.len, 1);
    int rc;

    if (!stmt)
        return err->code;
    if (!lower)
        return eco_fail(err, ECO_ENOMEM, "no memory for an id");
    eco_str_lower(lower, id);
    key = (struct eco_str){ lower, id.len };
    eco_bind_id(stmt, 1, key);
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *model_id = sqlite3_column_int64(stmt, 0);
    else if (!rc)
        rc = eco_fail(err, ECO_ENOTFOUND, "store %s has no model %.*s", s->path,
                      (int)id.len, id.ptr);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

int eco_store_each_point(struct eco_store *s, struct eco_str id, int metric,
                         int (*each)(void *arg, const struct eco_store_point *,
                                     struct eco_err *),
                         void *arg, struct eco_err *err)
{
    sqlite3_stmt *stmt;
    int64_t model_id = 0;
    int rc;

    eco_arena_reset(&s->arena);
    rc = find_model(s, id, &model_id, err);
    if (rc)
        return rc;
    stmt = eco_store_stmt(s, ECO_SQL_HISTORY_LIST, err);
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    sqlite3_bind_int(stmt, 2, metric);
    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0) {
        struct eco_store_point p = { sqlite3_column_int(stmt, 0),
                                     eco_column_count(stmt, 1) };

        rc = each(arg, &p, err);
    }
    sqlite3_reset(stmt);
    return rc;
}
