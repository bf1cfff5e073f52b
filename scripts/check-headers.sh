#!/bin/sh
# SPDX-License-Identifier: MIT
# check-headers.sh - every header compiles alone, and the source beside it
# includes it first
set -eu
cd "$(dirname "$0")/.."

bad=0
for header in src/*/*.h; do
    cc -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -Isrc -fsyntax-only \
        -x c -include "$header" /dev/null || bad=1
    source=${header%.h}.c
    [ -e "$source" ] || continue
    first=$(sed -n 's/^#include "\(.*\)".*/src\/\1/p' "$source" | head -n 1)
    if [ "$first" != "$header" ]; then
        echo "$source: includes $first before its own header"
        bad=1
    fi
done
exit $bad
