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

/* What was told, by input number: one entry per model, or with `off` several. */
struct told {
    const uint32_t *entry;
    const uint64_t *off;
    uint64_t n;
};

/* Which entries does a model have? "none" always counts. */
static int mark_used(const struct told *t, const struct eco_build_facet *f,
                     uint8_t **used, struct eco_err *err)
{
    *used = eco_calloc(f->dict->n, 1);
    if (!*used)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u entries",
                        f->dict->n);
    (*used)[0] = 1;
    for (uint64_t i = 0; i < t->n; i++)
        (*used)[t->entry[i]] = 1;
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

static int fill_column(const struct eco_build *b, struct eco_build_facet *f,
                       const struct told *t, const uint32_t *entry_of,
                       const char *what, struct eco_err *err)
{
    int rc = eco_build_alloc(&f->entry, b->r, sizeof(*f->entry), what, err);

    for (uint32_t v = 0; !rc && v < b->r; v++)
        f->entry[v] = entry_of[t->entry[b->input_of_node[v]]];
    return rc;
}

/* A model without any gets entry 0. */
static int fill_lists(const struct eco_build *b, struct eco_build_facet *f,
                      const struct told *t, const uint32_t *entry_of,
                      const char *what, struct eco_err *err)
{
    uint64_t n = 0;
    int rc =
        eco_build_alloc(&f->off, (size_t)b->r + 1, sizeof(*f->off), what, err);

    if (!rc)
        rc = eco_build_alloc(&f->entry, t->n + b->r, sizeof(*f->entry), what,
                             err);
    if (rc)
        return rc;
    for (uint32_t v = 0; v < b->r; v++) {
        uint32_t input = b->input_of_node[v];

        f->off[v] = n;
        for (uint64_t i = t->off[input]; i < t->off[input + 1]; i++)
            f->entry[n++] = entry_of[t->entry[i]];
        if (n == f->off[v])
            f->entry[n++] = 0;
    }
    f->off[b->r] = n;
    return 0;
}

static int check_distinct(const struct eco_build_facet *f, const char *what,
                          struct eco_err *err)
{
    const struct eco_build_group *g = &f->group;

    for (uint32_t e = 0; e < g->n; e++)
        for (uint64_t i = g->first[e] + 1; i < g->first[e + 1]; i++)
            if (g->nodes[i] == g->nodes[i - 1])
                return eco_fail(err, ECO_EINVAL, "%s %u twice of one model",
                                what, f->told[e]);
    return 0;
}

static int prepare_facet(struct eco_build *b, struct eco_build_facet *f,
                         const struct told *t, const char *what,
                         struct eco_err *err)
{
    struct eco_build_column column;
    uint32_t *entry_of = NULL;
    uint8_t *used = NULL;
    int rc = mark_used(t, f, &used, err);

    if (!rc)
        rc = eco_build_alloc(&entry_of, f->dict->n, sizeof(*entry_of), what,
                             err);
    if (!rc)
        rc = number_entries(f, used, what, entry_of, err);
    if (!rc)
        rc = t->off ? fill_lists(b, f, t, entry_of, what, err)
                    : fill_column(b, f, t, entry_of, what, err);
    if (rc)
        goto done;
    column = eco_build_facet_column(f);
    rc = eco_build_group(&column, b->r, &f->group, what, err);
    if (!rc && t->off)
        rc = check_distinct(f, what, err);
done:
    eco_free(entry_of);
    eco_free(used);
    return rc;
}

int eco_build_facets(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_input *in = b->in;
    uint64_t n = in->n_models;
    const struct {
        const char *what;
        const struct eco_build_dict *dict;
        struct told told;
    } all[FACETS] = {
        [FACET_TASK] = { "task", &in->tasks, { in->task, NULL, n } },
        [FACET_LIBRARY] = { "library",
                            &in->libraries,
                            { in->library, NULL, n } },
        [FACET_LICENCE] = { "licence",
                            &in->licences,
                            { in->licence, NULL, n } },
        [FACET_LANGUAGE] = { "language",
                             &in->languages,
                             { in->language, in->language_off,
                               in->language_off[n] } },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < FACETS; i++) {
        b->facet[i].dict = all[i].dict;
        rc = prepare_facet(b, &b->facet[i], &all[i].told, all[i].what, err);
    }
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

static size_t max_set_bytes(uint64_t values, uint32_t sets)
{
    return (size_t)values * SET_VALUE_BYTES + (size_t)sets * SET_FIXED_BYTES;
}

/* All sets into `bits`, and where each begins. */
static int encode_sets(const struct eco_build_group *g, struct eco_buf *bits,
                       uint64_t *off, const char *what, struct eco_err *err)
{
    for (uint32_t e = 0; e < g->n; e++) {
        off[e] = bits->len;
        eco_bitmap_append(bits, g->nodes + g->first[e],
                          (uint32_t)(g->first[e + 1] - g->first[e]));
    }
    off[g->n] = bits->len;
    return eco_buf_check(bits, what, err);
}

static int write_sets(struct eco_build *b, const struct eco_build_group *g,
                      const char *off_name, const char *bits_name,
                      struct eco_err *err)
{
    struct eco_buf bits;
    uint64_t *off = NULL;
    int rc =
        eco_build_alloc(&off, (size_t)g->n + 1, sizeof(*off), off_name, err);

    eco_buf_init(&bits, max_set_bytes(g->first[g->n], g->n));
    if (!rc)
        rc = encode_sets(g, &bits, off, bits_name, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, off_name, sizeof(*off), off,
                                     (uint64_t)g->n + 1, err);
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

/* By kind of author; models without one are of an unknown kind. */
static int write_kinds(struct eco_build *b, struct eco_err *err)
{
    struct eco_build_column column = { .n = ECO_AUTHOR_KINDS };
    struct eco_build_group group = { 0 };
    uint32_t *kind = NULL;
    int rc = eco_build_alloc(&kind, b->r, sizeof(*kind), "kinds", err);

    if (rc)
        return rc;
    for (uint32_t v = 0; v < b->r; v++)
        kind[v] = eco_build_kind_of(b, v);
    column.entry = kind;
    rc = eco_build_group(&column, b->r, &group, "kinds", err);
    if (!rc)
        rc = write_sets(b, &group, "kind.boff", "kind.bits", err);
    eco_build_group_release(&group);
    eco_free(kind);
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
        [FACET_LANGUAGE] = { "language.off", "language.text", "language.boff",
                             "language.bits" },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < FACETS; i++) {
        const struct eco_build_facet *f = &b->facet[i];

        rc = eco_build_write_texts(b->w, names[i].off, names[i].text, f->n,
                                   entry_text, f, err);
        if (!rc)
            rc = write_sets(b, &f->group, names[i].boff, names[i].bits, err);
    }
    if (!rc)
        rc = write_kinds(b, err);
    return rc ? rc : write_removed(b, err);
}
