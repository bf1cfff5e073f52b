/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "graph/influence.h"

#include "../ref/influence.h"

/*
 * Every shape of graph, under several parameters: the solver agrees with plain
 * iteration, its parts add up, a second run gives the same bits, neither does
 * the order of the edges change one, and new numbers move the scores along.
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define AGREES 1e-9   /* with the reference, relative, every value */
#define ADDS_UP 1e-12 /* parts to the whole, relative, every node */

static void *grab(uint64_t n, size_t size)
{
    void *ptr = calloc(n ? n : 1, size);

    assert_non_null(ptr);
    return ptr;
}

/* --- random numbers ---------------------------------------------------- */

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint32_t below(uint64_t *seed, uint32_t n)
{
    return (uint32_t)(next_random(seed) % n);
}

/* 0 <= x < 1 */
static double fraction(uint64_t *seed)
{
    return (double)(next_random(seed) >> 11) * 0x1p-53;
}

/* --- generators -------------------------------------------------------- */

struct list {
    uint32_t n;
    uint64_t m;
    struct eco_edge *edges;
    uint64_t seed;
};

static void add(struct list *l, uint32_t base, uint32_t derived)
{
    uint8_t tag = (uint8_t)below(&l->seed, ECO_RELATIONS);

    if (below(&l->seed, 2))
        tag |= ECO_EDGE_DECLARED;
    l->edges[l->m++] = (struct eco_edge){ base, derived, tag };
}

static void start(struct list *l, uint32_t n, uint64_t most_edges)
{
    l->n = n;
    l->m = 0;
    l->edges = grab(most_edges, sizeof(*l->edges));
}

static void no_node(struct list *l)
{
    start(l, 0, 0);
}

static void one_node(struct list *l)
{
    start(l, 1, 0);
}

static void a_loop_only(struct list *l)
{
    start(l, 1, 2);
    add(l, 0, 0);
    add(l, 0, 0);
}

static void star(struct list *l)
{
    start(l, 1000, 999);
    for (uint32_t v = 0; v < 1000; v++) {
        if (v != 500)
            add(l, 500, v);
    }
}

/* One base of 20,000 children, a few of which have children themselves. */
static void burst(struct list *l)
{
    start(l, 20101, 20100);
    for (uint32_t v = 1; v <= 20000; v++)
        add(l, 0, v);
    for (uint32_t v = 20001; v <= 20100; v++)
        add(l, 1 + below(&l->seed, 20), v);
}

/* One merge of 100 bases, which have families of their own. */
static void hundred_parents(struct list *l)
{
    start(l, 501, 500 + 100);
    for (uint32_t v = 0; v < 100; v++)
        add(l, v, 500);
    for (uint32_t v = 100; v < 500; v++)
        add(l, below(&l->seed, 120), v);
}

/* Merges that share their bases, up to 100 each, and merges of merges. */
static void merges(struct list *l)
{
    start(l, 400, 300 * 100);
    for (uint32_t v = 100; v < 400; v++) {
        for (uint32_t bases = 2 + below(&l->seed, 99); bases > 0; bases--)
            add(l, below(&l->seed, v), v);
    }
}

static void chain_down(struct list *l)
{
    start(l, 5000, 4999);
    for (uint32_t v = 1; v < 5000; v++)
        add(l, v - 1, v);
}

static void chain_up(struct list *l)
{
    start(l, 5000, 4999);
    for (uint32_t v = 1; v < 5000; v++)
        add(l, v, v - 1);
}

static void long_chain(struct list *l)
{
    start(l, 1000000, 999999);
    for (uint32_t v = 1; v < l->n; v++)
        add(l, v - 1, v);
}

static void ring(struct list *l)
{
    start(l, 100, 100);
    for (uint32_t v = 0; v < 100; v++)
        add(l, v, (v + 1) % 100);
}

/* Many small families around 2- and 3-cycles, loops and repeats included. */
static void small_cycles(struct list *l)
{
    start(l, 700, 8 * 100);
    for (uint32_t v = 0; v < 700; v += 7) {
        add(l, v, v + 1); /* a pair ... */
        add(l, v + 1, v);
        add(l, v + 1, v + 2); /* ... with a child ... */
        add(l, v + 3, v + 4); /* ... and a triangle */
        add(l, v + 4, v + 5);
        add(l, v + 5, v + 3);
        add(l, v + 5, v + below(&l->seed, 7));
        add(l, v + 6, v + below(&l->seed, 7));
    }
}

