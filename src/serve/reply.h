/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_REPLY_H
#define ECO_SERVE_REPLY_H

#include <microhttpd.h>

#include "api/api.h"
#include "serve/negotiate.h"

/*
 * reply - a response with every header it has to have
 *
 * The security headers are the same for all: nothing from elsewhere runs, is
 * shown, or frames us.
 *
 * Ownership  The caller destroys the response.
 * Errors     NULL when there is no memory.
 * Threads    Pure functions.
 */
struct eco_reply {
    const char *type;  /* content type; NULL: no body has been described */
    const char *allow; /* for 405 */
    const char *etag;  /* quoted, or NULL */
    const char *retry_after; /* seconds, for 503 */
    enum eco_cache_policy cache;
    enum eco_encoding encoding; /* of the body */
    bool varies;                /* could have been in another encoding */
    bool must_close;            /* end the connection after this */
};

/* With a body that outlives the response. */
ECO_MUST_USE
struct MHD_Response *eco_reply_static(const struct eco_reply *reply,
                                      struct eco_str body);

/* With the bytes of `body`, which is empty afterwards. */
ECO_MUST_USE
struct MHD_Response *eco_reply_take(const struct eco_reply *reply,
                                    struct eco_buf *body);

#endif /* ECO_SERVE_REPLY_H */
