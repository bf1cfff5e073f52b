/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_NEGOTIATE_H
#define ECO_SERVE_NEGOTIATE_H

#include "base/str.h"

/*
 * negotiate - what the headers of a request allow: encodings, entity tags
 *
 * An entity tag is 16 hexadecimal digits (or what an asset brings), and the
 * encoding behind a dash, so that every form of an answer has its own.
 *
 * Threads    Pure functions.
 */
enum eco_encoding {
    ECO_IDENTITY,
    ECO_GZIP,
    ECO_BR,
    ECO_ZSTD,
};
#define ECO_ENCODINGS 4

/* "gzip", "br", "zstd"; "identity". */
const char *eco_encoding_name(enum eco_encoding encoding);

/* The encoding to use by an Accept-Encoding header (NULL: none was sent),
 * among those whose bit is in `offered`. The highest q wins; of equal ones
 * zstd before br before gzip. Identity when nothing else is wanted. */
enum eco_encoding eco_negotiate_encoding(const char *accept, unsigned offered);

#define ECO_ETAG_BYTES 80

/* "\"BASE-br\"" into dst; a base that is too long is cut. */
void eco_etag_format(struct eco_str base, enum eco_encoding encoding,
                     char dst[ECO_ETAG_BYTES]);

enum eco_etag_match {
    ECO_ETAG_NONE,
    ECO_ETAG_MATCH, /* *encoding is the one of the tag that was named */
    ECO_ETAG_ANY,   /* "*": whatever there is */
};

/* Is a form of BASE in an If-None-Match header (NULL: none was sent)? Weak
 * tags count as strong ones (RFC 9110, 13.1.2). */
enum eco_etag_match eco_etag_find(const char *if_none_match,
                                  struct eco_str base,
                                  enum eco_encoding *encoding);

#endif /* ECO_SERVE_NEGOTIATE_H */
