/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

/* --- the question ---------------------------------------------------------------------- */

static const char model_word[] = "model";

static const enum eco_facet facets[] = {
    ECO_FACET_FAMILY,  ECO_FACET_AUTHOR,  ECO_FACET_KIND,     ECO_FACET_TASK,
    ECO_FACET_LIBRARY, ECO_FACET_LICENCE, ECO_FACET_RELATION,
};
#define FACETS (sizeof(facets) / sizeof(facets[0]))

static int read_by(struct eco_api_call *call, const struct eco_params *params)
{
    const char *words[FACETS + 2] = { model_word };
    unsigned by = 0;
    int rc;

    for (size_t i = 0; i < FACETS; i++)
        words[i + 1] = eco_facet_name(facets[i]);
    rc = eco_params_choice(params, "by", words, &by, &call->problem);
    call->dashboard.is_model = !by;
    if (by)
        call->dashboard.facet = facets[by - 1];
    return rc;
}

static int read_value(struct eco_api_call *call,
                      const struct eco_params *params)
{
    struct eco_api_dashboard *d = &call->dashboard;
    const struct eco_str at = ECO_STR("value");
    struct eco_str text;
    bool given;
    int rc = eco_params_one(params, "value", &text, &given, &call->problem);

    d->is_all = !given;
    if (rc || !given)
        return rc;
    if (d->is_model)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER, at,
                               "value: not with by=%s", model_word);
    if (!text.len)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER, at,
                               "value: empty");
    rc = eco_api_find_value(call, "value", d->facet, text, &d->value);
    if (!rc && d->value == ECO_VALUE_OTHERS)
        rc = eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND, at,
                             "%s others: these are many values",
                             eco_facet_name(d->facet));
    return rc;
}

int eco_api_treemap_parse(struct eco_api_call *call, const struct eco_str *seg,
                          const struct eco_params *params)
{
    static const char *const names[] = { "by", "value", "size", NULL };
    struct eco_api_dashboard *d = &call->dashboard;
    int rc = eco_params_allow(params, names, &call->problem);

    (void)seg;
    if (!rc)
        rc = read_by(call, params);
    if (!rc)
        rc = read_value(call, params);
    if (!rc)
        rc = eco_api_read_metric(call, params, "size", &d->size);
    if (!rc && d->is_model && d->size == ECO_METRIC_MODELS)
        rc = eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER,
                             ECO_STR("size"), "size=models: not with by=%s",
                             model_word);
    if (!rc)
        eco_api_key_add(call, "?by=%d&all=%d&value=%u&size=%d",
                        d->is_model ? -1 : (int)d->facet, d->is_all, d->value,
                        (int)d->size);
    return rc;
}

/* --- tiles ------------------------------------------------------------------------------- */

static double size_of_model(const struct eco_snap *s, uint32_t node,
                            enum eco_metric size)
{
    int64_t count = 1;

    if (size == ECO_METRIC_INFLUENCE)
        return s->influence[node];
    if (size == ECO_METRIC_LIKES)
        count = s->likes[node];
    else if (size == ECO_METRIC_DOWNLOADS)
        count = s->downloads[node];
    return count > 0 ? (double)count : 0;
}

static void put_tile(struct eco_json_writer *w, struct eco_str value,
                     struct eco_str full_name, double size, uint64_t models,
                     int64_t rank)
{
    eco_json_begin_object(w);
    eco_json_key(w, "value");
    eco_json_put_str(w, value);
    eco_api_put_text(w, "full_name", full_name);
    eco_json_key(w, "size");
    eco_json_put_f64(w, size);
    eco_api_put_count(w, "models", (int64_t)models);
    eco_api_put_count(w, "rank", rank);
    eco_json_end_object(w);
}

/* What has a tile, and how many could have one. */
struct tiles {
    double size;
    uint32_t n, of;
};

static int put_models(struct eco_json_writer *w,
                      const struct eco_query_index *ix,
                      const struct eco_nodes *nodes, enum eco_metric size,
                      struct tiles *t, struct eco_err *err)
{
    static const enum eco_sort sorts[ECO_METRICS] = {
        [ECO_METRIC_INFLUENCE] = ECO_SORT_INFLUENCE,
        [ECO_METRIC_LIKES] = ECO_SORT_LIKES,
        [ECO_METRIC_DOWNLOADS] = ECO_SORT_DOWNLOADS,
        [ECO_METRIC_MODELS] = ECO_SORT_INFLUENCE,
    };
    uint32_t node[ECO_MAX_TILES];
    int rc = eco_order_page(ix, nodes, sorts[size], true, 0, ECO_MAX_TILES,
                            node, &t->n, err);

    t->of = nodes->n;
    for (uint32_t i = 0; !rc && i < t->n; i++) {
        double one = size_of_model(ix->snap, node[i], size);

        put_tile(w, eco_snap_id(ix->snap, node[i]), ECO_STR(""), one, 1,
                 (int64_t)node[i] + 1);
        t->size += one;
    }
    return rc;
}

