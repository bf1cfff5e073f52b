/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "query/parts.h"

/* --- getDrift ------------------------------------------------------------------------ */

int eco_api_drift_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params)
{
    static const char *const names[] = { NULL };

    (void)seg;
    return eco_params_allow(params, names, &call->problem);
}

static void put_licence(struct eco_json_writer *w, const char *key,
                        const struct eco_snap *s, uint32_t licence)
{
    eco_api_put_text(w, key, eco_snap_dict_text(&s->licences, licence));
}

static void put_sums(struct eco_json_writer *w, const struct eco_snap *s)
{
    uint64_t edges = 0, same = 0;

    for (uint64_t i = 0; i < s->n_drift; i++) {
        const struct eco_drift *d = &s->drift[i];

        edges += d->edges;
        if (d->base && d->base == d->derived)
            same += d->edges;
    }
    eco_api_put_count(w, "edges", (int64_t)edges);
    eco_api_put_count(w, "same", (int64_t)same);
    eco_api_put_count(w, "pairs_total", (int64_t)s->n_drift);
}

static void put_pair(struct eco_json_writer *w, const struct eco_snap *s,
                     const struct eco_drift *d)
{
    eco_json_begin_object(w);
    put_licence(w, "from", s, d->base);
    put_licence(w, "to", s, d->derived);
    eco_api_put_count(w, "edges", (int64_t)d->edges);
    eco_api_put_count(w, "models", d->models);
    eco_json_end_object(w);
}

int eco_api_drift_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    uint32_t top[ECO_MAX_DRIFT_PAIRS], n;
    struct eco_json_writer w;
    int rc = eco_drift_top(s, ECO_MAX_DRIFT_PAIRS, top, &n, err);

    if (rc)
        return rc;
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, s);
    put_sums(&w, s);
    eco_json_key(&w, "pairs");
    eco_json_begin_array(&w);
    for (uint32_t i = 0; i < n; i++)
        put_pair(&w, s, &s->drift[top[i]]);
    eco_json_end_array(&w);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}

/* --- getDriftModels ------------------------------------------------------------------- */

static int read_licence(struct eco_api_call *call,
                        const struct eco_params *params, const char *name,
                        uint16_t *licence)
{
    struct eco_str at = eco_str_from_c(name), text;
    uint32_t value;
    bool given;
    int rc = eco_params_one(params, name, &text, &given, &call->problem);

    if (rc)
        return rc;
    if (!given || !text.len)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER, at,
                               "%s: a licence is needed", name);
    rc = eco_api_find_value(call, name, ECO_FACET_LICENCE, text, &value);
    if (!rc && value == ECO_VALUE_OTHERS)
        rc = eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND, at,
                             "licence others: these are many values");
    if (rc)
        return rc;
    *licence = value == ECO_VALUE_NONE ? 0 : (uint16_t)value;
    return 0;
}

int eco_api_drift_models_parse(struct eco_api_call *call,
                               const struct eco_str *seg,
                               const struct eco_params *params)
{
    static const char *const names[] = { "from", "to", NULL };
    struct eco_api_dashboard *d = &call->dashboard;
    int rc = eco_params_allow(params, names, &call->problem);

    (void)seg;
    if (!rc)
        rc = read_licence(call, params, "from", &d->from);
    if (!rc)
        rc = read_licence(call, params, "to", &d->to);
    if (!rc)
        eco_api_key_add(call, "?from=%u&to=%u", d->from, d->to);
    return rc;
}

int eco_api_drift_models_answer(struct eco_api_call *call, struct eco_buf *body,
                                struct eco_err *err)
{
    static const struct eco_drift nothing = { 0 };
    const struct eco_snap *s = call->api->index->snap;
    uint32_t from = call->dashboard.from, to = call->dashboard.to;
    const struct eco_drift *d = eco_drift_find(s, from, to);
    struct eco_json_writer w;
    int rc;

    if (!d)
        d = &nothing;
    rc = eco_part_check(s, "drift", d->top,
                        d->n < ECO_FACET_TEN ? d->n : ECO_FACET_TEN, err);
    if (rc)
        return rc;
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, s);
    put_licence(&w, "from", s, from);
    put_licence(&w, "to", s, to);
    eco_api_put_count(&w, "edges", (int64_t)d->edges);
    eco_api_put_count(&w, "total", d->models);
    eco_api_put_ten(&w, s, d->top, d->n);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
