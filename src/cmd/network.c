/* SPDX-License-Identifier: MIT */
#include "cmd/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By their numbers: enum eco_network_view, enum eco_relation. */
const char *const eco_view_words[] = { "top",   "full",      "author",
                                       "orgs",  "adapter",   "finetune",
                                       "merge", "quantized", NULL };
const char *const eco_relation_words[] = { "adapter", "finetune", "merge",
                                           "quantized", NULL };

static int check_number(const struct eco_cmd *cmd, const char *option,
                        uint32_t n, uint32_t max)
{
    char text[64];

    if (n <= max)
        return -1;
    snprintf(text, sizeof(text), "%s: at most %u", option, max);
    return eco_cmd_usage(cmd, text, "");
}

int eco_network_args_check(const struct eco_cmd *cmd,
                           const struct eco_network_args *args)
{
    int status = check_number(cmd, "--top", args->top, ECO_MAX_NETWORK_ROOTS);

    if (status < 0)
        status =
            check_number(cmd, "--limit", args->limit, ECO_MAX_NETWORK_LIMIT);
    if (status < 0)
        status =
            check_number(cmd, "--depth", args->depth, ECO_MAX_NETWORK_DEPTH);
    if (status < 0)
        status = check_number(cmd, "MODEL", (uint32_t)args->n_models,
                              ECO_MAX_NETWORK_ROOTS);
    if (status >= 0)
        return status;
    if (args->top && args->n_models)
        return eco_cmd_usage(cmd, "either models or --top, not both", "");
    if (!args->top && !args->n_models)
        return eco_cmd_usage(cmd, "name a model", "");
    return -1;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static int find_models(const struct eco_snap *s,
                       const struct eco_network_args *args,
                       struct eco_network_query *q, struct eco_err *err)
{
    uint32_t n = 0;

    for (int i = 0; i < args->n_models; i++)
        if (!eco_snap_find(s, eco_str_from_c(args->models[i]), &q->roots[n++]))
            return eco_fail(err, ECO_ENOTFOUND, "there is no model %s",
                            args->models[i]);
    qsort(q->roots, n, sizeof(q->roots[0]), by_number);
    for (uint32_t i = 0; i < n; i++)
        if (!q->n_roots || q->roots[q->n_roots - 1] != q->roots[i])
            q->roots[q->n_roots++] = q->roots[i];
    for (uint32_t i = 0; i < args->top && i < s->meta->n_ranked; i++)
        q->roots[q->n_roots++] = i;
    if (!q->n_roots)
        return eco_fail(err, ECO_ENOTFOUND, "there is no model");
    return 0;
}

static int open_snapshot(struct eco_snap **out, const char *data,
                         struct eco_err *err)
{
    struct eco_paths paths;
    int rc = eco_paths_init(&paths, data, false, err);

    if (!rc)
        rc = eco_snap_open(paths.snapshot, out, err);
    eco_paths_release(&paths);
    return rc;
}

int eco_network_find(struct eco_network_found *found, const char *data,
                     const struct eco_network_args *args, struct eco_err *err)
{
    struct eco_network_query *q = &found->query;
    int rc;

    memset(found, 0, sizeof(*found));
    q->view = (enum eco_network_view)args->view.last;
    q->limit = args->limit;
    if (!q->limit && q->view == ECO_NETWORK_TOP)
        q->limit = ECO_DEFAULT_NETWORK_LIMIT;
    q->depth = args->depth;
    q->has_until = args->until.given;
    q->until = args->until.day;
    q->hide = args->hide.all;
    rc = open_snapshot(&found->snap, data, err);
    if (!rc)
        rc = find_models(found->snap, args, q, err);
    if (!rc)
        rc = eco_network_run(found->snap, q, &found->net, err);
    return rc;
}

void eco_network_found_release(struct eco_network_found *found)
{
    eco_network_release(&found->net);
    eco_snap_unref(found->snap);
    found->snap = NULL;
}