/* Two models that name each other, and nobody else. */
static void pairs(struct list *l)
{
    start(l, 200, 300);
    for (uint32_t v = 0; v < 200; v += 2) {
        add(l, v, v + 1);
        add(l, v + 1, v);
        add(l, v, v + 1);
    }
}

/* What the Hub looks like: most bases have one child, a few have thousands;
 * one child in fifty has several bases. */
static void power_law(struct list *l)
{
    start(l, 20000, 3 * 20000);
    for (uint32_t v = 1; v < l->n; v++) {
        uint32_t bases = below(&l->seed, 50) ? 1 : 2 + below(&l->seed, 2);

        if (below(&l->seed, 10) >= 3)
            continue;
        while (bases-- > 0)
            add(l, (uint32_t)(v * pow(fraction(&l->seed), 6)), v);
    }
}

static void random_tree(struct list *l)
{
    uint32_t name[3000] = { 0 };

    start(l, 3000, 2999);
    for (uint32_t v = 0; v < 3000; v++) {
        uint32_t at = below(&l->seed, v + 1);

        name[v] = name[at];
        name[at] = v;
    }
    for (uint32_t v = 1; v < 3000; v++) {
        uint32_t w = below(&l->seed, v);

        if (below(&l->seed, 2))
            add(l, name[v], name[w]);
        else
            add(l, name[w], name[v]);
    }
}

static void sparse(struct list *l)
{
    start(l, 3000, 3300);
    while (l->m < 3300)
        add(l, below(&l->seed, l->n), below(&l->seed, l->n));
}

static void dense(struct list *l)
{
    start(l, 300, 6000);
    while (l->m < 6000)
        add(l, below(&l->seed, l->n), below(&l->seed, l->n));
}

static const struct shape {
    const char *name;
    void (*make)(struct list *l);
    bool forest; /* nothing is left to refinement */
} shapes[] = {
    { "no node", no_node, true },
    { "one node", one_node, true },
    { "a loop only", a_loop_only, true },
    { "star", star, true },
    { "burst", burst, true },
    { "hundred parents", hundred_parents, true },
    { "merges", merges, false },
    { "chain down", chain_down, true },
    { "chain up", chain_up, true },
    { "ring", ring, false },
    { "small cycles", small_cycles, false },
    { "pairs", pairs, true },
    { "power law", power_law, false },
    { "random tree", random_tree, true },
    { "sparse", sparse, false },
    { "dense", dense, false },
};

/* --- parameters -------------------------------------------------------- */

#define PARAMS 7

static void make_params(int which, uint64_t *seed,
                        struct eco_influence_params *p)
{
    static const double alphas[PARAMS][2] = { { 0.3, 0.1 }, { 0.3, 0.1 },
                                              { 0, 0 },     { 0.6, 0 },
                                              { 0, 0.6 },   { 0.1, 0.85 },
                                              { 0.5, 0.49 } };

    *p = eco_influence_defaults;
    p->alpha[1] = alphas[which][0];
    p->alpha[2] = alphas[which][1];
    if (which == 1) { /* up to 2: row sums of 0.8; one relation is off */
        for (int r = 0; r < ECO_RELATIONS; r++)
            p->relations[r] = 2 * fraction(seed);
        p->relations[below(seed, ECO_RELATIONS)] = 0;
    }
}

/* Likes-like: mostly small, now and then huge, every eighth 0. */
static double *make_own(uint32_t n, uint64_t *seed)
{
    double *own = grab(n, sizeof(*own));

    for (uint32_t v = 0; v < n; v++) {
        own[v] = below(seed, 8) ? fraction(seed) : 0;
        if (below(seed, 100) == 0)
            own[v] *= 10000;
    }
    return own;
}

/* --- a solved graph ---------------------------------------------------- */

struct solved {
    uint32_t n;
    double *influence, *children, *parents;
    struct eco_influence_stats stats;
};

static void release(struct solved *s)
{
    free(s->influence);
    free(s->children);
    free(s->parents);
}

