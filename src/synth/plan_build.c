/* SPDX-License-Identifier: MIT */
#include "synth/plan.h"

#include <assert.h>

/*
 * The numbers of docs/algorithms/synth.md, and how they are cut up. Shares
 * are of models unless said otherwise.
 */
#define FULL_SIZE 3000000.0 /* the size that the facts were published for */

#define SHARE_DERIVED 0.30
#define MERGE_MODELS 0.021 /* of derived models: several bases */
#define MERGE_FURTHER 2.5  /* bases beyond the first, mean */
#define CHILDREN_ALPHA 1.91
#define CHILDREN_MAX 40000.0 /* at full size */
#define SHARE_BURST 0.0038
#define SHARE_FERTILE 0.0311 /* of derived models: have children */
#define SHARE_DEEP 0.05      /* of text families: reach depth 5 */
#define SMALL_FAMILY 64      /* children; wide families have more */

static const struct eco_law further_law = { 2.17, 99 };

/* Relations of a domain's edges: adapter, finetune, merge, quantized. Wide
 * text families get what is missing to the facts. */
static const double relation_mix[ECO_DOMAINS][ECO_SYNTH_RELATIONS] = {
    [ECO_DOMAIN_BURST] = { 0.90, 0.07, 0.00, 0.03 },
    [ECO_DOMAIN_VISION] = { 0.83, 0.12, 0.02, 0.03 },
    [ECO_DOMAIN_OTHER] = { 0.09, 0.82, 0.02, 0.07 },
    [ECO_DOMAIN_TEXT] = { 0.41, 0.28, 0.06, 0.25 },
};
static const double relation_target[ECO_SYNTH_RELATIONS] = { 0.42, 0.33, 0.07,
                                                             0.18 };
/* Relations of the fertile: 0.19 % of adapters, 7.9 % of finetunes, 5 % of
 * merges, 0.95 % of quantized ones. */
static const double fertile_mix[ECO_SYNTH_RELATIONS] = { 0.027, 0.881, 0.034,
                                                         0.058 };

struct building {
    struct eco_plan *p;
    struct eco_levels all;            /* the law over all parents */
    uint64_t quota[ECO_PLAN_COHORTS]; /* parents still to come */
    double share[ECO_PLAN_COHORTS];   /* of the places of large parents */
    double got[ECO_PLAN_COHORTS];
    uint64_t edges[ECO_SYNTH_RELATIONS];
    uint32_t small; /* children: at most, of deep and small families */
};

static uint64_t part(uint64_t n, double share)
{
    return (uint64_t)((double)n * share + 0.5);
}

/* --- cohorts -------------------------------------------------------------- */

static int add_cohort(struct building *b, enum eco_synth_domain domain,
                      unsigned depth, uint64_t quota, double share)
{
    struct eco_plan *p = b->p;
    int i = p->n_cohorts++;
    struct eco_cohort *c = &p->cohorts[i];

    assert(i < ECO_PLAN_COHORTS);
    *c = (struct eco_cohort){ .domain = domain,
                              .depth = depth,
                              .before = depth ? i - 1 : -1,
                              .next = -1 };
    if (depth)
        p->cohorts[i - 1].next = i;
    b->quota[i] = quota;
    b->share[i] = share;
    return i;
}

/* How many parents stand at each depth of each domain. Deep text families
 * get what makes 5 % of all text families reach depth 5. */
