/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

#define MONTHS (8030u * 12u) /* of the years 1970 to 9999 */

struct growth {
    struct eco_build *b;
    uint32_t n_months;
    int32_t *key;                 /* n_months: rising */
    uint32_t *month;              /* R: position in key; n_months: unknown */
    struct eco_build_group nodes; /* by month */
};

/* --- months ----------------------------------------------------------------------- */

static int32_t month_of(const struct eco_build *b, uint32_t node)
{
    int64_t created = b->in->created[b->input_of_node[node]];

    return created == ECO_TIME_UNKNOWN ? -1 : eco_month_of(created);
}

/* The months that have a model, and the place of each among them. */
static int list_months(struct growth *g, uint32_t *place, struct eco_err *err)
{
    uint32_t n = 0;
    int rc;

    for (uint32_t m = 0; m < MONTHS; m++)
        n += place[m] != 0;
    rc = eco_build_alloc(&g->key, n, sizeof(*g->key), "months", err);
    if (rc)
        return rc;
    for (uint32_t m = 0; m < MONTHS; m++) {
        if (!place[m])
            continue;
        g->key[g->n_months] = (int32_t)m;
        place[m] = g->n_months++;
    }
    return 0;
}

static int find_months(struct growth *g, struct eco_err *err)
{
    const struct eco_build *b = g->b;
    struct eco_build_column column = { 0 };
    uint32_t *place = eco_calloc(MONTHS, sizeof(*place));
    int rc = place
                 ? 0
                 : eco_fail(err, ECO_ENOMEM, "no memory for %u months", MONTHS);

    if (!rc)
        rc = eco_build_alloc(&g->month, b->r, sizeof(*g->month), "months", err);
    if (rc)
        goto done;
    for (uint32_t v = 0; v < b->r; v++) {
        g->month[v] = (uint32_t)month_of(b, v);
        if (g->month[v] < MONTHS)
            place[g->month[v]] = 1;
    }
    rc = list_months(g, place, err);
    if (rc)
        goto done;
    for (uint32_t v = 0; v < b->r; v++)
        g->month[v] = g->month[v] < MONTHS ? place[g->month[v]] : g->n_months;
    column = (struct eco_build_column){ g->n_months + 1, g->month, NULL };
    rc = eco_build_group(&column, b->r, &g->nodes, "months", err);
done:
    eco_free(place);
    return rc;
}

static int write_months(struct growth *g, struct eco_err *err)
{
    const struct eco_build_column column = { g->n_months + 1, g->month, NULL };
    struct eco_total *sum = eco_calloc(column.n, sizeof(*sum));
    int rc;

    if (!sum)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u months", column.n);
    eco_build_sum(g->b, &column, sum);
    rc = eco_snap_writer_section(g->b->w, "month.key", sizeof(*g->key), g->key,
                                 g->n_months, err);
    if (!rc)
        rc = eco_snap_writer_section(g->b->w, "total.month", sizeof(*sum), sum,
                                     column.n, err);
    eco_free(sum);
    return rc;
}

/* --- cells --------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

struct counter {
    uint32_t (*entry_of)(const struct eco_build *b, uint32_t node);
    uint32_t *count; /* by entry, zero between months */
    uint32_t *seen;  /* entries of this month */
};

static int write_month(const struct growth *g, const struct counter *c,
                       uint32_t month, struct eco_err *err)
{
    uint32_t n = 0;
    int rc = 0;

    for (uint64_t i = g->nodes.first[month]; i < g->nodes.first[month + 1];
         i++) {
        uint32_t entry = c->entry_of(g->b, g->nodes.nodes[i]);

        if (!c->count[entry]++)
            c->seen[n++] = entry;
    }
    qsort(c->seen, n, sizeof(*c->seen), by_number);
    for (uint32_t i = 0; i < n; i++) {
        const struct eco_growth cell = { g->key[month], c->seen[i],
                                         c->count[c->seen[i]] };

        c->count[c->seen[i]] = 0;
        if (!rc)
            rc = eco_snap_writer_append(g->b->w, &cell, sizeof(cell), err);
    }
    return rc;
}

static int write_cells(const struct growth *g, const char *name, uint32_t n,
                       uint32_t (*entry_of)(const struct eco_build *, uint32_t),
                       struct eco_err *err)
{
    struct counter c = { .entry_of = entry_of,
                         .count = eco_calloc(n, sizeof(*c.count)) };
    int rc =
        c.count ? 0 : eco_fail(err, ECO_ENOMEM, "no memory for %u entries", n);

    if (!rc)
        rc = eco_build_alloc(&c.seen, n, sizeof(*c.seen), name, err);
    if (!rc)
        rc = eco_snap_writer_begin(g->b->w, name, sizeof(struct eco_growth),
                                   err);
    for (uint32_t m = 0; !rc && m < g->n_months; m++)
        rc = write_month(g, &c, m, err);
    eco_free(c.count);
    eco_free(c.seen);
    return rc;
}

static uint32_t task_of(const struct eco_build *b, uint32_t node)
{
    return b->facet[FACET_TASK].entry[node];
}

static uint32_t library_of(const struct eco_build *b, uint32_t node)
{
    return b->facet[FACET_LIBRARY].entry[node];
}

static uint32_t licence_of(const struct eco_build *b, uint32_t node)
{
    return b->facet[FACET_LICENCE].entry[node];
}

static uint32_t relation_of(const struct eco_build *b, uint32_t node)
{
    return b->relation[node];
}

int eco_build_write_growth(struct eco_build *b, struct eco_err *err)
{
    struct growth g = { .b = b };
    const struct {
        const char *name;
        uint32_t n;
        uint32_t (*entry_of)(const struct eco_build *, uint32_t);
    } by[] = {
        { "grow.task", b->facet[FACET_TASK].n, task_of },
        { "grow.library", b->facet[FACET_LIBRARY].n, library_of },
        { "grow.licence", b->facet[FACET_LICENCE].n, licence_of },
        { "grow.relation", ECO_RELATIONS + 1, relation_of },
    };
    int rc = find_months(&g, err);

    if (!rc)
        rc = write_months(&g, err);
    for (size_t i = 0; !rc && i < sizeof(by) / sizeof(by[0]); i++)
        rc = write_cells(&g, by[i].name, by[i].n, by[i].entry_of, err);
    eco_build_group_release(&g.nodes);
    eco_free(g.month);
    eco_free(g.key);
    return rc;
}
