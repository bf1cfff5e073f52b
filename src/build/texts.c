/* SPDX-License-Identifier: MIT */
#include "build/texts.h"

#include <string.h>
#include <xxhash.h>

#include "base/alloc.h"
#include "base/limits.h"

#define FIRST_ROOM 256

static int no_memory(const struct eco_texts *t, struct eco_err *err)
{
    return eco_fail(err, ECO_ENOMEM, "no memory for %u texts", t->n + 1);
}

int eco_texts_init(struct eco_texts *t, bool indexed, bool fold,
                   struct eco_err *err)
{
    *t = (struct eco_texts){ .fold = fold, .off_room = FIRST_ROOM };
    t->off = eco_calloc(t->off_room, sizeof(*t->off));
    if (indexed) {
        t->index_room = FIRST_ROOM * 2;
        t->index = eco_calloc(t->index_room, sizeof(*t->index));
    }
    if (!t->off || (indexed && !t->index)) {
        eco_texts_release(t);
        return no_memory(t, err);
    }
    return 0;
}

void eco_texts_release(struct eco_texts *t)
{
    eco_free(t->off);
    eco_free(t->text);
    eco_free(t->index);
    *t = (struct eco_texts){ 0 };
}

struct eco_str eco_texts_at(const struct eco_texts *t, uint32_t i)
{
    return (struct eco_str){ t->text + t->off[i],
                             (size_t)(t->off[i + 1] - t->off[i]) };
}

static uint64_t hash_of(const struct eco_texts *t, struct eco_str s)
{
    char lower[ECO_MAX_ID_BYTES];

    if (!t->fold || s.len > sizeof(lower))
        return XXH3_64bits(s.ptr ? s.ptr : "", s.len);
    eco_str_lower(lower, s);
    return XXH3_64bits(lower, s.len);
}

/* The index slot of s, or the empty one where it belongs. */
static size_t slot_of(const struct eco_texts *t, struct eco_str s)
{
    size_t mask = t->index_room - 1;
    size_t at = (size_t)hash_of(t, s) & mask;

    while (t->index[at]) {
        struct eco_str other = eco_texts_at(t, t->index[at] - 1);

        if (t->fold ? !eco_str_cmp_nocase(s, other) : eco_str_eq(s, other))
            break;
        at = (at + 1) & mask;
    }
    return at;
}

static int grow_index(struct eco_texts *t, struct eco_err *err)
{
    uint32_t *old = t->index;

    if ((size_t)t->n * 2 < t->index_room)
        return 0;
    t->index = eco_calloc(t->index_room * 2, sizeof(*t->index));
    if (!t->index) {
        t->index = old;
        return no_memory(t, err);
    }
    t->index_room *= 2;
    eco_free(old);
    for (uint32_t i = 0; i < t->n; i++) {
        size_t slot = slot_of(t, eco_texts_at(t, i));

        if (!t->index[slot])
            t->index[slot] = i + 1;
    }
    return 0;
}

static int reserve(struct eco_texts *t, size_t len, struct eco_err *err)
{
    size_t need = (size_t)t->off[t->n] + len;

    if (t->n >= ECO_MAX_NODES)
        return eco_fail(err, ECO_ELIMIT, "more than %u texts", ECO_MAX_NODES);
    if ((size_t)t->n + 2 > t->off_room) {
        uint64_t *grown =
            eco_realloc_array(t->off, t->off_room * 2, sizeof(*grown));

        if (!grown)
            return no_memory(t, err);
        t->off = grown;
        t->off_room *= 2;
    }
    if (need > t->text_room || !t->text) {
        size_t room = t->text_room * 2 > need ? t->text_room * 2 : need + 4096;
        char *grown = eco_realloc_array(t->text, room, 1);

        if (!grown)
            return no_memory(t, err);
        t->text = grown;
        t->text_room = room;
    }
    return 0;
}

int eco_texts_append(struct eco_texts *t, struct eco_str s, struct eco_err *err)
{
    int rc = reserve(t, s.len, err);

    if (!rc && t->index)
        rc = grow_index(t, err);
    if (rc)
        return rc;
    if (t->index) {
        size_t slot = slot_of(t, s);

        if (!t->index[slot])
            t->index[slot] = t->n + 1;
    }
    if (s.len)
        memcpy(t->text + t->off[t->n], s.ptr, s.len);
    t->off[t->n + 1] = t->off[t->n] + s.len;
    t->n++;
    return 0;
}

bool eco_texts_find(const struct eco_texts *t, struct eco_str s,
                    uint32_t *number)
{
    uint32_t hit = t->index[slot_of(t, s)];

    *number = hit ? hit - 1 : 0;
    return hit != 0;
}

int eco_texts_number(struct eco_texts *t, struct eco_str s, uint32_t *number,
                     struct eco_err *err)
{
    if (eco_texts_find(t, s, number))
        return 0;
    *number = t->n;
    return eco_texts_append(t, s, err);
}
