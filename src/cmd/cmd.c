/* SPDX-License-Identifier: MIT */
#include "cmd/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/buf.h"

/* Sorted by name. */
const struct eco_cmd eco_commands[] = {
    { "build", "build [--json]", "make the snapshot from the store",
      eco_cmd_build },
    { "export",
      "export network [--view VIEW] [--top K] [--limit N] [--depth N]"
      " [--until DATE] [--hide RELATION] [--format FORMAT] [-o FILE|-]"
      " [MODEL...]",
      "write a network for other programs", eco_cmd_export },
    { "help", "help [COMMAND] [--json]", "list the commands, or explain one",
      eco_cmd_help },
    { "import",
      "import [--as-of DATE] [--data-kind KIND] [--strict] [--threads N]"
      " [--json] FILE...|-",
      "put dump files into the store", eco_cmd_import },
    { "serve", "serve [--listen ADDR:PORT] [--threads N] [--access-log]",
      "answer questions over HTTP, with the web front end", eco_cmd_serve },
    { "show", "show [--json] MODEL", "one model and its influence explained",
      eco_cmd_show },
    { "stats", "stats [--by FACET] [--sort METRIC] [--top N] [--json]",
      "totals by language, author, task, ...", eco_cmd_stats },
    { "synth",
      "synth [--models N] [--seed S] [--threads N] [--check] [-o FILE|-]",
      "make a synthetic Hub of any size", eco_cmd_synth },
    { "top",
      "top [-n N] [--task TASK] [--language CODE] [--author NAME]"
      " [--kind KIND] [--licence LICENCE] [--library LIBRARY] [--json]",
      "the most influential models", eco_cmd_top },
    { "tree", "tree [--view VIEW] [--limit N] [--depth N] [--json] MODEL...",
      "what grew out of models, as a tree", eco_cmd_tree },
    { "verify", "verify [--json] [FILE]", "check every invariant of a snapshot",
      eco_cmd_verify },
    { "version", "version [--json]", "the version, and what it was built with",
      eco_cmd_version },
};
const size_t eco_commands_count =
    sizeof(eco_commands) / sizeof(eco_commands[0]);

int eco_cmd_fail(const struct eco_cmd *cmd, const struct eco_err *err)
{
    fprintf(stderr, "ecoviz %s: %s\n", cmd->name,
            err->code ? err->msg : "failed");
    return ECO_EXIT_FAIL;
}

int eco_cmd_usage(const struct eco_cmd *cmd, const char *message,
                  const char *what)
{
    fprintf(stderr, "ecoviz %s: %s%s\nusage: ecoviz [--data DIR] %s\n",
            cmd->name, message, what, cmd->synopsis);
    return ECO_EXIT_USAGE;
}

/* --- the files ------------------------------------------------------------ */

static int make_directory(char *path, struct eco_err *err)
{
    for (char *at = path + 1;; at++) {
        char c = *at;

        if (c != '/' && c)
            continue;
        *at = '\0';
        if (mkdir(path, 0777) && errno != EEXIST)
            return eco_fail_errno(err, "cannot make directory %s", path);
        *at = c;
        if (!c)
            return 0;
    }
}

static int default_directory(struct eco_buf *path, struct eco_err *err)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

    if (data && data[0] == '/')
        eco_buf_printf(path, "%s/ecoviz", data);
    else if (home && home[0])
        eco_buf_printf(path, "%s/.local/share/ecoviz", home);
    else
        return eco_fail(err, ECO_EINVAL,
                        "neither XDG_DATA_HOME nor HOME is set: give --data"
                        " DIR");
    return 0;
}

#define MAX_PATH_BYTES 4096

static int path_below(const char *data, const char *name, char **out,
                      struct eco_err *err)
{
    struct eco_buf path;
    int rc;

    eco_buf_init(&path, MAX_PATH_BYTES);
    eco_buf_printf(&path, "%s/%s", data, name);
    rc = eco_buf_check(&path, "the path of the data directory", err);
    if (!rc)
        *out = eco_buf_take(&path);
    eco_buf_release(&path);
    return rc;
}

int eco_paths_init(struct eco_paths *p, const char *data, bool make,
                   struct eco_err *err)
{
    struct eco_buf path;
    int rc = 0;

    *p = (struct eco_paths){ 0 };
    eco_buf_init(&path, MAX_PATH_BYTES);
    if (data)
        eco_buf_append_c(&path, data);
    else
        rc = default_directory(&path, err);
    if (!rc)
        rc = eco_buf_check(&path, "the path of the data directory", err);
    if (!rc && !path.len)
        rc = eco_fail(err, ECO_EINVAL, "--data names no directory");
    if (!rc)
        p->data = eco_buf_take(&path);
    eco_buf_release(&path);
    if (!rc && make)
        rc = make_directory(p->data, err);
    if (!rc)
        rc = path_below(p->data, "store.sqlite", &p->store, err);
    if (!rc)
        rc = path_below(p->data, "snapshot.eco", &p->snapshot, err);
    if (rc)
        eco_paths_release(p);
    return rc;
}

void eco_paths_release(struct eco_paths *p)
{
    eco_free(p->data);
    eco_free(p->store);
    eco_free(p->snapshot);
    *p = (struct eco_paths){ 0 };
}

/* --- dispatch ------------------------------------------------------------- */

static const struct eco_cmd *find(const char *name)
{
    for (size_t i = 0; i < eco_commands_count; i++)
        if (!strcmp(eco_commands[i].name, name))
            return &eco_commands[i];
    return NULL;
}

static int no_command(const char *name)
{
    if (name)
        fprintf(stderr, "ecoviz: there is no command %s; see ecoviz help\n",
                name);
    else
        fprintf(stderr, "usage: ecoviz [--data DIR] COMMAND [ARGUMENT...]\n"
                        "see ecoviz help\n");
    return ECO_EXIT_USAGE;
}

static int run(const struct eco_cmd *cmd, const char *data, int argc,
               char **argv)
{
    int status = cmd->run(cmd, data, argc, argv);

    /* A full disk or a closed pipe must not look like success. */
    if ((fflush(stdout) || ferror(stdout)) && status == ECO_EXIT_OK) {
        fprintf(stderr, "ecoviz %s: cannot write standard output: %s\n",
                cmd->name, strerror(errno));
        status = ECO_EXIT_FAIL;
    }
    return status;
}

/* --data before the command. -1: argv[*at] is the command. */
static int take_global(int argc, char **argv, int *at, const char **data)
{
    for (*at = 1; *at < argc; (*at)++) {
        const char *arg = argv[*at];

        if (!strcmp(arg, "--data")) {
            if (*at + 1 == argc)
                return no_command(NULL);
            *data = argv[++*at];
        } else if (!strncmp(arg, "--data=", 7)) {
            *data = arg + 7;
        } else {
            return -1;
        }
    }
    return no_command(NULL);
}

int eco_cmd_main(int argc, char **argv)
{
    const struct eco_cmd *cmd;
    const char *data = NULL, *name;
    int at, status = take_global(argc, argv, &at, &data);

    if (status >= 0)
        return status;
    name = argv[at];
    if (!strcmp(name, "-h") || !strcmp(name, "--help"))
        name = "help";
    else if (!strcmp(name, "--version"))
        name = "version";
    cmd = find(name);
    if (!cmd)
        return no_command(name);
    return run(cmd, data, argc - at - 1, argv + at + 1);
}
