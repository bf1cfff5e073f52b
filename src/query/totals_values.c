/* SPDX-License-Identifier: MIT */
#include "query/totals.h"

#include "base/alloc.h"
#include "query/parts.h"
#include "snapshot/bitmap.h"

#define INSERTION_SORT_MAX 16

/* --- the best of many ----------------------------------------------------------- */

struct entry {
    double size;
    uint32_t models;
    uint32_t value;
};

/* Collects the first `keep` of all entries that are put in. There is room for
 * more, so that most of the later ones are turned away by one comparison. */
struct best {
    struct entry *entry;
    size_t keep, room, n;
    struct entry last; /* the last one worth keeping, once there was a cut */
    bool was_cut;
};

static bool is_before(const struct entry *a, const struct entry *b)
{
    if (a->size != b->size)
        return a->size > b->size;
    if (a->models != b->models)
        return a->models > b->models;
    return a->value < b->value;
}

static void insertion_sort(struct entry *e, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct entry v = e[i];
        size_t j = i;

        for (; j && is_before(&v, &e[j - 1]); j--)
            e[j] = e[j - 1];
        e[j] = v;
    }
}

/* Split around a member taken from anywhere; where the lower part begins.
 * Both parts are smaller than n. */
static size_t split(struct entry *e, size_t n)
{
    struct entry pivot = e[(n * UINT64_C(2654435761) >> 7) % n];
    size_t i = 0, j = n - 1;

    for (;;) {
        struct entry swap;

        while (is_before(&e[i], &pivot))
            i++;
        while (is_before(&pivot, &e[j]))
            j--;
        if (i >= j)
            return i ? i : 1;
        swap = e[i];
        e[i++] = e[j];
        e[j--] = swap;
    }
}

/* Bring the members of places from .. to-1 to where sorting would put them,
 * and sort nothing else. */
static void sort_places(struct entry *e, size_t n, size_t from, size_t to)
{
    while (n > INSERTION_SORT_MAX) {
        size_t high = split(e, n);

        if (from < high && to > high) {
            sort_places(e, high, from, high);
            from = high;
        }
        if (from >= high) {
            e += high;
            n -= high;
            from -= high;
            to -= high;
        } else {
            n = high;
        }
    }
    insertion_sort(e, n);
}

/* Of at most `all` entries. */
static int best_init(struct best *b, uint64_t keep, size_t all,
                     struct eco_err *err)
{
    *b = (struct best){ .keep = keep < all ? (size_t)keep : all };
    b->room = b->keep < all / 2 ? 2 * b->keep : all;
    b->entry = eco_alloc_array(b->room, sizeof(*b->entry));
    return b->entry
               ? 0
               : eco_fail(err, ECO_ENOMEM, "no memory for %zu values", b->room);
}

static void best_put(struct best *b, struct entry e)
{
    if (!b->keep)
        return;
    if (b->n == b->room) {
        sort_places(b->entry, b->n, b->keep - 1, b->keep);
        b->n = b->keep;
        b->last = b->entry[b->keep - 1];
        b->was_cut = true;
    }
    if (!b->was_cut || is_before(&e, &b->last))
        b->entry[b->n++] = e;
}

/* Those from `skip` on, in order; returns how many. */
static uint32_t best_take(struct best *b, uint64_t skip, uint32_t *out)
{
    size_t end = b->n < b->keep ? b->n : b->keep;
    size_t from = skip < end ? (size_t)skip : end;

    if (from == end)
        return 0;
    sort_places(b->entry, b->n, from, end);
    for (size_t i = from; i < end; i++)
        out[i - from] = b->entry[i].value;
    return (uint32_t)(end - from);
}

/* --- values ------------------------------------------------------------------------ */

static uint32_t last_value(const struct eco_snap *s, enum eco_facet facet)
{
    const struct eco_snap_dict *dict = eco_facet_dict(s, facet);

    if (dict)
        return dict->n;
    switch (facet) {
    case ECO_FACET_AUTHOR:
        return s->meta->n_authors;
    case ECO_FACET_FAMILY:
        return s->n_families;
    case ECO_FACET_KIND:
        return ECO_AUTHOR_KINDS;
    case ECO_FACET_RELATION:
        return ECO_RELATIONS;
    default:
        return s->n_months;
    }
}

/* Entry 0 of a dictionary and of the kinds is none. */
static uint32_t first_value(const struct eco_snap *s, enum eco_facet facet)
{
    return facet == ECO_FACET_KIND || eco_facet_dict(s, facet) ? 1 : 0;
}

static bool is_indexed(enum eco_facet facet)
{
    return facet == ECO_FACET_AUTHOR || facet == ECO_FACET_FAMILY;
}

static bool has_all(struct eco_str text, const struct eco_search *search)
{
    for (size_t i = 0; i < search->n; i++)
        if (!eco_str_contains_lower(text, search->word[i]))
            return false;
    return true;
}

