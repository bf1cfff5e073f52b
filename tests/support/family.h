/* SPDX-License-Identifier: MIT */
#ifndef ECO_TEST_FAMILY_H
#define ECO_TEST_FAMILY_H

#include "snapshot/reader.h"

/*
 * family - models and edges as a snapshot that never was a file
 *
 * Node numbers are those the test says, so influence has to fall with them
 * over the ranked ones: eco_test_family_new gives 2n - v. Any fact but the
 * languages may be changed before and after eco_test_family_snap.
 *
 * Ownership  The family owns everything; it does not use base/alloc.h, so that
 *            failing allocations and counted blocks are those of the code
 *            under test. A test that is out of memory aborts.
 */
struct eco_test_family {
    struct eco_snap snap;
    struct eco_snap_meta meta;
    /* of ranked models */
    int64_t *created;            /* ms; node v: day 10000 + v */
    uint8_t *flags;              /* 0 */
    uint16_t *task;              /* 0; entries 0 to 3 */
    uint16_t *library, *licence; /* 0; there are no dictionaries of them */
    uint8_t *languages; /* 0, none; bits 1 and 2: the entries en and zh */
    /* of all nodes */
    uint32_t *author; /* v % n_authors; without any: ECO_SNAP_NO_AUTHOR */
    double *influence;
    /* of authors */
    uint8_t *author_kind;                /* ECO_AUTHOR_INDIVIDUAL */
    struct eco_test_family_store *store; /* private */
};

/* Nodes n_ranked .. n_nodes-1 are placeholders. Ids are "m0", "m1", ... */
struct eco_test_family *eco_test_family_new(uint32_t n_ranked, uint32_t n_nodes,
                                            uint32_t n_authors);
void eco_test_family_free(struct eco_test_family *f);

/* Loops and repeats are left out as when a snapshot is built. */
void eco_test_family_edge(struct eco_test_family *f, uint32_t base,
                          uint32_t derived, uint8_t tag);

void eco_test_family_id(struct eco_test_family *f, uint32_t node,
                        const char *id);

/* To be called when all edges and ids are there. */
const struct eco_snap *eco_test_family_snap(struct eco_test_family *f);

#endif /* ECO_TEST_FAMILY_H */
