#!/bin/sh
# SPDX-License-Identifier: MIT
# check-layers.sh - own includes point only down
#
# One line per folder of src: what its files may include besides the folder
# itself and base.
set -eu
cd "$(dirname "$0")/.."

# "api" and "serve" answer from a snapshot alone: never "store" or "source".
layers='
base:
graph:
json:
record: graph json
snapshot: graph
source: json record
store: graph record snapshot
synth: json record
import: record source store
query: graph snapshot
build: graph snapshot store
api: graph json query snapshot
serve: api json query snapshot
cmd: *
main.c: cmd
'

find src -name '*.[ch]' -exec grep -Hn '^#include "' {} + |
    LC_ALL=C sort | awk -v layers="$layers" '
    BEGIN {
        n = split(layers, rules, "\n")
        for (i = 1; i <= n; i++) {
            split(rules[i], part, ": *")
            known[part[1]] = 1
            m = split(part[2], names, " ")
            for (k = 1; k <= m; k++)
                allowed[part[1], names[k]] = 1
        }
    }
    {
        split($0, field, ":")
        split(field[1], path, "/")
        from = path[2]
        match($0, /"[^"]*"/)
        target = substr($0, RSTART + 1, RLENGTH - 2)
        to = target
        sub(/\/.*/, "", to)
        if (!(from in known)) {
            print field[1] ": src/" from " has no layer in scripts/check-layers.sh"
            bad = 1
        } else if (index(target, "/") == 0 || index(target, "..")) {
            print field[1] ":" field[2] ": name \"" target "\" from src/"
            bad = 1
        } else if (to != from && to != "base" && !((from, to) in allowed) &&
                   !((from, "*") in allowed)) {
            print field[1] ":" field[2] ": " from " may not include " target
            bad = 1
        }
    }
    END { exit bad || NR == 0 }'
