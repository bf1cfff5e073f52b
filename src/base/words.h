/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_WORDS_H
#define ECO_BASE_WORDS_H

#include "base/str.h"

/*
 * words - what stands in the place of a value, but is none
 *
 * `none` are the models without a value, `others` those behind a top list. So
 * that both can be asked for, no task, library or licence has such a name;
 * authors and models may: they are found blind to case, these words are not.
 *
 * Threads    Pure functions.
 */
#define ECO_WORD_NONE "none"
#define ECO_WORD_OTHERS "others"

static inline bool eco_word_is_reserved(struct eco_str s)
{
    return eco_str_is(s, ECO_WORD_NONE) || eco_str_is(s, ECO_WORD_OTHERS);
}

#endif /* ECO_BASE_WORDS_H */
