/* SPDX-License-Identifier: MIT */
#include "graph/influence.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "graph/core.h"

#define RESIDUAL_MAX 1e-9

const struct eco_influence_params eco_influence_defaults = {
    .weights = { 0.2, 0.4, 0.2, 0.2 },
    .alpha = { 0.6, 0.3, 0.1 },
    .lambda_model = 1,
    .lambda_space = 0.001,
    .relations = { 1, 1, 1, 1 },
};

const char *eco_influence_part_name(enum eco_influence_part part)
{
    static const char *const names[ECO_INFLUENCE_PARTS] = {
        "downloads", "likes", "spaces", "freshness", "children", "parents"
    };

    assert((unsigned)part < ECO_INFLUENCE_PARTS);
    return names[part];
}

/* --- own influence ----------------------------------------------------- */

double eco_age_days(int64_t as_of_ms, int64_t created_ms)
{
    double age;

    if (as_of_ms == ECO_TIME_UNKNOWN || created_ms == ECO_TIME_UNKNOWN)
        return NAN;
    age = ((double)as_of_ms - (double)created_ms) / (double)ECO_DAY_MS;
    return age > 0 ? age : 0;
}

double eco_influence_space(const struct eco_influence_params *p, int64_t likes,
                           double age_days)
{
    if (likes <= 0 || isnan(age_days))
        return 0;
    return (double)likes * exp(-p->lambda_space * age_days);
}

void eco_influence_own(const struct eco_influence_params *p,
                       const struct eco_influence_facts *facts,
                       double part[ECO_INFLUENCE_PARTS])
{
    double a = p->alpha[0];
    double downloads = facts->downloads > 1 ? (double)facts->downloads : 1;
    double likes = facts->likes > 0 ? (double)facts->likes : 0;
    double fresh =
        isnan(facts->age_days) ? 0 : exp(-p->lambda_model * facts->age_days);

    part[ECO_PART_DOWNLOADS] = a * p->weights[0] * log(downloads);
    part[ECO_PART_LIKES] = a * p->weights[1] * likes;
    part[ECO_PART_SPACES] = a * p->weights[2] * facts->spaces;
    part[ECO_PART_FRESHNESS] = a * p->weights[3] * fresh;
    part[ECO_PART_CHILDREN] = 0;
    part[ECO_PART_PARENTS] = 0;
}

/* --- parameters -------------------------------------------------------- */

static int check_list(const char *name, const double *value, size_t n,
                      struct eco_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!(isfinite(value[i]) && value[i] >= 0))
            return eco_fail(err, ECO_EINVAL,
                            "influence: %s[%zu] is %g, not a number >= 0", name,
                            i, value[i]);
    }
    return 0;
}

static int check_params(const struct eco_influence_params *p,
                        struct eco_err *err)
{
    const double lambda[] = { p->lambda_model, p->lambda_space };
    double w = 0, gain;
    int rc;

    if ((rc = check_list("weights", p->weights, 4, err)) ||
        (rc = check_list("alpha", p->alpha, 3, err)) ||
        (rc = check_list("lambda", lambda, 2, err)) ||
        (rc = check_list("relations", p->relations, ECO_RELATIONS, err)))
        return rc;
    for (int r = 0; r < ECO_RELATIONS; r++)
        w = fmax(w, p->relations[r]);
    gain = (p->alpha[1] + p->alpha[2]) * w;
    if (!(gain < 1))
        return eco_fail(err, ECO_EINVAL,
                        "influence: (%g + %g) * %g is %g, must be below 1",
                        p->alpha[1], p->alpha[2], w, gain);
    return 0;
}

/* --- the system -------------------------------------------------------- */

/*
 * Nine of ten linked models are leaves: one base and nothing derived. They
 * are eliminated in one pass and never get a row of their own. The rest, the
 * inner nodes, become a small graph with numbers and arrays of its own, in
 * which all further work stays inside the cache.
 *
 * Three members change their meaning on the way. Before a row is eliminated,
 * x is its right side, factor what its diagonal has lost (the pivot is
 * 1 - factor), and other the exclusive or of its neighbours' rows: the
 * neighbour itself as soon as only one is left. Afterwards the row reads
 * x + factor * x(other), and substitution makes x the solution. For a row of
 * the core, other is its row there.
 */
