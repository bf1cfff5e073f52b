/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "graph/layout.h"
#include "graph/relatives.h"

/*
 * Forests of many shapes: every place is finite, no two discs overlap, a second
 * run gives the same bits, and a tree behind the others moves none of them.
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TOP ECO_LAYOUT_TOP

/* The header's promise needs float places up to here. */
#define FARTHEST 8e6

static void *grab(uint64_t n, size_t size)
{
    void *ptr = calloc(n ? n : 1, size);

    assert_non_null(ptr);
    return ptr;
}

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* --- networks ---------------------------------------------------------- */

struct net {
    uint32_t n, m;
    uint32_t *parent, *author, *from, *to;
    float *radius, *x, *y;
    uint8_t *sector;
    uint64_t seed;
};

static uint32_t below(struct net *net, uint32_t n)
{
    return (uint32_t)(next_random(&net->seed) % n);
}

static struct net new_net(uint32_t n, uint32_t m, uint64_t seed)
{
    return (struct net){ .n = n,
                         .m = m,
                         .seed = seed,
                         .parent = grab(n, sizeof(uint32_t)),
                         .author = grab(n, sizeof(uint32_t)),
                         .from = grab(m, sizeof(uint32_t)),
                         .to = grab(m, sizeof(uint32_t)),
                         .radius = grab(n, sizeof(float)),
                         .x = grab(n, sizeof(float)),
                         .y = grab(n, sizeof(float)),
                         .sector = grab(n, 1) };
}

static void free_net(struct net *net)
{
    free(net->parent);
    free(net->author);
    free(net->from);
    free(net->to);
    free(net->radius);
    free(net->x);
    free(net->y);
    free(net->sector);
}

/* Parents are any smaller numbers; put them in breadth-first order. */
static void order(struct net *net)
{
    uint32_t *at = grab(net->n, sizeof(*at)), *parent, end = 0;
    uint32_t *off = grab((uint64_t)net->n + 2, sizeof(*off));

    parent = grab(net->n, sizeof(*parent));
    for (uint32_t i = 0; i < net->n; i++) /* tops: list 0; of i: list i + 1 */
        off[net->parent[i] == TOP ? 1 : net->parent[i] + 2]++;
    for (uint32_t i = 0; i <= net->n; i++)
        off[i + 1] += off[i];
    for (uint32_t i = 0; i < net->n; i++)
        at[off[net->parent[i] == TOP ? 0 : net->parent[i] + 1]++] = i;
    /* `at` has the lists one after the other, each in the order of numbers */
    for (uint32_t i = 0; i < off[0]; i++) {
        parent[end++] = TOP;
        net->author[i] = at[i];
    }
    for (uint32_t k = 0; k < end; k++) {
        uint32_t i = net->author[k];

        for (uint32_t c = off[i]; c < off[i + 1]; c++) {
            parent[end] = k;
            net->author[end++] = at[c];
        }
    }
    memcpy(net->parent, parent, net->n * sizeof(*parent));
    free(at);
    free(off);
    free(parent);
}

static void star(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i ? 0 : TOP;
}

static void chain(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i ? i - 1 : TOP;
}

static void lone(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = TOP;
}

static void caterpillar(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i == 0 ? TOP : i < 3 ? 0 : (i - 1) / 2 * 2 - 1;
}

/* One hub, each of whose children has one child. */
static void pairs(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i == 0 ? TOP : i <= net->n / 2 ? 0 : i - net->n / 2;
}

static void binary(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i ? (i - 1) / 2 : TOP;
}

static void any_tree(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i ? below(net, i) : TOP;
}

/* What has derived models gets more of them. */
static void hub_like(struct net *net)
{
    uint32_t tops = 1 + below(net, 40);

    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t other = i ? below(net, i) : 0;

        net->parent[i] = i < tops ? TOP
                         : below(net, 5) == 0 || net->parent[other] == TOP
                             ? other
                             : net->parent[other];
    }
}

static void many_trees(struct net *net)
{
    uint32_t tops = 1 + net->n / 4;

    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i < tops ? TOP : below(net, 1 + below(net, tops));
}

/* Long lines with bushes on them. */
static void lines(struct net *net)
{
    for (uint32_t i = 0; i < net->n; i++)
        net->parent[i] = i < 5 ? TOP : below(net, 3) ? i - 5 : below(net, i);
}

