/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "query/network.h"

#include "../ref/network.h"
#include "../support/family.h"

/*
 * Random families of every awkward shape under random questions: the answer is
 * the reference's, and has the properties that the header promises and the
 * reference knows nothing of: order, forest, places.
 */
#define HUBS 12000
#define QUERIES 5 /* of each hub */

#define NONE ECO_NETWORK_NONE

/* SplitMix64. */
static uint32_t below(uint64_t *seed, uint32_t n)
{
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) % n);
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

/* --- hubs ------------------------------------------------------------------------- */

/* What a hub is made of, before its nodes have numbers: so the same one can be
 * built again with strangers in between. */
struct plan {
    uint32_t n_ranked, n_nodes, n_authors;
    uint32_t *author;
    int64_t *created;
    uint8_t *flags, *kind;
    uint16_t *task, *library, *licence;
    uint8_t *languages;
    double *influence;
    bool *named; /* has an "x" in its id */
    struct eco_edge *edges;
    uint64_t m;
    uint64_t seed;
    uint32_t likely; /* the relation that most edges have */
};

static void join(struct plan *p, uint32_t base, uint32_t derived)
{
    uint8_t relation =
        (uint8_t)(one_in(&p->seed, 3) ? below(&p->seed, 4) : p->likely);
    uint8_t told = one_in(&p->seed, 3) ? 0 : ECO_EDGE_DECLARED;

    p->edges[p->m++] =
        (struct eco_edge){ base, derived, (uint8_t)(relation | told) };
}

/* Trees, low or tall, in an order that has nothing to do with influence. */
static void plan_trees(struct plan *p, const uint32_t *order)
{
    uint32_t tops = 1 + below(&p->seed, 3), tall = 1 + below(&p->seed, 6);

    for (uint32_t i = tops; i < p->n_nodes; i++) {
        uint32_t back = i / tall + 1 < i ? i / tall + 1 : i;
        uint32_t at = one_in(&p->seed, 3) ? below(&p->seed, i)
                                          : i - 1 - below(&p->seed, back);

        join(p, order[at], order[i]);
    }
}

static void plan_merges(struct plan *p)
{
    for (uint32_t k = below(&p->seed, 4); k > 0; k--) {
        uint32_t v = below(&p->seed, p->n_nodes);

        for (uint32_t b = 2 + below(&p->seed, 6); b > 0; b--)
            join(p, below(&p->seed, p->n_nodes), v);
    }
}

static void plan_circles(struct plan *p)
{
    for (uint32_t k = below(&p->seed, 4); k > 0; k--) {
        uint32_t first = below(&p->seed, p->n_nodes), v = first;

        for (uint32_t len = 1 + below(&p->seed, 4); len > 0; len--) {
            uint32_t next = below(&p->seed, p->n_nodes);

            join(p, v, next);
            v = next;
        }
        join(p, v, first);
    }
}

static void plan_facts(struct plan *p)
{
    double influence = 50;

    for (uint32_t v = 0; v < p->n_nodes; v++) {
        p->author[v] = p->n_authors && !one_in(&p->seed, 8)
                           ? below(&p->seed, p->n_authors)
                           : ECO_SNAP_NO_AUTHOR;
        p->named[v] = one_in(&p->seed, 2);
        influence -= below(&p->seed, 3) / 4.0;
        p->influence[v] =
            v < p->n_ranked ? fmax(influence, 0) : below(&p->seed, 1000) / 10.0;
    }
    for (uint32_t v = 0; v < p->n_ranked; v++) {
        p->created[v] = ((int64_t)below(&p->seed, 40) - 2) * ECO_DAY_MS +
                        below(&p->seed, 1000);
        if (one_in(&p->seed, 8))
            p->created[v] = ECO_TIME_UNKNOWN;
        p->flags[v] = one_in(&p->seed, 8) ? ECO_SNAP_REMOVED : 0;
        p->task[v] = (uint16_t)below(&p->seed, 4);
        p->library[v] = (uint16_t)below(&p->seed, 3);
        p->licence[v] = (uint16_t)below(&p->seed, 3);
        p->languages[v] = (uint8_t)(2 * below(&p->seed, 4));
    }
    for (uint32_t a = 0; a < p->n_authors; a++)
        p->kind[a] = one_in(&p->seed, 2)
                         ? ECO_AUTHOR_INDIVIDUAL
                         : (uint8_t)below(&p->seed, ECO_AUTHOR_KINDS);
}

