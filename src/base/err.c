/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int eco_fail(struct eco_err *err, int code, const char *fmt, ...)
{
    va_list ap;

    if (!err || err->code)
        return code;
    err->code = code;
    va_start(ap, fmt);
    vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
    va_end(ap);
    return code;
}

int eco_fail_errno(struct eco_err *err, const char *fmt, ...)
{
    int saved = errno;
    int code = saved == ENOMEM ? ECO_ENOMEM : ECO_EIO;
    char reason[128];
    va_list ap;
    int n;

    if (!err || err->code)
        return code;
    err->code = code;
    va_start(ap, fmt);
    n = vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof(err->msg))
        return code;
    /* The GNU form, which may or may not use the buffer. */
    snprintf(err->msg + n, sizeof(err->msg) - (size_t)n, ": %s",
             strerror_r(saved, reason, sizeof(reason)));
    return code;
}
