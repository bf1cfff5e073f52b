/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_VERIFY_H
#define ECO_SNAPSHOT_VERIFY_H

#include "snapshot/reader.h"

/*
 * verify - every invariant of docs/format/snapshot.md
 *
 * Beyond what opening checks: offsets rise, texts are UTF-8, ids are unique
 * without case and in order, node and dictionary numbers are in range, ranks
 * follow influence, both directions hold the same edges, each order is a
 * permutation and sorted, every bitmap is well formed and agrees with its
 * column, posting lists hold exactly the grams of ids and authors, influence
 * is the sum of its parts, the residual of the equations is within 1e-9, every
 * model is in the family of its main base, and all totals, what is behind the
 * top lists, growth and drift are as when counted again.
 *
 * Never crashes, whatever the bytes: this is what the fuzz harness calls.
 *
 * Cost       O(file) and O(N) for each language of a model, with O(N + M)
 *            memory.
 * Threads    Pure.
 */

/* Called once per broken invariant with a message that names section, object
 * and number; at most 100 times. */
struct eco_snap_problems {
    void (*report)(void *arg, const char *message);
    void *arg;
    uint64_t count; /* out: how many there were, reported or not */
};

/* 0 when the check itself could run (problems->count says the verdict),
 * ECO_ENOMEM otherwise. */
ECO_MUST_USE
int eco_snap_verify(const struct eco_snap *s,
                    struct eco_snap_problems *problems, struct eco_err *err);

#endif /* ECO_SNAPSHOT_VERIFY_H */
