/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "graph/layout.h"
#include "query/network.h"

#include "../support/family.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NONE ECO_NETWORK_NONE
#define DECLARED(relation) (ECO_EDGE_DECLARED | (relation))

/*
 * Cases are written down in words.
 *
 * edges     "0f1 1Q2": 1 is a finetune of 0, 2 a quantized form of 1, inferred
 *           (upper case).
 * facts     "d3=50 d4=- a3=1 a4=- k1=c": the day model 3 was created, that of
 *           4 is unknown; the author of 3, none of 4; author 1 is a company
 *           (i individual, u unverified, ? unknown). Else model v is of day v
 *           and of author 0, an individual.
 * question  "0 7 full limit=2 hide=fq": chosen models, view, the rest.
 * picture   "0 1 @2x3 | 0f1 1~q2+4": nodes 0, 1 and a group of three models of
 *           author 2; an edge between nodes 0 and 1, an indirect one from node
 *           1 to node 2 with 4 hidden models between ("nodes" are models, and
 *           groups "@2"); "0f@2*3" is three edges in one.
 */
static const char relations[] = "afmq";

static unsigned relation_of(char c)
{
    const char *at = strchr(relations, c | 0x20);

    assert_non_null(at);
    return (unsigned)(at - relations);
}

/* The next word of a text, in word[]; false at the end. */
static bool next_word(const char **text, char word[32])
{
    size_t len;

    *text += strspn(*text, " ");
    len = strcspn(*text, " ");
    assert_true(len < 32);
    memcpy(word, *text, len);
    word[len] = '\0';
    *text += len;
    return len > 0;
}

static uint32_t number(const char *text)
{
    return (uint32_t)strtoul(text, NULL, 10);
}

/* --- hubs ----------------------------------------------------------------------- */

static void put_edges(struct eco_test_family *f, const char *text)
{
    char word[32], *end;

    while (next_word(&text, word)) {
        uint32_t base = (uint32_t)strtoul(word, &end, 10);
        unsigned told = *end & 0x20 ? ECO_EDGE_DECLARED : 0;

        eco_test_family_edge(f, base, number(end + 1),
                             (uint8_t)(told | relation_of(*end)));
    }
}

static void put_kind(struct eco_test_family *f, uint32_t author, char kind)
{
    f->author_kind[author] = kind == 'c'   ? ECO_AUTHOR_COMPANY
                             : kind == 'u' ? ECO_AUTHOR_UNVERIFIED
                             : kind == '?' ? ECO_AUTHOR_UNKNOWN
                                           : ECO_AUTHOR_INDIVIDUAL;
}

static void put_facts(struct eco_test_family *f, const char *text)
{
    char word[32];

    while (next_word(&text, word)) {
        const char *value = strchr(word, '=') + 1;
        uint32_t v = number(word + 1);

        if (word[0] == 'd')
            f->created[v] = *value == '-'
                                ? ECO_TIME_UNKNOWN
                                : strtol(value, NULL, 10) * ECO_DAY_MS;
        else if (word[0] == 'a')
            f->author[v] = *value == '-' ? ECO_SNAP_NO_AUTHOR : number(value);
        else
            put_kind(f, v, *value);
    }
}

#define AUTHORS 4

static struct eco_test_family *make_family(uint32_t n, uint32_t placeholders,
                                           const char *edges, const char *facts)
{
    struct eco_test_family *f =
        eco_test_family_new(n, n + placeholders, AUTHORS);

    for (uint32_t v = 0; v < n + placeholders; v++)
        f->author[v] = 0;
    for (uint32_t v = 0; v < n; v++)
        f->created[v] = v * ECO_DAY_MS;
    put_edges(f, edges);
    put_facts(f, facts);
    (void)eco_test_family_snap(f);
    return f;
}

/* --- questions -------------------------------------------------------------------- */

static bool find_view(const char *word, enum eco_network_view *view)
{
    for (unsigned i = 0; i < ECO_NETWORK_VIEWS; i++)
        if (!strcmp(word, eco_network_view_name((enum eco_network_view)i))) {
            *view = (enum eco_network_view)i;
            return true;
        }
    return false;
}

