#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [--accept] - golden tests, as TAP
#
# A case is a folder with a script "run" and a folder "expected". The script
# runs in an empty folder with $ECOVIZ (the program) and $CASE (the case);
# every file that it leaves there and its output, as "stdout", must be what
# "expected" holds. Otherwise the difference is printed and the files are left
# in "actual". --accept makes them the expected ones; it is the only writer.
set -u

here=$(cd "$(dirname "$0")" && pwd)
ECOVIZ=${ECOVIZ:-$here/../../build/ecoviz}
LC_ALL=C
export ECOVIZ LC_ALL CASE

accept=
if [ "${1:-}" = --accept ]; then
    if [ -n "${CI:-}" ]; then
        echo "golden: results are never accepted under CI" >&2
        exit 2
    fi
    accept=1
fi

tmp=$(mktemp -d "${TMPDIR:-/tmp}/ecoviz-golden.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
count=0
failed=0

run_case() {
    mkdir "$tmp/work" || return 1
    (cd "$tmp/work" && sh "$CASE/run" >stdout 2>"$tmp/stderr") || {
        echo "# exit status $?"
        sed 's/^/# /' "$tmp/stderr"
        return 1
    }
    if [ -n "$accept" ]; then
        rm -rf "$CASE/expected"
        cp -R "$tmp/work" "$CASE/expected"
    fi
    diff -ruN "$CASE/expected" "$tmp/work" >"$tmp/diff" && return 0
    sed 's/^/# /' "$tmp/diff"
    cp -R "$tmp/work" "$CASE/actual"
    return 1
}

for CASE in "$here"/*/; do
    CASE=${CASE%/}
    [ -e "$CASE/run" ] || continue
    count=$((count + 1))
    rm -rf "$tmp/work" "$CASE/actual"
    if run_case; then
        echo "ok $count - $(basename "$CASE")"
    else
        echo "not ok $count - $(basename "$CASE")"
        failed=$((failed + 1))
    fi
done
echo "1..$count"
[ "$failed" -eq 0 ]