static struct plan make_plan(uint64_t seed, uint32_t most)
{
    struct plan p = { .seed = seed };
    uint32_t n = 1 + below(&p.seed, most);
    uint32_t *order = grab(n, sizeof(*order));

    p.n_nodes = n;
    p.n_ranked = n - below(&p.seed, n / 4 + 1);
    p.n_authors = below(&p.seed, 7);
    p.likely = below(&p.seed, 4);
    p.author = grab(n, sizeof(uint32_t));
    p.created = grab(n, sizeof(int64_t));
    p.flags = grab(n, 1);
    p.kind = grab(p.n_authors, 1);
    p.task = grab(n, sizeof(uint16_t));
    p.library = grab(n, sizeof(uint16_t));
    p.licence = grab(n, sizeof(uint16_t));
    p.languages = grab(n, 1);
    p.influence = grab(n, sizeof(double));
    p.named = grab(n, sizeof(bool));
    p.edges = grab(n + 60, sizeof(struct eco_edge));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = below(&p.seed, i + 1);

        order[i] = order[k];
        order[k] = i;
    }
    if (n > 3)
        plan_trees(&p, order);
    plan_merges(&p);
    plan_circles(&p);
    plan_facts(&p);
    free(order);
    return p;
}

static void release_plan(struct plan *p)
{
    free(p->author);
    free(p->created);
    free(p->flags);
    free(p->kind);
    free(p->task);
    free(p->library);
    free(p->licence);
    free(p->languages);
    free(p->influence);
    free(p->named);
    free(p->edges);
}

/* --- from plan to snapshot ----------------------------------------------------------- */

/* `strangers` times as many nodes and authors besides, in between, with edges
 * of their own: node v becomes node_to[v]. */
struct built {
    struct eco_test_family *f;
    uint32_t *node_to, *author_to;
};

static void put_node(const struct plan *p, const struct built *b, uint32_t v)
{
    uint32_t to = b->node_to[v];
    char id[24];

    snprintf(id, sizeof(id), "a/%u%s", v, p->named[v] ? "x" : "");
    eco_test_family_id(b->f, to, id);
    b->f->author[to] = p->author[v] == ECO_SNAP_NO_AUTHOR
                           ? ECO_SNAP_NO_AUTHOR
                           : b->author_to[p->author[v]];
    b->f->influence[to] = p->influence[v];
    if (v < p->n_ranked) {
        b->f->created[to] = p->created[v];
        b->f->flags[to] = p->flags[v];
        b->f->task[to] = p->task[v];
        b->f->library[to] = p->library[v];
        b->f->licence[to] = p->licence[v];
        b->f->languages[to] = p->languages[v];
    }
}

static struct built build(const struct plan *p, uint32_t strangers)
{
    uint32_t step = 1 + strangers;
    struct built b = {
        .f = eco_test_family_new(p->n_ranked * step, p->n_nodes * step,
                                 p->n_authors * step),
        .node_to = grab(p->n_nodes, sizeof(uint32_t)),
        .author_to = grab(p->n_authors, sizeof(uint32_t)),
    };

    for (uint32_t a = 0; a < p->n_authors; a++) {
        b.author_to[a] = a * step + strangers;
        b.f->author_kind[b.author_to[a]] = p->kind[a];
    }
    for (uint32_t v = 0; v < p->n_nodes; v++) {
        b.node_to[v] = v * step + strangers;
        put_node(p, &b, v);
        for (uint32_t k = 1; k <= strangers; k++) {
            uint32_t w = b.node_to[v] - k;

            b.f->influence[w] = p->influence[v];
            eco_test_family_edge(b.f, strangers - 1, w, ECO_FINETUNE);
        }
    }
    for (uint64_t i = 0; i < p->m; i++)
        eco_test_family_edge(b.f, b.node_to[p->edges[i].base],
                             b.node_to[p->edges[i].derived], p->edges[i].tag);
    (void)eco_test_family_snap(b.f);
    return b;
}

static void release_built(struct built *b)
{
    eco_test_family_free(b->f);
    free(b->node_to);
    free(b->author_to);
}

/* --- questions ------------------------------------------------------------------------ */

/* Distinct nodes, those already in `not` excepted. */
static uint32_t some_nodes(uint64_t *seed, uint32_t n, uint32_t want,
                           const uint32_t * not, uint32_t n_not, uint32_t *out)
{
    uint32_t count = 0;

    while (want-- > 0) {
        uint32_t v = below(seed, n);
        bool is_new = true;

        for (uint32_t i = 0; i < count; i++)
            is_new = is_new && out[i] != v;
        for (uint32_t i = 0; i < n_not; i++)
            is_new = is_new && not [i] != v;
        if (is_new)
            out[count++] = v;
    }
    return count;
}

