/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <string.h>

#include "base/alloc.h"

/*
 * The ids of one owner stand together in the order of places, because they
 * share a beginning up to the slash. So owners are found as runs of places,
 * then sorted by name: "a-b/x" stands before "a/x", but "a" before "a-b".
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

/* Sort runs by name and let b->author, until now runs, count in that order. */
static int number_authors(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_dict names = { b->n_authors, b->owner_off,
                                          b->owner_text };
    uint32_t *author_of_run = NULL;
    int rc = eco_build_alloc(&b->run_of_author, b->n_authors, sizeof(uint32_t),
                             "authors", err);

    if (!rc)
        rc = eco_build_alloc(&author_of_run, b->n_authors, sizeof(uint32_t),
                             "authors", err);
    if (!rc)
        rc = eco_sort_texts(&names, true, "author", b->run_of_author, err);
    if (rc)
        goto done;
    for (uint32_t a = 0; a < b->n_authors; a++)
        author_of_run[b->run_of_author[a]] = a;
    for (uint32_t v = 0; v < b->n; v++)
        if (b->author[v] != ECO_SNAP_NO_AUTHOR)
            b->author[v] = author_of_run[b->author[v]];
done:
    eco_free(author_of_run);
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

    for (uint32_t a = 0; a < b->n_authors; a++) {
        struct eco_str name = owner_name(b, a);
        int c = -1;

        while (i < told.n && (c = eco_str_cmp_nocase(
                                  eco_build_text(&told, order[i]), name)) < 0)
            i++;
        b->record_of_author[a] = i < told.n && !c ? order[i] : NO_RECORD;
    }
}

static int match_records(struct eco_build *b, struct eco_err *err)
{
    struct eco_build_dict told = records(b);
    uint32_t *order = NULL;
    int rc = eco_build_alloc(&b->record_of_author, b->n_authors,
                             sizeof(uint32_t), "authors", err);

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
        rc = number_authors(b, err);
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

static int write_kinds(struct eco_build *b, struct eco_err *err)
{
    int rc = eco_snap_writer_begin(b->w, "author.kind", 1, err);

    for (uint32_t a = 0; !rc && a < b->n_authors; a++) {
        uint8_t kind = ECO_AUTHOR_UNKNOWN;

        if (b->record_of_author[a] != NO_RECORD)
            kind = b->in->author_kind[b->record_of_author[a]];
        rc = eco_snap_writer_append(b->w, &kind, 1, err);
    }
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
        rc = write_kinds(b, err);
    return rc;
}
