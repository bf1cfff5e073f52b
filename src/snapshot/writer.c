/* SPDX-License-Identifier: MIT */
#include "snapshot/writer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The definition of XXH3_state_t: its memory is to come from base/alloc.h. */
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

#include "base/alloc.h"
#include "snapshot/layout.h"

#define BUFFER_BYTES ((size_t)1 << 20)
#define STATE_ALIGN 64

struct eco_snap_writer {
    char *path;
    char *temp; /* PATH.new */
    char *dir;  /* what both are in */
    int fd;
    bool owns_temp; /* remove it unless committed */
    bool in_section;
    bool failed;     /* nothing but free is allowed any more */
    uint64_t offset; /* bytes of the file so far, buffered ones included */
    size_t buffered;
    uint8_t *buffer;   /* BUFFER_BYTES */
    void *state_block; /* what `state` lies in, aligned */
    XXH3_state_t *state;
    uint32_t n_sections;
    struct eco_snap_section table[ECO_SNAP_MAX_SECTIONS];
};

static char *join(const char *path, const char *suffix)
{
    size_t bytes = strlen(path) + strlen(suffix) + 1;
    char *out = eco_alloc_array(bytes, 1);

    if (out)
        snprintf(out, bytes, "%s%s", path, suffix);
    return out;
}

/* Did another writer rename or replace the file while we waited for it? */
static bool still_there(int fd, const char *path)
{
    struct stat mine, named;

    return !fstat(fd, &mine) && !stat(path, &named) &&
           mine.st_ino == named.st_ino && mine.st_dev == named.st_dev;
}

