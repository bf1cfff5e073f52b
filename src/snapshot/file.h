/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_FILE_H
#define ECO_SNAPSHOT_FILE_H

#include <stdatomic.h>

#include "snapshot/layout.h"

/*
 * file - the bytes of a snapshot and its table of sections
 *
 * The container below the meaning: header, table, extents and checksums of
 * sections 1 and 2 of docs/format/snapshot.md. Which sections there have to be
 * is the reader's business.
 *
 * Ownership  A mapped file owns its mapping, one from bytes borrows them.
 * Threads    Immutable after open but for the counter.
 */
struct eco_snap_file {
    const char *name; /* for messages; borrowed, only while opening */
    const uint8_t *bytes;
    size_t len;
    bool mapped; /* unmap at the end */
    const struct eco_snap_header *header;
    const struct eco_snap_section *table;
    atomic_uint refs;
};

/* Map the file at path. ECO_ENOTFOUND when there is none. */
ECO_MUST_USE
int eco_snap_file_map(struct eco_snap_file *f, const char *path,
                      struct eco_err *err);

void eco_snap_file_unmap(struct eco_snap_file *f);

/* Check everything about header, table, gaps and checksums. */
ECO_MUST_USE
int eco_snap_file_check(struct eco_snap_file *f, struct eco_err *err);

/* The section of that name, or NULL. */
const struct eco_snap_section *eco_snap_file_find(const struct eco_snap_file *f,
                                                  const char *name);

#endif /* ECO_SNAPSHOT_FILE_H */
