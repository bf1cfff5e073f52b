/* SPDX-License-Identifier: MIT */
#include "api/network_facts.h"

#include "api/internal.h"
#include "api/xml.h"

const uint32_t eco_network_colours[ECO_RELATIONS] = {
    [ECO_ADAPTER] = 0x7c4ddb,
    [ECO_FINETUNE] = 0x2f6fdd,
    [ECO_MERGE] = 0xb85c00,
    [ECO_QUANTIZED] = 0x0b7a5e,
};

const struct eco_network_attribute
    eco_network_node_attributes[ECO_NODE_ATTRIBUTES] = {
        [ECO_NODE_KIND] = { "kind", "kind", ECO_NETWORK_TEXT },
        [ECO_NODE_CHOSEN] = { "chosen", "chosen", ECO_NETWORK_BOOL },
        [ECO_NODE_PARENT] = { "parent", "parent", ECO_NETWORK_TEXT },
        [ECO_NODE_RELATION] = { "relation", "relation", ECO_NETWORK_TEXT },
        [ECO_NODE_AUTHOR] = { NULL, "author", ECO_NETWORK_TEXT },
        [ECO_NODE_AUTHOR_FULL] = { NULL, "author_full_name", ECO_NETWORK_TEXT },
        [ECO_NODE_AUTHOR_KIND] = { NULL, "author_kind", ECO_NETWORK_TEXT },
        [ECO_NODE_RANK] = { "rank", "rank", ECO_NETWORK_INTEGER },
        [ECO_NODE_INFLUENCE] = { "influence", "influence", ECO_NETWORK_REAL },
        [ECO_NODE_LIKES] = { "likes", "likes", ECO_NETWORK_INTEGER },
        [ECO_NODE_DOWNLOADS] = { "downloads", "downloads",
                                 ECO_NETWORK_INTEGER },
        [ECO_NODE_CREATED] = { "created", "created", ECO_NETWORK_TEXT },
        [ECO_NODE_APPEARS] = { "appears", "appears", ECO_NETWORK_TEXT },
        [ECO_NODE_TASK] = { "task", "task", ECO_NETWORK_TEXT },
        [ECO_NODE_LIBRARY] = { "library", "library", ECO_NETWORK_TEXT },
        [ECO_NODE_LICENCE] = { "licence", "licence", ECO_NETWORK_TEXT },
        [ECO_NODE_PARAMETERS] = { "parameters", "parameters",
                                  ECO_NETWORK_INTEGER },
        [ECO_NODE_REMOVED] = { "removed", "removed", ECO_NETWORK_BOOL },
        [ECO_NODE_MATCH] = { "match", "match", ECO_NETWORK_BOOL },
        [ECO_NODE_COLLAPSED] = { "collapsed", "collapsed", ECO_NETWORK_BOOL },
        [ECO_NODE_EXPANDED] = { "expanded", "expanded", ECO_NETWORK_BOOL },
        [ECO_NODE_MODELS] = { "models", "models", ECO_NETWORK_INTEGER },
        [ECO_NODE_DERIVED] = { "derived", "derived", ECO_NETWORK_INTEGER },
        [ECO_NODE_MORE] = { "more", "more", ECO_NETWORK_INTEGER },
        [ECO_NODE_X] = { "x", "x", ECO_NETWORK_PLACE },
        [ECO_NODE_Y] = { "y", "y", ECO_NETWORK_PLACE },
        /* others take "r" for red */
        [ECO_NODE_R] = { "r", "radius", ECO_NETWORK_PLACE },
    };

const struct eco_network_attribute
    eco_network_edge_attributes[ECO_EDGE_ATTRIBUTES] = {
        [ECO_EDGE_ATTR_RELATION] = { "relation", "relation", ECO_NETWORK_TEXT },
        [ECO_EDGE_ATTR_DECLARED] = { "declared", "declared", ECO_NETWORK_BOOL },
        [ECO_EDGE_ATTR_INDIRECT] = { "indirect", "indirect", ECO_NETWORK_BOOL },
        [ECO_EDGE_ATTR_HIDDEN] = { "hidden", "hidden", ECO_NETWORK_INTEGER },
        [ECO_EDGE_ATTR_COUNT] = { "count", "count", ECO_NETWORK_INTEGER },
    };

