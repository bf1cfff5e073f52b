/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "base/alloc.h"
#include "base/clock.h"

/* The series: named values, then others, then none. */
#define OTHERS ECO_GROWTH_SERIES
#define NONE (ECO_GROWTH_SERIES + 1)
#define SERIES (ECO_GROWTH_SERIES + 2)

static const struct {
    const char *name;
    enum eco_facet facet;
} choices[] = {
    { "task", ECO_FACET_TASK },
    { "library", ECO_FACET_LIBRARY },
    { "licence", ECO_FACET_LICENCE },
    { "relation", ECO_FACET_RELATION },
};
#define CHOICES (sizeof(choices) / sizeof(choices[0]))

int eco_api_growth_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params)
{
    static const char *const names[] = { "by", NULL };
    const char *words[CHOICES + 1] = { NULL };
    unsigned by = 0;
    int rc = eco_params_allow(params, names, &call->problem);

    (void)seg;
    for (size_t i = 0; i < CHOICES; i++)
        words[i] = choices[i].name;
    if (!rc)
        rc = eco_params_choice(params, "by", words, &by, &call->problem);
    call->dashboard.facet = choices[by].facet;
    if (!rc)
        eco_api_key_add(call, "?by=%d", (int)call->dashboard.facet);
    return rc;
}

struct growth {
    const struct eco_snap *snap;
    enum eco_facet facet;
    struct eco_values values; /* those with a series of their own */
    uint64_t *models;         /* SERIES times n_months */
    uint64_t sum[SERIES];
};

/* Which series an entry belongs to. */
static uint32_t series_of(const struct growth *g, uint32_t entry)
{
    uint32_t none = g->facet == ECO_FACET_RELATION ? ECO_RELATIONS : 0;

    if (entry == none)
        return NONE;
    for (uint32_t i = 0; i < g->values.n; i++)
        if (g->values.value[i] == entry)
            return i;
    return OTHERS;
}

/* Months rise in both tables. */
static void add_up(struct growth *g)
{
    const struct eco_snap *s = g->snap;
    const struct eco_growth *at = s->growth[g->facet];
    const struct eco_growth *end = at + s->n_growth[g->facet];

    for (uint32_t month = 0; at < end && month < s->n_months; month++)
        for (; at < end && at->month <= s->month_key[month]; at++) {
            uint32_t series = series_of(g, at->entry);

            g->models[(size_t)series * s->n_months + month] += at->models;
            g->sum[series] += at->models;
        }
}

static int growth_init(struct growth *g, const struct eco_query_index *ix,
                       enum eco_facet facet, struct eco_err *err)
{
    struct eco_values_query q = { .facet = facet,
                                  .by = ECO_METRIC_MODELS,
                                  .want = ECO_GROWTH_SERIES };
    int rc;

    *g = (struct growth){ .snap = ix->snap, .facet = facet };
    rc = eco_values_find(ix, &q, &g->values, err);
    if (rc)
        return rc;
    g->models =
        eco_calloc((size_t)SERIES * ix->snap->n_months, sizeof(*g->models));
    if (!g->models)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u months",
                        ix->snap->n_months);
    add_up(g);
    return 0;
}

static void growth_release(struct growth *g)
{
    eco_values_release(&g->values);
    eco_free(g->models);
}

static void put_series(struct eco_json_writer *w, const struct growth *g,
                       uint32_t series, const char *kind, struct eco_str value)
{
    uint32_t n = g->snap->n_months;
    const uint64_t *models = g->models + (size_t)series * n;

    eco_json_begin_object(w);
    eco_json_key(w, "kind");
    eco_json_put_c(w, kind);
    eco_api_put_text(w, "value", value);
    eco_json_key(w, "models");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < n; i++)
        eco_json_put_i64(w, (int64_t)models[i]);
    eco_json_end_array(w);
    eco_json_end_object(w);
}

static void put_all_series(struct eco_json_writer *w, const struct growth *g)
{
    char room[ECO_VALUE_ROOM];

    eco_json_key(w, "series");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < g->values.n; i++)
        put_series(w, g, i, "value",
                   eco_value_text(g->snap, g->facet, g->values.value[i], room));
    if (g->sum[OTHERS])
        put_series(w, g, OTHERS, "others", ECO_STR(""));
    if (g->sum[NONE])
        put_series(w, g, NONE, "none", ECO_STR(""));
    eco_json_end_array(w);
}

static void put_growth(struct eco_json_writer *w, const struct growth *g)
{
    const struct eco_snap *s = g->snap;
    char text[ECO_MONTH_TEXT_BYTES];

    eco_json_begin_object(w);
    eco_api_put_frame(w, s);
    eco_json_key(w, "by");
    eco_json_put_c(w, eco_facet_name(g->facet));
    eco_json_key(w, "months");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < s->n_months; i++)
        eco_json_put_c(w, eco_month_format(s->month_key[i], text));
    eco_json_end_array(w);
    put_all_series(w, g);
    eco_api_put_count(w, "unknown",
                      (int64_t)s->total[ECO_FACET_MONTH][s->n_months].models);
    eco_json_end_object(w);
}

int eco_api_growth_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    struct eco_json_writer w;
    struct growth g;
    int rc = growth_init(&g, call->api->index, call->dashboard.facet, err);

    if (!rc) {
        eco_json_writer_init(&w, body);
        put_growth(&w, &g);
        rc = eco_buf_check(body, "answer", err);
    }
    growth_release(&g);
    return rc;
}
