/* SPDX-License-Identifier: MIT */
#include "network.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "leaderboard.h"

#define NONE UINT32_MAX

/* An edge of the picture, between two models. */
struct link {
    bool is;
    bool indirect;
    uint8_t tag;
    uint32_t hidden;
};

struct ref {
    const struct eco_snap *s;
    const struct eco_network_query *q;
    struct eco_network *out;
    struct eco_ref_hub hub; /* for the filter */
    uint32_t n, max_nodes;
    void *blocks[32];
    uint32_t n_blocks;
    /* of models */
    bool *chosen, *family, *shown, *hangs, *stays, *mark;
    uint32_t *steps;   /* from a chosen model */
    uint32_t *first;   /* the base by which a model was first reached */
    uint32_t *between; /* hidden models from here down, this one included */
    int32_t *appears;
    bool *edge;        /* n * n */
    uint8_t *tag;      /* n * n: of the edge */
    struct link *link; /* n * n */
    /* of nodes: models and groups */
    uint32_t *node_of; /* of a model that stays, else NONE */
    bool *kept;
    bool *reached;
};

static void *block(struct ref *r, size_t n, size_t size)
{
    void *ptr = eco_calloc(n + 1, size);

    if (ptr)
        r->blocks[r->n_blocks++] = ptr;
    return ptr;
}

static size_t at(const struct ref *r, uint32_t base, uint32_t derived)
{
    return (size_t)base * r->n + derived;
}

static int make_room(struct ref *r)
{
    size_t n = r->n, square = n * n;

    r->chosen = block(r, n, sizeof(bool));
    r->family = block(r, n, sizeof(bool));
    r->shown = block(r, n, sizeof(bool));
    r->hangs = block(r, n, sizeof(bool));
    r->stays = block(r, n, sizeof(bool));
    r->mark = block(r, n, sizeof(bool));
    r->steps = block(r, n, sizeof(uint32_t));
    r->first = block(r, n, sizeof(uint32_t));
    r->between = block(r, n, sizeof(uint32_t));
    r->appears = block(r, n, sizeof(int32_t));
    r->edge = block(r, square, sizeof(bool));
    r->tag = block(r, square, 1);
    r->link = block(r, square, sizeof(struct link));
    r->node_of = block(r, n, sizeof(uint32_t));
    r->kept = block(r, n, sizeof(bool));
    r->reached = block(r, n, sizeof(bool));
    return r->n_blocks == 16 ? 0 : ECO_ENOMEM;
}

static void read_graph(struct ref *r)
{
    const struct eco_graph *g = &r->s->graph;

    for (uint32_t v = 0; v < r->n; v++)
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++) {
            r->edge[at(r, v, g->down[e])] = true;
            r->tag[at(r, v, g->down[e])] = g->down_tag[e];
        }
    for (uint32_t i = 0; i < r->q->n_roots; i++)
        r->chosen[r->q->roots[i]] = true;
}

/* --- what the query says ------------------------------------------------------- */

static bool filter_cuts(const struct ref *r)
{
    return r->q->cut && eco_filter_is_on(&r->q->filter);
}

static bool has_one_relation(const struct ref *r)
{
    return r->q->view >= ECO_NETWORK_ADAPTER;
}

static unsigned relation_of_view(const struct ref *r)
{
    return (unsigned)r->q->view - ECO_NETWORK_ADAPTER;
}

static unsigned relation(uint8_t tag)
{
    return tag & ECO_EDGE_RELATION;
}

/* Is there an edge, of a relation that the view admits? */
static bool is_admitted(const struct ref *r, uint32_t base, uint32_t derived)
{
    if (!r->edge[at(r, base, derived)])
        return false;
    return !has_one_relation(r) ||
           relation(r->tag[at(r, base, derived)]) == relation_of_view(r);
}

static bool is_named(const uint32_t *list, uint32_t n, uint32_t v)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == v)
            return true;
    return false;
}

