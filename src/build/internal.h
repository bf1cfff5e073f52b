/* SPDX-License-Identifier: MIT */
#ifndef ECO_BUILD_INTERNAL_H
#define ECO_BUILD_INTERNAL_H

#include "build/assemble.h"
#include "snapshot/gram.h"
#include "snapshot/writer.h"

/*
 * internal - what the parts of assemble share
 *
 * Three numberings of the same nodes occur: `input` as told, `place` in the
 * order of lower-cased ids, and `node` in rank order as in the file. Places do
 * not depend on the order of the input, so everything that computes with
 * rounding happens in places.
 *
 * Errors     Every function returns 0 or a code with *err filled in; what it
 *            had allocated in struct eco_build is freed by assemble.c.
 */
enum eco_build_facet_kind {
    FACET_TASK,
    FACET_LIBRARY,
    FACET_LICENCE,
    FACET_LANGUAGE,
};
#define FACETS 4
#define COLUMNS 3 /* the first ones: one entry per model */

/* The entries that ranked nodes count in. */
#define NO_ENTRY UINT32_MAX
struct eco_build_column {
    uint32_t n;            /* entries */
    const uint32_t *entry; /* of node v: entry[v], or NO_ENTRY; with `off`
                              entry[off[v] .. off[v + 1]) */
    const uint64_t *off;   /* R + 1, or NULL */
};

/* Ranked nodes by entry, rising within each. */
struct eco_build_group {
    uint32_t n;
    uint64_t *first; /* n + 1: where an entry's nodes begin in `nodes` */
    uint32_t *nodes;
};

/* One dictionary and its column, numbered as in the file. */
struct eco_build_facet {
    const struct eco_build_dict *dict;
    uint32_t n;      /* entries in use, "none" included */
    uint32_t *told;  /* n: the input's number of an entry */
    uint32_t *entry; /* the column's; a model without one has entry 0 */
    uint64_t *off;
    struct eco_build_group group;
};

struct eco_build {
    const struct eco_build_input *in;
    struct eco_snap_writer *w;
    uint32_t n; /* N */
    uint32_t r; /* R */

    /* rank.c */
    uint32_t *input_of_place; /* N */
    uint32_t *place_of_input; /* N */
    uint32_t *node_of_place;  /* N: the section id.order */
    uint32_t *place_of_node;  /* N */
    uint32_t *input_of_node;  /* N */
    double *influence;        /* N by node, like the next three (while they are
                                 solved: by place) */
    double *spaces;
    double *children;
    double *parents;
    struct eco_influence_stats solved;
    struct eco_graph_store graph; /* by node */

    /* ids.c */
    uint64_t *id_off; /* N + 1 by node */
    char *id_text;

    /* totals.c */
    int64_t *likes; /* R by node */
    int64_t *downloads;

    /* authors.c */
    uint32_t *author; /* N by node */
    uint32_t n_authors;
    uint32_t *author_order;       /* n_authors: by name */
    uint8_t *author_kind;         /* n_authors */
    struct eco_total *author_sum; /* n_authors + 1: the last without owner */
    uint64_t *owner_off;        /* n_authors + 1 by run: spelling in the ids */
    char *owner_text;           /* a run: the ids of one owner, by place */
    uint32_t *run_of_author;    /* n_authors */
    uint32_t *record_of_author; /* n_authors: the input's, or NO_RECORD */

    struct eco_build_facet facet[FACETS];
    uint32_t n_removed;

    /* families.c */
    uint32_t *family; /* N by node, or ECO_SNAP_NO_FAMILY */
    uint32_t n_families;
    uint32_t *family_root;        /* n_families */
    struct eco_total *family_sum; /* n_families + 1: the last alone */
    uint8_t *relation; /* N: to the main base; ECO_RELATIONS without one */

    struct eco_gram_index grams;
};
#define NO_RECORD UINT32_MAX

/* Allocate; on failure the message tells what for. */
ECO_MUST_USE
int eco_build_alloc(void *ptr_to_array, size_t n, size_t size, const char *what,
                    struct eco_err *err);

static inline struct eco_str eco_build_text(const struct eco_build_dict *t,
                                            uint32_t i)
{
    return (struct eco_str){ t->text + t->off[i],
                             (size_t)(t->off[i + 1] - t->off[i]) };
}

/* --- sort.c --------------------------------------------------------------- */

struct eco_sort_pair {
    uint64_t key;
    uint32_t value;
};

/* Stable, by rising key. `scratch` has room for n pairs too. O(n). */
void eco_sort_pairs(struct eco_sort_pair *pairs, struct eco_sort_pair *scratch,
                    uint32_t n);

/* Keys that sort like the numbers. */
uint64_t eco_sort_key_i64(int64_t value);
uint64_t eco_sort_key_f64(double value); /* not NAN; -0 equals 0 */

