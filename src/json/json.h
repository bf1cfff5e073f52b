/* SPDX-License-Identifier: MIT */
#ifndef ECO_JSON_JSON_H
#define ECO_JSON_JSON_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/*
 * json - bounded reading of outside JSON; json-c stands behind it
 *
 * One whole text in, a tree out. Refused: anything after the value, nesting
 * beyond ECO_MAX_JSON_DEPTH, a text beyond ECO_MAX_ROW_BYTES, bytes that are
 * not UTF-8. Of a key told twice the last value counts.
 *
 * Ownership  struct eco_json is the tree's root or a view of a part of it;
 *            views and strings live until the root is freed.
 * Threads    Different trees in different threads; a reader belongs to one.
 */
struct eco_json;        /* a value; NULL is the JSON null */
struct eco_json_reader; /* reusable parser state */

enum eco_json_type {
    ECO_JSON_NULL,
    ECO_JSON_BOOL,
    ECO_JSON_INT,   /* whole numbers; beyond int64_t saturated */
    ECO_JSON_FLOAT, /* all other numbers */
    ECO_JSON_STRING,
    ECO_JSON_ARRAY,
    ECO_JSON_OBJECT,
};

ECO_MUST_USE
int eco_json_reader_new(struct eco_json_reader **out, struct eco_err *err);
void eco_json_reader_free(struct eco_json_reader *r);

/* *out may be NULL on success: the text was `null`. ECO_EFORMAT says what is
 * wrong and at which byte. */
ECO_MUST_USE
int eco_json_parse(struct eco_json_reader *r, struct eco_str text,
                   struct eco_json **out, struct eco_err *err);

void eco_json_free(struct eco_json *root);

enum eco_json_type eco_json_type(const struct eco_json *v);
bool eco_json_bool(const struct eco_json *v);
int64_t eco_json_int(const struct eco_json *v);
double eco_json_float(const struct eco_json *v);

/* The empty view for anything but a string. */
struct eco_str eco_json_str(const struct eco_json *v);

/* 0 for anything but an array. */
size_t eco_json_len(const struct eco_json *v);
const struct eco_json *eco_json_at(const struct eco_json *v, size_t i);

/* The member of an object; NULL when absent, null, or v is no object. */
const struct eco_json *eco_json_get(const struct eco_json *v, const char *key);

/* Is the key there, null included? *v is its value. */
bool eco_json_member(const struct eco_json *object, const char *key,
                     const struct eco_json **v);

/* Members in the order of the text. False ends it; `it` starts zeroed. */
struct eco_json_iter {
    const void *entry; /* private */
    bool begun;        /* private */
    struct eco_str key;
    const struct eco_json *value;
};
bool eco_json_next(const struct eco_json *object, struct eco_json_iter *it);

/* The value as text without blanks; lives until the next call for the same
 * value. NULL when there is no memory. */
const char *eco_json_text(const struct eco_json *v);

#endif /* ECO_JSON_JSON_H */
