/* SPDX-License-Identifier: MIT */
#include "source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "base/str.h"

#define INPUT_BYTES (128u << 10)
#define MAGIC_BYTES 4
#define WAIT_MS 200

enum packing { PLAIN, GZIP, ZSTD };

struct eco_stream {
    char *name;
    struct eco_stream_reader reader; /* of the file's own bytes */
    int fd;                          /* -1: not a file */
    struct eco_stream_stop stop;     /* is_set may be NULL */
    struct eco_str rest;             /* of bytes in memory */
    uint64_t size;
    _Atomic uint64_t consumed;
    enum packing packing;
    bool ended;    /* no more input */
    bool in_frame; /* the compressed stream is not complete */
    bool zlib_ready;
    z_stream zlib;
    ZSTD_DStream *zstd;
    char *input;
    size_t at, len; /* what of `input` is not used yet */
};

/* Wait until there is something to read, or nobody wants it any more. */
static int wait_for_bytes(struct eco_stream *s, struct eco_err *err)
{
    struct pollfd p = { .fd = s->fd, .events = POLLIN };
    int ready = 0;

    while (s->stop.is_set && !ready) {
        if (s->stop.is_set(s->stop.arg))
            return eco_fail(err, ECO_ECANCELED,
                            "%s: stopped; run the same import again to go on",
                            s->name);
        ready = poll(&p, 1, WAIT_MS);
        if (ready < 0 && errno == EINTR)
            ready = 0;
    }
    return 0;
}

static int read_fd(void *arg, char *dst, size_t cap, size_t *n,
                   struct eco_err *err)
{
    struct eco_stream *s = arg;
    ssize_t got;
    int rc = wait_for_bytes(s, err);

    if (rc)
        return rc;
    do
        got = read(s->fd, dst, cap);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return eco_fail_errno(err, "cannot read %s", s->name);
    *n = (size_t)got;
    return 0;
}

static int read_rest(void *arg, char *dst, size_t cap, size_t *n,
                     struct eco_err *err)
{
    struct eco_stream *s = arg;

    (void)err;
    *n = s->rest.len < cap ? s->rest.len : cap;
    if (*n)
        memcpy(dst, s->rest.ptr, *n);
    s->rest = eco_str_skip(s->rest, *n);
    return 0;
}

/* Read on behind the input that is there. */
static int read_input(struct eco_stream *s, struct eco_err *err)
{
    size_t n = 0;
    int rc = s->reader.read(s->reader.arg, s->input + s->len,
                            INPUT_BYTES - s->len, &n, err);

    if (rc)
        return rc;
    s->ended = n == 0;
    s->len += n;
    atomic_fetch_add(&s->consumed, n);
    return 0;
}

/* Refill the input when it is empty. */
static int refill(struct eco_stream *s, struct eco_err *err)
{
    if (s->at < s->len || s->ended)
        return 0;
    s->at = s->len = 0;
    return read_input(s, err);
}

/* At least MAGIC_BYTES of input, unless the file is shorter. */
static int peek(struct eco_stream *s, struct eco_err *err)
{
    int rc = 0;

    while (!rc && s->len < MAGIC_BYTES && !s->ended)
        rc = read_input(s, err);
    return rc;
}

static int start_packing(struct eco_stream *s, struct eco_err *err)
{
    static const unsigned char gzip_magic[] = { 0x1f, 0x8b };
    static const unsigned char zstd_magic[] = { 0x28, 0xb5, 0x2f, 0xfd };

    if (s->len >= sizeof(gzip_magic) &&
        !memcmp(s->input, gzip_magic, sizeof(gzip_magic))) {
        s->packing = GZIP;
        if (inflateInit2(&s->zlib, 15 + 16) != Z_OK)
            return eco_fail(err, ECO_ENOMEM, "no memory to unpack %s", s->name);
        s->zlib_ready = true;
    } else if (s->len >= sizeof(zstd_magic) &&
               !memcmp(s->input, zstd_magic, sizeof(zstd_magic))) {
        s->packing = ZSTD;
        s->zstd = ZSTD_createDStream();
        if (!s->zstd)
            return eco_fail(err, ECO_ENOMEM, "no memory to unpack %s", s->name);
        ZSTD_initDStream(s->zstd);
    }
    return 0;
}

static int start(struct eco_stream *s, const char *name, struct eco_err *err)
{
    int rc;

    s->name = eco_strndup(name, strlen(name));
    s->input = eco_alloc_array(INPUT_BYTES, 1);
    if (!s->name || !s->input)
        return eco_fail(err, ECO_ENOMEM, "no memory to read %s", name);
    rc = peek(s, err);
    return rc ? rc : start_packing(s, err);
}

static int open_fd(struct eco_stream *s, const char *path, struct eco_err *err)
{
    struct stat st;

    s->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (s->fd < 0)
        return eco_fail_errno(err, "cannot open %s", path);
    if (fstat(s->fd, &st))
        return eco_fail_errno(err, "cannot stat %s", path);
    if (S_ISDIR(st.st_mode))
        return eco_fail(err, ECO_EINVAL, "%s is a directory", path);
    s->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
    return 0;
}

static int new_stream(const char *name, struct eco_stream **out,
                      struct eco_err *err)
{
    struct eco_stream *s = eco_calloc(1, sizeof(*s));

