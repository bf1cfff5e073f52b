/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_WRITER_H
#define ECO_SNAPSHOT_WRITER_H

#include "snapshot/snapshot.h"

/*
 * writer - a snapshot file, section by section
 *
 * The file is written as PATH.new, synced, and renamed over PATH by commit;
 * the directory is synced too. Anything else leaves PATH untouched.
 *
 * Ownership  The writer owns the file and the temporary name until freed.
 * Errors     ECO_EIO names the file; after an error only free is allowed.
 * Threads    One owner at a time.
 */
struct eco_snap_writer;

ECO_MUST_USE
int eco_snap_writer_open(const char *path, struct eco_snap_writer **out,
                         struct eco_err *err);

/* Begin a section; the one before it ends. ECO_EINVAL for a bad or repeated
 * name, ECO_ELIMIT beyond ECO_SNAP_MAX_SECTIONS. */
ECO_MUST_USE
int eco_snap_writer_begin(struct eco_snap_writer *w, const char *name,
                          uint32_t elem_bytes, struct eco_err *err);

/* Append bytes to the section begun last; buffered. A section's size must be a
 * multiple of its element's when it ends (ECO_EINVAL). */
ECO_MUST_USE
int eco_snap_writer_append(struct eco_snap_writer *w, const void *ptr,
                           size_t bytes, struct eco_err *err);

/* begin and append of a whole array. */
ECO_MUST_USE
int eco_snap_writer_section(struct eco_snap_writer *w, const char *name,
                            uint32_t elem_bytes, const void *ptr,
                            uint64_t count, struct eco_err *err);

/* Write table and header, sync, rename. */
ECO_MUST_USE
int eco_snap_writer_commit(struct eco_snap_writer *w, struct eco_err *err);

/* Without a commit before, the temporary file is removed. NULL is fine. */
void eco_snap_writer_free(struct eco_snap_writer *w);

#endif /* ECO_SNAPSHOT_WRITER_H */