/* Any of `n` values; an author may be none. */
static void ask_facet(uint64_t *seed, struct eco_filter *f, int facet,
                      uint32_t n)
{
    struct eco_choice *c = &f->choice[facet];

    c->is_on = true;
    for (uint32_t k = below(seed, 4); n && k > 0; k--)
        eco_choice_add(c, below(seed, n));
    if (facet == ECO_FILTER_AUTHOR && one_in(seed, 3))
        eco_choice_add(c, ECO_SNAP_NO_AUTHOR);
}

static void ask_filter(uint64_t *seed, uint32_t n_authors,
                       struct eco_network_query *q)
{
    static const char *const words[] = { "x", "1", "2x", "" };
    const uint32_t values[ECO_FILTER_FACETS] = {
        [ECO_FILTER_TASK] = 4,           [ECO_FILTER_LANGUAGE] = 3,
        [ECO_FILTER_AUTHOR] = n_authors, [ECO_FILTER_KIND] = ECO_AUTHOR_KINDS,
        [ECO_FILTER_LICENCE] = 3,        [ECO_FILTER_LIBRARY] = 3,
    };

    if (one_in(seed, 2)) {
        assert_int_equal(eco_search_parse(eco_str_from_c(words[below(seed, 4)]),
                                          &q->filter.search, NULL),
                         0);
    }
    for (int i = 0; i < ECO_FILTER_FACETS; i++)
        if (one_in(seed, 6))
            ask_facet(seed, &q->filter, i, values[i]);
    q->filter.exclude_removed = one_in(seed, 3);
    q->cut = one_in(seed, 2);
}

static void ask(uint64_t *seed, uint32_t n, uint32_t n_authors,
                struct eco_network_query *q)
{
    memset(q, 0, sizeof(*q));
    q->view = (enum eco_network_view)below(seed, ECO_NETWORK_VIEWS);
    do {
        q->n_roots = some_nodes(seed, n, one_in(seed, 2) ? 1 : below(seed, 5),
                                NULL, 0, q->roots);
    } while (!q->n_roots);
    if (!one_in(seed, 3))
        q->limit = 1 + below(seed, 5);
    if (one_in(seed, 3))
        q->depth = 1 + below(seed, 4);
    if (one_in(seed, 3)) {
        q->has_until = true;
        q->until = (int32_t)below(seed, 40) - 3;
    }
    if (one_in(seed, 3))
        q->hide = below(seed, 16);
    if (one_in(seed, 3))
        q->n_expand = some_nodes(seed, n, below(seed, 4), NULL, 0, q->expand);
    if (one_in(seed, 3))
        q->n_collapse = some_nodes(seed, n, below(seed, 4), q->expand,
                                   q->n_expand, q->collapse);
    if (one_in(seed, 2))
        ask_filter(seed, n_authors, q);
}

static const char *told(const struct eco_network_query *q)
{
    static char text[400];
    int at = snprintf(text, sizeof(text),
                      "view %s limit %u depth %u until %d hide %u cut %d "
                      "filter %d words %zu roots",
                      eco_network_view_name(q->view), q->limit, q->depth,
                      q->has_until ? q->until : -1000, q->hide, q->cut,
                      eco_filter_is_on(&q->filter), q->filter.search.n);

    for (uint32_t i = 0; i < q->n_roots && i < 9; i++)
        at +=
            snprintf(text + at, sizeof(text) - (size_t)at, " %u", q->roots[i]);
    at += snprintf(text + at, sizeof(text) - (size_t)at, " expand");
    for (uint32_t i = 0; i < q->n_expand; i++)
        at +=
            snprintf(text + at, sizeof(text) - (size_t)at, " %u", q->expand[i]);
    at += snprintf(text + at, sizeof(text) - (size_t)at, " collapse");
    for (uint32_t i = 0; i < q->n_collapse; i++)
        at += snprintf(text + at, sizeof(text) - (size_t)at, " %u",
                       q->collapse[i]);
    return text;
}

static struct eco_network run(const struct eco_snap *s,
                              const struct eco_network_query *q)
{
    struct eco_err err = { 0 };
    struct eco_network net;

    if (eco_network_run(s, q, &net, &err))
        fail_msg("%s: %s", told(q), err.msg);
    return net;
}

/* --- one case, and what it looks like when it fails -------------------------------------- */

