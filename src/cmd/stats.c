/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "cmd/answer.h"
#include "cmd/cmd.h"
#include "cmd/terminal.h"
#include "query/totals.h"

#define OVERVIEW_LENGTH 5u

struct question {
    bool is_overview;
    enum eco_facet facet;
    enum eco_metric sort;
    bool in_time; /* months and years, unless they were to be sorted */
    uint32_t n;
};

/* --- a table -------------------------------------------------------------------- */

static void print_head(const char *what)
{
    printf("%18s  %15s  %21s  %11s  %s\n", "influence", "likes", "downloads",
           "models", what);
}

/* A line but for its end. */
static void print_total(const struct eco_total *t)
{
    char likes[ECO_GROUPED_BYTES], downloads[ECO_GROUPED_BYTES];
    char models[ECO_GROUPED_BYTES];

    printf("%18.6f  %15s  %21s  %11s  ", t->influence,
           eco_grouped(t->likes, likes), eco_grouped(t->downloads, downloads),
           eco_grouped((int64_t)t->models, models));
}

static void print_value(const struct eco_snap *s, enum eco_facet facet,
                        uint32_t value)
{
    struct eco_total total = eco_value_total(s, facet, value);
    struct eco_str full = { 0 };
    char room[ECO_VALUE_ROOM];

    print_total(&total);
    eco_print_text(eco_value_text(s, facet, value, room));
    if (facet == ECO_FACET_AUTHOR && value != ECO_VALUE_NONE)
        full = eco_snap_author_full(s, value);
    if (full.len) {
        printf(" (");
        eco_print_text(full);
        printf(")");
    }
    if (value != ECO_VALUE_NONE && eco_value_is_apart(s, facet, value))
        printf(" (names no language)");
    printf("\n");
}

/* What is behind the n listed ones. */
static int print_others(const struct eco_snap *s, enum eco_facet facet,
                        const struct eco_values *v, uint32_t n,
                        struct eco_err *err)
{
    char text[ECO_GROUPED_BYTES];
    struct eco_total others;
    int rc;

    if (n >= v->n)
        return 0;
    rc = eco_values_rest(s, facet, v, n, &others, err);
    if (rc)
        return rc;
    print_total(&others);
    printf("others, %s %s\n", eco_grouped(v->n - n, text),
           v->n - n == 1 ? "value" : "values");
    return 0;
}

static void print_apart(const struct eco_snap *s)
{
    for (uint32_t i = 1; i < s->languages.n; i++)
        if (eco_value_is_apart(s, ECO_FACET_LANGUAGE, i))
            print_value(s, ECO_FACET_LANGUAGE, i);
}

static int print_facet(const struct eco_query_index *ix,
                       const struct question *q, struct eco_err *err)
{
    struct eco_values_query all = { .facet = q->facet,
                                    .by = q->sort,
                                    .in_time = q->in_time,
                                    .without_apart = true,
                                    .want = UINT32_MAX };
    struct eco_values v;
    int rc = eco_values_find(ix, &all, &v, err);

    if (rc)
        return rc;
    print_head(eco_facet_name(q->facet));
    for (uint32_t i = 0; i < v.n && i < q->n; i++)
        print_value(ix->snap, q->facet, v.value[i]);
    rc = print_others(ix->snap, q->facet, &v, q->n, err);
    eco_values_release(&v);
    if (rc)
        return rc;
    if (eco_value_total(ix->snap, q->facet, ECO_VALUE_NONE).models)
        print_value(ix->snap, q->facet, ECO_VALUE_NONE);
    if (q->facet == ECO_FACET_LANGUAGE)
        print_apart(ix->snap);
    return 0;
}

static int print_overview(const struct eco_query_index *ix,
                          const struct question *q, struct eco_err *err)
{
    int rc = 0;

    print_head("total");
    print_total(ix->snap->total_all);
    printf("all models\n");
    for (unsigned i = 0; !rc && i < ECO_FACET_MONTH; i++) {
        struct question one = *q;

        one.facet = (enum eco_facet)i;
        printf("\n");
        rc = print_facet(ix, &one, err);
    }
    return rc;
}

static int print_table(const struct eco_query_index *ix,
                       const struct question *q, struct eco_err *err)
{
    eco_print_frame(ix->snap);
    return q->is_overview ? print_overview(ix, q, err)
                          : print_facet(ix, q, err);
}