static uint32_t limit_of(const struct ref *r, uint32_t v)
{
    if (is_named(r->q->collapse, r->q->n_collapse, v))
        return 0;
    if (is_named(r->q->expand, r->q->n_expand, v) || !r->q->limit)
        return UINT32_MAX;
    return r->q->limit;
}

/* --- rule 1: family -------------------------------------------------------------- */

/* Is v among the first derived models of u that rule 4 admits, before anything
 * is hidden? */
static bool follows(const struct ref *r, uint32_t u, uint32_t v)
{
    uint32_t before = 0;

    if (!r->edge[at(r, u, v)])
        return false;
    for (uint32_t w = 0; w < v; w++)
        before += r->edge[at(r, u, w)];
    return before < limit_of(r, u);
}

static bool leads(const struct ref *r, uint32_t u, uint32_t v)
{
    if (r->q->view <= ECO_NETWORK_BY_AUTHOR && !filter_cuts(r))
        return follows(r, u, v);
    return r->edge[at(r, u, v)];
}

/* One step further; false when nobody new is reached. */
static bool reach(struct ref *r, uint32_t steps)
{
    bool any = false;

    for (uint32_t u = 0; u < r->n; u++) {
        if (!r->family[u] || r->steps[u] != steps)
            continue;
        for (uint32_t v = 0; v < r->n; v++) {
            if (r->family[v] || !leads(r, u, v))
                continue;
            r->family[v] = true;
            r->steps[v] = steps + 1;
            r->first[v] = u;
            any = true;
        }
    }
    return any;
}

/* The numbers of the family without any limit: whoever is reached by one more
 * step, until nobody is. */
static uint32_t count_family(struct ref *r)
{
    bool *now = block(r, r->n, sizeof(bool));
    bool *next = block(r, r->n, sizeof(bool));
    uint32_t n = 0, before, steps = 0;

    if (!now || !next)
        return 0;
    memcpy(now, r->chosen, r->n * sizeof(bool));
    do {
        memcpy(next, now, r->n * sizeof(bool));
        for (uint32_t u = 0; u < r->n; u++)
            for (uint32_t v = 0; v < r->n; v++)
                if (now[u] && r->edge[at(r, u, v)])
                    next[v] = true;
        before = n;
        n = 0;
        for (uint32_t v = 0; v < r->n; v++)
            n += now[v];
        if (r->q->depth && steps++ == r->q->depth)
            break;
        memcpy(now, next, r->n * sizeof(bool));
    } while (n != before);
    return n;
}

static void find_family(struct ref *r)
{
    uint32_t steps = 0;

    memcpy(r->family, r->chosen, r->n * sizeof(bool));
    while ((!r->q->depth || steps < r->q->depth) && reach(r, steps))
        steps++;
    r->out->family = count_family(r);
}

/* --- rule 2: shown ---------------------------------------------------------------- */

static bool is_of_organisation(const struct ref *r, uint32_t v)
{
    uint32_t author = r->s->author[v];

    return author != ECO_SNAP_NO_AUTHOR &&
           r->s->author_kind[author] != ECO_AUTHOR_UNKNOWN &&
           r->s->author_kind[author] != ECO_AUTHOR_INDIVIDUAL;
}

static bool derives_by_view(const struct ref *r, uint32_t v)
{
    for (uint32_t u = 0; u < r->n; u++)
        if (r->family[u] && is_admitted(r, u, v))
            return true;
    return false;
}

static bool is_in_view(const struct ref *r, uint32_t v)
{
    if (r->q->view == ECO_NETWORK_ORGS)
        return is_of_organisation(r, v);
    if (has_one_relation(r))
        return derives_by_view(r, v);
    return true;
}

static bool matches(const struct ref *r, uint32_t v)
{
    return eco_filter_is_on(&r->q->filter) &&
           eco_ref_matches(&r->hub, &r->q->filter, v, false);
}

static void find_shown(struct ref *r)
{
    for (uint32_t v = 0; v < r->n; v++)
        r->shown[v] = r->chosen[v] || (r->family[v] && is_in_view(r, v) &&
                                       (!filter_cuts(r) || matches(r, v)));
}

