/* SPDX-License-Identifier: MIT */
#include "synth/plan.h"

#include <assert.h>

static void place_root(const struct eco_plan *p, uint64_t model,
                       struct eco_place *place)
{
    for (int i = 0; i < p->n_cohorts; i++) {
        const struct eco_cohort *c = &p->cohorts[i];

        if (c->depth || model - c->root >= c->parents.holders)
            continue;
        place->kind = ECO_PLACE_ROOT;
        place->cohort = i;
        place->at = model - c->root;
        place->children = eco_levels_of_holder(&c->parents, place->at).k;
        return;
    }
    assert(false); /* every root is in a cohort */
}

/* The model that is parent number i of a cohort. */
static uint64_t parent_model(const struct eco_plan *p, int cohort, uint64_t i)
{
    const struct eco_cohort *c = &p->cohorts[cohort];

    return c->depth ? p->cohorts[c->before].first + i : c->root + i;
}

/* The child place of the parents that a position stands for. */
static uint64_t place_of(const struct eco_cohort *c, uint64_t position)
{
    struct eco_holding second;

    if (c->domain != ECO_DOMAIN_TEXT)
        return eco_perm_at(&c->places, position);
    if (position < c->parents.holders)
        return eco_levels_of_holder(&c->parents,
                                    eco_perm_at(&c->places, position))
            .first;
    position -= c->parents.holders;
    second = eco_levels_of_thing(&c->seconds,
                                 eco_perm_at(&c->second_places, position));
    return eco_levels_of_holder(&c->parents, second.holder).first + 1 +
           second.index;
}

static void place_child(const struct eco_plan *p, uint64_t model,
                        struct eco_place *place)
{
    int i = 0;
    const struct eco_cohort *c;
    struct eco_holding h;
    int range = 0;

    while (i + 1 < p->n_cohorts && p->cohorts[i + 1].first <= model)
        i++;
    c = &p->cohorts[i];
    place->kind = ECO_PLACE_CHILD;
    place->cohort = i;
    place->at = model - c->first;
    h = eco_levels_of_thing(&c->parents, place_of(c, place->at));
    place->base = parent_model(p, i, h.holder);
    place->sibling = h.index;
    place->brothers = h.k;
    while (place->at >= c->end[range])
        range++;
    place->relation = (enum eco_synth_relation)(range % ECO_SYNTH_RELATIONS);
    if (place->relation == ECO_SYNTH_MERGE) {
        uint64_t barren = c->end[6] - c->end[5];

        /* Barren ones first: they have the most bases. */
        place->merge = range == ECO_SYNTH_MERGE ? barren + place->at - c->end[1]
                                                : place->at - c->end[5];
    }
    if (place->at < c->fertile)
        place->children =
            eco_levels_of_holder(&p->cohorts[c->next].parents, place->at).k;
}

void eco_plan_place(const struct eco_plan *p, uint64_t model,
                    struct eco_place *place)
{
    assert(model < p->models);
    *place = (struct eco_place){ .kind = ECO_PLACE_SINGLE, .cohort = -1 };
    if (model < p->roots)
        place_root(p, model, place);
    else if (model < p->roots + p->singles)
        place->at = model - p->roots;
    else
        place_child(p, model, place);
}

uint32_t eco_plan_further(const struct eco_plan *p,
                          const struct eco_place *place)
{
    const struct eco_levels *l;

    if (place->kind != ECO_PLACE_CHILD || place->relation != ECO_SYNTH_MERGE)
        return 0;
    l = &p->cohorts[place->cohort].further;
    return place->merge < l->holders ? eco_levels_of_holder(l, place->merge).k
                                     : 0;
}

uint64_t eco_plan_further_base(const struct eco_plan *p,
                               const struct eco_place *place, uint32_t i)
{
    const struct eco_cohort *c = &p->cohorts[place->cohort];
    uint64_t at = eco_levels_of_holder(&c->further, place->merge).first + i;
    uint64_t other = place_of(c, c->children + at);

    return parent_model(p, place->cohort,
                        eco_levels_of_thing(&c->parents, other).holder);
}

