/* SPDX-License-Identifier: MIT */
#include "family.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "snapshot/bitmap.h"

#define ID_BYTES 24
#define FIRST_DAY 10000

static const char task_text[] = "chatdrawtalk";
static const uint64_t task_off[] = { 0, 0, 4, 8, 12 };
static const char language_text[] = "enzh";
static const uint64_t language_off[] = { 0, 0, 2, 4 };
#define LANGUAGES 3

struct eco_test_family_store {
    char (*id)[ID_BYTES];
    uint64_t *id_off;
    char *id_text;
    uint64_t *author_off;
    char *author_text;
    int64_t *zeros;
    struct eco_edge *edges;
    uint64_t m, cap;
    uint64_t *down_off, *up_off;
    uint32_t *down, *up;
    uint8_t *down_tag, *up_tag;
    uint64_t bits_off[LANGUAGES + 1];
    uint8_t *bits;
};

static void *grab(size_t n, size_t size)
{
    void *ptr = calloc(n + 1, size);

    if (!ptr)
        abort();
    return ptr;
}

/* --- facts ----------------------------------------------------------------------- */

static void make_authors(struct eco_test_family *f, uint32_t n)
{
    struct eco_test_family_store *st = f->store;

    f->author_kind = grab(n, 1);
    st->author_off = grab(n + 1, sizeof(uint64_t));
    st->author_text = grab(n, ID_BYTES);
    for (uint32_t a = 0; a < n; a++) {
        uint64_t at = st->author_off[a];

        f->author_kind[a] = ECO_AUTHOR_INDIVIDUAL;
        st->author_off[a + 1] =
            at + (uint64_t)sprintf(st->author_text + at, "a%06u", a);
    }
    f->meta.n_authors = n;
}

static void make_nodes(struct eco_test_family *f, uint32_t n_ranked, uint32_t n)
{
    f->meta.n_nodes = n;
    f->meta.n_ranked = n_ranked;
    f->created = grab(n_ranked, sizeof(int64_t));
    f->flags = grab(n_ranked, 1);
    f->task = grab(n_ranked, sizeof(uint16_t));
    f->library = grab(n_ranked, sizeof(uint16_t));
    f->licence = grab(n_ranked, sizeof(uint16_t));
    f->languages = grab(n_ranked, 1);
    f->author = grab(n, sizeof(uint32_t));
    f->influence = grab(n, sizeof(double));
    f->store->id = grab(n, ID_BYTES);
    f->store->zeros = grab(n, sizeof(int64_t));
    for (uint32_t v = 0; v < n_ranked; v++)
        f->created[v] = (FIRST_DAY + (int64_t)v) * ECO_DAY_MS;
    for (uint32_t v = 0; v < n; v++) {
        f->author[v] =
            f->meta.n_authors ? v % f->meta.n_authors : ECO_SNAP_NO_AUTHOR;
        f->influence[v] = 2.0 * n - v;
        sprintf(f->store->id[v], "m%u", v);
    }
}

struct eco_test_family *eco_test_family_new(uint32_t n_ranked, uint32_t n_nodes,
                                            uint32_t n_authors)
{
    struct eco_test_family *f = grab(1, sizeof(*f));

    f->store = grab(1, sizeof(*f->store));
    make_authors(f, n_authors);
    make_nodes(f, n_ranked, n_nodes);
    return f;
}

void eco_test_family_edge(struct eco_test_family *f, uint32_t base,
                          uint32_t derived, uint8_t tag)
{
    struct eco_test_family_store *st = f->store;

    if (st->m == st->cap) {
        st->cap = 2 * st->cap + 16;
        st->edges = realloc(st->edges, st->cap * sizeof(*st->edges));
        if (!st->edges)
            abort();
    }
    st->edges[st->m++] = (struct eco_edge){ base, derived, tag };
}

void eco_test_family_id(struct eco_test_family *f, uint32_t node,
                        const char *id)
{
    snprintf(f->store->id[node], ID_BYTES, "%s", id);
}

/* --- the snapshot ------------------------------------------------------------------ */

