/* SPDX-License-Identifier: MIT */
#ifndef ECO_CMD_CMD_H
#define ECO_CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"

/*
 * cmd - the commands of ecoviz: the only place that prints and exits
 *
 * To add one: a file here with its options and its run function, a line in
 * the table of cmd.c, a manual page docs/man/ecoviz-NAME.1 with the same
 * synopsis, a case in tests/cli. tests/cli/manual.sh fails when one of table,
 * page and -h is missing or says something else.
 */
enum eco_exit {
    ECO_EXIT_OK = 0,
    ECO_EXIT_FAIL = 1,
    ECO_EXIT_USAGE = 2,
};

struct eco_paths {
    char *data;     /* the directory */
    char *store;    /* the SQLite file in it */
    char *snapshot; /* the built file in it */
};

struct eco_cmd {
    const char *name;
    const char *synopsis; /* behind "ecoviz " */
    const char *brief;    /* one line */
    int (*run)(const struct eco_cmd *cmd, const char *data, int argc,
               char **argv);
};

extern const struct eco_cmd eco_commands[];
extern const size_t eco_commands_count;

/* argv to exit status. */
int eco_cmd_main(int argc, char **argv);

/* Options of one command. A value is written where `to` points. */
enum eco_option_kind {
    ECO_OPTION_FLAG,   /* bool */
    ECO_OPTION_TEXT,   /* const char * */
    ECO_OPTION_NUMBER, /* uint32_t, at least 1 */
    ECO_OPTION_DAY,    /* struct eco_option_day */
    ECO_OPTION_WORD,   /* struct eco_option_word; may be given again */
    ECO_OPTION_TEXTS,  /* struct eco_option_texts; the same */
};

struct eco_option_day {
    bool given;
    int day;
};

struct eco_option_word {
    const char *const *words; /* which there are; NULL ends them */
    unsigned last;            /* position of the last one given */
    unsigned all;             /* bits 1 << position of all given */
};

struct eco_option_texts {
    uint32_t n;
    const char *text[ECO_MAX_FACET_VALUES];
};

struct eco_option {
    const char *name; /* "as-of": given as --as-of X or --as-of=X */
    char letter;      /* 'n': -n X or -nX; 0: none */
    enum eco_option_kind kind;
    void *to;
    const char *value; /* what stands for the value in -h: "DATE" */
    const char *help;  /* one line */
};

/*
 * Take the options out of argv; argv[0 .. *argc) are the operands then.
 * Returns -1 to go on, else the exit status: -h prints and is 0, a mistake is
 * 2. --data DIR and -h are known everywhere.
 */
int eco_options_take(const struct eco_cmd *cmd,
                     const struct eco_option *options, size_t n,
                     const char **data, int *argc, char **argv);

/* "ecoviz NAME: message" on standard error; the exit status for it. */
int eco_cmd_fail(const struct eco_cmd *cmd, const struct eco_err *err);
int eco_cmd_usage(const struct eco_cmd *cmd, const char *message,
                  const char *what);

/* The files below DIR (NULL: $XDG_DATA_HOME/ecoviz or ~/.local/share/ecoviz),
 * which is made when `make` is set. */
ECO_MUST_USE
int eco_paths_init(struct eco_paths *p, const char *data, bool make,
                   struct eco_err *err);
void eco_paths_release(struct eco_paths *p);

int eco_cmd_build(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_export(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_help(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_import(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_serve(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_show(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_stats(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_synth(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_top(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_tree(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_verify(const struct eco_cmd *, const char *, int, char **);
int eco_cmd_version(const struct eco_cmd *, const char *, int, char **);

#endif /* ECO_CMD_CMD_H */