/* --- JSON ------------------------------------------------------------------------ */

static int print_json(const struct eco_query_index *ix,
                      const struct question *q, struct eco_err *err)
{
    char path[64] = "/api/v1/dashboard", query[64] = "";

    if (!q->is_overview) {
        snprintf(path, sizeof(path), "/api/v1/dashboard/%s",
                 eco_facet_name(q->facet));
        snprintf(query, sizeof(query), "per_page=%u%s%s", q->n,
                 q->in_time ? "" : "&sort=",
                 q->in_time ? "" : eco_metric_name(q->sort));
    }
    return eco_print_answer(ix, eco_str_from_c(path), eco_str_from_c(query),
                            err);
}

/* --- the command --------------------------------------------------------------------- */

static uint32_t default_length(const struct question *q)
{
    if (q->is_overview)
        return OVERVIEW_LENGTH;
    if (q->facet == ECO_FACET_MONTH || q->facet == ECO_FACET_YEAR)
        return ECO_MAX_VALUES_PER_PAGE;
    return eco_top_list_length(q->facet);
}

static struct question read_question(const struct eco_option_word *by,
                                     const struct eco_option_word *sort,
                                     uint32_t n)
{
    struct question q = { .is_overview = !by->all,
                          .facet = (enum eco_facet)by->last,
                          .sort = (enum eco_metric)sort->last,
                          .n = n };

    q.in_time = !q.is_overview && !sort->all &&
                (q.facet == ECO_FACET_MONTH || q.facet == ECO_FACET_YEAR);
    if (!q.n)
        q.n = default_length(&q);
    return q;
}

static int answer(const char *data, const struct question *q, bool json,
                  struct eco_err *err)
{
    struct eco_query_index *ix = NULL;
    struct eco_snap *snap = NULL;
    struct eco_paths paths;
    int rc = eco_paths_init(&paths, data, false, err);

    if (!rc)
        rc = eco_snap_open(paths.snapshot, &snap, err);
    if (!rc)
        rc = eco_query_index_new(snap, &ix, err);
    if (!rc)
        rc = json ? print_json(ix, q, err) : print_table(ix, q, err);
    eco_query_index_free(ix);
    eco_snap_unref(snap);
    eco_paths_release(&paths);
    return rc;
}

int eco_cmd_stats(const struct eco_cmd *cmd, const char *data, int argc,
                  char **argv)
{
    const char *facets[ECO_FACETS + 1] = { NULL };
    const char *metrics[ECO_METRICS + 1] = { NULL };
    struct eco_option_word by = { facets, 0, 0 }, sort = { metrics, 0, 0 };
    uint32_t n = 0;
    bool json = false;
    const struct eco_option options[] = {
        { "by", 0, ECO_OPTION_WORD, &by, "FACET",
          "one facet: language, author, task, library, licence, ..." },
        { "sort", 0, ECO_OPTION_WORD, &sort, "METRIC",
          "influence (the default), likes, downloads or models" },
        { "top", 0, ECO_OPTION_NUMBER, &n, "N",
          "how many values (5 of each facet; with --by 20)" },
        { "json", 0, ECO_OPTION_FLAG, &json, NULL,
          "print it as JSON, as the HTTP API does" },
    };
    struct eco_err err = { 0 };
    struct question q;
    char text[40];
    int status;

    for (unsigned i = 0; i < ECO_FACETS; i++)
        facets[i] = eco_facet_name((enum eco_facet)i);
    for (unsigned i = 0; i < ECO_METRICS; i++)
        metrics[i] = eco_metric_name((enum eco_metric)i);
    status = eco_options_take(
        cmd, options, sizeof(options) / sizeof(options[0]), &data, &argc, argv);
    if (status >= 0)
        return status;
    if (argc)
        return eco_cmd_usage(cmd, "no operand is known: ", argv[0]);
    if (n > ECO_MAX_VALUES_PER_PAGE) {
        snprintf(text, sizeof(text), "--top: at most %u",
                 ECO_MAX_VALUES_PER_PAGE);
        return eco_cmd_usage(cmd, text, "");
    }
    q = read_question(&by, &sort, n);
    return answer(data, &q, json, &err) ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
