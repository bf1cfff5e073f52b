/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "query/places.h"

#define DEFAULT_LIMIT 8u

/* The words as they were understood are the end of the key, and what is
 * looked for: no name has a blank, so the same words are the same question. */
static void add_key(struct eco_api_call *call, const struct eco_search *search)
{
    eco_api_key_add(call, "?limit=%u&q=", call->per_page);
    call->text_begin = call->key_len;
    for (size_t i = 0; i < search->n; i++)
        eco_api_key_add(call, "%s%.*s", i ? " " : "", (int)search->word[i].len,
                        search->word[i].ptr);
}

static int read_words(struct eco_api_call *call,
                      const struct eco_params *params)
{
    const struct eco_str at = ECO_STR("q");
    struct eco_search search;
    struct eco_err err = { 0 };
    struct eco_str q;
    bool given;
    int rc = eco_params_one(params, "q", &q, &given, &call->problem);

    if (rc)
        return rc;
    if (!given)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER, at,
                               "q: needed");
    if (q.len > ECO_MAX_SEARCH_BYTES)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, at,
                               "q: %zu bytes, at most %u", q.len,
                               ECO_MAX_SEARCH_BYTES);
    if (eco_search_parse(eco_place_name(q), &search, &err))
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, at,
                               "q: %s", err.msg);
    add_key(call, &search);
    return 0;
}

int eco_api_search_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params)
{
    static const char *const names[] = { "q", "limit", NULL };
    int rc = eco_params_allow(params, names, &call->problem);

    (void)seg;
    call->per_page = DEFAULT_LIMIT;
    if (!rc)
        rc = eco_params_number(params, "limit", ECO_MAX_PLACES, &call->per_page,
                               &call->problem);
    return rc ? rc : read_words(call, params);
}

static void put_match(struct eco_json_writer *w, const struct eco_snap *s,
                      const struct eco_places *places)
{
    bool is_model = places->match == ECO_PLACE_MODEL;

    eco_json_key(w, "match");
    if (places->match == ECO_PLACE_NONE) {
        eco_json_put_null(w);
        return;
    }
    eco_json_begin_object(w);
    eco_json_key(w, "kind");
    eco_json_put_c(w, is_model ? "model" : "author");
    eco_json_key(w, "value");
    eco_json_put_str(w, is_model ? eco_snap_id(s, places->matched)
                                 : eco_snap_author_name(s, places->matched));
    eco_json_end_object(w);
}

static void put_models(struct eco_json_writer *w, const struct eco_snap *s,
                       const struct eco_place_list *list)
{
    eco_json_key(w, "models");
    eco_json_begin_object(w);
    eco_api_put_count(w, "total", list->total);
    eco_json_key(w, "top");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < list->n; i++)
        eco_api_put_row(w, s, list->at[i]);
    eco_json_end_array(w);
    eco_json_end_object(w);
}

static void put_values(struct eco_json_writer *w, const char *key,
                       const struct eco_snap *s, enum eco_facet facet,
                       const struct eco_place_list *list)
{
    eco_json_key(w, key);
    eco_json_begin_object(w);
    eco_api_put_count(w, "total", list->total);
    eco_json_key(w, "top");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < list->n; i++)
        eco_api_put_facet_value(w, s, facet, list->at[i]);
    eco_json_end_array(w);
    eco_json_end_object(w);
}

int eco_api_search_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    struct eco_str q = { call->key + call->text_begin,
                         call->key_len - call->text_begin };
    struct eco_places places;
    struct eco_json_writer w;
    int rc = eco_places_find(call->api->index, q, call->per_page, &places, err);

    if (rc)
        return rc;
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, s);
    put_match(&w, s, &places);
    put_models(&w, s, &places.models);
    put_values(&w, "authors", s, ECO_FACET_AUTHOR, &places.authors);
    put_values(&w, "tasks", s, ECO_FACET_TASK, &places.tasks);
    put_values(&w, "languages", s, ECO_FACET_LANGUAGE, &places.languages);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
