/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "query/totals.h"
#include "random_hub.h"
#include "sample_input.h"
#include "snapshot/bitmap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MAX_VALUES 20000

/* --- snapshots ------------------------------------------------------------------ */

struct fixture {
    uint8_t *bytes; /* NULL: a file */
    struct eco_snap *snap;
    struct eco_query_index *ix;
};

static void open_random(struct fixture *f, uint32_t n_models, uint32_t seed)
{
    char path[] = "/tmp/ecoviz-totals-XXXXXX";
    struct eco_err err = { 0 };
    struct random_hub hub;
    int fd = mkstemp(path);

    f->bytes = NULL;
    assert_true(fd >= 0);
    close(fd);
    assert_true(random_hub_init(&hub, n_models, seed));
    if (eco_build_assemble(&hub.in, path, NULL, &err))
        fail_msg("%s", err.msg);
    random_hub_release(&hub);
    if (eco_snap_open(path, &f->snap, &err))
        fail_msg("%s", err.msg);
    unlink(path);
    if (eco_query_index_new(f->snap, &f->ix, &err))
        fail_msg("%s", err.msg);
}

static void open_sample(struct fixture *f)
{
    struct eco_sample *sample = eco_sample_new(&eco_sample_hub);
    struct eco_err err = { 0 };
    size_t len = 0;

    f->bytes = eco_sample_bytes(&sample->in, &len);
    eco_sample_free(sample);
    assert_non_null(f->bytes);
    if (eco_snap_open_bytes("hub", f->bytes, len, &f->snap, &err) ||
        eco_query_index_new(f->snap, &f->ix, &err))
        fail_msg("%s", err.msg);
}

static void close_hub(struct fixture *f)
{
    eco_query_index_free(f->ix);
    eco_snap_unref(f->snap);
    free(f->bytes);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- the slow way: is this a model of the value? ---------------------------------- */

static bool is_in_bitmap(const struct eco_snap *s, uint32_t language,
                         uint32_t node)
{
    const struct eco_snap_dict *d = &s->languages;
    uint64_t at = d->bits_off[language];
    roaring_bitmap_t *set;
    bool found;

    assert_int_equal(eco_bitmap_load(d->bits + at,
                                     d->bits_off[language + 1] - at,
                                     s->meta->n_ranked, &set, NULL),
                     0);
    found = roaring_bitmap_contains(set, node);
    roaring_bitmap_free(set);
    return found;
}

static uint32_t slow_relation(const struct eco_snap *s, uint32_t node)
{
    uint64_t begin = s->graph.up_off[node], end = s->graph.up_off[node + 1];
    uint64_t best = end;

    for (uint64_t i = begin; i < end; i++) {
        uint32_t a = s->graph.up[i], b = best < end ? s->graph.up[best] : 0;

        if (best == end || s->influence[a] > s->influence[b] ||
            (s->influence[a] >= s->influence[b] && a < b))
            best = i;
    }
    return best == end ? ECO_VALUE_NONE
                       : s->graph.up_tag[best] & ECO_EDGE_RELATION;
}

static uint32_t none_if(bool is_none, uint32_t value)
{
    return is_none ? ECO_VALUE_NONE : value;
}

/* Not for languages, of which a model has several. */
static uint32_t value_of(const struct eco_snap *s, enum eco_facet facet,
                         uint32_t v)
{
    uint32_t author = s->author[v];
    int32_t month = 0;

    if (s->created[v] != ECO_TIME_UNKNOWN)
        month = eco_month_of(s->created[v]);
    switch (facet) {
    case ECO_FACET_AUTHOR:
        return author;
    case ECO_FACET_TASK:
        return none_if(!s->task[v], s->task[v]);
    case ECO_FACET_LIBRARY:
        return none_if(!s->library[v], s->library[v]);
    case ECO_FACET_LICENCE:
        return none_if(!s->licence[v], s->licence[v]);
    case ECO_FACET_FAMILY:
        return s->family[v];
    case ECO_FACET_KIND:
        return author == ECO_SNAP_NO_AUTHOR || !s->author_kind[author]
                   ? ECO_VALUE_NONE
                   : s->author_kind[author];
    case ECO_FACET_RELATION:
        return slow_relation(s, v);
    case ECO_FACET_MONTH:
        for (uint32_t i = 0; i < s->n_months; i++)
            if (s->created[v] != ECO_TIME_UNKNOWN && s->month_key[i] == month)
                return i;
        return ECO_VALUE_NONE;
    default:
        return none_if(s->created[v] == ECO_TIME_UNKNOWN,
                       1970 + (uint32_t)month / 12);
    }
}

static bool has(const struct eco_snap *s, enum eco_facet facet, uint32_t value,
                uint32_t v)
{
    if (facet == ECO_FACET_LANGUAGE)
        return is_in_bitmap(s, value == ECO_VALUE_NONE ? 0 : value, v);
    return value_of(s, facet, v) == value;
}

/* A set of models, one byte each. */
static uint8_t *slow_set(const struct eco_snap *s, enum eco_facet facet,
                         uint32_t value)
{
    uint8_t *set = calloc(s->meta->n_ranked, 1);

    assert_non_null(set);
    for (uint32_t v = 0; v < s->meta->n_ranked; v++)
        set[v] = has(s, facet, value, v);
    return set;
}

static struct eco_total slow_total(const struct eco_snap *s, const uint8_t *set)
{
    struct eco_total t = { 0 };

    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        if (!set[v])
            continue;
        t.models++;
        t.influence += s->influence[v];
        t.likes += s->likes[v] > 0 ? s->likes[v] : 0;
        t.downloads += s->downloads[v] > 0 ? s->downloads[v] : 0;
    }
    return t;
}

