/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "api/network.h"
#include "cmd/network.h"
#include "cmd/output.h"

static const char *const format_words[] = { "json",    "binary", "gexf",
                                            "graphml", "svg",    NULL };

/* The format that the end of a name stands for, if it does. */
static unsigned format_of(const char *path)
{
    struct eco_str name = eco_str_from_c(path);

    for (unsigned i = 0; format_words[i]; i++) {
        struct eco_str word = eco_str_from_c(format_words[i]);

        if (name.len > word.len && eco_str_ends_with(name, format_words[i]) &&
            name.ptr[name.len - word.len - 1] == '.')
            return i;
    }
    return ECO_NETWORK_JSON;
}

static int write_network(const struct eco_network_found *found, unsigned format,
                         const char *path, struct eco_err *err)
{
    struct eco_output output = { 0 };
    struct eco_buf body;
    int rc;

    eco_buf_init(&body, SIZE_MAX / 4); /* only memory is the limit here */
    rc = eco_api_network_write((enum eco_network_format)format, &body,
                               found->snap, &found->query, &found->net, err);
    if (!rc)
        rc = eco_output_open(&output, path, err);
    if (!rc)
        rc = eco_output_write(&output, body.ptr, body.len, err);
    if (!rc && format == ECO_NETWORK_JSON)
        rc = eco_output_write(&output, "\n", 1, err);
    if (!rc)
        rc = eco_output_finish(&output, err);
    eco_output_close(&output, rc != 0);
    eco_buf_release(&body);
    return rc;
}

int eco_cmd_export(const struct eco_cmd *cmd, const char *data, int argc,
                   char **argv)
{
    struct eco_network_args args = { .view = { eco_view_words, 0, 0 },
                                     .hide = { eco_relation_words, 0, 0 } };
    struct eco_option_word format = { format_words, 0, 0 };
    const char *path = "-";
    const struct eco_option options[] = {
        { "view", 0, ECO_OPTION_WORD, &args.view, "VIEW",
          "top, full, author, orgs or a relation; top by default" },
        { "top", 0, ECO_OPTION_NUMBER, &args.top, "K",
          "of the K most influential models, instead of MODEL" },
        { "limit", 0, ECO_OPTION_NUMBER, &args.limit, "N",
          "derived models of each; 100 in view top, else all" },
        { "depth", 0, ECO_OPTION_NUMBER, &args.depth, "N",
          "steps from a chosen model; any by default" },
        { "until", 0, ECO_OPTION_DAY, &args.until, "DATE",
          "only what was there on this day" },
        { "hide", 0, ECO_OPTION_WORD, &args.hide, "RELATION",
          "leave a relation out; may be given again" },
        { "format", 0, ECO_OPTION_WORD, &format, "FORMAT",
          "json, binary, gexf, graphml or svg" },
        { NULL, 'o', ECO_OPTION_TEXT, &path, "FILE|-",
          "where to; standard output by default" },
    };
    struct eco_network_found found;
    struct eco_err err = { 0 };
    int status = eco_options_take(
        cmd, options, sizeof(options) / sizeof(options[0]), &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (!argc || strcmp(argv[0], "network") != 0)
        return eco_cmd_usage(cmd, "say what: export network", "");
    args.n_models = argc - 1;
    args.models = argv + 1;
    status = eco_network_args_check(cmd, &args);
    if (status >= 0)
        return status;
    rc = eco_network_find(&found, data, &args, &err);
    if (!rc)
        rc = write_network(&found, format.all ? format.last : format_of(path),
                           path, &err);
    eco_network_found_release(&found);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
