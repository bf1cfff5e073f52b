/* SPDX-License-Identifier: MIT */
#include "totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/str.h"

#define NOBODY UINT32_MAX
#define TEXT_BYTES 256

struct work {
    const struct eco_ref_row *rows;
    uint32_t n;
    struct eco_edge *edges; /* without loops, each pair once */
    uint64_t m;
    uint32_t *main_base; /* of each node, or NOBODY */
    uint32_t *root;      /* of each node */
    struct eco_ref_totals *t;
};

static void *more(void *array, size_t n, size_t size)
{
    void *grown = realloc(array, (n + 1) * size);

    if (!grown)
        abort();
    return grown;
}

/* --- sets, and what they sum up to ------------------------------------------------ */

static bool has(const struct eco_ref_set *s, uint32_t v)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->at[i] == v)
            return true;
    return false;
}

static void put(struct eco_ref_set *s, uint32_t v)
{
    uint32_t i;

    if (has(s, v))
        return;
    s->at = more(s->at, s->n, sizeof(*s->at));
    for (i = s->n++; i > 0 && s->at[i - 1] > v; i--)
        s->at[i] = s->at[i - 1];
    s->at[i] = v;
}

static uint32_t common(const struct eco_ref_set *a, const struct eco_ref_set *b)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < a->n; i++)
        n += has(b, a->at[i]);
    return n;
}

static int64_t sum_up(int64_t sum, int64_t known)
{
    if (known < 0)
        return sum;
    return known > ECO_MAX_COUNT - sum ? ECO_MAX_COUNT : sum + known;
}

static void total(const struct work *w, struct eco_ref_value *value)
{
    for (uint32_t i = 0; i < value->models.n; i++) {
        const struct eco_ref_row *row = &w->rows[value->models.at[i]];

        value->total.models++;
        value->total.influence += row->influence;
        value->total.likes = sum_up(value->total.likes, row->likes);
        value->total.downloads = sum_up(value->total.downloads, row->downloads);
    }
}

/* --- the graph ---------------------------------------------------------------------- */

/* Declared beats inferred, then the smaller relation. */
static bool is_better(uint8_t a, uint8_t b)
{
    if ((a ^ b) & ECO_EDGE_DECLARED)
        return a & ECO_EDGE_DECLARED;
    return (a & ECO_EDGE_RELATION) < (b & ECO_EDGE_RELATION);
}

static void add_edge(struct work *w, const struct eco_edge *e)
{
    if (e->base == e->derived)
        return;
    for (uint64_t i = 0; i < w->m; i++) {
        struct eco_edge *old = &w->edges[i];

        if (old->base == e->base && old->derived == e->derived) {
            if (is_better(e->tag, old->tag))
                old->tag = e->tag;
            return;
        }
    }
    w->edges = more(w->edges, w->m, sizeof(*w->edges));
    w->edges[w->m++] = *e;
}

static bool beats(const struct work *w, uint32_t a, uint32_t b)
{
    double x = w->rows[a].influence, y = w->rows[b].influence;

    return x > y || (x == y && a < b);
}

static void find_main_bases(struct work *w)
{
    w->main_base = more(NULL, w->n, sizeof(uint32_t));
    for (uint32_t v = 0; v < w->n; v++)
        w->main_base[v] = NOBODY;
    for (uint64_t i = 0; i < w->m; i++) {
        uint32_t *best = &w->main_base[w->edges[i].derived];

        if (*best == NOBODY || beats(w, w->edges[i].base, *best))
            *best = w->edges[i].base;
    }
}

/* n steps up: to the top, or certainly into a circle. Once around that finds
 * its smallest member. */
static uint32_t find_root(const struct work *w, uint32_t v)
{
    uint32_t smallest;

    for (uint32_t i = 0; i < w->n && w->main_base[v] != NOBODY; i++)
        v = w->main_base[v];
    smallest = v;
    for (uint32_t i = 0; i < w->n && w->main_base[v] != NOBODY; i++) {
        v = w->main_base[v];
        smallest = v < smallest ? v : smallest;
    }
    return smallest;
}

static bool is_alone(const struct work *w, uint32_t v)
{
    uint32_t members = 0;

    for (uint32_t u = 0; u < w->n; u++)
        members += w->root[u] == w->root[v];
    return members == 1;
}