static void read_option(struct eco_network_query *q, const char *word)
{
    const char *value = strchr(word, '=') + 1;

    if (!strncmp(word, "limit", 5)) {
        q->limit = number(value);
    } else if (!strncmp(word, "depth", 5)) {
        q->depth = number(value);
    } else if (!strncmp(word, "until", 5)) {
        q->has_until = true;
        q->until = (int32_t)strtol(value, NULL, 10);
    } else if (!strncmp(word, "hide", 4)) {
        for (; *value; value++)
            q->hide |= 1u << relation_of(*value);
    } else if (!strncmp(word, "expand", 6)) {
        q->expand[q->n_expand++] = number(value);
    } else if (!strncmp(word, "collapse", 8)) {
        q->collapse[q->n_collapse++] = number(value);
    } else {
        q->cut = !strncmp(word, "cut", 3);
        assert_int_equal(
            eco_search_parse(eco_str_from_c(value), &q->filter.search, NULL),
            0);
    }
}

static void read_question(struct eco_network_query *q, const char *text)
{
    char word[32];

    memset(q, 0, sizeof(*q));
    q->view = ECO_NETWORK_FULL;
    while (next_word(&text, word)) {
        if (strchr(word, '='))
            read_option(q, word);
        else if (!find_view(word, &q->view))
            q->roots[q->n_roots++] = number(word);
    }
}

/* --- pictures ----------------------------------------------------------------------- */

struct picture {
    char text[1000];
    size_t len;
};

__attribute__((format(printf, 2, 3))) static void say(struct picture *p,
                                                      const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    p->len += (size_t)vsnprintf(p->text + p->len, sizeof(p->text) - p->len, fmt,
                                args);
    va_end(args);
    assert_true(p->len < sizeof(p->text));
}

static void say_name(struct picture *p, const struct eco_network_node *node)
{
    if (!(node->flags & ECO_NETWORK_GROUP))
        say(p, "%u", node->node);
    else if (node->author == ECO_SNAP_NO_AUTHOR)
        say(p, "@-");
    else
        say(p, "@%u", node->author);
}

static void say_edge(struct picture *p, const struct eco_network *net,
                     const struct eco_network_edge *e)
{
    char letter = relations[e->relation];

    say(p, " ");
    say_name(p, &net->nodes[e->source]);
    say(p, "%s%c", e->indirect ? "~" : "",
        e->declared ? letter : (char)(letter & ~0x20));
    say_name(p, &net->nodes[e->target]);
    if (e->indirect)
        say(p, "+%u", e->hidden);
    if (e->count > 1)
        say(p, "*%u", e->count);
}

static void draw(const struct eco_network *net, struct picture *p)
{
    p->len = 0;
    for (uint32_t i = 0; i < net->n; i++) {
        say_name(p, &net->nodes[i]);
        if (net->nodes[i].flags & ECO_NETWORK_GROUP)
            say(p, "x%u", net->nodes[i].models);
        say(p, " ");
    }
    say(p, "|");
    for (uint64_t i = 0; i < net->m; i++)
        say_edge(p, net, &net->edges[i]);
}

static void run(const struct eco_test_family *f, const char *question,
                struct eco_network *net)
{
    struct eco_network_query q;
    struct eco_err err = { 0 };

    read_question(&q, question);
    if (eco_network_run(&f->snap, &q, net, &err))
        fail_msg("%s: %s", question, err.msg);
}

struct example {
    const char *name;
    uint32_t n, placeholders;
    const char *edges, *facts, *question, *picture;
};

static void check_examples(const struct example *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct example *x = &list[i];
        struct eco_test_family *f =
            make_family(x->n, x->placeholders, x->edges, x->facts);
        struct eco_network net;
        struct picture p;

        run(f, x->question, &net);
        draw(&net, &p);
        if (strcmp(p.text, x->picture))
            fail_msg("%s: \"%s\", not \"%s\"", x->name, p.text, x->picture);
        eco_network_release(&net);
        eco_test_family_free(f);
    }
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- the rules, one by one --------------------------------------------------------------- */

