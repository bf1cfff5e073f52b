/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_STAR_H
#define ECO_GRAPH_STAR_H

#include "graph/frame.h"
#include "graph/layout.h"

/*
 * star - a disc and its leaves: its children without children
 *
 * Leaves stand in rings around the disc, each ring filled in the order given,
 * so that more leaves at the end leave full rings as they are. Within a ring
 * they stand by sector, beginning at the top, clockwise: equal sectors of
 * several rings line up. What is free in a ring is spread over it. One or two
 * leaves hang on one side instead, which takes less room.
 *
 * Shapes     The leaves are those of first .. end-1 that `hub` has no number
 *            for.
 * Ownership  Everything is borrowed.
 * Cost       O(children), for each sector that occurs.
 * Threads    Pure functions.
 */
#define ECO_STAR_LEAF UINT32_MAX

struct eco_star {
    const struct eco_layout_input *in;
    const uint32_t *hub; /* for each node: a number, or ECO_STAR_LEAF */
    uint32_t node;
    uint32_t first, end; /* children */
    uint32_t leaves;
};

/* The radius of the circle around all of it; where the disc stands on the x
 * axis of that circle. */
double eco_star_size(const struct eco_star *star, double *x);

/* Give the disc and its leaves their places in x and y, the disc at `at`. Only
 * one or two leaves follow its turn. */
void eco_star_place(const struct eco_star *star, struct eco_frame at, float *x,
                    float *y);

#endif /* ECO_GRAPH_STAR_H */