/* Of the edge from the main base. */
static enum eco_relation relation_of(const struct work *w, uint32_t v)
{
    for (uint64_t i = 0; i < w->m; i++)
        if (w->edges[i].derived == v && w->edges[i].base == w->main_base[v])
            return (enum eco_relation)(w->edges[i].tag & ECO_EDGE_RELATION);
    abort();
}

/* --- which value does a node have? ------------------------------------------------------ */

struct label {
    char text[TEXT_BYTES]; /* empty: none */
    int32_t number;
};

static void label(struct label *l, const char *text, int32_t number)
{
    snprintf(l->text, sizeof(l->text), "%s", text);
    l->number = number;
}

static void label_author(struct label *l, const char *id)
{
    const char *slash = strchr(id, '/');
    size_t len = slash ? (size_t)(slash - id) : 0;

    label(l, id, 0);
    l->text[len] = 0;
    for (size_t i = 0; i < len; i++)
        l->text[i] = eco_lower(l->text[i]);
}

int32_t eco_ref_month(int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000 - (ms % 1000 < 0));
    struct tm tm;

    if (!gmtime_r(&seconds, &tm))
        abort();
    return (tm.tm_year - 70) * 12 + tm.tm_mon;
}

static void label_month(struct label *l, int64_t created)
{
    char text[16];

    if (created == ECO_TIME_UNKNOWN)
        return;
    snprintf(text, sizeof(text), "%d", eco_ref_month(created));
    label(l, text, eco_ref_month(created));
}

static void label_node(const struct work *w, uint32_t v, enum eco_facet facet,
                       struct label *l)
{
    const struct eco_ref_row *row = &w->rows[v];

    label(l, "", 0);
    switch (facet) {
    case ECO_FACET_AUTHOR:
        label_author(l, row->id);
        break;
    case ECO_FACET_TASK:
        label(l, row->task, 0);
        break;
    case ECO_FACET_LIBRARY:
        label(l, row->library, 0);
        break;
    case ECO_FACET_LICENCE:
        label(l, row->licence, 0);
        break;
    case ECO_FACET_FAMILY:
        if (!is_alone(w, v))
            label(l, w->rows[w->root[v]].id, (int32_t)w->root[v]);
        break;
    case ECO_FACET_KIND:
        label(l, "kind", row->kind);
        break;
    case ECO_FACET_RELATION:
        if (w->main_base[v] != NOBODY)
            label(l, "relation", (int32_t)relation_of(w, v));
        break;
    case ECO_FACET_MONTH:
        label_month(l, row->created);
        break;
    case ECO_FACET_LANGUAGE:
    case ECO_FACET_YEAR:
        break;
    }
}

/* --- values ------------------------------------------------------------------------------- */

static struct eco_ref_value *value_of(struct eco_ref_facet *f,
                                      const struct label *l)
{
    struct eco_ref_value *value;

    if (!l->text[0])
        return &f->none;
    for (uint32_t i = 0; i < f->n; i++) {
        value = &f->values[i];
        if (!strcmp(value->text, l->text) && value->number == l->number)
            return value;
    }
    f->values = more(f->values, f->n, sizeof(*f->values));
    value = &f->values[f->n++];
    *value =
        (struct eco_ref_value){ .text = strdup(l->text), .number = l->number };
    if (!value->text)
        abort();
    return value;
}

static void put_node(const struct work *w, struct eco_ref_value *value,
                     uint32_t v)
{
    put(&value->nodes, v);
    if (!w->rows[v].is_placeholder)
        put(&value->models, v);
}

static void put_languages(const struct work *w, struct eco_ref_facet *f,
                          uint32_t v)
{
    const struct eco_ref_row *row = &w->rows[v];
    struct label l;

    label(&l, "", 0);
    if (!row->n_languages)
        put_node(w, &f->none, v);
    for (uint32_t i = 0; i < row->n_languages; i++) {
        label(&l, row->languages[i], 0);
        put_node(w, value_of(f, &l), v);
    }
}

/* Placeholders belong to authors and families, and to nothing else. */
static bool can_have(const struct work *w, uint32_t v, enum eco_facet facet)
{
    return !w->rows[v].is_placeholder || facet == ECO_FACET_AUTHOR ||
           facet == ECO_FACET_FAMILY;
}

/* Values that are there without a model. */
static void put_fixed(struct eco_ref_facet *f, enum eco_facet facet)
{
    struct label l;
    int32_t n = 0;

    label(&l, facet == ECO_FACET_KIND ? "kind" : "relation", 0);
    if (facet == ECO_FACET_KIND)
        n = ECO_AUTHOR_KINDS;
    if (facet == ECO_FACET_RELATION)
        n = ECO_RELATIONS;
    for (l.number = 0; l.number < n; l.number++)
        (void)value_of(f, &l);
}

