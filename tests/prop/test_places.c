/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "query/author.h"
#include "query/parts.h"
#include "query/places.h"
#include "query/totals.h"
#include "sample_input.h"

/*
 * Random hubs under random questions: what is found, and what an author has,
 * is what a look at every text and at every model gives.
 */
#define HUBS 30
#define QUERIES 250     /* of each hub */
#define MAX_MODELS 3000 /* of one hub in ten: lists long enough for blocks */
#define FEW_MODELS 600
#define MAX_AUTHORS 400
#define NAME_BYTES 40

/* --- hubs --------------------------------------------------------------------- */

struct names {
    char id[MAX_MODELS][2 * NAME_BYTES];
    char author[MAX_AUTHORS][NAME_BYTES];
    char full[MAX_AUTHORS][2 * NAME_BYTES];
};

static const char *const pieces[] = {
    "a", "b", "Qwen", "qw", "lab", "Lab", "-", "_", "2.5", "deep", "Meta", "x",
};
static const char *const full_pieces[] = {
    "a",
    "Qwen",
    " ",
    "Lab",
    "\xe9\x98\xbf\xe9\x87\x8c",
    "\xe6\xa8\xa1\xe5\x9e\x8b",
    "\xe6\xa8\xa1",
    "\xc3\x96",
    "deep",
    "M",
    "/",
    "2",
};
static const char *const tasks[] = { "", "text-generation", "text-to-image",
                                     "Translation", "any" };
