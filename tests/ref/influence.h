/* SPDX-License-Identifier: MIT */
#ifndef ECO_REF_INFLUENCE_H
#define ECO_REF_INFLUENCE_H

#include "graph/influence.h"

/*
 * ref/influence - the influence equations by plain iteration
 *
 * Every sweep puts the old values into the right side of the formula and takes
 * the new ones, for all nodes, until nothing changes. Slow and obvious: the
 * measure of eco_influence_solve in the tests.
 *
 * Shapes     As in graph/influence.h.
 * Ownership  The caller owns every array.
 */

/* ECO_ECONVERGE when values still change after a million sweeps. */
ECO_MUST_USE
int eco_ref_influence(const struct eco_graph *g,
                      const struct eco_influence_params *params,
                      const double *own, double *influence, double *children,
                      double *parents);

#endif /* ECO_REF_INFLUENCE_H */
