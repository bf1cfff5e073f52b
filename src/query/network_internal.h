/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_NETWORK_INTERNAL_H
#define ECO_QUERY_NETWORK_INTERNAL_H

#include "query/network.h"

/*
 * network_internal - what the steps of a network query share
 *
 * The family (network_family.c) becomes a net: nodes and edges as arrays that
 * the later steps cut, fold and put in order.
 */

/* Step 1 and 2, of the matcher's snapshot. Indices of the family are in breadth-first order. */
struct eco_family {
    const struct eco_snap *s;
    const struct eco_network_query *q;
    const struct eco_matcher *matcher; /* of q's filter */
    uint32_t n;
    uint32_t *node;  /* n: of the snapshot; the chosen ones first */
    uint32_t *level; /* n: steps from a chosen model */
    uint32_t *from;  /* n: index it was first reached from; own if chosen */
    uint32_t *index; /* N of the snapshot: 1 + index here, 0: not in it */
    uint64_t *shown; /* bits over the nodes of the snapshot */
    uint32_t n_shown;
    uint32_t n_all; /* models within `depth` when nothing is limited */
};

/* Nodes by influence (see eco_net_rank) until they are put in breadth-first
 * order; edges by (source, target, relation, indirect). */
struct eco_net {
    uint32_t n;
    struct eco_network_node *node;
    uint64_t m;
    struct eco_network_edge *edge;
    uint64_t *off; /* n + 1: edges of a source; eco_net_index makes it */
    uint32_t n_members;
    struct eco_network_member *member;
    uint64_t inner[ECO_RELATIONS];
};

/* Is this edge of the graph one that the view draws? */
static inline bool eco_net_admits(const struct eco_network_query *q,
                                  uint8_t tag)
{
    return q->view < ECO_NETWORK_ADAPTER ||
           (tag & ECO_EDGE_RELATION) ==
               (unsigned)q->view - (unsigned)ECO_NETWORK_ADAPTER;
}

/* --- network_family.c --- */

ECO_MUST_USE
int eco_family_find(const struct eco_matcher *m,
                    const struct eco_network_query *q, struct eco_family *f,
                    struct eco_err *err);
void eco_family_release(struct eco_family *f);

/* Was the limit applied when the family was looked for? */
bool eco_family_is_limited(const struct eco_network_query *q);

/* --- network_edges.c: rule 3 --- */

/* Fill nodes and edges, f->shown being what is shown. */
ECO_MUST_USE
int eco_net_draw(const struct eco_family *f, struct eco_net *net,
                 struct eco_err *err);

/* --- network_trim.c: rules 4, 5, 7, 8 --- */

void eco_net_release(struct eco_net *net);
ECO_MUST_USE int eco_net_index(struct eco_net *net, struct eco_err *err);

/* How many of its edges a node follows; all, when q is NULL. */
uint64_t eco_net_followed(const struct eco_net *net,
                          const struct eco_network_query *q, uint32_t i);

ECO_MUST_USE
int eco_net_limit(struct eco_net *net, const struct eco_network_query *q,
                  struct eco_err *err);
ECO_MUST_USE
int eco_net_bound(struct eco_net *net, const struct eco_network_query *q,
                  uint32_t max, uint32_t *left_out, struct eco_err *err);

/* Fill `appears` and `since`; nodes without a date have created NEVER. */
ECO_MUST_USE
int eco_net_date(struct eco_net *net, const struct eco_snap *s,
                 struct eco_err *err);

/* Keep nodes whose bit is set, and edges between them. */
ECO_MUST_USE
int eco_net_keep(struct eco_net *net, const uint64_t *bits,
                 struct eco_err *err);
ECO_MUST_USE
int eco_net_until(struct eco_net *net, int32_t until, struct eco_err *err);
ECO_MUST_USE
int eco_net_hide(struct eco_net *net, unsigned relations, struct eco_err *err);

/* --- network_fold.c: rule 6 --- */

/* Make the folded net out of one of models, which stays. */
ECO_MUST_USE
int eco_net_fold(const struct eco_net *models, const struct eco_snap *s,
                 struct eco_net *out, struct eco_err *err);

/* --- network_order.c --- */

/* Put nodes in order of influence: models by rising number, groups among them
 * by their sum, behind a chosen model of the same. Node i goes to place[i];
 * edges do not follow. */
ECO_MUST_USE
int eco_net_rank(struct eco_net *net, uint32_t *place, struct eco_err *err);

ECO_MUST_USE int eco_net_sort(struct eco_net *net, struct eco_err *err);

/* Fill parent and edge, and put the nodes in breadth-first order. */
ECO_MUST_USE int eco_net_order(struct eco_net *net, struct eco_err *err);

/* Fill x, y and r of an ordered net. */
ECO_MUST_USE int eco_net_place(struct eco_net *net, struct eco_err *err);

#endif /* ECO_QUERY_NETWORK_INTERNAL_H */
