/* SPDX-License-Identifier: MIT */
#include "graph/pack.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"

/* With a goal, the whole may become this much larger than without. */
#define DETOUR 1.1

/* Touching circles are this close, in parts of the gap. */
#define TOUCHES 1.01
#define APART 0.99

/* Steps towards the smallest circle around others; the error falls with their
 * number. */
#define ENCLOSE_STEPS 64

/* Of the first circle, and of the whole, more or less. */
static const struct eco_circle middle = { 0, 0, 0 };

int eco_pack_init(struct eco_pack *p, uint32_t most, double gap, double least,
                  struct eco_err *err)
{
    uint32_t front = most < ECO_PACK_FRONT ? most : ECO_PACK_FRONT;

    *p = (struct eco_pack){ .most = most, .gap = gap, .least = least };
    p->circle = eco_alloc_array(most, sizeof(*p->circle));
    p->next = eco_alloc_array(front, sizeof(*p->next));
    p->prev = eco_alloc_array(front, sizeof(*p->prev));
    p->spot = eco_alloc_array(front, sizeof(*p->spot));
    p->hole = eco_alloc_array(front, sizeof(*p->hole));
    if (!p->circle || !p->next || !p->prev || !p->spot || !p->hole)
        return eco_fail(err, ECO_ENOMEM, "layout: no memory for %u circles",
                        most);
    return 0;
}

void eco_pack_release(struct eco_pack *p)
{
    eco_free(p->circle);
    eco_free(p->next);
    eco_free(p->prev);
    eco_free(p->spot);
    eco_free(p->hole);
    *p = (struct eco_pack){ 0 };
}

void eco_pack_clear(struct eco_pack *p)
{
    p->n = p->n_holes = p->last = 0;
}

/* --- geometry ---------------------------------------------------------- */

static bool overlap(const struct eco_pack *p, struct eco_circle a,
                    struct eco_circle b)
{
    double need = a.r + b.r + p->gap * APART;

    return eco_square(a.x - b.x) + eco_square(a.y - b.y) < eco_square(need);
}

/* The circle of radius r that touches a and b, on the right of a -> b. */
static struct eco_circle beside(const struct eco_pack *p, struct eco_circle a,
                                struct eco_circle b, double r)
{
    double d = eco_circle_distance(a, b);
    double from_a = eco_square(a.r + r + p->gap);
    double from_b = eco_square(b.r + r + p->gap);
    double along = (d * d + from_a - from_b) / (2 * d);
    double away = sqrt(fmax(0, from_a - along * along));
    double ux = (b.x - a.x) / d, uy = (b.y - a.y) / d;

    return (struct eco_circle){ a.x + along * ux + away * uy,
                                a.y + along * uy - away * ux, r };
}

struct eco_circle eco_pack_enclose(const struct eco_circle *c, uint32_t n)
{
    struct eco_circle m = c[0], best = { 0, 0, HUGE_VAL };

    for (uint32_t step = 0; step < ENCLOSE_STEPS; step++) {
        uint32_t far = 0;
        double share, d;

        m.r = 0;
        for (uint32_t i = 0; i < n; i++) {
            double r = eco_circle_reach(m, c[i]);

            if (r > m.r) {
                m.r = r;
                far = i;
            }
        }
        if (m.r < best.r)
            best = m;
        /* Towards the farthest point, by less and less of the way. */
        d = eco_circle_distance(m, c[far]);
        if (d == 0)
            break;
        share = m.r / d / (step + 2);
        m.x += (c[far].x - m.x) * share;
        m.y += (c[far].y - m.y) * share;
    }
    return best;
}

/* --- the outline ------------------------------------------------------- */

static void link_after(struct eco_pack *p, uint32_t a, uint32_t b)
{
    p->next[a] = b;
    p->prev[b] = a;
}

/* The circle of the outline that c lies on, the one nearest to a and b along
 * it; then the outline goes from a to b past everything up to there. */
