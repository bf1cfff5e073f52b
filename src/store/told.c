/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"

/* Each kept row but the first tells a field that none before it tells. */
#define MAX_KEPT (ECO_MODEL_FIELDS + 1)

static int no_memory(struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for the rows of one id");
}

static int load_row(struct eco_store *s, sqlite3_stmt *stmt,
                    struct eco_kept *kept, struct eco_err *err)
{
    kept->seq = sqlite3_column_int64(stmt, 0);
    kept->rec.told.day = sqlite3_column_int(stmt, 1);
    kept->rec.told.modified_ms = eco_column_time(stmt, 2);
    kept->rec.fields = (uint32_t)sqlite3_column_int64(stmt, 4);
    kept->hash = sqlite3_column_int64(stmt, 5);
    if (!eco_arena_str(&s->arena, eco_column_text(stmt, 3), &kept->rec.told.id))
        return no_memory(err);
    return 0;
}

static int load_text(struct eco_store *s, struct eco_kept *kept,
                     struct eco_err *err)
{
    enum eco_sql which = eco_sql_of(ECO_SQL_MODEL_TOLD_TEXT, kept->rec.kind);
    sqlite3_stmt *stmt = eco_store_stmt(s, which, err);
    int rc;

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, kept->entity);
    sqlite3_bind_int64(stmt, 2, kept->seq);
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        rc = eco_arena_str(&s->arena, eco_column_blob(stmt, 0), &kept->packed)
                 ? eco_text_unpack(s->codec, kept->packed, &s->unpacked, err)
                 : no_memory(err);
    else if (!rc)
        rc = eco_fail(err, ECO_EFORMAT, "store %s: a row of %.*s is missing",
                      s->path, (int)kept->rec.told.id.len,
                      kept->rec.told.id.ptr);
    sqlite3_reset(stmt);
    if (!rc && !eco_arena_str(&s->arena, eco_buf_view(&s->unpacked),
                              &kept->rec.told.text))
        rc = no_memory(err);
    return rc;
}

int eco_store_load_kept(struct eco_store *s, enum eco_record_kind kind,
                        int64_t entity, bool with_text, struct eco_kept **at,
                        size_t *n, struct eco_err *err)
{
    sqlite3_stmt *stmt =
        eco_store_stmt(s, eco_sql_of(ECO_SQL_MODEL_TOLD, kind), err);
    struct eco_kept *kept =
        eco_arena_calloc(&s->arena, MAX_KEPT + 1, sizeof(*kept));
    int rc;

    *n = 0;
    *at = kept;
    if (!stmt)
        return err->code;
    if (!kept)
        return no_memory(err);
    sqlite3_bind_int64(stmt, 1, entity);
    while ((rc = eco_store_step(s, stmt, err)) > 0) {
        if (*n == MAX_KEPT) {
            rc = eco_fail(err, ECO_EFORMAT, "store %s: too many rows of one id",
                          s->path);
            break;
        }
        kept[*n].rec.kind = kind;
        kept[*n].entity = entity;
        rc = load_row(s, stmt, &kept[(*n)++], err);
        if (rc)
            break;
    }
    sqlite3_reset(stmt);
    for (size_t i = 0; !rc && with_text && i < *n; i++)
        rc = load_text(s, &kept[i], err);
    return rc < 0 ? rc : 0;
}

static int parse(struct eco_store *s, struct eco_kept *kept,
                 struct eco_err *err)
{
    struct eco_json *row = NULL;
    int rc = kept->rec.told.text.len ? 0 : load_text(s, kept, err);

    if (!rc)
        rc = eco_json_parse(s->json, kept->rec.told.text, &row, err);
    if (!rc)
        rc = eco_record_read(kept->rec.kind, row, &s->arena, &kept->rec, err);
    eco_json_free(row);
    kept->parsed = !rc;
    return rc;
}

int eco_store_merge_kept(struct eco_store *s, struct eco_kept *at, size_t n,
                         struct eco_record *merged, struct eco_err *err)
{
    const struct eco_record **rows =
        eco_arena_calloc(&s->arena, n, sizeof(*rows));
    int rc = rows ? 0 : no_memory(err);

    for (size_t i = 0; !rc && i < n; i++) {
        if (!at[i].parsed)
            rc = parse(s, &at[i], err);
        rows[i] = &at[i].rec;
    }
    if (!rc)
        eco_record_merge(rows, n, merged);
    return rc;
}

/* eco_told_cmp, with the stored text loaded only when it decides. */
static int compare(struct eco_store *s, const struct eco_record *rec,
                   struct eco_kept *kept, int *order, struct eco_err *err)
{
    struct eco_told a = rec->told, b = kept->rec.told;
    int rc = 0;

    a.text = b.text = (struct eco_str){ 0 };
    *order = eco_told_cmp(&a, &b);
    if (*order)
        return 0;
    if (!kept->rec.told.text.len)
        rc = load_text(s, kept, err);
    if (!rc)
        *order = eco_told_cmp(&rec->told, &kept->rec.told);
    return rc;
}

