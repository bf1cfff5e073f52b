/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "graph/layout.h"

#define TOP ECO_LAYOUT_TOP
#define NOBODY UINT32_MAX
#define MOST 600
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A small network; discs of 6 with nothing else unless a test says so. */
struct net {
    uint32_t n, m;
    uint32_t parent[MOST], author[MOST], from[MOST], to[MOST];
    float radius[MOST], x[MOST], y[MOST];
    uint8_t sector[MOST];
};

static uint32_t add(struct net *net, uint32_t parent)
{
    uint32_t i = net->n++;

    assert_true(i < MOST);
    net->parent[i] = parent;
    net->author[i] = NOBODY;
    net->radius[i] = 6;
    net->sector[i] = 0;
    return i;
}

static void add_many(struct net *net, uint32_t n, uint32_t parent)
{
    while (n-- > 0)
        add(net, parent);
}

static void cross(struct net *net, uint32_t from, uint32_t to)
{
    net->from[net->m] = from;
    net->to[net->m++] = to;
}

static int try(struct net *net, struct eco_err *err)
{
    struct eco_layout_input in = { net->n,      net->parent, net->radius,
                                   net->sector, net->author, net->m,
                                   net->from,   net->to };

    return eco_layout_place(&in, net->x, net->y, err);
}

static double distance(const struct net *net, uint32_t i, uint32_t j)
{
    return hypot((double)net->x[i] - (double)net->x[j],
                 (double)net->y[i] - (double)net->y[j]);
}

