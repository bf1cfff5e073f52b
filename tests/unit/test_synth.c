/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "json/json.h"
#include "record/hubid.h"
#include "synth/check.h"
#include "synth/curve.h"
#include "synth/names.h"
#include "synth/synth.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- numbers ---------------------------------------------------------------- */

static void numbers_are_those_of_the_library(void **state)
{
    (void)state;
    for (double x = 1e-9; x < 1e9; x *= 1.37) {
        assert_true(fabs(eco_numbers_ln(x) - log(x)) <
                    1e-13 * (1 + fabs(log(x))));
        assert_true(fabs(eco_numbers_exp(log(x)) / x - 1) < 1e-12);
        assert_true(fabs(eco_numbers_pow(x, -0.7) / pow(x, -0.7) - 1) < 1e-12);
    }
    for (double p = 1e-6; p < 1; p += 0.001) {
        double z = eco_numbers_normal(p);

        assert_true(fabs(0.5 * erfc(-z / sqrt(2)) - p) < 1e-8);
    }
}

static void a_permutation_meets_every_number_once(void **state)
{
    static const uint64_t sizes[] = { 1, 2, 3, 4, 5, 16, 17, 1000, 4097 };

    (void)state;
    for (size_t s = 0; s < COUNT(sizes); s++) {
        uint8_t seen[4097] = { 0 };
        struct eco_perm p;
        uint64_t moved = 0;

        eco_perm_init(&p, sizes[s], 99);
        for (uint64_t i = 0; i < sizes[s]; i++) {
            uint64_t at = eco_perm_at(&p, i);

            assert_true(at < sizes[s]);
            assert_int_equal(seen[at]++, 0);
            assert_int_equal(eco_perm_find(&p, at), i);
            moved += at != i;
        }
        assert_true(sizes[s] < 1000 || moved > sizes[s] * 9 / 10);
    }
}

static void the_curve_goes_both_ways(void **state)
{
    int64_t last = 0;

    (void)state;
    for (double u = 0; u < 1; u += 1.0 / 4096) {
        int64_t ms = eco_curve_time(u);

        assert_true(ms >= last && ms < eco_curve_end());
        if (u > 0.0102) /* behind the first day's pile */
            assert_true(fabs(eco_curve_share(ms) - u) < 1e-5);
        last = ms;
    }
    /* 2022-03-02T23:29:04Z */
    assert_int_equal(eco_curve_time(0), INT64_C(1646263744000));
}

/* --- levels ------------------------------------------------------------------ */

static void levels_know_who_holds_what(void **state)
{
    const struct eco_law law = { 1.91, 300 };
    struct eco_levels l = { 0 };
    uint64_t thing = 0;
    uint32_t last = UINT32_MAX;

    (void)state;
    assert_int_equal(eco_levels_law(&l, &law, 1000, 5000, NULL), 0);
    assert_int_equal(l.things, 5000);
    for (uint64_t h = 0; h < l.holders; h++) {
        struct eco_holding own = eco_levels_of_holder(&l, h);

        assert_true(own.k && own.k <= last);
        assert_int_equal(own.first, thing);
        for (uint32_t i = 0; i < own.k; i++) {
            struct eco_holding of = eco_levels_of_thing(&l, thing++);

            assert_int_equal(of.holder, h);
            assert_int_equal(of.index, i);
            assert_int_equal(of.first, own.first);
            assert_int_equal(of.k, own.k);
        }
        assert_true(h >= eco_levels_first_at_most(&l, own.k));
        assert_true(h < eco_levels_first_at_most(&l, own.k - 1));
        last = own.k;
    }
    assert_int_equal(thing, l.things);
    eco_levels_release(&l);
}

/* --- the plan ---------------------------------------------------------------- */

/* Depth from the first bases; every base is known and nearer to the root. */
static unsigned depth_of(const struct eco_plan *p, uint64_t model)
{
    struct eco_place place;
    unsigned depth = 0;

    for (;;) {
        eco_plan_place(p, model, &place);
        if (place.kind != ECO_PLACE_CHILD)
            return depth;
        assert_true(depth++ <= ECO_PLAN_DEPTH);
        model = place.base;
    }
}

