/* SPDX-License-Identifier: MIT */
#ifndef ECO_IMPORT_JOB_H
#define ECO_IMPORT_JOB_H

#include "base/arena.h"
#include "base/buf.h"
#include "record/record.h"
#include "source/split.h"
#include "store/text.h"

/*
 * job - a piece of a dump on its way through the threads
 *
 * The reader fills `text` and `rows`, a parser adds `items`, the writer puts
 * them into the store and clears the job for the next piece.
 *
 * Ownership  The job owns all memory below it.
 * Threads    One owner at a time; the queue passes it on.
 */
struct eco_job_row {
    size_t text_at, text_len; /* in `text` */
    size_t name_at, name_len;
    uint64_t line;
    const char *bad; /* a literal, or NULL */
};

struct eco_job_item {
    uint64_t line;
    char *bad;             /* why the row is skipped, or NULL */
    bool undated;          /* skipped because it has no date */
    bool inside;           /* an author inside of a model's row */
    struct eco_record rec; /* when not bad */
    struct eco_str packed;
};

struct eco_job {
    size_t file; /* which of the command's files */
    bool first;  /* the file begins here */
    bool has_day;
    int32_t file_day;   /* from the option or the file's name */
    bool day_is_final;  /* the option's: a row's own date does not count */
    uint64_t consumed;  /* bytes read of this file so far */
    struct eco_err end; /* why reading ended here; code 0: it did not */

    struct eco_buf text;
    struct eco_job_row *rows;
    size_t n_rows, room;
    struct eco_arena arena;
    struct eco_job_item *items;
    size_t n_items;
    struct eco_err failed; /* of parsing: no memory */
};

void eco_job_init(struct eco_job *job);
void eco_job_release(struct eco_job *job);
void eco_job_clear(struct eco_job *job);

/* Copy a row into the job. */
ECO_MUST_USE
int eco_job_add(struct eco_job *job, const struct eco_split_row *row,
                struct eco_err *err);

/* What one parsing thread needs. */
struct eco_parser {
    struct eco_json_reader *json;
    struct eco_text_codec *codec;
    struct eco_buf packed;
};

ECO_MUST_USE int eco_parser_init(struct eco_parser *p, struct eco_err *err);
void eco_parser_release(struct eco_parser *p);

/* Make the items of a job; a failure is left in job->failed. */
void eco_job_parse(struct eco_job *job, struct eco_parser *p);

#endif /* ECO_IMPORT_JOB_H */