/* Authors and families are searched by their indexes. */
static bool has_words(const struct eco_snap *s,
                      const struct eco_values_query *q, uint32_t value)
{
    char room[ECO_VALUE_ROOM];
    struct eco_str text;

    if (!q->search || is_indexed(q->facet))
        return true;
    text = eco_value_text(s, q->facet, value, room);
    return has_all(text, q->search);
}

static void put_total(const struct eco_snap *s,
                      const struct eco_values_query *q, uint32_t value,
                      const struct eco_total *t, struct best *best,
                      uint32_t *total)
{
    struct entry e = { .value = value };

    if (!t->models || !has_words(s, q, value) ||
        (q->without_apart && eco_value_is_apart(s, q->facet, value)))
        return;
    if (!q->in_time) {
        e.size = eco_metric_of(t, q->by);
        e.models = (uint32_t)t->models;
    }
    (*total)++;
    best_put(best, e);
}

static void put_value(const struct eco_snap *s,
                      const struct eco_values_query *q, uint32_t value,
                      struct best *best, uint32_t *total)
{
    put_total(s, q, value, &s->total[q->facet][value], best, total);
}

static void put_years(const struct eco_snap *s,
                      const struct eco_values_query *q, struct best *best,
                      uint32_t *total)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < s->n_months; i++) {
        uint32_t year = 1970 + (uint32_t)s->month_key[i] / 12;
        struct eco_total t;

        if (year == last)
            continue;
        t = eco_value_total(s, q->facet, year);
        put_total(s, q, year, &t, best, total);
        last = year;
    }
}

static int put_found_authors(const struct eco_snap *s,
                             const struct eco_values_query *q,
                             struct best *best, uint32_t *total,
                             struct eco_err *err)
{
    struct eco_search_hits hits;
    int rc = eco_search_authors(s, q->search, &hits, err);

    if (rc)
        return rc;
    for (uint32_t i = 0; hits.list && i < hits.n; i++)
        put_value(s, q, hits.list[i], best, total);
    for (uint32_t v = 0; hits.bits && v < s->meta->n_authors; v++)
        if (eco_bits_test(hits.bits, v))
            put_value(s, q, v, best, total);
    eco_search_release(&hits);
    return 0;
}

/* The family that is named after a node; families of one are none. */
static void put_family_of(const struct eco_snap *s,
                          const struct eco_values_query *q, uint32_t node,
                          struct best *best, uint32_t *total)
{
    uint32_t family = s->family[node];

    if (family < s->n_families && s->family_root[family] == node)
        put_value(s, q, family, best, total);
}

/* Ranked roots are found among all models, whose ids have an index;
 * placeholders are few, and looked at one by one. */
static int put_found_families(const struct eco_query_index *ix,
                              const struct eco_values_query *q,
                              struct best *best, uint32_t *total,
                              struct eco_err *err)
{
    const struct eco_snap *s = ix->snap;
    struct eco_search_hits hits;
    int rc = eco_search_run(ix, q->search, &hits, err);

    if (rc)
        return rc;
    for (uint32_t i = 0; hits.list && i < hits.n; i++)
        put_family_of(s, q, hits.list[i], best, total);
    for (uint32_t f = 0; f < s->n_families; f++) {
        uint32_t root = s->family_root[f];
        bool is_ranked = root < ix->n;

        if (is_ranked ? hits.bits && eco_bits_test(hits.bits, root)
                      : has_all(eco_snap_id(s, root), q->search))
            put_value(s, q, f, best, total);
    }
    eco_search_release(&hits);
    return 0;
}

static int put_values(const struct eco_query_index *ix,
                      const struct eco_values_query *q, struct best *best,
                      uint32_t *total, struct eco_err *err)
{
    const struct eco_snap *s = ix->snap;
    uint32_t end = last_value(s, q->facet);

    if (is_indexed(q->facet) && q->search && q->search->n)
        return q->facet == ECO_FACET_AUTHOR
                   ? put_found_authors(s, q, best, total, err)
                   : put_found_families(ix, q, best, total, err);
    if (q->facet == ECO_FACET_YEAR)
        put_years(s, q, best, total);
    else
        for (uint32_t v = first_value(s, q->facet); v < end; v++)
            put_value(s, q, v, best, total);
    return 0;
}

/* Authors and families are numbered by influence, those without a model
 * last. */
static bool is_numbered(const struct eco_values_query *q)
{
    return (q->facet == ECO_FACET_AUTHOR || q->facet == ECO_FACET_FAMILY) &&
           q->by == ECO_METRIC_INFLUENCE && !q->in_time &&
           !(q->search && q->search->n);
}

