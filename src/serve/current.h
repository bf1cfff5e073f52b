/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_CURRENT_H
#define ECO_SERVE_CURRENT_H

#include <pthread.h>
#include <stdatomic.h>

#include "query/index.h"
#include "serve/answers.h"

/*
 * current - the snapshot that is served now
 *
 * Every request takes a reference, so that a new snapshot can take over while
 * requests run; the old one is closed when the last of them has ended.
 *
 * Threads    get, put and check from any thread; check by one at a time.
 */
struct eco_served {
    atomic_uint refs; /* private */
    struct eco_query_index *index;
    struct eco_answers *answers;
    int64_t file_time_s; /* of the snapshot file, seconds since 1970 */
};

/* What tells one file from another under the same name. */
struct eco_file_mark {
    uint64_t device, inode, size;
    int64_t mtime_ns;
};

struct eco_current {
    const char *path; /* borrowed */
    pthread_mutex_t lock;
    struct eco_served *served;
    struct eco_file_mark tried; /* the file looked at last, good or bad */
};

/* Open the snapshot; errors as eco_snap_open. */
ECO_MUST_USE
int eco_current_init(struct eco_current *c, const char *path,
                     struct eco_err *err);
void eco_current_release(struct eco_current *c);

struct eco_served *eco_current_get(struct eco_current *c);
void eco_served_put(struct eco_served *s);

/* Look at the file: 0 when it is the known one, 1 when a new one took over, a
 * negative code when a new one was refused (told once for each file). */
int eco_current_check(struct eco_current *c, struct eco_err *err);

#endif /* ECO_SERVE_CURRENT_H */
