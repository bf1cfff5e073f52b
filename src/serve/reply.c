/* SPDX-License-Identifier: MIT */
#include "serve/reply.h"

#include "base/alloc.h"

static const char *const fixed[][2] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src "
      "'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
      "form-action 'none'; frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy",
      "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
      "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
      "payment=(), usb=()" },
};

static const char *policy_text(enum eco_cache_policy policy)
{
    switch (policy) {
    case ECO_CACHE_NEVER:
        return "no-store";
    case ECO_CACHE_REVALIDATE:
        return "no-cache";
    case ECO_CACHE_DAY:
        return "public, max-age=86400";
    case ECO_CACHE_IMMUTABLE:
        return "public, max-age=31536000, immutable";
    }
    return "no-store";
}

static bool add(struct MHD_Response *r, const char *name, const char *value)
{
    return !value || MHD_add_response_header(r, name, value) == MHD_YES;
}

static bool add_headers(struct MHD_Response *r, const struct eco_reply *reply)
{
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
        if (!add(r, fixed[i][0], fixed[i][1]))
            return false;
    return add(r, "Content-Type", reply->type) &&
           add(r, "Cache-Control", policy_text(reply->cache)) &&
           add(r, "ETag", reply->etag) && add(r, "Allow", reply->allow) &&
           add(r, "Retry-After", reply->retry_after) &&
           add(r, "Vary", reply->varies ? "Accept-Encoding" : NULL) &&
           add(r, "Content-Encoding",
               reply->encoding == ECO_IDENTITY
                   ? NULL
                   : eco_encoding_name(reply->encoding)) &&
           add(r, "Connection", reply->must_close ? "close" : NULL);
}

/* Headers or nothing: a response without its policy is not sent. */
static struct MHD_Response *finish(struct MHD_Response *r,
                                   const struct eco_reply *reply)
{
    if (r && !add_headers(r, reply)) {
        MHD_destroy_response(r);
        return NULL;
    }
    return r;
}

struct MHD_Response *eco_reply_static(const struct eco_reply *reply,
                                      struct eco_str body)
{
    /* the library only reads a persistent body */
    void *bytes = (void *)(uintptr_t)body.ptr;

    return finish(MHD_create_response_from_buffer(body.len, bytes,
                                                  MHD_RESPMEM_PERSISTENT),
                  reply);
}

struct MHD_Response *eco_reply_take(const struct eco_reply *reply,
                                    struct eco_buf *body)
{
    size_t len = body->len;
    char *bytes = eco_buf_take(body);
    struct MHD_Response *r;

    if (!bytes)
        return eco_reply_static(reply, ECO_STR(""));
    r = MHD_create_response_from_buffer_with_free_callback(len, bytes,
                                                           eco_free);
    if (!r)
        eco_free(bytes);
    return finish(r, reply);
}
