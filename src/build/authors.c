/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"

/* A name, a line feed and a full name. */
#define MAX_SEARCHED_BYTES (2u * ECO_MAX_TEXT_BYTES + 1)

/*
 * The ids of one owner stand together in the order of places, because they
 * share a beginning up to the slash. So owners are found as runs of places,
 * then sorted by name ("a-b/x" stands before "a/x", but "a" before "a-b"), then
 * by influence.
 */

/* What stands before the slash; ptr is NULL without one. */
static struct eco_str owner_of(const struct eco_build *b, uint32_t node)
{
    struct eco_str id = { b->id_text + b->id_off[node],
                          (size_t)(b->id_off[node + 1] - b->id_off[node]) };
    size_t slash = eco_str_find(id, '/');

    if (slash == id.len)
        return (struct eco_str){ NULL, 0 };
    return (struct eco_str){ id.ptr, slash };
}

/* Equal but for case; nearly always equal bytes or of another length. */
static bool same_name(struct eco_str a, struct eco_str b)
{
    return a.len == b.len && a.ptr && b.ptr &&
           (!memcmp(a.ptr, b.ptr, a.len) || !eco_str_cmp_nocase(a, b));
}

/* Fill run[node] and best[run]: of the spellings of a name, that of the node
 * with the highest rank is used. */
static void find_runs(struct eco_build *b, uint32_t *run, uint32_t *best)
{
    struct eco_str last = { NULL, 0 };
    uint32_t n = 0;

    for (uint32_t k = 0; k < b->n; k++) {
        uint32_t node = b->node_of_place[k];
        struct eco_str owner = owner_of(b, node);

        run[node] = ECO_SNAP_NO_AUTHOR;
        if (owner.ptr) {
            if (!same_name(owner, last))
                best[n++] = node;
            else if (node < best[n - 1])
                best[n - 1] = node;
            run[node] = n - 1;
        }
        last = owner;
    }
    b->n_authors = n;
}

static int gather_owners(struct eco_build *b, const uint32_t *best,
                         struct eco_err *err)
{
    uint64_t at = 0;
    int rc = eco_build_alloc(&b->owner_off, (size_t)b->n_authors + 1,
                             sizeof(*b->owner_off), "authors", err);

    if (rc)
        return rc;
    for (uint32_t i = 0; i < b->n_authors; i++) {
        b->owner_off[i] = at;
        at += owner_of(b, best[i]).len;
    }
    b->owner_off[b->n_authors] = at;
    rc = eco_build_alloc(&b->owner_text, at, 1, "authors", err);
    if (rc)
        return rc;
    for (uint32_t i = 0; i < b->n_authors; i++) {
        struct eco_str owner = owner_of(b, best[i]);

        if (owner.len)
            memcpy(b->owner_text + b->owner_off[i], owner.ptr, owner.len);
    }
    return 0;
}

/* Totals of the owners, in the order of their names. */
static int sum_by_name(struct eco_build *b, const uint32_t *run_by_name,
                       struct eco_total **sum, struct eco_err *err)
{
    struct eco_build_column column = { .n = b->n_authors };
    uint32_t *name_of_run = NULL, *name = NULL;
    int rc = eco_build_alloc(&name_of_run, b->n_authors, sizeof(uint32_t),
                             "authors", err);

    if (!rc)
        rc = eco_build_alloc(&name, b->r, sizeof(uint32_t), "authors", err);
    if (rc)
        goto done;
    *sum = eco_calloc((size_t)b->n_authors + 1, sizeof(**sum));
    if (!*sum) {
        rc =
            eco_fail(err, ECO_ENOMEM, "no memory for %u authors", b->n_authors);
        goto done;
    }
    for (uint32_t k = 0; k < b->n_authors; k++)
        name_of_run[run_by_name[k]] = k;
    for (uint32_t v = 0; v < b->r; v++)
        name[v] = b->author[v] == ECO_SNAP_NO_AUTHOR
                      ? b->n_authors
                      : name_of_run[b->author[v]];
    column.entry = name;
    eco_build_sum(b, &column, *sum);
done:
    eco_free(name_of_run);
    eco_free(name);
    return rc;
}

