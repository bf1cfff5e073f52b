/* SPDX-License-Identifier: MIT */
#ifndef ECO_TEST_PACK_H
#define ECO_TEST_PACK_H

#include <stddef.h>

/*
 * pack - compressed bytes and files for the tests of what reads them
 *
 * Ownership  Results are freed with free(). What must not fail aborts.
 */
char *eco_test_gzip(const void *bytes, size_t len, size_t *packed_len);
char *eco_test_zstd(const void *bytes, size_t len, size_t *packed_len);

/* a and b, one after the other, in a block of exactly that size. */
char *eco_test_join(const void *a, size_t a_len, const void *b, size_t b_len);

void eco_test_write_file(const char *path, const void *bytes, size_t len);

#endif /* ECO_TEST_PACK_H */
