/* SPDX-License-Identifier: MIT */
#ifndef ECO_STORE_BULK_H
#define ECO_STORE_BULK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "record/record.h"

/*
 * bulk - the first import into an empty store, without indexes
 *
 * Keys come in random order, so that with a large index every batch writes
 * most of its pages again: 3 million models took three minutes. While a store
 * that was empty is filled, the numbers of all keys are kept in memory, 18 to
 * 36 bytes each, and the indexes are made at the end. A store that was left
 * without them (a killed program) gets them when it is opened next. Whatever
 * needs an index ends the mode early.
 *
 * Ownership  Private to the store.
 */
struct eco_store;

/* From the hash of a key to a number, 0: not there. */
struct eco_numbers {
    uint64_t *hash;
    uint32_t *number;
    size_t n, room; /* room is a power of two, or 0 */
};

struct eco_bulk {
    bool on;
    bool indexes_missing; /* after a rollback */
    struct eco_numbers keys[ECO_RECORD_KINDS];
    struct eco_numbers hub_ids;
};

void eco_bulk_release(struct eco_bulk *b); /* off, without the indexes */

/* *empty when nothing was ever put. */
ECO_MUST_USE
int eco_store_is_empty(struct eco_store *s, bool *empty, struct eco_err *err);

/* Make the indexes that are missing. */
ECO_MUST_USE int eco_store_index(struct eco_store *s, struct eco_err *err);

/* *missing when the store was left without indexes. */
ECO_MUST_USE
int eco_store_lacks_index(struct eco_store *s, bool *missing,
                          struct eco_err *err);

/* In the mode only: the entity of a key; 0 when there is none. */
ECO_MUST_USE
int eco_bulk_find(struct eco_store *s, enum eco_record_kind kind,
                  struct eco_str key, int64_t *entity, struct eco_err *err);

/* In the mode only: a row was put as a new entity. */
ECO_MUST_USE
int eco_bulk_added(struct eco_store *s, const struct eco_record *rec,
                   struct eco_str key, int64_t entity, struct eco_err *err);

/* In the mode only, before a row is put: end it when the row's _id was told of
 * another model. */
ECO_MUST_USE
int eco_bulk_check_hub_id(struct eco_store *s, const struct eco_record *rec,
                          int64_t entity, struct eco_err *err);

#endif /* ECO_STORE_BULK_H */