static void expect_total(struct eco_total got, struct eco_total want)
{
    assert_int_equal(got.models, want.models);
    assert_true(fabs(got.influence - want.influence) <=
                1e-9 * (1 + want.influence));
    assert_int_equal(got.likes, want.likes);
    assert_int_equal(got.downloads, want.downloads);
}

static void expect_ten(const struct eco_snap *s, const uint8_t *set,
                       const uint32_t *ten, uint32_t n)
{
    uint32_t i = 0;

    for (uint32_t v = 0; v < s->meta->n_ranked && i < ECO_FACET_TEN; v++)
        if (set[v]) {
            assert_true(i < n);
            assert_int_equal(ten[i++], v);
        }
    assert_int_equal(i, n);
}

/* Every model of the set and no other one, by way of a page. */
static void expect_models(const struct fixture *f,
                          const struct eco_value_models *m, const uint8_t *set)
{
    uint32_t *node = malloc((f->ix->n + 1) * sizeof(*node)), got, i = 0;

    assert_non_null(node);
    assert_int_equal(eco_order_page(f->ix, &m->nodes, ECO_SORT_INFLUENCE, true,
                                    0, f->ix->n, node, &got, NULL),
                     0);
    assert_int_equal(got, m->nodes.n);
    for (uint32_t v = 0; v < f->ix->n; v++)
        if (set[v]) {
            assert_true(i < got);
            assert_int_equal(node[i++], v);
        }
    assert_int_equal(i, got);
    free(node);
}

/* --- values ------------------------------------------------------------------------ */

static uint32_t all_values(const struct fixture *f, enum eco_facet facet,
                           uint32_t *value)
{
    struct eco_values_query q = { .facet = facet, .want = UINT32_MAX };
    struct eco_values v;
    uint32_t n;

    assert_int_equal(eco_values_find(f->ix, &q, &v, NULL), 0);
    assert_int_equal(v.n, v.total);
    assert_true(v.n <= MAX_VALUES);
    memcpy(value, v.value, v.n * sizeof(*value));
    n = v.n;
    eco_values_release(&v);
    return n;
}

