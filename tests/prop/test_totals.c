/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "build/assemble.h"
#include "snapshot/bitmap.h"
#include "snapshot/reader.h"
#include "snapshot/verify.h"

#include "../ref/totals.h"
#include "sample_input.h"

/*
 * Random hubs with everything that is odd about the real one: what a build
 * counts is what the reference counts, to the last bit. Influence is the
 * snapshot's own.
 */
#define SMALL_HUBS 1200
#define LARGE_HUBS 100

#define AS_OF_DAY 20600
#define MOST_LANGUAGES 30 /* of one model */
#define MOST_BASES 100
#define ID_BYTES 40

static uint32_t below(uint64_t *seed, uint32_t n)
{
    return eco_sample_random(seed, n);
}

static bool one_in(uint64_t *seed, uint32_t n)
{
    return below(seed, n) == 0;
}

static void *grab(size_t n, size_t size)
{
    void *ptr = calloc(n + 1, size);

    assert_non_null(ptr);
    return ptr;
}

/* --- texts ----------------------------------------------------------------------------- */

/* Entry 0 is "none"; the rest in no order, and not all of them are used. */
struct pool {
    uint32_t n;
    char (*text)[16];
    uint64_t *off;
    char *bytes;
};

static struct pool make_pool(uint64_t *seed, uint32_t most, bool languages)
{
    static const char *const words[] = { "apple", "Zebra", "m", "0-" };
    struct pool p = { .n = 1 + below(seed, most + 1) };
    uint32_t *order = grab(p.n, sizeof(*order)), skipped = languages ? 2 : 0;

    p.text = grab(p.n, sizeof(*p.text));
    eco_sample_shuffle(seed, order, p.n - 1);
    for (uint32_t i = 0; i + 1 < p.n; i++) {
        char *text = p.text[i + 1];

        if (languages && order[i] < skipped)
            strcpy(text, order[i] ? "multilingual" : "code");
        else if (languages)
            snprintf(text, 16, "%c%c", 'a' + (char)(order[i] % 26),
                     'a' + (char)(order[i] / 26));
        else
            snprintf(text, 16, "%s%u", words[order[i] % 4], order[i]);
    }
    free(order);
    return p;
}

static struct eco_build_dict pool_dict(struct pool *p)
{
    p->off = grab(p->n + 1, sizeof(*p->off));
    p->bytes = grab(p->n, sizeof(*p->text));
    for (uint32_t i = 0; i < p->n; i++) {
        strcpy(p->bytes + p->off[i], p->text[i]);
        p->off[i + 1] = p->off[i] + strlen(p->text[i]);
    }
    return (struct eco_build_dict){ p->n, p->off, p->bytes };
}

/* Often none, often one of the first, now and then any. */
static const char *draw(uint64_t *seed, const struct pool *p)
{
    uint32_t few = p->n < 3 ? p->n : 3;

    return p->text[below(seed, one_in(seed, 2) ? few : p->n)];
}

static uint32_t entry_of(const struct pool *p, const char *text)
{
    uint32_t i = 0;

    while (p->text[i] != text)
        i++;
    return i;
}

static void release_pool(struct pool *p)
{
    free(p->text);
    free(p->off);
    free(p->bytes);
}

/* --- hubs ------------------------------------------------------------------------------- */

struct record {
    char name[ID_BYTES], full[ID_BYTES];
    uint8_t kind;
};

/* Rows in the order they are told in: those with facts, then placeholders. */
struct hub {
    uint64_t seed, state;
    uint32_t n_models, n, n_owners, n_records;
    bool is_flat; /* hardly anything is known: most influences are equal */
    struct eco_ref_row *rows;
    char (*ids)[ID_BYTES];
    double *spaces;
    struct record *records;
    struct pool tasks, libraries, licences, languages;
    struct eco_edge *edges;
    uint64_t m;
};

/* "own1", "own1-b", "own2", ...: "own1-b/x" sorts before "own1/x". */
static void name_owner(char *out, const char *word, uint32_t owner)
{
    snprintf(out, ID_BYTES / 2, "%s%u%s", word, owner / 2,
             owner % 2 ? "-b" : "");
}

/* Ids differ without case, owners are spelled in two ways. */
static void make_id(struct hub *h, uint32_t i)
{
    uint32_t owner = below(&h->state, h->n_owners + 1);
    bool is_loud = one_in(&h->state, 3);
    char name[ID_BYTES / 2];

    if (i >= h->n_models && one_in(&h->state, 2))
        owner += h->n_owners; /* who has nothing but placeholders */
    name_owner(name, is_loud ? "OWN" : "Own", owner);
    if (!owner)
        snprintf(h->ids[i], ID_BYTES, "%s%u", is_loud ? "X" : "x", i);
    else
        snprintf(h->ids[i], ID_BYTES, "%s/%c-%u", name,
                 'a' + (char)below(&h->state, 26), i);
    h->rows[i].id = h->ids[i];
}

static int64_t make_count(struct hub *h)
{
    if (one_in(&h->state, 6))
        return -1;
    if (h->is_flat)
        return 0;
    if (one_in(&h->state, 300))
        return ECO_MAX_COUNT - below(&h->state, 3);
    return below(&h->state, 1u << below(&h->state, 12));
}

