/* SPDX-License-Identifier: MIT */
#include "api/avatar.h"

#include <xxhash.h>

#include "base/limits.h"

#define SATURATION 0.45
#define LIGHTNESS 0.30

/* One channel of a colour given by hue (0 to 6), for a channel's own turn. */
static uint32_t channel(double hue, double turn)
{
    double chroma = SATURATION * 2 * LIGHTNESS, low = LIGHTNESS - chroma / 2;
    double at = hue + turn;
    double up;

    if (at >= 6)
        at -= 6;
    up = at < 1 ? at : at < 3 ? 1 : at < 4 ? 4 - at : 0;
    return (uint32_t)((low + chroma * up) * 255 + 0.5);
}

uint32_t eco_avatar_colour(struct eco_str name)
{
    char lower[ECO_MAX_NAME_BYTES];
    double hue;

    if (name.len > sizeof(lower))
        name.len = sizeof(lower);
    eco_str_lower(lower, name);
    hue = (double)(XXH3_64bits(lower, name.len) % 360) / 60;
    return channel(hue, 2) << 16 | channel(hue, 0) << 8 | channel(hue, 4);
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

void eco_avatar_initials(struct eco_str name, char out[3])
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

void eco_avatar_put(struct eco_buf *out, struct eco_str name)
{
    char text[3];

    eco_avatar_initials(name, text);
    eco_buf_printf(out,
                   "<circle cx=\"32\" cy=\"32\" r=\"32\" fill=\"#%06x\"/>"
                   "<text x=\"32\" y=\"41\" font-family=\"sans-serif\" "
                   "font-size=\"26\" font-weight=\"600\" "
                   "text-anchor=\"middle\" fill=\"#fff\">%s</text>",
                   eco_avatar_colour(name), text);
}
