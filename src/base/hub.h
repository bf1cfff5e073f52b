/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_HUB_H
#define ECO_BASE_HUB_H

#include "base/str.h"

/*
 * hub - addresses of the Hub's pages
 *
 * Ownership  Results are views into the text.
 * Threads    Pure functions.
 */

/* The path of an address of the Hub or of its mirror, with or without scheme:
 * "a/b" out of "https://huggingface.co/a/b". False for any other text. */
bool eco_hub_path(struct eco_str text, struct eco_str *path);

/* What the page at a path is about: the id of a model, or a single name, which
 * is an old model's or an author's. Empty for every other page. */
struct eco_str eco_hub_path_name(struct eco_str path);

#endif /* ECO_BASE_HUB_H */
