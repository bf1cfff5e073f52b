/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "query/totals.h"
#include "sample_input.h"
#include "support/seal.h"

/*
 * A snapshot whose checksums are right and whose content is not: every answer
 * is one, and none of them reads beyond a section.
 */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ELEMENTS 24 /* tried of each section */

struct hub {
    uint8_t *bytes;
    size_t len;
};

static struct hub new_hub(void)
{
    struct eco_sample *sample = eco_sample_new(&eco_sample_hub);
    struct hub h = { .len = 0 };

    h.bytes = eco_sample_bytes(&sample->in, &h.len);
    eco_sample_free(sample);
    assert_non_null(h.bytes);
    return h;
}

static void ask(const struct eco_query_index *ix, const char *target,
                int *status, struct eco_err *err)
{
    struct eco_str t = eco_str_from_c(target);
    size_t end = eco_str_find(t, '?');
    struct eco_api_request request = { ECO_STR("GET"),
                                       { t.ptr, end },
                                       eco_str_skip(t, end + 1) };
    struct eco_api api = { ix, "0" };
    struct eco_api_response response;
    struct eco_api_call call;
    int rc;

    eco_api_prepare(&api, &request, &call);
    rc = eco_api_answer(&call, &response, err);
    assert_int_equal(rc, err->code);
    *status = response.status;
    eco_api_response_release(&response);
}

/* False when the bytes are refused as a whole. */
static bool open_forged(const struct hub *h, struct eco_snap **s,
                        struct eco_query_index **ix)
{
    *ix = NULL;
    eco_test_seal(h->bytes, h->len);
    if (eco_snap_open_bytes("forged", h->bytes, h->len, s, NULL))
        return false;
    if (!eco_query_index_new(*s, ix, NULL))
        return true;
    eco_snap_unref(*s);
    return false;
}

/* --- what is wrong is named ------------------------------------------------------ */

static const struct {
    const char *section;
    uint32_t byte;
    uint8_t flip;
    const char *target;
    const char *message; /* NULL: an answer without what cannot be */
} lies[] = {
    { "author.node", 3, 0x80, "/api/v1/authors/aurora",
      "section author.node: model 2147483648 of 16" },
    { "author.node", 3, 0x80, "/api/v1/dashboard/author/aurora",
      "section author.node: model 2147483648 of 16" },
    { "author.node", 3, 0x80, "/api/v1/models?author=aurora",
      "section author.node: model 2147483648 of 16" },
    { "author.node", 3, 0x80,
      "/api/v1/dashboard/treemap?by=author&value=aurora",
      "section author.node: model 2147483648 of 16" },
    { "author.first", 15, 0x80, "/api/v1/authors/aurora",
      "section author.first: bounds of part 0 of " },
    { "author.first", 15, 0x80, "/api/v1/dashboard/author/aurora",
      "section author.first: bounds of part 0 of " },
    { "family.node", 3, 0x80, "/api/v1/dashboard/family/aurora%2Faurora-7b",
      "section family.node: model 2147483648 of 16" },
    { "family.first", 15, 0x80, "/api/v1/dashboard/family/aurora%2Faurora-7b",
      "section family.first: bounds of part 0 of 3" },
    { "family.root", 3, 0x80, "/api/v1/authors/aurora", NULL },
    { "family.root", 3, 0x80, "/api/v1/dashboard/family?q=a", NULL },
    { "language.boff", 15, 0x80, "/api/v1/dashboard/language/none",
      "section language.boff: bounds of 0 of " },
    { "language.boff", 15, 0x80, "/api/v1/models?language=none",
      "section language.boff: bounds of 0 of " },
    { "kind.boff", 15, 0x80, "/api/v1/dashboard/kind/none",
      "section kind.boff: bounds of 0 of 9" },
    { "kind.boff", 15, 0x80, "/api/v1/dashboard/treemap?by=kind&value=none",
      "section kind.boff: bounds of 0 of 9" },
};