static struct solved room(uint32_t n)
{
    return (struct solved){ .n = n,
                            .influence = grab(n, sizeof(double)),
                            .children = grab(n, sizeof(double)),
                            .parents = grab(n, sizeof(double)) };
}

static struct eco_graph_store build(const struct list *l)
{
    struct eco_edge *copy = grab(l->m, sizeof(*copy));
    struct eco_graph_store g;

    if (l->m)
        memcpy(copy, l->edges, l->m * sizeof(*copy));
    assert_int_equal(eco_graph_build(l->n, copy, l->m, &g, NULL), 0);
    free(copy);
    return g;
}

static struct solved solve(const struct list *l,
                           const struct eco_influence_params *p,
                           const double *own)
{
    struct eco_graph_store g = build(l);
    struct solved s = room(l->n);
    struct eco_err err = { 0 };

    if (eco_influence_solve(&g.view, p, own, s.influence, s.children, s.parents,
                            &s.stats, &err))
        fail_msg("%s", err.msg);
    eco_graph_release(&g);
    return s;
}

static struct solved reference(const struct list *l,
                               const struct eco_influence_params *p,
                               const double *own)
{
    struct eco_graph_store g = build(l);
    struct solved s = room(l->n);

    assert_int_equal(
        eco_ref_influence(&g.view, p, own, s.influence, s.children, s.parents),
        0);
    eco_graph_release(&g);
    return s;
}

/* --- properties -------------------------------------------------------- */

static bool near(double a, double b, double tol)
{
    return fabs(a - b) <= tol * fmax(fabs(a), fabs(b));
}

static void assert_agree(const char *name, const struct solved *a,
                         const struct solved *b)
{
    for (uint32_t v = 0; v < a->n; v++) {
        if (!near(a->influence[v], b->influence[v], AGREES))
            fail_msg("%s, node %u: influence %.17g, not %.17g", name, v,
                     a->influence[v], b->influence[v]);
        if (!near(a->children[v], b->children[v], AGREES) ||
            !near(a->parents[v], b->parents[v], AGREES))
            fail_msg("%s, node %u: flows %.17g %.17g, not %.17g %.17g", name, v,
                     a->children[v], a->parents[v], b->children[v],
                     b->parents[v]);
    }
}

static void assert_adds_up(const char *name, const struct solved *s,
                           const double *own)
{
    for (uint32_t v = 0; v < s->n; v++) {
        double sum = own[v] + s->children[v] + s->parents[v];

        if (!near(sum, s->influence[v], ADDS_UP))
            fail_msg("%s, node %u: parts %.17g of %.17g", name, v, sum,
                     s->influence[v]);
    }
}

static void assert_same_bits(const struct solved *a, const struct solved *b)
{
    size_t bytes = a->n * sizeof(double);

    assert_int_equal(memcmp(a->influence, b->influence, bytes), 0);
    assert_int_equal(memcmp(a->children, b->children, bytes), 0);
    assert_int_equal(memcmp(a->parents, b->parents, bytes), 0);
    assert_int_equal(
        memcmp(&a->stats.residual, &b->stats.residual, sizeof(double)), 0);
}

static void check_repeat_and_order(const struct list *l,
                                   const struct eco_influence_params *p,
                                   const double *own, const struct solved *s)
{
    struct list shuffled = *l;
    struct solved again = solve(l, p, own);

    assert_same_bits(s, &again);
    release(&again);

    for (uint64_t i = l->m; i > 1; i--) {
        uint64_t j = next_random(&shuffled.seed) % i;
        struct eco_edge swap = shuffled.edges[i - 1];

        shuffled.edges[i - 1] = shuffled.edges[j];
        shuffled.edges[j] = swap;
    }
    again = solve(&shuffled, p, own);
    assert_same_bits(s, &again);
    release(&again);
}

