/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include <stdlib.h>
#include <string.h>

#include "api/network.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "query/model.h"

/* --- formats ------------------------------------------------------------------ */

static const struct {
    const char *name;
    const char *type;
    int (*write)(struct eco_buf *out, const struct eco_snap *s,
                 const struct eco_network_query *q,
                 const struct eco_network *net, struct eco_err *err);
} formats[ECO_NETWORK_FORMATS] = {
    [ECO_NETWORK_JSON] = { "json", "application/json",
                           eco_api_network_write_json },
    [ECO_NETWORK_BINARY] = { "binary", "application/vnd.ecoviz.network",
                             eco_api_network_write_binary },
    [ECO_NETWORK_GEXF] = { "gexf", "application/gexf+xml",
                           eco_api_network_write_gexf },
    [ECO_NETWORK_GRAPHML] = { "graphml", "application/graphml+xml",
                              eco_api_network_write_graphml },
    [ECO_NETWORK_SVG] = { "svg", "image/svg+xml", eco_api_network_write_svg },
};

const char *eco_api_network_format_type(enum eco_network_format format)
{
    return formats[format].type;
}

int eco_api_network_write(enum eco_network_format format, struct eco_buf *out,
                          const struct eco_snap *s,
                          const struct eco_network_query *q,
                          const struct eco_network *net, struct eco_err *err)
{
    return formats[format].write(out, s, q, net, err);
}

/* --- the question: lists of models ----------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Rising, every number once. */
static uint32_t sort_distinct(uint32_t *list, uint32_t n)
{
    uint32_t kept = 0;

    qsort(list, n, sizeof(*list), by_number);
    for (uint32_t i = 0; i < n; i++)
        if (!kept || list[kept - 1] != list[i])
            list[kept++] = list[i];
    return kept;
}

static int find_model(struct eco_api_call *call, const struct eco_param *at,
                      uint32_t *node)
{
    struct eco_str id = at->value;

    if (!id.len)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER,
                               at->name, "%.*s: empty", (int)at->name.len,
                               at->name.ptr);
    if (id.len > ECO_MAX_ID_BYTES)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                               at->name, "%.*s: %zu bytes, at most %d",
                               (int)at->name.len, at->name.ptr, id.len,
                               ECO_MAX_ID_BYTES);
    if (!eco_snap_find(call->api->index->snap, id, node))
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND, at->name,
                               "model %.*s: not in this data set", (int)id.len,
                               id.ptr);
    return 0;
}

/* The models that a parameter names, `max` values at most. */
static int read_models(struct eco_api_call *call,
                       const struct eco_params *params, const char *name,
                       uint32_t max, uint32_t *list, uint32_t *out)
{
    uint32_t n = 0;

    for (size_t i = 0; i < params->n; i++) {
        const struct eco_param *at = &params->item[i];
        int rc;

        if (!eco_str_is(at->name, name))
            continue;
        if (n == max)
            return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                                   at->name, "%s: more than %u values", name,
                                   max);
        rc = find_model(call, at, &list[n++]);
        if (rc)
            return rc;
    }
    *out = sort_distinct(list, n);
    return 0;
}

static int read_roots(struct eco_api_call *call,
                      const struct eco_params *params)
{
    struct eco_network_query *q = &call->network;
    uint32_t n_ranked = call->api->index->snap->meta->n_ranked, top = 0;
    int rc = read_models(call, params, "model", ECO_MAX_NETWORK_NAMED, q->roots,
                         &q->n_roots);

    if (!rc)
        rc = eco_params_number(params, "top", ECO_MAX_NETWORK_ROOTS, &top,
                               &call->problem);
    if (rc)
        return rc;
    if (top && q->n_roots)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER,
                               ECO_STR("top"),
                               "top: either model or top, not both");
    if (!top && !q->n_roots)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER,
                               ECO_STR("model"),
                               "model: either model or top is needed");
    if (top && !n_ranked)
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND,
                               ECO_STR("top"), "no model in this data set");
    for (uint32_t i = 0; i < top && i < n_ranked; i++)
        q->roots[q->n_roots++] = i;
    return 0;
}

/* --- the question: the rest --------------------------------------------------------- */