static void check_value(const struct fixture *f, enum eco_facet facet,
                        uint32_t value)
{
    uint8_t *set = slow_set(f->snap, facet, value);
    uint32_t ten[ECO_FACET_TEN], n, found;
    char room[ECO_VALUE_ROOM];
    struct eco_str text = eco_value_text(f->snap, facet, value, room);
    struct eco_value_models m;

    assert_true(eco_value_find(f->snap, facet, text, &found));
    assert_int_equal(found, value);
    expect_total(eco_value_total(f->snap, facet, value),
                 slow_total(f->snap, set));
    assert_int_equal(eco_value_ten(f->ix, facet, value, ten, &n, NULL), 0);
    expect_ten(f->snap, set, ten, n);
    assert_int_equal(eco_value_models(f->ix, facet, value, &m, NULL), 0);
    expect_models(f, &m, set);
    eco_value_models_release(&m);
    free(set);
}

/* Values have models, and over a facet with one value each all of them. */
static void check_facet(const struct fixture *f, enum eco_facet facet)
{
    static uint32_t value[MAX_VALUES];
    uint32_t n = all_values(f, facet, value);
    uint64_t sum = eco_value_total(f->snap, facet, ECO_VALUE_NONE).models;

    for (uint32_t i = 0; i < n; i++) {
        struct eco_total t = eco_value_total(f->snap, facet, value[i]);

        assert_true(t.models > 0);
        sum += t.models;
        if (i < 40 || i + 5 > n)
            check_value(f, facet, value[i]);
    }
    check_value(f, facet, ECO_VALUE_NONE);
    if (facet == ECO_FACET_LANGUAGE)
        assert_true(sum >= f->ix->n);
    else
        assert_int_equal(sum, f->ix->n);
}

static void values_have_their_models(void **state)
{
    static const uint32_t sizes[] = { 1, 30, 700 };
    struct fixture f;

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        open_random(&f, sizes[i], 5);
        for (unsigned facet = 0; facet < ECO_FACETS; facet++)
            check_facet(&f, (enum eco_facet)facet);
        close_hub(&f);
    }
    open_sample(&f);
    for (unsigned facet = 0; facet < ECO_FACETS; facet++)
        check_facet(&f, (enum eco_facet)facet);
    close_hub(&f);
}

/* The models with a value from `from` on, but none before it. */
static uint8_t *slow_rest(const struct eco_snap *s, enum eco_facet facet,
                          const struct eco_values *v, uint32_t from)
{
    uint8_t *rest = calloc(s->meta->n_ranked, 1);

    assert_non_null(rest);
    for (uint32_t i = v->n; i-- > 0;) {
        uint8_t *set = slow_set(s, facet, v->value[i]);

        for (uint32_t k = 0; k < s->meta->n_ranked; k++)
            if (set[k])
                rest[k] = i >= from;
        free(set);
    }
    return rest;
}

static void check_rest(const struct fixture *f, enum eco_facet facet,
                       const struct eco_values *v, uint32_t from)
{
    uint8_t *rest = slow_rest(f->snap, facet, v, from);
    struct eco_total total;

    assert_int_equal(eco_values_rest(f->snap, facet, v, from, &total, NULL), 0);
    expect_total(total, slow_total(f->snap, rest));
    free(rest);
}

static void check_others(const struct fixture *f, enum eco_facet facet)
{
    struct eco_values_query q = { .facet = facet,
                                  .without_apart = true,
                                  .want = UINT32_MAX };
    uint32_t ten[ECO_FACET_TEN], n, others, top = eco_top_list_length(facet);
    struct eco_values v;
    uint8_t *rest;

    assert_int_equal(eco_values_find(f->ix, &q, &v, NULL), 0);
    check_rest(f, facet, &v, 0);
    check_rest(f, facet, &v, 2);
    check_rest(f, facet, &v, v.n);
    rest = slow_rest(f->snap, facet, &v, top);
    assert_true(eco_value_find(f->snap, facet, ECO_STR("others"), &others));
    expect_total(eco_value_total(f->snap, facet, others),
                 slow_total(f->snap, rest));
    assert_int_equal(eco_value_ten(f->ix, facet, others, ten, &n, NULL), 0);
    expect_ten(f->snap, rest, ten, n);
    assert_int_equal(f->snap->others[facet].values, v.n > top ? v.n - top : 0);
    free(rest);
    eco_values_release(&v);
}

