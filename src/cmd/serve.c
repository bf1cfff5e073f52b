/* SPDX-License-Identifier: MIT */
#include "serve/serve.h"

#include <stdio.h>

#include "cmd/cmd.h"

/* Events go to standard error, one per line: level event key=value... */
static void print_event(void *arg, enum eco_serve_level level,
                        const char *event, const char *details)
{
    static const char *const levels[] = { "info", "warning", "error" };

    (void)arg;
    fprintf(stderr, "%s %s %s\n", levels[level], event, details);
}

static void print_address(void *arg, const char *address)
{
    (void)arg;
    printf("Serving http://%s/ - Ctrl-C stops\n", address);
    fflush(stdout);
}

int eco_cmd_serve(const struct eco_cmd *cmd, const char *data, int argc,
                  char **argv)
{
    struct eco_serve_opts opts = { .listen = "127.0.0.1:8080",
                                   .version = ECO_VERSION,
                                   .log = print_event,
                                   .ready = print_address };
    const struct eco_option options[] = {
        { "listen", 0, ECO_OPTION_TEXT, &opts.listen, "ADDR:PORT",
          "where (127.0.0.1:8080); port 0 takes a free one" },
        { "threads", 0, ECO_OPTION_NUMBER, &opts.threads, "N",
          "threads that answer; one per core by default" },
        { "access-log", 0, ECO_OPTION_FLAG, &opts.access_log, NULL,
          "print a line for every request" },
    };
    struct eco_err err = { 0 };
    struct eco_paths paths;
    int status = eco_options_take(
        cmd, options, sizeof(options) / sizeof(options[0]), &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (argc)
        return eco_cmd_usage(cmd, "no operand is known: ", argv[0]);
    rc = eco_paths_init(&paths, data, false, &err);
    opts.snapshot = paths.snapshot;
    if (!rc)
        rc = eco_serve_run(&opts, &err);
    eco_paths_release(&paths);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
