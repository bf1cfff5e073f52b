/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "random_hub.h"

#include "../ref/leaderboard.h"

/*
 * Random filters, orders and pages on random hubs, against a look at every
 * model. The number before a question leads back to it.
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* SplitMix64. */
static uint32_t below(uint64_t *seed, uint32_t n)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) % n);
}

static bool one_in(uint64_t *seed, uint32_t n)
{
    return below(seed, n) == 0;
}

/* --- questions ------------------------------------------------------------------ */

static uint32_t values_of(const struct eco_snap *s, int facet)
{
    switch (facet) {
    case ECO_FILTER_TASK:
        return s->tasks.n;
    case ECO_FILTER_LANGUAGE:
        return s->languages.n;
    case ECO_FILTER_AUTHOR:
        return s->meta->n_authors;
    case ECO_FILTER_LICENCE:
        return s->licences.n;
    case ECO_FILTER_LIBRARY:
        return s->libraries.n;
    default:
        return ECO_AUTHOR_KINDS;
    }
}

/* Few values are often asked for, sometimes as many as may be. */
static void ask_facet(uint64_t *seed, const struct eco_snap *s, int facet,
                      struct eco_choice *c)
{
    uint32_t n = values_of(s, facet);
    uint32_t want = one_in(seed, 4) ? ECO_MAX_FACET_VALUES : below(seed, 4);

    c->is_on = true;
    while (n && want-- > 0) {
        uint32_t value = below(seed, n);

        if (facet == ECO_FILTER_AUTHOR && one_in(seed, 2))
            value %= 40; /* numbered by influence: the first have more models */
        if (facet == ECO_FILTER_AUTHOR && one_in(seed, 6))
            value = ECO_SNAP_NO_AUTHOR;
        eco_choice_add(c, value);
    }
}

static void ask(uint64_t *seed, const struct eco_snap *s,
                struct eco_leaderboard_query *q)
{
    static const char *const words[] = { "l",         "gguf",    "LLAMA-3 0",
                                         "northwind", "-1",      "4_k",
                                         "uni_ bert", "nothing", "q w 2",
                                         "/m",        "zeta.ai1" };

    memset(q, 0, sizeof(*q));
    q->sort = (enum eco_sort)below(seed, ECO_SORTS);
    q->descending = one_in(seed, 2);
    q->filter.exclude_removed = one_in(seed, 3);
    if (one_in(seed, 3))
        assert_int_equal(
            eco_search_parse(eco_str_from_c(words[below(seed, COUNT(words))]),
                             &q->filter.search, NULL),
            0);
    for (int i = 0; i < ECO_FILTER_FACETS; i++)
        if (one_in(seed, 4))
            ask_facet(seed, s, i, &q->filter.choice[i]);
}

/* --- answers -------------------------------------------------------------------- */

static uint64_t question; /* the seed of the one being answered */

#define CHECK(is)                                                              \
    do {                                                                       \
        if (!(is))                                                             \
            fail_msg("question %#jx: %s", (uintmax_t)question, #is);           \
    } while (0)

static void check_board(const struct eco_leaderboard *board,
                        const struct eco_leaderboard_query *q,
                        const struct eco_ref_board *want)
{
    uint64_t skip = (uint64_t)(q->page - 1) * q->per_page;
    uint32_t seen[ECO_REF_TASKS] = { 0 };

    CHECK(board->total == want->n);
    CHECK(board->removed == want->removed);
    for (uint32_t i = 0; i < board->n; i++)
        CHECK(skip + i < want->n && board->nodes[i] == want->nodes[skip + i]);
    CHECK(board->n == q->per_page || skip + board->n >= want->n);
    for (uint32_t i = 0; i < board->n_facets; i++) {
        CHECK(board->facets[i].models > 0);
        CHECK(!i || board->facets[i - 1].models >= board->facets[i].models);
        seen[board->facets[i].task] = board->facets[i].models;
    }
    CHECK(!memcmp(seen, want->by_task, sizeof(seen)));
}

static void check_page(const struct eco_query_index *ix,
                       const struct eco_leaderboard_query *q,
                       const struct eco_ref_board *want)
{
    struct eco_leaderboard board;

    CHECK(!eco_leaderboard_run(ix, q, &board, NULL));
    check_board(&board, q, want);
    eco_leaderboard_release(&board);
}

/* The same filter for a network: node by node, placeholders as well. */
static void check_nodes(const struct eco_ref_hub *hub,
                        const struct eco_filter *f)
{
    struct eco_matcher m;

    CHECK(!eco_matcher_init(&m, hub->snap, f, NULL));
    for (uint32_t v = 0; v < hub->snap->meta->n_nodes; v++)
        CHECK(eco_matcher_has(&m, v) == eco_ref_matches(hub, f, v, false));
    eco_matcher_release(&m);
}

static void check_question(const struct eco_query_index *ix,
                           const struct eco_ref_hub *hub, uint64_t *seed)
{
    struct eco_leaderboard_query q;
    struct eco_ref_board want;

    question = *seed;
    ask(seed, hub->snap, &q);
    eco_ref_board_init(&want, hub, &q);
    for (int i = 0; i < 4; i++) { /* the first may be kept for the rest */
        q.per_page = 1 + below(seed, ECO_MAX_PER_PAGE);
        q.page = 1 + below(seed, want.n / q.per_page + 2);
        check_page(ix, &q, &want);
    }
    eco_ref_board_release(&want);
    check_nodes(hub, &q.filter);
}

/* --- hubs ------------------------------------------------------------------------ */

static struct eco_snap *open_hub(uint32_t n_models, uint32_t seed)
{
    char path[] = "/tmp/ecoviz-leaderboard-XXXXXX";
    struct eco_err err = { 0 };
    struct eco_snap *snap;
    struct random_hub hub;
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    close(fd);
    assert_true(random_hub_init(&hub, n_models, seed));
    if (eco_build_assemble(&hub.in, path, NULL, &err) ||
        eco_snap_open(path, &snap, &err))
        fail_msg("%s", err.msg);
    random_hub_release(&hub);
    unlink(path);
    return snap;
}

static void check_hub(uint32_t n_models, uint32_t n_questions, uint32_t seed)
{
    struct eco_snap *snap = open_hub(n_models, seed);
    struct eco_query_index *ix;
    struct eco_ref_hub hub;
    uint64_t state = seed;

    assert_int_equal(eco_query_index_new(snap, &ix, NULL), 0);
    eco_ref_hub_init(&hub, snap);
    for (uint32_t i = 0; i < n_questions; i++)
        check_question(ix, &hub, &state);
    eco_ref_hub_release(&hub);
    eco_query_index_free(ix);
    eco_snap_unref(snap);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void small_hubs(void **state)
{
    (void)state;
    for (uint32_t n = 1; n < 150; n += 1 + n / 8)
        check_hub(n, 200, 0x1000 + n);
}

/* Results are lists and bits, a few of them kept. */
static void a_hub_of_thousands(void **state)
{
    (void)state;
    check_hub(3000, 1500, 0x2000);
}

/* Bitmaps of more than one container. */
static void a_large_hub(void **state)
{
    (void)state;
    check_hub(70000, 60, 0x3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_hubs),
        cmocka_unit_test(a_hub_of_thousands),
        cmocka_unit_test(a_large_hub),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
