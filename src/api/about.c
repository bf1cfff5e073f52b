/* SPDX-License-Identifier: MIT */
#include "api/internal.h"
#include "query/totals.h"

int eco_api_about_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params)
{
    static const char *const names[] = { NULL };

    (void)seg;
    return eco_params_allow(params, names, &call->problem);
}

static void put_counts(struct eco_json_writer *w, const struct eco_snap *s)
{
    const struct eco_snap_meta *m = s->meta;

    eco_json_key(w, "counts");
    eco_json_begin_object(w);
    eco_api_put_count(w, "models", m->n_ranked);
    eco_api_put_count(w, "removed", m->n_removed);
    eco_api_put_count(w, "placeholders", m->n_nodes - m->n_ranked);
    eco_api_put_count(w, "edges", (int64_t)m->n_edges);
    eco_api_put_count(w, "authors", eco_values_ranked(s, ECO_FACET_AUTHOR));
    eco_json_end_object(w);
}

int eco_api_about_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    struct eco_json_writer w;

    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_json_key(&w, "program");
    eco_json_put_c(&w, "ecoviz");
    eco_json_key(&w, "version");
    eco_json_put_c(&w, call->api->version);
    eco_api_put_frame(&w, s);
    put_counts(&w, s);
    eco_api_put_formula(&w, s);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
