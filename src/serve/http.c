/* SPDX-License-Identifier: MIT */
#include "serve/http.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "serve/compress.h"
#include "serve/files.h"
#include "serve/page.h"
#include "serve/reply.h"

#define ALL_ENCODINGS ((1u << ECO_ENCODINGS) - 1)
#define MAX_METRICS_BYTES (256u << 10)
#define LOG_BYTES 1024
#define RETRY_AFTER_S "1"

struct eco_http {
    const struct eco_serve_opts *opts;
    struct eco_current *current;
    struct eco_metrics *metrics;
    struct eco_files *files;
    struct MHD_Daemon *daemon;
    atomic_bool is_draining;
};

/* From the request line to the end of the answer. */
struct request {
    struct eco_http *http;
    struct MHD_Connection *connection;
    struct timespec begun;
    bool is_head;
    bool is_too_long;
    bool has_headers; /* all are there: the first call is over */
    bool was_queued;
    unsigned route; /* enum eco_api_route_id or eco_serve_route */
    int status;
    uint64_t bytes;       /* of the body */
    uint64_t large_bytes; /* counted in metrics->large_bytes; 0: not large */
    struct eco_str path;
    struct eco_str query;
    size_t target_len;
    char target[]; /* as it was sent */
};

/* --- log ---------------------------------------------------------------------- */

void eco_http_log(const struct eco_serve_opts *opts, enum eco_serve_level level,
                  const char *event, const char *fmt, ...)
{
    char details[LOG_BYTES];
    va_list ap;

    if (!opts->log)
        return;
    va_start(ap, fmt);
    vsnprintf(details, sizeof(details), fmt, ap);
    va_end(ap);
    opts->log(opts->arg, level, event, details);
}

