/* SPDX-License-Identifier: MIT */
#ifndef ECO_CMD_OUTPUT_H
#define ECO_CMD_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/*
 * output - a file that appears under its name when all of it is on disk
 *
 * It is written beside its name, as NAME and six letters, and keeps the mode
 * of what it replaces. What is no ordinary file (a device, a pipe) is written
 * to directly, as is standard output.
 *
 * Errors     ECO_EIO, ECO_ENOMEM.
 */
struct eco_output {
    FILE *file;       /* NULL: nowhere */
    const char *path; /* borrowed; for messages */
    char *temporary;  /* NULL when written to directly */
};

/* `path` NULL: nowhere, "-": standard output. Close it, whatever happened. */
ECO_MUST_USE
int eco_output_open(struct eco_output *o, const char *path,
                    struct eco_err *err);
ECO_MUST_USE
int eco_output_write(struct eco_output *o, const void *bytes, size_t n,
                     struct eco_err *err);

/* Everything is written: give the file its name. */
ECO_MUST_USE int eco_output_finish(struct eco_output *o, struct eco_err *err);

/* Remove what is not finished when `failed`. */
void eco_output_close(struct eco_output *o, bool failed);

#endif /* ECO_CMD_OUTPUT_H */
