/* SPDX-License-Identifier: MIT */
#include "graph/arrange.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "base/alloc.h"

/* What reaching farther costs, in distance from the goal. */
#define FAR 4.0

/* How close the parts of a group come to the rim of its circle, about; a better
 * guess saves time, a worse one good places. */
#define RIM 0.97

/* Ways of one group begin where those of the one before do not. */
#define GOLDEN 0.6180339887498949

/* Up to which group, circles of an outline, ways out, turns to try. */
static const struct effort {
    uint32_t groups, circles, ways, turns;
} efforts[] = {
    { 16, ECO_ARRANGE_CIRCLES, 48, 12 },
    { 64, 12, 48, 6 },
    { 128, 6, 32, 4 },
    { ECO_ARRANGE_GROUPS, 1, 32, 1 },
};

static const struct effort *effort_for(uint32_t i)
{
    const struct effort *e = efforts;

    assert(i < ECO_ARRANGE_GROUPS);
    while (i >= e->groups)
        e++;
    return e;
}

uint32_t eco_arrange_detail(uint32_t i)
{
    return i < ECO_ARRANGE_GROUPS ? effort_for(i)->circles : 0;
}

int eco_arrange_init(struct eco_arrange *a, uint32_t n, double gap,
                     struct eco_err *err)
{
    uint32_t groups = n < ECO_ARRANGE_GROUPS ? n : ECO_ARRANGE_GROUPS;
    size_t circles = 0;

    *a = (struct eco_arrange){ .gap = gap };
    for (uint32_t i = 0; i < groups; i++)
        circles += eco_arrange_detail(i);
    a->group = eco_alloc_array(groups, sizeof(*a->group));
    a->circle = eco_alloc_array(circles, sizeof(*a->circle));
    if (!a->group || !a->circle)
        return eco_fail(err, ECO_ENOMEM, "layout: no memory for %u trees", n);
    return 0;
}

void eco_arrange_release(struct eco_arrange *a)
{
    eco_free(a->group);
    eco_free(a->circle);
    *a = (struct eco_arrange){ 0 };
}

/* --- pushing out ------------------------------------------------------- */

/* A group on its way: its turned outline around (x, y). */
struct guest {
    uint32_t n;
    double r;
    struct eco_circle circle[ECO_ARRANGE_CIRCLES];
    double from_x, from_y; /* where the way begins */
    double ux, uy;         /* its direction */
    double t;              /* how far along */
};

/* How far along the way a circle of radius `need` around (x, y), seen from the
 * beginning of the way, is left behind; t when it is not in the way at t. */
static double pass(const struct guest *g, double x, double y, double need)
{
    double along = x * g->ux + y * g->uy;
    double off = eco_square(x) + eco_square(y) - eco_square(along);
    double room = eco_square(need) - off;

    if (room <= 0 || eco_square(g->t - along) >= room)
        return g->t;
    return along + sqrt(room);
}

/* Push the guest out of one group. */
static bool push(const struct eco_arrange *a, const struct eco_arranged *b,
                 struct guest *g)
{
    double before = g->t;

    for (uint32_t k = 0; k < g->n; k++) {
        double x = g->from_x + g->circle[k].x, y = g->from_y + g->circle[k].y;
        double r = g->circle[k].r + a->gap;

        if (pass(g, b->around.x - x, b->around.y - y, b->around.r + r) == g->t)
            continue;
        for (uint32_t i = b->first; i < b->end; i++)
            g->t = pass(g, a->circle[i].x - x, a->circle[i].y - y,
                        a->circle[i].r + r);
    }
    return g->t > before;
}

/* Push the guest out to the first place along its way where it is free; false
 * when that is farther than `most`. */
static bool push_out(const struct eco_arrange *a, struct guest *g, double most)
{
    bool moved = true;

    g->t = 0;
    while (moved) {
        moved = false;
        for (uint32_t i = 0; i < a->n; i++) {
            const struct eco_arranged *b = &a->group[i];
            double x = g->from_x + g->t * g->ux, y = g->from_y + g->t * g->uy;

            if (eco_square(x - b->around.x) + eco_square(y - b->around.y) >=
                eco_square(g->r + b->around.r + a->gap))
                continue;
            moved |= push(a, b, g);
            if (g->t > most)
                return false;
        }
    }
    return true;
}

/* --- choice ------------------------------------------------------------ */

struct choice {
    double score;
    struct eco_frame frame;
};

