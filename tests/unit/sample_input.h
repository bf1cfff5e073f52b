/* SPDX-License-Identifier: MIT */
#ifndef ECO_TEST_SAMPLE_INPUT_H
#define ECO_TEST_SAMPLE_INPUT_H

#include "build/assemble.h"

/*
 * sample_input - facts about a few models as struct eco_build_input
 *
 * Facts are rows that name one another by id, so that a test can write them
 * down, change one or shuffle them; eco_sample_new numbers everything in the
 * order of the rows.
 *
 * Ownership  A sample owns its arrays and borrows the texts of the facts. It
 *            does not use base/alloc.h, so that failing allocations and
 *            counted blocks are those of the code under test. A test that is
 *            out of memory aborts.
 */
struct eco_sample_model {
    const char *id;
    int64_t created, modified; /* ms, ECO_TIME_UNKNOWN */
    int64_t likes, downloads, downloads_all, params, storage;
    uint8_t flags;
    const char *task, *library, *licence; /* "" is none */
    double spaces;
    const char *languages; /* "en,zh"; NULL is none */
};

struct eco_sample_edge {
    const char *base, *derived; /* an id without a row is a placeholder */
    uint8_t tag;
};

struct eco_sample_author {
    const char *name, *full;
    uint8_t kind;
};

struct eco_sample_alias {
    const char *former, *id;
};

struct eco_sample_facts {
    int32_t as_of_day;
    uint64_t bad_bases;
    uint32_t n_models, n_authors, n_aliases;
    uint64_t n_edges;
    const struct eco_sample_model *models;
    const struct eco_sample_edge *edges;
    const struct eco_sample_author *authors;
    const struct eco_sample_alias *aliases;
};

/* Sixteen models and three placeholders: every relation, a cycle, a loop, an
 * edge told twice, two models merged from two, ties, unknown values, removed
 * models, ids of 1 to 193 bytes, without owner, and in UTF-8. */
extern const struct eco_sample_facts eco_sample_hub;

struct eco_sample {
    struct eco_build_input in;
    /* the same arrays, to be changed by a test */
    int64_t *likes, *downloads, *created;
    uint32_t *task, *alias_node;
    uint8_t *flags, *author_kind;
    double *spaces;
    struct eco_sample_text *texts; /* private: everything to be freed */
};

struct eco_sample *eco_sample_new(const struct eco_sample_facts *facts);
void eco_sample_free(struct eco_sample *s);

/* Assemble in a temporary file and give back its bytes, aligned to 64 (free);
 * NULL when that failed. */
uint8_t *eco_sample_bytes(struct eco_build_input *in, size_t *len);

/* The bytes of a file, aligned to 64 (free); NULL when it cannot be read. */
uint8_t *eco_sample_read_file(const char *path, size_t *len);

/* A number generator for shuffles and made-up facts: the same everywhere. */
uint32_t eco_sample_random(uint64_t *state, uint32_t below);

/* An order of 0 .. n-1 into order[]. */
void eco_sample_shuffle(uint64_t *state, uint32_t *order, uint32_t n);

#endif /* ECO_TEST_SAMPLE_INPUT_H */
