/* SPDX-License-Identifier: MIT */
#include "store/internal.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "record/hubid.h"

/* The bases of one model, while they are being chosen from. */
struct candidate {
    struct eco_store_edge edge;
    int source;
    bool valid; /* an id, or a former one that is known */
    bool kept;  /* an edge, or a loop */
};

struct stream {
    struct eco_store *s;
    struct candidate *at;
    size_t n, room;
    struct eco_arena names;
    struct eco_store_edge_counts *counts;
    int (*each)(void *arg, const struct eco_store_edge *, struct eco_err *);
    void *arg;
};

static int resolve(struct eco_store *s, struct eco_str name, int64_t *model_id,
                   struct eco_err *err)
{
    char lower[ECO_MAX_ID_BYTES];
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_RESOLVE, err);
    int rc;

    *model_id = 0;
    if (!stmt)
        return err->code;
    if (name.len > sizeof(lower))
        return eco_fail(err, ECO_EFORMAT, "store %s: a base of %zu bytes",
                        s->path, name.len);
    eco_str_lower(lower, name);
    eco_bind_id(stmt, 1, (struct eco_str){ lower, name.len });
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *model_id = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

static bool same_base(const struct eco_store_edge *a,
                      const struct eco_store_edge *b)
{
    return a->base || b->base ? a->base == b->base
                              : !eco_str_cmp_nocase(a->name, b->name);
}

/* Of two edges of one pair the declared one, then the smaller relation. */
static bool is_better(const struct eco_store_edge *a,
                      const struct eco_store_edge *b)
{
    if (a->declared != b->declared)
        return a->declared;
    return a->relation < b->relation;
}

static bool is_repeated(const struct stream *t, size_t i)
{
    for (size_t k = 0; k < t->n; k++)
        if (k != i && t->at[k].valid && t->at[k].source == t->at[i].source &&
            same_base(&t->at[k].edge, &t->at[i].edge) &&
            (is_better(&t->at[k].edge, &t->at[i].edge) ||
             (k < i && !is_better(&t->at[i].edge, &t->at[k].edge))))
            return true;
    return false;
}

/* The best source with a valid base; ECO_BASE_SOURCES when none has one. */
static int choose_source(struct stream *t, int *source, struct eco_err *err)
{
    int rc = 0;

    *source = ECO_BASE_SOURCES;
    for (size_t i = 0; !rc && i < t->n; i++) {
        struct candidate *c = &t->at[i];

        rc = resolve(t->s, c->edge.name, &c->edge.base, err);
        c->valid = c->edge.base || eco_hubid_is_full(c->edge.name);
        if (c->valid && c->source < *source)
            *source = c->source;
    }
    return rc;
}

/* Count what is left out, and keep one candidate for each base. */
static void keep_edges(struct stream *t, int source)
{
    size_t kept = 0;

    for (size_t i = 0; i < t->n; i++) {
        struct candidate *c = &t->at[i];

        c->kept = false;
        if (c->source > source)
            continue;
        if (!c->valid)
            t->counts->bad_names++;
        else
            c->kept = c->source == source && !is_repeated(t, i);
    }
    for (size_t i = 0; i < t->n; i++)
        kept += t->at[i].kept && t->at[i].edge.base != t->at[i].edge.derived;
    /* Several bases make a merge, where nobody said otherwise; a loop, which
     * is dropped, is none. */
    for (size_t i = 0; kept > 1 && i < t->n; i++)
        if (!t->at[i].edge.declared)
            t->at[i].edge.relation = ECO_MERGE;
}

/* All candidates of one model are there: give its edges. */
static int finish_model(struct stream *t, struct eco_err *err)
{
    int source;
    int rc = choose_source(t, &source, err);

    if (!rc)
        keep_edges(t, source);
    for (size_t i = 0; !rc && i < t->n; i++) {
        struct candidate *c = &t->at[i];

        if (c->kept && c->edge.base == c->edge.derived)
            t->counts->self_loops++;
        else if (c->kept)
            rc = t->each(t->arg, &c->edge, err);
    }
    t->n = 0;
    eco_arena_reset(&t->names);
    return rc;
}

static int add_candidate(struct stream *t, sqlite3_stmt *stmt,
                         struct eco_err *err)
{
    struct candidate *c;

