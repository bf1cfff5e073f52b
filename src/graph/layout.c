/* SPDX-License-Identifier: MIT */
#include "graph/layout.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "graph/arrange.h"
#include "graph/pack.h"
#include "graph/relatives.h"
#include "graph/star.h"

#define NONE UINT32_MAX
#define GAP ((double)ECO_LAYOUT_GAP)

/* How much of a circle around circles these fill, about. */
#define FILLED 0.7

/* Free room around a tree, in parts of its radius. */
#define MARGIN 0.03

/*
 * A hub is a top or a node with children. Its star is its own disc with its
 * leaves, the children without children. Beside the star lie its other
 * children with all that hangs on them; one circle around it all is the hub's
 * home.
 *
 * A child that needs more room than all the rest of its parent's home does not
 * lie in it, or the circles of a long line of hubs would be mostly void. The
 * hub, this heavy child, that one's heavy child and so on are a path. The homes
 * of a path coil around the last of them, and one circle around this coil lies
 * in the home of the first one's parent. Most paths have one hub.
 */
struct hub {
    uint32_t node;
    uint32_t first, end; /* children */
    uint32_t leaves;
    uint32_t heavy;        /* hub: the next one on its path, or NONE */
    bool is_first;         /* on its path */
    bool lies;             /* among its siblings */
    double area;           /* that it needs with all that hangs on it, about */
    double star_r, star_x; /* circle around the star; the node in it */
    double x, y;           /* the node, from the middle of its home */
    double home_r, coil_r; /* coil_r: of the first one on a path */
    struct eco_frame home; /* in its coil, in the end in the picture */
    struct eco_frame coil; /* among its siblings, in the end in the picture */
};

struct work {
    const struct eco_layout_input *in;
    uint32_t tops; /* hubs 0 .. tops-1 */
    uint32_t n;
    struct hub *hubs; /* in the order of their nodes */
    uint32_t *hub_of; /* node -> hub, or NONE for a leaf */
    uint32_t *list;   /* hubs that are packed together */
    struct eco_relatives relatives;
    struct eco_pack pack;
    struct eco_arrange trees;
};

static int no_memory(const struct work *w, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "layout: no memory for %u nodes",
                    w->in->n);
}

/* --- input ------------------------------------------------------------- */

static int check_nodes(const struct eco_layout_input *in, struct eco_err *err)
{
    uint32_t before = 0;
    bool is_top = true;

    for (uint32_t i = 0; i < in->n; i++) {
        uint32_t parent = in->parent[i];

        if (!(in->radius[i] > 0 && in->radius[i] <= ECO_LAYOUT_MAX_RADIUS))
            return eco_fail(err, ECO_EINVAL,
                            "layout: node %u has a radius of %g, not above 0 "
                            "and at most %g",
                            i, (double)in->radius[i],
                            (double)ECO_LAYOUT_MAX_RADIUS);
        if (parent == ECO_LAYOUT_TOP && is_top)
            continue;
        is_top = false;
        if (parent >= i || parent < before)
            return eco_fail(err, ECO_EINVAL,
                            "layout: node %u with the parent %u is not in "
                            "breadth-first order",
                            i, parent);
        before = parent;
    }
    return 0;
}

static int check_edges(const struct eco_layout_input *in, struct eco_err *err)
{
    for (uint64_t e = 0; e < in->m; e++)
        if (in->from[e] >= in->n || in->to[e] >= in->n)
            return eco_fail(
                err, ECO_EINVAL, "layout: edge %llu from node %u to %u of %u",
                (unsigned long long)e, in->from[e], in->to[e], in->n);
    return 0;
}

/* --- hubs -------------------------------------------------------------- */

static void number_hubs(struct work *w)
{
    const struct eco_layout_input *in = w->in;

    memset(w->hub_of, 0xff, in->n * sizeof(*w->hub_of));
    while (w->tops < in->n && in->parent[w->tops] == ECO_LAYOUT_TOP)
        w->hub_of[w->tops++] = 0;
    for (uint32_t i = w->tops; i < in->n; i++)
        w->hub_of[in->parent[i]] = 0;
    for (uint32_t i = 0; i < in->n; i++)
        if (w->hub_of[i] != NONE)
            w->hub_of[i] = w->n++;
}

static void describe_hubs(struct work *w)
{
    const struct eco_layout_input *in = w->in;

    for (uint32_t i = 0; i < in->n; i++)
        if (w->hub_of[i] != NONE)
            w->hubs[w->hub_of[i]] =
                (struct hub){ .node = i, .heavy = NONE, .is_first = true };
    for (uint32_t i = w->tops; i < in->n; i++) {
        struct hub *h = &w->hubs[w->hub_of[in->parent[i]]];

        if (h->end == 0)
            h->first = i;
        h->end = i + 1;
        h->leaves += w->hub_of[i] == NONE;
    }
}