static void add_cohorts(struct building *b, uint64_t fertile)
{
    static const double chain[] = { 1.15, 1.08, 1.03, 1.0 };
    uint64_t models = b->p->models;
    bool deep = models >= 3000;
    uint64_t roots = b->all.holders - fertile;
    uint64_t vision = part(roots, 0.22), other = part(roots, 0.25);
    uint64_t vision1 = deep ? part(b->all.things, 0.0021) : 0;
    uint64_t vision2 = vision1 / 8;
    uint64_t other1 = deep ? part(b->all.things, 0.0033) : 0;
    uint64_t other2 = other1 / 4;
    uint64_t left = fertile - vision1 - vision2 - other1 - other2;
    double text = (double)(roots - vision - other) + 0.85 * (double)other;
    double deep_families = text * SHARE_DEEP, tail;
    uint64_t at[ECO_PLAN_DEPTH] = { 0 }, chained = 0;

    if (deep_families * 5 > (double)left * 0.8)
        deep_families = (double)left * 0.8 / 5;
    tail = deep_families;
    for (int g = 0; deep && g < ECO_PLAN_DEPTH - 1; g++) {
        double n = g < 4 ? deep_families * chain[g] : (tail *= 0.4);

        at[g] = n < 2 ? 2 : (uint64_t)n;
        if (g && at[g] > at[g - 1])
            at[g] = at[g - 1];
        if (chained + at[g] > left)
            at[g] = 0;
        chained += at[g];
    }
    if (!deep)
        chained = at[0] = left;
    left -= chained;

    add_cohort(b, ECO_DOMAIN_TEXT_BIG, 0, 0, 0.38);
    if (deep) {
        uint64_t first = part(left, 0.72), second = part(left, 0.21);

        add_cohort(b, ECO_DOMAIN_TEXT_BIG, 1, first, 0.16);
        add_cohort(b, ECO_DOMAIN_TEXT_BIG, 2, second, 0.04);
        add_cohort(b, ECO_DOMAIN_TEXT_BIG, 3, left - first - second, 0);
    }
    add_cohort(b, ECO_DOMAIN_VISION, 0, vision, 0.23);
    if (deep) {
        add_cohort(b, ECO_DOMAIN_VISION, 1, vision1, 0);
        add_cohort(b, ECO_DOMAIN_VISION, 2, vision2, 0);
    }
    add_cohort(b, ECO_DOMAIN_OTHER, 0, other, 0.19);
    if (deep) {
        add_cohort(b, ECO_DOMAIN_OTHER, 1, other1, 0);
        add_cohort(b, ECO_DOMAIN_OTHER, 2, other2, 0);
    }
    add_cohort(b, ECO_DOMAIN_TEXT, 0, roots - vision - other, 0);
    for (unsigned g = 0; g < ECO_PLAN_DEPTH && at[g]; g++)
        add_cohort(b, ECO_DOMAIN_TEXT, g + 1, at[g], 0);
}

/* --- parents to cohorts --------------------------------------------------- */

/* May a parent of k children stand there? Only roots are very large, and no
 * single family of mixed tasks weighs much. */
static bool is_allowed(const struct building *b, int i, uint32_t k)
{
    const struct eco_cohort *c = &b->p->cohorts[i];
    double share = (double)k / (double)b->p->models;
    bool large = k > b->small;

    if (!large)
        return c->domain != ECO_DOMAIN_BURST && b->quota[i] &&
               (c->domain != ECO_DOMAIN_TEXT || !c->depth || k <= 16);
    if (b->share[i] <= 0 || (c->depth && !b->quota[i]))
        return false;
    if (c->domain == ECO_DOMAIN_OTHER && share > 0.0004)
        return false;
    return !c->depth || share <= (c->depth == 1 ? 0.001 : 0.0003);
}

/* A large parent goes where places are missing most; the largest of all is
 * an image model, as on the Hub. */
static int place_large(struct building *b, uint32_t k, bool first,
                       struct eco_err *err)
{
    double total = k, most = -1e300;
    int best = 0;

    for (int i = 0; i < b->p->n_cohorts; i++)
        total += b->got[i];
    for (int i = 0; i < b->p->n_cohorts; i++) {
        double missing = b->share[i] * total - b->got[i];

        if (first && b->p->cohorts[i].domain == ECO_DOMAIN_VISION)
            missing += 1e200;
        if (is_allowed(b, i, k) && missing > most) {
            most = missing;
            best = i;
        }
    }
    b->got[best] += k;
    if (b->quota[best])
        b->quota[best]--;
    return eco_levels_add(&b->p->cohorts[best].parents, k, 1, err);
}

/* A level of small parents is dealt out in proportion to the quotas. */
static int place_small(struct building *b, uint32_t k, uint64_t count,
                       struct eco_err *err)
{
    uint64_t quotas = 0, left = count;
    int rc = 0, text = -1;

    for (int i = 0; i < b->p->n_cohorts; i++) {
        if (is_allowed(b, i, k))
            quotas += b->quota[i];
        if (b->p->cohorts[i].domain == ECO_DOMAIN_TEXT &&
            !b->p->cohorts[i].depth)
            text = i;
    }
    for (int i = 0; !rc && i < b->p->n_cohorts; i++) {
        uint64_t n;

        if (i == text || !is_allowed(b, i, k))
            continue;
        n = k == 1 ? b->quota[i]
                   : part(b->quota[i], (double)count / (double)quotas);
        n = n > left ? left : n;
        n = n > b->quota[i] ? b->quota[i] : n;
        b->quota[i] -= n;
        left -= n;
        rc = eco_levels_add(&b->p->cohorts[i].parents, k, n, err);
    }
    if (!rc)
        rc = eco_levels_add(&b->p->cohorts[text].parents, k, left, err);
    b->quota[text] -= left > b->quota[text] ? b->quota[text] : left;
    return rc;
}