/* What the library has to say, mostly about clients that went away. */
static void log_library(void *arg, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
static void log_library(void *arg, const char *fmt, va_list ap)
{
    const struct eco_http *h = arg;
    char text[LOG_BYTES / 2];
    size_t n;

    vsnprintf(text, sizeof(text), fmt, ap);
    for (n = strlen(text); n && text[n - 1] == '\n'; n--)
        text[n - 1] = '\0';
    eco_http_log(h->opts, ECO_SERVE_WARN, "connection", "message=\"%s\"", text);
}

/* The target without anything that could end the line or the quotes. */
static void log_request(const struct request *r, uint64_t ns)
{
    char target[256];
    size_t n =
        r->target_len < sizeof(target) ? r->target_len : sizeof(target) - 1;

    for (size_t i = 0; i < n; i++) {
        char c = r->target[i];

        target[i] = c > 0x20 && c < 0x7f && c != '"' ? c : '?';
    }
    target[n] = '\0';
    eco_http_log(r->http->opts, ECO_SERVE_INFO, "request",
                 "target=\"%s\" status=%d bytes=%" PRIu64 " ms=%.3f", target,
                 r->status, r->bytes, (double)ns / 1e6);
}

/* --- sending -------------------------------------------------------------------- */

static enum MHD_Result queue(struct request *r, int status,
                             struct MHD_Response *response, uint64_t bytes)
{
    r->status = status;
    r->bytes = r->is_head || status == MHD_HTTP_NOT_MODIFIED ? 0 : bytes;
    r->was_queued = true;
    return MHD_queue_response(r->connection, (unsigned)status, response);
}

/* Queue a response of our own and give it up; NULL closes the connection. */
static enum MHD_Result queue_once(struct request *r, int status,
                                  struct MHD_Response *response, uint64_t bytes)
{
    enum MHD_Result result = MHD_NO;

    if (response) {
        result = queue(r, status, response, bytes);
        MHD_destroy_response(response);
    }
    return result;
}

static bool is_draining(const struct request *r)
{
    return atomic_load_explicit(&r->http->is_draining, memory_order_relaxed);
}

static enum MHD_Result
send_problem(struct request *r, enum eco_problem_code code, const char *detail)
{
    struct eco_reply reply = { .type = ECO_PROBLEM_TYPE,
                               .cache = ECO_CACHE_NEVER };
    struct eco_problem problem = { 0 };
    struct eco_buf body;
    uint64_t bytes;

    eco_problem_set(&problem, code, ECO_STR(""), "%s", detail);
    eco_buf_init(&body, ECO_MAX_HTTP_ANSWER_BYTES);
    eco_problem_write(&problem, &body);
    if (body.failed)
        eco_buf_release(&body);
    bytes = body.len;
    if (code == ECO_PROBLEM_METHOD_NOT_ALLOWED)
        reply.allow = "GET, HEAD";
    if (code == ECO_PROBLEM_UNAVAILABLE)
        reply.retry_after = RETRY_AFTER_S;
    /* what was refused may be followed by a body that nobody reads */
    reply.must_close = code == ECO_PROBLEM_METHOD_NOT_ALLOWED ||
                       code == ECO_PROBLEM_BODY_TOO_LARGE || is_draining(r);
    return queue_once(r, eco_problem_status(code),
                      eco_reply_take(&reply, &body), bytes);
}

static enum MHD_Result send_not_modified(struct request *r, struct eco_str tag,
                                         enum eco_encoding encoding,
                                         enum eco_cache_policy cache,
                                         bool varies)
{
    char etag[ECO_ETAG_BYTES];
    struct eco_reply reply = { .etag = etag,
                               .cache = cache,
                               .varies = varies,
                               .must_close = is_draining(r) };

    eco_etag_format(tag, encoding, etag);
    return queue_once(r, MHD_HTTP_NOT_MODIFIED,
                      eco_reply_static(&reply, ECO_STR("")), 0);
}

static enum MHD_Result send_text(struct request *r, struct eco_buf *body)
{
    struct eco_reply reply = { .type = "text/plain; charset=utf-8",
                               .cache = ECO_CACHE_NEVER,
                               .must_close = is_draining(r) };
    uint64_t bytes = body->len;

    if (body->failed) {
        eco_buf_release(body);
        return send_problem(r, ECO_PROBLEM_UNAVAILABLE, "no memory");
    }
    return queue_once(r, MHD_HTTP_OK, eco_reply_take(&reply, body), bytes);
}

static const char *header(const struct request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

/* --- files and pages -------------------------------------------------------------- */

static enum MHD_Result send_file(struct request *r,
                                 const struct eco_asset *asset, int status)
{
    unsigned forms = eco_files_forms(asset);
    enum eco_encoding known = ECO_IDENTITY, encoding;
    enum eco_etag_match match;
    struct MHD_Response *response;
    uint64_t bytes;

    encoding = eco_negotiate_encoding(header(r, "Accept-Encoding"), forms);
    match = status == MHD_HTTP_OK ? eco_etag_find(header(r, "If-None-Match"),
                                                  eco_files_tag(asset), &known)
                                  : ECO_ETAG_NONE;
    if (match != ECO_ETAG_NONE)
        return send_not_modified(
            r, eco_files_tag(asset), match == ECO_ETAG_ANY ? encoding : known,
            asset->immutable ? ECO_CACHE_IMMUTABLE : ECO_CACHE_REVALIDATE,
            forms != 1u << ECO_IDENTITY);
    response = eco_files_response(r->http->files, asset, encoding, &bytes);
    return queue(r, status, response, bytes);
}

static enum MHD_Result send_page(struct request *r)
{
    const struct eco_asset *index = eco_files_find(ECO_STR("/index.html"));
    bool exists = eco_page_exists(r->path);

    r->route = ECO_SERVE_PAGE;
    if (!index)
        return send_problem(r, ECO_PROBLEM_NOT_FOUND,
                            "this program was built without its front end");
    return send_file(r, index, exists ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND);
}

/* --- the API ------------------------------------------------------------------------ */

/* Replace the body by its compressed form where that is smaller. */
static void compress(struct eco_buf *body, enum eco_encoding *encoding)
{
    struct eco_buf packed;

    if (*encoding != ECO_IDENTITY && body->len >= ECO_HTTP_COMPRESS_MIN_BYTES) {
        eco_buf_init(&packed, 2 * (size_t)ECO_MAX_NETWORK_ANSWER_BYTES);
        if (!eco_compress(*encoding, eco_buf_view(body), &packed, NULL) &&
            packed.len < body->len) {
            eco_buf_release(body);
            *body = packed;
            return;
        }
        eco_buf_release(&packed);
    }
    *encoding = ECO_IDENTITY;
}

static void format_tag(const struct eco_api_call *call, char dst[17])
{
    snprintf(dst, 17, "%016" PRIx64, call->etag);
}

/* Count a large answer until its request ends (on_end); false when too many
 * bytes are being sent already. Large answers are never kept, so that their
 * memory goes with their request. */
static bool count_large(struct request *r, uint64_t bytes)
{
    atomic_uint_fast64_t *sum = &r->http->metrics->large_bytes;

    if (bytes < ECO_HTTP_LARGE_ANSWER_BYTES)
        return true;
    if (atomic_fetch_add(sum, bytes) + bytes > ECO_MAX_HTTP_BYTES_IN_FLIGHT) {
        atomic_fetch_sub(sum, bytes);
        return false;
    }
    r->large_bytes = bytes;
    return true;
}

/* Send what was made, and keep it when it may be asked for again. */
static enum MHD_Result send_answer(struct request *r, struct eco_served *served,
                                   const struct eco_api_call *call,
                                   struct eco_api_response *answer,
                                   enum eco_encoding wanted)
{
    enum eco_encoding encoding = wanted;
    char tag[17], etag[ECO_ETAG_BYTES];
    struct MHD_Response *response;
    enum MHD_Result result;
    struct eco_reply reply = { .type = answer->type,
                               .allow = answer->allow,
                               .cache = answer->cache,
                               .varies = true,
                               .must_close = is_draining(r) };
    uint64_t bytes;

    compress(&answer->body, &encoding);
    if (!count_large(r, answer->body.len))
        return send_problem(r, ECO_PROBLEM_UNAVAILABLE,
                            "many large answers are being sent; try again");
    if (answer->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        reply.retry_after = RETRY_AFTER_S;
    reply.encoding = encoding;
    if (answer->has_etag) {
        format_tag(call, tag);
        eco_etag_format(eco_str_from_c(tag), encoding, etag);
        reply.etag = etag;
    }
    bytes = answer->body.len;
    response = eco_reply_take(&reply, &answer->body);
    if (!response)
        return MHD_NO;
    result = queue(r, answer->status, response, bytes);
    if (answer->has_etag && !reply.must_close)
        eco_answers_keep(served->answers,
                         (struct eco_str){ call->key, call->key_len }, wanted,
                         response, bytes);
    else
        MHD_destroy_response(response);
    return result;
}

static enum MHD_Result make_answer(struct request *r, struct eco_served *served,
                                   struct eco_api_call *call,
                                   enum eco_encoding wanted, bool any_tag)
{
    struct eco_api_response answer;
    struct eco_err err = { 0 };
    enum MHD_Result result;
    char tag[17];

    if (eco_api_answer(call, &answer, &err))
        eco_http_log(r->http->opts, ECO_SERVE_ERROR, "answer",
                     "code=%d message=\"%s\"", err.code, err.msg);
    if (any_tag && answer.has_etag) {
        format_tag(call, tag);
        result = send_not_modified(r, eco_str_from_c(tag), ECO_IDENTITY,
                                   answer.cache, true);
    } else {
        result = send_answer(r, served, call, &answer, wanted);
    }
    eco_api_response_release(&answer);
    return result;
}

static enum MHD_Result answer_question(struct request *r,
                                       struct eco_served *served,
                                       struct eco_api_call *call)
{
    enum eco_encoding wanted, known;
    enum eco_etag_match match;
    char tag[17];

    wanted =
        eco_negotiate_encoding(header(r, "Accept-Encoding"), ALL_ENCODINGS);
    format_tag(call, tag);
    match =
        eco_etag_find(header(r, "If-None-Match"), eco_str_from_c(tag), &known);
    if (match == ECO_ETAG_MATCH) /* we gave this tag away, so it exists */
        return send_not_modified(r, eco_str_from_c(tag), known,
                                 eco_api_route_cache(call->route), true);
    if (match == ECO_ETAG_NONE && !is_draining(r) &&
        eco_answers_send(served->answers,
                         (struct eco_str){ call->key, call->key_len }, wanted,
                         r->connection, &r->bytes)) {
        atomic_fetch_add_explicit(&r->http->metrics->cache_hits, 1,
                                  memory_order_relaxed);
        r->status = MHD_HTTP_OK;
        r->was_queued = true;
        r->bytes = r->is_head ? 0 : r->bytes;
        return MHD_YES;
    }
    atomic_fetch_add_explicit(&r->http->metrics->cache_misses, 1,
                              memory_order_relaxed);
    return make_answer(r, served, call, wanted, match == ECO_ETAG_ANY);
}

static enum MHD_Result send_api(struct request *r)
{
    struct eco_served *served = eco_current_get(r->http->current);
    struct eco_api api = { served->index, r->http->opts->version };
    struct eco_api_request request = { ECO_STR("GET"), r->path, r->query };
    struct eco_api_call call;
    enum MHD_Result result;
    bool understood = eco_api_prepare(&api, &request, &call);

    r->route = call.route;
    if (understood)
        result = answer_question(r, served, &call);
    else
        result = make_answer(r, served, &call, ECO_IDENTITY, false);
    eco_served_put(served);
    return result;
}

/* --- our own state -------------------------------------------------------------------- */

static enum MHD_Result send_health(struct request *r)
{
    struct eco_buf body;

    r->route = ECO_SERVE_HEALTH;
    eco_buf_init(&body, MAX_METRICS_BYTES);
    eco_buf_append_c(&body, "ok\n");
    return send_text(r, &body);
}

static enum MHD_Result send_metrics(struct request *r)
{
    struct eco_served *served = eco_current_get(r->http->current);
    const struct eco_snap_meta *meta = served->index->snap->meta;
    struct eco_metrics_snapshot snapshot = {
        .as_of_day = meta->as_of_day,
        .n_ranked = meta->n_ranked,
        .file_time_s = served->file_time_s,
        .now_s = time(NULL),
        .version = r->http->opts->version,
    };
    struct eco_buf body;

    eco_served_put(served);
    r->route = ECO_SERVE_METRICS;
    eco_buf_init(&body, MAX_METRICS_BYTES);
    eco_metrics_write(r->http->metrics, &snapshot, &body);
    return send_text(r, &body);
}

/* --- a request ---------------------------------------------------------------------------- */

static enum MHD_Result route(struct request *r)
{
    const struct eco_asset *asset = eco_files_find(r->path);

    if (asset) {
        r->route = ECO_SERVE_ASSET;
        return send_file(r, asset, MHD_HTTP_OK);
    }
    if (eco_str_is(r->path, "/healthz"))
        return send_health(r);
    if (eco_str_is(r->path, "/metrics"))
        return send_metrics(r);
    if (eco_api_owns(r->path))
        return send_api(r);
    if (eco_str_starts_with(r->path, "/assets/")) {
        r->route = ECO_SERVE_ASSET;
        return send_problem(r, ECO_PROBLEM_NOT_FOUND, "no such file");
    }
    return send_page(r);
}

static bool has_body(const struct request *r)
{
    const char *length = header(r, "Content-Length");

    if (header(r, "Transfer-Encoding"))
        return true;
    return length && strspn(length, "0 ") != strlen(length);
}

static enum MHD_Result add_bytes(void *arg, enum MHD_ValueKind kind,
                                 const char *key, const char *value)
{
    size_t *bytes = arg;

    (void)kind;
    *bytes += strlen(key) + (value ? strlen(value) : 0);
    return MHD_YES;
}

static size_t header_bytes(const struct request *r)
{
    size_t bytes = 0;

    MHD_get_connection_values(r->connection, MHD_HEADER_KIND, add_bytes,
                              &bytes);
    return bytes;
}

/* What can be refused by the headers alone. The library ends a connection that
 * is answered this early, which is right: a body may follow. */
static bool refuse(struct request *r, const char *method,
                   enum MHD_Result *result)
{
    r->is_head = !strcmp(method, "HEAD");
    if (r->is_too_long)
        *result = send_problem(r, ECO_PROBLEM_URI_TOO_LONG,
                               "an address of more than 4096 bytes");
    else if (header_bytes(r) > ECO_MAX_HTTP_HEADER_BYTES)
        *result = send_problem(r, ECO_PROBLEM_LIMIT_EXCEEDED,
                               "headers of more than 16384 bytes");
    else if (!r->is_head && strcmp(method, "GET") != 0)
        *result = send_problem(r, ECO_PROBLEM_METHOD_NOT_ALLOWED,
                               "only GET and HEAD");
    else if (has_body(r))
        *result = send_problem(r, ECO_PROBLEM_BODY_TOO_LARGE,
                               "a request with a body; at most 0 bytes");
    else
        return false;
    return true;
}

/* Path and query of a target; a proxy may send a whole address. */
static void split_target(struct request *r)
{
    struct eco_str t = { r->target, r->target_len };
    size_t end;

    if (eco_str_starts_with(t, "http://")) {
        t = eco_str_skip(t, sizeof("http://") - 1);
        t = eco_str_skip(t, eco_str_find(t, '/'));
    }
    end = eco_str_find(t, '?');
    r->path = (struct eco_str){ t.ptr, end };
    r->query = eco_str_skip(t, end + 1);
}

static uint64_t ns_since(const struct timespec *begun)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)((now.tv_sec - begun->tv_sec) * INT64_C(1000000000) +
                      (now.tv_nsec - begun->tv_nsec));
}

/* libmicrohttpd would take the query apart after this, into memory of the
 * connection, and never answer when hundreds of parameters do not fit. We read
 * the query ourselves, so it finds an empty one in its buffer. */
static void hide_query(const char *uri)
{
    char *mark = (char *)(uintptr_t)strchr(uri, '?');

    if (mark && mark[1])
        mark[1] = '\0';
}

/* The request line is there. What is returned comes back as *context. */
static void *on_begin(void *arg, const char *uri, struct MHD_Connection *c)
{
    struct eco_http *h = arg;
    size_t len = strlen(uri);
    bool is_too_long = len > ECO_MAX_URI_BYTES;
    struct request *r;

    if (is_too_long)
        len = LOG_BYTES / 4; /* enough for the log */
    r = eco_alloc_array(sizeof(*r) + len + 1, 1);
    if (!r)
        return NULL;
    *r = (struct request){ .http = h,
                           .connection = c,
                           .is_too_long = is_too_long,
                           .route = ECO_SERVE_REJECTED,
                           .target_len = len };
    memcpy(r->target, uri, len);
    r->target[len] = '\0';
    split_target(r);
    hide_query(uri);
    clock_gettime(CLOCK_MONOTONIC, &r->begun);
    atomic_fetch_add_explicit(&h->metrics->in_flight, 1, memory_order_relaxed);
    return r;
}

/* Called when the headers are there, and again when the request is complete,
 * which without a body is at once. */
static enum MHD_Result on_request(void *arg, struct MHD_Connection *c,
                                  const char *url, const char *method,
                                  const char *version, const char *upload,
                                  size_t *upload_bytes, void **context)
{
    struct request *r = *context;
    enum MHD_Result result;

    (void)arg;
    (void)c;
    (void)url;
    (void)version;
    (void)upload;
    if (!r)
        return MHD_NO;
    if (r->was_queued) { /* bytes of a body that was refused */
        *upload_bytes = 0;
        return MHD_YES;
    }
    if (!r->has_headers) {
        r->has_headers = true;
        return refuse(r, method, &result) ? result : MHD_YES;
    }
    return route(r);
}

static void on_end(void *arg, struct MHD_Connection *c, void **context,
                   enum MHD_RequestTerminationCode code)
{
    struct request *r = *context;
    struct eco_http *h;
    uint64_t ns;

    (void)arg;
    (void)c;
    (void)code;
    if (!r)
        return;
    h = r->http;
    atomic_fetch_sub(&h->metrics->large_bytes, r->large_bytes);
    ns = ns_since(&r->begun);
    if (r->was_queued)
        eco_metrics_count(h->metrics, r->route, r->status, r->bytes, ns);
    if (r->was_queued && h->opts->access_log)
        log_request(r, ns);
    *context = NULL;
    eco_free(r);
    atomic_fetch_sub_explicit(&h->metrics->in_flight, 1, memory_order_relaxed);
}

/* Escapes are undone by our own strict code, from the target as it was. */
static size_t keep_escapes(void *arg, struct MHD_Connection *c, char *s)
{
    (void)arg;
    (void)c;
    return strlen(s);
}

/* --- start and stop ---------------------------------------------------------------------------- */

static unsigned threads_of(const struct eco_serve_opts *opts)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = opts->threads;

    if (!n)
        n = cores > 0 ? (unsigned)cores : 1;
    return n > ECO_MAX_THREADS ? ECO_MAX_THREADS : n;
}

