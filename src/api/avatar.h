/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_AVATAR_H
#define ECO_API_AVATAR_H

#include "base/buf.h"

/*
 * avatar - the picture of an author: a disc in a colour that belongs to the
 * name, with one or two letters of it in white
 *
 * Names that differ in case only have the same picture. White on the colour
 * has a contrast of 5 and more for every name (WCAG asks for 4.5).
 *
 * Threads    Pure functions.
 */
#define ECO_AVATAR_CELL 64 /* units, for eco_avatar_put */

/* Red, green and blue, a byte each: 0xrrggbb. */
uint32_t eco_avatar_colour(struct eco_str name);

/* The first letters of the first two parts, else the first two letters; "?"
 * for a name without any. Upper case; no markup, whatever the name. */
void eco_avatar_initials(struct eco_str name, char out[3]);

/* Append disc and letters as SVG, in a cell of ECO_AVATAR_CELL units. */
void eco_avatar_put(struct eco_buf *out, struct eco_str name);

#endif /* ECO_API_AVATAR_H */
