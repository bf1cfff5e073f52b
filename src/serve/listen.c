/* SPDX-License-Identifier: MIT */
#include "serve/listen.h"

#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"

#define HOST_BYTES 256
#define PORT_BYTES 6

static int bad(const char *address, struct eco_err *err)
{
    return eco_fail(err, ECO_EINVAL,
                    "listen address '%s': not HOST:PORT or [HOST]:PORT",
                    address);
}

static int copy(char *dst, size_t size, const char *src, size_t len)
{
    if (!len || len >= size)
        return -1;
    memcpy(dst, src, len);
    dst[len] = '\0';
    return 0;
}

#define MAX_PORT 65535

static int split(const char *address, char host[HOST_BYTES],
                 char port[PORT_BYTES], struct eco_err *err)
{
    const char *begin = address, *end, *colon = strrchr(address, ':');
    int64_t number;

    if (!colon)
        return bad(address, err);
    end = colon;
    if (*begin == '[') {
        begin++;
        if (end[-1] != ']')
            return bad(address, err);
        end--;
    } else if (memchr(begin, ':', (size_t)(end - begin))) {
        return bad(address, err); /* IPv6 without its brackets */
    }
    if (end < begin || copy(host, HOST_BYTES, begin, (size_t)(end - begin)) ||
        copy(port, PORT_BYTES, colon + 1, strlen(colon + 1)) ||
        !eco_str_to_i64(eco_str_from_c(port), &number) || number > MAX_PORT)
        return bad(address, err);
    return 0;
}

static int tell(int fd, char bound[ECO_LISTEN_TEXT_BYTES], struct eco_err *err)
{
    char host[64], port[PORT_BYTES];
    struct sockaddr_storage addr = { 0 };
    socklen_t len = sizeof(addr);

    if (getsockname(fd, (struct sockaddr *)&addr, &len))
        return eco_fail_errno(err, "cannot ask for the bound address");
    if (getnameinfo((struct sockaddr *)&addr, len, host, sizeof(host), port,
                    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV))
        return eco_fail(err, ECO_EIO, "cannot write the bound address");
    snprintf(bound, ECO_LISTEN_TEXT_BYTES,
             addr.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
    return 0;
}

static int open_socket(const struct addrinfo *a, const char *address, int *out,
                       struct eco_err *err)
{
    int one = 1;
    int fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK,
                    a->ai_protocol);

    if (fd < 0)
        return eco_fail_errno(err, "cannot make a socket for %s", address);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
        bind(fd, a->ai_addr, a->ai_addrlen) || listen(fd, SOMAXCONN)) {
        int rc = eco_fail_errno(err, "cannot listen on %s", address);

        close(fd);
        return rc;
    }
    *out = fd;
    return 0;
}

int eco_listen(const char *address, int *fd, char bound[ECO_LISTEN_TEXT_BYTES],
               struct eco_err *err)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    char host[HOST_BYTES], port[PORT_BYTES];
    struct addrinfo *found = NULL;
    int rc = split(address, host, port, err);

    *fd = -1;
    if (rc)
        return rc;
    rc = getaddrinfo(host, port, &hints, &found);
    if (rc)
        return eco_fail(err, ECO_EINVAL, "listen address '%s': %s", address,
                        gai_strerror(rc));
    rc = open_socket(found, address, fd, err);
    freeaddrinfo(found);
    if (!rc)
        rc = tell(*fd, bound, err);
    if (rc && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return rc;
}
