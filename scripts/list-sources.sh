#!/bin/sh
# SPDX-License-Identifier: MIT
# list-sources.sh DIR [PATTERN] - the C files of a directory, sorted, one a line
cd "$(dirname "$0")/.." || exit 1
for file in "$1"/${2:-*.c}; do
    [ -e "$file" ] && basename "$file"
done | LC_ALL=C sort
