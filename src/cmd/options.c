/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "cmd/cmd.h"

static void print_help(const struct eco_cmd *cmd,
                       const struct eco_option *options, size_t n)
{
    printf("usage: ecoviz [--data DIR] %s\n\n%s\n\n", cmd->synopsis,
           cmd->brief);
    for (size_t i = 0; i < n; i++) {
        const struct eco_option *o = &options[i];
        char text[64];
        int len = 0;

        if (o->letter)
            len = snprintf(text, sizeof(text), "-%c %s", o->letter,
                           o->value ? o->value : "");
        if (o->name)
            snprintf(text + len, sizeof(text) - (size_t)len, "%s--%s%s%s",
                     len ? ", " : "", o->name, o->value ? " " : "",
                     o->value ? o->value : "");
        printf("  %-22s %s\n", text, o->help);
    }
    printf("  %-22s %s\n  %-22s %s\n", "--data DIR",
           "where the store and the snapshot are", "-h, --help",
           "print this and exit");
}

static int set_number(const struct eco_option *o, const char *value)
{
    struct eco_str s = eco_str_from_c(value);
    int64_t n;
    uint32_t number;

    if (!eco_str_to_i64(s, &n) || n < 1 || n > UINT32_MAX)
        return -1;
    number = (uint32_t)n;
    memcpy(o->to, &number, sizeof(number));
    return 0;
}

static int set_day(const struct eco_option *o, const char *value)
{
    struct eco_option_day d = { .given = true };
    int32_t day;

    if (!eco_day_parse(eco_str_from_c(value), &day))
        return -1;
    d.day = day;
    memcpy(o->to, &d, sizeof(d));
    return 0;
}

static int set_word(const struct eco_option *o, const char *value)
{
    struct eco_option_word w;

    memcpy(&w, o->to, sizeof(w));
    for (unsigned i = 0; w.words[i]; i++) {
        if (strcmp(w.words[i], value) != 0)
            continue;
        w.last = i;
        w.all |= 1u << i;
        memcpy(o->to, &w, sizeof(w));
        return 0;
    }
    return -1;
}

static int add_text(const struct eco_option *o, const char *value)
{
    struct eco_option_texts t;

    memcpy(&t, o->to, sizeof(t));
    if (t.n == ECO_MAX_FACET_VALUES)
        return -1;
    t.text[t.n++] = value;
    memcpy(o->to, &t, sizeof(t));
    return 0;
}

static int set_value(const struct eco_option *o, const char *value)
{
    bool yes = true;

    switch (o->kind) {
    case ECO_OPTION_FLAG:
        memcpy(o->to, &yes, sizeof(yes));
        return 0;
    case ECO_OPTION_TEXT:
        memcpy(o->to, &value, sizeof(value));
        return 0;
    case ECO_OPTION_NUMBER:
        return set_number(o, value);
    case ECO_OPTION_DAY:
        return set_day(o, value);
    case ECO_OPTION_WORD:
        return set_word(o, value);
    case ECO_OPTION_TEXTS:
        return add_text(o, value);
    }
    return -1;
}

/* Does arg name this option? *value is what stands behind = or the letter. */
static bool matches(const struct eco_option *o, const char *arg,
                    const char **value)
{
    size_t len = o->name ? strlen(o->name) : 0;

    *value = NULL;
    if (len && !strncmp(arg, "--", 2) && !strncmp(arg + 2, o->name, len)) {
        if (arg[2 + len] == '=')
            *value = arg + 3 + len;
        return !arg[2 + len] || *value;
    }
    if (o->letter && arg[0] == '-' && arg[1] == o->letter) {
        if (arg[2])
            *value = arg + 2;
        return true;
    }
    return false;
}

static const struct eco_option *find(const struct eco_option *options, size_t n,
                                     const char *arg, const char **value)
{
    for (size_t i = 0; i < n; i++)
        if (matches(&options[i], arg, value))
            return &options[i];
    return NULL;
}

/* "not one of adapter, finetune, ...: VALUE" */
static int not_a_word(const struct eco_cmd *cmd, const struct eco_option *o,
                      const char *value)
{
    struct eco_option_word w;
    char text[160];
    size_t n;

    memcpy(&w, o->to, sizeof(w));
    n = (size_t)snprintf(text, sizeof(text), "not one of ");
    for (unsigned i = 0; w.words[i] && n < sizeof(text); i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", i ? ", " : "",
                              w.words[i]);
    if (n < sizeof(text))
        snprintf(text + n, sizeof(text) - n, ": ");
    return eco_cmd_usage(cmd, text, value);
}

static int too_many(const struct eco_cmd *cmd, const char *value)
{
    char text[64];

    snprintf(text, sizeof(text), "more than %u values: ", ECO_MAX_FACET_VALUES);
    return eco_cmd_usage(cmd, text, value);
}

static int refuse(const struct eco_cmd *cmd, const struct eco_option *o,
                  const char *value)
{
    if (o->kind == ECO_OPTION_WORD)
        return not_a_word(cmd, o, value);
    if (o->kind == ECO_OPTION_TEXTS)
        return too_many(cmd, value);
    return o->kind == ECO_OPTION_DAY
               ? eco_cmd_usage(cmd, "not a day, YYYY-MM-DD: ", value)
               : eco_cmd_usage(cmd, "not a number from 1 on: ", value);
}

static int take_one(const struct eco_cmd *cmd, const struct eco_option *o,
                    const char *value, int *at, int argc, char **argv)
{
    const char *arg = argv[*at];

    if (o->kind == ECO_OPTION_FLAG && value)
        return eco_cmd_usage(cmd, "no value is allowed in ", arg);
    if (o->kind != ECO_OPTION_FLAG && !value) {
        if (*at + 1 >= argc)
            return eco_cmd_usage(cmd, "a value is missing after ", arg);
        value = argv[++*at];
    }
    return set_value(o, value) ? refuse(cmd, o, value) : -1;
}

int eco_options_take(const struct eco_cmd *cmd,
                     const struct eco_option *options, size_t n,
                     const char **data, int *argc, char **argv)
{
    const struct eco_option everywhere = { "data",       0,     ECO_OPTION_TEXT,
                                           (void *)data, "DIR", NULL };
    int operands = 0, given = *argc;
    bool only_operands = false;

    for (int at = 0; at < given; at++) {
        char *arg = argv[at];
        const struct eco_option *o;
        const char *value;
        int status;

        if (only_operands || arg[0] != '-' || !arg[1]) {
            argv[operands++] = arg;
            continue;
        }
        if (!strcmp(arg, "-h") || !strcmp(arg, "--help")) {
            print_help(cmd, options, n);
            return ECO_EXIT_OK;
        }
        if (!strcmp(arg, "--")) {
            only_operands = true;
            continue;
        }
        o = find(options, n, arg, &value);
        if (!o)
            o = find(&everywhere, 1, arg, &value);
        if (!o)
            return eco_cmd_usage(cmd, "there is no option ", arg);
        status = take_one(cmd, o, value, &at, given, argv);
        if (status >= 0)
            return status;
    }
    *argc = operands;
    return -1;
}
