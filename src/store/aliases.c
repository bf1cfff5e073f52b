/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

#include <stdlib.h>

#include "base/limits.h"

/*
 * A renamed model appears under two ids with one _id of the Hub. The id that
 * was told last (the highest precedence) stands for all of them, with the
 * merge of all their rows; the others become aliases without edges. An _id
 * that more than MAX_MEMBERS ids claim joins none of them.
 */
#define MAX_MEMBERS 64

/* The first models with this _id; two more than may be joined, which tells
 * when there are too many. */
#define SEEN (MAX_MEMBERS + 2)

static int members_of(struct eco_store *s, struct eco_str hub_id,
                      int64_t members[SEEN], size_t *n, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_HUB_ID_MEMBERS, err);
    int rc = 1;

    *n = 0;
    if (!stmt)
        return err->code;
    eco_bind_id(stmt, 1, hub_id);
    while (*n < SEEN && (rc = eco_store_step(s, stmt, err)) > 0)
        members[(*n)++] = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

static int by_precedence(const void *a, const void *b)
{
    const struct eco_kept *x = a, *y = b;

    return -eco_told_cmp(&x->rec.told, &y->rec.told);
}

static int set_alias(struct eco_store *s, int64_t model_id, int64_t of,
                     bool *changed, struct eco_err *err)
{
    sqlite3_stmt *stmt =
        eco_store_stmt(s, of ? ECO_SQL_ALIAS_PUT : ECO_SQL_ALIAS_CLEAR, err);
    int rc;

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    if (of)
        sqlite3_bind_int64(stmt, 2, of);
    rc = eco_store_run(s, stmt, err);
    if (!rc && sqlite3_changes(s->db))
        *changed = true;
    return rc;
}

/* The own facts of one member, as an alias of another or by itself. */
static int set_member(struct eco_store *s, int64_t model_id, int64_t alias_of,
                      bool *changed, struct eco_err *err)
{
    struct eco_kept *kept;
    struct eco_record merged;
    size_t n;
    int rc = eco_store_load_kept(s, ECO_RECORD_MODEL, model_id, true, &kept, &n,
                                 err);

    if (!rc)
        rc = eco_store_merge_kept(s, kept, n, &merged, err);
    if (!rc)
        rc =
            eco_store_set_entity(s, &merged, model_id, !alias_of, changed, err);
    return rc ? rc : set_alias(s, model_id, alias_of, changed, err);
}

static int join(struct eco_store *s, const int64_t *members, size_t n,
                bool *changed, struct eco_err *err)
{
    struct eco_kept *all =
        eco_arena_calloc(&s->arena, n * (ECO_MODEL_FIELDS + 1), sizeof(*all));
    struct eco_record merged;
    size_t rows = 0;
    int64_t head;
    int rc = 0;

    if (!all)
        return eco_fail(err, ECO_ENOMEM, "no memory for %zu ids", n);
    for (size_t i = 0; !rc && i < n; i++) {
        struct eco_kept *kept;
        size_t k;

        rc = eco_store_load_kept(s, ECO_RECORD_MODEL, members[i], true, &kept,
                                 &k, err);
        for (size_t j = 0; !rc && j < k; j++)
            all[rows++] = kept[j];
    }
    if (rc || !rows)
        return rc;
    qsort(all, rows, sizeof(*all), by_precedence);
    head = all[0].entity;
    rc = eco_store_merge_kept(s, all, rows, &merged, err);
    if (!rc)
        rc = eco_store_set_entity(s, &merged, head, true, changed, err);
    if (!rc)
        rc = set_alias(s, head, 0, changed, err);
    for (size_t i = 0; !rc && i < n; i++)
        if (members[i] != head)
            rc = set_member(s, members[i], head, changed, err);
    return rc;
}

/* More ids than renaming explains: the _id says nothing, and every model is
 * one by itself. One more was enough to part all of them. */
static int part(struct eco_store *s, const int64_t *members, size_t n,
                bool *changed, struct eco_err *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && n == MAX_MEMBERS + 1 && i < n; i++)
        rc = set_member(s, members[i], 0, changed, err);
    return rc;
}

int eco_store_join_hub_id(struct eco_store *s, struct eco_str hub_id,
                          bool *changed, struct eco_err *err)
{
    int64_t members[SEEN];
    size_t n;
    int rc;

    if (s->bulk.on)
        return 0; /* no two models have one _id, else the mode had ended */
    rc = members_of(s, hub_id, members, &n, err);
    if (rc || !n)
        return rc;
    if (n == 1)
        return eco_store_leave_hub_id(s, members[0], changed, err);
    return n > MAX_MEMBERS ? part(s, members, n, changed, err)
                           : join(s, members, n, changed, err);
}

int eco_store_has_alias(struct eco_store *s, int64_t model_id, bool *yes,
                        struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_ALIAS_TOUCHES, err);
    int rc;

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    rc = eco_store_step(s, stmt, err);
    *yes = rc > 0;
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

int eco_store_leave_hub_id(struct eco_store *s, int64_t model_id, bool *changed,
                           struct eco_err *err)
{
    bool touches = false;
    int rc = eco_store_has_alias(s, model_id, &touches, err);

    return rc || !touches ? rc : set_member(s, model_id, 0, changed, err);
}
