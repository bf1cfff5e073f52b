/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

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

/* The size of a set all of whose numbers belong; other sets are reported. */
static int check_set(struct eco_verify *c, const char *name, uint32_t entry,
                     const uint8_t *bytes, size_t len,
                     bool (*belongs)(const void *arg, uint32_t v),
                     const void *arg, uint64_t *members, struct eco_err *err)
{
    struct eco_err why = { 0 };
    roaring_bitmap_t *set;
    bool all;
    int rc = eco_bitmap_load(bytes, len, c->s->meta->n_ranked, &set, &why);

    *members = 0;
    if (rc == ECO_ENOMEM)
        return eco_fail(err, rc, "%s", why.msg);
    if (rc) {
        eco_verify_problem(c, "%s: entry %u: %s", name, entry, why.msg);
        return 0;
    }
    *members = count_members(set, belongs, arg, &all);
    if (!all)
        eco_verify_problem(c, "%s: entry %u holds a model it should not", name,
                           entry);
    roaring_bitmap_free(set);
    return 0;
}

struct in_entry {
    const uint16_t *column;
    uint32_t entry;
};

static bool has_entry(const void *arg, uint32_t v)
{
    const struct in_entry *want = arg;

    return want->column[v] == want->entry;
}

/* A model has one entry, so sets that hold only their own models and R
 * together hold all of them. */
static int check_sets(struct eco_verify *c, const char *name,
                      const struct eco_snap_dict *d, const uint16_t *column,
                      struct eco_err *err)
{
    uint64_t total = 0, members;

    for (uint32_t e = 0; e < d->n; e++) {
        const struct in_entry want = { column, e };
        uint64_t lo = d->bits_off[e], hi = d->bits_off[e + 1];
        int rc;

        if (lo > hi || hi > d->bits_off[d->n]) {
            eco_verify_problem(c, "%s: entry %u: set [%ju, %ju) of %ju bytes",
                               name, e, (uintmax_t)lo, (uintmax_t)hi,
                               (uintmax_t)d->bits_off[d->n]);
            return 0;
        }
        rc = check_set(c, name, e, d->bits + lo, (size_t)(hi - lo), has_entry,
                       &want, &members, err);
        if (rc)
            return rc;
        total += members;
    }
    if (total != c->s->meta->n_ranked)
        eco_verify_problem(c, "%s: the sets hold %ju of %u models", name,
                           (uintmax_t)total, c->s->meta->n_ranked);
    return 0;
}

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

int eco_verify_facets(struct eco_verify *c, struct eco_err *err)
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
        int rc;

        check_entries(c, facets[i].text, facets[i].dict);
        check_column(c, facets[i].column, facets[i].dict, facets[i].values);
        rc = check_sets(c, facets[i].bits, facets[i].dict, facets[i].values,
                        err);
        if (rc)
            return rc;
    }
    return check_removed(c, err);
}