static void check_renumbering(const char *name, const struct list *l,
                              const struct eco_influence_params *p,
                              const double *own, const struct solved *s)
{
    struct list moved = *l;
    uint32_t *to = grab(l->n, sizeof(*to));
    double *moved_own = grab(l->n, sizeof(*moved_own));
    struct solved want = room(l->n), got;

    for (uint32_t v = 0; v < l->n; v++) {
        uint32_t at = below(&moved.seed, v + 1);

        to[v] = to[at];
        to[at] = v;
    }
    moved.edges = grab(l->m, sizeof(*moved.edges));
    for (uint64_t e = 0; e < l->m; e++)
        moved.edges[e] =
            (struct eco_edge){ to[l->edges[e].base], to[l->edges[e].derived],
                               l->edges[e].tag };
    for (uint32_t v = 0; v < l->n; v++) {
        moved_own[to[v]] = own[v];
        want.influence[to[v]] = s->influence[v];
        want.children[to[v]] = s->children[v];
        want.parents[to[v]] = s->parents[v];
    }
    got = solve(&moved, p, moved_own);
    assert_agree(name, &got, &want);
    assert_int_equal(got.stats.off_tree, s->stats.off_tree);
    release(&got);
    release(&want);
    free(moved.edges);
    free(moved_own);
    free(to);
}

static void check_shape(const struct shape *shape, int params, uint64_t seed)
{
    struct list l = { .seed = seed };
    struct eco_influence_params p;
    struct solved s, want;
    double *own;

    shape->make(&l);
    make_params(params, &l.seed, &p);
    own = make_own(l.n, &l.seed);

    s = solve(&l, &p, own);
    want = reference(&l, &p, own);
    assert_agree(shape->name, &s, &want);
    assert_adds_up(shape->name, &s, own);
    assert_true(s.stats.residual <= 1e-13);
    if (shape->forest) {
        assert_int_equal(s.stats.rounds, 0);
        assert_int_equal(s.stats.off_tree, 0);
    } else {
        assert_true(s.stats.rounds > 0 && s.stats.off_tree > 0);
    }
    if (params == 0)
        assert_true(s.stats.rounds <= 60);
    check_repeat_and_order(&l, &p, own, &s);
    check_renumbering(shape->name, &l, &p, own, &s);

    release(&s);
    release(&want);
    free(own);
    free(l.edges);
}

static void every_shape_under_the_default_parameters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        for (uint64_t seed = 1; seed <= 5; seed++)
            check_shape(&shapes[i], 0, seed);
    }
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void every_shape_under_other_parameters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        for (int params = 1; params < PARAMS; params++)
            check_shape(&shapes[i], params, (uint64_t)(100 + params));
    }
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* A million models one below the other: no recursion anywhere. */
static void depth_has_no_limit(void **state)
{
    static const struct shape deep = { "long chain", long_chain, true };

    (void)state;
    check_shape(&deep, 0, 7);
}

/* Small graphs of every kind, many of them: where the odd cases are. */
static void many_small_graphs(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct list l = { .seed = seed };
        struct eco_influence_params p;
        struct solved s, want;
        double *own;
        uint64_t m;

        start(&l, 1 + below(&l.seed, 8), 16);
        m = below(&l.seed, 17);
        while (l.m < m)
            add(&l, below(&l.seed, l.n), below(&l.seed, l.n));
        make_params((int)(seed % PARAMS), &l.seed, &p);
        own = make_own(l.n, &l.seed);
        s = solve(&l, &p, own);
        want = reference(&l, &p, own);
        assert_agree("small graph", &s, &want);
        assert_adds_up("small graph", &s, own);
        release(&s);
        release(&want);
        free(own);
        free(l.edges);
    }
}

/* Influence can only grow when a fact grows: all coefficients are >= 0. */
static void more_own_influence_lowers_nobody(void **state)
{
    struct list l = { .seed = 3 };
    struct solved before, after;
    double *own;

    (void)state;
    sparse(&l);
    own = make_own(l.n, &l.seed);
    before = solve(&l, &eco_influence_defaults, own);
    own[17] += 1000;
    after = solve(&l, &eco_influence_defaults, own);
    assert_true(after.influence[17] >= before.influence[17] + 1000);
    for (uint32_t v = 0; v < l.n; v++)
        assert_true(after.influence[v] >= before.influence[v] * (1 - 1e-12));
    release(&before);
    release(&after);
    free(own);
    free(l.edges);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_under_the_default_parameters),
        cmocka_unit_test(every_shape_under_other_parameters),
        cmocka_unit_test(depth_has_no_limit),
        cmocka_unit_test(many_small_graphs),
        cmocka_unit_test(more_own_influence_lowers_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
