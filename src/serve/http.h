/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_HTTP_H
#define ECO_SERVE_HTTP_H

#include "serve/current.h"
#include "serve/metrics.h"
#include "serve/serve.h"

/*
 * http - requests in, answers out: routes, caching, compression, limits
 *
 * Order of decision: length of the address, method, body; then the exact path
 * of a file, /healthz and /metrics, the API; everything else is a page of the
 * front end, known or not.
 *
 * Ownership  Borrows options, snapshot and counters until stopped. Takes the
 *            listening socket.
 * Threads    start, drain and stop by one thread.
 */
struct eco_http;

/* Takes `listen_fd`, also on failure. ECO_ENOMEM, ECO_EIO. */
ECO_MUST_USE
int eco_http_start(const struct eco_serve_opts *opts,
                   struct eco_current *current, struct eco_metrics *metrics,
                   int listen_fd, struct eco_http **out, struct eco_err *err);

/* No new connections; those there are end with their next answer. */
void eco_http_drain(struct eco_http *h);

/* Closes every connection. NULL is fine. */
void eco_http_stop(struct eco_http *h);

/* opts->log, when there is one, with a formatted line of details. */
void eco_http_log(const struct eco_serve_opts *opts, enum eco_serve_level level,
                  const char *event, const char *fmt, ...) ECO_PRINTF(4, 5);

#endif /* ECO_SERVE_HTTP_H */
