/* SPDX-License-Identifier: MIT */
#include "query/filter.h"

#include <assert.h>

#include "base/alloc.h"
#include "base/words.h"
#include "query/parts.h"
#include "snapshot/bitmap.h"

const char *eco_filter_facet_name(enum eco_filter_facet facet)
{
    static const char *const names[ECO_FILTER_FACETS] = {
        [ECO_FILTER_TASK] = "task",       [ECO_FILTER_LANGUAGE] = "language",
        [ECO_FILTER_AUTHOR] = "author",   [ECO_FILTER_KIND] = "kind",
        [ECO_FILTER_LICENCE] = "licence", [ECO_FILTER_LIBRARY] = "library",
    };

    return names[facet];
}

/* NULL for authors and their kinds, which have none. */
static const struct eco_snap_dict *dict_of(const struct eco_snap *s,
                                           enum eco_filter_facet facet)
{
    switch (facet) {
    case ECO_FILTER_TASK:
        return &s->tasks;
    case ECO_FILTER_LANGUAGE:
        return &s->languages;
    case ECO_FILTER_LICENCE:
        return &s->licences;
    case ECO_FILTER_LIBRARY:
        return &s->libraries;
    case ECO_FILTER_AUTHOR:
    case ECO_FILTER_KIND:
        break;
    }
    return NULL;
}

/* --- values ------------------------------------------------------------------ */

/* `none` is the kind of authors of whom nothing is told, as elsewhere. */
static bool find_kind(struct eco_str text, uint32_t *value)
{
    if (eco_str_is(text, ECO_WORD_NONE)) {
        *value = ECO_AUTHOR_UNKNOWN;
        return true;
    }
    for (uint32_t k = 0; k < ECO_AUTHOR_KINDS; k++) {
        if (!eco_str_is(text, eco_author_kind_name((enum eco_author_kind)k)))
            continue;
        *value = k;
        return true;
    }
    return false;
}

/* Codes of languages are in lower case. */
static bool find_language(const struct eco_snap *s, struct eco_str text,
                          uint32_t *value)
{
    char lower[ECO_MAX_TEXT_BYTES];

    if (text.len > sizeof(lower))
        return false;
    eco_str_lower(lower, text);
    return eco_snap_dict_find(&s->languages,
                              (struct eco_str){ lower, text.len }, value);
}

bool eco_filter_find(const struct eco_snap *s, enum eco_filter_facet facet,
                     struct eco_str text, uint32_t *value)
{
    if (facet == ECO_FILTER_KIND)
        return find_kind(text, value);
    if (eco_str_is(text, ECO_WORD_NONE)) {
        *value = facet == ECO_FILTER_AUTHOR ? ECO_SNAP_NO_AUTHOR : 0;
        return true;
    }
    if (facet == ECO_FILTER_AUTHOR)
        return eco_snap_find_author(s, text, value);
    if (facet == ECO_FILTER_LANGUAGE)
        return text.len && find_language(s, text, value);
    return text.len && eco_snap_dict_find(dict_of(s, facet), text, value);
}

bool eco_filter_is_on(const struct eco_filter *f)
{
    for (int i = 0; i < ECO_FILTER_FACETS; i++)
        if (f->choice[i].is_on)
            return true;
    return f->search.n || f->exclude_removed;
}

void eco_choice_add(struct eco_choice *c, uint32_t value)
{
    uint32_t at = 0;

    while (at < c->n && c->value[at] < value)
        at++;
    if (at < c->n && c->value[at] == value)
        return;
    assert(c->n < ECO_MAX_FACET_VALUES);
    for (uint32_t i = c->n++; i > at; i--)
        c->value[i] = c->value[i - 1];
    c->value[at] = value;
}

bool eco_choice_has(const struct eco_choice *c, uint32_t value)
{
    if (!c->is_on)
        return true;
    for (uint32_t i = 0; i < c->n; i++)
        if (c->value[i] == value)
            return true;
    return false;
}

/* --- sets ---------------------------------------------------------------------- */

static int set_bitmap(const struct eco_snap *s, enum eco_filter_facet facet,
                      const struct eco_snap_dict *d, uint32_t i, uint64_t *bits,
                      struct eco_err *err)
{
    struct eco_part_set set;
    int rc = eco_part_set(
        eco_filter_facet_name(facet), d ? d->bits_off : s->kind_bits_off,
        d ? d->bits : s->kind_bits, d ? d->n : ECO_AUTHOR_KINDS, i, &set, err);

