/* SPDX-License-Identifier: MIT */
#include "eco_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "random_hub.h"
#include "serve/compress.h"
#include "serve/current.h"
#include "serve/http.h"
#include "serve/listen.h"
#include "serve/metrics.h"
#include "serve/page.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- encodings ------------------------------------------------------------------- */

#define ALL 0xfu
#define NO_ZSTD (ALL & ~(1u << ECO_ZSTD))

static const struct {
    const char *accept;
    unsigned offered;
    enum eco_encoding wanted;
} accepts[] = {
    { NULL, ALL, ECO_IDENTITY },
    { "", ALL, ECO_IDENTITY },
    { "gzip", ALL, ECO_GZIP },
    { "GZip", ALL, ECO_GZIP },
    { "gzip, deflate, br, zstd", ALL, ECO_ZSTD },
    { "gzip, deflate, br, zstd", NO_ZSTD, ECO_BR },
    { "zstd;q=0.5, br;q=0.9, gzip", ALL, ECO_GZIP },
    { "zstd;q=0.5,br;q=0.9,gzip;q=0.9", ALL, ECO_BR },
    { "br ; q=0.001", ALL, ECO_BR },
    { "br;q=0", ALL, ECO_IDENTITY },
    { "br;q=0, *", ALL, ECO_ZSTD },
    { "*", NO_ZSTD, ECO_BR },
    { "*;q=0", ALL, ECO_IDENTITY },
    { "identity", ALL, ECO_IDENTITY },
    { "identity, gzip;q=0.5", ALL, ECO_IDENTITY },
    { "identity;q=0.5, gzip", ALL, ECO_GZIP },
    { "identity;q=1, gzip;q=1", ALL, ECO_GZIP },
    { "identity;q=0", ALL, ECO_IDENTITY }, /* better that than nothing */
    { "gzip;q=2", ALL, ECO_IDENTITY },
    { "gzip;q=x", ALL, ECO_IDENTITY },
    { "gzip;q=", ALL, ECO_IDENTITY },
    { "gzip;level=9;q=0.3", ALL, ECO_GZIP },
    { ",,;;,gzip,", ALL, ECO_GZIP },
    { "gzipp, xbr", ALL, ECO_IDENTITY },
    { "br", 1u << ECO_IDENTITY, ECO_IDENTITY },
};

static void encodings_follow_the_weights(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(accepts); i++)
        if (eco_negotiate_encoding(accepts[i].accept, accepts[i].offered) !=
            accepts[i].wanted)
            fail_msg("accept %zu: %s", i, accepts[i].accept);
}

/* --- entity tags --------------------------------------------------------------------- */

static const struct {
    const char *header;
    enum eco_etag_match match;
    enum eco_encoding encoding;
} tags[] = {
    { NULL, ECO_ETAG_NONE, ECO_IDENTITY },
    { "", ECO_ETAG_NONE, ECO_IDENTITY },
    { "*", ECO_ETAG_ANY, ECO_IDENTITY },
    { " * ", ECO_ETAG_ANY, ECO_IDENTITY },
    { "\"abc\"", ECO_ETAG_MATCH, ECO_IDENTITY },
    { "W/\"abc\"", ECO_ETAG_MATCH, ECO_IDENTITY },
    { "\"abc-br\"", ECO_ETAG_MATCH, ECO_BR },
    { "\"x\", \"y,z\" ,W/\"abc-zstd\"", ECO_ETAG_MATCH, ECO_ZSTD },
    { "\"abcd\"", ECO_ETAG_NONE, ECO_IDENTITY },
    { "\"ab\"", ECO_ETAG_NONE, ECO_IDENTITY },
    { "abc", ECO_ETAG_NONE, ECO_IDENTITY },
    { "\"abc", ECO_ETAG_NONE, ECO_IDENTITY },
    { "\"", ECO_ETAG_NONE, ECO_IDENTITY },
    { "W/", ECO_ETAG_NONE, ECO_IDENTITY },
    { "\"abc-deflate\"", ECO_ETAG_NONE, ECO_IDENTITY },
    { "w/\"abc\"", ECO_ETAG_NONE, ECO_IDENTITY },
};

static void tags_are_found_in_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(tags); i++) {
        enum eco_encoding encoding = ECO_IDENTITY;

        if (eco_etag_find(tags[i].header, ECO_STR("abc"), &encoding) !=
                tags[i].match ||
            encoding != tags[i].encoding)
            fail_msg("tag %zu: %s", i, tags[i].header);
    }
}

