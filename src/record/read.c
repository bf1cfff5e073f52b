/* SPDX-License-Identifier: MIT */
#include "record/read.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/words.h"
#include "record/hubid.h"

/* Does a character begin at p (UTF-8, n bytes left) that would not be shown
 * but change what is: a control of C0 or C1, or an override of direction? */
static bool is_control(const char *p, size_t n)
{
    unsigned char a = (unsigned char)p[0];
    unsigned char b = n > 1 ? (unsigned char)p[1] : 0;
    unsigned char c = n > 2 ? (unsigned char)p[2] : 0;

    if (a < 0x20 || a == 0x7f)
        return true;
    if (a == 0xc2)
        return b < 0xa0;
    return a == 0xe2 && ((b == 0x80 && c >= 0xaa && c <= 0xae) ||
                         (b == 0x81 && c >= 0xa6 && c <= 0xa9));
}

bool eco_read_is_text(struct eco_str s)
{
    if (s.len > ECO_MAX_TEXT_BYTES)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (is_control(s.ptr + i, s.len - i))
            return false;
    return true;
}

bool eco_read_ignore(struct eco_reading *r)
{
    r->rec->ignored++;
    return false;
}

void *eco_read_grown(struct eco_reading *r, void *at, uint32_t n, size_t size)
{
    size_t room = n ? (size_t)n * 2 : 4;
    void *bigger;

    if (n && (n & (n - 1)))
        return at; /* not at a power of two: there is room */
    if (n && n < 4)
        return at;
    bigger = eco_arena_calloc(r->arena, room, size);
    if (!bigger) {
        r->failed = true;
        return NULL;
    }
    if (n)
        __builtin_memcpy(bigger, at, (size_t)n * size);
    return bigger;
}

bool eco_read_text(struct eco_reading *r, const char *key, struct eco_str *out)
{
    const struct eco_json *v;
    struct eco_str s;

    if (!eco_json_member(r->row, key, &v))
        return false;
    s = eco_json_str(v);
    if ((v && eco_json_type(v) != ECO_JSON_STRING) || !eco_read_is_text(s))
        return eco_read_ignore(r);
    if (!eco_arena_str(r->arena, s, out))
        r->failed = true;
    return true;
}

struct eco_str eco_read_value_of(struct eco_str text)
{
    return eco_word_is_reserved(text) ? (struct eco_str){ 0 } : text;
}

bool eco_read_value(struct eco_reading *r, const char *key, struct eco_str *out)
{
    if (!eco_read_text(r, key, out))
        return false;
    *out = eco_read_value_of(*out);
    return true;
}

bool eco_read_count(struct eco_reading *r, const char *key, int64_t *out)
{
    const struct eco_json *v;
    int64_t value = -1;

    if (!eco_json_member(r->row, key, &v))
        return false;
    if (v) {
        if (eco_json_type(v) != ECO_JSON_INT)
            return eco_read_ignore(r);
        value = eco_json_int(v);
        if (value < 0 || value > ECO_MAX_COUNT)
            return eco_read_ignore(r);
    }
    *out = value;
    return true;
}

bool eco_read_time(struct eco_reading *r, const char *key, int64_t *out)
{
    const struct eco_json *v;
    int64_t ms = ECO_TIME_UNKNOWN;

    if (!eco_json_member(r->row, key, &v))
        return false;
    if (v && !eco_time_parse(eco_json_str(v), &ms))
        return eco_read_ignore(r);
    *out = ms;
    return true;
}

bool eco_record_is_space(const struct eco_json *row)
{
    const struct eco_json *v;

    if (eco_str_is(eco_json_str(eco_json_get(row, "repoType")), "space"))
        return true;
    return eco_json_member(row, "sdk", &v) ||
           eco_json_member(row, "subdomain", &v) ||
           eco_json_type(eco_json_get(row, "models")) == ECO_JSON_ARRAY;
}

/* Id and lastModified, which models and Spaces carry themselves. */
static int read_identity(struct eco_reading *r, struct eco_err *err)
{
    const struct eco_json *v = eco_json_get(r->row, "id");
    struct eco_told *told = &r->rec->told;
    struct eco_str id;

    if (!v)
        v = eco_json_get(r->row, "modelId");
    if (!v)
        return eco_fail(err, ECO_EFORMAT, "no id");
    id = eco_json_str(v);
    if (!eco_hubid_is_full(id) && !eco_hubid_is_name(id)) {
        int shown = id.len > 100 ? 100 : (int)id.len;

        return eco_fail(err, ECO_EFORMAT, "\"%.*s\" is no id of the Hub", shown,
                        id.ptr ? id.ptr : "");
    }
    if (!eco_arena_str(r->arena, id, &told->id))
        r->failed = true;
    told->modified_ms = ECO_TIME_UNKNOWN;
    if (!eco_time_parse(eco_json_str(eco_json_get(r->row, "lastModified")),
                        &told->modified_ms))
        told->modified_ms = ECO_TIME_UNKNOWN;
    return 0;
}

int eco_record_read(enum eco_record_kind kind, const struct eco_json *row,
                    struct eco_arena *arena, struct eco_record *rec,
                    struct eco_err *err)
{
    struct eco_reading r = { row, arena, rec, false };
    struct eco_told told = rec->told;
    int rc = 0;

    *rec = (struct eco_record){ .kind = kind, .told = told };
    if (eco_json_type(row) != ECO_JSON_OBJECT)
        return eco_fail(err, ECO_EFORMAT, "not a JSON object");
    if (kind == ECO_RECORD_AUTHOR) {
        rec->told.modified_ms = ECO_TIME_UNKNOWN;
        rc = eco_read_author(&r, err);
    } else {
        rc = read_identity(&r, err);
        if (!rc)
            rc = kind == ECO_RECORD_MODEL ? eco_read_model(&r, err)
                                          : eco_read_space(&r, err);
    }
    if (!rc && r.failed)
        rc = eco_fail(err, ECO_ENOMEM, "no memory for a row of %zu bytes",
                      rec->told.text.len);
    return rc;
}
