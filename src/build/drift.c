/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include "base/alloc.h"

/* An edge as the licences at its ends, and the derived model. */
static uint64_t list_edges(const struct eco_build *b,
                           struct eco_sort_pair *pairs)
{
    const struct eco_graph *g = &b->graph.view;
    const uint32_t *licence = b->facet[FACET_LICENCE].entry;
    uint64_t n = 0;

    for (uint32_t v = 0; v < b->r; v++)
        for (uint64_t i = g->up_off[v]; i < g->up_off[v + 1]; i++)
            if (g->up[i] < b->r)
                pairs[n++] = (struct eco_sort_pair){
                    (uint64_t)licence[g->up[i]] << 16 | licence[v], v
                };
    return n;
}

/* Edges of one pair of licences, by rising derived model. */
static struct eco_drift count_edges(const struct eco_sort_pair *pairs,
                                    uint64_t n)
{
    struct eco_drift d = { .base = (uint16_t)(pairs[0].key >> 16),
                           .derived = (uint16_t)(pairs[0].key & 0xffff),
                           .edges = n };

    for (uint64_t i = 0; i < n; i++) {
        if (i && pairs[i].value == pairs[i - 1].value)
            continue;
        if (d.n < ECO_FACET_TEN)
            d.top[d.n++] = pairs[i].value;
        d.models++;
    }
    return d;
}

static int write_pairs(struct eco_build *b, const struct eco_sort_pair *pairs,
                       uint64_t n, struct eco_err *err)
{
    int rc =
        eco_snap_writer_begin(b->w, "drift", sizeof(struct eco_drift), err);

    for (uint64_t i = 0; !rc && i < n;) {
        uint64_t first = i;
        struct eco_drift d;

        while (i < n && pairs[i].key == pairs[first].key)
            i++;
        d = count_edges(pairs + first, i - first);
        rc = eco_snap_writer_append(b->w, &d, sizeof(d), err);
    }
    return rc;
}

int eco_build_write_drift(struct eco_build *b, struct eco_err *err)
{
    struct eco_sort_pair *pairs = NULL;
    uint64_t n, m = b->graph.view.m;
    int rc;

    if (m > UINT32_MAX)
        return eco_fail(err, ECO_ELIMIT, "%ju edges, at most %u", (uintmax_t)m,
                        UINT32_MAX);
    rc = eco_build_alloc(&pairs, m, 2 * sizeof(*pairs), "edges", err);
    if (rc)
        return rc;
    n = list_edges(b, pairs);
    /* stable: the derived models stay in their order */
    eco_sort_pairs(pairs, pairs + m, (uint32_t)n);
    rc = write_pairs(b, pairs, n, err);
    eco_free(pairs);
    return rc;
}