/* --- pages ------------------------------------------------------------------------------- */

static const char *const pages[] = {
    "/",
    "/models",
    "/models/",
    "/models/gpt2",
    "/models/a/b",
    "/models/a/b/",
    "/models/a%2Db/c.d_e",
    "/models/%E6%A8%A1",
    "/networks",
    "/networks/",
    "/dashboard",
    "/dashboard/",
    "/authors/a",
    "/authors/a/",
    "/authors/a%2Db_c",
};
static const char *const no_pages[] = {
    "",
    "//",
    "/x",
    "/Models",
    "/models//",
    "/models//b",
    "/models/a/b/c",
    "/models/a%2fb",
    "/models/a,b",
    "/models/a/%",
    "/models/%ff",
    "/modelsx",
    "/models/a//",
    "/models/a%00",
    "/networks//",
    "/networks/a",
    "/network",
    "/dashboard//",
    "/dashboard/a",
    "/authors",
    "/authors/",
    "/authors//",
    "/authors/a/b",
    "/authors/a//",
    "/authors/a%2fb",
    "/authors/a,b",
    "/authors/%",
};

static void pages_are_those_of_the_front_end(void **state)
{
    char path[256];

    (void)state;
    for (size_t i = 0; i < COUNT(pages); i++)
        if (!eco_page_exists(eco_str_from_c(pages[i])))
            fail_msg("%s is a page", pages[i]);
    for (size_t i = 0; i < COUNT(no_pages); i++)
        if (eco_page_exists(eco_str_from_c(no_pages[i])))
            fail_msg("%s is no page", no_pages[i]);
    snprintf(path, sizeof(path), "/models/%096d", 0);
    assert_true(eco_page_exists(eco_str_from_c(path)));
    snprintf(path, sizeof(path), "/models/%097d", 0);
    assert_false(eco_page_exists(eco_str_from_c(path)));
}

/* --- compression --------------------------------------------------------------------------- */

static size_t unpack(enum eco_encoding encoding, struct eco_str in, char *dst,
                     size_t room)
{
    z_stream z = { 0 };
    size_t n = room;

    if (encoding == ECO_ZSTD)
        return ZSTD_decompress(dst, room, in.ptr, in.len);
    if (encoding == ECO_BR)
        return BrotliDecoderDecompress(in.len, (const uint8_t *)in.ptr, &n,
                                       (uint8_t *)dst) ==
                       BROTLI_DECODER_RESULT_SUCCESS
                   ? n
                   : 0;
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (z_const Bytef *)(uintptr_t)in.ptr;
    z.avail_in = (uInt)in.len;
    z.next_out = (Bytef *)dst;
    z.avail_out = (uInt)room;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    n = room - z.avail_out;
    inflateEnd(&z);
    return n;
}

#define BODY_BYTES 70000

/* `noise` of 100 bytes are random. */
static void fill(char *body, unsigned noise)
{
    uint32_t x = 12345;

    for (size_t i = 0; i < BODY_BYTES; i++) {
        x = x * 1664525 + 1013904223;
        body[i] = (char)(x >> 8);
        if (x >> 16 & 0xff && (x >> 16) % 100 >= noise)
            body[i] = (char)('a' + i % 7);
    }
}

static void what_is_packed_can_be_unpacked(void **state)
{
    static char body[BODY_BYTES], back[BODY_BYTES + 1];

    (void)state;
    for (unsigned noise = 0; noise <= 100; noise += 50)
        for (int e = ECO_GZIP; e < ECO_ENCODINGS; e++)
            for (size_t len = 1; len <= BODY_BYTES; len = len * 8 + 1) {
                struct eco_buf out;

                fill(body, noise);
                eco_buf_init(&out, 1 << 20);
                assert_int_equal(eco_compress((enum eco_encoding)e,
                                              (struct eco_str){ body, len },
                                              &out, NULL),
                                 0);
                assert_int_equal(unpack((enum eco_encoding)e,
                                        eco_buf_view(&out), back, sizeof(back)),
                                 len);
                assert_memory_equal(body, back, len);
                eco_buf_release(&out);
            }
}

/* --- addresses -------------------------------------------------------------------------------- */

static const char *const bad_addresses[] = {
    "",
    "8080",
    "localhost",
    "::1:8080",
    "[::1]",
    "[::1:80",
    "1.2.3.4:",
    ":8080",
    "1.2.3.4:http",
    "[]:80",
    "1.2.3.4:80x",
    "[::1]x:80",
    "1.2.3.4:999999",
};