/* clang-format off */
static const struct example families[] = {
    { "a model alone", 3, 0, "0f1", "", "2", "2 |" },
    { "only downwards", 4, 0, "0f1 1f2 3f1", "", "1", "1 2 | 1f2" },
    { "the steps count", 4, 0, "0f1 1f2 2f3", "", "0 depth=2",
      "0 1 2 | 0f1 1f2" },
    { "one step", 3, 0, "0f1 1f2", "", "0 depth=1", "0 1 | 0f1" },
    { "steps from any chosen model", 5, 0, "0f1 1f2 2f3 3f4", "",
      "0 2 depth=1", "0 1 2 3 | 0f1 1f2 2f3" },
    { "of each its first ones", 5, 0, "0f1 0f2 0f3 2f4", "", "0 limit=2",
      "0 1 2 4 | 0f1 0f2 2f4" },
    { "the order is that of influence, not of the edges", 5, 0,
      "4f3 4f0 4f2 4f1", "", "4 limit=2", "4 0 1 | 4f0 4f1" },
    { "what is not followed takes its steps elsewhere", 3, 0, "0f1 0f2 1f2",
      "", "0 limit=1 depth=1", "0 1 | 0f1" },
    { "and is there after more of them", 3, 0, "0f1 0f2 1f2", "",
      "0 limit=1 depth=2", "0 1 2 | 0f1 0f2 1f2" },
    { "a circle through the chosen one", 3, 0, "0f1 1f2 2f0", "", "0",
      "0 1 2 | 0f1 1f2 2f0" },
    { "all chosen, in a circle", 3, 0, "0f1 1f2 2f0", "", "2 0 1",
      "0 1 2 | 0f1 1f2 2f0" },
    { "a chosen one in the family of another", 4, 0, "0f1 1f2 2f3", "", "2 0",
      "0 1 2 3 | 0f1 1f2 2f3" },
    { "a placeholder is chosen", 2, 1, "2f0 0Q1", "", "2",
      "2 0 1 | 2f0 0Q1" },
    { "a placeholder between", 2, 1, "0f2 2f1", "", "0", "0 2 1 | 0f2 2f1" },
};

static const struct example shown[] = {
    { "organisations of any kind", 6, 0, "0f1 0f2 0f3 0f4 0f5",
      "a1=1 k1=c a2=2 k2=u a3=3 k3=? a4=- a5=0", "0 orgs",
      "0 1 2 | 0f1 0f2" },
    { "one relation from any model of the family", 4, 0, "0f1 1q2 0q3", "",
      "0 quantized", "0 2 3 | 0~q2+1 0q3" },
    { "a base outside of the family does not count", 4, 0, "0f1 3q1", "",
      "0 quantized", "0 |" },
    { "each relation has its view: adapter", 5, 0, "0a1 0f2 0m3 0q4", "",
      "0 adapter", "0 1 | 0a1" },
    { "finetune", 5, 0, "0a1 0f2 0m3 0q4", "", "0 finetune", "0 2 | 0f2" },
    { "merge", 5, 0, "0a1 0f2 0m3 0q4", "", "0 merge", "0 3 | 0m3" },
    { "quantized", 5, 0, "0a1 0f2 0m3 0q4", "", "0 quantized", "0 4 | 0q4" },
    { "a filter cuts", 4, 0, "0f1 1f2 1f3", "", "0 cut=3", "0 3 | 0~f3+1" },
    { "a filter cuts, but never a chosen one", 2, 0, "0f1", "", "0 cut=7",
      "0 |" },
    { "a filter that marks hides nothing", 4, 0, "0f1 1f2 1f3", "", "0 mark=3",
      "0 1 2 3 | 0f1 1f2 1f3" },
};

static const struct example edges[] = {
    { "a merge keeps all bases", 5, 0, "0f1 0f2 1m3 2m3 4m3", "", "0",
      "0 1 2 3 | 0f1 0f2 1m3 2m3" },
    { "nothing indirect beside a drawn base", 4, 0, "0f1 1f2 0q3 2q3", "",
      "0 quantized", "0 3 | 0q3" },
    { "another relation is not drawn", 3, 0, "0q1 1f2 0q2", "", "0 quantized",
      "0 1 2 | 0q1 0q2" },
    { "the nearest ancestor", 5, 0, "0f1 0q2 2f3 1f3 3q4", "", "0 quantized",
      "0 2 4 | 0q2 2~q4+1" },
    { "of two the more influential", 5, 0, "4f3 0q1 0q2 4q0 1f3 2f3 3q4", "",
      "0 quantized", "0 1 2 4 | 0q1 0q2 1~q4+1 4q0" },
    { "the last base tells relation and declaration", 4, 0,
      "0f1 0f2 1Q3 2q3", "", "0 quantized", "0 3 | 0~Q3+1" },
    { "only an admitted last step", 4, 0, "0f1 0f2 1f3 2q3", "",
      "0 quantized", "0 3 | 0~q3+1" },
    { "the shorter way wins over the better base", 5, 0,
      "0f1 1f2 2q4 0f3 3Q4", "", "0 quantized", "0 4 | 0~Q4+1" },
    { "never its own ancestor", 3, 0, "0f1 1f2 2q1", "", "0 quantized",
      "0 1 | 0~f1+0" },
    { "not even when it is nearest", 5, 0, "0f4 4f3 3f2 1f2 2q1", "",
      "0 quantized", "0 1 | 0~q1+3" },
    { "a circle of its own is tied at its nearest member", 3, 0,
      "0f2 2q1 1q2", "", "0 quantized", "0 2 1 | 0~f2+0 2q1 1q2" },
    { "a tie counts hidden models only", 4, 0, "0f3 3f2 2q1 1q2", "",
      "0 quantized", "0 2 1 | 0~f2+1 2q1 1q2" },
    { "two circles are tied one after the other", 5, 0,
      "0f1 1q2 2q1 2f3 3q4 4q3", "", "0 quantized",
      "0 1 2 3 4 | 0~f1+0 1q2 2q1 2~f3+0 3q4 4q3" },
};