static int find_hubs(struct work *w, struct eco_err *err)
{
    const struct eco_layout_input *in = w->in;
    double least = HUGE_VAL;
    uint32_t most; /* lie side by side: the tops, or less than all others */

    w->hub_of = eco_alloc_array(in->n, sizeof(*w->hub_of));
    if (!w->hub_of)
        return no_memory(w, err);
    number_hubs(w);
    most = w->n - w->tops + 1;
    if (most < w->tops)
        most = w->tops;
    w->hubs = eco_alloc_array(w->n, sizeof(*w->hubs));
    w->list = eco_alloc_array(most, sizeof(*w->list));
    if (!w->hubs || !w->list)
        return no_memory(w, err);
    describe_hubs(w);
    for (uint32_t i = 0; i < in->n; i++)
        least = fmin(least, (double)in->radius[i]);
    return eco_pack_init(&w->pack, most, GAP, least, err);
}

static struct eco_star star_of(const struct work *w, const struct hub *h)
{
    return (struct eco_star){ w->in,    w->hub_of, h->node,
                              h->first, h->end,    h->leaves };
}

/* The hubs among the children of h but for the heavy one, largest first. */
static int by_size(const void *left, const void *right, void *hubs)
{
    const uint32_t *a = left, *b = right;
    const struct hub *h = hubs;

    if (h[*a].coil_r != h[*b].coil_r)
        return h[*a].coil_r > h[*b].coil_r ? -1 : 1;
    return *a < *b ? -1 : 1;
}

static uint32_t list_children(struct work *w, const struct hub *h)
{
    uint32_t n = 0;

    for (uint32_t i = h->first; i < h->end; i++) {
        uint32_t k = w->hub_of[i];

        if (k != NONE && k != h->heavy)
            w->list[n++] = k;
    }
    if (n > 1)
        qsort_r(w->list, n, sizeof(*w->list), by_size, w->hubs);
    return n;
}

/* --- coils ------------------------------------------------------------- */

static struct eco_frame frame_of(struct eco_circle c, struct eco_circle middle)
{
    return eco_frame_at(c.x - middle.x, c.y - middle.y);
}

/* Where the first one's node is in its coil. */
static struct eco_frame head_of(const struct hub *h)
{
    return eco_frame_within(h->home, eco_frame_at(h->x, h->y));
}

/* Wind the path that begins with this hub: the last home first, the others
 * around it, so that the first one is outside and near its parent. Each turns
 * its node towards its neighbours. */
static void wind_coil(struct work *w, uint32_t hub)
{
    struct hub *h = &w->hubs[hub];
    const struct eco_circle *c = w->pack.circle;
    struct eco_circle around;
    uint32_t n = 0;

    h->coil_r = h->home_r;
    h->home = eco_frame_at(0, 0);
    if (h->heavy == NONE)
        return;
    for (uint32_t k = hub; k != NONE; k = w->hubs[k].heavy)
        w->list[n++] = k;
    eco_pack_clear(&w->pack);
    for (uint32_t k = n; k-- > 0;)
        eco_pack_coil(&w->pack, w->hubs[w->list[k]].home_r);
    around = eco_pack_enclose(c, n);
    h->coil_r = around.r;
    for (uint32_t k = 0; k < n; k++, c++) {
        struct hub *one = &w->hubs[w->list[n - 1 - k]];
        struct eco_circle in = k > 0 ? c[-1] : c[1];
        struct eco_circle out = k + 1 < n ? c[1] : in;

        one->home = eco_frame_turned(frame_of(*c, around), one->x, one->y,
                                     (in.x + out.x) / 2 - around.x,
                                     (in.y + out.y) / 2 - around.y);
    }
}

/* The child that needs more room than all the rest, or NONE. */
static uint32_t find_heavy(const struct work *w, const struct hub *h)
{
    uint32_t heavy = NONE, others = 0;
    double sum = eco_square(h->star_r), most = 0;

    for (uint32_t i = h->first; i < h->end; i++) {
        uint32_t k = w->hub_of[i];

        if (k == NONE)
            continue;
        others++;
        sum += w->hubs[k].area;
        if (w->hubs[k].area > most) {
            most = w->hubs[k].area;
            heavy = k;
        }
    }
    return others == 1 || most > sum - most ? heavy : NONE;
}