static void bad_addresses_are_refused(void **state)
{
    char bound[ECO_LISTEN_TEXT_BYTES];

    (void)state;
    for (size_t i = 0; i < COUNT(bad_addresses); i++) {
        struct eco_err err = { 0 };
        int fd;

        if (eco_listen(bad_addresses[i], &fd, bound, &err) != ECO_EINVAL)
            fail_msg("%s is accepted", bad_addresses[i]);
        assert_int_equal(fd, -1);
        assert_true(err.msg[0] != '\0');
    }
}

static void the_bound_address_is_told(void **state)
{
    char bound[ECO_LISTEN_TEXT_BYTES], again[ECO_LISTEN_TEXT_BYTES];
    struct eco_err err = { 0 };
    int fd, other;

    (void)state;
    if (eco_listen("127.0.0.1:0", &fd, bound, &err))
        fail_msg("%s", err.msg);
    assert_memory_equal(bound, "127.0.0.1:", 10);
    assert_true(atoi(bound + 10) > 0);
    assert_int_equal(eco_listen(bound, &other, again, &err), ECO_EIO);
    assert_non_null(strstr(err.msg, bound));
    close(fd);
}

/* --- the file that is served -------------------------------------------------------------------- */

static void build(const char *path, uint32_t n, uint32_t seed)
{
    struct eco_err err = { 0 };
    struct random_hub hub;

    assert_true(random_hub_init(&hub, n, seed));
    if (eco_build_assemble(&hub.in, path, NULL, &err))
        fail_msg("%s", err.msg);
    random_hub_release(&hub);
}

