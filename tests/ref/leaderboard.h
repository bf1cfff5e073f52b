/* SPDX-License-Identifier: MIT */
#ifndef ECO_REF_LEADERBOARD_H
#define ECO_REF_LEADERBOARD_H

#include "query/leaderboard.h"

/*
 * ref/leaderboard - what a filter means, model by model, and the whole
 * leaderboard in its order
 *
 * Slow and obvious: every model is looked at, all that match are sorted. The
 * measure of eco_leaderboard_run and eco_matcher_has in the tests.
 *
 * Ownership  Uses malloc, so that failing allocations and counted blocks are
 *            those of the code under test. A test that is out of memory aborts.
 * Threads    One at a time.
 */
#define ECO_REF_TASKS 16

struct eco_ref_hub {
    const struct eco_snap *snap;
    uint64_t *languages; /* of each ranked model: bits of entries, below 64 */
};

void eco_ref_hub_init(struct eco_ref_hub *hub, const struct eco_snap *s);
void eco_ref_hub_release(struct eco_ref_hub *hub);

/* Does a node match? Whatever its task, when `any_task`. */
bool eco_ref_matches(const struct eco_ref_hub *hub, const struct eco_filter *f,
                     uint32_t node, bool any_task);

struct eco_ref_board {
    uint32_t *nodes; /* all that match, in order */
    uint32_t n;
    uint32_t removed;
    uint32_t by_task[ECO_REF_TASKS];
};

void eco_ref_board_init(struct eco_ref_board *board,
                        const struct eco_ref_hub *hub,
                        const struct eco_leaderboard_query *q);
void eco_ref_board_release(struct eco_ref_board *board);

#endif /* ECO_REF_LEADERBOARD_H */