/* Months far apart, their first and last instants, and days of the future. */
static int64_t make_time(struct hub *h)
{
    int64_t day = one_in(&h->state, 2) ? AS_OF_DAY - below(&h->state, 90)
                                       : below(&h->state, AS_OF_DAY + 400);

    if (one_in(&h->state, 8))
        return ECO_TIME_UNKNOWN;
    if (one_in(&h->state, 20))
        return below(&h->state, 2);
    if (one_in(&h->state, 20))
        return INT64_C(1646092800000) - below(&h->state, 2); /* 2022-03-01 */
    return day * ECO_DAY_MS + below(&h->state, 86400000);
}

static void make_languages(struct hub *h, struct eco_ref_row *row)
{
    const char **list = grab(MOST_LANGUAGES, sizeof(*list));
    uint32_t want =
        one_in(&h->state, 12) ? MOST_LANGUAGES : below(&h->state, 4);

    while (want-- > 0) {
        const char *text = draw(&h->state, &h->languages);
        bool is_new = text[0] != 0;

        for (uint32_t i = 0; i < row->n_languages; i++)
            is_new = is_new && list[i] != text;
        if (is_new)
            list[row->n_languages++] = text;
    }
    row->languages = list;
}

static void make_row(struct hub *h, uint32_t i)
{
    struct eco_ref_row *row = &h->rows[i];

    make_id(h, i);
    row->is_placeholder = i >= h->n_models;
    if (row->is_placeholder)
        return;
    row->task = draw(&h->state, &h->tasks);
    row->library = draw(&h->state, &h->libraries);
    row->licence = draw(&h->state, &h->licences);
    make_languages(h, row);
    row->created = make_time(h);
    row->likes = make_count(h);
    row->downloads = make_count(h);
    if (!h->is_flat && one_in(&h->state, 5))
        h->spaces[i] = below(&h->state, 100) / 8.0;
}

/* Some owners have a record, in a spelling of its own; some records have no
 * model. */
static void make_records(struct hub *h)
{
    h->records = grab(2 * h->n_owners + 3, sizeof(*h->records));
    for (uint32_t o = 1; o <= 2 * h->n_owners + 3; o++) {
        struct record *r = &h->records[h->n_records];

        if (one_in(&h->state, 3))
            continue;
        name_owner(r->name, one_in(&h->state, 2) ? "oWn" : "Own", o);
        if (one_in(&h->state, 2))
            snprintf(r->full, ID_BYTES, "Owner No. %u", o);
        r->kind = (uint8_t)below(&h->state, ECO_AUTHOR_KINDS);
        h->n_records++;
    }
}

static const struct record *record_of(const struct hub *h, const char *id)
{
    size_t len = strcspn(id, "/");

    for (uint32_t i = 0; id[len] && i < h->n_records; i++)
        if (strlen(h->records[i].name) == len &&
            !strncasecmp(h->records[i].name, id, len))
            return &h->records[i];
    return NULL;
}

/* --- edges: trees, merges, circles, loops, and things told twice ------------------------- */

static void join(struct hub *h, uint32_t base, uint32_t derived)
{
    uint8_t tag = (uint8_t)below(&h->state, ECO_RELATIONS);

    if (!one_in(&h->state, 3))
        tag |= ECO_EDGE_DECLARED;
    h->edges[h->m++] = (struct eco_edge){ base, derived, tag };
}

static void join_merge(struct hub *h)
{
    uint32_t v = below(&h->state, h->n);
    uint32_t bases =
        one_in(&h->state, 8) ? MOST_BASES : 2 + below(&h->state, 4);

    while (bases-- > 0)
        join(h, below(&h->state, h->n), v);
}

/* Of one, two, three or four. */
static void join_circle(struct hub *h)
{
    uint32_t first = below(&h->state, h->n), v = first;

    for (uint32_t len = below(&h->state, 4); len > 0; len--) {
        uint32_t next = below(&h->state, h->n);

        join(h, v, next);
        v = next;
    }
    join(h, v, first);
}

/* Half of the placeholders get a child, some a base, some none of both. */
static void make_edges(struct hub *h)
{
    uint32_t links = below(&h->state, h->n + 1);
    uint32_t merges = below(&h->state, 4), circles = below(&h->state, 4);

    h->edges =
        grab(2 * (size_t)h->n + 4 * MOST_BASES + 16 + 8, sizeof(*h->edges));
    for (uint32_t i = 0; i < links; i++)
        join(h, below(&h->state, h->n), below(&h->state, h->n));
    for (uint32_t i = h->n_models; i < h->n; i++)
        if (one_in(&h->state, 2))
            join(h, i, below(&h->state, h->n));
    while (merges-- > 0)
        join_merge(h);
    while (circles-- > 0)
        join_circle(h);
    for (uint32_t again = h->m ? below(&h->state, 8) : 0; again > 0; again--) {
        const struct eco_edge *e = &h->edges[below(&h->state, (uint32_t)h->m)];

        join(h, e->base, e->derived);
    }
}

static struct hub make_hub(uint64_t seed, uint32_t most)
{
    struct hub h = { .seed = seed, .state = seed };

