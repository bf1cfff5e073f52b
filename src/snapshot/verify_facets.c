/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/words.h"
#include "snapshot/bitmap.h"

static void check_entries(struct eco_verify *c, const char *name,
                          const struct eco_snap_dict *d)
{
    if (!eco_verify_texts(c, name, d->off, d->text, d->n, true))
        return;
    if (eco_snap_dict_text(d, 0).len)
        eco_verify_problem(c, "%s: entry 0 is not empty", name);
    for (uint32_t e = 1; e < d->n; e++)
        if (eco_str_cmp(eco_snap_dict_text(d, e - 1),
                        eco_snap_dict_text(d, e)) >= 0)
            eco_verify_problem(c, "%s: entry %u does not rise", name, e);
    for (uint32_t e = 1; e < d->n; e++)
        if (eco_word_is_reserved(eco_snap_dict_text(d, e)))
            eco_verify_problem(c, "%s: entry %u is a reserved word", name, e);
}

/* Does every number of the set satisfy `belongs`? The first that does not ends
 * the walk, so that all sets of a dictionary together take O(R). */
static uint64_t count_members(const roaring_bitmap_t *set,
                              bool (*belongs)(const void *arg, uint32_t v),
                              const void *arg, bool *all)
{
    roaring_uint32_iterator_t it;
    uint64_t n = 0;

    *all = true;
    for (roaring_init_iterator(set, &it); it.has_value;
         roaring_advance_uint32_iterator(&it)) {
        if (!belongs(arg, it.current_value)) {
            *all = false;
            break;
        }
        n++;
    }
    return n;
}

/* Load a set; *set is NULL for a malformed one, which is reported. */
static int load_set(struct eco_verify *c, const char *name, uint32_t entry,
                    const uint8_t *bytes, size_t len, roaring_bitmap_t **set,
                    struct eco_err *err)
{
    struct eco_err why = { 0 };
    int rc = eco_bitmap_load(bytes, len, c->s->meta->n_ranked, set, &why);

    if (!rc)
        return 0;
    *set = NULL;
    if (rc == ECO_ENOMEM)
        return eco_fail(err, rc, "%s", why.msg);
    eco_verify_problem(c, "%s: entry %u: %s", name, entry, why.msg);
    return 0;
}

/* The size of a set all of whose numbers belong; other sets are reported. */
static int check_set(struct eco_verify *c, const char *name, uint32_t entry,
                     const uint8_t *bytes, size_t len,
                     bool (*belongs)(const void *arg, uint32_t v),
                     const void *arg, uint64_t *members, struct eco_err *err)
{
    roaring_bitmap_t *set;
    bool all;
    int rc = load_set(c, name, entry, bytes, len, &set, err);

    *members = 0;
    if (rc || !set)
        return rc;
    *members = count_members(set, belongs, arg, &all);
    if (!all)
        eco_verify_problem(c, "%s: entry %u holds a model it should not", name,
                           entry);
    roaring_bitmap_free(set);
    return 0;
}

/* n sets, one after the other. */
struct sets {
    const char *name;
    const uint64_t *off;
    const uint8_t *bits;
    uint32_t n;
    bool in_use; /* all but the first have to have a model */
};

/* Offsets that fall are reported: then no set is looked at. */
static bool sets_rise(struct eco_verify *c, const struct sets *sets)
{
    const uint64_t *off = sets->off;

    for (uint32_t e = 0; e < sets->n; e++)
        if (off[e] > off[e + 1] || off[e + 1] > off[sets->n]) {
            eco_verify_problem(c, "%s: entry %u: set [%ju, %ju) of %ju bytes",
                               sets->name, e, (uintmax_t)off[e],
                               (uintmax_t)off[e + 1], (uintmax_t)off[sets->n]);
            return false;
        }
    return true;
}

