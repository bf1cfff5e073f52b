/* SPDX-License-Identifier: MIT */
#include "serve/metrics.h"

#include "base/clock.h"

/* The last one stands for all others. */
static const int statuses[ECO_METRICS_STATUSES] = {
    200, 304, 400, 404, 405, 413, 414, 500, 503, 0,
};

static const uint64_t bucket_ns[ECO_METRICS_BUCKETS] = {
    100000,   250000,   500000,    1000000,   2500000,    5000000,
    10000000, 25000000, 100000000, 500000000, 1000000000,
};

static const char *route_name(unsigned route)
{
    switch (route) {
    case ECO_SERVE_ASSET:
        return "asset";
    case ECO_SERVE_PAGE:
        return "page";
    case ECO_SERVE_HEALTH:
        return "/healthz";
    case ECO_SERVE_METRICS:
        return "/metrics";
    case ECO_SERVE_REJECTED:
        return "rejected";
    default:
        return eco_api_route_name((enum eco_api_route_id)route);
    }
}

static void add(atomic_uint_fast64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t get(atomic_uint_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void eco_metrics_count(struct eco_metrics *m, unsigned route, int status,
                       uint64_t bytes, uint64_t duration_ns)
{
    struct eco_route_metrics *r = &m->route[route];
    size_t s = 0, b = 0;

    while (s + 1 < ECO_METRICS_STATUSES && statuses[s] != status)
        s++;
    while (b < ECO_METRICS_BUCKETS && duration_ns > bucket_ns[b])
        b++;
    add(&r->requests[s], 1);
    add(&r->bytes, bytes);
    add(&r->bucket[b], 1);
    add(&r->duration_ns, duration_ns);
}

static void head(struct eco_buf *out, const char *name, const char *type,
                 const char *help)
{
    eco_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct eco_buf *out, const char *name, const char *type,
                const char *help, double value)
{
    head(out, name, type, help);
    eco_buf_printf(out, "%s %.15g\n", name, value);
}

static void write_requests(struct eco_metrics *m, struct eco_buf *out)
{
    head(out, "ecoviz_http_requests_total", "counter",
         "Requests answered, by route and status.");
    for (unsigned r = 0; r < ECO_SERVE_ROUTES; r++)
        for (size_t s = 0; s < ECO_METRICS_STATUSES; s++) {
            uint64_t n = get(&m->route[r].requests[s]);

            if (n && statuses[s])
                eco_buf_printf(out,
                               "ecoviz_http_requests_total{route=\"%s\","
                               "status=\"%d\"} %ju\n",
                               route_name(r), statuses[s], (uintmax_t)n);
            else if (n)
                eco_buf_printf(out,
                               "ecoviz_http_requests_total{route=\"%s\","
                               "status=\"other\"} %ju\n",
                               route_name(r), (uintmax_t)n);
        }
    head(out, "ecoviz_http_response_bytes_total", "counter",
         "Bytes of bodies sent, by route.");
    for (unsigned r = 0; r < ECO_SERVE_ROUTES; r++)
        eco_buf_printf(out,
                       "ecoviz_http_response_bytes_total{route=\"%s\"} %ju\n",
                       route_name(r), (uintmax_t)get(&m->route[r].bytes));
}

static void write_histogram(struct eco_metrics *m, unsigned r,
                            struct eco_buf *out)
{
    static const char name[] = "ecoviz_http_request_duration_seconds";
    uint64_t sum = 0;

    for (size_t b = 0; b < ECO_METRICS_BUCKETS; b++) {
        sum += get(&m->route[r].bucket[b]);
        eco_buf_printf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %ju\n", name,
                       route_name(r), (double)bucket_ns[b] / 1e9,
                       (uintmax_t)sum);
    }
    sum += get(&m->route[r].bucket[ECO_METRICS_BUCKETS]);
    eco_buf_printf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %ju\n", name,
                   route_name(r), (uintmax_t)sum);
    eco_buf_printf(out, "%s_sum{route=\"%s\"} %.9f\n", name, route_name(r),
                   (double)get(&m->route[r].duration_ns) / 1e9);
    eco_buf_printf(out, "%s_count{route=\"%s\"} %ju\n", name, route_name(r),
                   (uintmax_t)sum);
}

void eco_metrics_write(struct eco_metrics *m,
                       const struct eco_metrics_snapshot *s,
                       struct eco_buf *out)
{
    head(out, "ecoviz_build_info", "gauge", "The program.");
    eco_buf_printf(out, "ecoviz_build_info{version=\"%s\"} 1\n", s->version);
    write_requests(m, out);
    head(out, "ecoviz_http_request_duration_seconds", "histogram",
         "From the request line to the end of the answer.");
    for (unsigned r = 0; r < ECO_SERVE_ROUTES; r++)
        write_histogram(m, r, out);
    one(out, "ecoviz_http_requests_in_flight", "gauge",
        "Requests being answered, this one included.",
        (double)get(&m->in_flight));
    one(out, "ecoviz_http_large_answer_bytes_in_flight", "gauge",
        "Bytes of answers of 1 MiB and more that are being sent.",
        (double)get(&m->large_bytes));
    one(out, "ecoviz_answer_cache_hits_total", "counter",
        "Answers that were ready.", (double)get(&m->cache_hits));
    one(out, "ecoviz_answer_cache_misses_total", "counter",
        "Answers that had to be made.", (double)get(&m->cache_misses));
    one(out, "ecoviz_snapshot_loads_total", "counter", "Snapshots opened.",
        (double)get(&m->loads));
    one(out, "ecoviz_snapshot_failed_loads_total", "counter",
        "Snapshots that were refused.", (double)get(&m->failed_loads));
    one(out, "ecoviz_snapshot_models", "gauge", "Ranked models.", s->n_ranked);
    one(out, "ecoviz_snapshot_as_of_seconds", "gauge",
        "The day of the newest capture, since 1970.",
        (double)(s->as_of_day * (ECO_DAY_MS / 1000)));
    one(out, "ecoviz_snapshot_age_seconds", "gauge",
        "Time since the snapshot file was written.",
        (double)(s->now_s - s->file_time_s));
}