struct test_case {
    const struct eco_snap *s;
    const struct eco_network_query *q;
    const struct eco_network *net;
    uint64_t seed;
    const struct eco_network *want; /* or NULL */
};

static void describe(const struct test_case *c)
{
    const struct eco_graph *g = &c->s->graph;

    print_error("seed %ju, %u nodes, %u ranked: %s\n", (uintmax_t)c->seed,
                c->s->meta->n_nodes, c->s->meta->n_ranked, told(c->q));
    for (uint32_t v = 0; v < g->n && g->n <= 40; v++) {
        print_error("%u author %d day %d:", v, (int)c->s->author[v],
                    v < c->s->meta->n_ranked &&
                            c->s->created[v] != ECO_TIME_UNKNOWN
                        ? (int)(c->s->created[v] / ECO_DAY_MS)
                        : -1000);
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++)
            print_error(" %u/%u", g->down[e], g->down_tag[e] & 3u);
        print_error("\n");
    }
}

static void describe_net(const char *name, const struct eco_network *net)
{
    print_error("%s\n", name);
    for (uint32_t i = 0; i < net->n; i++) {
        const struct eco_network_node *node = &net->nodes[i];

        print_error("  %u: node %d author %d models %u appears %d more %u "
                    "flags %x parent %d edge %d\n",
                    i, (int)node->node, (int)node->author, node->models,
                    node->appears, node->more, node->flags, (int)node->parent,
                    (int)node->edge);
    }
    for (uint64_t i = 0; i < net->m; i++) {
        const struct eco_network_edge *e = &net->edges[i];

        print_error("  %u -> %u relation %u count %u indirect %d hidden %u "
                    "declared %d since %d\n",
                    e->source, e->target, e->relation, e->count, e->indirect,
                    e->hidden, e->declared, e->since);
    }
}

static void describe_all(const struct test_case *c)
{
    describe(c);
    describe_net("got", c->net);
    if (c->want)
        describe_net("want", c->want);
}

