/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_ARRANGE_H
#define ECO_GRAPH_ARRANGE_H

#include <stdint.h>

#include "base/err.h"
#include "graph/frame.h"
#include "graph/pack.h"

/*
 * arrange - groups of circles side by side
 *
 * Each group comes as an outline: a few circles around (0, 0) that cover it. It
 * is turned and moved as one, and lies where it reaches least far from the
 * middle of what lies already: from there it is pushed out in many directions
 * until it is free, so that it finds the holes, too. Beyond ECO_ARRANGE_GROUPS
 * groups they go in rings around the whole. No group that lies moves again.
 *
 * Units      Any; `gap` is left between the circles of two groups.
 * Ownership  It owns its arrays; outlines are borrowed for the call.
 * Cost       O(n + its neighbours' circles) for the n-th group, with a factor
 *            that falls with n, and O(1) beyond ECO_ARRANGE_GROUPS.
 * Threads    One owner at a time.
 */
#define ECO_ARRANGE_GROUPS 1024u
#define ECO_ARRANGE_CIRCLES 24u

struct eco_arranged {
    struct eco_circle around; /* the whole group */
    uint32_t first, end;      /* its circles */
};

struct eco_arrange {
    double gap;
    uint32_t n;
    uint32_t n_circles;
    struct eco_arranged *group;
    struct eco_circle *circle;
    double sum_x, sum_y, sum_w; /* for the common centre of gravity */
    struct eco_rings rings;     /* beyond ECO_ARRANGE_GROUPS */
};

/* How many circles the outline of the i-th group may have: the first groups
 * are the ones that a picture is judged by. */
uint32_t eco_arrange_detail(uint32_t i);

/* Room for n groups. Release it also after a failure. */
ECO_MUST_USE
int eco_arrange_init(struct eco_arrange *a, uint32_t n, double gap,
                     struct eco_err *err);
void eco_arrange_release(struct eco_arrange *a);

/* Lay one group down that a circle of radius r around (0, 0) holds; with a
 * goal, not far from that when there is a choice. Returns where its (0, 0) is
 * and how it is turned. */
struct eco_frame eco_arrange_add(struct eco_arrange *a, double r,
                                 const struct eco_circle *outline, uint32_t n,
                                 const struct eco_circle *goal);

#endif /* ECO_GRAPH_ARRANGE_H */