/* --- rule 3: edges ----------------------------------------------------------------- */

static void draw_edges(struct ref *r)
{
    for (uint32_t u = 0; u < r->n; u++)
        for (uint32_t v = 0; v < r->n; v++)
            if (r->shown[u] && r->shown[v] && is_admitted(r, u, v))
                r->link[at(r, u, v)] =
                    (struct link){ .is = true, .tag = r->tag[at(r, u, v)] };
}

static bool is_hidden(const struct ref *r, uint32_t v)
{
    return r->family[v] && !r->shown[v];
}

/* Fill between[]: the fewest hidden models on a path to `v`, by which base of
 * v it may end: `last`, or any when NONE. 0 where there is no such path. */
static void search_up(struct ref *r, uint32_t v, uint32_t last)
{
    uint32_t k = 1;
    bool any = false;

    memset(r->between, 0, r->n * sizeof(uint32_t));
    for (uint32_t b = 0; b < r->n; b++)
        if (is_hidden(r, b) && is_admitted(r, b, v) &&
            (last == NONE || last == b)) {
            r->between[b] = k;
            any = true;
        }
    for (; any; k++) {
        any = false;
        for (uint32_t x = 0; x < r->n; x++)
            for (uint32_t b = 0; r->between[x] == k && b < r->n; b++)
                if (r->edge[at(r, b, x)] && is_hidden(r, b) && !r->between[b]) {
                    r->between[b] = k + 1;
                    any = true;
                }
    }
}

/* The fewest hidden models between `ancestor` and the model searched from; 0
 * when there is no path. */
static uint32_t hidden_below(const struct ref *r, uint32_t ancestor)
{
    uint32_t fewest = 0;

    for (uint32_t x = 0; x < r->n; x++)
        if (r->edge[at(r, ancestor, x)] && r->between[x] &&
            (!fewest || r->between[x] < fewest))
            fewest = r->between[x];
    return fewest;
}

static uint32_t nearest_ancestor(const struct ref *r, uint32_t v,
                                 uint32_t *hidden)
{
    uint32_t best = NONE;

    *hidden = 0;
    for (uint32_t a = 0; a < r->n; a++) {
        uint32_t k = a == v || !r->shown[a] ? 0 : hidden_below(r, a);

        if (k && (best == NONE || k < *hidden)) {
            best = a;
            *hidden = k;
        }
    }
    return best;
}

static uint32_t last_base(struct ref *r, uint32_t ancestor, uint32_t v,
                          uint32_t hidden)
{
    for (uint32_t b = 0; b < r->n; b++) {
        if (!is_hidden(r, b) || !is_admitted(r, b, v))
            continue;
        search_up(r, v, b);
        if (hidden_below(r, ancestor) == hidden)
            return b;
    }
    return NONE;
}

static bool has_base(const struct ref *r, uint32_t v)
{
    for (uint32_t u = 0; u < r->n; u++)
        if (r->link[at(r, u, v)].is)
            return true;
    return false;
}

static void draw_indirect(struct ref *r, uint32_t v)
{
    uint32_t ancestor, base, hidden;

    search_up(r, v, NONE);
    ancestor = nearest_ancestor(r, v, &hidden);
    if (ancestor == NONE)
        return;
    base = last_base(r, ancestor, v, hidden);
    r->link[at(r, ancestor, v)] = (struct link){
        .is = true,
        .indirect = true,
        .tag = r->tag[at(r, base, v)],
        .hidden = hidden,
    };
}

/* Everything that the links lead to, from where set[] is true. */
static void spread(const struct ref *r, bool *set)
{
    for (bool any = true; any;) {
        any = false;
        for (uint32_t u = 0; u < r->n; u++)
            for (uint32_t v = 0; set[u] && v < r->n; v++)
                if (r->link[at(r, u, v)].is && !set[v])
                    set[v] = any = true;
    }
}

