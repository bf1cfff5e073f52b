/* SPDX-License-Identifier: MIT */
#include "query/network_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "query/bits.h"

/*
 * The nearest shown ancestors of hidden models are found for all at once: a
 * breadth-first search from all shown models through hidden ones only. A model
 * keeps two labels from different ancestors, because the nearest one of a model
 * above it in a circle may be that model itself.
 */
struct label {
    uint32_t source; /* of the net, or ECO_NETWORK_NONE */
    uint32_t hidden; /* models from there to here, this one included */
};

/* A shown model of the family, and the hidden ones before it. */
struct above {
    uint32_t at;
    uint32_t hidden;
};

struct draw {
    const struct eco_family *f;
    struct eco_net *net;
    uint64_t cap;         /* edges there is room for */
    uint32_t *slot;       /* family index -> node of the net */
    uint64_t *has_base;   /* bits over the net: has a drawn edge from a base */
    struct label *labels; /* two per model of the family, or NULL */
    struct above *above;  /* one per model of the family, or NULL */
};

static bool is_shown(const struct draw *d, uint32_t node)
{
    return eco_bits_test(d->f->shown, node);
}

static int no_memory(const struct draw *d, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for a network of %u models",
                    d->f->n);
}

static int add_edge(struct draw *d, const struct eco_network_edge *edge,
                    struct eco_err *err)
{
    if (d->net->m == ECO_MAX_NETWORK_EDGES)
        return eco_fail(err, ECO_ELIMIT,
                        "a network of more than %u edges; ask for fewer models",
                        ECO_MAX_NETWORK_EDGES);
    if (d->net->m == d->cap) {
        uint64_t next = d->cap + d->cap / 2 + 1024;
        struct eco_network_edge *list =
            eco_realloc_array(d->net->edge, next, sizeof(*list));

        if (!list)
            return no_memory(d, err);
        d->net->edge = list;
        d->cap = next;
    }
    d->net->edge[d->net->m++] = *edge;
    return 0;
}

/* --- nodes ------------------------------------------------------------------ */

static struct eco_network_node node_of(const struct draw *d, uint32_t node)
{
    const struct eco_snap *s = d->f->s;
    const struct eco_network_query *q = d->f->q;
    struct eco_network_node v = {
        .node = node,
        .author = s->author[node],
        .parent = ECO_NETWORK_NONE,
        .edge = ECO_NETWORK_NONE,
        .models = 1,
        .derived =
            (uint32_t)(s->graph.down_off[node + 1] - s->graph.down_off[node]),
        .influence = s->influence[node],
    };

    if (!d->f->level[d->f->index[node] - 1])
        v.flags |= ECO_NETWORK_ROOT;
    if (node >= s->meta->n_ranked)
        v.flags |= ECO_NETWORK_PLACEHOLDER;
    else if (s->flags[node] & ECO_SNAP_REMOVED)
        v.flags |= ECO_NETWORK_REMOVED;
    if (eco_filter_is_on(&q->filter) && eco_matcher_has(d->f->matcher, node))
        v.flags |= ECO_NETWORK_MATCH;
    for (uint32_t i = 0; i < q->n_collapse; i++)
        if (q->collapse[i] == node)
            v.flags |= ECO_NETWORK_COLLAPSED;
    for (uint32_t i = 0; i < q->n_expand; i++)
        if (q->expand[i] == node)
            v.flags |= ECO_NETWORK_EXPANDED;
    return v;
}

