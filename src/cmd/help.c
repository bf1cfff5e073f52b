/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/terminal.h"

static void list(void)
{
    printf("usage: ecoviz [--data DIR] COMMAND [ARGUMENT...]\n\n"
           "See the open-source large-model ecosystem.\n\n");
    for (size_t i = 0; i < eco_commands_count; i++)
        printf("  %-9s %s\n", eco_commands[i].name, eco_commands[i].brief);
    printf("\necoviz COMMAND -h explains a command.\n"
           "DIR is $XDG_DATA_HOME/ecoviz or ~/.local/share/ecoviz by"
           " default.\n");
}

static int list_json(struct eco_err *err)
{
    struct eco_json_writer w;
    struct eco_buf b;
    int rc;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    eco_json_writer_init(&w, &b);
    eco_json_begin_array(&w);
    for (size_t i = 0; i < eco_commands_count; i++) {
        eco_json_begin_object(&w);
        eco_json_key(&w, "name");
        eco_json_put_c(&w, eco_commands[i].name);
        eco_json_key(&w, "synopsis");
        eco_json_put_c(&w, eco_commands[i].synopsis);
        eco_json_key(&w, "brief");
        eco_json_put_c(&w, eco_commands[i].brief);
        eco_json_end_object(&w);
    }
    eco_json_end_array(&w);
    rc = eco_print_json(&b, err);
    eco_buf_release(&b);
    return rc;
}

static int explain(const struct eco_cmd *cmd, char *name)
{
    char help[] = "-h";
    char *argv[] = { help, NULL };

    for (size_t i = 0; i < eco_commands_count; i++)
        if (!strcmp(eco_commands[i].name, name))
            return eco_commands[i].run(&eco_commands[i], NULL, 1, argv);
    return eco_cmd_usage(cmd, "there is no command ", name);
}

int eco_cmd_help(const struct eco_cmd *cmd, const char *data, int argc,
                 char **argv)
{
    bool json = false;
    const struct eco_option options[] = {
        { "json", 0, ECO_OPTION_FLAG, &json, NULL, "print the list as JSON" },
    };
    struct eco_err err = { 0 };
    int status = eco_options_take(cmd, options, 1, &data, &argc, argv);

    if (status >= 0)
        return status;
    if (argc > 1)
        return eco_cmd_usage(cmd, "more than one command: ", argv[1]);
    if (argc)
        return explain(cmd, argv[0]);
    if (json)
        return list_json(&err) ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
    list();
    return ECO_EXIT_OK;
}