/* The numbers of all texts, sorted bytewise (`nocase`: by lower-cased bytes).
 * `what` names one in messages. ECO_EINVAL when two are equal, ECO_ELIMIT when
 * one is longer than ECO_MAX_TEXT_BYTES or holds a zero byte. */
ECO_MUST_USE
int eco_sort_texts(const struct eco_build_dict *t, bool nocase,
                   const char *what, uint32_t *order, struct eco_err *err);

/* --- check.c: is the input what assemble.h promises? ------------------------ */

ECO_MUST_USE
int eco_build_check(const struct eco_build_input *in, struct eco_err *err);

/* --- rank.c: places, influence, ranks, the graph by node -------------------- */

ECO_MUST_USE int eco_build_rank(struct eco_build *b, struct eco_err *err);

/* --- ids.c: ids in rank order, former ids ------------------------------------ */

ECO_MUST_USE int eco_build_gather_ids(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE int eco_build_write_ids(struct eco_build *b, struct eco_err *err);

/* Two sections, offsets and bytes, of the texts get(arg, 0 .. n-1). */
ECO_MUST_USE
int eco_build_write_texts(struct eco_snap_writer *w, const char *off_name,
                          const char *text_name, uint32_t n,
                          struct eco_str (*get)(const void *arg, uint32_t i),
                          const void *arg, struct eco_err *err);

/* --- columns.c: one number per node or edge ----------------------------------- */

ECO_MUST_USE
int eco_build_write_columns(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE
int eco_build_write_influence(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE int eco_build_write_graph(struct eco_build *b,
                                       struct eco_err *err);

/* --- groups.c: nodes by entry, totals by entry ---------------------------------- */

ECO_MUST_USE
int eco_build_group(const struct eco_build_column *c, uint32_t r,
                    struct eco_build_group *out, const char *what,
                    struct eco_err *err);
void eco_build_group_release(struct eco_build_group *g);

/* Two sections: where each entry begins, and the nodes. */
ECO_MUST_USE
int eco_build_write_group(struct eco_build *b, const struct eco_build_group *g,
                          const char *first, const char *nodes,
                          struct eco_err *err);

/* Add one model to a total. */
void eco_build_add(const struct eco_build *b, uint32_t node,
                   struct eco_total *total);

/* sum[0 .. c->n): the totals of all entries, which are added to zero. */
void eco_build_sum(const struct eco_build *b, const struct eco_build_column *c,
                   struct eco_total *sum);

/* Numbers 0 .. n-1 by falling influence, ties by more models, then as they
 * are. */
ECO_MUST_USE
int eco_build_sort_totals(const struct eco_total *sum, uint32_t n,
                          uint32_t *order, struct eco_err *err);

static inline struct eco_build_column
eco_build_facet_column(const struct eco_build_facet *f)
{
    return (struct eco_build_column){ f->n, f->entry, f->off };
}

/* The kind of a ranked node's author. */
static inline uint8_t eco_build_kind_of(const struct eco_build *b,
                                        uint32_t node)
{
    uint32_t author = b->author[node];

    return author == ECO_SNAP_NO_AUTHOR ? ECO_AUTHOR_UNKNOWN
                                        : b->author_kind[author];
}

/* --- facets.c: dictionaries and bitmaps ---------------------------------------- */

ECO_MUST_USE int eco_build_facets(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE
int eco_build_write_facets(struct eco_build *b, struct eco_err *err);

/* --- orders.c: ranked models by every sortable column --------------------------- */

ECO_MUST_USE
int eco_build_write_orders(struct eco_build *b, struct eco_err *err);

/* --- authors.c: the owners of ids ------------------------------------------------ */

ECO_MUST_USE int eco_build_authors(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE
int eco_build_write_authors(struct eco_build *b, struct eco_err *err);

/* --- families.c: every model in the family of its main base ----------------------- */

ECO_MUST_USE int eco_build_families(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE
int eco_build_write_families(struct eco_build *b, struct eco_err *err);

/* --- totals.c ---------------------------------------------------------------------- */

/* Likes and downloads by node. */
ECO_MUST_USE int eco_build_weights(struct eco_build *b, struct eco_err *err);
ECO_MUST_USE
int eco_build_write_totals(struct eco_build *b, struct eco_err *err);

/* --- growth.c: by month of creation ------------------------------------------------- */

ECO_MUST_USE
int eco_build_write_growth(struct eco_build *b, struct eco_err *err);

/* --- drift.c: licences along the edges ----------------------------------------------- */

ECO_MUST_USE
int eco_build_write_drift(struct eco_build *b, struct eco_err *err);

#endif /* ECO_BUILD_INTERNAL_H */
