/* SPDX-License-Identifier: MIT */
#include "cmd/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

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

int eco_print_json(struct eco_buf *b, struct eco_err *err)
{
    int rc = eco_buf_check(b, "the answer", err);

    if (!rc) {
        fwrite(b->ptr, 1, b->len, stdout);
        putchar('\n');
    }
    return rc;
}