/* Where among the kept rows the new one belongs; *known when it is there. */
static int place(struct eco_store *s, const struct eco_record *rec,
                 int64_t hash, struct eco_kept *kept, size_t n, size_t *at,
                 bool *known, struct eco_err *err)
{
    *known = false;
    for (*at = 0; *at < n; (*at)++) {
        int order, rc;

        /* An author's name is not in the text: it counts, too. */
        if (kept[*at].hash == hash && kept[*at].rec.told.day == rec->told.day &&
            eco_str_eq(kept[*at].rec.told.id, rec->told.id)) {
            *known = true;
            return 0;
        }
        rc = compare(s, rec, &kept[*at], &order, err);
        if (rc)
            return rc;
        *known = order == 0;
        if (order >= 0)
            return 0;
    }
    return 0;
}

static int write_kept(struct eco_store *s, enum eco_record_kind kind,
                      int64_t entity, const struct eco_kept *kept, int64_t seq,
                      struct eco_err *err)
{
    sqlite3_stmt *stmt =
        eco_store_stmt(s, eco_sql_of(ECO_SQL_MODEL_TOLD_ADD, kind), err);
    const struct eco_told *told = &kept->rec.told;

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, entity);
    sqlite3_bind_int64(stmt, 2, seq);
    sqlite3_bind_int(stmt, 3, told->day);
    eco_bind_time(stmt, 4, told->modified_ms);
    eco_bind_id(stmt, 5, told->id);
    sqlite3_bind_int64(stmt, 6, kept->rec.fields);
    sqlite3_bind_int64(stmt, 7, kept->hash);
    eco_bind_blob(stmt, 8, kept->packed);
    return eco_store_run(s, stmt, err);
}

/* Keep of the n rows those that tell something new; texts that are to be
 * written again are loaded first. */
static int rewrite(struct eco_store *s, enum eco_record_kind kind,
                   int64_t entity, struct eco_kept *kept, size_t *n,
                   struct eco_err *err)
{
    uint32_t before = 0;
    size_t keep = 0;
    sqlite3_stmt *stmt;
    int rc = 0;

    for (size_t i = 0; i < *n; i++) {
        uint32_t fields = kept[i].rec.fields;

        /* The first row spells the id, even when it tells nothing else. */
        if (i && !(fields & ~before))
            continue;
        before |= fields;
        kept[keep++] = kept[i];
    }
    *n = keep;
    for (size_t i = 0; !rc && i < keep; i++)
        if (!kept[i].packed.len)
            rc = load_text(s, &kept[i], err);
    stmt = eco_store_stmt(s, eco_sql_of(ECO_SQL_MODEL_TOLD_CLEAR, kind), err);
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, entity);
    if (!rc)
        rc = eco_store_run(s, stmt, err);
    for (size_t i = 0; !rc && i < keep; i++)
        rc = write_kept(s, kind, entity, &kept[i], (int64_t)i, err);
    return rc;
}

/* The rows of an entity after one more was told. *touched when it is one of
 * those that are kept. */
static int insert_row(struct eco_store *s, const struct eco_record *rec,
                      struct eco_str packed, int64_t hash, int64_t entity,
                      struct eco_kept **kept, size_t *n, bool *touched,
                      struct eco_err *err)
{
    uint32_t before = 0;
    size_t at;
    bool known;
    int rc = eco_store_load_kept(s, rec->kind, entity, false, kept, n, err);

    *touched = false;
    if (!rc)
        rc = place(s, rec, hash, *kept, *n, &at, &known, err);
    if (rc || known)
        return rc;
    for (size_t i = 0; i < at; i++)
        before |= (*kept)[i].rec.fields;
    if (at && !(rec->fields & ~before))
        return 0;
    memmove(&(*kept)[at + 1], &(*kept)[at], (*n - at) * sizeof(**kept));
    (*kept)[at] = (struct eco_kept){ .rec = *rec,
                                     .entity = entity,
                                     .seq = -1,
                                     .hash = hash,
                                     .packed = packed,
                                     .parsed = true };
    (*n)++;
    *touched = true;
    return rewrite(s, rec->kind, entity, *kept, n, err);
}

static int first_row(struct eco_store *s, const struct eco_record *rec,
                     struct eco_str packed, int64_t hash, struct eco_str key,
                     int64_t *entity, struct eco_err *err)
{
    struct eco_kept kept = { .rec = *rec, .hash = hash, .packed = packed };
    int rc = eco_store_add_entity(s, rec, key, entity, err);

    if (!rc && s->bulk.on)
        rc = eco_bulk_added(s, rec, key, *entity, err);
    return rc ? rc : write_kept(s, rec->kind, *entity, &kept, 0, err);
}

int eco_store_find_entity(struct eco_store *s, enum eco_record_kind kind,
                          struct eco_str key, int64_t *entity,
                          struct eco_err *err)
{
    sqlite3_stmt *stmt;
    int rc;