static bool is_nearer(const struct ref *r, uint32_t a, uint32_t b)
{
    return b == NONE || r->steps[a] < r->steps[b] ||
           (r->steps[a] == r->steps[b] && a < b);
}

/* Tie v to the first shown model above it that hangs together with a chosen
 * one. */
static void tie(struct ref *r, uint32_t v)
{
    uint32_t x, hidden = 0;

    for (x = r->first[v]; !r->shown[x] || !r->hangs[x]; x = r->first[x])
        hidden += !r->shown[x];
    r->link[at(r, x, v)] = (struct link){
        .is = true,
        .indirect = true,
        .tag = r->tag[at(r, r->first[v], v)],
        .hidden = hidden,
    };
}

/* The nearest model that hangs on a circle only. */
static uint32_t next_to_tie(struct ref *r)
{
    uint32_t best = NONE;

    memcpy(r->hangs, r->chosen, r->n * sizeof(bool));
    spread(r, r->hangs);
    for (uint32_t v = 0; v < r->n; v++)
        if (r->shown[v] && !r->hangs[v] && is_nearer(r, v, best))
            best = v;
    return best;
}

static void find_links(struct ref *r)
{
    uint32_t v;

    draw_edges(r);
    for (v = 0; v < r->n; v++)
        r->mark[v] = r->shown[v] && !r->chosen[v] && !has_base(r, v);
    for (v = 0; v < r->n; v++)
        if (r->mark[v])
            draw_indirect(r, v);
    while ((v = next_to_tie(r)) != NONE)
        tie(r, v);
}

/* --- rule 4: limit ------------------------------------------------------------------ */

static bool admits(const struct ref *r, uint32_t u, uint32_t v)
{
    uint32_t before = 0;

    if (!r->link[at(r, u, v)].is)
        return false;
    for (uint32_t w = 0; w < v; w++)
        before += r->link[at(r, u, w)].is;
    return before < limit_of(r, u);
}

static void find_staying(struct ref *r)
{
    memcpy(r->stays, r->chosen, r->n * sizeof(bool));
    for (bool any = true; any;) {
        any = false;
        for (uint32_t u = 0; u < r->n; u++)
            for (uint32_t v = 0; r->stays[u] && v < r->n; v++)
                if (!r->stays[v] && admits(r, u, v))
                    r->stays[v] = any = true;
    }
}

static bool is_drawn(const struct ref *r, uint32_t u, uint32_t v)
{
    return r->stays[u] && r->stays[v] && r->link[at(r, u, v)].is;
}

/* --- rule 5: appearance -------------------------------------------------------------- */

