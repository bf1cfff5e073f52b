/* SPDX-License-Identifier: MIT */
#include "serve/negotiate.h"

#include <stdio.h>

/* Weights are kept in thousandths. */
#define Q_ONE 1000
#define Q_NOT_SAID (-1)

static const char *const names[ECO_ENCODINGS] = {
    [ECO_IDENTITY] = "identity",
    [ECO_GZIP] = "gzip",
    [ECO_BR] = "br",
    [ECO_ZSTD] = "zstd",
};

const char *eco_encoding_name(enum eco_encoding encoding)
{
    return names[encoding];
}

/* "1", "0.25": thousandths; a malformed weight accepts nothing. */
static int parse_q(struct eco_str s)
{
    int q, digit = Q_ONE / 10;

    if (!s.len || (s.ptr[0] != '0' && s.ptr[0] != '1'))
        return 0;
    q = s.ptr[0] == '1' ? Q_ONE : 0;
    if (s.len > 1 && s.ptr[1] != '.')
        return 0;
    for (size_t i = 2; i < s.len; i++, digit /= 10) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return 0;
        q += (s.ptr[i] - '0') * digit;
    }
    return q > Q_ONE ? 0 : q;
}

/* The weight among the parameters of one item. */
static int weight_of(struct eco_str params)
{
    while (params.len) {
        size_t end = eco_str_find(params, ';');
        struct eco_str param =
            eco_str_trim((struct eco_str){ params.ptr, end });

        if (eco_str_starts_with(param, "q=") ||
            eco_str_starts_with(param, "Q="))
            return parse_q(eco_str_skip(param, 2));
        params = eco_str_skip(params, end + 1);
    }
    return Q_ONE;
}

static void read_item(struct eco_str item, int q[ECO_ENCODINGS], int *any)
{
    size_t end = eco_str_find(item, ';');
    struct eco_str name = eco_str_trim((struct eco_str){ item.ptr, end });
    int weight = weight_of(eco_str_skip(item, end + 1));

    if (eco_str_is(name, "*"))
        *any = weight;
    for (int i = 0; i < ECO_ENCODINGS; i++)
        if (!eco_str_cmp_nocase(name, eco_str_from_c(names[i])))
            q[i] = weight;
}

enum eco_encoding eco_negotiate_encoding(const char *accept, unsigned offered)
{
    struct eco_str rest = eco_str_from_c(accept);
    int q[ECO_ENCODINGS] = { Q_NOT_SAID, Q_NOT_SAID, Q_NOT_SAID, Q_NOT_SAID };
    int any = Q_NOT_SAID, best_q = 0;
    enum eco_encoding best = ECO_IDENTITY;

    while (rest.len) {
        size_t end = eco_str_find(rest, ',');

        read_item((struct eco_str){ rest.ptr, end }, q, &any);
        rest = eco_str_skip(rest, end + 1);
    }
    if (q[ECO_IDENTITY] > 0)
        best_q = q[ECO_IDENTITY];
    for (int i = ECO_ENCODINGS - 1; i > ECO_IDENTITY; i--) {
        int weight = q[i] == Q_NOT_SAID ? any : q[i];

        if (!(offered & 1u << i) || weight <= 0)
            continue;
        if (weight > best_q || (weight == best_q && best == ECO_IDENTITY)) {
            best = (enum eco_encoding)i;
            best_q = weight;
        }
    }
    return best;
}

void eco_etag_format(struct eco_str base, enum eco_encoding encoding,
                     char dst[ECO_ETAG_BYTES])
{
    int n = base.len > 60 ? 60 : (int)base.len;

    if (encoding == ECO_IDENTITY)
        snprintf(dst, ECO_ETAG_BYTES, "\"%.*s\"", n, base.ptr);
    else
        snprintf(dst, ECO_ETAG_BYTES, "\"%.*s-%s\"", n, base.ptr,
                 names[encoding]);
}

static bool is_form(struct eco_str tag, struct eco_str base,
                    enum eco_encoding *encoding)
{
    char form[ECO_ETAG_BYTES];

    for (int i = 0; i < ECO_ENCODINGS; i++) {
        eco_etag_format(base, (enum eco_encoding)i, form);
        if (eco_str_is(tag, form)) {
            *encoding = (enum eco_encoding)i;
            return true;
        }
    }
    return false;
}

/* Cut the first tag off a list, quotes included; empty when malformed. */
static struct eco_str take_tag(struct eco_str *list)
{
    struct eco_str rest = *list, tag;
    size_t end;

    while (rest.len &&
           (rest.ptr[0] == ',' || rest.ptr[0] == ' ' || rest.ptr[0] == '\t'))
        rest = eco_str_skip(rest, 1);
    if (eco_str_starts_with(rest, "W/"))
        rest = eco_str_skip(rest, 2);
    end = eco_str_starts_with(rest, "\"")
              ? eco_str_find(eco_str_skip(rest, 1), '"') + 2
              : 0;
    if (end > rest.len) /* no closing quote */
        end = 0;
    tag = (struct eco_str){ rest.ptr, end };
    *list = eco_str_skip(rest, end);
    return tag;
}

enum eco_etag_match eco_etag_find(const char *if_none_match,
                                  struct eco_str base,
                                  enum eco_encoding *encoding)
{
    struct eco_str list = eco_str_trim(eco_str_from_c(if_none_match));

    if (eco_str_is(list, "*"))
        return ECO_ETAG_ANY;
    for (;;) {
        struct eco_str tag = take_tag(&list);

        if (!tag.len)
            return ECO_ETAG_NONE;
        if (is_form(tag, base, encoding))
            return ECO_ETAG_MATCH;
    }
}
