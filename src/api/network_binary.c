/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "api/internal.h"
#include "api/network_facts.h"
#include "base/alloc.h"

/* docs/format/network.md. */
#define MAGIC "ECONET1" /* and a zero byte */
#define VARINT_BYTES 10
#define ROOM_BYTES 4096
#define DAY_ZERO 10957 /* 2000-01-01 */
#define EIGHTHS 8

struct writer {
    const struct eco_snap *s;
    const struct eco_network *net;
    struct eco_buf body; /* the sections */
    uint32_t n_authors;
    uint32_t *authors; /* n_authors: numbers of the snapshot */
    uint32_t *author;  /* of each node: 1 + index in authors; 0: none */
};

/* --- numbers ------------------------------------------------------------------- */

static void put_varint(struct eco_buf *b, uint64_t v)
{
    char *p;

    if (b->cap - b->len <= VARINT_BYTES && eco_buf_reserve(b, ROOM_BYTES))
        return;
    p = b->ptr + b->len;
    while (v >= 0x80) {
        *p++ = (char)((v & 0x7f) | 0x80);
        v >>= 7;
    }
    *p++ = (char)v;
    b->len = (size_t)(p - b->ptr);
}

static void put_zigzag(struct eco_buf *b, int64_t v)
{
    put_varint(b, v < 0 ? ((uint64_t)-v << 1) - 1 : (uint64_t)v << 1);
}

static void put_byte(struct eco_buf *b, unsigned v)
{
    eco_buf_append_char(b, (char)v);
}

/* Negative is unknown; numbers stay below 2^53. */
static void put_count(struct eco_buf *b, int64_t n)
{
    int64_t most = ECO_MAX_COUNT - 2;

    put_varint(b, n < 0 ? 0 : (uint64_t)(n < most ? n : most) + 1);
}

static void put_day(struct eco_buf *b, int32_t day)
{
    if (day == ECO_NETWORK_ALWAYS)
        put_varint(b, 0);
    else if (day == ECO_NETWORK_NEVER)
        put_varint(b, 1);
    else
        put_varint(b, day < DAY_ZERO ? 2 : (uint64_t)(day - DAY_ZERO) + 2);
}

static int64_t eighths(float v)
{
    return llround((double)v * EIGHTHS);
}

/* --- authors --------------------------------------------------------------------- */

/* Number the authors in the order of their first node. */
static void number_authors(struct writer *w, uint32_t *table, uint32_t mask)
{
    const struct eco_network *net = w->net;

    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t author = net->nodes[i].author, at;

        w->author[i] = 0;
        if (author >= w->s->meta->n_authors)
            continue;
        at = author * UINT32_C(2654435761) & mask;
        while (table[at] && w->authors[table[at] - 1] != author)
            at = (at + 1) & mask;
        if (!table[at]) {
            w->authors[w->n_authors++] = author;
            table[at] = w->n_authors;
        }
        w->author[i] = table[at];
    }
}

static int find_authors(struct writer *w, struct eco_err *err)
{
    uint32_t size = 16; /* of a table of hashes, at most half full */
    uint32_t *table;

    while (size / 2 < w->net->n)
        size *= 2;
    table = eco_calloc(size, sizeof(*table));
    w->authors = eco_alloc_array(w->net->n, sizeof(*w->authors));
    w->author = eco_alloc_array(w->net->n, sizeof(*w->author));
    if (!table || !w->authors || !w->author) {
        eco_free(table);
        return eco_fail(err, ECO_ENOMEM,
                        "no memory for the authors of %u nodes", w->net->n);
    }
    number_authors(w, table, size - 1);
    eco_free(table);
    return 0;
}

/* --- sections of nodes -------------------------------------------------------------- */

static bool is_model(const struct eco_network_node *v)
{
    return !(v->flags & (ECO_NETWORK_GROUP | ECO_NETWORK_PLACEHOLDER));
}

/* Children stand behind one another in the order of their parents. */
static void put_children(struct writer *w)
{
    const struct eco_network *net = w->net;
    uint32_t at = 0;

    while (at < net->n && net->nodes[at].parent == ECO_NETWORK_NONE)
        at++;
    for (uint32_t i = 0; i < net->n; i++) {
        uint32_t begin = at;

        while (at < net->n && net->nodes[at].parent == i)
            at++;
        put_varint(&w->body, at - begin);
    }
}

static void put_flags(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_byte(&w->body, w->net->nodes[i].flags);
}

static void put_author(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_varint(&w->body, w->author[i]);
}

static void put_rank(struct writer *w)
{
    int64_t before = 0;

    for (uint32_t i = 0; i < w->net->n; i++) {
        const struct eco_network_node *v = &w->net->nodes[i];
        int64_t rank = is_model(v) ? (int64_t)v->node + 1 : 0;

        put_zigzag(&w->body, rank - before);
        before = rank;
    }
}

