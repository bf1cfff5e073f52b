/* SPDX-License-Identifier: MIT */
#include "api/internal.h"

#include <xxhash.h>

/*
 * The picture of an author: a disc in a colour that belongs to the name, with
 * one or two letters of it in white. 45% saturation and 30% lightness keep the
 * contrast with white above 5 for every hue (WCAG asks for 4.5).
 */
#define SATURATION 0.45
#define LIGHTNESS 0.30

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

static bool is_letter_or_digit(char c)
{
    c = eco_lower(c);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

/* The first letters of the first two parts, else the first two letters; "?"
 * for a name without any. */
static void initials(struct eco_str name, char out[3])
{
    char parts[2], letters[2];
    size_t n_parts = 0, n_letters = 0;

    for (size_t i = 0; i < name.len; i++) {
        bool is_new = !i || !is_letter_or_digit(name.ptr[i - 1]);

        if (!is_letter_or_digit(name.ptr[i]))
            continue;
        if (is_new && n_parts < 2)
            parts[n_parts++] = upper(name.ptr[i]);
        if (n_letters < 2)
            letters[n_letters++] = upper(name.ptr[i]);
    }
    for (size_t i = 0; i < n_letters; i++)
        out[i] = n_parts == 2 ? parts[i] : letters[i];
    if (!n_letters)
        out[n_letters++] = '?';
    out[n_letters] = '\0';
}

/* One channel of a colour given by hue (0 to 6), for a channel's own turn. */
static unsigned channel(double hue, double turn)
{
    double chroma = SATURATION * 2 * LIGHTNESS, low = LIGHTNESS - chroma / 2;
    double at = hue + turn;
    double up;

    if (at >= 6)
        at -= 6;
    up = at < 1 ? at : at < 3 ? 1 : at < 4 ? 4 - at : 0;
    return (unsigned)((low + chroma * up) * 255 + 0.5);
}

int eco_api_avatar_answer(struct eco_api_call *call, struct eco_buf *body,
                          struct eco_err *err)
{
    uint64_t hash = XXH3_64bits(call->name, call->name_len);
    double hue = (double)(hash % 360) / 60;
    char text[3];

    initials((struct eco_str){ call->name, call->name_len }, text);
    eco_buf_printf(body,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 "
                   "64\"><circle cx=\"32\" cy=\"32\" r=\"32\" "
                   "fill=\"#%02x%02x%02x\"/><text x=\"32\" y=\"41\" "
                   "font-family=\"sans-serif\" font-size=\"26\" "
                   "font-weight=\"600\" text-anchor=\"middle\" "
                   "fill=\"#fff\">%s</text></svg>",
                   channel(hue, 2), channel(hue, 0), channel(hue, 4), text);
    return eco_buf_check(body, "picture", err);
}
