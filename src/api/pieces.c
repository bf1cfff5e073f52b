/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "base/clock.h"

void eco_api_put_frame(struct eco_json_writer *w, const struct eco_snap *s)
{
    char day[ECO_DAY_TEXT_BYTES];

    eco_json_key(w, "as_of");
    eco_json_put_c(w, eco_day_format(s->meta->as_of_day, day));
    eco_json_key(w, "data");
    eco_json_put_c(w, eco_data_kind_name((enum eco_data_kind)s->meta->data));
}

void eco_api_put_count(struct eco_json_writer *w, const char *key, int64_t v)
{
    eco_json_key(w, key);
    if (v < 0)
        eco_json_put_null(w);
    else
        eco_json_put_i64(w, v);
}

void eco_api_put_time(struct eco_json_writer *w, const char *key, int64_t ms)
{
    char text[ECO_TIME_TEXT_BYTES];

    eco_json_key(w, key);
    if (ms == ECO_TIME_UNKNOWN)
        eco_json_put_null(w);
    else
        eco_json_put_c(w, eco_time_format(ms, text));
}

void eco_api_put_text(struct eco_json_writer *w, const char *key,
                      struct eco_str s)
{
    eco_json_key(w, key);
    if (s.len)
        eco_json_put_str(w, s);
    else
        eco_json_put_null(w);
}

struct eco_str eco_api_author_name(const struct eco_snap *s, uint32_t node)
{
    return eco_snap_author_name(s, s->author[node]);
}

enum eco_author_kind eco_api_author_kind(const struct eco_snap *s,
                                         uint32_t author)
{
    return author < s->meta->n_authors
               ? (enum eco_author_kind)s->author_kind[author]
               : ECO_AUTHOR_UNKNOWN;
}

void eco_api_put_author(struct eco_json_writer *w, const struct eco_snap *s,
                        uint32_t author)
{
    eco_json_key(w, "author");
    eco_json_begin_object(w);
    eco_json_key(w, "name");
    eco_json_put_str(w, eco_snap_author_name(s, author));
    eco_api_put_text(w, "full_name", eco_snap_author_full(s, author));
    eco_json_key(w, "kind");
    eco_json_put_c(w, eco_author_kind_name(eco_api_author_kind(s, author)));
    eco_json_end_object(w);
}

void eco_api_put_row(struct eco_json_writer *w, const struct eco_snap *s,
                     uint32_t node)
{
    eco_json_begin_object(w);
    eco_json_key(w, "rank");
    eco_json_put_i64(w, (int64_t)node + 1);
    eco_json_key(w, "id");
    eco_json_put_str(w, eco_snap_id(s, node));
    eco_api_put_author(w, s, s->author[node]);
    eco_api_put_time(w, "created", s->created[node]);
    eco_api_put_count(w, "downloads", s->downloads[node]);
    eco_api_put_count(w, "likes", s->likes[node]);
    eco_api_put_text(w, "task", eco_snap_dict_text(&s->tasks, s->task[node]));
    eco_json_key(w, "influence");
    eco_json_put_f64(w, s->influence[node]);
    eco_json_key(w, "removed");
    eco_json_put_bool(w, s->flags[node] & ECO_SNAP_REMOVED);
    eco_json_end_object(w);
}

/* The members of an object that is open. */
static void put_totals(struct eco_json_writer *w, const struct eco_total *total)
{
    eco_api_put_count(w, "models", (int64_t)total->models);
    eco_json_key(w, "influence");
    eco_json_put_f64(w, total->influence);
    eco_api_put_count(w, "likes", total->likes);
    eco_api_put_count(w, "downloads", total->downloads);
}

void eco_api_put_totals(struct eco_json_writer *w, const char *key,
                        const struct eco_total *total)
{
    eco_json_key(w, key);
    eco_json_begin_object(w);
    put_totals(w, total);
    eco_json_end_object(w);
}

void eco_api_put_others(struct eco_json_writer *w, const struct eco_snap *s,
                        enum eco_facet facet)
{
    const struct eco_others *others =
        facet < ECO_FACETS_WITH_OTHERS ? &s->others[facet] : NULL;

    eco_json_key(w, "others");
    if (!others || !others->values) {
        eco_json_put_null(w);
        return;
    }
    eco_json_begin_object(w);
    eco_api_put_count(w, "values", others->values);
    put_totals(w, &others->total);
    eco_json_end_object(w);
}

void eco_api_put_value_names(struct eco_json_writer *w,
                             const struct eco_snap *s, enum eco_facet facet,
                             uint32_t value)
{
    bool is_told = value != ECO_VALUE_NONE && value != ECO_VALUE_OTHERS;
    bool is_author = is_told && facet == ECO_FACET_AUTHOR;
    char room[ECO_VALUE_ROOM];

    eco_json_key(w, "value");
    eco_json_put_str(w, eco_value_text(s, facet, value, room));
    eco_api_put_text(w, "full_name",
                     is_author ? eco_snap_author_full(s, value) : ECO_STR(""));
    eco_json_key(w, "kind");
    if (is_author)
        eco_json_put_c(w, eco_author_kind_name(eco_api_author_kind(s, value)));
    else
        eco_json_put_null(w);
    eco_json_key(w, "placeholder");
    eco_json_put_bool(w, is_told && facet == ECO_FACET_FAMILY &&
                             s->family_root[value] >= s->meta->n_ranked);
}

void eco_api_put_facet_value(struct eco_json_writer *w,
                             const struct eco_snap *s, enum eco_facet facet,
                             uint32_t value)
{
    struct eco_total total = eco_value_total(s, facet, value);

    eco_json_begin_object(w);
    eco_api_put_value_names(w, s, facet, value);
    put_totals(w, &total);
    eco_json_end_object(w);
}

static void put_numbers(struct eco_json_writer *w, const char *key,
                        const char *const *names, const double *values,
                        size_t n)
{
    eco_json_key(w, key);
    eco_json_begin_object(w);
    for (size_t i = 0; i < n; i++) {
        eco_json_key(w, names[i]);
        eco_json_put_f64(w, values[i]);
    }
    eco_json_end_object(w);
}

void eco_api_put_formula(struct eco_json_writer *w, const struct eco_snap *s)
{
    static const char *const weights[] = { "downloads", "likes", "spaces",
                                           "freshness" };
    static const char *const alpha[] = { "self", "children", "parents" };
    static const char *const lambda[] = { "model", "space" };
    static const char *const relations[] = { "adapter", "finetune", "merge",
                                             "quantized" };

    eco_json_key(w, "formula");
    eco_json_begin_object(w);
    put_numbers(w, "weights", weights, s->meta->weights, 4);
    put_numbers(w, "alpha", alpha, s->meta->alpha, 3);
    put_numbers(w, "lambda", lambda, s->meta->lambda, 2);
    put_numbers(w, "relations", relations, s->meta->relations, 4);
    eco_json_end_object(w);
}
