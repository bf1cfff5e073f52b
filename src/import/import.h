/* SPDX-License-Identifier: MIT */
#ifndef ECO_IMPORT_IMPORT_H
#define ECO_IMPORT_IMPORT_H

#include <stdatomic.h>

#include "source/stream.h"
#include "store/store.h"

/*
 * import - dump files into the store
 *
 * One thread unpacks and cuts files into rows, several parse them, the
 * calling thread puts them into the store, in the order of the files, in
 * transactions of about ECO_IMPORT_BATCH_ROWS rows. The result does not
 * depend on the number of threads.
 *
 * A row that cannot be used is told to `bad_row`, counted and skipped. The
 * date of a row is the option's; else its own `snapshot`; else a YYYY-MM-DD
 * in the file's name; a file whose first row has none is refused.
 *
 * Ownership  Everything is borrowed for the call.
 * Errors     The store's and the stream's; ECO_EINVAL for a file without a
 *            date, ECO_EFORMAT for a bad row under `strict`, ECO_ECANCELED.
 *            What was put before an error is committed, except when the store
 *            itself failed. `err` must not be NULL.
 * Cost       Constant memory; the first import into an empty store also keeps
 *            its keys (store/bulk.h).
 */
struct eco_import_progress {
    const char *file;
    uint64_t rows;        /* of the whole call so far */
    uint64_t bytes;       /* read of all files so far, as they lie on disk */
    uint64_t total_bytes; /* of all files; 0 when unknown */
};

struct eco_import_opts {
    const char *const *files; /* "-" is standard input */
    size_t n_files;
    /* Instead of the files, when set: files[0] names what it gives. */
    const struct eco_stream_reader *reader;
    bool has_as_of;
    int32_t as_of_day;
    bool strict;
    unsigned threads;           /* that parse; 0: one per core */
    const _Atomic bool *cancel; /* NULL, or set from a signal handler */

    /* Both may be NULL; called from the calling thread. */
    void (*progress)(void *arg, const struct eco_import_progress *);
    void (*bad_row)(void *arg, const char *file, uint64_t line,
                    const char *reason);
    void *arg;
};

struct eco_import_report {
    uint64_t rows;   /* put, of all kinds; without authors inside of rows */
    uint64_t models; /* of these: models, Spaces, authors */
    uint64_t spaces;
    uint64_t authors; /* with those inside of model rows */
    uint64_t fresh;   /* things not known before */
    uint64_t changed; /* known ones with a fact changed */
    uint64_t bad;     /* rows skipped */
    uint64_t ignored; /* single values of a wrong type, left out */
};

ECO_MUST_USE
int eco_import_run(struct eco_store *store, const struct eco_import_opts *opts,
                   struct eco_import_report *report, struct eco_err *err);

#endif /* ECO_IMPORT_IMPORT_H */