static int place_parents(struct building *b, struct eco_err *err)
{
    int rc = 0;

    for (size_t l = 0; !rc && l < b->all.n; l++) {
        const struct eco_level *at = &b->all.at[l];
        uint64_t end =
            l + 1 < b->all.n ? b->all.at[l + 1].holder : b->all.holders;
        uint64_t count = end - at->holder;

        if (at->k <= b->small)
            rc = place_small(b, at->k, count, err);
        for (; !rc && at->k > b->small && count; count--)
            rc = place_large(b, at->k, !l && count == end - at->holder, err);
    }
    return rc;
}

static int add_burst(struct building *b, uint64_t children, struct eco_err *err)
{
    if (!children)
        return 0;
    return eco_levels_add(
        &b->p->cohorts[add_cohort(b, ECO_DOMAIN_BURST, 0, 0, 0)].parents,
        (uint32_t)children, 1, err);
}

/* --- relations of a cohort's children ------------------------------------- */

/* Take what relation r lacks from the others. */
static void even_out(int64_t barren[ECO_SYNTH_RELATIONS])
{
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++)
        for (int o = 0; o < ECO_SYNTH_RELATIONS && barren[r] < 0; o++) {
            int64_t give = barren[o] < -barren[r] ? barren[o] : -barren[r];

            if (o == r || give <= 0)
                continue;
            barren[o] -= give;
            barren[r] += give;
        }
}

static int lay_merges(struct eco_cohort *c, double edges, uint64_t *merges,
                      struct eco_err *err)
{
    uint64_t places = c->parents.things;

    /* A handful of parents has no several bases to offer. */
    *merges =
        c->parents.holders < 4 ? 0 : part(places, edges / (1 + MERGE_FURTHER));
    c->children = places;
    if (!*merges)
        return 0;
    if (eco_levels_law(&c->further, &further_law, *merges, 0, err))
        return ECO_ENOMEM;
    c->children -= c->further.things;
    return 0;
}

static int lay_relations(struct building *b, struct eco_cohort *c,
                         const double mix[ECO_SYNTH_RELATIONS],
                         struct eco_err *err)
{
    int64_t barren[ECO_SYNTH_RELATIONS];
    uint64_t fertile[ECO_SYNTH_RELATIONS];
    uint64_t merges, rest, at = 0;
    double others = 1 - mix[ECO_SYNTH_MERGE];
    int rc = lay_merges(c, mix[ECO_SYNTH_MERGE], &merges, err);

    if (rc)
        return rc;
    c->fertile = c->next < 0 ? 0 : b->p->cohorts[c->next].parents.holders;
    assert(c->fertile <= c->children);
    rest = c->children - merges;
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++) {
        fertile[r] = (uint64_t)((double)c->fertile * fertile_mix[r]);
        barren[r] = others > 0 ? (int64_t)part(rest, mix[r] / others) : 0;
    }
    barren[ECO_SYNTH_MERGE] = (int64_t)merges;
    if (fertile[ECO_SYNTH_MERGE] > merges)
        fertile[ECO_SYNTH_MERGE] = merges;
    fertile[ECO_SYNTH_FINETUNE] = c->fertile - fertile[ECO_SYNTH_ADAPTER] -
                                  fertile[ECO_SYNTH_MERGE] -
                                  fertile[ECO_SYNTH_QUANTIZED];
    barren[ECO_SYNTH_FINETUNE] =
        (int64_t)rest - barren[ECO_SYNTH_ADAPTER] - barren[ECO_SYNTH_QUANTIZED];
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++)
        barren[r] -= (int64_t)fertile[r];
    even_out(barren);
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++)
        c->end[r] = at += fertile[r];
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++) {
        uint64_t n = fertile[r] + (uint64_t)barren[r];

        c->end[ECO_SYNTH_RELATIONS + r] = at += (uint64_t)barren[r];
        b->edges[r] += n;
    }
    b->edges[ECO_SYNTH_MERGE] += c->further.things;
    assert(at == c->children);
    return 0;
}

