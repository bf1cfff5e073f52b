/* SPDX-License-Identifier: MIT */
#ifndef ECO_REF_MERGE_H
#define ECO_REF_MERGE_H

#include "record/record.h"

/*
 * ref/merge - what a store has to hold after a set of rows
 *
 * Straight from the rules: for each key of each id the value of the newest
 * row that has the key, ids with one _id joined, numbers by day. Works on the
 * JSON of the rows, looks at all of them again for each question, and keeps
 * nothing. Slow and obvious: the measure of eco_store_put in the tests.
 *
 * The values in the rows must have the right types: a wrong one counts as
 * absent for the store and is told here.
 */
struct eco_ref_row {
    enum eco_record_kind kind;
    const char *author; /* the name, for authors */
    int32_t day;
    const char *json;
};

/* The lines that eco_test_dump gives without the kept rows, sorted. To be
 * freed with free(). */
char *eco_ref_merge(const struct eco_ref_row *rows, size_t n);

#endif /* ECO_REF_MERGE_H */
