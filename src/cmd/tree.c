/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "api/network.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "cmd/network.h"
#include "cmd/terminal.h"
#include "query/model.h"

#define DEFAULT_LIMIT 10
#define BASES_SHOWN 3

/* Lines are drawn for so many levels; deeper ones say how deep they are. */
#define LEVELS_SHOWN 30

struct lines {
    const char *down;   /* a level that goes on */
    const char *blank;  /* one that has ended */
    const char *branch; /* to a model with another one below it */
    const char *last;
};
static const struct lines ascii = { "|   ", "    ", "|-- ", "`-- " };
static const struct lines unicode = {
    "\xe2\x94\x82   ",
    "    ",
    "\xe2\x94\x9c\xe2\x94\x80\xe2\x94\x80 ",
    "\xe2\x94\x94\xe2\x94\x80\xe2\x94\x80 ",
};

struct tree {
    const struct eco_snap *s;
    const struct eco_network *net;
    const struct lines *lines;
    bool has_colours;
    uint32_t *first; /* n + 1: children of i are first[i] .. first[i + 1] */
    uint32_t *path;  /* from a top to the node being printed */
    uint32_t depth;  /* of path */
};

static void paint(const struct tree *t, const char *code)
{
    if (t->has_colours)
        printf("\033[%sm", code);
}

/* Nodes come in breadth-first order, so the children of a node are a range. */
static int index_children(struct tree *t, struct eco_err *err)
{
    const struct eco_network *net = t->net;
    uint32_t at = 0;

    t->first = eco_alloc_array((size_t)net->n + 1, sizeof(*t->first));
    t->path = eco_alloc_array(net->n, sizeof(*t->path));
    if (!t->first || !t->path)
        return eco_fail(err, ECO_ENOMEM, "no memory for a tree of %u models",
                        net->n);
    while (at < net->n && net->nodes[at].parent == ECO_NETWORK_NONE)
        at++;
    for (uint32_t i = 0; i < net->n; i++) {
        t->first[i] = at;
        while (at < net->n && net->nodes[at].parent == i)
            at++;
    }
    t->first[net->n] = at;
    return 0;
}

/* --- one line ----------------------------------------------------------------- */

/* Is there nothing below this node on its level? */
static bool is_last(const struct tree *t, uint32_t node)
{
    uint32_t parent = t->net->nodes[node].parent;

    return node + 1 == t->first[parent + 1] && !t->net->nodes[parent].more;
}

static void print_levels(const struct tree *t, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        printf("%s", is_last(t, t->path[i]) ? t->lines->blank : t->lines->down);
}

/* What stands before the node at the end of the path; `extra`: before a line
 * below it, on the level of its children. */
static void print_prefix(const struct tree *t, bool extra)
{
    uint32_t end = t->depth - 1 + (extra ? 1 : 0); /* path[0] is a top */
    uint32_t begin = 1;

    if (end > LEVELS_SHOWN) {
        begin = end - LEVELS_SHOWN + 1;
        printf("(%u levels) ", begin - 1);
    }
    if (end)
        print_levels(t, begin, end);
    if (extra)
        printf("%s", t->lines->last);
    else if (end)
        printf("%s",
               is_last(t, t->path[end]) ? t->lines->last : t->lines->branch);
}

static void print_name(const struct tree *t, const struct eco_network_node *v)
{
    char models[ECO_GROUPED_BYTES];
    struct eco_str name = eco_snap_author_name(t->s, v->author);

    paint(t, v->flags & ECO_NETWORK_ROOT ? "1" : "0");
    if (!(v->flags & ECO_NETWORK_GROUP))
        eco_print_text(eco_snap_id(t->s, v->node));
    else if (name.len)
        eco_print_text(name);
    else
        printf("(no owner)");
    paint(t, "0");
    if (v->flags & ECO_NETWORK_GROUP)
        printf("  %s %s", eco_grouped(v->models, models),
               v->models == 1 ? "model" : "models");
}

static void print_relation(const struct tree *t,
                           const struct eco_network_node *v)
{
    const struct eco_network_edge *edge;

    if (v->edge == ECO_NETWORK_NONE)
        return;
    edge = &t->net->edges[v->edge];
    printf("  %s", eco_relation_name((enum eco_relation)edge->relation));
    if (!edge->declared)
        printf(" (inferred)");
    if (edge->indirect)
        printf(" (over %u hidden)", edge->hidden);
}

static void print_facts(const struct tree *t, const struct eco_network_node *v)
{
    char likes[ECO_GROUPED_BYTES], time[ECO_TIME_TEXT_BYTES];
    const struct eco_snap *s = t->s;

    printf("  influence %.3f", v->influence);
    if (v->flags & ECO_NETWORK_PLACEHOLDER)
        printf("  not in this data set");
    if (v->flags & (ECO_NETWORK_PLACEHOLDER | ECO_NETWORK_GROUP))
        return;
    if (s->likes[v->node] >= 0)
        printf("  %s %s", eco_grouped(s->likes[v->node], likes),
               s->likes[v->node] == 1 ? "like" : "likes");
    if (s->created[v->node] != ECO_TIME_UNKNOWN)
        printf("  %.10s", eco_time_format(s->created[v->node], time));
    if (v->flags & ECO_NETWORK_REMOVED)
        printf("  removed");
}

/* The bases besides the one that the node hangs on: all of a top's; groups have
 * none. */
static int print_bases(const struct tree *t, const struct eco_network_node *v,
                       struct eco_err *err)
{
    const struct eco_graph *g = &t->s->graph;
    bool is_top = v->parent == ECO_NETWORK_NONE;
    uint32_t parent = is_top ? ECO_NETWORK_NONE : t->net->nodes[v->parent].node;
    uint64_t n, *edge;
    uint32_t others = 0;
    int rc;

