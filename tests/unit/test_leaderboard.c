/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "query/found.h"
#include "random_hub.h"
#include "../ref/leaderboard.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- snapshots ---------------------------------------------------------------- */

struct fixture {
    struct eco_snap *snap;
    struct eco_query_index *ix;
};

static void open_hub(struct fixture *f, uint32_t n_models, uint32_t seed)
{
    char path[] = "/tmp/ecoviz-leaderboard-XXXXXX";
    struct eco_err err = { 0 };
    struct random_hub hub;
    int fd = mkstemp(path);

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

static void close_hub(struct fixture *f)
{
    eco_query_index_free(f->ix);
    eco_snap_unref(f->snap);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- comparison ----------------------------------------------------------------------- */

static void check_facets(const struct eco_leaderboard *board,
                         const struct eco_ref_board *slow)
{
    uint32_t n = 0;

    for (size_t t = 0; t < COUNT(slow->by_task); t++)
        n += slow->by_task[t] != 0;
    assert_int_equal(board->n_facets, n);
    for (uint32_t i = 0; i < n; i++) {
        const struct eco_task_count *c = &board->facets[i];

        assert_int_equal(c->models, slow->by_task[c->task]);
        if (i)
            assert_true(c[-1].models > c->models ||
                        (c[-1].models == c->models && c[-1].task < c->task));
    }
}

static void check_page(const struct eco_query_index *ix,
                       struct eco_leaderboard_query *q,
                       const struct eco_ref_board *slow)
{
    uint64_t skip = (uint64_t)(q->page - 1) * q->per_page;
    uint32_t n = skip >= slow->n                ? 0
                 : slow->n - skip > q->per_page ? q->per_page
                                                : slow->n - (uint32_t)skip;
    struct eco_err err = { 0 };
    struct eco_leaderboard board;

    if (eco_leaderboard_run(ix, q, &board, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(board.total, slow->n);
    assert_int_equal(board.removed, slow->removed);
    assert_int_equal(board.n, n);
    for (uint32_t i = 0; i < n; i++)
        if (board.nodes[i] != slow->nodes[skip + i])
            fail_msg("sort %d desc %d page %u per %u row %u: node %u, not %u",
                     (int)q->sort, q->descending, q->page, q->per_page, i,
                     board.nodes[i], slow->nodes[skip + i]);
    check_facets(&board, slow);
    eco_leaderboard_release(&board);
}

static void check_pages(const struct eco_query_index *ix,
                        const struct eco_ref_hub *hub,
                        struct eco_leaderboard_query *q)
{
    static const uint32_t per_page[] = { 1, 7, 100 };
    struct eco_ref_board slow;

    eco_ref_board_init(&slow, hub, q);
    for (size_t i = 0; i < COUNT(per_page); i++) {
        uint32_t pages = slow.n / per_page[i] + 1, step = 1 + pages / 9;

        q->per_page = per_page[i];
        for (q->page = 1; q->page <= pages + 1; q->page += step)
            check_page(ix, q, &slow);
        q->page = pages;
        check_page(ix, q, &slow);
        q->page = ECO_MAX_PAGE;
        check_page(ix, q, &slow);
    }
    eco_ref_board_release(&slow);
}

static const char *const searches[] = {
    "",
    "l",
    "LL",
    "4_",
    "/q",
    "llama",
    "GGUF",
    "x",
    "bert lora",
    "-3-",
    "zzz",
    "q4_k_m qwen",
    "a b c",
    "nothing",
    "1 2",
    "7b",
    "gguf gguf ggu",
    "Northwind0/Llama-3-GGUF-0",
    "-1",
    "lora-3-lora", /* ids have all its grams, but not in a row */
    "bert 5n",     /* only over the end of an id and into the next one */
};

static const struct {
    uint32_t n;
    uint32_t tasks[3];
    bool on;
} filters[] = {
    { .on = false },          { 1, { 1 }, true }, { 1, { 0 }, true },
    { 1, { 5 }, true },                           /* rare */
    { 3, { 0, 2, 5 }, true }, { 0, { 0 }, true }, /* only tasks that no model has */
};

static void check_everything(uint32_t n_models, uint32_t seed)
{
    struct eco_ref_hub hub;
    struct fixture f;

    open_hub(&f, n_models, seed);
    eco_ref_hub_init(&hub, f.snap);
    for (size_t s = 0; s < COUNT(searches); s++)
        for (size_t t = 0; t < COUNT(filters); t++)
            for (unsigned k = 0; k < ECO_SORTS * 4; k++) {
                struct eco_leaderboard_query q = {
                    .filter.choice[ECO_FILTER_TASK].is_on = filters[t].on,
                    .filter.choice[ECO_FILTER_TASK].n = filters[t].n,
                    .sort = (enum eco_sort)(k / 4),
                    .descending = k & 1,
                    .filter.exclude_removed = k & 2,
                };

                memcpy(q.filter.choice[ECO_FILTER_TASK].value, filters[t].tasks,
                       sizeof(filters[t].tasks));
                assert_int_equal(eco_search_parse(eco_str_from_c(searches[s]),
                                                  &q.filter.search, NULL),
                                 0);
                check_pages(f.ix, &hub, &q);
            }
    eco_ref_hub_release(&hub);
    close_hub(&f);
}

static void agrees_with_the_slow_way_on_a_small_hub(void **state)
{
    (void)state;
    check_everything(61, 1);
}

static void agrees_with_the_slow_way_on_a_larger_hub(void **state)
{
    (void)state;
    check_everything(2600, 2); /* orders of several blocks */
}

static void one_model_is_a_hub(void **state)
{
    (void)state;
    check_everything(1, 3);
}

/* --- words ------------------------------------------------------------------------------ */

static void words_are_split_at_blanks_and_lowered(void **state)
{
    struct eco_search s;

    (void)state;
    assert_int_equal(
        eco_search_parse(ECO_STR(" A\tbC \xe3\x80\x80  \xe6\xa8\xa1Z\r\n"), &s,
                         NULL),
        0);
    assert_int_equal(s.n, 3);
    assert_true(eco_str_is(s.word[0], "a"));
    assert_true(eco_str_is(s.word[1], "bc"));
    assert_true(eco_str_is(s.word[2], "\xe6\xa8\xa1z"));
}

static void searches_have_a_maximum(void **state)
{
    char text[ECO_MAX_SEARCH_BYTES + 2];
    struct eco_search s;

    (void)state;
    memset(text, 'x', sizeof(text));
    assert_int_equal(
        eco_search_parse((struct eco_str){ text, ECO_MAX_SEARCH_BYTES }, &s,
                         NULL),
        0);
    assert_int_equal(
        eco_search_parse((struct eco_str){ text, ECO_MAX_SEARCH_BYTES + 1 }, &s,
                         NULL),
        ECO_ELIMIT);
    for (size_t i = 1; i < sizeof(text); i += 2)
        text[i] = ' ';
    assert_int_equal(
        eco_search_parse((struct eco_str){ text, 2 * ECO_MAX_SEARCH_WORDS }, &s,
                         NULL),
        0);
    assert_int_equal(s.n, ECO_MAX_SEARCH_WORDS);
    assert_int_equal(
        eco_search_parse((struct eco_str){ text, 2 * ECO_MAX_SEARCH_WORDS + 1 },
                         &s, NULL),
        ECO_ELIMIT);
}

/* --- what is kept --------------------------------------------------------------------- */

static const struct eco_found *get(const struct fixture *f,
                                   const struct eco_filter *filter)
{
    const struct eco_found *found;

    assert_int_equal(eco_found_get(f->ix, filter, &found, NULL), 0);
    return found;
}

static const struct eco_found *look(const struct fixture *f, const char *q)
{
    struct eco_filter filter = { 0 };

    assert_int_equal(eco_search_parse(eco_str_from_c(q), &filter.search, NULL),
                     0);
    return get(f, &filter);
}

static void large_results_are_kept_and_the_oldest_forgotten(void **state)
{
    const struct eco_found *first, *again;
    struct fixture f;

    (void)state;
    open_hub(&f, 1500, 6);
    first = look(&f, "GGUF");
    again = look(&f, " gguf");
    assert_ptr_equal(first, again);
    eco_found_unref(again);
    for (int i = 0; i < ECO_FOUND_KEPT; i++) {
        char q[16];

        snprintf(q, sizeof(q), "%c %c", 'a' + i % 6, "aelrt-"[i / 6]);
        again = look(&f, q);
        assert_true(again->hits.n > 1500 / 512);
        eco_found_unref(again);
    }
    again = look(&f, "gguf"); /* found again, while the first is still held */
    assert_ptr_not_equal(first, again);
    assert_int_equal(first->hits.n, again->hits.n);
    eco_found_unref(again);
    eco_query_index_free(f.ix); /* what is held outlives the cache */
    f.ix = NULL;
    assert_true(first->hits.n > 0 && first->counts[0].n > 0);
    eco_found_unref(first);
    close_hub(&f);
}

/* Filters that have to be told apart, though their values look alike. */
static const struct {
    const char *q;
    int facet;
    uint32_t n;
    uint32_t value[3];
} alike[] = {
    { "", ECO_FILTER_LICENCE, 1, { 1 } },
    { "", ECO_FILTER_LIBRARY, 1, { 1 } },
    { "", ECO_FILTER_LANGUAGE, 1, { 1 } },
    { "", ECO_FILTER_KIND, 1, { 1 } },
    { "", ECO_FILTER_LICENCE, 1, { 0 } },
    { "", ECO_FILTER_LICENCE, 2, { 0, 1 } },
    { "", ECO_FILTER_LICENCE, 3, { 0, 1, 2 } },
    { "l", ECO_FILTER_LICENCE, 1, { 1 } },
    { "l", ECO_FILTER_LIBRARY, 1, { 1 } },
    { "l", ECO_FILTER_KIND, 0, { 0 } },
    { "l", ECO_FILTER_LIBRARY, 0, { 0 } },
};

static void make_alike(struct eco_filter *f, size_t i)
{
    *f = (struct eco_filter){ 0 };
    assert_int_equal(
        eco_search_parse(eco_str_from_c(alike[i].q), &f->search, NULL), 0);
    f->choice[alike[i].facet].is_on = true;
    for (uint32_t k = alike[i].n; k > 0; k--)
        eco_choice_add(&f->choice[alike[i].facet], alike[i].value[k - 1]);
}

static void results_are_kept_by_everything_but_task_and_removed(void **state)
{
    const struct eco_found *found[COUNT(alike)];
    struct eco_filter filter;
    struct fixture f;

    (void)state;
    open_hub(&f, 1500, 7);
    for (size_t i = 0; i < COUNT(alike); i++) {
        make_alike(&filter, i);
        found[i] = get(&f, &filter);
        for (size_t k = 0; k < i; k++)
            assert_ptr_not_equal(found[i], found[k]);
    }
    for (size_t i = 0; i < COUNT(alike); i++) {
        const struct eco_found *again;

        make_alike(&filter, i);
        filter.exclude_removed = true;
        filter.choice[ECO_FILTER_TASK] = (struct eco_choice){ true, 1, { 2 } };
        again = get(&f, &filter);
        assert_ptr_equal(again, found[i]);
        eco_found_unref(again);
        eco_found_unref(found[i]);
    }
    close_hub(&f);
}

static void what_the_index_has_counted_is_not_looked_for(void **state)
{
    struct eco_filter f = { .exclude_removed = true };

    (void)state;
    assert_true(eco_filter_is_on(&f));
    f.choice[ECO_FILTER_TASK].is_on = true;
    assert_false(eco_found_is_needed(&f));
    for (int i = ECO_FILTER_TASK + 1; i < ECO_FILTER_FACETS; i++) {
        struct eco_filter g = { 0 };

        g.choice[i].is_on = true;
        assert_true(eco_filter_is_on(&g));
        assert_true(eco_found_is_needed(&g));
    }
}

/* --- values of facets --------------------------------------------------------------- */

static void values_are_found_by_their_names(void **state)
{
    static const struct {
        int facet;
        const char *text;
        bool is_known;
        uint32_t value;
    } cases[] = {
        { ECO_FILTER_TASK, "text-generation", true, 3 },
        { ECO_FILTER_TASK, "Text-Generation", false, 0 },
        { ECO_FILTER_TASK, "none", true, 0 },
        { ECO_FILTER_TASK, "", false, 0 },
        { ECO_FILTER_LANGUAGE, "code", true, 2 },
        { ECO_FILTER_LANGUAGE, "Code", true, 2 },
        { ECO_FILTER_LANGUAGE, "none", true, 0 },
        { ECO_FILTER_LANGUAGE, "fi", false, 0 },
        { ECO_FILTER_LICENCE, "mit", true, 3 },
        { ECO_FILTER_LICENCE, "none", true, 0 },
        { ECO_FILTER_LIBRARY, "gguf", true, 1 },
        { ECO_FILTER_LIBRARY, "mit", false, 0 },
        { ECO_FILTER_AUTHOR, "none", true, ECO_SNAP_NO_AUTHOR },
        { ECO_FILTER_AUTHOR, "", false, 0 },
        { ECO_FILTER_AUTHOR, "nobody", false, 0 },
        { ECO_FILTER_KIND, "unknown", true, ECO_AUTHOR_UNKNOWN },
        { ECO_FILTER_KIND, "classroom", true, ECO_AUTHOR_CLASSROOM },
        { ECO_FILTER_KIND, "none", true, ECO_AUTHOR_UNKNOWN },
        { ECO_FILTER_KIND, "Company", false, 0 },
    };
    uint32_t value, author;
    struct fixture f;

    (void)state;
    open_hub(&f, 1500, 8);
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool is_known =
            eco_filter_find(f.snap, (enum eco_filter_facet)cases[i].facet,
                            eco_str_from_c(cases[i].text), &value);

        assert_int_equal(is_known, cases[i].is_known);
        if (is_known)
            assert_int_equal(value, cases[i].value);
    }
    assert_true(eco_snap_find_author(f.snap, ECO_STR("northwind0"), &author));
    assert_true(eco_filter_find(f.snap, ECO_FILTER_AUTHOR,
                                ECO_STR("NORTHwind0"), &value));
    assert_int_equal(value, author);
    close_hub(&f);
}

static void choices_are_distinct_and_rising(void **state)
{
    static const uint32_t given[] = { 7, 3, 7, UINT32_MAX, 0, 3, 5, 0 };
    static const uint32_t want[] = { 0, 3, 5, 7, UINT32_MAX };
    struct eco_choice c = { 0 };

    (void)state;
    assert_true(eco_choice_has(&c, 9)); /* nothing is asked for */
    c.is_on = true;
    assert_false(eco_choice_has(&c, 9));
    for (size_t i = 0; i < COUNT(given); i++)
        eco_choice_add(&c, given[i]);
    assert_int_equal(c.n, COUNT(want));
    assert_memory_equal(c.value, want, sizeof(want));
    assert_true(eco_choice_has(&c, 5));
    assert_false(eco_choice_has(&c, 9));
    for (uint32_t i = 100; c.n < ECO_MAX_FACET_VALUES; i++)
        eco_choice_add(&c, i);
    eco_choice_add(&c, 0); /* no room is needed */
}

/* Bounds that are only checked where they are used. */
static void a_snapshot_that_lies_is_refused(void **state)
{
    struct eco_choice author = { true, 1, { 0 } }, kind = { true, 1, { 0 } };
    uint64_t bounds[ECO_AUTHOR_KINDS + 1];
    struct eco_snap lie;
    uint64_t *first, *bits;
    uint32_t *nodes;
    struct fixture f;

    (void)state;
    open_hub(&f, 300, 9);
    lie = *f.snap;
    bits = eco_bits_new(f.ix->n);
    first = calloc(lie.meta->n_authors + 1u, sizeof(*first));
    nodes = calloc(f.ix->n, sizeof(*nodes));
    assert_true(bits && first && nodes);
    memcpy(first, lie.author_first,
           (lie.meta->n_authors + 1u) * sizeof(*first));
    lie.author_first = first;
    first[1] = first[lie.meta->n_authors] + 1;
    assert_int_equal(
        eco_choice_set_bits(&lie, ECO_FILTER_AUTHOR, &author, bits, NULL),
        ECO_EFORMAT);
    first[0] = 3;
    first[1] = 2;
    assert_int_equal(
        eco_choice_set_bits(&lie, ECO_FILTER_AUTHOR, &author, bits, NULL),
        ECO_EFORMAT);
    first[0] = 0;
    nodes[1] = f.ix->n;
    lie.author_node = nodes;
    assert_int_equal(
        eco_choice_set_bits(&lie, ECO_FILTER_AUTHOR, &author, bits, NULL),
        ECO_EFORMAT);
    author.value[0] = lie.meta->n_authors;
    assert_int_equal(
        eco_choice_set_bits(&lie, ECO_FILTER_AUTHOR, &author, bits, NULL),
        ECO_EFORMAT);
    memcpy(bounds, lie.kind_bits_off, sizeof(bounds));
    lie.kind_bits_off = bounds;
    bounds[1] = bounds[ECO_AUTHOR_KINDS] + 1;
    assert_int_equal(
        eco_choice_set_bits(&lie, ECO_FILTER_KIND, &kind, bits, NULL),
        ECO_EFORMAT);
    free(first);
    free(nodes);
    eco_free(bits);
    close_hub(&f);
}

/* --- a heap that fails -------------------------------------------------------------------- */

/* With an index of its own for each try, as large results are kept there. */
static void fail_one_query(struct fixture *f,
                           const struct eco_leaderboard_query *q)
{
    long before = eco_test_live_blocks(), k = 0;
    int rc;

    do {
        struct eco_leaderboard board;
        struct eco_err err = { 0 };

        assert_true(k < 50);
        assert_int_equal(eco_query_index_new(f->snap, &f->ix, NULL), 0);
        eco_test_fail_alloc_after(k++);
        rc = eco_leaderboard_run(f->ix, q, &board, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_leaderboard_release(&board);
        eco_query_index_free(f->ix);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc != ECO_OK);
    f->ix = NULL;
    assert_true(k > 1);
}

static void queries_survive_every_allocation_failure(void **state)
{
    struct fixture f;

    (void)state;
    open_hub(&f, 1500, 4);
    eco_query_index_free(f.ix);
    for (size_t s = 0; s < COUNT(searches); s++)
        for (unsigned k = 0; k < ECO_SORTS * 2; k++) {
            struct eco_leaderboard_query q = { .sort = (enum eco_sort)(k / 2),
                                               .descending = true,
                                               .filter.exclude_removed = k & 1,
                                               .page = 1 + k % 3,
                                               .per_page = 5 };

            assert_int_equal(eco_search_parse(eco_str_from_c(searches[s]),
                                              &q.filter.search, NULL),
                             0);
            fail_one_query(&f, &q);
        }
    close_hub(&f);
}

/* Large and small sets, with and without words. */
static void filters_survive_every_allocation_failure(void **state)
{
    struct fixture f;

    (void)state;
    open_hub(&f, 1500, 4);
    eco_query_index_free(f.ix);
    for (unsigned k = 0; k < 1u << ECO_FILTER_FACETS; k++)
        for (size_t s = 0; s < 7; s++) {
            struct eco_leaderboard_query q = { .sort = ECO_SORT_LIKES,
                                               .page = 1,
                                               .per_page = 5 };

            for (int i = 0; i < ECO_FILTER_FACETS; i++)
                if (k & 1u << i)
                    q.filter.choice[i] = (struct eco_choice){ true, 1, { 1 } };
            assert_int_equal(eco_search_parse(eco_str_from_c(searches[s]),
                                              &q.filter.search, NULL),
                             0);
            fail_one_query(&f, &q);
        }
    close_hub(&f);
}

static void a_matcher_survives_every_allocation_failure(void **state)
{
    struct eco_filter filter = { .choice[ECO_FILTER_LANGUAGE] = {
                                     true, 2, { 0, 1 } } };
    struct eco_matcher m;
    struct fixture f;
    long before, k = 0;
    int rc;

    (void)state;
    open_hub(&f, 300, 4);
    before = eco_test_live_blocks();
    do {
        eco_test_fail_alloc_after(k++);
        rc = eco_matcher_init(&m, f.snap, &filter, NULL);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_matcher_release(&m);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc != ECO_OK);
    assert_true(k > 1);
    close_hub(&f);
}

static void the_index_survives_every_allocation_failure(void **state)
{
    struct fixture f;
    long before, k = 0;
    int rc;

    (void)state;
    open_hub(&f, 200, 5);
    eco_query_index_free(f.ix);
    before = eco_test_live_blocks();
    do {
        struct eco_err err = { 0 };

        assert_true(k < 20);
        eco_test_fail_alloc_after(k++);
        rc = eco_query_index_new(f.snap, &f.ix, &err);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        if (rc)
            assert_null(f.ix);
        eco_query_index_free(f.ix);
        assert_int_equal(eco_test_live_blocks(), before);
    } while (rc != ECO_OK);
    eco_test_fail_alloc_after(-1);
    f.ix = NULL;
    close_hub(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_slow_way_on_a_small_hub),
        cmocka_unit_test(agrees_with_the_slow_way_on_a_larger_hub),
        cmocka_unit_test(one_model_is_a_hub),
        cmocka_unit_test(words_are_split_at_blanks_and_lowered),
        cmocka_unit_test(searches_have_a_maximum),
        cmocka_unit_test(large_results_are_kept_and_the_oldest_forgotten),
        cmocka_unit_test(results_are_kept_by_everything_but_task_and_removed),
        cmocka_unit_test(what_the_index_has_counted_is_not_looked_for),
        cmocka_unit_test(values_are_found_by_their_names),
        cmocka_unit_test(choices_are_distinct_and_rising),
        cmocka_unit_test(a_snapshot_that_lies_is_refused),
        cmocka_unit_test(queries_survive_every_allocation_failure),
        cmocka_unit_test(filters_survive_every_allocation_failure),
        cmocka_unit_test(a_matcher_survives_every_allocation_failure),
        cmocka_unit_test(the_index_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
