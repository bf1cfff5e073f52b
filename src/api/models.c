/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "query/model.h"

/* --- listModels: the question -------------------------------------------------- */

static const char *const list_names[] = {
    ECO_API_FILTER_NAMES, "author", "sort", "order", "page", "per_page", NULL,
};
static const char *const order_words[] = { "asc", "desc", NULL };

static int parse_order(struct eco_api_call *call,
                       const struct eco_params *params)
{
    const char *sorts[ECO_SORTS + 1] = { NULL };
    unsigned sort = ECO_SORT_INFLUENCE, order;
    int rc;

    for (unsigned i = 0; i < ECO_SORTS; i++)
        sorts[i] = eco_sort_name((enum eco_sort)i);
    rc = eco_params_choice(params, "sort", sorts, &sort, &call->problem);
    if (rc)
        return rc;
    order = sort != ECO_SORT_NAME && sort != ECO_SORT_TASK;
    rc =
        eco_params_choice(params, "order", order_words, &order, &call->problem);
    call->list.sort = (enum eco_sort)sort;
    call->list.descending = order;
    return rc;
}

static void add_list_key(struct eco_api_call *call)
{
    const struct eco_leaderboard_query *q = &call->list;

    eco_api_key_add_filter(call, &q->filter);
    eco_api_key_add(call, "&sort=%d&desc=%d&page=%u&per_page=%u", (int)q->sort,
                    q->descending, q->page, q->per_page);
}

int eco_api_models_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params)
{
    struct eco_leaderboard_query *q = &call->list;
    struct eco_problem *problem = &call->problem;
    int rc = eco_params_allow(params, list_names, problem);

    (void)seg;
    q->page = 1;
    q->per_page = ECO_DEFAULT_PER_PAGE;
    if (!rc)
        rc = eco_api_read_filter(call, params, "author", &q->filter);
    if (!rc)
        rc = parse_order(call, params);
    if (!rc)
        rc = eco_params_number(params, "page", ECO_MAX_PAGE, &q->page, problem);
    if (!rc)
        rc = eco_params_number(params, "per_page", ECO_MAX_PER_PAGE,
                               &q->per_page, problem);
    if (!rc)
        add_list_key(call);
    return rc;
}

/* --- listModels: the answer ----------------------------------------------------- */

static void put_facets(struct eco_json_writer *w, const struct eco_snap *s,
                       const struct eco_leaderboard *board)
{
    eco_json_key(w, "facets");
    eco_json_begin_object(w);
    eco_json_key(w, "task");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < board->n_facets; i++) {
        eco_json_begin_object(w);
        eco_api_put_text(w, "value",
                         eco_snap_dict_text(&s->tasks, board->facets[i].task));
        eco_api_put_count(w, "models", board->facets[i].models);
        eco_json_end_object(w);
    }
    eco_json_end_array(w);
    eco_json_end_object(w);
}

static void put_page(struct eco_json_writer *w, const struct eco_api_call *call,
                     const struct eco_leaderboard *board)
{
    const struct eco_snap *s = call->api->index->snap;
    const struct eco_leaderboard_query *q = &call->list;

    eco_json_begin_object(w);
    eco_api_put_frame(w, s);
    eco_api_put_count(w, "total", board->total);
    eco_api_put_count(w, "removed", board->removed);
    eco_api_put_count(w, "page", q->page);
    eco_api_put_count(w, "per_page", q->per_page);
    eco_json_key(w, "sort");
    eco_json_put_c(w, eco_sort_name(q->sort));
    eco_json_key(w, "order");
    eco_json_put_c(w, order_words[q->descending]);
    eco_json_key(w, "models");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < board->n; i++)
        eco_api_put_row(w, s, board->nodes[i]);
    eco_json_end_array(w);
    put_facets(w, s, board);
    eco_json_end_object(w);
}

int eco_api_models_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    struct eco_leaderboard board;
    struct eco_json_writer w;
    int rc = eco_leaderboard_run(call->api->index, &call->list, &board, err);

    if (rc)
        return rc;
    eco_json_writer_init(&w, body);
    put_page(&w, call, &board);
    eco_leaderboard_release(&board);
    return eco_buf_check(body, "answer", err);
}

/* --- getModel ------------------------------------------------------------------- */

