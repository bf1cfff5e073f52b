/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include <stdlib.h>

#define MAX_TASK_BYTES 100

static const char *const removed_words[] = { "include", "exclude", NULL };

int eco_api_read_search(struct eco_api_call *call,
                        const struct eco_params *params,
                        struct eco_search *search)
{
    struct eco_str q = ECO_STR("");
    struct eco_err err = { 0 };
    bool given;
    int rc = eco_params_one(params, "q", &q, &given, &call->problem);

    if (rc)
        return rc;
    if (eco_search_parse(q, search, &err))
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                               ECO_STR("q"), "q: %s", err.msg);
    return 0;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void add_task(const struct eco_api_call *call, struct eco_filter *f,
                     struct eco_str name)
{
    uint32_t task = 0;

    if (!eco_str_is(name, "none") &&
        !eco_snap_dict_find(&call->api->index->snap->tasks, name, &task))
        return; /* no model has it */
    for (uint32_t i = 0; i < f->choice[ECO_FILTER_TASK].n; i++)
        if (f->choice[ECO_FILTER_TASK].value[i] == task)
            return;
    f->choice[ECO_FILTER_TASK].value[f->choice[ECO_FILTER_TASK].n++] = task;
}

static int read_tasks(struct eco_api_call *call,
                      const struct eco_params *params, struct eco_filter *f)
{
    unsigned n = 0;

    for (size_t i = 0; i < params->n; i++) {
        struct eco_str value = params->item[i].value;

        if (!eco_str_is(params->item[i].name, "task"))
            continue;
        if (!value.len)
            return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER,
                                   ECO_STR("task"), "task: empty");
        if (value.len > MAX_TASK_BYTES)
            return eco_problem_set(
                &call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, ECO_STR("task"),
                "task: %zu bytes, at most %d", value.len, MAX_TASK_BYTES);
        if (++n > ECO_MAX_FACET_VALUES)
            return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                                   ECO_STR("task"), "task: more than %u values",
                                   ECO_MAX_FACET_VALUES);
        f->choice[ECO_FILTER_TASK].is_on = true;
        add_task(call, f, value);
    }
    qsort(f->choice[ECO_FILTER_TASK].value, f->choice[ECO_FILTER_TASK].n,
          sizeof(uint32_t), by_number);
    return 0;
}

int eco_api_read_filter(struct eco_api_call *call,
                        const struct eco_params *params, struct eco_filter *f)
{
    unsigned exclude = 0;
    int rc = eco_api_read_search(call, params, &f->search);

    if (!rc)
        rc = read_tasks(call, params, f);
    if (!rc)
        rc = eco_params_choice(params, "removed", removed_words, &exclude,
                               &call->problem);
    f->exclude_removed = exclude;
    return rc;
}

void eco_api_key_add_filter(struct eco_api_call *call,
                            const struct eco_filter *f)
{
    eco_api_key_add(call, "?q=");
    for (size_t i = 0; i < f->search.n; i++)
        eco_api_key_add(call, "%s%.*s", i ? " " : "",
                        (int)f->search.word[i].len, f->search.word[i].ptr);
    eco_api_key_add(call, "&task=%s",
                    f->choice[ECO_FILTER_TASK].is_on ? "" : "all");
    for (uint32_t i = 0; i < f->choice[ECO_FILTER_TASK].n; i++)
        eco_api_key_add(call, "%u,", f->choice[ECO_FILTER_TASK].value[i]);
    eco_api_key_add(call, "&removed=%d", !f->exclude_removed);
}
