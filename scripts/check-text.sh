#!/bin/sh
# SPDX-License-Identifier: MIT
# check-text.sh - no blanks at the ends of lines, a licence line in every
# source
set -eu
cd "$(dirname "$0")/.."

bad=0

# Our own text files; inputs and results of tests are bytes, not text.
files=$(find .ci docs scripts src tests web Makefile ./*.build ./*.txt ./*.md \
    \( -name node_modules -o -name dist -o -path 'tests/fuzz/*/*' \
    -o -path 'tests/golden/*/*/*' \) -prune -o -type f -print)

# shellcheck disable=SC2086 # the names have no blanks
if grep -InE '[[:blank:]]$' $files; then
    echo "blanks at the ends of these lines"
    bad=1
fi

for file in $files; do
    case $file in
    *.[ch] | *.sh | *.mjs | *.mts | *.ts | *.tsx | */meson.build | .ci/run) ;;
    *) continue ;;
    esac
    head -n 2 "$file" | grep -q 'SPDX-License-Identifier: MIT' || {
        echo "$file: no SPDX line"
        bad=1
    }
done

exit $bad
