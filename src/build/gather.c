/* SPDX-License-Identifier: MIT */
#include "build/gather.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "build/texts.h"

/* Columns with one entry per model grow together. */
struct columns {
    size_t room;
    int64_t *created, *modified, *likes, *downloads, *downloads_all;
    int64_t *params, *storage;
    int64_t *model_id; /* rising: the way from the store's numbers to nodes */
    uint8_t *flags;
    uint32_t *task, *library, *licence;
    uint64_t *language_end; /* in `language` of struct eco_gathering */
    double *spaces;
    int64_t *last_space; /* that was added to spaces; 0 none */
};

struct eco_gathering {
    struct eco_build_input in;
    struct columns c;
    struct eco_texts ids; /* models, then placeholders; without case */
    struct eco_texts tasks, libraries, licences, languages;
    uint32_t *language; /* of all models, one after the other */
    size_t n_languages, language_room;
    uint64_t *language_off; /* n_models + 1 */
    struct eco_edge *edges;
    size_t edge_room;
    struct eco_texts aliases;
    uint32_t *alias_node;
    size_t alias_room;
    struct eco_texts authors, full_names;
    uint8_t *author_kind;
    size_t author_room;
    struct eco_influence_params params;
};

static int no_memory(const char *what, size_t n, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for %zu %s", n, what);
}

static int grow(void *column, size_t room, size_t size, struct eco_err *err)
{
    void *old, *grown;

    memcpy(&old, column, sizeof(old));
    grown = eco_realloc_array(old, room, size);
    if (!grown)
        return no_memory("models", room, err);
    memcpy(column, &grown, sizeof(grown));
    return 0;
}

static int grow_columns(struct columns *c, struct eco_err *err)
{
    size_t room = c->room ? c->room + c->room / 2 : 4096;
    struct {
        void *column;
        size_t size;
    } all[] = {
        { &c->created, 8 },       { &c->modified, 8 },
        { &c->likes, 8 },         { &c->downloads, 8 },
        { &c->downloads_all, 8 }, { &c->params, 8 },
        { &c->storage, 8 },       { &c->model_id, 8 },
        { &c->flags, 1 },         { &c->task, 4 },
        { &c->library, 4 },       { &c->licence, 4 },
        { &c->language_end, 8 },  { &c->spaces, 8 },
        { &c->last_space, 8 },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        int rc = grow(all[i].column, room, all[i].size, err);

        if (rc)
            return rc;
    }
    c->room = room;
    return 0;
}

static void set_row(struct columns *c, uint32_t i,
                    const struct eco_store_model *m)
{
    c->created[i] = m->created_ms;
    c->modified[i] = m->modified_ms;
    c->likes[i] = m->likes;
    c->downloads[i] = m->downloads;
    c->downloads_all[i] = m->downloads_all;
    c->params[i] = m->parameters;
    c->storage[i] = m->storage;
    c->model_id[i] = m->model_id;
    c->flags[i] = (uint8_t)((m->disabled ? ECO_SNAP_REMOVED : 0u) |
                            (unsigned)m->gated << ECO_SNAP_GATED_SHIFT);
    c->spaces[i] = 0;
    c->last_space[i] = 0;
}

static int add_language(struct eco_gathering *g, struct eco_str code,
                        struct eco_err *err)
{
    int rc = 0;

    if (g->n_languages == g->language_room) {
        g->language_room = g->language_room ? g->language_room * 2 : 4096;
        rc = grow(&g->language, g->language_room, sizeof(*g->language), err);
    }
    if (!rc)
        rc = eco_texts_number(&g->languages, code, &g->language[g->n_languages],
                              err);
    g->n_languages += !rc;
    return rc;
}

/* Codes joined by commas. */
static int add_languages(struct eco_gathering *g, struct eco_str codes,
                         struct eco_err *err)
{
    int rc = 0;

    while (!rc && codes.len) {
        size_t comma = eco_str_find(codes, ',');

        rc = add_language(g, (struct eco_str){ codes.ptr, comma }, err);
        codes = eco_str_skip(codes, comma < codes.len ? comma + 1 : comma);
    }
    return rc;
}

static int add_model(void *arg, const struct eco_store_model *m,
                     struct eco_err *err)
{
    struct eco_gathering *g = arg;
    uint32_t i = g->ids.n;
    int rc = 0;

    if (i == g->c.room)
        rc = grow_columns(&g->c, err);
    if (!rc)
        rc = eco_texts_append(&g->ids, m->id, err);
    if (!rc)
        rc = eco_texts_number(&g->tasks, m->task, &g->c.task[i], err);
    if (!rc)
        rc = eco_texts_number(&g->libraries, m->library, &g->c.library[i], err);
    if (!rc)
        rc = eco_texts_number(&g->licences, m->licence, &g->c.licence[i], err);
    if (!rc)
        rc = add_languages(g, m->languages, err);
    if (rc)
        return rc;
    g->c.language_end[i] = g->n_languages;
    set_row(&g->c, i, m);
    g->in.bad_bases += m->bad_bases;
    return 0;
}

