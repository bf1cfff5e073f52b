/* SPDX-License-Identifier: MIT */
#include "snapshot/verify_internal.h"

#include "base/alloc.h"

/* Strictly rising means that no node is there twice, so all of them are. */
static void check_id_order(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    for (uint32_t i = 0; i < s->meta->n_nodes; i++) {
        uint32_t node = s->id_order[i];

        if (node >= s->meta->n_nodes)
            eco_verify_problem(c, "id.order: entry %u: node %u of %u", i, node,
                               s->meta->n_nodes);
        else if (i && eco_str_cmp_nocase(eco_snap_id(s, s->id_order[i - 1]),
                                         eco_snap_id(s, node)) >= 0)
            eco_verify_problem(c, "id.order: entry %u does not rise", i);
    }
}

static void check_placeholders(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    for (uint32_t v = s->meta->n_ranked + 1; v < s->meta->n_nodes; v++)
        if (eco_str_cmp_nocase(eco_snap_id(s, v - 1), eco_snap_id(s, v)) >= 0)
            eco_verify_problem(c, "id.text: placeholder %u does not follow %u",
                               v, v - 1);
}

static void check_aliases(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    for (uint32_t i = 0; i < s->n_aliases; i++) {
        if (s->alias_node[i] >= s->meta->n_nodes)
            eco_verify_problem(c, "alias.node: entry %u: node %u of %u", i,
                               s->alias_node[i], s->meta->n_nodes);
        if (i && eco_str_cmp_nocase(eco_snap_alias(s, i - 1),
                                    eco_snap_alias(s, i)) >= 0)
            eco_verify_problem(c, "alias.text: entry %u does not rise", i);
    }
}

static void check_author_order(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;
    const uint32_t *order = s->author_order;
    uint32_t n = s->meta->n_authors;

    for (uint32_t i = 0; i < n; i++)
        if (order[i] >= n)
            eco_verify_problem(c, "author.order: entry %u: author %u of %u", i,
                               order[i], n);
        else if (i &&
                 eco_str_cmp_nocase(eco_snap_author_name(s, order[i - 1]),
                                    eco_snap_author_name(s, order[i])) >= 0)
            eco_verify_problem(c, "author.order: entry %u does not rise", i);
}

static void check_author_kinds(struct eco_verify *c)
{
    const struct eco_snap *s = c->s;

    for (uint32_t a = 0; a < s->meta->n_authors; a++)
        if (s->author_kind[a] >= ECO_AUTHOR_KINDS)
            eco_verify_problem(c, "author.kind: entry %u is %u", a,
                               s->author_kind[a]);
}

/* The author of a node is what stands before the slash of its id. */
static void check_owner(struct eco_verify *c, uint32_t node, uint8_t *owns)
{
    const struct eco_snap *s = c->s;
    struct eco_str id = eco_snap_id(s, node);
    size_t slash = eco_str_find(id, '/');
    struct eco_str owner = { id.ptr, slash };
    uint32_t author = s->author[node];

    if (slash == id.len) {
        if (author != ECO_SNAP_NO_AUTHOR)
            eco_verify_problem(c, "author: node %u has author %u but no slash",
                               node, author);
    } else if (author >= s->meta->n_authors) {
        eco_verify_problem(c, "author: node %u: author %u of %u", node, author,
                           s->meta->n_authors);
    } else {
        owns[author] = 1;
        if (eco_str_cmp_nocase(owner, eco_snap_author_name(s, author)))
            eco_verify_problem(c, "author: node %u does not belong to %u", node,
                               author);
    }
}

static int check_owners(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    uint8_t *owns = eco_calloc(s->meta->n_authors, 1);

    if (!owns)
        return eco_fail(err, ECO_ENOMEM, "no memory to check %u authors",
                        s->meta->n_authors);
    for (uint32_t v = 0; v < s->meta->n_nodes; v++)
        check_owner(c, v, owns);
    for (uint32_t a = 0; a < s->meta->n_authors; a++)
        if (!owns[a])
            eco_verify_problem(c, "author.text: entry %u owns no node", a);
    eco_free(owns);
    return 0;
}

static int check_ids(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;
    uint32_t n_authors = s->meta->n_authors;
    bool names_ok = eco_verify_texts(c, "author.off", s->author_off,
                                     s->author_text, n_authors, true);

    c->authors_ok = eco_verify_texts(c, "author.foff", s->author_full_off,
                                     s->author_full, n_authors, true) &&
                    names_ok;
    check_author_kinds(c);
    c->ids_ok = eco_verify_texts(c, "id.off", s->id_off, s->id_text,
                                 s->meta->n_nodes, false);
    if (names_ok)
        check_author_order(c);
    if (c->ids_ok) {
        check_id_order(c);
        check_placeholders(c);
    }
    return c->ids_ok && names_ok ? check_owners(c, err) : 0;
}

int eco_verify_ids(struct eco_verify *c, struct eco_err *err)
{
    const struct eco_snap *s = c->s;

    if (eco_verify_texts(c, "alias.off", s->alias_off, s->alias_text,
                         s->n_aliases, false))
        check_aliases(c);
    return check_ids(c, err);
}
