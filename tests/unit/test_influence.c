/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "graph/influence.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MOST 64

/* A solved graph of at most MOST nodes. */
struct solved {
    double influence[MOST], children[MOST], parents[MOST];
    struct eco_influence_stats stats;
    struct eco_err err;
    int rc;
};

static struct solved solve(uint32_t n, const struct eco_edge *edges, uint64_t m,
                           const struct eco_influence_params *params,
                           const double *own)
{
    struct eco_edge copy[256];
    struct eco_graph_store g;
    struct solved out = { 0 };

    assert_true(n <= MOST && m <= COUNT(copy));
    if (m)
        memcpy(copy, edges, m * sizeof(*copy));
    assert_int_equal(eco_graph_build(n, copy, m, &g, NULL), 0);
    /* whatever the outputs held before must not matter */
    memset(out.influence, 0xa5, sizeof(out.influence));
    memset(out.children, 0xa5, sizeof(out.children));
    memset(out.parents, 0xa5, sizeof(out.parents));
    out.rc =
        eco_influence_solve(&g.view, params, own, out.influence, out.children,
                            out.parents, &out.stats, &out.err);
    eco_graph_release(&g);
    assert_int_equal(eco_test_live_blocks(), 0);
    return out;
}

static void assert_near(double a, double b)
{
    if (!(fabs(a - b) <= 1e-13 * fmax(fabs(a), fabs(b))))
        fail_msg("%.17g is not %.17g", a, b);
}

/* --- own influence ----------------------------------------------------- */

static void parts_have_names(void **state)
{
    (void)state;
    assert_string_equal(eco_influence_part_name(ECO_PART_DOWNLOADS),
                        "downloads");
    assert_string_equal(eco_influence_part_name(ECO_PART_LIKES), "likes");
    assert_string_equal(eco_influence_part_name(ECO_PART_SPACES), "spaces");
    assert_string_equal(eco_influence_part_name(ECO_PART_FRESHNESS),
                        "freshness");
    assert_string_equal(eco_influence_part_name(ECO_PART_CHILDREN), "children");
    assert_string_equal(eco_influence_part_name(ECO_PART_PARENTS), "parents");
}

static void age_keeps_its_fraction_and_is_never_negative(void **state)
{
    (void)state;
    assert_near(eco_age_days(3 * ECO_DAY_MS, ECO_DAY_MS / 2), 2.5);
    assert_true(eco_age_days(ECO_DAY_MS, ECO_DAY_MS) == 0);
    assert_true(eco_age_days(ECO_DAY_MS, 9 * ECO_DAY_MS) == 0);
    assert_true(isnan(eco_age_days(ECO_DAY_MS, ECO_TIME_UNKNOWN)));
    assert_true(isnan(eco_age_days(ECO_TIME_UNKNOWN, ECO_DAY_MS)));
    assert_near(eco_age_days(INT64_MAX, INT64_MIN + 1),
                2 * (double)INT64_MAX / 86400e3);
}

static void a_space_counts_its_likes_less_with_age(void **state)
{
    const struct eco_influence_params *p = &eco_influence_defaults;

    (void)state;
    assert_near(eco_influence_space(p, 10, 0), 10);
    assert_near(eco_influence_space(p, 10, 1000), 10 * exp(-1));
    assert_true(eco_influence_space(p, -1, 0) == 0);
    assert_true(eco_influence_space(p, 10, NAN) == 0);
}

static void own_influence_is_told_in_parts(void **state)
{
    static const struct eco_influence_facts facts = {
        .downloads = 1000, .likes = 50, .spaces = 7.5, .age_days = 2
    };
    double part[ECO_INFLUENCE_PARTS];

    (void)state;
    memset(part, 0xa5, sizeof(part));
    eco_influence_own(&eco_influence_defaults, &facts, part);
    assert_near(part[ECO_PART_DOWNLOADS], 0.6 * 0.2 * log(1000));
    assert_near(part[ECO_PART_LIKES], 0.6 * 0.4 * 50);
    assert_near(part[ECO_PART_SPACES], 0.6 * 0.2 * 7.5);
    assert_near(part[ECO_PART_FRESHNESS], 0.6 * 0.2 * exp(-2));
    assert_true(part[ECO_PART_CHILDREN] == 0);
    assert_true(part[ECO_PART_PARENTS] == 0);
}

