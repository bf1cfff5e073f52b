/* SPDX-License-Identifier: MIT */
#include "query/author.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "query/parts.h"

int eco_author_created(const struct eco_snap *s, uint32_t author,
                       int64_t *first, int64_t *last, struct eco_err *err)
{
    const uint32_t *nodes;
    uint32_t n;
    int rc = eco_part_author(s, author, &nodes, &n, err);

    *first = *last = ECO_TIME_UNKNOWN;
    for (uint32_t i = 0; !rc && i < n; i++) {
        int64_t t = s->created[nodes[i]];

        if (t == ECO_TIME_UNKNOWN)
            continue;
        if (*first == ECO_TIME_UNKNOWN || t < *first)
            *first = t;
        if (*last == ECO_TIME_UNKNOWN || t > *last)
            *last = t;
    }
    return rc;
}

/* Into its place among the largest; equal ones come by number. */
static void add_task(uint32_t task, uint32_t models,
                     struct eco_author_tasks *out)
{
    uint32_t at = out->n;

    while (at && models > out->models[at - 1])
        at--;
    if (at == ECO_AUTHOR_TASKS)
        return;
    if (out->n < ECO_AUTHOR_TASKS)
        out->n++;
    for (uint32_t i = out->n - 1; i > at; i--) {
        out->task[i] = out->task[i - 1];
        out->models[i] = out->models[i - 1];
    }
    out->task[at] = task;
    out->models[at] = models;
}

static void count_tasks(const struct eco_snap *s, const uint32_t *nodes,
                        uint32_t n, uint32_t *models)
{
    for (uint32_t i = 0; i < n; i++)
        if (s->task[nodes[i]] < s->tasks.n)
            models[s->task[nodes[i]]]++;
}

int eco_author_tasks(const struct eco_snap *s, uint32_t author,
                     struct eco_author_tasks *out, struct eco_err *err)
{
    const uint32_t *nodes;
    uint32_t n, *models;
    int rc = eco_part_author(s, author, &nodes, &n, err);

    out->n = 0;
    if (rc)
        return rc;
    models = eco_calloc(s->tasks.n, sizeof(*models));
    if (!models)
        return eco_fail(err, ECO_ENOMEM, "no memory to count %u tasks",
                        s->tasks.n);
    count_tasks(s, nodes, n, models);
    for (uint32_t t = 0; t < s->tasks.n; t++)
        if (models[t])
            add_task(t, models[t], out);
    eco_free(models);
    return 0;
}

void eco_author_families(const struct eco_snap *s, uint32_t author,
                         struct eco_author_families *out)
{
    out->total = out->n = 0;
    for (uint32_t f = 0; f < s->n_families; f++) {
        uint32_t root = s->family_root[f];

        if (root >= s->meta->n_nodes || s->author[root] != author)
            continue;
        out->total++;
        if (out->n < ECO_AUTHOR_FAMILIES)
            out->family[out->n++] = f;
    }
}
