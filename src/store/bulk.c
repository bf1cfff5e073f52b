/* SPDX-License-Identifier: MIT */
#include "store/bulk.h"

#include <xxhash.h>

#include "base/alloc.h"
#include "store/internal.h"

#define FIRST_ROOM 1024u
#define INDEXES 4

/* --- numbers of hashes ----------------------------------------------------- */

static void release_numbers(struct eco_numbers *m)
{
    eco_free(m->hash);
    eco_free(m->number);
    *m = (struct eco_numbers){ 0 };
}

/* The slot of a hash, or the free one where it belongs. */
static size_t slot_of(const struct eco_numbers *m, uint64_t hash)
{
    size_t mask = m->room - 1, at = (size_t)hash & mask;

    while (m->number[at] && m->hash[at] != hash)
        at = (at + 1) & mask;
    return at;
}

static uint32_t get(const struct eco_numbers *m, uint64_t hash)
{
    return m->room ? m->number[slot_of(m, hash)] : 0;
}

static int grow(struct eco_numbers *m, struct eco_err *err)
{
    struct eco_numbers bigger = { .n = m->n,
                                  .room = m->room ? m->room * 2 : FIRST_ROOM };

    bigger.hash = eco_alloc_array(bigger.room, sizeof(*bigger.hash));
    bigger.number = eco_calloc(bigger.room, sizeof(*bigger.number));
    if (!bigger.hash || !bigger.number) {
        release_numbers(&bigger);
        return eco_fail(err, ECO_ENOMEM, "no memory for %zu keys", m->n + 1);
    }
    for (size_t i = 0; i < m->room; i++)
        if (m->number[i]) {
            size_t at = slot_of(&bigger, m->hash[i]);

            bigger.hash[at] = m->hash[i];
            bigger.number[at] = m->number[i];
        }
    release_numbers(m);
    *m = bigger;
    return 0;
}

static int set(struct eco_numbers *m, uint64_t hash, int64_t number,
               struct eco_err *err)
{
    size_t at;
    int rc;

    if (number <= 0 || number > UINT32_MAX)
        return eco_fail(err, ECO_ELIMIT, "row number %lld, at most %u",
                        (long long)number, UINT32_MAX);
    if (m->n + m->n / 2 >= m->room && (rc = grow(m, err)))
        return rc;
    at = slot_of(m, hash);
    m->n += !m->number[at];
    m->hash[at] = hash;
    m->number[at] = (uint32_t)number;
    return 0;
}

static uint64_t hash_of(struct eco_str s)
{
    return XXH3_64bits(s.ptr, s.len);
}

/* --- the mode -------------------------------------------------------------- */

void eco_bulk_release(struct eco_bulk *b)
{
    for (int i = 0; i < ECO_RECORD_KINDS; i++)
        release_numbers(&b->keys[i]);
    release_numbers(&b->hub_ids);
    b->on = false;
}

/* The number that a statement without parameters gives. */
static int ask(struct eco_store *s, enum eco_sql which, int *value,
               struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, which, err);
    int rc;

    *value = 0;
    if (!stmt)
        return err->code;
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *value = sqlite3_column_int(stmt, 0);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

/* Run statements, one after the other. */
static int run_all(struct eco_store *s, const enum eco_sql *which, size_t n,
                   struct eco_err *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < n; i++) {
        sqlite3_stmt *stmt = eco_store_stmt(s, which[i], err);

        rc = stmt ? eco_store_run(s, stmt, err) : err->code;
    }
    s->bulk.indexes_missing = rc != 0;
    return rc;
}

int eco_store_lacks_index(struct eco_store *s, bool *missing,
                          struct eco_err *err)
{
    int n, rc = ask(s, ECO_SQL_COUNT_INDEXES, &n, err);

    *missing = !rc && n < INDEXES;
    return rc;
}

int eco_store_is_empty(struct eco_store *s, bool *empty, struct eco_err *err)
{
    int yes, rc = ask(s, ECO_SQL_IS_EMPTY, &yes, err);

    *empty = !rc && yes;
    return rc;
}

int eco_store_index(struct eco_store *s, struct eco_err *err)
{
    static const enum eco_sql make[INDEXES] = { ECO_SQL_INDEX_MODEL,
                                                ECO_SQL_INDEX_AUTHOR,
                                                ECO_SQL_INDEX_SPACE,
                                                ECO_SQL_INDEX_HUB_ID };

    return run_all(s, make, INDEXES, err);
}

int eco_store_begin_bulk(struct eco_store *s, struct eco_err *err)
{
    static const enum eco_sql drop[INDEXES] = { ECO_SQL_DROP_MODEL,
                                                ECO_SQL_DROP_AUTHOR,
                                                ECO_SQL_DROP_SPACE,
                                                ECO_SQL_DROP_HUB_ID };
    bool empty;
    int rc = eco_store_is_empty(s, &empty, err);

    if (rc || !empty)
        return rc;
    rc = run_all(s, drop, INDEXES, err);
    s->bulk.on = !rc;
    return rc;
}

int eco_store_end_bulk(struct eco_store *s, struct eco_err *err)
{
    if (!s->bulk.on)
        return 0;
    eco_bulk_release(&s->bulk);
    return eco_store_index(s, err);
}

static int key_is(struct eco_store *s, enum eco_record_kind kind,
                  int64_t entity, struct eco_str key, bool *same,
                  struct eco_err *err)
{
    sqlite3_stmt *stmt =
        eco_store_stmt(s, eco_sql_of(ECO_SQL_MODEL_KEY, kind), err);
    int rc;

    *same = false;
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, entity);
    rc = eco_store_step(s, stmt, err);
    *same = rc > 0 && eco_str_eq(eco_column_text(stmt, 0), key);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

int eco_bulk_find(struct eco_store *s, enum eco_record_kind kind,
                  struct eco_str key, int64_t *entity, struct eco_err *err)
{
    bool same;
    int rc;

    *entity = get(&s->bulk.keys[kind], hash_of(key));
    if (!*entity)
        return 0;
    rc = key_is(s, kind, *entity, key, &same, err);
    if (rc || same)
        return rc;
    /* Two keys with one hash: the index tells them apart. */
    rc = eco_store_end_bulk(s, err);
    return rc ? rc : eco_store_find_entity(s, kind, key, entity, err);
}

int eco_bulk_added(struct eco_store *s, const struct eco_record *rec,
                   struct eco_str key, int64_t entity, struct eco_err *err)
{
    struct eco_str hub_id = { 0 };
    int rc = set(&s->bulk.keys[rec->kind], hash_of(key), entity, err);

    if (rec->kind == ECO_RECORD_MODEL)
        hub_id = rec->u.model.hub_id;
    if (!rc && hub_id.len)
        rc = set(&s->bulk.hub_ids, hash_of(hub_id), entity, err);
    return rc;
}

int eco_bulk_check_hub_id(struct eco_store *s, const struct eco_record *rec,
                          int64_t entity, struct eco_err *err)
{
    struct eco_str hub_id = rec->u.model.hub_id;
    int64_t owner;

    if (rec->kind != ECO_RECORD_MODEL || !hub_id.len)
        return 0;
    owner = get(&s->bulk.hub_ids, hash_of(hub_id));
    if (owner && owner != entity)
        return eco_store_end_bulk(s, err);
    /* A second _id of a known model, as of ids that differ in case. */
    if (!owner && entity)
        return set(&s->bulk.hub_ids, hash_of(hub_id), entity, err);
    return 0;
}