static int make_seconds(struct eco_cohort *c, struct eco_err *err)
{
    int rc = 0;

    for (size_t i = 0; !rc && i < c->parents.n; i++) {
        const struct eco_level *at = &c->parents.at[i];
        uint64_t end = i + 1 < c->parents.n ? c->parents.at[i + 1].holder
                                            : c->parents.holders;

        if (at->k > 1)
            rc = eco_levels_add(&c->seconds, at->k - 1, end - at->holder, err);
    }
    return rc;
}

/* Every domain's own mix, then wide text families what is missing. */
static int lay_all(struct building *b, uint64_t places, struct eco_err *err)
{
    double mix[ECO_SYNTH_RELATIONS], sum = 0;
    struct eco_plan *p = b->p;
    int rc = 0;

    for (int i = 0; !rc && i < p->n_cohorts; i++)
        if (p->cohorts[i].domain != ECO_DOMAIN_TEXT_BIG)
            rc = lay_relations(b, &p->cohorts[i],
                               relation_mix[p->cohorts[i].domain], err);
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++) {
        mix[r] = (double)places * relation_target[r] - (double)b->edges[r];
        mix[r] = mix[r] < 0 ? 0 : mix[r];
        sum += mix[r];
    }
    for (int r = 0; r < ECO_SYNTH_RELATIONS; r++)
        mix[r] = sum > 0 ? mix[r] / sum : relation_target[r];
    for (int i = 0; !rc && i < p->n_cohorts; i++)
        if (p->cohorts[i].domain == ECO_DOMAIN_TEXT_BIG)
            rc = lay_relations(b, &p->cohorts[i], mix, err);
    return rc;
}

/* --- numbers -------------------------------------------------------------- */

static void number_models(struct eco_plan *p)
{
    uint64_t barren = 0, quants = 0;

    p->roots = p->derived = 0;
    for (int i = 0; i < p->n_cohorts; i++) {
        struct eco_cohort *c = &p->cohorts[i];

        if (!c->depth) {
            c->root = p->roots;
            p->roots += c->parents.holders;
        }
        p->derived += c->children;
    }
    p->singles = p->models - p->roots - p->derived;
    p->derived = 0;
    for (int i = 0; i < p->n_cohorts; i++) {
        struct eco_cohort *c = &p->cohorts[i];

        c->first = p->roots + p->singles + p->derived;
        c->barren = barren;
        c->leaf_quants = quants;
        p->derived += c->children;
        barren += c->children - c->fertile;
        quants += c->end[7] - c->end[6];
        eco_perm_init(&c->places,
                      c->domain == ECO_DOMAIN_TEXT ? c->parents.holders
                                                   : c->parents.things,
                      eco_numbers_hash(p->seed, 11, (uint64_t)i));
        eco_perm_init(&c->second_places, c->seconds.things,
                      eco_numbers_hash(p->seed, 17, (uint64_t)i));
    }
}

/* --- popularity ----------------------------------------------------------- */

static void class_sizes(struct eco_plan *p)
{
    uint64_t *size = p->popularity.size;

    for (int i = 0; i < p->n_cohorts; i++) {
        struct eco_cohort *c = &p->cohorts[i];

        for (unsigned k = 0; k < ECO_PLAN_SIZE_CLASSES; k++)
            c->class_end[k] =
                eco_levels_first_at_most(&c->parents, (UINT64_C(1) << k) - 1);
        for (unsigned k = 0; k < ECO_PLAN_SIZE_CLASSES; k++) {
            c->class_base[k] = size[k + 1];
            size[k + 1] += c->class_end[k] - c->class_end[k + 1];
        }
        size[0] -= c->parents.holders;
    }
}

/* Regions of ranks, each half as large as the one after it, so that region
 * b holds the ranks of about n / 2^b. */
static void cut_ranks(struct eco_transport *t, uint64_t n)
{
    unsigned halvings = 0;

    while (n >> (halvings + 4) && halvings < ECO_TRANSPORT_REGIONS - 1)
        halvings++;
    t->regions = halvings + 1;
    for (unsigned r = 0; r <= halvings; r++)
        t->first[r + 1] = n >> (halvings - r);
}

