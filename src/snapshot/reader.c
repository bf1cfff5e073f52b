/* SPDX-License-Identifier: MIT */
#include "snapshot/reader.h"

#include <stddef.h>
#include <string.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "snapshot/file.h"
#include "snapshot/gram.h"

/* --- the sections that have to be there ---------------------------------- */

/* What a section's count is measured against. */
enum dim {
    DIM_ANY, /* any count: bytes known by their offsets, or a list of its own */
    DIM_ONE,
    DIM_NODES,
    DIM_RANKED,
    DIM_EDGES,
    DIM_AUTHORS,
    DIM_ALIASES,
    DIM_TASKS,
    DIM_LIBRARIES,
    DIM_LICENCES,
    DIM_LANGUAGES,
    DIM_FAMILIES,
    DIM_MONTHS,
    DIM_KINDS,     /* of authors */
    DIM_RELATIONS, /* to a main base */
    DIM_OTHERS,    /* facets with a rest behind their top list */
    DIM_GRAMS,
    DIM_AUTHOR_GRAMS,
    DIMS
};

struct shape {
    const char *name;
    uint32_t elem_bytes;
    enum dim dim;
    uint32_t extra;           /* elements behind those of dim */
    size_t field;             /* the pointer of struct eco_snap to set */
    const char *offsets_into; /* a column of offsets, the last being the count
                                 of this section */
};

/* clang-format off */
#define FIELD(member) offsetof(struct eco_snap, member)
#define COLUMN(name, type, dim, member)                                       \
    { name, sizeof(type), dim, 0, FIELD(member), NULL }
#define OFFSETS(name, dim, member, into)                                      \
    { name, sizeof(uint64_t), dim, 1, FIELD(member), into }
#define LIST(name, type, member)                                              \
    { name, sizeof(type), DIM_ANY, 0, FIELD(member), NULL }
#define TEXT(name, member) LIST(name, char, member)
#define TOTALS(name, dim, extra, facet)                                       \
    { name, sizeof(struct eco_total), dim, extra, FIELD(total[facet]), NULL }
#define GROWTH(name, facet) LIST(name, struct eco_growth, growth[facet])
#define DICT(name, dim, member)                                               \
    OFFSETS(name ".off", dim, member.off, name ".text"),                      \
    TEXT(name ".text", member.text),                                          \
    OFFSETS(name ".boff", dim, member.bits_off, name ".bits"),                \
    TEXT(name ".bits", member.bits)
#define GRAMS(keys, offsets, lists, dim, member)                              \
    COLUMN(keys, uint32_t, dim, member.key),                                  \
    OFFSETS(offsets, dim, member.off, lists),                                 \
    TEXT(lists, member.list)

