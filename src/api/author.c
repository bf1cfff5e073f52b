/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "query/author.h"
#include "query/parts.h"

#define MODELS_SHOWN 10u

int eco_api_author_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params)
{
    static const char *const names[] = { NULL };
    int rc = eco_params_allow(params, names, &call->problem);

    if (!rc)
        rc = eco_api_read_name(call, seg[0], false);
    if (rc)
        return rc;
    eco_str_lower(call->name, (struct eco_str){ call->name, call->name_len });
    eco_api_key_add(call, "/%.*s", (int)call->name_len, call->name);
    return 0;
}

static void put_rank(struct eco_json_writer *w, const struct eco_snap *s,
                     uint32_t author)
{
    uint32_t of = eco_values_ranked(s, ECO_FACET_AUTHOR);

    eco_api_put_count(w, "rank", author < of ? (int64_t)author + 1 : -1);
    eco_api_put_count(w, "of", of);
}

static int put_created(struct eco_json_writer *w, const struct eco_snap *s,
                       uint32_t author, struct eco_err *err)
{
    int64_t first, last;
    int rc = eco_author_created(s, author, &first, &last, err);

    if (rc)
        return rc;
    eco_json_key(w, "created");
    eco_json_begin_object(w);
    eco_api_put_time(w, "first", first);
    eco_api_put_time(w, "last", last);
    eco_json_end_object(w);
    return 0;
}

static int put_tasks(struct eco_json_writer *w, const struct eco_snap *s,
                     uint32_t author, struct eco_err *err)
{
    struct eco_author_tasks tasks;
    int rc = eco_author_tasks(s, author, &tasks, err);

    if (rc)
        return rc;
    eco_json_key(w, "tasks");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < tasks.n; i++) {
        eco_json_begin_object(w);
        eco_api_put_text(w, "value",
                         eco_snap_dict_text(&s->tasks, tasks.task[i]));
        eco_api_put_count(w, "models", tasks.models[i]);
        eco_json_end_object(w);
    }
    eco_json_end_array(w);
    return 0;
}

static void put_families(struct eco_json_writer *w, const struct eco_snap *s,
                         uint32_t author)
{
    struct eco_author_families families;

    eco_author_families(s, author, &families);
    eco_json_key(w, "families");
    eco_json_begin_object(w);
    eco_api_put_count(w, "total", families.total);
    eco_json_key(w, "top");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < families.n; i++)
        eco_api_put_facet_value(w, s, ECO_FACET_FAMILY, families.family[i]);
    eco_json_end_array(w);
    eco_json_end_object(w);
}

static int put_models(struct eco_json_writer *w, const struct eco_snap *s,
                      uint32_t author, struct eco_err *err)
{
    const uint32_t *nodes;
    uint32_t n;
    int rc = eco_part_author(s, author, &nodes, &n, err);

    if (rc)
        return rc;
    eco_json_key(w, "models");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < n && i < MODELS_SHOWN; i++)
        eco_api_put_row(w, s, nodes[i]);
    eco_json_end_array(w);
    return 0;
}

int eco_api_author_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    struct eco_str name = { call->name, call->name_len };
    struct eco_json_writer w;
    uint32_t author;
    int rc;

    if (!eco_snap_find_author(s, name, &author))
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND,
                               ECO_STR(""), "author %.*s: not in this data set",
                               (int)name.len, name.ptr);
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, s);
    eco_api_put_author(&w, s, author);
    put_rank(&w, s, author);
    eco_api_put_totals(&w, "total", &s->total[ECO_FACET_AUTHOR][author]);
    rc = put_created(&w, s, author, err);
    if (!rc)
        rc = put_tasks(&w, s, author, err);
    if (rc)
        return rc;
    put_families(&w, s, author);
    rc = put_models(&w, s, author, err);
    if (rc)
        return rc;
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
