/* SPDX-License-Identifier: MIT */
#include "query/network_internal.h"

#include <string.h>

#include "base/alloc.h"
#include "query/bits.h"

static bool is_named(const uint32_t *list, uint32_t n, uint32_t node)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == node)
            return true;
    return false;
}

bool eco_family_is_limited(const struct eco_network_query *q)
{
    bool is_cut = q->cut && eco_filter_is_on(&q->filter);

    return q->view <= ECO_NETWORK_BY_AUTHOR && !is_cut;
}

void eco_family_release(struct eco_family *f)
{
    eco_free(f->node);
    eco_free(f->level);
    eco_free(f->from);
    eco_free(f->index);
    eco_free(f->shown);
    *f = (struct eco_family){ 0 };
}

static int grow(struct eco_family *f, uint32_t *cap, struct eco_err *err)
{
    uint32_t next = *cap ? *cap + *cap / 2 + 64 : 1024;
    uint32_t **lists[] = { &f->node, &f->level, &f->from };

    if (next > f->s->meta->n_nodes)
        next = f->s->meta->n_nodes;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        uint32_t *list = eco_realloc_array(*lists[i], next, sizeof(*list));

        if (!list)
            return eco_fail(err, ECO_ENOMEM,
                            "no memory for a family of %u models", next);
        *lists[i] = list;
    }
    *cap = next;
    return 0;
}

static int add(struct eco_family *f, uint32_t node, uint32_t from,
               uint32_t *cap, struct eco_err *err)
{
    if (f->index[node])
        return 0;
    if (f->n == *cap && grow(f, cap, err))
        return ECO_ENOMEM;
    f->node[f->n] = node;
    f->from[f->n] = from;
    f->level[f->n] = from == f->n ? 0 : f->level[from] + 1;
    f->index[node] = ++f->n;
    return 0;
}

/* Of several that reach a model in the fewest steps, the most influential is
 * the one it was reached from: the order of the chosen models is no matter. */
static void prefer(struct eco_family *f, uint32_t at, uint32_t from)
{
    if (f->level[at] == f->level[from] + 1 &&
        f->node[from] < f->node[f->from[at]])
        f->from[at] = from;
}

/* How many of its derived models are followed. */
static uint64_t followed(const struct eco_family *f, uint32_t node)
{
    const struct eco_network_query *q = f->q;
    uint64_t n = f->s->graph.down_off[node + 1] - f->s->graph.down_off[node];

    if (!eco_family_is_limited(q))
        return n;
    if (is_named(q->collapse, q->n_collapse, node))
        return 0;
    if (is_named(q->expand, q->n_expand, node) || !q->limit || n <= q->limit)
        return n;
    return q->limit;
}

static int reach(struct eco_family *f, struct eco_err *err)
{
    uint32_t cap = 0;
    int rc = 0;

    for (uint32_t i = 0; !rc && i < f->q->n_roots; i++)
        rc = add(f, f->q->roots[i], f->n, &cap, err);
    for (uint32_t i = 0; !rc && i < f->n; i++) {
        uint64_t begin = f->s->graph.down_off[f->node[i]];
        uint64_t n = followed(f, f->node[i]);

        if (f->q->depth && f->level[i] == f->q->depth)
            break; /* levels never fall */
        for (uint64_t k = 0; !rc && k < n; k++) {
            uint32_t node = f->s->graph.down[begin + k];

            if (f->index[node])
                prefer(f, f->index[node] - 1, i);
            else
                rc = add(f, node, i, &cap, err);
        }
    }
    return rc;
}

static bool is_complete(const struct eco_family *f)
{
    const uint64_t *off = f->s->graph.down_off;

    for (uint32_t i = 0; i < f->n; i++)
        if (followed(f, f->node[i]) < off[f->node[i] + 1] - off[f->node[i]])
            return false;
    return true;
}

/* Breadth first again, without limits, and only to count. */
static uint32_t reach_all(const struct eco_family *f, uint64_t *seen,
                          uint32_t *queue)
{
    const struct eco_graph *g = &f->s->graph;
    uint32_t end = 0, level_end, level = 0;

    for (uint32_t i = 0; i < f->q->n_roots; i++) {
        eco_bits_set(seen, f->q->roots[i]);
        queue[end++] = f->q->roots[i];
    }
    level_end = end;
    for (uint32_t i = 0; i < end; i++) {
        if (i == level_end) {
            level++;
            level_end = end;
        }
        if (f->q->depth && level == f->q->depth)
            break;
        for (uint64_t e = g->down_off[queue[i]]; e < g->down_off[queue[i] + 1];
             e++) {
            if (eco_bits_test(seen, g->down[e]))
                continue;
            eco_bits_set(seen, g->down[e]);
            queue[end++] = g->down[e];
        }
    }
    return end;
}

static int count_all(struct eco_family *f, struct eco_err *err)
{
    uint32_t n = f->s->meta->n_nodes;
    uint64_t *seen;
    uint32_t *queue;
    int rc = 0;

    f->n_all = f->n;
    if (is_complete(f))
        return 0;
    seen = eco_bits_new(n);
    queue = eco_alloc_array(n, sizeof(*queue));
    if (seen && queue)
        f->n_all = reach_all(f, seen, queue);
    else
        rc = eco_fail(err, ECO_ENOMEM, "no memory for marks of %u nodes", n);
    eco_free(seen);
    eco_free(queue);
    return rc;
}

static bool is_organisation(const struct eco_snap *s, uint32_t node)
{
    uint32_t author = s->author[node];

    return author < s->meta->n_authors &&
           s->author_kind[author] >= ECO_AUTHOR_UNVERIFIED;
}

/* Does it derive from a model of the family by the relation of the view? */
static bool is_derived_so(const struct eco_family *f, uint32_t node)
{
    const struct eco_graph *g = &f->s->graph;

    for (uint64_t e = g->up_off[node]; e < g->up_off[node + 1]; e++)
        if (f->index[g->up[e]] && eco_net_admits(f->q, g->up_tag[e]))
            return true;
    return false;
}

static bool is_shown(const struct eco_family *f, uint32_t i)
{
    const struct eco_network_query *q = f->q;
    uint32_t node = f->node[i];

    if (!f->level[i])
        return true;
    if (q->view == ECO_NETWORK_ORGS && !is_organisation(f->s, node))
        return false;
    if (q->view >= ECO_NETWORK_ADAPTER && !is_derived_so(f, node))
        return false;
    return !q->cut || eco_matcher_has(f->matcher, node);
}

int eco_family_find(const struct eco_matcher *m,
                    const struct eco_network_query *q, struct eco_family *f,
                    struct eco_err *err)
{
    const struct eco_snap *s = m->snap;
    int rc;

    *f = (struct eco_family){ .s = s, .q = q, .matcher = m };
    f->index = eco_calloc(s->meta->n_nodes, sizeof(*f->index));
    f->shown = eco_bits_new(s->meta->n_nodes);
    if (f->index && f->shown)
        rc = reach(f, err);
    else
        rc = eco_fail(err, ECO_ENOMEM, "no memory for marks of %u nodes",
                      s->meta->n_nodes);
    if (!rc)
        rc = count_all(f, err);
    for (uint32_t i = 0; !rc && i < f->n; i++) {
        if (!is_shown(f, i))
            continue;
        eco_bits_set(f->shown, f->node[i]);
        f->n_shown++;
    }
    if (rc)
        eco_family_release(f);
    return rc;
}