static void put_influence(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_varint(&w->body,
                   (uint64_t)llround(w->net->nodes[i].influence * 1000));
}

static void put_column(struct writer *w, const int64_t *column)
{
    for (uint32_t i = 0; i < w->net->n; i++) {
        const struct eco_network_node *v = &w->net->nodes[i];

        put_count(&w->body, is_model(v) ? column[v->node] : -1);
    }
}

static void put_likes(struct writer *w)
{
    put_column(w, w->s->likes);
}

static void put_downloads(struct writer *w)
{
    put_column(w, w->s->downloads);
}

static int32_t day_of(int64_t ms)
{
    return (int32_t)(ms / ECO_DAY_MS - (ms % ECO_DAY_MS < 0));
}

static void put_created(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++) {
        const struct eco_network_node *v = &w->net->nodes[i];
        int64_t ms = is_model(v) ? w->s->created[v->node] : ECO_TIME_UNKNOWN;

        put_day(&w->body,
                ms == ECO_TIME_UNKNOWN ? ECO_NETWORK_NEVER : day_of(ms));
    }
}

static void put_appears(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_day(&w->body, w->net->nodes[i].appears);
}

static void put_place(struct writer *w)
{
    const struct eco_network_node *nodes = w->net->nodes;

    for (uint32_t i = 0; i < w->net->n; i++) {
        const struct eco_network_node *v = &nodes[i];
        int64_t x = 0, y = 0;

        if (v->parent != ECO_NETWORK_NONE) {
            x = eighths(nodes[v->parent].x);
            y = eighths(nodes[v->parent].y);
        }
        put_zigzag(&w->body, eighths(v->x) - x);
        put_zigzag(&w->body, eighths(v->y) - y);
    }
}

static void put_derived(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_varint(&w->body, w->net->nodes[i].derived);
}

static void put_more(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_varint(&w->body, w->net->nodes[i].more);
}

static void put_models(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_varint(&w->body, w->net->nodes[i].models - 1);
}

/* ECO_NETWORK_NONE, a group, gives the empty view. */
static void put_ids(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        put_varint(&w->body, eco_snap_id(w->s, w->net->nodes[i].node).len);
}

static void put_id_text(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++)
        eco_buf_append_str(&w->body, eco_snap_id(w->s, w->net->nodes[i].node));
}

/* --- sections of authors -------------------------------------------------------------- */

static void put_names(struct writer *w)
{
    for (uint32_t i = 0; i < w->n_authors; i++)
        put_varint(&w->body, eco_snap_author_name(w->s, w->authors[i]).len);
}

static void put_name_text(struct writer *w)
{
    for (uint32_t i = 0; i < w->n_authors; i++)
        eco_buf_append_str(&w->body, eco_snap_author_name(w->s, w->authors[i]));
}

static void put_fulls(struct writer *w)
{
    for (uint32_t i = 0; i < w->n_authors; i++)
        put_varint(&w->body, eco_snap_author_full(w->s, w->authors[i]).len);
}

static void put_full_text(struct writer *w)
{
    for (uint32_t i = 0; i < w->n_authors; i++)
        eco_buf_append_str(&w->body, eco_snap_author_full(w->s, w->authors[i]));
}

static void put_kinds(struct writer *w)
{
    for (uint32_t i = 0; i < w->n_authors; i++)
        put_byte(&w->body, w->s->author_kind[w->authors[i]]);
}

/* --- sections of edges and members ----------------------------------------------------- */

static void put_source(struct writer *w)
{
    uint32_t before = 0;

    for (uint64_t i = 0; i < w->net->m; i++) {
        put_varint(&w->body, w->net->edges[i].source - before);
        before = w->net->edges[i].source;
    }
}

static void put_target(struct writer *w)
{
    int64_t before = 0;

    for (uint64_t i = 0; i < w->net->m; i++) {
        put_zigzag(&w->body, w->net->edges[i].target - before);
        before = w->net->edges[i].target;
    }
}

static void put_tag(struct writer *w)
{
    for (uint64_t i = 0; i < w->net->m; i++) {
        const struct eco_network_edge *edge = &w->net->edges[i];

        put_byte(&w->body, (unsigned)edge->relation |
                               (unsigned)edge->indirect << 2 |
                               (unsigned)edge->declared << 7);
    }
}

static void put_edge_count(struct writer *w)
{
    for (uint64_t i = 0; i < w->net->m; i++)
        put_varint(&w->body, w->net->edges[i].count - 1);
}

static void put_hidden(struct writer *w)
{
    for (uint64_t i = 0; i < w->net->m; i++)
        put_varint(&w->body, w->net->edges[i].hidden);
}

static void put_since(struct writer *w)
{
    for (uint64_t i = 0; i < w->net->m; i++)
        put_day(&w->body, w->net->edges[i].since);
}

