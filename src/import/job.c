/* SPDX-License-Identifier: MIT */
#include "import/job.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "record/hubid.h"

static const char NO_DATE[] = "no date";

/* A job is full at ECO_IMPORT_JOB_BYTES, but its last row may be long. */
#define MAX_TEXT ((size_t)ECO_IMPORT_JOB_BYTES + 2 * (size_t)ECO_MAX_ROW_BYTES)

void eco_job_init(struct eco_job *job)
{
    *job = (struct eco_job){ 0 };
    eco_buf_init(&job->text, MAX_TEXT);
    eco_arena_init(&job->arena, ECO_MAX_JOB_BYTES);
}

void eco_job_release(struct eco_job *job)
{
    eco_buf_release(&job->text);
    eco_arena_release(&job->arena);
    eco_free(job->rows);
    eco_job_init(job);
}

void eco_job_clear(struct eco_job *job)
{
    struct eco_job kept = *job;

    eco_buf_reset(&kept.text);
    eco_arena_reset(&kept.arena);
    *job = (struct eco_job){ .text = kept.text,
                             .arena = kept.arena,
                             .rows = kept.rows,
                             .room = kept.room };
}

int eco_job_add(struct eco_job *job, const struct eco_split_row *row,
                struct eco_err *err)
{
    struct eco_job_row *to;
    int rc;

    if (job->n_rows == job->room) {
        size_t room = job->room ? job->room * 2 : 256;
        struct eco_job_row *grown =
            eco_realloc_array(job->rows, room, sizeof(*grown));

        if (!grown)
            return eco_fail(err, ECO_ENOMEM, "no memory for %zu rows", room);
        job->rows = grown;
        job->room = room;
    }
    to = &job->rows[job->n_rows++];
    *to = (struct eco_job_row){ .text_at = job->text.len,
                                .text_len = row->text.len,
                                .name_at = job->text.len + row->text.len,
                                .name_len = row->name.len,
                                .line = row->line,
                                .bad = row->bad };
    eco_buf_append_str(&job->text, row->text);
    eco_buf_append_str(&job->text, row->name);
    rc = eco_buf_check(&job->text, "rows on their way", err);
    if (rc)
        job->n_rows--; /* its text is not there */
    return rc;
}

int eco_parser_init(struct eco_parser *p, struct eco_err *err)
{
    int rc;

    *p = (struct eco_parser){ 0 };
    eco_buf_init(&p->packed, (size_t)ECO_MAX_ROW_BYTES * 2);
    rc = eco_json_reader_new(&p->json, err);
    return rc ? rc : eco_text_codec_new(&p->codec, err);
}

void eco_parser_release(struct eco_parser *p)
{
    eco_json_reader_free(p->json);
    eco_text_codec_free(p->codec);
    eco_buf_release(&p->packed);
}

static struct eco_job_item *add_item(struct eco_job *job, uint64_t line)
{
    struct eco_job_item *item = &job->items[job->n_items++];

    *item = (struct eco_job_item){ .line = line };
    return item;
}

static int set_bad(struct eco_job *job, struct eco_job_item *item,
                   const char *reason, struct eco_err *err)
{
    size_t len = strlen(reason);

    item->bad = eco_arena_calloc(&job->arena, len + 1, 1);
    if (!item->bad)
        return eco_fail(err, ECO_ENOMEM, "no memory for a message");
    memcpy(item->bad, reason, len);
    return 0;
}

/* The date of a row, by the rule in import.h; NULL, or what is wrong. */
static const char *date_of(const struct eco_job *job,
                           const struct eco_json *row, int32_t *day)
{
    const struct eco_json *own = eco_json_get(row, "snapshot");
    struct eco_str text = eco_json_str(own);

    *day = job->file_day;
    if (job->day_is_final)
        return NULL;
    if (text.len > 10)
        text.len = 10;
    if (own)
        return eco_day_parse(text, day) ? NULL : "its snapshot is no day";
    return job->has_day ? NULL : NO_DATE;
}

/* A row that names an author and no model: authors come as lists, too. */
static bool is_author_row(const struct eco_json *row)
{
    if (eco_json_get(row, "id") || eco_json_get(row, "modelId"))
        return false;
    return eco_json_get(row, "fullname") || eco_json_get(row, "full_name") ||
           eco_json_get(row, "avatarUrl");
}

static struct eco_str author_name(const struct eco_json *row)
{
    struct eco_str name = eco_json_str(eco_json_get(row, "name"));

    return name.len ? name : eco_json_str(eco_json_get(row, "user"));
}

static int pack(struct eco_job *job, struct eco_parser *p,
                struct eco_job_item *item, struct eco_err *err)
{
    int rc = eco_text_pack(p->codec, item->rec.told.text, &p->packed, err);

    if (!rc &&
        !eco_arena_str(&job->arena, eco_buf_view(&p->packed), &item->packed))
        rc = eco_fail(err, ECO_ENOMEM, "no memory for a row");
    return rc;
}

/* Read a row into the item; what is wrong with the row makes it a bad item,
 * only a lack of memory is an error. */
