/* SPDX-License-Identifier: MIT */
#include "cmd/progress.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

#define REDRAW_S 0.2
#define LINE_S 10.0

void eco_progress_init(struct eco_progress *p)
{
    p->is_terminal = isatty(STDERR_FILENO) == 1;
    p->started_s = p->shown_s = eco_monotonic_s();
}

bool eco_progress_is_due(struct eco_progress *p)
{
    double now = eco_monotonic_s();

    if (now - p->shown_s < (p->is_terminal ? REDRAW_S : LINE_S))
        return false;
    p->shown_s = now;
    return true;
}

void eco_progress_line(const struct eco_progress *p, const char *fmt, ...)
{
    va_list ap;

    if (p->is_terminal)
        fputc('\r', stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputs(p->is_terminal ? "\033[K" : "\n", stderr);
}

void eco_progress_clear(const struct eco_progress *p)
{
    if (p->is_terminal && p->shown_s > p->started_s)
        fputs("\r\033[K", stderr);
}

double eco_progress_spent_s(const struct eco_progress *p)
{
    return eco_monotonic_s() - p->started_s;
}

/* A signal handler has no other way to reach the work. */
static _Atomic bool cancelled;

static void cancel(int number)
{
    (void)number;
    atomic_store(&cancelled, true);
}

const _Atomic bool *eco_catch_signals(void)
{
    struct sigaction action = { .sa_handler = cancel };

    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &cancelled;
}
