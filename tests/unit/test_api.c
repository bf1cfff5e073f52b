/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "base/alloc.h"
#include "json/json.h"
#include "sample_input.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- one hub for all tests -------------------------------------------------------- */

struct fixture {
    uint8_t *bytes;
    struct eco_snap *snap;
    struct eco_query_index *index;
    struct eco_json_reader *reader;
    struct eco_api api;
};

static int open_hub(void **state)
{
    static struct fixture f;
    struct eco_sample *sample = eco_sample_new(&eco_sample_hub);
    struct eco_err err = { 0 };
    size_t len = 0;

    f.bytes = eco_sample_bytes(&sample->in, &len);
    eco_sample_free(sample);
    if (!f.bytes || eco_snap_open_bytes("hub", f.bytes, len, &f.snap, &err) ||
        eco_query_index_new(f.snap, &f.index, &err) ||
        eco_json_reader_new(&f.reader, &err)) {
        print_error("%s\n", err.msg);
        return -1;
    }
    f.api = (struct eco_api){ f.index, "1.2.3" };
    *state = &f;
    return 0;
}

static int close_hub(void **state)
{
    struct fixture *f = *state;

    eco_json_reader_free(f->reader);
    eco_query_index_free(f->index);
    eco_snap_unref(f->snap);
    free(f->bytes);
    return eco_test_live_blocks() ? -1 : 0;
}

/* --- asking -------------------------------------------------------------------------- */

struct answer {
    struct eco_api_call call;
    struct eco_api_response response;
    struct eco_json *json;
};

static struct eco_api_request request_of(const char *method, const char *target)
{
    struct eco_str t = eco_str_from_c(target);
    size_t end = eco_str_find(t, '?');

    return (struct eco_api_request){ eco_str_from_c(method),
                                     { t.ptr, end },
                                     eco_str_skip(t, end + 1) };
}

static void ask(struct fixture *f, const char *method, const char *target,
                struct answer *a)
{
    struct eco_api_request request = request_of(method, target);
    struct eco_err err = { 0 };
    bool understood = eco_api_prepare(&f->api, &request, &a->call);

    assert_int_equal(understood, a->call.problem.code == ECO_PROBLEM_NONE);
    assert_int_equal(eco_api_answer(&a->call, &a->response, &err), 0);
    assert_int_equal(err.code, 0);
    assert_true(a->response.body.len > 0);
    a->json = NULL;
    if (strstr(a->response.type, "json") &&
        eco_json_parse(f->reader, eco_buf_view(&a->response.body), &a->json,
                       &err))
        fail_msg("%s: %s", target, err.msg);
}

static void forget(struct answer *a)
{
    eco_json_free(a->json);
    eco_api_response_release(&a->response);
}

static void expect_problem(struct fixture *f, const char *method,
                           const char *target, enum eco_problem_code code)
{
    struct answer a;

    ask(f, method, target, &a);
    assert_int_equal(a.response.status, eco_problem_status(code));
    assert_string_equal(a.response.type, "application/problem+json");
    assert_int_equal(a.response.cache, ECO_CACHE_NEVER);
    assert_false(a.response.has_etag);
    assert_true(eco_str_is(eco_json_str(eco_json_get(a.json, "code")),
                           eco_problem_name(code)));
    forget(&a);
}

/* --- what is refused -------------------------------------------------------------------- */

