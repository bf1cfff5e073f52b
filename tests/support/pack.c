/* SPDX-License-Identifier: MIT */
#include "support/pack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

static void *must(void *ptr)
{
    if (!ptr) {
        fprintf(stderr, "tests/support/pack: failed\n");
        abort();
    }
    return ptr;
}

char *eco_test_gzip(const void *bytes, size_t len, size_t *packed_len)
{
    z_stream z = { 0 };
    char *out;

    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        must(NULL);
    *packed_len = deflateBound(&z, len) + 32;
    out = must(malloc(*packed_len));
    z.next_in = (Bytef *)(uintptr_t)bytes;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)*packed_len;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        must(NULL);
    *packed_len = z.total_out;
    deflateEnd(&z);
    return out;
}

char *eco_test_zstd(const void *bytes, size_t len, size_t *packed_len)
{
    size_t room = ZSTD_compressBound(len);
    char *out = must(malloc(room));

    *packed_len = ZSTD_compress(out, room, bytes, len, 3);
    if (ZSTD_isError(*packed_len))
        must(NULL);
    return out;
}

char *eco_test_join(const void *a, size_t a_len, const void *b, size_t b_len)
{
    char *out = must(malloc(a_len + b_len ? a_len + b_len : 1));

    if (a_len)
        memcpy(out, a, a_len);
    if (b_len)
        memcpy(out + a_len, b, b_len);
    return out;
}

void eco_test_write_file(const char *path, const void *bytes, size_t len)
{
    FILE *f = must(fopen(path, "wb"));

    if (len && fwrite(bytes, 1, len, f) != len)
        must(NULL);
    if (fclose(f))
        must(NULL);
}
