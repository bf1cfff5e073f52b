#!/bin/sh
# SPDX-License-Identifier: MIT
# check-lists.sh - every C file, migration and manual page is in the build
# (src/meson.build, tests/meson.build, meson.build)
set -eu
cd "$(dirname "$0")/.."

bad=0
check() { # LIST FILE...
    list=$1
    shift
    for file in "$@"; do
        [ -e "$file" ] || continue
        name=${file#"$(dirname "$list")/"}
        grep -qF "'$name'" "$list" || {
            echo "$file: not in $list"
            bad=1
        }
    done
}

check src/meson.build src/*.c src/*/*.c src/store/migrations/*.sql
check tests/meson.build tests/*/*.c
check meson.build docs/man/*.[1-8]
exit $bad