static int put_models_of(struct eco_json_writer *w,
                         const struct eco_query_index *ix,
                         const struct eco_api_dashboard *d, struct tiles *t,
                         struct eco_err *err)
{
    struct eco_value_models models;
    int rc = eco_value_models(ix, d->facet, d->value, &models, err);

    if (rc)
        return rc;
    rc = put_models(w, ix, &models.nodes, d->size, t, err);
    eco_value_models_release(&models);
    return rc;
}

static int put_values(struct eco_json_writer *w,
                      const struct eco_query_index *ix,
                      const struct eco_api_dashboard *d, struct tiles *t,
                      struct eco_err *err)
{
    struct eco_values_query q = { .facet = d->facet,
                                  .by = d->size,
                                  .want = ECO_MAX_TILES };
    const struct eco_snap *s = ix->snap;
    struct eco_values v;
    int rc = eco_values_find(ix, &q, &v, err);

    if (rc)
        return rc;
    for (uint32_t i = 0; i < v.n; i++) {
        struct eco_total total = eco_value_total(s, d->facet, v.value[i]);
        double one = eco_metric_of(&total, d->size);
        char room[ECO_VALUE_ROOM];

        put_tile(w, eco_value_text(s, d->facet, v.value[i], room),
                 d->facet == ECO_FACET_AUTHOR
                     ? eco_snap_author_full(s, v.value[i])
                     : ECO_STR(""),
                 one, total.models, -1);
        t->size += one;
    }
    t->n = v.n;
    t->of = v.total;
    eco_values_release(&v);
    return 0;
}

static int put_tiles(struct eco_json_writer *w,
                     const struct eco_query_index *ix,
                     const struct eco_api_dashboard *d, struct tiles *t,
                     struct eco_err *err)
{
    const struct eco_nodes all = { .n = ix->n };
    int rc;

    *t = (struct tiles){ 0 };
    eco_json_key(w, "tiles");
    eco_json_begin_array(w);
    if (d->is_model)
        rc = put_models(w, ix, &all, d->size, t, err);
    else if (d->is_all)
        rc = put_values(w, ix, d, t, err);
    else
        rc = put_models_of(w, ix, d, t, err);
    if (!rc)
        eco_json_end_array(w);
    return rc;
}

/* --- the answer ------------------------------------------------------------------------- */

static void put_head(struct eco_json_writer *w, const struct eco_snap *s,
                     const struct eco_api_dashboard *d, double total)
{
    char room[ECO_VALUE_ROOM];

    eco_api_put_frame(w, s);
    eco_json_key(w, "by");
    eco_json_put_c(w, d->is_model ? model_word : eco_facet_name(d->facet));
    eco_api_put_text(w, "value",
                     d->is_all ? ECO_STR("")
                               : eco_value_text(s, d->facet, d->value, room));
    eco_json_key(w, "size");
    eco_json_put_c(w, eco_metric_name(d->size));
    eco_json_key(w, "total");
    eco_json_put_f64(w, total);
}

/* Sums of parts differ from the sum of all in the last digits. */
static void put_rest(struct eco_json_writer *w, const struct tiles *t,
                     double size)
{
    uint32_t values = t->of - t->n;

    eco_json_key(w, "rest");
    eco_json_begin_object(w);
    eco_api_put_count(w, "values", values);
    eco_json_key(w, "size");
    eco_json_put_f64(w, values && size > 0 ? size : 0);
    eco_json_end_object(w);
}

static void put_none(struct eco_json_writer *w, const struct eco_total *none,
                     enum eco_metric size)
{
    eco_json_key(w, "none");
    eco_json_begin_object(w);
    eco_api_put_count(w, "models", (int64_t)none->models);
    eco_json_key(w, "size");
    eco_json_put_f64(w, eco_metric_of(none, size));
    eco_json_end_object(w);
}

int eco_api_treemap_answer(struct eco_api_call *call, struct eco_buf *body,
                           struct eco_err *err)
{
    const struct eco_api_dashboard *d = &call->dashboard;
    const struct eco_query_index *ix = call->api->index;
    const struct eco_snap *s = ix->snap;
    struct eco_total all = *s->total_all, none = { 0 };
    struct eco_json_writer w;
    struct tiles t;
    int rc;

    if (!d->is_all)
        all = eco_value_total(s, d->facet, d->value);
    else if (!d->is_model)
        none = eco_value_total(s, d->facet, ECO_VALUE_NONE);
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    put_head(&w, s, d, eco_metric_of(&all, d->size));
    rc = put_tiles(&w, ix, d, &t, err);
    if (rc)
        return rc;
    put_rest(&w, &t,
             eco_metric_of(&all, d->size) - eco_metric_of(&none, d->size) -
                 t.size);
    put_none(&w, &none, d->size);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