static const struct shape shapes[] = {
    COLUMN("meta", struct eco_snap_meta, DIM_ONE, meta),
    OFFSETS("id.off", DIM_NODES, id_off, "id.text"),
    TEXT("id.text", id_text),
    COLUMN("id.order", uint32_t, DIM_NODES, id_order),
    OFFSETS("alias.off", DIM_ALIASES, alias_off, "alias.text"),
    TEXT("alias.text", alias_text),
    COLUMN("alias.node", uint32_t, DIM_ALIASES, alias_node),
    COLUMN("author", uint32_t, DIM_NODES, author),
    COLUMN("created", int64_t, DIM_RANKED, created),
    COLUMN("modified", int64_t, DIM_RANKED, modified),
    COLUMN("likes", int64_t, DIM_RANKED, likes),
    COLUMN("downloads", int64_t, DIM_RANKED, downloads),
    COLUMN("downloads_all", int64_t, DIM_RANKED, downloads_all),
    COLUMN("params", int64_t, DIM_RANKED, params),
    COLUMN("storage", int64_t, DIM_RANKED, storage),
    COLUMN("flags", uint8_t, DIM_RANKED, flags),
    COLUMN("task", uint16_t, DIM_RANKED, task),
    COLUMN("library", uint16_t, DIM_RANKED, library),
    COLUMN("licence", uint16_t, DIM_RANKED, licence),
    COLUMN("influence", double, DIM_NODES, influence),
    COLUMN("part.spaces", double, DIM_NODES, part_spaces),
    COLUMN("part.children", double, DIM_NODES, part_children),
    COLUMN("part.parents", double, DIM_NODES, part_parents),
    OFFSETS("down.off", DIM_NODES, graph.down_off, "down.node"),
    COLUMN("down.node", uint32_t, DIM_EDGES, graph.down),
    COLUMN("down.tag", uint8_t, DIM_EDGES, graph.down_tag),
    OFFSETS("up.off", DIM_NODES, graph.up_off, "up.node"),
    COLUMN("up.node", uint32_t, DIM_EDGES, graph.up),
    COLUMN("up.tag", uint8_t, DIM_EDGES, graph.up_tag),
    COLUMN("order.name", uint32_t, DIM_RANKED, order[ECO_ORDER_NAME]),
    COLUMN("order.created", uint32_t, DIM_RANKED, order[ECO_ORDER_CREATED]),
    COLUMN("order.downloads", uint32_t, DIM_RANKED,
           order[ECO_ORDER_DOWNLOADS]),
    COLUMN("order.likes", uint32_t, DIM_RANKED, order[ECO_ORDER_LIKES]),
    COLUMN("order.task", uint32_t, DIM_RANKED, order[ECO_ORDER_TASK]),
    OFFSETS("author.off", DIM_AUTHORS, author_off, "author.text"),
    TEXT("author.text", author_text),
    OFFSETS("author.foff", DIM_AUTHORS, author_full_off, "author.full"),
    TEXT("author.full", author_full),
    COLUMN("author.order", uint32_t, DIM_AUTHORS, author_order),
    COLUMN("author.kind", uint8_t, DIM_AUTHORS, author_kind),
    OFFSETS("author.first", DIM_AUTHORS, author_first, "author.node"),
    LIST("author.node", uint32_t, author_node),
    GRAMS("author.gkey", "author.goff", "author.glist", DIM_AUTHOR_GRAMS,
          author_grams),
    COLUMN("family", uint32_t, DIM_NODES, family),
    COLUMN("family.root", uint32_t, DIM_FAMILIES, family_root),
    OFFSETS("family.first", DIM_FAMILIES, family_first, "family.node"),
    LIST("family.node", uint32_t, family_node),
    OFFSETS("kind.boff", DIM_KINDS, kind_bits_off, "kind.bits"),
    TEXT("kind.bits", kind_bits),
    DICT("task", DIM_TASKS, tasks),
    DICT("library", DIM_LIBRARIES, libraries),
    DICT("licence", DIM_LICENCES, licences),
    DICT("language", DIM_LANGUAGES, languages),
    COLUMN("month.key", int32_t, DIM_MONTHS, month_key),
    COLUMN("total.all", struct eco_total, DIM_ONE, total_all),
    TOTALS("total.language", DIM_LANGUAGES, 0, ECO_FACET_LANGUAGE),
    TOTALS("total.author", DIM_AUTHORS, 1, ECO_FACET_AUTHOR),
    TOTALS("total.task", DIM_TASKS, 0, ECO_FACET_TASK),
    TOTALS("total.library", DIM_LIBRARIES, 0, ECO_FACET_LIBRARY),
    TOTALS("total.licence", DIM_LICENCES, 0, ECO_FACET_LICENCE),
    TOTALS("total.family", DIM_FAMILIES, 1, ECO_FACET_FAMILY),
    TOTALS("total.kind", DIM_KINDS, 0, ECO_FACET_KIND),
    TOTALS("total.relation", DIM_RELATIONS, 1, ECO_FACET_RELATION),
    TOTALS("total.month", DIM_MONTHS, 1, ECO_FACET_MONTH),
    COLUMN("others", struct eco_others, DIM_OTHERS, others),
    GROWTH("grow.task", ECO_FACET_TASK),
    GROWTH("grow.library", ECO_FACET_LIBRARY),
    GROWTH("grow.licence", ECO_FACET_LICENCE),
    GROWTH("grow.relation", ECO_FACET_RELATION),
    LIST("drift", struct eco_drift, drift),
    TEXT("removed.bits", removed_bits),
    GRAMS("gram.key", "gram.off", "gram.list", DIM_GRAMS, grams),
};
/* clang-format on */
#define N_SHAPES (sizeof(shapes) / sizeof(shapes[0]))

static int find_section(const struct eco_snap_file *f, const char *name,
                        const struct eco_snap_section **out,
                        struct eco_err *err)
{
    *out = eco_snap_file_find(f, name);
    if (!*out)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section %s is missing; run ecoviz build", f->name,
                        name);
    return 0;
}

/* A count that only its own section tells: count = dim + extra. */
static int measure(const struct eco_snap_file *f, const char *name,
                   uint64_t extra, uint64_t min, uint64_t max, uint64_t *dim,
                   struct eco_err *err)
{
    const struct eco_snap_section *s;
    int rc = find_section(f, name, &s, err);

