#!/bin/sh
# SPDX-License-Identifier: MIT
# npm-ci.sh - install web/node_modules as the lock file says, once per lock file
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root/web"
cmp -s package-lock.json node_modules/.installed-lock && exit 0

echo "web: installing npm packages of web/package-lock.json" >&2
"$root/scripts/with-node.sh" npm ci --no-audit --no-fund --loglevel=error
cp package-lock.json node_modules/.installed-lock