static const struct example limits[] = {
    { "an indirect one counts", 5, 0, "0f1 1q2 0q3 0q4", "",
      "0 quantized limit=2", "0 2 3 | 0~q2+1 0q3" },
    { "the smallest limit", 4, 0, "0f1 0f2 1f3", "", "0 limit=1",
      "0 1 3 | 0f1 1f3" },
    { "expanded", 5, 0, "0f1 0f2 1f3 1f4", "", "0 limit=1 expand=1",
      "0 1 3 4 | 0f1 1f3 1f4" },
    { "collapsed", 4, 0, "0f1 0f2 1f3", "", "0 collapse=1",
      "0 1 2 | 0f1 0f2" },
    { "the chosen one is collapsed", 2, 0, "0f1", "", "0 collapse=0", "0 |" },
    { "reached another way, and all edges are drawn", 3, 0, "0f1 0f2 1f2", "",
      "0 collapse=1", "0 1 2 | 0f1 0f2 1f2" },
    { "collapsed in a view with hidden models", 5, 0, "0q1 1q2 0f3 3q4", "",
      "0 quantized collapse=1", "0 1 4 | 0q1 0~q4+1" },
    { "a chosen one takes a place, too", 3, 0, "0f1 0f2", "", "0 1 limit=1",
      "0 1 | 0f1" },
};

static const struct example groups[] = {
    { "one node per author", 6, 0, "0f1 0q2 1f3 2q3 0f4 4f5",
      "a1=1 a2=1 a3=2 a4=1 a5=1", "0 author",
      "0 @1x4 @2x1 | 0f@1*2 0q@1 @1f@2 @1q@2" },
    { "ids without an owner are one node", 4, 0, "0f1 0f2 1f3",
      "a1=- a2=- a3=1", "0 author", "0 @-x2 @1x1 | 0f@-*2 @-f@1" },
    { "the chosen one stays out of its author's node", 3, 0, "0f1 1f2", "",
      "0 author", "0 @0x2 | 0f@0" },
    { "declared when one is", 3, 0, "0F1 0f2", "a1=1 a2=1", "0 author",
      "0 @1x2 | 0f@1*2" },
    { "inferred when all are", 3, 0, "0F1 0F2", "a1=1 a2=1", "0 author",
      "0 @1x2 | 0F@1*2" },
    { "the limit is one of models", 5, 0, "0f1 0f2 0f3 3f4",
      "a1=1 a2=1 a3=2 a4=3", "0 author limit=2", "0 @1x2 | 0f@1*2" },
    { "an edge back to a chosen model", 3, 0, "0f1 1f2", "a1=1", "0 2 author",
      "0 @1x1 2 | 0f@1 @1f2" },
};

static const struct example times[] = {
    { "until a day", 4, 0, "0f1 0f2 0f3", "d1=5 d2=6 d3=7", "0 until=6",
      "0 1 2 | 0f1 0f2" },
    { "not before the base", 3, 0, "0f1 1f2", "d1=9 d2=3", "0 until=8",
      "0 |" },
    { "before the second base", 4, 0, "0f1 0f2 1m3 2m3", "d1=1 d2=9 d3=2",
      "0 until=5", "0 1 3 | 0f1 1m3" },
    { "a chosen one is always there", 2, 0, "0f1", "d0=99 d1=1", "0 until=-5",
      "0 |" },
    { "without a date it never is, nor what hangs on it", 4, 0,
      "0f1 1f2 0f3", "d1=-", "0 until=1000000", "0 3 | 0f3" },
    { "without a question for time it is", 3, 0, "0f1 1f2", "d1=-", "0",
      "0 1 2 | 0f1 1f2" },
    { "a relation is switched off", 4, 0, "0f1 1q2 0q3", "", "0 hide=q",
      "0 1 | 0f1" },
    { "with all that hangs on it", 4, 0, "0q1 1f2 2f3 0f3", "", "0 hide=q",
      "0 3 | 0f3" },
    { "another base holds it", 3, 0, "0q1 0f2 1f2", "", "0 hide=q",
      "0 2 | 0f2" },
    { "every relation is switched off", 4, 0, "0a1 0f2 2m3", "",
      "0 1 hide=afmq", "0 1 |" },
    { "a top from below comes by influence", 5, 0, "4f1 1f0", "d1=9",
      "0 4 until=5", "0 4 |" },
    { "groups count what is there", 5, 0, "0f1 0f2 0f3 3f4",
      "a1=1 a2=1 a3=1 a4=1 d1=1 d2=5 d3=2 d4=3", "0 author until=4",
      "0 @1x3 | 0f@1*2" },
};
/* clang-format on */

