/* SPDX-License-Identifier: MIT */
#include "query/network_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "graph/layout.h"

float eco_network_radius(double influence)
{
    double i = influence > 0 ? influence : 0;
    double r = sqrt(ECO_NETWORK_RADIUS_FLOOR + ECO_NETWORK_RADIUS_SCALE * i);

    return r < (double)ECO_LAYOUT_MAX_RADIUS ? (float)r : ECO_LAYOUT_MAX_RADIUS;
}

static int no_memory(const struct eco_net *net, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory to order %u nodes", net->n);
}

/* --- sorting edges: by counting, last key first ---------------------------------------- */

enum key { KEY_KIND, KEY_TARGET, KEY_SOURCE };

static uint32_t key_of(const struct eco_network_edge *e, enum key key)
{
    if (key == KEY_KIND)
        return e->relation * 2u + e->indirect;
    return key == KEY_TARGET ? e->target : e->source;
}

static void sort_by(const struct eco_network_edge *from,
                    struct eco_network_edge *to, uint64_t m, uint64_t *at,
                    uint32_t n, enum key key)
{
    uint64_t sum = 0;

    memset(at, 0, n * sizeof(*at));
    for (uint64_t e = 0; e < m; e++)
        at[key_of(&from[e], key)]++;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t count = at[i];

        at[i] = sum;
        sum += count;
    }
    for (uint64_t e = 0; e < m; e++)
        to[at[key_of(&from[e], key)]++] = from[e];
}

int eco_net_sort(struct eco_net *net, struct eco_err *err)
{
    uint32_t kinds = 2 * ECO_RELATIONS;
    uint64_t *at =
        eco_alloc_array(net->n > kinds ? net->n : kinds, sizeof(*at));
    struct eco_network_edge *list = eco_alloc_array(net->m, sizeof(*list));

    if (!at || !list) {
        eco_free(at);
        eco_free(list);
        return no_memory(net, err);
    }
    sort_by(net->edge, list, net->m, at, kinds, KEY_KIND);
    if (net->m)
        memcpy(net->edge, list, net->m * sizeof(*list));
    sort_by(net->edge, list, net->m, at, net->n, KEY_TARGET);
    sort_by(list, net->edge, net->m, at, net->n, KEY_SOURCE);
    eco_free(at);
    eco_free(list);
    return 0;
}

/* --- order of influence ------------------------------------------------------------------ */

struct ranked {
    struct eco_network_node v;
    uint32_t was;
};

/* Placeholders are last, whatever flows to them. */
static int cmp_nodes(const struct eco_network_node *x,
                     const struct eco_network_node *y)
{
    unsigned a = x->flags, b = y->flags;

    if ((a ^ b) & ECO_NETWORK_PLACEHOLDER)
        return a & ECO_NETWORK_PLACEHOLDER ? 1 : -1;
    if (!(a & ECO_NETWORK_PLACEHOLDER) && x->influence != y->influence)
        return x->influence < y->influence ? 1 : -1;
    if ((a ^ b) & ECO_NETWORK_GROUP)
        return a & ECO_NETWORK_GROUP ? 1 : -1;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->author > y->author) - (x->author < y->author);
}

static int by_influence(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    return cmp_nodes(&x->v, &y->v);
}

int eco_net_rank(struct eco_net *net, uint32_t *place, struct eco_err *err)
{
    struct ranked *list = eco_alloc_array(net->n, sizeof(*list));

    if (!list)
        return no_memory(net, err);
    for (uint32_t i = 0; i < net->n; i++)
        list[i] = (struct ranked){ net->node[i], i };
    qsort(list, net->n, sizeof(*list), by_influence);
    for (uint32_t i = 0; i < net->n; i++) {
        net->node[i] = list[i].v;
        place[list[i].was] = i;
    }
    eco_free(list);
    return 0;
}

static bool is_ranked(const struct eco_net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        if (cmp_nodes(&net->node[i - 1], &net->node[i]) > 0)
            return false;
    return true;
}

static int move_edges(struct eco_net *net, const uint32_t *place,
                      struct eco_err *err)
{
    int rc;

