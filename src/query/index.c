/* SPDX-License-Identifier: MIT */
#include "query/index.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "query/found.h"

/* A task with this share of all models gets bits of its own. */
#define LARGE_SHARE 64

static bool is_known(const struct eco_snap *s, enum eco_snap_order order,
                     uint32_t node)
{
    switch (order) {
    case ECO_ORDER_NAME:
        return true;
    case ECO_ORDER_CREATED:
        return s->created[node] != ECO_TIME_UNKNOWN;
    case ECO_ORDER_DOWNLOADS:
        return s->downloads[node] >= 0;
    case ECO_ORDER_LIKES:
        return s->likes[node] >= 0;
    case ECO_ORDER_TASK:
        return s->task[node] != 0;
    }
    return true;
}

/* Unknown values are last: find the first of them. */
static uint32_t count_known(const struct eco_snap *s, enum eco_snap_order order)
{
    uint32_t lo = 0, hi = s->meta->n_ranked;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (is_known(s, order, s->order[order][mid]))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static int count_tasks(struct eco_query_index *ix, struct eco_err *err)
{
    const struct eco_snap *s = ix->snap;

    for (uint32_t v = 0; v < ix->n; v++) {
        struct eco_query_task *task;

        if (s->task[v] >= ix->n_tasks)
            return eco_fail(err, ECO_EFORMAT, "model %u: task %u of %u", v,
                            s->task[v], ix->n_tasks);
        task = &ix->tasks[s->task[v]];
        task->n++;
        if (s->flags[v] & ECO_SNAP_REMOVED) {
            task->n_removed++;
            ix->n_removed++;
            eco_bits_clear(ix->present, v);
        }
    }
    return 0;
}

/* `order.task` has entry 1 first and "none", entry 0, last. */
static void place_runs(struct eco_query_index *ix)
{
    const uint32_t *run = ix->snap->order[ECO_ORDER_TASK];

    for (uint32_t t = 1; t < ix->n_tasks; t++) {
        ix->tasks[t].list = run;
        run += ix->tasks[t].n;
    }
    ix->tasks[0].list = run;
}

static bool is_large(const struct eco_query_index *ix, uint32_t task)
{
    return ix->tasks[task].n && ix->tasks[task].n >= ix->n / LARGE_SHARE;
}

static int make_task_bits(struct eco_query_index *ix, struct eco_err *err)
{
    size_t words = eco_bits_words(ix->n), n_large = 0;
    uint64_t *next;

    for (uint32_t t = 0; t < ix->n_tasks; t++)
        n_large += is_large(ix, t);
    ix->task_bits = eco_calloc(n_large, words * sizeof(uint64_t));
    if (!ix->task_bits)
        return eco_fail(err, ECO_ENOMEM, "no memory for %zu large tasks",
                        n_large);
    next = ix->task_bits;
    for (uint32_t t = 0; t < ix->n_tasks; t++) {
        if (!is_large(ix, t))
            continue;
        for (uint32_t i = 0; i < ix->tasks[t].n; i++)
            eco_bits_set(next, ix->tasks[t].list[i]);
        ix->tasks[t].bits = next;
        next += words;
    }
    return 0;
}

/* `nodes` is NULL for the order by number. */
static uint16_t count_block(const struct eco_query_index *ix,
                            const uint32_t *nodes, uint32_t begin)
{
    uint32_t end =
        ix->n - begin > ECO_QUERY_BLOCK ? begin + ECO_QUERY_BLOCK : ix->n;
    unsigned n = 0;

    if (nodes)
        for (uint32_t i = begin; i < end; i++)
            n += eco_bits_test(ix->present, nodes[i]);
    else
        for (uint32_t i = begin; i < end; i++)
            n += eco_bits_test(ix->present, i);
    return (uint16_t)n;
}

static uint16_t *count_blocks(const struct eco_query_index *ix,
                              const uint32_t *nodes)
{
    uint32_t n = ix->n / ECO_QUERY_BLOCK + 1;
    uint16_t *count = eco_calloc(n, sizeof(*count));

    for (uint32_t i = 0; count && i < n; i++)
        count[i] = count_block(ix, nodes, i * ECO_QUERY_BLOCK);
    return count;
}

static int count_present(struct eco_query_index *ix, struct eco_err *err)
{
    for (int i = 0; i <= ECO_SNAP_ORDERS; i++) {
        const uint32_t *nodes = i < ECO_SNAP_ORDERS ? ix->snap->order[i] : NULL;

        ix->present_in[i] = count_blocks(ix, nodes);
        if (!ix->present_in[i])
            return eco_fail(err, ECO_ENOMEM, "no memory to count %u models",
                            ix->n);
    }
    return 0;
}

int eco_query_index_new(struct eco_snap *snap, struct eco_query_index **out,
                        struct eco_err *err)
{
    struct eco_query_index *ix = eco_calloc(1, sizeof(*ix));
    int rc;

    *out = NULL;
    if (!ix)
        return eco_fail(err, ECO_ENOMEM, "no memory for the query index");
    ix->snap = eco_snap_ref(snap);
    ix->n = snap->meta->n_ranked;
    ix->n_tasks = snap->tasks.n;
    ix->tasks = eco_calloc(ix->n_tasks, sizeof(*ix->tasks));
    ix->present = eco_bits_new(ix->n);
    if (!ix->tasks || !ix->present) {
        rc = eco_fail(err, ECO_ENOMEM, "no memory to index %u models", ix->n);
        goto done;
    }
    eco_bits_fill(ix->present, ix->n);
    rc = count_tasks(ix, err);
    if (rc)
        goto done;
    place_runs(ix);
    rc = make_task_bits(ix, err);
    if (rc)
        goto done;
    rc = count_present(ix, err);
    if (rc)
        goto done;
    rc = eco_found_cache_new(&ix->found, err);
    if (rc)
        goto done;
    for (int i = 0; i < ECO_SNAP_ORDERS; i++)
        ix->n_known[i] = count_known(snap, (enum eco_snap_order)i);

    *out = ix;
    ix = NULL;
done:
    eco_query_index_free(ix);
    return rc;
}

void eco_query_index_free(struct eco_query_index *ix)
{
    if (!ix)
        return;
    eco_found_cache_free(ix->found);
    eco_free(ix->task_bits);
    for (int i = 0; i <= ECO_SNAP_ORDERS; i++)
        eco_free(ix->present_in[i]);
    eco_free(ix->present);
    eco_free(ix->tasks);
    eco_snap_unref(ix->snap);
    eco_free(ix);
}
