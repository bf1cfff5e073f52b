/* SPDX-License-Identifier: MIT */
#ifndef ECO_TEST_H
#define ECO_TEST_H

/* cmocka.h needs these four, in this order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/*
 * eco_test - what every unit test includes: cmocka and a heap that can fail
 *
 * eco_test.c takes the place of src/base/alloc.c in the test programs. A test
 * makes one allocation fail and asks afterwards whether anything is still
 * held. Fresh memory is filled with 0xa5, so that reading it before writing
 * shows.
 *
 * Threads    Safe from every thread; "the n-th" then counts over all of them.
 */

/* The n-th following eco_ allocation fails, once: 0 is the very next one.
 * -1 switches failing off. A resize counts as an allocation. */
void eco_test_fail_alloc_after(long n);

/* Blocks allocated through base/alloc.h and not freed yet. */
long eco_test_live_blocks(void);

#endif /* ECO_TEST_H */
