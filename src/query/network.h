/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_NETWORK_H
#define ECO_QUERY_NETWORK_H

#include "query/filter.h"

/*
 * network - the family of chosen models as one sees it
 *
 * docs/algorithms/network.md says exactly what is shown; in short:
 *
 *   1. the family: what is reachable from the chosen models, at most `depth`
 *      steps away;
 *   2. the view, and the filter when it cuts, say which models of it are
 *      shown; the chosen ones always are;
 *   3. every edge whose relation the view admits and whose ends are both shown
 *      is drawn. A shown model without a drawn edge from a base hangs by an
 *      indirect edge on its nearest shown ancestor;
 *   4. `limit`: of each shown model only its first derived models are followed
 *      (most influential first), none of a collapsed one, all of an expanded
 *      one; what is then not reached from the chosen models is left out;
 *   5. a model appears when it exists and hangs on something that does;
 *   6. ECO_NETWORK_BY_AUTHOR folds all but the chosen models into one node per
 *      author;
 *   7. of more than ECO_MAX_NETWORK_NODES nodes those are kept that are
 *      reached first when one always goes on to the most influential node
 *      that hangs on what is kept; these get their places (graph/layout.h);
 *   8. `until` and `hide` take nodes and edges away again; the places stay.
 *
 * Shapes     nodes: breadth-first order of the forest of `parent`; siblings,
 *            and the tops, by rising node number, that is by influence. edges:
 *            by (source, target, relation, indirect), indices of nodes.
 * Ownership  The caller releases the network. The query is borrowed.
 * Errors     ECO_ENOMEM; ECO_EFORMAT for a snapshot that lies; ECO_ELIMIT for
 *            more than ECO_MAX_NETWORK_EDGES edges.
 * Cost       O(f log f + edges) for a family of f models; 12 bytes per node of
 *            the snapshot and about 200 per node of the family.
 * Threads    Pure: any number on one snapshot.
 */
enum eco_network_view {
    ECO_NETWORK_TOP,       /* of each model its `limit` most influential */
    ECO_NETWORK_FULL,      /* everything */
    ECO_NETWORK_BY_AUTHOR, /* one node per author */
    ECO_NETWORK_ORGS,      /* models of organisations, unverified included */
    ECO_NETWORK_ADAPTER,   /* models derived by this relation */
    ECO_NETWORK_FINETUNE,
    ECO_NETWORK_MERGE,
    ECO_NETWORK_QUANTIZED,
};
#define ECO_NETWORK_VIEWS 8

/* "top", "full", "author", "orgs", "adapter", ...: the words of the API. */
const char *eco_network_view_name(enum eco_network_view view);

/* Days of `appears` and `since` that are none. */
#define ECO_NETWORK_ALWAYS INT32_MIN /* a chosen model */
#define ECO_NETWORK_NEVER INT32_MAX  /* no date, or behind such a model */

#define ECO_NETWORK_NONE UINT32_MAX

struct eco_network_query {
    uint32_t n_roots; /* the chosen models, at least one, distinct */
    uint32_t roots[ECO_MAX_NETWORK_ROOTS]; /* nodes of the snapshot */
    enum eco_network_view view;
    uint32_t limit; /* 0: none */
    uint32_t depth; /* 0: any */
    bool has_until;
    int32_t until; /* the last day that counts */
    unsigned hide; /* bits 1 << enum eco_relation: relations switched off */
    uint32_t n_expand;
    uint32_t expand[ECO_MAX_NETWORK_FOLDS];
    uint32_t n_collapse;
    uint32_t collapse[ECO_MAX_NETWORK_FOLDS];
    bool cut;                 /* the filter cuts; else it highlights */
    struct eco_filter filter; /* see there: must not move */
};

enum eco_network_flag {
    ECO_NETWORK_ROOT = 1u << 0,        /* chosen */
    ECO_NETWORK_GROUP = 1u << 1,       /* all shown models of one author */
    ECO_NETWORK_PLACEHOLDER = 1u << 2, /* not in this data set */
    ECO_NETWORK_REMOVED = 1u << 3,     /* gone from the Hub */
    ECO_NETWORK_MATCH = 1u << 4,       /* the filter matches (a group: some) */
    ECO_NETWORK_COLLAPSED = 1u << 5,
    ECO_NETWORK_EXPANDED = 1u << 6,
};

struct eco_network_node {
    uint32_t node;    /* of the snapshot; ECO_NETWORK_NONE for a group */
    uint32_t author;  /* or ECO_SNAP_NO_AUTHOR */
    uint32_t parent;  /* the node it hangs on, or ECO_NETWORK_NONE: a top */
    uint32_t edge;    /* the edge from there, or ECO_NETWORK_NONE */
    uint32_t models;  /* 1; of a group how many are folded into it */
    uint32_t members; /* a group: where they begin in members[] */
    uint32_t derived; /* direct derived models in the data set; a group: 0 */
    uint32_t more;    /* of these, how many are not shown; a group: 0 */
    int32_t appears;  /* the day it is there and hangs on a chosen model: the
                         later of its creation and the first appearance of a
                         shown base; a group: the first of its members */
    unsigned flags;   /* enum eco_network_flag */
    float x, y, r;
    double influence; /* a group: the sum */
};

struct eco_network_edge {
    uint32_t source; /* the base */
    uint32_t target; /* the derived model */
    uint32_t count;  /* 1; between groups: edges of this relation */
    uint32_t hidden; /* an indirect edge: hidden models between the ends */
    int32_t since;   /* the day both ends (of the first, when folded) appear */
    uint8_t
        relation;  /* enum eco_relation; an indirect edge: of its last step */
    bool declared; /* else inferred (folded: all inferred) */
    bool indirect; /* drawn dashed */
};

struct eco_network_member {
    uint32_t node;   /* of the snapshot, rising within a group */
    int32_t appears; /* as of a node */
};

struct eco_network {
    uint32_t n;
    struct eco_network_node *nodes;
    uint64_t m;
    struct eco_network_edge *edges;
    uint32_t n_members; /* those of groups beyond the maximum included */
    struct eco_network_member *members;
    uint32_t models;   /* models on the picture, folded ones included */
    uint32_t family;   /* models within `depth`, chosen ones included, whatever
                          the view and the limit */
    uint32_t left_out; /* nodes beyond ECO_MAX_NETWORK_NODES */
    uint32_t undated;  /* shown models that never appear (before rule 8) */
    uint32_t matches;  /* shown models that the filter matches */
    uint64_t inner[ECO_RELATIONS]; /* edges inside groups, folded away */
};

ECO_MUST_USE
int eco_network_run(const struct eco_snap *s, const struct eco_network_query *q,
                    struct eco_network *out, struct eco_err *err);

void eco_network_release(struct eco_network *net);

/* The radius of a disc: its area is a floor plus a part in proportion to the
 * influence, so that folding conserves it; at most ECO_LAYOUT_MAX_RADIUS. */
#define ECO_NETWORK_RADIUS_FLOOR 25.0
#define ECO_NETWORK_RADIUS_SCALE 0.64
float eco_network_radius(double influence);

#endif /* ECO_QUERY_NETWORK_H */