    h.n_models = 1 + below(&h.state, most);
    h.n = h.n_models + below(&h.state, h.n_models / 3 + 2);
    h.n_owners = below(&h.state, one_in(&h.state, 2) ? 5 : 60);
    h.is_flat = one_in(&h.state, 3);
    h.tasks = make_pool(&h.state, one_in(&h.state, 2) ? 5 : 220, false);
    h.libraries = make_pool(&h.state, 45, false);
    h.licences = make_pool(&h.state, 45, false);
    h.languages = make_pool(&h.state, 60, true);
    h.rows = grab(h.n, sizeof(*h.rows));
    h.ids = grab(h.n, sizeof(*h.ids));
    h.spaces = grab(h.n, sizeof(*h.spaces));
    for (uint32_t i = 0; i < h.n; i++)
        make_row(&h, i);
    make_records(&h);
    for (uint32_t i = 0; i < h.n; i++) {
        const struct record *r = record_of(&h, h.rows[i].id);

        h.rows[i].kind = r ? r->kind : ECO_AUTHOR_UNKNOWN;
    }
    make_edges(&h);
    return h;
}

static void release_hub(struct hub *h)
{
    for (uint32_t i = 0; i < h->n; i++)
        free((void *)(uintptr_t)h->rows[i].languages);
    release_pool(&h->tasks);
    release_pool(&h->libraries);
    release_pool(&h->licences);
    release_pool(&h->languages);
    free(h->rows);
    free(h->ids);
    free(h->spaces);
    free(h->records);
    free(h->edges);
}

/* --- from rows to columns to a snapshot --------------------------------------------------- */

/* The arrays of a build's input, which borrows them. */
struct columns {
    uint64_t *id_off, *language_off, *author_off, *full_off, alias_off[1];
    char *id_text, *author_text, *full_text;
    int64_t *created, *likes, *downloads, *unknown, *undated;
    uint8_t *flags, *author_kind;
    uint32_t *task, *library, *licence, *language;
    struct eco_edge *edges;
};

static void fill_ids(const struct hub *h, struct columns *c)
{
    c->id_off = grab(h->n + 1, sizeof(uint64_t));
    c->id_text = grab(h->n, ID_BYTES);
    for (uint32_t i = 0; i < h->n; i++) {
        strcpy(c->id_text + c->id_off[i], h->ids[i]);
        c->id_off[i + 1] = c->id_off[i] + strlen(h->ids[i]);
    }
    c->author_off = grab(h->n_records + 1, sizeof(uint64_t));
    c->full_off = grab(h->n_records + 1, sizeof(uint64_t));
    c->author_text = grab(h->n_records, ID_BYTES);
    c->full_text = grab(h->n_records, ID_BYTES);
    c->author_kind = grab(h->n_records, 1);
    for (uint32_t i = 0; i < h->n_records; i++) {
        strcpy(c->author_text + c->author_off[i], h->records[i].name);
        c->author_off[i + 1] = c->author_off[i] + strlen(h->records[i].name);
        strcpy(c->full_text + c->full_off[i], h->records[i].full);
        c->full_off[i + 1] = c->full_off[i] + strlen(h->records[i].full);
        c->author_kind[i] = h->records[i].kind;
    }
}

static void fill_languages(const struct hub *h, struct columns *c)
{
    c->language_off = grab(h->n_models + 1, sizeof(uint64_t));
    c->language = grab((size_t)h->n_models * MOST_LANGUAGES, sizeof(uint32_t));
    for (uint32_t i = 0; i < h->n_models; i++) {
        const struct eco_ref_row *row = &h->rows[i];
        uint64_t at = c->language_off[i];

        for (uint32_t k = 0; k < row->n_languages; k++)
            c->language[at++] = entry_of(&h->languages, row->languages[k]);
        c->language_off[i + 1] = at;
    }
}

static void fill_columns(const struct hub *h, struct columns *c)
{
    c->created = grab(h->n_models, sizeof(int64_t));
    c->likes = grab(h->n_models, sizeof(int64_t));
    c->downloads = grab(h->n_models, sizeof(int64_t));
    c->unknown = grab(h->n_models, sizeof(int64_t));
    c->undated = grab(h->n_models, sizeof(int64_t));
    c->flags = grab(h->n_models, 1);
    c->task = grab(h->n_models, sizeof(uint32_t));
    c->library = grab(h->n_models, sizeof(uint32_t));
    c->licence = grab(h->n_models, sizeof(uint32_t));
    for (uint32_t i = 0; i < h->n_models; i++) {
        const struct eco_ref_row *row = &h->rows[i];

        c->created[i] = row->created;
        c->likes[i] = row->likes;
        c->downloads[i] = row->downloads;
        c->unknown[i] = -1;
        c->undated[i] = ECO_TIME_UNKNOWN;
        c->flags[i] = i % 5 ? 0 : ECO_SNAP_REMOVED; /* which do count */
        c->task[i] = entry_of(&h->tasks, row->task);
        c->library[i] = entry_of(&h->libraries, row->library);
        c->licence[i] = entry_of(&h->licences, row->licence);
    }
    c->edges = grab(h->m, sizeof(*c->edges));
    memcpy(c->edges, h->edges, h->m * sizeof(*c->edges));
}

