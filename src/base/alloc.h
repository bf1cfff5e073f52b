/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_ALLOC_H
#define ECO_BASE_ALLOC_H

#include <stddef.h>

#include "base/err.h"

/*
 * alloc - the only way this program asks for memory
 *
 * Sizes are checked: a product that overflows fails like an exhausted heap.
 * Every function returns NULL on failure and the caller reports ECO_ENOMEM.
 * The unit tests link another implementation of this header which fails the
 * n-th call and counts live blocks (tests/unit/eco_test.h).
 *
 * Ownership  The caller frees with eco_free. eco_free(NULL) is fine.
 * Threads    Safe from every thread.
 */

/* n * size bytes, uninitialised; never a zero-size block. */
ECO_MUST_USE void *eco_alloc_array(size_t n, size_t size);

/* The same, zeroed. */
ECO_MUST_USE void *eco_calloc(size_t n, size_t size);

/* Resize to n * size bytes; on failure `ptr` stays valid. */
ECO_MUST_USE void *eco_realloc_array(void *ptr, size_t n, size_t size);

/* A NUL-terminated copy of len bytes. */
ECO_MUST_USE char *eco_strndup(const char *ptr, size_t len);

void eco_free(void *ptr);

#endif /* ECO_BASE_ALLOC_H */
