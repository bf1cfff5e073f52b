/* SPDX-License-Identifier: MIT */
#ifndef ECO_STORE_STORE_H
#define ECO_STORE_STORE_H

#include "record/record.h"
#include "snapshot/snapshot.h"

/*
 * store - where the data is safe
 *
 * One interface; an SQLite file stands behind it (src/store/migrations has
 * the schema). The content is a function of the set of rows that were put,
 * whatever their order: every thing keeps the rows that still tell one of its
 * fields, and its columns are their merge by precedence (record.h).
 *
 * Putting happens inside a transaction; killing the program loses at most the
 * transaction in flight.
 *
 * Ownership  The caller closes the store. Strings given to callbacks live
 *            until the callback returns.
 * Errors     ECO_EIO names file and statement, ECO_EBUSY when another process
 *            writes, ECO_ENOTFOUND when there is no store to read, ECO_EFORMAT
 *            for a file that is no store of this program or of a later one.
 *            Here `err` must not be NULL.
 *            A store of an earlier version is brought up to date when it is
 *            opened, even to read, and one that a killed first import left
 *            without indexes gets them: ECO_EBUSY while an import is running.
 * Threads    One thread at a time.
 */
struct eco_store;

enum eco_store_mode {
    ECO_STORE_READ,  /* must exist; one state of it, whoever writes */
    ECO_STORE_WRITE, /* made when missing, migrated when old */
};

ECO_MUST_USE
int eco_store_open(const char *path, enum eco_store_mode mode,
                   struct eco_store **out, struct eco_err *err);
void eco_store_close(struct eco_store *s); /* rolls back; NULL is fine */

/* What the data is; hub for a store that was never told otherwise. Data of
 * two kinds in one store is refused (ECO_EINVAL) unless it is empty. */
ECO_MUST_USE
int eco_store_set_data(struct eco_store *s, enum eco_data_kind kind,
                       struct eco_err *err);
ECO_MUST_USE
int eco_store_data(struct eco_store *s, enum eco_data_kind *kind,
                   struct eco_err *err);

ECO_MUST_USE int eco_store_begin(struct eco_store *s, struct eco_err *err);
ECO_MUST_USE int eco_store_commit(struct eco_store *s, struct eco_err *err);
void eco_store_rollback(struct eco_store *s);

/*
 * Between these, inside of transactions, a store that was empty is filled
 * without its indexes (store/bulk.h); for any other store they do nothing.
 * A commit in between is safe: whoever opens the store next makes the
 * indexes.
 */
ECO_MUST_USE
int eco_store_begin_bulk(struct eco_store *s, struct eco_err *err);
ECO_MUST_USE
int eco_store_end_bulk(struct eco_store *s, struct eco_err *err);

enum eco_put {
    ECO_PUT_NEW,     /* the thing was not known */
    ECO_PUT_CHANGED, /* a fact, or a number of the history, changed */
    ECO_PUT_SAME,    /* nothing changed, but for the day it was last told */
};

/* Put one row, read by eco_record_read; `packed` is its text, packed by
 * eco_text_pack. Inside begin and commit only. */
ECO_MUST_USE
int eco_store_put(struct eco_store *s, const struct eco_record *rec,
                  struct eco_str packed, enum eco_put *outcome,
                  struct eco_err *err);

/* Sums over the whole store, for reports. */
struct eco_store_totals {
    uint64_t models; /* without aliases */
    uint64_t removed;
    uint64_t aliases;
    uint64_t authors;
    uint64_t spaces;
    uint64_t captures;
    uint64_t declared[ECO_RELATIONS]; /* edges, without loops */
    uint64_t inferred[ECO_RELATIONS];
    uint64_t self_loops;
    uint64_t bad_bases; /* names that are no id, and unknown single names */
    uint64_t placeholders;
};
ECO_MUST_USE
int eco_store_totals(struct eco_store *s, struct eco_store_totals *totals,
                     struct eco_err *err);

/* Reading everything, for build. A callback returns 0 to go on or a negative
 * enum eco_code (with err filled in) to stop, which is passed through. */

struct eco_store_model {
    int64_t model_id;
    struct eco_str id;
    int64_t created_ms, modified_ms; /* ECO_TIME_UNKNOWN */
    int64_t likes, downloads, downloads_all, parameters, storage; /* -1 */
    struct eco_str task, library, licence;
    uint8_t gated;
    bool disabled;
    uint64_t bad_bases;       /* names of bases that are no id */
    struct eco_str languages; /* "en,zh": sorted codes; empty: unknown */
};
struct eco_store_edge {
    int64_t derived;     /* model_id, rising from call to call */
    int64_t base;        /* model_id, 0 for a placeholder */
    struct eco_str name; /* the base as it was told */
    enum eco_relation relation;
    bool declared;
};
struct eco_store_alias {
    struct eco_str id;
    int64_t model_id;
};
struct eco_store_author {
    struct eco_str name;
    struct eco_str full_name;
    enum eco_author_kind kind;
};
struct eco_store_space_use {
    int64_t space_id; /* tells one Space from the next, > 0 */
    int64_t created_ms;
    int64_t likes;
    struct eco_str model;
};

/* The day of the newest capture; ECO_ENOTFOUND in an empty store. */
ECO_MUST_USE
int eco_store_as_of(struct eco_store *s, int32_t *day, struct eco_err *err);

/* Models that are no alias, by rising model_id. */
ECO_MUST_USE
int eco_store_each_model(struct eco_store *s,
                         int (*each)(void *arg, const struct eco_store_model *,
                                     struct eco_err *),
                         void *arg, struct eco_err *err);

/*
 * The edges of the family graph: of each model the bases of the best source
 * with a valid one, former ids resolved, each pair once (a declared relation
 * before an inferred one, then the smaller relation), without loops.
 */
struct eco_store_edge_counts {
    uint64_t self_loops; /* left out */
    uint64_t bad_names;  /* single names that no alias resolves, left out */
};
ECO_MUST_USE
int eco_store_each_edge(struct eco_store *s,
                        int (*each)(void *arg, const struct eco_store_edge *,
                                    struct eco_err *),
                        void *arg, struct eco_store_edge_counts *counts,
                        struct eco_err *err);
ECO_MUST_USE
int eco_store_each_alias(struct eco_store *s,
                         int (*each)(void *arg, const struct eco_store_alias *,
                                     struct eco_err *),
                         void *arg, struct eco_err *err);
ECO_MUST_USE
int eco_store_each_author(struct eco_store *s,
                          int (*each)(void *arg,
                                      const struct eco_store_author *,
                                      struct eco_err *),
                          void *arg, struct eco_err *err);

/* Spaces with likes, by key, and each model they use in the order told. */
ECO_MUST_USE
int eco_store_each_space_use(struct eco_store *s,
                             int (*each)(void *arg,
                                         const struct eco_store_space_use *,
                                         struct eco_err *),
                             void *arg, struct eco_err *err);

/* One value of a model's history. */
struct eco_store_point {
    int32_t day;
    int64_t value; /* -1 unknown */
};

/* Call back for each change of likes (metric 0) or downloads (1) of the model
 * with this id, oldest first. ECO_ENOTFOUND for an unknown id. */
ECO_MUST_USE
int eco_store_each_point(struct eco_store *s, struct eco_str id, int metric,
                         int (*each)(void *arg, const struct eco_store_point *,
                                     struct eco_err *),
                         void *arg, struct eco_err *err);

/* The version of the schema that this program writes. */
int eco_store_schema_version(void);

#endif /* ECO_STORE_STORE_H */
