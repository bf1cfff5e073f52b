/* SPDX-License-Identifier: MIT */
#include "leaderboard.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "snapshot/bitmap.h"

static void *grab(size_t n, size_t size)
{
    void *ptr = calloc(n + 1, size);

    if (!ptr)
        abort();
    return ptr;
}

/* --- filters ------------------------------------------------------------------- */

static bool put_language(uint32_t node, void *to)
{
    uint64_t **put = to; /* the models, and the bit of the language */

    put[0][node] |= *put[1];
    return true;
}

void eco_ref_hub_init(struct eco_ref_hub *hub, const struct eco_snap *s)
{
    const struct eco_snap_dict *d = &s->languages;

    hub->snap = s;
    hub->languages = grab(s->meta->n_ranked, sizeof(uint64_t));
    for (uint32_t e = 0; e < d->n; e++) {
        uint64_t bit = UINT64_C(1) << e;
        uint64_t *put[] = { hub->languages, &bit };
        roaring_bitmap_t *set = roaring_bitmap_portable_deserialize_safe(
            (const char *)d->bits + d->bits_off[e],
            (size_t)(d->bits_off[e + 1] - d->bits_off[e]));

        if (!set || e >= 64)
            abort();
        roaring_iterate(set, put_language, put);
        roaring_bitmap_free(set);
    }
}

void eco_ref_hub_release(struct eco_ref_hub *hub)
{
    free(hub->languages);
    hub->languages = NULL;
}

static bool is_named(const struct eco_snap *s, const struct eco_search *search,
                     uint32_t v)
{
    for (size_t i = 0; i < search->n; i++)
        if (!eco_str_contains_lower(eco_snap_id(s, v), search->word[i]))
            return false;
    return true;
}

/* What a node has of a facet with one value for each. */
static uint32_t value_of(const struct eco_snap *s, int facet, uint32_t v)
{
    bool is_ranked = v < s->meta->n_ranked;
    uint32_t author = s->author[v];

    switch (facet) {
    case ECO_FILTER_TASK:
        return is_ranked ? s->task[v] : 0;
    case ECO_FILTER_LICENCE:
        return is_ranked ? s->licence[v] : 0;
    case ECO_FILTER_LIBRARY:
        return is_ranked ? s->library[v] : 0;
    case ECO_FILTER_KIND:
        return author == ECO_SNAP_NO_AUTHOR ? 0 : s->author_kind[author];
    default:
        return author;
    }
}

static bool has_value(const struct eco_ref_hub *hub, int facet, uint32_t v,
                      uint32_t value)
{
    if (facet != ECO_FILTER_LANGUAGE)
        return value_of(hub->snap, facet, v) == value;
    if (v >= hub->snap->meta->n_ranked)
        return value == 0;
    return hub->languages[v] >> value & 1;
}

bool eco_ref_matches(const struct eco_ref_hub *hub, const struct eco_filter *f,
                     uint32_t node, bool any_task)
{
    const struct eco_snap *s = hub->snap;

    if (f->exclude_removed && node < s->meta->n_ranked &&
        s->flags[node] & ECO_SNAP_REMOVED)
        return false;
    for (int i = 0; i < ECO_FILTER_FACETS; i++) {
        const struct eco_choice *c = &f->choice[i];
        bool has = !c->is_on || (any_task && i == ECO_FILTER_TASK);

        for (uint32_t k = 0; k < c->n; k++)
            has = has || has_value(hub, i, node, c->value[k]);
        if (!has)
            return false;
    }
    return is_named(s, &f->search, node);
}

/* --- the board ------------------------------------------------------------------ */

static const struct eco_leaderboard_query *asked; /* for qsort only */
static const struct eco_snap *asked_snap;

static int cmp_i64(int64_t a, int64_t b, int64_t unknown)
{
    if (a == unknown || b == unknown)
        return (a == unknown) - (b == unknown);
    return asked->descending ? (a < b) - (a > b) : (a > b) - (a < b);
}

static int cmp_key(uint32_t a, uint32_t b)
{
    const struct eco_snap *s = asked_snap;
    double x = s->influence[a], y = s->influence[b];
    int c;

    switch (asked->sort) {
    case ECO_SORT_INFLUENCE:
        return asked->descending ? (x < y) - (x > y) : (x > y) - (x < y);
    case ECO_SORT_NAME:
        c = eco_str_cmp_nocase(eco_snap_id(s, a), eco_snap_id(s, b));
        return asked->descending ? -c : c;
    case ECO_SORT_CREATED:
        return cmp_i64(s->created[a], s->created[b], ECO_TIME_UNKNOWN);
    case ECO_SORT_DOWNLOADS:
        return cmp_i64(s->downloads[a], s->downloads[b], -1);
    case ECO_SORT_LIKES:
        return cmp_i64(s->likes[a], s->likes[b], -1);
    case ECO_SORT_TASK:
        /* entries are numbered by name; 0 is "none" */
        return cmp_i64(s->task[a], s->task[b], 0);
    }
    return 0;
}

static int cmp_nodes(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    int c = cmp_key(*x, *y);

    return c ? c : (*x > *y) - (*x < *y);
}

void eco_ref_board_init(struct eco_ref_board *board,
                        const struct eco_ref_hub *hub,
                        const struct eco_leaderboard_query *q)
{
    const struct eco_snap *s = hub->snap;
    struct eco_filter all = q->filter; /* its words stay with q */

    memset(board, 0, sizeof(*board));
    board->nodes = grab(s->meta->n_ranked, sizeof(uint32_t));
    all.exclude_removed = false;
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        if (s->flags[v] & ECO_SNAP_REMOVED &&
            eco_ref_matches(hub, &all, v, false))
            board->removed++;
        if (eco_ref_matches(hub, &q->filter, v, true))
            board->by_task[s->task[v]]++;
        if (eco_ref_matches(hub, &q->filter, v, false))
            board->nodes[board->n++] = v;
    }
    asked = q;
    asked_snap = s;
    qsort(board->nodes, board->n, sizeof(uint32_t), cmp_nodes);
}

void eco_ref_board_release(struct eco_ref_board *board)
{
    free(board->nodes);
    board->nodes = NULL;
}
