/* SPDX-License-Identifier: MIT */
#ifndef ECO_TEST_ROWS_H
#define ECO_TEST_ROWS_H

#include "store/store.h"

/*
 * rows - JSON rows into a store, and all of a store as one text
 *
 * Ownership  The caller frees with eco_test_rows_free and free.
 * Errors     Helpers of tests: what must not fail aborts.
 */
struct eco_test_rows;

struct eco_test_rows *eco_test_rows_new(void);
void eco_test_rows_free(struct eco_test_rows *r);

/* Days since 1970 of "YYYY-MM-DD". */
int32_t eco_test_day(const char *text);

/*
 * Read a row as import does and put it into the store. `author` names an
 * author's row; NULL: the row is a model's or a Space's. Inside begin and
 * commit. A row that cannot be read is the caller's mistake; what the store
 * says is returned.
 */
ECO_MUST_USE
int eco_test_put(struct eco_test_rows *r, struct eco_store *s,
                 const char *author, int32_t day, const char *json,
                 enum eco_put *outcome, struct eco_err *err);

/*
 * The content of the store file as sorted lines "table|column|...", without
 * the numbers of models: they are replaced by keys. The rows that are kept
 * ("told") come with it when `with_told`. To be freed with free().
 */
char *eco_test_dump(const char *path, bool with_told);

/* Sort the lines of a text in place. */
void eco_test_sort_lines(char *text);

#endif /* ECO_TEST_ROWS_H */
