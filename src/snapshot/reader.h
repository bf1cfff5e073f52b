/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_READER_H
#define ECO_SNAPSHOT_READER_H

#include "graph/graph.h"
#include "snapshot/snapshot.h"

/*
 * reader - a snapshot mapped into memory
 *
 * docs/format/snapshot.md is normative. Opening checks header, table, the
 * shape of every section and every checksum; a damaged, truncated or foreign
 * file is refused with a message that says what to do. What only a program
 * that forges checksums could break is left to eco_snap_verify
 * (snapshot/verify.h).
 *
 * Shapes     N = meta->n_nodes, R = meta->n_ranked, M = meta->n_edges,
 *            A = meta->n_authors, F = n_families. Node numbers are ranks minus
 *            one; nodes R to N-1 are placeholders. Authors and families are
 *            numbered by their influence, too.
 * Ownership  Everything reachable from struct eco_snap is a view into the
 *            mapped file, valid while a reference is held.
 * Errors     ECO_EIO, ECO_EFORMAT, ECO_ENOMEM, ECO_ENOTFOUND (no such file).
 * Threads    Immutable after open; ref and unref from any thread.
 */

/* A dictionary of facet values; entry 0 is the empty text, "none". */
struct eco_snap_dict {
    uint32_t n;               /* entries, at least 1 */
    const uint64_t *off;      /* n + 1 offsets into text */
    const char *text;         /* names one after the other */
    const uint64_t *bits_off; /* n + 1 offsets into bits */
    const uint8_t *bits;      /* one portable roaring bitmap per entry */
};

/* A search index (gram.h). */
struct eco_snap_grams {
    uint32_t n;          /* grams */
    const uint32_t *key; /* n, rising */
    const uint64_t *off; /* n + 1 offsets into list */
    const uint8_t *list; /* of numbers below `limit` */
    uint32_t limit;
};

enum eco_snap_order {
    ECO_ORDER_NAME,
    ECO_ORDER_CREATED,
    ECO_ORDER_DOWNLOADS,
    ECO_ORDER_LIKES,
    ECO_ORDER_TASK,
};
#define ECO_SNAP_ORDERS 5

struct eco_snap {
    const struct eco_snap_meta *meta;
    uint64_t content_hash; /* header offset 32: names this content */

    const uint64_t *id_off;   /* N + 1 */
    const char *id_text;      /* ids in stored spelling */
    const uint32_t *id_order; /* N: nodes by lower-cased id */

    uint32_t n_aliases;         /* L */
    const uint64_t *alias_off;  /* L + 1 */
    const char *alias_text;     /* former ids, sorted by lower-cased bytes */
    const uint32_t *alias_node; /* L */

    const uint32_t *author; /* N: author number or ECO_SNAP_NO_AUTHOR */

    const int64_t *created;       /* R: ms since 1970, ECO_TIME_UNKNOWN */
    const int64_t *modified;      /* R */
    const int64_t *likes;         /* R: -1 unknown */
    const int64_t *downloads;     /* R: last 30 days, -1 unknown */
    const int64_t *downloads_all; /* R: -1 unknown */
    const int64_t *params;        /* R: -1 unknown */
    const int64_t *storage;       /* R: bytes, -1 unknown */
    const uint8_t *flags;         /* R: enum eco_snap_flag */
    const uint16_t *task;         /* R: entry of tasks */
    const uint16_t *library;      /* R: entry of libraries */
    const uint16_t *licence;      /* R: entry of licences */

    const double *influence;     /* N: not rising over 0..R-1 */
    const double *part_spaces;   /* N */
    const double *part_children; /* N */
    const double *part_parents;  /* N */

    struct eco_graph graph; /* family graph of all N nodes */

    const uint32_t *order[ECO_SNAP_ORDERS]; /* R each */

