/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/answer.h"
#include "cmd/cmd.h"
#include "cmd/terminal.h"
#include "query/model.h"

#define DERIVED_SHOWN 10u

static void print_text(const char *label, struct eco_str s)
{
    if (s.len)
        printf("  %-22s %.*s\n", label, (int)s.len, s.ptr);
    else
        printf("  %-22s unknown\n", label);
}

static void print_count(const char *label, int64_t n)
{
    char text[ECO_GROUPED_BYTES];

    if (n < 0)
        print_text(label, (struct eco_str){ 0 });
    else
        printf("  %-22s %s\n", label, eco_grouped(n, text));
}

static void print_time(const char *label, int64_t ms)
{
    char text[ECO_TIME_TEXT_BYTES];

    if (ms == ECO_TIME_UNKNOWN)
        print_text(label, (struct eco_str){ 0 });
    else
        print_text(label, eco_str_from_c(eco_time_format(ms, text)));
}

static void print_author(const struct eco_snap *s, uint32_t node)
{
    uint32_t author = s->author[node];
    struct eco_str name, full;

    if (author == ECO_SNAP_NO_AUTHOR)
        return;
    name = eco_snap_author_name(s, author);
    full = eco_snap_author_full(s, author);
    printf("  %-22s %.*s%s%.*s (%s)\n", "author", (int)name.len, name.ptr,
           full.len ? ", " : "", (int)full.len, full.len ? full.ptr : "",
           eco_author_kind_name((enum eco_author_kind)s->author_kind[author]));
}

static void print_facts(const struct eco_snap *s, uint32_t node)
{
    if (node >= s->meta->n_ranked) {
        printf("  not in this data set, but named as a base\n");
        return;
    }
    print_time("created", s->created[node]);
    print_time("last modified", s->modified[node]);
    print_count("likes", s->likes[node]);
    print_count("downloads (30 days)", s->downloads[node]);
    print_count("downloads (all time)", s->downloads_all[node]);
    print_text("task", eco_snap_dict_text(&s->tasks, s->task[node]));
    print_text("library", eco_snap_dict_text(&s->libraries, s->library[node]));
    print_text("licence", eco_snap_dict_text(&s->licences, s->licence[node]));
    print_count("parameters", s->params[node]);
    if (s->flags[node] & ECO_SNAP_REMOVED)
        printf("  removed from the Hub\n");
}

static void print_influence(const struct eco_snap *s, uint32_t node)
{
    double part[ECO_INFLUENCE_PARTS];
    char rank[ECO_GROUPED_BYTES], of[ECO_GROUPED_BYTES];

    eco_model_parts(s, node, part);
    printf("\nInfluence %.6f", s->influence[node]);
    if (node < s->meta->n_ranked)
        printf(", rank %s of %s", eco_grouped((int64_t)node + 1, rank),
               eco_grouped(s->meta->n_ranked, of));
    printf("\n");
    for (int i = 0; i < ECO_INFLUENCE_PARTS; i++)
        printf("  %-22s %14.6f\n",
               eco_influence_part_name((enum eco_influence_part)i), part[i]);
}

static void print_relative(const struct eco_snap *s, uint32_t node, uint8_t tag)
{
    struct eco_str id = eco_snap_id(s, node);

    printf("  %-9s  %14.6f  %.*s%s%s\n",
           eco_relation_name((enum eco_relation)(tag & ECO_EDGE_RELATION)),
           s->influence[node], (int)id.len, id.ptr,
           tag & ECO_EDGE_DECLARED ? "" : "  (relation inferred)",
           node < s->meta->n_ranked ? "" : "  (not in this data set)");
}

static int print_family(const struct eco_snap *s, uint32_t node,
                        struct eco_err *err)
{
    const struct eco_graph *g = &s->graph;
    uint64_t n_bases = g->up_off[node + 1] - g->up_off[node];
    uint64_t first = g->down_off[node];
    uint64_t n_derived = g->down_off[node + 1] - first;
    uint64_t count[ECO_RELATIONS], *bases;
    int rc = eco_model_bases(s, node, &bases, err);

    if (rc)
        return rc;
    printf("\nBases: %" PRIu64 "\n", n_bases);
    for (uint64_t i = 0; i < n_bases; i++)
        print_relative(s, g->up[bases[i]], g->up_tag[bases[i]]);
    eco_free(bases);
    eco_model_derived(s, node, count);
    printf("\nDerived models: %" PRIu64 " (", n_derived);
    for (int i = 0; i < ECO_RELATIONS; i++)
        printf("%s%" PRIu64 " %s", i ? ", " : "", count[i],
               eco_relation_name((enum eco_relation)i));
    printf(")\n");
    for (uint64_t i = 0; i < n_derived && i < DERIVED_SHOWN; i++)
        print_relative(s, g->down[first + i], g->down_tag[first + i]);
    if (n_derived > DERIVED_SHOWN)
        printf("  and %" PRIu64 " more\n", n_derived - DERIVED_SHOWN);
    return 0;
}

static int show(struct eco_snap *s, const char *id, struct eco_err *err)
{
    struct eco_str found;
    uint32_t node;

    if (!eco_snap_find(s, eco_str_from_c(id), &node))
        return eco_fail(err, ECO_ENOTFOUND, "there is no model %s", id);
    found = eco_snap_id(s, node);
    eco_print_frame(s);
    printf("%.*s\n", (int)found.len, found.ptr);
    print_author(s, node);
    print_facts(s, node);
    print_influence(s, node);
    return print_family(s, node, err);
}

/* The same object as the API's. */
static int show_json(struct eco_snap *s, const char *id, struct eco_err *err)
{
    struct eco_query_index *index = NULL;
    struct eco_buf path;
    uint32_t node;
    int rc = eco_query_index_new(s, &index, err);

    if (rc)
        return rc;
    eco_buf_init(&path, ECO_MAX_URI_BYTES);
    if (!eco_snap_find(s, eco_str_from_c(id), &node)) {
        rc = eco_fail(err, ECO_ENOTFOUND, "there is no model %s", id);
        goto done;
    }
    eco_buf_append_c(&path, "/api/v1/models/");
    eco_buf_append_c(&path, id);
    rc = eco_buf_check(&path, "the id", err);
    if (!rc)
        rc = eco_print_answer(index, eco_buf_view(&path), ECO_STR(""), err);
done:
    eco_buf_release(&path);
    eco_query_index_free(index);
    return rc;
}

int eco_cmd_show(const struct eco_cmd *cmd, const char *data, int argc,
                 char **argv)
{
    bool json = false;
    const struct eco_option options[] = {
        { "json", 0, ECO_OPTION_FLAG, &json, NULL,
          "print it as JSON, as the HTTP API does" },
    };
    struct eco_snap *snap = NULL;
    struct eco_err err = { 0 };
    struct eco_paths paths;
    int status = eco_options_take(cmd, options, 1, &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    if (argc != 1)
        return eco_cmd_usage(cmd, "name one model", "");
    rc = eco_paths_init(&paths, data, false, &err);
    if (!rc)
        rc = eco_snap_open(paths.snapshot, &snap, &err);
    if (!rc)
        rc = json ? show_json(snap, argv[0], &err) : show(snap, argv[0], &err);
    eco_snap_unref(snap);
    eco_paths_release(&paths);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
