/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "import/queue.h"

struct import {
    const struct eco_import_opts *opts;
    struct eco_import_report *report;
    struct eco_store *store;
    struct eco_queue queue;
    pthread_t reader;
    pthread_t parsers[ECO_MAX_THREADS];
    unsigned n_parsers; /* started */
    bool has_reader;
    uint64_t total_bytes;
    uint64_t bytes_before; /* of the files that are done */
    uint64_t rows_of_file; /* good ones */
    uint64_t in_batch;     /* rows since begin */
    _Atomic bool leaving;  /* the writer is done, whatever is left to read */
    bool store_failed;     /* in the middle of a row: do not commit */
};

/* --- reading ------------------------------------------------------------- */

static void date_job(struct eco_job *job, const struct eco_import_opts *opts)
{
    const char *path = opts->files[job->file];
    const char *name = strrchr(path, '/');

    job->day_is_final = opts->has_as_of;
    job->file_day = opts->as_of_day;
    job->has_day =
        opts->has_as_of ||
        eco_day_find(eco_str_from_c(name ? name + 1 : path), &job->file_day);
}

/* Fill one job. *more is false when the file ends with it. */
static int fill(struct eco_job *job, struct eco_split *split, bool *more,
                struct eco_err *err)
{
    struct eco_split_row row;
    int rc = 1;

    while (rc > 0 && job->text.len < ECO_IMPORT_JOB_BYTES &&
           job->n_rows < ECO_IMPORT_JOB_ROWS) {
        rc = eco_split_next(split, &row, err);
        if (rc > 0) {
            int added = eco_job_add(job, &row, err);

            rc = added ? added : rc;
        }
    }
    *more = rc > 0;
    return rc < 0 ? rc : 0;
}

static bool is_cancelled(const struct import *im)
{
    return im->opts->cancel && atomic_load(im->opts->cancel);
}

/* Nobody wants what the reader would read. */
static bool is_over(void *arg)
{
    struct import *im = arg;

    return is_cancelled(im) || atomic_load(&im->leaving);
}

static int open_file(struct import *im, size_t file, struct eco_stream **stream,
                     struct eco_err *err)
{
    const struct eco_stream_stop stop = { is_over, im };
    const char *name = im->opts->files[file];

    return im->opts->reader
               ? eco_stream_open_reader(name, im->opts->reader, stream, err)
               : eco_stream_open_until(name, &stop, stream, err);
}

/* Cut one file into jobs. False when the import is over. */
static bool read_file(struct import *im, size_t file)
{
    struct eco_stream *stream = NULL;
    struct eco_split *split = NULL;
    bool more = true, first = true;
    int rc = 0;

    while (more && !rc) {
        struct eco_job *job = eco_queue_to_fill(&im->queue);

        if (!job) {
            rc = ECO_ECANCELED;
            break;
        }
        job->file = file;
        job->first = first;
        date_job(job, im->opts);
        if (first)
            rc = open_file(im, file, &stream, &job->end);
        if (!rc && first)
            rc = eco_split_new(stream, &split, &job->end);
        if (!rc)
            rc = fill(job, split, &more, &job->end);
        job->consumed = stream ? eco_stream_consumed(stream) : 0;
        first = false;
        eco_queue_filled(&im->queue);
    }
    eco_split_free(split);
    eco_stream_close(stream);
    return !rc;
}

static void *read_all(void *arg)
{
    struct import *im = arg;

    for (size_t i = 0; i < im->opts->n_files; i++)
        if (!read_file(im, i))
            break;
    eco_queue_end(&im->queue);
    return NULL;
}

/* --- parsing ------------------------------------------------------------- */

static void *parse_all(void *arg)
{
    struct import *im = arg;
    struct eco_parser parser;
    struct eco_err own = { 0 };
    int rc = eco_parser_init(&parser, &own);
    struct eco_job *job;

    while ((job = eco_queue_to_parse(&im->queue))) {
        if (rc)
            job->failed = own;
        else
            eco_job_parse(job, &parser);
        eco_queue_parsed(&im->queue, job);
    }
    eco_parser_release(&parser);
    return NULL;
}

/* --- writing ------------------------------------------------------------- */

static int refuse_undated(const char *file, struct eco_err *err)
{
    return eco_fail(err, ECO_EINVAL,
                    "%s: no date: its rows have no \"snapshot\" and its name no"
                    " YYYY-MM-DD; give the day it was taken with"
                    " --as-of YYYY-MM-DD",
                    file);
}

static int skip_row(struct import *im, const char *file, uint64_t line,
                    const char *reason, struct eco_err *err)
{
    im->report->bad++;
    if (im->opts->strict)
        return eco_fail(err, ECO_EFORMAT, "%s: line %llu: %s", file,
                        (unsigned long long)line, reason);
    if (im->opts->bad_row)
        im->opts->bad_row(im->opts->arg, file, line, reason);
    return 0;
}

static void count(struct import *im, const struct eco_job_item *item,
                  enum eco_put outcome)
{
    struct eco_import_report *r = im->report;
    bool is_author = item->rec.kind == ECO_RECORD_AUTHOR;

    im->in_batch++;
    r->ignored += item->rec.ignored;
    r->models += item->rec.kind == ECO_RECORD_MODEL;
    r->spaces += item->rec.kind == ECO_RECORD_SPACE;
    r->authors += is_author;
    if (item->inside)
        return;
    im->rows_of_file++;
    r->rows++;
    r->fresh += outcome == ECO_PUT_NEW;
    r->changed += outcome == ECO_PUT_CHANGED;
}

