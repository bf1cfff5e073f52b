/* SPDX-License-Identifier: MIT */
#include "serve/files.h"

#include <assert.h>

#include "base/alloc.h"
#include "serve/reply.h"

struct eco_files {
    struct MHD_Response *(*response)[ECO_ENCODINGS]; /* per asset */
};

static struct eco_str form_of(const struct eco_asset *a,
                              enum eco_encoding encoding)
{
    switch (encoding) {
    case ECO_GZIP:
        return a->gzip;
    case ECO_BR:
        return a->br;
    case ECO_ZSTD:
        return a->zstd;
    case ECO_IDENTITY:
        break;
    }
    return a->identity;
}

unsigned eco_files_forms(const struct eco_asset *asset)
{
    unsigned forms = 1u << ECO_IDENTITY;

    for (int i = ECO_GZIP; i < ECO_ENCODINGS; i++)
        if (form_of(asset, (enum eco_encoding)i).len)
            forms |= 1u << i;
    return forms;
}

struct eco_str eco_files_tag(const struct eco_asset *asset)
{
    struct eco_str tag = eco_str_from_c(asset->etag);

    assert(tag.len > 2);
    return (struct eco_str){ tag.ptr + 1, tag.len - 2 };
}

static struct MHD_Response *make(const struct eco_asset *a,
                                 enum eco_encoding encoding)
{
    char etag[ECO_ETAG_BYTES];
    struct eco_reply reply = {
        .type = a->type,
        .etag = etag,
        .cache = a->immutable ? ECO_CACHE_IMMUTABLE : ECO_CACHE_REVALIDATE,
        .encoding = encoding,
        .varies = eco_files_forms(a) != 1u << ECO_IDENTITY,
    };

    eco_etag_format(eco_files_tag(a), encoding, etag);
    return eco_reply_static(&reply, form_of(a, encoding));
}

int eco_files_new(struct eco_files **out, struct eco_err *err)
{
    struct eco_files *f = eco_calloc(1, sizeof(*f));

    *out = NULL;
    if (f)
        f->response = eco_calloc(eco_assets_count, sizeof(*f->response));
    if (!f || !f->response)
        goto failed;
    for (size_t i = 0; i < eco_assets_count; i++)
        for (int e = 0; e < ECO_ENCODINGS; e++) {
            if (!(eco_files_forms(&eco_assets[i]) & 1u << e))
                continue;
            f->response[i][e] = make(&eco_assets[i], (enum eco_encoding)e);
            if (!f->response[i][e])
                goto failed;
        }
    *out = f;
    return 0;
failed:
    eco_files_free(f);
    return eco_fail(err, ECO_ENOMEM, "no memory for %zu files",
                    eco_assets_count);
}

void eco_files_free(struct eco_files *f)
{
    if (!f)
        return;
    for (size_t i = 0; f->response && i < eco_assets_count; i++)
        for (int e = 0; e < ECO_ENCODINGS; e++)
            if (f->response[i][e])
                MHD_destroy_response(f->response[i][e]);
    eco_free(f->response);
    eco_free(f);
}

const struct eco_asset *eco_files_find(struct eco_str path)
{
    size_t lo = 0, hi = eco_assets_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = eco_str_cmp(eco_str_from_c(eco_assets[mid].path), path);

        if (!c)
            return &eco_assets[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

struct MHD_Response *eco_files_response(const struct eco_files *f,
                                        const struct eco_asset *asset,
                                        enum eco_encoding encoding,
                                        uint64_t *bytes)
{
    *bytes = form_of(asset, encoding).len;
    return f->response[asset - eco_assets][encoding];
}
