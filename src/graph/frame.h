/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_FRAME_H
#define ECO_GRAPH_FRAME_H

#include <math.h>

/*
 * frame - circles, and places within places
 *
 * A frame is where something stands within something larger, and how it is
 * turned. Turns are kept as cosine and sine, so that putting frames into
 * frames takes products and sums only.
 *
 * Threads    Pure functions.
 */
struct eco_circle {
    double x, y, r;
};

struct eco_frame {
    double x, y;
    double c, s; /* cosine and sine of the turn */
};

#define ECO_FRAME_UNTURNED                                                     \
    {                                                                          \
        0, 0, 1, 0                                                             \
    }

/* What stands at (x, y), unturned. */
static inline struct eco_frame eco_frame_at(double x, double y)
{
    return (struct eco_frame){ x, y, 1, 0 };
}

/* A frame f of `outer`, as seen from outside of `outer`. */
static inline struct eco_frame eco_frame_within(struct eco_frame outer,
                                                struct eco_frame f)
{
    return (struct eco_frame){ outer.x + outer.c * f.x - outer.s * f.y,
                               outer.y + outer.s * f.x + outer.c * f.y,
                               outer.c * f.c - outer.s * f.s,
                               outer.s * f.c + outer.c * f.s };
}

/* f turned so that what stands at (x, y) in it looks towards (to_x, to_y),
 * which is outside of it. */
static inline struct eco_frame eco_frame_turned(struct eco_frame f, double x,
                                                double y, double to_x,
                                                double to_y)
{
    double dx = to_x - f.x, dy = to_y - f.y;
    double length = sqrt((x * x + y * y) * (dx * dx + dy * dy));

    if (length < 1e-9) /* in the middle: every turn is as good */
        return eco_frame_at(f.x, f.y);
    return (struct eco_frame){ f.x, f.y, (x * dx + y * dy) / length,
                               (x * dy - y * dx) / length };
}

static inline double eco_square(double x)
{
    return x * x;
}

/* From the middle of a to that of b. */
static inline double eco_circle_distance(struct eco_circle a,
                                         struct eco_circle b)
{
    return sqrt(eco_square(a.x - b.x) + eco_square(a.y - b.y));
}

/* How far c reaches from the middle of m. */
static inline double eco_circle_reach(struct eco_circle m, struct eco_circle c)
{
    return eco_circle_distance(m, c) + c.r;
}

#endif /* ECO_GRAPH_FRAME_H */