/* Parents spread around the rank that the law of children gives them. */
static void spread_class(struct eco_transport *t, unsigned class_, uint64_t n,
                         uint64_t above)
{
    static const double weight[] = { 0.06, 0.16, 0.30, 0.20,
                                     0.12, 0.07, 0.05, 0.04 };
    uint64_t size = t->size[class_];
    int centre = 0;

    while (centre + 1 < (int)t->regions &&
           t->first[centre + 1] < above + size / 2 && n)
        centre++;
    for (int i = 0; i < 8; i++) {
        int r = centre + i - 2;

        r = r < 0 ? 0 : r >= (int)t->regions ? (int)t->regions - 1 : r;
        eco_transport_put(t, class_, (unsigned)r, part(size, weight[i]) + 1,
                          (t->first[r + 1] - t->first[r]) * 3 / 4);
    }
    for (unsigned r = (unsigned)centre; r < t->regions; r++)
        eco_transport_put(t, class_, r, size,
                          (t->first[r + 1] - t->first[r]) * 3 / 4);
    for (unsigned r = 0; r < t->regions; r++)
        eco_transport_put(t, class_, r, size, t->first[r + 1] - t->first[r]);
}

static void rank_models(struct eco_plan *p)
{
    struct eco_transport *t = &p->popularity;
    uint64_t above = 0;

    t->classes = ECO_PLAN_SIZE_CLASSES + 1;
    t->size[0] = p->models;
    cut_ranks(t, p->models);
    class_sizes(p);
    for (unsigned c = t->classes - 1; c > 0; c--) {
        spread_class(t, c, p->models, above);
        above += t->size[c];
    }
    eco_transport_seal(t, eco_numbers_hash(p->seed, 12, 0));
}

/* --- authors -------------------------------------------------------------- */

/* The exponent that gives the mean; larger exponents, smaller means. */
static double alpha_of_mean(uint32_t max, double mean)
{
    double low = -2, high = 4;

    for (int i = 0; i < 24; i++) {
        struct eco_law law = { (low + high) / 2, max };

        if (eco_law_mean(&law) > mean)
            low = law.alpha;
        else
            high = law.alpha;
    }
    return high;
}

static int make_authors(struct eco_plan *p, struct eco_err *err)
{
    uint64_t wanted = p->models < 6 ? 1 : p->models / 6, large;
    struct eco_law law = { 0, (uint32_t)part(p->models, 0.003) };
    double share;
    int rc;

    if (law.max < 24)
        law.max = 24;
    law.alpha = alpha_of_mean(law.max, 6);
    rc = eco_levels_law(&p->author_models, &law, wanted, p->models, err);
    if (rc)
        return rc;
    p->authors = p->author_models.holders;
    large = eco_levels_first_at_most(&p->author_models, 19);
    share = (double)large / (double)p->authors;
    p->org_large = 0.40;
    p->org_small = (0.12 - share * p->org_large) / (1 - share);
    if (p->org_small < 0 || large == p->authors)
        p->org_small = 0.12;
    return 0;
}

/* The few makers with very many models mostly quantize; bases come from
 * makers of middle size. */
static void own_models(struct eco_plan *p)
{
    const struct eco_cohort *last = &p->cohorts[p->n_cohorts - 1];
    struct eco_transport *t = &p->owners;
    uint64_t quants, roots = p->roots, top, middle;

    quants = p->n_cohorts ? last->leaf_quants + last->end[7] - last->end[6] : 0;
    t->classes = 3;
    t->regions = 3;
    t->first[1] = part(p->models, 0.08);
    t->first[2] = part(p->models, 0.45);
    t->first[3] = p->models;
    t->size[0] = p->models - quants - roots;
    t->size[1] = quants;
    t->size[2] = roots;
    top = t->first[1];
    middle = t->first[2] - t->first[1];
    eco_transport_put(t, 1, 0, part(quants, 0.6), top * 2 / 3);
    eco_transport_put(t, 2, 0, part(roots, 0.1), top);
    eco_transport_put(t, 2, 1, part(roots, 0.7), middle);
    eco_transport_put(t, 1, 1, part(quants, 0.2), middle);
    eco_transport_put(t, 1, 2, quants, p->models);
    eco_transport_put(t, 2, 2, roots, p->models);
    for (unsigned c = 1; c < 3; c++)
        for (unsigned r = 0; r < 3; r++)
            eco_transport_put(t, c, r, p->models,
                              t->first[r + 1] - t->first[r]);
    eco_transport_seal(t, eco_numbers_hash(p->seed, 13, 0));
}

/* --- Spaces --------------------------------------------------------------- */

