/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/progress.h"
#include "cmd/terminal.h"
#include "import/import.h"
#include "synth/check.h"
#include "synth/synth.h"

#define READ_BYTES (256u << 10)

struct args {
    uint32_t models, seed, threads;
    bool check;
    const char *output; /* NULL: into the store, or nowhere */
    const _Atomic bool *cancel;
    struct eco_progress progress;
};

static void show(struct eco_progress *p, uint64_t done, const char *what)
{
    char text[ECO_GROUPED_BYTES];

    if (eco_progress_is_due(p))
        eco_progress_line(p, "%s %s, %.0f s", eco_grouped((int64_t)done, text),
                          what, eco_progress_spent_s(p));
}

/* --- to a file ------------------------------------------------------------ */

static int pump(struct eco_synth *synth, struct eco_synth_check *check,
                struct eco_output *o, struct args *args, struct eco_err *err)
{
    char *bytes = eco_alloc_array(READ_BYTES, 1);
    uint64_t done = 0;
    size_t n = 1;
    int rc = 0;

    if (!bytes)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u bytes", READ_BYTES);
    while (!rc && n) {
        rc = eco_synth_read(synth, bytes, READ_BYTES, &n, err);
        if (!rc)
            rc = eco_output_write(o, bytes, n, err);
        if (!rc && check)
            rc = eco_synth_check_feed(check, bytes, n, err);
        if (!rc && atomic_load(args->cancel))
            rc = eco_fail(err, ECO_ECANCELED, "stopped");
        done += n;
        show(&args->progress, done >> 20, "MiB");
    }
    eco_progress_clear(&args->progress);
    eco_free(bytes);
    return rc;
}

/* --- the check ------------------------------------------------------------ */

/* To standard error when the rows go to standard output. */
static void print_fact(void *arg, const struct eco_synth_fact *fact)
{
    fprintf(arg, "%-36s %12.6g %12.6g %12.6g %12.6g  %s\n", fact->key,
            fact->target, fact->low, fact->high, fact->value,
            fact->ok ? "ok" : "OUTSIDE");
}

static int print_check(struct eco_synth_check *check, FILE *to,
                       struct eco_err *err)
{
    bool all_ok;
    int rc;

    fprintf(to, "%-36s %12s %12s %12s %12s\n", "fact", "target", "from", "to",
            "came out");
    rc = eco_synth_check_end(check, print_fact, to, &all_ok, err);
    fflush(to); /* before what is said on standard error */
    if (!rc && !all_ok)
        rc = eco_fail(err, ECO_EFORMAT, "facts are outside of their tolerance");
    return rc;
}

static int to_file(struct eco_synth *synth, struct args *args,
                   struct eco_err *err)
{
    bool to_stdout = args->output && !strcmp(args->output, "-");
    struct eco_synth_check *check = NULL;
    struct eco_output output;
    int rc = eco_output_open(&output, args->output, err);

    if (!rc && args->check)
        rc = eco_synth_check_new(&check, err);
    if (!rc)
        rc = pump(synth, check, &output, args, err);
    if (!rc)
        rc = eco_output_finish(&output, err);
    eco_output_close(&output, rc != 0);
    if (!rc && check)
        rc = print_check(check, to_stdout ? stderr : stdout, err);
    eco_synth_check_free(check);
    return rc;
}

/* --- to the store --------------------------------------------------------- */

static int read_synth(void *arg, char *dst, size_t cap, size_t *n,
                      struct eco_err *err)
{
    return eco_synth_read(arg, dst, cap, n, err);
}

static void show_rows(void *arg, const struct eco_import_progress *p)
{
    show(arg, p->rows, "rows");
}

static int set_kind(struct eco_store *store, struct eco_err *err)
{
    int rc = eco_store_begin(store, err);

    if (!rc)
        rc = eco_store_set_data(store, ECO_DATA_SYNTHETIC, err);
    return rc ? rc : eco_store_commit(store, err);
}

static void print_report(const struct eco_import_report *r)
{
    char models[ECO_GROUPED_BYTES], authors[ECO_GROUPED_BYTES],
        spaces[ECO_GROUPED_BYTES];

    printf("Imported %s models, %s authors and %s Spaces, all invented\n",
           eco_grouped((int64_t)r->models, models),
           eco_grouped((int64_t)r->authors, authors),
           eco_grouped((int64_t)r->spaces, spaces));
}

static int to_store(struct eco_synth *synth, struct args *args,
                    const char *data, struct eco_err *err)
{
    static const char *const names[] = { "the synthetic Hub" };
    const struct eco_stream_reader reader = { read_synth, synth };
    const struct eco_import_opts opts = {
        .files = names,
        .n_files = 1,
        .reader = &reader,
        .strict = true,
        .threads = args->threads,
        .cancel = args->cancel,
        .progress = show_rows,
        .arg = &args->progress,
    };
    struct eco_import_report report;
    struct eco_store *store = NULL;
    struct eco_paths paths;
    int rc = eco_paths_init(&paths, data, true, err);

    if (!rc)
        rc = eco_store_open(paths.store, ECO_STORE_WRITE, &store, err);
    if (!rc)
        rc = set_kind(store, err);
    if (!rc)
        rc = eco_import_run(store, &opts, &report, err);
    eco_progress_clear(&args->progress);
    if (!rc)
        print_report(&report);
    eco_store_close(store);
    eco_paths_release(&paths);
    return rc;
}

int eco_cmd_synth(const struct eco_cmd *cmd, const char *data, int argc,
                  char **argv)
{
    struct args args = { .models = 50000, .seed = 1 };
    const struct eco_option options[] = {
        { "models", 0, ECO_OPTION_NUMBER, &args.models, "N",
          "how many; 50000 by default" },
        { "seed", 0, ECO_OPTION_NUMBER, &args.seed, "S",
          "another number, another Hub; 1 by default" },
        { "threads", 0, ECO_OPTION_NUMBER, &args.threads, "N",
          "one per core by default; the result is the same" },
        { "check", 0, ECO_OPTION_FLAG, &args.check, NULL,
          "measure the published facts; without -o nothing is kept" },
        { NULL, 'o', ECO_OPTION_TEXT, &args.output, "FILE|-",
          "write JSON Lines instead of filling the store" },
    };
    struct eco_synth *synth = NULL;
    struct eco_synth_opts opts;
    struct eco_err err = { 0 };
    bool made;
    int status = eco_options_take(
        cmd, options, sizeof(options) / sizeof(options[0]), &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (argc)
        return eco_cmd_usage(cmd, "no operand is allowed: ", argv[0]);
    eco_progress_init(&args.progress);
    args.cancel = eco_catch_signals();
    opts = (struct eco_synth_opts){ args.models, args.seed, args.threads };
    rc = eco_synth_new(&opts, &synth, &err);
    if (!rc)
        rc = args.output || args.check ? to_file(synth, &args, &err)
                                       : to_store(synth, &args, data, &err);
    made = synth != NULL;
    eco_synth_free(synth);
    if (rc != ECO_EINVAL || made)
        return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
    return eco_cmd_usage(cmd, err.msg, "");
}