static struct MHD_Daemon *start_daemon(struct eco_http *h, int listen_fd)
{
    unsigned threads = threads_of(h->opts);
    struct MHD_OptionItem pool[] = {
        { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL },
        { MHD_OPTION_END, 0, NULL },
    };

    if (threads < 2) /* a pool of one is none */
        pool[0].option = MHD_OPTION_END;
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0,
        NULL, NULL, on_request, h, MHD_OPTION_EXTERNAL_LOGGER, log_library, h,
        MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_URI_LOG_CALLBACK,
        on_begin, h, MHD_OPTION_NOTIFY_COMPLETED, on_end, h,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)ECO_MAX_HTTP_CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)ECO_HTTP_CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)ECO_HTTP_IDLE_TIMEOUT_S,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, pool,
        MHD_OPTION_END);
}

int eco_http_start(const struct eco_serve_opts *opts,
                   struct eco_current *current, struct eco_metrics *metrics,
                   int listen_fd, struct eco_http **out, struct eco_err *err)
{
    struct eco_http *h = eco_calloc(1, sizeof(*h));
    int rc;

    *out = NULL;
    if (!h) {
        close(listen_fd);
        return eco_fail(err, ECO_ENOMEM, "no memory for the server");
    }
    h->opts = opts;
    h->current = current;
    h->metrics = metrics;
    rc = eco_files_new(&h->files, err);
    if (!rc) {
        h->daemon = start_daemon(h, listen_fd);
        if (!h->daemon)
            rc = eco_fail(err, ECO_EIO, "cannot start the HTTP server");
    }
    if (rc) {
        close(listen_fd);
        eco_http_stop(h);
        return rc;
    }
    *out = h;
    return 0;
}

void eco_http_drain(struct eco_http *h)
{
    MHD_socket fd;

    atomic_store(&h->is_draining, true);
    fd = MHD_quiesce_daemon(h->daemon);
    if (fd != MHD_INVALID_SOCKET)
        close(fd);
}

void eco_http_stop(struct eco_http *h)
{
    if (!h)
        return;
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    eco_files_free(h->files);
    eco_free(h);
}