static void what_is_forged_is_named(void **state)
{
    struct hub h = new_hub();

    (void)state;
    for (size_t i = 0; i < COUNT(lies); i++) {
        struct eco_snap_section *at =
            eco_test_section(h.bytes, lies[i].section);
        uint8_t *byte = h.bytes + at->offset + lies[i].byte;
        const char *message = lies[i].message;
        struct eco_err err = { 0 };
        struct eco_query_index *ix;
        struct eco_snap *s;
        int status;

        *byte ^= lies[i].flip;
        assert_true(open_forged(&h, &s, &ix));
        ask(ix, lies[i].target, &status, &err);
        if (status != (message ? 500 : 200) ||
            (message && !strstr(err.msg, message)))
            fail_msg("%s: %d: %s", lies[i].target, status, err.msg);
        eco_query_index_free(ix);
        eco_snap_unref(s);
        *byte ^= lies[i].flip;
    }
    free(h.bytes);
}

/* The ten of lists that the sample has not, or that are empty there. */
static void forged_tops_are_named(void **state)
{
    struct hub h = new_hub();
    struct eco_others *others =
        (void *)(h.bytes + eco_test_section(h.bytes, "others")->offset);
    struct eco_drift *drift =
        (void *)(h.bytes + eco_test_section(h.bytes, "drift")->offset);
    struct eco_err err = { 0 };
    struct eco_query_index *ix;
    struct eco_snap *s;
    int status;

    (void)state;
    others[ECO_FACET_AUTHOR].n = 2;
    others[ECO_FACET_AUTHOR].top[1] = 16;
    drift[0].base = drift[0].derived = 0;
    drift[0].n = UINT32_MAX;
    drift[0].top[9] = UINT32_MAX;
    assert_true(open_forged(&h, &s, &ix));
    ask(ix, "/api/v1/dashboard/author/others", &status, &err);
    assert_int_equal(status, 500);
    assert_non_null(strstr(err.msg, "section others: model 16 of 16"));
    err = (struct eco_err){ 0 };
    ask(ix, "/api/v1/dashboard/drift/models?from=none&to=none", &status, &err);
    assert_int_equal(status, 500);
    assert_non_null(strstr(err.msg, "section drift: model 4294967295 of 16"));
    eco_query_index_free(ix);
    eco_snap_unref(s);
    free(h.bytes);
}

/* Not through the API, which sums up what is stored. */
static void rests_of_forged_languages_are_refused(void **state)
{
    struct hub h = new_hub();
    uint64_t *off =
        (void *)(h.bytes + eco_test_section(h.bytes, "language.boff")->offset);
    struct eco_values_query q = { .facet = ECO_FACET_LANGUAGE,
                                  .without_apart = true,
                                  .want = UINT32_MAX };
    struct eco_err err = { 0 };
    struct eco_query_index *ix;
    struct eco_values v;
    struct eco_total rest;
    struct eco_snap *s;

    (void)state;
    off[2] = UINT64_MAX;
    off[3] = 1;
    assert_true(open_forged(&h, &s, &ix));
    assert_int_equal(eco_values_find(ix, &q, &v, NULL), 0);
    assert_int_equal(eco_values_rest(s, ECO_FACET_LANGUAGE, &v, 1, &rest, &err),
                     ECO_EFORMAT);
    assert_non_null(strstr(err.msg, "section language.boff: bounds of "));
    eco_values_release(&v);
    eco_query_index_free(ix);
    eco_snap_unref(s);
    free(h.bytes);
}

/* --- whatever is wrong, there is an answer ----------------------------------------- */

static const char *const sections[] = {
    "author",        "author.first",  "author.node",    "author.order",
    "author.gkey",   "author.goff",   "author.glist",   "author.kind",
    "family",        "family.root",   "family.first",   "family.node",
    "kind.boff",     "kind.bits",     "language.off",   "language.boff",
    "language.bits", "task.boff",     "others",         "drift",
    "grow.task",     "grow.relation", "total.author",   "total.family",
    "total.month",   "total.kind",    "total.language",
};