    if (v->node == ECO_NETWORK_NONE || (!is_top && parent == ECO_NETWORK_NONE))
        return 0;
    n = g->up_off[v->node + 1] - g->up_off[v->node];
    if (n < 2 && !is_top)
        return 0;
    rc = eco_model_bases(t->s, v->node, &edge, err);
    if (rc)
        return rc;
    for (uint64_t i = 0; i < n; i++) {
        if (g->up[edge[i]] == parent || others++ >= BASES_SHOWN)
            continue;
        printf("%s", others > 1 ? ", " : is_top ? "  from " : "  also from ");
        eco_print_text(eco_snap_id(t->s, g->up[edge[i]]));
    }
    if (others > BASES_SHOWN)
        printf(" and %u more", others - BASES_SHOWN);
    eco_free(edge);
    return 0;
}

/* The node at the end of the path. */
static int print_node(const struct tree *t, struct eco_err *err)
{
    const struct eco_network_node *v = &t->net->nodes[t->path[t->depth - 1]];
    int rc;

    print_prefix(t, false);
    print_name(t, v);
    paint(t, "2");
    print_relation(t, v);
    print_facts(t, v);
    rc = print_bases(t, v, err);
    paint(t, "0");
    printf("\n");
    return rc;
}

static void print_more(const struct tree *t, uint32_t node)
{
    char text[ECO_GROUPED_BYTES];
    uint32_t more = t->net->nodes[node].more;

    if (!more)
        return;
    print_prefix(t, true);
    paint(t, "2");
    printf("... and %s more\n", eco_grouped(more, text));
    paint(t, "0");
}

/* --- the tree ------------------------------------------------------------------- */

/* Depth first, from a top: `path` holds the nodes whose children are not all
 * printed yet, so that depth costs memory and not stack. */
static int print_from(struct tree *t, uint32_t top, struct eco_err *err)
{
    uint32_t next = top;

    for (t->depth = 0;;) {
        uint32_t node, parent;
        int rc;

        t->path[t->depth++] = next;
        rc = print_node(t, err);
        if (rc)
            return rc;
        node = next;
        next = t->first[node];
        while (next == t->first[node + 1]) { /* no child is left */
            print_more(t, node);
            if (--t->depth == 0)
                return 0;
            parent = t->net->nodes[node].parent;
            next = node + 1;
            node = parent;
        }
    }
}

static void print_summary(const struct eco_network *net)
{
    char models[ECO_GROUPED_BYTES], left_out[ECO_GROUPED_BYTES];

    printf("\n%s %s\n", eco_grouped(net->models, models),
           net->models == 1 ? "model" : "models");
    if (net->left_out)
        printf("%s more are beyond the largest network\n",
               eco_grouped(net->left_out, left_out));
}

static int print_tree(const struct eco_network_found *found,
                      struct eco_err *err)
{
    struct tree t = {
        .s = found->snap,
        .net = &found->net,
        .lines = eco_terminal_is_utf8() ? &unicode : &ascii,
        .has_colours = eco_terminal_has_colours(),
    };
    int rc = index_children(&t, err);

    if (!rc)
        eco_print_frame(t.s);
    for (uint32_t i = 0; !rc && i < t.net->n; i++) {
        if (t.net->nodes[i].parent != ECO_NETWORK_NONE)
            break; /* the tops are in front */
        if (i)
            printf("\n");
        rc = print_from(&t, i, err);
    }
    if (!rc)
        print_summary(t.net);
    eco_free(t.first);
    eco_free(t.path);
    return rc;
}

static int print_json(const struct eco_network_found *found,
                      struct eco_err *err)
{
    struct eco_buf b;
    int rc;

    eco_buf_init(&b, ECO_MAX_TERMINAL_BYTES);
    rc = eco_api_network_write_json(&b, found->snap, &found->query, &found->net,
                                    err);
    if (!rc)
        rc = eco_print_json(&b, err);
    eco_buf_release(&b);
    return rc;
}

int eco_cmd_tree(const struct eco_cmd *cmd, const char *data, int argc,
                 char **argv)
{
    struct eco_network_args args = { .view = { eco_view_words, 0, 0 },
                                     .limit = DEFAULT_LIMIT };
    bool json = false;
    const struct eco_option options[] = {
        { "view", 0, ECO_OPTION_WORD, &args.view, "VIEW",
          "top, full, author, orgs or a relation; top by default" },
        { "limit", 0, ECO_OPTION_NUMBER, &args.limit, "N",
          "how many derived models of each; 10 by default" },
        { "depth", 0, ECO_OPTION_NUMBER, &args.depth, "N",
          "how many steps down; any by default" },
        { "json", 0, ECO_OPTION_FLAG, &json, NULL,
          "print it as JSON, as the HTTP API does" },
    };
    struct eco_network_found found;
    struct eco_err err = { 0 };
    int status = eco_options_take(
        cmd, options, sizeof(options) / sizeof(options[0]), &data, &argc, argv);
    int rc;

    if (status >= 0)
        return status;
    args.n_models = argc;
    args.models = argv;
    status = eco_network_args_check(cmd, &args);
    if (status >= 0)
        return status;
    rc = eco_network_find(&found, data, &args, &err);
    if (!rc)
        rc = json ? print_json(&found, &err) : print_tree(&found, &err);
    eco_network_found_release(&found);
    return rc ? eco_cmd_fail(cmd, &err) : ECO_EXIT_OK;
}