    *out = s;
    if (!s)
        return eco_fail(err, ECO_ENOMEM, "no memory to read %s", name);
    s->fd = -1;
    return 0;
}

/* Give the stream to the caller, or close it when it cannot be started. */
static int hand_out(struct eco_stream *s, int rc, const char *name,
                    struct eco_stream **out, struct eco_err *err)
{
    if (!rc)
        rc = start(s, name, err);
    if (rc)
        eco_stream_close(s);
    *out = rc ? NULL : s;
    return rc;
}

int eco_stream_open_until(const char *path, const struct eco_stream_stop *stop,
                          struct eco_stream **out, struct eco_err *err)
{
    struct eco_stream *s;
    int rc = new_stream(path, &s, err);

    if (!rc) {
        s->stop = *stop;
        s->reader = (struct eco_stream_reader){ read_fd, s };
        rc = open_fd(s, path, err);
    }
    return hand_out(s, rc, strcmp(path, "-") ? path : "standard input", out,
                    err);
}

int eco_stream_open(const char *path, struct eco_stream **out,
                    struct eco_err *err)
{
    return eco_stream_open_until(path, &(struct eco_stream_stop){ 0 }, out,
                                 err);
}

int eco_stream_open_bytes(const void *bytes, size_t len,
                          struct eco_stream **out, struct eco_err *err)
{
    struct eco_stream *s;
    int rc = new_stream("bytes", &s, err);

    if (!rc) {
        s->reader = (struct eco_stream_reader){ read_rest, s };
        s->rest = (struct eco_str){ bytes, len };
        s->size = len;
    }
    return hand_out(s, rc, "bytes", out, err);
}

int eco_stream_open_reader(const char *name,
                           const struct eco_stream_reader *reader,
                           struct eco_stream **out, struct eco_err *err)
{
    struct eco_stream *s;
    int rc = new_stream(name, &s, err);

    if (!rc)
        s->reader = *reader;
    return hand_out(s, rc, name, out, err);
}

void eco_stream_close(struct eco_stream *s)
{
    if (!s)
        return;
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    if (s->zlib_ready)
        inflateEnd(&s->zlib);
    ZSTD_freeDStream(s->zstd);
    eco_free(s->input);
    eco_free(s->name);
    eco_free(s);
}

static int read_plain(struct eco_stream *s, char *dst, size_t cap, size_t *n)
{
    *n = s->len - s->at < cap ? s->len - s->at : cap;
    if (*n)
        memcpy(dst, s->input + s->at, *n);
    s->at += *n;
    return 0;
}

static int read_gzip(struct eco_stream *s, char *dst, size_t cap, size_t *n,
                     struct eco_err *err)
{
    int rc;

    s->zlib.next_in = (Bytef *)s->input + s->at;
    s->zlib.avail_in = (uInt)(s->len - s->at);
    s->zlib.next_out = (Bytef *)dst;
    s->zlib.avail_out = (uInt)cap;
    rc = inflate(&s->zlib, Z_NO_FLUSH);
    s->at = s->len - s->zlib.avail_in;
    *n = cap - s->zlib.avail_out;
    if (rc == Z_STREAM_END) {
        s->in_frame = false;
        if (inflateReset(&s->zlib) == Z_OK)
            return 0;
    }
    if (rc == Z_OK || rc == Z_BUF_ERROR) {
        s->in_frame = true;
        return 0;
    }
    return eco_fail(err, rc == Z_MEM_ERROR ? ECO_ENOMEM : ECO_EFORMAT,
                    "%s: damaged gzip data: %s", s->name,
                    s->zlib.msg ? s->zlib.msg : "bad checksum or length");
}

static int read_zstd(struct eco_stream *s, char *dst, size_t cap, size_t *n,
                     struct eco_err *err)
{
    ZSTD_inBuffer in = { s->input, s->len, s->at };
    ZSTD_outBuffer out = { dst, cap, 0 };
    size_t hint = ZSTD_decompressStream(s->zstd, &out, &in);

    s->at = in.pos;
    *n = out.pos;
    if (ZSTD_isError(hint))
        return eco_fail(err, ECO_EFORMAT, "%s: damaged zstd data: %s", s->name,
                        ZSTD_getErrorName(hint));
    s->in_frame = hint != 0;
    return 0;
}

int eco_stream_read(struct eco_stream *s, char *dst, size_t cap, size_t *n,
                    struct eco_err *err)
{
    int rc = 0;

    *n = 0;
    if (cap > INT32_MAX)
        cap = INT32_MAX;
    while (!rc && !*n) {
        bool dry;

        rc = refill(s, err);
        dry = !rc && s->ended && s->at == s->len;
        if (rc || (dry && (s->packing == PLAIN || !s->in_frame)))
            return rc;
        if (s->packing == PLAIN)
            rc = read_plain(s, dst, cap, n);
        else if (s->packing == GZIP)
            rc = read_gzip(s, dst, cap, n, err);
        else
            rc = read_zstd(s, dst, cap, n, err);
        if (!rc && dry && !*n)
            return eco_fail(err, ECO_EFORMAT,
                            "%s: compressed data ends too early, after %llu"
                            " bytes",
                            s->name, (unsigned long long)s->consumed);
    }
    return rc;
}

uint64_t eco_stream_consumed(const struct eco_stream *s)
{
    return atomic_load(&s->consumed);
}

uint64_t eco_stream_size(const struct eco_stream *s)
{
    return s->size;
}