#define CHECK(c, what)                                                         \
    do {                                                                       \
        if (!(what)) {                                                         \
            describe_all(c);                                                   \
            fail_msg("%s", #what);                                             \
        }                                                                      \
    } while (0)

/* --- against the reference ------------------------------------------------------------------ */

static bool is_same_node(const struct eco_network_node *a,
                         const struct eco_network_node *b)
{
    return a->node == b->node && a->author == b->author;
}

/* The reference's numbers of the nodes. */
static uint32_t *number_nodes(const struct test_case *c,
                              const struct eco_network *want)
{
    uint32_t *to = grab(c->net->n, sizeof(*to));

    for (uint32_t i = 0; i < c->net->n; i++) {
        uint32_t k = 0;

        while (k < want->n && !is_same_node(&c->net->nodes[i], &want->nodes[k]))
            k++;
        CHECK(c, k < want->n);
        to[i] = k;
    }
    return to;
}

static void compare_members(const struct test_case *c,
                            const struct eco_network *want,
                            const struct eco_network_node *a,
                            const struct eco_network_node *b)
{
    for (uint32_t i = 0; i < b->models; i++) {
        const struct eco_network_member *x = &c->net->members[a->members + i];
        const struct eco_network_member *y = &want->members[b->members + i];

        CHECK(c, x->node == y->node && x->appears == y->appears);
    }
}

static void compare_node(const struct test_case *c,
                         const struct eco_network *want, uint32_t i,
                         const struct eco_network_node *b)
{
    const struct eco_network_node *a = &c->net->nodes[i];

    CHECK(c, a->models == b->models);
    CHECK(c, a->derived == b->derived);
    CHECK(c, a->more == b->more);
    CHECK(c, a->appears == b->appears);
    CHECK(c, a->flags == b->flags);
    CHECK(c, fabs(a->influence - b->influence) < 1e-9);
    if (a->flags & ECO_NETWORK_GROUP)
        compare_members(c, want, a, b);
}

static void compare_edge(const struct test_case *c, const uint32_t *to,
                         const struct eco_network_edge *a,
                         const struct eco_network *want)
{
    const struct eco_network_edge *b = NULL;

    for (uint64_t i = 0; i < want->m; i++)
        if (want->edges[i].source == to[a->source] &&
            want->edges[i].target == to[a->target] &&
            want->edges[i].relation == a->relation &&
            want->edges[i].indirect == a->indirect)
            b = &want->edges[i];
    CHECK(c, b != NULL);
    CHECK(c, a->count == b->count);
    CHECK(c, a->hidden == b->hidden);
    CHECK(c, a->declared == b->declared);
    CHECK(c, a->since == b->since);
}

static void compare_all(const struct test_case *c,
                        const struct eco_network *want)
{
    const struct eco_network *net = c->net;
    uint32_t *to;

    CHECK(c, net->family == want->family);
    CHECK(c, net->n == want->n);
    CHECK(c, net->m == want->m);
    CHECK(c, net->n_members >= want->n_members);
    CHECK(c, net->models == want->models);
    CHECK(c, net->left_out == 0);
    CHECK(c, net->undated == want->undated);
    CHECK(c, net->matches == want->matches);
    to = number_nodes(c, want);
    for (uint32_t i = 0; i < net->n; i++)
        compare_node(c, want, i, &want->nodes[to[i]]);
    for (uint64_t i = 0; i < net->m; i++)
        compare_edge(c, to, &net->edges[i], want);
    for (int k = 0; k < ECO_RELATIONS; k++)
        CHECK(c, net->inner[k] == want->inner[k]);
    free(to);
}

static void check_reference(const struct test_case *c)
{
    struct test_case compared = *c;
    struct eco_network want;

    assert_int_equal(eco_ref_network(c->s, c->q, ECO_MAX_NETWORK_NODES, &want),
                     0);
    compared.want = &want;
    compare_all(&compared, &want);
    eco_ref_network_release(&want);
}

/* --- shapes -------------------------------------------------------------------------------------- */

/* Breadth-first: the number of the parent never falls, tops first. */
static uint32_t forest_rank(uint32_t parent)
{
    return parent + 1; /* NONE becomes 0 */
}

static void check_forest(const struct test_case *c)
{
    const struct eco_network *net = c->net;

    for (uint32_t i = 0; i < net->n; i++) {
        const struct eco_network_node *node = &net->nodes[i];
        const struct eco_network_node *before = i ? node - 1 : node;

        CHECK(c, forest_rank(before->parent) <= forest_rank(node->parent));
        if (i && before->parent == node->parent && before->node != NONE &&
            node->node != NONE)
            CHECK(c, before->node < node->node);
        if (node->parent == NONE) {
            CHECK(c, node->flags & ECO_NETWORK_ROOT);
            CHECK(c, node->edge == NONE);
            continue;
        }
        CHECK(c, node->parent < i);
        CHECK(c, node->edge < net->m);
        CHECK(c, net->edges[node->edge].source == node->parent);
        CHECK(c, net->edges[node->edge].target == i);
    }
}

static unsigned kind_of(const struct eco_network_edge *e)
{
    return 2u * e->relation + e->indirect;
}

static void check_edges(const struct test_case *c)
{
    for (uint64_t i = 0; i < c->net->m; i++) {
        const struct eco_network_edge *e = &c->net->edges[i];

        CHECK(c, e->source < c->net->n && e->target < c->net->n);
        CHECK(c, e->source != e->target);
        CHECK(c, e->relation < ECO_RELATIONS);
        if (!i || e[-1].source < e->source)
            continue;
        CHECK(c, e[-1].source == e->source);
        CHECK(c, e[-1].target <= e->target);
        if (e[-1].target == e->target)
            CHECK(c, kind_of(&e[-1]) < kind_of(e));
    }
}

static void check_places(const struct test_case *c)
{
    for (uint32_t i = 0; i < c->net->n; i++) {
        const struct eco_network_node *a = &c->net->nodes[i];

        CHECK(c, isfinite(a->x) && isfinite(a->y));
        CHECK(c, a->r == eco_network_radius(a->influence));
        for (uint32_t k = 0; k < i; k++) {
            const struct eco_network_node *b = &c->net->nodes[k];

            CHECK(c, hypot((double)a->x - (double)b->x,
                           (double)a->y - (double)b->y) >=
                         (double)a->r + (double)b->r);
        }
    }
}

/* --- the same again --------------------------------------------------------------------------------- */

/* The same but for the numbers of nodes and authors, which went from a's to
 * b's; to the last bit. */
static void check_same(const struct test_case *c, const struct eco_network *b,
                       const struct built *moved)
{
    const struct eco_network *a = c->net;

    CHECK(c, a->n == b->n && a->m == b->m && a->n_members == b->n_members);
    for (uint32_t i = 0; i < a->n; i++) {
        struct eco_network_node x = a->nodes[i];
        const struct eco_network_node *y = &b->nodes[i];

        if (moved && x.node != NONE)
            x.node = moved->node_to[x.node];
        if (moved && x.author != ECO_SNAP_NO_AUTHOR)
            x.author = moved->author_to[x.author];
        CHECK(c, is_same_node(&x, y));
        CHECK(c, x.parent == y->parent && x.edge == y->edge);
        CHECK(c, x.models == y->models && x.members == y->members);
        CHECK(c, x.derived == y->derived && x.more == y->more);
        CHECK(c, x.appears == y->appears && x.flags == y->flags);
        CHECK(c, !memcmp(&x.x, &y->x, 3 * sizeof(float)));
        CHECK(c, !memcmp(&x.influence, &y->influence, sizeof(double)));
    }
    for (uint64_t i = 0; i < a->m; i++) {
        const struct eco_network_edge *x = &a->edges[i], *y = &b->edges[i];

        CHECK(c, x->source == y->source && x->target == y->target);
        CHECK(c, x->count == y->count && x->hidden == y->hidden);
        CHECK(c, x->since == y->since && x->relation == y->relation);
        CHECK(c, x->declared == y->declared && x->indirect == y->indirect);
    }
}

static void turn(uint32_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n / 2; i++) {
        uint32_t v = list[i];

        list[i] = list[n - 1 - i];
        list[n - 1 - i] = v;
    }
}

