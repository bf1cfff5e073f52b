/* SPDX-License-Identifier: MIT */
#ifndef ECO_CMD_ANSWER_H
#define ECO_CMD_ANSWER_H

#include "query/index.h"

/*
 * answer - what the HTTP API would say, on standard output
 */

/* Ask with this path and query; print the body. ECO_EINVAL names what was
 * refused. */
ECO_MUST_USE
int eco_print_answer(const struct eco_query_index *ix, struct eco_str path,
                     struct eco_str query, struct eco_err *err);

#endif /* ECO_CMD_ANSWER_H */
