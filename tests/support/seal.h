/* SPDX-License-Identifier: MIT */
#ifndef ECO_TEST_SEAL_H
#define ECO_TEST_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "snapshot/layout.h"

/*
 * seal - make the checksums of a changed snapshot right again
 *
 * For tests and fuzzing only: lets damage through to what lies behind the
 * checksums. Bytes that do not look like a snapshot are left as they are.
 */
void eco_test_seal(uint8_t *bytes, size_t len);

/* Only the header's own checksum; only those of table, content and header. The
 * bytes have to be a snapshot. */
void eco_test_seal_header(uint8_t *bytes);
void eco_test_seal_table(uint8_t *bytes);

/* The table entry of a section, NULL when there is none. */
struct eco_snap_section *eco_test_section(uint8_t *bytes, const char *name);

#endif /* ECO_TEST_SEAL_H */