/* Views of the words have to follow the words. */
static struct eco_network_query *copy(const struct eco_network_query *q)
{
    struct eco_network_query *to = grab(1, sizeof(*to));

    *to = *q;
    for (size_t i = 0; i < q->filter.search.n; i++)
        to->filter.search.word[i].ptr =
            to->filter.search.text +
            (q->filter.search.word[i].ptr - q->filter.search.text);
    return to;
}

/* Asked again, and with everything named the other way round. */
static void check_again(const struct test_case *c)
{
    struct eco_network_query *q = copy(c->q);
    struct eco_network again = run(c->s, q);

    check_same(c, &again, NULL);
    eco_network_release(&again);
    turn(q->roots, q->n_roots);
    turn(q->expand, q->n_expand);
    turn(q->collapse, q->n_collapse);
    again = run(c->s, q);
    check_same(c, &again, NULL);
    eco_network_release(&again);
    free(q);
}

static void move_nodes(uint32_t *list, uint32_t n, const struct built *moved)
{
    for (uint32_t i = 0; i < n; i++)
        list[i] = moved->node_to[list[i]];
}

static void move_authors(struct eco_choice *c, const struct built *moved)
{
    for (uint32_t i = 0; i < c->n; i++)
        if (c->value[i] != ECO_SNAP_NO_AUTHOR)
            c->value[i] = moved->author_to[c->value[i]];
}

/* Nothing depends on models that have nothing to do with the chosen ones. */
static void check_strangers(const struct test_case *c, const struct plan *p)
{
    struct eco_network_query *q = copy(c->q);
    struct built moved = build(p, 2);
    struct eco_network other;

    move_nodes(q->roots, q->n_roots, &moved);
    move_nodes(q->expand, q->n_expand, &moved);
    move_nodes(q->collapse, q->n_collapse, &moved);
    move_authors(&q->filter.choice[ECO_FILTER_AUTHOR], &moved);
    other = run(&moved.f->snap, q);
    check_same(c, &other, &moved);
    eco_network_release(&other);
    release_built(&moved);
    free(q);
}

/* --- until and hide ------------------------------------------------------------------------------------ */

static void check_nothing_moves(const struct test_case *c)
{
    struct eco_network_query *q = copy(c->q);
    struct eco_network all;

    q->has_until = false;
    q->hide = 0;
    all = run(c->s, q);
    CHECK(c, c->net->n <= all.n && c->net->models <= all.models);
    for (uint32_t i = 0; i < c->net->n; i++) {
        const struct eco_network_node *a = &c->net->nodes[i];
        uint32_t k = 0;

        while (k < all.n && !is_same_node(a, &all.nodes[k]))
            k++;
        CHECK(c, k < all.n);
        CHECK(c, !memcmp(&a->x, &all.nodes[k].x, 3 * sizeof(float)));
    }
    eco_network_release(&all);
    free(q);
}

/* --- views ------------------------------------------------------------------------------------------------ */

