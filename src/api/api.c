/* SPDX-License-Identifier: MIT */
#include "api/api.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#include "api/internal.h"

#define JSON_TYPE "application/json"
#define SVG_TYPE "image/svg+xml"

/* Every route answers GET and HEAD. */
#define METHODS "GET, HEAD"

struct route {
    const char *pattern; /* a segment in braces stands for any */
    int (*parse)(struct eco_api_call *call, const struct eco_str *seg,
                 const struct eco_params *params);
    int (*answer)(struct eco_api_call *call, struct eco_buf *body,
                  struct eco_err *err);
    const char *type; /* NULL: that of call->format */
    enum eco_cache_policy cache;
    bool is_data;     /* another snapshot may answer otherwise */
    size_t max_bytes; /* of an answer; 0: ECO_MAX_HTTP_ANSWER_BYTES */
};

static const struct route routes[] = {
    [ECO_ROUTE_MODELS] = { "/api/v1/models", eco_api_models_parse,
                           eco_api_models_answer, JSON_TYPE,
                           ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_MODEL] = { "/api/v1/models/{owner}/{name}", eco_api_model_parse,
                          eco_api_model_answer, JSON_TYPE, ECO_CACHE_REVALIDATE,
                          true, 0 },
    [ECO_ROUTE_MODEL_LEGACY] = { "/api/v1/models/{name}",
                                 eco_api_model_legacy_parse,
                                 eco_api_model_answer, JSON_TYPE,
                                 ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_AUTHOR] = { "/api/v1/authors/{name}", eco_api_author_parse,
                           eco_api_author_answer, JSON_TYPE,
                           ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_AVATAR] = { "/api/v1/authors/{name}/avatar",
                           eco_api_avatar_parse, eco_api_avatar_answer,
                           SVG_TYPE, ECO_CACHE_DAY, false, 0 },
    [ECO_ROUTE_SHEET] = { "/api/v1/avatars", eco_api_sheet_parse,
                          eco_api_sheet_answer, SVG_TYPE, ECO_CACHE_DAY, false,
                          0 },
    [ECO_ROUTE_SEARCH] = { "/api/v1/search", eco_api_search_parse,
                           eco_api_search_answer, JSON_TYPE,
                           ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_NETWORK] = { "/api/v1/networks", eco_api_network_parse,
                            eco_api_network_answer, NULL, ECO_CACHE_REVALIDATE,
                            true, ECO_MAX_NETWORK_ANSWER_BYTES },
    [ECO_ROUTE_MEMBERS] = { "/api/v1/networks/members", eco_api_members_parse,
                            eco_api_members_answer, JSON_TYPE,
                            ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_DASHBOARD] = { "/api/v1/dashboard", eco_api_dashboard_parse,
                              eco_api_dashboard_answer, JSON_TYPE,
                              ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_GROWTH] = { "/api/v1/dashboard/growth", eco_api_growth_parse,
                           eco_api_growth_answer, JSON_TYPE,
                           ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_TREEMAP] = { "/api/v1/dashboard/treemap", eco_api_treemap_parse,
                            eco_api_treemap_answer, JSON_TYPE,
                            ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_DRIFT] = { "/api/v1/dashboard/drift", eco_api_drift_parse,
                          eco_api_drift_answer, JSON_TYPE, ECO_CACHE_REVALIDATE,
                          true, 0 },
    [ECO_ROUTE_DRIFT_MODELS] = { "/api/v1/dashboard/drift/models",
                                 eco_api_drift_models_parse,
                                 eco_api_drift_models_answer, JSON_TYPE,
                                 ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_FACET] = { "/api/v1/dashboard/{facet}", eco_api_values_parse,
                          eco_api_values_answer, JSON_TYPE,
                          ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_FACET_VALUE] = { "/api/v1/dashboard/{facet}/{value}",
                                eco_api_value_parse, eco_api_value_answer,
                                JSON_TYPE, ECO_CACHE_REVALIDATE, true, 0 },
    [ECO_ROUTE_ABOUT] = { "/api/v1/about", eco_api_about_parse,
                          eco_api_about_answer, JSON_TYPE, ECO_CACHE_REVALIDATE,
                          true, 0 },
};
#define N_ROUTES (sizeof(routes) / sizeof(routes[0]))