/* The authors by influence: `by_rank` has their places among the names. */
static void number_authors(struct eco_build *b, const uint32_t *run_by_name,
                           const uint32_t *by_rank, struct eco_total *sum,
                           uint32_t *author_of_run)
{
    for (uint32_t a = 0; a < b->n_authors; a++) {
        b->run_of_author[a] = run_by_name[by_rank[a]];
        b->author_order[by_rank[a]] = a;
        b->author_sum[a] = sum[by_rank[a]];
        author_of_run[b->run_of_author[a]] = a;
    }
    b->author_sum[b->n_authors] = sum[b->n_authors];
    for (uint32_t v = 0; v < b->n; v++)
        if (b->author[v] != ECO_SNAP_NO_AUTHOR)
            b->author[v] = author_of_run[b->author[v]];
}

/* b->author, until now runs, becomes numbers of authors. */
static int rank_authors(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_dict names = { b->n_authors, b->owner_off,
                                          b->owner_text };
    uint32_t *run_by_name = NULL, *by_rank = NULL, *author_of_run = NULL;
    uint32_t **columns[] = { &run_by_name, &by_rank, &author_of_run,
                             &b->run_of_author, &b->author_order };
    struct eco_total *sum = NULL;
    int rc = eco_build_alloc(&b->author_sum, (size_t)b->n_authors + 1,
                             sizeof(*b->author_sum), "authors", err);

    for (size_t i = 0; !rc && i < sizeof(columns) / sizeof(columns[0]); i++)
        rc = eco_build_alloc(columns[i], b->n_authors, sizeof(uint32_t),
                             "authors", err);
    if (!rc)
        rc = eco_sort_texts(&names, true, "author", run_by_name, err);
    if (!rc)
        rc = sum_by_name(b, run_by_name, &sum, err);
    if (!rc)
        rc = eco_build_sort_totals(sum, b->n_authors, by_rank, err);
    if (!rc)
        number_authors(b, run_by_name, by_rank, sum, author_of_run);
    eco_free(run_by_name);
    eco_free(by_rank);
    eco_free(author_of_run);
    eco_free(sum);
    return rc;
}

static struct eco_str owner_name(const struct eco_build *b, uint32_t author)
{
    const struct eco_build_dict names = { b->n_authors, b->owner_off,
                                          b->owner_text };

    return eco_build_text(&names, b->run_of_author[author]);
}

static struct eco_build_dict records(const struct eco_build *b)
{
    return (struct eco_build_dict){ b->in->n_authors, b->in->author_off,
                                    b->in->author_text };
}

/* Walk authors and records side by side, both sorted by name. */
static void join_records(struct eco_build *b, const uint32_t *order)
{
    struct eco_build_dict told = records(b);
    uint32_t i = 0;

    for (uint32_t k = 0; k < b->n_authors; k++) {
        uint32_t author = b->author_order[k];
        struct eco_str name = owner_name(b, author);
        int c = -1;

        while (i < told.n && (c = eco_str_cmp_nocase(
                                  eco_build_text(&told, order[i]), name)) < 0)
            i++;
        b->record_of_author[author] = i < told.n && !c ? order[i] : NO_RECORD;
        b->author_kind[author] = i < told.n && !c ? b->in->author_kind[order[i]]
                                                  : ECO_AUTHOR_UNKNOWN;
    }
}

static int match_records(struct eco_build *b, struct eco_err *err)
{
    struct eco_build_dict told = records(b);
    uint32_t *order = NULL;
    int rc = eco_build_alloc(&b->record_of_author, b->n_authors,
                             sizeof(uint32_t), "authors", err);

    if (!rc)
        rc = eco_build_alloc(&b->author_kind, b->n_authors, 1, "authors", err);
    if (!rc)
        rc = eco_build_alloc(&order, told.n, sizeof(*order), "authors", err);
    if (!rc)
        rc = eco_sort_texts(&told, true, "author", order, err);
    if (!rc)
        join_records(b, order);
    eco_free(order);
    return rc;
}

