/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_LAYOUT_H
#define ECO_SNAPSHOT_LAYOUT_H

#include "snapshot/snapshot.h"

/*
 * layout - header and section table as they stand in the file
 *
 * Shared by reader and writer only; docs/format/snapshot.md sections 1 and 2.
 */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "a snapshot is used as it is mapped: little-endian");

struct eco_snap_header {
    char magic[8]; /* ECO_SNAP_MAGIC and its NUL */
    uint32_t version;
    uint32_t n_sections;
    uint64_t file_bytes;
    uint64_t table_hash;
    uint64_t content_hash;
    uint8_t zero[16];
    uint64_t header_hash; /* of everything above */
};
_Static_assert(sizeof(struct eco_snap_header) == 64, "header is 64 bytes");

struct eco_snap_section {
    char name[ECO_SNAP_NAME_BYTES]; /* padded with zero bytes */
    uint32_t elem_bytes;
    uint32_t zero;
    uint64_t count;
    uint64_t offset;
    uint64_t hash;
};
_Static_assert(sizeof(struct eco_snap_section) == 48, "entry is 48 bytes");

/* Room for the largest table: sections are streamed before their number is
 * known. A multiple of ECO_SNAP_ALIGN. */
#define ECO_SNAP_FIRST_OFFSET                                                  \
    (sizeof(struct eco_snap_header) +                                          \
     ECO_SNAP_MAX_SECTIONS * sizeof(struct eco_snap_section))
_Static_assert(ECO_SNAP_FIRST_OFFSET % ECO_SNAP_ALIGN == 0, "aligned");

/* The next multiple of ECO_SNAP_ALIGN; `bytes` is far below 2^64. */
static inline uint64_t eco_snap_align(uint64_t bytes)
{
    return (bytes + ECO_SNAP_ALIGN - 1) & ~(uint64_t)(ECO_SNAP_ALIGN - 1);
}

/* Is it 1 to 16 of a-z 0-9 . _ and then only zero bytes? */
bool eco_snap_name_ok(const char name[ECO_SNAP_NAME_BYTES]);

#endif /* ECO_SNAPSHOT_LAYOUT_H */
