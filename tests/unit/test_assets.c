/* SPDX-License-Identifier: MIT */
#define ZLIB_CONST /* zlib only reads its input */
#include "eco_test.h"

#include <brotli/decode.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "serve/assets.h"

static const struct eco_asset *asset(const char *path)
{
    for (size_t i = 0; i < eco_assets_count; i++)
        if (!strcmp(eco_assets[i].path, path))
            return &eco_assets[i];
    return NULL;
}

static void gunzip(struct eco_str packed, char *dst, size_t *len)
{
    z_stream z = { .next_in = (const Bytef *)packed.ptr,
                   .avail_in = (uInt)packed.len,
                   .next_out = (Bytef *)dst,
                   .avail_out = (uInt)*len };

    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    *len = z.total_out;
    inflateEnd(&z);
}

/* Every packed form is there only if it saves 5%, and unpacks to the file. */
static void check_packed(const struct eco_asset *a, struct eco_str packed,
                         char *dst, size_t len)
{
    assert_true(packed.len * 20 <= a->identity.len * 19);
    assert_int_equal(len, a->identity.len);
    assert_memory_equal(dst, a->identity.ptr, len);
    memset(dst, 0, len);
}

static void assets_unpack_to_the_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < eco_assets_count; i++) {
        const struct eco_asset *a = &eco_assets[i];
        size_t room = a->identity.len + 1, len;
        char *dst = malloc(room);

        assert_non_null(dst);
        if (a->gzip.len) {
            len = room;
            gunzip(a->gzip, dst, &len);
            check_packed(a, a->gzip, dst, len);
        }
        if (a->br.len) {
            len = room;
            assert_int_equal(BrotliDecoderDecompress(a->br.len,
                                                     (const uint8_t *)a->br.ptr,
                                                     &len, (uint8_t *)dst),
                             BROTLI_DECODER_RESULT_SUCCESS);
            check_packed(a, a->br, dst, len);
        }
        if (a->zstd.len) {
            len = ZSTD_decompress(dst, room, a->zstd.ptr, a->zstd.len);
            assert_false(ZSTD_isError(len));
            check_packed(a, a->zstd, dst, len);
        }
        free(dst);
    }
}

static void assets_are_sorted_and_typed(void **state)
{
    (void)state;
    for (size_t i = 0; i < eco_assets_count; i++) {
        const struct eco_asset *a = &eco_assets[i];

        assert_int_equal(a->path[0], '/');
        assert_true(i == 0 || strcmp(eco_assets[i - 1].path, a->path) < 0);
        assert_non_null(strchr(a->type, '/'));
        assert_true(strlen(a->etag) > 10);
        assert_int_equal(a->etag[0], '"');
        assert_int_equal(a->etag[strlen(a->etag) - 1], '"');
        assert_int_equal(a->immutable, !strncmp(a->path, "/assets/", 8));
    }
}

static void assets_hold_page_and_api_description(void **state)
{
    const struct eco_asset *page = asset("/index.html");
    const struct eco_asset *api = asset("/api/v1/openapi.json");

    (void)state;
    assert_non_null(page);
    assert_true(eco_str_starts_with(page->identity, "<!"));
    assert_string_equal(page->type, "text/html; charset=utf-8");
    assert_true(page->gzip.len && page->br.len && page->zstd.len);
    assert_non_null(api);
    assert_true(eco_str_starts_with(api->identity, "{\"openapi\":\"3.1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assets_unpack_to_the_file),
        cmocka_unit_test(assets_are_sorted_and_typed),
        cmocka_unit_test(assets_hold_page_and_api_description),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
