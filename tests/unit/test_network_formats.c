/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/network.h"
#include "api/xml.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/limits.h"
#include "json/json.h"
#include "sample_input.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY(n) ((n)*ECO_DAY_MS)

/* --- a hub whose names are hostile --------------------------------------------------- */

#define EVIL_OWNER "ev\x01il<&>\"'\xff\xfe]]>"
#define EVIL EVIL_OWNER "/mo\tdel\n\xe6\xa8\xa1\xef\xbf\xbf"
/* the same in XML, and in JSON as it is read back */
#define EVIL_XML                                                               \
    "evil&lt;&amp;&gt;&quot;&#39;\xef\xbf\xbd\xef\xbf\xbd]]&gt;/"              \
    "mo&#9;del&#10;"                                                           \
    "\xe6\xa8\xa1"
#define EVIL_JSON                                                              \
    "ev\x01il<&>\"'\xef\xbf\xbd\xef\xbf\xbd]]>/mo\tdel\n\xe6\xa8\xa1"          \
    "\xef\xbf\xbf"

/* clang-format off */
static const struct eco_sample_model models[] = {
    { EVIL, DAY(19500) + 1, 0, 9000, 1200000, 1, 7000000000, 1, 0,
      "task<&>", "lib\"", "lic'", 10, NULL },
    { "plain/child", DAY(10000), 0, 4000, 900000, 1, -1, 1, 0, "", "", "", 1, NULL },
    { "plain/other", ECO_TIME_UNKNOWN, 0, -1, -1, -1, 5, 1, 0, "t", "l", "c",
      0, NULL },
    { "loose", DAY(19000), 0, 5, 6, 1, 2, 1, ECO_SNAP_REMOVED, "t", "", "", 0, NULL },
};
static const struct eco_sample_edge edges[] = {
    { EVIL, "plain/child", ECO_EDGE_DECLARED | ECO_FINETUNE },
    { "lost/base", "plain/child", ECO_MERGE },
};
static const struct eco_sample_author authors[] = {
    { EVIL_OWNER, "Full <\xff>", ECO_AUTHOR_COMPANY },
    { "plain", "", ECO_AUTHOR_INDIVIDUAL },
};
/* clang-format on */
static const struct eco_sample_facts hub = {
    .as_of_day = 20000,
    .n_models = COUNT(models),
    .n_authors = COUNT(authors),
    .n_edges = COUNT(edges),
    .models = models,
    .edges = edges,
    .authors = authors,
};

struct fixture {
    uint8_t *bytes;
    struct eco_snap *snap;
    struct eco_json_reader *reader;
    struct eco_network_query query;
    struct eco_network net;
    struct eco_network_node nodes[6];
    struct eco_network_edge edges[6];
    struct eco_network_member members[4];
};

static uint32_t node_of(const struct eco_snap *s, const char *id)
{
    uint32_t node;

    if (!eco_snap_find(s, eco_str_from_c(id), &node))
        fail_msg("%s is not in the hub", id);
    return node;
}

/* Two chosen models (one a placeholder), a model between them, two groups and
 * a removed model that hangs on an indirect edge. */
