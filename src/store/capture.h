/* SPDX-License-Identifier: MIT */
#ifndef ECO_STORE_CAPTURE_H
#define ECO_STORE_CAPTURE_H

#include <roaring/roaring.h>

#include "base/err.h"
#include "base/str.h"

/*
 * capture - which models were told on which day
 *
 * The days are in memory from open on, the sets of a day from its first use
 * on, and go back to the store at commit. A set of a whole sweep is a few
 * runs of numbers, so even years of daily sweeps stay small.
 *
 * Ownership  Private to the store, which owns it.
 */
struct eco_store;

enum eco_capture_set {
    ECO_SET_LIKES,     /* the metric's number in `history`, too */
    ECO_SET_DOWNLOADS, /* the same */
    ECO_SET_MODELS,
};
#define ECO_CAPTURE_SETS 3
#define ECO_METRICS 2

struct eco_capture {
    int32_t day;
    bool loaded;
    bool dirty;
    roaring_bitmap_t *set[ECO_CAPTURE_SETS]; /* NULL until loaded */
};

struct eco_captures {
    struct eco_capture *at; /* by rising day */
    size_t n;
};

ECO_MUST_USE int eco_captures_load(struct eco_store *s, struct eco_err *err);
ECO_MUST_USE int eco_captures_flush(struct eco_store *s, struct eco_err *err);

/* Forget everything in memory: after a rollback, and at close. */
void eco_captures_release(struct eco_captures *c);

/* The capture of a day, made when missing. */
ECO_MUST_USE
int eco_capture_touch(struct eco_store *s, int32_t day,
                      struct eco_capture **out, struct eco_err *err);

ECO_MUST_USE
int eco_capture_add(struct eco_store *s, struct eco_capture *c,
                    enum eco_capture_set set, int64_t model_id,
                    struct eco_err *err);

/* history.c: a model's number was told for a day. *changed is set when the
 * history differs from before. */
ECO_MUST_USE
int eco_history_put(struct eco_store *s, int64_t model_id, int metric,
                    int32_t day, int64_t value, bool is_new, bool *changed,
                    struct eco_err *err);

#endif /* ECO_STORE_CAPTURE_H */