static void check_in_use(struct eco_verify *c, const struct sets *sets,
                         uint32_t entry, uint64_t members)
{
    if (sets->in_use && entry && !members)
        eco_verify_problem(c, "%s: entry %u is not in use", sets->name, entry);
}

struct in_entry {
    const struct eco_snap *s;
    const uint16_t *column; /* NULL: by kind of author */
    uint32_t entry;
};

static bool has_entry(const void *arg, uint32_t v)
{
    const struct in_entry *want = arg;

    return want->column ? want->column[v] == want->entry
                        : eco_verify_kind(want->s, v) == want->entry;
}

/* A model has one entry, so sets that hold only their own models and R
 * together hold all of them. */
static int check_sets(struct eco_verify *c, const struct sets *sets,
                      const uint16_t *column, struct eco_err *err)
{
    uint64_t total = 0, members;

    if (!sets_rise(c, sets))
        return 0;
    for (uint32_t e = 0; e < sets->n; e++) {
        const struct in_entry want = { c->s, column, e };
        int rc = check_set(c, sets->name, e, sets->bits + sets->off[e],
                           (size_t)(sets->off[e + 1] - sets->off[e]), has_entry,
                           &want, &members, err);

        if (rc)
            return rc;
        check_in_use(c, sets, e, members);
        total += members;
    }
    if (total != c->s->meta->n_ranked)
        eco_verify_problem(c, "%s: the sets hold %ju of %u models", sets->name,
                           (uintmax_t)total, c->s->meta->n_ranked);
    return 0;
}

/* --- languages ------------------------------------------------------------------- */

int eco_verify_walk(struct eco_verify *c, const struct eco_snap_dict *d,
                    uint32_t entry, void (*visit)(void *arg, uint32_t v),
                    void *arg, struct eco_err *err)
{
    uint64_t lo = d->bits_off[entry], hi = d->bits_off[entry + 1];
    roaring_uint32_iterator_t it;
    roaring_bitmap_t *set;
    struct eco_err why = { 0 };
    int rc = eco_bitmap_load(d->bits + lo, (size_t)(hi - lo),
                             c->s->meta->n_ranked, &set, &why);

    if (rc)
        return rc == ECO_ENOMEM ? eco_fail(err, rc, "%s", why.msg) : 0;
    for (roaring_init_iterator(set, &it); it.has_value;
         roaring_advance_uint32_iterator(&it))
        visit(arg, it.current_value);
    roaring_bitmap_free(set);
    return 0;
}

struct languages {
    uint8_t *has_one; /* R */
    uint64_t n_has_one;
    uint64_t room; /* memberships that there may still be */
};

static void mark_members(const roaring_bitmap_t *set, struct languages *l)
{
    roaring_uint32_iterator_t it;

    for (roaring_init_iterator(set, &it); it.has_value;
         roaring_advance_uint32_iterator(&it)) {
        l->n_has_one += !l->has_one[it.current_value];
        l->has_one[it.current_value] = 1;
    }
}

/* Sets of runs could hold all models in a few bytes: what they hold together
 * is bounded before they are walked. */
static int mark_language(struct eco_verify *c, const struct sets *sets,
                         uint32_t e, struct languages *l, struct eco_err *err)
{
    roaring_bitmap_t *set;
    uint64_t members;
    int rc = load_set(c, sets->name, e, sets->bits + sets->off[e],
                      (size_t)(sets->off[e + 1] - sets->off[e]), &set, err);

    if (rc || !set)
        return rc;
    members = roaring_bitmap_get_cardinality(set);
    check_in_use(c, sets, e, members);
    if (members > l->room) {
        eco_verify_problem(c, "%s: more than %u languages a model", sets->name,
                           ECO_MAX_LANGUAGES);
        c->languages_ok = false;
    } else {
        l->room -= members;
        mark_members(set, l);
    }
    roaring_bitmap_free(set);
    return 0;
}

static bool has_none(const void *arg, uint32_t v)
{
    const struct languages *l = arg;

    return !l->has_one[v];
}

