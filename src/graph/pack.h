/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_PACK_H
#define ECO_GRAPH_PACK_H

#include <stdint.h>

#include "base/err.h"
#include "graph/frame.h"

/*
 * pack - circles side by side, one after the other
 *
 * A growing heap of circles that do not overlap: the first lies at (0, 0), each
 * of the others touches two that lie there already, outside of them all, or
 * goes into a hole between three. Beyond ECO_PACK_FRONT circles they go in
 * rings around the whole. No circle that lies moves again.
 *
 * Units      Any; two circles touch when `gap` is between them.
 * Ownership  The pack owns its arrays; one is used again and again.
 * Cost       The n-th circle costs O(n), and O(1) beyond ECO_PACK_FRONT.
 *            24 bytes for each circle.
 * Threads    One owner at a time.
 */
#define ECO_PACK_FRONT 1000u

/* Rings of circles around a middle: each circle touches what is inside of its
 * ring, and has a sector of the ring to itself. */
struct eco_rings {
    double x, y; /* the middle */
    double gap;
    double inner; /* edge of what the ring is around */
    double outer; /* edge of what is in it */
    double angle; /* how much of it is filled */
};

void eco_rings_begin(struct eco_rings *rings, struct eco_circle around,
                     double gap);
struct eco_circle eco_rings_add(struct eco_rings *rings, double r);

struct eco_pack {
    uint32_t n;                /* circles that lie */
    uint32_t most;             /* room for so many */
    struct eco_circle *circle; /* in the order of coming */
    double gap;
    double least; /* smaller circles never come: what a hole must hold */

    /* The outline: circles in a cycle, neighbours touch, the inside is on the
     * left. */
    uint32_t *next, *prev;
    uint32_t last;           /* the newest circle of the outline */
    struct eco_circle *spot; /* the place behind each of its circles */

    uint32_t n_holes;
    struct eco_circle *hole; /* the largest circles that fit in between */

    struct eco_rings rings; /* beyond ECO_PACK_FRONT */
};

/* Room for `most` circles. Release it also after a failure. */
ECO_MUST_USE
int eco_pack_init(struct eco_pack *p, uint32_t most, double gap, double least,
                  struct eco_err *err);
void eco_pack_release(struct eco_pack *p);

/* No circle lies any more. */
void eco_pack_clear(struct eco_pack *p);

/* Lay one circle down, as near to the middle of the first one as it can lie;
 * with a goal, as near to that as it can lie without making the whole much
 * larger. */
struct eco_circle eco_pack_add(struct eco_pack *p, double r,
                               const struct eco_circle *goal);

/* Lay one circle down beside the one that came last: a chain of them coils up
 * like a snail's shell. */
struct eco_circle eco_pack_coil(struct eco_pack *p, double r);

/* A circle around n >= 1 circles, about 1 % larger than need be at most. */
struct eco_circle eco_pack_enclose(const struct eco_circle *c, uint32_t n);

#endif /* ECO_GRAPH_PACK_H */
