/* SPDX-License-Identifier: MIT */
#ifndef ECO_BUILD_ASSEMBLE_H
#define ECO_BUILD_ASSEMBLE_H

#include "graph/influence.h"
#include "snapshot/snapshot.h"

/*
 * assemble - from plain columns to a snapshot file
 *
 * Pure but for the file it writes: influence, ranks, the order by every
 * sortable column, facets as bitmaps, the search index. The same facts in any
 * order of rows give the same bytes.
 *
 * Shapes     Nodes 0 .. n_models-1 have a row, n_models .. n_nodes-1 are
 *            placeholders. Model columns have n_models entries, id_off has
 *            n_nodes + 1. Ids are unique without case (ECO_EINVAL else), and
 *            so are former ids.
 * Units      As in docs/format/snapshot.md. Known instants are in the years 1970
 *            to 9999 (ECO_EINVAL else).
 * Ownership  Everything in the input is borrowed; `edges` is renumbered and may
 *            be reordered.
 * Cost       O(n + m + bytes of ids); about 220 bytes of scratch per model, of
 *            which the search index is 50.
 * Threads    Uses two; the bytes of the file do not depend on it.
 */

/* Texts by number, in any order, distinct; entry 0 is "" (none). Entries that no
 * model has are left out of the file. */
struct eco_build_dict {
    uint32_t n;
    const uint64_t *off; /* n + 1 */
    const char *text;
};

struct eco_build_input {
    int32_t as_of_day;
    enum eco_data_kind data;
    struct eco_influence_params params;

    uint32_t n_models;
    uint32_t n_nodes;
    const uint64_t *id_off; /* n_nodes + 1 */
    const char *id_text;

    const int64_t *created;  /* ECO_TIME_UNKNOWN */
    const int64_t *modified; /* ECO_TIME_UNKNOWN */
    const int64_t *likes;    /* -1 unknown, so below */
    const int64_t *downloads;
    const int64_t *downloads_all;
    const int64_t *params_count; /* number of parameters */
    const int64_t *storage;
    const uint8_t *flags;    /* enum eco_snap_flag */
    const uint32_t *task;    /* entry of tasks */
    const uint32_t *library; /* entry of libraries */
    const uint32_t *licence; /* entry of licences */
    const double *spaces;    /* spaces(v) of metrics: already summed */
    struct eco_build_dict tasks, libraries, licences;

    /* Languages of model i: language[language_off[i] .. language_off[i + 1]),
     * entries of languages, distinct and not 0. */
    const uint64_t *language_off; /* n_models + 1 */
    const uint32_t *language;
    struct eco_build_dict languages;

    struct eco_edge *edges; /* any order; loops and repeats allowed */
    uint64_t n_edges;
    uint64_t bad_bases;  /* goes to meta as it is */
    uint64_t self_loops; /* left out of `edges`; those in it count besides */

    uint32_t n_aliases;
    const uint64_t *alias_off; /* n_aliases + 1 */
    const char *alias_text;
    const uint32_t *alias_node; /* input node numbers */

    /* What was told about authors, any order, names distinct without case.
     * Owners of ids without a record get one of kind unknown. Records whose
     * author owns no node are left out. */
    uint32_t n_authors;
    const uint64_t *author_off; /* n_authors + 1 */
    const char *author_text;
    const uint64_t *author_full_off; /* n_authors + 1 */
    const char *author_full;
    const uint8_t *author_kind; /* enum eco_author_kind */
};

struct eco_build_stats {
    uint32_t n_nodes;
    uint32_t n_ranked;
    uint32_t n_removed;
    uint64_t n_edges;
    uint64_t self_loops;
    uint64_t by_relation[ECO_RELATIONS];
    uint64_t declared; /* the rest of n_edges is inferred */
    struct eco_influence_stats influence;
    uint64_t file_bytes;
};

/* ECO_ELIMIT when more than 65,535 entries of a dictionary are in use or a text
 * is longer than ECO_MAX_TEXT_BYTES, ECO_EBUSY while another process builds the
 * same file; stats may be NULL. */
ECO_MUST_USE
int eco_build_assemble(struct eco_build_input *in, const char *path,
                       struct eco_build_stats *stats, struct eco_err *err);

#endif /* ECO_BUILD_ASSEMBLE_H */