static int cmp_edges(const void *a, const void *b)
{
    const struct eco_edge *x = a, *y = b;

    if (x->base != y->base)
        return x->base < y->base ? -1 : 1;
    if (x->derived != y->derived)
        return x->derived < y->derived ? -1 : 1;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static void make_distinct(struct eco_test_family_store *st)
{
    uint64_t m = 0;

    if (st->m)
        qsort(st->edges, st->m, sizeof(*st->edges), cmp_edges);
    for (uint64_t i = 0; i < st->m; i++) {
        const struct eco_edge *e = &st->edges[i];

        if (e->base == e->derived)
            continue;
        if (!m || st->edges[m - 1].base != e->base ||
            st->edges[m - 1].derived != e->derived)
            st->edges[m++] = *e;
    }
    st->m = m;
}

static void make_rows(struct eco_test_family_store *st, uint32_t n)
{
    uint64_t *next = grab(n, sizeof(*next));

    st->down_off = grab(n + 1u, sizeof(uint64_t));
    st->up_off = grab(n + 1u, sizeof(uint64_t));
    st->down = grab(st->m, sizeof(uint32_t));
    st->up = grab(st->m, sizeof(uint32_t));
    st->down_tag = grab(st->m, 1);
    st->up_tag = grab(st->m, 1);
    for (uint64_t i = 0; i < st->m; i++) {
        st->down_off[st->edges[i].base + 1]++;
        st->up_off[st->edges[i].derived + 1]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        st->down_off[v + 1] += st->down_off[v];
        st->up_off[v + 1] += st->up_off[v];
        next[v] = st->up_off[v];
    }
    for (uint64_t i = 0; i < st->m; i++) {
        const struct eco_edge *e = &st->edges[i];
        uint64_t at = next[e->derived]++;

        st->down[i] = e->derived;
        st->down_tag[i] = e->tag;
        st->up[at] = e->base;
        st->up_tag[at] = e->tag;
    }
    free(next);
}

static void make_texts(struct eco_test_family_store *st, uint32_t n)
{
    st->id_off = grab(n + 1u, sizeof(uint64_t));
    st->id_text = grab(n, ID_BYTES);
    for (uint32_t v = 0; v < n; v++) {
        size_t len = strlen(st->id[v]);

        memcpy(st->id_text + st->id_off[v], st->id[v], len);
        st->id_off[v + 1] = st->id_off[v] + len;
    }
}

/* Entry 0 has what has no other. */
static bool has_language(uint8_t languages, int entry)
{
    return entry ? languages >> entry & 1 : !languages;
}

static void make_languages(struct eco_test_family *f)
{
    struct eco_test_family_store *st = f->store;
    uint32_t *list = grab(f->meta.n_ranked, sizeof(*list));
    struct eco_buf out;

    eco_buf_init(&out, 1 << 20);
    for (int e = 0; e < LANGUAGES; e++) {
        uint32_t n = 0;

        for (uint32_t v = 0; v < f->meta.n_ranked; v++)
            if (has_language(f->languages[v], e))
                list[n++] = v;
        eco_bitmap_append(&out, list, n);
        st->bits_off[e + 1] = out.len;
    }
    if (out.failed)
        abort();
    st->bits = grab(out.len, 1);
    memcpy(st->bits, out.ptr, out.len);
    eco_buf_release(&out);
    free(list);
}

static void point(struct eco_test_family *f)
{
    const struct eco_test_family_store *st = f->store;

    f->snap = (struct eco_snap){
        .meta = &f->meta,
        .id_off = st->id_off,
        .id_text = st->id_text,
        .author = f->author,
        .created = f->created,
        .modified = st->zeros,
        .likes = st->zeros,
        .downloads = st->zeros,
        .downloads_all = st->zeros,
        .params = st->zeros,
        .storage = st->zeros,
        .flags = f->flags,
        .task = f->task,
        .library = f->library,
        .licence = f->licence,
        .influence = f->influence,
        .part_spaces = (const double *)st->zeros,
        .part_children = (const double *)st->zeros,
        .part_parents = (const double *)st->zeros,
        .graph = { f->meta.n_nodes, st->m, st->down_off, st->down, st->down_tag,
                   st->up_off, st->up, st->up_tag },
        .author_off = st->author_off,
        .author_text = st->author_text,
        .author_full_off = st->author_off,
        .author_full = st->author_text,
        .author_kind = f->author_kind,
        .tasks = { .n = 4, .off = task_off, .text = task_text },
        .languages = { LANGUAGES, language_off, language_text, st->bits_off,
                       st->bits },
    };
}

const struct eco_snap *eco_test_family_snap(struct eco_test_family *f)
{
    make_distinct(f->store);
    make_rows(f->store, f->meta.n_nodes);
    make_texts(f->store, f->meta.n_nodes);
    make_languages(f);
    f->meta.n_edges = f->store->m;
    point(f);
    return &f->snap;
}

void eco_test_family_free(struct eco_test_family *f)
{
    struct eco_test_family_store *st = f->store;

    free(st->id);
    free(st->id_off);
    free(st->id_text);
    free(st->author_off);
    free(st->author_text);
    free(st->zeros);
    free(st->edges);
    free(st->down_off);
    free(st->up_off);
    free(st->down);
    free(st->up);
    free(st->down_tag);
    free(st->up_tag);
    free(st->bits);
    free(f->created);
    free(f->flags);
    free(f->task);
    free(f->library);
    free(f->licence);
    free(f->languages);
    free(f->author);
    free(f->influence);
    free(f->author_kind);
    free(st);
    free(f);
}
