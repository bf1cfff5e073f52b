/* SPDX-License-Identifier: MIT */
#include "json/json.h"

#include <json-c/json.h>

#include "base/alloc.h"
#include "base/limits.h"

/* struct eco_json is never defined: a pointer to it is json-c's pointer. */
static json_object *from(const struct eco_json *v)
{
    return (json_object *)(uintptr_t)v;
}

static struct eco_json *to(json_object *v)
{
    return (struct eco_json *)(void *)v;
}

struct eco_json_reader {
    json_tokener *tokener;
};

int eco_json_reader_new(struct eco_json_reader **out, struct eco_err *err)
{
    struct eco_json_reader *r = eco_calloc(1, sizeof(*r));

    *out = NULL;
    if (r)
        r->tokener = json_tokener_new_ex(ECO_MAX_JSON_DEPTH);
    if (!r || !r->tokener) {
        eco_free(r);
        return eco_fail(err, ECO_ENOMEM, "no memory for a JSON reader");
    }
    json_tokener_set_flags(r->tokener, JSON_TOKENER_STRICT);
    *out = r;
    return 0;
}

void eco_json_reader_free(struct eco_json_reader *r)
{
    if (!r)
        return;
    json_tokener_free(r->tokener);
    eco_free(r);
}

static int parse_error(struct eco_json_reader *r, enum json_tokener_error e,
                       struct eco_err *err)
{
    size_t at = json_tokener_get_parse_end(r->tokener);

    if (e == json_tokener_continue)
        return eco_fail(err, ECO_EFORMAT, "JSON ends too early");
    if (e == json_tokener_error_depth)
        return eco_fail(err, ECO_ELIMIT, "JSON nested deeper than %d",
                        ECO_MAX_JSON_DEPTH);
    return eco_fail(err, ECO_EFORMAT, "not JSON: %s at byte %zu",
                    json_tokener_error_desc(e), at);
}

int eco_json_parse(struct eco_json_reader *r, struct eco_str text,
                   struct eco_json **out, struct eco_err *err)
{
    enum json_tokener_error e;
    json_object *v;
    size_t end;

    *out = NULL;
    text = eco_str_trim(text);
    if (text.len > ECO_MAX_ROW_BYTES)
        return eco_fail(err, ECO_ELIMIT, "JSON of %zu bytes, at most %u",
                        text.len, ECO_MAX_ROW_BYTES);
    /* json-c's own check lets overlong forms and halves of pairs pass. */
    if (!eco_str_is_utf8(text))
        return eco_fail(err, ECO_EFORMAT, "not JSON: bytes that are not UTF-8");
    json_tokener_reset(r->tokener);
    v = json_tokener_parse_ex(r->tokener, text.ptr ? text.ptr : "",
                              (int)text.len);
    e = json_tokener_get_error(r->tokener);
    if (e == json_tokener_continue && text.len) {
        /* A bare number or null only ends with the text. */
        v = json_tokener_parse_ex(r->tokener, "", -1);
        e = json_tokener_get_error(r->tokener);
        if (e == json_tokener_success) {
            *out = to(v);
            return 0;
        }
        e = json_tokener_continue;
    }
    if (e != json_tokener_success) {
        json_object_put(v);
        return parse_error(r, e, err);
    }
    end = json_tokener_get_parse_end(r->tokener);
    if (end < text.len) {
        json_object_put(v);
        return eco_fail(err, ECO_EFORMAT,
                        "not JSON: more text after the value at byte %zu", end);
    }
    *out = to(v);
    return 0;
}

void eco_json_free(struct eco_json *root)
{
    json_object_put(from(root));
}

enum eco_json_type eco_json_type(const struct eco_json *v)
{
    switch (json_object_get_type(from(v))) {
    case json_type_boolean:
        return ECO_JSON_BOOL;
    case json_type_double:
        return ECO_JSON_FLOAT;
    case json_type_int:
        return ECO_JSON_INT;
    case json_type_object:
        return ECO_JSON_OBJECT;
    case json_type_array:
        return ECO_JSON_ARRAY;
    case json_type_string:
        return ECO_JSON_STRING;
    case json_type_null:
    default:
        return ECO_JSON_NULL;
    }
}

bool eco_json_bool(const struct eco_json *v)
{
    return eco_json_type(v) == ECO_JSON_BOOL &&
           json_object_get_boolean(from(v));
}

int64_t eco_json_int(const struct eco_json *v)
{
    return json_object_get_int64(from(v));
}

double eco_json_float(const struct eco_json *v)
{
    return json_object_get_double(from(v));
}

struct eco_str eco_json_str(const struct eco_json *v)
{
    if (eco_json_type(v) != ECO_JSON_STRING)
        return (struct eco_str){ 0 };
    return (struct eco_str){ json_object_get_string(from(v)),
                             (size_t)json_object_get_string_len(from(v)) };
}

size_t eco_json_len(const struct eco_json *v)
{
    if (eco_json_type(v) != ECO_JSON_ARRAY)
        return 0;
    return json_object_array_length(from(v));
}

const struct eco_json *eco_json_at(const struct eco_json *v, size_t i)
{
    return to(json_object_array_get_idx(from(v), i));
}

bool eco_json_member(const struct eco_json *object, const char *key,
                     const struct eco_json **v)
{
    json_object *member = NULL;

    *v = NULL;
    if (eco_json_type(object) != ECO_JSON_OBJECT ||
        !json_object_object_get_ex(from(object), key, &member))
        return false;
    *v = to(member);
    return true;
}

const struct eco_json *eco_json_get(const struct eco_json *v, const char *key)
{
    const struct eco_json *member;

    (void)eco_json_member(v, key, &member);
    return member;
}

bool eco_json_next(const struct eco_json *object, struct eco_json_iter *it)
{
    const struct lh_entry *e = it->entry;

    if (!it->begun) {
        if (eco_json_type(object) != ECO_JSON_OBJECT)
            return false;
        e = json_object_get_object(from(object))->head;
        it->begun = true;
    } else {
        e = e->next;
    }
    it->entry = e;
    if (!e)
        return false;
    it->key = eco_str_from_c(lh_entry_k(e));
    it->value = to((json_object *)(uintptr_t)lh_entry_v(e));
    return true;
}

const char *eco_json_text(const struct eco_json *v)
{
    return json_object_to_json_string_ext(
        from(v), JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}