static void the_family(void **state)
{
    (void)state;
    check_examples(families, COUNT(families));
}

static void what_is_shown(void **state)
{
    (void)state;
    check_examples(shown, COUNT(shown));
}

static void which_edges_are_drawn(void **state)
{
    (void)state;
    check_examples(edges, COUNT(edges));
}

static void what_the_limit_leaves(void **state)
{
    (void)state;
    check_examples(limits, COUNT(limits));
}

static void nodes_of_authors(void **state)
{
    (void)state;
    check_examples(groups, COUNT(groups));
}

static void time_and_legend(void **state)
{
    (void)state;
    check_examples(times, COUNT(times));
}

/* --- what a node says ---------------------------------------------------------------------- */

static void days_of_nodes_and_edges(void **state)
{
    static const int32_t want[] = { ECO_NETWORK_ALWAYS, 7, 7, 8,
                                    ECO_NETWORK_NEVER };
    struct eco_test_family *f =
        make_family(5, 0, "0f1 1f2 2f3 1f3 0f4", "d1=7 d2=3 d3=8 d4=-");
    struct eco_network net;

    (void)state;
    run(f, "0", &net);
    assert_int_equal(net.n, 5);
    for (uint32_t i = 0; i < net.n; i++)
        assert_int_equal(net.nodes[i].appears, want[net.nodes[i].node]);
    for (uint64_t i = 0; i < net.m; i++) {
        int32_t a = net.nodes[net.edges[i].source].appears;
        int32_t b = net.nodes[net.edges[i].target].appears;

        assert_int_equal(net.edges[i].since, a > b ? a : b);
    }
    assert_int_equal(net.undated, 1);
    eco_network_release(&net);
    eco_test_family_free(f);
}

/* An hour before 1970 is the day before. */
static void days_before_the_first(void **state)
{
    struct eco_test_family *f = make_family(2, 0, "0f1", "");
    struct eco_network net;

    (void)state;
    f->created[1] = -ECO_DAY_MS / 24;
    run(f, "0", &net);
    assert_int_equal(net.nodes[1].appears, -1);
    eco_network_release(&net);
    eco_test_family_free(f);
}

static void flags_and_counts(void **state)
{
    struct eco_test_family *f =
        make_family(5, 1, "0f1 0f2 0f3 1f4 0f5 5f1", "");
    struct eco_network net;

    (void)state;
    f->flags[1] = ECO_SNAP_REMOVED;
    run(f, "0 limit=2 expand=0 collapse=1 mark=1", &net);
    assert_int_equal(net.n, 5);
    assert_int_equal(net.models, 5);
    assert_int_equal(net.family, 6); /* what is below 1, too */
    assert_int_equal(net.matches, 1);
    assert_int_equal(net.nodes[0].flags,
                     ECO_NETWORK_ROOT | ECO_NETWORK_EXPANDED);
    assert_int_equal(net.nodes[0].derived, 4);
    assert_int_equal(net.nodes[0].more, 0);
    assert_int_equal(net.nodes[1].flags, ECO_NETWORK_REMOVED |
                                             ECO_NETWORK_MATCH |
                                             ECO_NETWORK_COLLAPSED);
    assert_int_equal(net.nodes[1].derived, 1);
    assert_int_equal(net.nodes[1].more, 1);
    assert_int_equal(net.nodes[4].flags, ECO_NETWORK_PLACEHOLDER);
    eco_network_release(&net);
    eco_test_family_free(f);
}

/* `more` does not count what only `hide` takes away. */
static void more_is_said_of_the_whole_picture(void **state)
{
    struct eco_test_family *f = make_family(4, 0, "0q1 0f2 0f3", "d2=50");
    struct eco_network net;

    (void)state;
    run(f, "0 limit=2 hide=q until=9", &net);
    assert_int_equal(net.n, 1);
    assert_int_equal(net.nodes[0].more, 1);
    eco_network_release(&net);
    eco_test_family_free(f);
}