    if (t->n == t->room) {
        size_t room = t->room ? t->room * 2 : 16;
        struct candidate *grown =
            room > ECO_MAX_BASES * (ECO_BASE_SOURCES + 1)
                ? NULL
                : eco_realloc_array(t->at, room, sizeof(*grown));

        if (!grown)
            return eco_fail(err, ECO_ENOMEM,
                            "no memory for %zu bases of one"
                            " model",
                            room);
        t->at = grown;
        t->room = room;
    }
    c = &t->at[t->n++];
    *c = (struct candidate){
        .edge = { .derived = sqlite3_column_int64(stmt, 0),
                  .relation = eco_store_relation(eco_column_text(stmt, 3)),
                  .declared = sqlite3_column_int(stmt, 4) != 0 },
        .source = sqlite3_column_int(stmt, 1),
    };
    if (!eco_arena_str(&t->names, eco_column_text(stmt, 2), &c->edge.name))
        return eco_fail(err, ECO_ENOMEM, "no memory for a base");
    return 0;
}

int eco_store_each_edge(struct eco_store *s,
                        int (*each)(void *arg, const struct eco_store_edge *,
                                    struct eco_err *),
                        void *arg, struct eco_store_edge_counts *counts,
                        struct eco_err *err)
{
    struct stream t = { .s = s, .counts = counts, .each = each, .arg = arg };
    sqlite3_stmt *stmt = eco_store_stmt(s, ECO_SQL_EACH_DERIVATION, err);
    int rc = stmt ? 0 : err->code;

    *counts = (struct eco_store_edge_counts){ 0 };
    eco_arena_init(&t.names, ECO_MAX_PUT_BYTES);
    while (!rc && (rc = eco_store_step(s, stmt, err)) > 0) {
        rc = 0;
        if (t.n && t.at[0].edge.derived != sqlite3_column_int64(stmt, 0))
            rc = finish_model(&t, err);
        if (!rc)
            rc = add_candidate(&t, stmt, err);
    }
    if (!rc && t.n)
        rc = finish_model(&t, err);
    sqlite3_reset(stmt);
    eco_arena_release(&t.names);
    eco_free(t.at);
    return rc;
}

struct summing {
    struct eco_store_totals *totals;
    uint64_t *names; /* hashes of placeholders' ids */
    size_t n, room;
};

static int sum_edge(void *arg, const struct eco_store_edge *e,
                    struct eco_err *err)
{
    struct summing *sum = arg;
    char lower[ECO_MAX_ID_BYTES];

    if (e->declared)
        sum->totals->declared[e->relation]++;
    else
        sum->totals->inferred[e->relation]++;
    if (e->base)
        return 0;
    if (sum->n == sum->room) {
        size_t room = sum->room ? sum->room * 2 : 1024;
        uint64_t *grown = eco_realloc_array(sum->names, room, sizeof(*grown));

        if (!grown)
            return eco_fail(err, ECO_ENOMEM, "no memory for %zu placeholders",
                            room);
        sum->names = grown;
        sum->room = room;
    }
    eco_str_lower(lower, e->name);
    sum->names[sum->n++] = XXH3_64bits(lower, e->name.len);
    return 0;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static int count(struct eco_store *s, enum eco_sql which, uint64_t *out,
                 struct eco_err *err)
{
    sqlite3_stmt *stmt = eco_store_stmt(s, which, err);
    int rc;

    if (!stmt)
        return err->code;
    rc = eco_store_step(s, stmt, err);
    if (rc > 0)
        *out = (uint64_t)sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    return rc < 0 ? rc : 0;
}

int eco_store_totals(struct eco_store *s, struct eco_store_totals *totals,
                     struct eco_err *err)
{
    struct summing sum = { .totals = totals };
    struct eco_store_edge_counts counts;
    int rc;

    *totals = (struct eco_store_totals){ 0 };
    const struct {
        enum eco_sql which;
        uint64_t *out;
    } counted[] = {
        { ECO_SQL_TOTAL_MODELS, &totals->models },
        { ECO_SQL_TOTAL_REMOVED, &totals->removed },
        { ECO_SQL_TOTAL_ALIASES, &totals->aliases },
        { ECO_SQL_TOTAL_AUTHORS, &totals->authors },
        { ECO_SQL_TOTAL_SPACES, &totals->spaces },
        { ECO_SQL_TOTAL_CAPTURES, &totals->captures },
        { ECO_SQL_TOTAL_BAD_BASES, &totals->bad_bases },
    };
    rc = eco_store_each_edge(s, sum_edge, &sum, &counts, err);
    for (size_t i = 0; !rc && i < sizeof(counted) / sizeof(counted[0]); i++)
        rc = count(s, counted[i].which, counted[i].out, err);
    if (!rc) {
        totals->self_loops = counts.self_loops;
        totals->bad_bases += counts.bad_names;
        if (sum.n)
            qsort(sum.names, sum.n, sizeof(*sum.names), by_value);
        for (size_t i = 0; i < sum.n; i++)
            totals->placeholders += !i || sum.names[i] != sum.names[i - 1];
    }
    eco_free(sum.names);
    return rc;
}