/* Entry 0 has the models that are in no other. */
static int check_languages(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap_dict *d = &c->s->languages;
    const struct sets sets = { "language.bits", d->bits_off, d->bits, d->n,
                               true };
    uint32_t r = c->s->meta->n_ranked;
    struct languages l = { .room = (uint64_t)r * ECO_MAX_LANGUAGES };
    uint64_t members = 0;
    int rc = 0;

    c->languages_ok = sets_rise(c, &sets);
    if (!c->languages_ok)
        return 0;
    l.has_one = eco_calloc(r, 1);
    if (!l.has_one)
        return eco_fail(err, ECO_ENOMEM, "no memory to check languages of %u",
                        r);
    for (uint32_t e = 1; !rc && c->languages_ok && e < d->n; e++)
        rc = mark_language(c, &sets, e, &l, err);
    if (!rc)
        rc = check_set(c, sets.name, 0, sets.bits, (size_t)sets.off[1],
                       has_none, &l, &members, err);
    if (!rc && members + l.n_has_one != r)
        eco_verify_problem(c,
                           "language.bits: %ju models have one, %ju of %u none",
                           (uintmax_t)l.n_has_one, (uintmax_t)members, r);
    eco_free(l.has_one);
    return rc;
}

/* --- columns and all --------------------------------------------------------------- */

static void check_column(struct eco_verify *c, const char *name,
                         const struct eco_snap_dict *d, const uint16_t *column)
{
    for (uint32_t v = 0; v < c->s->meta->n_ranked; v++)
        if (column[v] >= d->n)
            eco_verify_problem(c, "%s: model %u: entry %u of %u", name, v,
                               column[v], d->n);
}

static bool is_removed(const void *arg, uint32_t v)
{
    const uint8_t *flags = arg;

    return flags[v] & ECO_SNAP_REMOVED;
}

static int check_removed(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    uint64_t members;
    uint32_t n = 0;
    int rc = check_set(c, "removed.bits", 0, s->removed_bits,
                       (size_t)s->removed_bytes, is_removed, s->flags, &members,
                       err);

    if (rc)
        return rc;
    for (uint32_t v = 0; v < s->meta->n_ranked; v++)
        n += s->flags[v] & ECO_SNAP_REMOVED;
    if (members != n || s->meta->n_removed != n)
        eco_verify_problem(c,
                           "removed.bits: %ju models, %u in flags, %u in"
                           " meta",
                           (uintmax_t)members, n, s->meta->n_removed);
    return 0;
}

static int check_dictionaries(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    const struct {
        const char *text, *column, *bits;
        const struct eco_snap_dict *dict;
        const uint16_t *values;
    } facets[] = {
        { "task.text", "task", "task.bits", &s->tasks, s->task },
        { "library.text", "library", "library.bits", &s->libraries,
          s->library },
        { "licence.text", "licence", "licence.bits", &s->licences, s->licence },
    };

    for (size_t i = 0; i < sizeof(facets) / sizeof(facets[0]); i++) {
        const struct eco_snap_dict *d = facets[i].dict;
        const struct sets sets = { facets[i].bits, d->bits_off, d->bits, d->n,
                                   true };
        int rc;

        check_entries(c, facets[i].text, d);
        check_column(c, facets[i].column, d, facets[i].values);
        rc = check_sets(c, &sets, facets[i].values, err);
        if (rc)
            return rc;
    }
    return 0;
}

int eco_verify_facets(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    const struct sets kinds = { "kind.bits", s->kind_bits_off, s->kind_bits,
                                ECO_AUTHOR_KINDS, false };
    int rc = check_dictionaries(c, err);

    if (!rc)
        rc = check_sets(c, &kinds, NULL, err);
    check_entries(c, "language.text", &s->languages);
    if (!rc)
        rc = check_languages(c, err);
    return rc ? rc : check_removed(c, err);
}