struct inner {
    double x;
    double flow; /* sum of w I(c) over the children */
    double factor;
    uint32_t degree; /* distinct neighbours not eliminated */
    uint32_t other;
};

struct solver {
    const struct eco_graph *g;
    const double *own;
    double alpha_down, alpha_up;
    double w[ECO_RELATIONS];

    uint32_t *row;  /* g->n: row of an inner node, or of a leaf's base */
    uint32_t *list; /* g->n: leaves from the front, inner nodes from the back */
    uint32_t n_leaves;

    uint32_t n;          /* inner nodes; every array below is theirs */
    struct inner *inner; /* n */
    double *share;       /* n: what one child weighs, alpha_down / |C| */
    uint64_t *off;       /* n + 1 */
    uint32_t *base;      /* rows of the bases of row k, rising: base[off[k]] */
    uint8_t *tag;
    uint32_t *order; /* n: rows in the order of their elimination */
    uint32_t n_order;

    struct eco_core core;
    uint32_t *core_row; /* core.n: row of a core node among the inner nodes */
    uint32_t rounds;
};

static void free_solver(struct solver *s)
{
    eco_free(s->row);
    eco_free(s->list);
    eco_free(s->inner);
    eco_free(s->share);
    eco_free(s->off);
    eco_free(s->base);
    eco_free(s->tag);
    eco_free(s->order);
    eco_free(s->core_row);
    eco_core_release(&s->core);
}

static uint32_t node_of(const struct solver *s, uint32_t row)
{
    return s->list[s->g->n - 1 - row];
}

static double weight(const struct solver *s, uint8_t tag)
{
    return s->w[tag & ECO_EDGE_RELATION];
}

/* What one of its bases weighs in the equation of a row. */
static double base_share(const struct solver *s, uint32_t row)
{
    return s->alpha_up / (double)(s->off[row + 1] - s->off[row]);
}

/* Number the inner nodes and list both kinds. Without branches, because which
 * kind comes next is as good as random. */
static int classify(struct solver *s, struct eco_err *err)
{
    const struct eco_graph *g = s->g;

    s->row = eco_alloc_array(g->n, sizeof(*s->row));
    s->list = eco_alloc_array(g->n, sizeof(*s->list));
    if (!s->row || !s->list)
        return eco_fail(err, ECO_ENOMEM,
                        "influence: no memory for %" PRIu32 " nodes", g->n);
    for (uint32_t v = 0; v < g->n; v++) {
        uint64_t bases = g->up_off[v + 1] - g->up_off[v];
        bool derived = g->down_off[v + 1] > g->down_off[v];

        s->row[v] = s->n;
        s->list[s->n_leaves] = v;
        s->list[g->n - 1 - s->n] = v;
        s->n_leaves += (bases == 1) & !derived;
        s->n += (bases > 1) | derived;
    }
    return 0;
}

static int alloc_inner(struct solver *s, struct eco_err *err)
{
    uint64_t edges = s->g->m - s->n_leaves;

    s->inner = eco_calloc(s->n, sizeof(*s->inner));
    s->share = eco_alloc_array(s->n, sizeof(*s->share));
    s->off = eco_alloc_array((size_t)s->n + 1, sizeof(*s->off));
    s->base = eco_alloc_array(edges, sizeof(*s->base));
    s->tag = eco_alloc_array(edges, sizeof(*s->tag));
    s->order = eco_alloc_array(s->n, sizeof(*s->order));
    if (!s->inner || !s->share || !s->off || !s->base || !s->tag || !s->order)
        return eco_fail(err, ECO_ENOMEM,
                        "influence: no memory for %" PRIu32
                        " inner nodes and %" PRIu64 " edges",
                        s->n, edges);
    return 0;
}

/* Find every leaf's base. A loop of its own: nothing in it waits for anything
 * else, so that the cache misses overlap. */
static void seat_leaves(struct solver *s)
{
    const struct eco_graph *g = s->g;

    for (uint32_t i = 0; i < s->n_leaves; i++) {
        uint32_t v = s->list[i];

        s->row[v] = s->row[g->up[g->up_off[v]]];
    }
}

