/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include <stdio.h>

static const char *const removed_words[] = { "include", "exclude", NULL };

int eco_api_read_search(struct eco_api_call *call,
                        const struct eco_params *params,
                        struct eco_search *search)
{
    struct eco_str q = ECO_STR("");
    struct eco_err err = { 0 };
    bool given;
    int rc = eco_params_one(params, "q", &q, &given, &call->problem);

    if (rc)
        return rc;
    if (eco_search_parse(q, search, &err))
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                               ECO_STR("q"), "q: %s", err.msg);
    return 0;
}

/* --- facets ------------------------------------------------------------------ */

static int check_text(struct eco_api_call *call, const char *name,
                      struct eco_str value)
{
    if (value.len > ECO_MAX_TEXT_BYTES)
        return eco_problem_set(
            &call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, eco_str_from_c(name),
            "%s: %zu bytes, at most %u", name, value.len, ECO_MAX_TEXT_BYTES);
    return 0;
}

/* What kinds there are is known whatever the data. */
static int check_kind(struct eco_api_call *call, const char *name,
                      struct eco_str value)
{
    char words[160];
    uint32_t kind;
    size_t n = 0;
    int rc = check_text(call, name, value);

    if (rc ||
        eco_filter_find(call->api->index->snap, ECO_FILTER_KIND, value, &kind))
        return rc;
    for (unsigned i = 0; i < ECO_AUTHOR_KINDS && n < sizeof(words); i++)
        n += (size_t)snprintf(words + n, sizeof(words) - n, "%s%s",
                              i ? ", " : "",
                              eco_author_kind_name((enum eco_author_kind)i));
    return eco_problem_set(
        &call->problem, ECO_PROBLEM_BAD_PARAMETER, eco_str_from_c(name),
        "%s=%.*s: not one of %s", name,
        (int)(value.len < ECO_PROBLEM_ECHO ? value.len : ECO_PROBLEM_ECHO),
        value.ptr, words);
}

static int (*const checks[ECO_FILTER_FACETS])(struct eco_api_call *call,
                                              const char *name,
                                              struct eco_str value) = {
    [ECO_FILTER_TASK] = check_text,
    [ECO_FILTER_LANGUAGE] = check_text,
    [ECO_FILTER_AUTHOR] = eco_api_check_name,
    [ECO_FILTER_KIND] = check_kind,
    [ECO_FILTER_LICENCE] = check_text,
    [ECO_FILTER_LIBRARY] = check_text,
};

static int read_choice(struct eco_api_call *call,
                       const struct eco_params *params, const char *name,
                       enum eco_filter_facet facet, struct eco_choice *c)
{
    unsigned n = 0;

    for (size_t i = 0; i < params->n; i++) {
        struct eco_str at = params->item[i].name;
        struct eco_str text = params->item[i].value;
        uint32_t value;
        int rc;

        if (!eco_str_is(at, name))
            continue;
        if (!text.len)
            return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER,
                                   at, "%s: empty", name);
        rc = checks[facet](call, name, text);
        if (rc)
            return rc;
        if (++n > ECO_MAX_FACET_VALUES)
            return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                                   at, "%s: more than %u values", name,
                                   ECO_MAX_FACET_VALUES);
        c->is_on = true;
        if (eco_filter_find(call->api->index->snap, facet, text, &value))
            eco_choice_add(c, value); /* else no model has it */
    }
    return 0;
}

int eco_api_read_filter(struct eco_api_call *call,
                        const struct eco_params *params, const char *author,
                        struct eco_filter *f)
{
    unsigned exclude = 0;
    int rc = eco_api_read_search(call, params, &f->search);

    for (unsigned i = 0; !rc && i < ECO_FILTER_FACETS; i++) {
        enum eco_filter_facet facet = (enum eco_filter_facet)i;
        const char *name =
            facet == ECO_FILTER_AUTHOR ? author : eco_filter_facet_name(facet);

        rc = read_choice(call, params, name, facet, &f->choice[i]);
    }
    if (!rc)
        rc = eco_params_choice(params, "removed", removed_words, &exclude,
                               &call->problem);
    f->exclude_removed = exclude;
    return rc;
}

void eco_api_key_add_filter(struct eco_api_call *call,
                            const struct eco_filter *f)
{
    eco_api_key_add(call, "?q=");
    for (size_t i = 0; i < f->search.n; i++)
        eco_api_key_add(call, "%s%.*s", i ? " " : "",
                        (int)f->search.word[i].len, f->search.word[i].ptr);
    for (unsigned i = 0; i < ECO_FILTER_FACETS; i++) {
        const struct eco_choice *c = &f->choice[i];

        if (!c->is_on)
            continue;
        eco_api_key_add(
            call, "&%s=", eco_filter_facet_name((enum eco_filter_facet)i));
        for (uint32_t k = 0; k < c->n; k++)
            eco_api_key_add(call, "%u,", c->value[k]);
    }
    eco_api_key_add(call, "&removed=%d", !f->exclude_removed);
}
