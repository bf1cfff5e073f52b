/* SPDX-License-Identifier: MIT */
#include "query/model.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

static struct eco_influence_params params_of(const struct eco_snap_meta *m)
{
    struct eco_influence_params p = { .lambda_model = m->lambda[0],
                                      .lambda_space = m->lambda[1] };

    memcpy(p.weights, m->weights, sizeof(p.weights));
    memcpy(p.alpha, m->alpha, sizeof(p.alpha));
    memcpy(p.relations, m->relations, sizeof(p.relations));
    return p;
}

void eco_model_parts(const struct eco_snap *s, uint32_t node,
                     double part[ECO_INFLUENCE_PARTS])
{
    struct eco_influence_params p = params_of(s->meta);
    struct eco_influence_facts facts;

    for (int i = 0; i < ECO_INFLUENCE_PARTS; i++)
        part[i] = 0;
    if (node < s->meta->n_ranked) { /* a placeholder has nothing of its own */
        facts.downloads = s->downloads[node];
        facts.likes = s->likes[node];
        facts.spaces = 0; /* has a column of its own */
        facts.age_days =
            eco_age_days(s->meta->as_of_day * ECO_DAY_MS, s->created[node]);
        eco_influence_own(&p, &facts, part);
    }
    part[ECO_PART_SPACES] = s->part_spaces[node];
    part[ECO_PART_CHILDREN] = s->part_children[node];
    part[ECO_PART_PARENTS] = s->part_parents[node];
}

/* They come by number, that is by rank, then placeholders by id: inserting is
 * quick because nearly all are in place already. */
int eco_model_bases(const struct eco_snap *s, uint32_t node, uint64_t **out,
                    struct eco_err *err)
{
    uint64_t begin = s->graph.up_off[node], end = s->graph.up_off[node + 1];
    size_t n = (size_t)(end - begin);
    uint64_t *edge = eco_alloc_array(n, sizeof(*edge));

    *out = NULL;
    if (!edge)
        return eco_fail(err, ECO_ENOMEM, "no memory for %zu bases", n);
    for (size_t i = 0; i < n; i++) {
        double influence = s->influence[s->graph.up[begin + i]];
        size_t j = i;

        for (; j && s->influence[s->graph.up[edge[j - 1]]] < influence; j--)
            edge[j] = edge[j - 1];
        edge[j] = begin + i;
    }
    *out = edge;
    return 0;
}

void eco_model_derived(const struct eco_snap *s, uint32_t node,
                       uint64_t count[ECO_RELATIONS])
{
    memset(count, 0, ECO_RELATIONS * sizeof(count[0]));
    for (uint64_t i = s->graph.down_off[node]; i < s->graph.down_off[node + 1];
         i++)
        count[s->graph.down_tag[i] & ECO_EDGE_RELATION]++;
}