static void make_net(struct fixture *f)
{
    const struct eco_snap *s = f->snap;
    uint32_t evil = node_of(s, EVIL), lost = node_of(s, "lost/base");
    uint32_t child = node_of(s, "plain/child"), loose = node_of(s, "loose");
    uint32_t other = node_of(s, "plain/other");
    const struct eco_network_node nodes[] = {
        { evil, s->author[evil], ECO_NETWORK_NONE, ECO_NETWORK_NONE, 1, 0, 7, 5,
          ECO_NETWORK_ALWAYS, ECO_NETWORK_ROOT | ECO_NETWORK_EXPANDED, 0, 0,
          20.5f, 1154.5749790295922 },
        { lost, s->author[lost], ECO_NETWORK_NONE, ECO_NETWORK_NONE, 1, 0, 2, 0,
          ECO_NETWORK_ALWAYS, ECO_NETWORK_ROOT | ECO_NETWORK_PLACEHOLDER,
          -123.4375f, 50.0625f, 8, 0.25 },
        { child, s->author[child], 0, 0, 1, 0, 3, 2, 19600,
          ECO_NETWORK_MATCH | ECO_NETWORK_COLLAPSED, 30.25f, -10, 9, 100 },
        { ECO_NETWORK_NONE, s->author[other], 0, 1, 3, 0, 0, 0, 19700,
          ECO_NETWORK_GROUP, 0, 77.777f, 6, 12.0004 },
        { ECO_NETWORK_NONE, ECO_SNAP_NO_AUTHOR, 1, 3, 1, 3, 0, 0,
          ECO_NETWORK_NEVER, ECO_NETWORK_GROUP | ECO_NETWORK_MATCH, -200, 50, 5,
          0.0006 },
        { loose, s->author[loose], 2, 5, 1, 0, 0, 0, 19500, ECO_NETWORK_REMOVED,
          60, -10.125f, 5, 3 },
    };
    const struct eco_network_edge net_edges[] = {
        { 0, 2, 1, 0, 19600, ECO_FINETUNE, true, false },
        { 0, 3, 3, 0, 19700, ECO_ADAPTER, false, false },
        { 1, 2, 1, 0, 19600, ECO_MERGE, true, false },
        { 1, 4, 1, 0, ECO_NETWORK_NEVER, ECO_MERGE, false, false },
        { 2, 3, 1000, 0, 10000, ECO_MERGE, true, false },
        { 2, 5, 1, 300, 19600, ECO_QUANTIZED, true, true },
    };
    const struct eco_network_member members[] = { { child, 19700 },
                                                  { other, ECO_NETWORK_NEVER },
                                                  { loose, 19800 },
                                                  { loose,
                                                    ECO_NETWORK_NEVER } };

    memcpy(f->nodes, nodes, sizeof(nodes));
    memcpy(f->edges, net_edges, sizeof(net_edges));
    memcpy(f->members, members, sizeof(members));
    f->net = (struct eco_network){
        .n = COUNT(nodes),
        .nodes = f->nodes,
        .m = COUNT(net_edges),
        .edges = f->edges,
        .n_members = 4,
        .members = f->members,
        .models = 8,
        .family = 9,
        .left_out = 10,
        .undated = 11,
        .matches = 12,
        .inner = { 1, 2, 3, 4 },
    };
    f->query.n_roots = 2;
    f->query.roots[0] = evil;
    f->query.roots[1] = lost;
    f->query.view = ECO_NETWORK_BY_AUTHOR;
    f->query.limit = 17;
    f->query.has_until = true;
    f->query.until = 19999;
    f->query.hide = 1u << ECO_QUANTIZED | 1u << ECO_ADAPTER;
    f->query.cut = true;
    f->query.filter.exclude_removed = true;
}

static int open_hub(void **state)
{
    static struct fixture f;
    struct eco_sample *sample = eco_sample_new(&hub);
    struct eco_err err = { 0 };
    size_t len = 0;

    f.bytes = eco_sample_bytes(&sample->in, &len);
    eco_sample_free(sample);
    if (!f.bytes || eco_snap_open_bytes("hub", f.bytes, len, &f.snap, &err) ||
        eco_json_reader_new(&f.reader, &err)) {
        print_error("%s\n", err.msg);
        return -1;
    }
    make_net(&f);
    *state = &f;
    return 0;
}

static int close_hub(void **state)
{
    struct fixture *f = *state;

    eco_json_reader_free(f->reader);
    eco_snap_unref(f->snap);
    free(f->bytes);
    return eco_test_live_blocks() ? -1 : 0;
}

static struct eco_buf write_as(const struct fixture *f,
                               enum eco_network_format format)
{
    struct eco_err err = { 0 };
    struct eco_buf out;

