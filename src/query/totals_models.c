/* SPDX-License-Identifier: MIT */
#include "query/totals.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "query/parts.h"
#include "snapshot/bitmap.h"

/* --- which models ------------------------------------------------------------------ */

/* The relation to the main base; ECO_RELATIONS for a model without a base.
 * Bases rise, so the first of equal influence has the smaller number. */
static uint32_t relation_of(const struct eco_snap *s, uint32_t node)
{
    const struct eco_graph *g = &s->graph;
    uint64_t best = g->up_off[node], end = g->up_off[node + 1];

    if (best == end)
        return ECO_RELATIONS;
    for (uint64_t i = best + 1; i < end; i++)
        if (s->influence[g->up[i]] > s->influence[g->up[best]])
            best = i;
    return g->up_tag[best] & ECO_EDGE_RELATION;
}

/* For the values that have neither list nor bitmap. */
static bool has_value(const struct eco_snap *s, enum eco_facet facet,
                      uint32_t value, uint32_t node)
{
    switch (facet) {
    case ECO_FACET_AUTHOR:
        return s->author[node] == ECO_SNAP_NO_AUTHOR;
    case ECO_FACET_FAMILY:
        return s->family[node] == ECO_SNAP_NO_FAMILY;
    default:
        return relation_of(s, node) ==
               (value == ECO_VALUE_NONE ? ECO_RELATIONS : value);
    }
}

/* --- lists -------------------------------------------------------------------------- */

/* The models of a value as they stand somewhere; *found is false when they do
 * not. */
static int find_nodes(const struct eco_query_index *ix, enum eco_facet facet,
                      uint32_t value, struct eco_nodes *out, bool *found,
                      struct eco_err *err)
{
    bool is_none = value == ECO_VALUE_NONE;

    *out = (struct eco_nodes){ 0 };
    *found = true;
    if (facet == ECO_FACET_TASK) {
        const struct eco_query_task *t = &ix->tasks[is_none ? 0 : value];

        *out = (struct eco_nodes){ t->list, t->bits, t->n };
        return 0;
    }
    if (facet == ECO_FACET_AUTHOR && !is_none)
        return eco_part_author(ix->snap, value, &out->list, &out->n, err);
    if (facet == ECO_FACET_FAMILY && !is_none)
        return eco_part_family(ix->snap, value, &out->list, &out->n, err);
    *found = false;
    return 0;
}

/* --- bitmaps -------------------------------------------------------------------------- */

static bool has_bitmaps(const struct eco_snap *s, enum eco_facet facet)
{
    return facet == ECO_FACET_KIND || eco_facet_dict(s, facet);
}

static int set_of(const struct eco_snap *s, enum eco_facet facet,
                  uint32_t value, struct eco_part_set *out, struct eco_err *err)
{
    const struct eco_snap_dict *d = eco_facet_dict(s, facet);

    return eco_part_set(eco_facet_name(facet),
                        d ? d->bits_off : s->kind_bits_off,
                        d ? d->bits : s->kind_bits, d ? d->n : ECO_AUTHOR_KINDS,
                        value == ECO_VALUE_NONE ? 0 : value, out, err);
}

/* --- the ten ---------------------------------------------------------------------------- */

static void ten_of_list(const struct eco_nodes *nodes, uint32_t *out,
                        uint32_t *n)
{
    while (*n < nodes->n && *n < ECO_FACET_TEN) {
        out[*n] = nodes->list[*n];
        ++*n;
    }
}

/* Along the ranks, until there are ten or no more. */
static void ten_by_looking(const struct eco_snap *s, enum eco_facet facet,
                           uint32_t value, uint32_t *out, uint32_t *n)
{
    uint64_t all = eco_value_total(s, facet, value).models;

    if (all > ECO_FACET_TEN)
        all = ECO_FACET_TEN;
    for (uint32_t v = 0; v < s->meta->n_ranked && *n < all; v++)
        if (has_value(s, facet, value, v))
            out[(*n)++] = v;
}

