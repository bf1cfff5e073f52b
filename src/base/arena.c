/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/alloc.h"

#define CHUNK_BYTES (64u << 10)

struct eco_arena_chunk {
    struct eco_arena_chunk *next;
    size_t cap; /* bytes behind this header */
    size_t used;
    alignas(max_align_t) char data[];
};

void eco_arena_init(struct eco_arena *a, size_t max)
{
    *a = (struct eco_arena){ .max = max };
}

static void free_chunks(struct eco_arena_chunk *c)
{
    while (c) {
        struct eco_arena_chunk *next = c->next;

        eco_free(c);
        c = next;
    }
}

void eco_arena_release(struct eco_arena *a)
{
    free_chunks(a->head);
    eco_arena_init(a, a->max);
}

void eco_arena_reset(struct eco_arena *a)
{
    struct eco_arena_chunk *keep = a->head;

    if (!keep)
        return;
    free_chunks(keep->next);
    keep->next = NULL;
    keep->used = 0;
    a->bytes = keep->cap;
}

static bool add_chunk(struct eco_arena *a, size_t need)
{
    size_t cap = need > CHUNK_BYTES ? need : CHUNK_BYTES;
    struct eco_arena_chunk *c;

    if (cap > a->max || a->bytes > a->max - cap)
        return false;
    c = eco_alloc_array(cap + sizeof(*c), 1);
    if (!c)
        return false;
    c->next = a->head;
    c->cap = cap;
    c->used = 0;
    a->head = c;
    a->bytes += cap;
    return true;
}

static void *take(struct eco_arena *a, size_t bytes)
{
    size_t align = alignof(max_align_t);
    size_t need;
    char *at;

    if (__builtin_add_overflow(bytes, align - 1, &need))
        return NULL;
    need &= ~(align - 1);
    if (!a->head || a->head->cap - a->head->used < need)
        if (!add_chunk(a, need))
            return NULL;
    at = a->head->data + a->head->used;
    a->head->used += need;
    return at;
}

void *eco_arena_calloc(struct eco_arena *a, size_t n, size_t size)
{
    size_t bytes;
    void *at;

    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    at = take(a, bytes ? bytes : 1);
    if (at)
        memset(at, 0, bytes);
    return at;
}

bool eco_arena_str(struct eco_arena *a, struct eco_str s, struct eco_str *out)
{
    char *at;

    *out = (struct eco_str){ 0 };
    if (!s.len)
        return true;
    at = take(a, s.len);
    if (!at)
        return false;
    memcpy(at, s.ptr, s.len);
    *out = (struct eco_str){ at, s.len };
    return true;
}
