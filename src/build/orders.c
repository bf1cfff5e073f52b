/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include "base/alloc.h"
#include "base/clock.h"

/* Ranked nodes by lower-cased id: the places without placeholders. */
static void fill_name(const struct eco_build *b, uint32_t *order)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < b->n; k++)
        if (b->node_of_place[k] < b->r)
            order[n++] = b->node_of_place[k];
}

/* By name of the task, "none" (entry 0) last. */
static void fill_task(const struct eco_build *b, uint32_t *order)
{
    const struct eco_build_group *g = &b->facet[FACET_TASK].group;
    uint64_t none = g->first[1];
    uint32_t n = 0;

    for (uint64_t i = none; i < b->r; i++)
        order[n++] = g->nodes[i];
    for (uint64_t i = 0; i < none; i++)
        order[n++] = g->nodes[i];
}

/* By a column, smallest first and unknown last; ties stay in rank order because
 * sorting is stable. */
static void fill_sorted(const struct eco_build *b, const int64_t *column,
                        int64_t unknown, struct eco_sort_pair *pairs,
                        uint32_t *order)
{
    uint32_t known = 0, n;

    for (uint32_t v = 0; v < b->r; v++) {
        int64_t value = column[b->input_of_node[v]];

        if (value != unknown)
            pairs[known++] =
                (struct eco_sort_pair){ eco_sort_key_i64(value), v };
    }
    eco_sort_pairs(pairs, pairs + b->r, known);
    for (uint32_t i = 0; i < known; i++)
        order[i] = pairs[i].value;
    n = known;
    for (uint32_t v = 0; v < b->r; v++)
        if (column[b->input_of_node[v]] == unknown)
            order[n++] = v;
}

static int write_order(struct eco_build *b, const char *name,
                       const uint32_t *order, struct eco_err *err)
{
    return eco_snap_writer_section(b->w, name, sizeof(*order), order, b->r,
                                   err);
}

static int write_sorted(struct eco_build *b, struct eco_sort_pair *pairs,
                        uint32_t *order, struct eco_err *err)
{
    const struct {
        const char *name;
        const int64_t *column;
        int64_t unknown;
    } sorted[] = {
        { "order.created", b->in->created, ECO_TIME_UNKNOWN },
        { "order.downloads", b->in->downloads, -1 },
        { "order.likes", b->in->likes, -1 },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < sizeof(sorted) / sizeof(sorted[0]); i++) {
        fill_sorted(b, sorted[i].column, sorted[i].unknown, pairs, order);
        rc = write_order(b, sorted[i].name, order, err);
    }
    return rc;
}

int eco_build_write_orders(struct eco_build *b, struct eco_err *err)
{
    struct eco_sort_pair *pairs = NULL;
    uint32_t *order = NULL;
    int rc = eco_build_alloc(&order, b->r, sizeof(*order), "orders", err);

    if (!rc)
        rc = eco_build_alloc(&pairs, b->r, 2 * sizeof(*pairs), "orders", err);
    if (rc)
        goto done;
    fill_name(b, order);
    rc = write_order(b, "order.name", order, err);
    if (!rc)
        rc = write_sorted(b, pairs, order, err);
    if (rc)
        goto done;
    fill_task(b, order);
    rc = write_order(b, "order.task", order, err);
done:
    eco_free(pairs);
    eco_free(order);
    return rc;
}