/* --- homes ------------------------------------------------------------- */

/* The middle of those relatives of a hub that lie already. */
static bool find_goal(const struct work *w, uint32_t hub,
                      struct eco_circle *goal)
{
    const struct eco_relatives *r = &w->relatives;
    double sum = 0, x = 0, y = 0;

    for (uint64_t i = r->off[hub]; i < r->off[hub + 1]; i++) {
        const struct hub *other = &w->hubs[r->list[i].number];
        double weight = (double)r->list[i].weight;

        if (!other->lies)
            continue;
        sum += weight;
        x += weight * other->coil.x;
        y += weight * other->coil.y;
    }
    if (sum == 0)
        return false;
    *goal = (struct eco_circle){ x / sum, y / sum, 0 };
    return true;
}

/* Lay a star and the n listed hubs down; the first circle is the star's. */
static struct eco_circle fill_home(struct work *w, double star_r, uint32_t n)
{
    eco_pack_clear(&w->pack);
    eco_pack_add(&w->pack, star_r, NULL);
    for (uint32_t k = 0; k < n; k++) {
        struct hub *sub = &w->hubs[w->list[k]];
        struct eco_circle goal, at;
        bool has_goal = find_goal(w, w->list[k], &goal);

        at = eco_pack_add(&w->pack, sub->coil_r, has_goal ? &goal : NULL);
        sub->coil = eco_frame_at(at.x, at.y);
        sub->lies = true;
    }
    return eco_pack_enclose(w->pack.circle, n + 1);
}

/* Children come before their parents. */
static void build_home(struct work *w, uint32_t hub)
{
    struct hub *h = &w->hubs[hub];
    struct eco_star star = star_of(w, h);
    struct eco_circle around;
    uint32_t n;

    h->star_r = eco_star_size(&star, &h->star_x);
    h->heavy = find_heavy(w, h);
    for (uint32_t i = h->first; i < h->end; i++)
        if (w->hub_of[i] != NONE && w->hub_of[i] != h->heavy)
            wind_coil(w, w->hub_of[i]);
    n = list_children(w, h);
    around = (struct eco_circle){ 0, 0, h->star_r };
    if (n > 0)
        around = fill_home(w, h->star_r, n);
    h->home_r = around.r;
    h->x = h->star_x - around.x;
    h->y = -around.y;
    /* Their nodes look at their parent, so what hangs on them looks out. */
    for (uint32_t k = 0; k < n; k++) {
        struct hub *sub = &w->hubs[w->list[k]];
        struct eco_frame head = head_of(sub);

        sub->coil = eco_frame_turned(frame_of(w->pack.circle[k + 1], around),
                                     head.x, head.y, h->x, h->y);
    }
    h->area = eco_square(h->home_r) / FILLED;
    if (h->heavy != NONE) {
        h->area += w->hubs[h->heavy].area;
        w->hubs[h->heavy].is_first = false;
    }
}

/* --- outlines of trees ------------------------------------------------- */

struct part {
    struct eco_frame frame;
    double r;
    uint32_t hub; /* NONE: it cannot be taken apart */
    bool is_home; /* else it is a coil */
};

struct outline {
    uint32_t n, most;
    struct part part[ECO_ARRANGE_CIRCLES];
};

/* A home becomes its largest coils, and one circle around the others and the
 * star. */
static void open_home(struct work *w, struct outline *o, struct part home)
{
    const struct hub *h = &w->hubs[home.hub];
    struct eco_circle *rest = w->pack.circle, around;
    uint32_t n = list_children(w, h), single = o->most - o->n - 1, left = 0;

    rest[left++] = (struct eco_circle){ h->x - h->star_x, h->y, h->star_r };
    for (uint32_t k = 0; k < n; k++) {
        const struct hub *sub = &w->hubs[w->list[k]];

        if (k >= single) {
            rest[left++] =
                (struct eco_circle){ sub->coil.x, sub->coil.y, sub->coil_r };
            continue;
        }
        o->part[o->n++] =
            (struct part){ eco_frame_within(home.frame, sub->coil), sub->coil_r,
                           w->list[k], false };
    }
    around = eco_pack_enclose(rest, left);
    o->part[o->n++] =
        (struct part){ eco_frame_within(home.frame,
                                        eco_frame_at(around.x, around.y)),
                       around.r, NONE, true };
}