    if (rc)
        return rc;
    if (s->count < min + extra || s->count - extra > max)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section %s: %ju elements, not %ju to %ju", f->name,
                        name, (uintmax_t)s->count, (uintmax_t)(min + extra),
                        (uintmax_t)(max + extra));
    *dim = s->count - extra;
    return 0;
}

static int measure_meta(struct eco_snap *s, uint64_t dims[DIMS],
                        struct eco_err *err)
{
    const struct eco_snap_file *f = s->file;
    const struct eco_snap_section *meta;
    int rc = find_section(f, "meta", &meta, err);

    if (rc)
        return rc;
    if (meta->count != 1)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section meta: %ju elements, not 1", f->name,
                        (uintmax_t)meta->count);
    s->meta = (const void *)(f->bytes + meta->offset);
    if (s->meta->n_nodes > ECO_MAX_NODES ||
        s->meta->n_ranked > s->meta->n_nodes)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section meta: %u ranked models of %u nodes",
                        f->name, s->meta->n_ranked, s->meta->n_nodes);
    if (s->meta->n_authors > s->meta->n_nodes)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section meta: %u authors of %u nodes", f->name,
                        s->meta->n_authors, s->meta->n_nodes);
    dims[DIM_ONE] = 1;
    dims[DIM_NODES] = s->meta->n_nodes;
    dims[DIM_RANKED] = s->meta->n_ranked;
    dims[DIM_EDGES] = s->meta->n_edges;
    dims[DIM_AUTHORS] = s->meta->n_authors;
    dims[DIM_KINDS] = ECO_AUTHOR_KINDS;
    dims[DIM_RELATIONS] = ECO_RELATIONS;
    dims[DIM_OTHERS] = ECO_FACETS_WITH_OTHERS;
    return 0;
}

static int measure_all(struct eco_snap *s, uint64_t dims[DIMS],
                       struct eco_err *err)
{
    static const struct {
        enum dim dim;
        const char *name;
        uint64_t extra, min, max;
    } own[] = {
        { DIM_ALIASES, "alias.node", 0, 0, ECO_MAX_NODES },
        { DIM_TASKS, "task.off", 1, 1, ECO_MAX_DICT_ENTRIES },
        { DIM_LIBRARIES, "library.off", 1, 1, ECO_MAX_DICT_ENTRIES },
        { DIM_LICENCES, "licence.off", 1, 1, ECO_MAX_DICT_ENTRIES },
        { DIM_LANGUAGES, "language.off", 1, 1, ECO_MAX_DICT_ENTRIES },
        { DIM_FAMILIES, "family.root", 0, 0, ECO_MAX_NODES },
        { DIM_MONTHS, "month.key", 0, 0, ECO_MAX_NODES },
        { DIM_GRAMS, "gram.key", 0, 0, ECO_GRAM_KEYS },
        { DIM_AUTHOR_GRAMS, "author.gkey", 0, 0, ECO_GRAM_KEYS },
    };
    int rc = measure_meta(s, dims, err);

    for (size_t i = 0; !rc && i < sizeof(own) / sizeof(own[0]); i++)
        rc = measure(s->file, own[i].name, own[i].extra, own[i].min, own[i].max,
                     &dims[own[i].dim], err);
    return rc;
}

/* Is everything there, in elements of the right size? */
static int check_elements(const struct eco_snap_file *f, struct eco_err *err)
{
    for (size_t i = 0; i < N_SHAPES; i++) {
        const struct eco_snap_section *s;
        int rc = find_section(f, shapes[i].name, &s, err);

        if (rc)
            return rc;
        if (s->elem_bytes != shapes[i].elem_bytes)
            return eco_fail(err, ECO_EFORMAT,
                            "%s: section %s: elements of %u bytes, not %u",
                            f->name, shapes[i].name, s->elem_bytes,
                            shapes[i].elem_bytes);
    }
    return 0;
}

static int check_count(const struct eco_snap_file *f, const struct shape *want,
                       const struct eco_snap_section *s,
                       const uint64_t dims[DIMS], struct eco_err *err)
{
    uint64_t count = dims[want->dim] + want->extra;

    if (want->dim != DIM_ANY && s->count != count)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section %s: %ju elements, not %ju", f->name,
                        want->name, (uintmax_t)s->count, (uintmax_t)count);
    return 0;
}

