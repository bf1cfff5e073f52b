/* SPDX-License-Identifier: MIT */
#include "api/network_facts.h"
#include "api/xml.h"

/* GraphML has one space of keys for nodes, edges and the graph. */
#define NODE_KEY ""
#define EDGE_KEY "edge_"
#define GRAPH_KEY "graph_"

static void put_key(struct eco_buf *out, const char *of, const char *prefix,
                    const char *name, enum eco_network_type type)
{
    eco_buf_printf(out,
                   "<key id=\"%s%s\" for=\"%s\" attr.name=\"%s\" "
                   "attr.type=\"%s\"/>\n",
                   prefix, name, of, name, eco_api_network_type_name(type));
}

static void begin_data(struct eco_buf *out, const char *prefix,
                       const char *name)
{
    eco_buf_append_c(out, "<data key=\"");
    eco_buf_append_c(out, prefix);
    eco_buf_append_c(out, name);
    eco_buf_append_c(out, "\">");
}

static void put_values(struct eco_buf *out, const char *prefix,
                       const struct eco_network_attribute *a,
                       const struct eco_network_value *v, int n)
{
    for (int i = 0; i < n; i++) {
        if (!v[i].is_given)
            continue;
        begin_data(out, prefix, a[i].name);
        eco_api_network_put_xml(out, a[i].type, &v[i]);
        eco_buf_append_c(out, "</data>");
    }
}

static void put_node(struct eco_buf *out, const struct eco_snap *s,
                     const struct eco_network *net, uint32_t node)
{
    struct eco_network_node_facts f;

    eco_api_network_node(s, net, node, &f);
    eco_buf_append_c(out, "<node");
    eco_api_network_put_xml_id(out, "id", f.id);
    eco_buf_append_char(out, '>');
    put_values(out, NODE_KEY, eco_network_node_attributes, f.value,
               ECO_NODE_ATTRIBUTES);
    eco_buf_append_c(out, "</node>\n");
}

static void put_edge(struct eco_buf *out, const struct eco_snap *s,
                     const struct eco_network *net,
                     const struct eco_network_edge *edge)
{
    struct eco_network_value value[ECO_EDGE_ATTRIBUTES];

    eco_api_network_edge(edge, value);
    eco_buf_append_c(out, "<edge");
    eco_api_network_put_xml_id(out, "source",
                               eco_api_network_id(s, net, edge->source));
    eco_api_network_put_xml_id(out, "target",
                               eco_api_network_id(s, net, edge->target));
    eco_buf_append_char(out, '>');
    put_values(out, EDGE_KEY, eco_network_edge_attributes, value,
               ECO_EDGE_ATTRIBUTES);
    eco_buf_append_c(out, "</edge>\n");
}

static void put_text(struct eco_buf *out, const char *name, const char *text)
{
    begin_data(out, GRAPH_KEY, name);
    eco_xml_put_c(out, text);
    eco_buf_append_c(out, "</data>\n");
}

static void put_head(struct eco_buf *out)
{
    eco_xml_begin(out);
    eco_buf_append_c(
        out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    put_key(out, "graph", GRAPH_KEY, "title", ECO_NETWORK_TEXT);
    put_key(out, "graph", GRAPH_KEY, "as_of", ECO_NETWORK_TEXT);
    put_key(out, "graph", GRAPH_KEY, "data", ECO_NETWORK_TEXT);
    put_key(out, "graph", GRAPH_KEY, "view", ECO_NETWORK_TEXT);
    for (int i = 0; i < ECO_NODE_ATTRIBUTES; i++)
        put_key(out, "node", NODE_KEY, eco_network_node_attributes[i].name,
                eco_network_node_attributes[i].type);
    for (int i = 0; i < ECO_EDGE_ATTRIBUTES; i++)
        put_key(out, "edge", EDGE_KEY, eco_network_edge_attributes[i].name,
                eco_network_edge_attributes[i].type);
}

static void put_graph(struct eco_buf *out, const struct eco_snap *s,
                      const struct eco_network_query *q)
{
    char day[ECO_DAY_TEXT_BYTES];

    eco_buf_append_c(out, "<graph edgedefault=\"directed\">\n");
    begin_data(out, GRAPH_KEY, "title");
    eco_api_network_put_title(out, s, q);
    eco_buf_append_c(out, "</data>\n");
    put_text(out, "as_of", eco_day_format(s->meta->as_of_day, day));
    put_text(out, "data",
             eco_data_kind_name((enum eco_data_kind)s->meta->data));
    put_text(out, "view", eco_network_view_name(q->view));
}

int eco_api_network_write_graphml(struct eco_buf *out, const struct eco_snap *s,
                                  const struct eco_network_query *q,
                                  const struct eco_network *net,
                                  struct eco_err *err)
{
    put_head(out);
    put_graph(out, s, q);
    for (uint32_t i = 0; i < net->n && !out->failed; i++)
        put_node(out, s, net, i);
    for (uint64_t i = 0; i < net->m && !out->failed; i++)
        put_edge(out, s, net, &net->edges[i]);
    eco_buf_append_c(out, "</graph>\n</graphml>\n");
    return eco_buf_check(out, "network", err);
}
