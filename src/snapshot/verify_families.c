/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include <string.h>

#include "base/alloc.h"

#define NO_NODE UINT32_MAX
#define ON_WAY (UINT32_MAX - 1) /* above every node number */

bool eco_verify_main_base(const struct eco_snap *s, uint32_t v, uint64_t *edge)
{
    const struct eco_graph *g = &s->graph;
    uint64_t best = g->up_off[v];

    if (best == g->up_off[v + 1])
        return false;
    for (uint64_t e = best + 1; e < g->up_off[v + 1]; e++)
        if (s->influence[g->up[e]] > s->influence[g->up[best]])
            best = e;
    *edge = best;
    return true;
}

/* --- roots ---------------------------------------------------------------------- */

struct roots {
    uint32_t *base; /* N: the main base of a node, or NO_NODE */
    uint32_t *root; /* N: NO_NODE before the node was reached */
    uint32_t *size; /* N: members of a root's family */
};

static void release(struct roots *r)
{
    eco_free(r->base);
    eco_free(r->root);
    eco_free(r->size);
}

static int make_roots(const struct eco_snap *s, struct roots *r,
                      struct eco_err *err)
{
    uint32_t n = s->meta->n_nodes;

    r->base = eco_alloc_array(n, sizeof(*r->base));
    r->root = eco_alloc_array(n, sizeof(*r->root));
    r->size = eco_calloc(n, sizeof(*r->size));
    if (!r->base || !r->root || !r->size)
        return eco_fail(err, ECO_ENOMEM, "no memory to check families of %u",
                        n);
    for (uint32_t v = 0; v < n; v++) {
        uint64_t e;

        r->base[v] = eco_verify_main_base(s, v, &e) ? s->graph.up[e] : NO_NODE;
        r->root[v] = NO_NODE;
    }
    return 0;
}

static uint32_t least_of_circle(const struct roots *r, uint32_t v)
{
    uint32_t least = v;

    for (uint32_t u = r->base[v]; u != v; u = r->base[u])
        if (u < least)
            least = u;
    return least;
}

/* Up from v until a node without a base, one whose root is known, or one that
 * the way has met before, which is on a circle. */
static uint32_t find_root(struct roots *r, uint32_t v)
{
    for (;; v = r->base[v]) {
        if (r->root[v] == ON_WAY)
            return least_of_circle(r, v);
        if (r->root[v] != NO_NODE)
            return r->root[v];
        r->root[v] = ON_WAY;
        if (r->base[v] == NO_NODE)
            return v;
    }
}

/* The same way once more. */
static void set_root(struct roots *r, uint32_t v, uint32_t root)
{
    while (v != NO_NODE && r->root[v] == ON_WAY) {
        r->root[v] = root;
        r->size[root]++;
        v = r->base[v];
    }
}

/* --- the column ------------------------------------------------------------------ */

static void check_node(struct eco_verify *c, const struct roots *r, uint32_t v)
{
    const struct eco_snap *s = c->s;
    uint32_t family = s->family[v], root = r->root[v];

    if (r->size[root] == 1) {
        if (family != ECO_SNAP_NO_FAMILY)
            eco_verify_problem(c, "family: node %u is alone, but in family %u",
                               v, family);
    } else if (family >= s->n_families) {
        eco_verify_problem(c, "family: node %u: family %u of %u", v, family,
                           s->n_families);
    } else if (s->family_root[family] != root) {
        eco_verify_problem(c, "family: node %u: root %u of family %u, not %u",
                           v, s->family_root[family], family, root);
    }
}

/* No two families have the same root, and none is without members. */
static void check_family(struct eco_verify *c, uint32_t family)
{
    const struct eco_snap *s = c->s;
    uint32_t root = s->family_root[family];

    if (root >= s->meta->n_nodes)
        eco_verify_problem(c, "family.root: family %u: node %u of %u", family,
                           root, s->meta->n_nodes);
    else if (s->family[root] != family)
        eco_verify_problem(c, "family.root: family %u: node %u is not in it",
                           family, root);
}

int eco_verify_families(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    uint32_t n = s->meta->n_nodes;
    struct roots r = { 0 };
    int rc = make_roots(s, &r, err);

    if (rc)
        goto done;
    for (uint32_t v = 0; v < n; v++)
        set_root(&r, v, find_root(&r, v));
    for (uint32_t v = 0; v < n; v++)
        check_node(c, &r, v);
    for (uint32_t f = 0; f < s->n_families; f++)
        check_family(c, f);
done:
    release(&r);
    return rc;
}