/* First and last offset; those between are checked where they are used. */
static int check_ends(const struct eco_snap_file *f, const struct shape *want,
                      const struct eco_snap_section *s, struct eco_err *err)
{
    const uint64_t *off = (const void *)(f->bytes + s->offset);
    const struct eco_snap_section *into;
    int rc = find_section(f, want->offsets_into, &into, err);

    if (rc)
        return rc;
    if (off[0] || off[s->count - 1] != into->count)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section %s: runs from %ju to %ju, not from 0 to"
                        " %ju",
                        f->name, want->name, (uintmax_t)off[0],
                        (uintmax_t)off[s->count - 1], (uintmax_t)into->count);
    return 0;
}

static int bind_sections(struct eco_snap *snap, const uint64_t dims[DIMS],
                         struct eco_err *err)
{
    const struct eco_snap_file *f = snap->file;

    for (size_t i = 0; i < N_SHAPES; i++) {
        const struct eco_snap_section *s;
        const void *at;
        int rc = find_section(f, shapes[i].name, &s, err);

        if (!rc)
            rc = check_count(f, &shapes[i], s, dims, err);
        if (!rc && shapes[i].offsets_into)
            rc = check_ends(f, &shapes[i], s, err);
        if (rc)
            return rc;
        at = f->bytes + s->offset;
        memcpy((char *)snap + shapes[i].field, &at, sizeof(at));
    }
    return 0;
}

static uint64_t count_of(const struct eco_snap *s, const char *name)
{
    return eco_snap_file_find(s->file, name)->count;
}

/* The numbers beside the pointers. */
static void bind_counts(struct eco_snap *s, const uint64_t dims[DIMS])
{
    s->content_hash = s->file->header->content_hash;
    s->graph.n = s->meta->n_nodes;
    s->graph.m = s->meta->n_edges;
    s->n_aliases = (uint32_t)dims[DIM_ALIASES];
    s->n_families = (uint32_t)dims[DIM_FAMILIES];
    s->n_months = (uint32_t)dims[DIM_MONTHS];
    s->tasks.n = (uint32_t)dims[DIM_TASKS];
    s->libraries.n = (uint32_t)dims[DIM_LIBRARIES];
    s->licences.n = (uint32_t)dims[DIM_LICENCES];
    s->languages.n = (uint32_t)dims[DIM_LANGUAGES];
    s->grams.n = (uint32_t)dims[DIM_GRAMS];
    s->grams.limit = s->meta->n_ranked;
    s->author_grams.n = (uint32_t)dims[DIM_AUTHOR_GRAMS];
    s->author_grams.limit = s->meta->n_authors;
    s->n_growth[ECO_FACET_TASK] = count_of(s, "grow.task");
    s->n_growth[ECO_FACET_LIBRARY] = count_of(s, "grow.library");
    s->n_growth[ECO_FACET_LICENCE] = count_of(s, "grow.licence");
    s->n_growth[ECO_FACET_RELATION] = count_of(s, "grow.relation");
    s->n_drift = count_of(s, "drift");
    s->removed_bytes = count_of(s, "removed.bits");
}

static int bind(struct eco_snap *s, struct eco_err *err)
{
    uint64_t dims[DIMS] = { 0 };
    int rc = check_elements(s->file, err);

    if (!rc)
        rc = measure_all(s, dims, err);
    if (!rc)
        rc = bind_sections(s, dims, err);
    if (!rc)
        bind_counts(s, dims);
    return rc;
}

/* --- open and close ------------------------------------------------------- */

static int new_snap(const char *name, struct eco_snap **out,
                    struct eco_err *err)
{
    struct eco_snap *s = eco_calloc(1, sizeof(*s));

    *out = NULL;
    if (s)
        s->file = eco_calloc(1, sizeof(*s->file));
    if (!s || !s->file) {
        eco_free(s);
        return eco_fail(err, ECO_ENOMEM, "no memory for snapshot %s", name);
    }
    s->file->name = name;
    atomic_init(&s->file->refs, 1);
    *out = s;
    return 0;
}

static int finish_open(struct eco_snap *s, struct eco_snap **out,
                       struct eco_err *err)
{
    int rc = eco_snap_file_check(s->file, err);

    if (!rc)
        rc = bind(s, err);
    if (rc)
        return rc;
    s->file->name = NULL; /* the caller's; not kept */
    *out = s;
    return 0;
}

int eco_snap_open(const char *path, struct eco_snap **out, struct eco_err *err)
{
    struct eco_snap *s;
    int rc;

    *out = NULL;
    rc = new_snap(path, &s, err);
    if (rc)
        return rc;
    rc = eco_snap_file_map(s->file, path, err);
    if (!rc)
        rc = finish_open(s, out, err);
    if (rc)
        eco_snap_unref(s);
    return rc;
}

