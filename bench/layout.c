/* SPDX-License-Identifier: MIT */
/*
 * bench layout - places for networks of several sizes and shapes
 *
 * First families as on the Hub, at 1,000, 10,000 and 100,000 nodes, one in
 * twenty with a second base; at the first two sizes igraph's force-directed
 * layout (Fruchterman and Reingold, its grid variant) beside it: a few rounds,
 * so that the time of one is known; its default is 500. Its tree layout
 * (Reingold and Tilford) is there for the time only, for it knows no discs. Then
 * shapes that would be slow if anything here were quadratic. One thread, the
 * best of RUNS. Prints one JSON object.
 */
#include <igraph/igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "graph/layout.h"

#define RUNS 5
#define ROUNDS 10
#define MOST 100000u

struct net {
    uint32_t n;
    uint64_t m;
    uint32_t parent[MOST], author[MOST], from[MOST], to[MOST];
    float radius[MOST], x[MOST], y[MOST];
    uint8_t sector[MOST];
    uint64_t seed;
};

/* --- shapes ------------------------------------------------------------ */

static uint32_t below(struct net *net, uint32_t n)
{
    uint64_t z = net->seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ (z >> 31)) % n);
}

static uint32_t *array(uint32_t n)
{
    uint32_t *a = eco_calloc(n, sizeof(*a));

    if (!a) {
        fprintf(stderr, "no memory for %u numbers\n", n);
        exit(1);
    }
    return a;
}

/* Number the nodes again so that they are in breadth-first order; parents have
 * smaller numbers than their children. */
static void order(struct net *net)
{
    uint32_t n = net->n, end = 0, none = n;
    uint32_t *first = array(n + 1), *next = array(n), *at = array(n);
    uint32_t *parent = array(n), top = none;

    for (uint32_t i = 0; i <= n; i++)
        first[i] = none;
    for (uint32_t i = n; i-- > 0;) {
        uint32_t *list =
            net->parent[i] == ECO_LAYOUT_TOP ? &top : &first[net->parent[i]];

        next[i] = *list;
        *list = i;
    }
    for (uint32_t i = top; i != none; i = next[i]) {
        parent[end] = ECO_LAYOUT_TOP;
        at[end++] = i;
    }
    for (uint32_t k = 0; k < end; k++)
        for (uint32_t i = first[at[k]]; i != none; i = next[i]) {
            parent[end] = k;
            at[end++] = i;
        }
    memcpy(net->parent, parent, n * sizeof(*parent));
    eco_free(first);
    eco_free(next);
    eco_free(at);
    eco_free(parent);
}

/* A fifth of all on the first node; of the others most derive from what has
 * derived models already, and one in twenty begins a family. */
static void hub_like(struct net *net)
{
    uint32_t tops = net->n / 500 + 5;

    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t other = i ? below(net, i) : 0;

        if (i < tops)
            net->parent[i] = ECO_LAYOUT_TOP;
        else if (below(net, 5) == 0)
            net->parent[i] = 0;
        else if (below(net, 12) == 0 || net->parent[other] == ECO_LAYOUT_TOP)
            net->parent[i] = other;
        else
            net->parent[i] = net->parent[other];
    }
    order(net);
    while (net->m < net->n / 20) {
        net->from[net->m] = below(net, net->n);
        net->to[net->m++] = below(net, net->n);
    }
}

static void star(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = 0;
}

static void chain(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = i - 1;
}

static void lone(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = ECO_LAYOUT_TOP;
}

static void thousand_trees(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] =
            i < 1000 ? ECO_LAYOUT_TOP : below(net, 1 + below(net, 1000));
    order(net);
}

static void caterpillar(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = i < 3 ? 0 : (i - 1) / 2 * 2 - 1;
}

/* One hub, each of whose children has one child. */
static void pairs(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = i <= net->n / 2 ? 0 : i - net->n / 2;
}

/* Every hub has just as many sub-hubs as are packed with most work. */
static void wide(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = i <= 25 ? 0 : i <= 50000 ? 1 + i % 25 : i - 49999 + 24;
    order(net);
}

static void binary(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = (i - 1) / 2;
}

static void random_tree(struct net *net)
{
    for (uint32_t i = 1; i < net->n; i++)
        net->parent[i] = below(net, i);
    order(net);
}

static const struct shape {
    const char *name;
    void (*make)(struct net *net);
    uint32_t n;
} shapes[] = {
    { "hub_1000", hub_like, 1000 },
    { "hub_10000", hub_like, 10000 },
    { "hub_100000", hub_like, MOST },
    { "star", star, MOST },
    { "chain", chain, MOST },
    { "lone", lone, MOST },
    { "thousand_trees", thousand_trees, MOST },
    { "caterpillar", caterpillar, MOST },
    { "pairs", pairs, MOST },
    { "wide", wide, MOST },
    { "binary", binary, MOST },
    { "random_tree", random_tree, MOST },
};