static const struct shape {
    const char *name;
    void (*make)(struct net *net);
} shapes[] = {
    { "star", star },
    { "chain", chain },
    { "lone", lone },
    { "caterpillar", caterpillar },
    { "pairs", pairs },
    { "binary", binary },
    { "any tree", any_tree },
    { "hub", hub_like },
    { "many trees", many_trees },
    { "lines", lines },
};

static float alike(struct net *net)
{
    (void)net;
    return 6;
}

static float as_on_the_hub(struct net *net)
{
    return below(net, 30) ? 5 + (float)below(net, 30) / 10
                          : 8 + (float)below(net, 92);
}

static float wild(struct net *net)
{
    return 0.01f * (float)pow(10, below(net, 50) / 10.0);
}

static float (*const radii[])(struct net *net) = { alike, as_on_the_hub, wild };

static struct net make(const struct shape *shape, uint32_t n, uint32_t sizes,
                       uint64_t seed)
{
    struct net net = new_net(n, n / 20, seed);

    shape->make(&net);
    order(&net);
    for (uint32_t i = 0; i < n; i++) {
        net.radius[i] = radii[sizes](&net);
        net.author[i] = below(&net, 3) ? below(&net, 1 + n / 5) : UINT32_MAX;
        net.sector[i] = (uint8_t)below(&net, below(&net, 4) ? 4 : 256);
    }
    for (uint32_t e = 0; e < net.m; e++) {
        net.from[e] = below(&net, n);
        net.to[e] = below(&net, n);
    }
    return net;
}

static void place(struct net *net)
{
    struct eco_layout_input in = { net->n,      net->parent, net->radius,
                                   net->sector, net->author, net->m,
                                   net->from,   net->to };
    struct eco_err err = { 0 };

    memset(net->x, 0xff, net->n * sizeof(*net->x));
    memset(net->y, 0xff, net->n * sizeof(*net->y));
    if (eco_layout_place(&in, net->x, net->y, &err))
        fail_msg("%s", err.msg);
}

/* --- properties -------------------------------------------------------- */

struct disc {
    double left, x, y, r;
    uint32_t node;
};

static int by_left(const void *a, const void *b)
{
    const struct disc *p = a, *q = b;

    return p->left < q->left ? -1 : p->left > q->left;
}

static void assert_no_overlap(const char *name, const struct net *net)
{
    struct disc *d = grab(net->n, sizeof(*d));

    for (uint32_t i = 0; i < net->n; i++) {
        double x = (double)net->x[i], y = (double)net->y[i];
        double r = (double)net->radius[i];

        if (!(fabs(x) < FARTHEST && fabs(y) < FARTHEST))
            fail_msg("%s: node %u is at %g, %g", name, i, x, y);
        d[i] = (struct disc){ x - r, x, y, r, i };
    }
    qsort(d, net->n, sizeof(*d), by_left);
    for (uint32_t i = 0; i < net->n; i++) {
        double room = (double)ECO_LAYOUT_GAP / 2;

        for (uint32_t j = i + 1;
             j < net->n && d[j].left < d[i].x + d[i].r + room; j++)
            if (hypot(d[i].x - d[j].x, d[i].y - d[j].y) <
                d[i].r + d[j].r + room)
                fail_msg("%s, %u nodes, seed of %llu: %u and %u overlap", name,
                         net->n, (unsigned long long)net->seed, d[i].node,
                         d[j].node);
    }
    free(d);
}

static void assert_same_bits(const char *name, struct net *net)
{
    size_t bytes = net->n * sizeof(float);
    float *x = grab(net->n, sizeof(*x)), *y = grab(net->n, sizeof(*y));

    memcpy(x, net->x, bytes);
    memcpy(y, net->y, bytes);
    place(net);
    if (memcmp(x, net->x, bytes) != 0 || memcmp(y, net->y, bytes) != 0)
        fail_msg("%s: a second run gives other places", name);
    free(x);
    free(y);
}

/* The same network with a lone node behind the trees. */
static struct net with_one_more(const struct net *net)
{
    struct net more = new_net(net->n + 1, net->m, net->seed);
    uint32_t tops = 0;

    while (tops < net->n && net->parent[tops] == TOP)
        tops++;
    more.parent[tops] = TOP;
    more.author[tops] = UINT32_MAX;
    more.radius[tops] = 4;
    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t j = i + (i >= tops), parent = net->parent[i];