/* --- values ------------------------------------------------------------------ */

static struct eco_network_value text_value(struct eco_str s)
{
    return (struct eco_network_value){ .is_given = s.len > 0, .id.text = s };
}

static struct eco_network_value c_value(const char *s)
{
    return text_value(eco_str_from_c(s));
}

/* Negative is unknown. */
static struct eco_network_value count_value(int64_t n)
{
    return (struct eco_network_value){ .is_given = n >= 0, .integer = n };
}

static struct eco_network_value bool_value(bool yes)
{
    return (struct eco_network_value){ .is_given = true, .integer = yes };
}

static struct eco_network_value real_value(double v)
{
    return (struct eco_network_value){ .is_given = true, .real = v };
}

static struct eco_network_value time_value(int64_t ms,
                                           char text[ECO_TIME_TEXT_BYTES])
{
    if (ms == ECO_TIME_UNKNOWN)
        return (struct eco_network_value){ 0 };
    return c_value(eco_time_format(ms, text));
}

static struct eco_network_value day_value(int32_t day,
                                          char text[ECO_DAY_TEXT_BYTES])
{
    if (day == ECO_NETWORK_ALWAYS || day == ECO_NETWORK_NEVER)
        return (struct eco_network_value){ 0 };
    return c_value(eco_day_format(day, text));
}

/* --- a node -------------------------------------------------------------------- */

struct eco_network_id eco_api_network_id(const struct eco_snap *s,
                                         const struct eco_network *net,
                                         uint32_t node)
{
    const struct eco_network_node *v = &net->nodes[node];

    if (v->flags & ECO_NETWORK_GROUP)
        return (struct eco_network_id){ ECO_STR("author:"),
                                        eco_snap_author_name(s, v->author) };
    return (struct eco_network_id){ ECO_STR(""), eco_snap_id(s, v->node) };
}

static const char *kind_of(const struct eco_network_node *v)
{
    if (v->flags & ECO_NETWORK_GROUP)
        return "group";
    return v->flags & ECO_NETWORK_PLACEHOLDER ? "placeholder" : "model";
}

static void fill_author(const struct eco_snap *s, uint32_t author,
                        struct eco_network_value *value)
{
    value[ECO_NODE_AUTHOR] = text_value(eco_snap_author_name(s, author));
    value[ECO_NODE_AUTHOR_FULL] = text_value(eco_snap_author_full(s, author));
    value[ECO_NODE_AUTHOR_KIND] =
        c_value(eco_author_kind_name(eco_api_author_kind(s, author)));
}

static void fill_parent(const struct eco_snap *s, const struct eco_network *net,
                        const struct eco_network_node *v,
                        struct eco_network_value *value)
{
    struct eco_network_value *parent = &value[ECO_NODE_PARENT];

    *parent = (struct eco_network_value){ 0 };
    value[ECO_NODE_RELATION] = (struct eco_network_value){ 0 };
    if (v->parent != ECO_NETWORK_NONE) {
        parent->is_given = true;
        parent->id = eco_api_network_id(s, net, v->parent);
    }
    if (v->edge != ECO_NETWORK_NONE)
        value[ECO_NODE_RELATION] = c_value(
            eco_relation_name((enum eco_relation)net->edges[v->edge].relation));
}

/* What only a model of the data set has. */
static void fill_model(const struct eco_snap *s, uint32_t node,
                       struct eco_network_node_facts *out)
{
    struct eco_network_value *value = out->value;

    value[ECO_NODE_RANK] = count_value((int64_t)node + 1);
    value[ECO_NODE_LIKES] = count_value(s->likes[node]);
    value[ECO_NODE_DOWNLOADS] = count_value(s->downloads[node]);
    value[ECO_NODE_CREATED] = time_value(s->created[node], out->created);
    value[ECO_NODE_TASK] =
        text_value(eco_snap_dict_text(&s->tasks, s->task[node]));
    value[ECO_NODE_LIBRARY] =
        text_value(eco_snap_dict_text(&s->libraries, s->library[node]));
    value[ECO_NODE_LICENCE] =
        text_value(eco_snap_dict_text(&s->licences, s->licence[node]));
    value[ECO_NODE_PARAMETERS] = count_value(s->params[node]);
}

