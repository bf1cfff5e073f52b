/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/progress.h"
#include "cmd/terminal.h"
#include "import/import.h"

struct args {
    struct eco_option_day as_of;
    const char *data_kind;
    bool strict;
    bool json;
    uint32_t threads;
};

struct screen {
    struct eco_progress progress;
    uint64_t bad;
};

static void show_progress(void *arg, const struct eco_import_progress *p)
{
    struct screen *screen = arg;
    double spent = eco_progress_spent_s(&screen->progress);
    double done =
        p->total_bytes ? (double)p->bytes / (double)p->total_bytes : 0;
    char rows[ECO_GROUPED_BYTES], rate[ECO_GROUPED_BYTES], left[64] = "";

    if (!eco_progress_is_due(&screen->progress))
        return;
    eco_grouped((int64_t)p->rows, rows);
    eco_grouped((int64_t)((double)p->rows / (spent > 0 ? spent : 1)), rate);
    if (done > 0)
        snprintf(left, sizeof(left), ", %.0f%%, %.0f s left", 100 * done,
                 spent * (1 - done) / done);
    eco_progress_line(&screen->progress, "%s rows, %s/s%s", rows, rate, left);
}

static void show_bad_row(void *arg, const char *file, uint64_t line,
                         const char *reason)
{
    struct screen *screen = arg;

    if (screen->bad++ < ECO_IMPORT_BAD_SHOWN) {
        eco_progress_clear(&screen->progress);
        fprintf(stderr, "%s: line %" PRIu64 ": %s; skipped\n", file, line,
                reason);
    }
}

static uint64_t edges_of(const struct eco_store_totals *t)
{
    uint64_t n = 0;

    for (int i = 0; i < ECO_RELATIONS; i++)
        n += t->declared[i] + t->inferred[i];
    return n;
}

static void print_number(const char *label, uint64_t n)
{
    char text[ECO_GROUPED_BYTES];

    printf("  %-34s %12s\n", label, eco_grouped((int64_t)n, text));
}

static void print_report(const struct eco_import_report *r,
                         const struct eco_store_totals *t)
{
    printf("Imported\n");
    print_number("rows", r->rows);
    print_number("new", r->fresh);
    print_number("changed", r->changed);
    print_number("without a change", r->rows - r->fresh - r->changed);
    print_number("authors told", r->authors);
    print_number("bad rows skipped", r->bad);
    print_number("single values left out", r->ignored);
    printf("In the store now\n");
    print_number("models", t->models);
    print_number("removed from the Hub", t->removed);
    print_number("former ids", t->aliases);
    print_number("placeholders", t->placeholders);
    print_number("authors", t->authors);
    print_number("Spaces", t->spaces);
    print_number("captures", t->captures);
    print_number("edges", edges_of(t));
    for (int i = 0; i < ECO_RELATIONS; i++) {
        char label[64];

        snprintf(label, sizeof(label), "  %s, declared",
                 eco_relation_name((enum eco_relation)i));
        print_number(label, t->declared[i]);
        snprintf(label, sizeof(label), "  %s, inferred",
                 eco_relation_name((enum eco_relation)i));
        print_number(label, t->inferred[i]);
    }
    print_number("self loops dropped", t->self_loops);
    print_number("bad bases dropped", t->bad_bases);
}

static void put(struct eco_json_writer *w, const char *key, uint64_t n)
{
    eco_json_key(w, key);
    eco_json_put_i64(w, (int64_t)n);
}

static void put_relations(struct eco_json_writer *w, const char *key,
                          const uint64_t n[ECO_RELATIONS])
{
    eco_json_key(w, key);
    eco_json_begin_object(w);
    for (int i = 0; i < ECO_RELATIONS; i++)
        put(w, eco_relation_name((enum eco_relation)i), n[i]);
    eco_json_end_object(w);
}

static int print_report_json(const struct eco_import_report *r,
                             const struct eco_store_totals *t,
                             struct eco_err *err)
{
    struct eco_json_writer w;
    struct eco_buf b;
    int rc;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    eco_json_writer_init(&w, &b);
    eco_json_begin_object(&w);
    eco_json_key(&w, "imported");
    eco_json_begin_object(&w);
    put(&w, "rows", r->rows);
    put(&w, "new", r->fresh);
    put(&w, "changed", r->changed);
    put(&w, "authors", r->authors);
    put(&w, "bad_rows", r->bad);
    put(&w, "ignored_values", r->ignored);
    eco_json_end_object(&w);
    eco_json_key(&w, "store");
    eco_json_begin_object(&w);
    put(&w, "models", t->models);
    put(&w, "removed", t->removed);
    put(&w, "aliases", t->aliases);
    put(&w, "placeholders", t->placeholders);
    put(&w, "authors", t->authors);
    put(&w, "spaces", t->spaces);
    put(&w, "captures", t->captures);
    put(&w, "edges", edges_of(t));
    put_relations(&w, "declared", t->declared);
    put_relations(&w, "inferred", t->inferred);
    put(&w, "self_loops", t->self_loops);
    put(&w, "bad_bases", t->bad_bases);
    eco_json_end_object(&w);
    eco_json_end_object(&w);
    rc = eco_print_json(&b, err);
    eco_buf_release(&b);
    return rc;
}