/* Import takes likes up to 2^53: a disc must not grow out of the picture. */
static void the_largest_influence_still_has_a_place(void **state)
{
    struct eco_test_family *f = make_family(3, 0, "0f1 0f2", "");
    struct eco_network net;

    (void)state;
    assert_true(eco_network_radius(-1) == 5 && eco_network_radius(0) == 5);
    assert_true(eco_network_radius(1e15) == ECO_LAYOUT_MAX_RADIUS);
    f->influence[0] = 1e15;
    run(f, "0", &net);
    assert_int_equal(net.n, 3);
    assert_true(net.nodes[0].r == ECO_LAYOUT_MAX_RADIUS);
    eco_network_release(&net);
    eco_test_family_free(f);
}

static void members_of_a_group(void **state)
{
    struct eco_test_family *f = make_family(
        6, 0, "0f1 0f2 1q2 0f3 3f5 5f4", "a1=1 a2=1 a3=2 a5=1 d1=9 d2=4 d5=-");
    struct eco_network net;
    const struct eco_network_node *group;

    (void)state;
    run(f, "0 author", &net);
    assert_int_equal(net.n, 4);
    assert_int_equal(net.n_members, 5);
    assert_int_equal(net.models, 6);
    assert_int_equal(net.inner[ECO_QUANTIZED], 1);
    assert_int_equal(net.inner[ECO_FINETUNE], 0);
    group = &net.nodes[1];
    assert_int_equal(group->node, NONE);
    assert_int_equal(group->author, 1);
    assert_int_equal(group->flags, ECO_NETWORK_GROUP);
    assert_int_equal(group->models, 3);
    assert_int_equal(group->appears, 4);
    assert_true(group->influence ==
                f->influence[1] + f->influence[2] + f->influence[5]);
    assert_int_equal(net.members[group->members].node, 1);
    assert_int_equal(net.members[group->members].appears, 9);
    assert_int_equal(net.members[group->members + 2].node, 5);
    assert_int_equal(net.members[group->members + 2].appears,
                     ECO_NETWORK_NEVER);
    assert_int_equal(net.undated, 2);
    eco_network_release(&net);
    eco_test_family_free(f);
}

/* The disc of a group is that of all its models, whatever the day. */
static void a_group_keeps_its_disc(void **state)
{
    struct eco_test_family *f =
        make_family(4, 0, "0f1 0f2 0f3", "a1=1 a2=1 a3=1 d1=1 d2=5 d3=9");
    struct eco_network all, some;

    (void)state;
    run(f, "0 author", &all);
    run(f, "0 author until=5", &some);
    assert_int_equal(some.nodes[1].models, 2);
    assert_memory_equal(&all.nodes[1].x, &some.nodes[1].x, 3 * sizeof(float));
    assert_true(all.nodes[1].influence == some.nodes[1].influence);
    assert_true(some.nodes[1].r == eco_network_radius(some.nodes[1].influence));
    eco_network_release(&all);
    eco_network_release(&some);
    eco_test_family_free(f);
}

static void the_order_of_chosen_models_is_no_matter(void **state)
{
    struct eco_test_family *f =
        make_family(8, 0, "0f3 3f4 4f5 7f1 1f4 5q6 6q5", "");
    struct eco_network a, b;
    struct picture p, q;

    (void)state;
    run(f, "0 7 quantized", &a);
    run(f, "7 0 quantized", &b);
    draw(&a, &p);
    draw(&b, &q);
    assert_string_equal(p.text, q.text);
    assert_string_equal(p.text, "0 7 5 6 | 7~f5+2 5q6 6q5");
    eco_network_release(&a);
    eco_network_release(&b);
    eco_test_family_free(f);
}

/* A folded edge of both kinds: three indirect ones and a drawn one. */
static void indirect_edges_are_folded_apart(void **state)
{
    struct eco_test_family *f =
        make_family(6, 0, "0f1 1f2 2f3 0f4 1f5", "a3=1 a4=1 a5=1");
    struct eco_network_query q = { .n_roots = 1,
                                   .roots = { 0 },
                                   .view = ECO_NETWORK_BY_AUTHOR,
                                   .cut = true,
                                   .filter = { .choice[ECO_FILTER_TASK] = {
                                                   .is_on = true,
                                                   .n = 1,
                                                   .value = { 1 } } } };
    struct eco_network net;
    struct picture p;

    (void)state;
    f->task[3] = f->task[4] = f->task[5] = 1;
    assert_int_equal(eco_network_run(&f->snap, &q, &net, NULL), 0);
    draw(&net, &p);
    assert_string_equal(p.text, "0 @1x3 | 0f@1 0~f@1+1*2");
    eco_network_release(&net);
    eco_test_family_free(f);
}

/* --- large ones ------------------------------------------------------------------------------- */