static void check_bases(const struct eco_plan *p, uint64_t model,
                        const struct eco_place *place, uint32_t *children)
{
    uint32_t further = eco_plan_further(p, place);
    unsigned depth = depth_of(p, model);

    assert_true(place->sibling < place->brothers);
    children[place->base]++;
    for (uint32_t i = 0; i < further; i++) {
        uint64_t base = eco_plan_further_base(p, place, i);

        assert_true(base < p->models);
        assert_true(depth_of(p, base) < depth);
        children[base]++;
    }
}

static void check_plan(uint64_t models)
{
    uint32_t *children = calloc(models, sizeof(*children));
    uint8_t *ranked = calloc(models, 1), *owned = calloc(models, 1);
    struct eco_err err = { 0 };
    struct eco_plan p;

    assert_non_null(children);
    assert_non_null(ranked);
    assert_non_null(owned);
    assert_int_equal(eco_plan_init(&p, models, 3, &err), 0);
    assert_int_equal(p.roots + p.singles + p.derived, models);
    for (uint64_t m = 0; m < models; m++) {
        struct eco_place place;
        uint64_t rank;

        eco_plan_place(&p, m, &place);
        rank = eco_plan_rank(&p, m, &place);
        assert_true(rank < models);
        assert_int_equal(ranked[rank]++, 0);
        assert_int_equal(eco_plan_model_of_rank(&p, rank), m);
        assert_true(eco_plan_owner(&p, m, &place) < p.authors);
        if (place.kind == ECO_PLACE_CHILD)
            check_bases(&p, m, &place, children);
    }
    for (uint64_t m = 0; m < models; m++) {
        struct eco_place place;

        eco_plan_place(&p, m, &place);
        assert_int_equal(children[m], place.children);
    }
    for (uint64_t s = 0; s < p.spaces; s++)
        for (uint32_t i = 0; i < eco_plan_space_uses(&p, s); i++)
            assert_true(eco_plan_space_model(&p, s, i) < models);
    eco_plan_release(&p);
    free(children);
    free(ranked);
    free(owned);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void a_plan_of_any_size_is_sound(void **state)
{
    static const uint64_t sizes[] = { 1,    2,    3,    7,     50,
                                      299,  300,  999,  1000,  2999,
                                      3000, 3001, 7777, 20000, 60000 };

    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++)
        check_plan(sizes[i]);
}

/* --- rows ------------------------------------------------------------------- */

/* All bytes of a Hub, read `cap` at a time. */
static char *read_all(uint32_t models, uint64_t seed, unsigned threads,
                      size_t cap, size_t *len)
{
    struct eco_synth_opts opts = { models, seed, threads };
    size_t room = (size_t)models * 700 + 100000, n;
    char *bytes = malloc(room);
    struct eco_synth *s;
    struct eco_err err = { 0 };

    assert_non_null(bytes);
    assert_int_equal(eco_synth_new(&opts, &s, &err), 0);
    *len = 0;
    do {
        assert_true(room - *len >= cap);
        assert_int_equal(eco_synth_read(s, bytes + *len, cap, &n, &err), 0);
        assert_true(n <= cap);
        *len += n;
    } while (n);
    assert_int_equal(eco_synth_read(s, bytes, cap, &n, &err), 0);
    assert_int_equal(n, 0); /* the end stays the end */
    eco_synth_free(s);
    assert_int_equal(eco_test_live_blocks(), 0);
    return bytes;
}

static void threads_and_read_sizes_change_no_byte(void **state)
{
    static const unsigned threads[] = { 1, 2, 5, 0 };
    static const size_t caps[] = { 4096, 65536, 1, 999983 };
    size_t wanted_len, len;
    char *wanted = read_all(20000, 1, 1, 30000, &wanted_len);

    (void)state;
    for (size_t i = 0; i < COUNT(threads); i++) {
        char *got = read_all(20000, 1, threads[i], caps[i], &len);

        assert_int_equal(len, wanted_len);
        assert_memory_equal(got, wanted, len);
        free(got);
    }
    free(wanted);
}

/*
 * The bytes of one Hub are part of what this promises: a change to them is a
 * change of every test and benchmark that was run on it.
 */
static void the_bytes_are_the_same_on_every_machine(void **state)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    size_t len;
    char *bytes = read_all(3000, 1, 1, 65536, &len);

    (void)state;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    free(bytes);
    print_message("%zu bytes, FNV-1a %016llx\n", len, (unsigned long long)hash);
    assert_true(hash == UINT64_C(0x0e71956f49af2655));
}

static struct eco_str next_line(char **at, const char *end)
{
    char *newline = memchr(*at, '\n', (size_t)(end - *at));
    struct eco_str line = { *at, 0 };

