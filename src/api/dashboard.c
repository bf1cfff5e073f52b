/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

/* --- reading facets and values ---------------------------------------------------- */

static bool find_facet(struct eco_str name, enum eco_facet *facet)
{
    for (unsigned i = 0; i < ECO_FACETS; i++)
        if (eco_str_is(name, eco_facet_name((enum eco_facet)i))) {
            *facet = (enum eco_facet)i;
            return true;
        }
    return false;
}

static int read_facet(struct eco_api_call *call, struct eco_str segment)
{
    struct eco_str name;
    int rc = eco_api_read_name(call, segment, false);

    if (rc)
        return rc;
    name = (struct eco_str){ call->name, call->name_len };
    if (!find_facet(name, &call->dashboard.facet))
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND,
                               ECO_STR(""), "facet %.*s: there is none",
                               (int)name.len, name.ptr);
    eco_api_key_add(call, "/%d", (int)call->dashboard.facet);
    return 0;
}

static int echo(struct eco_str s)
{
    return (int)(s.len < ECO_PROBLEM_ECHO ? s.len : ECO_PROBLEM_ECHO);
}

int eco_api_find_value(struct eco_api_call *call, const char *parameter,
                       enum eco_facet facet, struct eco_str text,
                       uint32_t *value)
{
    struct eco_str at = eco_str_from_c(parameter);

    if (text.len > ECO_MAX_TEXT_BYTES)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, at,
                               "a value of %zu bytes, at most %u", text.len,
                               ECO_MAX_TEXT_BYTES);
    if (!eco_value_find(call->api->index->snap, facet, text, value))
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND, at,
                               "%s %.*s: not in this data set",
                               eco_facet_name(facet), echo(text), text.ptr);
    return 0;
}

int eco_api_read_value(struct eco_api_call *call, enum eco_facet facet,
                       struct eco_str segment)
{
    char text[ECO_MAX_URI_BYTES];
    struct eco_str value;

    if (!segment.len)
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND,
                               ECO_STR(""), "an empty value");
    if (segment.len > sizeof(text) ||
        !eco_params_decode(segment, false, text, &value))
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PATH,
                               ECO_STR(""), "%.*s: not percent-encoded UTF-8",
                               echo(segment), segment.ptr);
    return eco_api_find_value(call, "", facet, value, &call->dashboard.value);
}

int eco_api_read_metric(struct eco_api_call *call,
                        const struct eco_params *params, const char *name,
                        enum eco_metric *metric)
{
    const char *words[ECO_METRICS + 1] = { NULL };
    unsigned chosen = ECO_METRIC_INFLUENCE;
    int rc;

    for (unsigned i = 0; i < ECO_METRICS; i++)
        words[i] = eco_metric_name((enum eco_metric)i);
    rc = eco_params_choice(params, name, words, &chosen, &call->problem);
    *metric = (enum eco_metric)chosen;
    return rc;
}

/* --- getDashboard -------------------------------------------------------------------- */

int eco_api_dashboard_parse(struct eco_api_call *call,
                            const struct eco_str *seg,
                            const struct eco_params *params)
{
    static const char *const names[] = { NULL };

    (void)seg;
    return eco_params_allow(params, names, &call->problem);
}

static void put_values(struct eco_json_writer *w, const char *key,
                       const struct eco_snap *s, enum eco_facet facet,
                       const struct eco_values *v)
{
    eco_json_key(w, key);
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < v->n; i++)
        eco_api_put_facet_value(w, s, facet, v->value[i]);
    eco_json_end_array(w);
}

/* "none": the models without a value. */
static void put_none(struct eco_json_writer *w, const struct eco_snap *s,
                     enum eco_facet facet)
{
    struct eco_total none = eco_value_total(s, facet, ECO_VALUE_NONE);

    eco_api_put_totals(w, "none", &none);
}