const char *eco_api_route_name(enum eco_api_route_id route)
{
    return route < N_ROUTES ? routes[route].pattern : "unknown";
}

enum eco_cache_policy eco_api_route_cache(enum eco_api_route_id route)
{
    return route < N_ROUTES ? routes[route].cache : ECO_CACHE_NEVER;
}

bool eco_api_owns(struct eco_str path)
{
    return eco_str_is(path, "/api") || eco_str_starts_with(path, "/api/");
}

/* --- finding the route ----------------------------------------------------- */

/* Cut the first segment off a path that begins with a slash. */
static struct eco_str take_segment(struct eco_str *path)
{
    struct eco_str rest = eco_str_skip(*path, 1);
    struct eco_str seg = { rest.ptr, eco_str_find(rest, '/') };

    *path = eco_str_skip(rest, seg.len);
    return seg;
}

/* Segments in the place of braces go to seg. */
static bool matches(const char *pattern, struct eco_str path,
                    struct eco_str *seg)
{
    struct eco_str want = eco_str_from_c(pattern);
    size_t n = 0;

    while (want.len && path.len) {
        struct eco_str have = take_segment(&path);
        struct eco_str wanted = take_segment(&want);

        if (eco_str_starts_with(wanted, "{"))
            seg[n++] = have;
        else if (!eco_str_eq(have, wanted))
            return false;
    }
    return !want.len && !path.len;
}

static enum eco_api_route_id find_route(struct eco_str path,
                                        struct eco_str *seg)
{
    for (size_t i = 0; i < N_ROUTES && eco_str_starts_with(path, "/"); i++)
        if (matches(routes[i].pattern, path, seg))
            return (enum eco_api_route_id)i;
    return ECO_ROUTE_UNKNOWN;
}

/* --- reading the question ---------------------------------------------------- */

void eco_api_key_add(struct eco_api_call *call, const char *fmt, ...)
{
    size_t left = sizeof(call->key) - call->key_len;
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(call->key + call->key_len, left, fmt, ap);
    va_end(ap);
    assert(n >= 0 && (size_t)n < left);
    call->key_len += (size_t)n;
}

static bool is_name(struct eco_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = eco_lower(s.ptr[i]);

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' &&
            c != '_' && c != '-')
            return false;
    }
    return true;
}

int eco_api_read_name(struct eco_api_call *call, struct eco_str segment,
                      bool may_be_empty)
{
    char text[ECO_MAX_URI_BYTES];
    struct eco_str name;

    if (!segment.len && !may_be_empty)
        return eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND,
                               ECO_STR(""), "an empty name");
    if (segment.len > sizeof(text) ||
        !eco_params_decode(segment, false, text, &name) || !is_name(name))
        return eco_problem_set(
            &call->problem, ECO_PROBLEM_BAD_PATH, ECO_STR(""),
            "%.*s: a name has letters, digits, '.', '_' and '-' only",
            (int)(segment.len < ECO_PROBLEM_ECHO ? segment.len
                                                 : ECO_PROBLEM_ECHO),
            segment.ptr);
    if (name.len > ECO_MAX_NAME_BYTES)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED,
                               ECO_STR(""), "a name of %zu bytes, at most %u",
                               name.len, ECO_MAX_NAME_BYTES);
    memcpy(call->name + call->name_len, name.ptr, name.len);
    call->name_len += name.len;
    return 0;
}

int eco_api_check_name(struct eco_api_call *call, const char *parameter,
                       struct eco_str value)
{
    struct eco_str at = eco_str_from_c(parameter);

