/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_API_H
#define ECO_API_API_H

#include "api/network.h"
#include "api/problem.h"
#include "base/limits.h"
#include "query/leaderboard.h"
#include "query/totals.h"

/*
 * api - from a request to an answer, without a socket
 *
 * docs/openapi.yaml is normative. A call has two halves: eco_api_prepare finds
 * the route, reads path and query strictly and names the question in one
 * canonical form; eco_api_answer computes the body. In between a server can
 * look into its cache or compare the entity tag.
 *
 * Ownership  A request's bytes are borrowed for the call. The caller releases
 *            the body of a response.
 * Errors     A refused request is an answer too (status and problem+json).
 * Threads    Pure: any number of calls on one index.
 */

/* What is served. */
struct eco_api {
    const struct eco_query_index *index;
    const char *version; /* of the program */
};

struct eco_api_request {
    struct eco_str method;
    struct eco_str path;  /* percent-encoded, as it was sent */
    struct eco_str query; /* without the question mark */
};

enum eco_cache_policy {
    ECO_CACHE_NEVER,      /* errors */
    ECO_CACHE_REVALIDATE, /* keep, but ask every time: the data may change */
    ECO_CACHE_DAY,        /* depends on nothing but the address */
    ECO_CACHE_IMMUTABLE,  /* the address holds a hash of the content */
};

/* Routes by number: the position in the table, for counters. */
enum eco_api_route_id {
    ECO_ROUTE_MODELS,
    ECO_ROUTE_MODEL,
    ECO_ROUTE_MODEL_LEGACY,
    ECO_ROUTE_AUTHOR,
    ECO_ROUTE_AVATAR,
    ECO_ROUTE_SHEET,
    ECO_ROUTE_SEARCH,
    ECO_ROUTE_NETWORK,
    ECO_ROUTE_MEMBERS,
    ECO_ROUTE_DASHBOARD,
    ECO_ROUTE_GROWTH, /* those without braces before `{facet}` */
    ECO_ROUTE_TREEMAP,
    ECO_ROUTE_DRIFT,
    ECO_ROUTE_DRIFT_MODELS,
    ECO_ROUTE_FACET,
    ECO_ROUTE_FACET_VALUE,
    ECO_ROUTE_ABOUT,
    ECO_ROUTE_UNKNOWN, /* nothing there */
};
#define ECO_API_ROUTES 18

/* "/api/v1/models/{owner}/{name}"; "unknown" for ECO_ROUTE_UNKNOWN. */
const char *eco_api_route_name(enum eco_api_route_id route);

/* How long its answers may be kept. */
enum eco_cache_policy eco_api_route_cache(enum eco_api_route_id route);

/* A sheet of pictures names up to a whole address. The longest other key is a
 * network's: 114 nodes and 96 values at most 11 bytes each, with a search, a
 * name and the words between some 2,900 bytes. */
#define ECO_API_KEY_BYTES (ECO_MAX_URI_BYTES + 64)

/* What is asked of the dashboard. */
struct eco_api_dashboard {
    enum eco_facet facet;
    uint32_t value;       /* of the facet */
    bool is_all;          /* a treemap: no value was named */
    bool is_model;        /* a treemap of all models */
    bool in_time;         /* months or years as they followed */
    enum eco_metric size; /* or order */
    uint16_t from, to;    /* licences */
    struct eco_search search;
};

/* A question that was understood; must not move (the search has views). */
struct eco_api_call {
    const struct eco_api *api;
    enum eco_api_route_id route;
    struct eco_problem problem;        /* when not understood */
    uint64_t etag;                     /* names question, data and program */
    struct eco_leaderboard_query list; /* listModels */
    enum eco_network_format format;    /* getNetwork */
    struct eco_api_dashboard dashboard;
    uint32_t page, per_page; /* listNetworkMembers, listFacetValues, search */
    char name[ECO_MAX_ID_BYTES]; /* model id or author name */
    size_t name_len;
    size_t text_begin; /* getAvatarSheet, search: where names or words begin in
                          the key */
    size_t key_len;

    /* large: filled in by those who need it, not cleared before */
    char key[ECO_API_KEY_BYTES]; /* the question, canonical, NUL-terminated */
    struct eco_network_query network; /* getNetwork, listNetworkMembers */
};

struct eco_api_response {
    int status;
    const char *type;  /* content type */
    const char *allow; /* for 405, else NULL */
    enum eco_cache_policy cache;
    bool has_etag; /* then call->etag names this body */
    struct eco_buf body;
};

/* True when the question is understood; else call->problem says why not, and
 * eco_api_answer will tell it. */
bool eco_api_prepare(const struct eco_api *api,
                     const struct eco_api_request *request,
                     struct eco_api_call *call);

/* Always fills a response that can be sent; `out` is uninitialised before.
 * `err` tells what went wrong inside (for the log), 0 when nothing did. */
int eco_api_answer(struct eco_api_call *call, struct eco_api_response *out,
                   struct eco_err *err);

void eco_api_response_release(struct eco_api_response *r);

/* Is this a path of the API's, known or not? */
bool eco_api_owns(struct eco_str path);

#endif /* ECO_API_API_H */
