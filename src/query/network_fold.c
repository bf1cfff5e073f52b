/* SPDX-License-Identifier: MIT */
#include "query/network_internal.h"

#include <string.h>

#include "base/alloc.h"

struct fold {
    const struct eco_net *models;
    const struct eco_snap *s;
    struct eco_net *out;
    uint32_t *group_of; /* author -> 1 + group; the last place: no owner */
    uint32_t *slot;     /* model -> node of the folded net */
};

static bool is_root(const struct eco_network_node *v)
{
    return v->flags & ECO_NETWORK_ROOT;
}

static void join(struct eco_network_node *group,
                 const struct eco_network_node *v)
{
    group->models++;
    group->influence += v->influence;
    group->flags |= v->flags & ECO_NETWORK_MATCH;
    if (v->appears < group->appears)
        group->appears = v->appears;
}

/* Models come by rising node number, so sums do not depend on anything else. */
static void make_groups(struct fold *f)
{
    for (uint32_t i = 0; i < f->models->n; i++) {
        const struct eco_network_node *v = &f->models->node[i];
        uint32_t author = v->author < f->s->meta->n_authors
                              ? v->author
                              : f->s->meta->n_authors;

        if (is_root(v)) {
            f->slot[i] = f->out->n;
            f->out->node[f->out->n++] = *v;
            continue;
        }
        if (!f->group_of[author]) {
            f->out->node[f->out->n] = (struct eco_network_node){
                .node = ECO_NETWORK_NONE,
                .author = v->author,
                .parent = ECO_NETWORK_NONE,
                .edge = ECO_NETWORK_NONE,
                .appears = ECO_NETWORK_NEVER,
                .flags = ECO_NETWORK_GROUP,
            };
            f->group_of[author] = ++f->out->n;
        }
        f->slot[i] = f->group_of[author] - 1;
        join(&f->out->node[f->slot[i]], v);
    }
}

static int sort_groups(struct fold *f, struct eco_err *err)
{
    uint32_t *place = eco_alloc_array(f->out->n, sizeof(*place));
    int rc;

    if (!place)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u authors", f->out->n);
    rc = eco_net_rank(f->out, place, err);
    for (uint32_t i = 0; !rc && i < f->models->n; i++)
        f->slot[i] = place[f->slot[i]];
    eco_free(place);
    return rc;
}

/* Groups one after the other, models by rising number. */
static int list_members(struct fold *f, struct eco_err *err)
{
    struct eco_net *out = f->out;
    uint32_t n = 0;

    for (uint32_t i = 0; i < out->n; i++) {
        out->node[i].members = n;
        if (out->node[i].flags & ECO_NETWORK_GROUP)
            n += out->node[i].models;
    }
    out->member = eco_alloc_array(n, sizeof(*out->member));
    if (!out->member)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u members", n);
    out->n_members = n;
    for (uint32_t i = 0; i < f->models->n; i++) {
        const struct eco_network_node *v = &f->models->node[i];
        struct eco_network_node *group = &out->node[f->slot[i]];

        if (group->flags & ECO_NETWORK_GROUP)
            out->member[group->members++] =
                (struct eco_network_member){ v->node, v->appears };
    }
    for (uint32_t i = 0; i < out->n; i++)
        if (out->node[i].flags & ECO_NETWORK_GROUP)
            out->node[i].members -= out->node[i].models;
    return 0;
}

static bool is_same(const struct eco_network_edge *a,
                    const struct eco_network_edge *b)
{
    return a->source == b->source && a->target == b->target &&
           a->relation == b->relation && a->indirect == b->indirect;
}

static void merge_edges(struct eco_net *net)
{
    uint64_t kept = 0;

    for (uint64_t e = 0; e < net->m; e++) {
        struct eco_network_edge *edge = &net->edge[e];
        struct eco_network_edge *last = kept ? &net->edge[kept - 1] : NULL;

        if (!last || !is_same(last, edge)) {
            net->edge[kept++] = *edge;
            continue;
        }
        last->count += edge->count;
        last->declared |= edge->declared;
        if (edge->hidden < last->hidden)
            last->hidden = edge->hidden;
        if (edge->since < last->since)
            last->since = edge->since;
    }
    net->m = kept;
}

static int fold_edges(struct fold *f, struct eco_err *err)
{
    struct eco_net *out = f->out;
    int rc;

    out->edge = eco_alloc_array(f->models->m, sizeof(*out->edge));
    if (!out->edge)
        return eco_fail(err, ECO_ENOMEM, "no memory for %llu edges",
                        (unsigned long long)f->models->m);
    for (uint64_t e = 0; e < f->models->m; e++) {
        struct eco_network_edge edge = f->models->edge[e];

        edge.source = f->slot[edge.source];
        edge.target = f->slot[edge.target];
        if (edge.source == edge.target)
            out->inner[edge.relation]++;
        else
            out->edge[out->m++] = edge;
    }
    rc = eco_net_sort(out, err);
    if (rc)
        return rc;
    merge_edges(out);
    return eco_net_index(out, err);
}

int eco_net_fold(const struct eco_net *models, const struct eco_snap *s,
                 struct eco_net *out, struct eco_err *err)
{
    struct fold f = { .models = models, .s = s, .out = out };
    int rc = 0;

    *out = (struct eco_net){ 0 };
    out->node = eco_alloc_array(models->n, sizeof(*out->node));
    f.slot = eco_alloc_array(models->n, sizeof(*f.slot));
    f.group_of =
        eco_calloc((size_t)s->meta->n_authors + 1, sizeof(*f.group_of));
    if (!out->node || !f.slot || !f.group_of) {
        rc =
            eco_fail(err, ECO_ENOMEM, "no memory to fold %u models", models->n);
        goto done;
    }
    make_groups(&f);
    rc = sort_groups(&f, err);
    if (!rc)
        rc = list_members(&f, err);
    if (!rc)
        rc = fold_edges(&f, err);
done:
    eco_free(f.slot);
    eco_free(f.group_of);
    if (rc)
        eco_net_release(out);
    return rc;
}
