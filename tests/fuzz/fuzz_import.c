/* SPDX-License-Identifier: MIT */
/*
 * fuzz_import - any bytes as a dump file, up to the door of the store
 *
 * Unpacks, cuts into rows and parses them as import does. A row that is taken
 * must be one that the store can read again and make edges of.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "import/job.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_JOBS 32 /* a few bytes may unpack to very many */

static void must(int yes)
{
    if (!yes)
        abort();
}

/* What the store does with a kept row. */
static void read_again(struct eco_parser *p, const struct eco_job_item *item,
                       struct eco_arena *arena, struct eco_buf *text)
{
    struct eco_record rec = { .told = item->rec.told };
    struct eco_derivation *d;
    struct eco_json *row;
    uint32_t n, n_bad;

    must(!eco_text_unpack(p->codec, item->packed, text, NULL));
    must(eco_str_eq(eco_buf_view(text), item->rec.told.text));
    must(!eco_json_parse(p->json, eco_buf_view(text), &row, NULL));
    must(!eco_record_read(item->rec.kind, row, arena, &rec, NULL));
    must(rec.fields == item->rec.fields && rec.ignored == item->rec.ignored);
    must(rec.told.id.len && rec.told.id.len <= ECO_MAX_ID_BYTES);
    if (rec.kind == ECO_RECORD_MODEL)
        must(!eco_model_derivations(&rec.u.model, arena, &d, &n, &n_bad, NULL));
    eco_json_free(row);
    eco_arena_reset(arena);
}

static void check_items(struct eco_parser *p, const struct eco_job *job)
{
    struct eco_arena arena;
    struct eco_buf text;

    must(!job->failed.code && job->n_items >= job->n_rows);
    eco_arena_init(&arena, ECO_MAX_JOB_BYTES);
    eco_buf_init(&text, ECO_MAX_ROW_BYTES);
    for (size_t i = 0; i < job->n_items; i++)
        if (!job->items[i].bad)
            read_again(p, &job->items[i], &arena, &text);
    eco_buf_release(&text);
    eco_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct eco_stream *stream = NULL;
    struct eco_split *split = NULL;
    struct eco_split_row row;
    struct eco_parser parser;
    struct eco_job job;
    int rc = eco_stream_open_bytes(data, size, &stream, NULL);

    must(!eco_parser_init(&parser, NULL));
    eco_job_init(&job);
    if (!rc)
        rc = eco_split_new(stream, &split, NULL);
    for (int jobs = 0; !rc && jobs < MAX_JOBS; jobs++) {
        job.has_day = size % 2;
        rc = 1;
        while (rc > 0 && job.text.len < ECO_IMPORT_JOB_BYTES &&
               job.n_rows < ECO_IMPORT_JOB_ROWS) {
            rc = eco_split_next(split, &row, NULL);
            if (rc > 0)
                must(!eco_job_add(&job, &row, NULL));
        }
        eco_job_parse(&job, &parser);
        check_items(&parser, &job);
        eco_job_clear(&job);
        rc = rc > 0 ? 0 : rc < 0 ? rc : 1;
    }
    eco_job_release(&job);
    eco_parser_release(&parser);
    eco_split_free(split);
    eco_stream_close(stream);
    return 0;
}
