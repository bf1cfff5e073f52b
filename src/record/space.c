/* SPDX-License-Identifier: MIT */
#include "record/read.h"

#include "base/clock.h"
#include "base/limits.h"
#include "record/hubid.h"

static bool has_model(const struct eco_space_record *s, struct eco_str id)
{
    for (uint32_t i = 0; i < s->n_models; i++)
        if (!eco_str_cmp_nocase(s->models[i], id))
            return true;
    return false;
}

static void read_models(struct eco_reading *r, const struct eco_json *v)
{
    struct eco_space_record *s = &r->rec->u.space;
    size_t n = eco_json_len(v);

    if (n > ECO_MAX_SPACE_MODELS) {
        r->rec->ignored += (uint32_t)(n - ECO_MAX_SPACE_MODELS);
        n = ECO_MAX_SPACE_MODELS;
    }
    s->models = eco_arena_calloc(r->arena, n, sizeof(*s->models));
    if (!s->models) {
        r->failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct eco_str id =
            eco_hubid_normalise(eco_json_str(eco_json_at(v, i)));

        if (!eco_hubid_is_full(id) && !eco_hubid_is_name(id))
            r->rec->ignored++;
        else if (!has_model(s, id) &&
                 !eco_arena_str(r->arena, id, &s->models[s->n_models++]))
            r->failed = true;
    }
}

int eco_read_space(struct eco_reading *r, struct eco_err *err)
{
    struct eco_space_record *s = &r->rec->u.space;
    const struct eco_json *v;

    (void)err;
    *s = (struct eco_space_record){ .created_ms = ECO_TIME_UNKNOWN,
                                    .likes = -1 };
    if (eco_read_time(r, "createdAt", &s->created_ms))
        r->rec->fields |= ECO_FIELD_BIT(ECO_F_SPACE_CREATED);
    if (eco_read_count(r, "likes", &s->likes))
        r->rec->fields |= ECO_FIELD_BIT(ECO_F_SPACE_LIKES);
    if (!eco_json_member(r->row, "models", &v))
        return 0;
    if (v && eco_json_type(v) != ECO_JSON_ARRAY) {
        eco_read_ignore(r);
        return 0;
    }
    r->rec->fields |= ECO_FIELD_BIT(ECO_F_SPACE_MODELS);
    read_models(r, v);
    return 0;
}