/* Put one item, or skip it when it is bad. */
static int write_item(struct import *im, const char *file,
                      const struct eco_job_item *item, struct eco_err *err)
{
    enum eco_put outcome;
    int rc;

    if (item->bad && item->undated && !im->rows_of_file)
        return refuse_undated(file, err);
    if (item->bad)
        return skip_row(im, file, item->line, item->bad, err);
    rc = eco_store_put(im->store, &item->rec, item->packed, &outcome, err);
    im->store_failed = rc != 0;
    if (!rc)
        count(im, item, outcome);
    return rc;
}

static int write_job(struct import *im, const struct eco_job *job,
                     struct eco_err *err)
{
    const char *file = im->opts->files[job->file];
    int rc = 0;

    if (job->first)
        im->rows_of_file = 0;
    if (job->failed.code)
        return eco_fail(err, job->failed.code, "%s: %s", file, job->failed.msg);
    for (size_t i = 0; !rc && i < job->n_items; i++)
        rc = write_item(im, file, &job->items[i], err);
    if (!rc && job->end.code)
        rc = eco_fail(err, job->end.code, "%s", job->end.msg);
    return rc;
}

static int next_batch(struct import *im, struct eco_err *err)
{
    int rc = eco_store_commit(im->store, err);

    im->in_batch = 0;
    if (!rc)
        rc = eco_store_begin(im->store, err);
    im->store_failed = rc != 0;
    return rc;
}

static void show(struct import *im, const struct eco_job *job)
{
    struct eco_import_progress p = {
        .file = im->opts->files[job->file],
        .rows = im->report->rows,
        .bytes = im->bytes_before + job->consumed,
        .total_bytes = im->total_bytes,
    };

    if (im->opts->progress)
        im->opts->progress(im->opts->arg, &p);
}

static int write_all(struct import *im, struct eco_err *err)
{
    uint64_t consumed = 0;
    struct eco_job *job;
    int rc = 0;

    while (!rc && (job = eco_queue_to_write(&im->queue))) {
        if (job->first)
            im->bytes_before += consumed;
        consumed = job->consumed;
        rc = write_job(im, job, err);
        show(im, job);
        eco_queue_written(&im->queue);
        if (!rc && im->in_batch >= ECO_IMPORT_BATCH_ROWS)
            rc = next_batch(im, err);
        if (!rc && is_cancelled(im))
            rc = eco_fail(err, ECO_ECANCELED,
                          "stopped; run the same import again to go on");
    }
    return rc;
}

/* --- all together -------------------------------------------------------- */

static void measure(struct import *im)
{
    struct stat st;

    for (size_t i = 0; i < im->opts->n_files; i++) {
        if (im->opts->reader || stat(im->opts->files[i], &st) ||
            !S_ISREG(st.st_mode)) {
            im->total_bytes = 0;
            return;
        }
        im->total_bytes += (uint64_t)st.st_size;
    }
}

static unsigned count_threads(const struct eco_import_opts *opts)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = opts->threads ? opts->threads
                 : cores > 0   ? (unsigned)cores
                               : 1;

    return n < ECO_MAX_THREADS ? n : ECO_MAX_THREADS;
}

static int start_threads(struct import *im, unsigned n, struct eco_err *err)
{
    for (unsigned i = 0; i < n; i++) {
        if (pthread_create(&im->parsers[i], NULL, parse_all, im))
            return eco_fail(err, ECO_ENOMEM, "cannot start thread %u", i);
        im->n_parsers++;
    }
    if (pthread_create(&im->reader, NULL, read_all, im))
        return eco_fail(err, ECO_ENOMEM, "cannot start the reading thread");
    im->has_reader = true;
    return 0;
}

static void join_threads(struct import *im)
{
    atomic_store(&im->leaving, true);
    eco_queue_stop(&im->queue);
    if (im->has_reader)
        pthread_join(im->reader, NULL);
    for (unsigned i = 0; i < im->n_parsers; i++)
        pthread_join(im->parsers[i], NULL);
}

/* What was put stays, whatever came after it. */
static int commit_rest(struct eco_store *store, int rc, struct eco_err *err)
{
    struct eco_err own = { 0 };
    struct eco_err *to = rc ? &own : err;
    int ended = eco_store_end_bulk(store, to);

    if (ended)
        eco_store_rollback(store);
    else
        ended = eco_store_commit(store, to);
    return rc ? rc : ended;
}

int eco_import_run(struct eco_store *store, const struct eco_import_opts *opts,
                   struct eco_import_report *report, struct eco_err *err)
{
    struct import im = { .opts = opts, .report = report, .store = store };
    unsigned n = count_threads(opts);
    int rc;

    *report = (struct eco_import_report){ 0 };
    measure(&im);
    rc = eco_queue_init(&im.queue, (size_t)n * ECO_IMPORT_JOBS_PER_THREAD, err);
    if (rc)
        return rc;
    rc = eco_store_begin(store, err);
    if (!rc)
        rc = eco_store_begin_bulk(store, err);
    im.store_failed = rc != 0;
    if (!rc)
        rc = start_threads(&im, n, err);
    if (!rc)
        rc = write_all(&im, err);
    join_threads(&im);
    if (im.store_failed)
        eco_store_rollback(store);
    else
        rc = commit_rest(store, rc, err);
    eco_queue_release(&im.queue);
    return rc;
}
