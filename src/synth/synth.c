/* SPDX-License-Identifier: MIT */
#include "synth/synth.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "synth/rows.h"

/* Rows of a block, and blocks that may wait for the reader. */
#define BLOCK_ROWS 1000
#define BLOCKS_PER_THREAD 3
#define MAX_BLOCK_BYTES ((size_t)BLOCK_ROWS * 65536)

enum block_state { BLOCK_FREE, BLOCK_TAKEN, BLOCK_READY };

struct block {
    struct eco_buf text;
    enum block_state state;
};

/*
 * Blocks are numbered; block i is made in slot i % n. A thread takes the next
 * number when its slot is free, so a slow reader stops all threads.
 */
struct eco_synth {
    struct eco_world world;
    uint64_t rows, blocks;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct block *slots;
    size_t n_slots;
    uint64_t taken;   /* blocks given to threads */
    uint64_t reading; /* the reader's block */
    size_t read;      /* bytes of it that are read */
    bool stopped;
    pthread_t threads[ECO_MAX_THREADS];
    unsigned n_threads; /* started; 0: the reader makes blocks itself */
};

static void make_block(const struct eco_synth *s, uint64_t block,
                       struct eco_buf *text)
{
    uint64_t row = block * BLOCK_ROWS, end = row + BLOCK_ROWS;

    eco_buf_reset(text);
    for (; row < end && row < s->rows && !text->failed; row++)
        eco_rows_write(&s->world, row, text);
}

static bool may_take(const struct eco_synth *s)
{
    return s->slots[s->taken % s->n_slots].state == BLOCK_FREE;
}

static void *work(void *arg)
{
    struct eco_synth *s = arg;

    pthread_mutex_lock(&s->mutex);
    while (!s->stopped && s->taken < s->blocks) {
        struct block *slot;
        uint64_t block;

        if (!may_take(s)) {
            pthread_cond_wait(&s->changed, &s->mutex);
            continue;
        }
        block = s->taken++;
        slot = &s->slots[block % s->n_slots];
        slot->state = BLOCK_TAKEN;
        pthread_mutex_unlock(&s->mutex);
        make_block(s, block, &slot->text);
        pthread_mutex_lock(&s->mutex);
        slot->state = BLOCK_READY;
        pthread_cond_broadcast(&s->changed);
    }
    pthread_mutex_unlock(&s->mutex);
    return NULL;
}

/* With fewer threads than asked, or none, the bytes are the same. */
static void start_threads(struct eco_synth *s, unsigned threads)
{
    while (threads > 1 && s->n_threads < threads &&
           !pthread_create(&s->threads[s->n_threads], NULL, work, s))
        s->n_threads++;
}

static unsigned threads_of(const struct eco_synth_opts *opts)
{
    long cores =
        opts->threads ? (long)opts->threads : sysconf(_SC_NPROCESSORS_ONLN);

    return cores < 1                 ? 1
           : cores > ECO_MAX_THREADS ? ECO_MAX_THREADS
                                     : (unsigned)cores;
}

int eco_synth_new(const struct eco_synth_opts *opts, struct eco_synth **out,
                  struct eco_err *err)
{
    unsigned threads = threads_of(opts);
    struct eco_synth *s;
    int rc;

    *out = NULL;
    if (!opts->models || opts->models > ECO_SYNTH_MAX_MODELS)
        return eco_fail(err, ECO_EINVAL, "%u models: 1 to %u are possible",
                        opts->models, ECO_SYNTH_MAX_MODELS);
    s = eco_calloc(1, sizeof(*s));
    if (!s)
        return eco_fail(err, ECO_ENOMEM, "no memory for a synthetic Hub");
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->changed, NULL);
    rc = eco_world_init(&s->world, opts->models, opts->seed, err);
    if (!rc) {
        s->n_slots = (size_t)threads * BLOCKS_PER_THREAD;
        s->slots = eco_calloc(s->n_slots, sizeof(*s->slots));
        if (!s->slots)
            rc = eco_fail(err, ECO_ENOMEM, "no memory for %zu blocks of rows",
                          s->n_slots);
    }
    if (rc) {
        eco_synth_free(s);
        return rc;
    }
    for (size_t i = 0; i < s->n_slots; i++)
        eco_buf_init(&s->slots[i].text, MAX_BLOCK_BYTES);
    s->rows = eco_rows_count(&s->world);
    s->blocks = (s->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    start_threads(s, threads);
    *out = s;
    return 0;
}

/* The reader's block, made by now. */
static struct block *wait_for_block(struct eco_synth *s)
{
    struct block *slot = &s->slots[s->reading % s->n_slots];

    pthread_mutex_lock(&s->mutex);
    while (s->n_threads && slot->state != BLOCK_READY)
        pthread_cond_wait(&s->changed, &s->mutex);
    pthread_mutex_unlock(&s->mutex);
    if (slot->state != BLOCK_READY) {
        make_block(s, s->reading, &slot->text);
        slot->state = BLOCK_READY;
    }
    return slot;
}

int eco_synth_read(struct eco_synth *s, char *dst, size_t cap, size_t *n,
                   struct eco_err *err)
{
    struct block *slot;
    int rc;

    *n = 0;
    if (s->reading == s->blocks || !cap)
        return 0;
    slot = wait_for_block(s);
    rc = eco_buf_check(&slot->text, "a block of synthetic rows", err);
    if (rc)
        return rc;
    *n = slot->text.len - s->read < cap ? slot->text.len - s->read : cap;
    memcpy(dst, slot->text.ptr + s->read, *n);
    s->read += *n;
    if (s->read < slot->text.len)
        return 0;
    s->read = 0;
    pthread_mutex_lock(&s->mutex);
    s->reading++;
    slot->state = BLOCK_FREE;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->mutex);
    return 0;
}

void eco_synth_free(struct eco_synth *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->mutex);
    s->stopped = true;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->mutex);
    for (unsigned i = 0; i < s->n_threads; i++)
        pthread_join(s->threads[i], NULL);
    for (size_t i = 0; s->slots && i < s->n_slots; i++)
        eco_buf_release(&s->slots[i].text);
    eco_free(s->slots);
    eco_world_release(&s->world);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->mutex);
    eco_free(s);
}