        more.parent[j] = parent == TOP ? TOP : parent + (parent >= tops);
        more.author[j] = net->author[i];
        more.radius[j] = net->radius[i];
        more.sector[j] = net->sector[i];
    }
    for (uint32_t e = 0; e < net->m; e++) {
        more.from[e] = net->from[e] + (net->from[e] >= tops);
        more.to[e] = net->to[e] + (net->to[e] >= tops);
    }
    return more;
}

static void assert_nothing_moves(const char *name, const struct net *net)
{
    struct net more = with_one_more(net);

    place(&more);
    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t j = i + (net->parent[i] != TOP);

        if (net->x[i] != more.x[j] || net->y[i] != more.y[j])
            fail_msg("%s: node %u of %u was moved by a tree behind it", name, i,
                     net->n);
    }
    free_net(&more);
}

static void check(const struct shape *shape, uint32_t n, uint32_t sizes,
                  uint64_t seed)
{
    struct net net = make(shape, n, sizes, seed);

    place(&net);
    assert_no_overlap(shape->name, &net);
    assert_same_bits(shape->name, &net);
    assert_nothing_moves(shape->name, &net);
    free_net(&net);
}

static void every_shape(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++)
        for (uint32_t sizes = 0; sizes < COUNT(radii); sizes++)
            for (uint64_t seed = 1; seed <= 3; seed++)
                check(&shapes[i], 4000, sizes, seed);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* Where the odd cases are. */
static void many_small_networks(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3000; seed++)
        check(&shapes[seed % COUNT(shapes)], (uint32_t)(1 + seed * seed % 97),
              (uint32_t)(seed % COUNT(radii)), seed);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void the_largest_networks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct net net = make(&shapes[i], 100000, 1, 1);

        place(&net);
        assert_no_overlap(shapes[i].name, &net);
        free_net(&net);
    }
}

/* Cross edges are shorter than they are when nobody looks at them. */
static void relatives_come_together(void **state)
{
    double near = 0, far = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct net net = make(&shapes[8], 2000, 1, seed);
        uint32_t m = net.m;

        for (uint32_t i = 0; i < net.n; i++)
            net.author[i] = UINT32_MAX;
        for (uint32_t e = 0; e < m; e++)
            net.to[e] = net.from[e] + (net.from[e] + 1 < net.n);
        for (int with = 0; with < 2; with++) {
            net.m = with ? m : 0;
            place(&net);
            for (uint32_t e = 0; e < m; e++)
                *(with ? &near : &far) += hypot(
                    (double)net.x[net.from[e]] - (double)net.x[net.to[e]],
                    (double)net.y[net.from[e]] - (double)net.y[net.to[e]]);
        }
        free_net(&net);
    }
    if (near > 0.8 * far)
        fail_msg("cross edges have %g of their length", near / far);
}

/* One edge at a time, against climbing step by step: of two different nodes in
 * breadth-first order the one with the larger number is not above the other. */
static void siblings_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct net net = make(&shapes[i], 300, 0, i);
        struct eco_layout_input in = { net.n,      net.parent, net.radius,
                                       net.sector, net.author, 1,
                                       net.from,   net.to };
        uint32_t *number = grab(net.n, sizeof(*number));

        for (uint32_t k = 0; k < net.n; k++) {
            number[k] = k;
            net.author[k] = UINT32_MAX;
        }
        for (uint32_t e = 0; e < 1000; e++) {
            uint32_t a = below(&net, net.n), b = below(&net, net.n);
            struct eco_relatives r;

            net.from[0] = a;
            net.to[0] = b;
            assert_int_equal(eco_relatives_find(&r, &in, number, net.n, NULL),
                             0);
            while (a != b && net.parent[a] != net.parent[b])
                if (a > b)
                    a = net.parent[a];
                else
                    b = net.parent[b];
            assert_int_equal(r.off[net.n], a == b ? 0 : 2);
            if (a != b) {
                assert_int_equal(r.off[a + 1] - r.off[a], 1);
                assert_int_equal(r.list[r.off[a]].number, b);
                assert_int_equal(r.list[r.off[b]].number, a);
            }
            eco_relatives_release(&r);
        }
        free(number);
        free_net(&net);
    }
    assert_int_equal(eco_test_live_blocks(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape),
        cmocka_unit_test(many_small_networks),
        cmocka_unit_test(the_largest_networks),
        cmocka_unit_test(relatives_come_together),
        cmocka_unit_test(siblings_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
