/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

/* The columns of a model come from its kept rows, or from those of all models
 * with its _id: telling them again fills the columns that are new. */
static int tell_again(struct eco_store *s, int64_t model_id,
                      struct eco_str hub_id, struct eco_err *err)
{
    struct eco_kept *kept;
    struct eco_record merged;
    bool grouped, changed = false;
    size_t n;
    int rc = eco_store_has_alias(s, model_id, &grouped, err);

    if (!rc && grouped)
        return eco_store_join_hub_id(s, hub_id, &changed, err);
    if (!rc)
        rc = eco_store_load_kept(s, ECO_RECORD_MODEL, model_id, false, &kept,
                                 &n, err);
    if (rc || !n)
        return rc;
    rc = eco_store_merge_kept(s, kept, n, &merged, err);
    return rc ? rc
              : eco_store_set_entity(s, &merged, model_id, true, &changed, err);
}

/* The first model behind *model_id; *model_id is 0 when there is none. */
static int next_model(struct eco_store *s, int64_t *model_id,
                      struct eco_str *hub_id, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_MODEL_NEXT, err);
    int rc;

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, *model_id);
    *model_id = 0;
    rc = eco_store_step(s, stmt, err);
    if (rc > 0) {
        *model_id = sqlite3_column_int64(stmt, 0);
        if (!eco_arena_str(&s->arena, eco_column_text(stmt, 1), hub_id))
            rc = eco_fail(err, ECO_ENOMEM, "no memory for an _id");
    }
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

static int tell_all_models_again(struct eco_store *s, struct eco_err *err)
{
    int64_t model_id = 0;
    struct eco_str hub_id;
    /* A killed first import left none, and joining models needs them. */
    int rc = eco_store_index(s, err);

    while (!rc) {
        eco_arena_reset(&s->arena);
        rc = next_model(s, &model_id, &hub_id, err);
        if (rc || !model_id)
            break;
        rc = tell_again(s, model_id, hub_id, err);
    }
    return rc;
}

int eco_store_migrate(struct eco_store *s, int64_t version, struct eco_err *err)
{
    return version == 1 ? tell_all_models_again(s, err) : 0;
}
