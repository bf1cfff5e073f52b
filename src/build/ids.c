/* SPDX-License-Identifier: MIT */
#include "build/internal.h"

#include <string.h>

#include "base/alloc.h"

int eco_build_gather_ids(struct eco_build *b, struct eco_err *err)
{
    const struct eco_build_dict ids = { b->n, b->in->id_off, b->in->id_text };
    uint64_t at = 0;
    int rc;

    rc = eco_build_alloc(&b->id_off, (size_t)b->n + 1, sizeof(*b->id_off),
                         "ids", err);
    if (!rc)
        rc = eco_build_alloc(&b->id_text, ids.off[b->n] - ids.off[0], 1, "ids",
                             err);
    if (rc)
        return rc;
    for (uint32_t v = 0; v < b->n; v++) {
        struct eco_str id = eco_build_text(&ids, b->input_of_node[v]);

        b->id_off[v] = at;
        memcpy(b->id_text + at, id.ptr, id.len);
        at += id.len;
    }
    b->id_off[b->n] = at;
    return 0;
}

int eco_build_write_texts(struct eco_snap_writer *w, const char *off_name,
                          const char *text_name, uint32_t n,
                          struct eco_str (*get)(const void *arg, uint32_t i),
                          const void *arg, struct eco_err *err)
{
    uint64_t at = 0;
    int rc = eco_snap_writer_begin(w, off_name, sizeof(at), err);

    if (!rc)
        rc = eco_snap_writer_append(w, &at, sizeof(at), err);
    for (uint32_t i = 0; !rc && i < n; i++) {
        at += get(arg, i).len;
        rc = eco_snap_writer_append(w, &at, sizeof(at), err);
    }
    if (!rc)
        rc = eco_snap_writer_begin(w, text_name, 1, err);
    for (uint32_t i = 0; !rc && i < n; i++) {
        struct eco_str s = get(arg, i);

        rc = eco_snap_writer_append(w, s.ptr, s.len, err);
    }
    return rc;
}

struct aliases {
    struct eco_build_dict all;
    uint32_t *order; /* by lower-cased bytes */
};

static struct eco_str alias_text(const void *arg, uint32_t i)
{
    const struct aliases *a = arg;

    return eco_build_text(&a->all, a->order[i]);
}

static int write_alias_nodes(struct eco_build *b, const struct aliases *a,
                             struct eco_err *err)
{
    int rc = eco_snap_writer_begin(b->w, "alias.node", sizeof(uint32_t), err);

    for (uint32_t i = 0; !rc && i < a->all.n; i++) {
        uint32_t input = b->in->alias_node[a->order[i]];
        uint32_t node = b->node_of_place[b->place_of_input[input]];

        rc = eco_snap_writer_append(b->w, &node, sizeof(node), err);
    }
    return rc;
}

static int write_aliases(struct eco_build *b, struct eco_err *err)
{
    struct aliases a = {
        .all = { b->in->n_aliases, b->in->alias_off, b->in->alias_text },
    };
    int rc =
        eco_build_alloc(&a.order, a.all.n, sizeof(*a.order), "former ids", err);

    if (!rc)
        rc = eco_sort_texts(&a.all, true, "former id", a.order, err);
    if (!rc)
        rc = eco_build_write_texts(b->w, "alias.off", "alias.text", a.all.n,
                                   alias_text, &a, err);
    if (!rc)
        rc = write_alias_nodes(b, &a, err);
    eco_free(a.order);
    return rc;
}

int eco_build_write_ids(struct eco_build *b, struct eco_err *err)
{
    int rc = eco_snap_writer_section(b->w, "id.off", sizeof(*b->id_off),
                                     b->id_off, (uint64_t)b->n + 1, err);

    if (!rc)
        rc = eco_snap_writer_section(b->w, "id.text", 1, b->id_text,
                                     b->id_off[b->n], err);
    if (!rc)
        rc = eco_snap_writer_section(b->w, "id.order", sizeof(uint32_t),
                                     b->node_of_place, b->n, err);
    if (!rc)
        rc = write_aliases(b, err);
    return rc;
}
