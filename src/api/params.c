/* SPDX-License-Identifier: MIT */
#include "api/params.h"

#include <stdio.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = eco_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool eco_params_decode(struct eco_str raw, bool plus, char *dst,
                       struct eco_str *out)
{
    size_t n = 0;

    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i];

        if (c == '%') {
            int high = i + 2 < raw.len ? hex_digit(raw.ptr[i + 1]) : -1;
            int low = high < 0 ? -1 : hex_digit(raw.ptr[i + 2]);

            if (low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (!c)
            return false;
        dst[n++] = c;
    }
    *out = (struct eco_str){ dst, n };
    return eco_str_is_utf8(*out);
}

static int echo(struct eco_str s)
{
    return (int)(s.len < ECO_PROBLEM_ECHO ? s.len : ECO_PROBLEM_ECHO);
}

static int bad(struct eco_problem *problem, const struct eco_param *at,
               const char *why)
{
    return eco_problem_set(problem, ECO_PROBLEM_BAD_PARAMETER, at->name,
                           "%.*s=%.*s: %s", echo(at->name), at->name.ptr,
                           echo(at->value), at->value.ptr, why);
}

/* One `name=value`. */
static int parse_one(struct eco_str piece, struct eco_params *out, size_t *used,
                     struct eco_problem *problem)
{
    size_t eq = eco_str_find(piece, '=');
    struct eco_param raw = { { piece.ptr, eq }, eco_str_skip(piece, eq + 1) };
    struct eco_param *item = &out->item[out->n];

    if (!piece.len || !eq)
        return eco_problem_set(problem, ECO_PROBLEM_BAD_PARAMETER, ECO_STR(""),
                               "parameter %zu has no name", out->n + 1);
    if (eq == piece.len)
        return eco_problem_set(problem, ECO_PROBLEM_BAD_PARAMETER, raw.name,
                               "%.*s: no value", echo(raw.name), raw.name.ptr);
    if (out->n == ECO_MAX_QUERY_PARAMS)
        return eco_problem_set(problem, ECO_PROBLEM_LIMIT_EXCEEDED, raw.name,
                               "more than %u parameters", ECO_MAX_QUERY_PARAMS);
    if (!eco_params_decode(raw.name, true, out->text + *used, &item->name))
        return bad(problem, &raw, "its name is not percent-encoded UTF-8");
    *used += item->name.len;
    if (!eco_params_decode(raw.value, true, out->text + *used, &item->value))
        return bad(problem, &raw, "not percent-encoded UTF-8");
    *used += item->value.len;
    out->n++;
    return 0;
}

int eco_params_parse(struct eco_str query, struct eco_params *out,
                     struct eco_problem *problem)
{
    size_t used = 0;

    out->n = 0;
    if (query.len > sizeof(out->text))
        return eco_problem_set(problem, ECO_PROBLEM_LIMIT_EXCEEDED, ECO_STR(""),
                               "query of %zu bytes, at most %u", query.len,
                               ECO_MAX_URI_BYTES);
    while (query.len) {
        size_t end = eco_str_find(query, '&');
        int rc =
            parse_one((struct eco_str){ query.ptr, end }, out, &used, problem);

        if (rc)
            return rc;
        if (end + 1 == query.len) /* it ends with & */
            return parse_one(ECO_STR(""), out, &used, problem);
        query = eco_str_skip(query, end + 1);
    }
    return 0;
}

int eco_params_allow(const struct eco_params *p, const char *const *names,
                     struct eco_problem *problem)
{
    for (size_t i = 0; i < p->n; i++) {
        struct eco_str name = p->item[i].name;
        size_t k = 0;

        while (names[k] && !eco_str_is(name, names[k]))
            k++;
        if (!names[k])
            return eco_problem_set(problem, ECO_PROBLEM_UNKNOWN_PARAMETER, name,
                                   "%.*s: no such parameter", echo(name),
                                   name.ptr);
    }
    return 0;
}

int eco_params_one(const struct eco_params *p, const char *name,
                   struct eco_str *value, bool *given,
                   struct eco_problem *problem)
{
    *given = false;
    for (size_t i = 0; i < p->n; i++) {
        if (!eco_str_is(p->item[i].name, name))
            continue;
        if (*given)
            return bad(problem, &p->item[i], "given twice");
        *given = true;
        *value = p->item[i].value;
    }
    return 0;
}

static bool is_number(struct eco_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len && s.ptr[0] != '0';
}

int eco_params_number(const struct eco_params *p, const char *name,
                      uint32_t max, uint32_t *out, struct eco_problem *problem)
{
    struct eco_param found = { .name = eco_str_from_c(name) };
    int64_t v;
    bool given;
    int rc = eco_params_one(p, name, &found.value, &given, problem);

    if (rc || !given)
        return rc;
    if (!is_number(found.value))
        return bad(problem, &found, "not a number from 1");
    if (!eco_str_to_i64(found.value, &v) || v > max)
        return eco_problem_set(problem, ECO_PROBLEM_LIMIT_EXCEEDED, found.name,
                               "%s=%.*s: at most %u", name, echo(found.value),
                               found.value.ptr, max);
    *out = (uint32_t)v;
    return 0;
}

/* "not one of include, exclude" */
static void list_words(const char *const *words, char *dst, size_t size)
{
    size_t n = (size_t)snprintf(dst, size, "not one of %s", words[0]);

    for (size_t i = 1; words[i] && n < size; i++)
        n += (size_t)snprintf(dst + n, size - n, ", %s", words[i]);
}

int eco_params_choice(const struct eco_params *p, const char *name,
                      const char *const *words, unsigned *out,
                      struct eco_problem *problem)
{
    struct eco_param found = { .name = eco_str_from_c(name) };
    char why[128];
    bool given;
    int rc = eco_params_one(p, name, &found.value, &given, problem);

    if (rc || !given)
        return rc;
    for (unsigned i = 0; words[i]; i++) {
        if (eco_str_is(found.value, words[i])) {
            *out = i;
            return 0;
        }
    }
    list_words(words, why, sizeof(why));
    return bad(problem, &found, why);
}
