/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include "base/alloc.h"

/*
 * docs/algorithms/totals.md: every model is in the family of its main base,
 * that base in the family of its own, up to a root. Main bases are one pointer
 * per node, so what hangs together has one root or one circle.
 */
#define NO_BASE UINT32_MAX

/* The most influential base; its position among the edges to bases. */
static uint64_t main_edge(const struct eco_build *b, uint32_t node)
{
    const struct eco_graph *g = &b->graph.view;
    uint64_t best = g->up_off[node];

    for (uint64_t i = best + 1; i < g->up_off[node + 1]; i++)
        if (b->influence[g->up[i]] > b->influence[g->up[best]])
            best = i; /* of equal ones the first, whose number is smaller */
    return best;
}

static void find_bases(struct eco_build *b, uint32_t *base)
{
    const struct eco_graph *g = &b->graph.view;

    for (uint32_t v = 0; v < b->n; v++) {
        bool is_base = g->up_off[v] == g->up_off[v + 1];
        uint64_t edge = is_base ? 0 : main_edge(b, v);

        base[v] = is_base ? NO_BASE : g->up[edge];
        b->relation[v] =
            is_base ? ECO_RELATIONS : g->up_tag[edge] & ECO_EDGE_RELATION;
    }
}

/* The smallest number in the circle that `at` is in. */
static uint32_t circle_root(const uint32_t *base, uint32_t at)
{
    uint32_t root = at;

    for (uint32_t v = base[at]; v != at; v = base[v])
        if (v < root)
            root = v;
    return root;
}

/*
 * Walk up from every node until one with a known root, a node without a base,
 * or one of this walk, which closes a circle; then the way once more, to tell
 * everybody. Every node is told once: O(N).
 */
static void find_roots(const struct eco_build *b, const uint32_t *base,
                       uint32_t *walk, uint32_t *root)
{
    for (uint32_t v = 0; v < b->n; v++)
        root[v] = walk[v] = UINT32_MAX;
    for (uint32_t v = 0; v < b->n; v++) {
        uint32_t at = v, top;

        while (root[at] == UINT32_MAX && walk[at] != v && base[at] != NO_BASE) {
            walk[at] = v;
            at = base[at];
        }
        if (root[at] != UINT32_MAX)
            top = root[at];
        else
            top = base[at] == NO_BASE ? at : circle_root(base, at);
        for (at = v; root[at] == UINT32_MAX; at = base[at]) {
            root[at] = top;
            if (base[at] == NO_BASE)
                break;
        }
    }
}

/* Families in the order of their roots' ids; entry[v] is that of node v. */
static int list_families(struct eco_build *b, const uint32_t *root,
                         uint32_t *entry, uint32_t **roots, struct eco_err *err)
{
    uint32_t *members = entry; /* counted first */
    int rc;

    for (uint32_t v = 0; v < b->n; v++)
        members[v] = 0;
    for (uint32_t v = 0; v < b->n; v++)
        members[root[v]]++;
    for (uint32_t v = 0; v < b->n; v++)
        b->n_families += root[v] == v && members[v] > 1;
    rc =
        eco_build_alloc(roots, b->n_families, sizeof(**roots), "families", err);
    if (rc)
        return rc;
    for (uint32_t k = 0, f = 0; k < b->n; k++) {
        uint32_t v = b->node_of_place[k];

        if (root[v] != v)
            continue;
        if (members[v] > 1)
            (*roots)[f] = v;
        entry[v] = members[v] > 1 ? f++ : ECO_SNAP_NO_FAMILY;
    }
    for (uint32_t v = 0; v < b->n; v++)
        if (root[v] != v)
            entry[v] = entry[root[v]];
    return 0;
}

/* Number the families by influence. */
static int rank_families(struct eco_build *b, uint32_t *entry,
                         const uint32_t *roots, struct eco_err *err)
{
    const struct eco_build_column column = { b->n_families, entry, NULL };
    uint32_t n = b->n_families, *order = NULL, *number = NULL;
    struct eco_total *sum = eco_calloc((size_t)n + 1, sizeof(*sum));
    int rc =
        sum ? 0 : eco_fail(err, ECO_ENOMEM, "no memory for %u families", n);

    if (!rc)
        rc = eco_build_alloc(&order, n, sizeof(*order), "families", err);
    if (!rc)
        rc = eco_build_alloc(&number, n, sizeof(*number), "families", err);
    if (rc)
        goto done;
    eco_build_sum(b, &column, sum);
    rc = eco_build_sort_totals(sum, n, order, err);
    if (rc)
        goto done;
    for (uint32_t f = 0; f < n; f++) {
        b->family_root[f] = roots[order[f]];
        b->family_sum[f] = sum[order[f]];
        number[order[f]] = f;
    }
    for (uint32_t v = 0; v < b->n; v++) {
        if (entry[v] != ECO_SNAP_NO_FAMILY)
            entry[v] = number[entry[v]];
        else if (v < b->r)
            eco_build_add(b, v, &b->family_sum[n]);
    }
done:
    eco_free(sum);
    eco_free(order);
    eco_free(number);
    return rc;
}

static int number_families(struct eco_build *b, const uint32_t *root,
                           struct eco_err *err)
{
    uint32_t *roots = NULL;
    int rc = list_families(b, root, b->family, &roots, err);

    if (!rc)
        rc = eco_build_alloc(&b->family_root, b->n_families,
                             sizeof(*b->family_root), "families", err);
    if (!rc) {
        b->family_sum =
            eco_calloc((size_t)b->n_families + 1, sizeof(*b->family_sum));
        if (!b->family_sum)
            rc = eco_fail(err, ECO_ENOMEM, "no memory for %u families",
                          b->n_families);
    }
    if (!rc)
        rc = rank_families(b, b->family, roots, err);
    eco_free(roots);
    return rc;
}

int eco_build_families(struct eco_build *b, struct eco_err *err)
{
    uint32_t *base = NULL, *walk = NULL, *root = NULL;
    uint32_t **columns[] = { &base, &walk, &root, &b->family };
    int rc = eco_build_alloc(&b->relation, b->n, 1, "families", err);

    for (size_t i = 0; !rc && i < sizeof(columns) / sizeof(columns[0]); i++)
        rc = eco_build_alloc(columns[i], b->n, sizeof(uint32_t), "families",
                             err);
    if (!rc) {
        find_bases(b, base);
        find_roots(b, base, walk, root);
    }
    eco_free(base);
    eco_free(walk);
    if (!rc)
        rc = number_families(b, root, err);
    eco_free(root);
    return rc;
}

int eco_build_write_families(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_column column = { b->n_families, b->family, NULL };
    struct eco_build_group group = { 0 };
    int rc = eco_snap_writer_section(b->w, "family", sizeof(uint32_t),
                                     b->family, b->n, err);

    if (!rc)
        rc = eco_snap_writer_section(b->w, "family.root", sizeof(uint32_t),
                                     b->family_root, b->n_families, err);
    if (!rc)
        rc = eco_build_group(&column, b->r, &group, "families", err);
    if (!rc)
        rc = eco_build_write_group(b, &group, "family.first", "family.node",
                                   err);
    eco_build_group_release(&group);
    return rc;
}