static int32_t created_day(const struct ref *r, uint32_t v)
{
    int64_t ms, day;

    if (v >= r->s->meta->n_ranked || r->s->created[v] == ECO_TIME_UNKNOWN)
        return ECO_NETWORK_NEVER;
    ms = r->s->created[v];
    day = ms / ECO_DAY_MS - (ms % ECO_DAY_MS < 0);
    return (int32_t)day;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void find_appearance(struct ref *r)
{
    for (uint32_t v = 0; v < r->n; v++)
        r->appears[v] = r->chosen[v] ? ECO_NETWORK_ALWAYS : ECO_NETWORK_NEVER;
    for (bool any = true; any;) {
        any = false;
        for (uint32_t u = 0; u < r->n; u++)
            for (uint32_t v = 0; v < r->n; v++) {
                int32_t day = later(created_day(r, v), r->appears[u]);

                if (is_drawn(r, u, v) && day < r->appears[v]) {
                    r->appears[v] = day;
                    any = true;
                }
            }
    }
}

/* --- rule 6: by author ----------------------------------------------------------------- */

static bool is_folded(const struct ref *r, uint32_t v)
{
    return r->q->view == ECO_NETWORK_BY_AUTHOR && !r->chosen[v];
}

static unsigned flags_of(const struct ref *r, uint32_t v)
{
    bool is_ranked = v < r->s->meta->n_ranked;

    return (r->chosen[v] ? ECO_NETWORK_ROOT : 0u) |
           (is_ranked ? 0u : ECO_NETWORK_PLACEHOLDER) |
           (is_ranked && r->s->flags[v] & ECO_SNAP_REMOVED ? ECO_NETWORK_REMOVED
                                                           : 0u) |
           (matches(r, v) ? ECO_NETWORK_MATCH : 0u) |
           (is_named(r->q->collapse, r->q->n_collapse, v)
                ? ECO_NETWORK_COLLAPSED
                : 0u) |
           (is_named(r->q->expand, r->q->n_expand, v) ? ECO_NETWORK_EXPANDED
                                                      : 0u);
}

static uint32_t add_node(struct ref *r, uint32_t v, uint32_t author)
{
    r->out->nodes[r->out->n] = (struct eco_network_node){
        .node = v,
        .author = author,
        .parent = NONE,
        .edge = NONE,
        .appears = ECO_NETWORK_NEVER,
        .flags = v == NONE ? ECO_NETWORK_GROUP : flags_of(r, v),
    };
    return r->out->n++;
}

static void put_in(struct ref *r, uint32_t v, uint32_t node)
{
    struct eco_network_node *to = &r->out->nodes[node];

    r->node_of[v] = node;
    to->influence += r->s->influence[v];
    if (r->appears[v] < to->appears)
        to->appears = r->appears[v];
}

static void fold_author(struct ref *r, uint32_t author)
{
    uint32_t group = NONE;

    for (uint32_t v = 0; v < r->n; v++) {
        if (!r->stays[v] || !is_folded(r, v) || r->s->author[v] != author)
            continue;
        if (group == NONE)
            group = add_node(r, NONE, author);
        put_in(r, v, group);
    }
}

static int find_nodes(struct ref *r)
{
    r->out->nodes = eco_calloc((size_t)r->n + 1, sizeof(*r->out->nodes));
    if (!r->out->nodes)
        return ECO_ENOMEM;
    for (uint32_t v = 0; v < r->n; v++) {
        r->node_of[v] = NONE;
        if (r->stays[v] && !is_folded(r, v))
            put_in(r, v, add_node(r, v, r->s->author[v]));
    }
    for (uint32_t a = 0; a < r->s->meta->n_authors; a++)
        fold_author(r, a);
    fold_author(r, ECO_SNAP_NO_AUTHOR);
    return 0;
}

/* --- rule 7: maximum ---------------------------------------------------------------------- */

static bool is_node_admitted(const struct ref *r, uint32_t node)
{
    for (uint32_t v = 0; v < r->n; v++)
        for (uint32_t u = 0; r->node_of[v] == node && u < r->n; u++)
            if (r->node_of[u] != NONE && r->kept[r->node_of[u]] &&
                admits(r, u, v))
                return true;
    return false;
}

/* Models stand by influence; groups do not. */
static bool is_before(const struct ref *r, uint32_t a, uint32_t b)
{
    const struct eco_network_node *x = &r->out->nodes[a];
    const struct eco_network_node *y = &r->out->nodes[b];

    if (x->node == NONE && y->node == NONE && x->influence != y->influence)
        return x->influence > y->influence;
    return a < b;
}

static void keep_most(struct ref *r)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->out->n; i++) {
        r->kept[i] = r->out->nodes[i].flags & ECO_NETWORK_ROOT;
        n += r->kept[i];
    }
    while (n < r->max_nodes && n < r->out->n) {
        uint32_t best = NONE;

        for (uint32_t i = 0; i < r->out->n; i++)
            if (!r->kept[i] && (best == NONE || is_before(r, i, best)) &&
                is_node_admitted(r, i))
                best = i;
        r->kept[best] = true;
        n++;
    }
    r->out->left_out = r->out->n - n;
    for (uint32_t v = 0; v < r->n; v++)
        if (r->node_of[v] != NONE && !r->kept[r->node_of[v]])
            r->node_of[v] = NONE;
}