/* Shown models by rising number: the bits have them in order. */
static void put_nodes(struct draw *d)
{
    const uint64_t *shown = d->f->shown;
    size_t words = eco_bits_words(d->f->s->meta->n_nodes);

    for (size_t w = 0; w < words; w++)
        for (uint64_t bits = shown[w]; bits; bits &= bits - 1) {
            uint32_t node =
                (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(bits);

            d->slot[d->f->index[node] - 1] = d->net->n;
            d->net->node[d->net->n++] = node_of(d, node);
        }
}

/* --- drawn edges ---------------------------------------------------------------- */

static int draw_from(struct draw *d, uint32_t i, struct eco_err *err)
{
    const struct eco_graph *g = &d->f->s->graph;
    uint32_t node = d->net->node[i].node;
    int rc = 0;

    for (uint64_t e = g->down_off[node]; !rc && e < g->down_off[node + 1];
         e++) {
        struct eco_network_edge edge = {
            .source = i,
            .count = 1,
            .relation = g->down_tag[e] & ECO_EDGE_RELATION,
            .declared = g->down_tag[e] & ECO_EDGE_DECLARED,
        };

        if (!is_shown(d, g->down[e]) ||
            !eco_net_admits(d->f->q, g->down_tag[e]))
            continue;
        edge.target = d->slot[d->f->index[g->down[e]] - 1];
        eco_bits_set(d->has_base, edge.target);
        rc = add_edge(d, &edge, err);
    }
    return rc;
}

/* --- indirect edges --------------------------------------------------------------- */

static bool needs_base(const struct draw *d, uint32_t i)
{
    return !eco_bits_test(d->has_base, i) &&
           !(d->net->node[i].flags & ECO_NETWORK_ROOT);
}

/* True when the label is new to the model. */
static bool put_label(struct draw *d, uint32_t at, struct label label)
{
    struct label *have = &d->labels[2 * (size_t)at];

    for (int k = 0; k < 2; k++) {
        if (have[k].source == label.source)
            return false;
        if (have[k].source == ECO_NETWORK_NONE) {
            have[k] = label;
            return true;
        }
    }
    return false;
}

/* Give a label on to the hidden models derived from a model. */
static void spread(struct draw *d, uint32_t node, struct label label,
                   struct label *queue, uint32_t *where, size_t *end)
{
    const struct eco_graph *g = &d->f->s->graph;

    label.hidden++;
    for (uint64_t e = g->down_off[node]; e < g->down_off[node + 1]; e++) {
        uint32_t at = d->f->index[g->down[e]];

        if (!at || is_shown(d, g->down[e]) || !put_label(d, at - 1, label))
            continue;
        queue[*end] = label;
        where[(*end)++] = at - 1;
    }
}

/* Sources begin in order of influence and the queue is first in, first out: so
 * labels of one distance come in that order, too, and the first is the best. */
static int find_ancestors(struct draw *d, struct eco_err *err)
{
    size_t room = 2 * (size_t)d->f->n, end = 0;
    struct label *queue = eco_alloc_array(room, sizeof(*queue));
    uint32_t *where = eco_alloc_array(room, sizeof(*where));
    int rc = 0;

    d->labels = eco_alloc_array(room, sizeof(*d->labels));
    if (!queue || !where || !d->labels) {
        rc = no_memory(d, err);
        goto done;
    }
    for (size_t i = 0; i < room; i++)
        d->labels[i] = (struct label){ ECO_NETWORK_NONE, 0 };
    for (uint32_t i = 0; i < d->net->n; i++)
        spread(d, d->net->node[i].node, (struct label){ i, 0 }, queue, where,
               &end);
    for (size_t i = 0; i < end; i++)
        spread(d, d->f->node[where[i]], queue[i], queue, where, &end);
done:
    eco_free(queue);
    eco_free(where);
    return rc;
}

/* The better of the labels at a hidden model which is not of `self`. */
static struct label best_label(const struct draw *d, uint32_t at, uint32_t self)
{
    const struct label *have = &d->labels[2 * (size_t)at];

    return have[0].source == self ? have[1] : have[0];
}

static bool is_nearer(struct label a, struct label b)
{
    if (a.source == ECO_NETWORK_NONE || b.source == ECO_NETWORK_NONE)
        return b.source == ECO_NETWORK_NONE && a.source != ECO_NETWORK_NONE;
    return a.hidden != b.hidden ? a.hidden < b.hidden : a.source < b.source;
}

/* Bases come by rising number, so of equal ones the first stays. */
static int hang(struct draw *d, uint32_t i, struct eco_err *err)
{
    const struct eco_graph *g = &d->f->s->graph;
    uint32_t node = d->net->node[i].node;
    struct label best = { ECO_NETWORK_NONE, 0 };
    struct eco_network_edge edge = { .target = i,
                                     .count = 1,
                                     .indirect = true };

    for (uint64_t e = g->up_off[node]; e < g->up_off[node + 1]; e++) {
        uint32_t at = d->f->index[g->up[e]];
        struct label label;

        if (!at || is_shown(d, g->up[e]) ||
            !eco_net_admits(d->f->q, g->up_tag[e]))
            continue;
        label = best_label(d, at - 1, i);
        if (!is_nearer(label, best))
            continue;
        best = label;
        edge.source = label.source;
        edge.hidden = label.hidden;
        edge.relation = g->up_tag[e] & ECO_EDGE_RELATION;
        edge.declared = g->up_tag[e] & ECO_EDGE_DECLARED;
    }
    return best.source == ECO_NETWORK_NONE ? 0 : add_edge(d, &edge, err);
}

static int hang_all(struct draw *d, struct eco_err *err)
{
    bool is_needed = false;
    int rc = 0;

    for (uint32_t i = 0; i < d->net->n && !is_needed; i++)
        is_needed = needs_base(d, i);
    if (!is_needed)
        return 0;
    rc = find_ancestors(d, err);
    for (uint32_t i = 0; !rc && i < d->net->n; i++)
        if (needs_base(d, i))
            rc = hang(d, i, err);
    return rc;
}

/* --- circles that hang on nothing --------------------------------------------------- */

struct loose {
    uint32_t level, slot;
};

static int by_level(const void *a, const void *b)
{
    const struct loose *x = a, *y = b;

    if (x->level != y->level)
        return x->level < y->level ? -1 : 1;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

/* Mark what can be reached from a node along edges of the net. */
static void mark_from(const struct eco_net *net, uint32_t i, uint64_t *reached,
                      uint32_t *stack)
{
    uint32_t top = 0;

    if (eco_bits_test(reached, i))
        return;
    eco_bits_set(reached, i);
    stack[top++] = i;
    while (top) {
        uint32_t u = stack[--top];

        for (uint64_t e = net->off[u]; e < net->off[u + 1]; e++) {
            uint32_t v = net->edge[e].target;

            if (eco_bits_test(reached, v))
                continue;
            eco_bits_set(reached, v);
            stack[top++] = v;
        }
    }
}

/* The relation of the edge from the base that a model was first reached from. */
static bool step_to(const struct draw *d, uint32_t node, uint32_t from,
                    struct eco_network_edge *edge)
{
    const struct eco_graph *g = &d->f->s->graph;

    for (uint64_t e = g->up_off[node]; e < g->up_off[node + 1]; e++) {
        if (g->up[e] != from)
            continue;
        edge->relation = g->up_tag[e] & ECO_EDGE_RELATION;
        edge->declared = g->up_tag[e] & ECO_EDGE_DECLARED;
        return true;
    }
    return false;
}

/* The first shown model on the way by which each was first reached, for all in
 * one pass: `from` has fewer steps, so it comes earlier. */
static int find_shown_above(struct draw *d, struct eco_err *err)
{
    const struct eco_family *f = d->f;

    d->above = eco_alloc_array(f->n, sizeof(*d->above));
    if (!d->above)
        return no_memory(d, err);
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t from = f->from[i];

        if (from == i || is_shown(d, f->node[from]))
            d->above[i] = (struct above){ from, 0 };
        else
            d->above[i] =
                (struct above){ d->above[from].at, d->above[from].hidden + 1 };
    }
    return 0;
}

/* What is above has fewer steps, so it was tied before. */
static int tie(struct draw *d, uint32_t i, struct eco_err *err)
{
    struct eco_network_edge edge = { .target = i,
                                     .count = 1,
                                     .indirect = true };
    uint32_t node = d->net->node[i].node;
    uint32_t at = d->f->index[node] - 1;
    uint32_t from = d->f->node[d->f->from[at]];

    if (!step_to(d, node, from, &edge))
        return eco_fail(err, ECO_EFORMAT,
                        "node %u: hangs on node %u down, but not up", node,
                        from);
    edge.source = d->slot[d->above[at].at];
    edge.hidden = d->above[at].hidden;
    return add_edge(d, &edge, err);
}

static int tie_loose(struct draw *d, uint32_t n_loose, uint64_t *reached,
                     uint32_t *stack, struct eco_err *err)
{
    struct loose *loose = eco_alloc_array(n_loose, sizeof(*loose));
    uint32_t n = 0;
    int rc = 0;

    if (!loose)
        return no_memory(d, err);
    for (uint32_t i = 0; i < d->net->n; i++)
        if (!eco_bits_test(reached, i))
            loose[n++] = (struct loose){
                d->f->level[d->f->index[d->net->node[i].node] - 1], i
            };
    qsort(loose, n, sizeof(*loose), by_level);
    for (uint32_t k = 0; !rc && k < n; k++) {
        if (eco_bits_test(reached, loose[k].slot))
            continue;
        rc = tie(d, loose[k].slot, err);
        mark_from(d->net, loose[k].slot, reached, stack);
    }
    eco_free(loose);
    return rc;
}

static int tie_circles(struct draw *d, struct eco_err *err)
{
    struct eco_net *net = d->net;
    uint64_t *reached = eco_bits_new(net->n);
    uint32_t *stack = eco_alloc_array(net->n, sizeof(*stack));
    uint32_t n_loose;
    int rc;

    if (reached && stack)
        rc = eco_net_sort(net, err);
    else
        rc = no_memory(d, err);
    if (!rc)
        rc = eco_net_index(net, err);
    if (rc)
        goto done;
    for (uint32_t i = 0; i < net->n; i++)
        if (net->node[i].flags & ECO_NETWORK_ROOT)
            mark_from(net, i, reached, stack);
    n_loose = net->n - eco_bits_count(reached, net->n);
    if (!n_loose)
        goto done;
    rc = find_shown_above(d, err);
    if (!rc)
        rc = tie_loose(d, n_loose, reached, stack, err);
    if (!rc)
        rc = eco_net_sort(net, err);
    if (!rc)
        rc = eco_net_index(net, err);
done:
    eco_free(reached);
    eco_free(stack);
    return rc;
}

int eco_net_draw(const struct eco_family *f, struct eco_net *net,
                 struct eco_err *err)
{
    struct draw d = { .f = f, .net = net };
    int rc = 0;

    *net = (struct eco_net){ 0 };
    net->node = eco_alloc_array(f->n_shown, sizeof(*net->node));
    d.slot = eco_alloc_array(f->n, sizeof(*d.slot));
    d.has_base = eco_bits_new(f->n_shown);
    if (!net->node || !d.slot || !d.has_base) {
        rc = no_memory(&d, err);
        goto done;
    }
    put_nodes(&d);
    for (uint32_t i = 0; !rc && i < net->n; i++)
        rc = draw_from(&d, i, err);
    if (!rc)
        rc = hang_all(&d, err);
    if (!rc)
        rc = tie_circles(&d, err);
done:
    eco_free(d.slot);
    eco_free(d.has_base);
    eco_free(d.labels);
    eco_free(d.above);
    if (rc)
        eco_net_release(net);
    return rc;
}
