/* SPDX-License-Identifier: MIT */
#include "snapshot/verify.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "snapshot/verify_internal.h"

void eco_verify_problem(struct eco_verify *c, const char *fmt, ...)
{
    char message[ECO_ERR_MSG_BYTES];
    va_list ap;

    if (c->out->count++ >= ECO_VERIFY_MAX_REPORTS || !c->out->report)
        return;
    va_start(ap, fmt);
    vsnprintf(message, sizeof(message), fmt, ap);
    va_end(ap);
    c->out->report(c->out->arg, message);
}

bool eco_verify_texts(struct eco_verify *c, const char *section,
                      const uint64_t *off, const char *text, uint32_t n,
                      bool may_be_empty)
{
    for (uint32_t i = 0; i < n; i++) {
        struct eco_str s;

        if (off[i] > off[i + 1] || off[i + 1] > off[n]) {
            eco_verify_problem(c, "%s: entry %u: [%ju, %ju) of %ju bytes",
                               section, i, (uintmax_t)off[i],
                               (uintmax_t)off[i + 1], (uintmax_t)off[n]);
            return false;
        }
        s.ptr = text + off[i];
        s.len = (size_t)(off[i + 1] - off[i]);
        if (!s.len && !may_be_empty)
            eco_verify_problem(c, "%s: entry %u is empty", section, i);
        if (s.len && (!eco_str_is_utf8(s) || memchr(s.ptr, 0, s.len)))
            eco_verify_problem(c, "%s: entry %u is not UTF-8 text", section, i);
    }
    return true;
}

static void check_numbers(struct eco_verify *c, const char *name,
                          const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(value[i]) || value[i] < 0)
            eco_verify_problem(c, "meta: %s[%zu] is %g", name, i, value[i]);
}

static void check_meta(struct eco_verify *c)
{
    const struct eco_snap_meta *m = c->s->meta;

    if (m->data > ECO_DATA_SYNTHETIC)
        eco_verify_problem(c, "meta: data is %u, of no known kind", m->data);
    check_numbers(c, "weights", m->weights, 4);
    check_numbers(c, "alpha", m->alpha, 3);
    check_numbers(c, "lambda", m->lambda, 2);
    check_numbers(c, "relations", m->relations, 4);
    if (!(m->residual >= 0 && m->residual <= ECO_VERIFY_TOLERANCE))
        eco_verify_problem(c, "meta: residual is %g, more than %g", m->residual,
                           ECO_VERIFY_TOLERANCE);
    for (size_t i = 0; i < sizeof(m->zero); i++)
        if (m->zero[i])
            eco_verify_problem(c, "meta: byte %zu is not zero",
                               offsetof(struct eco_snap_meta, zero) + i);
}

/* Families, and all that is counted. */
static int check_groups(struct eco_verify *c, struct eco_err *err)
{
    int rc = c->graph_ok ? eco_verify_families(c, err) : 0;

    eco_verify_members(c);
    if (!rc)
        rc = eco_verify_totals(c, err);
    if (!rc)
        rc = eco_verify_others(c, err);
    if (!rc)
        rc = eco_verify_growth(c, err);
    if (!rc && c->graph_ok)
        rc = eco_verify_drift(c, err);
    return rc;
}

int eco_snap_verify(const struct eco_snap *s,
                    struct eco_snap_problems *problems, struct eco_err *err)
{
    struct eco_verify c = { .s = s, .out = problems };
    int rc;

    problems->count = 0;
    check_meta(&c);
    rc = eco_verify_ids(&c, err);
    if (!rc)
        rc = eco_verify_facets(&c, err);
    if (!rc)
        rc = eco_verify_graph(&c, err);
    if (rc)
        return rc;
    if (c.graph_ok)
        eco_verify_influence(&c);
    eco_verify_ranks(&c);
    rc = check_groups(&c, err);
    return rc ? rc : eco_verify_grams(&c, err);
}
