/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"

/* The entries of a node: entry[*begin .. *end). */
static void entries_of(const struct eco_build_column *c, uint32_t node,
                       uint64_t *begin, uint64_t *end)
{
    *begin = c->off ? c->off[node] : node;
    *end = c->off ? c->off[node + 1] : (uint64_t)node + 1;
}

/* How many nodes each entry has, one place behind its own. */
static void count_nodes(const struct eco_build_column *c, uint64_t n_told,
                        uint64_t *first)
{
    memset(first, 0, ((size_t)c->n + 1) * sizeof(*first));
    for (uint64_t i = 0; i < n_told; i++)
        if (c->entry[i] != NO_ENTRY)
            first[c->entry[i] + 1]++;
    for (uint32_t e = 0; e < c->n; e++)
        first[e + 1] += first[e];
}

/* A counting sort that keeps the order of nodes. */
static void fill_nodes(const struct eco_build_column *c, uint32_t r,
                       struct eco_build_group *g)
{
    for (uint32_t v = 0; v < r; v++) {
        uint64_t i, end;

        for (entries_of(c, v, &i, &end); i < end; i++)
            if (c->entry[i] != NO_ENTRY)
                g->nodes[g->first[c->entry[i]]++] = v;
    }
    /* each first is now the next one's: shift back */
    memmove(g->first + 1, g->first, c->n * sizeof(*g->first));
    g->first[0] = 0;
}

int eco_build_group(const struct eco_build_column *c, uint32_t r,
                    struct eco_build_group *out, const char *what,
                    struct eco_err *err)
{
    uint64_t n_told = c->off ? c->off[r] : r;
    int rc = eco_build_alloc(&out->first, (size_t)c->n + 1, sizeof(*out->first),
                             what, err);

    if (rc)
        return rc;
    out->n = c->n;
    count_nodes(c, n_told, out->first);
    rc = eco_build_alloc(&out->nodes, out->first[c->n], sizeof(*out->nodes),
                         what, err);
    if (!rc)
        fill_nodes(c, r, out);
    return rc;
}

void eco_build_group_release(struct eco_build_group *g)
{
    eco_free(g->first);
    eco_free(g->nodes);
    *g = (struct eco_build_group){ 0 };
}

int eco_build_write_group(struct eco_build *b, const struct eco_build_group *g,
                          const char *first, const char *nodes,
                          struct eco_err *err)
{
    int rc = eco_snap_writer_section(b->w, first, sizeof(*g->first), g->first,
                                     (uint64_t)g->n + 1, err);

    if (!rc)
        rc = eco_snap_writer_section(b->w, nodes, sizeof(*g->nodes), g->nodes,
                                     g->first[g->n], err);
    return rc;
}

/* --- totals --------------------------------------------------------------------- */

/* Both at most ECO_MAX_COUNT, or unknown. */
static void add_count(int64_t *sum, int64_t count)
{
    if (count > 0)
        *sum += count;
    if (*sum > ECO_MAX_COUNT)
        *sum = ECO_MAX_COUNT;
}

void eco_build_add(const struct eco_build *b, uint32_t node,
                   struct eco_total *total)
{
    total->models++;
    total->influence += b->influence[node];
    add_count(&total->likes, b->likes[node]);
    add_count(&total->downloads, b->downloads[node]);
}

void eco_build_sum(const struct eco_build *b, const struct eco_build_column *c,
                   struct eco_total *sum)
{
    for (uint32_t v = 0; v < b->r; v++) {
        uint64_t i, end;

        for (entries_of(c, v, &i, &end); i < end; i++)
            if (c->entry[i] != NO_ENTRY)
                eco_build_add(b, v, &sum[c->entry[i]]);
    }
}

/* Sorting is stable, so the last key comes first. */
int eco_build_sort_totals(const struct eco_total *sum, uint32_t n,
                          uint32_t *order, struct eco_err *err)
{
    struct eco_sort_pair *pairs = NULL;
    int rc = eco_build_alloc(&pairs, n, 2 * sizeof(*pairs), "totals", err);

    if (rc)
        return rc;
    for (uint32_t i = 0; i < n; i++)
        pairs[i] = (struct eco_sort_pair){ ~sum[i].models, i };
    eco_sort_pairs(pairs, pairs + n, n);
    for (uint32_t i = 0; i < n; i++)
        pairs[i].key = ~eco_sort_key_f64(sum[pairs[i].value].influence);
    eco_sort_pairs(pairs, pairs + n, n);
    for (uint32_t i = 0; i < n; i++)
        order[i] = pairs[i].value;
    eco_free(pairs);
    return 0;
}