/* A coil becomes its homes, or stays when they are too many. */
static void open_coil(const struct work *w, struct outline *o, struct part coil)
{
    uint32_t n = 0;

    for (uint32_t k = coil.hub; k != NONE; k = w->hubs[k].heavy)
        n++;
    if (n > o->most - o->n) {
        coil.hub = NONE;
        o->part[o->n++] = coil;
        return;
    }
    for (uint32_t k = coil.hub; k != NONE; k = w->hubs[k].heavy)
        o->part[o->n++] =
            (struct part){ eco_frame_within(coil.frame, w->hubs[k].home),
                           w->hubs[k].home_r, k, true };
}

/* Take the largest part apart; false when none is left. */
static bool refine(struct work *w, struct outline *o)
{
    struct part *largest = NULL, part;

    for (uint32_t i = 0; i < o->n; i++)
        if (o->part[i].hub != NONE && (!largest || o->part[i].r > largest->r))
            largest = &o->part[i];
    if (!largest)
        return false;
    part = *largest;
    *largest = o->part[--o->n];
    if (part.is_home)
        open_home(w, o, part);
    else
        open_coil(w, o, part);
    return true;
}

/* Returns how many circles the outline of a top has. */
static uint32_t draw_outline(struct work *w, uint32_t top, double margin,
                             struct eco_circle circle[ECO_ARRANGE_CIRCLES])
{
    struct outline o = { .n = 1, .most = eco_arrange_detail(top) };

    o.part[0] =
        (struct part){ eco_frame_at(0, 0), w->hubs[top].coil_r, top, false };
    while (o.most > 1 && refine(w, &o))
        ;
    for (uint32_t i = 0; i < o.n; i++)
        circle[i] = (struct eco_circle){ o.part[i].frame.x, o.part[i].frame.y,
                                         o.part[i].r + margin };
    return o.n;
}

/* --- the picture ------------------------------------------------------- */

static void place_top(struct work *w, uint32_t top)
{
    struct hub *h = &w->hubs[top];
    struct eco_circle outline[ECO_ARRANGE_CIRCLES], goal;
    double margin;
    uint32_t n;
    bool has_goal = find_goal(w, top, &goal);

    wind_coil(w, top);
    margin = MARGIN * h->coil_r;
    n = draw_outline(w, top, margin, outline);
    h->coil = eco_arrange_add(&w->trees, h->coil_r + margin, outline, n,
                              has_goal ? &goal : NULL);
    h->lies = true;
}

/* The first one's node comes to stand at (0, 0). */
static void place_tops(struct work *w)
{
    struct eco_frame head;

    for (uint32_t k = 0; k < w->tops; k++)
        place_top(w, k);
    head = eco_frame_within(w->hubs[0].coil, head_of(&w->hubs[0]));
    for (uint32_t k = 0; k < w->tops; k++) {
        w->hubs[k].coil.x -= head.x;
        w->hubs[k].coil.y -= head.y;
    }
}

/* From frames within frames to places; parents come before their children. */
static void place_nodes(struct work *w, float *x, float *y)
{
    for (uint32_t k = 0; k < w->n; k++) {
        struct hub *h = &w->hubs[k];
        struct eco_star star = star_of(w, h);

        if (h->is_first)
            for (uint32_t i = k; i != NONE; i = w->hubs[i].heavy)
                w->hubs[i].home = eco_frame_within(h->coil, w->hubs[i].home);
        eco_star_place(
            &star, eco_frame_within(h->home, eco_frame_at(h->x, h->y)), x, y);
        for (uint32_t i = h->first; i < h->end; i++) {
            uint32_t sub = w->hub_of[i];

            if (sub != NONE && sub != h->heavy)
                w->hubs[sub].coil =
                    eco_frame_within(h->home, w->hubs[sub].coil);
        }
    }
}

int eco_layout_place(const struct eco_layout_input *in, float *x, float *y,
                     struct eco_err *err)
{
    struct work w = { .in = in };
    int rc = check_nodes(in, err);

    if (!rc)
        rc = check_edges(in, err);
    if (rc || in->n == 0)
        return rc;
    rc = find_hubs(&w, err);
    if (!rc)
        rc = eco_relatives_find(&w.relatives, in, w.hub_of, w.n, err);
    if (!rc)
        rc = eco_arrange_init(&w.trees, w.tops, GAP, err);
    if (rc)
        goto done;
    for (uint32_t k = w.n; k-- > 0;)
        build_home(&w, k);
    place_tops(&w);
    place_nodes(&w, x, y);
done:
    eco_free(w.hub_of);
    eco_free(w.hubs);
    eco_free(w.list);
    eco_relatives_release(&w.relatives);
    eco_pack_release(&w.pack);
    eco_arrange_release(&w.trees);
    return rc;
}
