/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include "base/alloc.h"

/* How long the top lists are (docs/algorithms/totals.md). */
#define TOP_VALUES 20u
#define TOP_TASKS 100u

/* A facet with a top list, as it is written. */
struct listed {
    const char *name;
    struct eco_build_column column;
    const struct eco_total *sum; /* column.n */
    const uint8_t *is_value;     /* column.n; NULL: all with a model are */
    uint32_t top;
};

int eco_build_weights(struct eco_build *b, struct eco_err *err)
{
    int rc = eco_build_alloc(&b->likes, b->r, sizeof(*b->likes), "likes", err);

    if (!rc)
        rc = eco_build_alloc(&b->downloads, b->r, sizeof(*b->downloads),
                             "downloads", err);
    for (uint32_t v = 0; !rc && v < b->r; v++) {
        b->likes[v] = b->in->likes[b->input_of_node[v]];
        b->downloads[v] = b->in->downloads[b->input_of_node[v]];
    }
    return rc;
}

static int new_totals(uint32_t n, struct eco_total **out, struct eco_err *err)
{
    *out = eco_calloc(n, sizeof(**out));
    if (!*out)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u totals", n);
    return 0;
}

static int write_totals(struct eco_build *b, const char *name,
                        const struct eco_total *sum, uint32_t n,
                        struct eco_err *err)
{
    return eco_snap_writer_section(b->w, name, sizeof(*sum), sum, n, err);
}

/* --- others --------------------------------------------------------------------- */

enum side { NO_VALUE, IN_LIST, BEHIND };

static bool is_value(const struct listed *l, uint32_t entry)
{
    return l->is_value ? l->is_value[entry] : l->sum[entry].models > 0;
}

/* On which side of the top list is each entry? */
static int find_sides(const struct listed *l, uint8_t *side, uint32_t *values,
                      struct eco_err *err)
{
    uint32_t n = l->column.n, seen = 0, *order = NULL;
    int rc = eco_build_alloc(&order, n, sizeof(*order), l->name, err);

    if (!rc)
        rc = eco_build_sort_totals(l->sum, n, order, err);
    for (uint32_t i = 0; !rc && i < n; i++) {
        side[order[i]] = NO_VALUE;
        if (is_value(l, order[i]))
            side[order[i]] = seen++ < l->top ? IN_LIST : BEHIND;
    }
    *values = seen > l->top ? seen - l->top : 0;
    eco_free(order);
    return rc;
}

/* Has a value, but none of the list. */
static bool is_other(const struct listed *l, const uint8_t *side, uint32_t node)
{
    const struct eco_build_column *c = &l->column;
    uint64_t begin = c->off ? c->off[node] : node;
    uint64_t end = c->off ? c->off[node + 1] : (uint64_t)node + 1;
    bool behind = false;

    for (uint64_t i = begin; i < end; i++) {
        if (c->entry[i] == NO_ENTRY)
            continue;
        if (side[c->entry[i]] == IN_LIST)
            return false;
        behind |= side[c->entry[i]] == BEHIND;
    }
    return behind;
}

static int sum_others(const struct eco_build *b, const struct listed *l,
                      struct eco_others *out, struct eco_err *err)
{
    uint8_t *side = NULL;
    int rc = eco_build_alloc(&side, l->column.n, 1, l->name, err);

    if (!rc)
        rc = find_sides(l, side, &out->values, err);
    for (uint32_t v = 0; !rc && v < b->r; v++) {
        if (!is_other(l, side, v))
            continue;
        eco_build_add(b, v, &out->total);
        if (out->n < ECO_FACET_TEN)
            out->top[out->n++] = v;
    }
    eco_free(side);
    return rc;
}

/* --- the sections --------------------------------------------------------------- */

/* "" is none, and some names of languages name no language. */
static void mark_values(const struct eco_build_facet *f, bool are_languages,
                        uint8_t *is_value)
{
    for (uint32_t e = 0; e < f->n; e++) {
        struct eco_str text = eco_build_text(f->dict, f->told[e]);

        is_value[e] =
            text.len && !(are_languages && eco_language_is_apart(text));
    }
}