/* The node of a model of the store. */
static bool node_of(const struct eco_gathering *g, int64_t model_id,
                    uint32_t *node)
{
    uint32_t low = 0, high = g->in.n_models;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (g->c.model_id[mid] < model_id)
            low = mid + 1;
        else
            high = mid;
    }
    *node = low;
    return low < g->in.n_models && g->c.model_id[low] == model_id;
}

/* A placeholder is spelled as the bytewise smallest of its mentions. */
static int placeholder_of(struct eco_gathering *g, struct eco_str name,
                          uint32_t *node, struct eco_err *err)
{
    struct eco_str known;
    int rc = eco_texts_number(&g->ids, name, node, err);

    if (rc)
        return rc;
    known = eco_texts_at(&g->ids, *node);
    if (eco_str_cmp(name, known) < 0)
        memcpy(g->ids.text + g->ids.off[*node], name.ptr, name.len);
    return 0;
}

static int add_edge(void *arg, const struct eco_store_edge *e,
                    struct eco_err *err)
{
    struct eco_gathering *g = arg;
    struct eco_edge *edge;
    int rc = 0;

    if (g->in.n_edges == g->edge_room) {
        g->edge_room = g->edge_room ? g->edge_room * 2 : 4096;
        rc = grow(&g->edges, g->edge_room, sizeof(*g->edges), err);
        if (rc)
            return rc;
    }
    edge = &g->edges[g->in.n_edges];
    edge->tag = (uint8_t)((unsigned)e->relation |
                          (e->declared ? ECO_EDGE_DECLARED : 0u));
    if (!node_of(g, e->derived, &edge->derived))
        return 0; /* an alias has no edges of its own */
    if (!e->base)
        rc = placeholder_of(g, e->name, &edge->base, err);
    else if (!node_of(g, e->base, &edge->base))
        rc = eco_fail(err, ECO_EFORMAT, "the base %.*s is missing",
                      (int)e->name.len, e->name.ptr);
    g->in.n_edges += !rc;
    return rc;
}

static int add_alias(void *arg, const struct eco_store_alias *a,
                     struct eco_err *err)
{
    struct eco_gathering *g = arg;
    uint32_t node;
    int rc;

    if (!node_of(g, a->model_id, &node))
        return 0;
    if (g->aliases.n == g->alias_room) {
        g->alias_room = g->alias_room ? g->alias_room * 2 : 256;
        rc = grow(&g->alias_node, g->alias_room, sizeof(*g->alias_node), err);
        if (rc)
            return rc;
    }
    g->alias_node[g->aliases.n] = node;
    return eco_texts_append(&g->aliases, a->id, err);
}

static int add_author(void *arg, const struct eco_store_author *a,
                      struct eco_err *err)
{
    struct eco_gathering *g = arg;
    int rc;

    if (g->authors.n == g->author_room) {
        g->author_room = g->author_room ? g->author_room * 2 : 1024;
        rc = grow(&g->author_kind, g->author_room, 1, err);
        if (rc)
            return rc;
    }
    g->author_kind[g->authors.n] = (uint8_t)a->kind;
    rc = eco_texts_append(&g->authors, a->name, err);
    return rc ? rc : eco_texts_append(&g->full_names, a->full_name, err);
}

/* A Space adds once to each model that it uses; which may stand under a former
 * id, or under several. The order of the sum is that of the store's keys. */
static int add_space_use(void *arg, const struct eco_store_space_use *u,
                         struct eco_err *err)
{
    struct eco_gathering *g = arg;
    int64_t as_of_ms = g->in.as_of_day * ECO_DAY_MS;
    double age = eco_age_days(as_of_ms, u->created_ms);
    uint32_t node;

    (void)err;
    if (!eco_texts_find(&g->ids, u->model, &node)) {
        uint32_t alias;

        if (!eco_texts_find(&g->aliases, u->model, &alias))
            return 0;
        node = g->alias_node[alias];
    }
    if (node >= g->in.n_models || g->c.last_space[node] == u->space_id)
        return 0;
    g->c.spaces[node] += eco_influence_space(&g->params, u->likes, age);
    g->c.last_space[node] = u->space_id;
    return 0;
}

static int init_texts(struct eco_gathering *g, struct eco_err *err)
{
    const struct {
        struct eco_texts *t;
        bool indexed, fold;
    } all[] = {
        { &g->ids, true, true },          { &g->tasks, true, false },
        { &g->libraries, true, false },   { &g->licences, true, false },
        { &g->aliases, true, true },      { &g->authors, false, false },
        { &g->full_names, false, false }, { &g->languages, true, false },
    };
    int rc = 0;

    for (size_t i = 0; !rc && i < sizeof(all) / sizeof(all[0]); i++)
        rc = eco_texts_init(all[i].t, all[i].indexed, all[i].fold, err);
    /* Entry 0 of a dictionary is "none". */
    if (!rc)
        rc = eco_texts_append(&g->tasks, (struct eco_str){ 0 }, err);
    if (!rc)
        rc = eco_texts_append(&g->libraries, (struct eco_str){ 0 }, err);
    if (!rc)
        rc = eco_texts_append(&g->licences, (struct eco_str){ 0 }, err);
    if (!rc)
        rc = eco_texts_append(&g->languages, (struct eco_str){ 0 }, err);
    return rc;
}

