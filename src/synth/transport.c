/* SPDX-License-Identifier: MIT */
#include "synth/transport.h"

#include <assert.h>

static uint64_t put_of_class(const struct eco_transport *t, unsigned class_)
{
    uint64_t n = 0;

    for (unsigned r = 0; r < t->regions; r++)
        n += t->count[class_][r];
    return n;
}

static uint64_t put_in_region(const struct eco_transport *t, unsigned region)
{
    uint64_t n = 0;

    for (unsigned c = 0; c < t->classes; c++)
        n += t->count[c][region];
    return n;
}

uint64_t eco_transport_put(struct eco_transport *t, unsigned class_,
                           unsigned region, uint64_t want, uint64_t most)
{
    uint64_t left = t->size[class_] - put_of_class(t, class_);
    uint64_t used = put_in_region(t, region);
    uint64_t free_ = most > used ? most - used : 0;

    want = want > left ? left : want;
    want = want > free_ ? free_ : want;
    t->count[class_][region] += want;
    return want;
}

void eco_transport_seal(struct eco_transport *t, uint64_t key)
{
    for (unsigned r = 0; r < t->regions; r++) {
        uint64_t n = t->first[r + 1] - t->first[r];

        t->count[0][r] += n - put_in_region(t, r);
        eco_perm_init(&t->of_region[r], n, eco_numbers_hash(key, 1, r));
    }
    for (unsigned c = 0; c < t->classes; c++) {
        assert(put_of_class(t, c) == t->size[c]);
        eco_perm_init(&t->of_class[c], t->size[c], eco_numbers_hash(key, 2, c));
    }
}

uint64_t eco_transport_at(const struct eco_transport *t, unsigned class_,
                          uint64_t member)
{
    uint64_t at = eco_perm_at(&t->of_class[class_], member);
    unsigned r = 0;

    while (at >= t->count[class_][r])
        at -= t->count[class_][r++];
    for (unsigned c = 0; c < class_; c++)
        at += t->count[c][r];
    return t->first[r] + eco_perm_at(&t->of_region[r], at);
}

void eco_transport_find(const struct eco_transport *t, uint64_t number,
                        unsigned *class_, uint64_t *member)
{
    unsigned r = 0, c = 0;
    uint64_t at;

    while (number >= t->first[r + 1])
        r++;
    at = eco_perm_find(&t->of_region[r], number - t->first[r]);
    for (; at >= t->count[c][r]; c++)
        at -= t->count[c][r];
    for (unsigned before = 0; before < r; before++)
        at += t->count[c][before];
    *class_ = c;
    *member = eco_perm_find(&t->of_class[c], at);
}