static const struct {
    const char *target;
    enum eco_problem_code code;
} refused[] = {
    { "", ECO_PROBLEM_NOT_FOUND },
    { "/", ECO_PROBLEM_NOT_FOUND },
    { "xapi/v1/models", ECO_PROBLEM_NOT_FOUND },
    { "/api", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1", ECO_PROBLEM_NOT_FOUND },
    { "/api/v2/models", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/Models", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/m%6fdels", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models/", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1//models", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models/a/b/c", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models/no/such", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models//b", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models/a/", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models/../..", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/about/", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models/a%2fb", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a%00/b", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a%/b", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a%zz/b", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a/%ff", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a/%27%20or%201=1", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a/<script>", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a/b+c", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/authors/%3Csvg%3E/avatar", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/models/a/b?x=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/about?x=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/authors/a/avatar?size=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/models?nope=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/models?page=0", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?page=1000001", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/models?per_page=101", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/models?sort=rank", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?order=up", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?removed=yes", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?task=", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?q=a&q=b", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?q=%zz", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/models?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q",
      ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/networks/", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks/x", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&model=gpt2", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=0", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1001", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/networks?top=1&top=1", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?model=", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?model=no/such", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks?model=gpt2&model=no/such", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks?top=1&expand=no/such", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks?top=1&collapse=no/such", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks?top=1&view=tree", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&limit=100001", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/networks?top=1&limit=0", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&depth=1001", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/networks?top=1&until=2024-02-30", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&until=", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&hide=finetuned", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&hide=merge&hide=merge&hide=merge&hide=merge&"
      "hide=merge",
      ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/networks?top=1&filter=both", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&format=png", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks?top=1&page=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/networks/members?top=1&view=author", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks/members?top=1&author=zed", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks/members?top=1&view=author&author=a%2fb",
      ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/networks/members?top=1&view=author&author=nobody",
      ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks/members?top=1&view=author&author=nobody-here",
      ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/networks/members?top=1&view=author&author=zed&format=json",
      ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/networks/members?top=1&view=author&author=zed&per_page=101",
      ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/avatars", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/avatars?name=%3Csvg%3E", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/avatars?name=a%2fb", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/avatars?names=a", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/dashboard/", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/nothing", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/task%2f", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/dashboard/task/", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/task/nothing", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/task/%", ECO_PROBLEM_BAD_PATH },
    { "/api/v1/dashboard/task/a/b", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/growth/task", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/drift/model", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/relation/others", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard?x=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/dashboard/drift?x=1", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/dashboard/task?by=task", ECO_PROBLEM_UNKNOWN_PARAMETER },
    { "/api/v1/dashboard/task?sort=", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/task?per_page=1001", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/dashboard/task?page=1000001", ECO_PROBLEM_LIMIT_EXCEEDED },
    { "/api/v1/dashboard/growth?by=model", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/treemap?by=language", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/treemap?size=models", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/treemap?by=model&value=gpt2",
      ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/treemap?by=task&value=nothing",
      ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/treemap?by=task&value=others", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/dashboard/drift/models", ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/drift/models?from=mit&to=",
      ECO_PROBLEM_BAD_PARAMETER },
    { "/api/v1/dashboard/drift/models?from=mit&to=x", ECO_PROBLEM_NOT_FOUND },
    { "/api/v1/models?task=1&task=2&task=3&task=4&task=5&task=6&task=7&task=8&"
      "task=9&task=10&task=11&task=12&task=13&task=14&task=15&task=16&task=17",
      ECO_PROBLEM_LIMIT_EXCEEDED },
};

static void bad_questions_have_their_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++)
        expect_problem(*state, "GET", refused[i].target, refused[i].code);
}