static void a_merge_of_a_hundred(void **state)
{
    struct eco_test_family *f = eco_test_family_new(102, 102, 0);
    struct eco_network net;

    (void)state;
    for (uint32_t v = 1; v <= 100; v++) {
        eco_test_family_edge(f, 0, v, DECLARED(ECO_FINETUNE));
        eco_test_family_edge(f, v, 101, DECLARED(ECO_MERGE));
    }
    (void)eco_test_family_snap(f);
    run(f, "0", &net);
    assert_int_equal(net.n, 102);
    assert_true(net.m == 200);
    assert_int_equal(net.nodes[101].node, 101);
    assert_int_equal(net.nodes[101].parent, 1);
    eco_network_release(&net);
    run(f, "0 merge", &net); /* its bases are hidden, all alike */
    assert_int_equal(net.n, 2);
    assert_true(net.m == 1 && net.edges[0].hidden == 1);
    eco_network_release(&net);
    eco_test_family_free(f);
}

static void twenty_thousand_children(void **state)
{
    struct eco_test_family *f = eco_test_family_new(20001, 20001, 7);
    struct eco_network net;

    (void)state;
    for (uint32_t v = 0; v < 20000; v++)
        eco_test_family_edge(f, 20000, v, ECO_QUANTIZED);
    (void)eco_test_family_snap(f);
    run(f, "20000", &net);
    assert_int_equal(net.n, 20001);
    assert_true(net.m == 20000);
    for (uint32_t i = 1; i < net.n; i++)
        assert_int_equal(net.nodes[i].node, i - 1);
    eco_network_release(&net);
    run(f, "20000 top limit=100", &net);
    assert_int_equal(net.n, 101);
    assert_int_equal(net.nodes[0].more, 19900);
    eco_network_release(&net);
    run(f, "20000 author", &net);
    assert_int_equal(net.n, 8);
    assert_int_equal(net.models, 20001);
    eco_network_release(&net);
    eco_test_family_free(f);
}

/* One below the other: no recursion anywhere. */
static void a_chain_of_fifty_thousand(void **state)
{
    struct eco_test_family *f = eco_test_family_new(50000, 50000, 2);
    struct eco_network net;

    (void)state;
    for (uint32_t v = 1; v < 50000; v++)
        eco_test_family_edge(f, v - 1, v, v % 50 ? ECO_FINETUNE : ECO_MERGE);
    (void)eco_test_family_snap(f);
    run(f, "0", &net);
    assert_int_equal(net.n, 50000);
    eco_network_release(&net);
    run(f, "0 merge", &net);
    assert_int_equal(net.n, 1000);
    for (uint64_t i = 0; i < net.m; i++)
        assert_int_equal(net.edges[i].hidden, 49);
    eco_network_release(&net);
    run(f, "0 depth=1000", &net);
    assert_int_equal(net.n, 1001);
    eco_network_release(&net);
    eco_test_family_free(f);
}

static void as_many_chosen_models_as_may_be(void **state)
{
    uint32_t roots = ECO_MAX_NETWORK_ROOTS;
    struct eco_test_family *f = eco_test_family_new(roots + 1, roots + 1, 0);
    struct eco_network_query *q = calloc(1, sizeof(*q));
    struct eco_network net;

    (void)state;
    assert_non_null(q);
    q->view = ECO_NETWORK_TOP;
    q->limit = 1;
    for (q->n_roots = 0; q->n_roots < roots; q->n_roots++) {
        q->roots[q->n_roots] = roots - q->n_roots;
        eco_test_family_edge(f, roots - q->n_roots, 0, ECO_MERGE);
    }
    (void)eco_test_family_snap(f);
    assert_int_equal(eco_network_run(&f->snap, q, &net, NULL), 0);
    assert_int_equal(net.n, roots + 1);
    assert_true(net.m == roots);
    for (uint32_t i = 0; i < roots; i++) {
        assert_int_equal(net.nodes[i].node, i + 1);
        assert_int_equal(net.nodes[i].parent, NONE);
    }
    assert_int_equal(net.nodes[roots].node, 0);
    assert_int_equal(net.nodes[roots].parent, 0);
    eco_network_release(&net);
    eco_test_family_free(f);
    free(q);
}

/* --- odds and ends ------------------------------------------------------------------------------ */

static void views_have_the_words_of_the_api(void **state)
{
    (void)state;
    assert_string_equal(eco_network_view_name(ECO_NETWORK_TOP), "top");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_FULL), "full");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_BY_AUTHOR), "author");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_ORGS), "orgs");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_ADAPTER), "adapter");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_FINETUNE),
                        "finetune");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_MERGE), "merge");
    assert_string_equal(eco_network_view_name(ECO_NETWORK_QUANTIZED),
                        "quantized");
}