static int read_until(struct eco_api_call *call,
                      const struct eco_params *params)
{
    struct eco_network_query *q = &call->network;
    struct eco_str text = ECO_STR("");
    int rc =
        eco_params_one(params, "until", &text, &q->has_until, &call->problem);

    if (!rc && q->has_until && !eco_day_parse(text, &q->until))
        rc = eco_problem_set(
            &call->problem, ECO_PROBLEM_BAD_PARAMETER, ECO_STR("until"),
            "until=%.*s: not a date of the years 1970 to 9999, YYYY-MM-DD",
            (int)(text.len < ECO_PROBLEM_ECHO ? text.len : ECO_PROBLEM_ECHO),
            text.ptr);
    return rc;
}

static int read_hidden(struct eco_api_call *call,
                       const struct eco_params *params)
{
    const struct eco_str name = ECO_STR("hide");
    unsigned n = 0;

    for (size_t i = 0; i < params->n; i++) {
        struct eco_str value = params->item[i].value;
        unsigned relation = 0;

        if (!eco_str_eq(params->item[i].name, name))
            continue;
        if (n++ == ECO_RELATIONS)
            return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                                   name, "hide: more than %d values",
                                   ECO_RELATIONS);
        while (
            relation < ECO_RELATIONS &&
            !eco_str_is(value, eco_relation_name((enum eco_relation)relation)))
            relation++;
        if (relation == ECO_RELATIONS)
            return eco_problem_set(
                &call->problem, ECO_PROBLEM_BAD_PARAMETER, name,
                "hide=%.*s: not one of adapter, finetune, merge, quantized",
                (int)(value.len < ECO_PROBLEM_ECHO ? value.len
                                                   : ECO_PROBLEM_ECHO),
                value.ptr);
        call->network.hide |= 1u << relation;
    }
    return 0;
}

static int read_view(struct eco_api_call *call, const struct eco_params *params)
{
    struct eco_network_query *q = &call->network;
    const char *words[ECO_NETWORK_VIEWS + 1] = { NULL };
    unsigned view = ECO_NETWORK_TOP;
    int rc;

    for (unsigned i = 0; i < ECO_NETWORK_VIEWS; i++)
        words[i] = eco_network_view_name((enum eco_network_view)i);
    rc = eco_params_choice(params, "view", words, &view, &call->problem);
    q->view = (enum eco_network_view)view;
    q->limit = q->view == ECO_NETWORK_TOP ? ECO_DEFAULT_NETWORK_LIMIT : 0;
    if (!rc)
        rc = eco_params_number(params, "limit", ECO_MAX_NETWORK_LIMIT,
                               &q->limit, &call->problem);
    if (!rc)
        rc = eco_params_number(params, "depth", ECO_MAX_NETWORK_DEPTH,
                               &q->depth, &call->problem);
    return rc;
}

static int read_cut(struct eco_api_call *call, const struct eco_params *params)
{
    static const char *const words[] = { "highlight", "cut", NULL };
    struct eco_network_query *q = &call->network;
    unsigned cut = 0;
    int rc = eco_api_read_filter(call, params, "of_author", &q->filter);

    if (!rc)
        rc = eco_params_choice(params, "filter", words, &cut, &call->problem);
    q->cut = cut && eco_filter_is_on(&q->filter);
    return rc;
}

static int read_question(struct eco_api_call *call,
                         const struct eco_params *params)
{
    struct eco_network_query *q = &call->network;
    int rc = read_roots(call, params);

    if (!rc)
        rc = read_view(call, params);
    if (!rc)
        rc = read_until(call, params);
    if (!rc)
        rc = read_hidden(call, params);
    if (!rc)
        rc = read_models(call, params, "expand", ECO_MAX_NETWORK_FOLDS,
                         q->expand, &q->n_expand);
    if (!rc)
        rc = read_models(call, params, "collapse", ECO_MAX_NETWORK_FOLDS,
                         q->collapse, &q->n_collapse);
    if (!rc)
        rc = read_cut(call, params);
    return rc;
}

/* --- the question: its canonical form -------------------------------------------------- */

/* "0-99,7": TOP K is one range. */
static void add_list(struct eco_api_call *call, const char *name,
                     const uint32_t *list, uint32_t n)
{
    eco_api_key_add(call, "&%s=", name);
    for (uint32_t i = 0, end; i < n; i = end) {
        end = i + 1;
        while (end < n && list[end] == list[end - 1] + 1)
            end++;
        eco_api_key_add(call, "%s%u", i ? "," : "", list[i]);
        if (end - i > 1)
            eco_api_key_add(call, "-%u", list[end - 1]);
    }
}

