/* SPDX-License-Identifier: MIT */
#include "api/problem.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json/writer.h"

static const struct {
    const char *name;
    int status;
    const char *title;
} codes[ECO_PROBLEM_CODES] = {
    [ECO_PROBLEM_NONE] = { "none", 200, "OK" },
    [ECO_PROBLEM_BAD_PARAMETER] = { "bad_parameter", 400, "Bad Request" },
    [ECO_PROBLEM_UNKNOWN_PARAMETER] = { "unknown_parameter", 400,
                                        "Bad Request" },
    [ECO_PROBLEM_LIMIT_EXCEEDED] = { "limit_exceeded", 400, "Bad Request" },
    [ECO_PROBLEM_BAD_PATH] = { "bad_path", 400, "Bad Request" },
    [ECO_PROBLEM_NOT_FOUND] = { "not_found", 404, "Not Found" },
    [ECO_PROBLEM_METHOD_NOT_ALLOWED] = { "method_not_allowed", 405,
                                         "Method Not Allowed" },
    [ECO_PROBLEM_URI_TOO_LONG] = { "uri_too_long", 414, "URI Too Long" },
    [ECO_PROBLEM_BODY_TOO_LARGE] = { "body_too_large", 413,
                                     "Content Too Large" },
    [ECO_PROBLEM_INTERNAL] = { "internal", 500, "Internal Server Error" },
    [ECO_PROBLEM_UNAVAILABLE] = { "unavailable", 503, "Service Unavailable" },
};

int eco_problem_set(struct eco_problem *p, enum eco_problem_code code,
                    struct eco_str parameter, const char *fmt, ...)
{
    size_t n = parameter.len;
    va_list ap;

    if (p->code)
        return ECO_EINVAL;
    p->code = code;
    if (n >= sizeof(p->parameter))
        n = sizeof(p->parameter) - 1;
    if (n)
        memcpy(p->parameter, parameter.ptr, n);
    p->parameter[n] = '\0';
    va_start(ap, fmt);
    vsnprintf(p->detail, sizeof(p->detail), fmt, ap);
    va_end(ap);
    return ECO_EINVAL;
}

const char *eco_problem_name(enum eco_problem_code code)
{
    return codes[code].name;
}

int eco_problem_status(enum eco_problem_code code)
{
    return codes[code].status;
}

const char *eco_problem_title(enum eco_problem_code code)
{
    return codes[code].title;
}

void eco_problem_write(const struct eco_problem *p, struct eco_buf *out)
{
    struct eco_json_writer w;

    assert(p->code);
    eco_json_writer_init(&w, out);
    eco_json_begin_object(&w);
    eco_json_key(&w, "type");
    eco_json_put_c(&w, "about:blank");
    eco_json_key(&w, "title");
    eco_json_put_c(&w, codes[p->code].title);
    eco_json_key(&w, "status");
    eco_json_put_i64(&w, codes[p->code].status);
    eco_json_key(&w, "code");
    eco_json_put_c(&w, codes[p->code].name);
    eco_json_key(&w, "detail");
    eco_json_put_c(&w, p->detail);
    if (p->parameter[0]) {
        eco_json_key(&w, "parameter");
        eco_json_put_c(&w, p->parameter);
    }
    eco_json_end_object(&w);
}
