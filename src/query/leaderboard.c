/* SPDX-License-Identifier: MIT */
#include "query/leaderboard.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "query/found.h"

struct run {
    const struct eco_query_index *ix;
    const struct eco_leaderboard_query *q;
    const struct eco_found *found; /* NULL: all models */
    struct eco_nodes nodes;        /* what is listed */
    uint64_t *bits;                /* owned, when made for this run */
    uint32_t *list;                /* the same */
};

static const struct eco_choice *tasks_of(const struct eco_leaderboard_query *q)
{
    return &q->filter.choice[ECO_FILTER_TASK];
}

/* --- counts ------------------------------------------------------------------ */

static struct eco_found_count count_of(const struct run *r, uint32_t task)
{
    const struct eco_query_task *t = &r->ix->tasks[task];

    return r->found ? r->found->counts[task]
                    : (struct eco_found_count){ t->n, t->n_removed };
}

static int by_models(const void *a, const void *b)
{
    const struct eco_task_count *x = a, *y = b;

    if (x->models != y->models)
        return x->models < y->models ? 1 : -1;
    return (x->task > y->task) - (x->task < y->task);
}

static int sum_up(const struct run *r, struct eco_leaderboard *out,
                  struct eco_err *err)
{
    out->facets = eco_alloc_array(r->ix->n_tasks, sizeof(*out->facets));
    if (!out->facets)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u facets",
                        r->ix->n_tasks);
    for (uint32_t t = 0; t < r->ix->n_tasks; t++) {
        struct eco_found_count c = count_of(r, t);
        uint32_t n = r->q->filter.exclude_removed ? c.n - c.n_removed : c.n;

        if (n)
            out->facets[out->n_facets++] = (struct eco_task_count){ t, n };
        if (eco_choice_has(tasks_of(r->q), t)) {
            out->total += n;
            out->removed += c.n_removed;
        }
    }
    qsort(out->facets, out->n_facets, sizeof(*out->facets), by_models);
    return 0;
}

/* --- the set that is listed ----------------------------------------------------- */

static bool is_listed(const struct run *r, uint32_t node)
{
    if (r->q->filter.exclude_removed && !eco_bits_test(r->ix->present, node))
        return false;
    return eco_choice_has(tasks_of(r->q), r->ix->snap->task[node]);
}

static int out_of_memory(const struct run *r, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for a set of %u models",
                    r->ix->n);
}

static int filter_list(struct run *r, struct eco_err *err)
{
    const struct eco_search_hits *hits = &r->found->hits;
    uint32_t kept = 0;

    r->list = eco_alloc_array(hits->n, sizeof(*r->list));
    if (!r->list)
        return out_of_memory(r, err);
    for (uint32_t i = 0; i < hits->n; i++)
        if (is_listed(r, hits->list[i]))
            r->list[kept++] = hits->list[i];
    r->nodes.list = r->list;
    return 0;
}

static void add_task(struct run *r, const struct eco_query_task *task)
{
    if (task->bits) {
        eco_bits_or(r->bits, task->bits, r->ix->n);
        return;
    }
    for (uint32_t i = 0; i < task->n; i++)
        eco_bits_set(r->bits, task->list[i]);
}

static int filter_bits(struct run *r, struct eco_err *err)
{
    const struct eco_choice *tasks = tasks_of(r->q);

    r->bits = eco_bits_new(r->ix->n);
    if (!r->bits)
        return out_of_memory(r, err);
    if (!tasks->is_on)
        eco_bits_fill(r->bits, r->ix->n);
    for (uint32_t i = 0; i < tasks->n; i++)
        add_task(r, &r->ix->tasks[tasks->value[i]]);
    if (r->found)
        eco_bits_and(r->bits, r->found->hits.bits, r->ix->n);
    if (r->q->filter.exclude_removed)
        eco_bits_and(r->bits, r->ix->present, r->ix->n);
    r->nodes.bits = r->bits;
    return 0;
}

/* As little work as the question needs: unfiltered sets, single tasks and all
 * models but the removed ones are there already. */
static int find_nodes(struct run *r, struct eco_err *err)
{
    const struct eco_choice *tasks = tasks_of(r->q);
    bool exclude_removed = r->q->filter.exclude_removed;

    if (!tasks->is_on && !exclude_removed) {
        if (r->found)
            r->nodes = (struct eco_nodes){ r->found->hits.list,
                                           r->found->hits.bits, 0 };
        return 0;
    }
    if (r->found && r->found->hits.list)
        return filter_list(r, err);
    if (!r->found && !tasks->is_on) {
        r->nodes.bits = r->ix->present;
        return 0;
    }
    if (!r->found && tasks->n == 1 && !exclude_removed) {
        const struct eco_query_task *task = &r->ix->tasks[tasks->value[0]];

        r->nodes = (struct eco_nodes){ task->list, task->bits, 0 };
        return 0;
    }
    return filter_bits(r, err);
}

int eco_leaderboard_run(const struct eco_query_index *ix,
                        const struct eco_leaderboard_query *q,
                        struct eco_leaderboard *out, struct eco_err *err)
{
    struct run r = { .ix = ix, .q = q };
    struct eco_leaderboard board = { 0 };
    uint64_t skip = (uint64_t)(q->page - 1) * q->per_page;
    int rc = 0;

    *out = (struct eco_leaderboard){ 0 };
    if (eco_found_is_needed(&q->filter))
        rc = eco_found_get(ix, &q->filter, &r.found, err);
    if (!rc)
        rc = sum_up(&r, &board, err);
    if (rc || skip >= board.total)
        goto done;
    rc = find_nodes(&r, err);
    if (rc)
        goto done;
    r.nodes.n = board.total;
    rc = eco_order_page(ix, &r.nodes, q->sort, q->descending, skip, q->per_page,
                        board.nodes, &board.n, err);
done:
    if (!rc) {
        *out = board;
        board.facets = NULL;
    }
    eco_leaderboard_release(&board);
    eco_free(r.bits);
    eco_free(r.list);
    eco_found_unref(r.found);
    return rc;
}

void eco_leaderboard_release(struct eco_leaderboard *board)
{
    eco_free(board->facets);
    *board = (struct eco_leaderboard){ 0 };
}
