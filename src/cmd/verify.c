/* SPDX-License-Identifier: MIT */
#include "snapshot/verify.h"

#include <inttypes.h>
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/terminal.h"

static void print_problem(void *arg, const char *message)
{
    (void)arg;
    printf("%s\n", message);
}

static void put_problem(void *arg, const char *message)
{
    eco_json_put_c(arg, message);
}

static int verify(const struct eco_snap *snap, const char *path,
                  uint64_t *count, struct eco_err *err)
{
    struct eco_snap_problems problems = { .report = print_problem };
    int rc = eco_snap_verify(snap, &problems, err);

    *count = problems.count;
    if (!rc && problems.count)
        printf("%s: %" PRIu64 " broken invariants\n", path, problems.count);
    else if (!rc)
        printf("%s: every invariant holds\n", path);
    return rc;
}

static int verify_json(const struct eco_snap *snap, const char *path,
                       uint64_t *count, struct eco_err *err)
{
    struct eco_json_writer w;
    struct eco_snap_problems problems = { .report = put_problem, .arg = &w };
    struct eco_buf b;
    int rc;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    eco_json_writer_init(&w, &b);
    eco_json_begin_object(&w);
    eco_json_key(&w, "file");
    eco_json_put_c(&w, path);
    eco_json_key(&w, "problems");
    eco_json_begin_array(&w);
    rc = eco_snap_verify(snap, &problems, err);
    eco_json_end_array(&w);
    eco_json_key(&w, "count");
    eco_json_put_i64(&w, (int64_t)problems.count);
    eco_json_end_object(&w);
    *count = problems.count;
    if (!rc)
        rc = eco_print_json(&b, err);
    eco_buf_release(&b);
    return rc;
}

int eco_cmd_verify(const struct eco_cmd *cmd, const char *data, int argc,
                   char **argv)
{
    bool json = false;
    const struct eco_option options[] = {
        { "json", 0, ECO_OPTION_FLAG, &json, NULL, "print the result as JSON" },
    };
    struct eco_snap *snap = NULL;
    struct eco_err err = { 0 };
    struct eco_paths paths = { 0 };
    uint64_t count = 0;
    const char *path;
    int status = eco_options_take(cmd, options, 1, &data, &argc, argv);
    int rc = 0;

    if (status >= 0)
        return status;
    if (argc > 1)
        return eco_cmd_usage(cmd, "more than one file: ", argv[1]);
    if (!argc)
        rc = eco_paths_init(&paths, data, false, &err);
    path = argc ? argv[0] : paths.snapshot;
    if (!rc)
        rc = eco_snap_open(path, &snap, &err);
    if (!rc)
        rc = json ? verify_json(snap, path, &count, &err)
                  : verify(snap, path, &count, &err);
    eco_snap_unref(snap);
    eco_paths_release(&paths);
    if (rc)
        return eco_cmd_fail(cmd, &err);
    return count ? ECO_EXIT_FAIL : ECO_EXIT_OK;
}
