/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include <math.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"

/* --- what a model counts in --------------------------------------------------------- */

bool eco_verify_month(const struct eco_snap *s, uint32_t v, int32_t *month)
{
    if (s->created[v] < 0 || s->created[v] >= ECO_TIME_END)
        return false;
    *month = eco_month_of(s->created[v]);
    return true;
}

static uint32_t month_entry(const struct eco_snap *s, uint32_t v)
{
    uint32_t lo = 0, hi = s->n_months;
    int32_t month;

    if (!eco_verify_month(s, v, &month))
        return s->n_months;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (s->month_key[mid] < month)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < s->n_months && s->month_key[lo] == month)
        return lo;
    return UINT32_MAX;
}

uint8_t eco_verify_kind(const struct eco_snap *s, uint32_t v)
{
    uint32_t author = s->author[v];

    return author < s->meta->n_authors ? s->author_kind[author]
                                       : ECO_AUTHOR_UNKNOWN;
}

static uint32_t relation(const struct eco_snap *s, uint32_t v)
{
    uint64_t e;

    if (!eco_verify_main_base(s, v, &e))
        return ECO_RELATIONS;
    return s->graph.up_tag[e] & ECO_EDGE_RELATION;
}

uint32_t eco_verify_entry(const struct eco_snap *s, enum eco_facet facet,
                          uint32_t v)
{
    switch (facet) {
    case ECO_FACET_AUTHOR:
        return s->author[v] == ECO_SNAP_NO_AUTHOR ? s->meta->n_authors
                                                  : s->author[v];
    case ECO_FACET_TASK:
        return s->task[v];
    case ECO_FACET_LIBRARY:
        return s->library[v];
    case ECO_FACET_LICENCE:
        return s->licence[v];
    case ECO_FACET_FAMILY:
        return s->family[v] == ECO_SNAP_NO_FAMILY ? s->n_families
                                                  : s->family[v];
    case ECO_FACET_KIND:
        return eco_verify_kind(s, v);
    case ECO_FACET_RELATION:
        return relation(s, v);
    case ECO_FACET_MONTH:
        return month_entry(s, v);
    case ECO_FACET_LANGUAGE: /* several */
    case ECO_FACET_YEAR:     /* not in the file */
        break;
    }
    return UINT32_MAX;
}

uint32_t eco_verify_entries(const struct eco_snap *s, enum eco_facet facet)
{
    switch (facet) {
    case ECO_FACET_LANGUAGE:
        return s->languages.n;
    case ECO_FACET_AUTHOR:
        return s->meta->n_authors + 1;
    case ECO_FACET_TASK:
        return s->tasks.n;
    case ECO_FACET_LIBRARY:
        return s->libraries.n;
    case ECO_FACET_LICENCE:
        return s->licences.n;
    case ECO_FACET_FAMILY:
        return s->n_families + 1;
    case ECO_FACET_KIND:
        return ECO_AUTHOR_KINDS;
    case ECO_FACET_RELATION:
        return ECO_RELATIONS + 1;
    case ECO_FACET_MONTH:
        return s->n_months + 1;
    case ECO_FACET_YEAR:
        break;
    }
    return 0;
}

/* --- adding and comparing ------------------------------------------------------------- */

/* The sum stays at its maximum; an unknown number adds nothing. */
static void add_count(int64_t *sum, int64_t count)
{
    if (count > ECO_MAX_COUNT - *sum)
        *sum = ECO_MAX_COUNT;
    else if (count > 0)
        *sum += count;
}

void eco_verify_add(const struct eco_snap *s, uint32_t v,
                    struct eco_total *total)
{
    total->models++;
    total->influence += s->influence[v];
    add_count(&total->likes, s->likes[v]);
    add_count(&total->downloads, s->downloads[v]);
}

/* Values that are no numbers are never near. */
static bool is_near(double found, double wanted)
{
    return fabs(found - wanted) <= ECO_VERIFY_TOLERANCE * fabs(wanted);
}

void eco_verify_total(struct eco_verify *c, const char *name, uint32_t entry,
                      const struct eco_total *found,
                      const struct eco_total *wanted)
{
    if (found->models != wanted->models || found->likes != wanted->likes ||
        found->downloads != wanted->downloads ||
        !is_near(found->influence, wanted->influence))
        eco_verify_problem(
            c,
            "%s: entry %u: %ju models, %.17g, %jd likes, %jd"
            " downloads, not %ju, %.17g, %jd, %jd",
            name, entry, (uintmax_t)found->models, found->influence,
            (intmax_t)found->likes, (intmax_t)found->downloads,
            (uintmax_t)wanted->models, wanted->influence,
            (intmax_t)wanted->likes, (intmax_t)wanted->downloads);
}

/* --- every facet ------------------------------------------------------------------------ */

static void check_all(struct eco_verify *c)
{
    struct eco_total sum = { 0 };

    for (uint32_t v = 0; v < c->s->meta->n_ranked; v++)
        eco_verify_add(c->s, v, &sum);
    eco_verify_total(c, "total.all", 0, c->s->total_all, &sum);
}

static int check_facet(struct eco_verify *c, const char *name,
                       enum eco_facet facet, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    uint32_t n = eco_verify_entries(s, facet);
    struct eco_total *sum = eco_calloc(n, sizeof(*sum));

    if (!sum)
        return eco_fail(err, ECO_ENOMEM, "no memory to check %u totals", n);
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        uint32_t entry = eco_verify_entry(s, facet, v);

        if (entry < n)
            eco_verify_add(s, v, &sum[entry]);
    }
    for (uint32_t i = 0; i < n; i++)
        eco_verify_total(c, name, i, &s->total[facet][i], &sum[i]);
    eco_free(sum);
    return 0;
}

struct language_sum {
    const struct eco_snap *s;
    struct eco_total total;
};

static void add_to_language(void *arg, uint32_t v)
{
    struct language_sum *sum = arg;

    eco_verify_add(sum->s, v, &sum->total);
}

static int check_languages(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;

    for (uint32_t e = 0; e < s->languages.n; e++) {
        struct language_sum sum = { .s = s };
        int rc =
            eco_verify_walk(c, &s->languages, e, add_to_language, &sum, err);

        if (rc)
            return rc;
        eco_verify_total(c, "total.language", e,
                         &s->total[ECO_FACET_LANGUAGE][e], &sum.total);
    }
    return 0;
}

int eco_verify_totals(struct eco_verify *c, struct eco_err *err)
{
    static const struct {
        enum eco_facet facet;
        const char *name;
    } facets[] = {
        { ECO_FACET_AUTHOR, "total.author" },
        { ECO_FACET_TASK, "total.task" },
        { ECO_FACET_LIBRARY, "total.library" },
        { ECO_FACET_LICENCE, "total.licence" },
        { ECO_FACET_FAMILY, "total.family" },
        { ECO_FACET_KIND, "total.kind" },
        { ECO_FACET_RELATION, "total.relation" },
        { ECO_FACET_MONTH, "total.month" },
    };
    int rc = 0;

    check_all(c);
    for (size_t i = 0; !rc && i < sizeof(facets) / sizeof(facets[0]); i++)
        if (facets[i].facet != ECO_FACET_RELATION || c->graph_ok)
            rc = check_facet(c, facets[i].name, facets[i].facet, err);
    return rc || !c->languages_ok ? rc : check_languages(c, err);
}
