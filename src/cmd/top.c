/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/terminal.h"
#include "query/filter.h"

#define TASK_WIDTH 28

/* Padded by bytes, as printf does. */
static void print_task(struct eco_str task)
{
    if (!task.len)
        task = ECO_STR("-");
    eco_print_text(task);
    printf("%*s", task.len < TASK_WIDTH ? TASK_WIDTH - (int)task.len : 0, "");
}

static void print_row(const struct eco_snap *s, uint32_t node)
{
    char likes[ECO_GROUPED_BYTES], downloads[ECO_GROUPED_BYTES];

    printf("%7u  %14.6f  %10s  %13s  ", node + 1, s->influence[node],
           eco_grouped(s->likes[node], likes),
           eco_grouped(s->downloads[node], downloads));
    print_task(eco_snap_dict_text(&s->tasks, s->task[node]));
    printf("  ");
    eco_print_text(eco_snap_id(s, node));
    printf("%s\n", s->flags[node] & ECO_SNAP_REMOVED ? "  (removed)" : "");
}

/* The next model from *node on that matches; false at the end. */
static bool next_match(const struct eco_matcher *m, uint32_t *node)
{
    while (*node < m->snap->meta->n_ranked && !eco_matcher_has(m, *node))
        ++*node;
    return *node < m->snap->meta->n_ranked;
}

static void print_rows(const struct eco_matcher *m, uint32_t n)
{
    eco_print_frame(m->snap);
    printf("%7s  %14s  %10s  %13s  %-*s  %s\n", "rank", "influence", "likes",
           "downloads", TASK_WIDTH, "task", "model");
    for (uint32_t v = 0; n && next_match(m, &v); v++, n--)
        print_row(m->snap, v);
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
static int print_rows_json(const struct eco_matcher *m, uint32_t n,
                           struct eco_err *err)
{
    const char *before = "";
    struct eco_buf b;
    int rc = 0;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    putchar('[');
    for (uint32_t v = 0; !rc && n && next_match(m, &v); v++, n--) {
        struct eco_json_writer w;

        eco_buf_reset(&b);
        eco_json_writer_init(&w, &b);
        put_row(&w, m->snap, v);
        rc = eco_buf_check(&b, "a row", err);
        if (!rc)
            printf("%s\n%s", before, b.ptr);
        before = ",";
    }
    printf("\n]\n");
    eco_buf_release(&b);
    return rc;
}

/* --- what is asked ---------------------------------------------------------- */

static const char *const kind_words[] = {
    "unknown",    "individual", "unverified", "company",   "community",
    "university", "non-profit", "government", "classroom", NULL
};

struct args {
    uint32_t n;
    bool json;
    struct eco_option_word kinds; /* kind_words: enum eco_author_kind */
    struct eco_option_texts texts[ECO_FILTER_FACETS]; /* the other facets */
};

static int read_texts(const struct eco_snap *s, enum eco_filter_facet facet,
                      const struct eco_option_texts *texts,
                      struct eco_choice *c, struct eco_err *err)
{
    for (uint32_t i = 0; i < texts->n; i++) {
        uint32_t value;

        if (!eco_filter_find(s, facet, eco_str_from_c(texts->text[i]), &value))
            return eco_fail(err, ECO_ENOTFOUND, "no model has the %s %s",
                            eco_filter_facet_name(facet), texts->text[i]);
        c->is_on = true;
        eco_choice_add(c, value);
    }
    return 0;
}

static int read_filter(const struct eco_snap *s, const struct args *args,
                       struct eco_filter *f, struct eco_err *err)
{
    struct eco_choice *kinds = &f->choice[ECO_FILTER_KIND];
    int rc = 0;

    for (unsigned i = 0; !rc && i < ECO_FILTER_FACETS; i++)
        rc = read_texts(s, (enum eco_filter_facet)i, &args->texts[i],
                        &f->choice[i], err);
    kinds->is_on = args->kinds.all;
    for (uint32_t k = 0; k < ECO_AUTHOR_KINDS; k++)
        if (args->kinds.all & 1u << k)
            eco_choice_add(kinds, k);
    return rc;
}

static int print_top(const struct eco_snap *s, const struct args *args,
                     struct eco_err *err)
{
    struct eco_filter filter = { 0 };
    struct eco_matcher matcher;
    int rc = read_filter(s, args, &filter, err);

    if (!rc)
        rc = eco_matcher_init(&matcher, s, &filter, err);
    if (rc)
        return rc;
    if (args->json)
        rc = print_rows_json(&matcher, args->n, err);
    else
        print_rows(&matcher, args->n);
    eco_matcher_release(&matcher);
    return rc;
}

int eco_cmd_top(const struct eco_cmd *cmd, const char *data, int argc,
                char **argv)
{
    struct args args = { .n = 20, .kinds = { kind_words, 0, 0 } };
    const struct eco_option options[] = {
        { NULL, 'n', ECO_OPTION_NUMBER, &args.n, "N", "how many models (20)" },
        { "task", 0, ECO_OPTION_TEXTS, &args.texts[ECO_FILTER_TASK], "TASK",
          "only models of this task; may be given again" },
        { "language", 0, ECO_OPTION_TEXTS, &args.texts[ECO_FILTER_LANGUAGE],
          "CODE", "only models in this language; may be given again" },
        { "author", 0, ECO_OPTION_TEXTS, &args.texts[ECO_FILTER_AUTHOR], "NAME",
          "only models of this author; may be given again" },
        { "kind", 0, ECO_OPTION_WORD, &args.kinds, "KIND",
          "only models of authors of this kind; may be given again" },
        { "licence", 0, ECO_OPTION_TEXTS, &args.texts[ECO_FILTER_LICENCE],
          "LICENCE", "only models under this licence; may be given again" },
        { "library", 0, ECO_OPTION_TEXTS, &args.texts[ECO_FILTER_LIBRARY],
          "LIBRARY", "only models of this library; may be given again" },
        { "json", 0, ECO_OPTION_FLAG, &args.json, NULL,
          "print them as a JSON array of objects" },
    };
    struct eco_snap *snap = NULL;
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
    if (!rc)
        rc = eco_snap_open(paths.snapshot, &snap, &err);
    if (!rc)
        rc = print_top(snap, &args, &err);
    eco_snap_unref(snap);
    eco_paths_release(&paths);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
