/* SPDX-License-Identifier: MIT */
#include "record/language.h"

#include <string.h>

#include "base/limits.h"
#include "record/read.h"

/* Where a code belongs in a sorted list; *there when it is in it. */
static uint32_t place(const struct eco_language_list *list, struct eco_str code,
                      bool *there)
{
    uint32_t low = 0, high = list->n;

    *there = false;
    while (low < high && !*there) {
        uint32_t at = low + (high - low) / 2;
        int c = eco_str_cmp(code, list->at[at]);

        *there = !c;
        if (c <= 0)
            high = at;
        else
            low = at + 1;
    }
    return high;
}

static void add(struct eco_reading *r, struct eco_language_list *list,
                struct eco_str code)
{
    struct eco_str *at;
    bool there;
    uint32_t i = place(list, code, &there);

    if (there)
        return;
    if (list->n >= ECO_MAX_LANGUAGES) {
        eco_read_ignore(r);
        return;
    }
    at = eco_read_grown(r, list->at, list->n, sizeof(*at));
    if (!at)
        return;
    memmove(at + i + 1, at + i, (list->n - i) * sizeof(*at));
    at[i] = code;
    list->at = at;
    list->n++;
}

void eco_read_language_tag(struct eco_reading *r, struct eco_str tag)
{
    struct eco_str code;

    if (eco_language_of_tag(tag, &code))
        add(r, &r->rec->u.model.tag_languages, code);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word of *s, which is cut off it; empty at the end. */
static struct eco_str next_word(struct eco_str *s)
{
    struct eco_str trimmed = eco_str_trim(*s);
    size_t n = 0;

    while (n < trimmed.len && !is_blank(trimmed.ptr[n]))
        n++;
    *s = eco_str_skip(trimmed, n);
    return (struct eco_str){ trimmed.ptr, n };
}

/* Text without commas: "en fr" names two languages, "no idea" none. */
static void add_words(struct eco_reading *r, struct eco_str text)
{
    struct eco_str left = text, word, code;

    while ((word = next_word(&left)).len)
        if (!eco_language_of_word(word, &code))
            return;
    while ((word = next_word(&text)).len)
        if (eco_language_of_word(word, &code))
            add(r, &r->rec->u.model.card_languages, code);
}

static void add_card_value(struct eco_reading *r, const struct eco_json *v)
{
    struct eco_str text = eco_json_str(v);

    if (eco_json_type(v) != ECO_JSON_STRING)
        eco_read_ignore(r);
    while (text.len) {
        size_t comma = eco_str_find(text, ',');

        add_words(r, (struct eco_str){ text.ptr, comma });
        text = eco_str_skip(text, comma + 1);
    }
}

void eco_read_card_languages(struct eco_reading *r, const struct eco_json *v)
{
    size_t n = eco_json_len(v);

    if (v && eco_json_type(v) != ECO_JSON_ARRAY)
        add_card_value(r, v);
    for (size_t i = 0; i < n; i++)
        add_card_value(r, eco_json_at(v, i));
}

const struct eco_language_list *
eco_model_languages(const struct eco_model_record *m)
{
    return m->card_languages.n ? &m->card_languages : &m->tag_languages;
}

int eco_language_join(const struct eco_language_list *list,
                      struct eco_arena *arena, struct eco_str *out,
                      struct eco_err *err)
{
    size_t len = 0;
    char *text;

    *out = (struct eco_str){ 0 };
    if (!list->n)
        return 0;
    for (uint32_t i = 0; i < list->n; i++)
        len += list->at[i].len + 1;
    text = eco_arena_calloc(arena, len, 1);
    if (!text)
        return eco_fail(err, ECO_ENOMEM, "no memory for %u languages", list->n);
    *out = (struct eco_str){ text, len - 1 };
    for (uint32_t i = 0; i < list->n; i++) {
        memcpy(text, list->at[i].ptr, list->at[i].len);
        text += list->at[i].len;
        *text++ = ',';
    }
    return 0;
}
