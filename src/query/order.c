/* SPDX-License-Identifier: MIT */
#include "query/order.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

/* Nanoseconds, roughly: what decides between walking and selecting. */
#define WALK_COST 0.8    /* one step along an order, with its test */
#define SELECT_COST 30.0 /* one member, by a number */
#define NAME_COST 450.0  /* one member, by its id */

#define INSERTION_SORT_MAX 16

/* Positions passed over at once, counted without a branch or known already. */
#define BLOCK ECO_QUERY_BLOCK

/* One of the snapshot's orders, and the direction it is read in. */
struct order {
    const struct eco_snap *snap;
    enum eco_sort sort;
    const uint32_t *nodes; /* NULL: node i stands at i */
    uint32_t n;
    uint32_t n_known;           /* before the unknown values */
    const uint16_t *present_in; /* per block; NULL for another set */
    bool descending;
    bool backwards; /* against the direction stored */
};

/* Where a page is being collected. */
struct page {
    uint64_t skip; /* members still to pass over */
    uint32_t want;
    uint32_t got;
    uint32_t *out;
};

const char *eco_sort_name(enum eco_sort sort)
{
    static const char *const names[ECO_SORTS] = {
        [ECO_SORT_INFLUENCE] = "influence", [ECO_SORT_NAME] = "name",
        [ECO_SORT_CREATED] = "created",     [ECO_SORT_DOWNLOADS] = "downloads",
        [ECO_SORT_LIKES] = "likes",         [ECO_SORT_TASK] = "task",
    };

    return names[sort];
}

static struct order order_of(const struct eco_query_index *ix,
                             enum eco_sort sort, bool descending)
{
    static const enum eco_snap_order stored[ECO_SORTS] = {
        [ECO_SORT_NAME] = ECO_ORDER_NAME,
        [ECO_SORT_CREATED] = ECO_ORDER_CREATED,
        [ECO_SORT_DOWNLOADS] = ECO_ORDER_DOWNLOADS,
        [ECO_SORT_LIKES] = ECO_ORDER_LIKES,
        [ECO_SORT_TASK] = ECO_ORDER_TASK,
    };
    struct order o = { .snap = ix->snap,
                       .sort = sort,
                       .n = ix->n,
                       .n_known = ix->n,
                       .descending = descending,
                       .backwards = descending };

    if (sort == ECO_SORT_INFLUENCE) {
        o.backwards = !descending;
        o.present_in = ix->present_in[ECO_SNAP_ORDERS];
        return o;
    }
    o.nodes = ix->snap->order[stored[sort]];
    o.n_known = ix->n_known[stored[sort]];
    o.present_in = ix->present_in[stored[sort]];
    return o;
}

static uint32_t node_at(const struct order *o, uint32_t i)
{
    return o->nodes ? o->nodes[i] : i;
}

static bool is_tie(const struct order *o, uint32_t a, uint32_t b)
{
    const struct eco_snap *s = o->snap;

    switch (o->sort) {
    case ECO_SORT_INFLUENCE:
        return s->influence[a] == s->influence[b];
    case ECO_SORT_NAME:
        return a == b;
    case ECO_SORT_CREATED:
        return s->created[a] == s->created[b];
    case ECO_SORT_DOWNLOADS:
        return s->downloads[a] == s->downloads[b];
    case ECO_SORT_LIKES:
        return s->likes[a] == s->likes[b];
    case ECO_SORT_TASK:
        return s->task[a] == s->task[b];
    }
    return false;
}

/* First position of the known value that stands at i: steps that double, then
 * bisection, so that a group of one costs one comparison. */
static uint32_t group_begin(const struct order *o, uint32_t i)
{
    uint32_t node = node_at(o, i), in = i, step = 1, lo;

    while (in >= step && is_tie(o, node_at(o, in - step), node)) {
        in -= step;
        step *= 2;
    }
    lo = in >= step ? in - step + 1 : 0;
    while (lo < in) {
        uint32_t mid = lo + (in - lo) / 2;

        if (is_tie(o, node_at(o, mid), node))
            in = mid;
        else
            lo = mid + 1;
    }
    return in;
}

