/* SPDX-License-Identifier: MIT */
#include "synth/levels.h"

#include <assert.h>

#include "base/alloc.h"
#include "synth/numbers.h"

int eco_levels_add(struct eco_levels *l, uint32_t k, uint64_t count,
                   struct eco_err *err)
{
    assert(!l->n || l->at[l->n - 1].k >= k);
    if (!count)
        return 0;
    if (l->n == l->room) {
        size_t room = l->room ? l->room * 2 : 32;
        struct eco_level *grown =
            eco_realloc_array(l->at, room, sizeof(*grown));

        if (!grown)
            return eco_fail(err, ECO_ENOMEM, "no memory for %zu levels", room);
        l->at = grown;
        l->room = room;
    }
    l->at[l->n++] = (struct eco_level){ k, l->holders, l->things };
    l->holders += count;
    l->things += count * k;
    return 0;
}

void eco_levels_release(struct eco_levels *l)
{
    eco_free(l->at);
    *l = (struct eco_levels){ 0 };
}

struct eco_holding eco_levels_of_thing(const struct eco_levels *l,
                                       uint64_t thing)
{
    size_t low = 0, high = l->n;
    const struct eco_level *at;
    uint64_t rest;

    assert(thing < l->things);
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (l->at[mid].thing <= thing)
            low = mid;
        else
            high = mid;
    }
    at = &l->at[low];
    rest = thing - at->thing;
    return (struct eco_holding){ .holder = at->holder + rest / at->k,
                                 .first = thing - rest % at->k,
                                 .k = at->k,
                                 .index = (uint32_t)(rest % at->k) };
}

struct eco_holding eco_levels_of_holder(const struct eco_levels *l,
                                        uint64_t holder)
{
    size_t low = 0, high = l->n;
    const struct eco_level *at;

    assert(holder < l->holders);
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (l->at[mid].holder <= holder)
            low = mid;
        else
            high = mid;
    }
    at = &l->at[low];
    return (struct eco_holding){
        .holder = holder,
        .first = at->thing + (holder - at->holder) * at->k,
        .k = at->k,
    };
}

uint64_t eco_levels_first_at_most(const struct eco_levels *l, uint64_t k)
{
    size_t low = 0, high = l->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (l->at[mid].k > k)
            low = mid + 1;
        else
            high = mid;
    }
    return low < l->n ? l->at[low].holder : l->holders;
}

static double total_weight(const struct eco_law *law)
{
    double sum = 0;

    for (uint32_t k = law->max; k; k--)
        sum += eco_numbers_pow(k, -law->alpha);
    return sum;
}

double eco_law_mean(const struct eco_law *law)
{
    double sum = 0, weight = 0;

    for (uint32_t k = law->max; k; k--) {
        double w = eco_numbers_pow(k, -law->alpha);

        weight += w;
        sum += w * k;
    }
    return sum / weight;
}

int eco_levels_law(struct eco_levels *l, const struct eco_law *law,
                   uint64_t holders, uint64_t things, struct eco_err *err)
{
    double total = total_weight(law), tail = 0;
    int rc = 0;

    for (uint32_t k = law->max; !rc && k > 1; k--) {
        uint64_t at_least;

        tail += eco_numbers_pow(k, -law->alpha);
        at_least = (uint64_t)((double)holders * (tail / total) + 0.5);
        if (things && at_least > l->holders &&
            l->things + (at_least - l->holders) * k > things)
            continue; /* tiny hubs: the head alone would be too much */
        rc = eco_levels_add(l, k, at_least - l->holders, err);
    }
    if (rc)
        return rc;
    if (things)
        return eco_levels_add(l, 1, things - l->things, err);
    return eco_levels_add(l, 1, holders - l->holders, err);
}
