/* SPDX-License-Identifier: MIT */
#include "snapshot/file.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

/* --- mapping ------------------------------------------------------------ */

static int map_fd(struct eco_snap_file *f, int fd, struct eco_err *err)
{
    struct stat st;
    void *map;

    if (fstat(fd, &st))
        return eco_fail_errno(err, "cannot stat snapshot %s", f->name);
    if (!S_ISREG(st.st_mode) || st.st_size <= 0)
        return eco_fail(err, ECO_EFORMAT, "%s: not a snapshot", f->name);
    map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return eco_fail_errno(err, "cannot map snapshot %s", f->name);
    f->bytes = map;
    f->len = (size_t)st.st_size;
    f->mapped = true;
    return 0;
}

int eco_snap_file_map(struct eco_snap_file *f, const char *path,
                      struct eco_err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int rc;

    f->name = path;
    if (fd < 0 && errno == ENOENT)
        return eco_fail(err, ECO_ENOTFOUND,
                        "there is no snapshot %s; run ecoviz build", path);
    if (fd < 0)
        return eco_fail_errno(err, "cannot open snapshot %s", path);
    rc = map_fd(f, fd, err);
    close(fd);
    return rc;
}

void eco_snap_file_unmap(struct eco_snap_file *f)
{
    /* munmap takes a plain pointer though it changes no byte */
    if (f->mapped)
        munmap((void *)(uintptr_t)f->bytes, f->len);
    f->mapped = false;
}

/* --- header and table ---------------------------------------------------- */

static bool is_zero(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i])
            return false;
    return true;
}

static int damaged(const struct eco_snap_file *f, const char *what,
                   struct eco_err *err)
{
    return eco_fail(err, ECO_EFORMAT,
                    "%s: %s; the file is damaged, run ecoviz build", f->name,
                    what);
}

static int check_header(struct eco_snap_file *f, struct eco_err *err)
{
    const struct eco_snap_header *h;

    if (f->len < sizeof(h->magic) ||
        memcmp(f->bytes, ECO_SNAP_MAGIC, sizeof(h->magic)))
        return eco_fail(err, ECO_EFORMAT, "%s: not a snapshot of ecoviz",
                        f->name);
    if (f->len < sizeof(*h))
        return eco_fail(err, ECO_EFORMAT,
                        "%s: %zu bytes, cut off within the header; run ecoviz"
                        " build",
                        f->name, f->len);
    h = f->header = (const void *)f->bytes;
    if (h->version != ECO_SNAP_VERSION)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: version %u of the format, this program reads %u;"
                        " run ecoviz build",
                        f->name, h->version, ECO_SNAP_VERSION);
    if (h->header_hash !=
        XXH3_64bits(h, offsetof(struct eco_snap_header, header_hash)))
        return damaged(f, "checksum of the header", err);
    if (h->file_bytes != f->len)
        return eco_fail(err, ECO_EFORMAT,
                        "%s: %zu of %ju bytes; the file is cut off or damaged,"
                        " run ecoviz build",
                        f->name, f->len, (uintmax_t)h->file_bytes);
    if (!is_zero(h->zero, sizeof(h->zero)))
        return damaged(f, "header bytes 40 to 55 are not zero", err);
    if (h->n_sections > ECO_SNAP_MAX_SECTIONS)
        return damaged(f, "too many sections", err);
    if (f->len < ECO_SNAP_FIRST_OFFSET)
        return damaged(f, "no room for the table", err);
    return 0;
}

static bool is_repeated(const struct eco_snap_file *f, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (!memcmp(f->table[k].name, f->table[i].name, ECO_SNAP_NAME_BYTES))
            return true;
    return false;
}

/* Bytes of a section; the table has been checked. */
static size_t section_bytes(const struct eco_snap_section *s)
{
    return (size_t)s->count * s->elem_bytes;
}

/* `end` is where the section before ended; moved to the end of this one. */
static int check_section(const struct eco_snap_file *f, uint32_t i,
                         uint64_t *end, struct eco_err *err)
{
    const struct eco_snap_section *s = &f->table[i];
    const char *problem = NULL;

    if (!eco_snap_name_ok(s->name) || is_repeated(f, i))
        return eco_fail(err, ECO_EFORMAT,
                        "%s: section %u: name is malformed or repeated",
                        f->name, i);
    if (!s->elem_bytes || s->zero)
        problem = "bad element size";
    else if (s->offset != eco_snap_align(*end) || s->offset > f->len)
        problem = "not where it belongs";
    else if (s->count > (f->len - s->offset) / s->elem_bytes)
        problem = "beyond the end of the file";
    else if (!is_zero(f->bytes + *end, (size_t)(s->offset - *end)))
        problem = "the gap before it is not zero";
    if (problem)
        return eco_fail(err, ECO_EFORMAT, "%s: section %.16s: %s", f->name,
                        s->name, problem);
    *end = s->offset + section_bytes(s);
    return 0;
}

