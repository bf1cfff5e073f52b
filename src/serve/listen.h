/* SPDX-License-Identifier: MIT */
#ifndef ECO_SERVE_LISTEN_H
#define ECO_SERVE_LISTEN_H

#include "base/err.h"

/*
 * listen - a listening socket for an address as people write it
 *
 * "127.0.0.1:8080", "localhost:8080", "[::1]:8080", "[::]:0". IPv4 or IPv6 by
 * the address; port 0 takes any free one.
 *
 * Ownership  The caller closes the socket.
 * Errors     ECO_EINVAL for an address that is none, ECO_EIO.
 */
#define ECO_LISTEN_TEXT_BYTES 80

/* `bound` tells address and port in the same form. */
ECO_MUST_USE
int eco_listen(const char *address, int *fd, char bound[ECO_LISTEN_TEXT_BYTES],
               struct eco_err *err);

#endif /* ECO_SERVE_LISTEN_H */