    assert_non_null(newline);
    line.len = (size_t)(newline - *at);
    *at = newline + 1;
    return line;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *lower_copy(struct eco_str s)
{
    char *copy = calloc(1, s.len + 1);

    assert_non_null(copy);
    eco_str_lower(copy, s);
    return copy;
}

static void rows_are_valid_and_owners_are_told(void **state)
{
    struct eco_json_reader *reader;
    char **authors = calloc(20000, sizeof(*authors));
    char **owners = calloc(20000, sizeof(*owners));
    size_t len, n_authors = 0, n_owners = 0, spaces = 0;
    char *bytes = read_all(20000, 5, 2, 65536, &len), *at = bytes;

    (void)state;
    assert_non_null(authors);
    assert_non_null(owners);
    assert_int_equal(eco_json_reader_new(&reader, NULL), 0);
    while (at < bytes + len) {
        struct eco_err err = { 0 };
        struct eco_str line = next_line(&at, bytes + len), id, name;
        struct eco_json *row;

        assert_int_equal(eco_json_parse(reader, line, &row, &err), 0);
        id = eco_json_str(eco_json_get(row, "id"));
        name = eco_json_str(eco_json_get(row, "name"));
        assert_true(eco_str_is(eco_json_str(eco_json_get(row, "snapshot")),
                               ECO_CURVE_SNAPSHOT));
        if (name.len) {
            assert_true(eco_hubid_is_name(name));
            assert_true(n_authors < 20000);
            authors[n_authors++] = lower_copy(name);
        } else {
            assert_true(eco_hubid_is_full(id));
            if (eco_json_get(row, "sdk"))
                spaces++;
            else if (n_owners < 20000)
                owners[n_owners++] = lower_copy(eco_hubid_owner(id));
        }
        eco_json_free(row);
    }
    assert_int_equal(n_owners, 20000);
    assert_int_equal(spaces, 10000);
    qsort(authors, n_authors, sizeof(*authors), by_text);
    for (size_t i = 1; i < n_authors; i++)
        assert_string_not_equal(authors[i - 1], authors[i]);
    for (size_t i = 0; i < n_owners; i++)
        assert_non_null(
            bsearch(&owners[i], authors, n_authors, sizeof(*authors), by_text));
    for (size_t i = 0; i < n_authors; i++)
        free(authors[i]);
    for (size_t i = 0; i < n_owners; i++)
        free(owners[i]);
    free(authors);
    free(owners);
    free(bytes);
    eco_json_reader_free(reader);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void names_of_many_authors_differ(void **state)
{
    struct eco_world *w = calloc(1, sizeof(*w));
    char **names = calloc(400000, sizeof(*names));
    uint64_t n;

    (void)state;
    assert_non_null(w);
    assert_non_null(names);
    assert_int_equal(eco_world_init(w, 2000000, 1, NULL), 0);
    n = w->plan.authors;
    assert_true(n > 300000 && n < 400000); /* every word, several times */
    for (uint64_t i = 0; i < n; i++) {
        struct eco_buf b;

        eco_buf_init(&b, ECO_MAX_NAME_BYTES);
        eco_names_author(w, i, &b);
        assert_int_equal(b.failed, 0);
        names[i] = lower_copy(eco_buf_view(&b));
        eco_buf_release(&b);
    }
    qsort(names, n, sizeof(*names), by_text);
    for (uint64_t i = 1; i < n; i++)
        assert_string_not_equal(names[i - 1], names[i]);
    for (uint64_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    eco_world_release(w);
    free(w);
}

/* A child is younger than each of its bases. */
static void bases_come_first(void **state)
{
    struct eco_world *w = calloc(1, sizeof(*w));
    uint64_t merges = 0;

    (void)state;
    assert_non_null(w);
    assert_int_equal(eco_world_init(w, 60000, 4, NULL), 0);
    for (uint64_t m = w->plan.roots + w->plan.singles; m < w->plan.models;
         m++) {
        struct eco_lineage line, base;
        struct eco_nature own, its;
        uint32_t further;

        eco_world_lineage(w, m, &line);
        eco_world_nature(w, &line, &own);
        further = eco_plan_further(&w->plan, &line.place[0]);
        merges += further > 0;
        for (uint32_t i = 0; i <= further; i++) {
            uint64_t b =
                i < further ? eco_plan_further_base(&w->plan, &line.place[0], i)
                            : line.place[0].base;

            eco_world_lineage(w, b, &base);
            eco_world_nature(w, &base, &its);
            assert_true(its.created <= own.created);
        }
    }
    assert_true(merges > 100);
    eco_world_release(w);
    free(w);
}

static void sizes_beyond_the_limits_are_refused(void **state)
{
    static const uint32_t bad[] = { 0, ECO_SYNTH_MAX_MODELS + 1 };

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct eco_synth_opts opts = { bad[i], 1, 1 };
        struct eco_synth *s = (struct eco_synth *)&opts;
        struct eco_err err = { 0 };

        assert_int_equal(eco_synth_new(&opts, &s, &err), ECO_EINVAL);
        assert_null(s);
        assert_non_null(strstr(err.msg, "1 to 30000000"));
    }
    eco_synth_free(NULL);
}

static void a_reader_may_leave_early(void **state)
{
    struct eco_synth_opts opts = { 20000, 1, 4 };
    struct eco_synth *s;
    char bytes[100];
    size_t n;

    (void)state;
    assert_int_equal(eco_synth_new(&opts, &s, NULL), 0);
    assert_int_equal(eco_synth_read(s, bytes, sizeof(bytes), &n, NULL), 0);
    assert_int_equal(n, sizeof(bytes));
    eco_synth_free(s);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- the check --------------------------------------------------------------- */

struct told {
    size_t n, outside;
    double value[200];
    char outside_key[64]; /* the first */
};

static void tell(void *arg, const struct eco_synth_fact *fact)
{
    struct told *told = arg;

    assert_true(told->n < COUNT(told->value));
    told->value[told->n++] = fact->value;
    if (!fact->ok && !told->outside++)
        snprintf(told->outside_key, sizeof(told->outside_key), "%s", fact->key);
}

static bool run_check(const char *bytes, size_t len, size_t step,
                      struct told *told)
{
    struct eco_synth_check *c;
    struct eco_err err = { 0 };
    bool all_ok;

    *told = (struct told){ 0 };
    assert_int_equal(eco_synth_check_new(&c, &err), 0);
    for (size_t at = 0; at < len; at += step)
        assert_int_equal(eco_synth_check_feed(c, bytes + at,
                                              len - at < step ? len - at : step,
                                              &err),
                         0);
    assert_int_equal(eco_synth_check_end(c, tell, told, &all_ok, &err), 0);
    eco_synth_check_free(c);
    assert_int_equal(eco_test_live_blocks(), 0);
    assert_true(all_ok == !told->outside);
    return all_ok;
}

static void the_check_passes_however_it_is_fed(void **state)
{
    struct told once, again;
    size_t len;
    char *bytes = read_all(20000, 1, 2, 65536, &len);

    (void)state;
    assert_true(run_check(bytes, len, len, &once));
    assert_true(once.n > 100);
    run_check(bytes, len, 7, &again);
    assert_int_equal(once.n, again.n);
    for (size_t i = 0; i < once.n; i++)
        assert_true(once.value[i] == again.value[i]);
    free(bytes);
}

/* Change every occurrence of a text to another one of the same length. */
static void overwrite(char *bytes, size_t len, const char *from, const char *to)
{
    size_t n = strlen(from);

    assert_int_equal(n, strlen(to));
    for (size_t i = 0; i + n <= len; i++)
        if (!memcmp(bytes + i, from, n))
            memcpy(bytes + i, to, n);
}

static void the_check_sees_what_is_wrong(void **state)
{
    static const struct {
        const char *from, *to, *key;
    } cases[] = {
        { "\"createdAt\":\"2026", "\"createdAt\":\"2025", "growth.2025-10-15" },
        { "base_model:quantized:", "base_model:quantised:", "base.declared" },
        { "base_model:merge:", "base_model:marge:", "base.several" },
        { "\"downloads\":0,", "\"downloads\":9,", "downloads.zero" },
        { "\"likes\":0,", "\"likes\":1,", "likes.zero" },
        { "text-to-image\",\"lib", "text-to-video\",\"lib",
          "task.text-to-image" },
        { "\"license\":\"mit\"", "\"license\":\"bsd\"", "licence.mit" },
        { "\"language\":\"en\"", "\"language\":\"nn\"", "language.en" },
        { "\"type\":\"org\"", "\"type\":\"usr\"", "author.org" },
        { "\"models\":[\"", "\"models_[\"", NULL },
    };

    (void)state;
    for (size_t i = 0; cases[i].key; i++) {
        struct told told;
        size_t len;
        char *bytes = read_all(20000, 1, 2, 65536, &len);

        overwrite(bytes, len, cases[i].from, cases[i].to);
        assert_false(run_check(bytes, len, len, &told));
        assert_string_equal(told.outside_key, cases[i].key);
        free(bytes);
    }
}

static void the_check_refuses_what_it_cannot_read(void **state)
{
    static const char *const texts[] = { "{\n", "[]\n", "{\"id\":\"x\"}\n",
                                         "{\"id\":\"a/b\"}\n" };
    bool all_ok;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct eco_synth_check *c;
        struct eco_err err = { 0 };

        assert_int_equal(eco_synth_check_new(&c, &err), 0);
        assert_int_equal(
            eco_synth_check_feed(c, texts[i], strlen(texts[i]), &err),
            ECO_EFORMAT);
        eco_synth_check_free(c);
    }
    for (int cut = 0; cut < 2; cut++) {
        struct eco_synth_check *c;
        struct eco_err err = { 0 };
        struct told told = { 0 };

        assert_int_equal(eco_synth_check_new(&c, &err), 0);
        if (cut)
            assert_int_equal(eco_synth_check_feed(c, "{\"id\"", 5, &err), 0);
        assert_int_equal(eco_synth_check_end(c, tell, &told, &all_ok, &err),
                         ECO_EFORMAT);
        eco_synth_check_free(c);
    }
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- the heap ---------------------------------------------------------------- */

/* Generate and check a small Hub; the first failure counts. */
static int everything(struct eco_err *err)
{
    struct eco_synth_opts opts = { 60, 1, 1 };
    struct eco_synth_check *c = NULL;
    struct eco_synth *s = NULL;
    struct told told = { 0 };
    char bytes[5000];
    bool all_ok;
    size_t n = 1;
    int rc = eco_synth_new(&opts, &s, err);

    if (!rc)
        rc = eco_synth_check_new(&c, err);
    while (!rc && n) {
        rc = eco_synth_read(s, bytes, sizeof(bytes), &n, err);
        if (!rc)
            rc = eco_synth_check_feed(c, bytes, n, err);
    }
    if (!rc)
        rc = eco_synth_check_end(c, tell, &told, &all_ok, err);
    eco_synth_check_free(c);
    eco_synth_free(s);
    return rc;
}

static void synth_survives_every_allocation_failure(void **state)
{
    int rc, k = 0;

    (void)state;
    do {
        struct eco_err err = { 0 };

        assert_true(k < 5000);
        eco_test_fail_alloc_after(k++);
        rc = everything(&err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(err.code, rc);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc != ECO_OK);
    assert_true(k > 100);
}

/* The same for all cohorts, which only larger plans have. */
static void a_plan_survives_every_allocation_failure(void **state)
{
    int rc, k = 0;

    (void)state;
    do {
        struct eco_err err = { 0 };
        struct eco_plan p;

        assert_true(k < 1000);
        eco_test_fail_alloc_after(k++);
        rc = eco_plan_init(&p, 50000, 1, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        if (!rc)
            eco_plan_release(&p);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc != ECO_OK);
    assert_true(k > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_those_of_the_library),
        cmocka_unit_test(a_permutation_meets_every_number_once),
        cmocka_unit_test(the_curve_goes_both_ways),
        cmocka_unit_test(levels_know_who_holds_what),
        cmocka_unit_test(a_plan_of_any_size_is_sound),
        cmocka_unit_test(threads_and_read_sizes_change_no_byte),
        cmocka_unit_test(the_bytes_are_the_same_on_every_machine),
        cmocka_unit_test(rows_are_valid_and_owners_are_told),
        cmocka_unit_test(names_of_many_authors_differ),
        cmocka_unit_test(bases_come_first),
        cmocka_unit_test(sizes_beyond_the_limits_are_refused),
        cmocka_unit_test(a_reader_may_leave_early),
        cmocka_unit_test(the_check_passes_however_it_is_fed),
        cmocka_unit_test(the_check_sees_what_is_wrong),
        cmocka_unit_test(the_check_refuses_what_it_cannot_read),
        cmocka_unit_test(synth_survives_every_allocation_failure),
        cmocka_unit_test(a_plan_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