static void others_are_what_is_behind(void **state)
{
    struct fixture f;

    (void)state;
    open_random(&f, 400, 9);
    for (unsigned facet = 0; facet < ECO_FACETS_WITH_OTHERS; facet++)
        check_others(&f, (enum eco_facet)facet);
    assert_true(f.snap->others[ECO_FACET_AUTHOR].values > 0);
    close_hub(&f);
}

/* --- the order of values --------------------------------------------------------------- */

static const struct fixture *sorting; /* for qsort only */
static struct eco_values_query asked;

static int by_size(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    struct eco_total s = eco_value_total(sorting->snap, asked.facet, *x);
    struct eco_total t = eco_value_total(sorting->snap, asked.facet, *y);
    double size = eco_metric_of(&s, asked.by);
    double than = eco_metric_of(&t, asked.by);

    if (!asked.in_time && (size > than || size < than))
        return size > than ? -1 : 1;
    if (!asked.in_time && s.models != t.models)
        return s.models > t.models ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

static void check_page(const struct fixture *f, const uint32_t *want,
                       uint32_t n, uint64_t skip, uint32_t per_page)
{
    struct eco_values_query q = asked;
    struct eco_values v;
    uint64_t left = skip < n ? n - skip : 0;

    q.skip = skip;
    q.want = per_page;
    assert_int_equal(eco_values_find(f->ix, &q, &v, NULL), 0);
    assert_int_equal(v.total, n);
    assert_int_equal(v.n, left < per_page ? left : per_page);
    for (uint32_t i = 0; i < v.n; i++)
        assert_int_equal(v.value[i], want[skip + i]);
    eco_values_release(&v);
}

static void check_order(const struct fixture *f)
{
    static uint32_t value[MAX_VALUES];
    uint32_t n = all_values(f, asked.facet, value), kept = 0;
    char room[ECO_VALUE_ROOM];

    for (uint32_t i = 0; i < n; i++) {
        struct eco_str text =
            eco_value_text(f->snap, asked.facet, value[i], room);
        bool is_found = !asked.search ||
                        eco_str_contains_lower(text, asked.search->word[0]);

        if (is_found && !(asked.without_apart &&
                          eco_value_is_apart(f->snap, asked.facet, value[i])))
            value[kept++] = value[i];
    }
    sorting = f;
    qsort(value, kept, sizeof(*value), by_size);
    check_page(f, value, kept, 0, 1);
    check_page(f, value, kept, 0, 10);
    check_page(f, value, kept, 7, 3);
    check_page(f, value, kept, kept / 2, 50);
    check_page(f, value, kept, kept ? kept - 1 : 0, 100);
    check_page(f, value, kept, kept, 100);
    check_page(f, value, kept, UINT64_C(999999000), 1000);
    check_page(f, value, kept, 0, UINT32_MAX);
    check_page(f, value, kept, 0, 0);
}

static void pages_are_cut_from_the_order(void **state)
{
    struct eco_search search;
    struct fixture f;

    (void)state;
    assert_int_equal(eco_search_parse(ECO_STR("E"), &search, NULL), 0);
    open_random(&f, 4000, 3);
    for (unsigned facet = 0; facet < ECO_FACETS; facet++)
        for (unsigned by = 0; by < ECO_METRICS; by++) {
            asked = (struct eco_values_query){ .facet = (enum eco_facet)facet,
                                               .by = (enum eco_metric)by };
            check_order(&f);
            asked.search = &search;
            check_order(&f);
            asked.search = NULL;
            asked.without_apart = true;
            check_order(&f);
        }
    asked =
        (struct eco_values_query){ .facet = ECO_FACET_MONTH, .in_time = true };
    check_order(&f);
    asked.facet = ECO_FACET_YEAR;
    check_order(&f);
    close_hub(&f);
}

static void authors_are_found_by_full_name(void **state)
{
    struct eco_values_query q = { .facet = ECO_FACET_AUTHOR, .want = 10 };
    struct eco_search search;
    struct eco_values v;
    struct fixture f;

    (void)state;
    open_sample(&f);
    q.search = &search;
    assert_int_equal(eco_search_parse(ECO_STR("lab AUR"), &search, NULL), 0);
    assert_int_equal(eco_values_find(f.ix, &q, &v, NULL), 0);
    assert_int_equal(v.total, 1);
    assert_true(eco_str_is(eco_snap_author_name(f.snap, v.value[0]), "Aurora"));
    eco_values_release(&v);
    /* owns placeholders alone */
    assert_int_equal(eco_search_parse(ECO_STR("lost"), &search, NULL), 0);
    assert_int_equal(eco_values_find(f.ix, &q, &v, NULL), 0);
    assert_int_equal(v.total, 0);
    eco_values_release(&v);
    close_hub(&f);
}

/* --- texts ---------------------------------------------------------------------------------- */

static const struct {
    enum eco_facet facet;
    const char *text;
    const char *stored; /* NULL: there is none */
} texts[] = {
    { ECO_FACET_LANGUAGE, "EN", "en" },
    { ECO_FACET_LANGUAGE, "code", "code" },
    { ECO_FACET_LANGUAGE, "none", "none" },
    { ECO_FACET_LANGUAGE, "others", "others" },
    { ECO_FACET_LANGUAGE, "", NULL },
    { ECO_FACET_LANGUAGE, "xx", NULL },
    { ECO_FACET_AUTHOR, "AURORA", "Aurora" },
    { ECO_FACET_AUTHOR, "lost", NULL }, /* of placeholders alone */
    { ECO_FACET_AUTHOR, "nobody-here", NULL },
    { ECO_FACET_AUTHOR, "", NULL },
    { ECO_FACET_TASK, "fill-mask", "fill-mask" },
    { ECO_FACET_TASK, "Fill-Mask", NULL },
    { ECO_FACET_TASK, "", NULL },
    { ECO_FACET_LIBRARY, "gguf", "gguf" },
    { ECO_FACET_LICENCE, "mit", "mit" },
    { ECO_FACET_LICENCE, "no such", NULL },
    { ECO_FACET_FAMILY, "aurora/aurora-7b", "aurora/Aurora-7B" },
    { ECO_FACET_FAMILY, "old/aurora", "aurora/Aurora-7B" },
    { ECO_FACET_FAMILY, "Aurora/aurora-7b-Instruct", NULL }, /* no root */
    { ECO_FACET_FAMILY, "lost/base", "lost/Base" },          /* a placeholder */
    { ECO_FACET_FAMILY, "tie/b", NULL },                     /* alone */
    { ECO_FACET_KIND, "company", "company" },
    { ECO_FACET_KIND, "unknown", "none" },
    { ECO_FACET_KIND, "others", NULL },
    { ECO_FACET_KIND, "Company", NULL },
    { ECO_FACET_RELATION, "merge", "merge" },
    { ECO_FACET_RELATION, "others", NULL },
    { ECO_FACET_RELATION, "finetuned", NULL },
    { ECO_FACET_MONTH, "2023-05", "2023-05" },
    { ECO_FACET_MONTH, "2023-5", NULL },
    { ECO_FACET_MONTH, "1999-01", NULL },
    { ECO_FACET_MONTH, "others", NULL },
    { ECO_FACET_YEAR, "2023", "2023" },
    { ECO_FACET_YEAR, "2052", "2052" },
    { ECO_FACET_YEAR, "2000", NULL },
    { ECO_FACET_YEAR, "1969", NULL },
    { ECO_FACET_YEAR, "02023", NULL },
    { ECO_FACET_YEAR, "20x3", NULL },
    { ECO_FACET_YEAR, "none", "none" },
};

static void texts_name_values(void **state)
{
    struct fixture f;

    (void)state;
    open_sample(&f);
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct eco_str text = eco_str_from_c(texts[i].text), stored;
        char room[ECO_VALUE_ROOM];
        uint32_t value;
        bool found = eco_value_find(f.snap, texts[i].facet, text, &value);

        if (found != !!texts[i].stored)
            fail_msg("%s %s: %d", eco_facet_name(texts[i].facet), texts[i].text,
                     found);
        if (!found)
            continue;
        stored = eco_value_text(f.snap, texts[i].facet, value, room);
        assert_true(eco_str_is(stored, texts[i].stored));
    }
    close_hub(&f);
}

