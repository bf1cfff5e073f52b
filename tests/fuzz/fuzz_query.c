/* SPDX-License-Identifier: MIT */
/*
 * fuzz_query - any bytes as the target of a request, up to the answer
 *
 * The hub behind it is the same for every input; it is made once.
 */
#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "sample_input.h"
#include "serve/negotiate.h"
#include "serve/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct eco_query_index *make_index(void)
{
    struct eco_sample *sample = eco_sample_new(&eco_sample_hub);
    struct eco_query_index *index = NULL;
    struct eco_snap *snap = NULL;
    size_t len = 0;
    uint8_t *bytes = eco_sample_bytes(&sample->in, &len); /* kept */

    eco_sample_free(sample);
    if (!bytes || eco_snap_open_bytes("hub", bytes, len, &snap, NULL) ||
        eco_query_index_new(snap, &index, NULL))
        abort();
    eco_snap_unref(snap);
    return index;
}

/* The same bytes as a header, which ends with its first zero byte. */
static void read_header(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    enum eco_encoding encoding;

    if (!text)
        return;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    eco_negotiate_encoding(text, 0xf);
    eco_etag_find(text, ECO_STR("abc"), &encoding);
    free(text);
}

/* Every answer is text in UTF-8, but the one that is not text. */
static bool is_sound(const struct eco_api_response *r)
{
    struct eco_str body = eco_buf_view(&r->body);

    if (!strcmp(r->type, eco_api_network_format_type(ECO_NETWORK_BINARY)))
        return eco_str_starts_with(body, "ECONET1");
    return eco_str_is_utf8(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct eco_query_index *index;
    struct eco_str target = { (const char *)data, size };
    size_t end = eco_str_find(target, '?');
    struct eco_api api = { NULL, "0" };
    struct eco_api_request request = { ECO_STR("GET"),
                                       { target.ptr, end },
                                       eco_str_skip(target, end + 1) };
    struct eco_api_response response;
    struct eco_api_call call;

    if (!index)
        index = make_index();
    api.index = index;
    eco_api_prepare(&api, &request, &call);
    if (eco_api_answer(&call, &response, NULL) || !is_sound(&response))
        abort();
    eco_api_response_release(&response);
    eco_page_exists(request.path);
    read_header(data, size);
    return 0;
}
