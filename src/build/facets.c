/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "snapshot/bitmap.h"

/* A set costs at most two bytes a value, eight a container, and what is small
 * and fixed. */
#define SET_VALUE_BYTES 10u
#define SET_FIXED_BYTES 64u

/* --- numbering ---------------------------------------------------------------- */

/* Which entries does a model have? "none" always counts. */
static int mark_used(const struct eco_build *b, const uint32_t *told,
                     const struct eco_build_facet *f, uint8_t **used,
                     struct eco_err *err)
{
    *used = eco_calloc(f->dict->n, 1);
    if (!*used)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u entries",
                        f->dict->n);
    (*used)[0] = 1;
    for (uint32_t i = 0; i < b->in->n_models; i++)
        (*used)[told[i]] = 1;
    return 0;
}

/* Entries in use, in the order of their texts. "" sorts first: entry 0. */
static int number_entries(struct eco_build_facet *f, const uint8_t *used,
                          const char *what, uint32_t *entry_of,
                          struct eco_err *err)
{
    uint32_t n = 0;
    int rc = eco_build_alloc(&f->told, f->dict->n, sizeof(*f->told), what, err);

    if (!rc)
        rc = eco_sort_texts(f->dict, false, what, f->told, err);
    if (rc)
        return rc;
    for (uint32_t i = 0; i < f->dict->n; i++) {
        uint32_t told = f->told[i];

        if (!used[told])
            continue;
        entry_of[told] = n;
        f->told[n++] = told;
    }
    f->n = n;
    if (n > ECO_MAX_DICT_ENTRIES)
        return eco_fail(err, ECO_ELIMIT, "%s: %u entries, at most %u", what, n,
                        ECO_MAX_DICT_ENTRIES);
    return 0;
}

/* Nodes by entry: a counting sort that keeps the order of nodes. */
static void group_nodes(struct eco_build_facet *f, uint32_t r)
{
    memset(f->first, 0, ((size_t)f->n + 1) * sizeof(*f->first));
    for (uint32_t v = 0; v < r; v++)
        f->first[f->column[v] + 1u]++;
    for (uint32_t e = 0; e < f->n; e++)
        f->first[e + 1] += f->first[e];
    for (uint32_t v = 0; v < r; v++)
        f->nodes[f->first[f->column[v]]++] = v;
    /* each first is now the next one's: shift back */
    memmove(f->first + 1, f->first, f->n * sizeof(*f->first));
    f->first[0] = 0;
}

static int fill_facet(struct eco_build *b, struct eco_build_facet *f,
                      const uint32_t *told, const uint32_t *entry_of,
                      const char *what, struct eco_err *err)
{
    int rc = eco_build_alloc(&f->column, b->r, sizeof(*f->column), what, err);

    if (!rc)
        rc = eco_build_alloc(&f->nodes, b->r, sizeof(*f->nodes), what, err);
    if (!rc)
        rc = eco_build_alloc(&f->first, (size_t)f->n + 1, sizeof(*f->first),
                             what, err);
    if (rc)
        return rc;
    for (uint32_t v = 0; v < b->r; v++)
        f->column[v] = (uint16_t)entry_of[told[b->input_of_node[v]]];
    group_nodes(f, b->r);
    return 0;
}

static int prepare_facet(struct eco_build *b, struct eco_build_facet *f,
                         const uint32_t *told, const char *what,
                         struct eco_err *err)
{
    uint32_t *entry_of = NULL;
    uint8_t *used = NULL;
    int rc = mark_used(b, told, f, &used, err);

    if (!rc)
        rc = eco_build_alloc(&entry_of, f->dict->n, sizeof(*entry_of), what,
                             err);
    if (!rc)
        rc = number_entries(f, used, what, entry_of, err);
    if (!rc)
        rc = fill_facet(b, f, told, entry_of, what, err);
    eco_free(entry_of);
    eco_free(used);
    return rc;
}