static void long_texts_name_nothing(void **state)
{
    char text[ECO_MAX_TEXT_BYTES + 1];
    struct fixture f;
    uint32_t value;

    (void)state;
    open_sample(&f);
    memset(text, 'e', sizeof(text));
    for (unsigned i = 0; i < ECO_FACETS; i++)
        assert_false(eco_value_find(f.snap, (enum eco_facet)i,
                                    (struct eco_str){ text, sizeof(text) },
                                    &value));
    close_hub(&f);
}

/* --- drift ----------------------------------------------------------------------------------- */

static void drift_has_most_edges_first(void **state)
{
    struct fixture f;
    uint32_t top[100], n;
    uint64_t edges = 0;

    (void)state;
    open_random(&f, 1000, 11);
    assert_int_equal(eco_drift_top(f.snap, 100, top, &n, NULL), 0);
    assert_true(n > 3 && n == f.snap->n_drift);
    for (uint32_t i = 0; i < n; i++) {
        const struct eco_drift *d = &f.snap->drift[top[i]];

        assert_ptr_equal(eco_drift_find(f.snap, d->base, d->derived), d);
        edges += d->edges;
        if (i)
            assert_true(d[0].edges < f.snap->drift[top[i - 1]].edges ||
                        (d[0].edges == f.snap->drift[top[i - 1]].edges &&
                         top[i] > top[i - 1]));
    }
    assert_true(edges > 0);
    assert_null(eco_drift_find(f.snap, 60000, 0));
    assert_null(eco_drift_find(f.snap, 0, 60000));
    assert_int_equal(eco_drift_top(f.snap, 2, top + 50, &n, NULL), 0);
    assert_int_equal(n, 2);
    assert_memory_equal(top, top + 50, 2 * sizeof(*top));
    close_hub(&f);
}

