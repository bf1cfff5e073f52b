#!/bin/sh
# SPDX-License-Identifier: MIT
# with-node.sh COMMAND [ARG...] - run a command with the Node of this build:
# the one that setup.sh fetched into build/node, else the system's
home=$(cd "$(dirname "$0")/.." && pwd)/build/node/node_modules/.bin
if [ -x "$home/node" ]; then
    PATH=$home:$PATH
    export PATH
fi
# A fetched Node knows only the authorities it was built with; trust those of
# the system as well, like every other program here.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$authorities" ]; then
    NODE_EXTRA_CA_CERTS=$authorities
    export NODE_EXTRA_CA_CERTS
fi
exec "$@"