/* The languages that name none. */
static void put_apart(struct eco_json_writer *w, const struct eco_snap *s,
                      enum eco_facet facet)
{
    static const char *const names[] = { "code", "multilingual" };
    uint32_t value;

    eco_json_key(w, "apart");
    eco_json_begin_array(w);
    for (size_t i = 0; facet == ECO_FACET_LANGUAGE && i < 2; i++)
        if (eco_value_find(s, facet, eco_str_from_c(names[i]), &value))
            eco_api_put_facet_value(w, s, facet, value);
    eco_json_end_array(w);
}

static int put_top(struct eco_json_writer *w, const struct eco_query_index *ix,
                   enum eco_facet facet, struct eco_err *err)
{
    struct eco_values_query q = { .facet = facet,
                                  .without_apart = true,
                                  .want = eco_top_list_length(facet) };
    struct eco_values v;
    int rc = eco_values_find(ix, &q, &v, err);

    if (rc)
        return rc;
    eco_json_key(w, eco_facet_name(facet));
    eco_json_begin_object(w);
    eco_api_put_count(w, "values", v.total);
    put_values(w, "top", ix->snap, facet, &v);
    eco_values_release(&v);
    eco_api_put_others(w, ix->snap, facet);
    put_none(w, ix->snap, facet);
    put_apart(w, ix->snap, facet);
    eco_json_end_object(w);
    return 0;
}

static int put_years(struct eco_json_writer *w,
                     const struct eco_query_index *ix, struct eco_err *err)
{
    struct eco_values_query q = { .facet = ECO_FACET_YEAR,
                                  .in_time = true,
                                  .want = UINT32_MAX };
    struct eco_values v, last;
    int rc = eco_values_find(ix, &q, &v, err);

    if (rc)
        return rc;
    last = v;
    if (v.n > ECO_MAX_YEARS) {
        last.n = ECO_MAX_YEARS;
        last.value += v.n - ECO_MAX_YEARS;
    }
    put_values(w, "years", ix->snap, ECO_FACET_YEAR, &last);
    eco_values_release(&v);
    return 0;
}

int eco_api_dashboard_answer(struct eco_api_call *call, struct eco_buf *body,
                             struct eco_err *err)
{
    const struct eco_query_index *ix = call->api->index;
    struct eco_json_writer w;
    int rc = 0;

    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, ix->snap);
    eco_api_put_totals(&w, "total", ix->snap->total_all);
    eco_json_key(&w, "facets");
    eco_json_begin_object(&w);
    for (unsigned i = 0; !rc && i < ECO_FACET_MONTH; i++)
        rc = put_top(&w, ix, (enum eco_facet)i, err);
    if (rc)
        return rc;
    eco_json_end_object(&w);
    rc = put_years(&w, ix, err);
    if (rc)
        return rc;
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}

/* --- listFacetValues ------------------------------------------------------------------ */

static int read_order(struct eco_api_call *call,
                      const struct eco_params *params)
{
    struct eco_api_dashboard *d = &call->dashboard;
    struct eco_str sort;
    bool given;
    int rc = eco_params_one(params, "sort", &sort, &given, &call->problem);

    d->in_time =
        !given && (d->facet == ECO_FACET_MONTH || d->facet == ECO_FACET_YEAR);
    return rc ? rc : eco_api_read_metric(call, params, "sort", &d->size);
}

static void add_values_key(struct eco_api_call *call)
{
    const struct eco_api_dashboard *d = &call->dashboard;

    eco_api_key_add(call, "?sort=%d&page=%u&per_page=%u&q=",
                    d->in_time ? -1 : (int)d->size, call->page, call->per_page);
    for (size_t i = 0; i < d->search.n; i++)
        eco_api_key_add(call, "%s%.*s", i ? " " : "",
                        (int)d->search.word[i].len, d->search.word[i].ptr);
}

