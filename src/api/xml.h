/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_XML_H
#define ECO_API_XML_H

#include "base/buf.h"

/*
 * xml - somebody's text inside of XML 1.0
 *
 * What is appended may stand between tags and between quotes of either kind.
 * Markup is escaped; tabs and ends of lines become references, so that they
 * survive in attributes; characters that XML 1.0 forbids are dropped; every
 * maximal bad piece of UTF-8 becomes U+FFFD.
 *
 * Errors     The buffer latches.
 * Threads    Pure functions.
 */
void eco_xml_put(struct eco_buf *out, struct eco_str s);
void eco_xml_put_c(struct eco_buf *out, const char *s);

/* "<?xml version="1.0" encoding="UTF-8"?>" and a newline. */
void eco_xml_begin(struct eco_buf *out);

#endif /* ECO_API_XML_H */