uint32_t eco_values_ranked(const struct eco_snap *s, enum eco_facet facet)
{
    const struct eco_total *total = s->total[facet];
    uint32_t lo = 0, hi = last_value(s, facet);

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (total[mid].models)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static int find_numbered(const struct eco_snap *s,
                         const struct eco_values_query *q,
                         struct eco_values *out, struct eco_err *err)
{
    uint32_t n = eco_values_ranked(s, q->facet);

    out->total = n;
    if (q->skip < n)
        out->n = n - (uint32_t)q->skip;
    if (out->n > q->want)
        out->n = q->want;
    out->value = eco_alloc_array(out->n, sizeof(*out->value));
    if (!out->value)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u values", out->n);
    for (uint32_t i = 0; i < out->n; i++)
        out->value[i] = (uint32_t)q->skip + i;
    return 0;
}

static int find_sorted(const struct eco_query_index *ix,
                       const struct eco_values_query *q, struct eco_values *out,
                       struct eco_err *err)
{
    struct best best;
    int rc = best_init(&best, q->skip + q->want, last_value(ix->snap, q->facet),
                       err);

    if (rc)
        return rc;
    rc = put_values(ix, q, &best, &out->total, err);
    if (rc)
        goto done;
    out->value = eco_alloc_array(best.n, sizeof(*out->value));
    if (out->value)
        out->n = best_take(&best, q->skip, out->value);
    else
        rc = eco_fail(err, ECO_ENOMEM, "no memory for %zu values", best.n);
done:
    eco_free(best.entry);
    return rc;
}

int eco_values_find(const struct eco_query_index *ix,
                    const struct eco_values_query *q, struct eco_values *out,
                    struct eco_err *err)
{
    struct eco_values found = { 0 };
    int rc = is_numbered(q) ? find_numbered(ix->snap, q, &found, err)
                            : find_sorted(ix, q, &found, err);

    *out = rc ? (struct eco_values){ 0 } : found;
    return rc;
}

void eco_values_release(struct eco_values *v)
{
    eco_free(v->value);
    *v = (struct eco_values){ 0 };
}

/* --- the rest -------------------------------------------------------------------- */

/* Set the bits of all models of languages. */
static int mark_languages(const struct eco_snap *s, const uint32_t *value,
                          uint32_t n, uint64_t *bits, struct eco_err *err)
{
    const struct eco_snap_dict *d = &s->languages;
    int rc = 0;

    for (uint32_t i = 0; !rc && i < n; i++) {
        struct eco_part_set set;

        rc = eco_part_set("language", d->bits_off, d->bits, d->n, value[i],
                          &set, err);
        if (!rc)
            rc =
                eco_bitmap_or(set.bytes, set.len, s->meta->n_ranked, bits, err);
    }
    return rc;
}

static void add_model(const struct eco_snap *s, uint32_t node,
                      struct eco_total *sum)
{
    struct eco_total one = { .models = 1, .influence = s->influence[node] };

    if (s->likes[node] > 0)
        one.likes = s->likes[node];
    if (s->downloads[node] > 0)
        one.downloads = s->downloads[node];
    eco_total_add(sum, &one);
}

static int rest_of_languages(const struct eco_snap *s,
                             const struct eco_values *v, uint32_t from,
                             struct eco_total *out, struct eco_err *err)
{
    uint32_t r = s->meta->n_ranked;
    uint64_t *shown = eco_bits_new(r), *rest = eco_bits_new(r);
    int rc = 0;

    if (!shown || !rest)
        rc = eco_fail(err, ECO_ENOMEM, "no memory for a set of %u models", r);
    if (!rc)
        rc = mark_languages(s, v->value, from, shown, err);
    if (!rc)
        rc = mark_languages(s, v->value + from, v->n - from, rest, err);
    for (uint32_t node = 0; !rc && node < r; node++)
        if (eco_bits_test(rest, node) && !eco_bits_test(shown, node))
            add_model(s, node, out);
    eco_free(shown);
    eco_free(rest);
    return rc;
}

int eco_values_rest(const struct eco_snap *s, enum eco_facet facet,
                    const struct eco_values *v, uint32_t from,
                    struct eco_total *out, struct eco_err *err)
{
    *out = (struct eco_total){ 0 };
    if (from >= v->n)
        return 0;
    if (facet == ECO_FACET_LANGUAGE)
        return rest_of_languages(s, v, from, out, err);
    for (uint32_t i = from; i < v->n; i++) {
        struct eco_total one = eco_value_total(s, facet, v->value[i]);

        eco_total_add(out, &one);
    }
    return 0;
}

/* --- drift ------------------------------------------------------------------------ */

int eco_drift_top(const struct eco_snap *s, uint32_t want, uint32_t *out,
                  uint32_t *n, struct eco_err *err)
{
    struct best best;
    int rc = best_init(&best, want, s->n_drift, err);

    *n = 0;
    if (rc)
        return rc;
    for (uint64_t i = 0; i < s->n_drift; i++)
        best_put(&best, (struct entry){ .size = (double)s->drift[i].edges,
                                        .value = (uint32_t)i });
    *n = best_take(&best, 0, out);
    eco_free(best.entry);
    return 0;
}