    if (!is_name(value))
        return eco_problem_set(
            &call->problem, ECO_PROBLEM_BAD_PARAMETER, at,
            "%s=%.*s: a name has letters, digits, '.', '_' and '-' only",
            parameter,
            (int)(value.len < ECO_PROBLEM_ECHO ? value.len : ECO_PROBLEM_ECHO),
            value.ptr);
    if (value.len > ECO_MAX_NAME_BYTES)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, at,
                               "%s: %zu bytes, at most %u", parameter,
                               value.len, ECO_MAX_NAME_BYTES);
    return 0;
}

/* The same question to the same data, answered by the same program. */
static uint64_t etag_of(const struct eco_api_call *call)
{
    uint64_t data =
        routes[call->route].is_data ? call->api->index->snap->content_hash : 0;
    uint64_t program =
        XXH3_64bits(call->api->version, strlen(call->api->version));

    return XXH3_64bits_withSeed(call->key, call->key_len, data ^ program);
}

bool eco_api_prepare(const struct eco_api *api,
                     const struct eco_api_request *request,
                     struct eco_api_call *call)
{
    struct eco_str seg[ECO_API_MAX_SEGMENTS];
    struct eco_params params;

    memset(call, 0, offsetof(struct eco_api_call, key));
    call->key[0] = '\0';
    call->api = api;
    call->route = find_route(request->path, seg);
    if (!eco_str_is(request->method, "GET") &&
        !eco_str_is(request->method, "HEAD")) {
        eco_problem_set(&call->problem, ECO_PROBLEM_METHOD_NOT_ALLOWED,
                        ECO_STR(""), "only " METHODS);
        return false;
    }
    if (call->route == ECO_ROUTE_UNKNOWN) {
        eco_problem_set(&call->problem, ECO_PROBLEM_NOT_FOUND, ECO_STR(""),
                        "no such resource; see /api/v1/openapi.json");
        return false;
    }
    if (eco_params_parse(request->query, &params, &call->problem))
        return false;
    eco_api_key_add(call, "%d", (int)call->route);
    if (routes[call->route].parse(call, seg, &params))
        return false;
    call->etag = etag_of(call);
    return true;
}

/* --- answering ---------------------------------------------------------------- */

/* What the user is told of a failure of ours: no details. */
static void hide_failure(struct eco_api_call *call, int rc)
{
    if (rc == ECO_ENOMEM)
        eco_problem_set(&call->problem, ECO_PROBLEM_UNAVAILABLE, ECO_STR(""),
                        "no memory for this answer now; try again");
    else
        eco_problem_set(&call->problem, ECO_PROBLEM_INTERNAL, ECO_STR(""),
                        "the answer could not be made");
}

static void fill_problem(const struct eco_api_call *call,
                         struct eco_api_response *out)
{
    enum eco_problem_code code = call->problem.code;

    eco_buf_reset(&out->body);
    out->status = eco_problem_status(code);
    out->type = ECO_PROBLEM_TYPE;
    out->cache = ECO_CACHE_NEVER;
    if (code == ECO_PROBLEM_METHOD_NOT_ALLOWED)
        out->allow = METHODS;
    eco_problem_write(&call->problem, &out->body);
    if (out->body.failed) /* then the status has to be enough */
        eco_buf_release(&out->body);
}

int eco_api_answer(struct eco_api_call *call, struct eco_api_response *out,
                   struct eco_err *err)
{
    int rc = 0;

    *out = (struct eco_api_response){ 0 };
    eco_buf_init(&out->body, ECO_MAX_HTTP_ANSWER_BYTES);
    if (!call->problem.code) {
        const struct route *route = &routes[call->route];

        if (route->max_bytes)
            out->body.max = route->max_bytes;
        rc = route->answer(call, &out->body, err);
        if (!rc) {
            out->status = 200;
            out->type = route->type ? route->type
                                    : eco_api_network_format_type(call->format);
            out->cache = route->cache;
            out->has_etag = true;
            return 0;
        }
        if (call->problem.code)
            rc = 0; /* the question was at fault */
        else
            hide_failure(call, rc);
    }
    fill_problem(call, out);
    return rc;
}

void eco_api_response_release(struct eco_api_response *r)
{
    eco_buf_release(&r->body);
}
