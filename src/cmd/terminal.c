/* SPDX-License-Identifier: MIT */
#include "cmd/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

const char *eco_grouped(int64_t n, char dst[ECO_GROUPED_BYTES])
{
    char digits[24];
    size_t len, out = 0;

    if (n < 0) {
        snprintf(dst, ECO_GROUPED_BYTES, "-");
        return dst;
    }
    len = (size_t)snprintf(digits, sizeof(digits), "%" PRId64, n);
    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0)
            dst[out++] = ',';
        dst[out++] = digits[i];
    }
    dst[out] = '\0';
    return dst;
}

void eco_print_frame(const struct eco_snap *s)
{
    char day[ECO_DAY_TEXT_BYTES], n[ECO_GROUPED_BYTES];
    const char *kind = eco_data_kind_name((enum eco_data_kind)s->meta->data);

    printf("As of %s, of %s models%s%s%s\n\n",
           eco_day_format(s->meta->as_of_day, day),
           eco_grouped(s->meta->n_ranked, n),
           s->meta->data == ECO_DATA_HUB ? "" : " (",
           s->meta->data == ECO_DATA_HUB ? "" : kind,
           s->meta->data == ECO_DATA_HUB ? "" : " data)");
}

void eco_print_text(struct eco_str s)
{
    while (s.len) {
        int step = eco_str_character(s);
        unsigned char c = (unsigned char)s.ptr[0];
        /* C1 controls are two bytes: 0xc2 0x80 to 0xc2 0x9f */
        bool is_control = step < 0 || c < 0x20 || c == 0x7f ||
                          (c == 0xc2 && (unsigned char)s.ptr[1] < 0xa0);

        if (is_control)
            putchar('?');
        else
            fwrite(s.ptr, 1, (size_t)step, stdout);
        s = eco_str_skip(s, (size_t)abs(step));
    }
}

bool eco_terminal_is_utf8(void)
{
    static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);

        if (value && value[0]) /* the first one that is set decides */
            return strcasestr(value, "utf-8") || strcasestr(value, "utf8");
    }
    return false;
}

bool eco_terminal_has_colours(void)
{
    const char *term = getenv("TERM"), *off = getenv("NO_COLOR");

    return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0 &&
           !(off && off[0]);
}

int eco_print_json(struct eco_buf *b, struct eco_err *err)
{
    int rc = eco_buf_check(b, "the answer", err);

    if (!rc) {
        fwrite(b->ptr, 1, b->len, stdout);
        putchar('\n');
    }
    return rc;
}
