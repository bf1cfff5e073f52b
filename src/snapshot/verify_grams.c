/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include "base/alloc.h"
#include "snapshot/gram.h"

/*
 * The index is read in the order of nodes, all posting lists side by side: for
 * every gram of node v the next number of that gram's list has to be v. In the
 * end every list has to be used up. That needs no second index to compare with.
 */
struct gram_check {
    struct eco_verify *c;
    const struct eco_snap_grams *grams;
    const char *key_name, *list_name;
    struct eco_gram_table table; /* 1 + position in grams->key */
    struct eco_gram_reader *readers;
    uint32_t *seen; /* 1 + the number a list was stepped to last */
    bool *broken;   /* reported; not read any further */
};

static void release(struct gram_check *g)
{
    eco_gram_table_release(&g->table);
    eco_free(g->readers);
    eco_free(g->seen);
    eco_free(g->broken);
}

static int no_memory(const struct gram_check *g, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory to check %u grams",
                    g->grams->n);
}

static void report(struct gram_check *g, uint32_t gram, const char *what)
{
    if (!g->broken[gram])
        eco_verify_problem(g->c, "%s: entry %u (key %06x): %s", g->list_name,
                           gram, g->grams->key[gram], what);
    g->broken[gram] = true;
}

/* Keys into the table; every list ready to be read. */
static int prepare(struct gram_check *g, struct eco_err *err)
{
    const uint32_t *key = g->grams->key;
    uint32_t n = g->grams->n;
    int rc = eco_gram_table_init(&g->table, err);

    if (rc)
        return rc;
    g->readers = eco_calloc(n, sizeof(*g->readers));
    g->seen = eco_calloc(n, sizeof(*g->seen));
    g->broken = eco_calloc(n, sizeof(*g->broken));
    if (!g->readers || !g->seen || !g->broken)
        return no_memory(g, err);
    for (uint32_t i = 0; i < n; i++) {
        struct eco_err why = { 0 };
        uint32_t *slot;

        if (key[i] >= ECO_GRAM_KEYS || (i && key[i] <= key[i - 1])) {
            eco_verify_problem(g->c, "%s: entry %u (key %x) does not rise",
                               g->key_name, i, key[i]);
            g->broken[i] = true;
            continue;
        }
        slot = eco_gram_table_at(&g->table, key[i]);
        if (!slot)
            return no_memory(g, err);
        *slot = i + 1;
        if (eco_gram_open(g->grams, i, &g->readers[i], &why))
            report(g, i, why.msg);
    }
    return 0;
}

/* Is v the next number of its list? */
static void step(struct gram_check *g, uint32_t v, uint32_t key)
{
    uint32_t gram = eco_gram_table_get(&g->table, key);
    struct eco_err why = { 0 };
    uint32_t found;
    int rc;

    if (!gram) {
        eco_verify_problem(g->c, "%s: gram %06x of number %u is missing",
                           g->key_name, key, v);
        return;
    }
    gram--;
    if (g->broken[gram] || g->seen[gram] == v + 1)
        return;
    rc = eco_gram_next(&g->readers[gram], &found, &why);
    g->seen[gram] = v + 1;
    if (rc < 0)
        report(g, gram, why.msg);
    else if (!rc || found != v)
        report(g, gram, "does not hold exactly the numbers that have it");
}

/* The last three bytes of a text, while it is fed piece by piece; a byte that is
 * not zero is a gram of its own, too. */
struct window {
    uint32_t key;
    size_t n; /* bytes so far */
};

static void feed(struct gram_check *g, uint32_t v, struct window *w,
                 struct eco_str piece)
{
    for (size_t i = 0; i < piece.len; i++) {
        uint8_t byte = (uint8_t)eco_lower(piece.ptr[i]);

        w->key = (w->key << 8 | byte) & (ECO_GRAM_KEYS - 1);
        if (byte)
            step(g, v, byte);
        if (++w->n >= 3)
            step(g, v, w->key);
    }
}

static void step_id(struct gram_check *g, uint32_t v)
{
    struct window w = { 0 };

    feed(g, v, &w, eco_snap_id(g->c->s, v));
    feed(g, v, &w, ECO_STR("\0\0"));
}

static void step_author(struct gram_check *g, uint32_t author)
{
    struct window w = { 0 };

    feed(g, author, &w, eco_snap_author_name(g->c->s, author));
    feed(g, author, &w, ECO_STR("\n"));
    feed(g, author, &w, eco_snap_author_full(g->c->s, author));
    feed(g, author, &w, ECO_STR("\0\0"));
}

static int check_index(struct gram_check *g,
                       void (*step_all)(struct gram_check *g, uint32_t v),
                       struct eco_err *err)
{
    int rc = prepare(g, err);

    if (rc)
        goto done;
    for (uint32_t v = 0; v < g->grams->limit; v++)
        step_all(g, v);
    for (uint32_t i = 0; i < g->grams->n; i++)
        if (!g->broken[i] &&
            (!g->seen[i] || g->readers[i].at != g->readers[i].end))
            report(g, i, "goes on after the last number that has it");
done:
    release(g);
    return rc;
}

int eco_verify_grams(struct eco_verify *c, struct eco_err *err)
{
    struct gram_check ids = { .c = c,
                              .grams = &c->s->grams,
                              .key_name = "gram.key",
                              .list_name = "gram.list" };
    struct gram_check authors = { .c = c,
                                  .grams = &c->s->author_grams,
                                  .key_name = "author.gkey",
                                  .list_name = "author.glist" };
    int rc = c->ids_ok ? check_index(&ids, step_id, err) : 0;

    if (!rc && c->authors_ok)
        rc = check_index(&authors, step_author, err);
    return rc;
}
