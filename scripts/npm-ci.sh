#!/bin/sh
# SPDX-License-Identifier: MIT
# npm-ci.sh [FOLDER] - install node_modules of web, or of FOLDER, as its lock
# file says, once per lock file
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-web}
cd "$root/$folder"
cmp -s package-lock.json node_modules/.installed-lock && exit 0

echo "web: installing npm packages of $folder/package-lock.json" >&2
"$root/scripts/with-node.sh" npm ci --no-audit --no-fund --loglevel=error
cp package-lock.json node_modules/.installed-lock
