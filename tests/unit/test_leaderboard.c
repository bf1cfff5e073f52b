/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "query/found.h"
#include "query/leaderboard.h"
#include "random_hub.h"

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

/* --- the same question, answered the slow way -------------------------------------- */

static const struct eco_leaderboard_query *asked; /* for qsort only */
static const struct eco_snap *asked_snap;

static int cmp_i64(int64_t a, int64_t b, int64_t unknown)
{
    if (a == unknown || b == unknown)
        return (a == unknown) - (b == unknown);
    return asked->descending ? (a < b) - (a > b) : (a > b) - (a < b);
}

static int cmp_key(uint32_t a, uint32_t b)
{
    const struct eco_snap *s = asked_snap;
    double x = s->influence[a], y = s->influence[b];
    int c;

    switch (asked->sort) {
    case ECO_SORT_INFLUENCE:
        return asked->descending ? (x < y) - (x > y) : (x > y) - (x < y);
    case ECO_SORT_NAME:
        c = eco_str_cmp_nocase(eco_snap_id(s, a), eco_snap_id(s, b));
        return asked->descending ? -c : c;
    case ECO_SORT_CREATED:
        return cmp_i64(s->created[a], s->created[b], ECO_TIME_UNKNOWN);
    case ECO_SORT_DOWNLOADS:
        return cmp_i64(s->downloads[a], s->downloads[b], -1);
    case ECO_SORT_LIKES:
        return cmp_i64(s->likes[a], s->likes[b], -1);
    case ECO_SORT_TASK:
        /* entries are numbered by name; 0 is "none" */
        return cmp_i64(s->task[a], s->task[b], 0);
    }
    return 0;
}

static int cmp_nodes(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    int c = cmp_key(*x, *y);

    return c ? c : (*x > *y) - (*x < *y);
}

static bool is_named(const struct eco_snap *s,
                     const struct eco_leaderboard_query *q, uint32_t v)
{
    for (size_t i = 0; i < q->filter.search.n; i++)
        if (!eco_str_contains_lower(eco_snap_id(s, v),
                                    q->filter.search.word[i]))
            return false;
    return true;
}

static bool is_chosen(const struct eco_leaderboard_query *q, uint32_t task)
{
    if (!q->filter.choice[ECO_FILTER_TASK].is_on)
        return true;
    for (uint32_t i = 0; i < q->filter.choice[ECO_FILTER_TASK].n; i++)
        if (q->filter.choice[ECO_FILTER_TASK].value[i] == task)
            return true;
    return false;
}

struct slow {
    uint32_t *nodes; /* all that match, in order */
    uint32_t n;
    uint32_t removed;
    uint32_t by_task[16];
};

static void answer_slowly(const struct eco_snap *s,
                          const struct eco_leaderboard_query *q,
                          struct slow *out)
{
    memset(out, 0, sizeof(*out));
    out->nodes = malloc((s->meta->n_ranked + 1) * sizeof(uint32_t));
    assert_non_null(out->nodes);
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        bool gone = s->flags[v] & ECO_SNAP_REMOVED;
        bool chosen = is_chosen(q, s->task[v]);

        if (!is_named(s, q, v))
            continue;
        out->removed += chosen && gone;
        if (gone && q->filter.exclude_removed)
            continue;
        out->by_task[s->task[v]]++;
        if (chosen)
            out->nodes[out->n++] = v;
    }
    asked = q;
    asked_snap = s;
    qsort(out->nodes, out->n, sizeof(uint32_t), cmp_nodes);
}

/* --- comparison ----------------------------------------------------------------------- */

static void check_facets(const struct eco_leaderboard *board,
                         const struct slow *slow)
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
                       struct eco_leaderboard_query *q, const struct slow *slow)
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
                        struct eco_leaderboard_query *q)
{
    static const uint32_t per_page[] = { 1, 7, 100 };
    struct slow slow;

    answer_slowly(ix->snap, q, &slow);
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
    free(slow.nodes);
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
    struct fixture f;

    open_hub(&f, n_models, seed);
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
                check_pages(f.ix, &q);
            }
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

static const struct eco_found *look(const struct fixture *f, const char *q)
{
    const struct eco_found *found;
    struct eco_search s;

    assert_int_equal(eco_search_parse(eco_str_from_c(q), &s, NULL), 0);
    assert_int_equal(eco_found_search(f->ix, &s, &found, NULL), 0);
    return found;
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
        cmocka_unit_test(queries_survive_every_allocation_failure),
        cmocka_unit_test(the_index_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
