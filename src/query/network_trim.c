/* SPDX-License-Identifier: MIT */
#include "query/network_internal.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "query/bits.h"

void eco_net_release(struct eco_net *net)
{
    eco_free(net->node);
    eco_free(net->edge);
    eco_free(net->off);
    eco_free(net->member);
    *net = (struct eco_net){ 0 };
}

static int no_memory(const struct eco_net *net, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for a network of %u nodes",
                    net->n);
}

int eco_net_index(struct eco_net *net, struct eco_err *err)
{
    uint64_t e = 0;
    uint64_t *off =
        eco_realloc_array(net->off, (size_t)net->n + 1, sizeof(*off));

    if (!off)
        return no_memory(net, err);
    net->off = off;
    for (uint32_t i = 0; i < net->n; i++) {
        off[i] = e;
        while (e < net->m && net->edge[e].source == i)
            e++;
    }
    off[net->n] = e;
    return 0;
}

/* --- keeping a part -------------------------------------------------------------- */

static uint32_t keep_nodes(struct eco_net *net, const uint64_t *bits,
                           uint32_t *slot)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < net->n; i++) {
        if (!eco_bits_test(bits, i))
            continue;
        slot[i] = kept;
        net->node[kept++] = net->node[i];
    }
    return kept;
}

int eco_net_keep(struct eco_net *net, const uint64_t *bits, struct eco_err *err)
{
    uint32_t *slot = eco_alloc_array(net->n, sizeof(*slot));
    uint64_t kept = 0;
    uint32_t n;

    if (!slot)
        return no_memory(net, err);
    n = keep_nodes(net, bits, slot);
    for (uint64_t e = 0; e < net->m; e++) {
        struct eco_network_edge edge = net->edge[e];

        if (!eco_bits_test(bits, edge.source) ||
            !eco_bits_test(bits, edge.target))
            continue;
        edge.source = slot[edge.source];
        edge.target = slot[edge.target];
        net->edge[kept++] = edge;
    }
    net->n = n;
    net->m = kept;
    eco_free(slot);
    return eco_net_index(net, err);
}

/* --- what is followed ---------------------------------------------------------------- */

uint64_t eco_net_followed(const struct eco_net *net,
                          const struct eco_network_query *q, uint32_t i)
{
    uint64_t n = net->off[i + 1] - net->off[i];

    if (!q)
        return n;
    if (net->node[i].flags & ECO_NETWORK_COLLAPSED)
        return 0;
    if (net->node[i].flags & ECO_NETWORK_EXPANDED || !q->limit || n <= q->limit)
        return n;
    return q->limit;
}

/* Reach nodes from the chosen ones; q == NULL follows everything. */
static int reach(const struct eco_net *net, const struct eco_network_query *q,
                 uint64_t **out, struct eco_err *err)
{
    uint64_t *bits = eco_bits_new(net->n);
    uint32_t *queue = eco_alloc_array(net->n, sizeof(*queue));
    uint32_t end = 0;

    *out = NULL;
    if (!bits || !queue) {
        eco_free(bits);
        eco_free(queue);
        return no_memory(net, err);
    }
    for (uint32_t i = 0; i < net->n; i++)
        if (net->node[i].flags & ECO_NETWORK_ROOT) {
            eco_bits_set(bits, i);
            queue[end++] = i;
        }
    for (uint32_t k = 0; k < end; k++) {
        uint32_t u = queue[k];
        uint64_t n =
            q ? eco_net_followed(net, q, u) : net->off[u + 1] - net->off[u];

        for (uint64_t e = net->off[u]; e < net->off[u] + n; e++) {
            uint32_t v = net->edge[e].target;

            if (eco_bits_test(bits, v))
                continue;
            eco_bits_set(bits, v);
            queue[end++] = v;
        }
    }
    eco_free(queue);
    *out = bits;
    return 0;
}

int eco_net_limit(struct eco_net *net, const struct eco_network_query *q,
                  struct eco_err *err)
{
    uint64_t *bits;
    int rc;

    if (!q->limit && !q->n_collapse)
        return 0;
    rc = reach(net, q, &bits, err);
    if (!rc)
        rc = eco_net_keep(net, bits, err);
    eco_free(bits);
    return rc;
}

/* --- a heap of nodes, smallest key first; ties by node ------------------------------- */

struct item {
    int64_t key;
    uint32_t node;
};

struct heap {
    struct item *item; /* room for all nodes */
    uint32_t n;
};

static bool is_before(struct item a, struct item b)
{
    return a.key != b.key ? a.key < b.key : a.node < b.node;
}

static void heap_push(struct heap *h, struct item it)
{
    uint32_t i = h->n++;

    for (; i && is_before(it, h->item[(i - 1) / 2]); i = (i - 1) / 2)
        h->item[i] = h->item[(i - 1) / 2];
    h->item[i] = it;
}

static struct item heap_pop(struct heap *h)
{
    struct item first = h->item[0], last = h->item[--h->n];
    uint32_t i = 0;

    for (;;) {
        uint32_t child = 2 * i + 1;

        if (child + 1 < h->n && is_before(h->item[child + 1], h->item[child]))
            child++;
        if (child >= h->n || !is_before(h->item[child], last))
            break;
        h->item[i] = h->item[child];
        i = child;
    }
    h->item[i] = last;
    return first;
}

/* --- rule 7 ---------------------------------------------------------------------------- */