static int check_table(struct eco_snap_file *f, struct eco_err *err)
{
    size_t bytes = f->header->n_sections * sizeof(f->table[0]);
    size_t at = sizeof(*f->header) + bytes;
    uint64_t end = ECO_SNAP_FIRST_OFFSET;

    f->table = (const void *)(f->bytes + sizeof(*f->header));
    if (XXH3_64bits(f->table, bytes) != f->header->table_hash)
        return damaged(f, "checksum of the section table", err);
    if (!is_zero(f->bytes + at, ECO_SNAP_FIRST_OFFSET - at))
        return damaged(f, "the rest of the section table is not zero", err);
    for (uint32_t i = 0; i < f->header->n_sections; i++) {
        int rc = check_section(f, i, &end, err);

        if (rc)
            return rc;
    }
    if (end != f->len)
        return damaged(f, "bytes after the last section", err);
    return 0;
}

/* --- checksums ----------------------------------------------------------- */

/* Below this a second thread costs more than it saves. */
#define HASH_THREAD_BYTES ((size_t)4 << 20)

struct hash_job {
    const struct eco_snap_file *f;
    atomic_uint next; /* index into order */
    uint8_t order[ECO_SNAP_MAX_SECTIONS];
    bool bad[ECO_SNAP_MAX_SECTIONS];
};
_Static_assert(ECO_SNAP_MAX_SECTIONS <= 256, "order holds a section number");

static void *hash_sections(void *arg)
{
    struct hash_job *job = arg;

    for (;;) {
        unsigned at = atomic_fetch_add(&job->next, 1);
        const struct eco_snap_section *s;

        if (at >= job->f->header->n_sections)
            return NULL;
        s = &job->f->table[job->order[at]];
        job->bad[job->order[at]] =
            XXH3_64bits(job->f->bytes + s->offset, section_bytes(s)) != s->hash;
    }
}

/* Largest first, so that two threads end at about the same time. */
static void order_by_size(struct hash_job *job)
{
    const struct eco_snap_section *table = job->f->table;

    for (uint32_t i = 0; i < job->f->header->n_sections; i++) {
        uint32_t k = i;

        while (k > 0 && section_bytes(&table[job->order[k - 1]]) <
                            section_bytes(&table[i])) {
            job->order[k] = job->order[k - 1];
            k--;
        }
        job->order[k] = (uint8_t)i;
    }
}

static int check_content_hash(const struct eco_snap_file *f,
                              struct eco_err *err)
{
    uint64_t hashes[ECO_SNAP_MAX_SECTIONS];
    uint32_t n = f->header->n_sections;

    for (uint32_t i = 0; i < n; i++)
        hashes[i] = f->table[i].hash;
    if (XXH3_64bits(hashes, n * sizeof(hashes[0])) != f->header->content_hash)
        return damaged(f, "checksum of the content", err);
    return 0;
}

static int check_sums(const struct eco_snap_file *f, struct eco_err *err)
{
    struct hash_job job = { .f = f };
    pthread_t helper;
    bool helped;

    order_by_size(&job);
    helped = f->len > HASH_THREAD_BYTES &&
             !pthread_create(&helper, NULL, hash_sections, &job);
    hash_sections(&job);
    if (helped)
        pthread_join(helper, NULL);
    for (uint32_t i = 0; i < f->header->n_sections; i++)
        if (job.bad[i])
            return eco_fail(err, ECO_EFORMAT,
                            "%s: checksum of section %.16s; the file is"
                            " damaged, run ecoviz build",
                            f->name, f->table[i].name);
    return check_content_hash(f, err);
}

int eco_snap_file_check(struct eco_snap_file *f, struct eco_err *err)
{
    int rc = check_header(f, err);

    if (!rc)
        rc = check_table(f, err);
    if (!rc)
        rc = check_sums(f, err);
    return rc;
}

const struct eco_snap_section *eco_snap_file_find(const struct eco_snap_file *f,
                                                  const char *name)
{
    for (uint32_t i = 0; i < f->header->n_sections; i++)
        if (!strncmp(f->table[i].name, name, ECO_SNAP_NAME_BYTES))
            return &f->table[i];
    return NULL;
}