/* Two builds of one file must not write into one another. */
static int open_temp(struct eco_snap_writer *w, struct eco_err *err)
{
    w->fd = open(w->temp, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (w->fd < 0)
        return eco_fail_errno(err, "cannot create %s", w->temp);
    if (flock(w->fd, LOCK_EX | LOCK_NB)) {
        if (errno == EWOULDBLOCK)
            return eco_fail(err, ECO_EBUSY,
                            "%s is being written by another"
                            " program",
                            w->temp);
        return eco_fail_errno(err, "cannot lock %s", w->temp);
    }
    if (!still_there(w->fd, w->temp))
        return eco_fail(err, ECO_EBUSY,
                        "%s was just written by another"
                        " program",
                        w->temp);
    w->owns_temp = true;
    if (ftruncate(w->fd, 0))
        return eco_fail_errno(err, "cannot empty %s", w->temp);
    return 0;
}

static int alloc_parts(struct eco_snap_writer *w, const char *path)
{
    const char *slash = strrchr(path, '/');
    uintptr_t at;

    w->path = join(path, "");
    w->temp = join(path, ".new");
    w->buffer = eco_alloc_array(BUFFER_BYTES, 1);
    w->state_block = eco_calloc(1, sizeof(XXH3_state_t) + STATE_ALIGN);
    w->dir = slash ? eco_strndup(path, (size_t)(slash - path) + 1)
                   : eco_strndup(".", 1);
    if (!w->path || !w->temp || !w->dir || !w->buffer || !w->state_block)
        return ECO_ENOMEM;
    at = (uintptr_t)w->state_block;
    at = (at + STATE_ALIGN - 1) / STATE_ALIGN * STATE_ALIGN;
    w->state = (XXH3_state_t *)at;
    return 0;
}

static int flush(struct eco_snap_writer *w, struct eco_err *err)
{
    size_t done = 0;

    while (done < w->buffered) {
        ssize_t n = write(w->fd, w->buffer + done, w->buffered - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            w->failed = true;
            return eco_fail_errno(err, "cannot write %s", w->temp);
        }
        done += (size_t)n;
    }
    w->buffered = 0;
    return 0;
}

static int put(struct eco_snap_writer *w, const void *ptr, size_t bytes,
               struct eco_err *err)
{
    const uint8_t *p = ptr;

    while (bytes) {
        size_t n = BUFFER_BYTES - w->buffered;

        if (n > bytes)
            n = bytes;
        memcpy(w->buffer + w->buffered, p, n);
        w->buffered += n;
        w->offset += n;
        p += n;
        bytes -= n;
        if (w->buffered == BUFFER_BYTES) {
            int rc = flush(w, err);

            if (rc)
                return rc;
        }
    }
    return 0;
}

static int put_zeros(struct eco_snap_writer *w, uint64_t until,
                     struct eco_err *err)
{
    static const uint8_t zeros[ECO_SNAP_FIRST_OFFSET];

    assert(until - w->offset <= sizeof(zeros));
    return put(w, zeros, (size_t)(until - w->offset), err);
}

int eco_snap_writer_open(const char *path, struct eco_snap_writer **out,
                         struct eco_err *err)
{
    struct eco_snap_writer *w;
    int rc;

    *out = NULL;
    w = eco_calloc(1, sizeof(*w));
    if (!w)
        return eco_fail(err, ECO_ENOMEM, "no memory to write %s", path);
    w->fd = -1;
    rc = alloc_parts(w, path);
    if (rc) {
        eco_fail(err, rc, "no memory to write %s", path);
        goto done;
    }
    rc = open_temp(w, err);
    if (rc)
        goto done;
    /* header and table are written last, into this room */
    rc = put_zeros(w, ECO_SNAP_FIRST_OFFSET, err);
    if (rc)
        goto done;
    *out = w;
    w = NULL;
done:
    eco_snap_writer_free(w);
    return rc;
}

static int end_section(struct eco_snap_writer *w, struct eco_err *err)
{
    struct eco_snap_section *s;
    uint64_t bytes;

    if (!w->in_section)
        return 0;
    s = &w->table[w->n_sections - 1];
    bytes = w->offset - s->offset;
    if (bytes % s->elem_bytes)
        return eco_fail(err, ECO_EINVAL,
                        "section %.16s: %ju bytes, not a multiple of %u",
                        s->name, (uintmax_t)bytes, s->elem_bytes);
    s->count = bytes / s->elem_bytes;
    s->hash = XXH3_64bits_digest(w->state);
    w->in_section = false;
    return 0;
}

static bool is_taken(const struct eco_snap_writer *w, const char *name)
{
    for (uint32_t i = 0; i < w->n_sections; i++)
        if (!strncmp(w->table[i].name, name, ECO_SNAP_NAME_BYTES))
            return true;
    return false;
}

static int begin(struct eco_snap_writer *w, const char *name,
                 uint32_t elem_bytes, struct eco_err *err)
{
    struct eco_snap_section s = { .elem_bytes = elem_bytes };
    size_t len = strlen(name);
    int rc = end_section(w, err);

    if (rc)
        return rc;
    if (w->n_sections == ECO_SNAP_MAX_SECTIONS)
        return eco_fail(err, ECO_ELIMIT, "section %s: more than %u sections",
                        name, ECO_SNAP_MAX_SECTIONS);
    if (len <= ECO_SNAP_NAME_BYTES)
        memcpy(s.name, name, len);
    if (!eco_snap_name_ok(s.name) || !elem_bytes || is_taken(w, name))
        return eco_fail(err, ECO_EINVAL,
                        "section \"%s\" of %u byte elements: bad or repeated",
                        name, elem_bytes);
    rc = put_zeros(w, eco_snap_align(w->offset), err);
    if (rc)
        return rc;
    s.offset = w->offset;
    w->table[w->n_sections++] = s;
    w->in_section = true;
    XXH3_64bits_reset(w->state);
    return 0;
}

static int check_usable(const struct eco_snap_writer *w, struct eco_err *err)
{
    if (w->failed)
        return eco_fail(err, ECO_EINVAL, "%s: used after an error", w->temp);
    return 0;
}

int eco_snap_writer_begin(struct eco_snap_writer *w, const char *name,
                          uint32_t elem_bytes, struct eco_err *err)
{
    int rc = check_usable(w, err);

    if (rc)
        return rc;
    rc = begin(w, name, elem_bytes, err);
    w->failed = rc != 0;
    return rc;
}

int eco_snap_writer_append(struct eco_snap_writer *w, const void *ptr,
                           size_t bytes, struct eco_err *err)
{
    int rc = check_usable(w, err);

    if (rc)
        return rc;
    assert(w->in_section);
    if (!bytes)
        return 0;
    XXH3_64bits_update(w->state, ptr, bytes);
    return put(w, ptr, bytes, err);
}

int eco_snap_writer_section(struct eco_snap_writer *w, const char *name,
                            uint32_t elem_bytes, const void *ptr,
                            uint64_t count, struct eco_err *err)
{
    size_t bytes;
    int rc = eco_snap_writer_begin(w, name, elem_bytes, err);

    if (rc)
        return rc;
    if (__builtin_mul_overflow(count, elem_bytes, &bytes)) {
        w->failed = true;
        return eco_fail(err, ECO_ELIMIT, "section %s: %ju elements", name,
                        (uintmax_t)count);
    }
    return eco_snap_writer_append(w, ptr, bytes, err);
}

static uint64_t content_hash(struct eco_snap_writer *w)
{
    XXH3_64bits_reset(w->state);
    for (uint32_t i = 0; i < w->n_sections; i++)
        XXH3_64bits_update(w->state, &w->table[i].hash,
                           sizeof(w->table[i].hash));
    return XXH3_64bits_digest(w->state);
}

/* Header and table go to the front, where zeros were left for them. */
static int write_front(struct eco_snap_writer *w, struct eco_err *err)
{
    size_t table_bytes = w->n_sections * sizeof(w->table[0]);
    struct eco_snap_header h = {
        .magic = ECO_SNAP_MAGIC,
        .version = ECO_SNAP_VERSION,
        .n_sections = w->n_sections,
        .file_bytes = w->offset,
        .table_hash = XXH3_64bits(w->table, table_bytes),
        .content_hash = content_hash(w),
    };
    int rc = flush(w, err);

    if (rc)
        return rc;
    h.header_hash =
        XXH3_64bits(&h, offsetof(struct eco_snap_header, header_hash));
    if (lseek(w->fd, 0, SEEK_SET) < 0)
        return eco_fail_errno(err, "cannot seek in %s", w->temp);
    rc = put(w, &h, sizeof(h), err);
    if (!rc)
        rc = put(w, w->table, table_bytes, err);
    if (!rc)
        rc = flush(w, err);
    return rc;
}

/* A rename is only on disk when its directory is. */
static int sync_directory(const struct eco_snap_writer *w, struct eco_err *err)
{
    int fd = open(w->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = 0;

    if (fd < 0 || fsync(fd))
        rc = eco_fail_errno(err, "cannot sync directory %s", w->dir);
    if (fd >= 0)
        close(fd);
    return rc;
}

static int commit(struct eco_snap_writer *w, struct eco_err *err)
{
    int rc = end_section(w, err);

    if (!rc)
        rc = write_front(w, err);
    if (rc)
        return rc;
    if (fsync(w->fd))
        return eco_fail_errno(err, "cannot sync %s", w->temp);
    /* renamed while the lock is held: nobody else can be writing into it */
    if (rename(w->temp, w->path))
        return eco_fail_errno(err, "cannot rename %s to %s", w->temp, w->path);
    w->owns_temp = false;
    return sync_directory(w, err);
}

int eco_snap_writer_commit(struct eco_snap_writer *w, struct eco_err *err)
{
    int rc = check_usable(w, err);

    if (rc)
        return rc;
    rc = commit(w, err);
    w->failed = true; /* in any case, nothing can follow */
    return rc;
}

void eco_snap_writer_free(struct eco_snap_writer *w)
{
    if (!w)
        return;
    if (w->owns_temp)
        unlink(w->temp);
    if (w->fd >= 0)
        close(w->fd);
    eco_free(w->state_block);
    eco_free(w->buffer);
    eco_free(w->dir);
    eco_free(w->temp);
    eco_free(w->path);
    eco_free(w);
}
