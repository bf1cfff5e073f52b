#!/bin/sh
# SPDX-License-Identifier: MIT
# lint.sh [NAME...] - every check that needs no running program, or some; ends
# with one line "N passed, N failed"
set -u
cd "$(dirname "$0")/.." || exit 1

passed=0
failed=0
wanted=" $* "
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

check() { # NAME COMMAND [ARG...]
    name=$1
    shift
    case $wanted in
    "  " | *" $name "*) ;;
    *) return ;;
    esac
    if "$@" >"$log" 2>&1; then
        echo "ok $name"
        passed=$((passed + 1))
        # A table is worth seeing when all is well, too.
        [ "$name" != functions ] || cat "$log"
    else
        cat "$log"
        echo "not ok $name"
        failed=$((failed + 1))
    fi
}

format() {
    find src tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
}

# Nothing but findings: run-clang-tidy names every file that it looks at.
tidy() {
    status=0
    run-clang-tidy -quiet -p build -extra-arg=-include \
        -extra-arg="$PWD/scripts/analyzer.h" \
        "^$PWD/src/(?!base/err\.c)" >"$log.tidy" 2>"$log.err" || status=$?
    sed "s/$(printf '\033')\[[0-9;]*m//g; s|$PWD/build/../||" "$log.tidy" |
        grep -vE '^(clang-tidy|\[[0-9]+/[0-9]+\])|^ *$'
    grep -q '^clang-tidy' "$log.tidy" || {
        cat "$log.err"
        status=1
    }
    rm -f "$log.tidy" "$log.err"
    return $status
}

web() {
    scripts/npm-ci.sh && cd web &&
        ../scripts/with-node.sh npm run --silent "$1"
}

web_check() {
    (web "$1")
}

check format format
check headers scripts/check-headers.sh
check layers scripts/check-layers.sh
check functions scripts/check-functions.sh
check lists scripts/check-lists.sh
check text scripts/check-text.sh
check docs scripts/check-docs.sh
check shell sh -c \
    'shellcheck -S warning -x -P SCRIPTDIR scripts/*.sh tests/*/*.sh .ci/run'
check tidy tidy
check types web_check typecheck
check oxlint web_check lint
check size web_check size
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
