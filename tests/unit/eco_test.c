/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define FRESH_BYTE 0xa5

static atomic_long fail_after = -1; /* allocations until one fails; < 0 off */
static atomic_long live_blocks;

void eco_test_fail_alloc_after(long n)
{
    atomic_store(&fail_after, n);
}

long eco_test_live_blocks(void)
{
    return atomic_load(&live_blocks);
}

/* Is it this allocation's turn? Only one thread can see the 0. */
static bool must_fail(void)
{
    return atomic_load(&fail_after) >= 0 &&
           atomic_fetch_sub(&fail_after, 1) == 0;
}

static void *resize(void *old, size_t n, size_t size)
{
    size_t bytes;
    void *ptr;

    if (__builtin_mul_overflow(n, size, &bytes) || must_fail())
        return NULL;
    ptr = realloc(old, bytes ? bytes : 1);
    if (ptr && !old)
        atomic_fetch_add(&live_blocks, 1);
    return ptr;
}

void *eco_alloc_array(size_t n, size_t size)
{
    void *ptr = resize(NULL, n, size);

    if (ptr)
        memset(ptr, FRESH_BYTE, n * size);
    return ptr;
}

void *eco_calloc(size_t n, size_t size)
{
    void *ptr = resize(NULL, n, size);

    if (ptr)
        memset(ptr, 0, n * size);
    return ptr;
}

void *eco_realloc_array(void *ptr, size_t n, size_t size)
{
    return resize(ptr, n, size);
}

char *eco_strndup(const char *ptr, size_t len)
{
    char *copy;

    if (len + 1 == 0)
        return NULL;
    copy = eco_alloc_array(len + 1, 1);
    if (!copy)
        return NULL;
    if (len)
        memcpy(copy, ptr, len);
    copy[len] = '\0';
    return copy;
}

void eco_free(void *ptr)
{
    if (ptr)
        atomic_fetch_sub(&live_blocks, 1);
    free(ptr);
}
