/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "graph/arrange.h"
#include "graph/pack.h"

#define GAP 2.0
#define MOST 3000u

static uint32_t below(uint64_t *seed, uint32_t n)
{
    *seed =
        *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*seed >> 33) % n);
}

/* Mostly small, now and then large. */
static double some_radius(uint64_t *seed)
{
    double r = 5 + below(seed, 10);

    return below(seed, 20) ? r : r * (1 + below(seed, 30));
}

static void assert_apart(const struct eco_circle *c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < i; j++)
            if (eco_circle_distance(c[i], c[j]) < c[i].r + c[j].r + 0.98 * GAP)
                fail_msg("circles %u and %u are %g apart, radii %g and %g", j,
                         i, eco_circle_distance(c[i], c[j]), c[j].r, c[i].r);
}

static double area(const struct eco_circle *c, uint32_t n)
{
    double sum = 0;

    for (uint32_t i = 0; i < n; i++)
        sum += c[i].r * c[i].r;
    return sum;
}

static struct eco_pack new_pack(uint32_t most)
{
    struct eco_pack p;

    assert_int_equal(eco_pack_init(&p, most, GAP, 5, NULL), 0);
    return p;
}

/* --- heaps ------------------------------------------------------------- */

static void circles_lie_close_and_apart(void **state)
{
    struct eco_pack p = new_pack(400);

    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        uint64_t random = seed;
        struct eco_circle around;

        eco_pack_clear(&p);
        for (uint32_t i = 0; i < 400; i++) {
            struct eco_circle goal = { below(&random, 500), 0, 0 };

            eco_pack_add(&p, some_radius(&random), i % 3 ? NULL : &goal);
        }
        assert_apart(p.circle, p.n);
        around = eco_pack_enclose(p.circle, p.n);
        assert_true(area(p.circle, p.n) > 0.45 * around.r * around.r);
    }
    eco_pack_release(&p);
}

static void equal_circles_fill_more(void **state)
{
    struct eco_pack p = new_pack(500);
    struct eco_circle around;

    (void)state;
    for (uint32_t i = 0; i < 500; i++)
        eco_pack_add(&p, 20, NULL);
    assert_apart(p.circle, p.n);
    around = eco_pack_enclose(p.circle, p.n);
    assert_true(area(p.circle, p.n) > 0.7 * around.r * around.r);
    eco_pack_release(&p);
}

static void a_goal_is_approached(void **state)
{
    struct eco_pack p = new_pack(101);
    struct eco_circle goal = { 1000, 0, 0 }, c;

    (void)state;
    for (uint32_t i = 0; i < 100; i++)
        eco_pack_add(&p, 10, NULL);
    c = eco_pack_add(&p, 10, &goal);
    for (uint32_t i = 0; i < 100; i++)
        assert_true(p.circle[i].x <= c.x + 10);
    eco_pack_release(&p);
}

/* A small one goes where three large ones leave room. */
static void holes_are_filled(void **state)
{
    struct eco_pack p = new_pack(5);
    struct eco_circle c;
    uint32_t near = 0;

    (void)state;
    for (uint32_t i = 0; i < 4; i++)
        eco_pack_add(&p, 100, NULL);
    c = eco_pack_add(&p, 10, NULL);
    assert_apart(p.circle, p.n);
    for (uint32_t i = 0; i < 4; i++)
        near += eco_circle_distance(c, p.circle[i]) < 120;
    assert_int_equal(near, 3);
    eco_pack_release(&p);
}

static void coils_wind_around_their_beginning(void **state)
{
    struct eco_pack p = new_pack(300);
    struct eco_circle around;

    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        uint64_t random = seed;

        eco_pack_clear(&p);
        for (uint32_t i = 0; i < 300; i++)
            eco_pack_coil(&p, seed == 1 ? 10 : some_radius(&random));
        assert_apart(p.circle, p.n);
        around = eco_pack_enclose(p.circle, p.n);
        if (seed == 1) {
            assert_true(area(p.circle, p.n) > 0.55 * around.r * around.r);
            for (uint32_t i = 1; i < 300; i++)
                assert_true(eco_circle_distance(p.circle[i - 1], p.circle[i]) <
                            20 + GAP * 1.01);
        }
    }
    eco_pack_release(&p);
}

static void many_circles_go_in_rings(void **state)
{
    struct eco_pack p = new_pack(MOST);
    uint64_t random = 1;

    (void)state;
    for (uint32_t i = 0; i < MOST; i++)
        eco_pack_add(&p, some_radius(&random), NULL);
    assert_apart(p.circle, p.n);
    eco_pack_release(&p);
}