static void every_constant_enters_its_own_part(void **state)
{
    static const struct eco_influence_params p = {
        .weights = { 2, 3, 5, 7 },
        .alpha = { 11, 0, 0 },
        .lambda_model = 0.5,
        .lambda_space = 0.25,
    };
    static const struct eco_influence_facts facts = {
        .downloads = 20, .likes = 1, .spaces = 1, .age_days = 4
    };
    double part[ECO_INFLUENCE_PARTS];

    (void)state;
    eco_influence_own(&p, &facts, part);
    assert_near(part[ECO_PART_DOWNLOADS], 22 * log(20));
    assert_near(part[ECO_PART_LIKES], 33);
    assert_near(part[ECO_PART_SPACES], 55);
    assert_near(part[ECO_PART_FRESHNESS], 77 * exp(-2));
    assert_near(eco_influence_space(&p, 1, 4), exp(-1));
}

static void unknown_facts_count_as_nothing(void **state)
{
    static const struct eco_influence_facts unknown = {
        .downloads = -1, .likes = -1, .spaces = 0, .age_days = NAN
    };
    static const struct eco_influence_facts zero = { .age_days = NAN };
    double part[ECO_INFLUENCE_PARTS];

    (void)state;
    eco_influence_own(&eco_influence_defaults, &unknown, part);
    for (int i = 0; i < ECO_INFLUENCE_PARTS; i++)
        assert_true(part[i] == 0);
    eco_influence_own(&eco_influence_defaults, &zero, part);
    for (int i = 0; i < ECO_INFLUENCE_PARTS; i++)
        assert_true(part[i] == 0);
}

/* --- solving ----------------------------------------------------------- */

static void nothing_is_solved_at_once(void **state)
{
    struct eco_graph_store g;

    (void)state;
    assert_int_equal(eco_graph_build(0, NULL, 0, &g, NULL), 0);
    assert_int_equal(eco_influence_solve(&g.view, &eco_influence_defaults, NULL,
                                         NULL, NULL, NULL, NULL, NULL),
                     0);
    eco_graph_release(&g);
}

static void models_without_relatives_have_their_own_influence(void **state)
{
    static const double own[] = { 3, 0, 0.5 };
    struct solved s = solve(3, NULL, 0, &eco_influence_defaults, own);

    (void)state;
    assert_int_equal(s.rc, 0);
    for (int v = 0; v < 3; v++) {
        assert_true(s.influence[v] == own[v]);
        assert_true(s.children[v] == 0 && s.parents[v] == 0);
    }
    assert_true(s.stats.residual == 0);
}

/* I(b) = own(b) + 0.3 I(c), I(c) = own(c) + 0.1 I(b), by hand; in both
 * numberings, and with a placeholder (own 0) at either end. */
static void base_and_child_influence_each_other(void **state)
{
    static const double owns[][2] = { { 10, 4 }, { 0, 4 }, { 10, 0 } };

    (void)state;
    for (size_t i = 0; i < COUNT(owns); i++) {
        for (uint32_t b = 0; b < 2; b++) {
            const struct eco_edge edge = { b, 1 - b, ECO_ADAPTER };
            double ob = owns[i][0], oc = owns[i][1], own[2];
            struct solved s;

            own[b] = ob;
            own[1 - b] = oc;
            s = solve(2, &edge, 1, &eco_influence_defaults, own);
            assert_int_equal(s.rc, 0);
            assert_near(s.influence[b], (ob + 0.3 * oc) / 0.97);
            assert_near(s.influence[1 - b], (oc + 0.1 * ob) / 0.97);
            assert_near(s.children[b], 0.3 * s.influence[1 - b]);
            assert_near(s.parents[1 - b], 0.1 * s.influence[b]);
            assert_true(s.parents[b] == 0 && s.children[1 - b] == 0);
            assert_int_equal(s.stats.rounds, 0);
            assert_int_equal(s.stats.off_tree, 0);
        }
    }
}

/* The mean over children and over parents, not their sum: 1 and 2 derive from
 * 0, and 3 from both of them. By symmetry I(1) = I(2). */
static void flows_are_means(void **state)
{
    static const struct eco_edge edges[] = {
        { 0, 1, 0 }, { 0, 2, 0 }, { 1, 3, 0 }, { 2, 3, 0 }
    };
    static const double own[] = { 5, 2, 2, 7 };
    struct solved s = solve(4, edges, 4, &eco_influence_defaults, own);
    double middle = (2 + 0.3 * 7 + 0.1 * 5) / (1 - 2 * 0.03);

    (void)state;
    assert_int_equal(s.rc, 0);
    assert_near(s.influence[1], middle);
    assert_near(s.influence[2], middle);
    assert_near(s.influence[0], 5 + 0.3 * middle);
    assert_near(s.influence[3], 7 + 0.1 * middle);
    assert_int_equal(s.stats.off_tree, 4);
    assert_in_range(s.stats.rounds, 1, 20);
}

