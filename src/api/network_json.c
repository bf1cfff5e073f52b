/* SPDX-License-Identifier: MIT */
#include "api/internal.h"
#include "api/network_facts.h"

static void put_id(struct eco_json_writer *w, const char *key,
                   struct eco_network_id id)
{
    eco_json_key(w, key);
    eco_json_put_joined(w, id.prefix, id.text);
}

static void put_value(struct eco_json_writer *w, enum eco_network_type type,
                      const struct eco_network_value *v)
{
    if (!v->is_given) {
        eco_json_put_null(w);
        return;
    }
    switch (type) {
    case ECO_NETWORK_TEXT:
        eco_json_put_joined(w, v->id.prefix, v->id.text);
        break;
    case ECO_NETWORK_INTEGER:
        eco_json_put_i64(w, v->integer);
        break;
    case ECO_NETWORK_REAL:
        eco_json_put_f64(w, v->real);
        break;
    case ECO_NETWORK_PLACE:
        eco_json_put_fixed(w, v->real, 3);
        break;
    case ECO_NETWORK_BOOL:
        eco_json_put_bool(w, v->integer);
        break;
    }
}

static void put_values(struct eco_json_writer *w,
                       const struct eco_network_attribute *attribute,
                       const struct eco_network_value *value, int begin,
                       int end)
{
    for (int i = begin; i < end; i++) {
        eco_json_key(w, attribute[i].json);
        put_value(w, attribute[i].type, &value[i]);
    }
}

static void put_author(struct eco_json_writer *w,
                       const struct eco_network_value *value)
{
    eco_json_key(w, "author");
    eco_json_begin_object(w);
    eco_json_key(w, "name"); /* "" without an owner, not null */
    eco_json_put_str(w, value[ECO_NODE_AUTHOR].id.text);
    eco_json_key(w, "full_name");
    put_value(w, ECO_NETWORK_TEXT, &value[ECO_NODE_AUTHOR_FULL]);
    eco_json_key(w, "kind");
    put_value(w, ECO_NETWORK_TEXT, &value[ECO_NODE_AUTHOR_KIND]);
    eco_json_end_object(w);
}

static void put_node(struct eco_json_writer *w, const struct eco_snap *s,
                     const struct eco_network *net, uint32_t node)
{
    struct eco_network_node_facts f;

    eco_api_network_node(s, net, node, &f);
    eco_json_begin_object(w);
    put_id(w, "id", f.id);
    put_values(w, eco_network_node_attributes, f.value, 0, ECO_NODE_AUTHOR);
    put_author(w, f.value);
    put_values(w, eco_network_node_attributes, f.value,
               ECO_NODE_AUTHOR_KIND + 1, ECO_NODE_ATTRIBUTES);
    eco_json_end_object(w);
}

static void put_edge(struct eco_json_writer *w, const struct eco_snap *s,
                     const struct eco_network *net,
                     const struct eco_network_edge *edge)
{
    struct eco_network_value value[ECO_EDGE_ATTRIBUTES];

    eco_api_network_edge(edge, value);
    eco_json_begin_object(w);
    put_id(w, "source", eco_api_network_id(s, net, edge->source));
    put_id(w, "target", eco_api_network_id(s, net, edge->target));
    put_values(w, eco_network_edge_attributes, value, 0, ECO_EDGE_ATTRIBUTES);
    eco_json_end_object(w);
}

/* A buffer that has failed ignores what is appended; there may be much. */
int eco_api_network_write_json(struct eco_buf *out, const struct eco_snap *s,
                               const struct eco_network_query *q,
                               const struct eco_network *net,
                               struct eco_err *err)
{
    struct eco_json_writer w;

    eco_json_writer_init(&w, out);
    eco_json_begin_object(&w);
    eco_api_network_put_head(&w, s, q, net);
    eco_json_key(&w, "nodes");
    eco_json_begin_array(&w);
    for (uint32_t i = 0; i < net->n && !out->failed; i++)
        put_node(&w, s, net, i);
    eco_json_end_array(&w);
    eco_json_key(&w, "edges");
    eco_json_begin_array(&w);
    for (uint64_t i = 0; i < net->m && !out->failed; i++)
        put_edge(&w, s, net, &net->edges[i]);
    eco_json_end_array(&w);
    eco_json_end_object(&w);
    return eco_buf_check(out, "network", err);
}