/* The area is a floor and a part in proportion. */
static void discs_have_areas_by_influence(void **state)
{
    double floor = pow((double)eco_network_radius(0), 2);
    double one = pow((double)eco_network_radius(100), 2) - floor;
    double two = pow((double)eco_network_radius(200), 2) - floor;

    (void)state;
    assert_true(floor > 0 && one > 0);
    assert_true(fabs(two - 2 * one) < 1e-3);
}

/* An edge leads down to model 2, but none leads up from there. */
static void a_snapshot_that_lies_is_refused(void **state)
{
    static const uint64_t up_off[] = { 0, 0, 1, 1 };
    struct eco_test_family *f = make_family(3, 0, "0f1 1f2", "k1=c a2=1");
    struct eco_network_query q = { .n_roots = 1,
                                   .roots = { 0 },
                                   .view = ECO_NETWORK_ORGS };
    struct eco_network net;
    struct eco_err err = { 0 };

    (void)state;
    f->snap.graph.up_off = up_off;
    assert_int_equal(eco_network_run(&f->snap, &q, &net, &err), ECO_EFORMAT);
    assert_non_null(strstr(err.msg, "node 2"));
    assert_int_equal(net.n, 0);
    assert_int_equal(eco_test_live_blocks(), 0);
    eco_test_family_free(f);
}

/* --- allocation failure --------------------------------------------------------------------------- */

static void fail_one_by_one(const struct eco_test_family *f,
                            const char *question)
{
    struct eco_network_query q;
    int rc = ECO_ENOMEM;

    read_question(&q, question);
    for (long i = 0; rc; i++) {
        struct eco_err err = { 0 };
        struct eco_network net;

        eco_test_fail_alloc_after(i);
        rc = eco_network_run(&f->snap, &q, &net, &err);
        eco_test_fail_alloc_after(-1);
        if (!rc) {
            assert_true(i > 8);
            assert_true(net.n > 1);
            eco_network_release(&net);
        } else {
            assert_int_equal(rc, ECO_ENOMEM);
            assert_int_equal(err.code, ECO_ENOMEM);
            assert_int_equal(net.n, 0);
            assert_null(net.nodes);
            assert_null(net.edges);
            assert_null(net.members);
        }
        assert_int_equal(eco_test_live_blocks(), 0);
    }
}

static void survives_a_failing_allocation(void **state)
{
    static const char *const questions[] = {
        "0 7",
        "7 0 top limit=1 until=5 hide=f",
        "0 author until=6 hide=a",
        "0 orgs mark=1",
        "0 quantized limit=2",
        "0 full cut=6 limit=2",
        "2 5 3 until=4",
    };
    struct eco_test_family *f =
        make_family(8, 1, "0f1 1q2 2q1 0q3 3q4 4f5 5q6 6q5 8f2 3f2 2f5 7f3",
                    "a1=1 a2=2 a4=2 a6=- k2=c d3=9 d2=-");

    (void)state;
    for (size_t i = 0; i < COUNT(questions); i++)
        fail_one_by_one(f, questions[i]);
    eco_test_family_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_family),
        cmocka_unit_test(what_is_shown),
        cmocka_unit_test(which_edges_are_drawn),
        cmocka_unit_test(what_the_limit_leaves),
        cmocka_unit_test(nodes_of_authors),
        cmocka_unit_test(time_and_legend),
        cmocka_unit_test(days_of_nodes_and_edges),
        cmocka_unit_test(days_before_the_first),
        cmocka_unit_test(flags_and_counts),
        cmocka_unit_test(more_is_said_of_the_whole_picture),
        cmocka_unit_test(the_largest_influence_still_has_a_place),
        cmocka_unit_test(members_of_a_group),
        cmocka_unit_test(a_group_keeps_its_disc),
        cmocka_unit_test(the_order_of_chosen_models_is_no_matter),
        cmocka_unit_test(indirect_edges_are_folded_apart),
        cmocka_unit_test(a_merge_of_a_hundred),
        cmocka_unit_test(twenty_thousand_children),
        cmocka_unit_test(a_chain_of_fifty_thousand),
        cmocka_unit_test(as_many_chosen_models_as_may_be),
        cmocka_unit_test(views_have_the_words_of_the_api),
        cmocka_unit_test(discs_have_areas_by_influence),
        cmocka_unit_test(a_snapshot_that_lies_is_refused),
        cmocka_unit_test(survives_a_failing_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
