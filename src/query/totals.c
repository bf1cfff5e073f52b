/* SPDX-License-Identifier: MIT */
#include "query/totals.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/words.h"

_Static_assert(ECO_VALUE_ROOM >= ECO_MONTH_TEXT_BYTES, "a month needs room");

const char *eco_facet_name(enum eco_facet facet)
{
    static const char *const names[ECO_FACETS] = {
        [ECO_FACET_LANGUAGE] = "language", [ECO_FACET_AUTHOR] = "author",
        [ECO_FACET_TASK] = "task",         [ECO_FACET_LIBRARY] = "library",
        [ECO_FACET_LICENCE] = "licence",   [ECO_FACET_FAMILY] = "family",
        [ECO_FACET_KIND] = "kind",         [ECO_FACET_RELATION] = "relation",
        [ECO_FACET_MONTH] = "month",       [ECO_FACET_YEAR] = "year",
    };

    return names[facet];
}

const char *eco_metric_name(enum eco_metric metric)
{
    static const char *const names[ECO_METRICS] = {
        [ECO_METRIC_INFLUENCE] = "influence",
        [ECO_METRIC_LIKES] = "likes",
        [ECO_METRIC_DOWNLOADS] = "downloads",
        [ECO_METRIC_MODELS] = "models",
    };

    return names[metric];
}

double eco_metric_of(const struct eco_total *total, enum eco_metric metric)
{
    switch (metric) {
    case ECO_METRIC_INFLUENCE:
        return total->influence;
    case ECO_METRIC_LIKES:
        return (double)total->likes;
    case ECO_METRIC_DOWNLOADS:
        return (double)total->downloads;
    case ECO_METRIC_MODELS:
        break;
    }
    return (double)total->models;
}

uint32_t eco_top_list_length(enum eco_facet facet)
{
    return facet == ECO_FACET_TASK ? 100 : 20;
}

const struct eco_snap_dict *eco_facet_dict(const struct eco_snap *s,
                                           enum eco_facet facet)
{
    switch (facet) {
    case ECO_FACET_LANGUAGE:
        return &s->languages;
    case ECO_FACET_TASK:
        return &s->tasks;
    case ECO_FACET_LIBRARY:
        return &s->libraries;
    case ECO_FACET_LICENCE:
        return &s->licences;
    default:
        return NULL;
    }
}

/* --- text -------------------------------------------------------------------- */

struct eco_str eco_value_text(const struct eco_snap *s, enum eco_facet facet,
                              uint32_t value, char room[ECO_VALUE_ROOM])
{
    const struct eco_snap_dict *dict = eco_facet_dict(s, facet);

    if (value == ECO_VALUE_NONE)
        return ECO_STR(ECO_WORD_NONE);
    if (value == ECO_VALUE_OTHERS)
        return ECO_STR(ECO_WORD_OTHERS);
    if (dict)
        return eco_snap_dict_text(dict, value);
    switch (facet) {
    case ECO_FACET_AUTHOR:
        return eco_snap_author_name(s, value);
    case ECO_FACET_FAMILY:
        return eco_snap_id(s, s->family_root[value]);
    case ECO_FACET_KIND:
        return eco_str_from_c(
            eco_author_kind_name((enum eco_author_kind)value));
    case ECO_FACET_RELATION:
        return eco_str_from_c(eco_relation_name((enum eco_relation)value));
    case ECO_FACET_MONTH:
        return eco_str_from_c(eco_month_format(s->month_key[value], room));
    default:
        snprintf(room, ECO_VALUE_ROOM, "%04u", value);
        return eco_str_from_c(room);
    }
}

bool eco_value_is_apart(const struct eco_snap *s, enum eco_facet facet,
                        uint32_t value)
{
    return facet == ECO_FACET_LANGUAGE &&
           eco_language_is_apart(eco_snap_dict_text(&s->languages, value));
}

/* --- finding ------------------------------------------------------------------- */