static int read_item(struct eco_job *job, struct eco_parser *p,
                     enum eco_record_kind kind, const struct eco_json *row,
                     struct eco_job_item *item, struct eco_err *err)
{
    struct eco_err own = { 0 };
    int rc = eco_record_read(kind, row, &job->arena, &item->rec, &own);

    if (rc == ECO_ENOMEM)
        return eco_fail(err, rc, "%s", own.msg);
    if (rc)
        return set_bad(job, item, own.msg, err);
    return pack(job, p, item, err);
}

static int add_author(struct eco_job *job, struct eco_parser *p,
                      const struct eco_json *row, struct eco_str name,
                      struct eco_str text, int32_t day, uint64_t line,
                      bool inside, struct eco_err *err)
{
    struct eco_job_item *item = add_item(job, line);

    item->inside = inside;
    if (!eco_hubid_is_name(name))
        return set_bad(job, item, "no valid author name", err);
    item->rec.told.day = day;
    if (!eco_arena_str(&job->arena, text, &item->rec.told.text) ||
        !eco_arena_str(&job->arena, name, &item->rec.told.id))
        return eco_fail(err, ECO_ENOMEM, "no memory for an author");
    return read_item(job, p, ECO_RECORD_AUTHOR, row, item, err);
}

/* The author that a model's row carries, if any. */
static int add_inner_author(struct eco_job *job, struct eco_parser *p,
                            const struct eco_json *row, int32_t day,
                            uint64_t line, struct eco_err *err)
{
    const struct eco_json *author = eco_json_get(row, "authorData");
    struct eco_str name = author_name(author);
    const char *text;

    if (!eco_hubid_is_name(name))
        return 0;
    text = eco_json_text(author);
    if (!text)
        return eco_fail(err, ECO_ENOMEM, "no memory for an author");
    return add_author(job, p, author, name, eco_str_from_c(text), day, line,
                      true, err);
}

static int add_hub_row(struct eco_job *job, struct eco_parser *p,
                       const struct eco_json *row, struct eco_str text,
                       int32_t day, uint64_t line, struct eco_err *err)
{
    struct eco_job_item *item = add_item(job, line);
    enum eco_record_kind kind =
        eco_record_is_space(row) ? ECO_RECORD_SPACE : ECO_RECORD_MODEL;
    int rc;

    item->rec.told.day = day;
    item->rec.told.text = text;
    rc = read_item(job, p, kind, row, item, err);
    if (!rc && !item->bad && kind == ECO_RECORD_MODEL)
        rc = add_inner_author(job, p, row, day, line, err);
    return rc;
}

/* A piece of the job's text, which is NULL while it is empty. */
static struct eco_str piece(const struct eco_job *job, size_t at, size_t len)
{
    return len ? (struct eco_str){ job->text.ptr + at, len }
               : (struct eco_str){ 0 };
}

static int parse_value(struct eco_job *job, struct eco_parser *p,
                       const struct eco_job_row *at, const struct eco_json *row,
                       struct eco_str name, struct eco_err *err)
{
    struct eco_str text = piece(job, at->text_at, at->text_len);
    const char *bad;
    int32_t day;

    if (eco_json_type(row) != ECO_JSON_OBJECT)
        return set_bad(job, add_item(job, at->line), "not a JSON object", err);
    bad = date_of(job, row, &day);
    if (bad) {
        struct eco_job_item *item = add_item(job, at->line);

        item->undated = bad == NO_DATE;
        return set_bad(job, item, bad, err);
    }
    if (at->name_len)
        return add_author(job, p, row, name, text, day, at->line, false, err);
    if (is_author_row(row))
        return add_author(job, p, row, author_name(row), text, day, at->line,
                          false, err);
    return add_hub_row(job, p, row, text, day, at->line, err);
}

static int parse_row(struct eco_job *job, struct eco_parser *p,
                     const struct eco_job_row *at, struct eco_err *err)
{
    struct eco_str text = piece(job, at->text_at, at->text_len);
    struct eco_str quoted = piece(job, at->name_at, at->name_len);
    struct eco_json *row = NULL, *name = NULL;
    struct eco_err own = { 0 };
    int rc = 0;

    if (at->bad)
        return set_bad(job, add_item(job, at->line), at->bad, err);
    if (at->name_len)
        rc = eco_json_parse(p->json, quoted, &name, &own);
    if (!rc)
        rc = eco_json_parse(p->json, text, &row, &own);
    if (rc)
        rc = set_bad(job, add_item(job, at->line), own.msg, err);
    else
        rc = parse_value(job, p, at, row, eco_json_str(name), err);
    eco_json_free(name);
    eco_json_free(row);
    return rc;
}

void eco_job_parse(struct eco_job *job, struct eco_parser *p)
{
    int rc = 0;

    job->n_items = 0;
    job->items =
        eco_arena_calloc(&job->arena, job->n_rows * 2, sizeof(*job->items));
    if (!job->items)
        rc = eco_fail(&job->failed, ECO_ENOMEM, "no memory for %zu rows",
                      job->n_rows);
    for (size_t i = 0; !rc && i < job->n_rows; i++)
        rc = parse_row(job, p, &job->rows[i], &job->failed);
}
