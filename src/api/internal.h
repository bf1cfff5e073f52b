/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_INTERNAL_H
#define ECO_API_INTERNAL_H

#include "api/api.h"
#include "api/params.h"
#include "json/writer.h"
#include "query/totals.h"

/*
 * internal - what the resources of the API share
 *
 * A resource has two functions. `parse` reads the segments of the path that
 * stand for `{...}` and the parameters into the call, and appends what it
 * understood to the canonical key; 0 or ECO_EINVAL with call->problem filled
 * in. `answer` appends the body; 0, a negative eco_code for our own failures,
 * or ECO_EINVAL with call->problem filled in.
 */
#define ECO_API_MAX_SEGMENTS 8

/* Append to the canonical key of a call; ECO_API_KEY_BYTES is room for the
 * longest one. */
void eco_api_key_add(struct eco_api_call *call, const char *fmt, ...)
    ECO_PRINTF(2, 3);

/* A segment of a path as a name of the Hub, appended to call->name. An empty
 * one is refused unless `may_be_empty`. */
ECO_MUST_USE
int eco_api_read_name(struct eco_api_call *call, struct eco_str segment,
                      bool may_be_empty);

/* The value of a parameter has to be a name of the Hub, or empty. */
ECO_MUST_USE
int eco_api_check_name(struct eco_api_call *call, const char *parameter,
                       struct eco_str value);

/* A segment of a path or a parameter as a value of a facet, "none" and "others"
 * included: call->dashboard.value. */
ECO_MUST_USE
int eco_api_read_value(struct eco_api_call *call, enum eco_facet facet,
                       struct eco_str segment);
ECO_MUST_USE
int eco_api_find_value(struct eco_api_call *call, const char *parameter,
                       enum eco_facet facet, struct eco_str text,
                       uint32_t *value);

/* The parameter "size" or "sort". */
ECO_MUST_USE
int eco_api_read_metric(struct eco_api_call *call,
                        const struct eco_params *params, const char *name,
                        enum eco_metric *metric);

/* The parameter "q"; `search` must not move afterwards. */
ECO_MUST_USE
int eco_api_read_search(struct eco_api_call *call,
                        const struct eco_params *params,
                        struct eco_search *search);

/* The parameters of a filter (filter.c), for eco_params_allow; the authors have
 * another name besides, as that one is taken by some. */
#define ECO_API_FILTER_NAMES                                                   \
    "q", "task", "language", "kind", "licence", "library", "removed"

/* Read them and `author`, the parameter that has authors; `f` must not move
 * afterwards. */
ECO_MUST_USE
int eco_api_read_filter(struct eco_api_call *call,
                        const struct eco_params *params, const char *author,
                        struct eco_filter *f);
void eco_api_key_add_filter(struct eco_api_call *call,
                            const struct eco_filter *f);

/* --- resources -------------------------------------------------------------- */

int eco_api_models_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params);
int eco_api_models_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err);
int eco_api_model_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params);
int eco_api_model_legacy_parse(struct eco_api_call *call,
                               const struct eco_str *seg,
                               const struct eco_params *params);
int eco_api_model_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err);
int eco_api_author_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params);
int eco_api_author_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err);
int eco_api_avatar_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params);
int eco_api_avatar_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err);
int eco_api_sheet_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params);
int eco_api_sheet_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err);
int eco_api_search_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params);
int eco_api_search_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err);
int eco_api_network_parse(struct eco_api_call *call, const struct eco_str *seg,
                          const struct eco_params *params);
int eco_api_network_answer(struct eco_api_call *call, struct eco_buf *body,
                           struct eco_err *err);
int eco_api_members_parse(struct eco_api_call *call, const struct eco_str *seg,
                          const struct eco_params *params);
int eco_api_members_answer(struct eco_api_call *call, struct eco_buf *body,
                           struct eco_err *err);
int eco_api_dashboard_parse(struct eco_api_call *call,
                            const struct eco_str *seg,
                            const struct eco_params *params);
int eco_api_dashboard_answer(struct eco_api_call *call, struct eco_buf *body,
                             struct eco_err *err);
int eco_api_values_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params);
int eco_api_values_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err);
int eco_api_value_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params);
int eco_api_value_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err);
int eco_api_growth_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params);
int eco_api_growth_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err);
int eco_api_treemap_parse(struct eco_api_call *call, const struct eco_str *seg,
                          const struct eco_params *params);
int eco_api_treemap_answer(struct eco_api_call *call, struct eco_buf *body,
                           struct eco_err *err);
int eco_api_drift_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params);
int eco_api_drift_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err);
int eco_api_drift_models_parse(struct eco_api_call *call,
                               const struct eco_str *seg,
                               const struct eco_params *params);
int eco_api_drift_models_answer(struct eco_api_call *call, struct eco_buf *body,
                                struct eco_err *err);
int eco_api_about_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params);
int eco_api_about_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err);

/* --- pieces of answers (pieces.c) -------------------------------------------- */

/* "as_of" and "data". */
void eco_api_put_frame(struct eco_json_writer *w, const struct eco_snap *s);

/* A key and its value; null for a negative count, an unknown time, "". */
void eco_api_put_count(struct eco_json_writer *w, const char *key, int64_t v);
void eco_api_put_time(struct eco_json_writer *w, const char *key, int64_t ms);
void eco_api_put_text(struct eco_json_writer *w, const char *key,
                      struct eco_str s);

/* The name of a node's author; empty when its id has no owner. */
struct eco_str eco_api_author_name(const struct eco_snap *s, uint32_t node);

/* "author": an author by number, ECO_SNAP_NO_AUTHOR included. */
void eco_api_put_author(struct eco_json_writer *w, const struct eco_snap *s,
                        uint32_t author);
enum eco_author_kind eco_api_author_kind(const struct eco_snap *s,
                                         uint32_t author);

/* A ranked model as one row. */
void eco_api_put_row(struct eco_json_writer *w, const struct eco_snap *s,
                     uint32_t node);

/* A key and an object of totals. */
void eco_api_put_totals(struct eco_json_writer *w, const char *key,
                        const struct eco_total *total);

/* "others": what is behind the top list, or null. */
void eco_api_put_others(struct eco_json_writer *w, const struct eco_snap *s,
                        enum eco_facet facet);

/* "value", "full_name", "kind", "placeholder" of the value of a facet. */
void eco_api_put_value_names(struct eco_json_writer *w,
                             const struct eco_snap *s, enum eco_facet facet,
                             uint32_t value);

/* The same with its totals, as an object. */
void eco_api_put_facet_value(struct eco_json_writer *w,
                             const struct eco_snap *s, enum eco_facet facet,
                             uint32_t value);

/* "models": the most influential ones of something, n at most ten. */
void eco_api_put_ten(struct eco_json_writer *w, const struct eco_snap *s,
                     const uint32_t *node, uint32_t n);

/* "formula": the constants in force. */
void eco_api_put_formula(struct eco_json_writer *w, const struct eco_snap *s);

#endif /* ECO_API_INTERNAL_H */
