/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdalign.h>
#include <string.h>

#include "base/arena.h"

#define MIB (1u << 20)

static void blocks_are_zeroed_aligned_and_apart(void **state)
{
    unsigned char *at[300];
    struct eco_arena a;

    (void)state;
    eco_arena_init(&a, 4 * MIB);
    for (size_t i = 0; i < 300; i++) {
        size_t n = 1 + i * 7 % 500;

        at[i] = eco_arena_calloc(&a, n, 1);
        assert_non_null(at[i]);
        assert_int_equal((uintptr_t)at[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(at[i][k], 0);
        memset(at[i], (int)(i % 255 + 1), n);
    }
    for (size_t i = 0; i < 300; i++) /* nobody wrote into a neighbour */
        for (size_t k = 0; k < 1 + i * 7 % 500; k++)
            assert_int_equal(at[i][k], i % 255 + 1);
    eco_arena_release(&a);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void nothing_is_allocated_before_it_is_asked_for(void **state)
{
    struct eco_arena a;

    (void)state;
    eco_arena_init(&a, MIB);
    assert_int_equal(eco_test_live_blocks(), 0);
    assert_int_equal(a.bytes, 0);
    eco_arena_reset(&a);
    eco_arena_release(&a);
    eco_arena_release(&a);
}

static void zero_sizes_give_a_block(void **state)
{
    struct eco_arena a;

    (void)state;
    eco_arena_init(&a, MIB);
    assert_non_null(eco_arena_calloc(&a, 0, 8));
    assert_non_null(eco_arena_calloc(&a, 8, 0));
    eco_arena_release(&a);
}

static void a_large_block_has_a_chunk_of_its_own(void **state)
{
    struct eco_arena a;
    char *small, *large;

    (void)state;
    eco_arena_init(&a, 4 * MIB);
    small = eco_arena_calloc(&a, 10, 1);
    large = eco_arena_calloc(&a, MIB, 1);
    assert_non_null(small);
    assert_non_null(large);
    memset(large, 1, MIB);
    assert_int_equal(small[9], 0);
    assert_true(a.bytes >= MIB);
    eco_arena_release(&a);
}

static void sizes_that_overflow_are_refused(void **state)
{
    struct eco_arena a;

    (void)state;
    eco_arena_init(&a, SIZE_MAX);
    assert_null(eco_arena_calloc(&a, SIZE_MAX / 2, 3));
    assert_null(eco_arena_calloc(&a, SIZE_MAX, 1));
    assert_null(eco_arena_calloc(&a, 1, SIZE_MAX - 3));
    eco_arena_release(&a);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void the_maximum_holds(void **state)
{
    struct eco_arena a;
    struct eco_str out;
    char big[1000] = { 0 };
    size_t n = 0;

    (void)state;
    eco_arena_init(&a, MIB);
    assert_null(eco_arena_calloc(&a, MIB + 1, 1));
    assert_null(eco_arena_calloc(&a, 2, MIB));
    while (eco_arena_calloc(&a, 1000, 1))
        n++;
    assert_true(a.bytes <= MIB);
    assert_true(n > 900 && n <= 1048);
    while (eco_arena_str(&a, (struct eco_str){ big, 1000 }, &out))
        n++;
    assert_true(out.len == 0 && a.bytes <= MIB);

    eco_arena_reset(&a); /* room again */
    assert_non_null(eco_arena_calloc(&a, 1000, 1));
    eco_arena_release(&a);
    assert_non_null(eco_arena_calloc(&a, MIB, 1)); /* exactly the maximum */
    eco_arena_release(&a);
}

static void reset_keeps_one_chunk_and_zeroes_again(void **state)
{
    struct eco_arena a;
    char *p;

    (void)state;
    eco_arena_init(&a, 8 * MIB);
    for (int i = 0; i < 100; i++)
        assert_non_null(eco_arena_calloc(&a, 10000, 1));
    eco_arena_reset(&a);
    assert_int_equal(eco_test_live_blocks(), 1);
    p = eco_arena_calloc(&a, 10000, 1);
    assert_int_equal(eco_test_live_blocks(), 1);
    memset(p, 7, 10000);
    eco_arena_reset(&a);
    p = eco_arena_calloc(&a, 10000, 1);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(p[i], 0);
    for (int round = 0; round < 1000; round++) { /* bytes do not add up */
        eco_arena_reset(&a);
        assert_non_null(eco_arena_calloc(&a, 100000, 1));
    }
    assert_true(a.bytes <= 2 * 100000);
    eco_arena_release(&a);
    assert_int_equal(eco_test_live_blocks(), 0);
    assert_int_equal(a.max, 8 * MIB);
}

static void texts_are_copies(void **state)
{
    char source[] = "a\0b";
    struct eco_str empty = { source, 3 }, out;
    struct eco_arena a;

    (void)state;
    eco_arena_init(&a, MIB);
    assert_true(eco_arena_str(&a, (struct eco_str){ source, 3 }, &out));
    source[0] = 'x';
    assert_int_equal(out.len, 3);
    assert_memory_equal(out.ptr, "a\0b", 3);
    assert_true(eco_arena_str(&a, (struct eco_str){ 0 }, &empty));
    assert_int_equal(empty.len, 0);
    eco_arena_release(&a);
}

static void survives_every_allocation_failure(void **state)
{
    struct eco_str out;

    (void)state;
    for (long k = 0; k < 4; k++) {
        struct eco_arena a;
        void *first, *second;
        bool third;

        eco_arena_init(&a, 8 * MIB);
        eco_test_fail_alloc_after(k);
        first = eco_arena_calloc(&a, 100, 1);
        second = eco_arena_calloc(&a, MIB, 1);
        third = eco_arena_str(&a, ECO_STR("text"), &out);
        eco_test_fail_alloc_after(-1);
        assert_true((k == 0) == (first == NULL));
        assert_true((k == 1) == (second == NULL));
        assert_true((k == 2) == !third);
        assert_non_null(eco_arena_calloc(&a, 100, 1)); /* still of use */
        eco_arena_release(&a);
        assert_int_equal(eco_test_live_blocks(), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(nothing_is_allocated_before_it_is_asked_for),
        cmocka_unit_test(zero_sizes_give_a_block),
        cmocka_unit_test(a_large_block_has_a_chunk_of_its_own),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(the_maximum_holds),
        cmocka_unit_test(reset_keeps_one_chunk_and_zeroes_again),
        cmocka_unit_test(texts_are_copies),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
