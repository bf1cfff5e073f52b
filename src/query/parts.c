/* SPDX-License-Identifier: MIT */
#include "query/parts.h"

/* Part i of n of something; are its offsets in order? */
static bool is_part(const uint64_t *off, uint32_t n, uint32_t i)
{
    return i < n && off[i] <= off[i + 1] && off[i + 1] <= off[n];
}

int eco_part_check(const struct eco_snap *s, const char *section,
                   const uint32_t *nodes, uint32_t n, struct eco_err *err)
{
    for (uint32_t i = 0; i < n; i++)
        if (nodes[i] >= s->meta->n_ranked)
            return eco_fail(err, ECO_EFORMAT, "section %s: model %u of %u",
                            section, nodes[i], s->meta->n_ranked);
    return 0;
}

/* A list of models and where its parts begin: the sections NAME.node and
 * NAME.first. */
struct lists {
    const char *first_name, *node_name;
    const uint64_t *first;
    const uint32_t *node;
    uint32_t n;
};

static int list_of(const struct eco_snap *s, const struct lists *lists,
                   uint32_t i, const uint32_t **nodes, uint32_t *n,
                   struct eco_err *err)
{
    uint64_t len;

    *nodes = NULL;
    *n = 0;
    if (!is_part(lists->first, lists->n, i))
        return eco_fail(err, ECO_EFORMAT, "section %s: bounds of part %u of %u",
                        lists->first_name, i, lists->n);
    len = lists->first[i + 1] - lists->first[i];
    if (len > s->meta->n_ranked)
        return eco_fail(err, ECO_EFORMAT, "section %s: %ju models of %u",
                        lists->first_name, (uintmax_t)len, s->meta->n_ranked);
    *nodes = lists->node + lists->first[i];
    *n = (uint32_t)len;
    return eco_part_check(s, lists->node_name, *nodes, *n, err);
}

int eco_part_author(const struct eco_snap *s, uint32_t author,
                    const uint32_t **nodes, uint32_t *n, struct eco_err *err)
{
    const struct lists lists = { "author.first", "author.node", s->author_first,
                                 s->author_node, s->meta->n_authors };

    return list_of(s, &lists, author, nodes, n, err);
}

int eco_part_family(const struct eco_snap *s, uint32_t family,
                    const uint32_t **nodes, uint32_t *n, struct eco_err *err)
{
    const struct lists lists = { "family.first", "family.node", s->family_first,
                                 s->family_node, s->n_families };

    return list_of(s, &lists, family, nodes, n, err);
}

int eco_part_set(const char *name, const uint64_t *off, const uint8_t *all,
                 uint32_t n, uint32_t i, struct eco_part_set *out,
                 struct eco_err *err)
{
    if (!is_part(off, n, i))
        return eco_fail(err, ECO_EFORMAT, "section %s.boff: bounds of %u of %u",
                        name, i, n);
    *out = (struct eco_part_set){ all + off[i], (size_t)(off[i + 1] - off[i]) };
    return 0;
}