static void keep_all(struct ref *r)
{
    for (uint32_t i = 0; i < r->out->n; i++)
        r->kept[i] = true;
}

/* What is said about the picture as it is before rule 8. */
static void count_shown(struct ref *r)
{
    for (uint32_t v = 0; v < r->n; v++) {
        struct eco_network_node *node;

        if (r->node_of[v] == NONE)
            continue;
        node = &r->out->nodes[r->node_of[v]];
        r->out->undated += r->appears[v] == ECO_NETWORK_NEVER;
        for (uint32_t w = 0; node->node == v && w < r->n; w++) {
            node->derived += r->edge[at(r, v, w)];
            node->more += r->edge[at(r, v, w)] && r->node_of[w] == NONE;
        }
    }
}

/* --- rule 8: time and legend ----------------------------------------------------------------- */

static bool is_there(const struct ref *r, uint32_t v)
{
    return r->node_of[v] != NONE &&
           (!r->q->has_until || r->appears[v] <= r->q->until);
}

static struct eco_network_edge *edge_between(struct ref *r, uint32_t a,
                                             uint32_t b, const struct link *l)
{
    struct eco_network *out = r->out;

    for (uint64_t i = 0; i < out->m; i++) {
        struct eco_network_edge *e = &out->edges[i];

        if (e->source == a && e->target == b &&
            e->relation == relation(l->tag) && e->indirect == l->indirect)
            return e;
    }
    out->edges[out->m] = (struct eco_network_edge){
        .source = a,
        .target = b,
        .relation = (uint8_t)relation(l->tag),
        .indirect = l->indirect,
        .since = ECO_NETWORK_NEVER,
        .hidden = UINT32_MAX,
    };
    return &out->edges[out->m++];
}

/* One more edge of the picture, by itself or into a folded one, which is
 * inferred when all of them are. */
static void put_edge(struct ref *r, uint32_t u, uint32_t v)
{
    uint32_t a = r->node_of[u], b = r->node_of[v];
    const struct link *l = &r->link[at(r, u, v)];
    int32_t since = later(r->appears[u], r->appears[v]);
    struct eco_network_edge *e;

    if (a == b) {
        r->out->inner[relation(l->tag)]++;
        return;
    }
    e = edge_between(r, a, b, l);
    e->count++;
    e->declared = e->declared || l->tag & ECO_EDGE_DECLARED;
    if (l->hidden < e->hidden)
        e->hidden = l->hidden;
    if (since < e->since)
        e->since = since;
}

static int find_edges(struct ref *r)
{
    uint64_t m = 0;

    for (uint32_t u = 0; u < r->n; u++)
        for (uint32_t v = 0; v < r->n; v++)
            m += is_drawn(r, u, v);
    r->out->edges = eco_calloc(m + 1, sizeof(*r->out->edges));
    if (!r->out->edges)
        return ECO_ENOMEM;
    for (uint32_t u = 0; u < r->n; u++)
        for (uint32_t v = 0; v < r->n; v++)
            if (is_there(r, u) && is_there(r, v) && is_drawn(r, u, v))
                put_edge(r, u, v);
    return 0;
}

static void hide_relations(struct ref *r)
{
    struct eco_network *out = r->out;
    uint64_t m = 0;

    for (uint64_t i = 0; i < out->m; i++)
        if (!(r->q->hide >> out->edges[i].relation & 1))
            out->edges[m++] = out->edges[i];
    out->m = m;
}

/* Fill reached[]: what hangs on a chosen model by the edges that are left. */
static void find_reached(struct ref *r)
{
    const struct eco_network *out = r->out;

    for (uint32_t i = 0; i < out->n; i++)
        r->reached[i] = out->nodes[i].flags & ECO_NETWORK_ROOT;
    for (bool any = true; any;) {
        any = false;
        for (uint64_t i = 0; i < out->m; i++) {
            const struct eco_network_edge *e = &out->edges[i];

            if (r->reached[e->source] && !r->reached[e->target])
                r->reached[e->target] = any = true;
        }
    }
}

