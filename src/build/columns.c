/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#define BLOCK 4096 /* values gathered before they are handed on */

/* A column told by input number, of the ranked nodes. */
static int write_i64(struct eco_build *b, const char *name,
                     const int64_t *column, struct eco_err *err)
{
    int64_t block[BLOCK];
    int rc = eco_snap_writer_begin(b->w, name, sizeof(*block), err);

    for (uint32_t v = 0; !rc && v < b->r;) {
        uint32_t n = 0;

        while (n < BLOCK && v < b->r)
            block[n++] = column[b->input_of_node[v++]];
        rc = eco_snap_writer_append(b->w, block, n * sizeof(*block), err);
    }
    return rc;
}

static int write_flags(struct eco_build *b, struct eco_err *err)
{
    uint8_t block[BLOCK];
    int rc = eco_snap_writer_begin(b->w, "flags", sizeof(*block), err);

    for (uint32_t v = 0; !rc && v < b->r;) {
        uint32_t n = 0;

        while (n < BLOCK && v < b->r)
            block[n++] = b->in->flags[b->input_of_node[v++]];
        rc = eco_snap_writer_append(b->w, block, n, err);
    }
    return rc;
}

/* Entries of a dictionary, which are below 2^16. */
static int write_entries(struct eco_build *b, const char *name,
                         const uint32_t *entry, struct eco_err *err)
{
    uint16_t block[BLOCK];
    int rc = eco_snap_writer_begin(b->w, name, sizeof(*block), err);

    for (uint32_t v = 0; !rc && v < b->r;) {
        uint32_t n = 0;

        while (n < BLOCK && v < b->r)
            block[n++] = (uint16_t)entry[v++];
        rc = eco_snap_writer_append(b->w, block, n * sizeof(*block), err);
    }
    return rc;
}

int eco_build_write_columns(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_input *in = b->in;
    const struct {
        const char *name;
        const int64_t *column;
    } numbers[] = {
        { "created", in->created },
        { "modified", in->modified },
        { "likes", in->likes },
        { "downloads", in->downloads },
        { "downloads_all", in->downloads_all },
        { "params", in->params_count },
        { "storage", in->storage },
    };
    static const char *const facets[COLUMNS] = {
        [FACET_TASK] = "task",
        [FACET_LIBRARY] = "library",
        [FACET_LICENCE] = "licence",
    };
    int rc = eco_snap_writer_section(b->w, "author", sizeof(uint32_t),
                                     b->author, b->n, err);

    for (size_t i = 0; !rc && i < sizeof(numbers) / sizeof(numbers[0]); i++)
        rc = write_i64(b, numbers[i].name, numbers[i].column, err);
    if (!rc)
        rc = write_flags(b, err);
    for (size_t i = 0; !rc && i < COLUMNS; i++)
        rc = write_entries(b, facets[i], b->facet[i].entry, err);
    return rc;
}

int eco_build_write_influence(struct eco_build *b, struct eco_err *err)
{
    const struct {
        const char *name;
        const double *column;
    } columns[] = {
        { "influence", b->influence },
        { "part.spaces", b->spaces },
        { "part.children", b->children },
        { "part.parents", b->parents },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < sizeof(columns) / sizeof(columns[0]); i++)
        rc = eco_snap_writer_section(b->w, columns[i].name, sizeof(double),
                                     columns[i].column, b->n, err);
    return rc;
}

int eco_build_write_graph(struct eco_build *b, struct eco_err *err)
{
    const struct eco_graph *g = &b->graph.view;
    const struct {
        const char *name;
        uint32_t elem_bytes;
        const void *ptr;
        uint64_t count;
    } sections[] = {
        { "down.off", sizeof(*g->down_off), g->down_off, (uint64_t)g->n + 1 },
        { "down.node", sizeof(*g->down), g->down, g->m },
        { "down.tag", sizeof(*g->down_tag), g->down_tag, g->m },
        { "up.off", sizeof(*g->up_off), g->up_off, (uint64_t)g->n + 1 },
        { "up.node", sizeof(*g->up), g->up, g->m },
        { "up.tag", sizeof(*g->up_tag), g->up_tag, g->m },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < sizeof(sections) / sizeof(sections[0]); i++)
        rc = eco_snap_writer_section(b->w, sections[i].name,
                                     sections[i].elem_bytes, sections[i].ptr,
                                     sections[i].count, err);
    return rc;
}