static void long_values_are_refused(void **state)
{
    char target[1024];
    struct answer a;

    snprintf(target, sizeof(target), "/api/v1/models?q=%0200d", 0);
    expect_problem(*state, "GET", strcat(target, "0"),
                   ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/models?task=%0513d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/models?task=%0512d", 0);
    ask(*state, "GET", target, &a);
    assert_int_equal(a.response.status, 200);
    forget(&a);
    snprintf(target, sizeof(target), "/api/v1/models/%097d/x", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/authors/%097d/avatar", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/avatars?name=%097d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/dashboard/%097d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/dashboard/task/%0513d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/dashboard/task/%0512d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_NOT_FOUND);
    snprintf(target, sizeof(target),
             "/api/v1/dashboard/treemap?by=task&value=%0513d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target), "/api/v1/networks?model=%0194d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    snprintf(target, sizeof(target),
             "/api/v1/networks/members?top=1&view=author&author=%097d", 0);
    expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
}

/* So many values and no more. */
static const struct {
    const char *begin, *again;
    int max;
} repeated[] = {
    { "/api/v1/networks?limit=1", "&model=gpt2", 50 },
    { "/api/v1/networks?top=1", "&expand=gpt2", 32 },
    { "/api/v1/networks?top=1", "&collapse=gpt2", 32 },
    { "/api/v1/networks?top=1", "&hide=merge", 4 },
    { "/api/v1/networks?top=1", "&task=none", 16 },
    { "/api/v1/avatars?name=a", "&name=", 47 },
};

static void lists_have_their_maxima(void **state)
{
    for (size_t i = 0; i < COUNT(repeated); i++) {
        char target[2048];
        size_t n = strlen(repeated[i].begin);
        struct answer a;

        strcpy(target, repeated[i].begin);
        for (int k = 0; k < repeated[i].max; k++)
            n += (size_t)sprintf(target + n, "%s", repeated[i].again);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        forget(&a);
        strcpy(target + n, repeated[i].again);
        expect_problem(*state, "GET", target, ECO_PROBLEM_LIMIT_EXCEEDED);
    }
}

static void only_get_and_head_are_known(void **state)
{
    static const char *const others[] = { "POST",    "PUT", "DELETE",
                                          "OPTIONS", "get", "" };
    struct answer a;

    for (size_t i = 0; i < COUNT(others); i++) {
        ask(*state, others[i], "/api/v1/models", &a);
        assert_int_equal(a.response.status, 405);
        assert_string_equal(a.response.allow, "GET, HEAD");
        forget(&a);
    }
    ask(*state, "HEAD", "/api/v1/models", &a);
    assert_int_equal(a.response.status, 200);
    assert_null(a.response.allow);
    forget(&a);
}

/* --- the leaderboard ---------------------------------------------------------------------- */

static const struct {
    const char *query;
    int64_t total, removed;
    const char *first; /* id, NULL: none */
} lists[] = {
    { "", 16, 2, "aurora/Aurora-7B" },
    { "?page=1000000", 16, 2, NULL },
    { "?q=", 16, 2, "aurora/Aurora-7B" },
    { "?q=AURORA", 3, 0, "aurora/Aurora-7B" },
    { "?q=aurora+gguf", 1, 0, "quant-shop/aurora-7b-instruct-GGUF" },
    { "?q=mod%C3%A8le", 1, 0, "tiny/mod\xc3\xa8le" },
    { "?q=z", 4, 0, NULL },
    { "?removed=exclude", 14, 2, "aurora/Aurora-7B" },
    { "?task=none", 2, 1, NULL },
    { "?task=none&task=fill-mask&task=nothing", 8, 2, NULL },
    { "?task=nothing", 0, 0, NULL },
    { "?sort=name", 16, 2, "a-b/slash-sorts-after-dash" },
    { "?sort=name&order=desc", 16, 2, "zed/merge-b" },
    { "?sort=likes", 16, 2, "aurora/Aurora-7B" },
    { "?sort=downloads", 16, 2, "gpt2" },
    { "?sort=created", 16, 2, "zed/aaaaaaaa" },
    { "?sort=created&order=asc", 16, 2, "gpt2" },
    { "?sort=task&order=desc&per_page=1&page=16", 16, 2, NULL },
    { "?q=lost", 0, 0, NULL }, /* a placeholder is not listed */
};

static void lists_answer_what_is_asked(void **state)
{
    for (size_t i = 0; i < COUNT(lists); i++) {
        const struct eco_json *models, *first;
        char target[256];
        struct answer a;

        snprintf(target, sizeof(target), "/api/v1/models%s", lists[i].query);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        assert_int_equal(eco_json_int(eco_json_get(a.json, "total")),
                         lists[i].total);
        assert_int_equal(eco_json_int(eco_json_get(a.json, "removed")),
                         lists[i].removed);
        models = eco_json_get(a.json, "models");
        first = eco_json_get(eco_json_at(models, 0), "id");
        if (lists[i].first && !eco_str_is(eco_json_str(first), lists[i].first))
            fail_msg("%s begins with %.*s", target,
                     (int)eco_json_str(first).len, eco_json_str(first).ptr);
        forget(&a);
    }
}

static void unknown_facts_are_null(void **state)
{
    const struct eco_json *row, *value;
    struct answer a;

    ask(*state, "GET", "/api/v1/models?q=all-unknown", &a);
    row = eco_json_at(eco_json_get(a.json, "models"), 0);
    assert_true(eco_json_member(row, "likes", &value) && !value);
    assert_true(eco_json_member(row, "downloads", &value) && !value);
    assert_true(eco_json_member(row, "created", &value) && !value);
    assert_true(eco_json_member(row, "task", &value) && !value);
    forget(&a);
}

/* --- one model -------------------------------------------------------------------------------- */

static const struct {
    const char *path, *id;
    int64_t rank; /* 0: none */
    int64_t bases, derived;
} details[] = {
    { "aurora/aurora-7b", "aurora/Aurora-7B", 1, 0, 3 },
    { "AURORA/AURORA%2D7b", "aurora/Aurora-7B", 1, 0, 3 },
    { "old/aurora", "aurora/Aurora-7B", 1, 0, 3 },
    { "gpt2", "gpt2", -1, 1, 1 },
    { "openai-community/gpt2", "gpt2", -1, 1, 1 },
    { "lost/base", "lost/Base", 0, 0, 2 },
    { "lost/former", "lost/Base", 0, 0, 2 },
    { "gone", "gone", 0, 0, 1 },
    { "zed/merge-a", "zed/Merge-A", -1, 3, 1 },
    { "x", "x", -1, 2, 0 },
};

static void check_parts(const struct eco_json *influence)
{
    const struct eco_json *parts = eco_json_get(influence, "parts");
    double sum = 0, value = eco_json_float(eco_json_get(influence, "value"));

    assert_int_equal(eco_json_len(parts), 6);
    for (size_t i = 0; i < 6; i++)
        sum += eco_json_float(eco_json_get(eco_json_at(parts, i), "value"));
    assert_true(fabs(sum - value) <= 1e-9 * fmax(1, value));
}

/* Most influential first. */
static void check_order(const struct eco_json *relatives)
{
    double before = INFINITY;

    for (size_t i = 0; i < eco_json_len(relatives); i++) {
        double v = eco_json_float(
            eco_json_get(eco_json_at(relatives, i), "influence"));

        assert_true(v <= before);
        before = v;
    }
}

static void details_explain_a_model(void **state)
{
    for (size_t i = 0; i < COUNT(details); i++) {
        const struct eco_json *influence, *rank, *bases, *derived, *model;
        char target[128];
        struct answer a;

        snprintf(target, sizeof(target), "/api/v1/models/%s", details[i].path);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        model = eco_json_get(a.json, "model");
        assert_true(
            eco_str_is(eco_json_str(eco_json_get(model, "id")), details[i].id));
        assert_int_equal(eco_json_bool(eco_json_get(model, "placeholder")),
                         !details[i].rank);
        influence = eco_json_get(a.json, "influence");
        check_parts(influence);
        assert_int_equal(eco_json_int(eco_json_get(influence, "of")), 16);
        assert_true(eco_json_member(influence, "rank", &rank));
        assert_int_equal(rank == NULL, !details[i].rank);
        if (details[i].rank > 0)
            assert_int_equal(eco_json_int(rank), details[i].rank);
        bases = eco_json_get(a.json, "bases");
        assert_int_equal(eco_json_len(bases), details[i].bases);
        check_order(bases);
        derived = eco_json_get(a.json, "derived");
        assert_int_equal(eco_json_int(eco_json_get(derived, "total")),
                         details[i].derived);
        check_order(eco_json_get(derived, "top"));
        forget(&a);
    }
}

#define BLANK(id, likes)                                                       \
    {                                                                          \
        id, 0, 0, likes, 0, 0, 0, 0, 0, "", "", "", 0, NULL                    \
    }
static const struct eco_sample_model star_models[] = {
    BLANK("a/star", 1000000),
    BLANK("a/small", 1),
    BLANK("a/child", 0),
};
static const struct eco_sample_edge star_edges[] = {
    { "lost/base", "a/star", ECO_FINETUNE },
    { "lost/base", "a/child", ECO_MERGE },
    { "a/small", "a/child", ECO_MERGE },
};
static const struct eco_sample_facts star_hub = {
    .as_of_day = 20000,
    .n_models = COUNT(star_models),
    .models = star_models,
    .n_edges = COUNT(star_edges),
    .edges = star_edges,
};

static void open_own(struct fixture *f, const struct eco_sample_facts *facts)
{
    struct eco_sample *sample = eco_sample_new(facts);
    size_t len = 0;

    f->bytes = eco_sample_bytes(&sample->in, &len);
    eco_sample_free(sample);
    assert_non_null(f->bytes);
    assert_int_equal(eco_snap_open_bytes("own", f->bytes, len, &f->snap, NULL),
                     0);
    assert_int_equal(eco_query_index_new(f->snap, &f->index, NULL), 0);
    f->api.index = f->index;
}

static void close_own(struct fixture *f)
{
    eco_query_index_free(f->index);
    eco_snap_unref(f->snap);
    free(f->bytes);
}

/* A placeholder has the last number and may have the most influence. */
static void bases_are_ordered_by_influence_not_by_number(void **state)
{
    struct fixture f = *(struct fixture *)*state;
    const struct eco_json *bases;
    struct answer a;

    open_own(&f, &star_hub);
    ask(&f, "GET", "/api/v1/models/a/child", &a);
    bases = eco_json_get(a.json, "bases");
    assert_int_equal(eco_json_len(bases), 2);
    assert_true(
        eco_json_bool(eco_json_get(eco_json_at(bases, 0), "placeholder")));
    check_order(bases);
    forget(&a);
    close_own(&f);
}

/* Authors and models may be called as the words that stand for no value. */
static const struct eco_sample_model word_models[] = {
    { "none/a", 0, 0, 5, 9, 0, 0, 0, 0, "", "", "", 0, NULL },
    { "none/b", 0, 0, 4, 8, 0, 0, 0, 0, "", "", "", 0, NULL },
    { "Others/c", 0, 0, 3, 7, 0, 0, 0, 0, "", "", "", 0, NULL },
    { "none", 0, 0, 2, 6, 0, 0, 0, 0, "", "", "", 0, NULL },
};
static const struct eco_sample_edge word_edges[] = {
    { "none", "Others/c", ECO_EDGE_DECLARED },
    { "none", "none/b", ECO_EDGE_DECLARED },
};
static const struct eco_sample_facts word_hub = {
    .as_of_day = 20000,
    .n_models = COUNT(word_models),
    .models = word_models,
    .n_edges = COUNT(word_edges),
    .edges = word_edges,
};

static int64_t ask_number(struct fixture *f, const char *target,
                          const char *object, const char *key)
{
    const struct eco_json *of;
    struct answer a;
    int64_t n;

    ask(f, "GET", target, &a);
    assert_int_equal(a.response.status, 200);
    of = object ? eco_json_get(a.json, object) : a.json;
    of = eco_json_get(of, key);
    n = eco_json_type(of) == ECO_JSON_INT ? eco_json_int(of)
                                          : (int64_t)eco_json_float(of);
    forget(&a);
    return n;
}

static void authors_called_none_are_found(void **state)
{
    static const struct {
        const char *target, *object, *key;
        int64_t n;
    } cases[] = {
        { "/api/v1/models?author=none", NULL, "total", 1 },
        { "/api/v1/models?author=NONE", NULL, "total", 2 },
        { "/api/v1/models?author=None&author=none", NULL, "total", 3 },
        { "/api/v1/models?author=others", NULL, "total", 1 },
        { "/api/v1/dashboard/author/none", "total", "models", 1 },
        { "/api/v1/dashboard/author/NONE", "total", "models", 2 },
        { "/api/v1/dashboard/author/others", "total", "models", 0 },
        { "/api/v1/dashboard/author/Others", "total", "models", 1 },
        { "/api/v1/dashboard/family/none", "total", "models", 1 },
        { "/api/v1/dashboard/family/None", "total", "models", 3 },
        { "/api/v1/dashboard/treemap?by=author&value=none&size=models", NULL,
          "total", 1 },
        { "/api/v1/dashboard/treemap?by=author&value=nOne&size=models", NULL,
          "total", 2 },
        { "/api/v1/dashboard/treemap?by=author&value=OTHERS&size=models", NULL,
          "total", 1 },
        { "/api/v1/authors/none", "total", "models", 2 },
        { "/api/v1/authors/others", "total", "models", 1 },
    };
    struct fixture f = *(struct fixture *)*state;

    open_own(&f, &word_hub);
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t n =
            ask_number(&f, cases[i].target, cases[i].object, cases[i].key);

        if (n != cases[i].n)
            fail_msg("%s: %d", cases[i].target, (int)n);
    }
    close_own(&f);
}

static void an_id_without_owner_has_an_author_without_name(void **state)
{
    const struct eco_json *author;
    struct answer a;

    ask(*state, "GET", "/api/v1/models/gpt2", &a);
    author = eco_json_get(eco_json_get(a.json, "model"), "author");
    assert_int_equal(eco_json_str(eco_json_get(author, "name")).len, 0);
    assert_true(
        eco_str_is(eco_json_str(eco_json_get(author, "kind")), "unknown"));
    forget(&a);
    ask(*state, "GET", "/api/v1/authors//avatar", &a);
    assert_int_equal(a.response.status, 200);
    forget(&a);
}

static void about_counts_the_hub(void **state)
{
    const struct eco_json *counts;
    struct answer a;

    ask(*state, "GET", "/api/v1/about", &a);
    counts = eco_json_get(a.json, "counts");
    assert_int_equal(eco_json_int(eco_json_get(counts, "models")), 16);
    assert_int_equal(eco_json_int(eco_json_get(counts, "removed")), 2);
    assert_int_equal(eco_json_int(eco_json_get(counts, "placeholders")), 3);
    assert_true(
        eco_str_is(eco_json_str(eco_json_get(a.json, "version")), "1.2.3"));
    forget(&a);
}

/* --- pictures ------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    const char *letters;
} avatars[] = {
    { "meta-llama", ">ML<" },
    { "google", ">GO<" },
    { "x", ">X<" },
    { "TheBloke", ">TH<" },
    { "a.b_c", ">AB<" },
    { "...", ">?<" },
    { "0-1", ">01<" },
    { "-_x", ">X<" },
    { "", ">?<" },
    { "stability_AI.org", ">SA<" },
};

static double linear(unsigned channel)
{
    double c = channel / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* WCAG 2.2: contrast of white on this colour. */
static double contrast_with_white(const char *svg)
{
    unsigned r, g, b;
    const char *at = strstr(svg, "fill=\"#");

    assert_non_null(at);
    assert_int_equal(sscanf(at, "fill=\"#%2x%2x%2x", &r, &g, &b), 3);
    return 1.05 / (0.2126 * linear(r) + 0.7152 * linear(g) +
                   0.0722 * linear(b) + 0.05);
}

static void pictures_have_letters_and_contrast(void **state)
{
    char target[128];
    struct answer a;

    for (size_t i = 0; i < COUNT(avatars); i++) {
        snprintf(target, sizeof(target), "/api/v1/authors/%s/avatar",
                 avatars[i].name);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        assert_string_equal(a.response.type, "image/svg+xml");
        assert_non_null(strstr(a.response.body.ptr, avatars[i].letters));
        forget(&a);
    }
    for (int i = 0; i < 2000; i++) {
        snprintf(target, sizeof(target), "/api/v1/authors/a%d/avatar", i);
        ask(*state, "GET", target, &a);
        assert_true(contrast_with_white(a.response.body.ptr) >= 4.5);
        forget(&a);
    }
}

static void a_sheet_has_a_cell_for_each_name(void **state)
{
    char target[1024];
    size_t n = (size_t)sprintf(target, "/api/v1/avatars?name=");
    struct answer a;

    ask(*state, "GET", "/api/v1/avatars?name=Meta-Llama&name=&name=x", &a);
    assert_int_equal(a.response.status, 200);
    assert_string_equal(a.response.type, "image/svg+xml");
    assert_int_equal(a.response.cache, ECO_CACHE_DAY);
    assert_non_null(strstr(a.response.body.ptr, "width=\"192\" height=\"64\""));
    assert_non_null(strstr(a.response.body.ptr, "translate(0 0)\"><circle"));
    assert_non_null(strstr(a.response.body.ptr, ">ML<"));
    assert_non_null(strstr(a.response.body.ptr, ">?<"));
    assert_non_null(strstr(a.response.body.ptr, "translate(128 0)"));
    forget(&a);
    for (int i = 1; i < 10; i++)
        n += (size_t)sprintf(target + n, "a%d&name=", i);
    ask(*state, "GET", target, &a);
    assert_non_null(
        strstr(a.response.body.ptr, "width=\"512\" height=\"128\""));
    assert_non_null(strstr(a.response.body.ptr, "translate(64 64)"));
    forget(&a);
}

/* The same picture as alone. */
static void a_cell_is_the_single_picture(void **state)
{
    struct answer one, sheet;
    const char *begin, *end;
    size_t len;

    ask(*state, "GET", "/api/v1/authors/Zed-Labs/avatar", &one);
    ask(*state, "GET", "/api/v1/avatars?name=a&name=zed-LABS", &sheet);
    begin = strstr(one.response.body.ptr, "<circle");
    end = strstr(one.response.body.ptr, "</svg>");
    assert_true(begin && end);
    len = (size_t)(end - begin);
    assert_non_null(
        memmem(sheet.response.body.ptr, sheet.response.body.len, begin, len));
    forget(&one);
    forget(&sheet);
}

/* --- networks ---------------------------------------------------------------------------- */

static const struct {
    const char *query;
    int64_t nodes, edges, roots;
} networks[] = {
    { "?model=aurora/aurora-7b", 6, 6, 1 },
    { "?model=AURORA/aurora-7b&model=old/aurora", 6, 6, 1 },
    { "?model=lost/former", 4, 4, 1 },
    { "?model=aurora/aurora-7b&depth=1", 4, 3, 1 },
    { "?model=aurora/aurora-7b&view=quantized", 2, 1, 1 },
    { "?model=aurora/aurora-7b&view=author", 4, 4, 1 },
    { "?model=aurora/aurora-7b&limit=1", 3, 2, 1 },
    { "?model=aurora/aurora-7b&limit=1&expand=aurora/aurora-7b", 6, 6, 1 },
    { "?model=aurora/aurora-7b&collapse=aurora/aurora-7b", 1, 0, 1 },
    { "?model=aurora/aurora-7b&until=2023-06-01", 1, 0, 1 },
    { "?model=aurora/aurora-7b&q=zed&filter=cut", 4, 4, 1 },
    { "?top=1000", 16, 7, 16 },
};

static void networks_answer_what_is_asked(void **state)
{
    for (size_t i = 0; i < COUNT(networks); i++) {
        const struct eco_json *counts;
        char target[256];
        struct answer a;

        snprintf(target, sizeof(target), "/api/v1/networks%s",
                 networks[i].query);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        assert_string_equal(a.response.type, "application/json");
        counts = eco_json_get(a.json, "counts");
        assert_int_equal(eco_json_int(eco_json_get(counts, "nodes")),
                         networks[i].nodes);
        assert_int_equal(eco_json_int(eco_json_get(counts, "edges")),
                         networks[i].edges);
        assert_int_equal(eco_json_len(eco_json_get(a.json, "nodes")),
                         networks[i].nodes);
        assert_int_equal(eco_json_len(eco_json_get(a.json, "roots")),
                         networks[i].roots);
        forget(&a);
    }
}

static const struct {
    const char *query;
    const char *type, *begin;
} forms[] = {
    { "", "application/json", "{\"as_of\":" },
    { "&format=json", "application/json", "{\"as_of\":" },
    { "&format=binary", "application/vnd.ecoviz.network", "ECONET1" },
    { "&format=gexf", "application/gexf+xml", "<?xml " },
    { "&format=graphml", "application/graphml+xml", "<?xml " },
    { "&format=svg", "image/svg+xml", "<?xml " },
};

static void networks_come_in_every_format(void **state)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        char target[256];
        struct answer a;

        snprintf(target, sizeof(target), "/api/v1/networks?top=3%s",
                 forms[i].query);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        assert_string_equal(a.response.type, forms[i].type);
        assert_true(eco_str_starts_with(eco_buf_view(&a.response.body),
                                        forms[i].begin));
        assert_int_equal(a.response.cache, ECO_CACHE_REVALIDATE);
        forget(&a);
    }
}