static bool shorten(struct eco_pack *p, struct eco_circle c, uint32_t *a,
                    uint32_t *b)
{
    uint32_t j = p->next[*b], k = p->prev[*a];
    double way_j = p->circle[*b].r, way_k = p->circle[*a].r;

    while (j != p->next[k]) {
        if (way_j <= way_k) {
            if (overlap(p, c, p->circle[j])) {
                *b = j;
                break;
            }
            way_j += p->circle[j].r;
            j = p->next[j];
        } else {
            if (overlap(p, c, p->circle[k])) {
                *a = k;
                break;
            }
            way_k += p->circle[k].r;
            k = p->prev[k];
        }
    }
    if (p->next[*a] == *b)
        return false;
    link_after(p, *a, *b);
    return true;
}

/* Is c free of all that lie? The outline should see to that; this makes sure. */
static bool is_free(const struct eco_pack *p, struct eco_circle c)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (overlap(p, c, p->circle[i]))
            return false;
    return true;
}

/* The circle in the middle of three that touch each other (Descartes). */
static void note_hole(struct eco_pack *p, uint32_t a, uint32_t b, uint32_t c)
{
    double half = p->gap / 2;
    double ka = 1 / (p->circle[a].r + half), kb = 1 / (p->circle[b].r + half);
    double kc = 1 / (p->circle[c].r + half);
    double r = 1 / (ka + kb + kc + 2 * sqrt(ka * kb + kb * kc + kc * ka));
    struct eco_circle hole;

    hole = beside(p, p->circle[a], p->circle[b], r - half);
    /* The outline may have left small ones behind in there. */
    if (hole.r >= p->least && is_free(p, hole))
        p->hole[p->n_holes++] = hole;
}

/* A place that is free for certain: beyond everything, in the direction of c. */
static struct eco_circle beyond(const struct eco_pack *p, struct eco_circle c)
{
    double far = 0, d = eco_circle_distance(middle, c);

    for (uint32_t i = 0; i < p->n; i++)
        far = fmax(far, eco_circle_reach(middle, p->circle[i]));
    far += p->gap + c.r;
    if (d > 0)
        return (struct eco_circle){ c.x / d * far, c.y / d * far, c.r };
    return (struct eco_circle){ far, 0, c.r };
}

/* Lay a circle down on a and the next one of the outline. */
static void add_at(struct eco_pack *p, double r, uint32_t a)
{
    uint32_t b = p->next[a], c = p->n;
    struct eco_circle at;

    do
        at = beside(p, p->circle[a], p->circle[b], r);
    while (shorten(p, at, &a, &b));
    if (!is_free(p, at))
        at = beyond(p, at);
    p->circle[p->n++] = at;
    link_after(p, a, c);
    link_after(p, c, b);
    p->last = c;
    if (eco_circle_distance(p->circle[a], p->circle[b]) <
        p->circle[a].r + p->circle[b].r + p->gap * TOUCHES)
        note_hole(p, a, b, c);
}

/* --- choice ------------------------------------------------------------ */

/* The place that is nearest to the goal, of those that make the whole no larger
 * or reach hardly farther than the nearest one does. */
static uint32_t near_goal(const struct eco_pack *p, struct eco_circle goal,
                          double least, uint32_t best)
{
    double outer = least * DETOUR, nearest = HUGE_VAL;
    uint32_t a = p->last;

    do {
        outer = fmax(outer, eco_circle_reach(middle, p->circle[a]));
        a = p->next[a];
    } while (a != p->last);
    do {
        double d = eco_circle_distance(goal, p->spot[a]);

        if (d < nearest && eco_circle_reach(middle, p->spot[a]) <= outer) {
            nearest = d;
            best = a;
        }
        a = p->next[a];
    } while (a != p->last);
    return best;
}

