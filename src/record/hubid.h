/* SPDX-License-Identifier: MIT */
#ifndef ECO_RECORD_HUBID_H
#define ECO_RECORD_HUBID_H

#include "base/str.h"

/*
 * hubid - what is an id of the Hub, and what is not
 *
 * An id is `owner/name`, or a single name for a few old models. Both parts
 * are 1 to ECO_MAX_NAME_BYTES of letters, digits, `.`, `_` and `-`, and more
 * than dots.
 *
 * Threads    Pure functions.
 */

/* owner/name */
bool eco_hubid_is_full(struct eco_str id);

/* A single part: gpt2. */
bool eco_hubid_is_name(struct eco_str id);

/* The owner of an id; empty for a single name. */
struct eco_str eco_hubid_owner(struct eco_str id);

/*
 * A base as people write it: without blanks around it, without the dash of a
 * YAML list, and the id out of an address of the Hub. The result is a view
 * into `text` and need not be valid.
 */
struct eco_str eco_hubid_normalise(struct eco_str text);

#endif /* ECO_RECORD_HUBID_H */
