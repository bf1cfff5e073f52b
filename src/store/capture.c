/* SPDX-License-Identifier: MIT */
#include "store/capture.h"

#include <string.h>

#include "base/alloc.h"
#include "store/internal.h"

/* Days from 1970 to 9999: more captures than this cannot be. */
#define MAX_CAPTURES 3000000u

static void drop(struct eco_capture *c)
{
    for (int i = 0; i < ECO_CAPTURE_SETS; i++)
        if (c->set[i])
            roaring_bitmap_free(c->set[i]);
    memset(c->set, 0, sizeof(c->set));
    c->loaded = c->dirty = false;
}

void eco_captures_release(struct eco_captures *c)
{
    for (size_t i = 0; i < c->n; i++)
        drop(&c->at[i]);
    eco_free(c->at);
    *c = (struct eco_captures){ 0 };
}

/* Where `day` is, or where it would be. */
static size_t place_of(const struct eco_captures *c, int32_t day)
{
    size_t low = 0, high = c->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (c->at[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int insert(struct eco_captures *c, size_t at, int32_t day,
                  struct eco_err *err)
{
    struct eco_capture *grown;

    if (c->n >= MAX_CAPTURES)
        return eco_fail(err, ECO_ELIMIT, "more than %u captures", MAX_CAPTURES);
    grown = eco_realloc_array(c->at, c->n + 1, sizeof(*grown));
    if (!grown)
        return eco_fail(err, ECO_ENOMEM, "no memory for %zu captures",
                        c->n + 1);
    c->at = grown;
    memmove(&grown[at + 1], &grown[at], (c->n - at) * sizeof(*grown));
    grown[at] = (struct eco_capture){ .day = day };
    c->n++;
    return 0;
}

int eco_captures_load(struct eco_store *s, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_CAPTURE_DAYS, err);
    int rc = stmt ? 0 : err->code;

    eco_captures_release(&s->captures);
    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0)
        rc = insert(&s->captures, s->captures.n, sqlite3_column_int(stmt, 0),
                    err);
    if (stmt)
        sqlite3_reset(stmt);
    return rc;
}

static int read_set(struct eco_str blob, roaring_bitmap_t **out,
                    struct eco_err *err)
{
    *out = blob.len
               ? roaring_bitmap_portable_deserialize_safe(blob.ptr, blob.len)
               : roaring_bitmap_create();
    if (!*out)
        return eco_fail(err, ECO_EFORMAT, "a capture's set of %zu bytes is bad",
                        blob.len);
    return 0;
}

static int load_sets(struct eco_store *s, struct eco_capture *c,
                     struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_CAPTURE_GET, err);
    int rc = stmt ? 0 : err->code, found = 0;

    if (!rc) {
        sqlite3_bind_int(stmt, 1, c->day);
        found = rc = eco_store_step(s, stmt, err);
    }
    for (int i = 0; rc >= 0 && i < ECO_CAPTURE_SETS; i++)
        rc = read_set(found > 0 ? eco_column_blob(stmt, i)
                                : (struct eco_str){ 0 },
                      &c->set[i], err);
    if (stmt)
        sqlite3_reset(stmt);
    if (rc < 0) {
        drop(c);
        return rc;
    }
    c->loaded = true;
    c->dirty = found == 0; /* a new day is written even when it stays empty */
    return 0;
}

int eco_capture_touch(struct eco_store *s, int32_t day,
                      struct eco_capture **out, struct eco_err *err)
{
    struct eco_captures *c = &s->captures;
    size_t at = place_of(c, day);
    int rc = 0;

    *out = NULL;
    if (at == c->n || c->at[at].day != day)
        rc = insert(c, at, day, err);
    if (!rc && !c->at[at].loaded)
        rc = load_sets(s, &c->at[at], err);
    if (!rc)
        *out = &c->at[at];
    return rc;
}

int eco_capture_add(struct eco_store *s, struct eco_capture *c,
                    enum eco_capture_set set, int64_t model_id,
                    struct eco_err *err)
{
    (void)s;
    if (model_id < 0 || model_id > UINT32_MAX)
        return eco_fail(err, ECO_ELIMIT, "model number %lld, at most %u",
                        (long long)model_id, UINT32_MAX);
    if (roaring_bitmap_add_checked(c->set[set], (uint32_t)model_id))
        c->dirty = true;
    return 0;
}

static int flush_one(struct eco_store *s, struct eco_capture *c,
                     struct eco_err *err)
{
    struct eco_str blob[ECO_CAPTURE_SETS] = { { 0 } };
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_CAPTURE_PUT, err);
    char *bytes[ECO_CAPTURE_SETS] = { NULL };
    int rc = stmt ? 0 : err->code;

    for (int i = 0; !rc && i < ECO_CAPTURE_SETS; i++) {
        size_t size;

        roaring_bitmap_run_optimize(c->set[i]);
        size = roaring_bitmap_portable_size_in_bytes(c->set[i]);
        bytes[i] = eco_alloc_array(size, 1);
        if (!bytes[i]) {
            rc = eco_fail(err, ECO_ENOMEM, "no memory for a capture");
            break;
        }
        blob[i] = (struct eco_str){ bytes[i], size };
        roaring_bitmap_portable_serialize(c->set[i], bytes[i]);
    }
    if (!rc) {
        sqlite3_bind_int(stmt, 1, c->day);
        for (int i = 0; i < ECO_CAPTURE_SETS; i++)
            eco_bind_blob(stmt, 2 + i, blob[i]);
        rc = eco_store_run(s, stmt, err);
        sqlite3_clear_bindings(stmt);
    }
    for (int i = 0; i < ECO_CAPTURE_SETS; i++)
        eco_free(bytes[i]);
    c->dirty = rc != 0;
    return rc;
}

int eco_captures_flush(struct eco_store *s, struct eco_err *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < s->captures.n; i++)
        if (s->captures.at[i].dirty)
            rc = flush_one(s, &s->captures.at[i], err);
    return rc;
}
