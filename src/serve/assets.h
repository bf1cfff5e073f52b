/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_ASSETS_H
#define ECO_SERVE_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * assets - the front end inside the binary
 *
 * Generated at build time by scripts/embed.mjs from web/dist and the API
 * description; every file in its plain form and in three compressed ones (an
 * empty view where compression does not pay).
 *
 * Threads    Constant data.
 */
struct eco_asset {
    const char *path;        /* "/assets/index-Ab12Cd34.js"; "/index.html" */
    const char *type;        /* content type */
    const char *etag;        /* quoted, from the content */
    bool immutable;          /* the path holds a hash of the content */
    struct eco_str identity; /* the file itself */
    struct eco_str gzip;
    struct eco_str br;
    struct eco_str zstd;
};

/* Sorted by path, bytewise. */
extern const struct eco_asset eco_assets[];
extern const size_t eco_assets_count;

#endif /* ECO_SERVE_ASSETS_H */
