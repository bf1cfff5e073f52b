/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_MODEL_H
#define ECO_QUERY_MODEL_H

#include "graph/influence.h"
#include "snapshot/reader.h"

/*
 * model - what is asked about one model
 *
 * Threads    Pure functions.
 */

/* The parts of a node's influence, in the order of enum eco_influence_part;
 * they add up to influence[node]. */
void eco_model_parts(const struct eco_snap *s, uint32_t node,
                     double part[ECO_INFLUENCE_PARTS]);

/* Positions in graph.up of a node's bases, most influential first, ties by
 * number. *out has graph.up_off[node + 1] - graph.up_off[node] entries and is
 * freed by the caller (eco_free). ECO_ENOMEM. */
ECO_MUST_USE
int eco_model_bases(const struct eco_snap *s, uint32_t node, uint64_t **out,
                    struct eco_err *err);

/* Derived models by relation. */
void eco_model_derived(const struct eco_snap *s, uint32_t node,
                       uint64_t count[ECO_RELATIONS]);

#endif /* ECO_QUERY_MODEL_H */
