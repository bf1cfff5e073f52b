/* SPDX-License-Identifier: MIT */
#ifndef ECO_GRAPH_CORE_H
#define ECO_GRAPH_CORE_H

#include <stdint.h>

#include "base/err.h"

/*
 * core - the equations that elimination leaves over
 *
 * x[i] = rhs[i] + sum of coef[e] x[col[e]] over e in off[i] .. off[i+1], where
 * the coefficients of a row are >= 0 and add up to less than 1. Solved by
 * sweeps from the first row to the last, each row using the newest values
 * (Gauss and Seidel); when these are slow because the rows add up to almost 1,
 * they are accelerated (BiCGStab).
 *
 * Shapes     rhs, x and off[0..n-1] go by row; off has n + 1 entries.
 * Ownership  eco_core_init allocates the arrays, the caller fills all but x.
 * Errors     0, or a negative eco_code with *err filled in.
 * Cost       O(n + off[n]) time for each round.
 * Threads    One owner at a time.
 */
struct eco_core {
    uint32_t n;
    uint64_t *off;
    uint32_t *col;
    double *coef;
    double *rhs;
    double *x; /* the solution */
};

#define ECO_CORE_MAX_ROUNDS 200

/* Uninitialised arrays for n rows with `entries` coefficients in all. Release
 * it also after a failure. */
ECO_MUST_USE
int eco_core_init(struct eco_core *c, uint32_t n, uint64_t entries,
                  struct eco_err *err);

void eco_core_release(struct eco_core *c);

/* Fill x. Ends when the last sweep moved no value by more than 1e-14 of
 * itself, or after ECO_CORE_MAX_ROUNDS: the caller checks the residual of its
 * whole system anyhow. */
ECO_MUST_USE
int eco_core_solve(struct eco_core *c, uint32_t *rounds, struct eco_err *err);

#endif /* ECO_GRAPH_CORE_H */