    return rc ? rc
              : eco_bitmap_or(set.bytes, set.len, s->meta->n_ranked, bits, err);
}

static int set_author(const struct eco_snap *s, uint32_t author, uint64_t *bits,
                      struct eco_err *err)
{
    const uint32_t *nodes;
    uint32_t n;
    int rc = eco_part_author(s, author, &nodes, &n, err);

    for (uint32_t i = 0; !rc && i < n; i++)
        eco_bits_set(bits, nodes[i]);
    return rc;
}

/* There is no list of these. */
static void set_ownerless(const struct eco_snap *s, uint64_t *bits)
{
    for (uint32_t v = 0; v < s->meta->n_ranked; v++)
        if (s->author[v] == ECO_SNAP_NO_AUTHOR)
            eco_bits_set(bits, v);
}

static int set_value(const struct eco_snap *s, enum eco_filter_facet facet,
                     uint32_t value, uint64_t *bits, struct eco_err *err)
{
    const struct eco_snap_dict *d = dict_of(s, facet);

    if (d || facet == ECO_FILTER_KIND)
        return set_bitmap(s, facet, d, value, bits, err);
    if (value != ECO_SNAP_NO_AUTHOR)
        return set_author(s, value, bits, err);
    set_ownerless(s, bits);
    return 0;
}

int eco_choice_set_bits(const struct eco_snap *s, enum eco_filter_facet facet,
                        const struct eco_choice *c, uint64_t *bits,
                        struct eco_err *err)
{
    int rc = 0;

    for (uint32_t i = 0; !rc && i < c->n; i++)
        rc = set_value(s, facet, c->value[i], bits, err);
    return rc;
}

/* --- node by node ---------------------------------------------------------------- */

int eco_matcher_init(struct eco_matcher *m, const struct eco_snap *s,
                     const struct eco_filter *f, struct eco_err *err)
{
    const struct eco_choice *c = &f->choice[ECO_FILTER_LANGUAGE];
    int rc;

    *m = (struct eco_matcher){ .snap = s, .filter = f };
    if (!c->is_on)
        return 0;
    m->languages = eco_bits_new(s->meta->n_ranked);
    if (!m->languages)
        return eco_fail(err, ECO_ENOMEM, "no memory for languages of %u models",
                        s->meta->n_ranked);
    rc = eco_choice_set_bits(s, ECO_FILTER_LANGUAGE, c, m->languages, err);
    if (rc)
        eco_matcher_release(m);
    return rc;
}

void eco_matcher_release(struct eco_matcher *m)
{
    eco_free(m->languages);
    *m = (struct eco_matcher){ 0 };
}

static bool has_language(const struct eco_matcher *m, uint32_t node)
{
    const struct eco_choice *c = &m->filter->choice[ECO_FILTER_LANGUAGE];

    if (!m->languages)
        return true;
    return node < m->snap->meta->n_ranked ? eco_bits_test(m->languages, node)
                                          : eco_choice_has(c, 0);
}

static bool has_author(const struct eco_snap *s, const struct eco_filter *f,
                       uint32_t author)
{
    uint32_t kind = author < s->meta->n_authors ? s->author_kind[author]
                                                : ECO_AUTHOR_UNKNOWN;

    return eco_choice_has(&f->choice[ECO_FILTER_AUTHOR], author) &&
           eco_choice_has(&f->choice[ECO_FILTER_KIND], kind);
}

bool eco_matcher_has(const struct eco_matcher *m, uint32_t node)
{
    const struct eco_snap *s = m->snap;
    const struct eco_filter *f = m->filter;
    bool is_ranked = node < s->meta->n_ranked;
    struct eco_str id = eco_snap_id(s, node);

    if (f->exclude_removed && is_ranked && s->flags[node] & ECO_SNAP_REMOVED)
        return false;
    if (!eco_choice_has(&f->choice[ECO_FILTER_TASK],
                        is_ranked ? s->task[node] : 0) ||
        !eco_choice_has(&f->choice[ECO_FILTER_LICENCE],
                        is_ranked ? s->licence[node] : 0) ||
        !eco_choice_has(&f->choice[ECO_FILTER_LIBRARY],
                        is_ranked ? s->library[node] : 0))
        return false;
    if (!has_author(s, f, s->author[node]) || !has_language(m, node))
        return false;
    for (size_t i = 0; i < f->search.n; i++)
        if (!eco_str_contains_lower(id, f->search.word[i]))
            return false;
    return true;
}
