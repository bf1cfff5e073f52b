/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_FILES_H
#define ECO_SERVE_FILES_H

#include <microhttpd.h>

#include "serve/assets.h"
#include "serve/negotiate.h"

/*
 * files - the embedded front end as responses that are ready to be sent
 *
 * A file is found by its exact path in a sorted table; there is no directory
 * and so no way out of one.
 *
 * Threads    Immutable after new.
 */
struct eco_files;

ECO_MUST_USE int eco_files_new(struct eco_files **out, struct eco_err *err);
void eco_files_free(struct eco_files *f); /* NULL is fine */

/* The asset of a path, or NULL. */
const struct eco_asset *eco_files_find(struct eco_str path);

/* Its entity tag without quotes. */
struct eco_str eco_files_tag(const struct eco_asset *asset);

/* The forms it has, as bits 1 << enum eco_encoding; identity is one. */
unsigned eco_files_forms(const struct eco_asset *asset);

/* One form's response, which stays ours, and its bytes. */
struct MHD_Response *eco_files_response(const struct eco_files *f,
                                        const struct eco_asset *asset,
                                        enum eco_encoding encoding,
                                        uint64_t *bytes);

#endif /* ECO_SERVE_FILES_H */
