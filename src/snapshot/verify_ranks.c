/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include "base/clock.h"

/* --- numbers of models ------------------------------------------------------- */

static void check_counts(struct eco_verify *c, const char *name,
                         const int64_t *column)
{
    for (uint32_t v = 0; v < c->s->meta->n_ranked; v++)
        if (column[v] < -1)
            eco_verify_problem(c, "%s: model %u: %jd", name, v,
                               (intmax_t)column[v]);
}

/* Known instants have a month. */
static void check_times(struct eco_verify *c, const char *name,
                        const int64_t *column)
{
    for (uint32_t v = 0; v < c->s->meta->n_ranked; v++)
        if (column[v] != ECO_TIME_UNKNOWN &&
            (column[v] < 0 || column[v] >= ECO_TIME_END))
            eco_verify_problem(c, "%s: model %u: %jd is not in 1970 to 9999",
                               name, v, (intmax_t)column[v]);
}

static void check_columns(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    check_times(c, "created", s->created);
    check_times(c, "modified", s->modified);
    check_counts(c, "likes", s->likes);
    check_counts(c, "downloads", s->downloads);
    check_counts(c, "downloads_all", s->downloads_all);
    check_counts(c, "params", s->params);
    check_counts(c, "storage", s->storage);
    for (uint32_t v = 0; v < s->meta->n_ranked; v++)
        if (s->flags[v] >> 3)
            eco_verify_problem(c, "flags: model %u: %u", v, s->flags[v]);
}

/* --- ranks --------------------------------------------------------------------- */

static int cmp_i64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* < 0 when model a has the better rank. */
static int cmp_rank(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    int c;

    if (s->influence[a] != s->influence[b])
        return s->influence[a] > s->influence[b] ? -1 : 1;
    c = cmp_i64(s->likes[b], s->likes[a]);
    if (!c)
        c = cmp_i64(s->downloads[b], s->downloads[a]);
    if (!c)
        c = eco_str_cmp_nocase(eco_snap_id(s, a), eco_snap_id(s, b));
    return c;
}

static void check_rank_order(struct eco_verify *c)
{
    for (uint32_t v = 1; v < c->s->meta->n_ranked; v++)
        if (cmp_rank(c->s, v - 1, v) >= 0)
            eco_verify_problem(c, "influence: model %u ranks before %u", v - 1,
                               v);
}

/* --- orders ---------------------------------------------------------------------- */

/* Unknown values come last, ties by rank. */
static int cmp_number(const int64_t *column, int64_t unknown, uint32_t a,
                      uint32_t b)
{
    bool no_a = column[a] == unknown, no_b = column[b] == unknown;
    int c = no_a - no_b;

    if (!c && !no_a)
        c = cmp_i64(column[a], column[b]);
    return c ? c : cmp_i64(a, b);
}

static int cmp_name(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    return eco_str_cmp_nocase(eco_snap_id(s, a), eco_snap_id(s, b));
}

static int cmp_created(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    return cmp_number(s->created, ECO_TIME_UNKNOWN, a, b);
}

static int cmp_downloads(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    return cmp_number(s->downloads, -1, a, b);
}

static int cmp_likes(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    return cmp_number(s->likes, -1, a, b);
}

/* Entries are sorted by name; 0 is "none". */
static int cmp_task(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    int c = (s->task[a] == 0) - (s->task[b] == 0);

    if (!c)
        c = cmp_i64(s->task[a], s->task[b]);
    return c ? c : cmp_i64(a, b);
}

/* Strictly rising means that no model is there twice, so all of them are. */
static void
check_order(struct eco_verify *c, const char *name, const uint32_t *order,
            int (*cmp)(const struct eco_snap *s, uint32_t a, uint32_t b))
{
    uint32_t r = c->s->meta->n_ranked;

    for (uint32_t i = 0; i < r; i++) {
        if (order[i] >= r)
            eco_verify_problem(c, "%s: entry %u: model %u of %u", name, i,
                               order[i], r);
        else if (i && order[i - 1] < r &&
                 cmp(c->s, order[i - 1], order[i]) >= 0)
            eco_verify_problem(c, "%s: entry %u does not follow the one before",
                               name, i);
    }
}

void eco_verify_ranks(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    check_columns(c);
    if (c->ids_ok) {
        check_rank_order(c);
        check_order(c, "order.name", s->order[ECO_ORDER_NAME], cmp_name);
    }
    check_order(c, "order.created", s->order[ECO_ORDER_CREATED], cmp_created);
    check_order(c, "order.downloads", s->order[ECO_ORDER_DOWNLOADS],
                cmp_downloads);
    check_order(c, "order.likes", s->order[ECO_ORDER_LIKES], cmp_likes);
    check_order(c, "order.task", s->order[ECO_ORDER_TASK], cmp_task);
}
