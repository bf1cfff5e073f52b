/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

/* --- numbering -------------------------------------------------------------------- */

int eco_verify_cmp_totals(const struct eco_total *a, const struct eco_total *b)
{
    if (a->influence != b->influence)
        return a->influence > b->influence ? -1 : 1;
    return (a->models < b->models) - (a->models > b->models);
}

static int cmp_authors(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    return eco_str_cmp_nocase(eco_snap_author_name(s, a),
                              eco_snap_author_name(s, b));
}

static int cmp_families(const struct eco_snap *s, uint32_t a, uint32_t b)
{
    return eco_str_cmp_nocase(eco_snap_id(s, s->family_root[a]),
                              eco_snap_id(s, s->family_root[b]));
}

/* The most influential first, ties by more models, then by `cmp`. */
static void check_numbering(struct eco_verify *c, const char *name, uint32_t n,
                            const struct eco_total *total,
                            int (*cmp)(const struct eco_snap *s, uint32_t a,
                                       uint32_t b))
{
    for (uint32_t i = 1; i < n; i++) {
        int order = eco_verify_cmp_totals(&total[i - 1], &total[i]);

        if (order > 0 || (!order && cmp(c->s, i - 1, i) >= 0))
            eco_verify_problem(c, "%s: entry %u does not follow the one before",
                               name, i);
    }
}

/* --- models by entry ---------------------------------------------------------------- */

struct members {
    const char *first_name, *node_name;
    const uint64_t *first;
    const uint32_t *node;
    const uint32_t *column; /* of ranked models */
    uint32_t n, none;
};

static void check_row(struct eco_verify *c, const struct members *m, uint32_t i)
{
    uint32_t r = c->s->meta->n_ranked;

    for (uint64_t k = m->first[i]; k < m->first[i + 1]; k++) {
        uint32_t v = m->node[k];
        bool rises = k == m->first[i] || m->node[k - 1] < v;

        if (v >= r || !rises || m->column[v] != i)
            eco_verify_problem(c,
                               "%s: entry %u: model %u of %u is not of it or"
                               " out of order",
                               m->node_name, i, v, r);
    }
}

/* Rows that hold only their own models, and as many as there are, hold all. */
static void check_members(struct eco_verify *c, const struct members *m)
{
    uint64_t n = 0;

    for (uint32_t i = 0; i < m->n; i++) {
        if (m->first[i] > m->first[i + 1] || m->first[i + 1] > m->first[m->n]) {
            eco_verify_problem(c, "%s: entry %u: [%ju, %ju) of %ju models",
                               m->first_name, i, (uintmax_t)m->first[i],
                               (uintmax_t)m->first[i + 1],
                               (uintmax_t)m->first[m->n]);
            return; /* later rows could overlap */
        }
        check_row(c, m, i);
    }
    for (uint32_t v = 0; v < c->s->meta->n_ranked; v++)
        n += m->column[v] != m->none;
    if (n != m->first[m->n])
        eco_verify_problem(c, "%s: holds %ju of %ju models", m->node_name,
                           (uintmax_t)m->first[m->n], (uintmax_t)n);
}

void eco_verify_members(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;
    const struct members authors = { "author.first",    "author.node",
                                     s->author_first,   s->author_node,
                                     s->author,         s->meta->n_authors,
                                     ECO_SNAP_NO_AUTHOR };
    const struct members families = { "family.first",    "family.node",
                                      s->family_first,   s->family_node,
                                      s->family,         s->n_families,
                                      ECO_SNAP_NO_FAMILY };

    check_members(c, &authors);
    check_members(c, &families);
    if (c->authors_ok)
        check_numbering(c, "total.author", s->meta->n_authors,
                        s->total[ECO_FACET_AUTHOR], cmp_authors);
    if (c->ids_ok)
        check_numbering(c, "total.family", s->n_families,
                        s->total[ECO_FACET_FAMILY], cmp_families);
}