    for (uint64_t e = 0; e < net->m; e++) {
        net->edge[e].source = place[net->edge[e].source];
        net->edge[e].target = place[net->edge[e].target];
    }
    rc = eco_net_sort(net, err);
    return rc ? rc : eco_net_index(net, err);
}

/* An ordered net of which nodes were taken is ordered anew. */
static int rank_again(struct eco_net *net, uint32_t *place, struct eco_err *err)
{
    int rc;

    if (is_ranked(net))
        return 0;
    rc = eco_net_rank(net, place, err);
    return rc ? rc : move_edges(net, place, err);
}

/* --- the forest ------------------------------------------------------------------------- */

/* Every node hangs on the one it is first reached from, breadth first. */
static void find_parents(struct eco_net *net, uint32_t *queue)
{
    uint32_t end = 0;

    for (uint32_t i = 0; i < net->n; i++) {
        net->node[i].parent = ECO_NETWORK_NONE;
        net->node[i].edge = ECO_NETWORK_NONE;
        if (net->node[i].flags & ECO_NETWORK_ROOT)
            queue[end++] = i;
    }
    for (uint32_t k = 0; k < end; k++) {
        uint32_t u = queue[k];

        for (uint64_t e = net->off[u]; e < net->off[u + 1]; e++) {
            struct eco_network_node *v = &net->node[net->edge[e].target];

            if (v->flags & ECO_NETWORK_ROOT || v->parent != ECO_NETWORK_NONE)
                continue;
            v->parent = u;
            v->edge = (uint32_t)e;
            queue[end++] = net->edge[e].target;
        }
    }
}

static bool is_above(const struct eco_net *net, uint32_t node, uint32_t below)
{
    while (below != ECO_NETWORK_NONE && below != node)
        below = net->node[below].parent;
    return below == node;
}

/* A chosen model that derives from another one's family hangs there: on its
 * first base that is not below it. Edges come by source, so the first that
 * fits is the most influential. */
static void hang_roots(struct eco_net *net)
{
    for (uint64_t e = 0; e < net->m; e++) {
        uint32_t i = net->edge[e].target;
        struct eco_network_node *v = &net->node[i];

        if (!(v->flags & ECO_NETWORK_ROOT) || v->parent != ECO_NETWORK_NONE ||
            is_above(net, i, net->edge[e].source))
            continue;
        v->parent = net->edge[e].source;
        v->edge = (uint32_t)e;
    }
}

/* Breadth-first order: order[k] is the node that comes k-th. */
static void find_order(const struct eco_net *net, uint32_t *order, uint32_t *at,
                       uint32_t *list)
{
    uint32_t end = 0, sum = 0;

    memset(at, 0, ((size_t)net->n + 1) * sizeof(*at));
    for (uint32_t i = 0; i < net->n; i++)
        if (net->node[i].parent != ECO_NETWORK_NONE)
            at[net->node[i].parent + 1]++;
    for (uint32_t i = 0; i <= net->n; i++) {
        sum += at[i];
        at[i] = sum;
    }
    for (uint32_t i = 0; i < net->n; i++) { /* by number, so by influence */
        if (net->node[i].parent == ECO_NETWORK_NONE)
            order[end++] = i;
        else
            list[at[net->node[i].parent]++] = i;
    }
    for (uint32_t k = 0; k < end; k++) {
        uint32_t u = order[k], begin = u ? at[u - 1] : 0;

        for (uint32_t i = begin; i < at[u]; i++)
            order[end++] = list[i];
    }
}

static int apply_order(struct eco_net *net, const uint32_t *order,
                       uint32_t *place, struct eco_err *err)
{
    struct eco_network_node *node = eco_alloc_array(net->n, sizeof(*node));

    if (!node)
        return no_memory(net, err);
    for (uint32_t k = 0; k < net->n; k++) {
        node[k] = net->node[order[k]];
        place[order[k]] = k;
    }
    for (uint32_t k = 0; k < net->n; k++)
        if (node[k].parent != ECO_NETWORK_NONE)
            node[k].parent = place[node[k].parent];
    eco_free(net->node);
    net->node = node;
    return move_edges(net, place, err);
}