/* One behind the last position of that value. */
static uint32_t group_end(const struct order *o, uint32_t i)
{
    uint32_t node = node_at(o, i), in = i, step = 1, hi;

    while (step < o->n_known - in && is_tie(o, node_at(o, in + step), node)) {
        in += step;
        step *= 2;
    }
    hi = step < o->n_known - in ? in + step : o->n_known;
    while (in + 1 < hi) {
        uint32_t mid = in + (hi - in) / 2;

        if (is_tie(o, node_at(o, mid), node))
            in = mid;
        else
            hi = mid;
    }
    return in + 1;
}

static bool is_full(const struct page *p)
{
    return p->got == p->want;
}

/* --- the set is all models: positions are known ------------------------- */

static void take_positions(const struct order *o, uint32_t begin, uint32_t end,
                           struct page *p)
{
    uint32_t n = end - begin;

    if (p->skip >= n) {
        p->skip -= n;
        return;
    }
    for (uint32_t i = begin + (uint32_t)p->skip; i < end && !is_full(p); i++)
        p->out[p->got++] = node_at(o, i);
    p->skip = 0;
}

/* From the group that holds the first wanted one, group by group. */
static void take_backwards(const struct order *o, struct page *p)
{
    uint32_t end = group_end(o, o->n_known - 1 - (uint32_t)p->skip);

    p->skip -= o->n_known - end;
    while (end && !is_full(p)) {
        uint32_t begin = group_begin(o, end - 1);

        take_positions(o, begin, end, p);
        end = begin;
    }
}

static void page_of_all(const struct order *o, struct page *p)
{
    if (!o->backwards)
        take_positions(o, 0, o->n_known, p);
    else if (p->skip < o->n_known)
        take_backwards(o, p);
    else
        p->skip -= o->n_known;
    take_positions(o, o->n_known, o->n, p);
}

/* --- along the order, testing membership -------------------------------- */

/* Members at positions begin to end-1, which are within one block. */
static uint32_t count_in_block(const struct order *o, const uint64_t *bits,
                               uint32_t begin, uint32_t end)
{
    uint32_t n = 0;

    if (o->present_in && end - begin == BLOCK)
        return o->present_in[begin / BLOCK];
    for (uint32_t i = begin; i < end; i++)
        n += eco_bits_test(bits, node_at(o, i));
    return n;
}

static uint32_t block_end(uint32_t i, uint32_t end)
{
    return end - i > BLOCK - i % BLOCK ? i + BLOCK - i % BLOCK : end;
}

static uint32_t count_between(const struct order *o, const uint64_t *bits,
                              uint32_t begin, uint32_t end)
{
    uint32_t n = 0;

    while (begin < end) {
        uint32_t stop = block_end(begin, end);

        n += count_in_block(o, bits, begin, stop);
        begin = stop;
    }
    return n;
}

static void walk_forwards(const struct order *o, const uint64_t *bits,
                          uint32_t begin, uint32_t end, struct page *p)
{
    uint32_t i = begin;

    while (p->skip && i < end) {
        uint32_t stop = block_end(i, end);
        uint32_t n = count_in_block(o, bits, i, stop);

        if (n > p->skip)
            break;
        p->skip -= n;
        i = stop;
    }
    for (; i < end && !is_full(p); i++) {
        uint32_t node = node_at(o, i);

        if (!eco_bits_test(bits, node))
            continue;
        if (p->skip)
            p->skip--;
        else
            p->out[p->got++] = node;
    }
}

/* Pass over p->skip members below position `end`, downwards; *at is where the
 * next one stands. False when there is none. */
static bool find_backwards(const struct order *o, const uint64_t *bits,
                           uint32_t end, struct page *p, uint32_t *at)
{
    while (p->skip && end) {
        uint32_t begin = (end - 1) / BLOCK * BLOCK;
        uint32_t n = count_in_block(o, bits, begin, end);

        if (n > p->skip)
            break;
        p->skip -= n;
        end = begin;
    }
    while (end) {
        end--;
        if (!eco_bits_test(bits, node_at(o, end)))
            continue;
        if (!p->skip) {
            *at = end;
            return true;
        }
        p->skip--;
    }
    return false;
}

