/* SPDX-License-Identifier: MIT */
#include "build/build.h"

#include <stdio.h>

#include "base/clock.h"
#include "cmd/cmd.h"
#include "cmd/terminal.h"

static void print_number(const char *label, uint64_t n)
{
    char text[ECO_GROUPED_BYTES];

    printf("  %-34s %15s\n", label, eco_grouped((int64_t)n, text));
}

static void print_stats(const struct eco_build_stats *s, const char *path)
{
    printf("Built %s\n", path);
    print_number("models", s->n_ranked);
    print_number("removed from the Hub", s->n_removed);
    print_number("placeholders", s->n_nodes - s->n_ranked);
    print_number("edges", s->n_edges);
    for (int i = 0; i < ECO_RELATIONS; i++) {
        char label[40];

        snprintf(label, sizeof(label), "  %s",
                 eco_relation_name((enum eco_relation)i));
        print_number(label, s->by_relation[i]);
    }
    print_number("  declared", s->declared);
    print_number("  inferred", s->n_edges - s->declared);
    print_number("self loops dropped", s->self_loops);
    printf("  %-34s %15.1e\n", "residual of the influence",
           s->influence.residual);
    print_number("bytes", s->file_bytes);
}

static void put(struct eco_json_writer *w, const char *key, uint64_t n)
{
    eco_json_key(w, key);
    eco_json_put_i64(w, (int64_t)n);
}

static int print_stats_json(const struct eco_build_stats *s,
                            struct eco_err *err)
{
    struct eco_json_writer w;
    struct eco_buf b;
    int rc;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    eco_json_writer_init(&w, &b);
    eco_json_begin_object(&w);
    put(&w, "models", s->n_ranked);
    put(&w, "removed", s->n_removed);
    put(&w, "placeholders", s->n_nodes - s->n_ranked);
    put(&w, "edges", s->n_edges);
    for (int i = 0; i < ECO_RELATIONS; i++)
        put(&w, eco_relation_name((enum eco_relation)i), s->by_relation[i]);
    put(&w, "declared", s->declared);
    put(&w, "self_loops", s->self_loops);
    eco_json_key(&w, "residual");
    eco_json_put_f64(&w, s->influence.residual);
    put(&w, "bytes", s->file_bytes);
    eco_json_end_object(&w);
    rc = eco_print_json(&b, err);
    eco_buf_release(&b);
    return rc;
}

int eco_cmd_build(const struct eco_cmd *cmd, const char *data, int argc,
                  char **argv)
{
    bool json = false;
    const struct eco_option options[] = {
        { "json", 0, ECO_OPTION_FLAG, &json, NULL, "print the report as JSON" },
    };
    double started = eco_monotonic_s();
    struct eco_build_stats stats;
    struct eco_store *store = NULL;
    struct eco_err err = { 0 };
    struct eco_paths paths;
    int status = eco_options_take(cmd, options, 1, &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (argc)
        return eco_cmd_usage(cmd, "no operand is known: ", argv[0]);
    rc = eco_paths_init(&paths, data, false, &err);
    if (!rc)
        rc = eco_store_open(paths.store, ECO_STORE_READ, &store, &err);
    if (!rc)
        rc = eco_build_run(store, paths.snapshot, &stats, &err);
    if (!rc)
        fprintf(stderr, "took %.1f s\n", eco_monotonic_s() - started);
    if (!rc && json)
        rc = print_stats_json(&stats, &err);
    else if (!rc)
        print_stats(&stats, paths.snapshot);
    eco_store_close(store);
    eco_paths_release(&paths);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