static void turn_outline(struct guest *g, const struct eco_circle *outline,
                         struct eco_frame turned)
{
    for (uint32_t k = 0; k < g->n; k++) {
        struct eco_frame at =
            eco_frame_within(turned, eco_frame_at(outline[k].x, outline[k].y));

        g->circle[k] = (struct eco_circle){ at.x, at.y, outline[k].r };
    }
}

/* How far n circles reach from (x, y). */
static double reach(const struct eco_circle *circle, uint32_t n, double x,
                    double y)
{
    struct eco_circle m = { x, y, 0 };
    double far = 0;

    for (uint32_t i = 0; i < n; i++)
        far = fmax(far, eco_circle_reach(m, circle[i]));
    return far;
}

/* A place counts by how far the guest reaches there; with a goal, all places
 * count as `outer` that make the whole no larger, and the goal decides. */
static void consider(const struct guest *g, struct eco_frame turned,
                     const struct eco_circle *goal, double outer,
                     struct choice *best)
{
    double x = g->t * g->ux, y = g->t * g->uy;
    double score = reach(g->circle, g->n, -x, -y);

    turned.x = g->from_x + x;
    turned.y = g->from_y + y;
    if (goal)
        score = fmax(score, outer) * FAR + sqrt(eco_square(turned.x - goal->x) +
                                                eco_square(turned.y - goal->y));
    if (score < best->score)
        *best = (struct choice){ score, turned };
}

/* Where the guest's middle is when it reaches as far as `score` allows: some
 * part of its rim is on the far side. */
static double farthest(const struct guest *g, const struct eco_circle *goal,
                       double score)
{
    double far = goal ? score / FAR : score;

    return far > g->r ? sqrt(eco_square(far) - eco_square(RIM * g->r)) : 0;
}

static struct eco_frame choose(const struct eco_arrange *a, double r,
                               const struct eco_circle *outline, uint32_t n,
                               const struct eco_circle *goal)
{
    const struct effort *effort = effort_for(a->n);
    uint32_t turns = n > 1 ? effort->turns : 1;
    struct guest g = { .n = n,
                       .r = r,
                       .from_x = a->sum_x / a->sum_w,
                       .from_y = a->sum_y / a->sum_w };
    double outer = reach(a->circle, a->n_circles, g.from_x, g.from_y);
    double shift = fmod(a->n * GOLDEN, 1);
    struct choice best = { .score = HUGE_VAL };

    for (uint32_t i = 0; i < turns; i++) {
        double turn = 2 * M_PI * i / turns;
        struct eco_frame turned = { 0, 0, cos(turn), sin(turn) };

        turn_outline(&g, outline, turned);
        for (uint32_t k = 0; k < effort->ways; k++) {
            double way = 2 * M_PI * (k + shift) / effort->ways;

            g.ux = cos(way);
            g.uy = sin(way);
            if (push_out(a, &g, farthest(&g, goal, best.score)))
                consider(&g, turned, goal, outer, &best);
        }
    }
    return best.frame;
}

/* --- the whole --------------------------------------------------------- */

static void settle(struct eco_arrange *a, struct eco_frame f, double r,
                   const struct eco_circle *outline, uint32_t n)
{
    struct eco_arranged *group = &a->group[a->n++];

    group->around = (struct eco_circle){ f.x, f.y, r };
    group->first = a->n_circles;
    for (uint32_t k = 0; k < n; k++) {
        struct eco_frame at =
            eco_frame_within(f, eco_frame_at(outline[k].x, outline[k].y));
        double weight = eco_square(outline[k].r);

        a->circle[a->n_circles++] =
            (struct eco_circle){ at.x, at.y, outline[k].r };
        a->sum_x += weight * at.x;
        a->sum_y += weight * at.y;
        a->sum_w += weight;
    }
    group->end = a->n_circles;
}

static struct eco_frame add_in_ring(struct eco_arrange *a, double r)
{
    struct eco_circle c;

    if (a->rings.inner == 0)
        eco_rings_begin(&a->rings, eco_pack_enclose(a->circle, a->n_circles),
                        a->gap);
    c = eco_rings_add(&a->rings, r);
    return eco_frame_at(c.x, c.y);
}

struct eco_frame eco_arrange_add(struct eco_arrange *a, double r,
                                 const struct eco_circle *outline, uint32_t n,
                                 const struct eco_circle *goal)
{
    struct eco_frame f = ECO_FRAME_UNTURNED;

    if (a->n == ECO_ARRANGE_GROUPS)
        return add_in_ring(a, r);
    assert(n > 0 && n <= eco_arrange_detail(a->n));
    if (a->n > 0)
        f = choose(a, r, outline, n, goal);
    settle(a, f, r, outline, n);
    return f;
}
