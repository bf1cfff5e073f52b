/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_ERR_H
#define ECO_BASE_ERR_H

/*
 * err - one error code and one message for the whole program
 *
 * A fallible function returns 0 or a negative enum eco_code, takes a
 * `struct eco_err *err` last, and fills it on failure. The first message
 * wins; err may be NULL and is untouched on success.
 *
 * Messages name the object and the number, begin in lower case and carry no
 * newline: "model 17: name [40, 12) of 96 bytes".
 *
 * Ownership  struct eco_err lives on the caller's stack and owns nothing.
 * Threads    No shared state.
 */
#define ECO_MUST_USE __attribute__((warn_unused_result))
#define ECO_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

enum eco_code {
    ECO_OK = 0,
    ECO_EINVAL = -1,    /* the caller asked for something impossible */
    ECO_ENOMEM = -2,    /* an allocation failed */
    ECO_EIO = -3,       /* the operating system refused */
    ECO_EFORMAT = -4,   /* outside bytes are not what they should be */
    ECO_ENOTFOUND = -5, /* no such object */
    ECO_ELIMIT = -6,    /* beyond a stated maximum */
    ECO_EBUSY = -7,     /* somebody else holds it */
    ECO_ECONVERGE = -8, /* an iteration ended before its tolerance */
    ECO_ECANCELED = -9, /* stopped by the user */
};

#define ECO_ERR_MSG_BYTES 480

struct eco_err {
    int code; /* enum eco_code; 0 while nothing failed */
    char msg[ECO_ERR_MSG_BYTES];
};

/* Record code and message unless err holds an earlier one; returns code. */
int eco_fail(struct eco_err *err, int code, const char *fmt, ...)
    ECO_PRINTF(3, 4);

/* The same with ": strerror(errno)" appended; always ECO_EIO (ECO_ENOMEM when
 * errno says so). Reads errno before anything else can change it. */
int eco_fail_errno(struct eco_err *err, const char *fmt, ...) ECO_PRINTF(2, 3);

#endif /* ECO_BASE_ERR_H */