/* Sum over every node's leaves: w own into x, w squared into factor. */
static void fold_leaves(struct solver *s)
{
    const struct eco_graph *g = s->g;

    for (uint32_t i = 0; i < s->n_leaves; i++) {
        uint32_t v = s->list[i];
        struct inner *base = &s->inner[s->row[v]];
        double w = weight(s, g->up_tag[g->up_off[v]]);

        base->x += w * s->own[v];
        base->factor += w * w;
    }
}

/* The graph of the inner nodes, and the equations that the leaves left. Every
 * base is an inner node, so rows of inner nodes are copied whole. */
static void fill_inner(struct solver *s)
{
    const struct eco_graph *g = s->g;
    uint64_t at = 0;

    for (uint32_t k = 0; k < s->n; k++) {
        uint32_t v = node_of(s, k);
        uint64_t derived = g->down_off[v + 1] - g->down_off[v];
        struct inner *in = &s->inner[k];

        s->share[k] = derived ? s->alpha_down / (double)derived : 0;
        in->x = s->own[v] + s->share[k] * in->x;
        in->factor *= s->share[k] * s->alpha_up;
        s->off[k] = at;
        for (uint64_t e = g->up_off[v]; e < g->up_off[v + 1]; e++) {
            s->base[at] = s->row[g->up[e]];
            s->tag[at++] = g->up_tag[e];
        }
    }
    s->off[s->n] = at;
}

/* --- elimination ------------------------------------------------------- */

/* Is `base` among the bases of a row, and at which edge? */
static bool find_base(const struct solver *s, uint32_t row, uint32_t base,
                      uint64_t *edge)
{
    uint64_t lo = s->off[row], hi = s->off[row + 1], end = hi;

    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;

        if (s->base[mid] < base)
            lo = mid + 1;
        else
            hi = mid;
    }
    *edge = lo;
    return lo < end && s->base[lo] == base;
}

/* Count neighbours. Two models that name each other as base are one pair; it
 * is counted at the edge that goes to the smaller row. */
static void link_rows(struct solver *s)
{
    for (uint32_t k = 0; k < s->n; k++) {
        for (uint64_t e = s->off[k]; e < s->off[k + 1]; e++) {
            uint32_t base = s->base[e];
            uint64_t back;

            if (base > k && find_base(s, base, k, &back))
                continue;
            s->inner[k].degree++;
            s->inner[k].other ^= base;
            s->inner[base].degree++;
            s->inner[base].other ^= k;
        }
    }
}

/* Coefficients between neighbours u and v: of x(u) in v's equation (*into)
 * and of x(v) in u's (*from). A pair of mutual bases adds both its edges. */
static void couple(const struct solver *s, uint32_t u, uint32_t v, double *into,
                   double *from)
{
    uint64_t e;

    *into = *from = 0;
    if (find_base(s, u, v, &e)) {
        *into += s->share[v] * weight(s, s->tag[e]);
        *from += base_share(s, u) * weight(s, s->tag[e]);
    }
    if (find_base(s, v, u, &e)) {
        *into += base_share(s, v) * weight(s, s->tag[e]);
        *from += s->share[u] * weight(s, s->tag[e]);
    }
}

/* No neighbour is left: the equation is x = right side / pivot. */
static void settle(struct inner *in)
{
    in->x /= 1 - in->factor;
}

/* Eliminate row u, which has one neighbour left, into that neighbour. */
static uint32_t fold(struct solver *s, uint32_t u)
{
    struct inner *from = &s->inner[u], *into = &s->inner[from->other];
    double pivot = 1 - from->factor;
    double coef_into, coef_from;

    couple(s, u, from->other, &coef_into, &coef_from);
    from->x /= pivot;
    from->factor = coef_from / pivot;
    into->x += coef_into * from->x;
    into->factor += coef_into * from->factor;

    s->order[s->n_order++] = u;
    from->degree = 0;
    into->other ^= u;
    if (--into->degree == 0)
        settle(into);
    return from->other;
}

/* Every row is folded at its own turn, or before, as soon as a fold leaves it
 * with one neighbour: no queue, and almost in the order of memory. */
