/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_ROWS_H
#define ECO_SYNTH_ROWS_H

#include "base/buf.h"
#include "synth/world.h"

/*
 * rows - the lines of the synthetic Hub: models, then authors, then Spaces
 *
 * Errors     None; the buffer latches (base/buf.h).
 * Threads    Pure but for the buffer.
 */
uint64_t eco_rows_count(const struct eco_world *w);

/* Append row `row` below the count, with its newline. */
void eco_rows_write(const struct eco_world *w, uint64_t row, struct eco_buf *b);

#endif /* ECO_SYNTH_ROWS_H */
