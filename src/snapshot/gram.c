/* SPDX-License-Identifier: MIT */
#include "snapshot/gram.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "snapshot/reader.h"

#define BLOCK_KEYS 256u
#define N_BLOCKS (ECO_GRAM_KEYS / BLOCK_KEYS)
#define MAX_LEB_BYTES 5

/* --- keys ---------------------------------------------------------------- */

/* Byte i of the id and the zero bytes behind it, lower-cased; without a branch
 * or a call, since it runs for every byte of every id. */
static inline uint32_t lower_at(struct eco_str id, size_t i)
{
    uint32_t c = i < id.len ? (uint8_t)id.ptr[i] : 0;

    return c + (uint32_t)(c - 'A' < 26u) * ('a' - 'A');
}

/* What stands before the first gram's last byte. */
static inline uint32_t first_key(struct eco_str id)
{
    return lower_at(id, 0) << 8 | lower_at(id, 1);
}

/* The gram at i from the one before it. */
static inline uint32_t next_key(uint32_t key, struct eco_str id, size_t i)
{
    return (key << 8 | lower_at(id, i + 2)) & (ECO_GRAM_KEYS - 1);
}

uint32_t eco_gram_key(struct eco_str id, size_t i)
{
    return lower_at(id, i) << 16 | lower_at(id, i + 1) << 8 |
           lower_at(id, i + 2);
}

uint32_t eco_gram_byte_key(struct eco_str id, size_t i)
{
    return lower_at(id, i);
}

int eco_gram_table_init(struct eco_gram_table *t, struct eco_err *err)
{
    *t = (struct eco_gram_table){ 0 };
    t->block = eco_calloc(N_BLOCKS, sizeof(*t->block));
    if (!t->block)
        return eco_fail(err, ECO_ENOMEM, "no memory for the table of grams");
    return 0;
}

void eco_gram_table_release(struct eco_gram_table *t)
{
    eco_free(t->block);
    eco_free(t->slot);
    *t = (struct eco_gram_table){ 0 };
}

static bool add_block(struct eco_gram_table *t, uint32_t *block)
{
    if (t->n_blocks == t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 64;
        uint32_t *grown = eco_realloc_array(t->slot, (size_t)cap * BLOCK_KEYS,
                                            sizeof(*grown));

        if (!grown)
            return false;
        t->slot = grown;
        t->cap = cap;
    }
    memset(t->slot + (size_t)t->n_blocks * BLOCK_KEYS, 0,
           BLOCK_KEYS * sizeof(*t->slot));
    *block = ++t->n_blocks;
    return true;
}

uint32_t *eco_gram_table_at(struct eco_gram_table *t, uint32_t key)
{
    uint32_t *block = &t->block[key / BLOCK_KEYS];

    if (!*block && !add_block(t, block))
        return NULL;
    return &t->slot[(size_t)(*block - 1) * BLOCK_KEYS + key % BLOCK_KEYS];
}

uint32_t eco_gram_table_get(const struct eco_gram_table *t, uint32_t key)
{
    uint32_t block = t->block[key / BLOCK_KEYS];

    if (!block)
        return 0;
    assert(t->slot); /* the first block made it */
    return t->slot[(size_t)(block - 1) * BLOCK_KEYS + key % BLOCK_KEYS];
}

/* --- building -------------------------------------------------------------- */

/* One gram while lists are measured and then filled. */
struct list {
    uint64_t at;   /* first the size, then where the next byte goes */
    uint32_t next; /* 1 + the node added last, 0 before the first */
    uint32_t key;
};

struct builder {
    const uint64_t *id_off;
    const char *id_text;
    uint32_t n;
    struct eco_gram_table table; /* 1 + index into lists */
    struct list *lists;
    uint32_t n_lists, cap;
};

static struct eco_str id_of(const struct builder *b, uint32_t node)
{
    return (struct eco_str){ b->id_text + b->id_off[node],
                             (size_t)(b->id_off[node + 1] - b->id_off[node]) };
}

