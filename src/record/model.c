/* SPDX-License-Identifier: MIT */
#include "record/read.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"

static void tell(struct eco_reading *r, enum eco_model_field field, bool told)
{
    if (told)
        r->rec->fields |= ECO_FIELD_BIT(field);
}

/* false, "auto" or "manual"; true is taken for "auto". */
static bool read_gated(struct eco_reading *r, uint8_t *out)
{
    const struct eco_json *v;
    struct eco_str s;

    if (!eco_json_member(r->row, "gated", &v))
        return false;
    s = eco_json_str(v);
    if (!v)
        *out = 0;
    else if (eco_json_type(v) == ECO_JSON_BOOL)
        *out = eco_json_bool(v) ? 2 : 1;
    else if (eco_str_is(s, "auto"))
        *out = 2;
    else if (eco_str_is(s, "manual"))
        *out = 3;
    else if (s.len || eco_json_type(v) != ECO_JSON_STRING) {
        r->rec->ignored++;
        return false;
    }
    return true;
}

static bool read_disabled(struct eco_reading *r, bool *out)
{
    const struct eco_json *v;

    if (!eco_json_member(r->row, "disabled", &v))
        return false;
    if (v && eco_json_type(v) != ECO_JSON_BOOL) {
        r->rec->ignored++;
        return false;
    }
    *out = eco_json_bool(v);
    return true;
}

/* {"total": n, ...}: the number of parameters of a weights format. */
static bool read_weights(struct eco_reading *r, const char *key, int64_t *total,
                         bool *has)
{
    struct eco_reading inner = *r;
    const struct eco_json *v;

    if (!eco_json_member(r->row, key, &v))
        return false;
    if (v && eco_json_type(v) != ECO_JSON_OBJECT) {
        r->rec->ignored++;
        return false;
    }
    *has = v != NULL;
    inner.row = v;
    *total = -1;
    if (v)
        (void)eco_read_count(&inner, "total", total);
    return true;
}

/* A list-like member that `read` understands. */
static void
read_list(struct eco_reading *r, const char *key, enum eco_model_field field,
          bool (*read)(struct eco_reading *, const struct eco_json *))
{
    const struct eco_json *v;

    if (eco_json_member(r->row, key, &v))
        tell(r, field, !v || read(r, v));
}

/* The Hub's _id: hexadecimal digits, and nothing else tells models apart. */
static bool read_hub_id(struct eco_reading *r, struct eco_str *out)
{
    if (!eco_read_text(r, "_id", out))
        return false;
    for (size_t i = 0; i < out->len; i++) {
        char c = eco_lower(out->ptr[i]);

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            *out = (struct eco_str){ 0 };
            return eco_read_ignore(r);
        }
    }
    return true;
}

int eco_read_model(struct eco_reading *r, struct eco_err *err)
{
    struct eco_model_record *m = &r->rec->u.model;
    bool ignored_has;

    (void)err;
    *m = (struct eco_model_record){ .created_ms = ECO_TIME_UNKNOWN,
                                    .modified_ms = ECO_TIME_UNKNOWN,
                                    .likes = -1,
                                    .downloads = -1,
                                    .downloads_all = -1,
                                    .safetensors = -1,
                                    .gguf = -1,
                                    .storage = -1 };
    tell(r, ECO_F_HUB_ID, read_hub_id(r, &m->hub_id));
    tell(r, ECO_F_CREATED, eco_read_time(r, "createdAt", &m->created_ms));
    tell(r, ECO_F_MODIFIED, eco_read_time(r, "lastModified", &m->modified_ms));
    tell(r, ECO_F_LIKES, eco_read_count(r, "likes", &m->likes));
    tell(r, ECO_F_DOWNLOADS, eco_read_count(r, "downloads", &m->downloads));
    tell(r, ECO_F_DOWNLOADS_ALL,
         eco_read_count(r, "downloadsAllTime", &m->downloads_all));
    tell(r, ECO_F_TASK, eco_read_value(r, "pipeline_tag", &m->task));
    tell(r, ECO_F_LIBRARY, eco_read_value(r, "library_name", &m->library));
    tell(r, ECO_F_GATED, read_gated(r, &m->gated));
    tell(r, ECO_F_DISABLED, read_disabled(r, &m->disabled));
    tell(r, ECO_F_SAFETENSORS,
         read_weights(r, "safetensors", &m->safetensors, &ignored_has));
    tell(r, ECO_F_GGUF, read_weights(r, "gguf", &m->gguf, &m->has_gguf));
    tell(r, ECO_F_STORAGE, eco_read_count(r, "usedStorage", &m->storage));
    read_list(r, "tags", ECO_F_TAGS, eco_read_tags);
    read_list(r, "baseModels", ECO_F_BASE_MODELS, eco_read_base_models);
    read_list(r, "cardData", ECO_F_CARD, eco_read_card);
    read_list(r, "siblings", ECO_F_FILES, eco_read_files);
    return 0;
}

struct eco_str eco_model_licence(const struct eco_model_record *m)
{
    return m->card_licence.len ? m->card_licence : m->tag_licence;
}

int64_t eco_model_parameters(const struct eco_model_record *m)
{
    return m->safetensors >= 0 ? m->safetensors : m->gguf;
}
