/* SPDX-License-Identifier: MIT */
/*
 * What clang's analyzer cannot know, as it looks at one file at a time: that
 * reporting a failure returns it and not 0. lint.sh puts this header in front
 * of every file.
 */
#include "base/err.h"

static inline int known_code(int code, int same)
{
    (void)same;
    return code;
}

#define eco_fail(err, code, ...)                                               \
    known_code(code, eco_fail(err, code, __VA_ARGS__))
#define eco_fail_errno(err, ...)                                               \
    known_code(ECO_EIO, eco_fail_errno(err, __VA_ARGS__))