int eco_build_facets(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_input *in = b->in;
    int rc;

    b->facet[FACET_TASK].dict = &in->tasks;
    b->facet[FACET_LIBRARY].dict = &in->libraries;
    b->facet[FACET_LICENCE].dict = &in->licences;
    rc = prepare_facet(b, &b->facet[FACET_TASK], in->task, "task", err);
    if (!rc)
        rc = prepare_facet(b, &b->facet[FACET_LIBRARY], in->library, "library",
                           err);
    if (!rc)
        rc = prepare_facet(b, &b->facet[FACET_LICENCE], in->licence, "licence",
                           err);
    for (uint32_t i = 0; i < in->n_models; i++)
        b->n_removed += in->flags[i] & ECO_SNAP_REMOVED;
    return rc;
}

/* --- writing ------------------------------------------------------------------ */

static struct eco_str entry_text(const void *arg, uint32_t i)
{
    const struct eco_build_facet *f = arg;

    return eco_build_text(f->dict, f->told[i]);
}

static size_t max_set_bytes(uint32_t values, uint32_t sets)
{
    return (size_t)values * SET_VALUE_BYTES + (size_t)sets * SET_FIXED_BYTES;
}

/* All sets of a dictionary into `bits`, and where each begins. */
static int encode_sets(const struct eco_build_facet *f, struct eco_buf *bits,
                       uint64_t *off, const char *what, struct eco_err *err)
{
    for (uint32_t e = 0; e < f->n; e++) {
        off[e] = bits->len;
        eco_bitmap_append(bits, f->nodes + f->first[e],
                          f->first[e + 1] - f->first[e]);
    }
    off[f->n] = bits->len;
    return eco_buf_check(bits, what, err);
}

static int write_sets(struct eco_build *b, const struct eco_build_facet *f,
                      const char *off_name, const char *bits_name,
                      struct eco_err *err)
{
    struct eco_buf bits;
    uint64_t *off = NULL;
    int rc =
        eco_build_alloc(&off, (size_t)f->n + 1, sizeof(*off), off_name, err);

    eco_buf_init(&bits, max_set_bytes(b->r, f->n));
    if (!rc)
        rc = encode_sets(f, &bits, off, bits_name, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, off_name, sizeof(*off), off,
                                     (uint64_t)f->n + 1, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, bits_name, 1, bits.ptr, bits.len,
                                     err);
    eco_buf_release(&bits);
    eco_free(off);
    return rc;
}

static int write_removed(struct eco_build *b, struct eco_err *err)
{
    struct eco_buf bits;
    uint32_t *nodes = NULL;
    uint32_t n = 0;
    int rc = eco_build_alloc(&nodes, b->n_removed, sizeof(*nodes),
                             "removed models", err);

    eco_buf_init(&bits, max_set_bytes(b->n_removed, 1));
    if (rc)
        return rc;
    for (uint32_t v = 0; v < b->r; v++)
        if (b->in->flags[b->input_of_node[v]] & ECO_SNAP_REMOVED)
            nodes[n++] = v;
    eco_bitmap_append(&bits, nodes, n);
    rc = eco_buf_check(&bits, "removed.bits", err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "removed.bits", 1, bits.ptr,
                                     bits.len, err);
    eco_buf_release(&bits);
    eco_free(nodes);
    return rc;
}

int eco_build_write_facets(struct eco_build *b, struct eco_err *err)
{
    static const struct {
        const char *off, *text, *boff, *bits;
    } names[FACETS] = {
        [FACET_TASK] = { "task.off", "task.text", "task.boff", "task.bits" },
        [FACET_LIBRARY] = { "library.off", "library.text", "library.boff",
                            "library.bits" },
        [FACET_LICENCE] = { "licence.off", "licence.text", "licence.boff",
                            "licence.bits" },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < FACETS; i++) {
        const struct eco_build_facet *f = &b->facet[i];

        rc = eco_build_write_texts(b->w, names[i].off, names[i].text, f->n,
                                   entry_text, f, err);
        if (!rc)
            rc = write_sets(b, f, names[i].boff, names[i].bits, err);
    }
    return rc ? rc : write_removed(b, err);
}