static const struct {
    const char *query;
    int64_t total, shown;
    const char *first;
} members[] = {
    { "&author=zed", 3, 3, "zed/lora" },
    { "&author=ZED&per_page=2", 3, 2, "zed/lora" },
    { "&author=zed&per_page=2&page=2", 3, 1, NULL },
    { "&author=zed&page=1000000", 3, 0, NULL },
    { "&author=zed&until=2023-12-10", 2, 2, NULL },
    { "&author=", 1, 1, "x" },
};

static void members_of_a_group_are_listed(void **state)
{
    for (size_t i = 0; i < COUNT(members); i++) {
        const struct eco_json *models;
        char target[256];
        struct answer a;

        snprintf(target, sizeof(target),
                 "/api/v1/networks/members?model=aurora/aurora-7b&model=gpt2&"
                 "view=author%s",
                 members[i].query);
        ask(*state, "GET", target, &a);
        assert_int_equal(a.response.status, 200);
        assert_int_equal(eco_json_int(eco_json_get(a.json, "total")),
                         members[i].total);
        models = eco_json_get(a.json, "models");
        assert_int_equal(eco_json_len(models), members[i].shown);
        if (members[i].first)
            assert_true(eco_str_is(
                eco_json_str(eco_json_get(eco_json_at(models, 0), "id")),
                members[i].first));
        forget(&a);
    }
}