static const char *const languages[] = { NULL, "en", "zh", "en,zh", "code" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PICK(seed, array) (array)[eco_sample_random(seed, COUNT(array))]

static void join(uint64_t *seed, const char *const *some, uint32_t n, char *dst)
{
    dst[0] = '\0';
    for (uint32_t k = 1 + eco_sample_random(seed, 4); k > 0; k--)
        strcat(dst, some[eco_sample_random(seed, n)]);
}

/* Their numbers make names distinct, now and then in front. */
static void name_all(uint64_t *seed, struct names *names, uint32_t n_models,
                     uint32_t n_authors)
{
    for (uint32_t a = 0; a < n_authors; a++) {
        char part[NAME_BYTES];

        join(seed, pieces, COUNT(pieces), part);
        snprintf(names->author[a], NAME_BYTES,
                 a % 3 ? "%1$s-n%2$u" : "n%2$u-%1$s", part, a);
        join(seed, full_pieces, COUNT(full_pieces), names->full[a]);
        if (!eco_sample_random(seed, 3))
            names->full[a][0] = '\0';
    }
    for (uint32_t i = 0; i < n_models; i++) {
        uint32_t a =
            eco_sample_random(seed, 1 + eco_sample_random(seed, n_authors));
        char part[NAME_BYTES];

        join(seed, pieces, COUNT(pieces), part);
        if (eco_sample_random(seed, 20))
            snprintf(names->id[i], sizeof(names->id[i]), "%s/%s-n%u",
                     names->author[a], part, i);
        else
            snprintf(names->id[i], sizeof(names->id[i]), "%s-n%u", part, i);
    }
}

struct hub {
    uint8_t *bytes;
    struct eco_snap *snap;
    struct eco_query_index *ix;
};

static void open_hub(struct hub *h, uint64_t *seed)
{
    static struct names names;
    static struct eco_sample_model models[MAX_MODELS];
    static struct eco_sample_edge edges[MAX_MODELS];
    static struct eco_sample_author authors[MAX_AUTHORS];
    uint32_t n_authors = 1 + eco_sample_random(seed, MAX_AUTHORS);
    uint32_t n =
        *seed % 10 ? 2 + eco_sample_random(seed, FEW_MODELS) : MAX_MODELS;
    uint32_t told = n - 1 - eco_sample_random(seed, 1 + n / 3);
    struct eco_sample_facts facts = { .as_of_day = 20000,
                                      .n_models = told,
                                      .models = models,
                                      .edges = edges,
                                      .n_authors = n_authors,
                                      .authors = authors };
    struct eco_err err = { 0 };
    struct eco_sample *sample;
    size_t len = 0;

    name_all(seed, &names, n, n_authors);
    for (uint32_t a = 0; a < n_authors; a++)
        authors[a] = (struct eco_sample_author){ names.author[a], names.full[a],
                                                 (uint8_t)(a % 9) };
    for (uint32_t i = 0; i < told; i++)
        models[i] = (struct eco_sample_model){
            .id = names.id[i],
            .created = eco_sample_random(seed, 9)
                           ? eco_sample_random(seed, 20000) * ECO_DAY_MS
                           : ECO_TIME_UNKNOWN,
            .modified = ECO_TIME_UNKNOWN,
            .likes = (int64_t)eco_sample_random(seed, 4) - 1,
            .downloads = (int64_t)eco_sample_random(seed, 1000) - 1,
            .downloads_all = -1,
            .params = -1,
            .storage = -1,
            .task = PICK(seed, tasks),
            .library = "",
            .licence = "",
            .languages = PICK(seed, languages),
        };
    /* the rest of the names are placeholders: each has a derived model */
    for (uint32_t i = told; i < n; i++)
        edges[facts.n_edges++] =
            (struct eco_sample_edge){ names.id[i],
                                      names.id[eco_sample_random(seed, told)],
                                      ECO_EDGE_DECLARED };
    for (uint32_t i = 0; facts.n_edges < MAX_MODELS && i < told / 2; i++)
        edges[facts.n_edges++] =
            (struct eco_sample_edge){ names.id[eco_sample_random(seed, told)],
                                      names.id[eco_sample_random(seed, told)],
                                      ECO_EDGE_DECLARED };
    sample = eco_sample_new(&facts);
    h->bytes = eco_sample_bytes(&sample->in, &len);
    eco_sample_free(sample);
    assert_non_null(h->bytes);
    if (eco_snap_open_bytes("hub", h->bytes, len, &h->snap, &err) ||
        eco_query_index_new(h->snap, &h->ix, &err))
        fail_msg("%s", err.msg);
}

static void close_hub(struct hub *h)
{
    eco_query_index_free(h->ix);
    eco_snap_unref(h->snap);
    free(h->bytes);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- searching, the slow way ------------------------------------------------------- */

typedef bool (*matcher)(const struct eco_snap *s, uint32_t item,
                        struct eco_str word);

static bool model_has(const struct eco_snap *s, uint32_t item,
                      struct eco_str word)
{
    return eco_str_contains_lower(eco_snap_id(s, item), word);
}

static bool author_has(const struct eco_snap *s, uint32_t item,
                       struct eco_str word)
{
    return eco_str_contains_lower(eco_snap_author_name(s, item), word) ||
           eco_str_contains_lower(eco_snap_author_full(s, item), word);
}

static bool task_has(const struct eco_snap *s, uint32_t item,
                     struct eco_str word)
{
    return item &&
           eco_str_contains_lower(eco_snap_dict_text(&s->tasks, item), word);
}

static bool language_has(const struct eco_snap *s, uint32_t item,
                         struct eco_str word)
{
    return item && eco_str_contains_lower(
                       eco_snap_dict_text(&s->languages, item), word);
}

static const struct eco_total *by_total; /* for qsort only */

static int by_influence(const void *a, const void *b)
{
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const struct eco_total *x = &by_total[i], *y = &by_total[k];

    if (x->influence != y->influence)
        return x->influence < y->influence ? 1 : -1;
    if (x->models != y->models)
        return x->models < y->models ? 1 : -1;
    return (i > k) - (i < k);
}

/* `total` sorts what is found; NULL: by number. */
static void check_list(const struct eco_snap *s, const struct eco_search *q,
                       matcher has, uint32_t n, const struct eco_total *total,
                       uint32_t limit, const struct eco_place_list *got)
{
    static uint32_t found[MAX_MODELS];
    uint32_t n_found = 0;

    for (uint32_t i = 0; i < n; i++) {
        bool all = true;

        for (size_t w = 0; w < q->n; w++)
            all = all && has(s, i, q->word[w]);
        if (all && q->n)
            found[n_found++] = i;
    }
    by_total = total;
    if (total)
        qsort(found, n_found, sizeof(found[0]), by_influence);
    assert_int_equal(got->total, n_found);
    assert_int_equal(got->n, n_found < limit ? n_found : limit);
    for (uint32_t i = 0; i < got->n; i++)
        assert_int_equal(got->at[i], found[i]);
}

static void check_match(const struct eco_snap *s, struct eco_str name,
                        const struct eco_places *got)
{
    enum eco_place_kind kind = ECO_PLACE_NONE;
    uint32_t at = 0;

    for (uint32_t a = 0; a < s->meta->n_authors; a++)
        if (!eco_str_cmp_nocase(eco_snap_author_name(s, a), name)) {
            kind = ECO_PLACE_AUTHOR;
            at = a;
        }
    for (uint32_t v = 0; v < s->meta->n_nodes; v++)
        if (!eco_str_cmp_nocase(eco_snap_id(s, v), name)) {
            kind = ECO_PLACE_MODEL;
            at = v;
        }
    assert_int_equal(got->match, kind);
    assert_int_equal(got->matched, at);
}

/* Those of the dashboard, largest first, which is by number. */
static void check_found_families(const struct hub *h,
                                 const struct eco_search *q)
{
    const struct eco_snap *s = h->snap;
    struct eco_values_query query = { .facet = ECO_FACET_FAMILY,
                                      .search = q,
                                      .want = UINT32_MAX };
    struct eco_values got;
    uint32_t n = 0;

    assert_int_equal(eco_values_find(h->ix, &query, &got, NULL), 0);
    for (uint32_t f = 0; f < s->n_families; f++) {
        bool all = s->total[ECO_FACET_FAMILY][f].models > 0;

        for (size_t w = 0; w < q->n; w++)
            all = all && model_has(s, s->family_root[f], q->word[w]);
        if (!all)
            continue;
        assert_true(n < got.n);
        assert_int_equal(got.value[n++], f);
    }
    assert_int_equal(got.n, n);
    assert_int_equal(got.total, n);
    eco_values_release(&got);
}

static void ask(const struct hub *h, const char *text, uint32_t limit)
{
    const struct eco_snap *s = h->snap;
    struct eco_search q;
    struct eco_places got;
    struct eco_err err = { 0 };

    assert_int_equal(eco_search_parse(eco_str_from_c(text), &q, &err), 0);
    if (eco_places_find(h->ix, eco_place_name(eco_str_from_c(text)), limit,
                        &got, &err))
        fail_msg("\"%s\": %s", text, err.msg);
    check_list(s, &q, model_has, s->meta->n_ranked, NULL, limit, &got.models);
    check_list(s, &q, author_has, s->meta->n_authors, NULL, limit,
               &got.authors);
    check_list(s, &q, task_has, s->tasks.n, s->total[ECO_FACET_TASK], limit,
               &got.tasks);
    check_list(s, &q, language_has, s->languages.n,
               s->total[ECO_FACET_LANGUAGE], limit, &got.languages);
    check_match(s, eco_str_trim(eco_str_from_c(text)), &got);
    check_found_families(h, &q);
}

/* --- questions ---------------------------------------------------------------------- */

static struct eco_str any_text(const struct eco_snap *s, uint64_t *seed)
{
    switch (eco_sample_random(seed, 5)) {
    case 0:
        return eco_snap_id(s, eco_sample_random(seed, s->meta->n_nodes));
    case 1:
        return eco_snap_author_name(
            s, eco_sample_random(seed, s->meta->n_authors));
    case 2:
        return eco_snap_dict_text(&s->tasks,
                                  eco_sample_random(seed, s->tasks.n));
    default:
        return eco_snap_author_full(
            s, eco_sample_random(seed, s->meta->n_authors));
    }
}

/* Pieces of texts, of any bytes, sometimes in capitals; sometimes all of one. */
static void make_query(const struct eco_snap *s, uint64_t *seed, char *dst)
{
    size_t used = 0;

    for (uint32_t k = eco_sample_random(seed, 3) + 1; k > 0; k--) {
        struct eco_str text = any_text(s, seed);
        size_t at = 0, len = text.len;

        if (!len)
            continue;
        if (eco_sample_random(seed, 8)) {
            at = eco_sample_random(seed, (uint32_t)len);
            len = 1 + eco_sample_random(seed, 7);
        }
        if (len > text.len - at)
            len = text.len - at;
        for (size_t i = 0; i < len; i++) {
            char c = text.ptr[at + i];
            bool capital = c >= 'a' && c <= 'z' && !eco_sample_random(seed, 4);

            dst[used++] = (char)(capital ? c - 0x20 : c);
        }
        if (k > 1)
            dst[used++] = ' ';
    }
    dst[used] = '\0';
}

static void finds_what_a_look_at_all_texts_finds(void **state)
{
    (void)state;
    for (uint64_t hub = 1; hub <= HUBS; hub++) {
        uint64_t seed = hub;
        struct hub h;

        open_hub(&h, &seed);
        for (int i = 0; i < QUERIES; i++) {
            char text[ECO_MAX_SEARCH_BYTES + 64];

            make_query(h.snap, &seed, text);
            ask(&h, text, 1 + eco_sample_random(&seed, ECO_MAX_PLACES));
        }
        close_hub(&h);
    }
}

/* --- authors ----------------------------------------------------------------------- */

static void check_families(const struct eco_snap *s, uint32_t author)
{
    struct eco_author_families got;
    uint32_t n = 0;

    eco_author_families(s, author, &got);
    for (uint32_t f = 0; f < s->n_families; f++) {
        struct eco_str root = eco_snap_id(s, s->family_root[f]);
        struct eco_str owner = { root.ptr, eco_str_find(root, '/') };

        if (owner.len == root.len ||
            eco_str_cmp_nocase(owner, eco_snap_author_name(s, author)))
            continue;
        if (n < got.n)
            assert_int_equal(got.family[n], f);
        n++;
    }
    assert_int_equal(got.total, n);
    assert_int_equal(got.n, n < ECO_AUTHOR_FAMILIES ? n : ECO_AUTHOR_FAMILIES);
}

static void check_tasks(const struct eco_snap *s, uint32_t author,
                        const uint32_t *models)
{
    struct eco_author_tasks got;
    uint32_t n = 0;

    assert_int_equal(eco_author_tasks(s, author, &got, NULL), 0);
    for (uint32_t t = 0; t < s->tasks.n; t++)
        n += models[t] > 0;
    assert_int_equal(got.n, n < ECO_AUTHOR_TASKS ? n : ECO_AUTHOR_TASKS);
    for (uint32_t i = 0; i < got.n; i++) {
        assert_int_equal(got.models[i], models[got.task[i]]);
        if (i)
            assert_true(got.models[i - 1] > got.models[i] ||
                        (got.models[i - 1] == got.models[i] &&
                         got.task[i - 1] < got.task[i]));
    }
}

static bool check_author(const struct eco_snap *s, uint32_t author)
{
    int64_t first = ECO_TIME_UNKNOWN, last = ECO_TIME_UNKNOWN, from, to;
    uint32_t by_task[8] = { 0 }, n = 0;
    const uint32_t *nodes;
    uint32_t n_nodes;

    assert_int_equal(eco_part_author(s, author, &nodes, &n_nodes, NULL), 0);
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        int64_t t = s->created[v];

        if (s->author[v] != author)
            continue;
        assert_true(n < n_nodes);
        assert_int_equal(nodes[n++], v);
        by_task[s->task[v]]++;
        if (t != ECO_TIME_UNKNOWN && (first == ECO_TIME_UNKNOWN || t < first))
            first = t;
        if (t != ECO_TIME_UNKNOWN && (last == ECO_TIME_UNKNOWN || t > last))
            last = t;
    }
    assert_int_equal(n, n_nodes);
    assert_int_equal(eco_author_created(s, author, &from, &to, NULL), 0);
    assert_true(from == first && to == last);
    check_tasks(s, author, by_task);
    check_families(s, author);
    return n > 0;
}

static void an_author_has_what_its_models_have(void **state)
{
    (void)state;
    for (uint64_t hub = 1; hub <= HUBS; hub++) {
        uint64_t seed = hub + 1000;
        uint32_t ranked = 0;
        struct hub h;

        open_hub(&h, &seed);
        for (uint32_t a = 0; a < h.snap->meta->n_authors; a++)
            ranked += check_author(h.snap, a);
        assert_int_equal(eco_values_ranked(h.snap, ECO_FACET_AUTHOR), ranked);
        close_hub(&h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_a_look_at_all_texts_finds),
        cmocka_unit_test(an_author_has_what_its_models_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
