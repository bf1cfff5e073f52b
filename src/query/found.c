/* SPDX-License-Identifier: MIT */
#include "query/found.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"

/* A result is large when it has one in this many of all models. */
#define LARGE_SHARE 512

#define CHOICE_BYTES (1 + sizeof(uint32_t) * ECO_MAX_FACET_VALUES)
#define KEY_BYTES                                                              \
    (CHOICE_BYTES * ECO_FILTER_FACETS + ECO_MAX_SEARCH_BYTES +                 \
     ECO_MAX_SEARCH_WORDS)

/* Of each facet one more than the number of its values, or 0 when it is off,
 * then the values; behind them the words, each with a blank. */
struct key {
    char text[KEY_BYTES];
    size_t len;
};

struct eco_found_entry {
    struct eco_found found;
    struct key key;
    atomic_uint refs;
};

struct eco_found_cache {
    pthread_mutex_t lock;
    struct eco_found_entry *kept[ECO_FOUND_KEPT]; /* used last comes first */
};

static void unref(struct eco_found_entry *e)
{
    if (!e || atomic_fetch_sub(&e->refs, 1) != 1)
        return;
    eco_search_release(&e->found.hits);
    eco_free(e->found.counts);
    eco_free(e);
}

void eco_found_unref(const struct eco_found *found)
{
    if (found)
        unref(found->entry);
}

int eco_found_cache_new(struct eco_found_cache **out, struct eco_err *err)
{
    struct eco_found_cache *c = eco_calloc(1, sizeof(*c));

    *out = NULL;
    if (!c)
        return eco_fail(err, ECO_ENOMEM, "no memory for a cache of results");
    if (pthread_mutex_init(&c->lock, NULL)) {
        eco_free(c);
        return eco_fail(err, ECO_EIO, "no lock for a cache of results");
    }
    *out = c;
    return 0;
}

void eco_found_cache_free(struct eco_found_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < ECO_FOUND_KEPT; i++)
        unref(cache->kept[i]);
    pthread_mutex_destroy(&cache->lock);
    eco_free(cache);
}

/* The task is no part of it: a result is counted by task. */
static bool is_part(const struct eco_filter *f, int facet)
{
    return facet != ECO_FILTER_TASK && f->choice[facet].is_on;
}

static void add_choice(struct key *k, const struct eco_choice *c)
{
    k->text[k->len++] = (char)(c->n + 1);
    memcpy(k->text + k->len, c->value, c->n * sizeof(c->value[0]));
    k->len += c->n * sizeof(c->value[0]);
}

static struct key key_of(const struct eco_filter *f)
{
    struct key k = { .len = 0 };

    for (int i = 0; i < ECO_FILTER_FACETS; i++) {
        if (is_part(f, i))
            add_choice(&k, &f->choice[i]);
        else
            k.text[k.len++] = 0;
    }
    for (size_t i = 0; i < f->search.n; i++) {
        memcpy(k.text + k.len, f->search.word[i].ptr, f->search.word[i].len);
        k.len += f->search.word[i].len;
        k.text[k.len++] = ' ';
    }
    return k;
}

static bool is_key(const struct eco_found_entry *e, const struct key *k)
{
    return e && e->key.len == k->len && !memcmp(e->key.text, k->text, k->len);
}

/* Entry i, or the last, goes to the front; the lock is held. */
static void to_front(struct eco_found_cache *c, size_t i,
                     struct eco_found_entry *e)
{
    memmove(&c->kept[1], &c->kept[0], i * sizeof(c->kept[0]));
    c->kept[0] = e;
}

static struct eco_found_entry *get(struct eco_found_cache *c,
                                   const struct key *k)
{
    struct eco_found_entry *e = NULL;

    pthread_mutex_lock(&c->lock);
    for (size_t i = 0; i < ECO_FOUND_KEPT && !e; i++) {
        if (!is_key(c->kept[i], k))
            continue;
        e = c->kept[i];
        atomic_fetch_add(&e->refs, 1);
        to_front(c, i, e);
    }
    pthread_mutex_unlock(&c->lock);
    return e;
}

/* Two threads may have looked for the same: both results are kept, and the
 * older one is forgotten sooner. */
static void put(struct eco_found_cache *c, struct eco_found_entry *e)
{
    struct eco_found_entry *last;

    atomic_fetch_add(&e->refs, 1);
    pthread_mutex_lock(&c->lock);
    last = c->kept[ECO_FOUND_KEPT - 1];
    to_front(c, ECO_FOUND_KEPT - 1, e);
    pthread_mutex_unlock(&c->lock);
    unref(last);
}

/* --- finding ------------------------------------------------------------------ */

static int out_of_memory(const struct eco_query_index *ix, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for a set of %u models", ix->n);
}

/* Keep the hits that are members, too. */
static void keep_members(const struct eco_query_index *ix,
                         struct eco_search_hits *h, const uint64_t *members)
{
    uint32_t kept = 0;