static int make_spaces(struct eco_plan *p, struct eco_err *err)
{
    struct eco_law uses = { 1.9, (uint32_t)(p->models / 500 + 1) };
    struct eco_law lists = { 2.6, 100 };
    uint64_t lists_wanted;
    int rc;

    p->spaces = p->models / 2;
    rc = eco_levels_law(&p->uses, &uses, part(p->models, 0.03), 0, err);
    if (rc)
        return rc;
    lists_wanted = part(p->uses.things, 1 / eco_law_mean(&lists));
    if (lists_wanted)
        rc = eco_levels_law(&p->lists, &lists, lists_wanted, p->uses.things,
                            err);
    eco_perm_init(&p->use_places, p->uses.things,
                  eco_numbers_hash(p->seed, 14, 0));
    return rc;
}

/* --- all of it ------------------------------------------------------------ */

/* Returns how many of the dirty ones declare a base. */
static uint64_t count_dirt(struct eco_plan *p)
{
    uint64_t n = p->models, at = 0, declared;
    uint64_t count[ECO_DIRT_NONE] = {
        [ECO_DIRT_SELF] = 1 + n / 50000,
        [ECO_DIRT_PAIR] = 2 * (1 + n / 100000),
        [ECO_DIRT_TRIANGLE] = 3 * (1 + n / 200000),
        [ECO_DIRT_MISSING] = part(n, 0.0008),
        [ECO_DIRT_PATH] = part(n, 0.0002),
        [ECO_DIRT_CASE] = 2 * (1 + n / 100000),
        [ECO_DIRT_TAGS] = 1,
        [ECO_DIRT_SCRIPTS] = part(n, 0.0003),
        [ECO_DIRT_LONG] = 1 + n / 100000,
    };

    for (int d = 0; d < ECO_DIRT_NONE; d++) {
        p->dirt[d] = at;
        at += n < 1000 ? 0 : count[d];
    }
    p->dirt[ECO_DIRT_NONE] = at;
    declared = p->dirt[ECO_DIRT_CASE];
    return declared;
}

static int build(struct building *b, struct eco_err *err)
{
    struct eco_plan *p = b->p;
    uint64_t declared = count_dirt(p);
    uint64_t derived = part(p->models, SHARE_DERIVED) - declared, fertile;
    uint64_t burst = p->models < 3000 ? 0 : part(p->models, SHARE_BURST);
    uint64_t places = part(derived, 1 + MERGE_MODELS * MERGE_FURTHER) - burst;
    struct eco_law law = { CHILDREN_ALPHA, 1 };
    double max = CHILDREN_MAX * (double)p->models / FULL_SIZE;
    int rc = 0;

    if (max > 1)
        law.max = (uint32_t)max;
    if (places)
        rc = eco_levels_law(&b->all, &law, part(places, 1 / eco_law_mean(&law)),
                            places, err);
    if (rc)
        return rc;
    b->small = law.max / 4 < SMALL_FAMILY ? law.max / 4 : SMALL_FAMILY;
    if (b->small < 4)
        b->small = 4;
    fertile = p->models < 300 ? 0 : part(derived, SHARE_FERTILE);
    rc = add_burst(b, burst, err);
    if (rc)
        return rc;
    add_cohorts(b, fertile);
    rc = place_parents(b, err);
    for (int i = 0; !rc && i < p->n_cohorts; i++)
        if (p->cohorts[i].domain == ECO_DOMAIN_TEXT)
            rc = make_seconds(&p->cohorts[i], err);
    if (!rc)
        rc = lay_all(b, places + burst, err);
    return rc;
}

int eco_plan_init(struct eco_plan *p, uint64_t models, uint64_t seed,
                  struct eco_err *err)
{
    struct building b = { .p = p };
    int rc;

    *p = (struct eco_plan){ .seed = seed, .models = models };
    rc = build(&b, err);
    eco_levels_release(&b.all);
    if (!rc) {
        number_models(p);
        rank_models(p);
        rc = make_authors(p, err);
    }
    if (!rc) {
        own_models(p);
        rc = make_spaces(p, err);
    }
    eco_perm_init(&p->rows, models, eco_numbers_hash(seed, 15, 0));
    if (rc)
        eco_plan_release(p);
    return rc;
}

void eco_plan_release(struct eco_plan *p)
{
    for (int i = 0; i < p->n_cohorts; i++) {
        eco_levels_release(&p->cohorts[i].parents);
        eco_levels_release(&p->cohorts[i].further);
        eco_levels_release(&p->cohorts[i].seconds);
    }
    eco_levels_release(&p->author_models);
    eco_levels_release(&p->uses);
    eco_levels_release(&p->lists);
    *p = (struct eco_plan){ 0 };
}