static void a_new_file_takes_over_and_a_bad_one_does_not(void **state)
{
    char path[] = "/tmp/ecoviz-serve-XXXXXX";
    struct eco_current current;
    struct eco_served *old, *now;
    struct eco_err err = { 0 };
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    build(path, 50, 1);
    if (eco_current_init(&current, path, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(eco_current_check(&current, &err), 0);
    old = eco_current_get(&current);
    build(path, 80, 2);
    assert_int_equal(eco_current_check(&current, &err), 1);
    assert_int_equal(eco_current_check(&current, &err), 0);
    now = eco_current_get(&current);
    assert_int_equal(old->index->n, 50); /* still there for who holds it */
    assert_int_equal(now->index->n, 80);
    eco_served_put(old);
    eco_served_put(now);

    assert_int_equal(unlink(path), 0);
    assert_true(eco_current_check(&current, &err) < 0);
    assert_true(err.msg[0] != '\0');
    memset(&err, 0, sizeof(err));
    assert_int_equal(eco_current_check(&current, &err), 0); /* told once */
    now = eco_current_get(&current);
    assert_int_equal(now->index->n, 80);
    eco_served_put(now);
    eco_current_release(&current);
    close(fd);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- counters --------------------------------------------------------------------------------------- */

static void counters_are_told(void **state)
{
    static struct eco_metrics m; /* atomics start at zero */
    struct eco_metrics_snapshot s = { 20000, 7, 100, 160, "1.2.3" };
    struct eco_buf out;

    (void)state;
    eco_metrics_count(&m, ECO_ROUTE_MODELS, 200, 1000, 2000000);
    eco_metrics_count(&m, ECO_ROUTE_MODELS, 200, 500, 20000000000);
    eco_metrics_count(&m, ECO_SERVE_PAGE, 418, 1, 1);
    eco_buf_init(&out, 1 << 18);
    eco_metrics_write(&m, &s, &out);
    assert_int_equal(out.failed, 0);
    assert_non_null(strstr(out.ptr, "ecoviz_http_requests_total{route=\"/api/"
                                    "v1/models\",status=\"200\"} 2\n"));
    assert_non_null(strstr(out.ptr, "{route=\"page\",status=\"other\"} 1\n"));
    assert_non_null(strstr(out.ptr, "_bytes_total{route=\"/api/v1/models\"} "
                                    "1500\n"));
    assert_non_null(strstr(out.ptr, "_bucket{route=\"/api/v1/models\",le="
                                    "\"0.001\"} 0\n"));
    assert_non_null(strstr(out.ptr, "_bucket{route=\"/api/v1/models\",le="
                                    "\"0.0025\"} 1\n"));
    assert_non_null(strstr(out.ptr, "_bucket{route=\"/api/v1/models\",le="
                                    "\"+Inf\"} 2\n"));
    assert_non_null(strstr(out.ptr, "ecoviz_snapshot_age_seconds 60\n"));
    assert_non_null(strstr(out.ptr, "ecoviz_snapshot_models 7\n"));
    eco_buf_release(&out);
}

/* --- large answers -------------------------------------------------------------------------------------- */

#define LARGE                                                                  \
    "GET /api/v1/networks?top=1000&format=gexf HTTP/1.1\r\nHost: x\r\n"        \
    "Connection: close\r\n\r\n"

/* Ask and read to the end: bytes read, of which `dst` holds the first ones. */
static size_t fetch(const char *bound, char *dst, size_t size)
{
    struct sockaddr_in to = { .sin_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char rest[4096];
    size_t total = 0;
    ssize_t n;

    to.sin_port = htons((uint16_t)atoi(strchr(bound, ':') + 1));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(write(fd, LARGE, sizeof(LARGE) - 1), sizeof(LARGE) - 1);
    while ((n = read(fd, rest, sizeof(rest))) > 0) {
        size_t room = total < size - 1 ? size - 1 - total : 0;
        size_t kept = (size_t)n < room ? (size_t)n : room;

        memcpy(dst + (total < size ? total : 0), rest, kept);
        total += (size_t)n;
    }
    dst[total < size ? total : size - 1] = '\0';
    close(fd);
    return total;
}

static void too_many_large_answers_are_put_off(void **state)
{
    static struct eco_metrics m; /* atomics start at zero */
    const struct eco_serve_opts opts = { .version = "1", .threads = 1 };
    char path[] = "/tmp/ecoviz-serve-XXXXXX", bound[ECO_LISTEN_TEXT_BYTES];
    struct eco_current current;
    struct eco_err err = { 0 };
    struct eco_http *http;
    char head[4096];
    int listening, fd = mkstemp(path);

    (void)state;
    build(path, 3000, 5);
    if (eco_current_init(&current, path, &err) ||
        eco_listen("127.0.0.1:0", &listening, bound, &err) ||
        eco_http_start(&opts, &current, &m, listening, &http, &err))
        fail_msg("%s", err.msg);

    atomic_store(&m.large_bytes, ECO_MAX_HTTP_BYTES_IN_FLIGHT - 1000);
    assert_true(fetch(bound, head, sizeof(head)) < sizeof(head));
    assert_non_null(strstr(head, "HTTP/1.1 503 "));
    assert_non_null(strstr(head, "\r\nRetry-After: 1\r\n"));
    assert_non_null(strstr(head, "\"code\":\"unavailable\""));

    atomic_store(&m.large_bytes, 0);
    assert_true(fetch(bound, head, sizeof(head)) > ECO_HTTP_LARGE_ANSWER_BYTES);
    assert_non_null(strstr(head, "HTTP/1.1 200 "));
    assert_null(strstr(head, "Retry-After"));

    eco_http_stop(http); /* after every request has ended */
    assert_int_equal(atomic_load(&m.large_bytes), 0);
    eco_current_release(&current);
    close(fd);
    unlink(path);
    assert_int_equal(eco_test_live_blocks(), 0);
}

/* --- a heap that fails ------------------------------------------------------------------------------- */

static void opening_survives_every_allocation_failure(void **state)
{
    char path[] = "/tmp/ecoviz-serve-XXXXXX";
    struct eco_current current;
    long k = 0;
    int rc, fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    build(path, 40, 4);
    do {
        struct eco_err err = { 0 };

        assert_true(k < 60);
        eco_test_fail_alloc_after(k++);
        rc = eco_current_init(&current, path, &err);
        assert_true(rc == ECO_OK || rc == ECO_ENOMEM);
        eco_current_release(&current);
        assert_int_equal(eco_test_live_blocks(), 0);
    } while (rc);
    eco_test_fail_alloc_after(-1);
    assert_true(k > 5);
    close(fd);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_follow_the_weights),
        cmocka_unit_test(tags_are_found_in_lists),
        cmocka_unit_test(pages_are_those_of_the_front_end),
        cmocka_unit_test(what_is_packed_can_be_unpacked),
        cmocka_unit_test(bad_addresses_are_refused),
        cmocka_unit_test(the_bound_address_is_told),
        cmocka_unit_test(a_new_file_takes_over_and_a_bad_one_does_not),
        cmocka_unit_test(counters_are_told),
        cmocka_unit_test(too_many_large_answers_are_put_off),
        cmocka_unit_test(opening_survives_every_allocation_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