static const char *const targets[] = {
    "/api/v1/dashboard",
    "/api/v1/dashboard/drift",
    "/api/v1/dashboard/drift/models?from=none&to=mit",
    "/api/v1/dashboard/drift/models?from=apache-2.0&to=apache-2.0",
    "/api/v1/dashboard/growth?by=task",
    "/api/v1/dashboard/growth?by=relation",
    "/api/v1/dashboard/language?q=e&sort=likes",
    "/api/v1/dashboard/language/en",
    "/api/v1/dashboard/language/none",
    "/api/v1/dashboard/author?q=a&sort=likes",
    "/api/v1/dashboard/author/aurora",
    "/api/v1/dashboard/author/none",
    "/api/v1/dashboard/author/others",
    "/api/v1/dashboard/task/none",
    "/api/v1/dashboard/family?q=a&sort=models",
    "/api/v1/dashboard/family?per_page=1000",
    "/api/v1/dashboard/family/aurora%2Faurora-7b",
    "/api/v1/dashboard/family/others",
    "/api/v1/dashboard/kind",
    "/api/v1/dashboard/kind/company",
    "/api/v1/dashboard/relation/merge",
    "/api/v1/dashboard/month?q=2",
    "/api/v1/dashboard/year?sort=likes",
    "/api/v1/dashboard/treemap?by=author&value=zed",
    "/api/v1/dashboard/treemap?by=family&size=models",
    "/api/v1/dashboard/treemap?by=family&value=none",
    "/api/v1/dashboard/treemap?by=kind&value=company",
    "/api/v1/authors/aurora",
    "/api/v1/authors/zed",
    "/api/v1/authors/lost",
    "/api/v1/models?language=en&author=zed",
    "/api/v1/models?kind=unknown&author=aurora",
    "/api/v1/search?q=a",
};

static void ask_all(const struct hub *h)
{
    struct eco_query_index *ix;
    struct eco_snap *s;

    if (!open_forged(h, &s, &ix))
        return;
    for (size_t i = 0; i < COUNT(targets); i++) {
        struct eco_err err = { 0 };
        int status;

        ask(ix, targets[i], &status, &err);
        assert_true(status == 200 || status == 404 || status == 500);
        if (status == 500)
            assert_int_equal(err.code, ECO_EFORMAT);
    }
    eco_query_index_free(ix);
    eco_snap_unref(s);
}

/* Four bytes at a time: all ones, nearly so, and some number. */
static void forge(struct hub *h, const char *section)
{
    static const uint32_t lie[] = { UINT32_MAX, UINT32_MAX - 1, 0x7fffffff,
                                    17 };
    struct eco_snap_section *at = eco_test_section(h->bytes, section);
    size_t len = (size_t)(at->count * at->elem_bytes);
    size_t step = len / ELEMENTS / 4 * 4 + 4;

    for (size_t k = 0; k + 4 <= len; k += step)
        for (size_t i = 0; i < COUNT(lie); i++) {
            uint8_t *byte = h->bytes + at->offset + k, was[4];

            memcpy(was, byte, 4);
            memcpy(byte, &lie[i], 4);
            ask_all(h);
            memcpy(byte, was, 4);
        }
}

static void every_question_has_an_answer(void **state)
{
    struct hub h = new_hub();

    (void)state;
    for (size_t i = 0; i < COUNT(sections); i++)
        forge(&h, sections[i]);
    free(h.bytes);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- failures ---------------------------------------------------------------------- */

static int ask_author(const struct eco_query_index *ix)
{
    struct eco_err err = { 0 };
    int status;

    ask(ix, "/api/v1/authors/aurora", &status, &err);
    return err.code;
}

static void refusals_survive_every_allocation_failure(void **state)
{
    struct hub h = new_hub();
    uint32_t *node =
        (void *)(h.bytes + eco_test_section(h.bytes, "author.node")->offset);
    struct eco_query_index *ix;
    struct eco_snap *s;
    int code, k = 0;

    (void)state;
    node[0] = UINT32_MAX;
    assert_true(open_forged(&h, &s, &ix));
    do {
        assert_true(k < 100);
        eco_test_fail_alloc_after(k++);
        code = ask_author(ix);
        eco_test_fail_alloc_after(-1);
        assert_true(code == ECO_EFORMAT || code == ECO_ENOMEM);
    } while (code == ECO_ENOMEM);
    eco_query_index_free(ix);
    eco_snap_unref(s);
    free(h.bytes);
    assert_int_equal(eco_test_live_blocks(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_forged_is_named),
        cmocka_unit_test(forged_tops_are_named),
        cmocka_unit_test(rests_of_forged_languages_are_refused),
        cmocka_unit_test(every_question_has_an_answer),
        cmocka_unit_test(refusals_survive_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