/* --- entity tags ------------------------------------------------------------------------------------ */

static uint64_t etag(struct fixture *f, const struct eco_api *api,
                     const char *target)
{
    struct eco_api_request request = request_of("GET", target);
    struct eco_api_call call;

    (void)f;
    assert_true(eco_api_prepare(api, &request, &call));
    return call.etag;
}

static const char *const same[][2] = {
    { "/api/v1/models", "/api/v1/models?order=desc&page=1&per_page=30" },
    { "/api/v1/models", "/api/v1/models?q=&removed=include&sort=influence" },
    { "/api/v1/models?q=A++B", "/api/v1/models?q=%20a%20b" },
    { "/api/v1/models?task=none&task=fill-mask",
      "/api/v1/models?task=fill-mask&task=none&task=none&task=unheard-of" },
    { "/api/v1/models/A/b", "/api/v1/models/a/%42" },
    { "/api/v1/authors/Zed/avatar", "/api/v1/authors/zed/avatar" },
    { "/api/v1/avatars?name=A&name=b", "/api/v1/avatars?name=a&name=B" },
    { "/api/v1/dashboard/author/ZED", "/api/v1/dashboard/author/%7aed" },
    { "/api/v1/dashboard/family/old%2faurora",
      "/api/v1/dashboard/family/Aurora%2Faurora-7b" },
    { "/api/v1/dashboard/task",
      "/api/v1/dashboard/task?sort=influence&page=1&per_page=100&q=" },
    { "/api/v1/dashboard/growth", "/api/v1/dashboard/growth?by=task" },
    { "/api/v1/dashboard/treemap",
      "/api/v1/dashboard/treemap?size=influence&by=model" },
    { "/api/v1/networks?model=old/aurora&model=gpt2",
      "/api/v1/networks?model=GPT2&model=Aurora/aurora-7b&model=gpt2&limit=100&"
      "format=json&view=top" },
    { "/api/v1/networks?top=1", "/api/v1/networks?model=aurora/aurora-7b" },
    { "/api/v1/networks?top=20", "/api/v1/networks?top=1000&filter=cut" },
    { "/api/v1/networks?top=1&hide=merge&hide=adapter&expand=gpt2&expand=x",
      "/api/v1/networks?hide=adapter&hide=merge&hide=merge&expand=x&expand=gpt2"
      "&top=1" },
};
static const char *const different[][2] = {
    { "/api/v1/dashboard/task/none", "/api/v1/dashboard/task/others" },
    { "/api/v1/dashboard/task/none", "/api/v1/dashboard/library/none" },
    { "/api/v1/dashboard/month", "/api/v1/dashboard/month?sort=influence" },
    { "/api/v1/dashboard/task", "/api/v1/dashboard/task?q=a" },
    { "/api/v1/dashboard/treemap", "/api/v1/dashboard/treemap?by=family" },
    { "/api/v1/dashboard/treemap?by=task&value=none",
      "/api/v1/dashboard/treemap?by=task" },
    { "/api/v1/dashboard/drift/models?from=mit&to=other",
      "/api/v1/dashboard/drift/models?from=other&to=mit" },
    { "/api/v1/models", "/api/v1/models?page=2" },
    { "/api/v1/models", "/api/v1/about" },
    { "/api/v1/models?q=ab", "/api/v1/models?q=a+b" },
    { "/api/v1/models?q=a", "/api/v1/models?q=a%26task=" },
    { "/api/v1/models", "/api/v1/models?task=unheard-of" },
    { "/api/v1/models?sort=likes", "/api/v1/models?sort=likes&order=asc" },
    { "/api/v1/models/a/b", "/api/v1/models/a" },
    { "/api/v1/avatars?name=a&name=b", "/api/v1/avatars?name=b&name=a" },
    { "/api/v1/avatars?name=a", "/api/v1/avatars?name=a&name=" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=2" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=1&format=binary" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=1&view=full" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=1&limit=99" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=1&depth=1" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=1&until=1970-01-01" },
    { "/api/v1/networks?top=1", "/api/v1/networks?top=1&hide=merge" },
    { "/api/v1/networks?top=1&expand=gpt2",
      "/api/v1/networks?top=1&collapse=gpt2" },
    { "/api/v1/networks?top=1&q=a", "/api/v1/networks?top=1&q=a&filter=cut" },
    { "/api/v1/networks?top=1&view=author",
      "/api/v1/networks/members?top=1&view=author&author=a" },
    { "/api/v1/networks/members?top=1&view=author&author=a",
      "/api/v1/networks/members?top=1&view=author&author=b" },
    { "/api/v1/networks/members?top=1&view=author&author=a",
      "/api/v1/networks/members?top=1&view=author&author=a&page=2" },
};

