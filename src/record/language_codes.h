/* SPDX-License-Identifier: MIT */
#ifndef ECO_RECORD_LANGUAGE_CODES_H
#define ECO_RECORD_LANGUAGE_CODES_H

#include <stddef.h>

/*
 * language_codes - the codes of ISO 639, sorted bytewise
 *
 * Generated at build time by scripts/gen-languages.py from Debian's package
 * iso-codes: 639-1, 639-3 and the bibliographic codes of 639-2, with the code
 * that each is written as (two letters where there are two).
 */
struct eco_language_code {
    char code[4]; /* in lower case, ends in NUL */
    char to[4];
};
extern const struct eco_language_code eco_language_codes[];
extern const size_t eco_language_codes_count;

#endif /* ECO_RECORD_LANGUAGE_CODES_H */
