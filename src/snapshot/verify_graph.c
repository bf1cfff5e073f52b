/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "graph/influence.h"

#define TAG_BITS (ECO_EDGE_RELATION | ECO_EDGE_DECLARED)

/* --- one direction ------------------------------------------------------------ */

struct rows {
    const char *name; /* "down" or "up" */
    const uint64_t *off;
    const uint32_t *node;
    const uint8_t *tag;
};

static bool check_row(struct eco_verify *c, const struct rows *r, uint32_t v)
{
    uint32_t n = c->s->meta->n_nodes;
    bool ok = true;

    for (uint64_t e = r->off[v]; e < r->off[v + 1]; e++) {
        bool rises = e == r->off[v] || r->node[e - 1] < r->node[e];

        if (r->node[e] >= n || r->node[e] == v || !rises) {
            eco_verify_problem(c,
                               "%s.node: edge %ju of node %u: node %u of %u"
                               " is itself, repeated or out of order",
                               r->name, (uintmax_t)e, v, r->node[e], n);
            ok = false;
        }
        if (r->tag[e] & ~TAG_BITS) {
            eco_verify_problem(c, "%s.tag: edge %ju of node %u: tag %u",
                               r->name, (uintmax_t)e, v, r->tag[e]);
            ok = false;
        }
    }
    return ok;
}

static bool check_rows(struct eco_verify *c, const struct rows *r)
{
    uint32_t n = c->s->meta->n_nodes;
    bool ok = true;

    for (uint32_t v = 0; v < n; v++) {
        if (r->off[v] > r->off[v + 1] || r->off[v + 1] > r->off[n]) {
            eco_verify_problem(c, "%s.off: node %u: [%ju, %ju) of %ju edges",
                               r->name, v, (uintmax_t)r->off[v],
                               (uintmax_t)r->off[v + 1], (uintmax_t)r->off[n]);
            return false; /* later rows could overlap */
        }
        if (!check_row(c, r, v))
            ok = false;
    }
    return ok;
}

/* --- both directions ---------------------------------------------------------- */

/* Bases are visited upwards and stand upwards in each row of `up`, so the next
 * entry of the derived model's row has to be this base. */
static void match_edge(struct eco_verify *c, uint32_t base, uint64_t e,
                       uint64_t *next)
{
    const struct eco_graph *g = &c->s->graph;
    uint32_t derived = g->down[e];
    uint64_t at = next[derived];

    if (at >= g->up_off[derived + 1] || g->up[at] != base ||
        g->up_tag[at] != g->down_tag[e]) {
        eco_verify_problem(c,
                           "up.node: edge %ju, from %u to %u, is not in the"
                           " row of %u",
                           (uintmax_t)e, base, derived, derived);
        c->graph_ok = false;
        return;
    }
    next[derived]++;
}

static int match_directions(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_graph *g = &c->s->graph;
    uint64_t *next = eco_alloc_array(g->n, sizeof(*next));

    if (!next)
        return eco_fail(err, ECO_ENOMEM, "no memory to check %u rows", g->n);
    if (g->n)
        memcpy(next, g->up_off, g->n * sizeof(*next));
    for (uint32_t v = 0; v < g->n; v++)
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++)
            match_edge(c, v, e, next);
    eco_free(next);
    return 0;
}

int eco_verify_graph(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_graph *g = &c->s->graph;
    const struct rows down = { "down", g->down_off, g->down, g->down_tag };
    const struct rows up = { "up", g->up_off, g->up, g->up_tag };
    bool down_ok = check_rows(c, &down);
    bool up_ok = check_rows(c, &up);

    c->graph_ok = down_ok && up_ok;
    return c->graph_ok ? match_directions(c, err) : 0;
}

/* --- influence ---------------------------------------------------------------- */

static struct eco_influence_params params_of(const struct eco_snap_meta *m)
{
    struct eco_influence_params p = {
        .lambda_model = m->lambda[0],
        .lambda_space = m->lambda[1],
    };

    memcpy(p.weights, m->weights, sizeof(p.weights));
    memcpy(p.alpha, m->alpha, sizeof(p.alpha));
    memcpy(p.relations, m->relations, sizeof(p.relations));
    return p;
}

/* What follows from the columns of v: everything of its own but Spaces. */
static double own_part(const struct eco_snap *s,
                       const struct eco_influence_params *p, uint32_t v)
{
    double part[ECO_INFLUENCE_PARTS];
    struct eco_influence_facts facts;

    if (v >= s->meta->n_ranked)
        return 0;
    facts = (struct eco_influence_facts){
        .downloads = s->downloads[v],
        .likes = s->likes[v],
        .age_days =
            eco_age_days(s->meta->as_of_day * ECO_DAY_MS, s->created[v]),
    };
    eco_influence_own(p, &facts, part);
    return part[ECO_PART_DOWNLOADS] + part[ECO_PART_LIKES] +
           part[ECO_PART_FRESHNESS];
}

/* alpha / max(1, |row|) times the weighted influence of the row. */
static double flow(const struct eco_snap *s, double alpha, const uint64_t *off,
                   const uint32_t *node, const uint8_t *tag, uint32_t v)
{
    double sum = 0;

    if (off[v] == off[v + 1])
        return 0;
    for (uint64_t e = off[v]; e < off[v + 1]; e++)
        sum += s->meta->relations[tag[e] & ECO_EDGE_RELATION] *
               s->influence[node[e]];
    return alpha * sum / (double)(off[v + 1] - off[v]);
}

/* A value that is not a number is never within. */
static void check_near(struct eco_verify *c, const char *section, uint32_t v,
                       double found, double wanted, double tolerance)
{
    if (!(fabs(found - wanted) <= tolerance))
        eco_verify_problem(c, "%s: node %u: %.17g, not %.17g", section, v,
                           found, wanted);
}

static double largest(const struct eco_snap *s)
{
    double max = 0;

    for (uint32_t v = 0; v < s->meta->n_nodes; v++)
        if (fabs(s->influence[v]) > max)
            max = fabs(s->influence[v]);
    return max;
}

void eco_verify_influence(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;
    const struct eco_graph *g = &s->graph;
    const struct eco_influence_params p = params_of(s->meta);
    double tolerance = ECO_VERIFY_TOLERANCE * largest(s);

    if (!isfinite(tolerance)) {
        eco_verify_problem(c, "influence: the largest is %g", largest(s));
        return;
    }
    for (uint32_t v = 0; v < s->meta->n_nodes; v++) {
        double sum = own_part(s, &p, v) + s->part_spaces[v] +
                     s->part_children[v] + s->part_parents[v];

        if (!(s->part_spaces[v] >= 0) ||
            (v >= s->meta->n_ranked && s->part_spaces[v] > 0))
            eco_verify_problem(c, "part.spaces: node %u: %g", v,
                               s->part_spaces[v]);
        check_near(c, "influence", v, s->influence[v], sum, tolerance);
        check_near(c, "part.children", v, s->part_children[v],
                   flow(s, p.alpha[1], g->down_off, g->down, g->down_tag, v),
                   tolerance);
        check_near(c, "part.parents", v, s->part_parents[v],
                   flow(s, p.alpha[2], g->up_off, g->up, g->up_tag, v),
                   tolerance);
    }
}
