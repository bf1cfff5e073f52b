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
enum eco_build_facet_kind { FACET_TASK, FACET_LIBRARY, FACET_LICENCE };
#define FACETS 3

/* One dictionary and its column, numbered as in the file. */
struct eco_build_facet {
    const struct eco_build_dict *dict;
    uint32_t n;       /* entries in use, "none" included */
    uint32_t *told;   /* n: the input's number of an entry */
    uint16_t *column; /* R: entry of a node */
    uint32_t *first;  /* n + 1: where an entry's nodes begin in `nodes` */
    uint32_t *nodes;  /* R: nodes by entry, then by number */
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
    double *influence;        /* N by place, like the next three */
    double *spaces;
    double *children;
    double *parents;
    struct eco_influence_stats solved;
    struct eco_graph_store graph; /* by node */

    /* ids.c */
    uint64_t *id_off; /* N + 1 by node */
    char *id_text;

    /* authors.c */
    uint32_t *author; /* N by node */
    uint32_t n_authors;
    uint64_t *owner_off;        /* n_authors + 1 by run: spelling in the ids */
    char *owner_text;           /* a run: the ids of one owner, by place */
    uint32_t *run_of_author;    /* n_authors */
    uint32_t *record_of_author; /* n_authors: the input's, or NO_RECORD */

    struct eco_build_facet facet[FACETS];
    uint32_t n_removed;

    struct eco_gram_index grams;
};
#define NO_RECORD UINT32_MAX

/* Allocate; on failure the message tells what for. */
ECO_MUST_USE
int eco_build_alloc(void *ptr_to_array, size_t n, size_t size, const char *what,
                    struct eco_err *err);

/* The four columns of influence, which are set to NULL. */
void eco_build_free_influence(struct eco_build *b);

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

#endif /* ECO_BUILD_INTERNAL_H */
