#!/bin/sh
# SPDX-License-Identifier: MIT
# configure.sh FOLDER [-Doption=value...] - meson setup, once; options that are
# new or differ change an existing folder
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
dir=$root/$1
shift
stamp=$dir/.options

if [ ! -e "$dir/build.ninja" ]; then
    mkdir -p "$dir"
    meson setup "$dir" "$root" "$@" >"$dir/configure.log" 2>&1 || {
        cat "$dir/configure.log" >&2
        exit 1
    }
    printf '%s\n' "$@" >"$stamp"
fi
for option in "$@"; do
    grep -qxF -e "$option" "$stamp" || changed=1
done
if [ -n "${changed:-}" ]; then
    meson setup --reconfigure "$dir" "$root" "$@" >"$dir/configure.log" 2>&1 || {
        cat "$dir/configure.log" >&2
        exit 1
    }
    printf '%s\n' "$@" >>"$stamp"
fi