/* Position in order.created of the first known date from `ms` on. */
static uint32_t created_from(const struct eco_query_index *ix, int64_t ms)
{
    const struct eco_snap *s = ix->snap;
    uint32_t lo = 0, hi = ix->n_known[ECO_ORDER_CREATED];

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (s->created[s->order[ECO_ORDER_CREATED][mid]] < ms)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The models of a month, a year or no date: a slice of order.created. */
static void slice_of(const struct eco_query_index *ix, enum eco_facet facet,
                     uint32_t value, uint32_t *begin, uint32_t *end)
{
    bool is_month = facet == ECO_FACET_MONTH;
    int32_t month;

    if (value == ECO_VALUE_NONE) {
        *begin = ix->n_known[ECO_ORDER_CREATED];
        *end = ix->n;
        return;
    }
    month =
        is_month ? ix->snap->month_key[value] : ((int32_t)value - 1970) * 12;
    *begin = created_from(ix, eco_month_begin(month));
    *end = created_from(ix, eco_month_begin(month + (is_month ? 1 : 12)));
}

static void insert(uint32_t *out, uint32_t *n, uint32_t node)
{
    uint32_t at = *n < ECO_FACET_TEN ? (*n)++ : ECO_FACET_TEN - 1;

    for (; at && out[at - 1] > node; at--)
        out[at] = out[at - 1];
    out[at] = node;
}

static void ten_of_slice(const struct eco_query_index *ix, enum eco_facet facet,
                         uint32_t value, uint32_t *out, uint32_t *n)
{
    const uint32_t *order = ix->snap->order[ECO_ORDER_CREATED];
    uint32_t i, end;

    for (slice_of(ix, facet, value, &i, &end); i < end; i++)
        if (*n < ECO_FACET_TEN || order[i] < out[ECO_FACET_TEN - 1])
            insert(out, n, order[i]);
}

static int ten_of_others(const struct eco_snap *s, enum eco_facet facet,
                         uint32_t *out, uint32_t *n, struct eco_err *err)
{
    const struct eco_others *others = &s->others[facet];

    while (*n < others->n && *n < ECO_FACET_TEN) {
        out[*n] = others->top[*n];
        ++*n;
    }
    return eco_part_check(s, "others", out, *n, err);
}

static int ten_of_set(const struct eco_query_index *ix, enum eco_facet facet,
                      uint32_t value, uint32_t *out, uint32_t *n,
                      struct eco_err *err)
{
    struct eco_part_set set;
    int rc = set_of(ix->snap, facet, value, &set, err);

    return rc ? rc
              : eco_bitmap_first(set.bytes, set.len, ix->n, ECO_FACET_TEN, out,
                                 n, err);
}

int eco_value_ten(const struct eco_query_index *ix, enum eco_facet facet,
                  uint32_t value, uint32_t out[ECO_FACET_TEN], uint32_t *n,
                  struct eco_err *err)
{
    const struct eco_snap *s = ix->snap;
    struct eco_nodes nodes;
    bool found;
    int rc;

    *n = 0;
    if (value == ECO_VALUE_OTHERS)
        return ten_of_others(s, facet, out, n, err);
    if (facet == ECO_FACET_MONTH || facet == ECO_FACET_YEAR) {
        ten_of_slice(ix, facet, value, out, n);
        return 0;
    }
    rc = find_nodes(ix, facet, value, &nodes, &found, err);
    if (rc)
        return rc;
    if (!found && has_bitmaps(s, facet))
        return ten_of_set(ix, facet, value, out, n, err);
    if (found)
        ten_of_list(&nodes, out, n);
    else
        ten_by_looking(s, facet, value, out, n);
    return 0;
}

/* --- all ---------------------------------------------------------------------------------- */

static int fill_bits(const struct eco_query_index *ix, enum eco_facet facet,
                     uint32_t value, uint64_t *bits, struct eco_err *err)
{
    const uint32_t *order = ix->snap->order[ECO_ORDER_CREATED];
    struct eco_part_set set;
    uint32_t i, end;
    int rc;

    if (has_bitmaps(ix->snap, facet)) {
        rc = set_of(ix->snap, facet, value, &set, err);
        return rc ? rc : eco_bitmap_or(set.bytes, set.len, ix->n, bits, err);
    }
    if (facet == ECO_FACET_MONTH || facet == ECO_FACET_YEAR) {
        for (slice_of(ix, facet, value, &i, &end); i < end; i++)
            eco_bits_set(bits, order[i]);
        return 0;
    }
    for (uint32_t v = 0; v < ix->n; v++)
        if (has_value(ix->snap, facet, value, v))
            eco_bits_set(bits, v);
    return 0;
}

int eco_value_models(const struct eco_query_index *ix, enum eco_facet facet,
                     uint32_t value, struct eco_value_models *out,
                     struct eco_err *err)
{
    bool found;
    int rc;

    *out = (struct eco_value_models){ 0 };
    rc = find_nodes(ix, facet, value, &out->nodes, &found, err);
    if (rc || found)
        return rc;
    out->bits = eco_bits_new(ix->n);
    if (!out->bits)
        return eco_fail(err, ECO_ENOMEM, "no memory for a set of %u models",
                        ix->n);
    rc = fill_bits(ix, facet, value, out->bits, err);
    if (rc) {
        eco_value_models_release(out);
        return rc;
    }
    out->nodes.bits = out->bits;
    out->nodes.n = eco_bits_count(out->bits, ix->n);
    return 0;
}

void eco_value_models_release(struct eco_value_models *m)
{
    eco_free(m->bits);
    *m = (struct eco_value_models){ 0 };
}