static void put_joined(struct writer *w)
{
    for (uint32_t i = 0; i < w->net->n; i++) {
        const struct eco_network_node *v = &w->net->nodes[i];

        for (uint32_t k = 0; v->flags & ECO_NETWORK_GROUP && k < v->models; k++)
            put_day(&w->body, w->net->members[v->members + k].appears);
    }
}

/* --- the whole ---------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*put)(struct writer *w);
} sections[] = {
    { "children", put_children },
    { "flags", put_flags },
    { "author", put_author },
    { "rank", put_rank },
    { "influence", put_influence },
    { "likes", put_likes },
    { "downloads", put_downloads },
    { "created", put_created },
    { "appears", put_appears },
    { "place", put_place },
    { "derived", put_derived },
    { "more", put_more },
    { "models", put_models },
    { "ids", put_ids },
    { "id.text", put_id_text },
    { "names", put_names },
    { "name.text", put_name_text },
    { "fulls", put_fulls },
    { "full.text", put_full_text },
    { "kinds", put_kinds },
    { "source", put_source },
    { "target", put_target },
    { "tag", put_tag },
    { "count", put_edge_count },
    { "hidden", put_hidden },
    { "since", put_since },
    { "joined", put_joined },
};
#define N_SECTIONS (sizeof(sections) / sizeof(sections[0]))

static uint32_t count_tops(const struct eco_network *net)
{
    uint32_t n = 0;

    while (n < net->n && net->nodes[n].parent == ECO_NETWORK_NONE)
        n++;
    return n;
}

static uint64_t count_members(const struct eco_network *net)
{
    uint64_t n = 0;

    for (uint32_t i = 0; i < net->n; i++)
        if (net->nodes[i].flags & ECO_NETWORK_GROUP)
            n += net->nodes[i].models;
    return n;
}

static void put_radius(struct eco_json_writer *w)
{
    eco_json_key(w, "radius");
    eco_json_begin_object(w);
    eco_json_key(w, "floor");
    eco_json_put_f64(w, ECO_NETWORK_RADIUS_FLOOR);
    eco_json_key(w, "scale");
    eco_json_put_f64(w, ECO_NETWORK_RADIUS_SCALE);
    eco_json_end_object(w);
}

static void put_head(struct eco_buf *head, const struct writer *w,
                     const struct eco_network_query *q, const size_t *end)
{
    struct eco_json_writer json;

    eco_json_writer_init(&json, head);
    eco_json_begin_object(&json);
    eco_api_network_put_head(&json, w->s, q, w->net);
    eco_api_put_count(&json, "tops", count_tops(w->net));
    eco_api_put_count(&json, "authors", w->n_authors);
    eco_api_put_count(&json, "members", (int64_t)count_members(w->net));
    put_radius(&json);
    eco_json_key(&json, "sections");
    eco_json_begin_array(&json);
    for (size_t i = 0; i < N_SECTIONS; i++) {
        eco_json_begin_array(&json);
        eco_json_put_c(&json, sections[i].name);
        eco_json_put_i64(&json, (int64_t)(end[i] - (i ? end[i - 1] : 0)));
        eco_json_end_array(&json);
    }
    eco_json_end_array(&json);
    eco_json_end_object(&json);
}

static void put_file(struct eco_buf *out, const struct eco_buf *head,
                     const struct eco_buf *body)
{
    unsigned char length[4];

    for (int i = 0; i < 4; i++)
        length[i] = (unsigned char)(head->len >> 8 * i);
    eco_buf_reserve(out, sizeof(MAGIC) + 4 + head->len + body->len);
    eco_buf_append(out, MAGIC, sizeof(MAGIC));
    eco_buf_append(out, length, sizeof(length));
    eco_buf_append_str(out, eco_buf_view(head));
    eco_buf_append_str(out, eco_buf_view(body));
}

int eco_api_network_write_binary(struct eco_buf *out, const struct eco_snap *s,
                                 const struct eco_network_query *q,
                                 const struct eco_network *net,
                                 struct eco_err *err)
{
    struct writer w = { .s = s, .net = net };
    struct eco_buf head;
    size_t end[N_SECTIONS];
    int rc;

    eco_buf_init(&w.body, out->max);
    eco_buf_init(&head, ECO_MAX_NETWORK_HEAD_BYTES);
    rc = find_authors(&w, err);
    if (rc)
        goto done;
    for (size_t i = 0; i < N_SECTIONS; i++) {
        sections[i].put(&w);
        end[i] = w.body.len;
    }
    rc = eco_buf_check(&w.body, "network", err);
    if (rc)
        goto done;
    put_head(&head, &w, q, end);
    rc = eco_buf_check(&head, "head of a network", err);
    if (rc)
        goto done;
    put_file(out, &head, &w.body);
    rc = eco_buf_check(out, "network", err);
done:
    eco_buf_release(&head);
    eco_buf_release(&w.body);
    eco_free(w.authors);
    eco_free(w.author);
    return rc;
}
