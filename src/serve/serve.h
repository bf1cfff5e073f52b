/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_SERVE_H
#define ECO_SERVE_SERVE_H

#include <stdbool.h>

#include "base/err.h"

/*
 * serve - the HTTP server: API, front end, /healthz and /metrics
 *
 * Serves one snapshot file. A new file under the same name is noticed within a
 * second and takes over while requests run; a bad one is reported once and the
 * old one stays. SIGTERM and SIGINT end it: no new connections, requests in
 * flight are finished within ECO_HTTP_DRAIN_TIMEOUT_S; a second signal ends it
 * at once.
 *
 * Ownership  Options are borrowed for the call.
 * Errors     ECO_EINVAL for a bad address, ECO_EIO when it cannot be listened
 *            on; those of eco_snap_open for the first snapshot.
 * Threads    One call at a time in a process, as it waits for signals. The
 *            callbacks come from any thread, `ready` from the caller's.
 */
enum eco_serve_level {
    ECO_SERVE_INFO,
    ECO_SERVE_WARN,
    ECO_SERVE_ERROR,
};

struct eco_serve_opts {
    const char *snapshot; /* path */
    const char *listen;   /* "127.0.0.1:8080", "[::1]:0"; 0: any free port */
    const char *version;  /* of the program */
    unsigned threads;     /* 0: one per core */
    bool access_log;      /* an event "request" for every request */

    /* One event: its name, and key=value pairs on one line. May be NULL. */
    void (*log)(void *arg, enum eco_serve_level level, const char *event,
                const char *details);

    /* Requests are answered from now on; "127.0.0.1:43117". May be NULL. */
    void (*ready)(void *arg, const char *address);
    void *arg;
};

/* 0 after a signal. */
ECO_MUST_USE
int eco_serve_run(const struct eco_serve_opts *opts, struct eco_err *err);

#endif /* ECO_SERVE_SERVE_H */
