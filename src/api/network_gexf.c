/* SPDX-License-Identifier: MIT */
#include "api/avatar.h"
#include "api/network_facts.h"
#include "api/xml.h"

/*
 * GEXF 1.3, for Gephi and others: places, sizes and colours are elements of
 * viz, everything else is a typed attribute.
 */
#define NODE_ATTRIBUTES ECO_NODE_X /* the places are behind them */

static void put_declarations(struct eco_buf *out, const char *of,
                             const struct eco_network_attribute *a, int n)
{
    eco_buf_printf(out, "<attributes class=\"%s\" mode=\"static\">\n", of);
    for (int i = 0; i < n; i++)
        eco_buf_printf(out, "<attribute id=\"%d\" title=\"%s\" type=\"%s\"/>\n",
                       i, a[i].name, eco_api_network_type_name(a[i].type));
    eco_buf_append_c(out, "</attributes>\n");
}

static void put_values(struct eco_buf *out,
                       const struct eco_network_attribute *a,
                       const struct eco_network_value *v, int n)
{
    eco_buf_append_c(out, "<attvalues>");
    for (int i = 0; i < n; i++) {
        if (!v[i].is_given)
            continue;
        eco_buf_append_c(out, "<attvalue for=\"");
        eco_buf_append_i64(out, i);
        eco_buf_append_c(out, "\" value=\"");
        eco_api_network_put_xml(out, a[i].type, &v[i]);
        eco_buf_append_c(out, "\"/>");
    }
    eco_buf_append_c(out, "</attvalues>");
}

static void put_number(struct eco_buf *out, const char *before, double v)
{
    eco_buf_append_c(out, before);
    eco_buf_append_fixed(out, v, 3);
}

static void put_colour(struct eco_buf *out, uint32_t rgb)
{
    put_number(out, "<viz:color r=\"", rgb >> 16);
    put_number(out, "\" g=\"", rgb >> 8 & 0xff);
    put_number(out, "\" b=\"", rgb & 0xff);
    eco_buf_append_c(out, "\"/>");
}

static void put_node(struct eco_buf *out, const struct eco_snap *s,
                     const struct eco_network *net, uint32_t node)
{
    struct eco_network_node_facts f;

    eco_api_network_node(s, net, node, &f);
    eco_buf_append_c(out, "<node");
    eco_api_network_put_xml_id(out, "id", f.id);
    eco_api_network_put_xml_id(out, "label", f.id);
    eco_buf_append_char(out, '>');
    put_values(out, eco_network_node_attributes, f.value, NODE_ATTRIBUTES);
    put_number(out, "<viz:size value=\"", f.value[ECO_NODE_R].real);
    put_number(out, "\"/><viz:position x=\"", f.value[ECO_NODE_X].real);
    put_number(out, "\" y=\"", f.value[ECO_NODE_Y].real);
    eco_buf_append_c(out, "\" z=\"0\"/>");
    put_colour(out, eco_avatar_colour(f.value[ECO_NODE_AUTHOR].id.text));
    eco_buf_append_c(out, "</node>\n");
}

static void put_edge(struct eco_buf *out, const struct eco_snap *s,
                     const struct eco_network *net, uint64_t i)
{
    const struct eco_network_edge *edge = &net->edges[i];
    struct eco_network_value value[ECO_EDGE_ATTRIBUTES];

    eco_api_network_edge(edge, value);
    eco_buf_append_c(out, "<edge id=\"");
    eco_buf_append_i64(out, (int64_t)i);
    eco_buf_append_char(out, '"');
    eco_api_network_put_xml_id(out, "source",
                               eco_api_network_id(s, net, edge->source));
    eco_api_network_put_xml_id(out, "target",
                               eco_api_network_id(s, net, edge->target));
    eco_buf_append_c(out, " weight=\"");
    eco_buf_append_i64(out, edge->count);
    eco_buf_append_c(out, "\">");
    put_values(out, eco_network_edge_attributes, value, ECO_EDGE_ATTRIBUTES);
    put_colour(out, eco_network_colours[edge->relation]);
    eco_buf_append_c(out, "</edge>\n");
}

static void put_head(struct eco_buf *out, const struct eco_snap *s,
                     const struct eco_network_query *q)
{
    char day[ECO_DAY_TEXT_BYTES];

    eco_xml_begin(out);
    eco_buf_append_c(out, "<gexf xmlns=\"http://gexf.net/1.3\" "
                          "xmlns:viz=\"http://gexf.net/1.3/viz\" "
                          "version=\"1.3\">\n");
    eco_buf_printf(out,
                   "<meta lastmodifieddate=\"%s\">"
                   "<creator>ecoviz</creator><description>",
                   eco_day_format(s->meta->as_of_day, day));
    eco_api_network_put_title(out, s, q);
    eco_buf_append_c(out, "</description></meta>\n"
                          "<graph defaultedgetype=\"directed\" "
                          "mode=\"static\">\n");
    put_declarations(out, "node", eco_network_node_attributes, NODE_ATTRIBUTES);
    put_declarations(out, "edge", eco_network_edge_attributes,
                     ECO_EDGE_ATTRIBUTES);
}

int eco_api_network_write_gexf(struct eco_buf *out, const struct eco_snap *s,
                               const struct eco_network_query *q,
                               const struct eco_network *net,
                               struct eco_err *err)
{
    put_head(out, s, q);
    eco_buf_append_c(out, "<nodes>\n");
    for (uint32_t i = 0; i < net->n && !out->failed; i++)
        put_node(out, s, net, i);
    eco_buf_append_c(out, "</nodes>\n<edges>\n");
    for (uint64_t i = 0; i < net->m && !out->failed; i++)
        put_edge(out, s, net, i);
    eco_buf_append_c(out, "</edges>\n</graph>\n</gexf>\n");
    return eco_buf_check(out, "network", err);
}
