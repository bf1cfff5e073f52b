/* SPDX-License-Identifier: MIT */
#include "graph/graph.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

/*
 * Two transpositions sort the edges: into rows by base in any order, then,
 * walking the bases upwards, into rows by derived model, which makes those
 * rising with repeats side by side; and once more for the other direction.
 *
 * While a set of rows is filled, off[v] is where the next entry of row v goes;
 * afterwards it has become the end of row v, and rewind_rows shifts it back.
 */
struct arrays {
    uint64_t *down_off, *up_off;
    uint32_t *down, *up;
    uint8_t *down_tag, *up_tag;
};

const char *eco_relation_name(enum eco_relation relation)
{
    static const char *const names[ECO_RELATIONS] = { "adapter", "finetune",
                                                      "merge", "quantized" };

    assert((unsigned)relation < ECO_RELATIONS);
    return names[relation];
}

static int check_ends(uint32_t n, const struct eco_edge *edges, uint64_t m,
                      struct eco_err *err)
{
    if (n > ECO_MAX_NODES)
        return eco_fail(err, ECO_EINVAL, "%" PRIu32 " nodes, at most %u", n,
                        ECO_MAX_NODES);
    for (uint64_t i = 0; i < m; i++) {
        if (edges[i].base >= n || edges[i].derived >= n)
            return eco_fail(err, ECO_EINVAL,
                            "edge %" PRIu64 ": %" PRIu32 " -> %" PRIu32
                            " of %" PRIu32 " nodes",
                            i, edges[i].base, edges[i].derived, n);
    }
    return 0;
}

static int alloc_arrays(struct arrays *a, uint32_t n, uint64_t m,
                        struct eco_err *err)
{
    size_t rows = (size_t)n + 1;

    a->down_off = eco_calloc(rows, sizeof(*a->down_off));
    a->up_off = eco_calloc(rows, sizeof(*a->up_off));
    a->down = eco_alloc_array(m, sizeof(*a->down));
    a->up = eco_alloc_array(m, sizeof(*a->up));
    a->down_tag = eco_alloc_array(m, sizeof(*a->down_tag));
    a->up_tag = eco_alloc_array(m, sizeof(*a->up_tag));
    if (!a->down_off || !a->up_off || !a->down || !a->up || !a->down_tag ||
        !a->up_tag)
        return eco_fail(err, ECO_ENOMEM,
                        "no memory for a graph of %" PRIu32
                        " nodes and %" PRIu64 " edges",
                        n, m);
    return 0;
}

static void free_arrays(struct arrays *a)
{
    eco_free(a->down_off);
    eco_free(a->up_off);
    eco_free(a->down);
    eco_free(a->up);
    eco_free(a->down_tag);
    eco_free(a->up_tag);
}

/* Turn off[v + 1] = entries of row v into off[v] = first entry of row v. */
static void sum_rows(uint64_t *off, uint32_t n)
{
    for (uint32_t v = 0; v < n; v++)
        off[v + 1] += off[v];
}

static void rewind_rows(uint64_t *off, uint32_t n)
{
    memmove(off + 1, off, (size_t)n * sizeof(*off));
    off[0] = 0;
}

/* Rows by base, in the order of the list. Returns the self loops left out. */
static uint64_t fill_by_base(struct arrays *a, uint32_t n,
                             const struct eco_edge *edges, uint64_t m)
{
    uint64_t loops = 0;

    for (uint64_t i = 0; i < m; i++) {
        if (edges[i].base == edges[i].derived) {
            loops++;
            continue;
        }
        a->down_off[(size_t)edges[i].base + 1]++;
        a->up_off[(size_t)edges[i].derived + 1]++;
    }
    sum_rows(a->down_off, n);
    sum_rows(a->up_off, n);
    for (uint64_t i = 0; i < m; i++) {
        uint64_t at;

        if (edges[i].base == edges[i].derived)
            continue;
        at = a->down_off[edges[i].base]++;
        a->down[at] = edges[i].derived;
        a->down_tag[at] = edges[i].tag;
    }
    rewind_rows(a->down_off, n);
    return loops;
}

