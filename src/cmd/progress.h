/* SPDX-License-Identifier: MIT */
#ifndef ECO_CMD_PROGRESS_H
#define ECO_CMD_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/err.h"

/*
 * progress - how commands that take long show it, and how they are stopped
 *
 * On a terminal one line that is drawn again five times a second; elsewhere
 * a plain line every ten seconds. Both on standard error.
 */
struct eco_progress {
    bool is_terminal;
    double started_s; /* monotonic */
    double shown_s;
};

void eco_progress_init(struct eco_progress *p);

/* Is it time for the next line? Then it counts as shown. */
ECO_MUST_USE bool eco_progress_is_due(struct eco_progress *p);

void eco_progress_line(const struct eco_progress *p, const char *fmt, ...)
    ECO_PRINTF(2, 3);

/* Make room for other output. */
void eco_progress_clear(const struct eco_progress *p);

double eco_progress_spent_s(const struct eco_progress *p);

/* From now on the first SIGINT or SIGTERM only sets the flag, which is
 * returned; a second one ends the program at once. */
const _Atomic bool *eco_catch_signals(void);

#endif /* ECO_CMD_PROGRESS_H */
