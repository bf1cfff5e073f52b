/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_PROBLEM_H
#define ECO_API_PROBLEM_H

#include "base/buf.h"

/*
 * problem - what a refused request is told
 *
 * application/problem+json (RFC 9457) with a code that programs can rely on:
 * words and numbers below are frozen (tests/unit/test_api.c), new ones are
 * added at the end and to docs/openapi.yaml.
 *
 * Ownership  struct eco_problem lives on the caller's stack and owns nothing.
 * Threads    Pure functions.
 */
enum eco_problem_code {
    ECO_PROBLEM_NONE = 0,
    ECO_PROBLEM_BAD_PARAMETER = 1,
    ECO_PROBLEM_UNKNOWN_PARAMETER = 2,
    ECO_PROBLEM_LIMIT_EXCEEDED = 3,
    ECO_PROBLEM_BAD_PATH = 4,
    ECO_PROBLEM_NOT_FOUND = 5,
    ECO_PROBLEM_METHOD_NOT_ALLOWED = 6,
    ECO_PROBLEM_URI_TOO_LONG = 7,
    ECO_PROBLEM_BODY_TOO_LARGE = 8,
    ECO_PROBLEM_INTERNAL = 9,
    ECO_PROBLEM_UNAVAILABLE = 10,
};
#define ECO_PROBLEM_CODES 11

#define ECO_PROBLEM_PARAMETER_BYTES 65
#define ECO_PROBLEM_DETAIL_BYTES 320

/* Bytes of somebody's text that a detail repeats, for "%.*s". */
#define ECO_PROBLEM_ECHO 100

struct eco_problem {
    enum eco_problem_code code;
    char parameter[ECO_PROBLEM_PARAMETER_BYTES]; /* "" when none is at fault */
    char detail[ECO_PROBLEM_DETAIL_BYTES];
};

/* Record a problem unless there is an earlier one; `parameter` may be empty.
 * Returns ECO_EINVAL, so that a handler can `return eco_problem_set(...)`. */
int eco_problem_set(struct eco_problem *p, enum eco_problem_code code,
                    struct eco_str parameter, const char *fmt, ...)
    ECO_PRINTF(4, 5);

const char *eco_problem_name(enum eco_problem_code code);
int eco_problem_status(enum eco_problem_code code);

/* The status in words: "Not Found". */
const char *eco_problem_title(enum eco_problem_code code);

/* Append the JSON; the buffer latches failures. */
void eco_problem_write(const struct eco_problem *p, struct eco_buf *out);

#define ECO_PROBLEM_TYPE "application/problem+json"

#endif /* ECO_API_PROBLEM_H */