static void relations_weigh_what_their_edges_carry(void **state)
{
    static const uint8_t tags[] = { ECO_ADAPTER, ECO_FINETUNE | 0x80, ECO_MERGE,
                                    ECO_QUANTIZED | 0x80 };
    struct eco_influence_params p = eco_influence_defaults;
    static const double w[] = { 0.25, 0.5, 2, 0 };
    static const double own[] = { 10, 4 };

    (void)state;
    memcpy(p.relations, w, sizeof(w));
    for (int i = 0; i < 4; i++) {
        const struct eco_edge edge = { 0, 1, tags[i] };
        struct solved s = solve(2, &edge, 1, &p, own);
        double det = 1 - 0.03 * w[i] * w[i];

        assert_int_equal(s.rc, 0);
        assert_near(s.influence[0], (10 + 0.3 * w[i] * 4) / det);
        assert_near(s.influence[1], (4 + 0.1 * w[i] * 10) / det);
    }
}

/* Two models that name each other: I(a) = own(a) + (0.3 + 0.1) I(b), with
 * their two relations. Elimination is exact here. */
static void a_2_cycle_is_one_pair(void **state)
{
    static const struct eco_edge edges[] = { { 0, 1, ECO_MERGE },
                                             { 1, 0, ECO_FINETUNE } };
    struct eco_influence_params p = eco_influence_defaults;
    static const double own[] = { 3, 8 };
    struct solved s = solve(2, edges, 2, &p, own);
    double ab, ba;

    (void)state;
    assert_int_equal(s.rc, 0);
    assert_near(s.influence[0], (3 + 0.4 * 8) / (1 - 0.16));
    assert_near(s.influence[1], (8 + 0.4 * 3) / (1 - 0.16));
    assert_int_equal(s.stats.off_tree, 0);

    p.relations[ECO_MERGE] = 0.5;
    p.relations[ECO_FINETUNE] = 2;
    s = solve(2, edges, 2, &p, own);
    ab = 0.3 * 0.5 + 0.1 * 2; /* what 1 weighs for 0 */
    ba = 0.1 * 0.5 + 0.3 * 2;
    assert_near(s.influence[0], (3 + ab * 8) / (1 - ab * ba));
    assert_near(s.influence[1], (8 + ba * 3) / (1 - ab * ba));
}

/* All three are alike: I = own + 0.4 I. */
static void a_3_cycle_is_refined(void **state)
{
    static const struct eco_edge edges[] = { { 0, 1, 0 },
                                             { 1, 2, 0 },
                                             { 2, 0, 0 } };
    static const double own[] = { 6, 6, 6 };
    struct solved s = solve(3, edges, 3, &eco_influence_defaults, own);

    (void)state;
    assert_int_equal(s.rc, 0);
    for (int v = 0; v < 3; v++)
        assert_near(s.influence[v], 10);
    assert_int_equal(s.stats.off_tree, 3);
    assert_true(s.stats.residual <= 1e-14);
}

/* Parameters close to the limit, where sweeps alone would need thousands of
 * rounds. */
static void refinement_is_accelerated_near_the_limit(void **state)
{
    static const struct eco_edge edges[] = {
        { 0, 1, 0 }, { 1, 2, 0 }, { 2, 0, 0 }, { 1, 3, 0 }, { 3, 0, 0 }
    };
    struct eco_influence_params p = eco_influence_defaults;
    double own[4] = { 1, 1, 1, 1 };
    struct solved s;

    (void)state;
    p.alpha[1] = 0.5;
    p.alpha[2] = 0.4999;
    s = solve(4, edges, 5, &p, own);
    assert_int_equal(s.rc, 0);
    for (int v = 0; v < 4; v++) /* every row sum is 0.9999 */
        assert_true(fabs(s.influence[v] - 10000) < 1e-6);
    assert_in_range(s.stats.rounds, 33, 100);
}

static void only_edges_on_cycles_are_left_to_refinement(void **state)
{
    /* a triangle 0 1 2 with a tail 2 - 3 - 4 and a leaf on each */
    static const struct eco_edge edges[] = {
        { 0, 1, 0 }, { 0, 2, 0 }, { 1, 2, 0 }, { 2, 3, 0 },
        { 3, 4, 0 }, { 0, 5, 0 }, { 3, 6, 0 }, { 4, 7, 0 },
    };
    static const double own[8] = { 1, 1, 1, 1, 1, 1, 1, 1 };
    struct solved s =
        solve(8, edges, COUNT(edges), &eco_influence_defaults, own);

    (void)state;
    assert_int_equal(s.rc, 0);
    assert_int_equal(s.stats.off_tree, 3);
}

