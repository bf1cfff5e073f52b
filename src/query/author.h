/* SPDX-License-Identifier: MIT */
#ifndef ECO_QUERY_AUTHOR_H
#define ECO_QUERY_AUTHOR_H

#include "snapshot/reader.h"

/*
 * author - what is asked about one author
 *
 * Authors are numbered by influence; those without a ranked model come last.
 *
 * Errors     ECO_ENOMEM; ECO_EFORMAT for a snapshot that lies.
 * Cost       That of reading its models; its families are found by a look at
 *            the root of every family.
 * Threads    Pure functions.
 */
#define ECO_AUTHOR_TASKS 10u
#define ECO_AUTHOR_FAMILIES 20u

/* When the first and the newest of its models were created; both
 * ECO_TIME_UNKNOWN when that is known of none. */
ECO_MUST_USE
int eco_author_created(const struct eco_snap *s, uint32_t author,
                       int64_t *first, int64_t *last, struct eco_err *err);

/* The tasks with most of its models, ties by number; 0 is "none". */
struct eco_author_tasks {
    uint32_t n;
    uint32_t task[ECO_AUTHOR_TASKS];
    uint32_t models[ECO_AUTHOR_TASKS];
};
ECO_MUST_USE
int eco_author_tasks(const struct eco_snap *s, uint32_t author,
                     struct eco_author_tasks *out, struct eco_err *err);

/* Families whose root, which may be a placeholder, is its own; most influence
 * first. */
struct eco_author_families {
    uint32_t total;
    uint32_t n; /* the first of them */
    uint32_t family[ECO_AUTHOR_FAMILIES];
};
void eco_author_families(const struct eco_snap *s, uint32_t author,
                         struct eco_author_families *out);

#endif /* ECO_QUERY_AUTHOR_H */
