/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_INFLUENCE_H
#define ECO_GRAPH_INFLUENCE_H

#include "graph/graph.h"

/*
 * influence - the default ranking of models
 *
 * docs/algorithms/influence.md has the formula, why it is solved by
 * elimination, and what is known to be wrong with it.
 *
 *   self(v) = W1 ln(max(downloads,1)) + W2 likes + W3 spaces(v)
 *             + W4 exp(-lambda_m age_days(v))
 *   I(v) = a1 self(v) + a2/max(1,|C(v)|) sum over c in C(v) of w(v,c) I(c)
 *                     + a3/max(1,|P(v)|) sum over p in P(v) of w(p,v) I(p)
 *
 * Shapes     Every array has g->n entries and is indexed by node number.
 * Ownership  The caller owns every array; everything is borrowed for the call.
 * Errors     On error the outputs hold unspecified values and no memory stays
 *            allocated.
 * Threads    Safe from many. Results do not depend on the number of threads.
 */
struct eco_influence_params {
    double weights[4];   /* W: downloads, likes, spaces, freshness; >= 0 */
    double alpha[3];     /* self, children, parents; >= 0 */
    double lambda_model; /* per day, >= 0 */
    double lambda_space; /* per day, >= 0 */
    double relations[ECO_RELATIONS]; /* w, >= 0 */
};

extern const struct eco_influence_params eco_influence_defaults;

/* What is known of one model; the parts of its own influence. */
struct eco_influence_facts {
    int64_t downloads; /* < 0: unknown, counts as 0 */
    int64_t likes;     /* < 0: unknown, counts as 0 */
    double spaces;     /* spaces(v), already summed */
    double age_days;   /* NAN: unknown, contributes nothing */
};

enum eco_influence_part {
    ECO_PART_DOWNLOADS,
    ECO_PART_LIKES,
    ECO_PART_SPACES,
    ECO_PART_FRESHNESS,
    ECO_PART_CHILDREN,
    ECO_PART_PARENTS,
};
#define ECO_INFLUENCE_PARTS 6

/* "downloads", "likes", "spaces", ... */
const char *eco_influence_part_name(enum eco_influence_part part);

/* max(0, as_of - created) in days with its fraction; NAN for an unknown date.
 * Both in milliseconds since 1970 UTC. */
double eco_age_days(int64_t as_of_ms, int64_t created_ms);

/* likes(s) exp(-lambda_s age_days(s)): what one Space adds to spaces(v). */
double eco_influence_space(const struct eco_influence_params *p, int64_t likes,
                           double age_days);

/* Fill part[0..3], already multiplied by W and alpha: what the model's own
 * facts add to its influence. part[4..5] become 0. */
void eco_influence_own(const struct eco_influence_params *p,
                       const struct eco_influence_facts *facts,
                       double part[ECO_INFLUENCE_PARTS]);

struct eco_influence_stats {
    uint32_t rounds;   /* refinements after the elimination; 0 on a forest */
    uint64_t off_tree; /* edges that elimination left to refinement */
    double residual;   /* max |residual| / max |I| of the whole system */
};

/*
 * Solve for `influence`. own[v] is alpha_self * self(v), the sum of
 * eco_influence_own's parts (0 for a placeholder). children[v] and parents[v]
 * receive the two flows, so that own + children + parents = influence within
 * rounding. stats may be NULL.
 *
 * Ends when max |residual| <= 1e-9 max |I|; ECO_ECONVERGE when that needs
 * more than 200 rounds (possible only for parameters far from contraction).
 * ECO_EINVAL for a negative or non-finite parameter, or when
 * (alpha[1] + alpha[2]) * max(w) >= 1, where no unique solution is promised.
 *
 * O(n + m), and O(off_tree) for each round.
 */
ECO_MUST_USE
int eco_influence_solve(const struct eco_graph *g,
                        const struct eco_influence_params *params,
                        const double *own, double *influence, double *children,
                        double *parents, struct eco_influence_stats *stats,
                        struct eco_err *err);

#endif /* ECO_GRAPH_INFLUENCE_H */