static struct eco_build_input make_input(struct hub *h, struct columns *c)
{
    fill_ids(h, c);
    fill_languages(h, c);
    fill_columns(h, c);
    return (struct eco_build_input){
        .as_of_day = AS_OF_DAY,
        .data = ECO_DATA_SAMPLE,
        .params = eco_influence_defaults,
        .n_models = h->n_models,
        .n_nodes = h->n,
        .id_off = c->id_off,
        .id_text = c->id_text,
        .created = c->created,
        .modified = c->undated,
        .likes = c->likes,
        .downloads = c->downloads,
        .downloads_all = c->unknown,
        .params_count = c->unknown,
        .storage = c->unknown,
        .flags = c->flags,
        .task = c->task,
        .library = c->library,
        .licence = c->licence,
        .spaces = h->spaces,
        .tasks = pool_dict(&h->tasks),
        .libraries = pool_dict(&h->libraries),
        .licences = pool_dict(&h->licences),
        .language_off = c->language_off,
        .language = c->language,
        .languages = pool_dict(&h->languages),
        .edges = c->edges,
        .n_edges = h->m,
        .alias_off = c->alias_off,
        .alias_text = "",
        .n_authors = h->n_records,
        .author_off = c->author_off,
        .author_text = c->author_text,
        .author_full_off = c->full_off,
        .author_full = c->full_text,
        .author_kind = c->author_kind,
    };
}

static void release_columns(struct columns *c)
{
    free(c->id_off);
    free(c->language_off);
    free(c->author_off);
    free(c->full_off);
    free(c->id_text);
    free(c->author_text);
    free(c->full_text);
    free(c->created);
    free(c->likes);
    free(c->downloads);
    free(c->unknown);
    free(c->undated);
    free(c->flags);
    free(c->author_kind);
    free(c->task);
    free(c->library);
    free(c->licence);
    free(c->language);
    free(c->edges);
}

static void on_problem(void *arg, const char *message)
{
    print_error("seed %ju: %s\n", (uintmax_t) * (const uint64_t *)arg, message);
}

static void verify(const struct eco_snap *s, uint64_t seed)
{
    struct eco_snap_problems problems = { .report = on_problem, .arg = &seed };

    assert_int_equal(eco_snap_verify(s, &problems, NULL), 0);
    assert_int_equal(problems.count, 0);
}

/* In memory, where that is to be had: every file is synced to its disk. */
static struct eco_snap *build(struct hub *h)
{
    const char *folder = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
    char dir[40], path[48];
    struct columns c = { 0 };
    struct eco_build_input in = make_input(h, &c);
    struct eco_snap *s = NULL;
    struct eco_err err = { 0 };

    snprintf(dir, sizeof(dir), "%s/eco-totals-XXXXXX", folder);
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/x.eco", dir);
    if (eco_build_assemble(&in, path, NULL, &err) ||
        eco_snap_open(path, &s, &err))
        fail_msg("seed %ju: %s", (uintmax_t)h->seed, err.msg);
    unlink(path);
    rmdir(dir);
    release_columns(&c);
    verify(s, h->seed);
    return s;
}

/* --- one case -------------------------------------------------------------------------------- */

struct test_case {
    uint64_t seed;
    const struct hub *h;
    struct eco_snap *s;
    struct eco_ref_row *rows; /* by node */
    struct eco_edge *edges;   /* of nodes */
    struct eco_ref_totals *t;
};

