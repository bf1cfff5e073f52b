#!/bin/sh
# SPDX-License-Identifier: MIT
# The table of commands, the manual pages and -h say the same.
. "$(dirname "$0")/lib.sh"
man=$(cd "$(dirname "$0")/../../docs/man" && pwd)

plain() { # the synopsis of a page, as it is printed
    sed -n '/^\.SH SYNOPSIS/,/^\.fi/p' "$1" | sed -n 's/\\-/-/g; s/^ecoviz //p'
}

run "$ECOVIZ" help
cp "$tmp/out" "$tmp/commands"
commands=$(sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p' "$tmp/out")
is "the commands are sorted" "$commands" "$(echo "$commands" | sort)"
is "every page has a command" \
    "$(cd "$man" && echo ecoviz-*.1 | sed 's/ecoviz-//g; s/\.1//g')" \
    "$(echo $commands)"

for name in $commands; do
    brief=$(sed -n "s/^  $name  *//p" "$tmp/commands")
    page=$man/ecoviz-$name.1
    "$ECOVIZ" "$name" -h >"$tmp/h" 2>"$tmp/h.err"
    is "$name -h succeeds" "$?" 0
    is "$name -h is silent on standard error" "$(cat "$tmp/h.err")" ""
    is "$name: synopsis of -h and page" \
        "$(sed -n 's/^usage: ecoviz //p' "$tmp/h")" "$(plain "$page")"
    is "$name: brief of help and page" "$brief" \
        "$(sed -n 's/\\-/-/g; s/^ecoviz-[a-z]* - //p' "$page")"
    for option in $(sed -n 's/^  \(-[^ ]*\).*/\1/p' "$tmp/h" | tr -d ,); do
        escaped=$(printf '%s' "$option" | sed 's/-/\\\\-/g')
        like "$name: $option is in the page" "$page" "^$escaped( |,|\$)"
    done
    for option in $(sed -n 's/\\-/-/g; s/^\(-[^ ,]*\).*/\1/p' "$page"); do
        like "$name: $option is in -h" "$tmp/h" "^  $option( |,)"
    done
    like "ecoviz.1 names $name" "$man/ecoviz.1" "^\.BR ecoviz..$name "
    run "$ECOVIZ" "$name" --no-such-option
    exits "$name refuses an unknown option" 2
done
done_testing