/* Place it, and see that nothing overlaps. */
static void place(struct net *net)
{
    struct eco_err err = { 0 };

    if (try(net, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(eco_test_live_blocks(), 0);
    for (uint32_t i = 0; i < net->n; i++)
        for (uint32_t j = 0; j < i; j++)
            if (distance(net, i, j) <
                (double)(net->radius[i] + net->radius[j] + ECO_LAYOUT_GAP / 2))
                fail_msg("nodes %u and %u overlap", j, i);
    if (net->n > 0)
        assert_true(net->x[0] == 0 && net->y[0] == 0);
}

static double reach(const struct net *net)
{
    double far = 0;

    for (uint32_t i = 0; i < net->n; i++)
        far = fmax(far, distance(net, 0, i) + (double)net->radius[i]);
    return far;
}

/* --- shapes ------------------------------------------------------------ */

static void no_node_is_no_picture(void **state)
{
    struct net net = { 0 };

    (void)state;
    place(&net);
}

static void one_node_stands_in_the_middle(void **state)
{
    struct net net = { 0 };

    (void)state;
    add(&net, TOP);
    place(&net);
}

static void one_or_two_leaves_touch(void **state)
{
    const double touch = 2 * 6 + (double)ECO_LAYOUT_GAP;
    struct net net = { 0 };

    (void)state;
    add(&net, TOP);
    add(&net, 0);
    place(&net);
    assert_true(fabs(distance(&net, 0, 1) - touch) < 1e-4);
    add(&net, 0);
    place(&net);
    assert_true(fabs(distance(&net, 0, 1) - touch) < 1e-4);
    assert_true(fabs(distance(&net, 0, 2) - touch) < 1e-4);
    assert_true(fabs(distance(&net, 1, 2) - touch) < 1e-4);
}

/* Leaves of many sizes, larger and smaller than what they hang on. */
static void small_families_of_any_sizes(void **state)
{
    static const float radius[] = { 0.5f, 6, 100, 9999 };
    struct net net;

    (void)state;
    for (uint32_t k = 0; k < 4 * 4 * 4 * 4; k++) {
        memset(&net, 0, sizeof(net));
        add(&net, TOP);
        add(&net, 0);
        add(&net, 1);
        add(&net, 1);
        net.radius[0] = radius[k % 4];
        net.radius[1] = radius[k / 4 % 4];
        net.radius[2] = radius[k / 16 % 4];
        net.radius[3] = radius[k / 64];
        place(&net);
    }
}

static void a_star_is_round_and_full(void **state)
{
    struct net net = { 0 };
    double x = 0, y = 0, far;

    (void)state;
    add(&net, TOP);
    add_many(&net, 500, 0);
    net.radius[0] = 30;
    place(&net);
    for (uint32_t i = 1; i < net.n; i++) {
        x += (double)net.x[i];
        y += (double)net.y[i];
    }
    far = reach(&net);
    assert_true(fabs(x) < 1 && fabs(y) < 1);
    assert_true(500 * 64 > 0.5 * far * far); /* discs of 6 and half the gap */
    /* the first ones are nearest */
    assert_true(distance(&net, 0, 1) < 36 + (double)ECO_LAYOUT_GAP + 1);
    assert_true(distance(&net, 0, 500) > far - 8);
}

static void a_chain_coils_up(void **state)
{
    struct net net = { 0 };

    (void)state;
    add(&net, TOP);
    for (uint32_t i = 1; i < 500; i++)
        add(&net, i - 1);
    place(&net);
    assert_true(reach(&net) < 600);
    for (uint32_t i = 1; i + 1 < net.n; i++)
        assert_true(distance(&net, i, i - 1) < 13 + (double)ECO_LAYOUT_GAP);
}

static void children_surround_their_parent(void **state)
{
    struct net net = { 0 };

    (void)state;
    add(&net, TOP);
    add_many(&net, 20, 0); /* ten leaves, ten with five each */
    for (uint32_t i = 0; i < 50; i++)
        add(&net, 1 + i / 5);
    place(&net);
    for (uint32_t i = 11; i <= 20; i++)
        assert_true(distance(&net, 0, i) < 45);
    for (uint32_t i = 21; i < net.n; i++) {
        assert_true(distance(&net, 0, i) > 40);
        assert_true(distance(&net, net.parent[i], i) < 25);
    }
}

static void trees_stand_side_by_side(void **state)
{
    struct net net = { 0 };

    (void)state;
    add_many(&net, 2, TOP);
    add_many(&net, 5, 0);
    add_many(&net, 5, 1);
    place(&net);
    assert_true(distance(&net, 0, 1) > 40 && distance(&net, 0, 1) < 50);
}

/* --- rules ------------------------------------------------------------- */

static void the_same_input_gives_the_same_bits(void **state)
{
    static struct net net, again;

    (void)state;
    memset(&net, 0, sizeof(net));
    add_many(&net, 40, TOP);
    for (uint32_t i = 0; i < 500; i++)
        add(&net, i / 3);
    for (uint32_t i = 0; i < 50; i++)
        cross(&net, i * 7 % 540, i * 91 % 540);
    again = net;
    place(&net);
    memset(again.x, 0xa5, sizeof(again.x));
    memset(again.y, 0xa5, sizeof(again.y));
    place(&again);
    assert_memory_equal(net.x, again.x, net.n * sizeof(*net.x));
    assert_memory_equal(net.y, again.y, net.n * sizeof(*net.y));
}

/* Rings of 6, 12, 18, ... leaves: those that are full stay when more come. */
static void full_rings_stay(void **state)
{
    struct net few = { 0 }, many = { 0 };
    uint32_t full = 0;

    (void)state;
    add(&few, TOP);
    add_many(&few, 100, 0);
    place(&few);
    add(&many, TOP);
    add_many(&many, 400, 0);
    place(&many);
    while (full < few.n && few.x[full] == many.x[full] &&
           few.y[full] == many.y[full])
        full++;
    assert_int_equal(full, 1 + 6 + 12 + 18 + 25 + 31);
}

/* Sectors of all rings begin at the top and go round in their order. */
static void sectors_line_up(void **state)
{
    struct net net = { 0 };

    (void)state;
    add(&net, TOP);
    add_many(&net, 400, 0);
    for (uint32_t i = 1; i < net.n; i++)
        net.sector[i] = (uint8_t)(i % 2 ? 9 : 3);
    place(&net);
    for (uint32_t i = 1; i < net.n; i++) {
        if (fabs((double)net.x[i]) < 10)
            continue; /* on the border */
        assert_true((net.x[i] > 0) == (net.sector[i] == 3));
    }
}

static void a_last_tree_moves_nothing(void **state)
{
    static struct net net, more;

    (void)state;
    memset(&net, 0, sizeof(net));
    memset(&more, 0, sizeof(more));
    add_many(&net, 20, TOP);
    add_many(&more, 21, TOP);
    more.radius[20] = 3;
    for (uint32_t i = 0; i < 300; i++) {
        uint32_t parent = i / 2;

        add(&net, parent);
        add(&more, parent < 20 ? parent : parent + 1);
    }
    place(&net);
    place(&more);
    for (uint32_t i = 0; i < net.n; i++) {
        uint32_t j = i < 20 ? i : i + 1;

        assert_true(net.x[i] == more.x[j] && net.y[i] == more.y[j]);
    }
}

/* --- what belongs together --------------------------------------------- */

/* 30 trees of 5; the 25th has to do with the 3rd. */
static double related_trees(uint32_t edges, uint32_t author)
{
    struct net net = { 0 };

    add_many(&net, 30, TOP);
    for (uint32_t i = 0; i < 30; i++)
        add_many(&net, 4, i);
    for (uint32_t i = 0; i < edges; i++)
        cross(&net, 30 + 25 * 4 + i, 30 + 3 * 4 + i);
    net.author[3] = net.author[25] = author;
    place(&net);
    return distance(&net, 3, 25);
}

static void related_trees_are_neighbours(void **state)
{
    double far = related_trees(0, NOBODY);

    (void)state;
    assert_true(far > 80);
    assert_true(related_trees(3, NOBODY) < 0.6 * far);
    assert_true(related_trees(0, 7) < 0.6 * far);
}

/* 60 subtrees of 5 under one top; the last has to do with the 8th. */
static double related_siblings(uint32_t edges, uint32_t author)
{
    struct net net = { 0 };

    add(&net, TOP);
    add_many(&net, 60, 0);
    for (uint32_t i = 0; i < 60; i++)
        add_many(&net, 4, 1 + i);
    for (uint32_t i = 0; i < edges; i++)
        cross(&net, 61 + 59 * 4 + i, 61 + 7 * 4 + i);
    net.author[8] = net.author[60] = author;
    place(&net);
    return distance(&net, 8, 60);
}

static void related_siblings_are_neighbours(void **state)
{
    double far = related_siblings(0, NOBODY);

    (void)state;
    assert_true(far > 150);
    assert_true(related_siblings(3, NOBODY) < 0.7 * far);
    assert_true(related_siblings(0, 7) < 0.7 * far);
}

static void edges_of_the_forest_do_not_count(void **state)
{
    struct net net = { 0 }, with = { 0 };

    (void)state;
    add_many(&net, 10, TOP);
    for (uint32_t i = 0; i < 100; i++)
        add(&net, i / 3);
    with = net;
    for (uint32_t i = 10; i < with.n; i++)
        cross(&with, i % 2 ? i : with.parent[i], i % 2 ? with.parent[i] : i);
    cross(&with, 0, 0);
    place(&net);
    place(&with);
    assert_memory_equal(net.x, with.x, net.n * sizeof(*net.x));
    assert_memory_equal(net.y, with.y, net.n * sizeof(*net.y));
}

/* --- what is refused --------------------------------------------------- */

static void assert_refused(struct net *net, const char *message)
{
    struct eco_err err = { 0 };

    assert_int_equal(try(net, &err), ECO_EINVAL);
    assert_string_equal(err.msg, message);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void bad_radii_are_refused(void **state)
{
    static const float bad[] = { 0, -1, 10001, INFINITY, NAN };
    static const char *const text[] = { "0", "-1", "10001", "inf", "nan" };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct net net = { 0 };
        char message[128];

        add_many(&net, 3, TOP);
        net.radius[1] = bad[i];
        snprintf(message, sizeof(message),
                 "layout: node 1 has a radius of %s, not above 0 and at most "
                 "10000",
                 text[i]);
        assert_refused(&net, message);
    }
}

static void bad_orders_are_refused(void **state)
{
    static const struct {
        uint32_t parent[4];
        const char *message;
    } cases[] = {
        { { 0, TOP, TOP, TOP },
          "layout: node 0 with the parent 0 is not in breadth-first order" },
        { { TOP, 0, 3, 0 },
          "layout: node 2 with the parent 3 is not in breadth-first order" },
        { { TOP, 0, 1, 0 },
          "layout: node 3 with the parent 0 is not in breadth-first order" },
        { { TOP, 0, TOP, 0 },
          "layout: node 2 with the parent 4294967295 is not in breadth-first "
          "order" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct net net = { 0 };

        for (uint32_t k = 0; k < 4; k++)
            add(&net, cases[i].parent[k]);
        assert_refused(&net, cases[i].message);
    }
}

static void edges_to_nowhere_are_refused(void **state)
{
    struct net net = { 0 };

    (void)state;
    add_many(&net, 2, TOP);
    cross(&net, 0, 1);
    cross(&net, 1, 2);
    assert_refused(&net, "layout: edge 1 from node 1 to 2 of 2");
}

/* --- memory ------------------------------------------------------------ */

static void every_allocation_may_fail(void **state)
{
    struct net net = { 0 };
    long n = 0;
    int rc;

    (void)state;
    add_many(&net, 3, TOP);
    add_many(&net, 3, 0);
    add_many(&net, 3, 3);
    cross(&net, 8, 1);
    do {
        struct eco_err err = { 0 };

        assert_true(n < 50);
        eco_test_fail_alloc_after(n++);
        rc = try(&net, &err);
        assert_true(rc == 0 || rc == ECO_ENOMEM);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc);
    eco_test_fail_alloc_after(-1);
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_node_is_no_picture),
        cmocka_unit_test(one_node_stands_in_the_middle),
        cmocka_unit_test(one_or_two_leaves_touch),
        cmocka_unit_test(small_families_of_any_sizes),
        cmocka_unit_test(a_star_is_round_and_full),
        cmocka_unit_test(a_chain_coils_up),
        cmocka_unit_test(children_surround_their_parent),
        cmocka_unit_test(trees_stand_side_by_side),
        cmocka_unit_test(the_same_input_gives_the_same_bits),
        cmocka_unit_test(full_rings_stay),
        cmocka_unit_test(sectors_line_up),
        cmocka_unit_test(a_last_tree_moves_nothing),
        cmocka_unit_test(related_trees_are_neighbours),
        cmocka_unit_test(related_siblings_are_neighbours),
        cmocka_unit_test(edges_of_the_forest_do_not_count),
        cmocka_unit_test(bad_radii_are_refused),
        cmocka_unit_test(bad_orders_are_refused),
        cmocka_unit_test(edges_to_nowhere_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