static int parse_kind(const char *text, enum eco_data_kind *kind)
{
    for (int k = ECO_DATA_HUB; k <= ECO_DATA_SYNTHETIC; k++)
        if (!strcmp(text, eco_data_kind_name((enum eco_data_kind)k))) {
            *kind = (enum eco_data_kind)k;
            return 0;
        }
    return -1;
}

static int set_kind(struct eco_store *store, enum eco_data_kind kind,
                    struct eco_err *err)
{
    int rc = eco_store_begin(store, err);

    if (!rc)
        rc = eco_store_set_data(store, kind, err);
    return rc ? rc : eco_store_commit(store, err);
}

static void print_time(const struct screen *screen,
                       const struct eco_import_report *r)
{
    double spent = eco_progress_spent_s(&screen->progress);
    char rate[ECO_GROUPED_BYTES];

    if (screen->bad > ECO_IMPORT_BAD_SHOWN)
        fprintf(stderr, "... and %" PRIu64 " more bad rows\n",
                screen->bad - ECO_IMPORT_BAD_SHOWN);
    fprintf(stderr, "took %.1f s, %s rows/s\n", spent,
            eco_grouped((int64_t)((double)r->rows / (spent > 0 ? spent : 1)),
                        rate));
}

static int import(struct eco_store *store, const struct args *args,
                  const char *const *files, size_t n, struct eco_err *err)
{
    struct screen screen = { 0 };
    struct eco_import_opts opts = {
        .files = files,
        .n_files = n,
        .has_as_of = args->as_of.given,
        .as_of_day = args->as_of.day,
        .strict = args->strict,
        .threads = args->threads,
        .cancel = eco_catch_signals(),
        .progress = show_progress,
        .bad_row = show_bad_row,
        .arg = &screen,
    };
    struct eco_import_report report;
    struct eco_store_totals totals;
    int rc;

    eco_progress_init(&screen.progress);
    rc = eco_import_run(store, &opts, &report, err);
    eco_progress_clear(&screen.progress);
    print_time(&screen, &report);
    if (rc)
        return rc;
    rc = eco_store_totals(store, &totals, err);
    if (!rc && args->json)
        rc = print_report_json(&report, &totals, err);
    else if (!rc)
        print_report(&report, &totals);
    if (!rc && !report.rows && report.bad)
        rc = eco_fail(err, ECO_EFORMAT, "no row could be used");
    return rc;
}

int eco_cmd_import(const struct eco_cmd *cmd, const char *data, int argc,
                   char **argv)
{
    struct args args = { .data_kind = "hub" };
    const struct eco_option options[] = {
        { "as-of", 0, ECO_OPTION_DAY, &args.as_of, "DATE",
          "the day the files were taken, for all their rows" },
        { "data-kind", 0, ECO_OPTION_TEXT, &args.data_kind, "KIND",
          "hub (default), sample or synthetic: pages say so" },
        { "strict", 0, ECO_OPTION_FLAG, &args.strict, NULL,
          "stop at the first bad row" },
        { "threads", 0, ECO_OPTION_NUMBER, &args.threads, "N",
          "threads that parse; one per core by default" },
        { "json", 0, ECO_OPTION_FLAG, &args.json, NULL,
          "print the report as JSON" },
    };
    struct eco_store *store = NULL;
    struct eco_err err = { 0 };
    enum eco_data_kind kind;
    struct eco_paths paths;
    int status = eco_options_take(
        cmd, options, sizeof(options) / sizeof(options[0]), &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (!argc)
        return eco_cmd_usage(cmd, "no file is named", "");
    if (parse_kind(args.data_kind, &kind))
        return eco_cmd_usage(cmd, "no kind of data: ", args.data_kind);
    rc = eco_paths_init(&paths, data, true, &err);
    if (!rc)
        rc = eco_store_open(paths.store, ECO_STORE_WRITE, &store, &err);
    if (!rc)
        rc = set_kind(store, kind, &err);
    if (!rc) {
        rc =
            import(store, &args, (const char *const *)argv, (size_t)argc, &err);
    }
    eco_store_close(store);
    eco_paths_release(&paths);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