int eco_api_values_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params)
{
    static const char *const names[] = { "q", "sort", "page", "per_page",
                                         NULL };
    int rc = read_facet(call, seg[0]);

    call->page = 1;
    call->per_page = ECO_DEFAULT_VALUES_PER_PAGE;
    if (!rc)
        rc = eco_params_allow(params, names, &call->problem);
    if (!rc)
        rc = eco_api_read_search(call, params, &call->dashboard.search);
    if (!rc)
        rc = read_order(call, params);
    if (!rc)
        rc = eco_params_number(params, "page", ECO_MAX_PAGE, &call->page,
                               &call->problem);
    if (!rc)
        rc = eco_params_number(params, "per_page", ECO_MAX_VALUES_PER_PAGE,
                               &call->per_page, &call->problem);
    if (!rc)
        add_values_key(call);
    return rc;
}

static void put_page(struct eco_json_writer *w, const struct eco_api_call *call,
                     const struct eco_values *v)
{
    const struct eco_api_dashboard *d = &call->dashboard;
    const struct eco_snap *s = call->api->index->snap;

    eco_json_begin_object(w);
    eco_api_put_frame(w, s);
    eco_json_key(w, "facet");
    eco_json_put_c(w, eco_facet_name(d->facet));
    eco_api_put_count(w, "total", v->total);
    eco_api_put_count(w, "page", call->page);
    eco_api_put_count(w, "per_page", call->per_page);
    eco_json_key(w, "sort");
    if (d->in_time)
        eco_json_put_null(w);
    else
        eco_json_put_c(w, eco_metric_name(d->size));
    put_values(w, "values", s, d->facet, v);
    put_none(w, s, d->facet);
    eco_json_end_object(w);
}

int eco_api_values_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    const struct eco_api_dashboard *d = &call->dashboard;
    struct eco_values_query q = {
        .facet = d->facet,
        .by = d->size,
        .in_time = d->in_time,
        .search = &d->search,
        .skip = (uint64_t)(call->page - 1) * call->per_page,
        .want = call->per_page,
    };
    struct eco_json_writer w;
    struct eco_values v;
    int rc = eco_values_find(call->api->index, &q, &v, err);

    if (rc)
        return rc;
    eco_json_writer_init(&w, body);
    put_page(&w, call, &v);
    eco_values_release(&v);
    return eco_buf_check(body, "answer", err);
}

/* --- getFacetValue ---------------------------------------------------------------------- */

int eco_api_value_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params)
{
    static const char *const names[] = { NULL };
    int rc = read_facet(call, seg[0]);

    if (!rc)
        rc = eco_params_allow(params, names, &call->problem);
    if (!rc)
        rc = eco_api_read_value(call, call->dashboard.facet, seg[1]);
    if (!rc)
        eco_api_key_add(call, "/%u", call->dashboard.value);
    return rc;
}

void eco_api_put_ten(struct eco_json_writer *w, const struct eco_snap *s,
                     const uint32_t *node, uint32_t n)
{
    eco_json_key(w, "models");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < n && i < ECO_FACET_TEN; i++)
        eco_api_put_row(w, s, node[i]);
    eco_json_end_array(w);
}

int eco_api_value_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err)
{
    const struct eco_api_dashboard *d = &call->dashboard;
    const struct eco_snap *s = call->api->index->snap;
    struct eco_total total = eco_value_total(s, d->facet, d->value);
    uint32_t ten[ECO_FACET_TEN], n;
    struct eco_json_writer w;
    int rc = eco_value_ten(call->api->index, d->facet, d->value, ten, &n, err);

    if (rc)
        return rc;
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, s);
    eco_json_key(&w, "facet");
    eco_json_put_c(&w, eco_facet_name(d->facet));
    eco_api_put_value_names(&w, s, d->facet, d->value);
    eco_api_put_count(&w, "values",
                      d->value == ECO_VALUE_OTHERS
                          ? (int64_t)s->others[d->facet].values
                          : -1);
    eco_api_put_totals(&w, "total", &total);
    eco_api_put_ten(&w, s, ten, n);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