static uint32_t leb_bytes(uint32_t value)
{
    uint32_t n = 1;

    while (value >>= 7)
        n++;
    return n;
}

static uint8_t *put_leb(uint8_t *p, uint32_t value)
{
    while (value >= 0x80) {
        *p++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *p++ = (uint8_t)value;
    return p;
}

static bool add_list(struct builder *b, uint32_t key)
{
    if (b->n_lists == b->cap) {
        uint32_t cap = b->cap ? b->cap * 2 : 1024;
        struct list *grown = eco_realloc_array(b->lists, cap, sizeof(*grown));

        if (!grown)
            return false;
        b->lists = grown;
        b->cap = cap;
    }
    b->lists[b->n_lists++] = (struct list){ .key = key };
    return true;
}

static bool measure_gram(struct builder *b, uint32_t node, uint32_t key)
{
    uint32_t *slot = eco_gram_table_at(&b->table, key);
    struct list *l;

    if (!slot)
        return false;
    if (!*slot) {
        if (!add_list(b, key))
            return false;
        *slot = b->n_lists;
    }
    assert(b->lists); /* the first list made it */
    l = &b->lists[*slot - 1];
    if (l->next != node + 1) { /* else the id has it twice */
        l->at += leb_bytes(node - l->next);
        l->next = node + 1;
    }
    return true;
}

/* The first pass: which grams are there, and how long is each list? */
static bool measure_id(struct builder *b, uint32_t node)
{
    struct eco_str id = id_of(b, node);
    uint32_t key = first_key(id);

    for (size_t i = 0; i < id.len; i++) {
        key = next_key(key, id, i);
        if (!measure_gram(b, node, key) ||
            !measure_gram(b, node, eco_gram_byte_key(id, i)))
            return false;
    }
    return true;
}

/* Keys in order, and every list's place. */
static int place_lists(struct builder *b, struct eco_gram_index *out)
{
    uint64_t at = 0;

    out->key = eco_alloc_array(b->n_lists, sizeof(*out->key));
    out->off = eco_alloc_array((size_t)b->n_lists + 1, sizeof(*out->off));
    if (!out->key || !out->off)
        return ECO_ENOMEM;
    for (uint32_t key = 0; key < ECO_GRAM_KEYS; key++) {
        uint32_t slot = eco_gram_table_get(&b->table, key);
        struct list *l;
        uint64_t bytes;

        if (!b->table.block[key / BLOCK_KEYS])
            key |= BLOCK_KEYS - 1; /* none in the whole block */
        if (!slot)
            continue;
        l = &b->lists[slot - 1];
        bytes = l->at;
        out->key[out->n] = key;
        out->off[out->n++] = at;
        l->at = at;
        l->next = 0;
        at += bytes;
    }
    out->off[out->n] = at;
    out->list = eco_alloc_array(at, 1);
    return out->list ? 0 : ECO_ENOMEM;
}

static void fill_gram(struct builder *b, uint32_t node, uint32_t key,
                      uint8_t *list)
{
    struct list *l = &b->lists[eco_gram_table_get(&b->table, key) - 1];

    if (l->next == node + 1)
        return;
    l->at = (uint64_t)(put_leb(list + l->at, node - l->next) - list);
    l->next = node + 1;
}

static void fill_id(struct builder *b, uint32_t node, uint8_t *list)
{
    struct eco_str id = id_of(b, node);
    uint32_t key = first_key(id);

    for (size_t i = 0; i < id.len; i++) {
        key = next_key(key, id, i);
        fill_gram(b, node, key, list);
        fill_gram(b, node, eco_gram_byte_key(id, i), list);
    }
}

static int build(struct builder *b, struct eco_gram_index *out)
{
    int rc;

    for (uint32_t i = 0; i < b->n; i++)
        if (!measure_id(b, i))
            return ECO_ENOMEM;
    rc = place_lists(b, out);
    if (rc)
        return rc;
    for (uint32_t i = 0; i < b->n; i++)
        fill_id(b, i, out->list);
    return 0;
}

int eco_gram_build(const uint64_t *id_off, const char *id_text, uint32_t n,
                   struct eco_gram_index *out, struct eco_err *err)
{
    struct builder b = { .id_off = id_off, .id_text = id_text, .n = n };
    int rc;

    *out = (struct eco_gram_index){ 0 };
    rc = eco_gram_table_init(&b.table, err);
    if (!rc)
        rc = build(&b, out);
    if (rc) {
        eco_gram_release(out);
        eco_fail(err, rc, "no memory for the search index of %u ids", n);
    }
    eco_gram_table_release(&b.table);
    eco_free(b.lists);
    return rc;
}

void eco_gram_release(struct eco_gram_index *g)
{
    eco_free(g->key);
    eco_free(g->off);
    eco_free(g->list);
    *g = (struct eco_gram_index){ 0 };
}

/* --- reading --------------------------------------------------------------- */

/* How many keys are below `key`. */
static uint32_t keys_below(const struct eco_snap_grams *g, uint32_t key)
{
    uint32_t lo = 0, hi = g->n;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (g->key[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void eco_gram_range(const struct eco_snap_grams *g, uint32_t lo, uint32_t hi,
                    uint32_t *first, uint32_t *last)
{
    *first = keys_below(g, lo);
    *last = keys_below(g, hi + 1);
    if (*last < *first) /* keys out of order: an empty range */
        *last = *first;
}

bool eco_gram_find(const struct eco_snap_grams *g, uint32_t key, uint32_t *gram)
{
    *gram = keys_below(g, key);
    return *gram < g->n && g->key[*gram] == key;
}

int eco_gram_open(const struct eco_snap_grams *g, uint32_t gram,
                  struct eco_gram_reader *r, struct eco_err *err)
{
    uint64_t lo = g->off[gram], hi = g->off[gram + 1];

    if (lo > hi || hi > g->off[g->n])
        return eco_fail(err, ECO_EFORMAT,
                        "gram %u: list [%ju, %ju) of %ju bytes", gram,
                        (uintmax_t)lo, (uintmax_t)hi, (uintmax_t)g->off[g->n]);
    *r = (struct eco_gram_reader){ .at = g->list + lo,
                                   .end = g->list + hi,
                                   .limit = g->limit };
    return 0;
}

/* The number at r->at in its shortest form; false when malformed. */
static bool take_leb(struct eco_gram_reader *r, uint64_t *value)
{
    uint64_t v = 0;

    for (unsigned i = 0; i < MAX_LEB_BYTES && r->at < r->end; i++) {
        uint8_t byte = *r->at++;

        v |= (uint64_t)(byte & 0x7f) << 7 * i;
        if (!(byte & 0x80)) {
            *value = v;
            return byte || !i;
        }
    }
    return false;
}

int eco_gram_next(struct eco_gram_reader *r, uint32_t *node,
                  struct eco_err *err)
{
    uint64_t step;

    if (r->at == r->end)
        return 0;
    if (!take_leb(r, &step))
        return eco_fail(err, ECO_EFORMAT,
                        "posting list: malformed number after %jd",
                        (intmax_t)r->next - 1);
    if (r->next + step >= r->limit)
        return eco_fail(err, ECO_EFORMAT, "posting list: %ju, not below %ju",
                        (uintmax_t)(r->next + step), (uintmax_t)r->limit);
    *node = (uint32_t)(r->next + step);
    r->next += step + 1;
    return 1;
}

int eco_gram_read(struct eco_gram_reader *r, uint32_t *nodes, size_t cap,
                  size_t *n, struct eco_err *err)
{
    uint32_t node;
    int rc;

    *n = 0;
    while ((rc = eco_gram_next(r, &node, err)) > 0) {
        if (*n == cap)
            return eco_fail(err, ECO_ELIMIT,
                            "posting list: more than %zu numbers", cap);
        nodes[(*n)++] = node;
    }
    return rc;
}
