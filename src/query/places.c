/* SPDX-License-Identifier: MIT */
#include "query/places.h"

#include <assert.h>

#include "base/hub.h"
#include "query/totals.h"

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

/* Not through found.h: nothing is counted by task here, and servers keep whole
 * answers. */
static int find_models(const struct eco_query_index *ix,
                       const struct eco_search *search, uint32_t limit,
                       struct eco_place_list *out, struct eco_err *err)
{
    struct eco_search_hits hits;
    int rc = eco_search_run(ix, search, &hits, err);

    if (rc)
        return rc;
    take_hits(&hits, ix->n, limit, out);
    eco_search_release(&hits);
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

static int find_values(const struct eco_query_index *ix, enum eco_facet facet,
                       const struct eco_search *search, uint32_t limit,
                       struct eco_place_list *out, struct eco_err *err)
{
    const struct eco_values_query q = { .facet = facet,
                                        .by = ECO_METRIC_INFLUENCE,
                                        .search = search,
                                        .want = limit };
    struct eco_values values;
    int rc = eco_values_find(ix, &q, &values, err);

    if (rc)
        return rc;
    out->total = values.total;
    out->n = values.n;
    for (uint32_t i = 0; i < values.n; i++)
        out->at[i] = values.value[i];
    eco_values_release(&values);
    return 0;
}

int eco_places_find(const struct eco_query_index *ix, struct eco_str name,
                    uint32_t limit, struct eco_places *out, struct eco_err *err)
{
    struct eco_search search;
    int rc;

    assert(limit && limit <= ECO_MAX_PLACES);
    *out = (struct eco_places){ 0 };
    rc = eco_search_parse(name, &search, err);
    if (rc || !search.n)
        return rc;
    find_match(ix->snap, name, out);
    rc = find_models(ix, &search, limit, &out->models, err);
    if (!rc)
        rc = find_authors(ix->snap, &search, limit, &out->authors, err);
    if (!rc)
        rc = find_values(ix, ECO_FACET_TASK, &search, limit, &out->tasks, err);
    if (!rc)
        rc = find_values(ix, ECO_FACET_LANGUAGE, &search, limit,
                         &out->languages, err);
    return rc;
}