static int parse_id(struct eco_api_call *call, const struct eco_str *seg,
                    size_t n, const struct eco_params *params)
{
    static const char *const names[] = { NULL };
    int rc = eco_params_allow(params, names, &call->problem);

    for (size_t i = 0; !rc && i < n; i++) {
        if (i)
            call->name[call->name_len++] = '/';
        rc = eco_api_read_name(call, seg[i], false);
    }
    if (rc)
        return rc;
    eco_str_lower(call->name, (struct eco_str){ call->name, call->name_len });
    eco_api_key_add(call, "/%.*s", (int)call->name_len, call->name);
    return 0;
}

int eco_api_model_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params)
{
    return parse_id(call, seg, 2, params);
}

int eco_api_model_legacy_parse(struct eco_api_call *call,
                               const struct eco_str *seg,
                               const struct eco_params *params)
{
    return parse_id(call, seg, 1, params);
}

static struct eco_str task_of(const struct eco_snap *s, uint32_t node)
{
    return eco_snap_dict_text(&s->tasks, s->task[node]);
}

static bool is_removed(const struct eco_snap *s, uint32_t node)
{
    return node < s->meta->n_ranked && s->flags[node] & ECO_SNAP_REMOVED;
}

static void put_rank(struct eco_json_writer *w, const struct eco_snap *s,
                     uint32_t node)
{
    eco_api_put_count(w, "rank",
                      node < s->meta->n_ranked ? (int64_t)node + 1 : -1);
}

static void put_placeholder(struct eco_json_writer *w, const struct eco_snap *s,
                            uint32_t node)
{
    eco_json_key(w, "placeholder");
    eco_json_put_bool(w, node >= s->meta->n_ranked);
    eco_json_key(w, "removed");
    eco_json_put_bool(w, is_removed(s, node));
}

static struct eco_str gated_of(uint8_t flags)
{
    switch ((enum eco_gated)(flags >> ECO_SNAP_GATED_SHIFT & 3)) {
    case ECO_GATED_NO:
        return ECO_STR("no");
    case ECO_GATED_AUTO:
        return ECO_STR("auto");
    case ECO_GATED_MANUAL:
        return ECO_STR("manual");
    case ECO_GATED_UNKNOWN:
        break;
    }
    return ECO_STR("");
}

/* What is told of a model; of a placeholder nothing is. */
struct facts {
    int64_t created, modified, downloads, downloads_all, likes, params, storage;
    struct eco_str task, library, licence, gated;
};

static struct facts facts_of(const struct eco_snap *s, uint32_t v)
{
    if (v >= s->meta->n_ranked)
        return (struct facts){ ECO_TIME_UNKNOWN,
                               ECO_TIME_UNKNOWN,
                               -1,
                               -1,
                               -1,
                               -1,
                               -1,
                               ECO_STR(""),
                               ECO_STR(""),
                               ECO_STR(""),
                               ECO_STR("") };
    return (struct facts){
        .created = s->created[v],
        .modified = s->modified[v],
        .downloads = s->downloads[v],
        .downloads_all = s->downloads_all[v],
        .likes = s->likes[v],
        .params = s->params[v],
        .storage = s->storage[v],
        .task = task_of(s, v),
        .library = eco_snap_dict_text(&s->libraries, s->library[v]),
        .licence = eco_snap_dict_text(&s->licences, s->licence[v]),
        .gated = gated_of(s->flags[v]),
    };
}

static void put_model(struct eco_json_writer *w, const struct eco_snap *s,
                      uint32_t node)
{
    struct facts f = facts_of(s, node);

    eco_json_key(w, "model");
    eco_json_begin_object(w);
    eco_json_key(w, "id");
    eco_json_put_str(w, eco_snap_id(s, node));
    eco_api_put_author(w, s, s->author[node]);
    put_placeholder(w, s, node);
    eco_api_put_time(w, "created", f.created);
    eco_api_put_time(w, "last_modified", f.modified);
    eco_api_put_count(w, "downloads", f.downloads);
    eco_api_put_count(w, "downloads_all_time", f.downloads_all);
    eco_api_put_count(w, "likes", f.likes);
    eco_api_put_text(w, "task", f.task);
    eco_api_put_text(w, "library", f.library);
    eco_api_put_text(w, "licence", f.licence);
    eco_api_put_text(w, "gated", f.gated);
    eco_api_put_count(w, "parameters", f.params);
    eco_api_put_count(w, "storage_bytes", f.storage);
    eco_json_end_object(w);
}