static void fill_nothing(struct eco_network_value *value)
{
    static const enum eco_network_node_attribute unknown[] = {
        ECO_NODE_RANK, ECO_NODE_LIKES,   ECO_NODE_DOWNLOADS, ECO_NODE_CREATED,
        ECO_NODE_TASK, ECO_NODE_LIBRARY, ECO_NODE_LICENCE,   ECO_NODE_PARAMETERS
    };

    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        value[unknown[i]].is_given = false;
}

static void fill_flags(unsigned flags, struct eco_network_value *value)
{
    value[ECO_NODE_CHOSEN] = bool_value(flags & ECO_NETWORK_ROOT);
    value[ECO_NODE_REMOVED] = bool_value(flags & ECO_NETWORK_REMOVED);
    value[ECO_NODE_MATCH] = bool_value(flags & ECO_NETWORK_MATCH);
    value[ECO_NODE_COLLAPSED] = bool_value(flags & ECO_NETWORK_COLLAPSED);
    value[ECO_NODE_EXPANDED] = bool_value(flags & ECO_NETWORK_EXPANDED);
}

void eco_api_network_node(const struct eco_snap *s,
                          const struct eco_network *net, uint32_t node,
                          struct eco_network_node_facts *out)
{
    const struct eco_network_node *v = &net->nodes[node];
    struct eco_network_value *value = out->value;

    out->id = eco_api_network_id(s, net, node);
    value[ECO_NODE_KIND] = c_value(kind_of(v));
    fill_flags(v->flags, value);
    fill_parent(s, net, v, value);
    fill_author(s, v->author, value);
    if (v->flags & (ECO_NETWORK_GROUP | ECO_NETWORK_PLACEHOLDER))
        fill_nothing(value);
    else
        fill_model(s, v->node, out);
    value[ECO_NODE_INFLUENCE] = real_value(v->influence);
    value[ECO_NODE_APPEARS] = day_value(v->appears, out->appears);
    value[ECO_NODE_MODELS] = count_value(v->models);
    value[ECO_NODE_DERIVED] = count_value(v->derived);
    value[ECO_NODE_MORE] = count_value(v->more);
    value[ECO_NODE_X] = real_value((double)v->x);
    value[ECO_NODE_Y] = real_value((double)v->y);
    value[ECO_NODE_R] = real_value((double)v->r);
}

/* --- an edge --------------------------------------------------------------------- */

void eco_api_network_edge(const struct eco_network_edge *edge,
                          struct eco_network_value out[ECO_EDGE_ATTRIBUTES])
{
    out[ECO_EDGE_ATTR_RELATION] =
        c_value(eco_relation_name((enum eco_relation)edge->relation));
    out[ECO_EDGE_ATTR_DECLARED] = bool_value(edge->declared);
    out[ECO_EDGE_ATTR_INDIRECT] = bool_value(edge->indirect);
    out[ECO_EDGE_ATTR_HIDDEN] = count_value(edge->hidden);
    out[ECO_EDGE_ATTR_COUNT] = count_value(edge->count);
}

/* --- the head ---------------------------------------------------------------------- */

/* 0 means none. */
static void put_limit(struct eco_json_writer *w, const char *key, uint32_t n)
{
    eco_api_put_count(w, key, n ? (int64_t)n : -1);
}

static void put_question(struct eco_json_writer *w,
                         const struct eco_network_query *q)
{
    char day[ECO_DAY_TEXT_BYTES];

    eco_json_key(w, "view");
    eco_json_put_c(w, eco_network_view_name(q->view));
    put_limit(w, "limit", q->limit);
    put_limit(w, "depth", q->depth);
    eco_json_key(w, "until");
    if (q->has_until)
        eco_json_put_c(w, eco_day_format(q->until, day));
    else
        eco_json_put_null(w);
    eco_json_key(w, "hide");
    eco_json_begin_array(w);
    for (unsigned i = 0; i < ECO_RELATIONS; i++)
        if (q->hide & 1u << i)
            eco_json_put_c(w, eco_relation_name((enum eco_relation)i));
    eco_json_end_array(w);
    eco_json_key(w, "filter");
    if (eco_filter_is_on(&q->filter))
        eco_json_put_c(w, q->cut ? "cut" : "highlight");
    else
        eco_json_put_null(w);
}