/* --- failures --------------------------------------------------------------------------------- */

static int ask_everything(const struct fixture *f, enum eco_facet facet,
                          struct eco_err *err)
{
    static const enum eco_metric by[] = { ECO_METRIC_INFLUENCE,
                                          ECO_METRIC_LIKES };
    uint32_t node[ECO_FACET_TEN], n;
    struct eco_value_models m;
    struct eco_values v = { 0 };
    struct eco_total rest;
    int rc = 0;

    for (size_t i = 0; !rc && i < COUNT(by); i++) {
        struct eco_values_query q = { .facet = facet, .by = by[i], .want = 5 };

        rc = eco_values_find(f->ix, &q, &v, err);
        if (!rc)
            rc = eco_values_rest(f->snap, facet, &v, 1, &rest, err);
        if (!rc)
            rc = eco_value_ten(f->ix, facet, v.value[0], node, &n, err);
        if (!rc)
            rc = eco_value_models(f->ix, facet, v.value[0], &m, err);
        eco_values_release(&v);
        if (!rc)
            eco_value_models_release(&m);
    }
    if (!rc)
        rc = eco_drift_top(f->snap, 4, node, &n, err);
    return rc;
}

static void everything_survives_every_allocation_failure(void **state)
{
    struct fixture f;

    (void)state;
    open_sample(&f);
    for (unsigned facet = 0; facet < ECO_FACETS; facet++) {
        long before = eco_test_live_blocks();
        int rc, k = 0;

        do {
            struct eco_err err = { 0 };

            assert_true(k < 100);
            eco_test_fail_alloc_after(k++);
            rc = ask_everything(&f, (enum eco_facet)facet, &err);
            eco_test_fail_alloc_after(-1);
            assert_true(rc == 0 || rc == ECO_ENOMEM);
            assert_int_equal(err.code, rc);
            assert_int_equal(eco_test_live_blocks(), before);
        } while (rc);
        assert_true(k > 3);
    }
    close_hub(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_their_models),
        cmocka_unit_test(others_are_what_is_behind),
        cmocka_unit_test(pages_are_cut_from_the_order),
        cmocka_unit_test(authors_are_found_by_full_name),
        cmocka_unit_test(texts_name_values),
        cmocka_unit_test(long_texts_name_nothing),
        cmocka_unit_test(drift_has_most_edges_first),
        cmocka_unit_test(everything_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