/* Edges were sorted again: find each node's edge to its parent. Of several
 * relations between groups it is the one with the most edges. */
static void find_edges(struct eco_net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->node[i].edge = ECO_NETWORK_NONE;
    for (uint64_t e = 0; e < net->m; e++) {
        struct eco_network_node *v = &net->node[net->edge[e].target];

        if (v->parent != net->edge[e].source)
            continue;
        if (v->edge == ECO_NETWORK_NONE ||
            net->edge[v->edge].count < net->edge[e].count)
            v->edge = (uint32_t)e;
    }
}

int eco_net_order(struct eco_net *net, struct eco_err *err)
{
    uint32_t *order = eco_alloc_array(net->n, sizeof(*order));
    uint32_t *at = eco_alloc_array((size_t)net->n + 1, sizeof(*at));
    uint32_t *list = eco_alloc_array(net->n, sizeof(*list));
    int rc = 0;

    if (!order || !at || !list)
        rc = no_memory(net, err);
    else
        rc = rank_again(net, list, err);
    if (!rc) {
        find_parents(net, order);
        hang_roots(net);
        find_order(net, order, at, list);
        rc = apply_order(net, order, list, err);
    }
    if (!rc)
        find_edges(net);
    eco_free(order);
    eco_free(at);
    eco_free(list);
    return rc;
}

/* --- places ------------------------------------------------------------------------------ */

struct columns {
    uint32_t *parent, *author, *from, *to;
    float *radius, *x, *y;
    uint8_t *sector;
};

static bool make_columns(struct columns *c, const struct eco_net *net)
{
    c->parent = eco_alloc_array(net->n, sizeof(*c->parent));
    c->author = eco_alloc_array(net->n, sizeof(*c->author));
    c->from = eco_alloc_array(net->m, sizeof(*c->from));
    c->to = eco_alloc_array(net->m, sizeof(*c->to));
    c->radius = eco_alloc_array(net->n, sizeof(*c->radius));
    c->x = eco_alloc_array(net->n, sizeof(*c->x));
    c->y = eco_alloc_array(net->n, sizeof(*c->y));
    c->sector = eco_alloc_array(net->n, sizeof(*c->sector));
    return c->parent && c->author && c->from && c->to && c->radius && c->x &&
           c->y && c->sector;
}

static void free_columns(struct columns *c)
{
    eco_free(c->parent);
    eco_free(c->author);
    eco_free(c->from);
    eco_free(c->to);
    eco_free(c->radius);
    eco_free(c->x);
    eco_free(c->y);
    eco_free(c->sector);
}

static void fill_columns(struct columns *c, const struct eco_net *net)
{
    for (uint32_t i = 0; i < net->n; i++) {
        const struct eco_network_node *v = &net->node[i];

        c->parent[i] =
            v->parent == ECO_NETWORK_NONE ? ECO_LAYOUT_TOP : v->parent;
        c->author[i] = v->author;
        c->radius[i] = eco_network_radius(v->influence);
        c->sector[i] =
            v->edge == ECO_NETWORK_NONE ? 0 : net->edge[v->edge].relation;
    }
    for (uint64_t e = 0; e < net->m; e++) {
        c->from[e] = net->edge[e].source;
        c->to[e] = net->edge[e].target;
    }
}

int eco_net_place(struct eco_net *net, struct eco_err *err)
{
    struct columns c = { 0 };
    int rc;

    if (make_columns(&c, net)) {
        struct eco_layout_input in;

        fill_columns(&c, net);
        in = (struct eco_layout_input){ net->n,   c.parent, c.radius, c.sector,
                                        c.author, net->m,   c.from,   c.to };
        rc = eco_layout_place(&in, c.x, c.y, err);
    } else {
        rc = no_memory(net, err);
    }
    for (uint32_t i = 0; !rc && i < net->n; i++) {
        net->node[i].x = c.x[i];
        net->node[i].y = c.y[i];
        net->node[i].r = c.radius[i];
    }
    free_columns(&c);
    return rc;
}
