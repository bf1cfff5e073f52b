/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

struct derived {
    struct eco_derivation *bases;
    uint32_t n_bases, n_bad;
    struct eco_str languages;
};

/* Columns 3 to 17 of a model's statements; 1 and 2 differ. */
static void bind_model(sqlite3_stmt *stmt, const struct eco_record *merged,
                       const struct derived *d)
{
    const struct eco_model_record *m = &merged->u.model;

    eco_bind_text(stmt, 3, m->hub_id);
    eco_bind_time(stmt, 4, m->created_ms);
    eco_bind_time(stmt, 5, m->modified_ms);
    eco_bind_count(stmt, 6, m->likes);
    eco_bind_count(stmt, 7, m->downloads);
    eco_bind_count(stmt, 8, m->downloads_all);
    eco_bind_text(stmt, 9, m->task);
    eco_bind_text(stmt, 10, m->library);
    eco_bind_text(stmt, 11, eco_model_licence(m));
    sqlite3_bind_int(stmt, 12, m->gated);
    sqlite3_bind_int(stmt, 13, m->disabled);
    eco_bind_count(stmt, 14, eco_model_parameters(m));
    eco_bind_count(stmt, 15, m->storage);
    sqlite3_bind_int64(stmt, 16, d->n_bad);
    eco_bind_text(stmt, 17, d->languages);
}

static void bind_author(sqlite3_stmt *stmt, const struct eco_record *merged)
{
    const struct eco_author_record *a = &merged->u.author;

    eco_bind_text(stmt, 3, a->type);
    eco_bind_text(stmt, 4, a->nature);
    eco_bind_text(stmt, 5, a->full_name);
    eco_bind_text(stmt, 6, a->avatar_url);
    eco_bind_text(stmt, 7, a->website);
    eco_bind_text(stmt, 8, a->github);
}

static void bind_space(sqlite3_stmt *stmt, const struct eco_record *merged)
{
    eco_bind_time(stmt, 3, merged->u.space.created_ms);
    eco_bind_count(stmt, 4, merged->u.space.likes);
}

static void bind_facts(sqlite3_stmt *stmt, const struct eco_record *merged,
                       const struct derived *d)
{
    eco_bind_id(stmt, 2, merged->told.id);
    if (merged->kind == ECO_RECORD_MODEL)
        bind_model(stmt, merged, d);
    else if (merged->kind == ECO_RECORD_AUTHOR)
        bind_author(stmt, merged);
    else
        bind_space(stmt, merged);
}

static int add_derivations(struct eco_store *s, int64_t id,
                           const struct eco_derivation *d, uint32_t n,
                           struct eco_err *err)
{
    int rc = 0;

    for (uint32_t i = 0; !rc && i < n; i++) {
        sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_DERIVATION_ADD, err);

        if (!stmt)
            return err->code;
        sqlite3_bind_int64(stmt, 1, id);
        sqlite3_bind_int64(stmt, 2, i);
        sqlite3_bind_int(stmt, 3, (int)d[i].source);
        eco_bind_id(stmt, 4, d[i].base);
        eco_bind_id(stmt, 5, eco_str_from_c(eco_relation_name(d[i].relation)));
        sqlite3_bind_int(stmt, 6, d[i].declared);
        rc = eco_store_run(s, stmt, err);
    }
    return rc;
}

static bool same_derivation(sqlite3_stmt *stmt, const struct eco_derivation *d)
{
    return sqlite3_column_int(stmt, 0) == (int)d->source &&
           eco_str_eq(eco_column_text(stmt, 1), d->base) &&
           eco_str_is(eco_column_text(stmt, 2),
                      eco_relation_name(d->relation)) &&
           (sqlite3_column_int(stmt, 3) != 0) == d->declared;
}

static int same_derivations(struct eco_store *s, int64_t id,
                            const struct eco_derivation *d, uint32_t n,
                            bool *same, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_DERIVATION_LIST, err);
    uint32_t i = 0;
    int rc;

    *same = true;
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, id);
    while ((rc = eco_store_step(s, stmt, err)) > 0 && *same) {
        *same = i < n && same_derivation(stmt, &d[i]);
        i++;
    }
    sqlite3_reset(stmt);
    *same &= i == n;
    return rc < 0 ? rc : 0;
}

static int clear(struct eco_store *s, enum eco_sql which, int64_t id,
                 struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, which, err);

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, id);
    return eco_store_run(s, stmt, err);
}

