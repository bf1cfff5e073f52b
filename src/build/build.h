/* SPDX-License-Identifier: MIT */
#ifndef ECO_BUILD_BUILD_H
#define ECO_BUILD_BUILD_H

#include "build/assemble.h"
#include "store/store.h"

/*
 * build - from the store to a snapshot file
 *
 * Reads the store once into columns (gather.c) and assembles them
 * (assemble.h). The same content of the store gives the same bytes, whatever
 * the order it was imported in.
 *
 * Errors     The store's and the assembler's; ECO_ENOTFOUND for an empty
 *            store, ECO_ELIMIT beyond ECO_MAX_NODES. `err` must not be NULL.
 * Cost       About 200 bytes of memory per model and 16 per edge.
 */
ECO_MUST_USE
int eco_build_run(struct eco_store *store, const char *path,
                  struct eco_build_stats *stats, struct eco_err *err);

#endif /* ECO_BUILD_BUILD_H */
