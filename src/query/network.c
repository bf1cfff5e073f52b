/* SPDX-License-Identifier: MIT */
#include "query/network.h"

#include "base/alloc.h"
#include "query/bits.h"
#include "query/network_internal.h"

const char *eco_network_view_name(enum eco_network_view view)
{
    static const char *const names[ECO_NETWORK_VIEWS] = {
        "top",     "full",     "author", "orgs",
        "adapter", "finetune", "merge",  "quantized",
    };

    return names[view];
}

/* How many direct derived models of each the picture does not show. */
static void count_more(const struct eco_snap *s, struct eco_net *net,
                       const uint64_t *shown)
{
    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t node = net->node[i].node;

        net->node[i].more = 0;
        for (uint64_t e = s->graph.down_off[node];
             e < s->graph.down_off[node + 1]; e++)
            net->node[i].more += !eco_bits_test(shown, s->graph.down[e]);
    }
}

static int find_more(const struct eco_snap *s, struct eco_net *net,
                     struct eco_err *err)
{
    uint64_t *shown = eco_bits_new(s->meta->n_nodes);

    if (!shown)
        return eco_fail(err, ECO_ENOMEM, "no memory for marks of %u nodes",
                        s->meta->n_nodes);
    for (uint32_t i = 0; i < net->n; i++)
        eco_bits_set(shown, net->node[i].node);
    count_more(s, net, shown);
    eco_free(shown);
    return 0;
}

/* Rules 1 to 5: the net of models. */
static int find_models(const struct eco_matcher *m,
                       const struct eco_network_query *q, struct eco_net *net,
                       struct eco_network *out, struct eco_err *err)
{
    struct eco_family family;
    int rc = eco_family_find(m, q, &family, err);

    if (rc)
        return rc;
    out->family = family.n_all;
    rc = eco_net_draw(&family, net, err);
    eco_family_release(&family);
    if (rc)
        return rc;
    if (!eco_family_is_limited(q))
        rc = eco_net_limit(net, q, err);
    if (!rc && q->view != ECO_NETWORK_BY_AUTHOR)
        rc = eco_net_bound(net, q, ECO_MAX_NETWORK_NODES, &out->left_out, err);
    if (!rc)
        rc = eco_net_date(net, m->snap, err);
    if (!rc)
        rc = find_more(m->snap, net, err);
    for (uint32_t i = 0; !rc && i < net->n; i++)
        out->undated += net->node[i].appears == ECO_NETWORK_NEVER;
    if (rc)
        eco_net_release(net);
    return rc;
}

/* --- by author --------------------------------------------------------------------- */

/* Where a node of today's net is found again: authors through a table, chosen
 * models through the list of them. */
struct places {
    const struct eco_net *all;
    uint32_t n_authors;
    uint32_t *group; /* author -> 1 + node; the last place: no owner */
    uint32_t n_roots;
    uint32_t root[ECO_MAX_NETWORK_ROOTS];
};

static uint32_t *group_of(const struct places *p,
                          const struct eco_network_node *v)
{
    return &p->group[v->author < p->n_authors ? v->author : p->n_authors];
}

static void list_places(struct places *p)
{
    for (uint32_t i = 0; i < p->all->n; i++) {
        const struct eco_network_node *v = &p->all->node[i];

        if (v->flags & ECO_NETWORK_GROUP)
            *group_of(p, v) = i + 1;
        else
            p->root[p->n_roots++] = i;
    }
}

static const struct eco_network_node *
find_place(const struct places *p, const struct eco_network_node *v)
{
    if (v->flags & ECO_NETWORK_GROUP) {
        uint32_t at = *group_of(p, v);

        return at ? &p->all->node[at - 1] : NULL;
    }
    for (uint32_t i = 0; i < p->n_roots; i++)
        if (p->all->node[p->root[i]].node == v->node)
            return &p->all->node[p->root[i]];
    return NULL;
}

/* Take the nodes of `now` from their places in `all`; those that are not there
 * are beyond the maximum. */
static int take_places(const struct eco_snap *s, const struct eco_net *all,
                       struct eco_net *now, struct eco_err *err)
{
    struct places p = { .all = all, .n_authors = s->meta->n_authors };
    uint64_t *bits = eco_bits_new(now->n);
    int rc;

