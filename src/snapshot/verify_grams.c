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
    struct eco_gram_table table; /* 1 + position in gram.key */
    struct eco_gram_reader *readers;
    uint32_t *seen; /* 1 + the node a list was stepped to last */
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
                    g->c->s->grams.n);
}

static void report(struct gram_check *g, uint32_t gram, const char *what)
{
    if (!g->broken[gram])
        eco_verify_problem(g->c, "gram.list: entry %u (key %06x): %s", gram,
                           g->c->s->grams.key[gram], what);
    g->broken[gram] = true;
}

/* Keys into the table; every list ready to be read. */
static int prepare(struct gram_check *g, struct eco_err *err)
{
    const struct eco_snap *s = g->c->s;
    uint32_t n = s->grams.n;
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

        if (s->grams.key[i] >= ECO_GRAM_KEYS ||
            (i && s->grams.key[i] <= s->grams.key[i - 1])) {
            eco_verify_problem(g->c,
                               "gram.key: entry %u (key %x) does not"
                               " rise",
                               i, s->grams.key[i]);
            g->broken[i] = true;
            continue;
        }
        slot = eco_gram_table_at(&g->table, s->grams.key[i]);
        if (!slot)
            return no_memory(g, err);
        *slot = i + 1;
        if (eco_gram_open(&s->grams, i, &g->readers[i], &why))
            report(g, i, why.msg);
    }
    return 0;
}

/* Is v the next number of its list? */
static void step(struct gram_check *g, uint32_t v, uint32_t key)
{
    uint32_t gram = eco_gram_table_get(&g->table, key);
    struct eco_err why = { 0 };
    uint32_t node;
    int rc;

    if (!gram) {
        eco_verify_problem(g->c, "gram.key: gram %06x of node %u is missing",
                           key, v);
        return;
    }
    gram--;
    if (g->broken[gram] || g->seen[gram] == v + 1)
        return;
    rc = eco_gram_next(&g->readers[gram], &node, &why);
    g->seen[gram] = v + 1;
    if (rc < 0)
        report(g, gram, why.msg);
    else if (!rc || node != v)
        report(g, gram, "does not hold exactly the nodes that have it");
}

int eco_verify_grams(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    struct gram_check g = { .c = c };
    int rc = prepare(&g, err);

    if (rc)
        goto done;
    for (uint32_t v = 0; v < s->meta->n_ranked; v++) {
        struct eco_str id = eco_snap_id(s, v);

        for (size_t i = 0; i < id.len; i++)
            step(&g, v, eco_gram_key(id, i));
    }
    for (uint32_t i = 0; i < s->grams.n; i++)
        if (!g.broken[i] && (!g.seen[i] || g.readers[i].at != g.readers[i].end))
            report(&g, i, "goes on after the last node that has it");
done:
    release(&g);
    return rc;
}
