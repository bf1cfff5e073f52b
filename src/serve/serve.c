/* SPDX-License-Identifier: MIT */
#include "serve/serve.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "serve/http.h"
#include "serve/listen.h"

/* How often the snapshot file is looked at. */
#define CHECK_MS 1000

/* While draining: how often the requests in flight are counted, and how long
 * at least, for requests that were on their way when the signal came. */
#define DRAIN_STEP_MS 20
#define DRAIN_MIN_S 0.2

struct server {
    const struct eco_serve_opts *opts;
    struct eco_current current;
    struct eco_metrics *metrics;
    struct eco_http *http;
    sigset_t old_mask;
    int signals; /* signalfd */
};

/* SIGTERM and SIGINT arrive at a descriptor; threads started from now on
 * inherit the mask. */
static int catch_signals(struct server *s, struct eco_err *err)
{
    sigset_t mask;

    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    sigaddset(&mask, SIGINT);
    if (pthread_sigmask(SIG_BLOCK, &mask, &s->old_mask))
        return eco_fail(err, ECO_EIO, "cannot block signals");
    s->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    if (s->signals < 0) {
        int rc = eco_fail_errno(err, "cannot wait for signals");

        pthread_sigmask(SIG_SETMASK, &s->old_mask, NULL);
        return rc;
    }
    return 0;
}

static void release_signals(struct server *s)
{
    if (s->signals < 0)
        return;
    close(s->signals);
    pthread_sigmask(SIG_SETMASK, &s->old_mask, NULL);
}

/* The signal that came within so many milliseconds, or 0. */
static int wait_signal(const struct server *s, int ms)
{
    struct pollfd p = { .fd = s->signals, .events = POLLIN };
    struct signalfd_siginfo info;

    if (poll(&p, 1, ms) <= 0)
        return 0;
    if (read(s->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
        return 0;
    return (int)info.ssi_signo;
}

static void log_loaded(struct server *s)
{
    struct eco_served *served = eco_current_get(&s->current);
    const struct eco_snap_meta *m = served->index->snap->meta;
    char day[ECO_DAY_TEXT_BYTES];

    eco_http_log(s->opts, ECO_SERVE_INFO, "snapshot",
                 "file=%s models=%u as_of=%s", s->current.path, m->n_ranked,
                 eco_day_format(m->as_of_day, day));
    eco_served_put(served);
}

static void check_snapshot(struct server *s)
{
    struct eco_err err = { 0 };
    int rc = eco_current_check(&s->current, &err);

    if (rc > 0) {
        atomic_fetch_add(&s->metrics->loads, 1);
        log_loaded(s);
    } else if (rc < 0) {
        atomic_fetch_add(&s->metrics->failed_loads, 1);
        eco_http_log(s->opts, ECO_SERVE_WARN, "snapshot-refused",
                     "message=\"%s\"", err.msg);
    }
}

/* Until nothing is in flight, the time is up, or somebody insists. */
static void drain(struct server *s)
{
    double begun = eco_monotonic_s(), past = 0;

    eco_http_drain(s->http);
    while (past < ECO_HTTP_DRAIN_TIMEOUT_S) {
        uint64_t n = atomic_load(&s->metrics->in_flight);

        if (!n && past >= DRAIN_MIN_S)
            return;
        if (wait_signal(s, DRAIN_STEP_MS)) {
            eco_http_log(s->opts, ECO_SERVE_WARN, "drain-cut", "in_flight=%ju",
                         (uintmax_t)n);
            return;
        }
        past = eco_monotonic_s() - begun;
    }
    eco_http_log(s->opts, ECO_SERVE_WARN, "drain-timeout", "in_flight=%ju",
                 (uintmax_t)atomic_load(&s->metrics->in_flight));
}

static void run(struct server *s)
{
    int signal;

    while (!(signal = wait_signal(s, CHECK_MS)))
        check_snapshot(s);
    eco_http_log(s->opts, ECO_SERVE_INFO, "stopping", "signal=%d", signal);
    drain(s);
}

/* Snapshot first, so that nobody is let in before there is an answer. */
static int start(struct server *s, struct eco_err *err)
{
    char bound[ECO_LISTEN_TEXT_BYTES];
    int fd, rc;

    rc = eco_current_init(&s->current, s->opts->snapshot, err);
    if (rc)
        return rc;
    atomic_fetch_add(&s->metrics->loads, 1);
    log_loaded(s);
    rc = eco_listen(s->opts->listen, &fd, bound, err);
    if (rc)
        return rc;
    rc = eco_http_start(s->opts, &s->current, s->metrics, fd, &s->http, err);
    if (rc)
        return rc;
    eco_http_log(s->opts, ECO_SERVE_INFO, "listening", "address=%s", bound);
    if (s->opts->ready)
        s->opts->ready(s->opts->arg, bound);
    return 0;
}

int eco_serve_run(const struct eco_serve_opts *opts, struct eco_err *err)
{
    struct server s = { .opts = opts, .signals = -1 };
    int rc;

    s.metrics = eco_calloc(1, sizeof(*s.metrics));
    if (!s.metrics)
        return eco_fail(err, ECO_ENOMEM, "no memory for the counters");
    rc = catch_signals(&s, err);
    if (!rc)
        rc = start(&s, err);
    if (!rc)
        run(&s);
    eco_http_stop(s.http);
    eco_current_release(&s.current);
    release_signals(&s);
    if (!rc)
        eco_http_log(opts, ECO_SERVE_INFO, "stopped", "requests=finished");
    eco_free(s.metrics);
    return rc;
}
