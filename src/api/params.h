/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_PARAMS_H
#define ECO_API_PARAMS_H

#include "api/problem.h"
#include "base/limits.h"

/*
 * params - the question mark and what follows, read strictly
 *
 * Nothing is guessed and nothing is ignored: a bad escape, bytes that are not
 * UTF-8, a zero byte, an empty or unknown or repeated parameter, a number out
 * of range are refused, naming the parameter and the limit.
 *
 * Ownership  struct eco_params owns its text; the views point into it, so it
 *            must not move.
 * Errors     0, or ECO_EINVAL with the problem filled in.
 * Threads    Pure functions.
 */
struct eco_param {
    struct eco_str name;
    struct eco_str value;
};

struct eco_params {
    struct eco_param item[ECO_MAX_QUERY_PARAMS];
    size_t n;
    char text[ECO_MAX_URI_BYTES];
};

/* The query without its question mark. */
ECO_MUST_USE
int eco_params_parse(struct eco_str query, struct eco_params *out,
                     struct eco_problem *problem);

/* Refuse every name that is not in the list, which ends with NULL. */
ECO_MUST_USE
int eco_params_allow(const struct eco_params *p, const char *const *names,
                     struct eco_problem *problem);

/* The value of a parameter that may be given once; *given says whether. */
ECO_MUST_USE
int eco_params_one(const struct eco_params *p, const char *name,
                   struct eco_str *value, bool *given,
                   struct eco_problem *problem);

/* A number from 1 to max; *out keeps its value when there is none. */
ECO_MUST_USE
int eco_params_number(const struct eco_params *p, const char *name,
                      uint32_t max, uint32_t *out, struct eco_problem *problem);

/* The position of one of the words, which end with NULL; *out keeps its value
 * when there is none. */
ECO_MUST_USE
int eco_params_choice(const struct eco_params *p, const char *name,
                      const char *const *words, unsigned *out,
                      struct eco_problem *problem);

/* Undo %XX (and + for a blank when `plus`) from raw into dst, which has room
 * for raw.len bytes. False for a bad escape, bad UTF-8 or a zero byte. */
ECO_MUST_USE
bool eco_params_decode(struct eco_str raw, bool plus, char *dst,
                       struct eco_str *out);

#endif /* ECO_API_PARAMS_H */