static int read_store(struct eco_store *store, struct eco_gathering *g,
                      struct eco_err *err)
{
    struct eco_store_edge_counts counts;
    int rc = eco_store_as_of(store, &g->in.as_of_day, err);

    if (!rc)
        rc = eco_store_data(store, &g->in.data, err);
    if (!rc)
        rc = eco_store_each_model(store, add_model, g, err);
    g->in.n_models = g->ids.n;
    if (!rc)
        rc = eco_store_each_edge(store, add_edge, g, &counts, err);
    if (!rc)
        rc = eco_store_each_alias(store, add_alias, g, err);
    if (!rc)
        rc = eco_store_each_author(store, add_author, g, err);
    if (!rc)
        rc = eco_store_each_space_use(store, add_space_use, g, err);
    if (!rc) {
        g->in.bad_bases += counts.bad_names;
        g->in.self_loops = counts.self_loops;
    }
    return rc;
}

static struct eco_build_dict dict_of(const struct eco_texts *t)
{
    return (struct eco_build_dict){ t->n, t->off, t->text };
}

/* Where each model's languages begin is where those before end. */
static int index_languages(struct eco_gathering *g, struct eco_err *err)
{
    uint32_t n = g->in.n_models;

    g->language_off = eco_alloc_array((size_t)n + 1, sizeof(uint64_t));
    if (!g->language_off)
        return no_memory("models", n, err);
    g->language_off[0] = 0;
    if (n)
        memcpy(g->language_off + 1, g->c.language_end, n * sizeof(uint64_t));
    return 0;
}

static void point(struct eco_gathering *g)
{
    struct eco_build_input *in = &g->in;

    in->params = g->params;
    in->n_nodes = g->ids.n;
    in->id_off = g->ids.off;
    in->id_text = g->ids.text;
    in->created = g->c.created;
    in->modified = g->c.modified;
    in->likes = g->c.likes;
    in->downloads = g->c.downloads;
    in->downloads_all = g->c.downloads_all;
    in->params_count = g->c.params;
    in->storage = g->c.storage;
    in->flags = g->c.flags;
    in->task = g->c.task;
    in->library = g->c.library;
    in->licence = g->c.licence;
    in->spaces = g->c.spaces;
    in->tasks = dict_of(&g->tasks);
    in->libraries = dict_of(&g->libraries);
    in->licences = dict_of(&g->licences);
    in->language_off = g->language_off;
    in->language = g->language;
    in->languages = dict_of(&g->languages);
    in->edges = g->edges;
    in->n_aliases = g->aliases.n;
    in->alias_off = g->aliases.off;
    in->alias_text = g->aliases.text;
    in->alias_node = g->alias_node;
    in->n_authors = g->authors.n;
    in->author_off = g->authors.off;
    in->author_text = g->authors.text;
    in->author_full_off = g->full_names.off;
    in->author_full = g->full_names.text;
    in->author_kind = g->author_kind;
}

int eco_gather(struct eco_store *store, struct eco_gathering **out,
               struct eco_err *err)
{
    struct eco_gathering *g = eco_calloc(1, sizeof(*g));
    int rc;

    *out = NULL;
    if (!g)
        return no_memory("models", 1, err);
    g->params = eco_influence_defaults;
    rc = init_texts(g, err);
    if (!rc)
        rc = read_store(store, g, err);
    if (!rc)
        rc = index_languages(g, err);
    if (rc) {
        eco_gathering_free(g);
        return rc;
    }
    point(g);
    *out = g;
    return 0;
}

struct eco_build_input *eco_gathered_input(struct eco_gathering *g)
{
    return &g->in;
}

void eco_gathering_free(struct eco_gathering *g)
{
    if (!g)
        return;
    struct eco_texts *texts[] = { &g->ids,        &g->tasks,    &g->libraries,
                                  &g->licences,   &g->aliases,  &g->authors,
                                  &g->full_names, &g->languages };
    void *columns[] = { g->c.created,      g->c.modified,      g->c.likes,
                        g->c.downloads,    g->c.downloads_all, g->c.params,
                        g->c.storage,      g->c.model_id,      g->c.flags,
                        g->c.task,         g->c.library,       g->c.licence,
                        g->c.language_end, g->language,        g->language_off,
                        g->c.spaces,       g->c.last_space,    g->edges,
                        g->alias_node,     g->author_kind };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        eco_texts_release(texts[i]);
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        eco_free(columns[i]);
    eco_free(g);
}