static void refused(const struct eco_influence_params *p, const char *msg)
{
    static const double own[] = { 1 };
    struct solved s = solve(1, NULL, 0, p, own);

    assert_int_equal(s.rc, ECO_EINVAL);
    assert_int_equal(s.err.code, ECO_EINVAL);
    assert_string_equal(s.err.msg, msg);
}

static void bad_parameters_are_refused(void **state)
{
    struct eco_influence_params p;

    (void)state;
    p = eco_influence_defaults;
    p.weights[2] = -1;
    refused(&p, "influence: weights[2] is -1, not a number >= 0");
    p = eco_influence_defaults;
    p.alpha[0] = INFINITY;
    refused(&p, "influence: alpha[0] is inf, not a number >= 0");
    p = eco_influence_defaults;
    p.lambda_model = -0.5;
    refused(&p, "influence: lambda[0] is -0.5, not a number >= 0");
    p = eco_influence_defaults;
    p.lambda_space = -0.5;
    refused(&p, "influence: lambda[1] is -0.5, not a number >= 0");
    p = eco_influence_defaults;
    p.relations[3] = -2;
    refused(&p, "influence: relations[3] is -2, not a number >= 0");
    p = eco_influence_defaults;
    p.relations[1] = 2.5;
    refused(&p, "influence: (0.3 + 0.1) * 2.5 is 1, must be below 1");
    p = eco_influence_defaults;
    p.alpha[1] = 0.5;
    p.alpha[2] = 0.5;
    refused(&p, "influence: (0.5 + 0.5) * 1 is 1, must be below 1");
    p = eco_influence_defaults;
    p.alpha[1] = NAN;
    assert_int_equal(solve(0, NULL, 0, &p, NULL).rc, ECO_EINVAL);
}

/* Whatever cannot be solved is told, not returned as numbers. */
static void an_unsolved_system_is_an_error(void **state)
{
    static const struct eco_edge edges[] = { { 0, 1, 0 }, { 1, 2, 0 } };
    static const double own[] = { 1, NAN, 1 };
    struct solved s = solve(3, edges, 2, &eco_influence_defaults, own);

    (void)state;
    assert_int_equal(s.rc, ECO_ECONVERGE);
    assert_non_null(strstr(s.err.msg, "nan after 0 rounds"));
}

static void influence_survives_every_allocation_failure(void **state)
{
    struct eco_edge edges[] = {
        { 0, 1, 0 }, { 1, 2, 0 }, { 2, 0, 0 }, { 1, 3, 0 }, { 3, 0, 0 }
    };
    struct eco_influence_params p = eco_influence_defaults;
    static const double own[] = { 1, 2, 3, 4 };
    struct eco_graph_store g;
    long live;
    int rc, k = 0;

    (void)state;
    p.alpha[1] = 0.5;
    p.alpha[2] = 0.4999; /* needs the acceleration's memory as well */
    assert_int_equal(eco_graph_build(4, edges, 5, &g, NULL), 0);
    live = eco_test_live_blocks();
    do {
        struct eco_err err = { 0 };
        double influence[4], children[4], parents[4];

        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        rc = eco_influence_solve(&g.view, &p, own, influence, children, parents,
                                 NULL, &err);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        assert_int_equal(eco_test_live_blocks(), live);
    } while (rc);
    eco_test_fail_alloc_after(-1);
    assert_true(k >= 16); /* two lists, six arrays, six of the core, one more */
    eco_graph_release(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_have_names),
        cmocka_unit_test(age_keeps_its_fraction_and_is_never_negative),
        cmocka_unit_test(a_space_counts_its_likes_less_with_age),
        cmocka_unit_test(own_influence_is_told_in_parts),
        cmocka_unit_test(every_constant_enters_its_own_part),
        cmocka_unit_test(unknown_facts_count_as_nothing),
        cmocka_unit_test(nothing_is_solved_at_once),
        cmocka_unit_test(models_without_relatives_have_their_own_influence),
        cmocka_unit_test(base_and_child_influence_each_other),
        cmocka_unit_test(flows_are_means),
        cmocka_unit_test(relations_weigh_what_their_edges_carry),
        cmocka_unit_test(a_2_cycle_is_one_pair),
        cmocka_unit_test(a_3_cycle_is_refined),
        cmocka_unit_test(refinement_is_accelerated_near_the_limit),
        cmocka_unit_test(only_edges_on_cycles_are_left_to_refinement),
        cmocka_unit_test(bad_parameters_are_refused),
        cmocka_unit_test(an_unsolved_system_is_an_error),
        cmocka_unit_test(influence_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
