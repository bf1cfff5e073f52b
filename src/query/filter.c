/* SPDX-License-Identifier: MIT */
#include "query/filter.h"

bool eco_filter_is_on(const struct eco_filter *f)
{
    return f->search.n || f->choice[ECO_FILTER_TASK].is_on ||
           f->exclude_removed;
}

bool eco_filter_has_task(const struct eco_filter *f, uint32_t task)
{
    if (!f->choice[ECO_FILTER_TASK].is_on)
        return true;
    for (uint32_t i = 0; i < f->choice[ECO_FILTER_TASK].n; i++)
        if (f->choice[ECO_FILTER_TASK].value[i] == task)
            return true;
    return false;
}

bool eco_filter_matches(const struct eco_snap *s, const struct eco_filter *f,
                        uint32_t node)
{
    bool is_ranked = node < s->meta->n_ranked;
    struct eco_str id = eco_snap_id(s, node);

    if (f->exclude_removed && is_ranked && s->flags[node] & ECO_SNAP_REMOVED)
        return false;
    if (!eco_filter_has_task(f, is_ranked ? s->task[node] : 0))
        return false;
    for (size_t i = 0; i < f->search.n; i++)
        if (!eco_str_contains_lower(id, f->search.word[i]))
            return false;
    return true;
}