static void put_all(const struct work *w, enum eco_facet facet)
{
    struct eco_ref_facet *f = &w->t->facet[facet];
    struct label l;

    put_fixed(f, facet);
    for (uint32_t v = 0; v < w->n; v++) {
        if (!can_have(w, v, facet))
            continue;
        if (facet == ECO_FACET_LANGUAGE) {
            put_languages(w, f, v);
        } else {
            label_node(w, v, facet, &l);
            put_node(w, value_of(f, &l), v);
        }
    }
}

/* --- order ----------------------------------------------------------------------------------- */

/* <0: a has more influence, or as much and more models. */
static int cmp_weight(const struct eco_ref_value *a,
                      const struct eco_ref_value *b)
{
    const struct eco_total *x = &a->total, *y = &b->total;

    if (x->influence != y->influence)
        return x->influence > y->influence ? -1 : 1;
    return (x->models < y->models) - (x->models > y->models);
}

static int by_key(const void *a, const void *b)
{
    const struct eco_ref_value *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Authors and families; without case. */
static int by_weight(const void *a, const void *b)
{
    const struct eco_ref_value *x = a, *y = b;
    int c = cmp_weight(x, y);

    return c ? c : strcasecmp(x->text, y->text);
}

static void sum_facet(const struct work *w, enum eco_facet facet)
{
    struct eco_ref_facet *f = &w->t->facet[facet];
    bool weighed = facet == ECO_FACET_AUTHOR || facet == ECO_FACET_FAMILY;

    for (uint32_t i = 0; i < f->n; i++)
        total(w, &f->values[i]);
    total(w, &f->none);
    if (f->n)
        qsort(f->values, f->n, sizeof(*f->values),
              weighed ? by_weight : by_key);
}

/* --- others ------------------------------------------------------------------------------------ */

static bool is_value(enum eco_facet facet, const struct eco_ref_value *value)
{
    if (facet == ECO_FACET_LANGUAGE &&
        (!strcmp(value->text, "multilingual") || !strcmp(value->text, "code")))
        return false;
    return value->models.n > 0;
}

/* Before how many values does this one stand? */
static uint32_t place(enum eco_facet facet, const struct eco_ref_facet *f,
                      uint32_t i)
{
    uint32_t before = 0;

    for (uint32_t k = 0; k < f->n; k++) {
        int c = cmp_weight(&f->values[k], &f->values[i]);

        before += is_value(facet, &f->values[k]) && (c < 0 || (!c && k < i));
    }
    return before;
}

static void find_others(const struct work *w, enum eco_facet facet)
{
    struct eco_ref_facet *f = &w->t->facet[facet];
    uint32_t top = facet == ECO_FACET_TASK ? 100 : 20;
    struct eco_ref_set listed = { 0 };

    for (uint32_t i = 0; i < f->n; i++)
        if (is_value(facet, &f->values[i]) && place(facet, f, i) < top)
            for (uint32_t k = 0; k < f->values[i].models.n; k++)
                put(&listed, f->values[i].models.at[k]);
    for (uint32_t i = 0; i < f->n; i++) {
        if (!is_value(facet, &f->values[i]) || place(facet, f, i) < top)
            continue;
        f->n_others++;
        for (uint32_t k = 0; k < f->values[i].models.n; k++)
            if (!has(&listed, f->values[i].models.at[k]))
                put_node(w, &f->others, f->values[i].models.at[k]);
    }
    total(w, &f->others);
    free(listed.at);
}

/* --- growth -------------------------------------------------------------------------------------- */

static void add_cell(const struct work *w, enum eco_facet facet, int32_t month,
                     uint32_t entry, uint32_t models)
{
    struct eco_ref_totals *t = w->t;
    uint32_t n = t->n_growth[facet];

    if (!models)
        return;
    t->growth[facet] = more(t->growth[facet], n, sizeof(struct eco_growth));
    t->growth[facet][n] = (struct eco_growth){ month, entry, models };
    t->n_growth[facet]++;
}

/* Dictionaries begin with "none"; relations end with it. */
static void grow(const struct work *w, enum eco_facet facet)
{
    const struct eco_ref_facet *months = &w->t->facet[ECO_FACET_MONTH];
    const struct eco_ref_facet *f = &w->t->facet[facet];
    bool is_last = facet == ECO_FACET_RELATION;

    for (uint32_t k = 0; k < months->n; k++) {
        const struct eco_ref_value *month = &months->values[k];

        if (!is_last)
            add_cell(w, facet, month->number, 0,
                     common(&month->models, &f->none.models));
        for (uint32_t i = 0; i < f->n; i++)
            add_cell(w, facet, month->number, is_last ? i : i + 1,
                     common(&month->models, &f->values[i].models));
        if (is_last)
            add_cell(w, facet, month->number, f->n,
                     common(&month->models, &f->none.models));
    }
}

/* --- licence drift ----------------------------------------------------------------------------------- */

static struct eco_ref_pair *pair_of(struct eco_ref_totals *t, const char *base,
                                    const char *derived)
{
    for (uint32_t i = 0; i < t->n_pairs; i++)
        if (!strcmp(t->pairs[i].base, base) &&
            !strcmp(t->pairs[i].derived, derived))
            return &t->pairs[i];
    t->pairs = more(t->pairs, t->n_pairs, sizeof(*t->pairs));
    t->pairs[t->n_pairs] =
        (struct eco_ref_pair){ .base = base, .derived = derived };
    return &t->pairs[t->n_pairs++];
}

/* "None" is the empty text and so the first. */
static int by_licences(const void *a, const void *b)
{
    const struct eco_ref_pair *x = a, *y = b;
    int c = strcmp(x->base, y->base);

    return c ? c : strcmp(x->derived, y->derived);
}

static void drift(const struct work *w)
{
    for (uint64_t i = 0; i < w->m; i++) {
        const struct eco_edge *e = &w->edges[i];
        const struct eco_ref_row *base = &w->rows[e->base];
        const struct eco_ref_row *derived = &w->rows[e->derived];
        struct eco_ref_pair *pair;

        if (base->is_placeholder || derived->is_placeholder)
            continue;
        pair = pair_of(w->t, base->licence, derived->licence);
        pair->edges++;
        put(&pair->models, e->derived);
    }
    if (w->t->n_pairs)
        qsort(w->t->pairs, w->t->n_pairs, sizeof(*w->t->pairs), by_licences);
}

/* --- all of it ------------------------------------------------------------------------------------------ */

static void count_all(struct work *w)
{
    for (uint32_t v = 0; v < w->n; v++)
        put_node(w, &w->t->all, v);
    total(w, &w->t->all);
    for (int f = 0; f < ECO_FACETS; f++) {
        enum eco_facet facet = (enum eco_facet)f;

        if (facet == ECO_FACET_YEAR)
            continue;
        put_all(w, facet);
        sum_facet(w, facet);
        if (f < ECO_FACETS_WITH_OTHERS)
            find_others(w, facet);
    }
    grow(w, ECO_FACET_TASK);
    grow(w, ECO_FACET_LIBRARY);
    grow(w, ECO_FACET_LICENCE);
    grow(w, ECO_FACET_RELATION);
    drift(w);
}

struct eco_ref_totals *eco_ref_totals_new(const struct eco_ref_row *rows,
                                          uint32_t n,
                                          const struct eco_edge *edges,
                                          uint64_t m)
{
    struct work w = { .rows = rows, .n = n };

    w.t = calloc(1, sizeof(*w.t));
    if (!w.t)
        abort();
    for (uint64_t i = 0; i < m; i++)
        add_edge(&w, &edges[i]);
    find_main_bases(&w);
    w.root = more(NULL, n, sizeof(uint32_t));
    for (uint32_t v = 0; v < n; v++)
        w.root[v] = find_root(&w, v);
    count_all(&w);
    free(w.edges);
    free(w.main_base);
    free(w.root);
    return w.t;
}

static void free_value(struct eco_ref_value *value)
{
    free(value->text);
    free(value->nodes.at);
    free(value->models.at);
}

void eco_ref_totals_free(struct eco_ref_totals *t)
{
    if (!t)
        return;
    free_value(&t->all);
    for (int f = 0; f < ECO_FACETS; f++) {
        for (uint32_t i = 0; i < t->facet[f].n; i++)
            free_value(&t->facet[f].values[i]);
        free(t->facet[f].values);
        free_value(&t->facet[f].none);
        free_value(&t->facet[f].others);
        free(t->growth[f]);
    }
    for (uint32_t i = 0; i < t->n_pairs; i++)
        free(t->pairs[i].models.at);
    free(t->pairs);
    free(t);
}
