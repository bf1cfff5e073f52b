/* SPDX-License-Identifier: MIT */
#include "influence.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"

#define MAX_SWEEPS 1000000

/* share / max(1, number) * sum of w I over one row of neighbours */
static double flow(const struct eco_influence_params *p, double share,
                   const uint64_t *off, const uint32_t *end, const uint8_t *tag,
                   uint32_t v, const double *influence)
{
    uint64_t number = off[v + 1] - off[v];
    double sum = 0;

    for (uint64_t e = off[v]; e < off[v + 1]; e++)
        sum += p->relations[tag[e] & ECO_EDGE_RELATION] * influence[end[e]];
    return share / (double)(number > 1 ? number : 1) * sum;
}

/* Returns whether a value changed by more than rounding. */
static int sweep(const struct eco_graph *g,
                 const struct eco_influence_params *p, const double *own,
                 const double *old, double *influence, double *children,
                 double *parents)
{
    int changed = 0;

    for (uint32_t v = 0; v < g->n; v++) {
        children[v] =
            flow(p, p->alpha[1], g->down_off, g->down, g->down_tag, v, old);
        parents[v] = flow(p, p->alpha[2], g->up_off, g->up, g->up_tag, v, old);
        influence[v] = own[v] + children[v] + parents[v];
        if (fabs(influence[v] - old[v]) > 1e-15 * fabs(influence[v]))
            changed = 1;
    }
    return changed;
}

int eco_ref_influence(const struct eco_graph *g,
                      const struct eco_influence_params *params,
                      const double *own, double *influence, double *children,
                      double *parents)
{
    double *old = eco_calloc(g->n, sizeof(*old));
    int rc = ECO_ECONVERGE;

    if (!old)
        return ECO_ENOMEM;
    for (int i = 0; i < MAX_SWEEPS && rc; i++) {
        if (!sweep(g, params, own, old, influence, children, parents))
            rc = 0;
        if (g->n)
            memcpy(old, influence, g->n * sizeof(*old));
    }
    eco_free(old);
    return rc;
}