static void tags_name_question_data_and_program(void **state)
{
    struct fixture *f = *state;
    struct eco_api next = { f->index, "1.2.4" };
    uint64_t tag = etag(f, &f->api, "/api/v1/models");

    for (size_t i = 0; i < COUNT(same); i++)
        assert_true(etag(f, &f->api, same[i][0]) ==
                    etag(f, &f->api, same[i][1]));
    for (size_t i = 0; i < COUNT(different); i++)
        assert_true(etag(f, &f->api, different[i][0]) !=
                    etag(f, &f->api, different[i][1]));
    assert_true(tag != etag(f, &next, "/api/v1/models"));

    /* another snapshot: all answers but the pictures */
    f->snap->content_hash ^= 1;
    assert_true(tag != etag(f, &f->api, "/api/v1/models"));
    tag = etag(f, &f->api, "/api/v1/authors/zed/avatar");
    f->snap->content_hash ^= 1;
    assert_true(tag == etag(f, &f->api, "/api/v1/authors/zed/avatar"));
}

/* --- a heap that fails --------------------------------------------------------------------------------- */

/* A failure of ours is an answer too: 503, with a body when there is memory
 * for one. */
static void fail_one(struct fixture *f, const char *target)
{
    struct eco_api_request request = request_of("GET", target);
    long before = eco_test_live_blocks(), k = 0;
    int rc;

    do {
        struct eco_api_response response;
        struct eco_api_call call;
        struct eco_err err = { 0 };

        assert_true(k < 200);
        assert_true(eco_api_prepare(&f->api, &request, &call));
        eco_test_fail_alloc_after(k++);
        rc = eco_api_answer(&call, &response, &err);
        eco_test_fail_alloc_after(-1);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        assert_int_equal(response.status, rc ? 503 : 200);
        assert_int_equal(response.has_etag, !rc);
        eco_api_response_release(&response);
        if (rc)
            assert_int_equal(eco_test_live_blocks(), before);
    } while (rc);
    assert_true(k > 1);
}

