/* SPDX-License-Identifier: MIT */
/*
 * bench influence SNAPSHOT - the influence of a whole snapshot, three ways
 *
 * The solver, plain iteration to 1e-6 of the largest value, and igraph's
 * PageRank (its default, PRPACK) on the same edges, base to derived turned
 * round. One thread each, the best of RUNS. Prints one JSON object.
 */
#include <igraph/igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "graph/influence.h"
#include "snapshot/reader.h"

#define RUNS 5
#define ITERATION_TOLERANCE 1e-6

struct bench {
    const struct eco_snap *snap;
    const struct eco_graph *g;
    struct eco_influence_params params;
    double *own, *x, *next, *children, *parents;
};

static double *array(uint32_t n)
{
    double *a = eco_calloc(n, sizeof(*a));

    if (!a) {
        fprintf(stderr, "no memory for %u numbers\n", n);
        exit(1);
    }
    return a;
}

static void set_own(struct bench *b)
{
    const struct eco_snap *s = b->snap;

    for (uint32_t v = 0; v < b->g->n; v++)
        b->own[v] = s->influence[v] - s->part_children[v] - s->part_parents[v];
}

static double solve(struct bench *b, struct eco_influence_stats *stats)
{
    struct eco_err err = { 0 };
    double started = eco_monotonic_s();

    if (eco_influence_solve(b->g, &b->params, b->own, b->x, b->children,
                            b->parents, stats, &err)) {
        fprintf(stderr, "%s\n", err.msg);
        exit(1);
    }
    return eco_monotonic_s() - started;
}

/* One sweep of the formula; the largest change, relative to the largest
 * value. */
static double sweep(struct bench *b)
{
    const struct eco_graph *g = b->g;
    double change = 0, largest = 0;

    for (uint32_t v = 0; v < g->n; v++) {
        double down = 0, up = 0;

        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++)
            down += b->params.relations[g->down_tag[e] & ECO_EDGE_RELATION] *
                    b->x[g->down[e]];
        for (uint64_t e = g->up_off[v]; e < g->up_off[v + 1]; e++)
            up += b->params.relations[g->up_tag[e] & ECO_EDGE_RELATION] *
                  b->x[g->up[e]];
        if (g->down_off[v + 1] > g->down_off[v])
            down /= (double)(g->down_off[v + 1] - g->down_off[v]);
        if (g->up_off[v + 1] > g->up_off[v])
            up /= (double)(g->up_off[v + 1] - g->up_off[v]);
        b->next[v] =
            b->own[v] + b->params.alpha[1] * down + b->params.alpha[2] * up;
        change = fmax(change, fabs(b->next[v] - b->x[v]));
        largest = fmax(largest, fabs(b->next[v]));
    }
    memcpy(b->x, b->next, g->n * sizeof(*b->x));
    return largest > 0 ? change / largest : 0;
}

static double iterate(struct bench *b, int *sweeps)
{
    double started = eco_monotonic_s();

    memset(b->x, 0, b->g->n * sizeof(*b->x));
    *sweeps = 0;
    do
        (*sweeps)++;
    while (sweep(b) > ITERATION_TOLERANCE);
    return eco_monotonic_s() - started;
}

static void igraph_from(const struct eco_graph *g, igraph_t *graph)
{
    igraph_vector_int_t edges;
    igraph_integer_t at = 0;

    igraph_vector_int_init(&edges, (igraph_integer_t)(2 * g->m));
    for (uint32_t v = 0; v < g->n; v++)
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++) {
            VECTOR(edges)[at++] = g->down[e];
            VECTOR(edges)[at++] = v;
        }
    igraph_create(graph, &edges, (igraph_integer_t)g->n, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&edges);
}

static double pagerank(const igraph_t *graph)
{
    igraph_vector_t scores;
    igraph_real_t value;
    double started;

    igraph_vector_init(&scores, 0);
    started = eco_monotonic_s();
    if (igraph_pagerank(graph, IGRAPH_PAGERANK_ALGO_PRPACK, &scores, &value,
                        igraph_vss_all(), IGRAPH_DIRECTED, 0.85, NULL, NULL)) {
        fprintf(stderr, "igraph failed\n");
        exit(1);
    }
    started = eco_monotonic_s() - started;
    igraph_vector_destroy(&scores);
    return started;
}

static double best(double a, double b)
{
    return a < b ? a : b;
}

int main(int argc, char **argv)
{
    struct bench b = { .params = eco_influence_defaults };
    struct eco_influence_stats stats;
    struct eco_snap *snap;
    struct eco_err err = { 0 };
    double t_solve = HUGE_VAL, t_iterate = HUGE_VAL, t_pagerank = HUGE_VAL;
    int sweeps = 0;
    igraph_t graph;

    if (argc != 2 || eco_snap_open(argv[1], &snap, &err)) {
        fprintf(stderr, "usage: bench_influence SNAPSHOT\n%s\n", err.msg);
        return 2;
    }
    b.snap = snap;
    b.g = &snap->graph;
    b.own = array(b.g->n);
    b.x = array(b.g->n);
    b.next = array(b.g->n);
    b.children = array(b.g->n);
    b.parents = array(b.g->n);
    set_own(&b);
    igraph_from(b.g, &graph);
    for (int i = 0; i < RUNS; i++) {
        t_solve = best(t_solve, solve(&b, &stats));
        t_iterate = best(t_iterate, iterate(&b, &sweeps));
        t_pagerank = best(t_pagerank, pagerank(&graph));
    }
    printf("{\"nodes\":%u,\"edges\":%llu,\"runs\":%d,\"solve_s\":%.6f,"
           "\"residual\":%.3g,\"core_edges\":%llu,\"iterate_s\":%.6f,"
           "\"iterate_sweeps\":%d,\"igraph_pagerank_s\":%.6f,"
           "\"igraph\":\"%s\"}\n",
           b.g->n, (unsigned long long)b.g->m, RUNS, t_solve, stats.residual,
           (unsigned long long)stats.off_tree, t_iterate, sweeps, t_pagerank,
           IGRAPH_VERSION);
    igraph_destroy(&graph);
    eco_free(b.own);
    eco_free(b.x);
    eco_free(b.next);
    eco_free(b.children);
    eco_free(b.parents);
    eco_snap_unref(snap);
    return 0;
}