/* The first `max` nodes that are reached when one always goes on to the first
 * node that hangs on what is reached. */
static void take_best(const struct eco_net *net,
                      const struct eco_network_query *q, uint32_t max,
                      struct heap *heap, uint64_t *seen, uint64_t *bits)
{
    uint32_t taken = 0;

    for (uint32_t i = 0; i < net->n; i++)
        if (net->node[i].flags & ECO_NETWORK_ROOT) {
            eco_bits_set(seen, i);
            heap_push(heap, (struct item){ INT64_MIN, i });
        }
    while (heap->n && taken < max) {
        uint32_t u = heap_pop(heap).node;
        uint64_t n = eco_net_followed(net, q, u);

        eco_bits_set(bits, u);
        taken++;
        for (uint64_t e = net->off[u]; e < net->off[u] + n; e++) {
            uint32_t v = net->edge[e].target;

            if (eco_bits_test(seen, v))
                continue;
            eco_bits_set(seen, v);
            heap_push(heap, (struct item){ v, v });
        }
    }
}

int eco_net_bound(struct eco_net *net, const struct eco_network_query *q,
                  uint32_t max, uint32_t *left_out, struct eco_err *err)
{
    struct heap heap = { 0 };
    uint64_t *seen = NULL, *bits = NULL;
    uint32_t before = net->n;
    int rc;

    *left_out = 0;
    if (net->n <= max)
        return 0;
    heap.item = eco_alloc_array(net->n, sizeof(*heap.item));
    seen = eco_bits_new(net->n);
    bits = eco_bits_new(net->n);
    if (!heap.item || !seen || !bits) {
        rc = no_memory(net, err);
    } else {
        take_best(net, q, max, &heap, seen, bits);
        rc = eco_net_keep(net, bits, err);
        *left_out = before - net->n;
    }
    eco_free(heap.item);
    eco_free(seen);
    eco_free(bits);
    return rc;
}

/* --- rule 5 ---------------------------------------------------------------------------- */

static int32_t created_day(const struct eco_snap *s, uint32_t node)
{
    int64_t ms = node < s->meta->n_ranked ? s->created[node] : ECO_TIME_UNKNOWN;
    int64_t day = ms / ECO_DAY_MS - (ms % ECO_DAY_MS < 0);

    if (ms == ECO_TIME_UNKNOWN || day >= ECO_NETWORK_NEVER ||
        day <= ECO_NETWORK_ALWAYS)
        return ECO_NETWORK_NEVER;
    return (int32_t)day;
}

/* Nodes come off the heap by the day they appear: what is reached first from a
 * node is reached as early as it can be. */
static void spread_days(struct eco_net *net, const struct eco_snap *s,
                        struct heap *heap, uint64_t *seen)
{
    for (uint32_t i = 0; i < net->n; i++) {
        net->node[i].appears = ECO_NETWORK_NEVER;
        if (net->node[i].flags & ECO_NETWORK_ROOT) {
            eco_bits_set(seen, i);
            heap_push(heap, (struct item){ ECO_NETWORK_ALWAYS, i });
        }
    }
    while (heap->n) {
        struct item it = heap_pop(heap);

        net->node[it.node].appears = (int32_t)it.key;
        for (uint64_t e = net->off[it.node]; e < net->off[it.node + 1]; e++) {
            uint32_t v = net->edge[e].target;
            int32_t day;

            if (eco_bits_test(seen, v))
                continue;
            day = created_day(s, net->node[v].node);
            if (day == ECO_NETWORK_NEVER)
                continue;
            eco_bits_set(seen, v);
            heap_push(heap, (struct item){ day > it.key ? day : it.key, v });
        }
    }
}

int eco_net_date(struct eco_net *net, const struct eco_snap *s,
                 struct eco_err *err)
{
    struct heap heap = { .item = eco_alloc_array(net->n, sizeof(struct item)) };
    uint64_t *seen = eco_bits_new(net->n);
    int rc = 0;

    if (!heap.item || !seen)
        rc = no_memory(net, err);
    else
        spread_days(net, s, &heap, seen);
    for (uint64_t e = 0; !rc && e < net->m; e++) {
        int32_t a = net->node[net->edge[e].source].appears;
        int32_t b = net->node[net->edge[e].target].appears;

        net->edge[e].since = a > b ? a : b;
    }
    eco_free(heap.item);
    eco_free(seen);
    return rc;
}

/* --- rule 8 ---------------------------------------------------------------------------- */

int eco_net_until(struct eco_net *net, int32_t until, struct eco_err *err)
{
    uint64_t *bits = eco_bits_new(net->n);
    int rc;

    if (!bits)
        return no_memory(net, err);
    for (uint32_t i = 0; i < net->n; i++)
        if (net->node[i].appears <= until)
            eco_bits_set(bits, i);
    rc = eco_net_keep(net, bits, err);
    eco_free(bits);
    return rc;
}

int eco_net_hide(struct eco_net *net, unsigned relations, struct eco_err *err)
{
    uint64_t kept = 0;
    uint64_t *bits;
    int rc;

    for (uint64_t e = 0; e < net->m; e++)
        if (!(relations >> net->edge[e].relation & 1))
            net->edge[kept++] = net->edge[e];
    net->m = kept;
    rc = eco_net_index(net, err);
    if (!rc)
        rc = reach(net, NULL, &bits, err);
    if (rc)
        return rc;
    rc = eco_net_keep(net, bits, err);
    eco_free(bits);
    return rc;
}
