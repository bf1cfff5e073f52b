/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_CHECK_H
#define ECO_SYNTH_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * check - the published facts, measured on JSON Lines of the synthetic Hub
 *
 * It reads the bytes as an import would and knows nothing of how they were
 * made. docs/algorithms/synth.md explains the facts and their tolerances.
 *
 * Ownership  The caller frees the check.
 * Errors     ECO_ENOMEM, ECO_EFORMAT for a line that is no JSON object, and
 *            the json reader's.
 * Cost       About 140 bytes of memory for a model.
 * Threads    One owner at a time.
 */
struct eco_synth_check;

struct eco_synth_fact {
    const char *key;  /* "task.text-generation" */
    double target;    /* as published, or scaled to the size */
    double low, high; /* what is accepted, both included */
    double value;     /* what came out */
    bool ok;
};

ECO_MUST_USE
int eco_synth_check_new(struct eco_synth_check **out, struct eco_err *err);
void eco_synth_check_free(struct eco_synth_check *c); /* NULL is fine */

/* The next bytes of the text, cut anywhere. */
ECO_MUST_USE
int eco_synth_check_feed(struct eco_synth_check *c, const char *ptr, size_t len,
                         struct eco_err *err);

/* After the last byte: tell every fact, in the order of the specification.
 * *all_ok: none is outside of its tolerance. */
ECO_MUST_USE
int eco_synth_check_end(struct eco_synth_check *c,
                        void (*tell)(void *arg, const struct eco_synth_fact *),
                        void *arg, bool *all_ok, struct eco_err *err);

#endif /* ECO_SYNTH_CHECK_H */
