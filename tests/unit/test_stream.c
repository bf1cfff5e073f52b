/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/stream.h"
#include "support/pack.h"

static char dir[] = "/tmp/eco-stream-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(dir) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(dir) || eco_test_live_blocks() ? -1 : 0;
}

static const char *in_dir(const char *name)
{
    static char path[100];

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return path;
}

/* Text that does not compress to nothing. */
static char *sample(size_t len)
{
    char *text = malloc(len);
    uint32_t x = 12345;

    for (size_t i = 0; i < len; i++) {
        x = x * 1664525u + 1013904223u;
        text[i] = "abcdefgh{}\",:\n01"[x >> 28];
    }
    return text;
}

/* Read all in pieces of `piece` bytes; the code is the first that is not 0. */
static int read_all(struct eco_stream *s, size_t piece, char **out, size_t *len,
                    struct eco_err *err)
{
    size_t room = 1u << 16, n = 0;
    int rc = 0;

    *out = malloc(room);
    *len = 0;
    do {
        if (room - *len < piece) {
            room = room * 2 + piece;
            *out = realloc(*out, room);
        }
        rc = eco_stream_read(s, *out + *len, piece, &n, err);
        assert_true(n <= piece);
        *len += n;
    } while (!rc && n);
    return rc;
}

static void gives(const void *bytes, size_t len, size_t piece,
                  const char *expected, size_t expected_len)
{
    struct eco_stream *s;
    struct eco_err err = { 0 };
    char *out;
    size_t n;

    if (eco_stream_open_bytes(bytes, len, &s, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(eco_stream_size(s), len);
    if (read_all(s, piece, &out, &n, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(n, expected_len);
    assert_memory_equal(out, expected, n);
    assert_int_equal(eco_stream_consumed(s), len);
    assert_int_equal(eco_stream_read(s, out, 1, &n, &err), 0); /* and again */
    assert_int_equal(n, 0);
    free(out);
    eco_stream_close(s);
}

/* The bytes before the damage come, then the error. */
static void fails(const void *bytes, size_t len, const char *prefix_of,
                  const char *message)
{
    struct eco_stream *s;
    struct eco_err err = { 0 };
    char *out;
    size_t n;

    assert_int_equal(eco_stream_open_bytes(bytes, len, &s, &err), 0);
    assert_int_equal(read_all(s, 1000, &out, &n, &err), ECO_EFORMAT);
    assert_memory_equal(out, prefix_of, n);
    if (!strstr(err.msg, message))
        fail_msg("%s", err.msg);
    free(out);
    eco_stream_close(s);
}

static const size_t pieces[] = { 1, 7, 4096, 1u << 17, 3u << 20 };
#define PIECES (sizeof(pieces) / sizeof(pieces[0]))
#define LEN ((size_t)300000)

static void plain_bytes_come_as_they_are(void **state)
{
    char *text = sample(LEN);

    (void)state;
    for (size_t i = 0; i < PIECES; i++)
        gives(text, LEN, pieces[i], text, LEN);
    for (size_t len = 0; len < 8; len++)
        gives(text, len, 3, text, len);
    gives("\x1f", 1, 9, "\x1f", 1); /* half of a magic number is none */
    gives("\x28\xb5\x2f", 3, 9, "\x28\xb5\x2f", 3);
    gives("\0\0\0\0\0", 5, 2, "\0\0\0\0\0", 5);
    free(text);
}

static void gzip_and_zstd_are_known_by_content(void **state)
{
    char *text = sample(LEN);
    size_t gz_len, zst_len;
    char *gz = eco_test_gzip(text, LEN, &gz_len);
    char *zst = eco_test_zstd(text, LEN, &zst_len);

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        gives(gz, gz_len, pieces[i], text, LEN);
        gives(zst, zst_len, pieces[i], text, LEN);
    }
    free(gz);
    free(zst);
    free(text);
}

static void an_empty_file_in_any_packing_is_empty(void **state)
{
    size_t gz_len, zst_len;
    char *gz = eco_test_gzip("", 0, &gz_len);
    char *zst = eco_test_zstd("", 0, &zst_len);

    (void)state;
    gives("", 0, 10, "", 0);
    gives(gz, gz_len, 10, "", 0);
    gives(zst, zst_len, 10, "", 0);
    free(gz);
    free(zst);
}

static void members_and_frames_follow_each_other(void **state)
{
    char *text = sample(LEN);
    char *(*const packers[])(const void *, size_t,
                             size_t *) = { eco_test_gzip, eco_test_zstd };

    (void)state;
    for (int p = 0; p < 2; p++) {
        size_t a_len, b_len, none_len, x_len, y_len;
        char *a = packers[p](text, 100000, &a_len);
        char *none = packers[p]("", 0, &none_len);
        char *b = packers[p](text + 100000, LEN - 100000, &b_len);
        char *x = eco_test_join(a, a_len, none, none_len);
        char *y = eco_test_join(x, x_len = a_len + none_len, b, b_len);
        char *z = eco_test_join(y, y_len = x_len + b_len, none, none_len);

        for (size_t i = 0; i < PIECES; i++) {
            gives(y, y_len, pieces[i], text, LEN);
            gives(z, y_len + none_len, pieces[i], text, LEN);
        }
        free(a);
        free(b);
        free(none);
        free(x);
        free(y);
        free(z);
    }
    free(text);
}

/* Highly compressible: much output for little input, and output pending when
 * the input is used up. */
static void zeros_unpack(void **state)
{
    size_t len = 5u << 20, gz_len, zst_len;
    char *zeros = calloc(len, 1);
    char *gz = eco_test_gzip(zeros, len, &gz_len);
    char *zst = eco_test_zstd(zeros, len, &zst_len);

    (void)state;
    gives(gz, gz_len, 65536, zeros, len);
    gives(zst, zst_len, 65536, zeros, len);
    gives(gz, gz_len, 999983, zeros, len);
    gives(zst, zst_len, 999983, zeros, len);
    free(zeros);
    free(gz);
    free(zst);
}

static void a_cut_off_file_gives_its_bytes_and_an_error(void **state)
{
    char *text = sample(20000);
    size_t gz_len, zst_len;
    char *gz = eco_test_gzip(text, 20000, &gz_len);
    char *zst = eco_test_zstd(text, 20000, &zst_len);

    (void)state;
    for (size_t len = 4; len < gz_len; len += len < 40 ? 1 : 97)
        fails(gz, len, text, "ends too early");
    for (size_t cut = 1; cut < 12; cut++) /* inside of the checksum */
        fails(gz, gz_len - cut, text, "ends too early");
    for (size_t len = 5; len < zst_len; len += len < 40 ? 1 : 97)
        fails(zst, len, text, "ends too early");
    fails(zst, zst_len - 1, text, "ends too early");
    {
        char *two = eco_test_join(gz, gz_len, gz, 15);

        fails(two, gz_len + 15, text, "ends too early");
        free(two);
    }
    free(gz);
    free(zst);
    free(text);
}

static void damage_is_an_error(void **state)
{
    char *text = sample(20000);
    size_t gz_len, zst_len;
    char *gz = eco_test_gzip(text, 20000, &gz_len);
    char *zst = eco_test_zstd(text, 20000, &zst_len);
    char *tail;

    (void)state;
    gz[gz_len - 6] ^= 1; /* the checksum: all bytes came by then */
    fails(gz, gz_len, text, "damaged gzip data");
    gz[gz_len - 6] ^= 1;
    tail = eco_test_join(gz, gz_len, "garbage after it", 16);
    fails(tail, gz_len + 16, text, "damaged gzip data");
    free(tail);
    gz[3] = (char)0xff; /* flags that no gzip has */
    fails(gz, gz_len, text, "damaged gzip data");
    tail = eco_test_join(zst, zst_len, "garbage after it", 16);
    fails(tail, zst_len + 16, text, "damaged zstd data");
    free(tail);
    zst[4] = (char)0xff;
    fails(zst, zst_len, text, "damaged zstd data");
    free(gz);
    free(zst);
    free(text);
}

static void files_are_read_and_measured(void **state)
{
    char *text = sample(LEN), *out;
    size_t gz_len, n;
    char *gz = eco_test_gzip(text, LEN, &gz_len);
    const char *path = in_dir("plain-name");
    struct eco_stream *s;
    struct eco_err err = { 0 };

    (void)state;
    eco_test_write_file(path, gz, gz_len);
    assert_int_equal(eco_stream_open(path, &s, &err), 0);
    assert_int_equal(eco_stream_size(s), gz_len);
    assert_int_equal(read_all(s, 5000, &out, &n, &err), 0);
    assert_int_equal(n, LEN);
    assert_memory_equal(out, text, LEN);
    assert_int_equal(eco_stream_consumed(s), gz_len);
    eco_stream_close(s);
    unlink(path);
    free(out);
    free(gz);
    free(text);
}

struct drip {
    const char *path, *bytes;
    size_t len;
};

static void *drip(void *arg)
{
    struct drip *d = arg;
    int fd = open(d->path, O_WRONLY);

    for (size_t i = 0; i < d->len; i++)
        if (write(fd, d->bytes + i, 1) != 1)
            break;
    close(fd);
    return NULL;
}

/* A pipe gives what it has, perhaps less than a magic number at first. */
static void a_pipe_is_read_byte_by_byte(void **state)
{
    char *text = sample(3000), *out;
    size_t gz_len, n;
    char *gz = eco_test_gzip(text, 3000, &gz_len);
    const char *path = in_dir("pipe");
    struct drip d = { path, gz, gz_len };
    struct eco_stream *s;
    struct eco_err err = { 0 };
    pthread_t thread;

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pthread_create(&thread, NULL, drip, &d), 0);
    assert_int_equal(eco_stream_open(path, &s, &err), 0);
    assert_int_equal(eco_stream_size(s), 0);
    assert_int_equal(read_all(s, 100, &out, &n, &err), 0);
    assert_int_equal(n, 3000);
    assert_memory_equal(out, text, 3000);
    pthread_join(thread, NULL);
    eco_stream_close(s);
    unlink(path);
    free(out);
    free(gz);
    free(text);
}

static void standard_input_stays_open(void **state)
{
    int saved = dup(STDIN_FILENO), fd;
    const char *path = in_dir("in");
    struct eco_stream *s;
    struct eco_err err = { 0 };
    char *out;
    size_t n;

    (void)state;
    eco_test_write_file(path, "hello", 5);
    fd = open(path, O_RDONLY);
    dup2(fd, STDIN_FILENO);
    close(fd);
    assert_int_equal(eco_stream_open("-", &s, &err), 0);
    assert_int_equal(read_all(s, 10, &out, &n, &err), 0);
    assert_int_equal(n, 5);
    eco_stream_close(s);
    assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
    unlink(path);
    free(out);
}

static void what_cannot_be_read_is_named(void **state)
{
    struct eco_stream *s = (void *)1;
    struct eco_err err = { 0 };

    (void)state;
    assert_int_equal(eco_stream_open(in_dir("missing"), &s, &err), ECO_EIO);
    assert_null(s);
    assert_non_null(strstr(err.msg, "missing: No such file"));
    err = (struct eco_err){ 0 };
    assert_int_equal(eco_stream_open(dir, &s, &err), ECO_EINVAL);
    assert_non_null(strstr(err.msg, "is a directory"));
    eco_stream_close(NULL);
}

static void survives_every_allocation_failure(void **state)
{
    struct eco_stream *s;
    long k = 0;
    int rc;

    (void)state;
    eco_test_write_file(in_dir("x"), "abc", 3);
    for (int file = 0; file < 2; file++) {
        k = 0;
        do {
            struct eco_err err = { 0 };

            assert_true(k < 20);
            eco_test_fail_alloc_after(k++);
            rc = file ? eco_stream_open(in_dir("x"), &s, &err)
                      : eco_stream_open_bytes("abc", 3, &s, &err);
            eco_test_fail_alloc_after(-1);
            assert_true(rc == 0 || rc == ECO_ENOMEM);
            assert_int_equal(err.code, rc);
            assert_true((rc == 0) == (s != NULL));
            eco_stream_close(s);
            assert_int_equal(eco_test_live_blocks(), 0);
        } while (rc);
    }
    unlink(in_dir("x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes_come_as_they_are),
        cmocka_unit_test(gzip_and_zstd_are_known_by_content),
        cmocka_unit_test(an_empty_file_in_any_packing_is_empty),
        cmocka_unit_test(members_and_frames_follow_each_other),
        cmocka_unit_test(zeros_unpack),
        cmocka_unit_test(a_cut_off_file_gives_its_bytes_and_an_error),
        cmocka_unit_test(damage_is_an_error),
        cmocka_unit_test(files_are_read_and_measured),
        cmocka_unit_test(a_pipe_is_read_byte_by_byte),
        cmocka_unit_test(standard_input_stays_open),
        cmocka_unit_test(what_cannot_be_read_is_named),
        cmocka_unit_test(survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
