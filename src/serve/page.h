/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_PAGE_H
#define ECO_SERVE_PAGE_H

#include "base/str.h"

/*
 * page - which addresses are pages of the front end
 *
 * Every address that is neither the API's nor a file gets index.html: the
 * front end finds the page by itself. The status has to be known here too;
 * web/src/data/route.ts has the same rules, and tests/api holds both to the
 * same addresses.
 *
 * Threads    Pure functions.
 */

/* `path` is percent-encoded, as it was sent. */
bool eco_page_exists(struct eco_str path);

#endif /* ECO_SERVE_PAGE_H */
