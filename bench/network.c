/* SPDX-License-Identifier: MIT */
/*
 * bench network SNAPSHOT - networks of about 1,000, 10,000 and 100,000 nodes
 *
 * Which ones: of the CANDIDATES most influential models, in the views `top` and
 * `full`, the network whose number of nodes is nearest to the aim; the largest
 * family of one of them in full; and the MANY most influential ones in full,
 * as far as the maximum goes. The whole query is timed, and the layout of its
 * result by itself; medians of RUNS, one thread. Prints one JSON object.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "graph/layout.h"
#include "query/network.h"

#define CANDIDATES 200u
#define MANY 15u
#define RUNS 15

/* A network to measure, and how far it is from its aim. */
struct subject {
    const char *name;
    uint32_t aim;
    uint32_t first, count; /* the chosen models: nodes first .. */
    enum eco_network_view view;
    uint32_t n;
};

enum { SMALL, MEDIUM, FAMILY, LARGE, SUBJECTS };

static _Noreturn void die(const char *what, const char *why)
{
    fprintf(stderr, "bench network: %s: %s\n", what, why);
    exit(1);
}

static double run(const struct eco_snap *s, const struct subject *c,
                  struct eco_network *out)
{
    struct eco_network_query q = { .n_roots = c->count, .view = c->view };
    struct eco_err err = { 0 };
    double started;

    for (uint32_t i = 0; i < c->count; i++)
        q.roots[i] = c->first + i;
    if (c->view == ECO_NETWORK_TOP)
        q.limit = ECO_DEFAULT_NETWORK_LIMIT;
    started = eco_monotonic_s();
    if (eco_network_run(s, &q, out, &err))
        die(c->name, err.msg);
    return eco_monotonic_s() - started;
}

static void *array(size_t n, size_t size)
{
    void *a = eco_calloc(n, size);

    if (!a)
        die("array", "no memory");
    return a;
}

/* What the query hands to the layout, made of its result. */
static double place(const struct eco_network *net)
{
    uint32_t *parent = array(net->n, sizeof(*parent));
    uint32_t *author = array(net->n, sizeof(*author));
    uint32_t *from = array(net->m + 1, sizeof(*from));
    uint32_t *to = array(net->m + 1, sizeof(*to));
    uint8_t *sector = array(net->n, sizeof(*sector));
    float *radius = array(net->n, sizeof(*radius));
    float *x = array(net->n, sizeof(*x)), *y = array(net->n, sizeof(*y));
    struct eco_layout_input in = { net->n, parent, radius, sector,
                                   author, net->m, from,   to };
    struct eco_err err = { 0 };
    double seconds;

    for (uint32_t i = 0; i < net->n; i++) {
        const struct eco_network_node *v = &net->nodes[i];

        parent[i] = v->parent == ECO_NETWORK_NONE ? ECO_LAYOUT_TOP : v->parent;
        author[i] = v->author;
        radius[i] = v->r;
        if (v->edge != ECO_NETWORK_NONE)
            sector[i] = net->edges[v->edge].relation;
    }
    for (uint64_t e = 0; e < net->m; e++) {
        from[e] = net->edges[e].source;
        to[e] = net->edges[e].target;
    }
    seconds = eco_monotonic_s();
    if (eco_layout_place(&in, x, y, &err))
        die("layout", err.msg);
    seconds = eco_monotonic_s() - seconds;
    for (uint32_t i = 0; i < net->n; i++)
        if (x[i] < net->nodes[i].x || x[i] > net->nodes[i].x ||
            y[i] < net->nodes[i].y || y[i] > net->nodes[i].y)
            die("layout", "other places than those of the query");
    eco_free(parent);
    eco_free(author);
    eco_free(from);
    eco_free(to);
    eco_free(sector);
    eco_free(radius);
    eco_free(x);
    eco_free(y);
    return seconds;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* Take the candidate where it fits better than what was found before. */
static void consider(struct subject *subjects, const struct subject *candidate)
{
    for (int i = 0; i <= FAMILY; i++) {
        struct subject *c = &subjects[i];

        if (i == FAMILY && candidate->view != ECO_NETWORK_FULL)
            continue;
        if (c->count &&
            distance(candidate->n, c->aim) >= distance(c->n, c->aim))
            continue;
        c->first = candidate->first;
        c->count = 1;
        c->view = candidate->view;
        c->n = candidate->n;
    }
}

static void find(const struct eco_snap *s, struct subject *subjects)
{
    static const enum eco_network_view views[] = { ECO_NETWORK_TOP,
                                                   ECO_NETWORK_FULL };

    for (uint32_t v = 0; v < CANDIDATES && v < s->meta->n_ranked; v++)
        for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++) {
            struct subject c = {
                .name = "candidate", .first = v, .count = 1, .view = views[i]
            };
            struct eco_network net;

            run(s, &c, &net);
            c.n = net.n;
            eco_network_release(&net);
            consider(subjects, &c);
        }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, RUNS, sizeof(*values), by_value);
    return values[RUNS / 2];
}

static void measure(const struct eco_snap *s, const struct subject *c)
{
    double whole[RUNS], layout[RUNS];
    struct eco_str id = eco_snap_id(s, c->first);
    struct eco_network net;

    for (int i = 0; i < RUNS; i++) {
        whole[i] = run(s, c, &net);
        layout[i] = place(&net);
        if (i < RUNS - 1)
            eco_network_release(&net);
    }
    printf("{\"name\":\"%s\",\"aim\":%u,", c->name, c->aim);
    if (c->count == 1)
        printf("\"model\":\"%.*s\",", (int)id.len, id.ptr);
    else
        printf("\"top\":%u,", c->count);
    printf("\"view\":\"%s\",\"nodes\":%u,\"edges\":%llu,\"family\":%u,"
           "\"left_out\":%u,\"whole_s\":%.6f,\"layout_s\":%.6f}",
           eco_network_view_name(c->view), net.n, (unsigned long long)net.m,
           net.family, net.left_out, median(whole), median(layout));
    eco_network_release(&net);
}

int main(int argc, char **argv)
{
    static struct subject subjects[SUBJECTS] = {
        [SMALL] = { .name = "1k", .aim = 1000 },
        [MEDIUM] = { .name = "10k", .aim = 10000 },
        [FAMILY] = { .name = "family", .aim = ECO_MAX_NETWORK_NODES },
        [LARGE] = { .name = "100k",
                    .aim = ECO_MAX_NETWORK_NODES,
                    .view = ECO_NETWORK_FULL },
    };
    struct eco_snap *snap;
    struct eco_err err = { 0 };

    if (argc != 2 || eco_snap_open(argv[1], &snap, &err))
        die("usage: bench/network SNAPSHOT", err.msg);
    if (!snap->meta->n_ranked)
        die(argv[1], "no models");
    subjects[LARGE].count =
        snap->meta->n_ranked < MANY ? snap->meta->n_ranked : MANY;
    find(snap, subjects);
    printf("{\"candidates\":%u,\"runs\":%d,\"networks\":[", CANDIDATES, RUNS);
    for (int i = 0; i < SUBJECTS; i++) {
        if (i)
            printf(",");
        measure(snap, &subjects[i]);
    }
    printf("]}\n");
    eco_snap_unref(snap);
    return 0;
}