/* The first month from `month` on; n_months when there is none. */
static uint32_t month_from(const struct eco_snap *s, int32_t month)
{
    uint32_t lo = 0, hi = s->n_months;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (s->month_key[mid] < month)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The months of a year are *begin to *end - 1. */
static void months_of(const struct eco_snap *s, uint32_t year, uint32_t *begin,
                      uint32_t *end)
{
    int32_t first = ((int32_t)year - 1970) * 12;

    *begin = month_from(s, first);
    *end = month_from(s, first + 12);
}

static bool find_month(const struct eco_snap *s, struct eco_str text,
                       uint32_t *value)
{
    int32_t month;

    if (!eco_month_parse(text, &month))
        return false;
    *value = month_from(s, month);
    return *value < s->n_months && s->month_key[*value] == month;
}

static bool find_year(const struct eco_snap *s, struct eco_str text,
                      uint32_t *value)
{
    uint32_t begin, end;
    int64_t year;

    if (text.len != 4 || !eco_str_to_i64(text, &year) || year < 1970)
        return false;
    *value = (uint32_t)year;
    months_of(s, *value, &begin, &end);
    return begin < end;
}

static bool find_dict(const struct eco_snap_dict *dict, struct eco_str text,
                      uint32_t *value)
{
    return text.len && eco_snap_dict_find(dict, text, value);
}

static bool find_language(const struct eco_snap *s, struct eco_str text,
                          uint32_t *value)
{
    char lower[ECO_MAX_TEXT_BYTES];

    if (text.len > sizeof(lower))
        return false;
    eco_str_lower(lower, text);
    return find_dict(&s->languages, (struct eco_str){ lower, text.len }, value);
}

static bool find_author(const struct eco_snap *s, struct eco_str text,
                        uint32_t *value)
{
    return eco_snap_find_author(s, text, value) &&
           s->total[ECO_FACET_AUTHOR][*value].models;
}

static bool find_family(const struct eco_snap *s, struct eco_str text,
                        uint32_t *value)
{
    uint32_t node;

    if (!eco_snap_find(s, text, &node))
        return false;
    *value = s->family[node];
    return *value < s->n_families && s->family_root[*value] == node &&
           s->total[ECO_FACET_FAMILY][*value].models;
}

static bool find_kind(struct eco_str text, uint32_t *value)
{
    for (uint32_t i = 0; i < ECO_AUTHOR_KINDS; i++)
        if (eco_str_is(text, eco_author_kind_name((enum eco_author_kind)i))) {
            *value = i == ECO_AUTHOR_UNKNOWN ? ECO_VALUE_NONE : i;
            return true;
        }
    return false;
}

static bool find_relation(struct eco_str text, uint32_t *value)
{
    for (uint32_t i = 0; i < ECO_RELATIONS; i++)
        if (eco_str_is(text, eco_relation_name((enum eco_relation)i))) {
            *value = i;
            return true;
        }
    return false;
}

bool eco_value_find(const struct eco_snap *s, enum eco_facet facet,
                    struct eco_str text, uint32_t *value)
{
    if (eco_str_is(text, ECO_WORD_NONE)) {
        *value = ECO_VALUE_NONE;
        return true;
    }
    if (eco_str_is(text, ECO_WORD_OTHERS) && facet < ECO_FACETS_WITH_OTHERS) {
        *value = ECO_VALUE_OTHERS;
        return true;
    }
    switch (facet) {
    case ECO_FACET_LANGUAGE:
        return find_language(s, text, value);
    case ECO_FACET_TASK:
    case ECO_FACET_LIBRARY:
    case ECO_FACET_LICENCE:
        return find_dict(eco_facet_dict(s, facet), text, value);
    case ECO_FACET_AUTHOR:
        return find_author(s, text, value);
    case ECO_FACET_FAMILY:
        return find_family(s, text, value);
    case ECO_FACET_KIND:
        return find_kind(text, value);
    case ECO_FACET_RELATION:
        return find_relation(text, value);
    case ECO_FACET_MONTH:
        return find_month(s, text, value);
    case ECO_FACET_YEAR:
        return find_year(s, text, value);
    }
    return false;
}

/* --- totals ---------------------------------------------------------------------- */

/* Where the models without a value have their total. */
static uint32_t none_of(const struct eco_snap *s, enum eco_facet facet)
{
    switch (facet) {
    case ECO_FACET_AUTHOR:
        return s->meta->n_authors;
    case ECO_FACET_FAMILY:
        return s->n_families;
    case ECO_FACET_RELATION:
        return ECO_RELATIONS;
    case ECO_FACET_MONTH:
    case ECO_FACET_YEAR:
        return s->n_months;
    default:
        return 0;
    }
}

static int64_t add_counts(int64_t a, int64_t b)
{
    return a > ECO_MAX_COUNT - b ? ECO_MAX_COUNT : a + b;
}

void eco_total_add(struct eco_total *sum, const struct eco_total *t)
{
    sum->models += t->models;
    sum->influence += t->influence;
    sum->likes = add_counts(sum->likes, t->likes);
    sum->downloads = add_counts(sum->downloads, t->downloads);
}

static struct eco_total total_of_year(const struct eco_snap *s, uint32_t year)
{
    struct eco_total sum = { 0 };
    uint32_t i, end;

    for (months_of(s, year, &i, &end); i < end; i++)
        eco_total_add(&sum, &s->total[ECO_FACET_MONTH][i]);
    return sum;
}

struct eco_total eco_value_total(const struct eco_snap *s, enum eco_facet facet,
                                 uint32_t value)
{
    enum eco_facet stored = facet == ECO_FACET_YEAR ? ECO_FACET_MONTH : facet;

    if (value == ECO_VALUE_OTHERS)
        return s->others[facet].total;
    if (value == ECO_VALUE_NONE)
        return s->total[stored][none_of(s, facet)];
    return facet == ECO_FACET_YEAR ? total_of_year(s, value)
                                   : s->total[facet][value];
}

/* --- drift ------------------------------------------------------------------------- */

const struct eco_drift *eco_drift_find(const struct eco_snap *s, uint32_t base,
                                       uint32_t derived)
{
    uint64_t want = (uint64_t)base << 32 | derived, lo = 0, hi = s->n_drift;

    while (lo < hi) {
        const struct eco_drift *d = &s->drift[lo + (hi - lo) / 2];
        uint64_t have = (uint64_t)d->base << 32 | d->derived;

        if (have == want)
            return d;
        if (have < want)
            lo = (uint64_t)(d - s->drift) + 1;
        else
            hi = (uint64_t)(d - s->drift);
    }
    return NULL;
}
