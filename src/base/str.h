/* SPDX-License-Identifier: MIT */
#ifndef ECO_BASE_STR_H
#define ECO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/*
 * str - borrowed bytes
 *
 * struct eco_str is always a view: it owns nothing and need not end in NUL.
 * "Case" means ASCII case everywhere; Hub ids are ASCII.
 *
 * Threads    Pure functions.
 */
struct eco_str {
    const char *ptr; /* may be NULL when len is 0 */
    size_t len;      /* bytes */
};

#define ECO_STR(literal) ((struct eco_str){ (literal), sizeof(literal) - 1 })

struct eco_str eco_str_from_c(const char *s); /* NULL gives the empty view */
bool eco_str_eq(struct eco_str a, struct eco_str b);
bool eco_str_is(struct eco_str a, const char *literal);
bool eco_str_starts_with(struct eco_str s, const char *prefix);
bool eco_str_ends_with(struct eco_str s, const char *suffix);

/* <0, 0, >0 by bytes as unsigned; a prefix sorts first. */
int eco_str_cmp(struct eco_str a, struct eco_str b);

/* The same on lower-cased bytes. */
int eco_str_cmp_nocase(struct eco_str a, struct eco_str b);

/* s without its first n bytes (all of them when it is shorter). */
struct eco_str eco_str_skip(struct eco_str s, size_t n);

/* s without blanks (space, tab, CR, LF) at both ends. */
struct eco_str eco_str_trim(struct eco_str s);

/* Position of the first c, or s.len. */
size_t eco_str_find(struct eco_str s, char c);

/* Does `needle`, already lower-cased, occur in s without regard to case? */
bool eco_str_contains_lower(struct eco_str s, struct eco_str needle);

static inline char eco_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Lower-case s into dst, which has room for s.len bytes. */
void eco_str_lower(char *dst, struct eco_str s);

/* Is s valid UTF-8 (no surrogates, nothing overlong)? */
bool eco_str_is_utf8(struct eco_str s);

/* Bytes of the UTF-8 character that s, which is not empty, begins with; or
 * minus the bytes of the bad piece there, which one U+FFFD stands for. */
int eco_str_character(struct eco_str s);

/* Decimal digits only, no sign, at most INT64_MAX. */
ECO_MUST_USE bool eco_str_to_i64(struct eco_str s, int64_t *out);

#endif /* ECO_BASE_STR_H */