/* A base shows its first derived models, whatever else there is. */
static void check_first_stay(const struct test_case *c)
{
    const struct eco_graph *g = &c->s->graph;
    bool *there = grab(g->n, sizeof(bool));

    for (uint32_t i = 0; i < c->net->n; i++)
        there[c->net->nodes[i].node] = true;
    for (uint32_t i = 0; i < c->net->n; i++) {
        uint32_t v = c->net->nodes[i].node, seen = 0;

        if (c->net->nodes[i].flags & ECO_NETWORK_COLLAPSED)
            continue;
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++)
            if (!c->q->limit || seen++ < c->q->limit ||
                c->net->nodes[i].flags & ECO_NETWORK_EXPANDED)
                CHECK(c, there[g->down[e]]);
    }
    free(there);
}

static void add_up(const struct eco_network *net, uint64_t edges[ECO_RELATIONS],
                   uint64_t *models)
{
    *models = 0;
    for (int k = 0; k < ECO_RELATIONS; k++)
        edges[k] = net->inner[k];
    for (uint64_t i = 0; i < net->m; i++)
        edges[net->edges[i].relation] += net->edges[i].count;
    for (uint32_t i = 0; i < net->n; i++)
        *models += net->nodes[i].models;
}

/* Folding loses neither models nor edges. */
static void check_conserved(const struct test_case *c)
{
    struct eco_network_query *q = copy(c->q);
    uint64_t a[ECO_RELATIONS], b[ECO_RELATIONS], a_models, b_models;
    struct eco_network full, folded;

    q->hide = 0;
    q->view = ECO_NETWORK_FULL;
    full = run(c->s, q);
    q->view = ECO_NETWORK_BY_AUTHOR;
    folded = run(c->s, q);
    add_up(&full, a, &a_models);
    add_up(&folded, b, &b_models);
    CHECK(c, a_models == b_models);
    CHECK(c, a_models == full.models && b_models == folded.models);
    CHECK(c, full.n_members == 0);
    for (int k = 0; k < ECO_RELATIONS; k++)
        CHECK(c, a[k] == b[k]);
    eco_network_release(&full);
    eco_network_release(&folded);
    free(q);
}

/* --- everything, often ---------------------------------------------------------------------------------------- */

static void check_case(const struct test_case *c, const struct plan *p)
{
    bool is_whole = !c->q->has_until && !c->q->hide && !c->q->depth;

    check_reference(c);
    check_forest(c);
    check_edges(c);
    check_places(c);
    check_again(c);
    check_nothing_moves(c);
    if (c->seed % 4 == 0)
        check_strangers(c, p);
    if (c->q->view == ECO_NETWORK_BY_AUTHOR)
        check_conserved(c);
    if (c->q->view <= ECO_NETWORK_FULL && is_whole && !c->q->cut)
        check_first_stay(c);
}

static void check_hub(uint64_t seed, uint32_t most, uint32_t queries)
{
    struct plan p = make_plan(seed, most);
    struct built hub = build(&p, 0);

    for (uint32_t i = 0; i < queries; i++) {
        struct eco_network_query q;
        struct eco_network net;
        struct test_case c = { &hub.f->snap, &q, &net, seed, NULL };

        ask(&p.seed, p.n_nodes, p.n_authors, &q);
        net = run(c.s, &q);
        check_case(&c, &p);
        eco_network_release(&net);
    }
    release_built(&hub);
    release_plan(&p);
    assert_int_equal(eco_test_live_blocks(), 0);
}

static void small_families(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= HUBS; seed++)
        check_hub(seed, seed % 2 ? 9 : 40, QUERIES);
}

static void large_families(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++)
        check_hub(1000000 + seed, 200, 4);
}

/* --- more than fits ------------------------------------------------------------------------------------------------ */

/*
 * Three levels below a chosen model of little influence, with second bases
 * here and there: influential models hang on models that are not.
 */
static struct eco_test_family *huge_family(uint32_t n, uint32_t root,
                                           uint32_t n_authors)
{
    struct eco_test_family *f = eco_test_family_new(n, n, n_authors);
    uint32_t *order = grab(n, sizeof(*order));
    uint64_t seed = 5;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = below(&seed, i + 1);

        order[i] = order[k];
        order[k] = i;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t base = i < n / 2 ? root : order[below(&seed, i)];

        eco_test_family_edge(f, base, order[i], ECO_FINETUNE);
        if (one_in(&seed, 20))
            eco_test_family_edge(f, order[below(&seed, n)], order[i],
                                 ECO_MERGE);
    }
    free(order);
    return f;
}

