/* SPDX-License-Identifier: MIT */
#include "import/queue.h"

#include "base/alloc.h"

int eco_queue_init(struct eco_queue *q, size_t n_slots, struct eco_err *err)
{
    *q = (struct eco_queue){ 0 };
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->changed, NULL);
    q->slots = eco_calloc(n_slots, sizeof(*q->slots));
    q->states = eco_calloc(n_slots, sizeof(*q->states));
    if (!q->slots || !q->states) {
        eco_queue_release(q);
        return eco_fail(err, ECO_ENOMEM, "no memory for %zu jobs", n_slots);
    }
    q->n_slots = n_slots;
    for (size_t i = 0; i < n_slots; i++)
        eco_job_init(&q->slots[i]);
    return 0;
}

void eco_queue_release(struct eco_queue *q)
{
    for (size_t i = 0; i < q->n_slots; i++)
        eco_job_release(&q->slots[i]);
    eco_free(q->slots);
    eco_free(q->states);
    pthread_cond_destroy(&q->changed);
    pthread_mutex_destroy(&q->mutex);
}

/* Wait until the slot of `number` is in `state`; false when that will not
 * happen any more. */
static bool wait_for(struct eco_queue *q, const uint64_t *number,
                     enum eco_slot_state state)
{
    while (!q->stopped) {
        if (q->states[*number % q->n_slots] == state &&
            (state == ECO_SLOT_FREE || *number < q->filled))
            return true;
        if (state != ECO_SLOT_FREE && q->ended && *number >= q->filled)
            return false;
        pthread_cond_wait(&q->changed, &q->mutex);
    }
    return false;
}

static struct eco_job *take(struct eco_queue *q, uint64_t *number,
                            enum eco_slot_state state, bool advance)
{
    struct eco_job *job = NULL;

    pthread_mutex_lock(&q->mutex);
    if (wait_for(q, number, state)) {
        job = &q->slots[*number % q->n_slots];
        *number += advance;
        if (advance) /* the next parser may find its job ready */
            pthread_cond_broadcast(&q->changed);
    }
    pthread_mutex_unlock(&q->mutex);
    return job;
}

static void give(struct eco_queue *q, size_t slot, enum eco_slot_state state,
                 uint64_t *number)
{
    pthread_mutex_lock(&q->mutex);
    q->states[slot] = state;
    if (number)
        (*number)++;
    pthread_cond_broadcast(&q->changed);
    pthread_mutex_unlock(&q->mutex);
}

struct eco_job *eco_queue_to_fill(struct eco_queue *q)
{
    return take(q, &q->filled, ECO_SLOT_FREE, false);
}

void eco_queue_filled(struct eco_queue *q)
{
    give(q, q->filled % q->n_slots, ECO_SLOT_FILLED, &q->filled);
}

struct eco_job *eco_queue_to_parse(struct eco_queue *q)
{
    return take(q, &q->parsing, ECO_SLOT_FILLED, true);
}

void eco_queue_parsed(struct eco_queue *q, struct eco_job *job)
{
    give(q, (size_t)(job - q->slots), ECO_SLOT_PARSED, NULL);
}

struct eco_job *eco_queue_to_write(struct eco_queue *q)
{
    return take(q, &q->written, ECO_SLOT_PARSED, false);
}

void eco_queue_written(struct eco_queue *q)
{
    eco_job_clear(&q->slots[q->written % q->n_slots]);
    give(q, q->written % q->n_slots, ECO_SLOT_FREE, &q->written);
}

static void set(struct eco_queue *q, bool *flag)
{
    pthread_mutex_lock(&q->mutex);
    *flag = true;
    pthread_cond_broadcast(&q->changed);
    pthread_mutex_unlock(&q->mutex);
}

void eco_queue_end(struct eco_queue *q)
{
    set(q, &q->ended);
}

void eco_queue_stop(struct eco_queue *q)
{
    set(q, &q->stopped);
}