static void eliminate(struct solver *s)
{
    for (uint32_t k = 0; k < s->n; k++) {
        if (s->inner[k].degree == 0) /* it had leaves only */
            settle(&s->inner[k]);
    }
    for (uint32_t turn = 0; turn < s->n; turn++) {
        uint32_t k = turn;

        while (s->inner[k].degree == 1)
            k = fold(s, k);
    }
}

static void substitute_back(struct solver *s)
{
    for (uint32_t i = s->n_order; i-- > 0;) {
        struct inner *in = &s->inner[s->order[i]];

        in->x += in->factor * s->inner[in->other].x;
    }
}

/* --- the core ---------------------------------------------------------- */

static bool in_core(const struct solver *s, uint32_t row)
{
    return s->inner[row].degree > 1;
}

static void measure_core(const struct solver *s, uint32_t *n, uint64_t *edges)
{
    *n = 0;
    *edges = 0;
    for (uint32_t k = 0; k < s->n; k++) {
        if (!in_core(s, k))
            continue;
        ++*n;
        for (uint64_t e = s->off[k]; e < s->off[k + 1]; e++)
            *edges += in_core(s, s->base[e]);
    }
}

static void number_core(struct solver *s)
{
    uint32_t i = 0;

    for (uint32_t k = 0; k < s->n; k++) {
        if (!in_core(s, k))
            continue;
        s->core_row[i] = k;
        s->inner[k].other = i++;
    }
}

/* Turn off[i + 1] into the end of row i. */
static void size_core_rows(struct solver *s)
{
    struct eco_core *c = &s->core;

    memset(c->off, 0, ((size_t)c->n + 1) * sizeof(*c->off));
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t k = s->core_row[i];

        for (uint64_t e = s->off[k]; e < s->off[k + 1]; e++) {
            if (!in_core(s, s->base[e]))
                continue;
            c->off[i + 1]++;
            c->off[s->inner[s->base[e]].other + 1]++;
        }
    }
    for (uint32_t i = 0; i < c->n; i++)
        c->off[i + 1] += c->off[i];
}

static void put(struct eco_core *c, uint32_t row, uint32_t col, double coef)
{
    uint64_t at = c->off[row]++;

    c->col[at] = col;
    c->coef[at] = coef;
}

/* The equations of the core, each divided by its diagonal. */
static void fill_core(struct solver *s)
{
    struct eco_core *c = &s->core;

    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t k = s->core_row[i];
        double pivot = 1 - s->inner[k].factor;

        c->rhs[i] = s->inner[k].x / pivot;
        for (uint64_t e = s->off[k]; e < s->off[k + 1]; e++) {
            const struct inner *base = &s->inner[s->base[e]];
            double w = weight(s, s->tag[e]);

            if (!in_core(s, s->base[e]))
                continue;
            put(c, i, base->other, w * base_share(s, k) / pivot);
            put(c, base->other, i,
                w * s->share[s->base[e]] / (1 - base->factor));
        }
    }
    memmove(c->off + 1, c->off, c->n * sizeof(*c->off));
    c->off[0] = 0;
}

/* Solve for the nodes that elimination left; none on a forest. */
static int solve_core(struct solver *s, uint64_t *edges, struct eco_err *err)
{
    uint32_t n;
    int rc;

    measure_core(s, &n, edges);
    if (n == 0)
        return 0;
    s->core_row = eco_alloc_array(n, sizeof(*s->core_row));
    if (!s->core_row)
        return eco_fail(err, ECO_ENOMEM,
                        "influence: no memory for a core of %" PRIu32 " nodes",
                        n);
    rc = eco_core_init(&s->core, n, 2 * *edges, err);
    if (rc)
        return rc;
    number_core(s);
    size_core_rows(s);
    fill_core(s);
    rc = eco_core_solve(&s->core, &s->rounds, err);
    if (rc)
        return rc;
    for (uint32_t i = 0; i < n; i++)
        s->inner[s->core_row[i]].x = s->core.x[i];
    return 0;
}

/* --- results, and the check of the whole system ------------------------ */

