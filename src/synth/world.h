/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_WORLD_H
#define ECO_SYNTH_WORLD_H

#include "synth/plan.h"
#include "synth/tables.h"

/*
 * world - the plan, and what every model is like
 *
 * A model takes task, licence and size from its base, sometimes changed; so
 * what families come to is decided by few large roots. Singles even that out:
 * the making of a world counts a fixed sample of the families and gives to
 * the singles what is missing to the published shares.
 *
 * Ownership  The caller releases what was filled.
 * Errors     ECO_ENOMEM.
 * Threads    Read-only once made.
 */
#define ECO_NONE (-1)
#define ECO_BINS 64   /* of creation */
#define ECO_KNOTS 512 /* of the law of downloads */

struct eco_world {
    struct eco_plan plan;
    /* Of singles: task i below task[i], and so on; beyond the last: none. */
    double task[ECO_TASKS];
    double licence[ECO_LICENCES];
    double size[ECO_SIZES];
    double library[ECO_LIBRARIES]; /* of singles without a task */
    double created[ECO_BINS];
    double knots[ECO_KNOTS]; /* ln downloads at falling shares of models */
};

ECO_MUST_USE
int eco_world_init(struct eco_world *w, uint64_t models, uint64_t seed,
                   struct eco_err *err);
void eco_world_release(struct eco_world *w);

/* A model and its first bases up to the root or single. */
#define ECO_MAX_LINEAGE (ECO_PLAN_DEPTH + 2)
struct eco_lineage {
    unsigned n; /* [0] is the model itself */
    uint64_t model[ECO_MAX_LINEAGE];
    struct eco_place place[ECO_MAX_LINEAGE];
};

void eco_world_lineage(const struct eco_world *w, uint64_t model,
                       struct eco_lineage *line);

/* What a model is like, told or not. Numbers into tables.h. */
struct eco_nature {
    int task, licence, size, library;
    bool tells_task, tells_licence, tells_size; /* the library: ECO_NONE */
    int64_t parameters;
    double created; /* share of all models, eco_curve_time */
};

void eco_world_nature(const struct eco_world *w, const struct eco_lineage *line,
                      struct eco_nature *n);

int64_t eco_world_downloads(const struct eco_world *w, uint64_t rank);
int64_t eco_world_likes(const struct eco_world *w, uint64_t model,
                        uint64_t rank);
int64_t eco_world_space_likes(const struct eco_world *w, uint64_t space);

/* A random number of this world; `purpose` tells questions apart. */
enum eco_purpose {
    ECO_FOR_TASK = 100,
    ECO_FOR_NEW_TASK,
    ECO_FOR_TELL_TASK,
    ECO_FOR_LICENCE,
    ECO_FOR_NEW_LICENCE,
    ECO_FOR_TELL_LICENCE,
    ECO_FOR_SIZE,
    ECO_FOR_PARAMETERS,
    ECO_FOR_TELL_SIZE,
    ECO_FOR_LIBRARY,
    ECO_FOR_CREATED,
    ECO_FOR_LIKES,
    ECO_FOR_LIKES_WHERE,
    ECO_FOR_LANGUAGES,
    ECO_FOR_LANGUAGE,
    ECO_FOR_OWNER,
    ECO_FOR_ORG,
    ECO_FOR_KIND,
    ECO_FOR_NAME,
    ECO_FOR_CASE,
    ECO_FOR_ID,
    ECO_FOR_ROW,
    ECO_FOR_SPACE,
};
uint64_t eco_world_hash(const struct eco_world *w, enum eco_purpose purpose,
                        uint64_t number);
double eco_world_unit(const struct eco_world *w, enum eco_purpose purpose,
                      uint64_t number);

#endif /* ECO_SYNTH_WORLD_H */