/* Counting backwards finds the group where the page begins; inside a group
 * the members passed over are the first ones, not the last. */
static void walk_backwards(const struct order *o, const uint64_t *bits,
                           struct page *p)
{
    uint32_t end = o->n_known;

    while (end && !is_full(p)) {
        uint32_t begin, hit;

        if (!find_backwards(o, bits, end, p, &hit))
            return;
        begin = group_begin(o, hit);
        end = group_end(o, hit);
        p->skip = count_between(o, bits, hit + 1, end);
        walk_forwards(o, bits, begin, end, p);
        end = begin;
    }
}

static void walk(const struct order *o, const uint64_t *bits, struct page *p)
{
    if (o->backwards)
        walk_backwards(o, bits, p);
    else
        walk_forwards(o, bits, 0, o->n_known, p);
    walk_forwards(o, bits, o->n_known, o->n, p);
}

/* --- few members: select ------------------------------------------------- */

struct keyed {
    uint64_t key; /* rises in the direction asked for */
    uint32_t node;
};

/* Rises as the number does; negative ones included. */
static uint64_t key_of_i64(int64_t v)
{
    return (uint64_t)v ^ UINT64_C(1) << 63;
}

static uint64_t key_of_f64(double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof(bits));
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* The first eight bytes of a lower-cased id, as a number. */
static uint64_t key_of_text(struct eco_str s)
{
    uint64_t key = 0;

    for (size_t i = 0; i < sizeof(key); i++)
        key = key << 8 | (i < s.len ? (unsigned char)eco_lower(s.ptr[i]) : 0u);
    return key;
}

/* False for an unknown value. */
static bool raw_key(const struct order *o, uint32_t node, uint64_t *key)
{
    const struct eco_snap *s = o->snap;
    int64_t v = 0;

    switch (o->sort) {
    case ECO_SORT_INFLUENCE:
        *key = key_of_f64(s->influence[node]);
        return true;
    case ECO_SORT_NAME:
        *key = key_of_text(eco_snap_id(s, node));
        return true;
    case ECO_SORT_CREATED:
        *key = key_of_i64(s->created[node]);
        return s->created[node] != ECO_TIME_UNKNOWN;
    case ECO_SORT_DOWNLOADS:
        v = s->downloads[node];
        break;
    case ECO_SORT_LIKES:
        v = s->likes[node];
        break;
    case ECO_SORT_TASK:
        *key = s->task[node];
        return s->task[node] != 0;
    }
    *key = key_of_i64(v);
    return v >= 0;
}

static struct keyed keyed_of(const struct order *o, uint32_t node)
{
    struct keyed k = { 0, node };
    bool known = raw_key(o, node, &k.key);

    if (o->descending)
        k.key = ~k.key;
    if (!known)
        k.key = UINT64_MAX;
    return k;
}

static bool is_before(const struct order *o, struct keyed a, struct keyed b)
{
    if (a.key != b.key)
        return a.key < b.key;
    if (o->sort == ECO_SORT_NAME) {
        int c = eco_str_cmp_nocase(eco_snap_id(o->snap, a.node),
                                   eco_snap_id(o->snap, b.node));

        return o->descending ? c > 0 : c < 0;
    }
    return a.node < b.node;
}

static void insertion_sort(const struct order *o, struct keyed *k, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct keyed v = k[i];
        size_t j = i;

        for (; j && is_before(o, v, k[j - 1]); j--)
            k[j] = k[j - 1];
        k[j] = v;
    }
}

/* Split around a member taken from anywhere; where the upper part begins.
 * Both parts are smaller than n. */
static size_t split(const struct order *o, struct keyed *k, size_t n)
{
    struct keyed pivot = k[(n * UINT64_C(2654435761) >> 7) % n];
    size_t i = 0, j = n - 1;

    for (;;) {
        while (is_before(o, k[i], pivot))
            i++;
        while (is_before(o, pivot, k[j]))
            j--;
        if (i >= j)
            return i ? i : 1;
        {
            struct keyed swap = k[i];

            k[i++] = k[j];
            k[j--] = swap;
        }
    }
}

/* Bring the members of places from .. to-1 to where sorting would put them,
 * and sort nothing else. */
