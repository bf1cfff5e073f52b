/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <math.h>

#include "base/clock.h"
#include "base/limits.h"

static int check_counts(const struct eco_build_input *in, const char *name,
                        const int64_t *column, struct eco_err *err)
{
    for (uint32_t i = 0; i < in->n_models; i++)
        if (column[i] < -1)
            return eco_fail(err, ECO_EINVAL, "model %u: %s %jd", i, name,
                            (intmax_t)column[i]);
    return 0;
}

static int check_facet(const struct eco_build_input *in, const char *name,
                       const struct eco_build_dict *dict,
                       const uint32_t *column, struct eco_err *err)
{
    if (!dict->n || dict->off[1] != dict->off[0])
        return eco_fail(err, ECO_EINVAL, "%s: entry 0 is not \"\"", name);
    for (uint32_t i = 0; i < in->n_models; i++)
        if (column[i] >= dict->n)
            return eco_fail(err, ECO_EINVAL, "model %u: %s %u of %u", i, name,
                            column[i], dict->n);
    return 0;
}

static int check_times(const struct eco_build_input *in, const char *name,
                       const int64_t *column, struct eco_err *err)
{
    for (uint32_t i = 0; i < in->n_models; i++)
        if (column[i] != ECO_TIME_UNKNOWN &&
            (column[i] < 0 || column[i] >= ECO_TIME_END))
            return eco_fail(err, ECO_EINVAL,
                            "model %u: %s %jd, not in the years 1970 to 9999",
                            i, name, (intmax_t)column[i]);
    return 0;
}

static int check_languages(const struct eco_build_input *in,
                           struct eco_err *err)
{
    const struct eco_build_dict *dict = &in->languages;

    if (!dict->n || dict->off[1] != dict->off[0])
        return eco_fail(err, ECO_EINVAL, "language: entry 0 is not \"\"");
    for (uint32_t i = 0; i < in->n_models; i++) {
        uint64_t begin = in->language_off[i], end = in->language_off[i + 1];

        if (begin > end)
            return eco_fail(err, ECO_EINVAL, "model %u: languages %ju to %ju",
                            i, (uintmax_t)begin, (uintmax_t)end);
        for (uint64_t k = begin; k < end; k++)
            if (!in->language[k] || in->language[k] >= dict->n)
                return eco_fail(err, ECO_EINVAL,
                                "model %u: language %u, not 1 to %u", i,
                                in->language[k], dict->n - 1);
    }
    return 0;
}

static int check_ids(const struct eco_build_input *in, struct eco_err *err)
{
    if (in->n_nodes > ECO_MAX_NODES || in->n_models > in->n_nodes)
        return eco_fail(err, ECO_EINVAL, "%u models of %u nodes", in->n_models,
                        in->n_nodes);
    for (uint32_t i = 0; i < in->n_nodes; i++)
        if (in->id_off[i] >= in->id_off[i + 1])
            return eco_fail(err, ECO_EINVAL, "node %u: empty id", i);
    for (uint32_t i = 0; i < in->n_aliases; i++)
        if (in->alias_node[i] >= in->n_nodes ||
            in->alias_off[i] >= in->alias_off[i + 1])
            return eco_fail(err, ECO_EINVAL,
                            "former id %u: empty, or node %u"
                            " of %u",
                            i, in->alias_node[i], in->n_nodes);
    return 0;
}

static int check_rows(const struct eco_build_input *in, struct eco_err *err)
{
    for (uint32_t i = 0; i < in->n_models; i++) {
        if (in->flags[i] >> 3)
            return eco_fail(err, ECO_EINVAL, "model %u: flags %u", i,
                            in->flags[i]);
        if (!isfinite(in->spaces[i]) || in->spaces[i] < 0)
            return eco_fail(err, ECO_EINVAL, "model %u: spaces %g", i,
                            in->spaces[i]);
    }
    for (uint32_t i = 0; i < in->n_authors; i++)
        if (in->author_kind[i] >= ECO_AUTHOR_KINDS)
            return eco_fail(err, ECO_EINVAL, "author %u: kind %u", i,
                            in->author_kind[i]);
    return 0;
}

static int check_edges(const struct eco_build_input *in, struct eco_err *err)
{
    for (uint64_t i = 0; i < in->n_edges; i++) {
        const struct eco_edge *e = &in->edges[i];

        if (e->base >= in->n_nodes || e->derived >= in->n_nodes ||
            e->tag & ~(ECO_EDGE_RELATION | ECO_EDGE_DECLARED))
            return eco_fail(
                err, ECO_EINVAL, "edge %ju: %u to %u of %u nodes, tag %u",
                (uintmax_t)i, e->base, e->derived, in->n_nodes, e->tag);
    }
    return 0;
}

int eco_build_check(const struct eco_build_input *in, struct eco_err *err)
{
    const struct {
        const char *name;
        const int64_t *column;
    } counts[] = {
        { "likes", in->likes },
        { "downloads", in->downloads },
        { "downloads_all", in->downloads_all },
        { "params", in->params_count },
        { "storage", in->storage },
    };
    int rc = check_ids(in, err);

    for (size_t i = 0; !rc && i < sizeof(counts) / sizeof(counts[0]); i++)
        rc = check_counts(in, counts[i].name, counts[i].column, err);
    if (!rc)
        rc = check_facet(in, "task", &in->tasks, in->task, err);
    if (!rc)
        rc = check_facet(in, "library", &in->libraries, in->library, err);
    if (!rc)
        rc = check_facet(in, "licence", &in->licences, in->licence, err);
    if (!rc)
        rc = check_languages(in, err);
    if (!rc)
        rc = check_times(in, "created", in->created, err);
    if (!rc)
        rc = check_times(in, "modified", in->modified, err);
    if (!rc)
        rc = check_rows(in, err);
    if (!rc)
        rc = check_edges(in, err);
    return rc;
}