static void drop_edges(struct ref *r)
{
    struct eco_network *out = r->out;
    uint64_t m = 0;

    for (uint64_t i = 0; i < out->m; i++)
        if (r->reached[out->edges[i].source] &&
            r->reached[out->edges[i].target])
            out->edges[m++] = out->edges[i];
    out->m = m;
}

/* Also lists the members, which go by node and then by number. */
static int drop_nodes(struct ref *r)
{
    struct eco_network *out = r->out;
    uint32_t *number = block(r, out->n, sizeof(*number)), n = 0;

    out->members = eco_calloc((size_t)r->n + 1, sizeof(*out->members));
    if (!number || !out->members)
        return ECO_ENOMEM;
    for (uint32_t i = 0; i < out->n; i++) {
        struct eco_network_node *node = &out->nodes[n];

        if (!r->reached[i])
            continue;
        number[i] = n++;
        *node = out->nodes[i];
        node->members = out->n_members;
        for (uint32_t v = 0; v < r->n; v++) {
            if (r->node_of[v] != i || !is_there(r, v))
                continue;
            node->models++;
            out->matches += matches(r, v);
            if (matches(r, v))
                node->flags |= ECO_NETWORK_MATCH;
            if (node->node == NONE)
                out->members[out->n_members++] =
                    (struct eco_network_member){ v, r->appears[v] };
        }
        out->models += node->models;
    }
    out->n = n;
    for (uint64_t i = 0; i < out->m; i++) {
        out->edges[i].source = number[out->edges[i].source];
        out->edges[i].target = number[out->edges[i].target];
    }
    return 0;
}

static bool goes_before(const struct eco_network_edge *a,
                        const struct eco_network_edge *b)
{
    if (a->source != b->source)
        return a->source < b->source;
    if (a->target != b->target)
        return a->target < b->target;
    if (a->relation != b->relation)
        return a->relation < b->relation;
    return a->indirect < b->indirect;
}

static void sort_edges(struct eco_network *out)
{
    for (uint64_t i = 1; i < out->m; i++)
        for (uint64_t k = i;
             k && goes_before(&out->edges[k], &out->edges[k - 1]); k--) {
            struct eco_network_edge e = out->edges[k];

            out->edges[k] = out->edges[k - 1];
            out->edges[k - 1] = e;
        }
}

/* --- all of it ------------------------------------------------------------------------------- */

static int follow_rules(struct ref *r)
{
    int rc = make_room(r);

    if (rc)
        return rc;
    read_graph(r);
    find_family(r);
    find_shown(r);
    find_links(r);
    find_staying(r);
    find_appearance(r);
    rc = find_nodes(r);
    if (rc)
        return rc;
    if (r->out->n > r->max_nodes)
        keep_most(r);
    else
        keep_all(r);
    count_shown(r);
    rc = find_edges(r);
    if (rc)
        return rc;
    hide_relations(r);
    find_reached(r);
    drop_edges(r);
    rc = drop_nodes(r);
    sort_edges(r->out);
    return rc;
}

int eco_ref_network(const struct eco_snap *s, const struct eco_network_query *q,
                    uint32_t max_nodes, struct eco_network *out)
{
    struct ref r = {
        .s = s,
        .q = q,
        .out = out,
        .n = s->graph.n,
        .max_nodes = max_nodes,
    };
    int rc;

    memset(out, 0, sizeof(*out));
    eco_ref_hub_init(&r.hub, s);
    rc = follow_rules(&r);
    eco_ref_hub_release(&r.hub);
    for (uint32_t i = 0; i < r.n_blocks; i++)
        eco_free(r.blocks[i]);
    if (rc)
        eco_ref_network_release(out);
    return rc;
}

void eco_ref_network_release(struct eco_network *net)
{
    eco_free(net->nodes);
    eco_free(net->edges);
    eco_free(net->members);
    memset(net, 0, sizeof(*net));
}