static void add_key(struct eco_api_call *call)
{
    const struct eco_network_query *q = &call->network;

    eco_api_key_add_filter(call, &q->filter);
    eco_api_key_add(call, "&cut=%d&view=%d&limit=%u&depth=%u&hide=%u", q->cut,
                    (int)q->view, q->limit, q->depth, q->hide);
    if (q->has_until)
        eco_api_key_add(call, "&until=%d", (int)q->until);
    add_list(call, "root", q->roots, q->n_roots);
    add_list(call, "expand", q->expand, q->n_expand);
    add_list(call, "collapse", q->collapse, q->n_collapse);
}

/* --- getNetwork ---------------------------------------------------------------------------- */

#define QUESTION_NAMES                                                         \
    "model", "top", "view", "limit", "depth", "until", "hide", "expand",       \
        "collapse", "filter", "of_author", ECO_API_FILTER_NAMES

int eco_api_network_parse(struct eco_api_call *call, const struct eco_str *seg,
                          const struct eco_params *params)
{
    static const char *const names[] = { QUESTION_NAMES, "format", NULL };
    const char *words[ECO_NETWORK_FORMATS + 1] = { NULL };
    unsigned format = ECO_NETWORK_JSON;
    int rc = eco_params_allow(params, names, &call->problem);

    (void)seg;
    memset(&call->network, 0, sizeof(call->network));
    for (unsigned i = 0; i < ECO_NETWORK_FORMATS; i++)
        words[i] = formats[i].name;
    if (!rc)
        rc = read_question(call, params);
    if (!rc)
        rc =
            eco_params_choice(params, "format", words, &format, &call->problem);
    call->format = (enum eco_network_format)format;
    if (rc)
        return rc;
    add_key(call);
    eco_api_key_add(call, "&format=%u", format);
    return 0;
}

/* An answer that is too large is the question's fault. */
static int refuse_size(struct eco_api_call *call, const struct eco_buf *body)
{
    return eco_problem_set(
        &call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, ECO_STR("limit"),
        "an answer of more than %zu bytes; ask for less with limit or depth",
        body->max);
}

int eco_api_network_answer(struct eco_api_call *call, struct eco_buf *body,
                           struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    struct eco_err found = { 0 };
    struct eco_network net;
    int rc = eco_network_run(s, &call->network, &net, &found);

    if (rc == ECO_ELIMIT)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                               ECO_STR(""), "%s", found.msg);
    if (rc)
        return eco_fail(err, rc, "%s", found.msg);
    rc = eco_api_network_write(call->format, body, s, &call->network, &net,
                               &found);
    eco_network_release(&net);
    if (rc == ECO_ELIMIT)
        return refuse_size(call, body);
    if (rc)
        eco_fail(err, rc, "%s", found.msg);
    return rc;
}

/* --- listNetworkMembers ---------------------------------------------------------------------- */

static int read_author(struct eco_api_call *call,
                       const struct eco_params *params)
{
    const struct eco_str name = ECO_STR("author");
    struct eco_str value = ECO_STR("");
    bool given;
    int rc = eco_params_one(params, "author", &value, &given, &call->problem);

    if (!rc && !given)
        rc = eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER, name,
                             "author: needed");
    if (!rc)
        rc = eco_api_check_name(call, "author", value);
    if (rc)
        return rc;
    eco_str_lower(call->name, value);
    call->name_len = value.len;
    return 0;
}

int eco_api_members_parse(struct eco_api_call *call, const struct eco_str *seg,
                          const struct eco_params *params)
{
    static const char *const names[] = { QUESTION_NAMES, "author", "page",
                                         "per_page", NULL };
    struct eco_problem *problem = &call->problem;
    int rc = eco_params_allow(params, names, problem);

    (void)seg;
    memset(&call->network, 0, sizeof(call->network));
    call->page = 1;
    call->per_page = ECO_DEFAULT_PER_PAGE;
    if (!rc)
        rc = read_author(call, params);
    if (!rc)
        rc = eco_params_number(params, "page", ECO_MAX_PAGE, &call->page,
                               problem);
    if (!rc)
        rc = eco_params_number(params, "per_page", ECO_MAX_PER_PAGE,
                               &call->per_page, problem);
    if (!rc)
        rc = read_question(call, params);
    if (!rc && call->network.view != ECO_NETWORK_BY_AUTHOR)
        rc =
            eco_problem_set(problem, ECO_PROBLEM_BAD_PARAMETER, ECO_STR("view"),
                            "view: only view=author has such nodes");
    if (rc)
        return rc;
    add_key(call);
    eco_api_key_add(call, "&author=%.*s&page=%u&per_page=%u",
                    (int)call->name_len, call->name, call->page,
                    call->per_page);
    return 0;
}

