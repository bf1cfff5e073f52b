/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdbool.h>
#include <string.h>

#include "graph/graph.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define D 0x80 /* ECO_EDGE_DECLARED, as an int */

static struct eco_graph_store built(uint32_t n, const struct eco_edge *edges,
                                    uint64_t m)
{
    struct eco_edge copy[512];
    struct eco_graph_store g;
    struct eco_err err = { 0 };

    assert_true(m <= COUNT(copy));
    if (m)
        memcpy(copy, edges, m * sizeof(*copy));
    assert_int_equal(eco_graph_build(n, copy, m, &g, &err), 0);
    assert_int_equal(err.code, 0);
    return g;
}

static void assert_row(const uint64_t *off, const uint32_t *ends, uint32_t v,
                       const uint32_t *want, uint64_t n)
{
    assert_int_equal(off[v + 1] - off[v], n);
    for (uint64_t i = 0; i < n; i++)
        assert_int_equal(ends[off[v] + i], want[i]);
}

static void relations_have_the_hubs_names(void **state)
{
    (void)state;
    assert_string_equal(eco_relation_name(ECO_ADAPTER), "adapter");
    assert_string_equal(eco_relation_name(ECO_FINETUNE), "finetune");
    assert_string_equal(eco_relation_name(ECO_MERGE), "merge");
    assert_string_equal(eco_relation_name(ECO_QUANTIZED), "quantized");
}

static void an_empty_graph_has_offsets(void **state)
{
    struct eco_graph_store g;

    (void)state;
    assert_int_equal(eco_graph_build(0, NULL, 0, &g, NULL), 0);
    assert_int_equal(g.view.n, 0);
    assert_int_equal(g.view.m, 0);
    assert_int_equal(g.view.up_off[0], 0);
    assert_int_equal(g.view.down_off[0], 0);
    eco_graph_release(&g);

    g = built(3, NULL, 0);
    assert_int_equal(g.view.up_off[3], 0);
    assert_int_equal(g.view.down_off[3], 0);
    eco_graph_release(&g);
    assert_null(g.view.up);
    eco_graph_release(&g); /* released twice is as released once */
}

static void both_directions_rise_and_carry_the_tag(void **state)
{
    static const struct eco_edge edges[] = {
        { 4, 1, ECO_MERGE },         { 0, 3, ECO_ADAPTER | D },
        { 2, 1, ECO_MERGE | D },     { 0, 1, ECO_FINETUNE },
        { 1, 0, ECO_QUANTIZED | D }, { 0, 2, ECO_QUANTIZED },
    };
    struct eco_graph_store g = built(5, edges, COUNT(edges));

    (void)state;
    assert_int_equal(g.view.n, 5);
    assert_int_equal(g.view.m, 6);
    assert_int_equal(g.self_loops, 0);
    assert_int_equal(g.duplicates, 0);
    assert_row(g.view.down_off, g.view.down, 0, (uint32_t[]){ 1, 2, 3 }, 3);
    assert_row(g.view.down_off, g.view.down, 1, (uint32_t[]){ 0 }, 1);
    assert_row(g.view.down_off, g.view.down, 2, (uint32_t[]){ 1 }, 1);
    assert_row(g.view.down_off, g.view.down, 3, NULL, 0);
    assert_row(g.view.down_off, g.view.down, 4, (uint32_t[]){ 1 }, 1);
    assert_row(g.view.up_off, g.view.up, 0, (uint32_t[]){ 1 }, 1);
    assert_row(g.view.up_off, g.view.up, 1, (uint32_t[]){ 0, 2, 4 }, 3);
    assert_row(g.view.up_off, g.view.up, 2, (uint32_t[]){ 0 }, 1);
    assert_row(g.view.up_off, g.view.up, 3, (uint32_t[]){ 0 }, 1);
    assert_row(g.view.up_off, g.view.up, 4, NULL, 0);

    assert_memory_equal(
        g.view.down_tag,
        ((uint8_t[]){ ECO_FINETUNE, ECO_QUANTIZED, ECO_ADAPTER | D,
                      ECO_QUANTIZED | D, ECO_MERGE | D, ECO_MERGE }),
        6);
    assert_memory_equal(
        g.view.up_tag,
        ((uint8_t[]){ ECO_QUANTIZED | D, ECO_FINETUNE, ECO_MERGE | D, ECO_MERGE,
                      ECO_QUANTIZED, ECO_ADAPTER | D }),
        6);
    eco_graph_release(&g);
}

static void self_loops_are_dropped_and_counted(void **state)
{
    static const struct eco_edge edges[] = {
        { 1, 1, 0 }, { 0, 1, ECO_MERGE }, { 1, 1, D }, { 0, 0, 0 }
    };
    struct eco_graph_store g = built(2, edges, COUNT(edges));

    (void)state;
    assert_int_equal(g.view.m, 1);
    assert_int_equal(g.self_loops, 3);
    assert_int_equal(g.duplicates, 0);
    assert_row(g.view.up_off, g.view.up, 0, NULL, 0);
    assert_row(g.view.up_off, g.view.up, 1, (uint32_t[]){ 0 }, 1);
    eco_graph_release(&g);
}

