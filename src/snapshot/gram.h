/* SPDX-License-Identifier: MIT */
#ifndef ECO_SNAPSHOT_GRAM_H
#define ECO_SNAPSHOT_GRAM_H

#include "base/str.h"

struct eco_snap_grams;

/*
 * gram - the search index: which ids have these three bytes
 *
 * docs/format/snapshot.md section 6 has the definition. A gram's key is its
 * three lower-cased bytes, the first one highest; that of a single byte has two
 * zero bytes before it.
 *
 * Shapes     A list of bytes is never shorter than the number of its nodes, so
 *            the bytes of a list are room enough for reading it.
 * Threads    Pure functions.
 */
#define ECO_GRAM_KEYS (1u << 24)

/* --- keys ---------------------------------------------------------------- */

/* The gram that begins at byte i < id.len; zero bytes follow the id. */
uint32_t eco_gram_key(struct eco_str id, size_t i);

/* The gram of byte i < id.len alone. */
uint32_t eco_gram_byte_key(struct eco_str id, size_t i);

/* Number from which to count for every key that occurs, in little memory:
 * blocks of 256 keys come into being when one of them is used. */
struct eco_gram_table {
    uint32_t *block; /* 65536 of them: 1 + number of the block, 0 is none */
    uint32_t *slot;  /* 256 per block, 0 at first */
    uint32_t n_blocks, cap;
};

ECO_MUST_USE
int eco_gram_table_init(struct eco_gram_table *t, struct eco_err *err);
void eco_gram_table_release(struct eco_gram_table *t);

/* The value of a key, 0 at first; NULL without memory. */
uint32_t *eco_gram_table_at(struct eco_gram_table *t, uint32_t key);

/* The value of a key, 0 when it was never set. */
uint32_t eco_gram_table_get(const struct eco_gram_table *t, uint32_t key);

/* --- building -------------------------------------------------------------- */

struct eco_gram_index {
    uint32_t n;    /* grams */
    uint32_t *key; /* n, rising */
    uint64_t *off; /* n + 1 offsets into list */
    uint8_t *list;
};

/* The index of n ids, id i being id_text[id_off[i] .. id_off[i + 1]). Two
 * passes over the ids; memory is that of the result and about 40 bytes a
 * gram. */
ECO_MUST_USE
int eco_gram_build(const uint64_t *id_off, const char *id_text, uint32_t n,
                   struct eco_gram_index *out, struct eco_err *err);
void eco_gram_release(struct eco_gram_index *g);

/* --- reading --------------------------------------------------------------- */

/* Positions [*first, *last) in g->key of the keys from lo to hi, both
 * included. */
void eco_gram_range(const struct eco_snap_grams *g, uint32_t lo, uint32_t hi,
                    uint32_t *first, uint32_t *last);

/* Position of one key in g->key. */
bool eco_gram_find(const struct eco_snap_grams *g, uint32_t key,
                   uint32_t *gram);

/* One posting list while it is read. */
struct eco_gram_reader {
    const uint8_t *at, *end;
    uint64_t next;  /* the smallest number that can follow */
    uint64_t limit; /* numbers are below this */
};

/* Begin list `gram` < g->n. ECO_EFORMAT when it is not within the
 * section. */
ECO_MUST_USE
int eco_gram_open(const struct eco_snap_grams *g, uint32_t gram,
                  struct eco_gram_reader *r, struct eco_err *err);

/* 1 and the next node, 0 at the end, ECO_EFORMAT for a number that is
 * malformed, not in its shortest form, or not below the limit. */
ECO_MUST_USE
int eco_gram_next(struct eco_gram_reader *r, uint32_t *node,
                  struct eco_err *err);

/* The rest of the list into nodes[0..cap); *n says how many. ECO_ELIMIT when
 * there are more than cap. */
ECO_MUST_USE
int eco_gram_read(struct eco_gram_reader *r, uint32_t *nodes, size_t cap,
                  size_t *n, struct eco_err *err);

#endif /* ECO_SNAPSHOT_GRAM_H */
