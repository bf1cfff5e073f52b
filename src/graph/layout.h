/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_LAYOUT_H
#define ECO_GRAPH_LAYOUT_H

#include <stdint.h>

#include "base/err.h"

/*
 * layout - where the nodes of a network stand
 *
 * A network is nearly a forest: every node hangs on one parent, and a few more
 * edges cross it. Places are computed from the forest, bottom up and without
 * any simulation; docs/algorithms/layout.md has the method and pictures.
 *
 * What it optimises, in this order:
 *   1. no two discs overlap: centres are at least r + r' + ECO_LAYOUT_GAP/2
 *      apart (half the gap is left to rounding; it is enough as long as no
 *      place is farther out than 8 million);
 *   2. a parent stands in the middle of its children: those without children
 *      of their own in rings around it, in the order given, the children that
 *      have some outside of these rings with all that hangs on them, packed by
 *      size: the picture takes little room, and tree edges hardly cross. Only
 *      a child that outweighs all its siblings and its parent has the parent
 *      at its side;
 *   3. what belongs together is near: siblings that head subtrees, and whole
 *      trees, stand next to those they share cross edges with or whose heads
 *      have the same author;
 *   4. little moves: a node's place depends on its tree and the trees before
 *      it only, and full rings do not change when a parent gets more children
 *      behind those it has.
 *
 * Shapes     n nodes. Breadth-first order: `parent` never falls, and a node's
 *            parent stands before it, so siblings are a range. Trees (parent
 *            ECO_LAYOUT_TOP) come first, the most important one in front.
 *            m cross edges, pairs of nodes in any order; edges of the forest
 *            among them are ignored.
 * Units      Any unit of length; radius > 0 and at most ECO_LAYOUT_MAX_RADIUS.
 * Ownership  Everything is borrowed for the call.
 * Errors     ECO_ENOMEM; ECO_EINVAL for an order, a radius or an edge that is
 *            not as above, naming the node or the edge.
 * Cost       O(n log n + m log n) time; 4 bytes per node, 8 more for a while,
 *            200 for each that is a top or has children, 30 per cross edge.
 *            100,000 nodes of families as on the Hub take below 0.1 s.
 * Threads    Pure. The same input gives the same bits on the same machine
 *            (sine and cosine are the C library's).
 */
#define ECO_LAYOUT_TOP UINT32_MAX
#define ECO_LAYOUT_GAP 4.0f
#define ECO_LAYOUT_MAX_RADIUS 1e4f

struct eco_layout_input {
    uint32_t n;
    const uint32_t *parent; /* n */
    const float *radius;    /* n */
    const uint8_t *sector;  /* n: within a ring the nodes stand sorted by it
                               (the relation), so that colours form sectors */
    const uint32_t *author; /* n: equal numbers belong together, UINT32_MAX to
                               none */
    uint64_t m;
    const uint32_t *from; /* m */
    const uint32_t *to;   /* m */
};

/* Fill x[0..n-1] and y[0..n-1]; the whole is centred on the origin's
 * neighbourhood: the first tree's head stands at (0, 0). */
ECO_MUST_USE
int eco_layout_place(const struct eco_layout_input *in, float *x, float *y,
                     struct eco_err *err);

#endif /* ECO_GRAPH_LAYOUT_H */