/* Where on the outline: at the place nearest to the middle, or near the goal. */
static uint32_t best_spot(struct eco_pack *p, double r,
                          const struct eco_circle *goal)
{
    uint32_t a = p->last, best = a;
    double least = HUGE_VAL;

    do {
        uint32_t b = p->next[a];
        double d;

        p->spot[a] = beside(p, p->circle[a], p->circle[b], r);
        d = eco_square(p->spot[a].x) + eco_square(p->spot[a].y);
        if (d < least) {
            least = d;
            best = a;
        }
        a = b;
    } while (a != p->last);
    return goal ? near_goal(p, *goal, sqrt(least) + r, best) : best;
}

/* A hole that is large enough, nearest to the goal. */
static bool fill_hole(struct eco_pack *p, double r, struct eco_circle goal)
{
    uint32_t best = p->n_holes;
    double nearest = HUGE_VAL;

    for (uint32_t i = 0; i < p->n_holes; i++) {
        double d = eco_circle_distance(goal, p->hole[i]);

        if (p->hole[i].r >= r && d < nearest) {
            nearest = d;
            best = i;
        }
    }
    if (best == p->n_holes)
        return false;
    p->circle[p->n++] =
        (struct eco_circle){ p->hole[best].x, p->hole[best].y, r };
    p->n_holes--;
    memmove(p->hole + best, p->hole + best + 1,
            (p->n_holes - best) * sizeof(*p->hole));
    return true;
}

/* --- rings ------------------------------------------------------------- */

void eco_rings_begin(struct eco_rings *rings, struct eco_circle around,
                     double gap)
{
    *rings =
        (struct eco_rings){ around.x, around.y, gap, around.r, around.r, 0 };
}

struct eco_circle eco_rings_add(struct eco_rings *rings, double r)
{
    double from = rings->inner + rings->gap + r;
    double half = asin((r + rings->gap / 2) / from), angle;

    if (rings->angle + 2 * half > 2 * M_PI) {
        rings->inner = rings->outer;
        rings->angle = 0;
        from = rings->inner + rings->gap + r;
        half = asin((r + rings->gap / 2) / from);
    }
    angle = rings->angle + half;
    rings->angle += 2 * half;
    rings->outer = fmax(rings->outer, from + r);
    return (struct eco_circle){ rings->x + from * sin(angle),
                                rings->y - from * cos(angle), r };
}

static void add_in_ring(struct eco_pack *p, double r)
{
    if (p->n == ECO_PACK_FRONT)
        eco_rings_begin(&p->rings, eco_pack_enclose(p->circle, p->n), p->gap);
    p->circle[p->n] = eco_rings_add(&p->rings, r);
    p->n++;
}

/* --- the whole --------------------------------------------------------- */

/* The first two; whether it was one of them. */
static bool begin(struct eco_pack *p, double r)
{
    if (p->n == 0) {
        p->circle[p->n++] = (struct eco_circle){ 0, 0, r };
        link_after(p, 0, 0);
        return true;
    }
    if (p->n == 1) {
        p->circle[p->n++] =
            (struct eco_circle){ p->circle[0].r + p->gap + r, 0, r };
        link_after(p, 0, 1);
        link_after(p, 1, 0);
        p->last = 1;
        return true;
    }
    return false;
}

struct eco_circle eco_pack_add(struct eco_pack *p, double r,
                               const struct eco_circle *goal)
{
    assert(p->n < p->most);
    if (p->n >= ECO_PACK_FRONT)
        add_in_ring(p, r);
    else if (!begin(p, r) && !fill_hole(p, r, goal ? *goal : middle))
        add_at(p, r, best_spot(p, r, goal));
    return p->circle[p->n - 1];
}

struct eco_circle eco_pack_coil(struct eco_pack *p, double r)
{
    assert(p->n < p->most);
    if (p->n >= ECO_PACK_FRONT)
        add_in_ring(p, r);
    else if (!begin(p, r))
        add_at(p, r, p->last);
    return p->circle[p->n - 1];
}