static void sort_places(const struct order *o, struct keyed *k, size_t n,
                        size_t from, size_t to)
{
    while (n > INSERTION_SORT_MAX) {
        size_t low = split(o, k, n);

        if (from < low && to > low) {
            sort_places(o, k, low, from, low);
            from = low;
        }
        if (from >= low) {
            k += low;
            n -= low;
            from -= low;
            to -= low;
        } else {
            n = low;
        }
    }
    insertion_sort(o, k, n);
}

static void gather(const struct order *o, const struct eco_nodes *nodes,
                   struct keyed *k)
{
    uint32_t n = 0;

    if (nodes->list) {
        for (; n < nodes->n; n++)
            k[n] = keyed_of(o, nodes->list[n]);
        return;
    }
    for (size_t i = 0; i < eco_bits_words(o->n); i++)
        for (uint64_t w = nodes->bits[i]; w && n < nodes->n; w &= w - 1)
            k[n++] =
                keyed_of(o, (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(w));
}

static int select_members(const struct order *o, const struct eco_nodes *nodes,
                          struct page *p, struct eco_err *err)
{
    struct keyed *k = eco_alloc_array(nodes->n, sizeof(*k));
    size_t from = (size_t)p->skip, to = from + p->want;

    if (!k)
        return eco_fail(err, ECO_ENOMEM, "no memory to sort %u models",
                        nodes->n);
    if (to > nodes->n)
        to = nodes->n;
    gather(o, nodes, k);
    sort_places(o, k, nodes->n, from, to);
    for (size_t i = from; i < to; i++)
        p->out[p->got++] = k[i].node;
    eco_free(k);
    return 0;
}

/* --- choosing ------------------------------------------------------------- */

static bool is_walk_cheaper(const struct order *o,
                            const struct eco_nodes *nodes, const struct page *p)
{
    double per_member = (double)o->n / nodes->n;
    double steps = ((double)p->skip + p->want) * per_member;
    double each = o->sort == ECO_SORT_NAME ? NAME_COST : SELECT_COST;

    if (steps > o->n)
        steps = o->n;
    if (o->present_in)
        return true;
    if (!nodes->bits) /* they have to be made first */
        steps += nodes->n + (double)o->n / 64;
    return steps * WALK_COST < nodes->n * each;
}

static int walk_list(const struct order *o, const struct eco_nodes *nodes,
                     struct page *p, struct eco_err *err)
{
    uint64_t *bits = eco_bits_new(o->n);

    if (!bits)
        return eco_fail(err, ECO_ENOMEM, "no memory for a set of %u models",
                        o->n);
    for (uint32_t i = 0; i < nodes->n; i++)
        eco_bits_set(bits, nodes->list[i]);
    walk(o, bits, p);
    eco_free(bits);
    return 0;
}

static void page_by_rank(const struct order *o, const struct eco_nodes *nodes,
                         struct page *p)
{
    if (!nodes->list) {
        p->got = eco_bits_slice(nodes->bits, o->n, p->skip, p->want, p->out);
        return;
    }
    for (uint64_t i = p->skip; i < nodes->n && !is_full(p); i++)
        p->out[p->got++] = nodes->list[i];
}

int eco_order_page(const struct eco_query_index *ix,
                   const struct eco_nodes *nodes, enum eco_sort sort,
                   bool descending, uint64_t skip, uint32_t want, uint32_t *out,
                   uint32_t *got, struct eco_err *err)
{
    struct order o = order_of(ix, sort, descending);
    struct page p = { skip, want, 0, out };
    int rc = 0;

    *got = 0;
    if (skip >= nodes->n || !want)
        return 0;
    if (nodes->bits != ix->present)
        o.present_in = NULL;
    if (!nodes->list && !nodes->bits)
        page_of_all(&o, &p);
    else if (!o.nodes && !o.backwards)
        page_by_rank(&o, nodes, &p);
    else if (!is_walk_cheaper(&o, nodes, &p))
        rc = select_members(&o, nodes, &p, err);
    else if (nodes->bits)
        walk(&o, nodes->bits, &p);
    else
        rc = walk_list(&o, nodes, &p, err);
    if (!rc)
        *got = p.got;
    return rc;
}
