/* SPDX-License-Identifier: MIT */
#include "cmd/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"

#define MAX_PATH_BYTES 4096

/* A device or a pipe must not be replaced by a file. */
static bool is_special(const char *path)
{
    struct stat st;

    return !stat(path, &st) && !S_ISREG(st.st_mode);
}

static int open_file(struct eco_output *o, const char *name,
                     struct eco_err *err)
{
    o->file = fopen(name, "w");
    return o->file ? 0 : eco_fail_errno(err, "cannot write %s", name);
}

/* As a file of this name would be: what it is now, else what umask leaves. */
static mode_t mode_of(const char *path)
{
    mode_t mask = umask(0);
    struct stat st;

    umask(mask);
    return stat(path, &st) ? 0666 & ~mask : st.st_mode & 0777;
}

/* A name of its own, so that no file that was there before is touched. */
static int open_temporary(struct eco_output *o, struct eco_err *err)
{
    struct eco_buf name;
    int fd = -1, rc;

    eco_buf_init(&name, MAX_PATH_BYTES);
    eco_buf_printf(&name, "%s.XXXXXX", o->path);
    rc = eco_buf_check(&name, "the path of the output", err);
    if (rc)
        goto done;
    fd = mkstemp(name.ptr);
    if (fd < 0) {
        rc = eco_fail_errno(err, "cannot write beside %s", o->path);
        goto done;
    }
    o->temporary = eco_buf_take(&name);
    if (!fchmod(fd, mode_of(o->path)))
        o->file = fdopen(fd, "w");
    if (!o->file) {
        rc = eco_fail_errno(err, "cannot write %s", o->temporary);
        close(fd);
    }
done:
    eco_buf_release(&name);
    return rc;
}

int eco_output_open(struct eco_output *o, const char *path, struct eco_err *err)
{
    *o = (struct eco_output){ .path = path };
    if (!path)
        return 0;
    if (!strcmp(path, "-")) {
        o->file = stdout;
        o->path = "standard output";
        return 0;
    }
    return is_special(path) ? open_file(o, path, err) : open_temporary(o, err);
}

int eco_output_write(struct eco_output *o, const void *bytes, size_t n,
                     struct eco_err *err)
{
    if (o->file && fwrite(bytes, 1, n, o->file) < n)
        return eco_fail_errno(err, "cannot write %s",
                              o->temporary ? o->temporary : o->path);
    return 0;
}

int eco_output_finish(struct eco_output *o, struct eco_err *err)
{
    FILE *file = o->file;
    int rc = 0;

    if (!file || file == stdout)
        return 0;
    o->file = NULL;
    if (fflush(file) || (o->temporary && fsync(fileno(file))))
        rc = eco_fail_errno(err, "cannot write %s",
                            o->temporary ? o->temporary : o->path);
    if (fclose(file) && !rc)
        rc = eco_fail_errno(err, "cannot write %s", o->path);
    if (!rc && o->temporary && rename(o->temporary, o->path))
        rc = eco_fail_errno(err, "cannot write %s", o->path);
    return rc;
}

void eco_output_close(struct eco_output *o, bool failed)
{
    if (o->file && o->file != stdout)
        fclose(o->file);
    if (failed && o->temporary)
        unlink(o->temporary);
    eco_free(o->temporary);
    *o = (struct eco_output){ 0 };
}