/* The node of the author asked for; NULL when there is none. */
static const struct eco_network_node *find_group(const struct eco_snap *s,
                                                 const struct eco_network *net,
                                                 struct eco_str name)
{
    uint32_t author = ECO_SNAP_NO_AUTHOR;

    if (name.len && !eco_snap_find_author(s, name, &author))
        return NULL;
    for (uint32_t i = 0; i < net->n; i++)
        if (net->nodes[i].flags & ECO_NETWORK_GROUP &&
            net->nodes[i].author == author)
            return &net->nodes[i];
    return NULL;
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
    for (uint64_t i = 0; i < n; i++) {
        uint32_t base = s->graph.up[edge[i]];
        uint8_t tag = s->graph.up_tag[edge[i]];

        eco_json_begin_object(w);
        eco_json_key(w, "id");
        eco_json_put_str(w, eco_snap_id(s, base));
        eco_json_key(w, "relation");
        eco_json_put_c(
            w, eco_relation_name((enum eco_relation)(tag & ECO_EDGE_RELATION)));
        eco_json_key(w, "declared");
        eco_json_put_bool(w, tag & ECO_EDGE_DECLARED);
        eco_json_key(w, "placeholder");
        eco_json_put_bool(w, base >= s->meta->n_ranked);
        eco_json_end_object(w);
    }
    eco_json_end_array(w);
    eco_free(edge);
    return 0;
}

static int put_member(struct eco_json_writer *w, const struct eco_snap *s,
                      uint32_t node, struct eco_err *err)
{
    bool is_ranked = node < s->meta->n_ranked;
    int rc;

    eco_json_begin_object(w);
    eco_json_key(w, "id");
    eco_json_put_str(w, eco_snap_id(s, node));
    eco_api_put_count(w, "rank", is_ranked ? (int64_t)node + 1 : -1);
    eco_json_key(w, "removed");
    eco_json_put_bool(w, is_ranked && s->flags[node] & ECO_SNAP_REMOVED);
    eco_api_put_time(w, "created",
                     is_ranked ? s->created[node] : ECO_TIME_UNKNOWN);
    eco_api_put_count(w, "downloads", is_ranked ? s->downloads[node] : -1);
    eco_api_put_count(w, "likes", is_ranked ? s->likes[node] : -1);
    eco_api_put_text(
        w, "task",
        eco_snap_dict_text(&s->tasks, is_ranked ? s->task[node] : 0));
    eco_json_key(w, "influence");
    eco_json_put_f64(w, s->influence[node]);
    rc = put_bases(w, s, node, err);
    if (!rc)
        eco_json_end_object(w);
    return rc;
}

static int put_members(struct eco_json_writer *w,
                       const struct eco_api_call *call,
                       const struct eco_network *net,
                       const struct eco_network_node *group,
                       struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    uint64_t begin = (uint64_t)(call->page - 1) * call->per_page;
    int rc = 0;

    eco_json_begin_object(w);
    eco_api_put_frame(w, s);
    eco_api_put_author(w, s, group->author);
    eco_api_put_count(w, "total", group->models);
    eco_api_put_count(w, "page", call->page);
    eco_api_put_count(w, "per_page", call->per_page);
    eco_json_key(w, "models");
    eco_json_begin_array(w);
    for (uint64_t i = begin;
         !rc && i < group->models && i - begin < call->per_page; i++)
        rc = put_member(w, s, net->members[group->members + i].node, err);
    if (rc)
        return rc;
    eco_json_end_array(w);
    eco_json_end_object(w);
    return 0;
}

int eco_api_members_answer(struct eco_api_call *call, struct eco_buf *body,
                           struct eco_err *err)
{
    const struct eco_snap *s = call->api->index->snap;
    struct eco_str name = { call->name, call->name_len };
    const struct eco_network_node *group;
    struct eco_json_writer w;
    struct eco_network net;
    int rc = eco_network_run(s, &call->network, &net, err);

    if (rc)
        return rc;
    group = find_group(s, &net, name);
    eco_json_writer_init(&w, body);
    if (group)
        rc = put_members(&w, call, &net, group, err);
    else
        rc = eco_problem_set(
            &call->problem, ECO_PROBLEM_NOT_FOUND, ECO_STR("author"),
            "author %.*s: no node of this network", (int)name.len, name.ptr);
    eco_network_release(&net);
    return rc ? rc : eco_buf_check(body, "answer", err);
}