static void of_a_pair_told_twice_the_better_tag_stays(void **state)
{
    static const struct {
        uint8_t a, b, stays;
    } rows[] = {
        { ECO_QUANTIZED | D, ECO_ADAPTER, ECO_QUANTIZED | D },
        { ECO_QUANTIZED, ECO_ADAPTER, ECO_ADAPTER },
        { ECO_QUANTIZED | D, ECO_MERGE | D, ECO_MERGE | D },
        { ECO_FINETUNE | D, ECO_FINETUNE, ECO_FINETUNE | D },
        { ECO_FINETUNE, ECO_FINETUNE, ECO_FINETUNE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct eco_edge told[2][2] = {
            { { 0, 1, rows[i].a }, { 0, 1, rows[i].b } },
            { { 0, 1, rows[i].b }, { 0, 1, rows[i].a } },
        };

        for (int order = 0; order < 2; order++) {
            struct eco_graph_store g = built(2, told[order], 2);

            assert_int_equal(g.view.m, 1);
            assert_int_equal(g.duplicates, 1);
            assert_int_equal(g.view.up_tag[0], rows[i].stays);
            assert_int_equal(g.view.down_tag[0], rows[i].stays);
            eco_graph_release(&g);
        }
    }
}

static void the_opposite_edge_is_not_a_duplicate(void **state)
{
    static const struct eco_edge edges[] = { { 0, 1, 0 }, { 1, 0, 1 } };
    struct eco_graph_store g = built(2, edges, 2);

    (void)state;
    assert_int_equal(g.view.m, 2);
    assert_int_equal(g.duplicates, 0);
    eco_graph_release(&g);
}

static void ends_outside_the_graph_are_refused(void **state)
{
    struct eco_edge below[] = { { 0, 1, 0 }, { 2, 1, 0 } };
    struct eco_edge above[] = { { 0, 1, 0 }, { 1, 2, 0 } };
    struct eco_graph_store g;
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_graph_build(2, below, 2, &g, &err), ECO_EINVAL);
    assert_string_equal(err.msg, "edge 1: 2 -> 1 of 2 nodes");
    assert_null(g.view.up);
    assert_int_equal(eco_graph_build(2, above, 2, &g, NULL), ECO_EINVAL);
    assert_int_equal(eco_graph_build(UINT32_MAX, NULL, 0, &g, NULL),
                     ECO_EINVAL);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- against a matrix -------------------------------------------------- */

#define SIDE 17

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* What the header says, one pair at a time: -1 is no edge. */
static int expected_tag(const struct eco_edge *edges, size_t m, uint32_t base,
                        uint32_t derived)
{
    int best = -1;

    for (size_t i = 0; i < m; i++) {
        int tag = edges[i].tag;
        bool better;

        if (edges[i].base != base || edges[i].derived != derived ||
            base == derived)
            continue;
        if (best < 0)
            better = true;
        else if (tag / D != best / D)
            better = tag / D;
        else
            better = tag % D < best % D;
        if (better)
            best = tag;
    }
    return best;
}

static void assert_like_matrix(const struct eco_graph *g,
                               const struct eco_edge *edges, size_t m)
{
    uint64_t up = 0, down = 0;

    for (uint32_t v = 0; v < SIDE; v++) {
        for (uint32_t w = 0; w < SIDE; w++) {
            int above = expected_tag(edges, m, w, v);
            int below = expected_tag(edges, m, v, w);

            if (above >= 0) {
                assert_int_equal(g->up[up], w);
                assert_int_equal(g->up_tag[up++], above);
            }
            if (below >= 0) {
                assert_int_equal(g->down[down], w);
                assert_int_equal(g->down_tag[down++], below);
            }
        }
        assert_int_equal(g->up_off[v + 1], up);
        assert_int_equal(g->down_off[v + 1], down);
    }
    assert_int_equal(g->m, up);
    assert_int_equal(g->m, down);
}

static void random_lists_agree_with_a_matrix(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int round = 0; round < 50; round++) {
        struct eco_edge edges[400];
        size_t m = next_random(&seed) % COUNT(edges);
        struct eco_graph_store g;

        for (size_t i = 0; i < m; i++) {
            uint8_t declared = next_random(&seed) % 2 ? D : 0;

            edges[i].base = (uint32_t)(next_random(&seed) % SIDE);
            edges[i].derived = (uint32_t)(next_random(&seed) % SIDE);
            edges[i].tag =
                (uint8_t)(next_random(&seed) % ECO_RELATIONS) | declared;
        }
        g = built(SIDE, edges, m);
        assert_like_matrix(&g.view, edges, m);
        assert_int_equal(g.view.m + g.self_loops + g.duplicates, m);
        eco_graph_release(&g);
    }
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void graph_survives_every_allocation_failure(void **state)
{
    int rc, k = 0;

    (void)state;
    do {
        struct eco_edge edges[] = { { 0, 1, 0 }, { 1, 2, 0 }, { 0, 1, 0 } };
        struct eco_graph_store g;
        struct eco_err err = { 0 };

        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        rc = eco_graph_build(3, edges, COUNT(edges), &g, &err);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        if (rc)
            assert_null(g.view.up);
        eco_graph_release(&g);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc);
    eco_test_fail_alloc_after(-1);
    assert_int_equal(k, 7); /* six arrays, then success */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations_have_the_hubs_names),
        cmocka_unit_test(an_empty_graph_has_offsets),
        cmocka_unit_test(both_directions_rise_and_carry_the_tag),
        cmocka_unit_test(self_loops_are_dropped_and_counted),
        cmocka_unit_test(of_a_pair_told_twice_the_better_tag_stays),
        cmocka_unit_test(the_opposite_edge_is_not_a_duplicate),
        cmocka_unit_test(ends_outside_the_graph_are_refused),
        cmocka_unit_test(random_lists_agree_with_a_matrix),
        cmocka_unit_test(graph_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