#define CHECK(c, what)                                                         \
    do {                                                                       \
        if (!(what))                                                           \
            fail_msg("seed %ju: %s", (uintmax_t)(c)->seed, #what);             \
    } while (0)

static bool is_text(struct eco_str s, const char *text)
{
    return eco_str_is(s, text);
}

/* Rows and edges, as the snapshot numbers them. */
static void number(struct test_case *c)
{
    const struct hub *h = c->h;
    uint32_t *node = grab(h->n, sizeof(*node));

    c->rows = grab(h->n, sizeof(*c->rows));
    c->edges = grab(h->m, sizeof(*c->edges));
    CHECK(c,
          c->s->meta->n_nodes == h->n && c->s->meta->n_ranked == h->n_models);
    for (uint32_t i = 0; i < h->n; i++) {
        uint32_t v = 0;

        while (v < h->n && !is_text(eco_snap_id(c->s, v), h->ids[i]))
            v++;
        CHECK(c, v < h->n && (v >= h->n_models) == h->rows[i].is_placeholder);
        node[i] = v;
        c->rows[v] = h->rows[i];
        c->rows[v].influence = c->s->influence[v];
    }
    for (uint64_t i = 0; i < h->m; i++)
        c->edges[i] =
            (struct eco_edge){ node[h->edges[i].base],
                               node[h->edges[i].derived], h->edges[i].tag };
    free(node);
}

static bool is_total(const struct eco_total *got, const struct eco_total *want)
{
    return got->models == want->models && got->influence == want->influence &&
           got->likes == want->likes && got->downloads == want->downloads;
}

static bool is_list(const uint32_t *got, uint64_t n,
                    const struct eco_ref_set *want)
{
    return n == want->n && (!n || !memcmp(got, want->at, n * sizeof(*got)));
}

/* The first ten, and zeros. */
static bool is_ten(const uint32_t *got, uint32_t n,
                   const struct eco_ref_set *want)
{
    bool same = n == (want->n < ECO_FACET_TEN ? want->n : ECO_FACET_TEN);

    for (uint32_t i = 0; i < ECO_FACET_TEN; i++)
        same = same && got[i] == (i < n ? want->at[i] : 0);
    return same;
}

static void check_bitmap(const struct test_case *c, const uint64_t *off,
                         const uint8_t *bits, uint32_t i,
                         const struct eco_ref_set *want)
{
    roaring_bitmap_t *set = NULL;
    uint32_t *got;
    uint64_t n;

    CHECK(c, !eco_bitmap_load(bits + off[i], (size_t)(off[i + 1] - off[i]),
                              c->h->n_models, &set, NULL));
    n = roaring_bitmap_get_cardinality(set);
    got = grab(n, sizeof(*got));
    roaring_bitmap_to_uint32_array(set, got);
    CHECK(c, is_list(got, n, want));
    free(got);
    roaring_bitmap_free(set);
}

/* --- section by section ------------------------------------------------------------------------- */

static const struct eco_ref_value *entry(const struct eco_ref_facet *f,
                                         uint32_t i)
{
    return i ? &f->values[i - 1] : &f->none;
}

static void check_dict(const struct test_case *c, enum eco_facet facet,
                       const struct eco_snap_dict *d)
{
    const struct eco_ref_facet *f = &c->t->facet[facet];

    CHECK(c, d->n == f->n + 1);
    for (uint32_t i = 0; i < d->n; i++) {
        const struct eco_ref_value *want = entry(f, i);

        CHECK(c, is_text(eco_snap_dict_text(d, i), i ? want->text : ""));
        CHECK(c, is_total(&c->s->total[facet][i], &want->total));
        check_bitmap(c, d->bits_off, d->bits, i, &want->models);
    }
}

static void check_column(const struct test_case *c, enum eco_facet facet,
                         const uint16_t *column)
{
    const struct eco_ref_facet *f = &c->t->facet[facet];

    for (uint32_t i = 0; i <= f->n; i++)
        for (uint32_t k = 0; k < entry(f, i)->models.n; k++)
            CHECK(c, column[entry(f, i)->models.at[k]] == i);
}

static void check_dicts(const struct test_case *c)
{
    check_dict(c, ECO_FACET_TASK, &c->s->tasks);
    check_dict(c, ECO_FACET_LIBRARY, &c->s->libraries);
    check_dict(c, ECO_FACET_LICENCE, &c->s->licences);
    check_dict(c, ECO_FACET_LANGUAGE, &c->s->languages);
    check_column(c, ECO_FACET_TASK, c->s->task);
    check_column(c, ECO_FACET_LIBRARY, c->s->library);
    check_column(c, ECO_FACET_LICENCE, c->s->licence);
}

static void check_spelling(const struct test_case *c, uint32_t author,
                           uint32_t first_node)
{
    const char *id = c->rows[first_node].id;
    const struct record *r = record_of(c->h, id);
    struct eco_str name = eco_snap_author_name(c->s, author);

    CHECK(c, is_text(eco_snap_author_full(c->s, author), r ? r->full : ""));
    if (r)
        CHECK(c, is_text(name, r->name));
    else
        CHECK(c,
              name.len == strcspn(id, "/") && !strncmp(name.ptr, id, name.len));
}

/* Who has which nodes and which models, by number. */
static void check_authors(const struct test_case *c)
{
    const struct eco_ref_facet *f = &c->t->facet[ECO_FACET_AUTHOR];
    const struct eco_total *got = c->s->total[ECO_FACET_AUTHOR];

    CHECK(c, c->s->meta->n_authors == f->n);
    for (uint32_t a = 0; a < f->n; a++) {
        const struct eco_ref_value *want = &f->values[a];
        uint64_t from = c->s->author_first[a];
        struct eco_str name = eco_snap_author_name(c->s, a);

        CHECK(c, !eco_str_cmp_nocase(name, eco_str_from_c(want->text)));
        check_spelling(c, a, want->nodes.at[0]);
        CHECK(c, c->s->author_kind[a] == c->rows[want->nodes.at[0]].kind);
        for (uint32_t i = 0; i < want->nodes.n; i++)
            CHECK(c, c->s->author[want->nodes.at[i]] == a);
        CHECK(c, is_list(c->s->author_node + from,
                         c->s->author_first[a + 1] - from, &want->models));
        CHECK(c, is_total(&got[a], &want->total));
    }
    for (uint32_t i = 0; i < f->none.nodes.n; i++)
        CHECK(c, c->s->author[f->none.nodes.at[i]] == ECO_SNAP_NO_AUTHOR);
    CHECK(c, is_total(&got[f->n], &f->none.total));
}

/* Every author once, by name. */
static void check_author_order(const struct test_case *c)
{
    uint32_t n = c->s->meta->n_authors;

    for (uint32_t i = 1; i < n; i++)
        CHECK(c, eco_str_cmp_nocase(
                     eco_snap_author_name(c->s, c->s->author_order[i - 1]),
                     eco_snap_author_name(c->s, c->s->author_order[i])) < 0);
}

static void check_families(const struct test_case *c)
{
    const struct eco_ref_facet *f = &c->t->facet[ECO_FACET_FAMILY];
    const struct eco_total *got = c->s->total[ECO_FACET_FAMILY];

    CHECK(c, c->s->n_families == f->n);
    for (uint32_t i = 0; i < f->n; i++) {
        const struct eco_ref_value *want = &f->values[i];
        uint64_t from = c->s->family_first[i];

        CHECK(c, is_text(eco_snap_id(c->s, c->s->family_root[i]), want->text));
        for (uint32_t k = 0; k < want->nodes.n; k++)
            CHECK(c, c->s->family[want->nodes.at[k]] == i);
        CHECK(c, is_list(c->s->family_node + from,
                         c->s->family_first[i + 1] - from, &want->models));
        CHECK(c, is_total(&got[i], &want->total));
    }
    for (uint32_t i = 0; i < f->none.nodes.n; i++)
        CHECK(c, c->s->family[f->none.nodes.at[i]] == ECO_SNAP_NO_FAMILY);
    CHECK(c, is_total(&got[f->n], &f->none.total));
}

static void check_kinds(const struct test_case *c)
{
    const struct eco_ref_facet *f = &c->t->facet[ECO_FACET_KIND];

    for (uint32_t i = 0; i < ECO_AUTHOR_KINDS; i++) {
        CHECK(c,
              is_total(&c->s->total[ECO_FACET_KIND][i], &f->values[i].total));
        check_bitmap(c, c->s->kind_bits_off, c->s->kind_bits, i,
                     &f->values[i].models);
    }
}

static void check_relations(const struct test_case *c)
{
    const struct eco_ref_facet *f = &c->t->facet[ECO_FACET_RELATION];
    const struct eco_total *got = c->s->total[ECO_FACET_RELATION];

    for (uint32_t i = 0; i < ECO_RELATIONS; i++)
        CHECK(c, is_total(&got[i], &f->values[i].total));
    CHECK(c, is_total(&got[ECO_RELATIONS], &f->none.total));
}

static void check_months(const struct test_case *c)
{
    const struct eco_ref_facet *f = &c->t->facet[ECO_FACET_MONTH];
    const struct eco_total *got = c->s->total[ECO_FACET_MONTH];

    CHECK(c, c->s->n_months == f->n);
    for (uint32_t i = 0; i < f->n; i++) {
        CHECK(c, c->s->month_key[i] == f->values[i].number);
        CHECK(c, is_total(&got[i], &f->values[i].total));
    }
    CHECK(c, is_total(&got[f->n], &f->none.total));
}

static void check_others(const struct test_case *c, enum eco_facet facet)
{
    const struct eco_ref_facet *f = &c->t->facet[facet];
    const struct eco_others *got = &c->s->others[facet];

    CHECK(c, got->values == f->n_others);
    CHECK(c, is_total(&got->total, &f->others.total));
    CHECK(c, is_ten(got->top, got->n, &f->others.models));
}

static void check_growth(const struct test_case *c, enum eco_facet facet)
{
    uint32_t n = c->t->n_growth[facet];

    CHECK(c, c->s->n_growth[facet] == n);
    for (uint32_t i = 0; i < n; i++) {
        const struct eco_growth *got = &c->s->growth[facet][i];
        const struct eco_growth *want = &c->t->growth[facet][i];

        CHECK(c, got->month == want->month && got->entry == want->entry);
        CHECK(c, got->models == want->models);
    }
}

static void check_drift(const struct test_case *c)
{
    CHECK(c, c->s->n_drift == c->t->n_pairs);
    for (uint32_t i = 0; i < c->t->n_pairs; i++) {
        const struct eco_drift *got = &c->s->drift[i];
        const struct eco_ref_pair *want = &c->t->pairs[i];
        const struct eco_snap_dict *d = &c->s->licences;

        CHECK(c, is_text(eco_snap_dict_text(d, got->base), want->base));
        CHECK(c, is_text(eco_snap_dict_text(d, got->derived), want->derived));
        CHECK(c, got->edges == want->edges && got->models == want->models.n);
        CHECK(c, is_ten(got->top, got->n, &want->models) && !got->zero);
    }
}

static void check_all(const struct test_case *c)
{
    CHECK(c, is_total(c->s->total_all, &c->t->all.total));
    check_dicts(c);
    check_authors(c);
    check_author_order(c);
    check_families(c);
    check_kinds(c);
    check_relations(c);
    check_months(c);
    for (int f = 0; f < ECO_FACETS_WITH_OTHERS; f++)
        check_others(c, (enum eco_facet)f);
    check_growth(c, ECO_FACET_TASK);
    check_growth(c, ECO_FACET_LIBRARY);
    check_growth(c, ECO_FACET_LICENCE);
    check_growth(c, ECO_FACET_RELATION);
    check_drift(c);
}

/* --- everything, often ------------------------------------------------------------------------------ */

/* How often a hub had what is rare: a generator that makes none of it would
 * prove nothing. */
struct seen {
    uint32_t others[ECO_FACETS_WITH_OTHERS];
    uint32_t more_than_ten; /* models behind a top list, or of a pair */
    uint32_t empty_authors, empty_families, placeholder_roots;
    uint32_t tied_authors, tied_families;
    uint32_t no_language_told; /* but "multilingual" or "code" */
    uint32_t many_languages, saturated;
};

static bool is_tied(const struct eco_ref_facet *f)
{
    for (uint32_t i = 1; i < f->n; i++) {
        const struct eco_total *a = &f->values[i - 1].total;
        const struct eco_total *b = &f->values[i].total;

        if (b->models && a->influence == b->influence && a->models == b->models)
            return true;
    }
    return false;
}

static void look_at_groups(struct seen *seen, const struct test_case *c)
{
    const struct eco_ref_facet *a = &c->t->facet[ECO_FACET_AUTHOR];
    const struct eco_ref_facet *f = &c->t->facet[ECO_FACET_FAMILY];

    seen->tied_authors += is_tied(a);
    seen->tied_families += is_tied(f);
    for (uint32_t i = 0; i < a->n; i++)
        seen->empty_authors += !a->values[i].models.n;
    for (uint32_t i = 0; i < f->n; i++) {
        seen->empty_families += !f->values[i].models.n;
        seen->placeholder_roots += c->rows[f->values[i].number].is_placeholder;
    }
}

static void look(struct seen *seen, const struct test_case *c)
{
    for (int f = 0; f < ECO_FACETS_WITH_OTHERS; f++) {
        seen->others[f] += c->t->facet[f].others.models.n > 0;
        seen->more_than_ten += c->t->facet[f].others.models.n > ECO_FACET_TEN;
    }
    for (uint32_t v = 0; v < c->h->n_models; v++) {
        const struct eco_ref_row *row = &c->rows[v];

        seen->many_languages += row->n_languages > 8;
        seen->no_language_told +=
            row->n_languages == 1 && strlen(row->languages[0]) > 2;
    }
    seen->saturated += c->t->all.total.likes == ECO_MAX_COUNT;
    look_at_groups(seen, c);
}

static void check_seen(const struct seen *seen)
{
    for (int f = 0; f < ECO_FACETS_WITH_OTHERS; f++)
        assert_true(seen->others[f] >= 10);
    assert_true(seen->more_than_ten >= 10);
    assert_true(seen->empty_authors && seen->empty_families);
    assert_true(seen->placeholder_roots && seen->saturated);
    assert_true(seen->tied_authors && seen->tied_families);
    assert_true(seen->no_language_told && seen->many_languages);
}

/* Build it and compare everything. */
static struct test_case open_case(struct hub *h)
{
    struct test_case c = { .seed = h->seed, .h = h, .s = build(h) };

    number(&c);
    c.t = eco_ref_totals_new(c.rows, h->n, c.edges, h->m);
    check_all(&c);
    return c;
}

static void close_case(struct test_case *c, struct hub *h)
{
    eco_ref_totals_free(c->t);
    free(c->rows);
    free(c->edges);
    eco_snap_unref(c->s);
    release_hub(h);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void check_hub(uint64_t seed, uint32_t most, struct seen *seen)
{
    struct hub h = make_hub(seed, most);
    struct test_case c = open_case(&h);

    look(seen, &c);
    close_case(&c, &h);
}

static void random_hubs(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    for (uint64_t seed = 1; seed <= SMALL_HUBS; seed++)
        check_hub(seed, seed % 2 ? 12 : 100, &seen);
    for (uint64_t seed = 1; seed <= LARGE_HUBS; seed++)
        check_hub(1000000 + seed, 700, &seen);
    check_seen(&seen);
}

/* --- by hand ---------------------------------------------------------------------------------------- */

/* A pool of "none" and `n` words: "aa", "ba", "ca", ... */
static struct pool hand_pool(uint32_t n)
{
    struct pool p = { .n = 1 + n, .text = grab(1 + n, sizeof(*p.text)) };

    for (uint32_t i = 0; i < n; i++)
        snprintf(p.text[i + 1], sizeof(*p.text), "%c%c", 'a' + (char)(i % 26),
                 'a' + (char)(i / 26));
    return p;
}

/* Rows "hand/0", "hand/1", ... of which nothing is told but likes, fewer from
 * row to row. */
static struct hub hand_hub(uint32_t n_models, uint32_t n, uint32_t n_languages)
{
    struct hub h = {
        .n_models = n_models,
        .n = n,
        .rows = grab(n, sizeof(*h.rows)),
        .ids = grab(n, sizeof(*h.ids)),
        .spaces = grab(n, sizeof(*h.spaces)),
        .edges = grab(n, sizeof(*h.edges)),
        .tasks = hand_pool(0),
        .libraries = hand_pool(0),
        .licences = hand_pool(0),
        .languages = hand_pool(n_languages),
    };

    for (uint32_t i = 0; i < n; i++) {
        snprintf(h.ids[i], ID_BYTES, "hand/%u", i);
        h.rows[i] = (struct eco_ref_row){
            .id = h.ids[i],
            .is_placeholder = i >= n_models,
            .task = h.tasks.text[0],
            .library = h.libraries.text[0],
            .licence = h.licences.text[0],
            .languages = grab(n_languages, sizeof(char *)),
            .created = ECO_TIME_UNKNOWN,
            .likes = 1000 - i,
            .downloads = -1,
        };
    }
    return h;
}

static void speak(struct hub *h, uint32_t row, uint32_t language)
{
    struct eco_ref_row *r = &h->rows[row];
    const char **list = (const char **)(uintptr_t)r->languages;

    list[r->n_languages++] = h->languages.text[language];
}

static void hand_edge(struct hub *h, uint32_t base, uint32_t derived,
                      enum eco_relation relation)
{
    h->edges[h->m++] = (struct eco_edge){ base, derived, (uint8_t)relation };
}

static void a_model_with_thirty_languages(void **state)
{
    struct hub h = hand_hub(2, 2, 30);
    struct test_case c;
    const struct eco_total *got;

    (void)state;
    for (uint32_t i = 1; i <= 30; i++)
        speak(&h, 0, i);
    c = open_case(&h);
    got = c.s->total[ECO_FACET_LANGUAGE];
    assert_int_equal(c.s->languages.n, 31);
    for (uint32_t i = 1; i <= 30; i++) {
        assert_int_equal(got[i].models, 1);
        assert_int_equal(got[i].likes, 1000);
    }
    assert_int_equal(got[0].models, 1);
    assert_int_equal(got[0].likes, 999);
    assert_int_equal(c.s->total_all->models, 2);
    assert_int_equal(c.s->total_all->likes, 1999);
    assert_int_equal(c.s->others[ECO_FACET_LANGUAGE].values, 10);
    assert_int_equal(c.s->others[ECO_FACET_LANGUAGE].total.models, 0);
    close_case(&c, &h);
}

/* 22 languages of a model each, most influence first. */
static void others_have_no_language_of_the_top_list(void **state)
{
    struct hub h = hand_hub(26, 26, 24);
    const struct eco_others *got;
    struct test_case c;

    (void)state;
    strcpy(h.languages.text[23], "multilingual");
    strcpy(h.languages.text[24], "code");
    for (uint32_t i = 0; i < 22; i++)
        speak(&h, i, i + 1);
    speak(&h, 21, 24); /* the 22nd language and code: among others */
    speak(&h, 22, 1);  /* the first and the 21st language: not among them */
    speak(&h, 22, 21);
    h.rows[22].likes = 0;
    speak(&h, 23, 23); /* multilingual and code: not among them */
    speak(&h, 23, 24);
    speak(&h, 24, 23);
    c = open_case(&h); /* the last one has no language */
    got = &c.s->others[ECO_FACET_LANGUAGE];
    assert_int_equal(got->values, 2);
    assert_int_equal(got->total.models, 2);
    assert_int_equal(got->total.likes, 1000 - 20 + 1000 - 21);
    assert_int_equal(got->n, 2);
    assert_int_equal(got->top[0], 20);
    assert_int_equal(got->top[1], 21);
    close_case(&c, &h);
}

/* The id of a family's root, or "alone". */
static void check_root(const struct eco_snap *s, const char *id,
                       const char *root)
{
    uint32_t node = 0;

    assert_true(eco_snap_find(s, eco_str_from_c(id), &node));
    if (s->family[node] == ECO_SNAP_NO_FAMILY)
        assert_string_equal(root, "alone");
    else
        assert_true(
            is_text(eco_snap_id(s, s->family_root[s->family[node]]), root));
}

static void families_follow_main_bases(void **state)
{
    static const int64_t likes[] = { 9000, 8000, 7000, 30, 30, 20, 10, 1 };
    struct hub h = hand_hub(8, 9, 0);
    const struct eco_total *relation;
    struct test_case c;

    (void)state;
    for (uint32_t i = 0; i < 8; i++)
        h.rows[i].likes = likes[i];
    hand_edge(&h, 1, 3, ECO_MERGE); /* of two: the first one counts */
    hand_edge(&h, 0, 3, ECO_FINETUNE);
    hand_edge(&h, 8, 4, ECO_ADAPTER); /* below a placeholder */
    hand_edge(&h, 2, 5, ECO_MERGE);   /* a circle of three */
    hand_edge(&h, 5, 6, ECO_ADAPTER);
    hand_edge(&h, 6, 2, ECO_ADAPTER);
    c = open_case(&h);
    check_root(c.s, "hand/0", "hand/0");
    check_root(c.s, "hand/1",
               "alone"); /* what was derived from it is another's */
    check_root(c.s, "hand/3", "hand/0");
    check_root(c.s, "hand/4", "hand/8");
    check_root(c.s, "hand/8", "hand/8");
    check_root(c.s, "hand/2", "hand/2");
    check_root(c.s, "hand/5", "hand/2");
    check_root(c.s, "hand/6", "hand/2");
    check_root(c.s, "hand/7", "alone");
    assert_int_equal(c.s->n_families, 3);
    relation = c.s->total[ECO_FACET_RELATION];
    assert_int_equal(relation[ECO_ADAPTER].models, 3);
    assert_int_equal(relation[ECO_FINETUNE].models, 1);
    assert_int_equal(relation[ECO_MERGE].models, 1);
    assert_int_equal(relation[ECO_RELATIONS].models, 3);
    close_case(&c, &h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_with_thirty_languages),
        cmocka_unit_test(others_have_no_language_of_the_top_list),
        cmocka_unit_test(families_follow_main_bases),
        cmocka_unit_test(random_hubs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
