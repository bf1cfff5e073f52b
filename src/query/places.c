/* SPDX-License-Identifier: MIT */
#include "query/places.h"

#include <assert.h>

#include "base/hub.h"
#include "query/found.h"

/* --- what a text names ------------------------------------------------------- */

static const char wide_blank[] = "\xe3\x80\x80"; /* U+3000 */

/* Without blanks at both ends, those of Chinese keyboards included. */
static struct eco_str trim(struct eco_str s)
{
    for (;;) {
        s = eco_str_trim(s);
        if (eco_str_starts_with(s, wide_blank))
            s = eco_str_skip(s, sizeof(wide_blank) - 1);
        else if (eco_str_ends_with(s, wide_blank))
            s.len -= sizeof(wide_blank) - 1;
        else
            return s;
    }
}

struct eco_str eco_place_name(struct eco_str text)
{
    static const char all_models[] = "/models"; /* the list of an author's */
    struct eco_str s = trim(text), path;

    if (!eco_hub_path(s, &path))
        return s;
    s = eco_hub_path_name(path);
    if (eco_str_ends_with(s, all_models))
        s.len -= sizeof(all_models) - 1;
    return s;
}

static void find_match(const struct eco_snap *s, struct eco_str name,
                       struct eco_places *out)
{
    if (!name.len)
        return;
    if (eco_snap_find(s, name, &out->matched))
        out->match = ECO_PLACE_MODEL;
    else if (eco_snap_find_author(s, name, &out->matched))
        out->match = ECO_PLACE_AUTHOR;
}

/* --- models and authors --------------------------------------------------------- */

static void take_hits(const struct eco_search_hits *hits, uint32_t n_items,
                      uint32_t limit, struct eco_place_list *out)
{
    out->total = hits->n;
    out->n = eco_search_first(hits, n_items, limit, out->at);
}

static int find_models(const struct eco_query_index *ix,
                       const struct eco_filter *filter, uint32_t limit,
                       struct eco_place_list *out, struct eco_err *err)
{
    const struct eco_found *found;
    int rc = eco_found_get(ix, filter, &found, err);

    if (rc)
        return rc;
    take_hits(&found->hits, ix->n, limit, out);
    eco_found_unref(found);
    return 0;
}

static int find_authors(const struct eco_snap *s,
                        const struct eco_search *search, uint32_t limit,
                        struct eco_place_list *out, struct eco_err *err)
{
    struct eco_search_hits hits;
    int rc = eco_search_authors(s, search, &hits, err);

    if (rc)
        return rc;
    take_hits(&hits, s->meta->n_authors, limit, out);
    eco_search_release(&hits);
    return 0;
}

/* --- tasks and languages ---------------------------------------------------------- */

static bool has_words(struct eco_str text, const struct eco_search *search)
{
    for (size_t i = 0; i < search->n; i++)
        if (!eco_str_contains_lower(text, search->word[i]))
            return false;
    return true;
}

/* Ties by more models, then by number: entries come by number. */
static bool is_larger(const struct eco_total *a, const struct eco_total *b)
{
    return a->influence > b->influence ||
           (a->influence >= b->influence && a->models > b->models);
}

/* One more that matches: into its place when it is among the first. */
static void add_entry(const struct eco_total *total, uint32_t entry,
                      uint32_t limit, struct eco_place_list *out)
{
    uint32_t at = out->n;

    out->total++;
    while (at && is_larger(&total[entry], &total[out->at[at - 1]]))
        at--;
    if (at == limit)
        return;
    if (out->n < limit)
        out->n++;
    for (uint32_t i = out->n - 1; i > at; i--)
        out->at[i] = out->at[i - 1];
    out->at[at] = entry;
}

/* Entry 0 is none. */
static void find_entries(const struct eco_snap_dict *d,
                         const struct eco_total *total,
                         const struct eco_search *search, uint32_t limit,
                         struct eco_place_list *out)
{
    for (uint32_t i = 1; i < d->n; i++)
        if (has_words(eco_snap_dict_text(d, i), search))
            add_entry(total, i, limit, out);
}

int eco_places_find(const struct eco_query_index *ix, struct eco_str q,
                    uint32_t limit, struct eco_places *out, struct eco_err *err)
{
    const struct eco_snap *s = ix->snap;
    struct eco_str name = eco_place_name(q);
    struct eco_filter filter = { 0 };
    const struct eco_search *search = &filter.search;
    int rc;

    assert(limit && limit <= ECO_MAX_PLACES);
    *out = (struct eco_places){ 0 };
    rc = eco_search_parse(name, &filter.search, err);
    if (rc || !search->n)
        return rc;
    find_match(s, name, out);
    rc = find_models(ix, &filter, limit, &out->models, err);
    if (!rc)
        rc = find_authors(s, search, limit, &out->authors, err);
    if (rc)
        return rc;
    find_entries(&s->tasks, s->total[ECO_FACET_TASK], search, limit,
                 &out->tasks);
    find_entries(&s->languages, s->total[ECO_FACET_LANGUAGE], search, limit,
                 &out->languages);
    return 0;
}
