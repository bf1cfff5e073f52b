/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_TOTALS_H
#define ECO_QUERY_TOTALS_H

#include "query/order.h"
#include "query/search.h"

/*
 * totals - what the dashboard asks: values of a facet, their totals, their models
 *
 * docs/algorithms/totals.md says what is counted; the numbers stand in the
 * snapshot. A value is the number of a dictionary's entry, of an author,
 * family, kind, relation or month (position in month_key), or a year as it is
 * written. Of kinds of authors, unknown is none.
 *
 * Ownership  The caller releases what was found.
 * Threads    Pure: any number on one index.
 */

/* Models without a value; what is behind the top list. */
#define ECO_VALUE_NONE UINT32_MAX
#define ECO_VALUE_OTHERS (UINT32_MAX - 1)

enum eco_metric {
    ECO_METRIC_INFLUENCE,
    ECO_METRIC_LIKES,
    ECO_METRIC_DOWNLOADS,
    ECO_METRIC_MODELS,
};
#define ECO_METRICS 4

/* "language", "author", ... and "influence", "likes", ...: words of the API. */
const char *eco_facet_name(enum eco_facet facet);
const char *eco_metric_name(enum eco_metric metric);

/* How large is a total? */
double eco_metric_of(const struct eco_total *total, enum eco_metric metric);

/* Text of a value, at most ECO_MAX_TEXT_BYTES; `room` is used for numbers and
 * has ECO_VALUE_ROOM bytes. "none" and "others" for these. */
#define ECO_VALUE_ROOM 16
struct eco_str eco_value_text(const struct eco_snap *s, enum eco_facet facet,
                              uint32_t value, char room[ECO_VALUE_ROOM]);

/* The dictionary of a facet; NULL for those that have none. */
const struct eco_snap_dict *eco_facet_dict(const struct eco_snap *s,
                                           enum eco_facet facet);

/* The value of a text (ids, names of authors and codes of languages blind to
 * case); "none" and "others" where the facet has them. */
bool eco_value_find(const struct eco_snap *s, enum eco_facet facet,
                    struct eco_str text, uint32_t *value);

/* `multilingual` and `code`: languages that name none. */
bool eco_value_is_apart(const struct eco_snap *s, enum eco_facet facet,
                        uint32_t value);

/* Add to a sum; likes and downloads stay at ECO_MAX_COUNT. */
void eco_total_add(struct eco_total *sum, const struct eco_total *t);

struct eco_total eco_value_total(const struct eco_snap *s, enum eco_facet facet,
                                 uint32_t value);

/* How many authors or families have a ranked model; they come first. */
uint32_t eco_values_ranked(const struct eco_snap *s, enum eco_facet facet);

/* Values with a ranked model, largest first; ties by more models, then by
 * number. Without none and others. */
struct eco_values_query {
    enum eco_facet facet;
    enum eco_metric by;
    bool in_time; /* rising, for months and years; `by` is not looked at */
    bool without_apart;              /* no `multilingual`, no `code` */
    const struct eco_search *search; /* all words in a value's text (authors:
                                        in name or full name), or NULL */
    uint64_t skip;
    uint32_t want; /* UINT32_MAX: all from `skip` on */
};

struct eco_values {
    uint32_t total; /* values that match */
    uint32_t n;     /* of these: skip .. skip + n - 1 */
    uint32_t *value;
};

/* Cost: a look at every value, but authors and families by influence, which
 * are numbered so; with a search at their texts, but those of authors and of
 * models that are roots of families, which have an index. ECO_ENOMEM; with a
 * search in authors or families ECO_EFORMAT, too. */
ECO_MUST_USE
int eco_values_find(const struct eco_query_index *ix,
                    const struct eco_values_query *q, struct eco_values *out,
                    struct eco_err *err);
void eco_values_release(struct eco_values *v);

/* Of languages that name one: the totals of models that have one of
 * v->value[from] and later, but none before it. Of other facets: of v->value[from]
 * and later. `v` holds all values but those apart. */
ECO_MUST_USE
int eco_values_rest(const struct eco_snap *s, enum eco_facet facet,
                    const struct eco_values *v, uint32_t from,
                    struct eco_total *out, struct eco_err *err);

/* Positions in `drift` of the `want` pairs with most edges, ties by name; *n may
 * be smaller. ECO_ENOMEM. */
ECO_MUST_USE
int eco_drift_top(const struct eco_snap *s, uint32_t want, uint32_t *out,
                  uint32_t *n, struct eco_err *err);

/* The pair of two licences; NULL when no edge has it. */
const struct eco_drift *eco_drift_find(const struct eco_snap *s, uint32_t base,
                                       uint32_t derived);

/* How many entries of a facet's top list: 20, of tasks 100. */
uint32_t eco_top_list_length(enum eco_facet facet);

/* The most influential models of a value, `others` included: at most
 * ECO_FACET_TEN, rising. */
ECO_MUST_USE
int eco_value_ten(const struct eco_query_index *ix, enum eco_facet facet,
                  uint32_t value, uint32_t out[ECO_FACET_TEN], uint32_t *n,
                  struct eco_err *err);

/* All models of a value (not of others), released by the caller. */
struct eco_value_models {
    struct eco_nodes nodes;
    uint64_t *bits; /* owned, or NULL */
};
ECO_MUST_USE
int eco_value_models(const struct eco_query_index *ix, enum eco_facet facet,
                     uint32_t value, struct eco_value_models *out,
                     struct eco_err *err);
void eco_value_models_release(struct eco_value_models *m);

#endif /* ECO_QUERY_TOTALS_H */
