/* SPDX-License-Identifier: MIT */
#include "support/seal.h"

#include <string.h>
#include <xxhash.h>

/* Hash the section when it lies within the file; zero the gap before it. */
static void seal_section(uint8_t *bytes, size_t len, struct eco_snap_section *s,
                         uint64_t *end)
{
    if (!s->elem_bytes || s->offset < *end || s->offset > len ||
        s->offset - *end >= ECO_SNAP_ALIGN ||
        s->count > (len - s->offset) / s->elem_bytes)
        return;
    memset(bytes + *end, 0, (size_t)(s->offset - *end));
    *end = s->offset + s->count * s->elem_bytes;
    s->hash = XXH3_64bits(bytes + s->offset, (size_t)(*end - s->offset));
}

void eco_test_seal_header(uint8_t *bytes)
{
    struct eco_snap_header *h = (void *)bytes;

    h->header_hash =
        XXH3_64bits(h, offsetof(struct eco_snap_header, header_hash));
}

void eco_test_seal_table(uint8_t *bytes)
{
    struct eco_snap_header *h = (void *)bytes;
    const struct eco_snap_section *table = (const void *)(h + 1);
    uint64_t hashes[ECO_SNAP_MAX_SECTIONS];

    for (uint32_t i = 0; i < h->n_sections; i++)
        hashes[i] = table[i].hash;
    h->table_hash = XXH3_64bits(table, h->n_sections * sizeof(*table));
    h->content_hash = XXH3_64bits(hashes, h->n_sections * sizeof(*hashes));
    eco_test_seal_header(bytes);
}

void eco_test_seal(uint8_t *bytes, size_t len)
{
    struct eco_snap_header *h = (void *)bytes;
    struct eco_snap_section *table = (void *)(bytes + sizeof(*h));
    uint64_t end = ECO_SNAP_FIRST_OFFSET;

    if (len < ECO_SNAP_FIRST_OFFSET || memcmp(h->magic, ECO_SNAP_MAGIC, 8) ||
        h->n_sections > ECO_SNAP_MAX_SECTIONS)
        return;
    for (uint32_t i = 0; i < h->n_sections; i++)
        seal_section(bytes, len, &table[i], &end);
    memset(table + h->n_sections, 0,
           ECO_SNAP_FIRST_OFFSET - sizeof(*h) - h->n_sections * sizeof(*table));
    h->file_bytes = len;
    eco_test_seal_table(bytes);
}

struct eco_snap_section *eco_test_section(uint8_t *bytes, const char *name)
{
    const struct eco_snap_header *h = (const void *)bytes;
    struct eco_snap_section *table = (void *)(bytes + sizeof(*h));

    for (uint32_t i = 0; i < h->n_sections; i++)
        if (!strncmp(table[i].name, name, ECO_SNAP_NAME_BYTES))
            return &table[i];
    return NULL;
}
