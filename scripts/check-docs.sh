#!/bin/sh
# SPDX-License-Identifier: MIT
# check-docs.sh - manual pages are well formed, and links between the pages of
# this repository lead somewhere
set -eu
cd "$(dirname "$0")/.."

bad=0
for page in docs/man/*.[1-8]; do
    [ -e "$page" ] || continue
    mandoc -T lint -W warning "$page" || bad=1
done

for page in ./*.md docs/*.md docs/*/*.md; do
    [ -e "$page" ] || continue
    # shellcheck disable=SC2013 # links have no blanks
    for link in $(grep -oE '\]\([^)# ]+' "$page" | sed 's/^](//'); do
        case $link in
        *://* | mailto:*) continue ;;
        esac
        [ -e "$(dirname "$page")/$link" ] || {
            echo "$page: no file $link"
            bad=1
        }
    done
done
exit $bad