    p.group = eco_calloc((size_t)p.n_authors + 1, sizeof(*p.group));
    if (!p.group || !bits) {
        rc = eco_fail(err, ECO_ENOMEM, "no memory for %u authors", p.n_authors);
        goto done;
    }
    list_places(&p);
    for (uint32_t i = 0; i < now->n; i++) {
        const struct eco_network_node *place = find_place(&p, &now->node[i]);

        if (!place)
            continue;
        now->node[i].x = place->x;
        now->node[i].y = place->y;
        now->node[i].r = place->r;
        now->node[i].influence = place->influence;
        eco_bits_set(bits, i);
    }
    rc = eco_net_keep(now, bits, err);
done:
    eco_free(p.group);
    eco_free(bits);
    return rc;
}

/* Fold what was there by `until` and let it stand where it stands today. */
static int fold_until(const struct eco_snap *s,
                      const struct eco_network_query *q, struct eco_net *models,
                      struct eco_net *net, struct eco_err *err)
{
    struct eco_net now = { 0 };
    int rc = eco_net_until(models, q->until, err);

    if (!rc)
        rc = eco_net_fold(models, s, &now, err);
    if (!rc)
        rc = take_places(s, net, &now, err);
    if (rc) {
        eco_net_release(&now);
        return rc;
    }
    eco_net_release(net);
    *net = now;
    return 0;
}

static int fold(const struct eco_snap *s, const struct eco_network_query *q,
                struct eco_net *models, struct eco_net *net,
                struct eco_network *out, struct eco_err *err)
{
    int rc = eco_net_fold(models, s, net, err);

    if (!rc) /* the limit was one of models */
        rc = eco_net_bound(net, NULL, ECO_MAX_NETWORK_NODES, &out->left_out,
                           err);
    if (!rc)
        rc = eco_net_order(net, err);
    if (!rc)
        rc = eco_net_place(net, err);
    if (!rc && q->has_until)
        rc = fold_until(s, q, models, net, err);
    return rc;
}

/* --- the whole ----------------------------------------------------------------------- */

static int make_net(const struct eco_matcher *m,
                    const struct eco_network_query *q, struct eco_net *net,
                    struct eco_network *out, struct eco_err *err)
{
    struct eco_net models = { 0 };
    bool is_masked = q->has_until || q->hide;
    int rc = find_models(m, q, &models, out, err);

    if (rc)
        return rc;
    if (q->view == ECO_NETWORK_BY_AUTHOR) {
        rc = fold(m->snap, q, &models, net, out, err);
        eco_net_release(&models);
    } else {
        *net = models;
        rc = eco_net_order(net, err);
        if (!rc)
            rc = eco_net_place(net, err);
        if (!rc && q->has_until)
            rc = eco_net_until(net, q->until, err);
    }
    if (!rc && q->hide)
        rc = eco_net_hide(net, q->hide, err);
    if (!rc && is_masked)
        rc = eco_net_order(net, err);
    return rc;
}

static uint32_t count_matches(const struct eco_matcher *m,
                              const struct eco_network_node *v,
                              const struct eco_network_member *members)
{
    uint32_t n = 0;

    if (!(v->flags & ECO_NETWORK_GROUP))
        return v->flags & ECO_NETWORK_MATCH ? 1 : 0;
    if (!(v->flags & ECO_NETWORK_MATCH))
        return 0;
    for (uint32_t i = 0; i < v->models; i++)
        n += eco_matcher_has(m, members[v->members + i].node);
    return n;
}

/* The net becomes the answer. */
static void hand_over(const struct eco_matcher *m, struct eco_net *net,
                      struct eco_network *out)
{
    out->n = net->n;
    out->nodes = net->node;
    out->m = net->m;
    out->edges = net->edge;
    out->n_members = net->n_members;
    out->members = net->member;
    for (int i = 0; i < ECO_RELATIONS; i++)
        out->inner[i] = net->inner[i];
    for (uint32_t i = 0; i < net->n; i++) {
        out->models += net->node[i].models;
        out->matches += count_matches(m, &net->node[i], net->member);
    }
    net->node = NULL;
    net->edge = NULL;
    net->member = NULL;
}

int eco_network_run(const struct eco_snap *s, const struct eco_network_query *q,
                    struct eco_network *out, struct eco_err *err)
{
    struct eco_network made = { 0 };
    struct eco_net net = { 0 };
    struct eco_matcher matcher;
    int rc;

    *out = (struct eco_network){ 0 };
    rc = eco_matcher_init(&matcher, s, &q->filter, err);
    if (rc)
        return rc;
    rc = make_net(&matcher, q, &net, &made, err);
    if (!rc) {
        hand_over(&matcher, &net, &made);
        *out = made;
    }
    eco_net_release(&net);
    eco_matcher_release(&matcher);
    return rc;
}

void eco_network_release(struct eco_network *net)
{
    eco_free(net->nodes);
    eco_free(net->edges);
    eco_free(net->members);
    *net = (struct eco_network){ 0 };
}
