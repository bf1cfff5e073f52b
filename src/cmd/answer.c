/* SPDX-License-Identifier: MIT */
#include "cmd/answer.h"

#include "api/api.h"
#include "cmd/terminal.h"

int eco_print_answer(const struct eco_query_index *ix, struct eco_str path,
                     struct eco_str query, struct eco_err *err)
{
    struct eco_api api = { ix, ECO_VERSION };
    struct eco_api_request request = { ECO_STR("GET"), path, query };
    struct eco_api_response response;
    struct eco_api_call call;
    int rc;

    eco_api_prepare(&api, &request, &call);
    rc = eco_api_answer(&call, &response, err);
    if (!rc && response.status != 200)
        rc = eco_fail(err, ECO_EINVAL, "%.*s: answered with status %d",
                      (int)path.len, path.ptr, response.status);
    if (!rc)
        rc = eco_print_json(&response.body, err);
    eco_api_response_release(&response);
    return rc;
}