static unsigned log2_of(uint32_t k)
{
    return 31u - (unsigned)__builtin_clz(k);
}

uint64_t eco_plan_rank(const struct eco_plan *p, uint64_t model,
                       const struct eco_place *place)
{
    const struct eco_cohort *c;
    unsigned k;

    if (place->kind == ECO_PLACE_SINGLE)
        return eco_transport_at(&p->popularity, 0, place->at);
    c = &p->cohorts[place->cohort];
    if (!place->children)
        return eco_transport_at(
            &p->popularity, 0, p->singles + c->barren + place->at - c->fertile);
    if (place->kind == ECO_PLACE_CHILD)
        c = &p->cohorts[c->next];
    k = log2_of(place->children);
    (void)model;
    return eco_transport_at(&p->popularity, k + 1,
                            c->class_base[k] + place->at - c->class_end[k + 1]);
}

static uint64_t barren_model(const struct eco_plan *p, uint64_t member)
{
    int i = 0;

    if (member < p->singles)
        return p->roots + member;
    member -= p->singles;
    while (i + 1 < p->n_cohorts && p->cohorts[i + 1].barren <= member)
        i++;
    return p->cohorts[i].first + p->cohorts[i].fertile + member -
           p->cohorts[i].barren;
}

uint64_t eco_plan_model_of_rank(const struct eco_plan *p, uint64_t rank)
{
    unsigned class_, k;
    uint64_t member;

    eco_transport_find(&p->popularity, rank, &class_, &member);
    if (!class_)
        return barren_model(p, member);
    k = class_ - 1;
    for (int i = 0;; i++) {
        const struct eco_cohort *c = &p->cohorts[i];
        uint64_t n = c->class_end[k] - c->class_end[k + 1];

        assert(i < p->n_cohorts);
        if (member - c->class_base[k] < n)
            return parent_model(
                p, i, c->class_end[k + 1] + member - c->class_base[k]);
    }
}

uint64_t eco_plan_owner(const struct eco_plan *p, uint64_t model,
                        const struct eco_place *place)
{
    const struct eco_cohort *c;
    unsigned class_ = 0;
    uint64_t member = place->at;

    if (place->kind == ECO_PLACE_ROOT) {
        class_ = 2;
        member = model;
    } else if (place->kind == ECO_PLACE_CHILD) {
        c = &p->cohorts[place->cohort];
        if (place->at >= c->end[6]) {
            class_ = 1;
            member = c->leaf_quants + place->at - c->end[6];
        } else {
            member = model - p->roots - c->leaf_quants;
        }
    }
    return eco_levels_of_thing(&p->author_models,
                               eco_transport_at(&p->owners, class_, member))
        .holder;
}

enum eco_dirt eco_plan_dirt(const struct eco_plan *p,
                            const struct eco_place *place)
{
    int d = 0;

    if (place->kind != ECO_PLACE_SINGLE)
        return ECO_DIRT_NONE;
    while (d < ECO_DIRT_NONE && place->at >= p->dirt[d + 1])
        d++;
    return (enum eco_dirt)d;
}

uint32_t eco_plan_space_uses(const struct eco_plan *p, uint64_t space)
{
    return space < p->lists.holders ? eco_levels_of_holder(&p->lists, space).k
                                    : 0;
}

uint64_t eco_plan_space_model(const struct eco_plan *p, uint64_t space,
                              uint32_t i)
{
    uint64_t at = eco_levels_of_holder(&p->lists, space).first + i;
    uint64_t use = eco_perm_find(&p->use_places, at);
    uint64_t used = eco_levels_of_thing(&p->uses, use).holder;
    uint64_t coin = eco_numbers_hash(p->seed, 16, used) & 1;

    /* One of every two of the most popular models. */
    return eco_plan_model_of_rank(p, 2 * used + coin);
}