static int write_facet(struct eco_build *b, enum eco_build_facet_kind kind,
                       const char *name, struct eco_others *others,
                       struct eco_err *err)
{
    const struct eco_build_facet *f = &b->facet[kind];
    struct listed l = { .name = name,
                        .column = eco_build_facet_column(f),
                        .top = kind == FACET_TASK ? TOP_TASKS : TOP_VALUES };
    struct eco_total *sum = NULL;
    uint8_t *values = NULL;
    int rc = new_totals(f->n, &sum, err);

    if (!rc)
        rc = eco_build_alloc(&values, f->n, 1, name, err);
    if (rc)
        goto done;
    mark_values(f, kind == FACET_LANGUAGE, values);
    eco_build_sum(b, &l.column, sum);
    l.sum = sum;
    l.is_value = values;
    rc = sum_others(b, &l, others, err);
    if (!rc)
        rc = write_totals(b, name, sum, f->n, err);
done:
    eco_free(sum);
    eco_free(values);
    return rc;
}

static int write_owners(struct eco_build *b, struct eco_others *others,
                        struct eco_err *err)
{
    const struct listed author = {
        "total.author", { b->n_authors, b->author, NULL }, b->author_sum, NULL,
        TOP_VALUES,
    };
    const struct listed family = {
        "total.family", { b->n_families, b->family, NULL }, b->family_sum, NULL,
        TOP_VALUES,
    };
    int rc = sum_others(b, &author, &others[ECO_FACET_AUTHOR], err);

    if (!rc)
        rc = sum_others(b, &family, &others[ECO_FACET_FAMILY], err);
    if (!rc)
        rc = write_totals(b, author.name, author.sum, b->n_authors + 1, err);
    if (!rc)
        rc = write_totals(b, family.name, family.sum, b->n_families + 1, err);
    return rc;
}

/* What every model has one of few of. */
static int write_small(struct eco_build *b, struct eco_err *err)
{
    struct eco_total all = { 0 }, kind[ECO_AUTHOR_KINDS] = { { 0 } },
                     relation[ECO_RELATIONS + 1] = { { 0 } };
    int rc;

    for (uint32_t v = 0; v < b->r; v++) {
        eco_build_add(b, v, &all);
        eco_build_add(b, v, &kind[eco_build_kind_of(b, v)]);
        eco_build_add(b, v, &relation[b->relation[v]]);
    }
    rc = write_totals(b, "total.all", &all, 1, err);
    if (!rc)
        rc = write_totals(b, "total.kind", kind, ECO_AUTHOR_KINDS, err);
    if (!rc)
        rc =
            write_totals(b, "total.relation", relation, ECO_RELATIONS + 1, err);
    return rc;
}

int eco_build_write_totals(struct eco_build *b, struct eco_err *err)
{
    static const struct {
        enum eco_build_facet_kind kind;
        enum eco_facet facet;
        const char *name;
    } facets[FACETS] = {
        { FACET_LANGUAGE, ECO_FACET_LANGUAGE, "total.language" },
        { FACET_TASK, ECO_FACET_TASK, "total.task" },
        { FACET_LIBRARY, ECO_FACET_LIBRARY, "total.library" },
        { FACET_LICENCE, ECO_FACET_LICENCE, "total.licence" },
    };
    struct eco_others others[ECO_FACETS_WITH_OTHERS] = { 0 };
    int rc = write_small(b, err);

    for (size_t i = 0; !rc && i < FACETS; i++)
        rc = write_facet(b, facets[i].kind, facets[i].name,
                         &others[facets[i].facet], err);
    if (!rc)
        rc = write_owners(b, others, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "others", sizeof(*others), others,
                                     ECO_FACETS_WITH_OTHERS, err);
    return rc;
}
