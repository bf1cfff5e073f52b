#!/bin/sh
# SPDX-License-Identifier: MIT
# build.sh FOLDER [TARGET...] - ninja: with its progress on a terminal, else
# with nothing but what compilers have to say
set -eu
cd "$(dirname "$0")/.."

dir=$1
shift
if [ -t 1 ]; then
    exec ninja -C "$dir" "$@"
fi
status=0
ninja --quiet -C "$dir" "$@" >"$dir/ninja.out" 2>&1 || status=$?
grep -v '^ninja: no work to do' "$dir/ninja.out" || true
exit $status