static void put_counts(struct eco_json_writer *w, const struct eco_network *net)
{
    eco_json_key(w, "counts");
    eco_json_begin_object(w);
    eco_api_put_count(w, "nodes", net->n);
    eco_api_put_count(w, "edges", (int64_t)net->m);
    eco_api_put_count(w, "models", net->models);
    eco_api_put_count(w, "family", net->family);
    eco_api_put_count(w, "left_out", net->left_out);
    eco_api_put_count(w, "undated", net->undated);
    eco_api_put_count(w, "matches", net->matches);
    eco_json_key(w, "inner");
    eco_json_begin_object(w);
    for (int i = 0; i < ECO_RELATIONS; i++)
        eco_api_put_count(w, eco_relation_name((enum eco_relation)i),
                          (int64_t)net->inner[i]);
    eco_json_end_object(w);
    eco_json_end_object(w);
}

void eco_api_network_put_head(struct eco_json_writer *w,
                              const struct eco_snap *s,
                              const struct eco_network_query *q,
                              const struct eco_network *net)
{
    eco_api_put_frame(w, s);
    put_question(w, q);
    eco_json_key(w, "roots");
    eco_json_begin_array(w);
    for (uint32_t i = 0; i < q->n_roots; i++)
        eco_json_put_str(w, eco_snap_id(s, q->roots[i]));
    eco_json_end_array(w);
    eco_api_put_count(w, "max_nodes", ECO_MAX_NETWORK_NODES);
    put_counts(w, net);
}

/* --- for XML -------------------------------------------------------------------------- */

void eco_api_network_put_xml(struct eco_buf *out, enum eco_network_type type,
                             const struct eco_network_value *v)
{
    char number[ECO_JSON_F64_BYTES];

    switch (type) {
    case ECO_NETWORK_TEXT:
        eco_buf_append_str(out, v->id.prefix);
        eco_xml_put(out, v->id.text);
        break;
    case ECO_NETWORK_INTEGER:
        eco_buf_append_i64(out, v->integer);
        break;
    case ECO_NETWORK_REAL:
        eco_json_format_f64(v->real, number);
        eco_buf_append_c(out, number);
        break;
    case ECO_NETWORK_PLACE:
        eco_buf_append_fixed(out, v->real, 3);
        break;
    case ECO_NETWORK_BOOL:
        eco_buf_append_c(out, v->integer ? "true" : "false");
        break;
    }
}

void eco_api_network_put_xml_id(struct eco_buf *out, const char *name,
                                struct eco_network_id id)
{
    eco_buf_append_char(out, ' ');
    eco_buf_append_c(out, name);
    eco_buf_append_c(out, "=\"");
    eco_buf_append_str(out, id.prefix);
    eco_xml_put(out, id.text);
    eco_buf_append_char(out, '"');
}

const char *eco_api_network_type_name(enum eco_network_type type)
{
    switch (type) {
    case ECO_NETWORK_TEXT:
        break;
    case ECO_NETWORK_INTEGER:
        return "long";
    case ECO_NETWORK_REAL:
    case ECO_NETWORK_PLACE:
        return "double";
    case ECO_NETWORK_BOOL:
        return "boolean";
    }
    return "string";
}

void eco_api_network_put_title(struct eco_buf *out, const struct eco_snap *s,
                               const struct eco_network_query *q)
{
    char day[ECO_DAY_TEXT_BYTES];

    eco_xml_put(out, eco_snap_id(s, q->roots[0]));
    if (q->n_roots > 1)
        eco_buf_printf(out, " and %u more", q->n_roots - 1);
    eco_buf_printf(out, ", view %s, as of %s", eco_network_view_name(q->view),
                   eco_day_format(s->meta->as_of_day, day));
    if (q->has_until)
        eco_buf_printf(out, ", until %s", eco_day_format(q->until, day));
    if (s->meta->data != ECO_DATA_HUB)
        eco_buf_printf(out, ", %s data",
                       eco_data_kind_name((enum eco_data_kind)s->meta->data));
}
