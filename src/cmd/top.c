/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/terminal.h"

static void print_row(const struct eco_snap *s, uint32_t node)
{
    char likes[ECO_GROUPED_BYTES], downloads[ECO_GROUPED_BYTES];
    struct eco_str id = eco_snap_id(s, node);
    struct eco_str task = eco_snap_dict_text(&s->tasks, s->task[node]);

    printf("%7u  %14.6f  %10s  %13s  %-28.*s  %.*s%s\n", node + 1,
           s->influence[node], eco_grouped(s->likes[node], likes),
           eco_grouped(s->downloads[node], downloads),
           task.len ? (int)task.len : 1, task.len ? task.ptr : "-", (int)id.len,
           id.ptr, s->flags[node] & ECO_SNAP_REMOVED ? "  (removed)" : "");
}

static void print_rows(const struct eco_snap *s, uint32_t n)
{
    eco_print_frame(s);
    printf("%7s  %14s  %10s  %13s  %-28s  %s\n", "rank", "influence", "likes",
           "downloads", "task", "model");
    for (uint32_t i = 0; i < n; i++)
        print_row(s, i);
}

static void put_count(struct eco_json_writer *w, const char *key, int64_t n)
{
    eco_json_key(w, key);
    if (n < 0)
        eco_json_put_null(w);
    else
        eco_json_put_i64(w, n);
}

static void put_row(struct eco_json_writer *w, const struct eco_snap *s,
                    uint32_t node)
{
    struct eco_str task = eco_snap_dict_text(&s->tasks, s->task[node]);

    eco_json_begin_object(w);
    put_count(w, "rank", (int64_t)node + 1);
    eco_json_key(w, "id");
    eco_json_put_str(w, eco_snap_id(s, node));
    eco_json_key(w, "influence");
    eco_json_put_f64(w, s->influence[node]);
    put_count(w, "likes", s->likes[node]);
    put_count(w, "downloads", s->downloads[node]);
    eco_json_key(w, "task");
    if (task.len)
        eco_json_put_str(w, task);
    else
        eco_json_put_null(w);
    eco_json_key(w, "removed");
    eco_json_put_bool(w, (s->flags[node] & ECO_SNAP_REMOVED) != 0);
    eco_json_end_object(w);
}

/* Printed row by row, so that any number of rows needs little memory. */
static int print_rows_json(const struct eco_snap *s, uint32_t n,
                           struct eco_err *err)
{
    struct eco_buf b;
    int rc = 0;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    putchar('[');
    for (uint32_t i = 0; !rc && i < n; i++) {
        struct eco_json_writer w;

        eco_buf_reset(&b);
        eco_json_writer_init(&w, &b);
        put_row(&w, s, i);
        rc = eco_buf_check(&b, "a row", err);
        if (!rc)
            printf("%s\n%s", i ? "," : "", b.ptr);
    }
    printf("\n]\n");
    eco_buf_release(&b);
    return rc;
}

int eco_cmd_top(const struct eco_cmd *cmd, const char *data, int argc,
                char **argv)
{
    uint32_t n = 20;
    bool json = false;
    const struct eco_option options[] = {
        { NULL, 'n', ECO_OPTION_NUMBER, &n, "N", "how many models (20)" },
        { "json", 0, ECO_OPTION_FLAG, &json, NULL,
          "print them as a JSON array of objects" },
    };
    struct eco_snap *snap = NULL;
    struct eco_err err = { 0 };
    struct eco_paths paths;
    int status = eco_options_take(cmd, options, 2, &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (argc)
        return eco_cmd_usage(cmd, "no operand is known: ", argv[0]);
    rc = eco_paths_init(&paths, data, false, &err);
    if (!rc)
        rc = eco_snap_open(paths.snapshot, &snap, &err);
    if (!rc && n > snap->meta->n_ranked)
        n = snap->meta->n_ranked;
    if (!rc && json)
        rc = print_rows_json(snap, n, &err);
    else if (!rc)
        print_rows(snap, n);
    eco_snap_unref(snap);
    eco_paths_release(&paths);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
