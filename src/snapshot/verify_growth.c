/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include <string.h>

#include "base/alloc.h"

/*
 * Growth and drift are lists of pairs that occur. Each model and each edge is
 * looked up in the list of the file and counted there, so that a list with
 * other pairs, or with one too many, differs from what was counted.
 */

/* --- months ------------------------------------------------------------------------- */

static void check_months(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    for (uint32_t i = 0; i < s->n_months; i++) {
        if (i && s->month_key[i - 1] >= s->month_key[i])
            eco_verify_problem(c, "month.key: entry %u does not rise", i);
        if (!s->total[ECO_FACET_MONTH][i].models)
            eco_verify_problem(c, "month.key: entry %u is not in use", i);
    }
    for (uint32_t v = 0; v < s->meta->n_ranked; v++)
        if (eco_verify_entry(s, ECO_FACET_MONTH, v) > s->n_months)
            eco_verify_problem(c, "month.key: the month of model %u is missing",
                               v);
}

/* --- growth -------------------------------------------------------------------------- */

struct growth {
    const char *name;
    enum eco_facet facet;
    const struct eco_growth *list;
    uint64_t n;
};

static int cmp_growth(const struct eco_growth *g, int32_t month, uint32_t entry)
{
    if (g->month != month)
        return g->month < month ? -1 : 1;
    return (g->entry > entry) - (g->entry < entry);
}

/* The place of a pair, or n. */
static uint64_t find_growth(const struct growth *g, int32_t month,
                            uint32_t entry)
{
    uint64_t lo = 0, hi = g->n;

    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;
        int c = cmp_growth(&g->list[mid], month, entry);

        if (!c)
            return mid;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return g->n;
}

static void count_growth(struct eco_verify *c, const struct growth *g,
                         uint64_t *count)
{
    for (uint32_t v = 0; v < c->s->meta->n_ranked; v++) {
        uint32_t entry = eco_verify_entry(c->s, g->facet, v);
        int32_t month;
        uint64_t at;

        if (!eco_verify_month(c->s, v, &month))
            continue;
        at = find_growth(g, month, entry);
        if (at < g->n)
            count[at]++;
        else
            eco_verify_problem(c, "%s: month %d of entry %u is missing",
                               g->name, month, entry);
    }
}

static int check_growth(struct eco_verify *c, const struct growth *g,
                        struct eco_err *err)
{
    uint64_t *count = eco_calloc(g->n, sizeof(*count));

    if (!count)
        return eco_fail(err, ECO_ENOMEM, "no memory to check %ju months",
                        (uintmax_t)g->n);
    count_growth(c, g, count);
    for (uint64_t i = 0; i < g->n; i++) {
        const struct eco_growth *e = &g->list[i];

        if (i && cmp_growth(e - 1, e->month, e->entry) >= 0)
            eco_verify_problem(c, "%s: element %ju does not rise", g->name,
                               (uintmax_t)i);
        if (!e->models || e->models != count[i])
            eco_verify_problem(c, "%s: element %ju: %ju models, not %ju",
                               g->name, (uintmax_t)i, (uintmax_t)e->models,
                               (uintmax_t)count[i]);
    }
    eco_free(count);
    return 0;
}

int eco_verify_growth(struct eco_verify *c, struct eco_err *err)
{
    static const struct {
        const char *name;
        enum eco_facet facet;
    } facets[] = {
        { "grow.task", ECO_FACET_TASK },
        { "grow.library", ECO_FACET_LIBRARY },
        { "grow.licence", ECO_FACET_LICENCE },
        { "grow.relation", ECO_FACET_RELATION },
    };
    int rc = 0;

    check_months(c);
    for (size_t i = 0; !rc && i < sizeof(facets) / sizeof(facets[0]); i++) {
        enum eco_facet facet = facets[i].facet;
        const struct growth g = { facets[i].name, facet, c->s->growth[facet],
                                  c->s->n_growth[facet] };

        if (facet != ECO_FACET_RELATION || c->graph_ok)
            rc = check_growth(c, &g, err);
    }
    return rc;
}

/* --- drift ---------------------------------------------------------------------------- */

struct drift {
    struct eco_verify *c;
    struct eco_drift *count; /* beside the elements of the file */
    uint32_t *last;          /* 1 + the derived model counted last */
};

static int cmp_drift(const struct eco_drift *d, uint16_t base, uint16_t derived)
{
    if (d->base != base)
        return d->base < base ? -1 : 1;
    return (d->derived > derived) - (d->derived < derived);
}

static uint64_t find_drift(const struct eco_snap *s, uint16_t base,
                           uint16_t derived)
{
    uint64_t lo = 0, hi = s->n_drift;

    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;
        int c = cmp_drift(&s->drift[mid], base, derived);

        if (!c)
            return mid;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return s->n_drift;
}

/* Derived models are visited upwards: the first ten are the best. */
static void count_edge(struct drift *d, uint32_t base, uint32_t derived)
{
    const struct eco_snap *s = d->c->s;
    uint64_t at = find_drift(s, s->licence[base], s->licence[derived]);
    struct eco_drift *e;

    if (at == s->n_drift) {
        eco_verify_problem(d->c, "drift: licences %u to %u are missing",
                           s->licence[base], s->licence[derived]);
        return;
    }
    e = &d->count[at];
    e->edges++;
    if (d->last[at] == derived + 1)
        return;
    d->last[at] = derived + 1;
    e->models++;
    if (e->n < ECO_FACET_TEN)
        e->top[e->n++] = derived;
}

static void compare_drift(struct drift *d, uint64_t i)
{
    const struct eco_drift *found = &d->c->s->drift[i];
    struct eco_drift *wanted = &d->count[i];

    wanted->base = found->base;
    wanted->derived = found->derived;
    if (i && cmp_drift(found - 1, found->base, found->derived) >= 0)
        eco_verify_problem(d->c, "drift: element %ju does not rise",
                           (uintmax_t)i);
    if (!wanted->edges || memcmp(found, wanted, sizeof(*found)) != 0)
        eco_verify_problem(d->c,
                           "drift: element %ju: %ju edges to %u models, not"
                           " %ju to %u, or not the most influential ones",
                           (uintmax_t)i, (uintmax_t)found->edges, found->models,
                           (uintmax_t)wanted->edges, wanted->models);
}

int eco_verify_drift(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    const struct eco_graph *g = &s->graph;
    struct drift d = { .c = c };
    int rc = 0;

    d.count = eco_calloc(s->n_drift, sizeof(*d.count));
    d.last = eco_calloc(s->n_drift, sizeof(*d.last));
    if (!d.count || !d.last) {
        rc = eco_fail(err, ECO_ENOMEM, "no memory to check %ju licences",
                      (uintmax_t)s->n_drift);
        goto done;
    }
    for (uint32_t v = 0; v < s->meta->n_ranked; v++)
        for (uint64_t e = g->up_off[v]; e < g->up_off[v + 1]; e++)
            if (g->up[e] < s->meta->n_ranked)
                count_edge(&d, g->up[e], v);
    for (uint64_t i = 0; i < s->n_drift; i++)
        compare_drift(&d, i);
done:
    eco_free(d.count);
    eco_free(d.last);
    return rc;
}
