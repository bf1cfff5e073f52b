/* SPDX-License-Identifier: MIT */
#ifndef ECO_REF_NETWORK_H
#define ECO_REF_NETWORK_H

#include "query/network.h"

/*
 * ref/network - docs/algorithms/network.md, rule by rule, as it is written
 *
 * Sets are arrays of bool, edges a square matrix, and everything is searched
 * anew until nothing changes. Slow and obvious: the measure of
 * eco_network_run in the tests, for hubs of some hundreds of nodes.
 *
 * Shapes     As in query/network.h, but for the order of nodes: models by
 *            number, then groups by author, the one without owner last. Edges
 *            by (source, target, relation, indirect). parent, edge, x, y and r are not
 *            filled in.
 * Ownership  The caller releases the network with eco_ref_network_release.
 */

/* `max_nodes` stands for ECO_MAX_NETWORK_NODES. ECO_ENOMEM. */
ECO_MUST_USE
int eco_ref_network(const struct eco_snap *s, const struct eco_network_query *q,
                    uint32_t max_nodes, struct eco_network *out);

void eco_ref_network_release(struct eco_network *net);

#endif /* ECO_REF_NETWORK_H */
