/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_ANSWERS_H
#define ECO_SERVE_ANSWERS_H

#include <microhttpd.h>

#include "base/err.h"
#include "serve/negotiate.h"

/*
 * answers - finished answers of one snapshot, kept to be sent again
 *
 * A page that many ask for is computed and compressed once; then it is sent
 * like a file. A table of ECO_HTTP_CACHE_SLOTS places, each question having
 * one place; the newer answer takes it. Answers above
 * ECO_HTTP_CACHE_ANSWER_BYTES are not kept, so that the whole is bounded.
 *
 * Ownership  libmicrohttpd counts references of a response; the table takes
 *            over the one of whoever made it.
 * Threads    Any number: a lock for every 64th part of the table, held while a
 *            response is queued.
 */
struct eco_answers;

ECO_MUST_USE int eco_answers_new(struct eco_answers **out, struct eco_err *err);
void eco_answers_free(struct eco_answers *a); /* NULL is fine */

/* Queue the answer to `key` in this encoding when it is there: true, and
 * *bytes of its body. */
bool eco_answers_send(struct eco_answers *a, struct eco_str key,
                      enum eco_encoding encoding, struct MHD_Connection *to,
                      uint64_t *bytes);

/* Takes the caller's reference: to keep the answer, or to drop it when it has
 * more than ECO_HTTP_CACHE_ANSWER_BYTES or there is no memory. */
void eco_answers_keep(struct eco_answers *a, struct eco_str key,
                      enum eco_encoding encoding, struct MHD_Response *response,
                      uint64_t bytes);

#endif /* ECO_SERVE_ANSWERS_H */