    const uint64_t *author_off;      /* A + 1 */
    const char *author_text;         /* names */
    const uint32_t *author_order;    /* A: authors by lower-cased name */
    const uint64_t *author_full_off; /* A + 1 */
    const char *author_full;         /* full names; empty is unknown */
    const uint8_t *author_kind;      /* A: enum eco_author_kind */
    const uint64_t *author_first;    /* A + 1 offsets into author_node */
    const uint32_t *author_node;     /* ranked models by author, rising */

    uint32_t n_families;          /* F */
    const uint32_t *family;       /* N: or ECO_SNAP_NO_FAMILY */
    const uint32_t *family_root;  /* F: a node */
    const uint64_t *family_first; /* F + 1 offsets into family_node */
    const uint32_t *family_node;  /* ranked models by family, rising */

    struct eco_snap_dict tasks;
    struct eco_snap_dict libraries;
    struct eco_snap_dict licences;
    struct eco_snap_dict languages; /* a model stands in several bitmaps */
    const uint64_t *kind_bits_off;  /* ECO_AUTHOR_KINDS + 1 */
    const uint8_t *kind_bits;       /* one bitmap per kind of author */

    const struct eco_total *total_all; /* one */
    /* Entries by facet, numbered as its dictionary (entry 0 is none), by
     * author, family, kind or relation; those of authors, families, relations
     * and months have one more, the last: models without. */
    const struct eco_total *total[ECO_FACETS];
    uint32_t n_months;               /* K */
    const int32_t *month_key;        /* K: months since 1970, rising */
    const struct eco_others *others; /* ECO_FACETS_WITH_OTHERS */
    const struct eco_growth *growth[ECO_FACETS]; /* NULL but for task, library,
                                                    licence, relation */
    uint64_t n_growth[ECO_FACETS];
    const struct eco_drift *drift; /* by (base, derived) */
    uint64_t n_drift;

    const uint8_t *removed_bits; /* one portable roaring bitmap */
    uint64_t removed_bytes;

    struct eco_snap_grams grams;        /* of ids; lists of ranked nodes */
    struct eco_snap_grams author_grams; /* of names; lists of authors */

    struct eco_snap_file *file; /* private: the mapping and the counter */
};

/* Open with one reference; *out is NULL on failure. */
ECO_MUST_USE
int eco_snap_open(const char *path, struct eco_snap **out, struct eco_err *err);

/* The same on bytes that outlive the snapshot (tests, fuzzing); `name` is used
 * in messages. The bytes must be aligned to 64. */
ECO_MUST_USE
int eco_snap_open_bytes(const char *name, const void *bytes, size_t len,
                        struct eco_snap **out, struct eco_err *err);

struct eco_snap *eco_snap_ref(struct eco_snap *s);
void eco_snap_unref(struct eco_snap *s); /* NULL is fine */

/* Views; an index beyond the end gives the empty string. */
struct eco_str eco_snap_id(const struct eco_snap *s, uint32_t node);
struct eco_str eco_snap_alias(const struct eco_snap *s, uint32_t alias);
struct eco_str eco_snap_author_name(const struct eco_snap *s, uint32_t author);
struct eco_str eco_snap_author_full(const struct eco_snap *s, uint32_t author);
struct eco_str eco_snap_dict_text(const struct eco_snap_dict *d,
                                  uint32_t entry);

/* The entry named exactly so; false when there is none. "" is entry 0. */
bool eco_snap_dict_find(const struct eco_snap_dict *d, struct eco_str text,
                        uint32_t *entry);

/* The node of an id or of a former id, blind to case. */
bool eco_snap_find(const struct eco_snap *s, struct eco_str id, uint32_t *node);

/* The author of a name, blind to case. */
bool eco_snap_find_author(const struct eco_snap *s, struct eco_str name,
                          uint32_t *author);

/* "company", "community", ...; the API's spelling of an author's kind. */
const char *eco_author_kind_name(enum eco_author_kind kind);

/* "hub", "sample", "synthetic". */
const char *eco_data_kind_name(enum eco_data_kind kind);

#endif /* ECO_SNAPSHOT_READER_H */
