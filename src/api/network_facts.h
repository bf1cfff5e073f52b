/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_NETWORK_FACTS_H
#define ECO_API_NETWORK_FACTS_H

#include "api/network.h"
#include "base/clock.h"
#include "json/writer.h"

/*
 * network_facts - what is told of a node and of an edge, in every form
 *
 * One table of attributes, one function that fills in their values; the forms
 * only differ in how they write them.
 *
 * Ownership  Values are views of the snapshot and of their struct, which must
 *            not move.
 * Threads    Pure functions.
 */
enum eco_network_type {
    ECO_NETWORK_TEXT,
    ECO_NETWORK_INTEGER,
    ECO_NETWORK_REAL,
    ECO_NETWORK_PLACE, /* a number of which three decimals are enough */
    ECO_NETWORK_BOOL,
};

struct eco_network_attribute {
    const char *json; /* key; NULL: no member of its own (author) */
    const char *name; /* for other programs */
    enum eco_network_type type;
};

/* In the order of docs/openapi.yaml, behind the id. */
enum eco_network_node_attribute {
    ECO_NODE_KIND,
    ECO_NODE_CHOSEN,
    ECO_NODE_PARENT,
    ECO_NODE_RELATION,
    ECO_NODE_AUTHOR, /* these three are one object in JSON */
    ECO_NODE_AUTHOR_FULL,
    ECO_NODE_AUTHOR_KIND,
    ECO_NODE_RANK,
    ECO_NODE_INFLUENCE,
    ECO_NODE_LIKES,
    ECO_NODE_DOWNLOADS,
    ECO_NODE_CREATED,
    ECO_NODE_APPEARS,
    ECO_NODE_TASK,
    ECO_NODE_LIBRARY,
    ECO_NODE_LICENCE,
    ECO_NODE_PARAMETERS,
    ECO_NODE_REMOVED,
    ECO_NODE_MATCH,
    ECO_NODE_COLLAPSED,
    ECO_NODE_EXPANDED,
    ECO_NODE_MODELS,
    ECO_NODE_DERIVED,
    ECO_NODE_MORE,
    ECO_NODE_X,
    ECO_NODE_Y,
    ECO_NODE_R,
};
#define ECO_NODE_ATTRIBUTES 27
extern const struct eco_network_attribute
    eco_network_node_attributes[ECO_NODE_ATTRIBUTES];

enum eco_network_edge_attribute {
    ECO_EDGE_ATTR_RELATION,
    ECO_EDGE_ATTR_DECLARED,
    ECO_EDGE_ATTR_INDIRECT,
    ECO_EDGE_ATTR_HIDDEN,
    ECO_EDGE_ATTR_COUNT,
};
#define ECO_EDGE_ATTRIBUTES 5
extern const struct eco_network_attribute
    eco_network_edge_attributes[ECO_EDGE_ATTRIBUTES];

/* "author:" and a name for a group, "" and an id for a model. */
struct eco_network_id {
    struct eco_str prefix;
    struct eco_str text;
};

struct eco_network_value {
    bool is_given;            /* else null */
    struct eco_network_id id; /* of ECO_NETWORK_TEXT */
    int64_t integer;          /* and of ECO_NETWORK_BOOL */
    double real;              /* and of ECO_NETWORK_PLACE */
};

struct eco_network_node_facts {
    struct eco_network_id id;
    struct eco_network_value value[ECO_NODE_ATTRIBUTES];
    char created[ECO_TIME_TEXT_BYTES];
    char appears[ECO_DAY_TEXT_BYTES];
};

struct eco_network_id eco_api_network_id(const struct eco_snap *s,
                                         const struct eco_network *net,
                                         uint32_t node);
void eco_api_network_node(const struct eco_snap *s,
                          const struct eco_network *net, uint32_t node,
                          struct eco_network_node_facts *out);
void eco_api_network_edge(const struct eco_network_edge *edge,
                          struct eco_network_value out[ECO_EDGE_ATTRIBUTES]);

/* All members of the JSON form but nodes and edges; `w` is in an object. */
void eco_api_network_put_head(struct eco_json_writer *w,
                              const struct eco_snap *s,
                              const struct eco_network_query *q,
                              const struct eco_network *net);

/* The value of an attribute as XML text; it is given. */
void eco_api_network_put_xml(struct eco_buf *out, enum eco_network_type type,
                             const struct eco_network_value *v);

/* " NAME="ID"" as XML. */
void eco_api_network_put_xml_id(struct eco_buf *out, const char *name,
                                struct eco_network_id id);

/* "string", "long", "double", "boolean": what GEXF and GraphML call it. */
const char *eco_api_network_type_name(enum eco_network_type type);

/* "aspen-8b and 2 more, view top, as of 2026-01-15, sample data": XML. */
void eco_api_network_put_title(struct eco_buf *out, const struct eco_snap *s,
                               const struct eco_network_query *q);

/* Colours of the relations on a light ground, 0xrrggbb. */
extern const uint32_t eco_network_colours[ECO_RELATIONS];

#endif /* ECO_API_NETWORK_FACTS_H */
