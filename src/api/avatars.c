/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include "api/avatar.h"

#define CELL ECO_AVATAR_CELL
#define CELLS_PER_ROW 8

static const char begin[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" ";

/* --- getAvatar --------------------------------------------------------------- */

int eco_api_avatar_parse(struct eco_api_call *call, const struct eco_str *seg,
                         const struct eco_params *params)
{
    static const char *const names[] = { NULL };
    int rc = eco_params_allow(params, names, &call->problem);

    /* a model whose id has no owner has an author without a name */
    if (!rc)
        rc = eco_api_read_name(call, seg[0], true);
    if (rc)
        return rc;
    eco_str_lower(call->name, (struct eco_str){ call->name, call->name_len });
    eco_api_key_add(call, "/%.*s", (int)call->name_len, call->name);
    return 0;
}

int eco_api_avatar_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    eco_buf_append_c(body, begin);
    eco_buf_printf(body, "viewBox=\"0 0 %d %d\">", CELL, CELL);
    eco_avatar_put(body, (struct eco_str){ call->name, call->name_len });
    eco_buf_append_c(body, "</svg>");
    return eco_buf_check(body, "picture", err);
}

/* --- getAvatarSheet ------------------------------------------------------------ */

/* The names become the key, from where they are drawn: /one/two/three. */
int eco_api_sheet_parse(struct eco_api_call *call, const struct eco_str *seg,
                        const struct eco_params *params)
{
    static const char *const names[] = { "name", NULL };
    const struct eco_str name = ECO_STR("name");
    int rc = eco_params_allow(params, names, &call->problem);

    (void)seg;
    if (rc)
        return rc;
    if (!params->n)
        return eco_problem_set(&call->problem, ECO_PROBLEM_BAD_PARAMETER, name,
                               "name: at least one is needed");
    if (params->n > ECO_MAX_SHEET_AVATARS)
        return eco_problem_set(&call->problem, ECO_PROBLEM_LIMIT_EXCEEDED, name,
                               "name: more than %u", ECO_MAX_SHEET_AVATARS);
    call->text_begin = call->key_len;
    for (size_t i = 0; i < params->n; i++) {
        struct eco_str value = params->item[i].value;

        rc = eco_api_check_name(call, "name", value);
        if (rc)
            return rc;
        eco_api_key_add(call, "/%.*s", (int)value.len, value.ptr);
    }
    eco_str_lower(call->key + call->text_begin,
                  (struct eco_str){ call->key + call->text_begin,
                                    call->key_len - call->text_begin });
    return 0;
}

static unsigned count_names(struct eco_str names)
{
    unsigned n = 0;

    for (size_t i = 0; i < names.len; i++)
        n += names.ptr[i] == '/';
    return n;
}

int eco_api_sheet_answer(struct eco_api_call *call, struct eco_buf *body,
                         struct eco_err *err)
{
    struct eco_str rest = { call->key + call->text_begin,
                            call->key_len - call->text_begin };
    unsigned n = count_names(rest);
    unsigned width = CELL * (n < CELLS_PER_ROW ? n : CELLS_PER_ROW);
    unsigned height = CELL * ((n + CELLS_PER_ROW - 1) / CELLS_PER_ROW);

    eco_buf_append_c(body, begin);
    eco_buf_printf(body, "width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\">",
                   width, height, width, height);
    for (unsigned i = 0; i < n; i++) {
        struct eco_str name = eco_str_skip(rest, 1);

        name.len = eco_str_find(name, '/');
        rest = eco_str_skip(rest, name.len + 1);
        eco_buf_printf(body, "<g transform=\"translate(%u %u)\">",
                       i % CELLS_PER_ROW * CELL, i / CELLS_PER_ROW * CELL);
        eco_avatar_put(body, name);
        eco_buf_append_c(body, "</g>");
    }
    eco_buf_append_c(body, "</svg>");
    return eco_buf_check(body, "sheet of pictures", err);
}