static void put_influence(struct eco_json_writer *w, const struct eco_snap *s,
                          uint32_t node)
{
    double part[ECO_INFLUENCE_PARTS];

    eco_model_parts(s, node, part);
    eco_json_key(w, "influence");
    eco_json_begin_object(w);
    eco_json_key(w, "value");
    eco_json_put_f64(w, s->influence[node]);
    put_rank(w, s, node);
    eco_api_put_count(w, "of", s->meta->n_ranked);
    eco_json_key(w, "parts");
    eco_json_begin_array(w);
    for (int i = 0; i < ECO_INFLUENCE_PARTS; i++) {
        eco_json_begin_object(w);
        eco_json_key(w, "key");
        eco_json_put_c(w, eco_influence_part_name((enum eco_influence_part)i));
        eco_json_key(w, "value");
        eco_json_put_f64(w, part[i]);
        eco_json_end_object(w);
    }
    eco_json_end_array(w);
    eco_api_put_formula(w, s);
    eco_json_end_object(w);
}

static void put_relative(struct eco_json_writer *w, const struct eco_snap *s,
                         uint32_t node, uint8_t tag)
{
    eco_json_begin_object(w);
    eco_json_key(w, "id");
    eco_json_put_str(w, eco_snap_id(s, node));
    eco_json_key(w, "author");
    eco_json_put_str(w, eco_api_author_name(s, node));
    eco_json_key(w, "relation");
    eco_json_put_c(
        w, eco_relation_name((enum eco_relation)(tag & ECO_EDGE_RELATION)));
    eco_json_key(w, "declared");
    eco_json_put_bool(w, tag & ECO_EDGE_DECLARED);
    put_placeholder(w, s, node);
    put_rank(w, s, node);
    eco_json_key(w, "influence");
    eco_json_put_f64(w, s->influence[node]);
    eco_json_end_object(w);
}

static int put_bases(struct eco_json_writer *w, const struct eco_snap *s,
                     uint32_t node, struct eco_err *err)
{
    uint64_t n = s->graph.up_off[node + 1] - s->graph.up_off[node];
    uint64_t *edge;
    int rc = eco_model_bases(s, node, &edge, err);

    if (rc)
        return rc;
    eco_json_key(w, "bases");
    eco_json_begin_array(w);
    for (uint64_t i = 0; i < n; i++)
        put_relative(w, s, s->graph.up[edge[i]], s->graph.up_tag[edge[i]]);
    eco_json_end_array(w);
    eco_free(edge);
    return 0;
}

static void put_derived(struct eco_json_writer *w, const struct eco_snap *s,
                        uint32_t node)
{
    uint64_t begin = s->graph.down_off[node], end = s->graph.down_off[node + 1];
    uint64_t count[ECO_RELATIONS];

    eco_model_derived(s, node, count);
    eco_json_key(w, "derived");
    eco_json_begin_object(w);
    eco_api_put_count(w, "total", (int64_t)(end - begin));
    eco_json_key(w, "by_relation");
    eco_json_begin_object(w);
    for (int i = 0; i < ECO_RELATIONS; i++)
        eco_api_put_count(w, eco_relation_name((enum eco_relation)i),
                          (int64_t)count[i]);
    eco_json_end_object(w);
    eco_json_key(w, "top"); /* rising numbers: most influential first */
    eco_json_begin_array(w);
    for (uint64_t i = begin; i < end && i - begin < ECO_MAX_DERIVED_SHOWN; i++)
        put_relative(w, s, s->graph.down[i], s->graph.down_tag[i]);
    eco_json_end_array(w);
    eco_json_end_object(w);
}

int eco_api_model_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    struct eco_str id = { call->name, call->name_len };
    struct eco_json_writer w;
    uint32_t node;
    int rc;

    if (!eco_snap_find(s, id, &node))
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND,
                               ECO_STR(""), "model %.*s: not in this data set",
                               (int)id.len, id.ptr);
    eco_json_writer_init(&w, body);
    eco_json_begin_object(&w);
    eco_api_put_frame(&w, s);
    put_model(&w, s, node);
    put_influence(&w, s, node);
    rc = put_bases(&w, s, node, err);
    if (rc)
        return rc;
    put_derived(&w, s, node);
    eco_json_end_object(&w);
    return eco_buf_check(body, "answer", err);
}
