/* SPDX-License-Identifier: MIT */
#include "record/record.h"

int eco_told_cmp(const struct eco_told *a, const struct eco_told *b)
{
    int c;

    if (a->day != b->day)
        return a->day > b->day ? 1 : -1;
    if (a->modified_ms != b->modified_ms)
        return a->modified_ms > b->modified_ms ? 1 : -1;
    c = eco_str_cmp(b->id, a->id);
    return c ? c : eco_str_cmp(a->text, b->text);
}

static void take_model(struct eco_model_record *to,
                       const struct eco_model_record *from, int field)
{
    switch ((enum eco_model_field)field) {
    case ECO_F_HUB_ID:
        to->hub_id = from->hub_id;
        break;
    case ECO_F_CREATED:
        to->created_ms = from->created_ms;
        break;
    case ECO_F_MODIFIED:
        to->modified_ms = from->modified_ms;
        break;
    case ECO_F_LIKES:
        to->likes = from->likes;
        break;
    case ECO_F_DOWNLOADS:
        to->downloads = from->downloads;
        break;
    case ECO_F_DOWNLOADS_ALL:
        to->downloads_all = from->downloads_all;
        break;
    case ECO_F_TASK:
        to->task = from->task;
        break;
    case ECO_F_LIBRARY:
        to->library = from->library;
        break;
    case ECO_F_GATED:
        to->gated = from->gated;
        break;
    case ECO_F_DISABLED:
        to->disabled = from->disabled;
        break;
    case ECO_F_SAFETENSORS:
        to->safetensors = from->safetensors;
        break;
    case ECO_F_GGUF:
        to->gguf = from->gguf;
        to->has_gguf = from->has_gguf;
        break;
    case ECO_F_STORAGE:
        to->storage = from->storage;
        break;
    case ECO_F_TAGS:
        to->tag_hints = from->tag_hints;
        to->tag_licence = from->tag_licence;
        to->tag_languages = from->tag_languages;
        to->bases[ECO_BASES_TYPED_TAGS] = from->bases[ECO_BASES_TYPED_TAGS];
        to->bases[ECO_BASES_BARE_TAGS] = from->bases[ECO_BASES_BARE_TAGS];
        break;
    case ECO_F_BASE_MODELS:
        to->bases[ECO_BASES_MODELS] = from->bases[ECO_BASES_MODELS];
        break;
    case ECO_F_CARD:
        to->card_licence = from->card_licence;
        to->card_languages = from->card_languages;
        to->bases[ECO_BASES_CARD] = from->bases[ECO_BASES_CARD];
        break;
    case ECO_F_FILES:
        to->file_hints = from->file_hints;
        break;
    }
}

static void take_author(struct eco_author_record *to,
                        const struct eco_author_record *from, int field)
{
    switch ((enum eco_author_field)field) {
    case ECO_F_AUTHOR_TYPE:
        to->type = from->type;
        break;
    case ECO_F_AUTHOR_NATURE:
        to->nature = from->nature;
        break;
    case ECO_F_AUTHOR_FULL_NAME:
        to->full_name = from->full_name;
        break;
    case ECO_F_AUTHOR_AVATAR:
        to->avatar_url = from->avatar_url;
        break;
    case ECO_F_AUTHOR_WEBSITE:
        to->website = from->website;
        break;
    case ECO_F_AUTHOR_GITHUB:
        to->github = from->github;
        break;
    }
}

static void take_space(struct eco_space_record *to,
                       const struct eco_space_record *from, int field)
{
    switch ((enum eco_space_field)field) {
    case ECO_F_SPACE_CREATED:
        to->created_ms = from->created_ms;
        break;
    case ECO_F_SPACE_LIKES:
        to->likes = from->likes;
        break;
    case ECO_F_SPACE_MODELS:
        to->models = from->models;
        to->n_models = from->n_models;
        break;
    }
}

static void take(struct eco_record *to, const struct eco_record *from,
                 int field)
{
    if (to->kind == ECO_RECORD_MODEL)
        take_model(&to->u.model, &from->u.model, field);
    else if (to->kind == ECO_RECORD_AUTHOR)
        take_author(&to->u.author, &from->u.author, field);
    else
        take_space(&to->u.space, &from->u.space, field);
}

uint32_t eco_record_news(const struct eco_record *const *rows, size_t i)
{
    uint32_t before = 0;

    for (size_t k = 0; k < i; k++)
        before |= rows[k]->fields;
    return rows[i]->fields & ~before;
}

void eco_record_merge(const struct eco_record *const *rows, size_t n,
                      struct eco_record *out)
{
    *out = *rows[0];
    for (size_t i = 1; i < n; i++) {
        uint32_t news = eco_record_news(rows, i);

        out->fields |= news;
        for (; news; news &= news - 1)
            take(out, rows[i], __builtin_ctz(news));
    }
}
