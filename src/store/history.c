/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

#include <stdint.h>

/*
 * The history of a number has an entry on a day exactly when the number was
 * told on that day and differs from that of the day told before. Which days
 * were told is in the captures. So a day that is put between two known ones
 * may need an entry of its own, and one for the next told day, which until
 * then inherited the older number.
 */
struct entry {
    int32_t day;
    int64_t value;
};

#define NO_DAY INT32_MIN

static int find(struct eco_store *s, enum eco_sql which, int64_t model_id,
                int metric, int32_t day, struct entry *out, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, which, err);
    int rc;

    *out = (struct entry){ NO_DAY, -1 };
    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    sqlite3_bind_int(stmt, 2, metric);
    sqlite3_bind_int(stmt, 3, day);
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *out = (struct entry){ sqlite3_column_int(stmt, 0),
                               eco_column_count(stmt, 1) };
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

static int put(struct eco_store *s, int64_t model_id, int metric, int32_t day,
               int64_t value, struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_HISTORY_PUT, err);

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    sqlite3_bind_int(stmt, 2, metric);
    sqlite3_bind_int(stmt, 3, day);
    eco_bind_count(stmt, 4, value);
    return eco_store_run(s, stmt, err);
}

static int clear(struct eco_store *s, int64_t model_id, int metric, int32_t day,
                 struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_HISTORY_CLEAR, err);

    if (!stmt)
        return err->code;
    sqlite3_bind_int64(stmt, 1, model_id);
    sqlite3_bind_int(stmt, 2, metric);
    sqlite3_bind_int(stmt, 3, day);
    return eco_store_run(s, stmt, err);
}

/* The first day after `day` on which the model's number was told. */
static int next_told(struct eco_store *s, int64_t model_id, int metric,
                     int32_t day, int32_t *next, struct eco_err *err)
{
    struct eco_captures *all = &s->captures;

    *next = NO_DAY;
    for (size_t i = all->n; i-- > 0 && all->at[i].day > day;) {
        struct eco_capture *c;
        int rc = eco_capture_touch(s, all->at[i].day, &c, err);

        if (rc)
            return rc;
        if (roaring_bitmap_contains(c->set[metric], (uint32_t)model_id))
            *next = c->day;
    }
    return 0;
}

/* The number of `day` becomes `value`; before is the entry in force there
 * until now. */
static int assign(struct eco_store *s, int64_t model_id, int metric,
                  int32_t day, int64_t value, struct entry before,
                  struct eco_err *err)
{
    struct entry previous, after;
    int32_t next;
    int rc =
        find(s, ECO_SQL_HISTORY_AT, model_id, metric, day - 1, &previous, err);

    if (!rc)
        rc = find(s, ECO_SQL_HISTORY_AFTER, model_id, metric, day, &after, err);
    if (!rc)
        rc = next_told(s, model_id, metric, day, &next, err);
    if (rc)
        return rc;
    if (next != NO_DAY && next != after.day && before.value != value)
        rc = put(s, model_id, metric, next, before.value, err);
    else if (next != NO_DAY && next == after.day && after.value == value)
        rc = clear(s, model_id, metric, next, err);
    if (rc)
        return rc;
    if (previous.day == NO_DAY || previous.value != value)
        return put(s, model_id, metric, day, value, err);
    return before.day == day ? clear(s, model_id, metric, day, err) : 0;
}

int eco_history_put(struct eco_store *s, int64_t model_id, int metric,
                    int32_t day, int64_t value, bool is_new, bool *changed,
                    struct eco_err *err)
{
    struct eco_capture *c;
    struct entry before = { NO_DAY, -1 };
    bool told;
    int rc = eco_capture_touch(s, day, &c, err);

    if (rc)
        return rc;
    told = roaring_bitmap_contains(c->set[metric], (uint32_t)model_id);
    if (!told)
        rc = eco_capture_add(s, c, (enum eco_capture_set)metric, model_id, err);
    if (!rc && is_new) {
        *changed = true;
        return put(s, model_id, metric, day, value, err);
    }
    if (!rc)
        rc = find(s, ECO_SQL_HISTORY_AT, model_id, metric, day, &before, err);
    if (rc || (told && value <= before.value))
        return rc;
    if (!told && day == s->captures.at[s->captures.n - 1].day &&
        before.day != NO_DAY && before.value == value)
        return 0; /* the newest day, and nothing new */
    if (before.day == NO_DAY || before.value != value)
        *changed = true;
    return assign(s, model_id, metric, day, value, before, err);
}