    eco_buf_init(&out, ECO_MAX_NETWORK_ANSWER_BYTES);
    if (eco_api_network_write(format, &out, f->snap, &f->query, &f->net, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(strlen(out.ptr) <= out.len, 1);
    return out;
}

/* --- JSON ------------------------------------------------------------------------------ */

static bool text_is(const struct eco_json *object, const char *key,
                    const char *wanted)
{
    const struct eco_json *v = eco_json_get(object, key);

    return wanted ? v && eco_str_is(eco_json_str(v), wanted)
                  : eco_json_member(object, key, &v) && !v;
}

static int64_t number(const struct eco_json *object, const char *key)
{
    const struct eco_json *v = eco_json_get(object, key);

    return v ? eco_json_int(v) : -1;
}

static bool is_true(const struct eco_json *object, const char *key)
{
    return eco_json_bool(eco_json_get(object, key));
}

static bool place_is(const struct eco_json *object, const char *key,
                     double wanted)
{
    double got = eco_json_float(eco_json_get(object, key));

    return fabs(got - wanted) <= 0.000501;
}

static void check_head(const struct eco_json *head)
{
    const struct eco_json *counts = eco_json_get(head, "counts");
    const struct eco_json *roots = eco_json_get(head, "roots");
    const struct eco_json *hide = eco_json_get(head, "hide");

    assert_true(text_is(head, "as_of", "2024-10-04"));
    assert_true(text_is(head, "view", "author"));
    assert_true(text_is(head, "until", "2024-10-03"));
    assert_true(text_is(head, "filter", "cut"));
    assert_true(text_is(head, "depth", NULL));
    assert_int_equal(number(head, "limit"), 17);
    assert_int_equal(number(head, "max_nodes"), ECO_MAX_NETWORK_NODES);
    assert_int_equal(eco_json_len(roots), 2);
    assert_true(eco_str_is(eco_json_str(eco_json_at(roots, 0)), EVIL_JSON));
    assert_true(eco_str_is(eco_json_str(eco_json_at(roots, 1)), "lost/base"));
    assert_int_equal(eco_json_len(hide), 2);
    assert_true(eco_str_is(eco_json_str(eco_json_at(hide, 0)), "adapter"));
    assert_true(eco_str_is(eco_json_str(eco_json_at(hide, 1)), "quantized"));
    assert_int_equal(number(counts, "nodes"), 6);
    assert_int_equal(number(counts, "edges"), 6);
    assert_int_equal(number(counts, "models"), 8);
    assert_int_equal(number(counts, "family"), 9);
    assert_int_equal(number(counts, "left_out"), 10);
    assert_int_equal(number(counts, "undated"), 11);
    assert_int_equal(number(counts, "matches"), 12);
    assert_int_equal(number(eco_json_get(counts, "inner"), "merge"), 3);
}

static const struct {
    const char *id, *kind, *parent, *relation, *author, *created, *appears;
    int64_t likes, parameters; /* -1: null */
} wanted_nodes[] = {
    { EVIL_JSON, "model", NULL, NULL,
      "ev\x01il<&>\"'\xef\xbf\xbd\xef\xbf\xbd]]>", "2023-05-23T00:00:00.001Z",
      NULL, 9000, 7000000000 },
    { "lost/base", "placeholder", NULL, NULL, "lost", NULL, NULL, -1, -1 },
    { "plain/child", "model", EVIL_JSON, "finetune", "plain",
      "1997-05-19T00:00:00.000Z", "2023-08-31", 4000, -1 },
    { "author:plain", "group", EVIL_JSON, "adapter", "plain", NULL,
      "2023-12-09", -1, -1 },
    { "author:", "group", "lost/base", "merge", "", NULL, NULL, -1, -1 },
    { "loose", "model", "plain/child", "quantized", "",
      "2022-01-08T00:00:00.000Z", "2023-05-23", 5, 2 },
};

static void check_node(const struct fixture *f, const struct eco_json *node,
                       size_t i)
{
    const struct eco_network_node *v = &f->nodes[i];
    const struct eco_json *author = eco_json_get(node, "author");
    bool is_model = !(v->flags & (ECO_NETWORK_GROUP | ECO_NETWORK_PLACEHOLDER));

    assert_true(text_is(node, "id", wanted_nodes[i].id));
    assert_true(text_is(node, "kind", wanted_nodes[i].kind));
    assert_true(text_is(node, "parent", wanted_nodes[i].parent));
    assert_true(text_is(node, "relation", wanted_nodes[i].relation));
    assert_true(text_is(author, "name", wanted_nodes[i].author));
    assert_true(text_is(node, "created", wanted_nodes[i].created));
    assert_true(text_is(node, "appears", wanted_nodes[i].appears));
    assert_int_equal(number(node, "likes"), wanted_nodes[i].likes);
    assert_int_equal(number(node, "parameters"), wanted_nodes[i].parameters);
    assert_int_equal(number(node, "rank"),
                     is_model ? (int64_t)v->node + 1 : -1);
    assert_true(eco_json_float(eco_json_get(node, "influence")) ==
                v->influence);
    assert_int_equal(is_true(node, "chosen"), v->flags & 1);
    assert_int_equal(is_true(node, "removed"), v->flags >> 3 & 1);
    assert_int_equal(is_true(node, "match"), v->flags >> 4 & 1);
    assert_int_equal(is_true(node, "collapsed"), v->flags >> 5 & 1);
    assert_int_equal(is_true(node, "expanded"), v->flags >> 6 & 1);
    assert_int_equal(number(node, "models"), v->models);
    assert_int_equal(number(node, "derived"), v->derived);
    assert_int_equal(number(node, "more"), v->more);
    assert_true(place_is(node, "x", (double)v->x));
    assert_true(place_is(node, "y", (double)v->y));
    assert_true(place_is(node, "r", (double)v->r));
}

static void check_edge(const struct fixture *f, const struct eco_json *edge,
                       size_t i)
{
    const struct eco_network_edge *e = &f->edges[i];

    assert_true(text_is(edge, "source", wanted_nodes[e->source].id));
    assert_true(text_is(edge, "target", wanted_nodes[e->target].id));
    assert_true(text_is(edge, "relation",
                        eco_relation_name((enum eco_relation)e->relation)));
    assert_int_equal(is_true(edge, "declared"), e->declared);
    assert_int_equal(is_true(edge, "indirect"), e->indirect);
    assert_int_equal(number(edge, "hidden"), e->hidden);
    assert_int_equal(number(edge, "count"), e->count);
}

static void json_tells_everything(void **state)
{
    struct fixture *f = *state;
    struct eco_buf out = write_as(f, ECO_NETWORK_JSON);
    const struct eco_json *nodes, *edge_list;
    struct eco_json *json = NULL;
    struct eco_err err = { 0 };

    if (eco_json_parse(f->reader, eco_buf_view(&out), &json, &err))
        fail_msg("%s", err.msg);
    check_head(json);
    nodes = eco_json_get(json, "nodes");
    edge_list = eco_json_get(json, "edges");
    assert_int_equal(eco_json_len(nodes), f->net.n);
    assert_int_equal(eco_json_len(edge_list), f->net.m);
    for (size_t i = 0; i < f->net.n; i++)
        check_node(f, eco_json_at(nodes, i), i);
    for (size_t i = 0; i < f->net.m; i++)
        check_edge(f, eco_json_at(edge_list, i), i);
    assert_true(text_is(eco_json_get(eco_json_at(nodes, 0), "author"),
                        "full_name", "Full <\xef\xbf\xbd>"));
    assert_true(text_is(eco_json_get(eco_json_at(nodes, 0), "author"), "kind",
                        "company"));
    assert_true(text_is(eco_json_at(nodes, 0), "task", "task<&>"));
    assert_true(text_is(eco_json_at(nodes, 2), "task", NULL));
    eco_json_free(json);
    eco_buf_release(&out);
}

/* --- the binary form, read by the book -------------------------------------------------- */

struct bytes {
    const unsigned char *at, *end;
};

static uint64_t varint(struct bytes *b)
{
    uint64_t v = 0;

    for (int shift = 0;; shift += 7) {
        assert_true(b->at < b->end && shift < 70);
        v |= (uint64_t)(*b->at & 0x7f) << shift;
        if (*b->at++ < 0x80)
            return v;
    }
}

static int64_t zigzag(struct bytes *b)
{
    uint64_t v = varint(b);

    return v & 1 ? -(int64_t)(v / 2) - 1 : (int64_t)(v / 2);
}

static int32_t day(struct bytes *b)
{
    uint64_t v = varint(b);

    return v == 0   ? ECO_NETWORK_ALWAYS
           : v == 1 ? ECO_NETWORK_NEVER
                    : (int32_t)(v - 2) + 10957;
}

static unsigned byte(struct bytes *b)
{
    assert_true(b->at < b->end);
    return *b->at++;
}

/* A day of 1997 is told as the first that the form knows. */
static int32_t clamped(int32_t d)
{
    return d == ECO_NETWORK_ALWAYS || d == ECO_NETWORK_NEVER || d >= 10957
               ? d
               : 10957;
}

struct file {
    struct eco_json *head;
    const struct eco_json *sections;
    struct bytes rest;
    size_t next;
};

/* The next section has to be this one. */
static struct bytes section(struct file *f, const char *name)
{
    const struct eco_json *pair = eco_json_at(f->sections, f->next++);
    size_t len = (size_t)eco_json_int(eco_json_at(pair, 1));
    struct bytes b = { f->rest.at, f->rest.at + len };

    if (!eco_str_is(eco_json_str(eco_json_at(pair, 0)), name))
        fail_msg("section %zu is not %s", f->next - 1, name);
    assert_true(len <= (size_t)(f->rest.end - f->rest.at));
    f->rest.at += len;
    return b;
}

static void open_file(struct fixture *f, const struct eco_buf *out,
                      struct file *file)
{
    const unsigned char *p = (const unsigned char *)out->ptr;
    size_t len;
    struct eco_err err = { 0 };

    assert_true(out->len > 12);
    assert_memory_equal(p, "ECONET1\0", 8);
    len = p[8] | (size_t)p[9] << 8 | (size_t)p[10] << 16 | (size_t)p[11] << 24;
    assert_true(12 + len <= out->len);
    *file = (struct file){ .rest = { p + 12 + len, p + out->len } };
    if (eco_json_parse(f->reader, (struct eco_str){ out->ptr + 12, len },
                       &file->head, &err))
        fail_msg("%s", err.msg);
    file->sections = eco_json_get(file->head, "sections");
}

static void check_tree(const struct fixture *f, struct file *file)
{
    struct bytes children = section(file, "children");
    uint32_t next = (uint32_t)number(file->head, "tops");

    for (uint32_t i = 0; i < f->net.n; i++)
        for (uint64_t k = varint(&children); k--; next++)
            assert_int_equal(f->nodes[next].parent, i);
    assert_int_equal(next, f->net.n);
    assert_ptr_equal(children.at, children.end);
}

static void check_node_numbers(const struct fixture *f, struct file *file,
                               uint32_t *author)
{
    struct bytes flags = section(file, "flags");
    struct bytes authors_of = section(file, "author");
    struct bytes ranks = section(file, "rank");
    struct bytes influence = section(file, "influence");
    struct bytes likes = section(file, "likes");
    struct bytes downloads = section(file, "downloads");
    int64_t rank = 0;

    for (uint32_t i = 0; i < f->net.n; i++) {
        const struct eco_network_node *v = &f->nodes[i];
        bool is_model = wanted_nodes[i].kind[0] == 'm';

        assert_int_equal(byte(&flags), v->flags);
        author[i] = (uint32_t)varint(&authors_of);
        assert_int_equal(author[i] == 0, v->author == ECO_SNAP_NO_AUTHOR);
        rank += zigzag(&ranks);
        assert_int_equal(rank, is_model ? v->node + 1 : 0);
        assert_int_equal(varint(&influence), llround(v->influence * 1000));
        assert_int_equal(varint(&likes), wanted_nodes[i].likes + 1);
        assert_int_equal(varint(&downloads),
                         is_model ? f->snap->downloads[v->node] + 1 : 0);
    }
    assert_ptr_equal(flags.at, flags.end);
    assert_ptr_equal(influence.at, influence.end);
    assert_ptr_equal(downloads.at, downloads.end);
}

static void check_places(const struct fixture *f, struct file *file)
{
    struct bytes created = section(file, "created");
    struct bytes appears = section(file, "appears");
    struct bytes place = section(file, "place");
    struct bytes derived = section(file, "derived");
    struct bytes more = section(file, "more");
    struct bytes of = section(file, "models");
    int64_t x[6], y[6];

    for (uint32_t i = 0; i < f->net.n; i++) {
        const struct eco_network_node *v = &f->nodes[i];
        int64_t ms = wanted_nodes[i].created ? f->snap->created[v->node] : 0;
        int32_t made =
            ms ? clamped((int32_t)(ms / ECO_DAY_MS)) : ECO_NETWORK_NEVER;

        assert_int_equal(day(&created), made);
        assert_int_equal(day(&appears), v->appears);
        x[i] = zigzag(&place);
        y[i] = zigzag(&place);
        if (v->parent != ECO_NETWORK_NONE) {
            x[i] += x[v->parent];
            y[i] += y[v->parent];
        }
        assert_true(fabs((double)x[i] / 8 - (double)v->x) <= 1.0 / 16);
        assert_true(fabs((double)y[i] / 8 - (double)v->y) <= 1.0 / 16);
        assert_int_equal(varint(&derived), v->derived);
        assert_int_equal(varint(&more), v->more);
        assert_int_equal(varint(&of) + 1, v->models);
    }
    assert_ptr_equal(place.at, place.end);
    assert_ptr_equal(of.at, of.end);
}

static struct eco_str text(struct bytes *lengths, struct bytes *texts)
{
    struct eco_str s = { (const char *)texts->at, varint(lengths) };

    assert_true(s.len <= (size_t)(texts->end - texts->at));
    texts->at += s.len;
    return s;
}

static void check_texts(const struct fixture *f, struct file *file,
                        const uint32_t *author)
{
    struct bytes ids = section(file, "ids"), id = section(file, "id.text");
    struct bytes names, name, fulls, full, kinds;
    struct eco_str known[4], whole[4];
    size_t n = (size_t)number(file->head, "authors");

    for (uint32_t i = 0; i < f->net.n; i++) {
        struct eco_str s = text(&ids, &id);

        if (f->nodes[i].flags & ECO_NETWORK_GROUP)
            assert_int_equal(s.len, 0);
        else
            assert_true(eco_str_eq(s, eco_snap_id(f->snap, f->nodes[i].node)));
    }
    names = section(file, "names");
    name = section(file, "name.text");
    fulls = section(file, "fulls");
    full = section(file, "full.text");
    kinds = section(file, "kinds");
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        known[i] = text(&names, &name);
        whole[i] = text(&fulls, &full);
        byte(&kinds);
    }
    for (uint32_t i = 0; i < f->net.n; i++)
        if (author[i])
            assert_true(
                eco_str_eq(known[author[i] - 1],
                           eco_snap_author_name(f->snap, f->nodes[i].author)));
    assert_true(eco_str_is(whole[author[0] - 1], "Full <\xff>"));
    assert_int_equal(kinds.end[-3 + (long)author[0] - 1], ECO_AUTHOR_COMPANY);
    assert_ptr_equal(id.at, id.end);
    assert_ptr_equal(name.at, name.end);
    assert_ptr_equal(full.at, full.end);
}

static void check_edges(const struct fixture *f, struct file *file)
{
    struct bytes sources = section(file, "source");
    struct bytes targets = section(file, "target");
    struct bytes tags = section(file, "tag"), counts = section(file, "count");
    struct bytes hidden = section(file, "hidden");
    struct bytes since = section(file, "since");
    int64_t source = 0, target = 0;

    for (uint64_t i = 0; i < f->net.m; i++) {
        const struct eco_network_edge *e = &f->edges[i];
        unsigned tag;

        source += (int64_t)varint(&sources);
        target += zigzag(&targets);
        assert_int_equal(source, e->source);
        assert_int_equal(target, e->target);
        tag = byte(&tags);
        assert_int_equal(tag & 3, e->relation);
        assert_int_equal(tag >> 2 & 1, e->indirect);
        assert_int_equal(tag >> 7, e->declared);
        assert_int_equal(tag & 0x78, 0);
        assert_int_equal(varint(&counts) + 1, e->count);
        assert_int_equal(varint(&hidden), e->hidden);
        assert_int_equal(day(&since), clamped(e->since));
    }
    assert_ptr_equal(targets.at, targets.end);
    assert_ptr_equal(since.at, since.end);
}

static void the_binary_form_is_what_its_page_says(void **state)
{
    struct fixture *f = *state;
    struct eco_buf out = write_as(f, ECO_NETWORK_BINARY);
    const struct eco_json *radius;
    struct bytes joined;
    struct file file;
    uint32_t author[6];

    open_file(f, &out, &file);
    check_head(file.head);
    assert_null(eco_json_get(file.head, "nodes"));
    assert_int_equal(number(file.head, "tops"), 2);
    assert_int_equal(number(file.head, "members"), 4);
    radius = eco_json_get(file.head, "radius");
    for (double i = 0; i < 2e4; i = i * 3 + 1) {
        double floor = eco_json_float(eco_json_get(radius, "floor"));
        double scale = eco_json_float(eco_json_get(radius, "scale"));

        assert_true(fabs(sqrt(floor + scale * i) -
                         (double)eco_network_radius(i)) < 1e-3);
    }
    check_tree(f, &file);
    check_node_numbers(f, &file, author);
    check_places(f, &file);
    check_texts(f, &file, author);
    check_edges(f, &file);
    joined = section(&file, "joined");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(day(&joined), f->members[i].appears);
    assert_ptr_equal(joined.at, joined.end);
    assert_int_equal(file.next, eco_json_len(file.sections));
    assert_ptr_equal(file.rest.at, file.rest.end);
    eco_json_free(file.head);
    eco_buf_release(&out);
}

/* --- XML ---------------------------------------------------------------------------------- */

/* A reference to one character that XML allows; its bytes or 0. */
static size_t reference(const char *p)
{
    static const char *const known[] = { "&lt;",  "&gt;", "&amp;", "&quot;",
                                         "&#39;", "&#9;", "&#10;", "&#13;" };

    for (size_t i = 0; i < COUNT(known); i++)
        if (!strncmp(p, known[i], strlen(known[i])))
            return strlen(known[i]);
    return 0;
}

/* One piece of text: no markup, whole characters that XML 1.0 knows. */
static const char *skip_text(const char *p, const char *end, char stop)
{
    while (p < end && *p != stop && *p != '<') {
        int len = eco_str_character((struct eco_str){ p, (size_t)(end - p) });

        assert_true(len > 0);
        assert_true((unsigned char)*p >= 0x20 || *p == '\n');
        assert_false(len == 3 && (!memcmp(p, "\xef\xbf\xbe", 3) ||
                                  !memcmp(p, "\xef\xbf\xbf", 3)));
        if (*p == '&')
            len = (int)reference(p);
        assert_true(len > 0);
        p += len;
    }
    return p;
}

static const char *skip_name(const char *p)
{
    assert_true(isalpha((unsigned char)*p));
    while (isalnum((unsigned char)*p) || strchr(":-._", *p))
        p++;
    return p;
}

/* ` name="value"`, each name once. */
static const char *skip_attributes(const char *p, const char *end)
{
    const char *seen[24];
    size_t len[24], n = 0;

    while (*p == ' ') {
        const char *name = ++p;

        p = skip_name(p);
        assert_true(n < COUNT(seen));
        for (size_t i = 0; i < n; i++)
            assert_false(len[i] == (size_t)(p - name) &&
                         !memcmp(seen[i], name, len[i]));
        seen[n] = name;
        len[n++] = (size_t)(p - name);
        assert_memory_equal(p, "=\"", 2);
        p = skip_text(p + 2, end, '"');
        assert_int_equal(*p++, '"');
    }
    return p;
}

/* Tags nest, and one element is around everything. */
static void check_well_formed(const struct eco_buf *out)
{
    static const char begin[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const char *p = out->ptr + sizeof(begin) - 1, *end = out->ptr + out->len;
    struct eco_str open[16];
    size_t depth = 0, elements = 0;

    assert_memory_equal(out->ptr, begin, sizeof(begin) - 1);
    while (p < end) {
        bool is_end = p[0] == '<' && p[1] == '/';
        struct eco_str name = { p + 1 + is_end, 0 };

        if (*p != '<') {
            const char *next = skip_text(p, end, '<');

            assert_true(depth || (next == end && next == p + 1));
            p = next;
            continue;
        }
        assert_true(depth || !elements++);
        p = skip_name(name.ptr);
        name.len = (size_t)(p - name.ptr);
        if (is_end) {
            assert_true(depth && eco_str_eq(open[--depth], name));
        } else {
            p = skip_attributes(p, end);
            assert_true(depth < COUNT(open));
            if (*p == '/')
                p++;
            else
                open[depth++] = name;
        }
        assert_int_equal(*p++, '>');
    }
    assert_int_equal(depth, 0);
}

static size_t occurrences(const struct eco_buf *out, const char *what)
{
    size_t n = 0;

    for (const char *p = out->ptr; (p = strstr(p, what)); p++)
        n++;
    return n;
}

static void texts_become_xml(void **state)
{
    struct eco_buf out;

    (void)state;
    eco_buf_init(&out, 1000);
    eco_xml_put(&out, (struct eco_str){ EVIL "\0\x7f\xc2\x85\xed\xa0\x80",
                                        sizeof(EVIL) - 1 + 7 });
    assert_string_equal(out.ptr, EVIL_XML "\x7f\xc2\x85\xef\xbf\xbd"
                                          "\xef\xbf\xbd\xef\xbf\xbd");
    eco_buf_release(&out);
}

static void gexf_is_well_formed_and_complete(void **state)
{
    struct fixture *f = *state;
    struct eco_buf out = write_as(f, ECO_NETWORK_GEXF);

    check_well_formed(&out);
    assert_int_equal(occurrences(&out, "<node "), f->net.n);
    assert_int_equal(occurrences(&out, "<edge "), f->net.m);
    assert_int_equal(occurrences(&out, "<viz:position "), f->net.n);
    assert_non_null(
        strstr(out.ptr, "<node id=\"" EVIL_XML "\" label=\"" EVIL_XML "\">"));
    assert_non_null(strstr(out.ptr, "target=\"author:\" weight=\"1\">"));
    assert_non_null(strstr(out.ptr, "<attribute id=\"8\" title=\"influence\" "
                                    "type=\"double\"/>"));
    assert_non_null(
        strstr(out.ptr, "<attvalue for=\"8\" value=\"1154.5749790295922\"/>"));
    assert_non_null(strstr(out.ptr, "<attvalue for=\"5\" value=\"Full "
                                    "&lt;\xef\xbf\xbd&gt;\"/>"));
    eco_buf_release(&out);
}

static void graphml_is_well_formed_and_complete(void **state)
{
    struct fixture *f = *state;
    struct eco_buf out = write_as(f, ECO_NETWORK_GRAPHML);

    check_well_formed(&out);
    assert_int_equal(occurrences(&out, "<node "), f->net.n);
    assert_int_equal(occurrences(&out, "<edge "), f->net.m);
    assert_non_null(strstr(out.ptr, "<node id=\"" EVIL_XML "\">"));
    assert_non_null(strstr(out.ptr, "<edge source=\"" EVIL_XML
                                    "\" target=\"author:plain\">"));
    assert_non_null(strstr(out.ptr, "<data key=\"edge_count\">1000</data>"));
    assert_non_null(strstr(out.ptr, "<data key=\"radius\">20.5</data></node>"));
    eco_buf_release(&out);
}

static void the_picture_is_well_formed_and_says_what_it_is(void **state)
{
    struct fixture *f = *state;
    struct eco_snap_meta meta = *f->snap->meta;
    const struct eco_snap_meta *before = f->snap->meta;
    struct eco_buf out;

    out = write_as(f, ECO_NETWORK_SVG);
    check_well_formed(&out);
    assert_int_equal(occurrences(&out, "<circle "), f->net.n);
    assert_int_equal(occurrences(&out, "</title></circle>"), f->net.n);
    assert_int_equal(occurrences(&out, "indirect\""), 1);
    assert_non_null(strstr(out.ptr, "<title>" EVIL_XML "</title></circle>"));
    assert_non_null(strstr(out.ptr, "as of 2024-10-04"));
    assert_null(strstr(out.ptr, "synthetic"));
    assert_null(strstr(out.ptr, "<style"));
    assert_null(strstr(out.ptr, "<script"));
    assert_null(strstr(out.ptr, "nan"));
    eco_buf_release(&out);

    meta.data = ECO_DATA_SYNTHETIC;
    f->snap->meta = &meta;
    out = write_as(f, ECO_NETWORK_SVG);
    f->snap->meta = before;
    assert_non_null(strstr(out.ptr, "synthetic data</text>"));
    eco_buf_release(&out);
}

/* --- odd networks ---------------------------------------------------------------------------- */

static void a_network_without_nodes_can_be_written(void **state)
{
    struct fixture f = *(struct fixture *)*state;

    f.net = (struct eco_network){ 0 };
    for (unsigned i = 0; i < ECO_NETWORK_FORMATS; i++) {
        struct eco_buf out = write_as(&f, (enum eco_network_format)i);

        if (i >= ECO_NETWORK_GEXF)
            check_well_formed(&out);
        eco_buf_release(&out);
    }
}

/* Discs in one place, of no size, far away: numbers stay numbers. */
static void odd_places_give_no_odd_numbers(void **state)
{
    struct fixture f = *(struct fixture *)*state;
    struct eco_network_node nodes[6];

    memcpy(nodes, f.nodes, sizeof(nodes));
    f.net.nodes = nodes;
    for (size_t i = 0; i < 6; i++) {
        nodes[i].x = i % 2 ? 1e7f : 0;
        nodes[i].y = 0;
        nodes[i].r = i < 3 ? 0 : 1e6f;
    }
    for (unsigned i = 0; i < ECO_NETWORK_FORMATS; i++) {
        struct eco_buf out = write_as(&f, (enum eco_network_format)i);

        assert_null(strstr(out.ptr, "nan"));
        assert_null(strstr(out.ptr, "inf\""));
        eco_buf_release(&out);
    }
}

static void a_small_buffer_is_an_error(void **state)
{
    const struct fixture *f = *state;

    for (unsigned i = 0; i < ECO_NETWORK_FORMATS; i++) {
        struct eco_err err = { 0 };
        struct eco_buf out;

        eco_buf_init(&out, 200);
        assert_int_equal(eco_api_network_write((enum eco_network_format)i, &out,
                                               f->snap, &f->query, &f->net,
                                               &err),
                         ECO_ELIMIT);
        assert_non_null(strstr(err.msg, "200"));
        eco_buf_release(&out);
    }
}

static void formats_survive_every_allocation_failure(void **state)
{
    const struct fixture *f = *state;

    for (unsigned i = 0; i < ECO_NETWORK_FORMATS; i++) {
        long before = eco_test_live_blocks(), k = 0;
        int rc;

        do {
            struct eco_err err = { 0 };
            struct eco_buf out;

            assert_true(k < 60);
            eco_buf_init(&out, ECO_MAX_NETWORK_ANSWER_BYTES);
            eco_test_fail_alloc_after(k++);
            rc = eco_api_network_write((enum eco_network_format)i, &out,
                                       f->snap, &f->query, &f->net, &err);
            eco_test_fail_alloc_after(-1);
            assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
            assert_int_equal(err.code, rc);
            eco_buf_release(&out);
            assert_int_equal(eco_test_live_blocks(), before);
        } while (rc);
        assert_true(k > 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_tells_everything),
        cmocka_unit_test(the_binary_form_is_what_its_page_says),
        cmocka_unit_test(texts_become_xml),
        cmocka_unit_test(gexf_is_well_formed_and_complete),
        cmocka_unit_test(graphml_is_well_formed_and_complete),
        cmocka_unit_test(the_picture_is_well_formed_and_says_what_it_is),
        cmocka_unit_test(a_network_without_nodes_can_be_written),
        cmocka_unit_test(odd_places_give_no_odd_numbers),
        cmocka_unit_test(a_small_buffer_is_an_error),
        cmocka_unit_test(formats_survive_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, open_hub, close_hub);
}