static void answers_survive_every_allocation_failure(void **state)
{
    fail_one(*state, "/api/v1/models");
    fail_one(*state, "/api/v1/models?removed=exclude&sort=likes&task=none");
    fail_one(*state, "/api/v1/models/zed/merge-a");
    fail_one(*state, "/api/v1/dashboard");
    fail_one(*state, "/api/v1/dashboard/growth?by=licence");
    fail_one(*state, "/api/v1/dashboard/treemap?by=relation&value=none&size="
                     "likes");
    fail_one(*state, "/api/v1/dashboard/treemap?by=author&size=likes");
    fail_one(*state, "/api/v1/dashboard/drift");
    fail_one(*state, "/api/v1/dashboard/drift/models?from=mit&to=none");
    fail_one(*state, "/api/v1/dashboard/language?q=e");
    fail_one(*state, "/api/v1/dashboard/family/lost%2fbase");
    fail_one(*state, "/api/v1/about");
    fail_one(*state, "/api/v1/authors/zed/avatar");
    fail_one(*state, "/api/v1/authors/zed");
    fail_one(*state, "/api/v1/search?q=e");
    fail_one(*state, "/api/v1/search?q=aurora+lab");
    fail_one(*state, "/api/v1/avatars?name=zed&name=");
    fail_one(*state, "/api/v1/networks?top=3");
    fail_one(*state, "/api/v1/networks?top=3&view=author&format=binary");
    fail_one(*state, "/api/v1/networks/members?top=1&view=author&author=zed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_questions_have_their_codes),
        cmocka_unit_test(long_values_are_refused),
        cmocka_unit_test(lists_have_their_maxima),
        cmocka_unit_test(only_get_and_head_are_known),
        cmocka_unit_test(lists_answer_what_is_asked),
        cmocka_unit_test(unknown_facts_are_null),
        cmocka_unit_test(details_explain_a_model),
        cmocka_unit_test(bases_are_ordered_by_influence_not_by_number),
        cmocka_unit_test(authors_called_none_are_found),
        cmocka_unit_test(an_id_without_owner_has_an_author_without_name),
        cmocka_unit_test(about_counts_the_hub),
        cmocka_unit_test(pictures_have_letters_and_contrast),
        cmocka_unit_test(a_sheet_has_a_cell_for_each_name),
        cmocka_unit_test(a_cell_is_the_single_picture),
        cmocka_unit_test(networks_answer_what_is_asked),
        cmocka_unit_test(networks_come_in_every_format),
        cmocka_unit_test(members_of_a_group_are_listed),
        cmocka_unit_test(tags_name_question_data_and_program),
        cmocka_unit_test(answers_survive_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, open_hub, close_hub);
}