    if (s->bulk.on)
        return eco_bulk_find(s, kind, key, entity, err);
    stmt = eco_store_stmt(s, eco_sql_of(ECO_SQL_MODEL_FIND, kind), err);
    *entity = 0;
    if (!stmt)
        return err->code;
    eco_bind_id(stmt, 1, key);
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *entity = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* What a model's row adds to the captures and the history. */
static int put_numbers(struct eco_store *s, const struct eco_record *rec,
                       int64_t entity, bool is_new, bool *changed,
                       struct eco_err *err)
{
    const struct eco_model_record *m = &rec->u.model;
    struct eco_capture *c;
    int rc = eco_capture_touch(s, rec->told.day, &c, err);

    if (rc || rec->kind != ECO_RECORD_MODEL)
        return rc;
    rc = eco_capture_add(s, c, ECO_SET_MODELS, entity, err);
    if (!rc && (rec->fields & ECO_FIELD_BIT(ECO_F_LIKES)))
        rc = eco_history_put(s, entity, ECO_SET_LIKES, rec->told.day, m->likes,
                             is_new, changed, err);
    if (!rc && (rec->fields & ECO_FIELD_BIT(ECO_F_DOWNLOADS)))
        rc = eco_history_put(s, entity, ECO_SET_DOWNLOADS, rec->told.day,
                             m->downloads, is_new, changed, err);
    return rc;
}

/* The Hub's id that a model has at the moment. */
static int hub_id_of(struct eco_store *s, int64_t model_id, struct eco_str *out,
                     struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_HUB_ID_GET, err);
    int rc;

    *out = (struct eco_str){ 0 };
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    rc = eco_store_step(s, stmt, err);
    if (rc > 0 && !eco_arena_str(&s->arena, eco_column_text(stmt, 0), out))
        rc = no_memory(err);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* A model whose own merged facts changed: it joins others with the same Hub
 * id, and leaves those that it no longer belongs to. */
static int settle_model(struct eco_store *s, int64_t entity,
                        const struct eco_record *merged, bool *changed,
                        struct eco_err *err)
{
    struct eco_str before, now = merged->u.model.hub_id;
    bool same, grouped = false;
    int rc = hub_id_of(s, entity, &before, err);

    if (rc)
        return rc;
    same = eco_str_eq(before, now);
    if (same && now.len)
        rc = eco_store_has_alias(s, entity, &grouped, err);
    if (!rc && !grouped) /* what stands for a group is written by join alone */
        rc = eco_store_set_entity(s, merged, entity, true, changed, err);
    if (!rc && before.len && !same)
        rc = eco_store_join_hub_id(s, before, changed, err);
    if (!rc && before.len && !same)
        rc = eco_store_leave_hub_id(s, entity, changed, err);
    if (!rc && now.len)
        rc = eco_store_join_hub_id(s, now, changed, err);
    return rc;
}

static int settle(struct eco_store *s, enum eco_record_kind kind,
                  int64_t entity, struct eco_kept *kept, size_t n,
                  bool *changed, struct eco_err *err)
{
    struct eco_record merged;
    int rc = eco_store_merge_kept(s, kept, n, &merged, err);

    if (rc)
        return rc;
    if (kind == ECO_RECORD_MODEL)
        return settle_model(s, entity, &merged, changed, err);
    return eco_store_set_entity(s, &merged, entity, true, changed, err);
}

static int put_known(struct eco_store *s, const struct eco_record *rec,
                     struct eco_str packed, int64_t hash, int64_t entity,
                     bool *changed, struct eco_err *err)
{
    struct eco_kept *kept;
    bool touched;
    size_t n;
    int rc = insert_row(s, rec, packed, hash, entity, &kept, &n, &touched, err);

    if (!rc && touched)
        rc = settle(s, rec->kind, entity, kept, n, changed, err);
    return rc;
}

int eco_store_put_row(struct eco_store *s, const struct eco_record *rec,
                      struct eco_str packed, int64_t hash,
                      enum eco_put *outcome, struct eco_err *err)
{
    char lower[ECO_MAX_ID_BYTES];
    struct eco_str key = { lower, rec->told.id.len };
    bool changed = false, is_new;
    int64_t entity;
    int rc;

    if (key.len > sizeof(lower))
        return eco_fail(err, ECO_ELIMIT, "an id of %zu bytes, at most %zu",
                        key.len, sizeof(lower));
    eco_str_lower(lower, rec->told.id);
    rc = eco_store_find_entity(s, rec->kind, key, &entity, err);
    is_new = !entity;
    if (!rc && s->bulk.on)
        rc = eco_bulk_check_hub_id(s, rec, entity, err);
    if (!rc && is_new)
        rc = first_row(s, rec, packed, hash, key, &entity, err);
    else if (!rc)
        rc = put_known(s, rec, packed, hash, entity, &changed, err);
    if (!rc)
        rc = put_numbers(s, rec, entity, is_new, &changed, err);
    if (!rc && is_new && rec->kind == ECO_RECORD_MODEL &&
        rec->u.model.hub_id.len)
        rc = eco_store_join_hub_id(s, rec->u.model.hub_id, &changed, err);
    if (!rc)
        *outcome = is_new    ? ECO_PUT_NEW
                   : changed ? ECO_PUT_CHANGED
                             : ECO_PUT_SAME;
    return rc;
}
