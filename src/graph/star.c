/* SPDX-License-Identifier: MIT */
#include "graph/star.h"

#include <stdbool.h>

#define HALF_GAP ((double)ECO_LAYOUT_GAP / 2)
#define SECTORS 256

/* So many leaves hang on one side of the disc. */
#define TWIG 2

static bool is_leaf(const struct eco_star *star, uint32_t i)
{
    return star->hub[i] == ECO_STAR_LEAF;
}

static double radius(const struct eco_star *star, uint32_t i)
{
    return (double)star->in->radius[i];
}

/* --- rings ------------------------------------------------------------- */

struct ring {
    uint32_t from, end; /* children */
    uint32_t leaves;
    double r;     /* of the circle that their middles are on */
    double outer; /* edge */
    double width; /* half the room that each leaf needs, added up */
    double angle; /* how much of the ring that takes */
};

/*
 * The next leaves that fit in one ring around `inner`. A leaf that needs the
 * width 2 w takes 2 asin(w / r) of the ring; since asin(w) / w grows with w,
 * the largest leaf's ratio gives enough to all, exactly that where all are
 * alike, and it takes one arc sine for the ring.
 */
static struct ring next_ring(const struct eco_star *star, uint32_t from,
                             double inner)
{
    struct ring ring = { .from = from, .end = from };
    double most = 0;

    for (uint32_t i = from; i < star->end; i++) {
        double w, widest, r, angle;

        if (!is_leaf(star, i))
            continue;
        w = radius(star, i) + HALF_GAP;
        widest = fmax(most, w);
        r = inner + HALF_GAP + widest;
        angle = 2 * (ring.width + w) * asin(widest / r) / widest;
        if (ring.leaves > 0 && angle > 2 * M_PI * (1 + 1e-12))
            break;
        most = widest;
        ring.end = i + 1;
        ring.leaves++;
        ring.r = r;
        ring.width += w;
        ring.angle = angle;
    }
    ring.outer = ring.r + most - HALF_GAP;
    return ring;
}

/* By sector, within a sector in order; one pass per sector that occurs. */
static void place_ring(const struct eco_star *star, const struct ring *ring,
                       struct eco_frame at, float *x, float *y)
{
    double per_width = ring->angle / (2 * ring->width);
    double spare = (M_PI - ring->angle / 2) / ring->leaves, angle = 0;
    int sector = -1, next;

    do {
        next = SECTORS;
        for (uint32_t i = ring->from; i < ring->end; i++) {
            int of = star->in->sector[i];
            double half;

            if (!is_leaf(star, i) || of < sector)
                continue;
            if (of > sector) {
                next = of < next ? of : next;
                continue;
            }
            half = (radius(star, i) + HALF_GAP) * per_width + spare;
            angle += half;
            x[i] = (float)(at.x + ring->r * sin(angle));
            y[i] = (float)(at.y - ring->r * cos(angle));
            angle += half;
        }
        sector = next;
    } while (next < SECTORS);
}

/* --- one or two leaves ------------------------------------------------- */

struct twig {
    double x, y;   /* a leaf, seen from the disc; the second one has -y */
    double middle; /* of the circle around it all, on the x axis */
    double r;
};

static struct twig find_twig(const struct eco_star *star)
{
    double own = radius(star, star->node), leaf = 0, d, lean, t;
    struct twig twig = { 0 };

    for (uint32_t i = star->first; i < star->end; i++)
        if (is_leaf(star, i))
            leaf = fmax(leaf, radius(star, i));
    d = own + leaf + 2 * HALF_GAP;
    if (star->leaves == 1) {
        twig.x = d;
        twig.r = (own + d + leaf) / 2;
        twig.middle = twig.r - own;
        return twig;
    }
    twig.y = leaf + HALF_GAP;
    twig.x = sqrt(d * d - twig.y * twig.y);
    /* The circle that touches all three; but when the leaves are so large that
     * it would lie beyond them, the one around the two. */
    lean = twig.x + own - leaf;
    t = lean > 0 ? (d * d - eco_square(own - leaf)) / (2 * lean) : twig.x;
    twig.middle = fmin(t, twig.x);
    twig.r = fmax(twig.middle + own,
                  sqrt(eco_square(twig.x - twig.middle) + eco_square(twig.y)) +
                      leaf);
    return twig;
}

static void place_twig(const struct eco_star *star, struct eco_frame at,
                       float *x, float *y)
{
    struct twig twig = find_twig(star);

    for (uint32_t i = star->first; i < star->end; i++) {
        struct eco_frame leaf;

        if (!is_leaf(star, i))
            continue;
        leaf = eco_frame_within(at, eco_frame_at(twig.x, twig.y));
        x[i] = (float)leaf.x;
        y[i] = (float)leaf.y;
        twig.y = -twig.y;
    }
}

/* --- the whole --------------------------------------------------------- */

double eco_star_size(const struct eco_star *star, double *x)
{
    double outer = radius(star, star->node);
    uint32_t at = star->first, left = star->leaves;

    *x = 0;
    if (left > 0 && left <= TWIG) {
        struct twig twig = find_twig(star);

        *x = -twig.middle;
        return twig.r;
    }
    while (left > 0) {
        struct ring ring = next_ring(star, at, outer);

        at = ring.end;
        left -= ring.leaves;
        outer = ring.outer;
    }
    return outer;
}

void eco_star_place(const struct eco_star *star, struct eco_frame at, float *x,
                    float *y)
{
    double outer = radius(star, star->node);
    uint32_t from = star->first, left = star->leaves;

    x[star->node] = (float)at.x;
    y[star->node] = (float)at.y;
    if (left > 0 && left <= TWIG) {
        place_twig(star, at, x, y);
        return;
    }
    while (left > 0) {
        struct ring ring = next_ring(star, from, outer);

        place_ring(star, &ring, at, x, y);
        from = ring.end;
        left -= ring.leaves;
        outer = ring.outer;
    }
}