/* The tag that stays: declared before inferred, then the smaller relation. */
static uint8_t better_tag(uint8_t a, uint8_t b)
{
    unsigned key_a = a ^ ECO_EDGE_DECLARED, key_b = b ^ ECO_EDGE_DECLARED;

    return key_a <= key_b ? a : b;
}

/* Rows by derived model, rising, repeats still inside. */
static void fill_by_derived(struct arrays *a, uint32_t n)
{
    for (uint32_t base = 0; base < n; base++) {
        for (uint64_t e = a->down_off[base]; e < a->down_off[base + 1]; e++) {
            uint64_t at = a->up_off[a->down[e]]++;

            a->up[at] = base;
            a->up_tag[at] = a->down_tag[e];
        }
    }
    rewind_rows(a->up_off, n);
}

/* Collapse repeats in place. Returns how many edges went. */
static uint64_t collapse(struct arrays *a, uint32_t n)
{
    uint64_t kept = 0, begin = 0, end;

    for (uint32_t v = 0; v < n; v++) {
        uint64_t row = kept;

        end = a->up_off[v + 1];
        for (uint64_t e = begin; e < end; e++) {
            if (kept > row && a->up[kept - 1] == a->up[e]) {
                a->up_tag[kept - 1] =
                    better_tag(a->up_tag[kept - 1], a->up_tag[e]);
                continue;
            }
            a->up[kept] = a->up[e];
            a->up_tag[kept++] = a->up_tag[e];
        }
        a->up_off[v + 1] = kept;
        begin = end;
    }
    return begin - kept;
}

/* Rows by base again, rising and without repeats. */
static void refill_by_base(struct arrays *a, uint32_t n)
{
    memset(a->down_off, 0, ((size_t)n + 1) * sizeof(*a->down_off));
    for (uint64_t e = 0; e < a->up_off[n]; e++)
        a->down_off[(size_t)a->up[e] + 1]++;
    sum_rows(a->down_off, n);
    for (uint32_t v = 0; v < n; v++) {
        for (uint64_t e = a->up_off[v]; e < a->up_off[v + 1]; e++) {
            uint64_t at = a->down_off[a->up[e]]++;

            a->down[at] = v;
            a->down_tag[at] = a->up_tag[e];
        }
    }
    rewind_rows(a->down_off, n);
}

int eco_graph_build(uint32_t n, struct eco_edge *edges, uint64_t m,
                    struct eco_graph_store *out, struct eco_err *err)
{
    struct arrays a = { 0 };
    uint64_t loops, duplicates;
    int rc;

    *out = (struct eco_graph_store){ 0 };

    rc = check_ends(n, edges, m, err);
    if (rc)
        goto done;
    rc = alloc_arrays(&a, n, m, err);
    if (rc)
        goto done;
    loops = fill_by_base(&a, n, edges, m);
    fill_by_derived(&a, n);
    duplicates = collapse(&a, n);
    refill_by_base(&a, n);

    *out = (struct eco_graph_store){
        .view = { .n = n,
                  .m = a.up_off[n],
                  .down_off = a.down_off,
                  .down = a.down,
                  .down_tag = a.down_tag,
                  .up_off = a.up_off,
                  .up = a.up,
                  .up_tag = a.up_tag },
        .self_loops = loops,
        .duplicates = duplicates,
    };
    a = (struct arrays){ 0 }; /* the arrays now belong to the caller */
done:
    free_arrays(&a);
    return rc;
}

void eco_graph_release(struct eco_graph_store *g)
{
    /* The view is const for its readers; the store owns the arrays. */
    struct arrays a = {
        .down_off = (uint64_t *)(uintptr_t)g->view.down_off,
        .up_off = (uint64_t *)(uintptr_t)g->view.up_off,
        .down = (uint32_t *)(uintptr_t)g->view.down,
        .up = (uint32_t *)(uintptr_t)g->view.up,
        .down_tag = (uint8_t *)(uintptr_t)g->view.down_tag,
        .up_tag = (uint8_t *)(uintptr_t)g->view.up_tag,
    };

    free_arrays(&a);
    *g = (struct eco_graph_store){ 0 };
}