/* --- circles around circles -------------------------------------------- */

/* The best middle of a fine grid. */
static double least_radius(const struct eco_circle *c, uint32_t n,
                           struct eco_circle around)
{
    double least = HUGE_VAL, step = around.r / 100;

    for (int i = -100; i <= 100; i++)
        for (int j = -100; j <= 100; j++) {
            struct eco_circle m = { around.x + i * step * 0.3,
                                    around.y + j * step * 0.3, 0 };
            double r = 0;

            for (uint32_t k = 0; k < n; k++)
                r = fmax(r, eco_circle_reach(m, c[k]));
            least = fmin(least, r);
        }
    return least;
}

static void enclosing_circles_are_small(void **state)
{
    uint64_t random = 5;

    (void)state;
    for (uint32_t run = 0; run < 60; run++) {
        struct eco_circle c[12], around;
        uint32_t n = 1 + run % 12;
        double least;

        for (uint32_t i = 0; i < n; i++)
            c[i] =
                (struct eco_circle){ below(&random, 300), below(&random, 300),
                                     some_radius(&random) };
        around = eco_pack_enclose(c, n);
        for (uint32_t i = 0; i < n; i++)
            assert_true(eco_circle_reach(around, c[i]) <= around.r);
        least = least_radius(c, n, around);
        if (around.r > 1.02 * least)
            fail_msg("run %u: %u circles in %g, not %g", run, n, around.r,
                     least);
    }
}

/* --- groups ------------------------------------------------------------ */

/* Bars of three circles. */
static void groups_lie_close_and_apart(void **state)
{
    enum { N = 1100 };
    static struct eco_circle all[3 * N];
    struct eco_arrange a;
    struct eco_circle around;
    uint32_t n = 0;

    (void)state;
    assert_int_equal(eco_arrange_init(&a, N, GAP, NULL), 0);
    for (uint32_t i = 0; i < N; i++) {
        double r = 10 + i % 7;
        struct eco_circle bar[3] = { { -2 * r, 0, r },
                                     { 0, 0, r },
                                     { 2 * r, 0, r } };
        struct eco_circle whole = { 0, 0, 3 * r }, goal = { i, 0, 0 };
        bool one = eco_arrange_detail(i) < 3;
        struct eco_frame f = eco_arrange_add(&a, 3 * r, one ? &whole : bar,
                                             eco_arrange_detail(i) == 0 ? 0
                                             : one                      ? 1
                                                                        : 3,
                                             i % 2 ? &goal : NULL);

        assert_true(fabs(f.c * f.c + f.s * f.s - 1) < 1e-12);
        for (uint32_t k = 0; k < (one ? 1u : 3u); k++) {
            struct eco_circle *c = one ? &whole : &bar[k];
            struct eco_frame at = eco_frame_within(f, eco_frame_at(c->x, c->y));

            all[n++] = (struct eco_circle){ at.x, at.y, c->r };
        }
    }
    around = eco_pack_enclose(all, 300);
    assert_true(area(all, 300) > 0.4 * around.r * around.r);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = i + 3; j < n; j++)
            assert_true(eco_circle_distance(all[i], all[j]) >
                        all[i].r + all[j].r + 0.98 * GAP);
    eco_arrange_release(&a);
}

/* --- memory ------------------------------------------------------------ */

static void every_allocation_may_fail(void **state)
{
    int rc;

    (void)state;
    for (long n = 0;; n++) {
        struct eco_pack p;
        struct eco_arrange a = { 0 };
        struct eco_err err = { 0 };

        assert_true(n < 20);
        eco_test_fail_alloc_after(n);
        rc = eco_pack_init(&p, 10, GAP, 5, &err);
        if (!rc)
            rc = eco_arrange_init(&a, 10, GAP, &err);
        eco_pack_release(&p);
        eco_arrange_release(&a);
        assert_int_equal(eco_test_live_blocks(), 0);
        assert_int_equal(rc, err.code);
        if (!rc)
            break;
        assert_int_equal(rc, ECO_ENOMEM);
    }
    eco_test_fail_alloc_after(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(circles_lie_close_and_apart),
        cmocka_unit_test(equal_circles_fill_more),
        cmocka_unit_test(a_goal_is_approached),
        cmocka_unit_test(holes_are_filled),
        cmocka_unit_test(coils_wind_around_their_beginning),
        cmocka_unit_test(many_circles_go_in_rings),
        cmocka_unit_test(enclosing_circles_are_small),
        cmocka_unit_test(groups_lie_close_and_apart),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
