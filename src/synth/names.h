/* SPDX-License-Identifier: MIT */
#ifndef ECO_SYNTH_NAMES_H
#define ECO_SYNTH_NAMES_H

#include "base/buf.h"
#include "synth/world.h"

/*
 * names - invented makers and models
 *
 * A maker is a place that does not exist, a family a word that does not: three
 * syllables each. Numbers become names one to one (case aside), so ids never
 * repeat and nothing has to be remembered. A derived model is called after
 * its base, with what was done to it; some, and all merges, get a name of
 * their own.
 *
 * Errors     None; the buffer latches (base/buf.h).
 * Threads    Pure but for the buffer.
 */
bool eco_names_is_org(const struct eco_world *w, uint64_t author);

/* Kind of an organisation, or "" for one that is not verified. */
const char *eco_names_kind(const struct eco_world *w, uint64_t author);

void eco_names_author(const struct eco_world *w, uint64_t author,
                      struct eco_buf *b);
void eco_names_author_full(const struct eco_world *w, uint64_t author,
                           struct eco_buf *b);

/* owner/name. `size` is the model's class (eco_nature), ECO_NONE for none. */
void eco_names_model(const struct eco_world *w, const struct eco_lineage *line,
                     int size, struct eco_buf *b);

/* The id of a model that does not exist. */
void eco_names_missing(const struct eco_world *w, uint64_t number,
                       struct eco_buf *b);

void eco_names_space(const struct eco_world *w, uint64_t space,
                     struct eco_buf *b);

/* How a quantized model was packed: "GGUF", "mlx-4bit", ... */
const char *eco_names_packing(const struct eco_world *w,
                              const struct eco_lineage *line);

#endif /* ECO_SYNTH_NAMES_H */
