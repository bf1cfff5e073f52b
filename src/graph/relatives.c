/* SPDX-License-Identifier: MIT */
#include "graph/relatives.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define SAME_AUTHOR 0.25f

struct pair {
    uint32_t a, b;
    float weight;
};

struct finder {
    const struct eco_layout_input *in;
    const uint32_t *number;
    uint32_t n;
    uint32_t *depth, *jump; /* per node, see make_ladder */
    struct pair *pairs;
    uint64_t n_pairs;
};

/* --- cross edges ------------------------------------------------------- */

/* Ancestors in a few steps: jump[i] is one far above i, and the distances are
 * such that any way up takes O(log n) of parents and jumps (Myers). */
static void make_ladder(struct finder *f)
{
    uint32_t *depth = f->depth, *jump = f->jump;

    for (uint32_t i = 0; i < f->in->n; i++) {
        uint32_t p = f->in->parent[i], far;

        if (p == ECO_LAYOUT_TOP) {
            depth[i] = 0;
            jump[i] = i;
            continue;
        }
        far = jump[p];
        depth[i] = depth[p] + 1;
        jump[i] = depth[p] - depth[far] == depth[far] - depth[jump[far]]
                      ? jump[far]
                      : p;
    }
}

static uint32_t climb(const struct finder *f, uint32_t i, uint32_t depth)
{
    while (f->depth[i] > depth)
        i = f->depth[f->jump[i]] >= depth ? f->jump[i] : f->in->parent[i];
    return i;
}

/* From two nodes up to the siblings, or tops, that they hang on; false when
 * one hangs on the other. */
static bool find_siblings(const struct finder *f, uint32_t *a, uint32_t *b)
{
    uint32_t depth_a = f->depth[*a], depth_b = f->depth[*b];

    *a = climb(f, *a, depth_b);
    *b = climb(f, *b, depth_a);
    if (*a == *b)
        return false;
    while (f->in->parent[*a] != f->in->parent[*b]) {
        const uint32_t *up =
            f->jump[*a] != f->jump[*b] ? f->jump : f->in->parent;

        *a = up[*a];
        *b = up[*b];
    }
    return true;
}

static bool is_cross(const struct eco_layout_input *in, uint64_t e)
{
    return in->parent[in->from[e]] != in->to[e] &&
           in->parent[in->to[e]] != in->from[e];
}

static uint64_t count_cross(const struct eco_layout_input *in)
{
    uint64_t n = 0;

    for (uint64_t e = 0; e < in->m; e++)
        n += is_cross(in, e);
    return n;
}

static void add_pair(struct finder *f, uint32_t a, uint32_t b, float weight)
{
    f->pairs[f->n_pairs++] = (struct pair){ a, b, weight };
}

static void pair_by_edges(struct finder *f)
{
    for (uint64_t e = 0; e < f->in->m; e++) {
        uint32_t a = f->in->from[e], b = f->in->to[e];

        if (!is_cross(f->in, e) || !find_siblings(f, &a, &b))
            continue;
        if (f->number[a] != ECO_RELATIVES_NO_NUMBER &&
            f->number[b] != ECO_RELATIVES_NO_NUMBER)
            add_pair(f, f->number[a], f->number[b], 1);
    }
}

/* --- authors ----------------------------------------------------------- */

struct written {
    uint32_t parent, author, number;
};

static int by_author(const void *left, const void *right)
{
    const struct written *a = left, *b = right;

    if (a->parent != b->parent)
        return a->parent < b->parent ? -1 : 1;
    if (a->author != b->author)
        return a->author < b->author ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

static void pair_by_authors(struct finder *f, struct written *list)
{
    const struct eco_layout_input *in = f->in;
    uint32_t n = 0;

    for (uint32_t i = 0; i < in->n; i++)
        if (f->number[i] != ECO_RELATIVES_NO_NUMBER &&
            in->author[i] != UINT32_MAX)
            list[n++] =
                (struct written){ in->parent[i], in->author[i], f->number[i] };
    qsort(list, n, sizeof(*list), by_author);
    for (uint32_t i = 1; i < n; i++)
        if (list[i].parent == list[i - 1].parent &&
            list[i].author == list[i - 1].author)
            add_pair(f, list[i - 1].number, list[i].number, SAME_AUTHOR);
}

/* --- lists ------------------------------------------------------------- */

static int no_memory(const struct eco_layout_input *in, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "layout: no memory for %u nodes", in->n);
}

static void add_relative(struct eco_relatives *r, uint32_t of, uint32_t number,
                         float weight)
{
    r->list[r->off[of]++] = (struct eco_relative){ number, weight };
}

static int list_pairs(const struct finder *f, struct eco_relatives *out,
                      struct eco_err *err)
{
    uint64_t sum = 0;

    out->list = eco_alloc_array(2 * f->n_pairs, sizeof(*out->list));
    if (!out->list)
        return no_memory(f->in, err);
    for (uint64_t i = 0; i < f->n_pairs; i++) {
        out->off[f->pairs[i].a]++;
        out->off[f->pairs[i].b]++;
    }
    for (uint32_t h = 0; h < f->n; h++) {
        uint64_t count = out->off[h];

        out->off[h] = sum;
        sum += count;
    }
    for (uint64_t i = 0; i < f->n_pairs; i++) {
        struct pair p = f->pairs[i];

        add_relative(out, p.a, p.b, p.weight);
        add_relative(out, p.b, p.a, p.weight);
    }
    /* Each offset is now where the next list begins. */
    memmove(out->off + 1, out->off, f->n * sizeof(*out->off));
    out->off[0] = 0;
    return 0;
}

int eco_relatives_find(struct eco_relatives *out,
                       const struct eco_layout_input *in,
                       const uint32_t *number, uint32_t n, struct eco_err *err)
{
    struct finder f = { .in = in, .number = number, .n = n };
    struct written *list = eco_alloc_array(n, sizeof(*list));
    int rc;

    *out = (struct eco_relatives){ 0 };
    out->off = eco_calloc((size_t)n + 1, sizeof(*out->off));
    f.depth = eco_alloc_array(in->n, sizeof(*f.depth));
    f.jump = eco_alloc_array(in->n, sizeof(*f.jump));
    f.pairs = eco_alloc_array(count_cross(in) + n, sizeof(*f.pairs));
    if (list && out->off && f.depth && f.jump && f.pairs) {
        make_ladder(&f);
        pair_by_edges(&f);
        pair_by_authors(&f, list);
        rc = list_pairs(&f, out, err);
    } else {
        rc = no_memory(in, err);
    }
    eco_free(list);
    eco_free(f.depth);
    eco_free(f.jump);
    eco_free(f.pairs);
    return rc;
}

void eco_relatives_release(struct eco_relatives *r)
{
    eco_free(r->off);
    eco_free(r->list);
    *r = (struct eco_relatives){ 0 };
}