int eco_build_authors(struct eco_build *b, struct eco_err *err)
{
    uint32_t *best = NULL;
    int rc =
        eco_build_alloc(&b->author, b->n, sizeof(uint32_t), "authors", err);

    if (!rc)
        rc = eco_build_alloc(&best, b->n, sizeof(*best), "authors", err);
    if (rc)
        goto done;
    find_runs(b, b->author, best);
    rc = gather_owners(b, best, err);
    if (!rc)
        rc = rank_authors(b, err);
    if (!rc)
        rc = match_records(b, err);
done:
    eco_free(best);
    return rc;
}

/* --- writing ------------------------------------------------------------------ */

/* The spelling that was told, else the one in the ids. */
static struct eco_str author_name(const void *arg, uint32_t author)
{
    const struct eco_build *b = arg;
    struct eco_build_dict told = records(b);

    if (b->record_of_author[author] == NO_RECORD)
        return owner_name(b, author);
    return eco_build_text(&told, b->record_of_author[author]);
}

static struct eco_str author_full(const void *arg, uint32_t author)
{
    const struct eco_build *b = arg;
    const struct eco_build_dict full = { b->in->n_authors,
                                         b->in->author_full_off,
                                         b->in->author_full };

    if (b->record_of_author[author] == NO_RECORD)
        return (struct eco_str){ NULL, 0 };
    return eco_build_text(&full, b->record_of_author[author]);
}

/* Name, line feed and full name of every author, end to end. */
static int gather_searched(const struct eco_build *b, uint64_t *off,
                           struct eco_buf *text, struct eco_err *err)
{
    for (uint32_t a = 0; a < b->n_authors; a++) {
        off[a] = text->len;
        eco_buf_append_str(text, author_name(b, a));
        eco_buf_append_char(text, '\n');
        eco_buf_append_str(text, author_full(b, a));
    }
    off[b->n_authors] = text->len;
    return eco_buf_check(text, "authors", err);
}

static int write_grams(struct eco_build *b, struct eco_err *err)
{
    struct eco_gram_index grams = { 0 };
    struct eco_buf text;
    uint64_t *off = NULL;
    int rc = eco_build_alloc(&off, (size_t)b->n_authors + 1, sizeof(*off),
                             "authors", err);

    eco_buf_init(&text, ((size_t)b->n_authors + 1) * MAX_SEARCHED_BYTES);
    if (!rc)
        rc = gather_searched(b, off, &text, err);
    if (!rc)
        rc = eco_gram_build(off, text.ptr, b->n_authors, &grams, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "author.gkey", sizeof(*grams.key),
                                     grams.key, grams.n, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "author.goff", sizeof(*grams.off),
                                     grams.off, (uint64_t)grams.n + 1, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "author.glist", 1, grams.list,
                                     grams.off[grams.n], err);
    eco_gram_release(&grams);
    eco_buf_release(&text);
    eco_free(off);
    return rc;
}

static int write_nodes(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_column column = { b->n_authors, b->author, NULL };
    struct eco_build_group group = { 0 };
    int rc = eco_build_group(&column, b->r, &group, "authors", err);

    if (!rc)
        rc = eco_build_write_group(b, &group, "author.first", "author.node",
                                   err);
    eco_build_group_release(&group);
    return rc;
}

int eco_build_write_authors(struct eco_build *b, struct eco_err *err)
{
    int rc = eco_build_write_texts(b->w, "author.off", "author.text",
                                   b->n_authors, author_name, b, err);

    if (!rc)
        rc = eco_build_write_texts(b->w, "author.foff", "author.full",
                                   b->n_authors, author_full, b, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "author.order", sizeof(uint32_t),
                                     b->author_order, b->n_authors, err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "author.kind", 1, b->author_kind,
                                     b->n_authors, err);
    if (!rc)
        rc = write_nodes(b, err);
    return rc ? rc : write_grams(b, err);
}