static int set_derivations(struct eco_store *s, int64_t id,
                           const struct eco_derivation *d, uint32_t n,
                           bool *changed, struct eco_err *err)
{
    bool same;
    int rc = same_derivations(s, id, d, n, &same, err);

    if (rc || same)
        return rc;
    *changed = true;
    rc = clear(s, ECO_SQL_DERIVATION_CLEAR, id, err);
    return rc ? rc : add_derivations(s, id, d, n, err);
}

static int add_uses(struct eco_store *s, int64_t id,
                    const struct eco_space_record *space, struct eco_err *err)
{
    int rc = 0;

    for (uint32_t i = 0; !rc && i < space->n_models; i++) {
        sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_SPACE_MODEL_ADD, err);

        if (!stmt)
            return err->code;
        sqlite3_bind_int64(stmt, 1, id);
        sqlite3_bind_int64(stmt, 2, i);
        eco_bind_id(stmt, 3, space->models[i]);
        rc = eco_store_run(s, stmt, err);
    }
    return rc;
}

static int set_uses(struct eco_store *s, int64_t id,
                    const struct eco_space_record *space, bool *changed,
                    struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_SPACE_MODEL_LIST, err);
    bool same = true;
    uint32_t i = 0;
    int rc;

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, id);
    while ((rc = eco_store_step(s, stmt, err)) > 0) {
        same &= i < space->n_models &&
                eco_str_eq(eco_column_text(stmt, 0), space->models[i]);
        i++;
    }
    sqlite3_reset(stmt);
    if (rc < 0 || (same && i == space->n_models))
        return rc < 0 ? rc : 0;
    *changed = true;
    rc = clear(s, ECO_SQL_SPACE_MODEL_CLEAR, id, err);
    return rc ? rc : add_uses(s, id, space, err);
}

/* What is worked out from a model's merged facts; nothing for other kinds. */
static int derive(struct eco_store *s, const struct eco_record *merged,
                  struct derived *d, struct eco_err *err)
{
    const struct eco_model_record *m = &merged->u.model;
    int rc;

    *d = (struct derived){ 0 };
    if (merged->kind != ECO_RECORD_MODEL)
        return 0;
    rc = eco_model_derivations(m, &s->arena, &d->bases, &d->n_bases, &d->n_bad,
                               err);
    if (!rc)
        rc = eco_language_join(eco_model_languages(m), &s->arena, &d->languages,
                               err);
    return rc;
}

int eco_store_add_entity(struct eco_store *s, const struct eco_record *merged,
                         struct eco_str key, int64_t *id, struct eco_err *err)
{
    enum eco_sql which = eco_sql_of(ECO_SQL_MODEL_ADD, merged->kind);
    struct derived d;
    sqlite3_stmt *stmt;
    int rc = derive(s, merged, &d, err);

    *id = 0;
    if (rc)
        return rc;
    stmt = eco_store_stmt(s, which, err);
    if (!stmt)
        return err->code;
    eco_bind_id(stmt, 1, key);
    bind_facts(stmt, merged, &d);
    rc = eco_store_run(s, stmt, err);
    if (rc)
        return rc;
    *id = sqlite3_last_insert_rowid(s->db);
    if (merged->kind == ECO_RECORD_SPACE)
        return add_uses(s, *id, &merged->u.space, err);
    return add_derivations(s, *id, d.bases, d.n_bases, err);
}

int eco_store_set_entity(struct eco_store *s, const struct eco_record *merged,
                         int64_t id, bool with_edges, bool *changed,
                         struct eco_err *err)
{
    enum eco_sql which = eco_sql_of(ECO_SQL_MODEL_SET, merged->kind);
    struct derived d;
    sqlite3_stmt *stmt;
    int rc = derive(s, merged, &d, err);

    if (rc)
        return rc;
    stmt = eco_store_stmt(s, which, err);
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, id);
    bind_facts(stmt, merged, &d);
    rc = eco_store_run(s, stmt, err);
    if (rc)
        return rc;
    if (sqlite3_changes(s->db))
        *changed = true;
    if (merged->kind == ECO_RECORD_SPACE)
        return set_uses(s, id, &merged->u.space, changed, err);
    if (merged->kind == ECO_RECORD_MODEL)
        return set_derivations(s, id, d.bases, with_edges ? d.n_bases : 0,
                               changed, err);
    return 0;
}
