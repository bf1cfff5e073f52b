/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "snapshot/gram.h"
#include "snapshot/verify.h"
#include "support/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_grams(const struct eco_snap_grams *g)
{
    for (uint32_t i = 0; i < g->n && i < 1000; i++) {
        struct eco_gram_reader r;
        uint32_t numbers[64], last;
        size_t n;

        if (!eco_gram_open(g, i, &r, NULL) &&
            eco_gram_read(&r, numbers, 64, &n, NULL))
            eco_gram_range(g, g->key[i], ECO_GRAM_KEYS - 1, numbers, &last);
    }
}

/* What readers do without asking verify first. */
static void read_texts(const struct eco_snap *s)
{
    uint32_t found;

    for (uint32_t v = 0; v < s->meta->n_nodes && v < 100; v++)
        eco_snap_find(s, eco_snap_id(s, v), &found);
    for (uint32_t a = 0; a < s->meta->n_authors && a < 100; a++)
        eco_snap_find_author(s, eco_snap_author_name(s, a), &found);
    for (uint32_t e = 0; e < s->languages.n && e < 100; e++)
        eco_snap_dict_find(&s->languages, eco_snap_dict_text(&s->languages, e),
                           &found);
    for (uint32_t e = 0; e < s->tasks.n && e < 100; e++)
        eco_snap_dict_find(&s->tasks, eco_snap_dict_text(&s->tasks, e), &found);
    read_grams(&s->grams);
    read_grams(&s->author_grams);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct eco_snap_problems problems = { 0 };
    struct eco_snap *s;
    void *bytes;

    if (posix_memalign(&bytes, ECO_SNAP_ALIGN, size ? size : 1))
        return 0;
    memcpy(bytes, data, size);
    eco_test_seal(bytes, size); /* behind the checksums */
    if (!eco_snap_open_bytes("fuzz", bytes, size, &s, NULL)) {
        if (eco_snap_verify(s, &problems, NULL))
            abort();
        read_texts(s);
        eco_snap_unref(s);
    }
    free(bytes);
    return 0;
}
