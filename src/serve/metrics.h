/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_METRICS_H
#define ECO_SERVE_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

#include "api/api.h"

/*
 * metrics - counters of this process, and their Prometheus text
 *
 * Units      Durations in nanoseconds inside, seconds in the text.
 * Threads    Counters are atomic and never locked; a reader may see one
 *            request's counters half done.
 */

/* Routes of the server, behind those of the API. */
enum eco_serve_route {
    ECO_SERVE_ASSET = ECO_API_ROUTES,
    ECO_SERVE_PAGE,
    ECO_SERVE_HEALTH,
    ECO_SERVE_METRICS,
    ECO_SERVE_REJECTED, /* method, length or body refused */
};
#define ECO_SERVE_ROUTES (ECO_SERVE_REJECTED + 1)

#define ECO_METRICS_STATUSES 10
#define ECO_METRICS_BUCKETS 11

struct eco_route_metrics {
    atomic_uint_fast64_t requests[ECO_METRICS_STATUSES];
    atomic_uint_fast64_t bytes;                           /* of bodies */
    atomic_uint_fast64_t bucket[ECO_METRICS_BUCKETS + 1]; /* not cumulated */
    atomic_uint_fast64_t duration_ns;                     /* sum */
};

struct eco_metrics {
    struct eco_route_metrics route[ECO_SERVE_ROUTES];
    atomic_uint_fast64_t in_flight;
    atomic_uint_fast64_t large_bytes; /* of large answers being sent */
    atomic_uint_fast64_t cache_hits;
    atomic_uint_fast64_t cache_misses;
    atomic_uint_fast64_t loads;        /* snapshots opened */
    atomic_uint_fast64_t failed_loads; /* and refused */
};

/* What is told of the snapshot beside the counters. */
struct eco_metrics_snapshot {
    int32_t as_of_day;
    uint32_t n_ranked;
    int64_t file_time_s; /* of the file, seconds since 1970 */
    int64_t now_s;
    const char *version; /* of the program */
};

/* A request is answered: with this status, this many bytes, after that long. */
void eco_metrics_count(struct eco_metrics *m, unsigned route, int status,
                       uint64_t bytes, uint64_t duration_ns);

void eco_metrics_write(struct eco_metrics *m,
                       const struct eco_metrics_snapshot *snapshot,
                       struct eco_buf *out);

#endif /* ECO_SERVE_METRICS_H */
