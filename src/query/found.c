/* SPDX-License-Identifier: MIT */
#include "query/found.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/alloc.h"

/* A result is large when it has one in this many of all models. */
#define LARGE_SHARE 512

#define KEY_BYTES (ECO_MAX_SEARCH_BYTES + ECO_MAX_SEARCH_WORDS)

struct key {
    char text[KEY_BYTES]; /* words, each with a blank behind it */
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
        return eco_fail(err, ECO_ENOMEM, "no memory for a cache of searches");
    if (pthread_mutex_init(&c->lock, NULL)) {
        eco_free(c);
        return eco_fail(err, ECO_EIO, "no lock for a cache of searches");
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

static struct key key_of(const struct eco_search *search)
{
    struct key k = { .len = 0 };

    for (size_t i = 0; i < search->n; i++) {
        memcpy(k.text + k.len, search->word[i].ptr, search->word[i].len);
        k.len += search->word[i].len;
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
                const struct eco_search *search, struct eco_found_entry **out,
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
    if (!e->found.counts) {
        unref(e);
        return eco_fail(err, ECO_ENOMEM, "no memory to count %u tasks",
                        ix->n_tasks);
    }
    rc = eco_search_run(ix, search, &e->found.hits, err);
    if (rc) {
        unref(e);
        return rc;
    }
    count_hits(ix, &e->found.hits, e->found.counts);
    *out = e;
    return 0;
}

int eco_found_search(const struct eco_query_index *ix,
                     const struct eco_search *search,
                     const struct eco_found **out, struct eco_err *err)
{
    struct key key = key_of(search);
    struct eco_found_entry *e = get(ix->found, &key);
    int rc;

    *out = NULL;
    if (!e) {
        rc = find(ix, search, &e, err);
        if (rc)
            return rc;
        e->key = key;
        if (e->found.hits.n >= ix->n / LARGE_SHARE)
            put(ix->found, e);
    }
    *out = &e->found;
    return 0;
}
