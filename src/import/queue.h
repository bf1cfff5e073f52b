/* SPDX-License-Identifier: MIT */
#ifndef ECO_IMPORT_QUEUE_H
#define ECO_IMPORT_QUEUE_H

#include <pthread.h>

#include "import/job.h"

/*
 * queue - a ring of jobs between one reader, many parsers and one writer
 *
 * Jobs are numbered in the order they were filled and leave in the same
 * order. A full ring makes the reader wait, so memory is bounded by its size.
 *
 * Threads    Every function may block, and returns NULL once the queue was
 *            stopped, or ended and drained.
 */
enum eco_slot_state {
    ECO_SLOT_FREE,
    ECO_SLOT_FILLED,
    ECO_SLOT_PARSED,
};

struct eco_queue {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct eco_job *slots;
    enum eco_slot_state *states;
    size_t n_slots;
    uint64_t filled; /* next to be filled, parsed, written */
    uint64_t parsing;
    uint64_t written;
    bool ended;   /* nothing more will be filled */
    bool stopped; /* everybody is to leave */
};

ECO_MUST_USE
int eco_queue_init(struct eco_queue *q, size_t n_slots, struct eco_err *err);
void eco_queue_release(struct eco_queue *q);

struct eco_job *eco_queue_to_fill(struct eco_queue *q);  /* reader */
void eco_queue_filled(struct eco_queue *q);              /* reader */
void eco_queue_end(struct eco_queue *q);                 /* reader */
struct eco_job *eco_queue_to_parse(struct eco_queue *q); /* parsers */
void eco_queue_parsed(struct eco_queue *q, struct eco_job *job);
struct eco_job *eco_queue_to_write(struct eco_queue *q); /* writer */
void eco_queue_written(struct eco_queue *q);             /* writer */
void eco_queue_stop(struct eco_queue *q);                /* anybody */

#endif /* ECO_IMPORT_QUEUE_H */
