/* SPDX-License-Identifier: MIT */
#ifndef ECO_BUILD_TEXTS_H
#define ECO_BUILD_TEXTS_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/*
 * texts - a growing list of numbered texts, and the number of a text
 *
 * Offsets and bytes are two arrays, as the assembler wants them. `index`
 * finds a text again; blind to case or not is the caller's choice at init.
 *
 * Ownership  Owns its memory. Views live until the next append.
 * Errors     ECO_ENOMEM, ECO_ELIMIT beyond 2^32 - 16 texts.
 * Threads    One owner at a time.
 */
struct eco_texts {
    uint64_t *off; /* n + 1 */
    char *text;
    uint32_t n;
    size_t off_room, text_room;
    uint32_t *index;   /* open addressing, number + 1; NULL: no index */
    size_t index_room; /* a power of two */
    bool fold;         /* the index ignores case */
};

ECO_MUST_USE
int eco_texts_init(struct eco_texts *t, bool indexed, bool fold,
                   struct eco_err *err);
void eco_texts_release(struct eco_texts *t);

struct eco_str eco_texts_at(const struct eco_texts *t, uint32_t i);

/* Add a text at the end, known or not. */
ECO_MUST_USE
int eco_texts_append(struct eco_texts *t, struct eco_str s,
                     struct eco_err *err);

/* The number of a text in an indexed list; false when it is not there. */
bool eco_texts_find(const struct eco_texts *t, struct eco_str s,
                    uint32_t *number);

/* The number of a text, which is added when it is not there. */
ECO_MUST_USE
int eco_texts_number(struct eco_texts *t, struct eco_str s, uint32_t *number,
                     struct eco_err *err);

#endif /* ECO_BUILD_TEXTS_H */
