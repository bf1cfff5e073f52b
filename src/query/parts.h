/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_PARTS_H
#define ECO_QUERY_PARTS_H

#include "snapshot/reader.h"

/*
 * parts - what the columns of offsets in a snapshot point to
 *
 * Opening a snapshot checks where such a column begins and ends. What lies
 * between is checked here, where it is used, so that no file makes anybody
 * read beyond it.
 *
 * Ownership  Results are views into the snapshot.
 * Errors     ECO_EFORMAT, naming the section.
 * Cost       One look at each model of a list.
 * Threads    Pure functions.
 */

/* The ranked models of an author or a family. */
ECO_MUST_USE
int eco_part_author(const struct eco_snap *s, uint32_t author,
                    const uint32_t **nodes, uint32_t *n, struct eco_err *err);
ECO_MUST_USE
int eco_part_family(const struct eco_snap *s, uint32_t family,
                    const uint32_t **nodes, uint32_t *n, struct eco_err *err);

/* The bytes of bitmap i of n; `name` is the section's without its ".boff". */
struct eco_part_set {
    const uint8_t *bytes;
    size_t len;
};
ECO_MUST_USE
int eco_part_set(const char *name, const uint64_t *off, const uint8_t *all,
                 uint32_t n, uint32_t i, struct eco_part_set *out,
                 struct eco_err *err);

/* Are all of these ranked models? */
ECO_MUST_USE
int eco_part_check(const struct eco_snap *s, const char *section,
                   const uint32_t *nodes, uint32_t n, struct eco_err *err);

#endif /* ECO_QUERY_PARTS_H */
