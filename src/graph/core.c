/* SPDX-License-Identifier: MIT */
#include "graph/core.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"

/* Relative to every single value, so that small families come out as exact as
 * large ones. */
#define SETTLED 1e-14

/* The default parameters need about twelve sweeps. When these are not enough,
 * the parameters are close to the limit of contraction. */
#define PLAIN_ROUNDS 32

/* What one acceleration aims at: a squared norm this much smaller. */
#define REDUCED 1e-26

int eco_core_init(struct eco_core *c, uint32_t n, uint64_t entries,
                  struct eco_err *err)
{
    *c = (struct eco_core){ .n = n };
    c->off = eco_alloc_array((size_t)n + 1, sizeof(*c->off));
    c->col = eco_alloc_array(entries, sizeof(*c->col));
    c->coef = eco_alloc_array(entries, sizeof(*c->coef));
    c->rhs = eco_alloc_array(n, sizeof(*c->rhs));
    c->x = eco_alloc_array(n, sizeof(*c->x));
    if (!c->off || !c->col || !c->coef || !c->rhs || !c->x)
        return eco_fail(err, ECO_ENOMEM,
                        "influence: no memory for a core of %" PRIu32
                        " nodes with %" PRIu64 " neighbours",
                        n, entries);
    return 0;
}

void eco_core_release(struct eco_core *c)
{
    eco_free(c->off);
    eco_free(c->col);
    eco_free(c->coef);
    eco_free(c->rhs);
    eco_free(c->x);
    *c = (struct eco_core){ 0 };
}

/* --- sweeps ------------------------------------------------------------ */

static double row_sum(const struct eco_core *c, size_t i, const double *x)
{
    double sum = 0;

    for (uint64_t e = c->off[i]; e < c->off[i + 1]; e++)
        sum += c->coef[e] * x[c->col[e]];
    return sum;
}

/* One sweep over x. Returns how many rows still moved. */
static size_t sweep(struct eco_core *c)
{
    size_t moved = 0;

    for (size_t i = 0; i < c->n; i++) {
        double x = c->rhs[i] + row_sum(c, i, c->x);

        moved += !(fabs(x - c->x[i]) <= SETTLED * fabs(x));
        c->x[i] = x;
    }
    return moved;
}

/* r = what a sweep and one back from the last row would add to x. */
static void change(const struct eco_core *c, double *r)
{
    memcpy(r, c->x, c->n * sizeof(*r));
    for (size_t i = 0; i < c->n; i++)
        r[i] = c->rhs[i] + row_sum(c, i, r);
    for (size_t i = c->n; i-- > 0;)
        r[i] = c->rhs[i] + row_sum(c, i, r);
    for (size_t i = 0; i < c->n; i++)
        r[i] -= c->x[i];
}

/* out = in - (what the two sweeps make of in without right sides). */
static void apply(const struct eco_core *c, const double *in, double *out)
{
    memcpy(out, in, c->n * sizeof(*out));
    for (size_t i = 0; i < c->n; i++)
        out[i] = row_sum(c, i, out);
    for (size_t i = c->n; i-- > 0;)
        out[i] = row_sum(c, i, out);
    for (size_t i = 0; i < c->n; i++)
        out[i] = in[i] - out[i];
}

/* --- acceleration ------------------------------------------------------ */

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/*
 * BiCGStab on "a sweep there and back changes nothing", from the present x;
 * each such pair is one round. Ends when the change is small, when the rounds
 * are used up but for a last sweep, or when it breaks down. `work` has 5 n entries. Returns whether x is better now.
 */
static bool bicgstab(struct eco_core *c, uint32_t *rounds, double *work)
{
    size_t n = c->n;
    double *r = work, *r0 = r + n, *p = r0 + n, *v = p + n, *t = v + n;
    double rho = 1, alpha = 1, omega = 1, start;

    change(c, r);
    memcpy(r0, r, n * sizeof(*r));
    memset(p, 0, n * sizeof(*p));
    memset(v, 0, n * sizeof(*v));
    start = dot(r, r, n);
    while (*rounds + 2 < ECO_CORE_MAX_ROUNDS &&
           dot(r, r, n) > REDUCED * start) {
        double rho_old = rho, beta;

        rho = dot(r0, r, n);
        beta = rho / rho_old * (alpha / omega);
        for (size_t i = 0; i < n; i++)
            p[i] = r[i] + beta * (p[i] - omega * v[i]);
        apply(c, p, v);
        alpha = rho / dot(r0, v, n);
        for (size_t i = 0; i < n; i++)
            r[i] -= alpha * v[i];
        apply(c, r, t);
        omega = dot(t, r, n) / dot(t, t, n);
        *rounds += 2;
        if (!isfinite(alpha) || !isfinite(omega))
            return false;
        for (size_t i = 0; i < n; i++) {
            c->x[i] += alpha * p[i] + omega * r[i];
            r[i] -= omega * t[i];
        }
    }
    return dot(r, r, n) < start;
}

static int accelerate(struct eco_core *c, uint32_t *rounds, struct eco_err *err)
{
    double *work = eco_alloc_array(c->n, 6 * sizeof(*work));
    double *before;

    if (!work)
        return eco_fail(err, ECO_ENOMEM,
                        "influence: no memory to accelerate a core of %" PRIu32
                        " nodes",
                        c->n);
    before = work + 5 * (size_t)c->n;
    memcpy(before, c->x, c->n * sizeof(*before));
    if (!bicgstab(c, rounds, work))
        memcpy(c->x, before, c->n * sizeof(*before));
    eco_free(work);
    return 0;
}

int eco_core_solve(struct eco_core *c, uint32_t *rounds, struct eco_err *err)
{
    *rounds = 0;
    memcpy(c->x, c->rhs, c->n * sizeof(*c->x));
    for (uint32_t plain = 1; *rounds < ECO_CORE_MAX_ROUNDS; plain++) {
        ++*rounds;
        if (sweep(c) == 0)
            break;
        if (plain % PLAIN_ROUNDS == 0) {
            int rc = accelerate(c, rounds, err);

            if (rc)
                return rc;
        }
    }
    return 0;
}
