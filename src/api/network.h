/* SPDX-License-Identifier: MIT */
#ifndef ECO_API_NETWORK_H
#define ECO_API_NETWORK_H

#include "base/buf.h"
#include "query/network.h"

/*
 * network - a network as JSON, in bytes, for other programs, as a picture
 *
 * docs/openapi.yaml (schema Network) and docs/format/network.md are normative.
 * Every form has the same nodes and edges in the same order, and all but the
 * binary one and the picture the same attributes; where JSON has null, GEXF and
 * GraphML have nothing.
 *
 * Ownership  Everything is borrowed for the call; the text is appended.
 * Errors     ECO_ENOMEM; ECO_ELIMIT when the buffer's maximum is too small.
 * Cost       Linear in nodes and edges (the labels of the picture: those of a
 *            few hundred discs).
 * Threads    Pure: any number on one network.
 */
enum eco_network_format {
    ECO_NETWORK_JSON,
    ECO_NETWORK_BINARY,
    ECO_NETWORK_GEXF,
    ECO_NETWORK_GRAPHML,
    ECO_NETWORK_SVG,
};
#define ECO_NETWORK_FORMATS 5

/* The content type of a format. */
const char *eco_api_network_format_type(enum eco_network_format format);

ECO_MUST_USE
int eco_api_network_write(enum eco_network_format format, struct eco_buf *out,
                          const struct eco_snap *s,
                          const struct eco_network_query *q,
                          const struct eco_network *net, struct eco_err *err);

ECO_MUST_USE
int eco_api_network_write_json(struct eco_buf *out, const struct eco_snap *s,
                               const struct eco_network_query *q,
                               const struct eco_network *net,
                               struct eco_err *err);
ECO_MUST_USE
int eco_api_network_write_binary(struct eco_buf *out, const struct eco_snap *s,
                                 const struct eco_network_query *q,
                                 const struct eco_network *net,
                                 struct eco_err *err);
ECO_MUST_USE
int eco_api_network_write_gexf(struct eco_buf *out, const struct eco_snap *s,
                               const struct eco_network_query *q,
                               const struct eco_network *net,
                               struct eco_err *err);
ECO_MUST_USE
int eco_api_network_write_graphml(struct eco_buf *out, const struct eco_snap *s,
                                  const struct eco_network_query *q,
                                  const struct eco_network *net,
                                  struct eco_err *err);
ECO_MUST_USE
int eco_api_network_write_svg(struct eco_buf *out, const struct eco_snap *s,
                              const struct eco_network_query *q,
                              const struct eco_network *net,
                              struct eco_err *err);

#endif /* ECO_API_NETWORK_H */