static void make(struct net *net, const struct shape *shape)
{
    uint32_t *children = array(shape->n);

    net->n = shape->n;
    net->m = 0;
    net->seed = 1;
    net->parent[0] = ECO_LAYOUT_TOP;
    shape->make(net);
    for (uint32_t i = net->n; i-- > 0;) {
        if (net->parent[i] != ECO_LAYOUT_TOP)
            children[net->parent[i]]++;
        net->radius[i] = 5 + (float)fmin(sqrt(children[i]), 40);
        net->author[i] = below(net, 1 + net->n / 10);
        net->sector[i] = (uint8_t)below(net, 4);
    }
    eco_free(children);
}

/* --- measures ---------------------------------------------------------- */

static double best(double a, double b)
{
    return a < b ? a : b;
}

static double place(struct net *net)
{
    struct eco_layout_input in = { net->n,      net->parent, net->radius,
                                   net->sector, net->author, net->m,
                                   net->from,   net->to };
    double least = HUGE_VAL;

    for (int i = 0; i < RUNS; i++) {
        struct eco_err err = { 0 };
        double started = eco_monotonic_s();

        if (eco_layout_place(&in, net->x, net->y, &err)) {
            fprintf(stderr, "%s\n", err.msg);
            exit(1);
        }
        least = best(least, eco_monotonic_s() - started);
    }
    return least;
}

/* The part of a circle around everything that discs cover. */
static double density(const struct net *net)
{
    double x = 0, y = 0, area = 0, far = 0;

    for (uint32_t i = 0; i < net->n; i++) {
        double r = (double)net->radius[i];

        area += r * r;
        x += r * r * (double)net->x[i];
        y += r * r * (double)net->y[i];
    }
    for (uint32_t i = 0; i < net->n; i++)
        far = fmax(far, hypot((double)net->x[i] - x / area,
                              (double)net->y[i] - y / area) +
                            (double)net->radius[i]);
    return area / (far * far);
}

/* --- the rivals -------------------------------------------------------- */

static void igraph_from(const struct net *net, igraph_t *graph)
{
    igraph_vector_int_t edges;

    igraph_vector_int_init(&edges, 0);
    for (uint32_t i = 0; i < net->n; i++)
        if (net->parent[i] != ECO_LAYOUT_TOP) {
            igraph_vector_int_push_back(&edges, net->parent[i]);
            igraph_vector_int_push_back(&edges, i);
        }
    for (uint64_t e = 0; e < net->m; e++) {
        igraph_vector_int_push_back(&edges, net->from[e]);
        igraph_vector_int_push_back(&edges, net->to[e]);
    }
    igraph_create(graph, &edges, net->n, IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&edges);
}

static double forces(const igraph_t *graph)
{
    igraph_matrix_t at;
    double started;

    igraph_matrix_init(&at, 0, 0);
    started = eco_monotonic_s();
    if (igraph_layout_fruchterman_reingold(graph, &at, false, ROUNDS, 10,
                                           IGRAPH_LAYOUT_GRID, NULL, NULL, NULL,
                                           NULL, NULL)) {
        fprintf(stderr, "igraph failed\n");
        exit(1);
    }
    started = eco_monotonic_s() - started;
    igraph_matrix_destroy(&at);
    return started / ROUNDS;
}

static double layers(const igraph_t *graph)
{
    igraph_matrix_t at;
    double started;

    igraph_matrix_init(&at, 0, 0);
    started = eco_monotonic_s();
    if (igraph_layout_reingold_tilford_circular(graph, &at, IGRAPH_ALL, NULL,
                                                NULL)) {
        fprintf(stderr, "igraph failed\n");
        exit(1);
    }
    started = eco_monotonic_s() - started;
    igraph_matrix_destroy(&at);
    return started;
}

static void print_rivals(const struct net *net)
{
    double round = HUGE_VAL, tree = HUGE_VAL;
    igraph_t graph;

    igraph_rng_seed(igraph_rng_default(), 1);
    igraph_from(net, &graph);
    for (int i = 0; i < 2; i++) {
        round = best(round, forces(&graph));
        tree = best(tree, layers(&graph));
    }
    printf(",\"forces_round_s\":%.6f,\"igraph_tree_s\":%.6f", round, tree);
    igraph_destroy(&graph);
}

int main(void)
{
    struct net *net = eco_calloc(1, sizeof(*net));
    size_t count = sizeof(shapes) / sizeof(shapes[0]);

    if (!net) {
        fprintf(stderr, "no memory\n");
        return 1;
    }
    printf("{\"runs\":%d,\"igraph\":\"%s\",\"shapes\":[", RUNS, IGRAPH_VERSION);
    for (size_t i = 0; i < count; i++) {
        double seconds;

        make(net, &shapes[i]);
        seconds = place(net);
        printf("%s{\"name\":\"%s\",\"nodes\":%u,\"place_s\":%.6f,"
               "\"density\":%.3f",
               i ? "," : "", shapes[i].name, net->n, seconds, density(net));
        if (shapes[i].make == hub_like && net->n <= 10000)
            print_rivals(net);
        printf("}");
        fflush(stdout);
    }
    printf("]}\n");
    eco_free(net);
    return 0;
}