    if (h->bits) {
        eco_bits_and(h->bits, members, ix->n);
        h->n = eco_bits_count(h->bits, ix->n);
        return;
    }
    for (uint32_t i = 0; i < h->n; i++)
        if (eco_bits_test(members, h->list[i]))
            h->list[kept++] = h->list[i];
    h->n = kept;
}

/* The models that have one of a facet's values; with those of another facet in
 * `h`, only these. */
static int join_facet(const struct eco_query_index *ix,
                      const struct eco_filter *f, int facet,
                      struct eco_search_hits *h, struct eco_err *err)
{
    uint64_t *bits = eco_bits_new(ix->n);
    int rc;

    if (!bits)
        return out_of_memory(ix, err);
    rc = eco_choice_set_bits(ix->snap, (enum eco_filter_facet)facet,
                             &f->choice[facet], bits, err);
    if (!rc && !h->bits) {
        h->bits = bits;
        return 0;
    }
    if (!rc)
        eco_bits_and(h->bits, bits, ix->n);
    eco_free(bits);
    return rc;
}

static int join_search(const struct eco_query_index *ix,
                       const struct eco_search *search,
                       struct eco_search_hits *h, struct eco_err *err)
{
    struct eco_search_hits hits;
    int rc;

    if (h->list)
        return eco_search_narrow(ix, search, h, err);
    rc = eco_search_run(ix, search, &hits, err);
    if (rc)
        return rc;
    if (h->bits)
        keep_members(ix, &hits, h->bits);
    eco_search_release(h);
    *h = hits;
    return eco_search_shrink(ix->n, h, err);
}

static int find_models(const struct eco_query_index *ix,
                       const struct eco_filter *f, struct eco_search_hits *h,
                       struct eco_err *err)
{
    int rc = 0;

    for (int i = 0; !rc && i < ECO_FILTER_FACETS; i++)
        if (is_part(f, i))
            rc = join_facet(ix, f, i, h, err);
    if (!rc && h->bits) {
        h->n = eco_bits_count(h->bits, ix->n);
        rc = eco_search_shrink(ix->n, h, err);
    }
    if (!rc && f->search.n)
        rc = join_search(ix, &f->search, h, err);
    return rc;
}

/* --- counting ----------------------------------------------------------------- */

static void count_node(const struct eco_query_index *ix,
                       struct eco_found_count *counts, uint32_t node)
{
    struct eco_found_count *c = &counts[ix->snap->task[node]];

    c->n++;
    c->n_removed += !eco_bits_test(ix->present, node);
}

static void count_hits(const struct eco_query_index *ix,
                       const struct eco_search_hits *h,
                       struct eco_found_count *counts)
{
    if (h->list) {
        for (uint32_t i = 0; i < h->n; i++)
            count_node(ix, counts, h->list[i]);
        return;
    }
    for (size_t i = 0; i < eco_bits_words(ix->n); i++)
        for (uint64_t w = h->bits[i]; w; w &= w - 1)
            count_node(ix, counts,
                       (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(w));
}

static int find(const struct eco_query_index *ix,
                const struct eco_filter *filter, struct eco_found_entry **out,
                struct eco_err *err)
{
    struct eco_found_entry *e = eco_calloc(1, sizeof(*e));
    int rc;

    *out = NULL;
    if (!e)
        return eco_fail(err, ECO_ENOMEM, "no memory for a search");
    e->found.entry = e;
    atomic_init(&e->refs, 1);
    e->found.counts = eco_calloc(ix->n_tasks, sizeof(*e->found.counts));
    if (e->found.counts)
        rc = find_models(ix, filter, &e->found.hits, err);
    else
        rc = eco_fail(err, ECO_ENOMEM, "no memory to count %u tasks",
                      ix->n_tasks);
    if (rc) {
        unref(e);
        return rc;
    }
    count_hits(ix, &e->found.hits, e->found.counts);
    *out = e;
    return 0;
}

static unsigned count_parts(const struct eco_filter *f)
{
    unsigned n = f->search.n > 0;

    for (int i = 0; i < ECO_FILTER_FACETS; i++)
        n += is_part(f, i);
    return n;
}

bool eco_found_is_needed(const struct eco_filter *filter)
{
    return count_parts(filter) > 0;
}

/* What little several parts have in common may have taken long to find. */
static bool is_worth_keeping(const struct eco_query_index *ix,
                             const struct eco_filter *f, uint32_t n)
{
    return n >= ix->n / LARGE_SHARE || count_parts(f) > 1;
}

int eco_found_get(const struct eco_query_index *ix,
                  const struct eco_filter *filter, const struct eco_found **out,
                  struct eco_err *err)
{
    struct key key = key_of(filter);
    struct eco_found_entry *e = get(ix->found, &key);
    int rc;

    *out = NULL;
    if (!e) {
        rc = find(ix, filter, &e, err);
        if (rc)
            return rc;
        e->key = key;
        if (is_worth_keeping(ix, filter, e->found.hits.n))
            put(ix->found, e);
    }
    *out = &e->found;
    return 0;
}