/* Rule 7, with the waiting ones as bytes. */
static bool *walk(const struct eco_graph *g, uint32_t root, uint32_t limit,
                  uint32_t *n)
{
    bool *kept = grab(g->n, sizeof(bool));
    char *waiting = grab(g->n, 1), *next = waiting + root;

    for (*n = 0; next && *n < ECO_MAX_NETWORK_NODES; ++*n) {
        uint32_t v = (uint32_t)(next - waiting), seen = 0;

        kept[v] = true;
        waiting[v] = 0;
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++)
            if ((!limit || seen++ < limit) && !kept[g->down[e]])
                waiting[g->down[e]] = 1;
        next = memchr(waiting, 1, g->n);
    }
    free(waiting);
    return kept;
}

/* Everybody has an author of his own, so that groups stand as models do. */
static uint32_t model_of(const struct eco_network_node *node)
{
    return node->node == NONE ? node->author : node->node;
}

static uint64_t edges_among(const struct eco_graph *g, const bool *kept)
{
    uint64_t m = 0;

    for (uint32_t v = 0; v < g->n; v++)
        for (uint64_t e = g->down_off[v]; e < g->down_off[v + 1]; e++)
            m += kept[v] && kept[g->down[e]];
    return m;
}

static void check_huge(const struct eco_snap *s, enum eco_network_view view,
                       uint32_t root, uint32_t limit, uint32_t left_out)
{
    struct eco_network_query q = {
        .n_roots = 1,
        .roots = { root },
        .view = view,
        .limit = limit,
        .has_until = true,
        .until = INT32_MAX, /* everything is there */
    };
    struct eco_network net = run(s, &q);
    const struct test_case c = { s, &q, &net, 0, NULL };
    uint32_t n, bound = net.n < 10 ? net.n : 10;
    bool *kept = walk(&s->graph, root, limit, &n);

    assert_int_equal(net.n, n);
    assert_int_equal(net.models, n);
    if (left_out)
        assert_int_equal(net.left_out, left_out);
    assert_true(net.m == edges_among(&s->graph, kept));
    for (uint32_t i = 0; i < net.n; i++)
        if (!kept[model_of(&net.nodes[i])])
            fail_msg("model %u is not to be kept", model_of(&net.nodes[i]));
    check_forest(&c);
    check_edges(&c);
    assert_true(bound > 0 && net.nodes[0].node == root);
    eco_network_release(&net);
    free(kept);
}

static void a_family_of_more_than_fit(void **state)
{
    uint32_t n = 130000, root = 110000;
    struct eco_test_family *f = huge_family(n, root, n);
    const struct eco_snap *s = eco_test_family_snap(f);

    (void)state;
    check_huge(s, ECO_NETWORK_FULL, root, 0, n - ECO_MAX_NETWORK_NODES);
    check_huge(s, ECO_NETWORK_TOP, root, 60000, 0);
    check_huge(s, ECO_NETWORK_BY_AUTHOR, root, 0, n - ECO_MAX_NETWORK_NODES);
    eco_test_family_free(f);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* Of many chosen models that nothing connects: each with its own family. */
static void many_chosen_models_and_more_than_fit(void **state)
{
    uint32_t roots = ECO_MAX_NETWORK_ROOTS, n = 101 * roots;
    struct eco_test_family *f = eco_test_family_new(n, n, 0);
    struct eco_network_query *q = grab(1, sizeof(*q));
    const struct eco_snap *s;
    struct eco_network net;

    (void)state;
    q->view = ECO_NETWORK_FULL;
    for (uint32_t v = 0; v < n - roots; v++)
        eco_test_family_edge(f, n - 1 - v % roots, v, ECO_QUANTIZED);
    for (q->n_roots = 0; q->n_roots < roots; q->n_roots++)
        q->roots[q->n_roots] = n - 1 - q->n_roots;
    s = eco_test_family_snap(f);
    net = run(s, q);
    assert_int_equal(net.n, ECO_MAX_NETWORK_NODES);
    assert_int_equal(net.left_out, n - ECO_MAX_NETWORK_NODES);
    for (uint32_t i = 0; i < net.n; i++) {
        uint32_t v = net.nodes[i].node;

        assert_true(v >= n - roots || v < ECO_MAX_NETWORK_NODES - roots);
        assert_true((net.nodes[i].parent == NONE) == (v >= n - roots));
        assert_int_equal(net.nodes[i].more, v >= n - roots ? 1 : 0);
    }
    eco_network_release(&net);
    eco_test_family_free(f);
    free(q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_families),
        cmocka_unit_test(large_families),
        cmocka_unit_test(a_family_of_more_than_fit),
        cmocka_unit_test(many_chosen_models_and_more_than_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