/* What stays true for the nodes without edges. */
static void start_results(const struct solver *s, double *influence,
                          double *children, double *parents)
{
    size_t bytes = s->g->n * sizeof(*influence);

    if (bytes == 0) /* the arrays may be NULL */
        return;
    memcpy(influence, s->own, bytes);
    memset(children, 0, bytes);
    memset(parents, 0, bytes);
}

/* A leaf gets from its base; what its base gets from it is summed up. */
static void finish_leaves(struct solver *s, double *influence, double *parents)
{
    const struct eco_graph *g = s->g;

    for (uint32_t i = 0; i < s->n_leaves; i++) {
        uint32_t v = s->list[i];
        struct inner *base = &s->inner[s->row[v]];
        double w = weight(s, g->up_tag[g->up_off[v]]);

        parents[v] = s->alpha_up * w * base->x;
        influence[v] = s->own[v] + parents[v];
        base->flow += w * influence[v];
    }
}

/* The same between inner nodes. */
static void flow_inner(struct solver *s, double *parents)
{
    for (uint32_t k = 0; k < s->n; k++) {
        double sum = 0;

        for (uint64_t e = s->off[k]; e < s->off[k + 1]; e++) {
            struct inner *base = &s->inner[s->base[e]];
            double w = weight(s, s->tag[e]);

            sum += w * base->x;
            base->flow += w * s->inner[k].x;
        }
        if (s->off[k] < s->off[k + 1])
            parents[node_of(s, k)] = base_share(s, k) * sum;
    }
}

/* Returns the largest |residual|; leaves have none, by construction. */
static double finish_inner(struct solver *s, double *influence,
                           double *children, const double *parents)
{
    double worst = 0;

    for (uint32_t k = 0; k < s->n; k++) {
        uint32_t v = node_of(s, k);
        double r;

        influence[v] = s->inner[k].x;
        children[v] = s->share[k] * s->inner[k].flow;
        r = fabs(s->own[v] + children[v] + parents[v] - influence[v]);
        if (!(r <= worst)) /* a NAN stays */
            worst = r;
    }
    return worst;
}

static double largest(const double *x, uint32_t n)
{
    double top = 0;

    for (uint32_t v = 0; v < n; v++)
        top = fabs(x[v]) > top ? fabs(x[v]) : top;
    return top;
}

static int check_residual(double residual, uint32_t rounds, struct eco_err *err)
{
    if (residual <= RESIDUAL_MAX)
        return 0;
    return eco_fail(err, ECO_ECONVERGE,
                    "influence: residual %g after %" PRIu32 " rounds, "
                    "wanted %g",
                    residual, rounds, RESIDUAL_MAX);
}

static struct solver solver_for(const struct eco_graph *g,
                                const struct eco_influence_params *p,
                                const double *own)
{
    struct solver s = {
        .g = g, .own = own, .alpha_down = p->alpha[1], .alpha_up = p->alpha[2]
    };

    memcpy(s.w, p->relations, sizeof(s.w));
    return s;
}

int eco_influence_solve(const struct eco_graph *g,
                        const struct eco_influence_params *params,
                        const double *own, double *influence, double *children,
                        double *parents, struct eco_influence_stats *stats,
                        struct eco_err *err)
{
    struct solver s = solver_for(g, params, own);
    uint64_t off_tree = 0;
    double residual;
    int rc;

    if ((rc = check_params(params, err)) || (rc = classify(&s, err)) ||
        (rc = alloc_inner(&s, err)))
        goto done;
    seat_leaves(&s);
    fold_leaves(&s);
    fill_inner(&s);
    link_rows(&s);
    eliminate(&s);
    rc = solve_core(&s, &off_tree, err);
    if (rc)
        goto done;
    substitute_back(&s);

    start_results(&s, influence, children, parents);
    finish_leaves(&s, influence, parents);
    flow_inner(&s, parents);
    residual = finish_inner(&s, influence, children, parents);
    if (!(residual == 0))
        residual /= largest(influence, g->n);
    if (stats)
        *stats = (struct eco_influence_stats){ .rounds = s.rounds,
                                               .off_tree = off_tree,
                                               .residual = residual };
    rc = check_residual(residual, s.rounds, err);
done:
    free_solver(&s);
    return rc;
}
