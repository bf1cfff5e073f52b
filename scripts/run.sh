#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [FILE...] - put the files, or a synthetic Hub, into a store below
# build/ and serve it at 127.0.0.1:$PORT. What is unchanged is not imported again.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
ecoviz=$root/build/ecoviz

# Sets "state" to what tells files from changed ones.
describe() {
    state=$(LC_ALL=C ls -Lln --time-style=full-iso -- "$@")
}

is_current() { # FOLDER
    [ -e "$1/.imported" ] && [ "$(cat "$1/.imported")" = "$state" ]
}

if [ $# -gt 0 ]; then
    data=$root/build/data
    describe "$@"
    if ! is_current "$data"; then
        "$ecoviz" --data "$data" import "$@"
        "$ecoviz" --data "$data" build
        printf '%s\n' "$state" >"$data/.imported"
    fi
else
    data=$root/build/synthetic
    describe "$ecoviz"
    if ! is_current "$data"; then
        rm -rf "$data"
        "$ecoviz" --data "$data" synth --models 50000
        "$ecoviz" --data "$data" build
        printf '%s\n' "$state" >"$data/.imported"
    fi
fi
exec "$ecoviz" --data "$data" serve --listen "127.0.0.1:$PORT"
