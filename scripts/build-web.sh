#!/bin/sh
# SPDX-License-Identifier: MIT
# build-web.sh [STAMP DEPFILE] - fetch what the front end needs when its lock
# file changed, and build web/dist; for ninja also write what it was made from
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

"$root/scripts/npm-ci.sh"
(cd "$root/web" && ../scripts/with-node.sh npm run --silent build -- \
    --logLevel warn)

[ $# -eq 2 ] || exit 0
{
    printf '%s:' "$1"
    # Folders too: their time changes when a file comes or goes.
    find "$root/web" -mindepth 1 \( -name node_modules -o -name dist -o -name test \) \
        -prune -o -print | LC_ALL=C sort | sed 's/[ #]/\\&/g; s/^/ /' |
        tr -d '\n'
    echo
} >"$2"
: >"$1"
