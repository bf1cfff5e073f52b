/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include <string.h>

#include "base/alloc.h"

#define TOP_VALUES 20
#define TOP_TASKS 100

/* Of a value, and what a model has of one or several. */
enum mark { IS_VALUE = 1u << 0, IN_TOP = 1u << 1 };

struct others {
    struct eco_verify *c;
    enum eco_facet facet;
    uint32_t n;     /* entries of the facet */
    uint8_t *value; /* n */
    uint8_t *model; /* R */
    uint8_t now;    /* what the language being walked is */
};

/* --- the values ----------------------------------------------------------------------- */

/* "multilingual" and "code" say nothing about a language. */
static bool is_no_language(const struct eco_snap *s, uint32_t entry)
{
    struct eco_str text = eco_snap_dict_text(&s->languages, entry);

    return eco_str_is(text, "multilingual") || eco_str_is(text, "code");
}

static bool is_value(const struct others *o, uint32_t entry)
{
    const struct eco_snap *s = o->c->s;

    if (!s->total[o->facet][entry].models)
        return false;
    if (o->facet == ECO_FACET_AUTHOR || o->facet == ECO_FACET_FAMILY)
        return entry < o->n - 1; /* the last: models without */
    return entry &&
           !(o->facet == ECO_FACET_LANGUAGE && is_no_language(s, entry));
}

/* The best values, best first; earlier numbers stay before equal ones. */
static void choose_top(struct others *o)
{
    const struct eco_total *total = o->c->s->total[o->facet];
    uint32_t max = o->facet == ECO_FACET_TASK ? TOP_TASKS : TOP_VALUES;
    uint32_t top[TOP_TASKS], n = 0;

    for (uint32_t i = 0; i < o->n; i++) {
        uint32_t at = n;

        if (!is_value(o, i))
            continue;
        o->value[i] = IS_VALUE;
        while (at && eco_verify_cmp_totals(&total[i], &total[top[at - 1]]) < 0)
            at--;
        if (at == max)
            continue;
        if (n < max)
            n++;
        memmove(top + at + 1, top + at, (n - 1 - at) * sizeof(*top));
        top[at] = i;
    }
    for (uint32_t i = 0; i < n; i++)
        o->value[top[i]] |= IN_TOP;
}

/* --- the models ----------------------------------------------------------------------- */

static void mark_language(void *arg, uint32_t v)
{
    struct others *o = arg;

    o->model[v] |= o->now;
}

static int mark_models(struct others *o, struct eco_err *err)
{
    const struct eco_snap *s = o->c->s;
    int rc = 0;

    if (o->facet != ECO_FACET_LANGUAGE) {
        for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
            uint32_t entry = eco_verify_entry(s, o->facet, v);

            if (entry < o->n)
                o->model[v] = o->value[entry];
        }
        return 0;
    }
    for (uint32_t e = 0; !rc && e < o->n; e++) {
        o->now = o->value[e];
        if (o->now)
            rc = eco_verify_walk(o->c, &s->languages, e, mark_language, o, err);
    }
    return rc;
}

static void compare(const struct others *o)
{
    const struct eco_snap *s = o->c->s;
    const struct eco_others *found = &s->others[o->facet];
    struct eco_others wanted = { 0 };

    for (uint32_t i = 0; i < o->n; i++)
        wanted.values += o->value[i] == IS_VALUE;
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        if (o->model[v] != IS_VALUE)
            continue;
        eco_verify_add(s, v, &wanted.total);
        if (wanted.n < ECO_FACET_TEN)
            wanted.top[wanted.n++] = v;
    }
    eco_verify_total(o->c, "others", o->facet, &found->total, &wanted.total);
    if (found->values != wanted.values)
        eco_verify_problem(o->c, "others: entry %u: %u values, not %u",
                           o->facet, found->values, wanted.values);
    if (found->n != wanted.n ||
        memcmp(found->top, wanted.top, sizeof(wanted.top)) != 0)
        eco_verify_problem(o->c,
                           "others: entry %u: not the most influential models",
                           o->facet);
}

static int check_facet(struct eco_verify *c, enum eco_facet facet,
                       struct eco_err *err)
{
    struct others o = { .c = c,
                        .facet = facet,
                        .n = eco_verify_entries(c->s, facet) };
    int rc;

    o.value = eco_calloc(o.n, 1);
    o.model = eco_calloc(c->s->meta->n_ranked, 1);
    if (!o.value || !o.model) {
        rc = eco_fail(err, ECO_ENOMEM, "no memory to check %u values", o.n);
        goto done;
    }
    choose_top(&o);
    rc = mark_models(&o, err);
    if (!rc)
        compare(&o);
done:
    eco_free(o.value);
    eco_free(o.model);
    return rc;
}

int eco_verify_others(struct eco_verify *c, struct eco_err *err)
{
    int rc = 0;

    for (int i = 0; !rc && i < ECO_FACETS_WITH_OTHERS; i++)
        if (i != ECO_FACET_LANGUAGE || c->languages_ok)
            rc = check_facet(c, (enum eco_facet)i, err);
    return rc;
}