int eco_snap_open_bytes(const char *name, const void *bytes, size_t len,
                        struct eco_snap **out, struct eco_err *err)
{
    struct eco_snap *s;
    int rc;

    *out = NULL;
    if ((uintptr_t)bytes % ECO_SNAP_ALIGN)
        return eco_fail(err, ECO_EINVAL, "%s: bytes are not aligned to %u",
                        name, ECO_SNAP_ALIGN);
    rc = new_snap(name, &s, err);
    if (rc)
        return rc;
    s->file->bytes = bytes;
    s->file->len = len;
    rc = finish_open(s, out, err);
    if (rc)
        eco_snap_unref(s);
    return rc;
}

struct eco_snap *eco_snap_ref(struct eco_snap *s)
{
    atomic_fetch_add_explicit(&s->file->refs, 1, memory_order_relaxed);
    return s;
}

void eco_snap_unref(struct eco_snap *s)
{
    if (!s || atomic_fetch_sub(&s->file->refs, 1) != 1)
        return;
    eco_snap_file_unmap(s->file);
    eco_free(s->file);
    eco_free(s);
}

/* --- texts ---------------------------------------------------------------- */

/* Entry i of n; empty when its offsets are beyond the text or fall. */
static struct eco_str text_at(const uint64_t *off, const char *text, uint32_t n,
                              uint32_t i)
{
    if (i >= n || off[i] > off[i + 1] || off[i + 1] > off[n])
        return (struct eco_str){ NULL, 0 };
    return (struct eco_str){ text + off[i], (size_t)(off[i + 1] - off[i]) };
}

struct eco_str eco_snap_id(const struct eco_snap *s, uint32_t node)
{
    return text_at(s->id_off, s->id_text, s->meta->n_nodes, node);
}

struct eco_str eco_snap_alias(const struct eco_snap *s, uint32_t alias)
{
    return text_at(s->alias_off, s->alias_text, s->n_aliases, alias);
}

struct eco_str eco_snap_author_name(const struct eco_snap *s, uint32_t author)
{
    return text_at(s->author_off, s->author_text, s->meta->n_authors, author);
}

struct eco_str eco_snap_author_full(const struct eco_snap *s, uint32_t author)
{
    return text_at(s->author_full_off, s->author_full, s->meta->n_authors,
                   author);
}

struct eco_str eco_snap_dict_text(const struct eco_snap_dict *d, uint32_t entry)
{
    return text_at(d->off, d->text, d->n, entry);
}

/* --- lookup by bisection --------------------------------------------------- */

bool eco_snap_dict_find(const struct eco_snap_dict *d, struct eco_str text,
                        uint32_t *entry)
{
    uint32_t lo = 0, hi = d->n;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int c = eco_str_cmp(eco_snap_dict_text(d, mid), text);

        if (!c) {
            *entry = mid;
            return true;
        }
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

/* n texts, and their order by lower-cased bytes; NULL: as they are numbered. */
struct sorted {
    const uint64_t *off;
    const char *text;
    const uint32_t *order;
    uint32_t n;
};

/* The number of `text`. */
static bool find_sorted(const struct sorted *t, struct eco_str text,
                        uint32_t *found)
{
    uint32_t lo = 0, hi = t->n;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        uint32_t i = t->order ? t->order[mid] : mid;
        int c = eco_str_cmp_nocase(text_at(t->off, t->text, t->n, i), text);

        if (!c) {
            *found = i;
            return i < t->n;
        }
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

bool eco_snap_find(const struct eco_snap *s, struct eco_str id, uint32_t *node)
{
    const struct sorted ids = { s->id_off, s->id_text, s->id_order,
                                s->meta->n_nodes };
    const struct sorted aliases = { s->alias_off, s->alias_text, NULL,
                                    s->n_aliases };
    uint32_t alias;

    if (find_sorted(&ids, id, node))
        return true;
    if (!find_sorted(&aliases, id, &alias) ||
        s->alias_node[alias] >= s->meta->n_nodes)
        return false;
    *node = s->alias_node[alias];
    return true;
}

bool eco_snap_find_author(const struct eco_snap *s, struct eco_str name,
                          uint32_t *author)
{
    const struct sorted names = { s->author_off, s->author_text,
                                  s->author_order, s->meta->n_authors };

    return find_sorted(&names, name, author);
}
